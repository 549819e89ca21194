//! Models exported by the usual tools against what onnxruntime says of them, and files that are none.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its files must fail")]

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Once;

use domain::own_model::Fault;
use own_model::Classifier;
use proptest::test_runner::{Config as ProptestConfig, RngSeed};
use serde_json::Value;

const LABELS: &[u8] = br#"["a", "b", "c", "d", "e", "f"]"#;

fn file(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name)).unwrap()
}

fn bert() -> [Vec<u8>; 3] {
    ["bert/model.onnx", "bert/tokenizer.json", "bert/config.json"].map(file)
}

fn distilbert() -> [Vec<u8>; 3] {
    ["distilbert/model.onnx", "distilbert/tokenizer.json", "distilbert/labels.json"].map(file)
}

fn load([model, tokenizer, labels]: &[Vec<u8>; 3]) -> Result<Classifier, Fault> {
    Classifier::load(model, tokenizer, labels)
}

fn fault(files: &[Vec<u8>; 3]) -> Fault {
    load(files).err().expect("a fault")
}

fn cosine(a: &[f32], b: &[f32]) -> f32 {
    let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f32>();
    dot(a, b) / (dot(a, a) * dot(b, b)).sqrt()
}

fn order(logits: &[f32]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..logits.len()).collect();
    order.sort_by(|&a, &b| logits[b].total_cmp(&logits[a]));
    order
}

#[test]
fn says_what_onnxruntime_says() {
    for (name, files) in [("bert", bert()), ("distilbert", distilbert())] {
        let classifier = load(&files).unwrap();
        let expected: Vec<Value> = serde_json::from_slice(&file(&format!("{name}/expected.json"))).unwrap();
        assert!(expected.len() >= 8);
        for row in expected {
            let text = row["text"].as_str().unwrap();
            let expected: Vec<f32> =
                row["logits"].as_array().unwrap().iter().map(|x| x.as_f64().unwrap() as f32).collect();
            let logits = classifier.logits(text).unwrap();
            let likeness = cosine(&logits, &expected);
            assert!(likeness >= 0.999, "{name} {likeness} {text}");
            assert_eq!(order(&logits), order(&expected), "{name} {text}");
        }
    }
}

#[test]
fn labels_mean_something() {
    let check = |classifier: &Classifier, text: &str, label: &str| {
        let scored = classifier.classify(text).unwrap();
        assert_eq!(scored[0].0, label, "{text}");
        assert!((scored.iter().map(|(_, score)| score).sum::<f32>() - 1.0).abs() < 1e-4);
    };
    for classifier in [load(&bert()).unwrap(), load(&distilbert()).unwrap()] {
        check(&classifier, "can I take my bicycle with me on the train tomorrow", "Bike on board");
        check(&classifier, "我的退款什么时候到账", "退款进度");
    }
}

#[test]
fn what_cannot_be_used_is_said() {
    let [model, tokenizer, labels] = bert();
    let with = |model: &[u8], tokenizer: &[u8], labels: &[u8]| fault(&[model.into(), tokenizer.into(), labels.into()]);
    assert_eq!(with(b"", &tokenizer, &labels), Fault::NotOnnx);
    assert_eq!(with(&tokenizer, &tokenizer, &labels), Fault::NotOnnx);
    assert_eq!(with(&model[..model.len() / 2], &tokenizer, &labels), Fault::NotOnnx);
    assert!(matches!(with(&model, b"{}", &labels), Fault::Tokenizer { .. }));
    assert!(matches!(with(&model, &model, &labels), Fault::Tokenizer { .. }));
    assert_eq!(with(&model, &tokenizer, b"{}"), Fault::LabelsUnreadable);
    assert_eq!(with(&model, &tokenizer, br#"["a", "b"]"#), Fault::LabelCount { labels: 2, outputs: 6 });
    let foreign = file("foreign_operator.onnx");
    assert_eq!(
        with(&foreign, &tokenizer, &labels),
        Fault::Operator { operator: "com.example.FusedWhatever".into(), opset: 3 }
    );
}

#[test]
fn a_tokeniser_of_another_model_is_found_out() {
    let [model, tokenizer, labels] = bert();
    let mut json: Value = serde_json::from_slice(&tokenizer).unwrap();
    json["model"]["vocab"]["onemore"] = 5_000.into();
    let other = serde_json::to_vec(&json).unwrap();
    assert!(matches!(fault(&[model, other, labels]), Fault::Vocabulary { .. }));
}

#[test]
fn cut_files_give_faults() {
    let [model, tokenizer, _] = distilbert();
    for share in 1..20 {
        let cut = Classifier::load(&model[..model.len() * share / 20], &tokenizer, LABELS);
        assert!(cut.is_err(), "cut at {share}/20");
    }
}

/// tract would count up to it.
#[test]
fn an_axis_that_no_tensor_has_is_a_fault() {
    let [mut model, tokenizer, labels] = distilbert();
    let axis = model.windows(4).position(|bytes| bytes == b"axis").unwrap();
    // AttributeProto: name (field 1), then i (field 3), a varint of which -1 takes ten bytes.
    let value = axis + 4..axis + 4 + 11;
    assert_eq!(model[value.start], 0x18);
    model[value.end - 1] = 0;
    assert!(matches!(fault(&[model, tokenizer, labels]), Fault::Graph { .. }));
}

#[test]
fn any_text_is_classified() {
    let classifier = load(&distilbert()).unwrap();
    let long = "我要退款！".repeat(5_000);
    for text in ["", " ", "👍", "\u{0}\u{fffd}", "[CLS] [SEP] [PAD]", long.as_str()] {
        assert_eq!(classifier.classify(text).unwrap().len(), 6, "{text:.20}");
    }
}

thread_local! {
    /// Source file of the last panic.
    static PANICKED_IN: RefCell<String> = RefCell::default();
}

fn note_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            let file = panic.location().map(|location| location.file().replace('\\', "/"));
            PANICKED_IN.set(file.unwrap_or_default());
            usual(panic);
        }));
    });
}

proptest::proptest! {
    // The same bytes each time: what tract makes of others is not ours to promise.
    #![proptest_config(ProptestConfig { cases: 48, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() })]

    /// A garbled file may end in nothing but a fault or a model. In a browser a panic ends the Worker alone, which is told as
    /// `Fault::Stopped`; here it fails the test unless it is tract's own.
    #[test]
    fn garbled_files_give_faults(at in 0usize..20_000, byte: u8, from_end: bool) {
        let [mut model, tokenizer, _] = distilbert();
        let place = if from_end { model.len() - 1 - at % model.len() } else { at % model.len() };
        model[place] = byte;
        note_panics();
        let read = catch_unwind(AssertUnwindSafe(|| Classifier::load(&model, &tokenizer, LABELS).map(drop)));
        let place_of_panic = PANICKED_IN.take();
        let is_tracts = place_of_panic.contains("/tract-");
        proptest::prop_assert!(read.is_ok() || is_tracts, "a panic in {place_of_panic} with byte {byte} at {place}");
    }
}

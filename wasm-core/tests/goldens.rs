//! The shipped bundle against the reference outputs of `models/goldens`, and against tract on the same file.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its files must fail")]

use std::collections::HashMap;
use std::iter::repeat_n;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use tract_onnx::pb::{GraphProto, NodeProto, TensorProto};
use tract_onnx::prelude::{Framework, InferenceModelExt, IntoRunnable, Tensor, tvec};
use wasm_core::bundle::{Found, MANIFEST, MODEL, Manifest, TOKENIZER};
use wasm_core::engine::{Encoder, Outputs};
use wasm_core::tokens::{Speaker, Tokeniser, Turn};

#[derive(Deserialize)]
struct Golden {
    text: String,
    context: Vec<GoldenTurn>,
    ids: Vec<u32>,
    types: Vec<u8>,
    truncated: bool,
    phrase_rows: [Vec<u32>; 2],
    fp32: GoldenOutputs,
    int8: GoldenOutputs,
}

#[derive(Deserialize)]
struct GoldenTurn {
    author: String,
    text: String,
}

#[derive(Deserialize)]
struct GoldenOutputs {
    intent_logits: Vec<f32>,
    sentiment_logits: Vec<f32>,
    emotion_logits: Vec<f32>,
    abuse_logits: Vec<f32>,
    flags_logits: Vec<f32>,
    search: Vec<f32>,
}

impl GoldenOutputs {
    fn heads(&self) -> [&[f32]; 4] {
        [&self.intent_logits, &self.sentiment_logits, &self.emotion_logits, &self.abuse_logits]
    }
}

fn models() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../models")
}

fn bundle_file(name: &str) -> Vec<u8> {
    std::fs::read(models().join("bundle").join(name)).unwrap()
}

fn goldens() -> Vec<Golden> {
    let lines = std::fs::read_to_string(models().join("goldens/encoder.jsonl")).unwrap();
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn encoder() -> Encoder {
    let manifest = Manifest::parse(&bundle_file(MANIFEST)).unwrap();
    let model = bundle_file(MODEL);
    manifest.check(MODEL, &Found::new(&model)).unwrap();
    Encoder::load(&model, manifest.architecture.heads).unwrap()
}

fn cosine(a: &[f32], b: &[f32]) -> f32 {
    let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f32>();
    dot(a, b) / (dot(a, a) * dot(b, b)).sqrt()
}

fn top(row: &[f32]) -> usize {
    (0..row.len()).max_by(|&a, &b| row[a].total_cmp(&row[b])).unwrap()
}

/// Those of which one label holds.
fn heads(outputs: &Outputs) -> [&[f32]; 4] {
    [&outputs.intent, &outputs.sentiment, &outputs.emotion, &outputs.abuse]
}

/// Gap between the best two: ours and the reference may differ on near-ties only.
fn margin(row: &[f32]) -> f32 {
    let mut sorted = row.to_vec();
    sorted.sort_by(|a, b| b.total_cmp(a));
    sorted[0] - sorted[1]
}

#[test]
fn the_tokeniser_agrees_with_python() {
    let tokeniser = Tokeniser::load(&bundle_file(TOKENIZER)).unwrap();
    for golden in goldens() {
        let turn = |turn: &'_ GoldenTurn| {
            (if turn.author == "agent" { Speaker::Agent } else { Speaker::Customer }, turn.text.clone())
        };
        let turns: Vec<_> = golden.context.iter().map(turn).collect();
        let turns: Vec<_> = turns.iter().map(|(speaker, text)| Turn { speaker: *speaker, text }).collect();
        let encoded = tokeniser.encode(&golden.text, &turns);
        assert_eq!(
            (encoded.ids, encoded.types, encoded.truncated),
            (golden.ids, golden.types, golden.truncated),
            "{:?}",
            golden.text
        );
    }
}

#[test]
fn the_phrases_are_those_of_the_training_side() {
    let encoder = encoder();
    for golden in goldens() {
        assert_eq!(encoder.phrase_rows(&golden.ids, &golden.types), golden.phrase_rows, "{:?}", golden.text);
    }
}

/// onnxruntime quantises activations to 8 bits, we to 13 or more: we must be closer to the exact model than it is.
#[test]
fn the_encoder_agrees_with_onnxruntime() {
    let encoder = encoder();
    let (mut worst, mut reference_worst) = (1.0f32, 1.0f32);
    let (mut other_labels, mut reference_other_labels) = (0, 0);
    for golden in goldens() {
        let ours = encoder.run(&golden.ids, &golden.types);
        worst = worst.min(cosine(&ours.search, &golden.fp32.search));
        reference_worst = reference_worst.min(cosine(&golden.int8.search, &golden.fp32.search));
        for (ours, exact) in ours.flags.iter().zip(&golden.fp32.flags_logits) {
            assert!((*ours > 0.0) == (*exact > 0.0) || exact.abs() < 0.2, "{:?}: another flag", golden.text);
        }
        let rows = heads(&ours).into_iter().zip(golden.fp32.heads().into_iter().zip(golden.int8.heads()));
        for (ours, (exact, int8)) in rows {
            worst = worst.min(cosine(ours, exact));
            reference_worst = reference_worst.min(cosine(int8, exact));
            if top(ours) != top(exact) {
                assert!(margin(exact) < 0.2, "{:?}: another label than the exact model's", golden.text);
                other_labels += 1;
            }
            reference_other_labels += usize::from(top(int8) != top(exact));
        }
    }
    println!("worst cosine to fp32: ours {worst:.5}, onnxruntime int8 {reference_worst:.5}");
    println!("other labels than fp32: ours {other_labels}, onnxruntime int8 {reference_other_labels}");
    assert!(worst >= 0.998 && worst >= reference_worst, "{worst} {reference_worst}");
    assert!(other_labels <= reference_other_labels);
}

/// The same file in tract, its integer products replaced by float ones: what is left is the 13 bits of our activations.
#[test]
fn the_encoder_agrees_with_tract() {
    let (encoder, file, tract) = (encoder(), bundle_file(MODEL), tract_onnx::onnx());
    let mut model = tract.proto_model_for_read(&mut file.as_slice()).unwrap();
    let graph = model.graph.as_mut().unwrap();
    multiply_in_floats(graph);
    let names: Vec<String> = graph.output.iter().map(|output| output.name.clone()).collect();
    let place = |name: &str| names.iter().position(|known| known == name).unwrap();
    let places = ["intent_logits", "sentiment_logits", "emotion_logits", "abuse_logits"].map(place);
    let reference = tract.model_for_proto_model(&model).unwrap();
    let reference = reference.into_typed().unwrap().into_decluttered().unwrap().into_runnable().unwrap();
    let mut worst = 1.0f32;
    for golden in goldens().iter().step_by(31) {
        let ours = encoder.run(&golden.ids, &golden.types);
        let row = |values: Vec<i64>| Tensor::from_shape(&[1, values.len()], &values).unwrap();
        let ids = row(golden.ids.iter().map(|&id| i64::from(id)).collect());
        let types = row(golden.types.iter().map(|&kind| i64::from(kind)).collect());
        let mask = row(vec![1; golden.ids.len()]);
        let longest = golden.phrase_rows.iter().map(Vec::len).max().unwrap().max(1);
        let padded = |rows: &Vec<u32>| {
            rows.iter().map(|&row| i64::from(row)).chain(repeat_n(0, longest - rows.len())).collect::<Vec<_>>()
        };
        let phrases: Vec<i64> = golden.phrase_rows.iter().flat_map(padded).collect();
        let phrases = Tensor::from_shape(&[1, 2, longest], &phrases).unwrap();
        let outputs = reference.run(tvec!(ids.into(), types.into(), mask.into(), phrases.into())).unwrap();
        for (ours, place) in heads(&ours).into_iter().zip(places) {
            let theirs: Vec<f32> = outputs[place].to_plain_array_view::<f32>().unwrap().iter().copied().collect();
            worst = worst.min(cosine(ours, &theirs));
            assert!(top(ours) == top(&theirs) || margin(&theirs) < 0.01, "{:?}", golden.text);
        }
    }
    println!("worst cosine to tract: {worst:.6}");
    assert!(worst >= 0.9999, "{worst}");
}

/// Replaces every `Mul(Cast(MatMulInteger(quantised x, w)), scales)` by `MatMul(x, w · scale)`.
fn multiply_in_floats(graph: &mut GraphProto) {
    let made_by: HashMap<String, NodeProto> =
        graph.node.iter().flat_map(|node| node.output.iter().map(|out| (out.clone(), node.clone()))).collect();
    let is = |name: &str, kind: &str| made_by.get(name).filter(|node| node.op_type == kind);
    let mut floats = Vec::new();
    for node in graph.node.iter_mut().filter(|node| node.op_type == "Mul") {
        let Some(cast) = node.input.iter().find_map(|input| is(input, "Cast")) else { continue };
        let Some(product) = is(&cast.input[0], "MatMulInteger") else { continue };
        let quantised = is(&product.input[0], "DynamicQuantizeLinear").unwrap();
        let base = product.input[1].strip_suffix("_quantized").unwrap();
        let tensor = |suffix: &str| {
            let name = format!("{base}{suffix}");
            graph.initializer.iter().find(|tensor| tensor.name == name).unwrap()
        };
        let (weights, scales) = (tensor("_quantized"), tensor("_scale"));
        let mut values = scales.float_data.clone();
        values.extend(scales.raw_data.chunks_exact(4).map(|c| f32::from_le_bytes(c.try_into().unwrap())));
        let scales = values;
        let columns = weights.dims[1] as usize;
        let value =
            |(i, &q): (usize, &u8)| f32::from(q as i8) * scales[if scales.len() == 1 { 0 } else { i % columns }];
        let raw_data = weights.raw_data.iter().enumerate().flat_map(|cell| value(cell).to_le_bytes()).collect();
        floats.push(TensorProto {
            name: base.into(),
            dims: weights.dims.clone(),
            data_type: 1,
            raw_data,
            ..TensorProto::default()
        });
        let inputs = vec![quantised.input[0].clone(), base.to_owned()];
        *node = NodeProto { op_type: "MatMul".into(), input: inputs, ..node.clone() };
    }
    assert!(floats.len() > 8);
    graph.node.retain(|node| !["MatMulInteger", "DynamicQuantizeLinear"].contains(&node.op_type.as_str()));
    let gone = |node: &NodeProto| {
        let product = |name: &str| is(name, "MatMulInteger").is_some() || is(name, "DynamicQuantizeLinear").is_some();
        node.input.iter().any(|input| product(input))
    };
    graph.node.retain(|node| !gone(node));
    graph.initializer.append(&mut floats);
}

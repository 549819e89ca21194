//! The shipped bundle against the reference outputs of `models/goldens`, and against tract on the same file.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use tract_onnx::prelude::{Framework, InferenceModelExt, IntoRunnable, Tensor, tvec};
use wasm_core::bundle::{MANIFEST, MODEL, Manifest, TOKENIZER};
use wasm_core::engine::{Encoder, Logits};
use wasm_core::tokens::{Speaker, Tokeniser, Turn};

#[derive(Deserialize)]
struct Golden {
    text: String,
    context: Vec<GoldenTurn>,
    ids: Vec<u32>,
    types: Vec<u8>,
    truncated: bool,
    fp32: GoldenLogits,
    int8: GoldenLogits,
}

#[derive(Deserialize)]
struct GoldenTurn {
    author: String,
    text: String,
}

#[derive(Deserialize)]
struct GoldenLogits {
    intent_logits: Vec<f32>,
    sentiment_logits: Vec<f32>,
    emotion_logits: Vec<f32>,
}

impl GoldenLogits {
    fn heads(&self) -> [&[f32]; 3] {
        [&self.intent_logits, &self.sentiment_logits, &self.emotion_logits]
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
    manifest.check(MODEL, &model).unwrap();
    Encoder::load(&model, manifest.architecture.heads).unwrap()
}

fn cosine(a: &[f32], b: &[f32]) -> f32 {
    let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f32>();
    dot(a, b) / (dot(a, a) * dot(b, b)).sqrt()
}

fn top(row: &[f32]) -> usize {
    (0..row.len()).max_by(|&a, &b| row[a].total_cmp(&row[b])).unwrap()
}

fn heads(logits: &Logits) -> [&[f32]; 3] {
    [&logits.intent, &logits.sentiment, &logits.emotion]
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
        let turn = |turn: &'_ GoldenTurn| (if turn.author == "agent" { Speaker::Agent } else { Speaker::Customer }, turn.text.clone());
        let turns: Vec<_> = golden.context.iter().map(turn).collect();
        let turns: Vec<_> = turns.iter().map(|(speaker, text)| Turn { speaker: *speaker, text }).collect();
        let encoded = tokeniser.encode(&golden.text, &turns);
        assert_eq!((encoded.ids, encoded.types, encoded.truncated), (golden.ids, golden.types, golden.truncated), "{:?}", golden.text);
    }
}

/// The reference quantises activations to 8 bits, we to 13 or more: both must be as close to the exact model.
#[test]
fn the_encoder_agrees_with_onnxruntime() {
    let encoder = encoder();
    let (mut worst, mut other_labels, mut reference_other) = ([1.0f32; 2], Vec::new(), 0);
    for golden in goldens() {
        let ours = encoder.run(&golden.ids, &golden.types);
        for (head, (ours, (exact, int8))) in heads(&ours).into_iter().zip(golden.fp32.heads().into_iter().zip(golden.int8.heads())).enumerate() {
            worst[0] = worst[0].min(cosine(ours, exact));
            worst[1] = worst[1].min(cosine(ours, int8));
            if top(ours) != top(exact) {
                other_labels.push((golden.text.clone(), head, margin(exact)));
            }
            reference_other += usize::from(top(int8) != top(exact));
        }
    }
    println!("worst cosine to fp32 {:.5}, to onnxruntime int8 {:.5}", worst[0], worst[1]);
    println!("other labels than fp32: ours {other_labels:?}, onnxruntime int8 {reference_other}");
    assert!(worst[0] >= 0.999 || worst[1] >= 0.999, "{worst:?}");
    assert!(other_labels.iter().all(|(_, _, margin)| *margin < 0.3), "{other_labels:?}");
}

/// Same file, same integers: tract computes in its own order.
#[test]
fn the_encoder_agrees_with_tract() {
    let (encoder, model) = (encoder(), bundle_file(MODEL));
    let reference = tract_onnx::onnx().model_for_read(&mut model.as_slice()).unwrap();
    let reference = reference.into_typed().unwrap().into_decluttered().unwrap().into_runnable().unwrap();
    for golden in goldens().iter().step_by(9) {
        let ours = encoder.run(&golden.ids, &golden.types);
        let row = |values: Vec<i64>| Tensor::from_shape(&[1, values.len()], &values).unwrap();
        let ids = row(golden.ids.iter().map(|&id| i64::from(id)).collect());
        let types = row(golden.types.iter().map(|&kind| i64::from(kind)).collect());
        let mask = row(vec![1; golden.ids.len()]);
        let outputs = reference.run(tvec!(ids.into(), types.into(), mask.into())).unwrap();
        for (ours, theirs) in heads(&ours).into_iter().zip(&outputs) {
            let theirs = theirs.to_plain_array_view::<f32>().unwrap().iter().copied().collect::<Vec<f32>>();
            assert!(cosine(ours, &theirs) >= 0.999, "{:?}: {}", golden.text, cosine(ours, &theirs));
            assert!(top(ours) == top(&theirs) || margin(&theirs) < 0.3, "{:?}", golden.text);
        }
    }
}

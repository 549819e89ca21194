//! A team's own ONNX text classifier: checks the files, and runs the graph on tract.
//!
//! A second module beside the brain, loaded only by devices whose team has a model, in a Worker of its own: what makes tract
//! stop there stops nothing else. Knows neither sessions nor the network, and not what labels mean.

mod graph;
mod labels;

#[cfg(target_arch = "wasm32")]
mod browser;

use domain::own_model::{Fault, FileKind, MOST_LABELS_BYTES, MOST_MODEL_BYTES, MOST_TOKENIZER_BYTES};
use sha2::{Digest, Sha256};
use tokenizers::Tokenizer;

use graph::Graph;

/// No message is read further, in tokens.
const MOST_TOKENS: usize = 256;
/// Nor in characters: a tokeniser is slow on a page of text.
const MOST_CHARS: usize = 4_000;
/// Run once while loading, so that what does not work says so there.
const PROBE: &str = "Where is my order? 我的订单到哪了";

/// A loaded model.
pub struct Classifier {
    graph: Graph,
    tokenizer: Tokenizer,
    labels: Vec<String>,
}

impl Classifier {
    /// Checks and loads: an ONNX graph, a `tokenizer.json`, and a label map (`config.json` or a list of names).
    pub fn load(model: &[u8], tokenizer: &[u8], labels: &[u8]) -> Result<Self, Fault> {
        for (file, bytes, most_bytes) in [
            (FileKind::Model, model, MOST_MODEL_BYTES),
            (FileKind::Tokenizer, tokenizer, MOST_TOKENIZER_BYTES),
            (FileKind::Labels, labels, MOST_LABELS_BYTES),
        ] {
            if bytes.len() as u64 > most_bytes {
                return Err(Fault::TooLarge { file, most_bytes });
            }
        }
        let labels = labels::read(labels)?;
        let graph = Graph::load(model)?;
        let tokenizer = read_tokenizer(tokenizer, graph.most_tokens().unwrap_or(MOST_TOKENS))?;
        let tokens = tokenizer.get_vocab_size(true);
        if let Some(rows) = graph.vocabulary().filter(|&rows| rows < tokens) {
            return Err(Fault::Vocabulary { tokens: tokens as u32, rows: rows as u32 });
        }
        let classifier = Self { graph, tokenizer, labels };
        let outputs = classifier.logits(PROBE)?.len();
        if outputs != classifier.labels.len() {
            return Err(Fault::LabelCount { labels: classifier.labels.len() as u32, outputs: outputs as u32 });
        }
        Ok(classifier)
    }

    /// In the order of the outputs.
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// Labels with their probabilities, the likeliest first.
    pub fn classify(&self, text: &str) -> Result<Vec<(&str, f32)>, Fault> {
        let mut scored: Vec<_> = self.labels.iter().map(String::as_str).zip(self.scores(text)?).collect();
        scored.sort_by(|a, b| b.1.total_cmp(&a.1));
        Ok(scored)
    }

    /// One probability a label, in the order of [`Self::labels`].
    pub fn scores(&self, text: &str) -> Result<Vec<f32>, Fault> {
        Ok(softmax(&self.logits(text)?))
    }

    /// What the model itself says: one number a label.
    pub fn logits(&self, text: &str) -> Result<Vec<f32>, Fault> {
        let text: String = text.chars().take(MOST_CHARS).collect();
        let encoding = self.tokenizer.encode(text, true).map_err(unreadable)?;
        let logits = self.graph.run(encoding.get_ids(), encoding.get_type_ids())?;
        match logits.iter().all(|logit| logit.is_finite()) {
            true => Ok(logits),
            false => Err(Fault::Graph { detail: "it gives numbers that are none".into() }),
        }
    }
}

/// Cut to what the model reads, without padding: one message at a time.
fn read_tokenizer(bytes: &[u8], most_tokens: usize) -> Result<Tokenizer, Fault> {
    let mut tokenizer = Tokenizer::from_bytes(bytes).map_err(unreadable)?;
    let mut truncation = tokenizer.get_truncation().cloned().unwrap_or_default();
    truncation.max_length = truncation.max_length.min(most_tokens).min(MOST_TOKENS);
    tokenizer.with_truncation(Some(truncation)).map_err(unreadable)?;
    tokenizer.with_padding(None);
    Ok(tokenizer)
}

fn unreadable(error: tokenizers::Error) -> Fault {
    Fault::Tokenizer { detail: graph::short(&error.to_string()) }
}

fn softmax(logits: &[f32]) -> Vec<f32> {
    let most = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let powers: Vec<f32> = logits.iter().map(|logit| (logit - most).exp()).collect();
    let sum: f32 = powers.iter().sum();
    powers.into_iter().map(|power| power / sum).collect()
}

/// 64 hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

//! The model bundle: manifest, weights and tokeniser, checked by size and SHA-256 before anything is loaded.
//!
//! Does not know where the bytes come from. The format is written by `models/warmseat_models/bundle.py`.

use std::collections::HashMap;

use serde::de::Error;
use serde::{Deserialize, Deserializer};
use sha2::{Digest, Sha256};

pub const MANIFEST: &str = "manifest.json";
pub const MODEL: &str = "model.onnx";
pub const TOKENIZER: &str = "tokenizer.json";

/// Why a bundle cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    #[error("the manifest is not readable: {0}")]
    Manifest(#[from] serde_json::Error),
    #[error("the manifest does not name `{0}`")]
    Unlisted(&'static str),
    #[error("`{name}` has {found} bytes, the manifest says {expected}")]
    Size { name: &'static str, expected: u64, found: u64 },
    #[error("`{0}` does not have the SHA-256 of the manifest")]
    Hash(&'static str),
    #[error("the tokeniser is not readable: {0}")]
    Tokenizer(String),
    #[error(transparent)]
    Engine(#[from] crate::engine::EngineError),
    #[error("the {head} head has {found} outputs, the manifest lists {expected}")]
    Head { head: &'static str, expected: usize, found: usize },
    #[error("the tokeniser has {tokens} tokens, the model {rows}")]
    Vocabulary { tokens: usize, rows: usize },
}

#[derive(Clone, Debug, Deserialize)]
pub struct Manifest {
    pub name: String,
    pub version: String,
    pub files: HashMap<String, FileEntry>,
    pub architecture: Architecture,
    pub heads: Heads,
}

/// A file of the bundle as it was found, and its SHA-256.
pub struct Found<'a> {
    pub bytes: &'a [u8],
    pub sha256: [u8; 32],
}

impl<'a> Found<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, sha256: Sha256::digest(bytes).into() }
    }
}

#[derive(Clone, Debug, Deserialize)]
pub struct FileEntry {
    pub sha256: String,
    pub size_bytes: u64,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Architecture {
    /// Attention heads.
    pub heads: usize,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Heads {
    pub intent: LabelledHead,
    pub sentiment: SentimentHead,
    pub emotion: LabelledHead,
    pub abuse: LabelledHead,
    /// One sigmoid a label.
    pub flags: LabelledHead,
}

#[derive(Clone, Debug, Deserialize)]
pub struct LabelledHead {
    pub labels: Vec<String>,
    pub temperature: Temperature,
    /// The share of the scores, 0 to 1, that is spread over all labels alike.
    #[serde(default, deserialize_with = "share")]
    pub doubt: f32,
}

/// An ordinal head; `values` are −2…2 in order.
#[derive(Clone, Debug, Deserialize)]
pub struct SentimentHead {
    pub values: Vec<f32>,
    pub temperature: Temperature,
}

/// Divides the logits before the softmax or sigmoid; fitted by language, and apart for messages read with turns before them:
/// those say less by themselves, and scores deserve less trust.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Temperature {
    #[serde(deserialize_with = "positive")]
    pub zh: f32,
    #[serde(deserialize_with = "positive")]
    pub en: f32,
    #[serde(rename = "zh+context", deserialize_with = "positive")]
    pub zh_in_context: f32,
    #[serde(rename = "en+context", deserialize_with = "positive")]
    pub en_in_context: f32,
}

fn positive<'de, D: Deserializer<'de>>(from: D) -> Result<f32, D::Error> {
    within(from, |value| value.is_finite() && value > 0.0, "a temperature above 0")
}

fn share<'de, D: Deserializer<'de>>(from: D) -> Result<f32, D::Error> {
    within(from, |value| (0.0..=1.0).contains(&value), "a share from 0 to 1")
}

fn within<'de, D: Deserializer<'de>>(from: D, allowed: fn(f32) -> bool, wanted: &str) -> Result<f32, D::Error> {
    let value = f32::deserialize(from)?;
    if allowed(value) { Ok(value) } else { Err(D::Error::custom(format_args!("{value} where {wanted} is expected"))) }
}

impl Manifest {
    pub fn parse(bytes: &[u8]) -> Result<Self, BundleError> {
        Ok(serde_json::from_slice(bytes)?)
    }

    /// Size of a file as the manifest states it.
    pub fn size_bytes(&self, name: &'static str) -> Result<u64, BundleError> {
        Ok(self.entry(name)?.size_bytes)
    }

    fn entry(&self, name: &'static str) -> Result<&FileEntry, BundleError> {
        self.files.get(name).ok_or(BundleError::Unlisted(name))
    }

    /// Whether this is the file that the manifest names.
    pub fn check(&self, name: &'static str, file: &Found<'_>) -> Result<(), BundleError> {
        let entry = self.entry(name)?;
        let found = file.bytes.len() as u64;
        if found != entry.size_bytes {
            return Err(BundleError::Size { name, expected: entry.size_bytes, found });
        }
        if hex(&file.sha256) == entry.sha256.to_lowercase() { Ok(()) } else { Err(BundleError::Hash(name)) }
    }
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes.iter().flat_map(|b| [b >> 4, b & 15]).map(|n| char::from(DIGITS[usize::from(n)])).collect()
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use domain::intent::CATEGORIES;

    /// A manifest for these files, with the labels of the taxonomy and 4 attention heads.
    pub fn manifest_for(model: &[u8], tokenizer: &[u8]) -> Manifest {
        Manifest::parse(manifest_json(model, tokenizer).to_string().as_bytes()).unwrap()
    }

    fn manifest_json(model: &[u8], tokenizer: &[u8]) -> serde_json::Value {
        let file = |bytes: &[u8]| serde_json::json!({"sha256": hex(&Sha256::digest(bytes)), "size_bytes": bytes.len()});
        let labels: Vec<_> = CATEGORIES.iter().map(|category| category.id).collect();
        let emotions =
            ["anger", "frustration", "anxiety", "sadness", "joy", "gratitude", "surprise", "confusion", "neutral"];
        let abuse = ["none", "insult", "threat", "harassment", "discrimination", "self_harm", "profanity_not_at_agent"];
        let temperature = serde_json::json!({"zh": 1.0, "en": 1.0, "zh+context": 1.0, "en+context": 1.0});
        serde_json::json!({
            "name": "test", "version": "0",
            "files": {MODEL: file(model), TOKENIZER: file(tokenizer)},
            "architecture": {"heads": 4},
            "heads": {
                "intent": {"labels": labels, "temperature": temperature},
                "sentiment": {"values": [-2, -1, 0, 1, 2], "temperature": temperature},
                "emotion": {"labels": emotions, "temperature": temperature},
                "abuse": {"labels": abuse, "temperature": temperature},
                "flags": {"labels": ["complaint", "human_agent"], "temperature": temperature},
            },
        })
    }

    #[test]
    fn changed_files_are_refused() {
        let manifest = manifest_for(b"weights", b"{}");
        assert!(manifest.check(MODEL, &Found::new(b"weights")).is_ok());
        assert!(matches!(manifest.check(MODEL, &Found::new(b"weightz")), Err(BundleError::Hash(MODEL))));
        assert!(matches!(
            manifest.check(MODEL, &Found::new(b"weight")),
            Err(BundleError::Size { expected: 7, found: 6, .. })
        ));
        assert!(matches!(Manifest::parse(b"{}"), Err(BundleError::Manifest(_))));
    }

    #[test]
    fn scores_cannot_leave_their_range() {
        for (field, value) in [
            ("temperature", serde_json::json!({"zh": 0.0, "en": 1.0, "zh+context": 1.0, "en+context": 1.0})),
            ("doubt", 1.5.into()),
        ] {
            let mut manifest = manifest_json(b"", b"");
            manifest["heads"]["intent"][field] = value;
            let error = Manifest::parse(manifest.to_string().as_bytes()).err();
            assert!(error.is_some_and(|error| error.to_string().contains("expected")), "{field}");
        }
    }

    #[test]
    fn every_head_is_required() {
        for head in ["intent", "sentiment", "emotion", "abuse", "flags"] {
            let mut manifest = manifest_json(b"", b"");
            manifest["heads"].as_object_mut().unwrap().remove(head);
            let error = Manifest::parse(manifest.to_string().as_bytes()).err();
            assert!(error.is_some_and(|error| error.to_string().contains(head)), "{head}");
        }
    }
}

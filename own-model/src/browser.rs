//! What own_model.js calls.

use std::sync::Once;

use domain::own_model::Fault;
use wasm_bindgen::prelude::*;

use crate::Classifier;

unsafe extern "C" {
    fn __wasm_call_ctors();
}

/// A model in a Worker. Its calls throw a [`Fault`] as JSON text.
#[wasm_bindgen]
pub struct OwnClassifier(Classifier);

#[wasm_bindgen]
impl OwnClassifier {
    #[wasm_bindgen(constructor)]
    pub fn new(model: &[u8], tokenizer: &[u8], labels: &[u8]) -> Result<OwnClassifier, JsValue> {
        static REGISTERED: Once = Once::new();
        // SAFETY: the module's own constructors, which fill tract's tables; once, before tract is used.
        REGISTERED.call_once(|| unsafe { __wasm_call_ctors() });
        Classifier::load(model, tokenizer, labels).map(Self).map_err(thrown)
    }

    /// Names in the order of the outputs, as JSON.
    pub fn labels_json(&self) -> String {
        serde_json::to_string(self.0.labels()).unwrap_or_default()
    }

    /// One probability a label, in the order of the labels.
    pub fn classify(&self, text: &str) -> Result<Vec<f32>, JsValue> {
        self.0.scores(text).map_err(thrown)
    }
}

/// SHA-256 of a file, 64 hexadecimal digits: `crypto.subtle` is missing on pages without HTTPS.
#[wasm_bindgen]
pub fn sha256(bytes: &[u8]) -> String {
    crate::sha256(bytes)
}

fn thrown(fault: Fault) -> JsValue {
    JsValue::from_str(&serde_json::to_string(&fault).unwrap_or_default())
}

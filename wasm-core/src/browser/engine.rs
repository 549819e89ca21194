//! Starts the engine, and lets Node and benches run it without a session.

use std::rc::Rc;

use domain::wire::ErrorCode;
use gloo_timers::future::TimeoutFuture;
use serde::Serialize;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::bundle::{LoadError, load};
use super::{Inner, performance_ms, warn};
use crate::bundle::{Found, Manifest};
use crate::line;
use crate::understand::Analyser;

/// Waits between attempts to load the bundle.
const RETRY_MS: [u32; 3] = [2_000, 10_000, 60_000];

/// Loads the bundle and hands it to the session; an attempt that is overtaken by a newer one ends silently.
pub fn start(inner: &Rc<Inner>) {
    let number = inner.load.get() + 1;
    inner.load.set(number);
    let inner = inner.clone();
    spawn_local(async move {
        for wait_ms in RETRY_MS.into_iter().map(Some).chain([None]) {
            if inner.load.get() != number {
                return;
            }
            inner.with(|session, now_ms| session.loading(0.0, now_ms));
            let progress = |share: f32| {
                if inner.load.get() == number {
                    inner.with(|session, now_ms| session.loading(share, now_ms));
                }
            };
            let loaded = load(&inner.config.bundle_url, progress).await;
            if inner.load.get() != number {
                return;
            }
            match loaded {
                Ok(analyser) => return inner.with(|session, now_ms| session.engine_ready(analyser, now_ms)),
                Err(error) => {
                    warn(&format!("the model could not be loaded: {error}"));
                    let code = match error {
                        LoadError::Fetch(_) => ErrorCode::EngineUnavailable,
                        LoadError::Bundle(_) => ErrorCode::ModelCorrupt,
                    };
                    inner.with(|session, now_ms| session.engine_unavailable(code, now_ms));
                }
            }
            let Some(wait_ms) = wait_ms else { return };
            TimeoutFuture::new(wait_ms).await;
        }
    });
}

/// The engine alone, for goldens and benches.
#[wasm_bindgen]
pub struct Engine {
    analyser: Analyser,
}

#[derive(Serialize)]
struct Bench {
    tokens: usize,
    tokenise_ms: f64,
    encode_ms: f64,
}

#[wasm_bindgen]
impl Engine {
    /// The bytes of manifest.json, model.onnx and tokenizer.json. Throws a message when they do not fit together.
    #[wasm_bindgen(constructor)]
    pub fn new(manifest: &[u8], model: &[u8], tokenizer: &[u8]) -> Result<Engine, JsError> {
        Ok(Self { analyser: Analyser::load(Manifest::parse(manifest)?, &Found::new(model), &Found::new(tokenizer))? })
    }

    /// The same line as the command `analyze` prints.
    pub fn analyze_json(&self, line: &str) -> String {
        line::answer(&self.analyser, line)
    }

    /// For a line `{"text", "context"}`: `{"ids", "types", "truncated", "intent_logits", …}` as in models/goldens.
    pub fn golden_json(&self, line: &str) -> String {
        line::golden(&self.analyser, line)
    }

    /// Median milliseconds of `n` runs of tokeniser and encoder: `{"tokens", "tokenise_ms", "encode_ms"}`.
    pub fn bench(&self, text: &str, n: u32) -> String {
        let runs = n.max(1) as usize;
        let mut tokenise = Vec::with_capacity(runs);
        let mut encode = Vec::with_capacity(runs);
        let mut tokens = 0;
        for _ in 0..runs {
            let started = performance_ms();
            let encoded = self.analyser.tokeniser().encode(text, &[]);
            let between = performance_ms();
            std::hint::black_box(self.analyser.encoder().run(&encoded.ids, &encoded.types));
            tokenise.push(between - started);
            encode.push(performance_ms() - between);
            tokens = encoded.ids.len();
        }
        let bench = Bench { tokens, tokenise_ms: median(tokenise), encode_ms: median(encode) };
        serde_json::to_string(&bench).unwrap_or_default()
    }
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

//! Fetches the bundle with progress, unpacks the model, and has the browser hash both files.

use std::cell::Cell;

use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    ReadableStream, ReadableStreamDefaultReader, ReadableWritablePair, RequestCache, RequestInit, Response,
    WorkerGlobalScope,
};

use crate::bundle::{BundleError, Found, MANIFEST, MODEL, Manifest, TOKENIZER};
use crate::understand::Analyser;

/// What the manifest calls `model.onnx`, in gzip.
const PACKED_MODEL: &str = "model.onnx.gz";
/// Shares of the progress bar.
const FETCHED: f32 = 0.9;
/// Progress is told in steps of this size.
const STEP: f32 = 0.05;

#[wasm_bindgen]
extern "C" {
    /// Of the Compression Standard; in web-sys it is still unstable.
    #[wasm_bindgen(extends = ReadableWritablePair)]
    type DecompressionStream;
    #[wasm_bindgen(constructor, catch)]
    fn new(format: &str) -> Result<DecompressionStream, JsValue>;
}

#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    #[error("`{0}` could not be fetched")]
    Fetch(&'static str),
    #[error(transparent)]
    Bundle(#[from] BundleError),
}

/// Fetches, checks and loads. Files that do not fit the manifest are fetched once more past the cache.
pub async fn load(base: &str, progress: impl Fn(f32)) -> Result<Analyser, LoadError> {
    match load_with(base, RequestCache::Default, &progress).await {
        Err(LoadError::Bundle(_)) => load_with(base, RequestCache::Reload, &progress).await,
        other => other,
    }
}

async fn load_with(base: &str, cache: RequestCache, progress: &impl Fn(f32)) -> Result<Analyser, LoadError> {
    // All are asked for before the first is waited for.
    let [manifest, tokenizer, model] = [MANIFEST, TOKENIZER, PACKED_MODEL].map(|name| Asked::new(base, name, cache));
    let manifest = Manifest::parse(&manifest.bytes(0).await?)?;
    let tokenizer = tokenizer.bytes(manifest.size_bytes(TOKENIZER)? as usize).await?;
    let size = manifest.size_bytes(MODEL)? as usize;
    let told = Cell::new(0.0);
    let step = |received: usize| {
        let share = FETCHED * received as f32 / size.max(1) as f32;
        if share - told.get() >= STEP {
            told.set(share);
            progress(share);
        }
    };
    let model = model.unpacked(size, step).await?;
    progress(FETCHED);
    Ok(Analyser::load(manifest, &found(&model).await, &found(&tokenizer).await)?)
}

/// A file of the bundle that is on its way; what becomes of it may be left unheard.
struct Asked {
    name: &'static str,
    response: JsFuture,
}

impl Asked {
    fn new(base: &str, name: &'static str, cache: RequestCache) -> Self {
        let options = RequestInit::new();
        options.set_cache(cache);
        let response = scope().fetch_with_str_and_init(&format!("{base}{name}"), &options);
        Self { name, response: response.into() }
    }

    /// `size`: how many bytes are expected.
    async fn bytes(self, size: usize) -> Result<Vec<u8>, LoadError> {
        self.read(size, Ok, |_| {}).await
    }

    /// Out of gzip; `received` hears how many bytes there are so far.
    async fn unpacked(self, size: usize, received: impl Fn(usize)) -> Result<Vec<u8>, LoadError> {
        let unpack = |body: ReadableStream| DecompressionStream::new("gzip").map(|gzip| body.pipe_through(&gzip));
        self.read(size, unpack, received).await
    }

    async fn read(
        self,
        size: usize,
        through: impl Fn(ReadableStream) -> Result<ReadableStream, JsValue>,
        received: impl Fn(usize),
    ) -> Result<Vec<u8>, LoadError> {
        let read = async {
            let response: Response = self.response.await?.unchecked_into();
            let body = response.body().filter(|_| response.ok()).ok_or(JsValue::UNDEFINED)?;
            read_all(&through(body)?, size, received).await
        };
        read.await.map_err(|_: JsValue| LoadError::Fetch(self.name))
    }
}

async fn read_all(body: &ReadableStream, size: usize, received: impl Fn(usize)) -> Result<Vec<u8>, JsValue> {
    let mut bytes = Vec::with_capacity(size);
    let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
    loop {
        let chunk = JsFuture::from(reader.read()).await?;
        if Reflect::get(&chunk, &"done".into())?.is_truthy() {
            return Ok(bytes);
        }
        let chunk: Uint8Array = Reflect::get(&chunk, &"value".into())?.unchecked_into();
        let start = bytes.len();
        bytes.resize(start + chunk.length() as usize, 0);
        chunk.copy_to(&mut bytes[start..]);
        received(bytes.len());
    }
}

/// Browsers hash with the chip's own instructions, but only for pages that came over a safe way.
async fn found(bytes: &[u8]) -> Found<'_> {
    match sha256(bytes).await {
        Ok(sha256) => Found { bytes, sha256 },
        Err(_) => Found::new(bytes),
    }
}

async fn sha256(bytes: &[u8]) -> Result<[u8; 32], JsValue> {
    let digest = JsFuture::from(scope().crypto()?.subtle().digest_with_str_and_u8_array("SHA-256", bytes)?).await?;
    Uint8Array::new(&digest).to_vec().try_into().map_err(|_| JsValue::UNDEFINED)
}

fn scope() -> WorkerGlobalScope {
    js_sys::global().unchecked_into()
}

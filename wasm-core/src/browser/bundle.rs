//! Fetches the bundle with progress, unpacks the model and has both files checked as they are unpacked.

use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    ReadableStreamDefaultReader, ReadableWritablePair, RequestCache, RequestInit, Response, WorkerGlobalScope,
};

use crate::bundle::{BundleError, MANIFEST, MODEL, Manifest, TOKENIZER};
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
    let nothing = |_: usize| {};
    let manifest = Manifest::parse(&fetch(base, MANIFEST, cache, 0, nothing).await?)?;
    let size = manifest.size_bytes(MODEL)? as usize;
    let told = std::cell::Cell::new(0.0);
    let step = |received: usize| {
        let share = FETCHED * received as f32 / size.max(1) as f32;
        if share - told.get() >= STEP {
            told.set(share);
            progress(share);
        }
    };
    let tokenizer = fetch(base, TOKENIZER, cache, manifest.size_bytes(TOKENIZER)? as usize, nothing).await?;
    let model = fetch(base, PACKED_MODEL, cache, size, step).await?;
    progress(FETCHED);
    Ok(Analyser::load(manifest, &model, &tokenizer)?)
}

async fn fetch(
    base: &str,
    name: &'static str,
    cache: RequestCache,
    size: usize,
    received: impl Fn(usize),
) -> Result<Vec<u8>, LoadError> {
    read(&format!("{base}{name}"), cache, size, received).await.map_err(|_| LoadError::Fetch(name))
}

async fn read(url: &str, cache: RequestCache, size: usize, received: impl Fn(usize)) -> Result<Vec<u8>, JsValue> {
    let options = RequestInit::new();
    options.set_cache(cache);
    let scope: WorkerGlobalScope = js_sys::global().unchecked_into();
    let response: Response = JsFuture::from(scope.fetch_with_str_and_init(url, &options)).await?.unchecked_into();
    if !response.ok() {
        return Err(JsValue::UNDEFINED);
    }
    let mut bytes = Vec::with_capacity(size);
    let Some(mut body) = response.body() else { return Ok(bytes) };
    if url.ends_with(".gz") {
        let unpacking = DecompressionStream::new("gzip")?;
        body = body.pipe_through(&unpacking);
    }
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

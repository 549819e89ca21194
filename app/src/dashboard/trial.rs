//! A Worker with a model that is tried out (own_model.js): asks it, one promise a question. Knows no views.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use domain::own_model::{Fault, MOST_ANSWER_SECONDS, MOST_LOAD_SECONDS};
use futures_util::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use js_sys::{Function, Promise, Reflect, Uint8Array};
use serde::Deserialize;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageEvent, Worker, WorkerOptions, WorkerType};

const SCRIPT: &str = "/dashboard/own_model.js";

/// What a model is made of.
pub struct Files {
    pub model: Uint8Array,
    pub tokenizer: Uint8Array,
    pub labels: Uint8Array,
}

/// What is known of a model that can be used.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Loaded {
    /// In the order of the outputs.
    pub labels: Vec<String>,
    /// Of model and tokeniser.
    pub sha256: [String; 2],
}

/// What the model makes of a message.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Reading {
    /// One probability a label.
    pub scores: Vec<f32>,
    pub ms: f64,
}

#[derive(Deserialize)]
struct Answer {
    loaded: Option<Loaded>,
    #[serde(flatten)]
    reading: Option<Reading>,
    fault: Option<Fault>,
}

pub struct Trial {
    worker: Worker,
    waiting: Rc<RefCell<HashMap<u32, Function>>>,
    next_id: u32,
    _heard: Closure<dyn FnMut(MessageEvent)>,
    _failed: Closure<dyn FnMut(web_sys::Event)>,
}

/// An answer to come.
pub struct Asked(JsFuture);

impl Trial {
    pub fn start() -> Result<Self, Fault> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(SCRIPT, &options).map_err(|_| Fault::Stopped)?;
        let waiting = Rc::<RefCell<HashMap<u32, Function>>>::default();
        let answers = waiting.clone();
        let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let id = Reflect::get(&event.data(), &"id".into()).ok().and_then(|id| id.as_f64());
            let resolve = id.and_then(|id| answers.borrow_mut().remove(&(id as u32)));
            if let Some(resolve) = resolve {
                let _ = resolve.call1(&JsValue::NULL, &event.data());
            }
        });
        let answers = waiting.clone();
        let failed = Closure::<dyn FnMut(web_sys::Event)>::new(move |event: web_sys::Event| {
            event.prevent_default();
            // Nothing is an answer, too: see `Asked::answer`.
            for (_, resolve) in answers.borrow_mut().drain() {
                let _ = resolve.call1(&JsValue::NULL, &JsValue::UNDEFINED);
            }
        });
        worker.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        worker.set_onerror(Some(failed.as_ref().unchecked_ref()));
        Ok(Self { worker, waiting, next_id: 1, _heard: heard, _failed: failed })
    }

    pub fn load(&mut self, files: &Files) -> Asked {
        let load = js_sys::Object::new();
        for (name, file) in [("model", &files.model), ("tokenizer", &files.tokenizer), ("labels", &files.labels)] {
            let _ = Reflect::set(&load, &name.into(), file);
        }
        self.ask("load", &load)
    }

    pub fn classify(&mut self, text: &str) -> Asked {
        self.ask("text", &text.into())
    }

    fn ask(&mut self, key: &str, value: &JsValue) -> Asked {
        let id = self.next_id;
        self.next_id += 1;
        let promise = Promise::new(&mut |resolve, _| {
            self.waiting.borrow_mut().insert(id, resolve);
        });
        let message = js_sys::Object::new();
        let _ = Reflect::set(&message, &"id".into(), &id.into());
        let _ = Reflect::set(&message, &key.into(), value);
        if self.worker.post_message(&message).is_err()
            && let Some(resolve) = self.waiting.borrow_mut().remove(&id)
        {
            let _ = resolve.call1(&JsValue::NULL, &JsValue::UNDEFINED);
        }
        Asked(JsFuture::from(promise))
    }
}

impl Drop for Trial {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

impl Asked {
    pub async fn loaded(self) -> Result<Loaded, Fault> {
        self.answer(MOST_LOAD_SECONDS).await?.loaded.ok_or(Fault::Stopped)
    }

    pub async fn reading(self) -> Result<Reading, Fault> {
        self.answer(MOST_ANSWER_SECONDS).await?.reading.ok_or(Fault::Stopped)
    }

    async fn answer(self, most_seconds: u32) -> Result<Answer, Fault> {
        let answer = match select(self.0, TimeoutFuture::new(most_seconds * 1_000)).await {
            Either::Left((answer, _)) => answer.map_err(|_| Fault::Stopped)?,
            Either::Right(_) => return Err(Fault::TooSlow),
        };
        let answer: Answer = serde_wasm_bindgen::from_value(answer).map_err(|_| Fault::Stopped)?;
        match answer.fault {
            Some(fault) => Err(fault),
            None => Ok(answer),
        }
    }
}

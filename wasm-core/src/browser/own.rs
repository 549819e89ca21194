//! The Worker of the team's own model (own_model.js): carries out the session's orders and brings back what it says.

use std::cell::RefCell;
use std::rc::Rc;

use domain::own_model::{Fault, ModelFile};
use js_sys::{Reflect, Uint8Array};
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;
use web_sys::{MessageEvent, Worker, WorkerOptions, WorkerType};

use super::{Inner, warn};
use crate::outbox::Server;
use crate::session::own::{Order, Word};

const SCRIPT: &str = "own_model.js";

thread_local! {
    static RUNNING: RefCell<Option<Running>> = const { RefCell::new(None) };
}

struct Running {
    worker: Worker,
    _heard: Closure<dyn FnMut(MessageEvent)>,
    _failed: Closure<dyn FnMut(web_sys::Event)>,
}

/// As own_model.js names a file on the server.
#[derive(Serialize)]
struct Remote<'a> {
    url: String,
    token: &'a str,
    sha256: &'a str,
    size_bytes: u64,
}

/// As own_model.js answers.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Said {
    loaded: Option<serde::de::IgnoredAny>,
    scores: Option<Vec<f32>>,
    fault: Option<Fault>,
}

/// Carries out what the session orders.
pub fn schedule(inner: &Rc<Inner>) {
    loop {
        let order = inner.session.borrow_mut().take_own_order();
        match order {
            None => return,
            Some(Order::Stop) => {
                RUNNING.with(|slot| slot.borrow_mut().take().iter().for_each(|one| one.worker.terminate()))
            }
            Some(Order::Ask { number, text }) => {
                let question = js_sys::Object::new();
                set(&question, "id", &number.into());
                set(&question, "text", &text.into());
                post(&question);
            }
            Some(Order::Start { number, server, model }) => {
                if start(inner, number).is_err() {
                    warn("the Worker of the team's own model could not be started");
                    say(inner, number, Word::Failed(Fault::Stopped));
                    continue;
                }
                let names: Vec<&str> = model.own.labels.iter().map(|label| label.name.as_str()).collect();
                let names = serde_json::to_vec(&names).unwrap_or_default();
                let load = js_sys::Object::new();
                set(&load, "model", &remote(&server, &model.own.model));
                set(&load, "tokenizer", &remote(&server, &model.own.tokenizer));
                set(&load, "labels", &Uint8Array::from(names.as_slice()));
                let question = js_sys::Object::new();
                set(&question, "id", &number.into());
                set(&question, "load", &load);
                post(&question);
            }
        }
    }
}

fn start(inner: &Rc<Inner>, number: u32) -> Result<(), JsValue> {
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    options.set_name("warmseat-own-model");
    let worker = Worker::new_with_options(&beside(SCRIPT)?, &options)?;
    let hearing = inner.clone();
    let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let said: Said = serde_wasm_bindgen::from_value(event.data()).unwrap_or_default();
        let word = match said {
            Said { fault: Some(fault), .. } => Word::Failed(fault),
            Said { scores: Some(scores), .. } => Word::Scores(scores),
            Said { loaded: Some(_), .. } => Word::Loaded,
            _ => Word::Progress,
        };
        say(&hearing, number, word);
    });
    let failing = inner.clone();
    let failed = Closure::<dyn FnMut(web_sys::Event)>::new(move |event: web_sys::Event| {
        event.prevent_default();
        say(&failing, number, Word::Failed(Fault::Stopped));
    });
    worker.set_onmessage(Some(heard.as_ref().unchecked_ref()));
    worker.set_onerror(Some(failed.as_ref().unchecked_ref()));
    RUNNING.with(|slot| *slot.borrow_mut() = Some(Running { worker, _heard: heard, _failed: failed }));
    Ok(())
}

/// In a turn of its own: the Worker's own closures may be dropped by what follows.
fn say(inner: &Rc<Inner>, number: u32, word: Word) {
    if let Word::Failed(fault) = &word {
        warn(&format!("the team's own model: {fault}"));
    }
    let inner = inner.clone();
    wasm_bindgen_futures::spawn_local(async move {
        inner.with(|session, now_ms| session.own_said(number, word, now_ms));
    });
}

fn post(message: &JsValue) {
    RUNNING.with(|slot| {
        if let Some(Running { worker, .. }) = &*slot.borrow()
            && worker.post_message(message).is_err()
        {
            warn("the Worker of the team's own model could not be asked");
        }
    });
}

fn remote(server: &Server, file: &ModelFile) -> JsValue {
    let url = format!("{}/api/v1/team-model/files/{}", server.url.trim_end_matches('/'), file.sha256);
    let remote = Remote { url, token: &server.device_token, sha256: &file.sha256, size_bytes: file.size_bytes };
    remote.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).unwrap_or_default()
}

/// The URL of a file that stands beside the brain's script.
fn beside(name: &str) -> Result<String, JsValue> {
    let scope = js_sys::global().unchecked_into::<web_sys::WorkerGlobalScope>();
    let here = scope.location().href();
    let folder = here.rsplit_once('/').ok_or(JsValue::UNDEFINED)?.0;
    Ok(format!("{folder}/{name}"))
}

fn set(object: &js_sys::Object, key: &str, value: &JsValue) {
    let _ = Reflect::set(object, &key.into(), value);
}

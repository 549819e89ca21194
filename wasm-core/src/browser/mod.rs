//! The brain in a browser's Worker: messages, the store, the network and the clock around [`Session`].
//!
//! The only module that knows wasm-bindgen. Every decision is the session's; here things are carried in and out. Nothing
//! here may panic on what a page, a server or a store says.

mod bundle;
mod engine;
mod own;
mod store;
mod sync;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use domain::wire::{Answer, AnswerResult, ErrorCode, FromBrain, Request};
use gloo_timers::callback::{Interval, Timeout};
use gloo_timers::future::TimeoutFuture;
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use crate::outbox::Server;
use crate::session::{Config, Meters, Session};
use store::Store;

const TICK_MS: u32 = 1_000;
/// The store must answer within so many turns of this length, or the session starts without it. Turns, not one long wait:
/// while the model is unpacked neither is heard, and the store's answer must not lose for that.
const STORE_TURN_MS: u32 = 100;
const STORE_TURNS: usize = 20;

/// What worker.js hands over.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct BrainConfig {
    /// Absolute URL of the bundle's folder, with a slash at its end.
    bundle_url: String,
    server_url: Option<String>,
    device_token: Option<String>,
    help_url: Option<String>,
    /// `indexeddb` or `memory`.
    storage: String,
    version: String,
}

/// One brain for all tabs.
#[wasm_bindgen]
pub struct Brain {
    inner: Rc<Inner>,
}

pub(crate) struct Inner {
    send: js_sys::Function,
    config: BrainConfig,
    session: RefCell<Session>,
    store: Store,
    /// Requests that came before the store was read; `None` afterwards.
    early: RefCell<Option<Vec<Request>>>,
    /// A step or a flush is on its way.
    stepping: Cell<bool>,
    flushing: Cell<bool>,
    /// Counts starts of the engine: an older load ends silently.
    load: Cell<u32>,
    clock: RefCell<Option<Interval>>,
}

#[wasm_bindgen]
impl Brain {
    /// `send` takes one `FromBrain` as a plain object. The first one, `ready`, is said before this returns.
    #[wasm_bindgen(constructor)]
    pub fn new(send: js_sys::Function, config: JsValue) -> Brain {
        report_panics(&send);
        let config: BrainConfig = serde_wasm_bindgen::from_value(config).unwrap_or_default();
        let session = Session::new(
            Config {
                version: config.version.clone(),
                help_url: config.help_url.clone().filter(|url| !url.is_empty()),
                offset_ms: -(js_sys::Date::new_0().get_timezone_offset() as i64) * 60_000,
            },
            Meters { clock_ms: performance_ms, memory_bytes },
        );
        let inner = Rc::new(Inner {
            send,
            store: Store::new(config.storage != "memory"),
            config,
            session: RefCell::new(session),
            early: RefCell::new(Some(Vec::new())),
            stepping: Cell::new(false),
            flushing: Cell::new(false),
            load: Cell::new(0),
            clock: RefCell::new(None),
        });
        let ready = inner.session.borrow().ready();
        inner.say(&ready);
        start(&inner);
        Brain { inner }
    }

    /// Takes one `Request`; its answer is sent before this returns, unless the store is still being read.
    pub fn receive(&self, request: JsValue) {
        match serde_wasm_bindgen::from_value::<Request>(request.clone()) {
            Ok(request) => self.inner.receive(request),
            Err(_) => {
                let id = js_sys::Reflect::get(&request, &"id".into()).ok().and_then(|id| id.as_f64()).unwrap_or(0.0);
                let result = AnswerResult::Error { code: ErrorCode::UnknownMessage, detail: "not a request".into() };
                self.inner.say(&FromBrain::Answer(Answer { id: id as u32, result }));
            }
        }
    }
}

/// Reads the store and the bundle at the same time; requests wait for the store alone.
fn start(inner: &Rc<Inner>) {
    engine::start(inner);
    let late = inner.clone();
    spawn_local(async move {
        for _ in 0..STORE_TURNS {
            TimeoutFuture::new(STORE_TURN_MS).await;
            if late.early.borrow().is_none() {
                return;
            }
        }
        warn("storage_unavailable: no answer, working from memory");
        late.store.begin_unread();
        late.open(None);
    });
    let inner = inner.clone();
    spawn_local(async move {
        let kept = inner.store.open().await;
        inner.open(kept);
    });
}

impl Inner {
    /// Opens for requests with what the store kept; only the first call counts.
    fn open(self: &Rc<Self>, kept: Option<store::Kept>) {
        let Some(early) = self.early.borrow_mut().take() else { return };
        {
            let kept = kept.unwrap_or_default();
            let mut session = self.session.borrow_mut();
            session.restore(kept.settings, kept.care, kept.corrections);
            session.restore_marks(kept.marks);
            session.restore_learning(kept.labels, kept.examples);
            session.restore_usage(kept.usage);
            session.restore_people(kept.salt, random_salt(), kept.known, js_sys::Date::now() as i64);
            session.restore_outbox(kept.waiting, kept.sent, kept.accepted);
            session.restore_team(kept.team);
            let (url, token) = (self.config.server_url.clone(), self.config.device_token.clone());
            session.connect_by_default(url.zip(token).map(|(url, device_token)| Server { url, device_token }));
        }
        early.into_iter().for_each(|request| self.receive(request));
        let inner = self.clone();
        let clock = Interval::new(TICK_MS, move || inner.with(|session, now_ms| session.tick(now_ms)));
        *self.clock.borrow_mut() = Some(clock);
        self.with(|session, now_ms| session.tick(now_ms));
    }

    fn receive(self: &Rc<Self>, request: Request) {
        if let Some(early) = self.early.borrow_mut().as_mut() {
            return early.push(request);
        }
        self.with(|session, now_ms| session.handle(request, now_ms));
        self.step();
    }

    /// Lets the session act, says what it tells, and carries on what follows from it.
    pub(crate) fn with(self: &Rc<Self>, act: impl FnOnce(&mut Session, i64) -> Vec<FromBrain>) {
        let (told, stored, restart, work) = {
            let mut session = self.session.borrow_mut();
            let told = act(&mut session, js_sys::Date::now() as i64);
            let now_ms = js_sys::Date::now() as i64;
            (told, session.take_stored(), session.take_restart(), session.has_work(now_ms))
        };
        told.iter().for_each(|message| self.say(message));
        self.store.write(stored);
        if restart {
            engine::start(self);
        }
        if work {
            self.schedule_step();
        }
        sync::schedule(self);
    }

    /// Understands one message now; the rest in turns of their own, so that newer requests are heard in between.
    fn step(self: &Rc<Self>) {
        if self.session.borrow().has_work(js_sys::Date::now() as i64) {
            self.with(|session, now_ms| session.step(now_ms));
        }
    }

    fn schedule_step(self: &Rc<Self>) {
        if self.stepping.replace(true) {
            return;
        }
        let inner = self.clone();
        let step = move || {
            inner.stepping.set(false);
            inner.step();
        };
        Timeout::new(0, step).forget();
    }

    fn say(&self, message: &FromBrain) {
        let serializer = serde_wasm_bindgen::Serializer::json_compatible();
        match message.serialize(&serializer) {
            Ok(value) => {
                if self.send.call1(&JsValue::NULL, &value).is_err() {
                    warn("a message could not be posted");
                }
            }
            Err(_) => warn("a message could not be written"),
        }
    }
}

/// 32 random bytes as text.
fn random_salt() -> String {
    let mut bytes = [0; 32];
    let worker = js_sys::global().unchecked_into::<web_sys::WorkerGlobalScope>();
    let filled = worker.crypto().and_then(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).map(drop));
    match filled {
        Ok(()) => crate::bundle::hex(&bytes),
        Err(_) => {
            warn("no random numbers: customers are not recognised across conversations");
            String::new()
        }
    }
}

fn performance_ms() -> f64 {
    let performance = js_sys::Reflect::get(&js_sys::global(), &"performance".into());
    performance.map_or_else(|_| js_sys::Date::now(), |p| p.unchecked_into::<web_sys::Performance>().now())
}

/// What this WebAssembly instance holds.
fn memory_bytes() -> Option<f64> {
    const PAGE_BYTES: f64 = 65_536.0;
    Some(core::arch::wasm32::memory_size::<0>() as f64 * PAGE_BYTES)
}

/// Never customer text.
pub(crate) fn warn(what: &str) {
    web_sys::console::warn_1(&format!("warmseat: {what}").into());
}

/// A panic ends this wasm instance: the worker is told, so that it is replaced. The message may hold text; the place not.
fn report_panics(send: &js_sys::Function) {
    thread_local!(static SEND: RefCell<Option<js_sys::Function>> = const { RefCell::new(None) });
    SEND.with(|slot| *slot.borrow_mut() = Some(send.clone()));
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map(|at| format!("{}:{}", at.file(), at.line())).unwrap_or_default();
        web_sys::console::error_1(&format!("warmseat: the brain stopped at {place}").into());
        let failed = js_sys::Object::new();
        let _ = js_sys::Reflect::set(&failed, &"type".into(), &"failed".into());
        SEND.with(|slot| {
            if let Some(send) = slot.borrow().as_ref() {
                let _ = send.call1(&JsValue::NULL, &failed);
            }
        });
    }));
}

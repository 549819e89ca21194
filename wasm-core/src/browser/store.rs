//! IndexedDB: the outbox, ids of what was accepted, corrections, what was learned of them, settings, and, which never leave, care
//! numbers and marks of abusive messages (R3) and salted hashes of customers' identities.
//!
//! Values are JSON text under text keys. Writes are queued and done in order, one transaction a round; a store that
//! fails is given up for this session and the brain works from memory. One that answers too late to be read takes the outbox alone:
//! everything else of this session began from nothing, and would be written over what is kept.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use domain::sync::Event;
use idb::{Database, Factory, ObjectStore, ObjectStoreParams, TransactionMode};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

use super::warn;
use crate::outbox::{Change, SENT_LOG};
use crate::session::learning::{ExampleRecord, TeamLabel};
use crate::session::{KnownRecord, MarkRecord, Settings, Stored};
use crate::team;

const NAME: &str = "warmseat";
const VERSION: u32 = 3;
const WAITING: &str = "waiting";
const ACCEPTED: &str = "accepted";
const CORRECTIONS: &str = "corrections";
/// Features and labels, no words.
const EXAMPLES: &str = "examples";
/// Which abusive messages had their card, and which are none.
const MARKS: &str = "marks";
const DEVICE: &str = "device";
const PEOPLE: &str = "people";
const STORES: [&str; 7] = [WAITING, ACCEPTED, CORRECTIONS, EXAMPLES, MARKS, DEVICE, PEOPLE];
/// Ids of accepted events are remembered this long (G1).
const REMEMBER_MS: f64 = 30.0 * 86_400_000.0;

/// What an earlier session left.
#[derive(Default)]
pub struct Kept {
    pub waiting: Vec<Event>,
    /// Newest first.
    pub sent: Vec<Event>,
    pub accepted: Vec<String>,
    /// Conversation, message, label.
    pub corrections: Vec<(String, String, String)>,
    pub examples: Vec<ExampleRecord>,
    pub labels: Vec<TeamLabel>,
    pub marks: Vec<MarkRecord>,
    pub settings: Settings,
    pub care: Option<([f64; 5], i64)>,
    /// By answer: shown, resolved.
    pub usage: Vec<(String, u32, u32)>,
    pub salt: Option<String>,
    pub known: Vec<KnownRecord>,
    pub team: team::Kept,
}

#[derive(Serialize, Deserialize)]
struct WaitingRecord {
    /// Order of arrival.
    number: f64,
    event: Event,
}

#[derive(Serialize, Deserialize)]
struct CorrectionRecord {
    reference: String,
    message_id: String,
    label: String,
}

enum Write {
    Put(&'static str, String, String),
    Delete(&'static str, String),
}

pub struct Store(Rc<Shared>);

struct Shared {
    /// Switched off when the store fails.
    wanted: Cell<bool>,
    /// The session began without what is kept here.
    unread: Cell<bool>,
    database: RefCell<Option<Database>>,
    queue: RefCell<Vec<Write>>,
    sent: RefCell<Vec<Event>>,
    writing: Cell<bool>,
    number: Cell<f64>,
}

impl Store {
    pub fn new(wanted: bool) -> Self {
        Self(Rc::new(Shared {
            wanted: Cell::new(wanted),
            unread: Cell::new(false),
            database: RefCell::new(None),
            queue: RefCell::new(Vec::new()),
            sent: RefCell::new(Vec::new()),
            writing: Cell::new(false),
            number: Cell::new(js_sys::Date::now()),
        }))
    }

    /// Opens the database and reads everything; `None` when there is no store.
    pub async fn open(&self) -> Option<Kept> {
        if !self.0.wanted.get() {
            return None;
        }
        let opened = match open().await {
            Ok(database) => read(&database).await.map(|kept| (database, kept)),
            Err(error) => Err(error),
        };
        let (database, kept) = opened.inspect_err(|error| self.0.give_up(error)).ok()?;
        *self.0.sent.borrow_mut() = kept.sent.clone();
        *self.0.database.borrow_mut() = Some(database);
        self.0.drain();
        Some(kept)
    }

    /// The session begins now, and what is kept is not there yet.
    pub fn begin_unread(&self) {
        self.0.unread.set(true);
    }

    /// Writes in the order given, soon.
    pub fn write(&self, stored: Vec<Stored>) {
        if !self.0.wanted.get() || stored.is_empty() {
            return;
        }
        let is_safe = |change: &Stored| !self.0.unread.get() || matches!(change, Stored::Outbox(_));
        for change in stored.into_iter().filter(is_safe) {
            self.0.plan(change);
        }
        self.0.drain();
    }
}

impl Shared {
    fn plan(&self, change: Stored) {
        let mut queue = self.queue.borrow_mut();
        let mut put = |store, key: String, value: String| queue.push(Write::Put(store, key, value));
        match change {
            Stored::Outbox(Change::Keep(event)) => {
                self.number.set(self.number.get() + 0.001);
                let key = event.id.clone();
                put(WAITING, key, json(&WaitingRecord { number: self.number.get(), event }));
            }
            Stored::Outbox(Change::Accepted(event)) => {
                put(ACCEPTED, event.id.clone(), js_sys::Date::now().to_string());
                let mut sent = self.sent.borrow_mut();
                let id = event.id.clone();
                sent.insert(0, event);
                sent.truncate(SENT_LOG);
                if self.database.borrow().is_some() || !self.unread.get() {
                    put(DEVICE, "sent".into(), json(&*sent));
                }
                queue.push(Write::Delete(WAITING, id));
            }
            Stored::Outbox(Change::Dropped(id)) => queue.push(Write::Delete(WAITING, id)),
            Stored::Correction { reference, message_id, label } => {
                let key = format!("{reference} {message_id}");
                match label {
                    Some(label) => put(CORRECTIONS, key, json(&CorrectionRecord { reference, message_id, label })),
                    None => queue.push(Write::Delete(CORRECTIONS, key)),
                }
            }
            Stored::Mark(mark) => put(MARKS, format!("{} {}", mark.reference, mark.message_id), json(&mark)),
            Stored::Example { key, example: Some(example) } => put(EXAMPLES, key, json(&example)),
            Stored::Example { key, example: None } => queue.push(Write::Delete(EXAMPLES, key)),
            Stored::Labels(labels) => put(DEVICE, "labels".into(), json(&labels)),
            Stored::Care(numbers, at_ms) => put(DEVICE, "care".into(), json(&(numbers, at_ms))),
            Stored::Usage(usage) => put(DEVICE, "usage".into(), json(&usage)),
            Stored::Salt(salt) => put(DEVICE, "salt".into(), json(&salt)),
            Stored::Known(id, Some(known)) => put(PEOPLE, id.clone(), json(&(id, known))),
            Stored::Known(id, None) => queue.push(Write::Delete(PEOPLE, id)),
            Stored::Team(kept) => put(DEVICE, "team".into(), json(&kept)),
            Stored::Settings(settings) => put(DEVICE, "settings".into(), json(&settings)),
        }
    }

    /// From here on the session works from memory.
    fn give_up(&self, error: &idb::Error) {
        warn(&format!("storage_unavailable: {error}"));
        self.wanted.set(false);
        self.queue.borrow_mut().clear();
    }

    fn drain(self: &Rc<Self>) {
        if self.database.borrow().is_none() || self.queue.borrow().is_empty() || self.writing.replace(true) {
            return;
        }
        let shared = self.clone();
        spawn_local(async move {
            loop {
                let writes = std::mem::take(&mut *shared.queue.borrow_mut());
                if writes.is_empty() {
                    break;
                }
                let Some(database) = shared.database.borrow_mut().take() else { break };
                match write(&database, writes).await {
                    Ok(()) => *shared.database.borrow_mut() = Some(database),
                    Err(error) => shared.give_up(&error),
                }
            }
            shared.writing.set(false);
        });
    }
}

async fn open() -> Result<Database, idb::Error> {
    let mut request = Factory::new()?.open(NAME, Some(VERSION))?;
    request.on_upgrade_needed(|event| {
        let Ok(database) = idb::DatabaseEvent::database(&event) else { return };
        for name in STORES {
            if !database.store_names().iter().any(|known| known == name)
                && database.create_object_store(name, ObjectStoreParams::new()).is_err()
            {
                warn("storage_unavailable: a store could not be made");
            }
        }
    });
    request.await
}

async fn read(database: &Database) -> Result<Kept, idb::Error> {
    let transaction = database.transaction(&STORES, TransactionMode::ReadWrite)?;
    let store = |name: &str| transaction.object_store(name);
    let mut waiting: Vec<WaitingRecord> = records(&store(WAITING)?).await?;
    waiting.sort_by(|a, b| a.number.total_cmp(&b.number));
    let corrections: Vec<CorrectionRecord> = records(&store(CORRECTIONS)?).await?;
    let device = store(DEVICE)?;
    let kept = Kept {
        waiting: waiting.into_iter().map(|record| record.event).collect(),
        sent: record(&device, "sent").await?.unwrap_or_default(),
        accepted: accepted(&store(ACCEPTED)?).await?,
        corrections: corrections.into_iter().map(|c| (c.reference, c.message_id, c.label)).collect(),
        examples: records(&store(EXAMPLES)?).await?,
        labels: record(&device, "labels").await?.unwrap_or_default(),
        marks: records(&store(MARKS)?).await?,
        settings: record(&device, "settings").await?.unwrap_or_default(),
        care: record(&device, "care").await?,
        usage: record(&device, "usage").await?.unwrap_or_default(),
        salt: record(&device, "salt").await?,
        known: records(&store(PEOPLE)?).await?,
        team: record(&device, "team").await?.unwrap_or_default(),
    };
    transaction.commit()?.await?;
    Ok(kept)
}

/// Ids of accepted events; old ones are deleted.
async fn accepted(store: &ObjectStore) -> Result<Vec<String>, idb::Error> {
    let keys = store.get_all_keys(None, None)?.await?;
    let times = store.get_all(None, None)?.await?;
    let now_ms = js_sys::Date::now();
    let mut ids = Vec::with_capacity(keys.len());
    for (key, time) in keys.into_iter().zip(times) {
        let at_ms: f64 = time.as_string().and_then(|time| time.parse().ok()).unwrap_or(0.0);
        if now_ms - at_ms > REMEMBER_MS {
            store.delete(key)?.await?;
        } else {
            ids.extend(key.as_string());
        }
    }
    Ok(ids)
}

/// All records that can be read.
async fn records<T: DeserializeOwned>(store: &ObjectStore) -> Result<Vec<T>, idb::Error> {
    let values = store.get_all(None, None)?.await?;
    Ok(values.into_iter().filter_map(|value| parse(value.as_string())).collect())
}

async fn record<T: DeserializeOwned>(store: &ObjectStore, key: &str) -> Result<Option<T>, idb::Error> {
    let value = store.get(JsValue::from_str(key))?.await?;
    Ok(parse(value.and_then(|value| value.as_string())))
}

fn parse<T: DeserializeOwned>(text: Option<String>) -> Option<T> {
    serde_json::from_str(&text?).ok()
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

async fn write(database: &Database, writes: Vec<Write>) -> Result<(), idb::Error> {
    let transaction = database.transaction(&STORES, TransactionMode::ReadWrite)?;
    for write in writes {
        match write {
            Write::Put(store, key, value) => {
                let store = transaction.object_store(store)?;
                store.put(&JsValue::from_str(&value), Some(&JsValue::from_str(&key)))?.await?;
            }
            Write::Delete(store, key) => transaction.object_store(store)?.delete(JsValue::from_str(&key))?.await?,
        }
    }
    transaction.commit()?.await?;
    Ok(())
}

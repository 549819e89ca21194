//! "Labels": the team's own classes with the examples that every device learns them from; import of a list.

use domain::labels::{Import, LabelsRecord, LabelsToShare, SharedLabel, SharedLabels, import};
use domain::record::Role;
use futures_util::FutureExt;
use js_sys::Uint8Array;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, TextDecoder, TextDecoderOptions};

use super::api::{self, Failure};
use super::errand::{AskFirst, Errand, Trouble, use_told};
use super::fetched::{Fetched, loaded};
use super::moment::Moment;
use super::parts::{Empty, FileButton, Heading, focus_heading, focus_on};
use super::prefs::{say, use_prefs};
use super::sentence;
use super::session::{Standing, use_session};
use super::words::Words;

/// Of faults that are shown one by one.
const MOST_FAULTS: usize = 20;

#[component]
pub fn Labels() -> impl IntoView {
    let (prefs, session) = (use_prefs(), use_session());
    let shelf = Fetched::start(api::labels);
    let writes = matches!(session.standing(), Standing::SignedIn(person) if person.role == Role::Supervisor);
    view! {
        <Heading text=Signal::derive(move || prefs.words().labels.to_string())>{say(|w| w.labels_lead)}</Heading>
        {loaded(shelf, move |record| view! {
            {if writes {
                view! { <Importer record=record changed=move || shelf.again() /> }.into_any()
            } else {
                view! { <p class="empty-line">{say(|w| w.labels_by_supervisor)}</p> }.into_any()
            }}
            <List record=record writes=writes changed=move || shelf.again() />
        })}
    }
}

/// A list is pasted or read from a file, looked at, and shared.
#[component]
fn Importer(record: Signal<LabelsRecord>, changed: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let (prefs, told, errand) = (use_prefs(), use_told(), Errand::new());
    let list = RwSignal::new(String::new());
    let known = Memo::new(move |_| SharedLabels { items: record.get().items });
    let read = Memo::new(move |_| import(&known.read(), &list.read()));
    let fresh = Memo::new(move |_| read.read().labels.examples() - known.read().examples());
    // Why there is nothing to share, once that was tried.
    let lack = RwSignal::new(None::<fn(&'static Words) -> &'static str>);
    let write = move |text: String| {
        lack.try_set(None);
        list.try_set(text);
    };
    let choose = move |files: Vec<File>| {
        let Some(chosen) = files.into_iter().next() else { return };
        spawn_local(async move {
            match text_of(&chosen).await {
                Some(text) => write(text),
                None => {
                    lack.try_set(Some(|w| w.file_not_read));
                }
            }
        });
    };
    let share = move |_| {
        if fresh.get_untracked() == 0 {
            lack.set(Some(if list.read_untracked().trim().is_empty() { |w| w.needs_list } else { |w| w.nothing_new }));
            focus_on("#label-list");
            return;
        }
        let items = read.get_untracked().labels.items;
        errand.run(share_in_place(record, items, changed), move |_| {
            list.try_set(String::new());
            told.say(|w| w.labels_shared, None);
            changed();
            focus_heading();
        });
    };
    let is_there = Memo::new(move |_| !list.read().trim().is_empty());
    view! {
        <section class="card" aria-labelledby="import-labels">
            <h2 id="import-labels">{say(|w| w.import_labels)}</h2>
            <div class="field list-field">
                <label for="label-list">{say(|w| w.label_list)}</label>
                <textarea
                    id="label-list"
                    rows="6"
                    spellcheck="false"
                    placeholder=say(|w| w.label_list_sample)
                    aria-invalid=move || lack.get().map(|_| "true")
                    aria-describedby="label-list-lack label-list-hint"
                    prop:value=move || list.get()
                    on:input=move |event| write(event_target_value(&event))
                ></textarea>
                <p id="label-list-lack" role="alert">{move || lack.get().map(|phrase| phrase(prefs.words()))}</p>
                <p class="hint" id="label-list-hint">{say(|w| w.label_list_hint)}</p>
            </div>
            <FileButton word=|w| w.label_file accept=".csv,.tsv,.txt,text/csv,text/plain" chosen=choose />
            <div role="status">
                <Show when=move || is_there.get()>
                    <Preview read=read known=known fresh=fresh />
                </Show>
            </div>
            <button type="button" class="button primary" aria-disabled=move || errand.busy() on:click=share>
                {errand.word(|w| w.share_labels, |w| w.sharing)}
            </button>
            <Trouble errand=errand entered=true />
        </section>
    }
}

/// Shares the list in the place of the one that is drawn. Where somebody has shared another meanwhile nothing is changed, and that one
/// is fetched.
fn share_in_place(
    record: Signal<LabelsRecord>,
    items: Vec<SharedLabel>,
    changed: impl Fn(),
) -> impl Future<Output = Result<(), Failure>> {
    let seen_at_ms = Some(record.with_untracked(|record| record.changed_at_ms.unwrap_or(0)));
    async move {
        let answer = api::share_labels(&LabelsToShare { items, seen_at_ms }).await;
        if answer.is_err() {
            changed();
        }
        answer.map(drop)
    }
}

/// A file as text: UTF-8, UTF-16 with its mark, or as Chinese spreadsheets save it; `None` where it is none of these.
async fn text_of(file: &File) -> Option<String> {
    let bytes = Uint8Array::new(&JsFuture::from(file.array_buffer()).await.ok()?);
    let strict = TextDecoderOptions::new();
    strict.set_fatal(true);
    let encodings: &[&str] = match (bytes.at(0), bytes.at(1)) {
        (Some(0xff), Some(0xfe)) => &["utf-16le"],
        _ => &["utf-8", "gb18030"],
    };
    encodings.iter().find_map(|encoding| {
        let decoder = TextDecoder::new_with_label_and_options(encoding, &strict).ok()?;
        decoder.decode_with_buffer_source(&bytes).ok()
    })
}

/// What would be shared, and which lines would not.
#[component]
fn Preview(read: Memo<Import>, known: Memo<SharedLabels>, fresh: Memo<usize>) -> impl IntoView {
    let prefs = use_prefs();
    let summary = move || {
        let read = read.read();
        sentence::import_summary(prefs.locale(), fresh.get(), read.repeated, read.faults.len())
    };
    let labels = move || {
        let known = known.read();
        let before =
            |label: &str| known.items.iter().find(|item| item.label == label).map_or(0, |item| item.examples.len());
        let added = |item: &SharedLabel| item.examples.len() - before(&item.label);
        let read = read.read();
        let rows = read.labels.items.iter().filter(|item| added(item) > 0).map(|item| {
            let examples: Vec<String> = item.examples.iter().skip(before(&item.label)).cloned().collect();
            view! {
                <li>
                    <strong>{item.label.clone()}</strong>
                    <span class="meta">{sentence::examples(prefs.locale(), examples.len())}</span>
                    <p class="meta">{examples.into_iter().take(3).collect::<Vec<_>>().join(" · ")}</p>
                </li>
            }
        });
        rows.collect_view()
    };
    let faults = move || {
        let read = read.read();
        let lines = read.faults.iter().take(MOST_FAULTS);
        let lines =
            lines.map(|&(line, fault)| view! { <li>{sentence::import_fault(prefs.locale(), line, fault)}</li> });
        (!read.faults.is_empty()).then(|| view! { <ul class="import-faults trouble">{lines.collect_view()}</ul> })
    };
    view! {
        <p>{summary}</p>
        <ul class="import-labels">{labels}</ul>
        {faults}
    }
}

#[component]
fn List(
    record: Signal<LabelsRecord>,
    writes: bool,
    changed: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let prefs = use_prefs();
    let is_empty = Memo::new(move |_| record.read().items.is_empty());
    let asked = RwSignal::new(None::<String>);
    let told = move || {
        let record = record.get();
        record
            .changed_by
            .zip(record.changed_at_ms)
            .map(|(by, ms)| view! { <p class="meta">{by} " · " <Moment ms=ms /></p> })
    };
    view! {
        <section aria-labelledby="label-list-title">
            <h2 id="label-list-title">{say(|w| w.in_use)}</h2>
            <Show
                when=move || !is_empty.get()
                fallback=move || view! {
                    <Empty
                        title=Signal::derive(say(|w| w.labels_empty_title))
                        body=Signal::derive(say(if writes { |w| w.labels_empty_body } else { |w| w.labels_empty_told }))
                    />
                }
            >
                {told}
                <ul class="taught-list">
                    <For each=move || record.get().items key=SharedLabel::clone let:item>
                        {
                            let label = StoredValue::new(item.label.clone());
                            let remove = move || {
                                let mut items = record.get_untracked().items;
                                items.retain(|other| other.label != label.get_value());
                                share_in_place(record, items, changed).boxed_local()
                            };
                            let count = item.examples.len();
                            view! {
                                <li class="taught">
                                    <div class="taught-words">
                                        <h3>{item.label.clone()}</h3>
                                        <details>
                                            <summary>{move || sentence::examples(prefs.locale(), count)}</summary>
                                            <ul class="label-examples">
                                                {item.examples.iter().map(|example| view! { <li>{example.clone()}</li> }).collect_view()}
                                            </ul>
                                        </details>
                                    </div>
                                    <div class="taught-act">
                                        {writes.then(|| view! {
                                            <AskFirst
                                                key=item.label.clone()
                                                asked=asked
                                                word=|w| w.remove
                                                question=|w| w.remove_question
                                                about=item.label.clone()
                                                act=remove
                                                done=changed
                                            />
                                        })}
                                    </div>
                                </li>
                            }
                        }
                    </For>
                </ul>
            </Show>
        </section>
    }
}

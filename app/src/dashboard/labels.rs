//! "Labels": the team's own classes with the examples that every device learns them from; import of a list.

use domain::labels::{Import, LabelsRecord, SharedLabel, SharedLabels, import};
use domain::record::Role;
use futures_util::FutureExt;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;

use super::api::{self, Failure};
use super::fetched::{Fetched, loaded};
use super::live::use_live;
use super::moment::Moment;
use super::parts::{AskFirst, Empty, Heading, focus_heading};
use super::prefs::{say, use_prefs};
use super::sentence;
use super::session::{Standing, use_session};

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
            {writes.then(|| view! { <Importer record=record changed=move || shelf.again() /> })}
            <List record=record writes=writes changed=move || shelf.again() />
        })}
    }
}

/// A list is pasted or read from a file, looked at, and shared.
#[component]
fn Importer(record: Signal<LabelsRecord>, changed: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let (prefs, session, live) = (use_prefs(), use_session(), use_live());
    let list = RwSignal::new(String::new());
    let known = Memo::new(move |_| SharedLabels { items: record.get().items });
    let read = Memo::new(move |_| import(&known.read(), &list.read()));
    let fresh = Memo::new(move |_| read.read().labels.examples() - known.read().examples());
    let pending = RwSignal::new(false);
    let failed = RwSignal::new(None::<Failure>);
    let file = NodeRef::<html::Input>::new();
    let choose = move |_| {
        let Some(chosen) = file.get_untracked().and_then(|input| input.files()).and_then(|files| files.get(0)) else {
            return;
        };
        spawn_local(async move {
            if let Ok(text) = JsFuture::from(chosen.text()).await {
                list.try_set(text.as_string().unwrap_or_default());
            }
            if let Some(input) = file.try_get_untracked().flatten() {
                input.set_value("");
            }
        });
    };
    let share = move |_| {
        if pending.get_untracked() || fresh.get_untracked() == 0 {
            return;
        }
        pending.set(true);
        failed.set(None);
        let labels = read.get_untracked().labels;
        spawn_local(async move {
            let answer = api::share_labels(&labels).await;
            pending.try_set(false);
            match answer {
                Ok(_) => {
                    list.try_set(String::new());
                    live.said().try_set(prefs.words().labels_shared.into());
                    changed();
                    focus_heading();
                }
                Err(Failure::SignedOut) => session.ended(),
                Err(failure) => {
                    failed.try_set(Some(failure));
                }
            }
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
                    aria-describedby="label-list-hint"
                    prop:value=move || list.get()
                    on:input=move |event| list.set(event_target_value(&event))
                ></textarea>
                <p class="hint" id="label-list-hint">{say(|w| w.label_list_hint)}</p>
            </div>
            <label class="file-field">
                <span>{say(|w| w.label_file)}</span>
                <input type="file" accept=".csv,.tsv,.txt,text/csv,text/plain" node_ref=file on:change=choose />
            </label>
            <div role="status">
                <Show when=move || is_there.get()>
                    <Preview read=read known=known fresh=fresh />
                </Show>
            </div>
            <button
                type="button"
                class="button primary"
                aria-disabled=move || (pending.get() || fresh.get() == 0).then_some("true")
                on:click=share
            >
                {move || if pending.get() { prefs.words().sharing } else { prefs.words().share_labels }}
            </button>
            {move || failed.get().map(|failure| {
                let text = if failure == Failure::Away { prefs.words().away_body } else { prefs.words().failed_body };
                view! { <p class="trouble" role="alert">{text}</p> }
            })}
        </section>
    }
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
        lines
            .map(|&(line, fault)| view! { <li>{sentence::import_fault(prefs.locale(), line, fault)}</li> })
            .collect_view()
    };
    view! {
        <p>{summary}</p>
        <ul class="import-labels">{labels}</ul>
        <ul class="import-faults trouble">{faults}</ul>
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
                fallback=|| view! {
                    <Empty
                        title=Signal::derive(say(|w| w.labels_empty_title))
                        body=Signal::derive(say(|w| w.labels_empty_body))
                    />
                }
            >
                {told}
                <ul class="taught-list">
                    <For each=move || record.get().items key=|item| (item.label.clone(), item.examples.len()) let:item>
                        {
                            let label = StoredValue::new(item.label.clone());
                            let remove = move || {
                                let mut items = record.get_untracked().items;
                                items.retain(|other| other.label != label.get_value());
                                async move { api::share_labels(&SharedLabels { items }).await.map(drop) }.boxed_local()
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
                                                done=move || {
                                                    changed();
                                                    focus_heading();
                                                }
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

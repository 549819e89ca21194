//! "Conversations": everything known, as a table that reads like a page, with filters and order.

use std::sync::Arc;

use domain::conversation::Channel;
use domain::mood::MoodWord;
use domain::record::ConversationRecord;
use domain::wire::Locale;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api::{self, Failure, Which};
use super::collate::collator;
use super::errand::{Errand, Trouble};
use super::live::use_live;
use super::moment::{Moment, now_ms};
use super::order::{Column, Filter, Order, arrange, sites};
use super::parts::{Course, Failed, Heading, HelpdeskLink, Mood, Setup, Skeleton, Sureness, focus_on, row};
use super::prefs::{say, use_prefs};
use super::sentence::{self, Count, channel_name, class_name};
use super::words::{Words, words};
use crate::shared::focus::take_focus;
use crate::shared::icons::{Icon, IconView};
use crate::shared::words::mood_name;

const MOODS: [MoodWord; 5] = [MoodWord::Upset, MoodWord::Tense, MoodWord::Calm, MoodWord::Glad, MoodWord::Unknown];
const CHANNELS: [Channel; 5] = [Channel::Chat, Channel::Email, Channel::Ticket, Channel::Social, Channel::Phone];

/// Where the reading of the first page of the server's list stands.
#[derive(Clone, Debug, PartialEq)]
enum Reading {
    Pending,
    Failed(Failure),
    Done,
}

#[component]
pub fn Conversations() -> impl IntoView {
    let (prefs, live) = (use_prefs(), use_live());
    let filter = RwSignal::new(Filter::default());
    let order = RwSignal::new(Order::default());
    let reading = RwSignal::new(Reading::Pending);
    // Cursor of the page after those that were read, if there is one.
    let next = RwSignal::new(None::<String>);
    let has_begun = StoredValue::new(false);

    let read = move || {
        reading.set(Reading::Pending);
        spawn_local(async move {
            let asked_at_ms = now_ms();
            match api::conversations(Which::All, None).await {
                Ok(page) => {
                    live.add(page.items, asked_at_ms);
                    // Read again, it is still the first page: those after it were read before.
                    if has_begun.try_update_value(|begun| std::mem::replace(begun, true)) == Some(false) {
                        next.try_set(page.next);
                    }
                    reading.try_set(Reading::Done);
                }
                Err(failure) => {
                    live.failed(failure.clone());
                    reading.try_set(Reading::Failed(failure));
                }
            }
        });
    };
    // Again after each reconnection: what changed meanwhile is on the first page.
    Effect::new(move || {
        live.refreshed();
        read();
    });

    let rows = Memo::new(move |_| {
        let locale = prefs.locale();
        let known = live.known().read();
        arrange(known.all().cloned(), &filter.read(), order.get(), |record| title(locale, record), collator(locale))
    });
    let ids = Memo::new(move |_| rows.read().iter().map(|record| record.id.clone()).collect::<Vec<_>>());
    let loaded = Memo::new(move |_| live.known().read().len());
    let heading = Signal::derive(move || prefs.words().conversations.to_string());
    let body = move || match (loaded.get() == 0, reading.get()) {
        (true, Reading::Pending) => view! { <Skeleton rows=8 /> }.into_any(),
        (true, Reading::Failed(failure)) => view! { <Failed failure=failure retry=read /> }.into_any(),
        (true, Reading::Done) => view! { <Setup /> }.into_any(),
        (false, _) => ().into_any(),
    };
    let any = Memo::new(move |_| loaded.get() > 0);
    let count = move || Count { shown: ids.read().len(), loaded: loaded.get(), has_older: next.read().is_some() };
    view! {
        <Heading text=heading>{say(|w| w.conversations_lead)}</Heading>
        {body}
        <Show when=move || any.get()>
            <Filters filter=filter count=Signal::derive(count) />
            <Table ids=ids order=order />
            <Show when=move || ids.read().is_empty()>
                <p class="empty-line">{move || sentence::none_match(prefs.locale(), count())}</p>
            </Show>
            {move || match reading.get() {
                Reading::Pending => view! { <p class="meta" role="status">{say(|w| w.loading)}</p> }.into_any(),
                // The banner says it, and all is read again once the server is back.
                Reading::Failed(Failure::Away) | Reading::Done => ().into_any(),
                Reading::Failed(failure) => view! { <Failed failure=failure retry=read /> }.into_any(),
            }}
            <Older next=next />
        </Show>
    }
}

/// The way to the pages after those that were read; at their end focus comes to a line that says so.
#[component]
fn Older(next: RwSignal<Option<String>>) -> impl IntoView {
    let (live, errand) = (use_live(), Errand::new());
    let end = NodeRef::<html::P>::new();
    let ended = RwSignal::new(false);
    let more = Memo::new(move |_| next.read().is_some());
    take_focus(end);
    let read = move |_| {
        let (after, asked_at_ms) = (next.get_untracked(), now_ms());
        let request = async move { api::conversations(Which::All, after.as_deref()).await };
        errand.run(request, move |page| {
            live.add(page.items, asked_at_ms);
            ended.try_set(page.next.is_none());
            next.try_set(page.next);
        });
    };
    view! {
        <Show when=move || more.get()>
            <button type="button" class="button" aria-disabled=move || errand.busy() on:click=read>
                {errand.word(|w| w.more, |w| w.loading)}
            </button>
        </Show>
        <Show when=move || ended.get() && !more.get()>
            <p class="meta" tabindex="-1" node_ref=end>{say(|w| w.no_more)}</p>
        </Show>
        <Trouble errand=errand />
    }
}

/// The text a conversation goes by.
fn title(locale: Locale, record: &ConversationRecord) -> String {
    class_name(locale, record).map_or_else(|| words(locale).no_class.to_string(), |class| class.name)
}

#[component]
fn Filters(filter: RwSignal<Filter>, count: Signal<Count>) -> impl IntoView {
    let (prefs, live) = (use_prefs(), use_live());
    let site_names = Memo::new(move |_| sites(live.known().read().all()));
    let moods =
        move || MOODS.map(|mood| (format!("{mood:?}"), mood_name(mood).of(prefs.locale()).to_string())).to_vec();
    let channels = move || {
        CHANNELS.map(|channel| (format!("{channel:?}"), channel_name(prefs.locale(), channel).to_string())).to_vec()
    };
    let alerts = move || {
        let w = prefs.words();
        vec![("open".to_string(), w.with_alert.to_string()), ("none".to_string(), w.without_alert.to_string())]
    };
    let names = move || site_names.get().into_iter().map(|site| (site.clone(), site)).collect::<Vec<_>>();
    let open = Memo::new(move |_| filter.read().is_open());
    view! {
        <form class="filters" aria-label=say(|w| w.filter) on:submit=|event| event.prevent_default()>
            <Choice
                id="filter-mood" label=|w| w.mood any=|w| w.all_moods options=Signal::derive(moods)
                chosen=Signal::derive(move || filter.read().mood.map(|mood| format!("{mood:?}")))
                choose=move |key: &str| filter.update(|filter| {
                    filter.mood = MOODS.into_iter().find(|mood| format!("{mood:?}") == key);
                })
            />
            <Choice
                id="filter-alert" label=|w| w.alert any=|w| w.all_alerts options=Signal::derive(alerts)
                chosen=Signal::derive(move || filter.read().alert.map(|alert| if alert { "open".into() } else { "none".into() }))
                choose=move |key: &str| filter.update(|filter| {
                    filter.alert = match key { "open" => Some(true), "none" => Some(false), _ => None };
                })
            />
            <Choice
                id="filter-channel" label=|w| w.channel any=|w| w.all_channels options=Signal::derive(channels)
                chosen=Signal::derive(move || filter.read().channel.map(|channel| format!("{channel:?}")))
                choose=move |key: &str| filter.update(|filter| {
                    filter.channel = CHANNELS.into_iter().find(|channel| format!("{channel:?}") == key);
                })
            />
            <Choice
                id="filter-site" label=|w| w.site any=|w| w.all_sites options=Signal::derive(names)
                chosen=Signal::derive(move || filter.read().site.clone())
                choose=move |key: &str| filter.update(|filter| {
                    filter.site = (!key.is_empty()).then(|| key.to_string());
                })
            />
            <p class="meta" role="status">{move || sentence::shown(prefs.locale(), count.get())}</p>
            <Show when=move || !open.get()>
                <button type="button" class="button" on:click=move |_| {
                    filter.set(Filter::default());
                    focus_on("#filter-mood");
                }>
                    {say(|w| w.clear_filters)}
                </button>
            </Show>
        </form>
    }
}

/// One filter as a native list of choices; the empty key is "any".
#[component]
fn Choice(
    id: &'static str,
    label: fn(&'static Words) -> &'static str,
    any: fn(&'static Words) -> &'static str,
    options: Signal<Vec<(String, String)>>,
    chosen: Signal<Option<String>>,
    choose: impl Fn(&str) + Send + Sync + 'static,
) -> impl IntoView {
    let options_view = move || {
        let chosen = chosen.get();
        options
            .get()
            .into_iter()
            .map(|(key, text)| {
                let selected = chosen.as_ref() == Some(&key);
                view! { <option value=key selected=selected>{text}</option> }
            })
            .collect_view()
    };
    view! {
        <div class="field">
            <label for=id>{say(label)}</label>
            <select id=id on:change:target=move |event| choose(&event.target().value())>
                <option value="" selected=move || chosen.read().is_none()>{say(any)}</option>
                {options_view}
            </select>
        </div>
    }
}

#[component]
fn Table(ids: Memo<Vec<String>>, order: RwSignal<Order>) -> impl IntoView {
    let head = move |column: Column, name: fn(&'static Words) -> &'static str, class: &'static str| {
        let sorted = move || {
            let order = order.get();
            (order.column == column).then_some(if order.descending { "descending" } else { "ascending" })
        };
        let arrow = move || {
            sorted().map(|sorted| {
                let icon = if sorted == "descending" { Icon::ArrowDown } else { Icon::ArrowUp };
                view! { <IconView icon=icon size_px=12 /> }
            })
        };
        view! {
            <th scope="col" class=class aria-sort=sorted>
                <button type="button" on:click=move |_| order.update(|order| *order = order.by(column))>
                    {say(name)} {arrow}
                </button>
            </th>
        }
    };
    let heads =
        [head(Column::Conversation, |w| w.conversation, "col-title"), head(Column::Mood, |w| w.mood, "col-mood")];
    let tail = [
        head(Column::Agent, |w| w.agent, "wide-only col-agent"),
        head(Column::Updated, |w| w.last_message, "wide-only col-time"),
    ];
    view! {
        <table class="page-table fixed">
            <caption class="sr-only">{say(|w| w.conversations)}</caption>
            <thead>
                <tr>
                    {heads}
                    <th scope="col" class="wide-only col-course"><span class="plain">{say(|w| w.course)}</span></th>
                    {tail}
                    <th scope="col" class="col-link"><span class="sr-only">{say(|w| w.link)}</span></th>
                </tr>
            </thead>
            <tbody>
                <For each=move || ids.get() key=String::clone let:id>
                    <Row id=id />
                </For>
            </tbody>
        </table>
    }
}

#[component]
fn Row(id: String) -> impl IntoView {
    row(use_live(), id).map(|record| view! { <Cells record=record /> })
}

#[component]
fn Cells(record: Signal<Arc<ConversationRecord>>) -> impl IntoView {
    let prefs = use_prefs();
    let updated = Memo::new(move |_| record.read().updated_at_ms);
    let alert = move || {
        let record = record.read();
        record.open_alert().map(|alert| match &alert.taken {
            None => view! { <span class="tag">{say(|w| w.needs_help)}</span> }.into_any(),
            Some(taken) => {
                view! { <span class="meta">{sentence::sees_to_it(prefs.locale(), &taken.name)}</span> }.into_any()
            }
        })
    };
    view! {
        <tr>
            <th scope="row">
                <span class="row-title">{move || title(prefs.locale(), &record.read())} " " {alert}</span>
                <span class="meta">
                    <span class="narrow-only">{move || record.read().agent_name.clone()} " · "</span>
                    {move || channel_name(prefs.locale(), record.read().channel)} " · "
                    {move || record.read().site.clone()}
                    <Sureness record=record />
                    <span class="narrow-only">" · " <Moment ms=updated /></span>
                </span>
            </th>
            <td><Mood record=record /></td>
            <td class="wide-only"><Course record=record width_px=112 height_px=28 /></td>
            <td class="wide-only">{move || record.read().agent_name.clone()}</td>
            <td class="wide-only"><Moment ms=updated /></td>
            <td class="act"><HelpdeskLink record=record word=|w| w.open /></td>
        </tr>
    }
}

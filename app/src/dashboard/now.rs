//! "Now": one column of conversations that need help, each a sentence; then those worth watching, and those with an old alert.

use std::sync::Arc;

use domain::mood::AlertReason;
use domain::record::ConversationRecord;
use domain::taken::Taking;
use leptos::prelude::*;

use super::api;
use super::errand::{Errand, Trouble};
use super::glide::glide;
use super::live::{Lists, use_live};
use super::moment::{Moment, Say, now_ms, use_clock};
use super::parts::{Course, Empty, Failed, Heading, HelpdeskLink, Mood, Setup, Skeleton, Sureness, row};
use super::prefs::{say, use_prefs};
use super::sentence::{self, channel_name, class_name, need, why};
use super::session::use_session;

#[component]
pub fn Now() -> impl IntoView {
    let (prefs, live, clock) = (use_prefs(), use_live(), use_clock());
    let needing = Memo::new(move |_| live.known().read().needing_help(clock.now()));
    let watched = Memo::new(move |_| live.known().read().worth_watching(clock.now()));
    let title = Signal::derive(move || prefs.words().now.to_string());
    let standing = move || sentence::standing(prefs.locale(), needing.read().len(), watched.read().len());
    let phase = Memo::new(move |_| live.lists());
    let fresh_workspace = Memo::new(move |_| live.known().read().is_empty());
    view! {
        <Heading text=title>{move || (phase.get() == Lists::Ready && !fresh_workspace.get()).then(standing)}</Heading>
        {move || match phase.get() {
            Lists::Loading => view! { <Skeleton /> }.into_any(),
            Lists::Failed(failure) => view! { <Failed failure=failure retry=move || live.reconnect() /> }.into_any(),
            Lists::Ready if fresh_workspace.get() => view! { <Setup /> }.into_any(),
            Lists::Ready => view! { <Board needing=needing watched=watched /> }.into_any(),
        }}
    }
}

#[component]
fn Board(needing: Memo<Vec<String>>, watched: Memo<Vec<String>>) -> impl IntoView {
    let (live, clock, prefs) = (use_live(), use_clock(), use_prefs());
    let list = NodeRef::new();
    glide(list, needing);
    let settled = Memo::new(move |_| live.known().read().settled(clock.now()));
    let none_needs = Memo::new(move |_| needing.read().is_empty());
    let none_watched = Memo::new(move |_| watched.read().is_empty());
    let quiet = Memo::new(move |_| live.known().read().gone_quiet(clock.now()));
    view! {
        <section aria-labelledby="needs-help">
            <h2 id="needs-help" class:sr-only=none_needs>{say(|w| w.needs_help)}</h2>
            <Show when=move || !none_needs.get()>
                <p class="meta">{say(|w| w.taking_note)}</p>
            </Show>
            <ol class="needs" node_ref=list>
                <For each=move || needing.get() key=String::clone let:id>
                    <NeedRow id=id />
                </For>
            </ol>
            <Show when=move || none_needs.get()>
                <Empty
                    title=Signal::derive(say(|w| w.now_empty_title))
                    body=Signal::derive(say(|w| w.now_empty_body))
                />
            </Show>
        </section>
        <Show when=move || !settled.read().is_empty()>
            <section class="settled" aria-labelledby="settled">
                <h2 id="settled">{say(|w| w.settled)}</h2>
                <ul>
                    {move || {
                        settled
                            .get()
                            .into_iter()
                            .map(|settled| {
                                let at_ms = settled.at_ms;
                                view! {
                                    <li>
                                        <span>
                                            {move || sentence::settled(
                                                prefs.locale(),
                                                &settled.conversation,
                                                settled.lasted_ms,
                                            )}
                                        </span>
                                        <Moment ms=at_ms />
                                    </li>
                                }
                            })
                            .collect_view()
                    }}
                </ul>
            </section>
        </Show>
        <section aria-labelledby="watch">
            <h2 id="watch">{say(|w| w.watch)}</h2>
            <p class="meta">
                {move || if none_watched.get() { prefs.words().watch_empty } else { prefs.words().watch_note }}
            </p>
            <ul class="watch">
                <For each=move || watched.get() key=String::clone let:id>
                    <WatchRow id=id />
                </For>
            </ul>
        </section>
        <Show when=move || !quiet.read().is_empty()>
            <section aria-labelledby="quiet">
                <h2 id="quiet">{say(|w| w.quiet)}</h2>
                <p class="meta">{say(|w| w.quiet_note)}</p>
                <ul class="watch">
                    <For each=move || quiet.get() key=String::clone let:id>
                        <WatchRow id=id />
                    </For>
                </ul>
            </section>
        </Show>
    }
}

#[component]
fn NeedRow(id: String) -> impl IntoView {
    let live = use_live();
    row(live, id.clone()).map(|record| view! { <NeedFacts id=id record=record /> })
}

#[component]
fn NeedFacts(id: String, record: Signal<Arc<ConversationRecord>>) -> impl IntoView {
    let prefs = use_prefs();
    let need = Memo::new(move |_| need(prefs.locale(), &record.read()));
    let reason = Memo::new(move |_| record.read().open_alert().map(|alert| alert.reason));
    let since = Memo::new(move |last: Option<&i64>| {
        record.read().open_alert().map(|alert| alert.opened_at_ms).or(last.copied()).unwrap_or_default()
    });
    let is_taken = Memo::new(move |_| record.read().open_alert().is_some_and(|alert| alert.taken.is_some()));
    let first = move || (reason.get() == Some(AlertReason::SelfHarm)).then(|| prefs.words().look_first);
    view! {
        <li class="need" class:taken=is_taken data-id=id>
            <div class="need-words">
                <h3>{move || need.get().lead} <strong>{move || need.get().class}</strong></h3>
                <p class="why">{move || reason.get().map(|reason| why(prefs.locale(), reason))} " " <strong>{first}</strong></p>
                <p class="facts">
                    <span>{say(|w| w.agent)} " " <b>{move || record.read().agent_name.clone()}</b></span>
                    <span class="site">{move || record.read().site.clone()}</span>
                    <Sureness record=record />
                </p>
            </div>
            <div class="need-mood">
                <Mood record=record />
                <Course record=record width_px=168 height_px=40 />
            </div>
            <div class="need-act">
                <Moment ms=since say=Say::For />
                <HelpdeskLink record=record word=|w| w.open_in_helpdesk />
            </div>
            <SeesToIt record=record />
        </li>
    }
}

/// Who sees to an open alert, and the reader's word that they do, or no longer.
#[component]
fn SeesToIt(record: Signal<Arc<ConversationRecord>>) -> impl IntoView {
    let (prefs, live, session, errand) = (use_prefs(), use_live(), use_session(), Errand::new());
    let taken = Memo::new(move |_| record.read().open_alert().and_then(|alert| alert.taken.clone()));
    let is_mine = Memo::new(move |_| taken.read().as_ref().is_some_and(|taken| session.is_me(&taken.user_id)));
    let since = Memo::new(move |_| taken.read().as_ref().map(|taken| taken.at_ms));
    let who = move || match (taken.get(), is_mine.get()) {
        (None, _) => None,
        (Some(_), true) => Some(prefs.words().mine.to_string()),
        (Some(taken), false) => Some(sentence::sees_to_it(prefs.locale(), &taken.name)),
    };
    let act = move || match (taken.read().is_some(), is_mine.get()) {
        (false, _) => prefs.words().take,
        (true, true) => prefs.words().give_back,
        (true, false) => prefs.words().take_over,
    };
    let name = move || sentence::named(prefs.locale(), act(), &need(prefs.locale(), &record.read()).text());
    let say_so = move |_| {
        let record = record.get_untracked();
        let Some(alert) = record.open_alert() else { return };
        let held_by = alert.taken.as_ref().map(|taken| taken.user_id.clone());
        let taking = Taking { alert_id: alert.id.clone(), held_by, take: !is_mine.get_untracked() };
        let asked_at_ms = now_ms();
        let request = async move { api::take_alert(&record.id, &taking).await };
        errand.run(request, move |now| live.add(vec![now], asked_at_ms));
    };
    view! {
        <div class="sees-to-it">
            <p role="status">
                {move || who().map(|who| view! { <b>{who}</b> })}
                {move || since.get().map(|ms| view! { <span class="meta"><Moment ms=ms /></span> })}
            </p>
            <button type="button" class="button" aria-label=name aria-disabled=move || errand.busy() on:click=say_so>
                {move || if errand.busy().is_some() { prefs.words().under_way } else { act() }}
            </button>
            <Trouble errand=errand known=("changed_meanwhile", |w| w.taken_meanwhile) />
        </div>
    }
}

#[component]
fn WatchRow(id: String) -> impl IntoView {
    row(use_live(), id).map(|record| view! { <WatchFacts record=record /> })
}

#[component]
fn WatchFacts(record: Signal<Arc<ConversationRecord>>) -> impl IntoView {
    let prefs = use_prefs();
    let about = move || {
        class_name(prefs.locale(), &record.read())
            .map_or_else(|| prefs.words().no_class.to_string(), |class| class.name)
    };
    let updated = Memo::new(move |_| record.read().updated_at_ms);
    let taken = move || {
        let record = record.read();
        let name = &record.open_alert()?.taken.as_ref()?.name;
        Some(view! { " · " <b>{sentence::sees_to_it(prefs.locale(), name)}</b> })
    };
    view! {
        <li>
            <Mood record=record />
            <span class="watch-about">
                <b>{about}</b>
                <span class="meta">
                    {move || record.read().agent_name.clone()} " · "
                    {move || channel_name(prefs.locale(), record.read().channel)} " · "
                    {move || record.read().site.clone()}
                    {taken}
                </span>
            </span>
            <Course record=record width_px=96 height_px=28 />
            <Moment ms=updated />
            <HelpdeskLink record=record word=|w| w.open />
        </li>
    }
}

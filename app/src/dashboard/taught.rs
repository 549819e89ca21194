//! "Taught sites": how pages are read, as agents taught it; the supervisor decides what the team shares.

use domain::locator::{LocatorRecord, LocatorState};
use domain::record::Role;
use futures_util::FutureExt;
use leptos::prelude::*;

use super::api::{self, Verdict};
use super::described;
use super::errand::{AskFirst, Errand, Trouble, use_told};
use super::fetched::{Fetched, loaded};
use super::moment::Moment;
use super::parts::{Empty, Heading, focus_heading};
use super::prefs::{say, use_prefs};
use super::sentence;
use super::words::Words;

/// The team's taught sites, for the page and for the number on the rail.
#[derive(Clone, Copy)]
pub struct Shelf {
    sites: Fetched<Vec<LocatorRecord>>,
    decides: bool,
}

impl Shelf {
    pub fn start(role: Role) -> Self {
        Self { sites: Fetched::start(api::taught_sites), decides: role == Role::Supervisor }
    }

    /// How many wait for the reader; reactive.
    pub fn to_decide(self) -> usize {
        let proposed =
            |sites: &Vec<LocatorRecord>| sites.iter().filter(|site| site.state == LocatorState::Proposed).count();
        if self.decides { self.sites.known(proposed).unwrap_or(0) } else { 0 }
    }
}

pub fn use_shelf() -> Shelf {
    expect_context()
}

#[component]
pub fn Taught() -> impl IntoView {
    let (prefs, shelf) = (use_prefs(), use_shelf());
    view! {
        <Heading text=Signal::derive(move || prefs.words().taught_sites.to_string())>{say(|w| w.taught_lead)}</Heading>
        {loaded(shelf.sites, |sites| view! { <Sites sites=sites /> })}
    }
}

#[component]
fn Sites(sites: Signal<Vec<LocatorRecord>>) -> impl IntoView {
    let is_empty = Memo::new(move |_| sites.read().is_empty());
    // The decision that waits for a yes.
    let asked = RwSignal::new(None::<String>);
    let group = move |title: fn(&'static Words) -> &'static str, states: &'static [LocatorState]| {
        let rows = Memo::new(move |_| {
            let mut rows: Vec<_> = sites.get().into_iter().filter(|site| states.contains(&site.state)).collect();
            rows.sort_by_key(|site| std::cmp::Reverse(site.decided_at_ms.unwrap_or(site.proposed_at_ms)));
            rows
        });
        let is_there = Memo::new(move |_| !rows.read().is_empty());
        view! {
            <Show when=move || is_there.get()>
                <section class="taught-group">
                    <h2>{say(title)}</h2>
                    <ul class="taught-list">
                        <For each=move || rows.get() key=|site| (site.id.clone(), site.state, site.decided_at_ms) let:site>
                            <Site replaces=replaces(sites, &site) site=site asked=asked />
                        </For>
                    </ul>
                </section>
            </Show>
        }
    };
    view! {
        <Show
            when=move || !is_empty.get()
            fallback=|| view! {
                <Empty
                    title=Signal::derive(say(|w| w.taught_empty_title))
                    body=Signal::derive(say(|w| w.taught_empty_body))
                />
            }
        >
            {group(|w| w.to_decide, &[LocatorState::Proposed])}
            {group(|w| w.in_use, &[LocatorState::Approved])}
            {group(|w| w.not_in_use, &[LocatorState::Rejected, LocatorState::Withdrawn])}
        </Show>
    }
}

/// Whether another one is in use for the same pages.
fn replaces(sites: Signal<Vec<LocatorRecord>>, site: &LocatorRecord) -> Signal<bool> {
    let (id, team_id) = (site.id.clone(), site.team_id.clone());
    let (origin, path) = (site.locator.site.clone(), site.locator.path.clone());
    Memo::new(move |_| {
        sites.read().iter().any(|other| {
            other.state == LocatorState::Approved
                && other.id != id
                && other.team_id == team_id
                && (&other.locator.site, &other.locator.path) == (&origin, &path)
        })
    })
    .into()
}

#[component]
fn Site(site: LocatorRecord, replaces: Signal<bool>, asked: RwSignal<Option<String>>) -> impl IntoView {
    let (prefs, shelf) = (use_prefs(), use_shelf());
    let pages = described::pages(&site.locator);
    let data = serde_json::to_string_pretty(&site.locator).unwrap_or_default();
    let (id, state, proposed_at_ms) = (site.id.clone(), site.state, site.proposed_at_ms);
    let (proposed_by, decided_at_ms) = (site.proposed_by.clone(), site.decided_at_ms);
    let is_out = matches!(state, LocatorState::Rejected | LocatorState::Withdrawn);
    let site = StoredValue::new(site);
    let decision = move || site.with_value(|site| described::decision(prefs.locale(), site));
    let messages = move || site.with_value(|site| described::messages(prefs.locale(), &site.locator));
    let writers = move || site.with_value(|site| described::writers(prefs.locale(), &site.locator));
    let reply_box = move || site.with_value(|site| described::reply_box(prefs.locale(), site.locator.r#box.as_ref()));
    view! {
        <li class="taught" class:faded=is_out>
            <div class="taught-words">
                <h3>{pages.clone()}</h3>
                <p class="facts">
                    <span>{proposed_by} " · " <Moment ms=proposed_at_ms /></span>
                    {move || decision().map(|text| view! {
                        <span>{text} {decided_at_ms.map(|ms| view! { " · " <Moment ms=ms /> })}</span>
                    })}
                </p>
                <dl class="taught-how">
                    <dt>{say(|w| w.taught_messages)}</dt>
                    <dd>{messages}</dd>
                    <dt>{say(|w| w.taught_writers)}</dt>
                    <dd>{writers}</dd>
                    <dt>{say(|w| w.taught_box)}</dt>
                    <dd>{reply_box}</dd>
                </dl>
                <details>
                    <summary>{say(|w| w.taught_data)}</summary>
                    <pre tabindex="0">{data}</pre>
                </details>
            </div>
            <div class="taught-act">
                {if shelf.decides {
                    view! { <Acts id=id pages=pages state=state replaces=replaces asked=asked /> }.into_any()
                } else {
                    (state == LocatorState::Proposed)
                        .then(|| view! { <p class="meta">{say(|w| w.only_supervisor)}</p> })
                        .into_any()
                }}
            </div>
        </li>
    }
}

/// What can be decided of one in this state. Every decision can be followed by its opposite.
#[component]
fn Acts(
    id: String,
    pages: String,
    state: LocatorState,
    replaces: Signal<bool>,
    asked: RwSignal<Option<String>>,
) -> impl IntoView {
    let (prefs, shelf, told, errand) = (use_prefs(), use_shelf(), use_told(), Errand::new());
    let is_proposed = state == LocatorState::Proposed;
    let (key, about) = (StoredValue::new(id), StoredValue::new(pages));
    let decide = move |verdict| async move { api::decide(&key.get_value(), verdict).await.map(drop) }.boxed_local();
    let done = move || shelf.sites.again();
    let approve = move |_| {
        errand.run(decide(Verdict::Approve), move |()| {
            told.say(|w| w.in_use, Some(about.get_value()));
            done();
            focus_heading();
        });
    };
    let approve_name = move || sentence::named(prefs.locale(), prefs.words().approve, &about.get_value());
    view! {
        {(state != LocatorState::Approved).then(|| view! {
            <button
                type="button"
                class="button"
                class:primary=is_proposed
                aria-label=approve_name
                aria-disabled=move || errand.busy()
                on:click=approve
            >
                {errand.word(|w| w.approve, |w| w.under_way)}
            </button>
            {move || replaces.get().then(|| view! { <p class="meta">{say(|w| w.replaces)}</p> })}
        })}
        {is_proposed.then(|| view! {
            <AskFirst
                key=key.get_value()
                asked=asked
                word=|w| w.refuse
                question=|w| w.refuse_question
                about=about.get_value()
                act=move || decide(Verdict::Reject)
                done=done
            />
        })}
        {(state == LocatorState::Approved).then(|| view! {
            <AskFirst
                key=key.get_value()
                asked=asked
                word=|w| w.withdraw
                question=|w| w.withdraw_question
                about=about.get_value()
                act=move || decide(Verdict::Withdraw)
                done=done
            />
        })}
        <Trouble errand=errand />
    }
}

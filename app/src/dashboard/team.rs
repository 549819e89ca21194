//! "Team": load as counts of conversations. Nobody is ranked (R8), nothing of an agent's state is known here (R3).

use std::collections::HashMap;

use domain::record::{AgentRecord, TeamRecord};
use leptos::prelude::*;

use super::api;
use super::collate::collator;
use super::fetched::{Fetched, loaded};
use super::moment::Moment;
use super::parts::{Empty, Heading};
use super::prefs::{say, use_prefs};
use super::sentence;

/// More conversations than this are told by the number alone.
const MARKS: u32 = 8;

#[component]
pub fn Team() -> impl IntoView {
    let prefs = use_prefs();
    let both = Fetched::start(|| async {
        let (teams, agents) = futures_util::join!(api::teams(), api::agents());
        Ok((teams?, agents?))
    });
    view! {
        <Heading text=Signal::derive(move || prefs.words().team.to_string())>{say(|w| w.team_note)}</Heading>
        {loaded(both, |both| view! { <Load both=both /> })}
    }
}

#[component]
fn Load(both: Signal<(Vec<TeamRecord>, Vec<AgentRecord>)>) -> impl IntoView {
    let is_empty = Memo::new(move |_| both.read().1.is_empty());
    view! {
        <Show
            when=move || !is_empty.get()
            fallback=|| view! {
                <Empty
                    title=Signal::derive(say(|w| w.team_empty_title))
                    body=Signal::derive(say(|w| w.team_empty_body))
                />
            }
        >
            <Teams teams=Signal::derive(move || both.read().0.clone()) />
            <Agents both=both />
        </Show>
    }
}

#[component]
fn Teams(teams: Signal<Vec<TeamRecord>>) -> impl IntoView {
    let prefs = use_prefs();
    let rows = move || {
        let locale = prefs.locale();
        let compare = collator(locale);
        let mut teams = teams.get();
        teams.sort_by(|a, b| compare(&a.name, &b.name));
        teams
            .into_iter()
            .map(|team| {
                view! {
                    <tr>
                        <th scope="row">{team.name}</th>
                        <td class="number">{team.agents}</td>
                        <td class="number">{team.conversations_now}</td>
                        <td class="wide-only">{sentence::per_agent(locale, team.conversations_now, team.agents)}</td>
                        <td class="number">{team.open_alerts}</td>
                    </tr>
                }
            })
            .collect_view()
    };
    view! {
        <section aria-labelledby="load">
            <h2 id="load">{say(|w| w.team_load)}</h2>
            <table class="page-table compact">
                <caption class="sr-only">{say(|w| w.team_load)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{say(|w| w.team)}</th>
                        <th scope="col" class="number">{say(|w| w.agents)}</th>
                        <th scope="col" class="number">{say(|w| w.conversations_now)}</th>
                        <th scope="col" class="wide-only">{say(|w| w.load)}</th>
                        <th scope="col" class="number">{say(|w| w.alerts_open)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
}

#[component]
fn Agents(both: Signal<(Vec<TeamRecord>, Vec<AgentRecord>)>) -> impl IntoView {
    let prefs = use_prefs();
    let rows = move || {
        let (teams, mut agents) = both.get();
        let names: HashMap<_, _> = teams.into_iter().map(|team| (team.id, team.name)).collect();
        let compare = collator(prefs.locale());
        agents.sort_by(|a, b| compare(&a.name, &b.name).then_with(|| a.id.cmp(&b.id)));
        agents
            .into_iter()
            .map(|agent| {
                let now = agent.conversations_now;
                let marks = (0..now).filter(|_| now <= MARKS).map(|_| view! { <i></i> }).collect_view();
                let seen = || match agent.last_seen_ms {
                    Some(ms) => view! { <Moment ms=ms /> }.into_any(),
                    None => view! { <span class="meta">{say(|w| w.never_seen)}</span> }.into_any(),
                };
                view! {
                    <tr>
                        <th scope="row">{agent.name} <span class="narrow-only meta">{seen()}</span></th>
                        <td class="wide-only">{names.get(&agent.team_id).cloned()}</td>
                        <td><span class="tally">{now} <span class="marks" aria-hidden="true">{marks}</span></span></td>
                        <td class="number">{agent.conversations_today}</td>
                        <td class="wide-only">{seen()}</td>
                    </tr>
                }
            })
            .collect_view()
    };
    view! {
        <section aria-labelledby="agents">
            <h2 id="agents">{say(|w| w.agents)}</h2>
            <table class="page-table compact">
                <caption class="sr-only">{say(|w| w.agents)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{say(|w| w.name)}</th>
                        <th scope="col" class="wide-only">{say(|w| w.team)}</th>
                        <th scope="col">{say(|w| w.conversations_now)}</th>
                        <th scope="col" class="number">{say(|w| w.conversations_today)}</th>
                        <th scope="col" class="wide-only">{say(|w| w.last_seen)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
}

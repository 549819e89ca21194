//! "Today": the day so far in numbers with their comparison, and what customers want.

use domain::record::{IntentCount, TodayRecord};
use leptos::prelude::*;

use super::abuse::AbuseTable;
use super::api;
use super::fetched::{Fetched, loaded};
use super::moment::{Local, now_ms};
use super::parts::{Empty, Heading};
use super::prefs::{say, use_prefs};
use super::sentence::{self, compared, per_conversation, per_ten, points};
use super::words::Words;
use crate::shared::icons::{Icon, IconView};
use crate::shared::words::intent_name;

#[component]
pub fn Today() -> impl IntoView {
    let prefs = use_prefs();
    let today = Fetched::start(api::today);
    view! {
        <Heading text=Signal::derive(move || prefs.words().today.to_string())>
            {move || sentence::day(prefs.locale(), Local::of(now_ms()).weekday)}
        </Heading>
        {loaded(today, |today| view! { <Day today=today /> })}
    }
}

#[component]
fn Day(today: Signal<TodayRecord>) -> impl IntoView {
    let prefs = use_prefs();
    let is_empty = Memo::new(move |_| {
        let today = today.read();
        today.conversations == 0 && today.messages == 0 && today.intents.is_empty()
    });
    let facts = move || {
        let (today, locale) = (today.read(), prefs.locale());
        let whole = today.conversations;
        let (classed, before) = classed(&today.intents);
        let weekday = Local::of(now_ms()).weekday;
        let against = if before == 0 {
            prefs.words().no_week_ago.to_string()
        } else {
            sentence::classed(locale, classed, &compared(locale, classed, before, weekday))
        };
        let fact = |name: fn(&'static Words) -> &'static str, count: u32, comparison: String| {
            view! {
                <div>
                    <dt>{say(name)}</dt>
                    <dd class="figure">{count}</dd>
                    <dd class="meta">{comparison}</dd>
                </div>
            }
        };
        [
            fact(|w| w.day_conversations, whole, against),
            fact(|w| w.day_messages, today.messages, per_conversation(locale, today.messages, whole)),
            fact(|w| w.day_inserted, today.suggestions_inserted, per_ten(locale, today.suggestions_inserted, whole)),
            fact(|w| w.day_corrections, today.corrections, per_ten(locale, today.corrections, whole)),
            fact(|w| w.day_alerts, today.open_alerts, per_ten(locale, today.open_alerts, whole)),
        ]
    };
    view! {
        <Show
            when=move || !is_empty.get()
            fallback=|| view! {
                <Empty
                    title=Signal::derive(say(|w| w.today_empty_title))
                    body=Signal::derive(say(|w| w.today_empty_body))
                />
            }
        >
            <dl class="figures">{facts}</dl>
            <Mix intents=Signal::derive(move || today.read().intents.clone()) />
            <AbuseTable counts=Signal::derive(move || today.read().abuse.clone()) />
        </Show>
    }
}

/// Conversations with a class, today and a week ago.
fn classed(intents: &[IntentCount]) -> (u32, u32) {
    intents.iter().fold((0, 0), |(today, week_ago), intent| (today + intent.today, week_ago + intent.week_ago))
}

/// One class with its share today and a week ago, in whole percent.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Slice {
    label: String,
    today: u32,
    week_ago: u32,
    share: u32,
    /// Absent when there was nothing at all a week ago.
    share_before: Option<u32>,
}

/// The largest first; equal ones by name.
fn slices(mut intents: Vec<IntentCount>) -> Vec<Slice> {
    let (today, week_ago) = classed(&intents);
    intents.sort_by(|a, b| (b.today, b.week_ago, &a.label).cmp(&(a.today, a.week_ago, &b.label)));
    intents
        .into_iter()
        .map(|intent| Slice {
            share: sentence::percent(intent.today, today),
            share_before: (week_ago > 0).then(|| sentence::percent(intent.week_ago, week_ago)),
            label: intent.label,
            today: intent.today,
            week_ago: intent.week_ago,
        })
        .collect()
}

#[component]
fn Mix(intents: Signal<Vec<IntentCount>>) -> impl IntoView {
    let as_table = RwSignal::new(false);
    let slices = Memo::new(move |_| slices(intents.get()));
    view! {
        <section class="mix" aria-labelledby="mix">
            <div class="section-head">
                <h2 id="mix">{say(|w| w.intent_mix)}</h2>
                <button type="button" class="button" on:click=move |_| as_table.update(|table| *table = !*table)>
                    {move || if as_table.get() {
                        view! { <IconView icon=Icon::Bars /> {say(|w| w.as_bars)} }.into_any()
                    } else {
                        view! { <IconView icon=Icon::Table /> {say(|w| w.as_table)} }.into_any()
                    }}
                </button>
            </div>
            <Show when=move || as_table.get() fallback=move || view! { <Bars slices=slices /> }>
                <MixTable slices=slices />
            </Show>
        </section>
    }
}

#[component]
fn Bars(slices: Memo<Vec<Slice>>) -> impl IntoView {
    let prefs = use_prefs();
    let rows = move || {
        let (slices, locale) = (slices.get(), prefs.locale());
        let widest = slices.iter().map(|slice| slice.share.max(slice.share_before.unwrap_or(0))).max().unwrap_or(0);
        let width = move |share: u32| format!("{:.1}%", f64::from(share) * 100.0 / f64::from(widest.max(1)));
        slices
            .into_iter()
            .map(|slice| {
                let mark = slice.share_before.map(|before| {
                    view! { <i class="mark-before" style:inset-inline-start=width(before)></i> }
                });
                view! {
                    <li>
                        <span class="bar-name">{intent_name(&slice.label, locale)}</span>
                        <span class="bar-track" aria-hidden="true">
                            <i class="bar" style:inline-size=width(slice.share)></i>
                            {mark}
                        </span>
                        <span class="bar-value">
                            <b>{sentence::whole_percent(locale, slice.share)}</b>
                            " · "
                            <span class="meta">{points(locale, slice.share, slice.share_before)}</span>
                        </span>
                    </li>
                }
            })
            .collect_view()
    };
    let compares = move || slices.read().iter().any(|slice| slice.share_before.is_some());
    view! {
        <ul class="bars">{rows}</ul>
        <Show when=compares>
            <p class="meta">{say(|w| w.week_ago_mark)}</p>
        </Show>
    }
}

#[component]
fn MixTable(slices: Memo<Vec<Slice>>) -> impl IntoView {
    let prefs = use_prefs();
    let rows = move || {
        let locale = prefs.locale();
        slices
            .get()
            .into_iter()
            .map(|slice| {
                view! {
                    <tr>
                        <th scope="row">{intent_name(&slice.label, locale)}</th>
                        <td class="number">{slice.today}</td>
                        <td class="number">{sentence::whole_percent(locale, slice.share)}</td>
                        <td class="number">{slice.week_ago}</td>
                        <td>{points(locale, slice.share, slice.share_before)}</td>
                    </tr>
                }
            })
            .collect_view()
    };
    view! {
        <table class="page-table">
            <caption class="sr-only">{say(|w| w.intent_mix)}</caption>
            <thead>
                <tr>
                    <th scope="col">{say(|w| w.class)}</th>
                    <th scope="col" class="number">{say(|w| w.count_today)}</th>
                    <th scope="col" class="number">{say(|w| w.share)}</th>
                    <th scope="col" class="number">{say(|w| w.week_ago)}</th>
                    <th scope="col">{say(|w| w.difference)}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_whole_percent_of_the_classed() {
        let count = |label: &str, today, week_ago| IntentCount { label: label.into(), today, week_ago };
        let mix = slices(vec![count("b", 1, 3), count("a", 1, 0), count("c", 2, 1)]);
        assert_eq!(mix.iter().map(|s| s.label.as_str()).collect::<Vec<_>>(), ["c", "b", "a"]);
        assert_eq!((mix[0].share, mix[0].share_before), (50, Some(25)));
        assert_eq!((mix[2].share, mix[2].share_before), (25, Some(0)));
        assert_eq!(slices(vec![count("a", 1, 0)])[0].share_before, None);
    }
}

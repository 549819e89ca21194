//! One timeline of one customer: the question whether another conversation is theirs, and what is shown of both once the
//! agent said yes. The reply still goes to the page's own box.

use domain::timeline::{OtherView, TimelineEntry, TimelineView};
use domain::wire::{Command, Scene};
use leptos::prelude::*;

use super::chooser::class_name;
use super::shield::{AbuseMark, Coverable};
use super::{Face, frame, send, sentences, words};
use crate::shared::icons::{Icon, IconView};
use crate::shared::words::{ago, channel_name, mood_class, mood_name, mood_of_score};

/// More than this fold behind a count, the newest stay.
const FIRST: usize = 4;

/// What is drawn of the timeline, if anything.
pub fn view_of(scene: &Scene) -> Option<&TimelineView> {
    scene.conversation.as_ref()?.timeline.as_ref()
}

/// "Mei Chen also wrote by e-mail, 12 min ago: show as one timeline?"; and for a while the way back from a no.
#[component]
pub fn TimelineOffer(face: Face) -> impl IntoView {
    let offer = face.part(|scene| view_of(scene).and_then(|view| view.offer.clone()));
    let apart = face.part(|scene| view_of(scene).and_then(|view| view.apart.clone()));
    let question = move || {
        offer.get().map(|other| {
            let sentence = sentence(face, other.clone());
            let answer = move |command: fn(String) -> Command| {
                let id = other.id.clone();
                move |_| {
                    send(command(id.clone()));
                    frame::focus_home();
                }
            };
            let locale = move || face.locale.get();
            let (yes, no, later) = (
                answer(|other| Command::JoinTimeline { other }),
                answer(|other| Command::KeepApart { other }),
                answer(|other| Command::AskLater { other }),
            );
            view! {
                <section class="offer" aria-label=move || words::SAME_CUSTOMER.of(locale())>
                    <p><IconView icon=Icon::People /><span dir="auto">{sentence}</span></p>
                    <p class="offer-answers">
                        <button class="quiet strong" type="button" on:click=yes>{move || words::ONE_TIMELINE.of(locale())}</button>
                        <button class="quiet" type="button" on:click=no>{move || words::NOT_THE_SAME.of(locale())}</button>
                        <button class="quiet" type="button" on:click=later>{move || words::LATER.of(locale())}</button>
                    </p>
                </section>
            }
        })
    };
    let way_back = move || {
        apart.get().map(|other| {
            let join = move |_| {
                send(Command::JoinTimeline { other: other.id.clone() });
                frame::focus_home();
            };
            view! {
                <p class="line apart">
                    <span>{move || sentences::kept_apart(other.channel, face.locale.get())}</span>
                    <button class="quiet" type="button" on:click=join>
                        <IconView icon=Icon::Undo />
                        {move || words::TOGETHER.of(face.locale.get())}
                    </button>
                </p>
            }
        })
    };
    view! { {question} {way_back} }
}

/// The messages of all joined conversations in order of time, each with the mark of its channel.
#[component]
pub fn Timeline(face: Face) -> impl IntoView {
    let joined = face.part(|scene| view_of(scene).map(|view| view.joined.clone()).unwrap_or_default());
    let entries = face.part(|scene| view_of(scene).map(|view| view.entries.clone()).unwrap_or_default());
    let all = RwSignal::new(false);
    let folded = move || entries.read().len().saturating_sub(FIRST);
    let ids = Memo::new(move |_| {
        let from = if all.get() { 0 } else { folded() };
        entries.with(|entries| entries.iter().skip(from).map(|entry| entry.id.clone()).collect::<Vec<_>>())
    });
    let others = move || joined.get().into_iter().map(|other| view! { <Joined face other /> }).collect_view();
    let title = move || words::TIMELINE.of(face.locale.get());
    view! {
        <Show when=move || !joined.read().is_empty()>
            <section class="timeline" aria-label=title>
                <h2 class="label">{title}</h2>
                <ul class="joined">{others}</ul>
                <Show when=move || folded() != 0>
                    <button
                        class="quiet"
                        type="button"
                        aria-expanded=move || all.get().to_string()
                        on:click=move |_| all.update(|all| *all = !*all)
                    >
                        {move || sentences::earlier(folded(), all.get(), face.locale.get())}
                    </button>
                </Show>
                <ol class="entries">
                    <For
                        each=move || ids.get()
                        key=String::clone
                        children=move |id| {
                            let entry = Memo::new(move |before: Option<&Option<TimelineEntry>>| {
                                let now = entries.read().iter().find(|entry| entry.id == id).cloned();
                                now.or_else(|| before.cloned().flatten())
                            });
                            move || entry.get().map(|entry| view! { <Entry face entry /> })
                        }
                    />
                </ol>
            </section>
        </Show>
    }
}

/// One of the conversations beside the page's own, and the way to separate it again.
#[component]
fn Joined(face: Face, other: OtherView) -> impl IntoView {
    let OtherView { id, requester_name, channel, site, .. } = other;
    let separate = move |_| {
        send(Command::KeepApart { other: id.clone() });
        frame::focus_home();
    };
    let about = requester_name.map_or_else(|| site.clone(), |name| format!("{name} · {site}"));
    let name = move || sentences::separate_from(channel, face.locale.get());
    view! {
        <li>
            <span class="channel"><IconView icon=Icon::of(channel) size_px=14 />{move || channel_name(channel).of(face.locale.get())}</span>
            <span class="meta joined-about" dir="auto" title=about.clone()>{about.clone()}</span>
            <button class="quiet" type="button" aria-label=name title=name on:click=separate>
                {move || words::SEPARATE.of(face.locale.get())}
            </button>
        </li>
    }
}

#[component]
fn Entry(face: Face, entry: TimelineEntry) -> impl IntoView {
    let TimelineEntry { channel, here, at_ms, score, intent, excerpt, abuse, .. } = entry;
    let mood = mood_of_score(score);
    let when = Memo::new(move |_| ago(face.now_ms.get() - at_ms, face.locale.get()));
    let class = move || {
        intent.as_ref().map(|label| format!(" · {}", class_name(label, &face.labels.read(), face.locale.get())))
    };
    view! {
        <li class:here=here>
            <p class="meta entry-head">
                <span class="channel"><IconView icon=Icon::of(channel) size_px=14 />{move || channel_name(channel).of(face.locale.get())}</span>
                <span class="numbers">{when}</span>
                <span class=format!("entry-mood {}", mood_class(mood))>{move || mood_name(mood).of(face.locale.get())}</span>
                {abuse.map(|kind| view! { <AbuseMark face kind /> })}
                <span class="entry-class">{class}</span>
            </p>
            <Coverable face abuse text=excerpt />
        </li>
    }
}

fn sentence(face: Face, other: OtherView) -> Memo<String> {
    Memo::new(move |_| sentences::also_wrote(&other, &face.labels.read(), face.now_ms.get(), face.locale.get()))
}

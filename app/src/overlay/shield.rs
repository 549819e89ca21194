//! After an abusive message: a card with a pause and words that draw a boundary, and the quiet words beside the class.
//!
//! Never repeats what was said; words of an abusive message are covered until the agent asks for them.

use domain::Tier;
use domain::abuse::{AbuseKind, ShieldView};
use domain::suggestion::Suggestion;
use domain::wire::{Command, Scene};
use leptos::prelude::*;

use super::answers::Taker;
use super::state::{Way, is_inert};
use super::{Face, frame, send, sentences, words};
use crate::shared::icons::{Icon, IconView};
use crate::shared::words::{abuse_name, lang_tag, minutes, percent, tier_name, word};

const PAUSES_MIN: [u32; 3] = [5, 10, 15];

pub fn card_of(scene: &Scene) -> Option<&ShieldView> {
    scene.conversation.as_ref()?.shield.as_ref()
}

#[component]
pub fn ShieldCard(face: Face, taker: Taker) -> impl IntoView {
    let card = face.part(|scene| card_of(scene).cloned());
    move || card.get().map(|card| view! { <Card face taker card /> })
}

#[component]
fn Card(face: Face, taker: Taker, card: ShieldView) -> impl IntoView {
    let ShieldView { message_id, kind, score, boundaries, inert_ms, since_ms } = card;
    let locale = move || face.locale.get();
    let inert = Memo::new(move |_| is_inert(since_ms, inert_ms, face.now_ms.get()));
    let act = move |then: &dyn Fn()| {
        if !is_inert(since_ms, inert_ms, super::js_now_ms()) {
            then();
        }
    };
    let pausing = face.part(|scene| scene.care.pause.is_some());
    let pauses = move || {
        PAUSES_MIN.map(|length| {
            let first = length == PAUSES_MIN[0];
            let name = move || sentences::pause_for(length, locale());
            view! {
                <button
                    class=if first { "primary" } else { "outline" }
                    type="button"
                    aria-disabled=move || inert.get().to_string()
                    aria-label=name
                    on:click=move |_| act(&|| send(Command::Pause { minutes: length }))
                >
                    {move || if first { name() } else { minutes(length, locale()) }}
                </button>
            }
        })
    };
    let texts = boundaries.into_iter().map(|text| view! { <Boundary face taker text inert /> }).collect_view();
    let deny = move |_| {
        act(&|| {
            send(Command::DenyAbuse { message_id: message_id.clone() });
            frame::focus_home();
        });
    };
    let dismiss = move |_| {
        act(&|| {
            send(Command::DismissShield);
            frame::focus_home();
        });
    };
    view! {
        <section class="shield" class:inert=move || inert.get() aria-label=move || words::SHIELD.of(locale())>
            <p class="shield-said">
                <IconView icon=Icon::Shield />
                <span>
                    {move || sentences::met(kind).of(locale())}
                    <span class="meta">" " {move || percent(score, locale())} {move || words::COMMA.of(locale())} {move || tier_name(Tier::of(score)).of(locale())}</span>
                </span>
            </p>
            <Show when=move || !pausing.get()>
                <p class="choices">{pauses}</p>
            </Show>
            <ul class="boundaries" aria-label=move || words::BOUNDARY.of(locale())>{texts}</ul>
            <p class="shield-ways">
                <button class="quiet" type="button" aria-disabled=move || inert.get().to_string() on:click=deny>
                    {move || words::NOT_ABUSE.of(locale())}
                </button>
                <button class="quiet" type="button" aria-disabled=move || inert.get().to_string() on:click=dismiss>
                    {move || words::DISMISS.of(locale())}
                </button>
            </p>
        </section>
    }
}

/// One text, to be read before it is inserted (R7).
#[component]
fn Boundary(face: Face, taker: Taker, text: Suggestion, inert: Memo<bool>) -> impl IntoView {
    let verb = move || if taker.way.get() == Way::Insert { words::INSERT } else { words::COPY }.of(face.locale.get());
    let icon = Signal::derive(move || if taker.way.get() == Way::Insert { Icon::Insert } else { Icon::Copy });
    let lang = match text.lang {
        domain::Lang::Zh => Some(lang_tag(domain::wire::Locale::Zh)),
        domain::Lang::En => Some(lang_tag(domain::wire::Locale::En)),
        domain::Lang::Unknown => None,
    };
    let (title, words, id) = (text.title.clone(), text.text.clone(), text.id.clone());
    let name = {
        let title = title.clone();
        move || format!("{}{}{title}", verb(), word(": ", "：").of(face.locale.get()))
    };
    view! {
        <li>
            <span class="boundary-head">
                <span class="label" lang=lang>{title}</span>
                <button
                    class="insert"
                    type="button"
                    aria-label=name
                    aria-disabled=move || inert.get().to_string()
                    aria-busy=move || (face.inserting.read().as_ref() == Some(&id)).then_some("true")
                    on:click=move |_| {
                        if !inert.get_untracked() {
                            taker.take(&text);
                        }
                    }
                >
                    <IconView icon />
                    {verb}
                </button>
            </span>
            <p lang=lang dir="auto">{words}</p>
        </li>
    }
}

/// Beside the class: what the newest turn also asks for, and what it does to people.
#[component]
pub fn Marks(face: Face) -> impl IntoView {
    let flags = face.part(|scene| scene.conversation.as_ref().map(|view| view.flags.clone()).unwrap_or_default());
    let abuse = face.part(|scene| scene.conversation.as_ref().and_then(|view| view.abuse.clone()));
    let flagged = move || {
        let locale = face.locale.get();
        let names = flags.read();
        let names: Vec<&str> =
            names.iter().filter_map(|flag| Some(sentences::flag_name(&flag.label)?.of(locale))).collect();
        (!names.is_empty()).then(|| view! { <span class="flags">{names.join(" · ")}</span> })
    };
    let done = move || {
        abuse.get().map(|abuse| {
            if !abuse.denied {
                return view! { <AbuseMark face kind=abuse.kind /> }.into_any();
            }
            let undo = move |_| {
                send(Command::UndoDenyAbuse { message_id: abuse.message_id.clone() });
                frame::focus_home();
            };
            view! {
                <span>{move || words::DENIED.of(face.locale.get())}</span>
                <button class="quiet" type="button" on:click=undo>
                    <IconView icon=Icon::Undo />
                    {move || words::UNDO.of(face.locale.get())}
                </button>
            }
            .into_any()
        })
    };
    let any = move || !flags.read().is_empty() || abuse.read().is_some();
    view! {
        <Show when=any>
            <p class="marks meta">{done} {flagged}</p>
        </Show>
    }
}

/// The word for what a message does; only what is done to the agent has the mood's colour and the shield.
#[component]
pub fn AbuseMark(face: Face, kind: AbuseKind) -> impl IntoView {
    let at_agent = kind.is_at_agent();
    view! {
        <span class="abuse-mark" class:at-agent=at_agent>
            {at_agent.then(|| view! { <IconView icon=Icon::Shield size_px=14 /> })}
            {move || abuse_name(kind).of(face.locale.get())}
        </span>
    }
}

/// Words of a message; covered where they are done to the agent.
#[component]
pub fn Coverable(face: Face, abuse: Option<AbuseKind>, text: String) -> impl IntoView {
    let covered = RwSignal::new(abuse.is_some_and(AbuseKind::is_at_agent));
    move || {
        let text = text.clone();
        if !covered.get() {
            return view! { <p class="entry-text" dir="auto" title=text.clone()>{text.clone()}</p> }.into_any();
        }
        view! {
            <p class="covered">
                <span class="nothing">{move || words::COVERED.of(face.locale.get())}</span>
                <button
                    class="quiet"
                    type="button"
                    aria-label=move || words::SHOW_WORDS.of(face.locale.get())
                    on:click=move |_| {
                        covered.set(false);
                        frame::focus_home();
                    }
                >
                    {move || words::SHOW.of(face.locale.get())}
                </button>
            </p>
        }
        .into_any()
    }
}

//! The footer: time since a break, a pause, help; a rest prompt takes its place first (R5, R6, W1).

use domain::wire::{Command, PauseView, RestPromptView};
use leptos::prelude::*;

use super::menu::Sheet;
use super::state::{PromptClock, safe_link};
use super::{Face, send, sentences, words};
use crate::shared::icons::{Icon, IconView};
use crate::shared::words::countdown;

#[derive(Clone, Copy, PartialEq)]
enum Shown {
    Idle,
    Prompt { firm: bool },
    Pause,
}

#[component]
pub fn Footer(face: Face, sheet: RwSignal<Option<Sheet>>) -> impl IntoView {
    let shown = face.part(|scene| match (&scene.care.pause, &scene.care.prompt) {
        (Some(_), _) => Shown::Pause,
        (None, Some(prompt)) => Shown::Prompt { firm: prompt.firm },
        (None, None) => Shown::Idle,
    });
    move || match shown.get() {
        Shown::Idle => view! { <Idle face sheet /> }.into_any(),
        Shown::Prompt { firm } => view! { <Prompt face firm sheet /> }.into_any(),
        Shown::Pause => view! { <Pausing face sheet /> }.into_any(),
    }
}

#[component]
fn Idle(face: Face, sheet: RwSignal<Option<Sheet>>) -> impl IntoView {
    let since = face.part(|scene| sentences::since_break(&scene.care, scene.locale));
    let long_day = face.part(|scene| scene.care.long_day);
    view! {
        <div class="foot">
            <span class="foot-said">
                {since}
                <Show when=move || long_day.get()>
                    <span class="meta">{move || words::LONG_DAY.of(face.locale.get())}</span>
                </Show>
            </span>
            <SheetButton face sheet opens=Sheet::Pause icon=Icon::Cup label=words::PAUSE />
            <HelpLink face />
            <MenuButton face sheet />
        </div>
    }
}

#[component]
fn Prompt(face: Face, firm: bool, sheet: RwSignal<Option<Sheet>>) -> impl IntoView {
    let prompt = face.part(|scene| scene.care.prompt.clone().unwrap_or_else(no_prompt));
    let clock = Memo::new(move |_| PromptClock::of(&prompt.read(), face.now_ms.get()));
    let inert = move || clock.get().inert;
    let locale = move || face.locale.get();
    let act = move |command: fn(&RestPromptView) -> Command| {
        if !PromptClock::of(&prompt.read_untracked(), super::js_now_ms()).inert {
            send(command(&prompt.read_untracked()));
        }
    };
    let lead = move || {
        firm.then(|| view! { <p class="rest-lead">{sentences::since_break(&face.scene.read().care, locale())}</p> })
    };
    view! {
        <div class="foot rest" class:firm=firm class:inert=inert role="group" aria-label=move || words::BREAK.of(locale())>
            {lead}
            <span class="foot-said numbers">{move || sentences::break_in(clock.get().seconds_left, locale())}</span>
            <div class="rest-acts">
                <button
                    class="primary"
                    type="button"
                    aria-disabled=move || inert().to_string()
                    on:click=move |_| act(|prompt| Command::Pause { minutes: prompt.minutes })
                >
                    {move || sentences::take_break(prompt.read().minutes, locale())}
                </button>
                <button
                    class="quiet"
                    type="button"
                    aria-disabled=move || inert().to_string()
                    title=move || sentences::snoozes_left(prompt.read().snoozes_left, locale())
                    on:click=move |_| act(|_| Command::SnoozeRest)
                >
                    {move || sentences::later(prompt.read().snoozes_left, locale())}
                </button>
                <HelpLink face small=true />
                <MenuButton face sheet />
            </div>
        </div>
    }
}

#[component]
fn Pausing(face: Face, sheet: RwSignal<Option<Sheet>>) -> impl IntoView {
    let pause = face.part(|scene| scene.care.pause.clone().unwrap_or(PauseView { minutes: 0, ends_at_ms: 0 }));
    let left = move || countdown(pause.read().ends_at_ms.saturating_sub(face.now_ms.get()));
    view! {
        <div class="foot">
            <span class="foot-said">
                {move || words::PAUSE.of(face.locale.get())} " "
                <span class="numbers" role="timer" aria-live="off">{left}</span>
            </span>
            <button class="quiet" type="button" on:click=|_| send(Command::EndPause)>
                <IconView icon=Icon::Play />
                {move || words::PAUSE_END.of(face.locale.get())}
            </button>
            <HelpLink face />
            <MenuButton face sheet />
        </div>
    }
}

/// Employee assistance, always one click away; opening it is told to nobody (R3).
#[component]
fn HelpLink(
    face: Face,
    /// The picture alone, where there is little room.
    #[prop(default = false)]
    small: bool,
) -> impl IntoView {
    let address = face.part(|scene| scene.care.help_url.as_deref().and_then(safe_link));
    move || {
        address.get().map(|address| {
            let locale = face.locale.get();
            view! {
                <a
                    class=if small { "icon-button" } else { "quiet" }
                    href=address
                    target="_blank"
                    rel="noopener noreferrer"
                    title=words::HELP_LONG.of(locale)
                    aria-label=small.then(|| words::HELP_LONG.of(locale))
                >
                    <IconView icon=Icon::Help />
                    {(!small).then(|| words::HELP.of(locale))}
                </a>
            }
        })
    }
}

#[component]
fn SheetButton(
    face: Face,
    sheet: RwSignal<Option<Sheet>>,
    opens: Sheet,
    icon: Icon,
    label: crate::shared::words::Word,
) -> impl IntoView {
    view! {
        <button
            class="quiet"
            type="button"
            data-sheet=opens.name()
            aria-expanded=move || (sheet.get() == Some(opens)).to_string()
            aria-controls="sheet"
            on:click=move |_| sheet.update(|open| *open = (*open != Some(opens)).then_some(opens))
        >
            <IconView icon />
            {move || label.of(face.locale.get())}
        </button>
    }
}

#[component]
fn MenuButton(face: Face, sheet: RwSignal<Option<Sheet>>) -> impl IntoView {
    let name = move || words::MENU.of(face.locale.get());
    view! {
        <button
            class="icon-button"
            type="button"
            data-sheet=Sheet::Menu.name()
            aria-expanded=move || matches!(sheet.get(), Some(Sheet::Menu | Sheet::Keys | Sheet::Labels)).to_string()
            aria-controls="sheet"
            aria-label=name
            title=name
            on:click=move |_| sheet.update(|open| *open = open.is_none_or(|open| open == Sheet::Pause).then_some(Sheet::Menu))
        >
            <IconView icon=Icon::More />
        </button>
    }
}

fn no_prompt() -> RestPromptView {
    RestPromptView { firm: false, minutes: 5, snoozes_left: 0, inert_ms: 0, since_ms: 0 }
}

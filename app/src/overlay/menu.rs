//! What opens above the footer: a pause to choose, the few settings, the keys.

use domain::wire::{Command, Layout, Locale};
use leptos::prelude::*;

use super::labels::Labels;
use super::{Face, frame, send, sentences, transport, words};
use crate::shared::icons::{Icon, IconView};
use crate::shared::words::{Word, lang_tag, minutes};

const PAUSES_MIN: [u32; 3] = [5, 10, 15];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sheet {
    Pause,
    Menu,
    Keys,
    Labels,
}

impl Sheet {
    /// Marks the button that opened it, for the focus to return to.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pause => "pause",
            Self::Menu | Self::Keys | Self::Labels => "menu",
        }
    }

    pub const fn opener(self) -> &'static str {
        match self {
            Self::Pause => "[data-sheet=pause]",
            Self::Menu | Self::Keys | Self::Labels => "[data-sheet=menu]",
        }
    }
}

#[component]
pub fn SheetView(face: Face, sheet: RwSignal<Option<Sheet>>) -> impl IntoView {
    move || {
        let open = sheet.get()?;
        let inside = match open {
            Sheet::Pause => view! { <Pauses face sheet /> }.into_any(),
            Sheet::Menu => view! { <Settings face sheet /> }.into_any(),
            Sheet::Keys => view! { <Keys face /> }.into_any(),
            Sheet::Labels => view! { <Labels face /> }.into_any(),
        };
        frame::focus(if matches!(open, Sheet::Keys | Sheet::Labels) { "#sheet" } else { "#sheet button" });
        Some(view! {
            <div class="sheet" id="sheet" tabindex="-1" role="group" aria-label=move || title(open).of(face.locale.get())>
                {inside}
            </div>
        })
    }
}

const fn title(sheet: Sheet) -> Word {
    match sheet {
        Sheet::Pause => words::PAUSE,
        Sheet::Menu => words::MENU,
        Sheet::Keys => words::KEYS,
        Sheet::Labels => words::OWN_LABELS,
    }
}

#[component]
fn Pauses(face: Face, sheet: RwSignal<Option<Sheet>>) -> impl IntoView {
    let take = move |minutes: u32| {
        send(Command::Pause { minutes });
        sheet.set(None);
        frame::focus_home();
    };
    let buttons = move || {
        PAUSES_MIN.map(|length| {
            view! {
                <button class="outline" type="button" on:click=move |_| take(length)>
                    {minutes(length, face.locale.get())}
                </button>
            }
        })
    };
    view! {
        <p>{move || words::PAUSE_ASK.of(face.locale.get())}</p>
        <div class="choices">{buttons}</div>
        <p class="meta">{move || words::PAUSE_NOTE.of(face.locale.get())}</p>
    }
}

#[component]
fn Settings(face: Face, sheet: RwSignal<Option<Sheet>>) -> impl IntoView {
    let prompts_on = face.part(|scene| scene.care.prompts_on);
    let shield_on = face.part(|scene| scene.care.shield_on);
    let sync = face.part(|scene| sentences::sync_state(&scene.sync).of(scene.locale));
    let languages = move || {
        [(Locale::En, "English"), (Locale::Zh, "中文")].map(|(locale, name)| {
            view! {
                <button
                    class="outline"
                    type="button"
                    lang=lang_tag(locale)
                    aria-pressed=move || (face.locale.get() == locale).to_string()
                    on:click=move |_| send(Command::SetLocale { locale })
                >
                    {name}
                </button>
            }
        })
    };
    let moves = move || {
        let locale = face.locale.get();
        let ways = [
            (Icon::ArrowLeft, words::LEFT, (-4, 0)),
            (Icon::ArrowUp, words::UP, (0, -4)),
            (Icon::ArrowDown, words::DOWN, (0, 4)),
            (Icon::ArrowRight, words::RIGHT, (4, 0)),
        ];
        ways.map(|(icon, name, (dx, dy))| {
            view! {
                <button
                    class="outline square"
                    type="button"
                    aria-label=name.of(locale)
                    title=name.of(locale)
                    on:click=move |_| frame::nudge(dx, dy)
                >
                    <IconView icon />
                </button>
            }
        })
    };
    view! {
        <Setting face name=words::LANGUAGE>{languages}</Setting>
        <Switch face name=words::PROMPTS on=prompts_on set=|on| Command::SetRestPrompts { on } />
        <Switch face name=words::SHIELDING on=shield_on set=|on| Command::SetShield { on } />
        <Setting face name=words::PLACE>{moves}</Setting>
        {in_extension().then(|| view! { <Teach face sheet /> })}
        <Setting face name=words::OWN_LABELS>
            <button class="outline" type="button" on:click=move |_| sheet.set(Some(Sheet::Labels))>
                {move || words::SHOW.of(face.locale.get())}
                <span class="meta numbers">{move || face.labels.read().len()}</span>
            </button>
        </Setting>
        <Setting face name=words::KEYS>
            <button class="outline" type="button" on:click=move |_| sheet.set(Some(Sheet::Keys))>
                <IconView icon=Icon::Keys />
                {move || words::SHOW.of(face.locale.get())}
            </button>
        </Setting>
        <p class="meta">{sync}</p>
    }
}

/// What is taught is kept in the extension's storage, which a widget does not have.
#[component]
fn Teach(face: Face, sheet: RwSignal<Option<Sheet>>) -> impl IntoView {
    let teach = move |_| {
        sheet.set(None);
        transport::layout(&Layout::Teach);
    };
    view! {
        <Setting face name=words::READ_WRONGLY>
            <button class="outline" type="button" on:click=teach>
                {move || words::TEACH.of(face.locale.get())}
            </button>
        </Setting>
    }
}

#[component]
fn Switch(face: Face, name: Word, on: Memo<bool>, set: fn(bool) -> Command) -> impl IntoView {
    view! {
        <Setting face name>
            <button
                class="outline"
                type="button"
                role="switch"
                aria-checked=move || on.get().to_string()
                aria-label=move || name.of(face.locale.get())
                on:click=move |_| send(set(!on.get_untracked()))
            >
                <span class="switch" aria-hidden="true"></span>
                {move || if on.get() { words::ON } else { words::OFF }.of(face.locale.get())}
            </button>
        </Setting>
    }
}

#[component]
fn Setting(face: Face, name: Word, children: Children) -> impl IntoView {
    let name = move || name.of(face.locale.get());
    view! {
        <div class="setting" role="group" aria-label=name>
            <span class="setting-name">{name}</span>
            <span class="choices">{children()}</span>
        </div>
    }
}

#[component]
fn Keys(face: Face) -> impl IntoView {
    let lines = move || {
        let from_page = in_extension().then_some(words::KEY_FROM_PAGE);
        words::KEY_LIST
            .into_iter()
            .chain(from_page)
            .map(|(key, does)| {
                view! {
                    <div>
                        <dt><kbd>{key}</kbd></dt>
                        <dd>{does.of(face.locale.get())}</dd>
                    </div>
                }
            })
            .collect_view()
    };
    view! { <dl class="keys">{lines}</dl> }
}

/// The key command that leads from the page into the frame belongs to the extension.
fn in_extension() -> bool {
    window().location().protocol().is_ok_and(|scheme| scheme.ends_with("-extension:"))
}

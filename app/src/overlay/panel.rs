//! The open overlay: header, what was understood, answers, footer; and the keys that work while it has the focus.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::answers::{Answers, Taker};
use super::care::Footer;
use super::course::Course;
use super::fields::Fields;
use super::fill::FillForm;
use super::frame::{self, Drag};
use super::lines::{AlertLine, EngineLine, NoticeLine, OwnModelLine, Said, SyncLine};
use super::menu::{Sheet, SheetView};
use super::pill::Grip;
use super::shield::{Marks, ShieldCard};
use super::state::{Engine, Heading};
use super::timeline::{Timeline, TimelineOffer};
use super::wants::Wants;
use super::{Face, sentences, words};
use crate::shared::icons::{Icon, IconView};
use crate::shared::tide::TideLine;
use crate::shared::words::messages;

#[component]
pub fn Panel(face: Face, on_fold: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let choosing = RwSignal::new(false);
    let sheet = RwSignal::new(None::<Sheet>);
    let copy = Callback::new(move |text: String| {
        leptos::task::spawn_local(async move {
            let done = frame::copy(&text).await;
            face.said.set(Some(if done { Said::Done(words::COPIED) } else { Said::Failed(words::COPY_FAILED) }));
        });
    });
    let taker = Taker::new(face, copy);
    let conversation = face.part(|scene| scene.conversation.as_ref().map(|view| view.id.clone()));
    let worth_answering = face.part(|scene| {
        scene.conversation.as_ref().is_some_and(|view| view.mood.customer_messages > 0 || !view.suggestions.is_empty())
    });
    // A menu that was open for one conversation is not open for the next.
    let body = NodeRef::<leptos::html::Div>::new();
    Effect::new(move |_| {
        conversation.track();
        choosing.set(false);
        if let Some(body) = body.get_untracked() {
            body.set_scroll_top(0);
        }
    });
    let key = move |event: leptos::ev::KeyboardEvent| {
        let typing = in_text(&event);
        if event.is_composing() || event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        match event.key().as_str() {
            "Escape" if choosing.get_untracked() => {
                choosing.set(false);
                frame::focus("[data-choose]");
            }
            "Escape" => match sheet.get_untracked() {
                Some(open) => {
                    sheet.set(None);
                    frame::focus(open.opener());
                }
                None => on_fold(),
            },
            number @ ("1" | "2" | "3") if !typing => taker.take_nth(usize::from(number.as_bytes()[0] - b'1')),
            "c" | "C" if !typing && conversation.read_untracked().is_some() => choosing.set(true),
            "p" | "P" if !typing => sheet.set(Some(Sheet::Pause)),
            "?" | "？" if !typing => sheet.set(Some(Sheet::Keys)),
            _ => return,
        }
        event.prevent_default();
    };
    // Drawn anew for each conversation, so that nothing unfolded in one stays so in the next.
    let opened = move || match conversation.get() {
        None => view! { <Empty face /> }.into_any(),
        Some(_) => view! {
            <ShieldCard face taker />
            <TimelineOffer face />
            <Understood face choosing copy />
            <Timeline face />
            <FillForm face />
            <Show when=move || worth_answering.get()>
                <Answers face taker />
            </Show>
        }
        .into_any(),
    };
    // On the window, because the focus is nowhere for a moment when what had it goes.
    let keys = window_event_listener(leptos::ev::keydown, key);
    on_cleanup(move || keys.remove());
    view! {
        <main class="panel" tabindex="-1" data-home aria-label=move || words::NAME.of(face.locale.get())>
            <Header face on_fold />
            <div class="body" tabindex="-1" node_ref=body>
                <div class="content measured">
                    <EngineLine face />
                    <OwnModelLine face />
                    <SyncLine face />
                    {opened}
                </div>
            </div>
            <footer class="measured">
                <NoticeLine face />
                <SheetView face sheet />
                <Footer face sheet />
            </footer>
        </main>
    }
}

#[component]
fn Header(face: Face, on_fold: impl Fn() + Copy + 'static) -> impl IntoView {
    let heading = Memo::new(move |_| face.scene.with(|scene| Heading::of(scene, face.link.get())));
    let count = face.part(move |scene| {
        let view = scene.conversation.as_ref()?;
        let parts = [
            (view.mood.customer_messages > 0).then(|| messages(view.mood.customer_messages, scene.locale)),
            (view.pending > 0 && !Engine::of(scene, face.link.get()).is_off())
                .then(|| sentences::pending(view.pending, scene.locale)),
        ];
        Some(parts.into_iter().flatten().collect::<Vec<_>>().join(" · "))
    });
    let drag = Drag::new();
    let fold_name = move || words::COLLAPSE.of(face.locale.get());
    view! {
        <header
            class="head measured"
            on:pointerdown=move |event| drag.down(&event)
            on:pointermove=move |event| drag.travel(&event)
            on:pointerup=move |_| drag.up()
            on:pointercancel=move |_| drag.up()
        >
            <div class="head-line">
                <Grip face />
                <TideLine mood=Signal::derive(move || heading.read().mood) trend=Signal::derive(move || heading.read().trend) />
                <h1 class="mood-word">{move || heading.read().text.clone()}</h1>
                <span class="meta numbers head-count">{count}</span>
                <button
                    class="icon-button"
                    type="button"
                    aria-expanded="true"
                    aria-label=fold_name
                    title=fold_name
                    on:click=move |event| {
                        if drag.is_click(&event) {
                            on_fold();
                        }
                    }
                >
                    <IconView icon=Icon::ChevronDown />
                </button>
            </div>
            <AlertLine face />
        </header>
    }
}

/// Mood, class and fields of the conversation.
#[component]
fn Understood(face: Face, choosing: RwSignal<bool>, copy: Callback<String>) -> impl IntoView {
    let about = face.part(|scene| {
        let view = scene.conversation.as_ref()?;
        let parts: Vec<&str> = [&view.requester_name, &view.subject]
            .into_iter()
            .flatten()
            .map(|s| s.trim())
            .filter(|s| !s.is_empty())
            .collect();
        (!parts.is_empty()).then(|| parts.join(" · "))
    });
    let read = face.part(|scene| scene.conversation.as_ref().map_or(0, |view| view.mood.course.len()));
    view! {
        <section class="understood">
            {move || about.get().map(|about| view! { <p class="about meta" dir="auto" title=about.clone()>{about.clone()}</p> })}
            // One message has no course yet.
            <Show when=move || { read.get() > 1 }>
                <Course face />
            </Show>
            <Show when=move || { read.get() == 0 && face.engine.get() == Engine::Ready }>
                <p class="nothing">{move || words::NOTHING_READ.of(face.locale.get())}</p>
            </Show>
            <Wants face choosing />
            <Marks face />
            <Fields face copy />
        </section>
    }
}

/// What will appear here and how to get it.
#[component]
fn Empty(face: Face) -> impl IntoView {
    let known = move || face.engine.get() == Engine::Ready;
    view! {
        <Show when=known>
            <div class="empty">
                <p>{move || words::NO_CONVERSATION.of(face.locale.get())}</p>
                <p class="meta">{move || words::NO_CONVERSATION_NEXT.of(face.locale.get())}</p>
            </div>
        </Show>
    }
}

/// Whether the key goes into a text field.
fn in_text(event: &leptos::ev::KeyboardEvent) -> bool {
    event.target().is_some_and(|target| target.dyn_ref::<web_sys::HtmlInputElement>().is_some())
}

//! Up to three answers: read, see why, insert. The agent sends; Warmseat never does (R7).

use domain::Lang;
use domain::suggestion::Suggestion;
use domain::wire::{Command, Locale, ReplyBox};
use leptos::prelude::*;

use super::state::Way;
use super::{Face, send, sentences, words};
use crate::shared::icons::{Icon, IconView};
use crate::shared::words::{lang_tag, source_name, word};

/// Inserts an answer, or copies it where inserting is not possible.
#[derive(Clone, Copy)]
pub struct Taker {
    face: Face,
    pub way: Memo<Way>,
    copy: Callback<String>,
}

impl Taker {
    pub fn new(face: Face, copy: Callback<String>) -> Self {
        let reply_box = face.part(|scene| scene.conversation.as_ref().map(|view| view.reply_box).unwrap_or_default());
        Self { face, way: Memo::new(move |_| Way::of(reply_box.get(), face.engine.get())), copy }
    }

    /// The answer with this number, from 0.
    pub fn take_nth(&self, index: usize) {
        let answer =
            self.face.scene.with_untracked(|scene| Some(scene.conversation.as_ref()?.suggestions.get(index)?.clone()));
        if let Some(answer) = answer {
            self.take(&answer);
        }
    }

    pub fn take(&self, answer: &Suggestion) {
        match self.way.get_untracked() {
            Way::Insert => {
                self.face.said.set(None);
                self.face.inserting.set(Some(answer.id.clone()));
                send(Command::Insert { suggestion_id: answer.id.clone() });
            }
            Way::Copy => self.copy.run(answer.text.clone()),
        }
    }
}

#[component]
pub fn Answers(face: Face, taker: Taker) -> impl IntoView {
    let answers =
        face.part(|scene| scene.conversation.as_ref().map(|view| view.suggestions.clone()).unwrap_or_default());
    let ids = Memo::new(move |_| {
        answers.with(|list| list.iter().take(3).map(|answer| answer.id.clone()).collect::<Vec<_>>())
    });
    let title = move || words::ANSWERS.of(face.locale.get());
    view! {
        <section class="answers" aria-label=title>
            <h2 class="label">{title}</h2>
            <ReplyLine face />
            <Show
                when=move || !ids.read().is_empty()
                fallback=move || view! { <p class="nothing">{words::NO_ANSWERS.of(face.locale.get())}</p> }
            >
                <ol class="answer-list">
                    <For
                        each=move || ids.get()
                        key=String::clone
                        children=move |id| {
                            let number = {
                                let id = id.clone();
                                Memo::new(move |_| ids.with(|ids| ids.iter().position(|other| *other == id)).unwrap_or(0) + 1)
                            };
                            let answer = Memo::new(move |before: Option<&Suggestion>| {
                                answers.with(|list| list.iter().find(|answer| answer.id == id).or(before).cloned()).unwrap_or_else(no_answer)
                            });
                            view! { <Answer face number answer taker /> }
                        }
                    />
                </ol>
            </Show>
        </section>
    }
}

#[component]
fn Answer(face: Face, number: Memo<usize>, answer: Memo<Suggestion>, taker: Taker) -> impl IntoView {
    let open = RwSignal::new(false);
    let verb = move || {
        match taker.way.get() {
            Way::Insert => words::INSERT,
            Way::Copy => words::COPY,
        }
        .of(face.locale.get())
    };
    let icon = Signal::derive(move || match taker.way.get() {
        Way::Insert => Icon::Insert,
        Way::Copy => Icon::Copy,
    });
    let source = move || {
        let answer = answer.read();
        let locale = face.locale.get();
        let parts = [
            source_name(answer.source).of(locale).to_owned(),
            answer.from.map(|channel| sentences::value_from(channel, locale)).unwrap_or_default(),
            sentences::why(&answer.reasons, locale),
        ];
        parts.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" · ")
    };
    let lang = move || match answer.read().lang {
        Lang::Zh => Some(lang_tag(Locale::Zh)),
        Lang::En => Some(lang_tag(Locale::En)),
        Lang::Unknown => None,
    };
    let busy = move || face.inserting.read().as_ref() == Some(&answer.read().id);
    let why_id = move || format!("why-{}", number.get());
    view! {
        <li class="answer" class:open=move || open.get()>
            <kbd class="number" aria-hidden="true">{number}</kbd>
            <div class="answer-head">
                <button
                    class="answer-title"
                    type="button"
                    lang=lang
                    aria-expanded=move || open.get().to_string()
                    aria-describedby=why_id
                    title=move || if open.get() { words::SHOW_LESS } else { words::SHOW_ALL }.of(face.locale.get())
                    on:click=move |_| open.update(|open| *open = !*open)
                >
                    {move || answer.read().title.clone()}
                </button>
                <button
                    class="insert"
                    class:first=move || number.get() == 1 && taker.way.get() == Way::Insert
                    type="button"
                    aria-label=move || format!("{}{}{}", verb(), word(": ", "：").of(face.locale.get()), answer.read().title)
                    aria-describedby=why_id
                    aria-busy=move || busy().then_some("true")
                    on:click=move |_| taker.take(&answer.read_untracked())
                >
                    <IconView icon />
                    {verb}
                </button>
            </div>
            <p class="answer-text" lang=lang dir="auto">{move || answer.read().text.clone()}</p>
            <p class="answer-why meta" id=why_id>
                <Show when=move || answer.read().draft_only>
                    <span class="draft">
                        <IconView icon=Icon::Read size_px=14 />
                        {move || words::DRAFT.of(face.locale.get())}
                    </span>
                </Show>
                <span class="why">{source}</span>
            </p>
        </li>
    }
}

/// Where the reply form is, when it is not open, and the way to it.
#[component]
fn ReplyLine(face: Face) -> impl IntoView {
    let reply_box = face.part(|scene| scene.conversation.as_ref().map(|view| view.reply_box).unwrap_or_default());
    let can_open =
        move || matches!(reply_box.get(), ReplyBox::Hidden | ReplyBox::Elsewhere) && !face.engine.get().is_off();
    let line = move || {
        sentences::reply_line(reply_box.get()).map(|line| {
            view! {
                <p class="line">
                    <span>{line.of(face.locale.get())}</span>
                    <Show when=can_open>
                        <button class="quiet strong" type="button" on:click=|_| send(Command::OpenReplyForm)>
                            {move || words::OPEN_FORM.of(face.locale.get())}
                        </button>
                    </Show>
                </p>
            }
        })
    };
    view! { {line} }
}

fn no_answer() -> Suggestion {
    Suggestion {
        id: String::new(),
        source: domain::suggestion::Source::Template,
        title: String::new(),
        text: String::new(),
        lang: Lang::Unknown,
        reasons: Vec::new(),
        score: 0.0,
        draft_only: false,
        from: None,
    }
}

//! Small pieces that several pages draw with: headings, waiting, failing, asking, nothing yet, and a conversation's marks.

use std::sync::Arc;

use domain::record::ConversationRecord;
use domain::wire::Locale;
use futures_util::future::LocalBoxFuture;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::api::Failure;
use super::known::helpdesk_url;
use super::live::Live;
use super::prefs::{say, use_prefs};
use super::sentence::{self, class_name};
use super::session::use_session;
use super::words::Words;
use crate::shared::course::CourseLine;
use crate::shared::focus::take_focus;
use crate::shared::icons::{Icon, IconView};
use crate::shared::tide::TideLine;
use crate::shared::words::{mood_class, mood_now, percent};

/// A page's title; focus comes here when the page changes.
#[component]
pub fn Heading(#[prop(into)] text: Signal<String>, #[prop(optional)] children: Option<Children>) -> impl IntoView {
    view! {
        <header class="page-head">
            <h1 tabindex="-1">{text}</h1>
            {children.map(|children| view! { <p class="lead">{children()}</p> })}
        </header>
    }
}

/// Brings focus to the page's title.
pub fn focus_heading() {
    let heading = document().query_selector("main h1").ok().flatten();
    if let Some(heading) = heading.and_then(|heading| heading.dyn_into::<HtmlElement>().ok()) {
        // A heading that cannot take focus leaves it where it was.
        let _ = heading.focus();
    }
}

/// A button that asks before it acts. Of those that share `asked`, one asks at a time.
#[component]
pub fn AskFirst(
    /// Names it among the others.
    key: String,
    asked: RwSignal<Option<String>>,
    word: fn(&'static Words) -> &'static str,
    question: fn(&'static Words) -> &'static str,
    /// The button's word is followed by it in its name.
    about: String,
    act: impl Fn() -> LocalBoxFuture<'static, Result<(), Failure>> + Copy + Send + Sync + 'static,
    done: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let (prefs, session) = (use_prefs(), use_session());
    let (ask, keep) = (NodeRef::<html::Button>::new(), NodeRef::<html::Button>::new());
    let failed = RwSignal::new(false);
    let (key, about) = (StoredValue::new(key), StoredValue::new(about));
    let asking = Memo::new(move |_| asked.read().as_ref() == Some(&key.get_value()));
    let back = move || {
        asked.set(None);
        request_animation_frame(move || {
            if let Some(button) = ask.try_get_untracked().flatten() {
                let _ = button.focus();
            }
        });
    };
    let go = move |_| {
        spawn_local(async move {
            match act().await {
                Ok(()) => {
                    asked.try_set(None);
                    done();
                }
                Err(Failure::SignedOut) => session.ended(),
                Err(_) => {
                    failed.try_set(true);
                }
            }
        });
    };
    take_focus(keep);
    let name = move || format!("{}: {}", word(prefs.words()), about.get_value());
    view! {
        <Show
            when=move || asking.get()
            fallback=move || view! {
                <button type="button" class="button" aria-label=name node_ref=ask on:click=move |_| {
                    failed.set(false);
                    asked.set(Some(key.get_value()));
                }>
                    {say(word)}
                </button>
            }
        >
            <div class="confirm" role="group" aria-label=name on:keydown=move |event| if event.key() == "Escape" { back() }>
                <p>{say(question)}</p>
                <button type="button" class="button danger" on:click=go>{say(word)}</button>
                <button type="button" class="button" node_ref=keep on:click=move |_| back()>{say(|w| w.keep)}</button>
                {move || failed.get().then(|| view! { <p class="trouble" role="alert">{say(|w| w.failed_body)}</p> })}
            </div>
        </Show>
    }
}

/// Bars where text will be.
#[component]
pub fn Skeleton(#[prop(default = 4)] rows: usize) -> impl IntoView {
    view! {
        <div class="skeleton" role="status">
            <span class="sr-only">{say(|w| w.loading)}</span>
            {(0..rows).map(|_| view! { <div class="bone" aria-hidden="true"><i></i><i></i></div> }).collect_view()}
        </div>
    }
}

/// What happened, what is safe, what to do.
#[component]
pub fn Failed(failure: Failure, retry: impl Fn() + Send + Sync + 'static) -> impl IntoView {
    let prefs = use_prefs();
    let code = match &failure {
        Failure::Other { code } => Some(code.clone()),
        _ => None,
    };
    let text = move || {
        let (w, locale) = (prefs.words(), prefs.locale());
        match &failure {
            Failure::Away => (w.away_title, w.away_body.to_string()),
            Failure::Forbidden => (w.forbidden_title, w.forbidden_body.to_string()),
            Failure::TooMany { retry_after_s } => (w.failed_title, sentence::rate_limited(locale, *retry_after_s)),
            _ => (w.failed_title, w.failed_body.to_string()),
        }
    };
    let text = Memo::new(move |_| text());
    view! {
        <section class="notice" role="alert">
            <h2>{move || text.get().0}</h2>
            <p>{move || text.get().1}</p>
            {code.map(|code| view! { <p class="meta">{say(|w| w.code)} ": " <code>{code}</code></p> })}
            <button type="button" class="button" on:click=move |_| retry()>
                <IconView icon=Icon::Restart />
                {say(|w| w.retry)}
            </button>
        </section>
    }
}

/// What will appear here, and how to get it.
#[component]
pub fn Empty(#[prop(into)] title: Signal<&'static str>, #[prop(into)] body: Signal<&'static str>) -> impl IntoView {
    view! {
        <section class="empty">
            <h2>{title}</h2>
            <p>{body}</p>
        </section>
    }
}

/// The conversation of a row. A row may outlive its conversation by one update; it then keeps what it showed.
pub fn row(live: Live, id: String) -> Option<Signal<Arc<ConversationRecord>>> {
    let first = live.known().read_untracked().get(&id).cloned()?;
    let record = Memo::new(move |last: Option<&Arc<ConversationRecord>>| {
        live.known().read().get(&id).or(last).cloned().unwrap_or_else(|| first.clone())
    });
    Some(record.into())
}

/// A mood three ways at once: shape, word, colour.
#[component]
pub fn Mood(record: Signal<Arc<ConversationRecord>>) -> impl IntoView {
    let prefs = use_prefs();
    let word = Memo::new(move |_| record.read().word);
    let trend = Memo::new(move |_| record.read().trend);
    view! {
        <span class=move || format!("mood {}", mood_class(word.get()))>
            <TideLine mood=word trend=trend />
            <span class="mood-word">{move || mood_now(word.get(), trend.get()).of(prefs.locale())}</span>
        </span>
    }
}

/// The course as a line, with its words for those who do not see it.
#[component]
pub fn Course(
    record: Signal<Arc<ConversationRecord>>,
    #[prop(default = 120)] width_px: u32,
    #[prop(default = 32)] height_px: u32,
) -> impl IntoView {
    let prefs = use_prefs();
    let scores = Memo::new(move |_| record.read().course.clone());
    let text = Memo::new(move |_| sentence::course(prefs.locale(), &scores.read()));
    view! {
        <span class="course" role="img" aria-label=text title=text>
            <CourseLine scores=scores width_px=width_px height_px=height_px />
        </span>
    }
}

/// How sure the class is, or that the agent set it; nothing without a class.
#[component]
pub fn Sureness(record: Signal<Arc<ConversationRecord>>) -> impl IntoView {
    let prefs = use_prefs();
    move || {
        let (w, locale) = (prefs.words(), prefs.locale());
        let class = class_name(locale, &record.read())?;
        let text = match class.score {
            Some(score) => percent(score, locale),
            None => w.corrected.to_string(),
        };
        Some(view! {
            <span class="sureness" title=w.sure_hint>
                {match locale {
                    Locale::En if class.score.is_some() => format!("{text} sure"),
                    Locale::Zh if class.score.is_some() => format!("把握 {text}"),
                    _ => text,
                }}
            </span>
        })
    }
}

/// The way back to the helpdesk's own page; nothing when the address is not one of the web.
#[component]
pub fn HelpdeskLink(
    record: Signal<Arc<ConversationRecord>>,
    /// The visible word; the whole phrase is the link's name.
    word: fn(&'static Words) -> &'static str,
) -> impl IntoView {
    let prefs = use_prefs();
    let url = Memo::new(move |_| helpdesk_url(&record.read()).map(str::to_string));
    let name = move || {
        let (w, locale) = (prefs.words(), prefs.locale());
        let about = class_name(locale, &record.read()).map_or(w.no_class.to_string(), |class| class.name);
        format!("{}: {about}, {} ({})", w.open_in_helpdesk, record.read().site, w.new_tab)
    };
    let text = say(word);
    move || {
        url.get().map(|url| {
            view! {
                <a class="out" href=url target="_blank" rel="noreferrer noopener" aria-label=name>
                    <span>{text}</span>
                    <IconView icon=Icon::Out />
                </a>
            }
        })
    }
}

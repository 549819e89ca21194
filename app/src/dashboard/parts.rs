//! Small pieces that several pages draw with: headings, waiting, failing, nothing yet, files, and a conversation's marks; and where
//! the focus goes.

use std::sync::Arc;

use domain::record::ConversationRecord;
use domain::wire::Locale;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{File, HtmlElement};

use super::BASE;
use super::api::Failure;
use super::errand::use_told;
use super::known::helpdesk_url;
use super::live::Live;
use super::prefs::{say, use_prefs};
use super::sentence::{self, class_name};
use super::trouble;
use super::words::Words;
use crate::shared::course::CourseLine;
use crate::shared::icons::{Icon, IconView};
use crate::shared::tide::TideLine;
use crate::shared::words::{mood_class, mood_now, percent};

/// A page's title, and under it what came of the reader's last errand; focus comes here when the page changes.
#[component]
pub fn Heading(#[prop(into)] text: Signal<String>, #[prop(optional)] children: Option<Children>) -> impl IntoView {
    let (prefs, told) = (use_prefs(), use_told());
    view! {
        <header class="page-head">
            <h1 tabindex="-1">{text}</h1>
            {children.map(|children| view! { <p class="lead">{children()}</p> })}
            <div role="status">
                {move || told.text(prefs).map(|text| view! { <p class="told"><IconView icon=Icon::Check /> {text}</p> })}
            </div>
        </header>
    }
}

/// Brings focus to the page's title.
pub fn focus_heading() {
    focus_on("main h1");
}

/// Brings focus to the first element of a CSS selector.
pub fn focus_on(selector: &str) {
    let found = document().query_selector(selector).ok().flatten();
    if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // An element that cannot take focus leaves it where it was.
        let _ = element.focus();
    }
}

/// Where an element goes while it holds the focus, the focus goes to the page's title.
pub fn hand_on_focus<E>(node: NodeRef<E>)
where
    E: html::ElementType + 'static,
    E::Output: JsCast + Clone + AsRef<HtmlElement> + 'static,
{
    on_cleanup(move || {
        let Some(element) = node.try_get_untracked().flatten() else { return };
        let element: &HtmlElement = element.as_ref();
        if element.matches(":focus-within") == Ok(true) {
            request_animation_frame(focus_heading);
        }
    });
}

/// How many places of the page show nothing of what they are for: they still wait, or it failed.
#[derive(Clone, Copy)]
pub struct Blanks(RwSignal<usize>);

impl Blanks {
    pub fn new() -> Self {
        Self(RwSignal::new(0))
    }

    /// Reactive.
    pub fn any(self) -> bool {
        self.0.get() > 0
    }
}

/// Counts a place among the [`Blanks`] as long as it is drawn.
fn count_blank() {
    let Some(Blanks(count)) = use_context() else { return };
    count.update(|count| *count += 1);
    on_cleanup(move || {
        count.try_update(|count| *count -= 1);
    });
}

/// Bars where text will be.
#[component]
pub fn Skeleton(#[prop(default = 4)] rows: usize) -> impl IntoView {
    count_blank();
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
    let notice = NodeRef::<html::Section>::new();
    count_blank();
    hand_on_focus(notice);
    let code = match &failure {
        Failure::Other { code } => Some(code.clone()),
        _ => None,
    };
    let text = move || {
        let (w, locale) = (prefs.words(), prefs.locale());
        match &failure {
            Failure::Away => (w.away_title, w.away_body.to_string()),
            Failure::Forbidden => (w.forbidden_title, w.forbidden_body.to_string()),
            Failure::TooMany { retry_after_s } => (w.failed_title, trouble::rate_limited(locale, *retry_after_s)),
            _ => (w.failed_title, w.failed_body.to_string()),
        }
    };
    let text = Memo::new(move |_| text());
    view! {
        <section class="notice" role="alert" node_ref=notice>
            <h2>{move || text.get().0}</h2>
            <p>{move || text.get().1}</p>
            {code.map(|code| view! { <p class="meta">{move || sentence::lead_in(prefs.locale(), prefs.words().code)} <code>{code}</code></p> })}
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

/// Nothing has ever arrived: how to begin.
#[component]
pub fn Setup() -> impl IntoView {
    view! {
        <section class="empty setup">
            <h2>{say(|w| w.setup_title)}</h2>
            <p>{say(|w| w.setup_body)}</p>
            <ol>
                <li>{say(|w| w.setup_install)}</li>
                <li>{say(|w| w.setup_token)}</li>
                <li>{say(|w| w.setup_open)}</li>
            </ol>
            <a href=format!("{BASE}/devices") class="button primary">{say(|w| w.to_devices)}</a>
        </section>
    }
}

/// A button that chooses files, in our words; the same file can be chosen again.
#[component]
pub fn FileButton(
    word: fn(&'static Words) -> &'static str,
    /// As the attribute of the same name.
    accept: &'static str,
    #[prop(optional)] multiple: bool,
    #[prop(optional)] described_by: &'static str,
    chosen: impl Fn(Vec<File>) + 'static,
) -> impl IntoView {
    let choose = move |event: leptos::ev::Targeted<leptos::ev::Event, web_sys::HtmlInputElement>| {
        let input = event.target();
        let files = input.files().map(|list| (0..list.length()).filter_map(|nth| list.get(nth)).collect::<Vec<_>>());
        input.set_value("");
        chosen(files.unwrap_or_default());
    };
    view! {
        <label class="button file">
            <input type="file" accept=accept multiple=multiple aria-describedby=described_by on:change:target=choose />
            {say(word)}
        </label>
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
        sentence::link_name(locale, [w.open_in_helpdesk, &about, &record.read().site, w.new_tab])
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

//! What is drawn for a scene, as plain values: the pill, the engine, the ways an answer can go, the rest prompt's clock.
//!
//! Pure functions of the scene, the link and the time; the components only lay out what they return.

use domain::care::WARNING_S;
use domain::mood::{MoodTrend, MoodWord};
use domain::wire::{EngineState, ErrorCode, PauseView, ReplyBox, RestPromptView, Scene};

use super::{sentences, words};
use crate::shared::words::{abuse_name, mood_now, percent};

/// Whether anybody answers at the other end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Link {
    #[default]
    Up,
    /// The brain does not answer; the transport tries again.
    Gone,
    /// The extension was updated or removed under this page; only a reload connects again.
    Stale,
}

/// The engine as the agent needs to know it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Engine {
    Starting,
    /// 0–1.
    Loading(f32),
    Ready,
    Off(Off),
}

/// Why nothing is understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Off {
    Engine(ErrorCode),
    Gone,
    Stale,
}

impl Engine {
    pub fn of(scene: &Scene, link: Link) -> Self {
        match (link, &scene.engine) {
            (Link::Gone, _) => Self::Off(Off::Gone),
            (Link::Stale, _) => Self::Off(Off::Stale),
            (Link::Up, EngineState::Starting) => Self::Starting,
            (Link::Up, EngineState::Loading { progress }) => Self::Loading(*progress),
            (Link::Up, EngineState::Ready) => Self::Ready,
            (Link::Up, EngineState::Unavailable { code }) => Self::Off(Off::Engine(*code)),
        }
    }

    pub fn is_off(self) -> bool {
        matches!(self, Self::Off(_))
    }
}

/// How an answer can leave the panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    Insert,
    Copy,
}

impl Way {
    pub fn of(reply_box: ReplyBox, engine: Engine) -> Self {
        if reply_box == ReplyBox::Open && !engine.is_off() { Self::Insert } else { Self::Copy }
    }
}

/// The folded overlay.
#[derive(Clone, Debug, PartialEq)]
pub struct Pill {
    pub text: String,
    pub mood: MoodWord,
    pub trend: MoodTrend,
    /// Drawn as an outline: the engine does not understand anything now.
    pub hollow: bool,
    /// What stands behind the flag, when an alert is open.
    pub alert: Option<&'static str>,
    /// What the message did that a card inside is about.
    pub shield: Option<&'static str>,
    /// A rest prompt waits inside.
    pub rest: bool,
}

impl Pill {
    pub fn of(scene: &Scene, link: Link, now_ms: i64) -> Self {
        let locale = scene.locale;
        let pause = scene.care.pause.as_ref().map(|pause| sentences::pause_left(minutes_left(pause, now_ms), locale));
        let heading = Heading::of(scene, link);
        let alert = scene.conversation.as_ref().and_then(|view| view.alert.as_ref());
        // No share while loading: the pill would change its width with every step.
        let text = match Engine::of(scene, link) {
            Engine::Loading(_) => words::LOADING.of(locale).into(),
            _ => heading.text,
        };
        Self {
            text: pause.filter(|_| !heading.hollow).unwrap_or(text),
            mood: heading.mood,
            trend: heading.trend,
            hollow: heading.hollow,
            alert: alert.map(|alert| if alert.shared { words::ALERT } else { words::ALERT_HERE }.of(locale)),
            shield: super::shield::card_of(scene).map(|card| abuse_name(card.kind).of(locale)),
            rest: scene.care.prompt.is_some() && scene.care.pause.is_none(),
        }
    }
}

/// The words at the head of the panel: the mood, or what is off.
#[derive(Clone, Debug, PartialEq)]
pub struct Heading {
    pub text: String,
    pub mood: MoodWord,
    pub trend: MoodTrend,
    pub hollow: bool,
}

impl Heading {
    pub fn of(scene: &Scene, link: Link) -> Self {
        let locale = scene.locale;
        let state = match Engine::of(scene, link) {
            Engine::Ready => None,
            Engine::Off(Off::Gone | Off::Stale) => Some(words::GONE.of(locale).into()),
            Engine::Off(Off::Engine(_)) => Some(words::ENGINE_OFF.of(locale).into()),
            Engine::Starting => Some(words::STARTING.of(locale).into()),
            Engine::Loading(progress) => Some(format!("{} {}", words::LOADING.of(locale), percent(progress, locale))),
        };
        let hollow = state.is_some();
        let (mood, trend) = match &scene.conversation {
            Some(view) if !hollow => (view.mood.word, view.mood.trend),
            _ => (MoodWord::Unknown, MoodTrend::Level),
        };
        let text = state.unwrap_or_else(|| match scene.conversation {
            Some(_) => mood_now(mood, trend).of(locale).into(),
            None => words::NAME.of(locale).into(),
        });
        Self { text, mood, trend, hollow }
    }
}

/// Whole minutes until a pause ends, rounded up.
pub fn minutes_left(pause: &PauseView, now_ms: i64) -> u32 {
    let left_ms = pause.ends_at_ms.saturating_sub(now_ms).max(0);
    u32::try_from((left_ms.saturating_add(59_999)) / 60_000).unwrap_or(0).min(pause.minutes)
}

/// A rest prompt at one instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PromptClock {
    /// Seconds until the proposed break; 0 from then on.
    pub seconds_left: u32,
    /// Its buttons do nothing yet (R6).
    pub inert: bool,
}

impl PromptClock {
    pub fn of(prompt: &RestPromptView, now_ms: i64) -> Self {
        let shown_ms = now_ms.saturating_sub(prompt.since_ms).max(0);
        let left_ms = (i64::from(WARNING_S) * 1_000).saturating_sub(shown_ms).max(0);
        Self {
            seconds_left: u32::try_from((left_ms + 999) / 1_000).unwrap_or(0),
            inert: is_inert(prompt.since_ms, prompt.inert_ms, now_ms),
        }
    }
}

/// Whether what appeared then does not react to clicks yet (R6).
pub fn is_inert(since_ms: i64, inert_ms: u32, now_ms: i64) -> bool {
    now_ms.saturating_sub(since_ms) < i64::from(inert_ms)
}

/// An address that may stand in a link: the web, a telephone or a mail address.
pub fn safe_link(address: &str) -> Option<String> {
    let address = address.trim();
    let scheme = address.split_once(':')?.0.to_ascii_lowercase();
    ["https", "http", "tel", "mailto"].contains(&scheme.as_str()).then(|| address.to_owned())
}

#[cfg(test)]
mod tests {
    use domain::mood::AlertReason;
    use domain::wire::{AlertView, CareView, ConversationView, Locale, MoodView};

    use super::*;

    fn conversation(word: MoodWord, trend: MoodTrend) -> ConversationView {
        ConversationView {
            id: "c".into(),
            subject: None,
            requester_name: None,
            mood: MoodView { score: 0.0, word, trend, course: Vec::new(), customer_messages: 1 },
            intent: None,
            fields: Vec::new(),
            suggestions: Vec::new(),
            alert: None,
            reply_box: ReplyBox::Open,
            pending: 0,
            fill: None,
            timeline: None,
            flags: Vec::new(),
            abuse: None,
            shield: None,
        }
    }

    fn ready() -> Scene {
        Scene { engine: EngineState::Ready, ..Scene::default() }
    }

    #[test]
    fn the_pill_says_mood_pause_or_what_is_off() {
        let check = |scene: &Scene, link, text: &str, hollow| {
            let pill = Pill::of(scene, link, 0);
            assert_eq!((pill.text.as_str(), pill.hollow), (text, hollow));
        };
        check(&Scene::default(), Link::Up, "starting", true);
        check(&ready(), Link::Up, "Warmseat", false);
        check(&ready(), Link::Gone, "not connected", true);
        let loading = Scene { engine: EngineState::Loading { progress: 0.4 }, locale: Locale::Zh, ..Scene::default() };
        check(&loading, Link::Up, "加载中", true);
        assert_eq!(Heading::of(&loading, Link::Up).text, "加载中 40%");
        let mut scene = Scene { conversation: Some(conversation(MoodWord::Tense, MoodTrend::Rising)), ..ready() };
        check(&scene, Link::Up, "growing tense", false);
        scene.care.pause = Some(PauseView { minutes: 5, ends_at_ms: 250_000 });
        check(&scene, Link::Up, "pause, 5 min left", false);
        scene.engine = EngineState::Unavailable { code: ErrorCode::EngineUnavailable };
        check(&scene, Link::Up, "engine off", true);
    }

    #[test]
    fn alert_and_rest_show_on_the_pill() {
        let mut view = conversation(MoodWord::Upset, MoodTrend::Breaking);
        view.alert = Some(AlertView {
            reason: AlertReason::LowMood,
            danger: None,
            by_model: false,
            shared: true,
            taken_by: None,
        });
        let prompt = RestPromptView { firm: false, minutes: 5, snoozes_left: 2, inert_ms: 2_000, since_ms: 0 };
        let care = CareView { prompt: Some(prompt), ..CareView::default() };
        let mut scene = Scene { conversation: Some(view), care, ..ready() };
        let pill = Pill::of(&scene, Link::Up, 0);
        assert_eq!((pill.alert, pill.shield, pill.rest), (Some("shared"), None, true));
        scene.care.pause = Some(PauseView { minutes: 5, ends_at_ms: 1 });
        assert!(!Pill::of(&scene, Link::Up, 0).rest, "no prompt while resting");
    }

    #[test]
    fn answers_are_inserted_only_where_they_can_be() {
        let check = |reply_box, engine, way| assert_eq!(Way::of(reply_box, engine), way);
        check(ReplyBox::Open, Engine::Ready, Way::Insert);
        check(ReplyBox::Open, Engine::Loading(0.2), Way::Insert);
        check(ReplyBox::Open, Engine::Off(Off::Gone), Way::Copy);
        check(ReplyBox::Hidden, Engine::Ready, Way::Copy);
        check(ReplyBox::None, Engine::Ready, Way::Copy);
    }

    #[test]
    fn a_prompt_counts_thirty_seconds_and_is_inert_for_two() {
        let prompt = RestPromptView { firm: true, minutes: 10, snoozes_left: 0, inert_ms: 2_000, since_ms: 1_000 };
        let check = |now_ms, seconds_left, inert| {
            assert_eq!(PromptClock::of(&prompt, now_ms), PromptClock { seconds_left, inert }, "{now_ms}");
        };
        check(0, 30, true);
        check(1_000, 30, true);
        check(2_999, 29, true);
        check(3_000, 28, false);
        check(30_500, 1, false);
        check(i64::MAX, 0, false);
    }

    #[test]
    fn links_are_web_telephone_or_mail() {
        let check = |address: &str, safe: bool| assert_eq!(safe_link(address).is_some(), safe, "{address}");
        check("https://help.example/eap", true);
        check(" TEL:+31201234567 ", true);
        check("javascript:alert(1)", false);
        check("data:text/html,x", false);
        check("help.example", false);
        check("", false);
    }
}

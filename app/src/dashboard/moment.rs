//! Times as people say them, and the clock that makes them tick.
//!
//! The texts are pure; local time comes in as hours and minutes, since the time zone is the browser's to know.

use domain::wire::Locale;
use leptos::prelude::*;

use super::prefs::{Prefs, use_prefs};
use crate::shared::words;

const MINUTE_MS: i64 = 60_000;
/// How often relative times are looked at again.
const TICK: std::time::Duration = std::time::Duration::from_secs(5);

/// How long something lasts, in words.
pub fn lasting(locale: Locale, ms: i64) -> String {
    let minutes = u32::try_from(ms / MINUTE_MS).unwrap_or(0);
    let (hours, days) = (minutes / 60, minutes / (24 * 60));
    match (locale, minutes) {
        (Locale::En, 0) => "less than a minute".into(),
        (Locale::Zh, 0) => "不到 1 分钟".into(),
        _ if hours < 6 => words::minutes(minutes, locale),
        _ if days == 0 => words::minutes(hours * 60, locale),
        (Locale::En, _) if days == 1 => "1 day".into(),
        (Locale::En, _) => format!("{days} days"),
        (Locale::Zh, _) => format!("{days} 天"),
    }
}

/// A time of day, `14:03`; with the date when it is not today's.
pub fn clock_text(locale: Locale, then: Local, now: Local) -> String {
    let time = format!("{:02}:{:02}", then.hour, then.minute);
    if (then.year, then.month, then.day) == (now.year, now.month, now.day) {
        return time;
    }
    match locale {
        Locale::En => format!("{} {} {time}", then.day, MONTHS[then.month as usize % 12]),
        Locale::Zh => format!("{}月{}日 {time}", then.month + 1, then.day),
    }
}

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// An instant in the browser's time zone; `month` and `weekday` count from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Local {
    pub year: u32,
    pub month: u32,
    pub day: u32,
    pub hour: u32,
    pub minute: u32,
    pub weekday: u32,
}

impl Local {
    pub fn of(ms: i64) -> Self {
        let date = js_sys::Date::new(&wasm_bindgen::JsValue::from_f64(ms as f64));
        Self {
            year: date.get_full_year(),
            month: date.get_month(),
            day: date.get_date(),
            hour: date.get_hours(),
            minute: date.get_minutes(),
            weekday: date.get_day(),
        }
    }
}

pub fn now_ms() -> i64 {
    js_sys::Date::now() as i64
}

/// The time, as a signal that moves every few seconds.
#[derive(Clone, Copy)]
pub struct Clock(RwSignal<i64>);

impl Clock {
    /// Starts to tick, until the owner goes.
    pub fn start() -> Self {
        let now = RwSignal::new(now_ms());
        if let Ok(handle) = set_interval_with_handle(move || now.set(now_ms()), TICK) {
            on_cleanup(move || handle.clear());
        }
        Self(now)
    }

    pub fn now(self) -> i64 {
        self.0.get()
    }
}

pub fn use_clock() -> Clock {
    expect_context()
}

/// `14:03` in the browser's zone, with the date when it is another day.
pub fn at(prefs: Prefs, ms: i64) -> String {
    clock_text(prefs.locale(), Local::of(ms), Local::of(now_ms()))
}

/// How a [`Moment`] speaks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Say {
    /// "4 min ago"
    Ago,
    /// "for 4 min": how long it has lasted.
    For,
}

/// A time that ticks; the exact one is its title.
#[component]
pub fn Moment(#[prop(into)] ms: Signal<i64>, #[prop(default = Say::Ago)] say: Say) -> impl IntoView {
    let (prefs, clock) = (use_prefs(), use_clock());
    let text = Memo::new(move |_| {
        let (locale, elapsed) = (prefs.locale(), clock.now() - ms.get());
        match say {
            Say::Ago => words::ago(elapsed, locale),
            Say::For => match locale {
                Locale::En => format!("for {}", lasting(locale, elapsed)),
                Locale::Zh if elapsed < MINUTE_MS => lasting(locale, elapsed),
                Locale::Zh => format!("已 {}", lasting(locale, elapsed)),
            },
        }
    });
    let exact =
        move || String::from(js_sys::Date::new(&wasm_bindgen::JsValue::from_f64(ms.get() as f64)).to_iso_string());
    view! {
        <time class="moment" datetime=exact title=move || at(prefs, ms.get())>
            {text}
        </time>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_said_in_one_or_two_units() {
        let check = |minutes: i64, en: &str, zh: &str| {
            assert_eq!(lasting(Locale::En, minutes * MINUTE_MS), en);
            assert_eq!(lasting(Locale::Zh, minutes * MINUTE_MS), zh);
        };
        check(0, "less than a minute", "不到 1 分钟");
        check(4, "4 min", "4 分钟");
        check(59, "59 min", "59 分钟");
        check(60, "1 h", "1 小时");
        check(125, "2 h 5 min", "2 小时 5 分钟");
        check(7 * 60 + 5, "7 h", "7 小时");
        check(24 * 60, "1 day", "1 天");
        check(3 * 24 * 60, "3 days", "3 天");
    }

    #[test]
    fn another_day_shows_its_date() {
        let now = Local { year: 2026, month: 10, day: 25, hour: 20, minute: 5, weekday: 3 };
        let morning = Local { hour: 9, minute: 3, ..now };
        assert_eq!(clock_text(Locale::En, morning, now), "09:03");
        let yesterday = Local { day: 24, ..morning };
        assert_eq!(clock_text(Locale::En, yesterday, now), "24 Nov 09:03");
        assert_eq!(clock_text(Locale::Zh, yesterday, now), "11月24日 09:03");
    }
}

//! Language and theme: read from the browser, kept in its local storage, applied to the document.

use domain::wire::Locale;
use leptos::prelude::*;

use super::words::{Words, words};
use crate::shared::words::lang_tag;

const LOCALE_KEY: &str = "warmseat.locale";
const THEME_KEY: &str = "warmseat.theme";

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system says.
    #[default]
    Auto,
    Light,
    Dark,
}

impl Theme {
    /// The one after it, for a button that goes round.
    pub const fn next(self) -> Self {
        match self {
            Self::Auto => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::Auto,
        }
    }

    const fn as_str(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    fn of(stored: &str) -> Self {
        match stored {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::Auto,
        }
    }
}

#[derive(Clone, Copy)]
pub struct Prefs {
    locale: RwSignal<Locale>,
    theme: RwSignal<Theme>,
}

impl Prefs {
    /// Reads what was chosen before, else what the browser prefers, and keeps the document in step.
    pub fn load() -> Self {
        let locale = stored(LOCALE_KEY).and_then(|tag| locale_of(&tag)).unwrap_or_else(browser_locale);
        let theme = stored(THEME_KEY).map_or(Theme::Auto, |theme| Theme::of(&theme));
        let prefs = Self { locale: RwSignal::new(locale), theme: RwSignal::new(theme) };
        Effect::new(move || {
            if let Some(root) = document().document_element() {
                // An element of the document always takes these names.
                let _ = root.set_attribute("lang", lang_tag(prefs.locale()));
                let _ = root.set_attribute("data-theme", prefs.theme().as_str());
            }
        });
        prefs
    }

    /// Reactive.
    pub fn locale(self) -> Locale {
        self.locale.get()
    }

    pub fn locale_untracked(self) -> Locale {
        self.locale.get_untracked()
    }

    /// The phrases of the language; reactive.
    pub fn words(self) -> &'static Words {
        words(self.locale.get())
    }

    /// Reactive.
    pub fn theme(self) -> Theme {
        self.theme.get()
    }

    pub fn turn_locale(self) {
        let other = if self.locale.get_untracked() == Locale::En { Locale::Zh } else { Locale::En };
        self.locale.set(other);
        store(LOCALE_KEY, lang_tag(other));
    }

    pub fn turn_theme(self) {
        let theme = self.theme.get_untracked().next();
        self.theme.set(theme);
        store(THEME_KEY, theme.as_str());
    }
}

pub fn use_prefs() -> Prefs {
    expect_context()
}

/// A fixed phrase that follows the language: `{say(|w| w.now)}`. Call it while a component is built.
pub fn say(phrase: fn(&'static Words) -> &'static str) -> impl Fn() -> &'static str + Copy + Send + Sync + 'static {
    let prefs = use_prefs();
    move || phrase(prefs.words())
}

fn browser_locale() -> Locale {
    let tags = window().navigator().languages();
    tags.iter().filter_map(|tag| locale_of(&tag.as_string()?)).next().unwrap_or_default()
}

fn locale_of(tag: &str) -> Option<Locale> {
    match tag.split('-').next().map(str::to_ascii_lowercase).as_deref() {
        Some("zh") => Some(Locale::Zh),
        Some("en") => Some(Locale::En),
        _ => None,
    }
}

/// Storage may be switched off; then choices last as long as the page.
fn stored(key: &str) -> Option<String> {
    window().local_storage().ok()??.get_item(key).ok()?
}

fn store(key: &str, value: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        // A full or forbidden storage costs only the memory of the choice.
        let _ = storage.set_item(key, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_recognised_by_their_first_part() {
        assert_eq!(locale_of("zh-Hant-TW"), Some(Locale::Zh));
        assert_eq!(locale_of("EN"), Some(Locale::En));
        assert_eq!(locale_of("de-DE"), None);
    }

    #[test]
    fn the_theme_goes_round() {
        let mut theme = Theme::Auto;
        for _ in 0..3 {
            assert_eq!(Theme::of(theme.as_str()), theme);
            theme = theme.next();
        }
        assert_eq!(theme, Theme::Auto);
    }
}

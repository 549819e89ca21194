//! The overlay: what an agent has beside a conversation, a pill that opens into a panel.
//!
//! Owns what is open and where the focus is, nothing else: all it draws comes in a [`Scene`], all it asks goes out as a
//! [`Command`] or a [`Layout`]. Deliberately does not know the helpdesk's page, the model, storage, or the network.

mod answers;
mod care;
mod chooser;
mod course;
mod fields;
mod fill;
mod frame;
mod labels;
mod lines;
mod menu;
mod panel;
mod pill;
mod sentences;
mod shield;
mod state;
mod timeline;
mod transport;
mod unfold;
mod wants;
mod words;

use domain::wire::{AnswerResult, Command, LabelView, Layout, Locale, Scene};
use leptos::prelude::*;

use self::lines::Said;
use self::panel::Panel;
use self::pill::PillView;
use self::state::{Engine, Link};
use crate::shared::words::lang_tag;

/// What every part of the overlay draws from and speaks through.
#[derive(Clone, Copy)]
struct Face {
    scene: Signal<Scene>,
    locale: Signal<Locale>,
    engine: Signal<Engine>,
    /// Milliseconds since the Unix epoch; moves on every second while something counts down.
    now_ms: Signal<i64>,
    link: Signal<Link>,
    /// The team's own.
    labels: Signal<Vec<LabelView>>,
    /// What happened here, and the brain does not know of.
    said: RwSignal<Option<Said>>,
    /// The answer that is on its way into the page.
    inserting: RwSignal<Option<String>>,
}

impl Face {
    fn of(scene: RwSignal<Scene>, link: RwSignal<Link>) -> Self {
        let locale = Memo::new(move |_| scene.read().locale);
        let engine = Memo::new(move |_| Engine::of(&scene.read(), link.get()));
        let counting = Memo::new(move |_| {
            scene.with(|scene| {
                scene.care.prompt.is_some()
                    || scene.care.pause.is_some()
                    || shield::card_of(scene).is_some()
                    || timeline::view_of(scene).is_some()
            })
        });
        Self {
            scene: scene.into(),
            locale: locale.into(),
            engine: engine.into(),
            now_ms: clock(counting.into()),
            link: link.into(),
            labels: Memo::new(move |_| scene.read().labels.clone()).into(),
            said: RwSignal::new(None),
            inserting: RwSignal::new(None),
        }
    }

    /// A command was answered: what did not work is said.
    fn answered(&self, command: &Command, result: &AnswerResult) {
        if matches!(command, Command::Insert { .. }) {
            self.inserting.set(None);
        }
        if let AnswerResult::Error { code, .. } = result
            && let Some(word) = sentences::failure(command, *code)
        {
            self.said.set(Some(Said::Failed(word)));
        }
    }

    /// A part of the scene that changes only when it differs.
    fn part<T: Clone + PartialEq + Send + Sync + 'static>(
        &self,
        of: impl Fn(&Scene) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        let scene = self.scene;
        Memo::new(move |_| scene.with(&of))
    }
}

fn send(command: Command) {
    transport::send(&command);
}

/// The whole overlay, for the page's body.
#[component]
pub fn Overlay() -> impl IntoView {
    let (scene, link) = (RwSignal::new(Scene::default()), RwSignal::new(Link::Up));
    let face = Face::of(scene, link);
    let open = RwSignal::new(false);
    transport::start(
        move |next| {
            link.set(Link::Up);
            scene.set(next);
        },
        move |how| link.set(how),
        move |command, result| face.answered(&command, &result),
    );
    frame::follow_size(open.into());
    frame::follow_focus();
    Effect::new(move |_| {
        if let Some(root) = document().document_element() {
            let _ = root.set_attribute("lang", lang_tag(face.locale.get()));
        }
    });
    let show = move || {
        open.set(true);
        frame::focus_home();
    };
    let fold = move || {
        open.set(false);
        transport::layout(&Layout::ReturnFocus);
    };
    view! {
        <lines::Announcements face />
        <Show when=move || open.get() fallback=move || view! { <PillView face on_open=show /> }>
            <Panel face on_fold=fold />
        </Show>
    }
}

/// The time, read every second while `counting` and whenever that begins.
fn clock(counting: Signal<bool>) -> Signal<i64> {
    let now_ms = RwSignal::new(js_now_ms());
    Effect::new(move |_| {
        if !counting.get() {
            return;
        }
        now_ms.set(js_now_ms());
        let tick = set_interval_with_handle(move || now_ms.set(js_now_ms()), std::time::Duration::from_secs(1));
        if let Ok(tick) = tick {
            on_cleanup(move || tick.clear());
        }
    });
    now_ms.into()
}

fn js_now_ms() -> i64 {
    js_sys::Date::now() as i64
}

#[cfg(test)]
mod tests {
    use domain::wire::Scene;
    use serde_json::Value;

    /// Texts of the gallery stand in both languages.
    fn in_language(value: Value, language: &str) -> Value {
        match value {
            Value::Object(map) if map.contains_key("en") && map.contains_key("zh") => map[language].clone(),
            Value::Object(map) => map.into_iter().map(|(key, value)| (key, in_language(value, language))).collect(),
            Value::Array(items) => items.into_iter().map(|item| in_language(item, language)).collect(),
            other => other,
        }
    }

    #[test]
    fn the_gallerys_scenes_are_scenes() {
        let all: Value = serde_json::from_str(include_str!("../../gallery/scenes.json")).unwrap();
        for language in ["en", "zh"] {
            for (name, scene) in all.as_object().unwrap() {
                let scene: Result<Scene, _> = serde_json::from_value(in_language(scene.clone(), language));
                assert!(scene.is_ok(), "{name} {language}: {scene:?}");
            }
        }
    }
}

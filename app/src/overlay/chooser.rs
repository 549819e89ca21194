//! The menu behind "change…": the next best classes first, then the team's own labels and all others, with a search in
//! both languages; a search that is no class yet can become a label of the team's own.
//!
//! A combobox over a listbox (ARIA Authoring Practices): the focus stays in the search, arrow keys move the choice.

use domain::intent::{CATEGORIES, Category};
use domain::wire::{IntentView, LabelView, Locale};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::{Face, sentences, words};
use crate::shared::focus::take_focus;
use crate::shared::words::percent;

/// As the brain takes it.
pub const MOST_NAME_CHARS: usize = 60;

/// What a line of the menu stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pick {
    /// A class that there is, by its id.
    Label(String),
    /// A label that is to be made, by its name.
    New(String),
}

/// One line of the menu.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    pub pick: Pick,
    pub name: String,
    /// Present for what the model thought of.
    score: Option<f32>,
}

#[component]
pub fn Chooser(
    face: Face,
    intent: Signal<IntentView>,
    on_choose: impl Fn(Pick) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let query = RwSignal::new(String::new());
    let active = RwSignal::new(0_usize);
    let choices = Memo::new(move |_| choices(&intent.read(), &face.labels.read(), &query.read(), face.locale.get()));
    let search = NodeRef::<html::Input>::new();
    let list = NodeRef::<html::Ul>::new();
    take_focus(search);
    let choose = move |index: usize| {
        if let Some(choice) = choices.read_untracked().get(index) {
            on_choose(choice.pick.clone());
        }
    };
    let key = move |event: leptos::ev::KeyboardEvent| {
        let last = choices.read_untracked().len().saturating_sub(1);
        let here = active.get_untracked().min(last);
        // Enter that ends a composed Chinese word is not a choice.
        let next = match event.key().as_str() {
            _ if event.is_composing() => return,
            "ArrowDown" => (here + 1).min(last),
            "ArrowUp" => here.saturating_sub(1),
            "Enter" => {
                event.prevent_default();
                return choose(here);
            }
            _ => return,
        };
        event.prevent_default();
        active.set(next);
        if let Some(list) = list.get_untracked() {
            keep_in_view(&list, next);
        }
    };
    let options = move || {
        let locale = face.locale.get();
        choices
            .get()
            .into_iter()
            .enumerate()
            .map(|(index, choice)| {
                view! {
                    <li
                        id=format!("choice-{index}")
                        role="option"
                        aria-selected=move || (active.get() == index).to_string()
                        on:mouseenter=move |_| active.set(index)
                        on:mousedown=|event| event.prevent_default()
                        on:click=move |_| choose(index)
                    >
                        <span>{choice.name}</span>
                        {choice.score.map(|score| view! { <span class="meta">{percent(score, locale)}</span> })}
                    </li>
                }
            })
            .collect_view()
    };
    view! {
        <div class="chooser" id="chooser">
            <input
                node_ref=search
                type="text"
                role="combobox"
                autocomplete="off"
                spellcheck="false"
                aria-expanded="true"
                aria-autocomplete="list"
                aria-controls="choices"
                aria-activedescendant=move || format!("choice-{}", active.get())
                aria-label=move || words::SEARCH.of(face.locale.get())
                placeholder=move || words::SEARCH.of(face.locale.get())
                prop:value=move || query.get()
                on:input=move |event| {
                    query.set(event_target_value(&event));
                    active.set(0);
                }
                on:keydown=key
            />
            <ul node_ref=list id="choices" role="listbox" tabindex="-1" aria-label=move || words::CATEGORIES.of(face.locale.get())>
                {options}
            </ul>
            <Show when=move || choices.read().is_empty()>
                <p class="meta" role="status">{move || if is_too_long(&query.read()) { words::NAME_TOO_LONG } else { words::NO_MATCH }.of(face.locale.get())}</p>
            </Show>
            <p class="meta">{move || words::TIERS.of(face.locale.get())}</p>
        </div>
    }
}

/// What the model thought of next, for a correction in one click (R14).
pub fn next_best(intent: &IntentView, labels: &[LabelView], locale: Locale) -> Vec<Choice> {
    choices(intent, labels, "", locale).into_iter().take_while(|choice| choice.score.is_some()).take(2).collect()
}

/// The name of a class in the interface's language; the team's own have the one that they were given.
pub fn class_name(label: &str, labels: &[LabelView], locale: Locale) -> String {
    let own = labels.iter().find(|known| known.id == label);
    own.map_or_else(|| crate::shared::words::intent_name(label, locale), |own| own.name.clone())
}

/// What matches, in order: the model's own thoughts by score, the team's labels, then the taxonomy's order. The class that
/// holds now is left out, as it is no change.
fn choices(intent: &IntentView, labels: &[LabelView], query: &str, locale: Locale) -> Vec<Choice> {
    let silent = intent.tier == domain::Tier::Silent && !intent.corrected;
    let is_known = |id: &str| domain::intent::find(id).is_some() || labels.iter().any(|label| label.id == id);
    let own = silent.then_some((intent.label.as_str(), intent.score));
    let thoughts: Vec<(&str, f32)> = own
        .into_iter()
        .chain(intent.alternatives.iter().map(|scored| (scored.label.as_str(), scored.score)))
        .filter(|&(label, _)| (silent || label != intent.label) && is_known(label))
        .collect();
    let thought_of = |id: &str| thoughts.iter().any(|&(label, _)| label == id);
    let needle = query.trim().to_lowercase();
    let all = labels.iter().map(|label| label.id.as_str()).chain(CATEGORIES.iter().map(|category| category.id));
    let rest = all.filter(|&id| (silent || id != intent.label) && !thought_of(id)).map(|id| (id, None));
    let thoughts = thoughts.iter().map(|&(label, score)| (label, Some(score)));
    let found = thoughts.chain(rest).filter(|(id, _)| matches(id, labels, &needle)).map(|(id, score)| Choice {
        pick: Pick::Label(id.into()),
        name: class_name(id, labels, locale),
        score,
    });
    found.chain(new_label(query, labels, locale)).collect()
}

fn is_too_long(name: &str) -> bool {
    name.trim().chars().count() > MOST_NAME_CHARS
}

/// A label of the team's own with the name that was searched for, unless something has that name.
fn new_label(query: &str, labels: &[LabelView], locale: Locale) -> Option<Choice> {
    let name = query.split_whitespace().collect::<Vec<_>>().join(" ");
    let same = |other: &str| other.to_lowercase() == name.to_lowercase();
    let taken = labels.iter().any(|label| same(&label.name)) || CATEGORIES.iter().any(|c| same(c.en) || same(c.zh));
    let is_name = (1..=MOST_NAME_CHARS).contains(&name.chars().count());
    (is_name && !taken).then(|| Choice {
        name: sentences::new_label(&name, locale),
        pick: Pick::New(name),
        score: None,
    })
}

/// Every word of the search stands in a name of the class or in its id.
fn matches(id: &str, labels: &[LabelView], needle: &str) -> bool {
    let hay = match (domain::intent::find(id), labels.iter().find(|label| label.id == id)) {
        (Some(Category { en, zh, .. }), _) => format!("{} {zh} {id}", en.to_lowercase()),
        (None, Some(label)) => label.name.to_lowercase(),
        (None, None) => return false,
    };
    needle.split_whitespace().all(|part| hay.contains(part))
}

/// Scrolls the list alone; `scrollIntoView` would move the panel too.
fn keep_in_view(list: &web_sys::HtmlUListElement, index: usize) {
    let Some(option) = list.children().item(index as u32) else { return };
    let option: web_sys::HtmlElement = option.unchecked_into();
    let (top, bottom) = (option.offset_top(), option.offset_top() + option.offset_height());
    if top < list.scroll_top() {
        list.set_scroll_top(top);
    } else if bottom > list.scroll_top() + list.client_height() {
        list.set_scroll_top(bottom - list.client_height());
    }
}

#[cfg(test)]
mod tests {
    use domain::{Lang, Scored, Tier};

    use super::*;

    fn intent(tier: Tier) -> IntentView {
        let scored = |label: &str, score| Scored { label: label.into(), score };
        IntentView {
            message_id: "m".into(),
            label: "refund_status".into(),
            score: 0.6,
            tier,
            alternatives: vec![scored("refund_request", 0.2), scored("complaint", 0.1), scored("unknown", 0.1)],
            corrected: false,
            learned: false,
            own_model: false,
            lang: Lang::En,
        }
    }

    fn own() -> Vec<LabelView> {
        vec![LabelView { id: "team_1".into(), name: "Bike on train".into(), examples: 2, shared: false }]
    }

    /// Ids, and names of labels that would be made.
    fn picks(choices: Vec<Choice>) -> Vec<String> {
        let pick = |choice: Choice| match choice.pick {
            Pick::Label(id) => id,
            Pick::New(name) => format!("+{name}"),
        };
        choices.into_iter().map(pick).collect()
    }

    fn labels(intent: &IntentView, query: &str) -> Vec<String> {
        picks(choices(intent, &own(), query, Locale::Zh))
    }

    #[test]
    fn thoughts_come_first_and_nothing_comes_twice() {
        let offered = labels(&intent(Tier::Offered), "");
        assert_eq!(offered[..3], ["refund_request", "complaint", "team_1"]);
        assert_eq!(offered.len(), CATEGORIES.len());
        let silent = labels(&intent(Tier::Silent), "");
        assert_eq!(silent[..2], ["refund_status", "refund_request"]);
        assert_eq!(silent.len(), CATEGORIES.len() + 1);
    }

    #[test]
    fn the_next_best_are_the_models_own_thoughts() {
        let names = |tier| picks(next_best(&intent(tier), &own(), Locale::En));
        assert_eq!(names(Tier::Offered), ["refund_request", "complaint"]);
        assert_eq!(names(Tier::Silent), ["refund_status", "refund_request"]);
    }

    #[test]
    fn search_reads_both_languages() {
        let check = |query, expected: &[&str]| assert_eq!(labels(&intent(Tier::Offered), query), expected, "{query}");
        check("发票", &["invoice_receipt", "+发票"]);
        check(" INVOICE ", &["invoice_receipt", "+INVOICE"]);
        check("address delivery", &["address_change", "+address delivery"]);
        check("  TRAIN bike ", &["team_1", "+TRAIN bike"]);
    }

    #[test]
    fn a_label_is_made_once_and_needs_a_name() {
        let check = |query: &str, expected: &[&str]| assert_eq!(labels(&intent(Tier::Offered), query), expected);
        check("zzz  y", &["+zzz y"]);
        check("bike on TRAIN", &["team_1"]);
        check("Refund status", &[]);
        check(&"z".repeat(MOST_NAME_CHARS + 1), &[]);
        assert!(!labels(&intent(Tier::Offered), " ").iter().any(|pick| pick.starts_with('+')));
    }

    #[test]
    fn own_labels_have_their_own_names() {
        assert_eq!(class_name("team_1", &own(), Locale::Zh), "Bike on train");
        assert_eq!(class_name("refund_status", &own(), Locale::Zh), "退款进度");
    }
}

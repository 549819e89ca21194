//! The team's own labels: how much each was learned from; a new name, or gone.

use domain::intent::CATEGORIES;
use domain::wire::{Command, LabelView};
use leptos::html;
use leptos::prelude::*;

use super::chooser::MOST_NAME_CHARS;
use super::{Face, frame, send, sentences, words};
use crate::shared::focus::take_focus;

/// What is asked about one label.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Asked {
    Name(String),
    Delete(String),
}

#[component]
pub fn Labels(face: Face) -> impl IntoView {
    let asked = RwSignal::new(None::<Asked>);
    let is_empty = Memo::new(move |_| face.labels.read().is_empty());
    view! {
        <Show when=move || is_empty.get() fallback=move || view! { <List face asked /> }>
            <p>{move || words::NO_LABELS.of(face.locale.get())}</p>
            <p class="meta">{move || words::NO_LABELS_NEXT.of(face.locale.get())}</p>
        </Show>
    }
}

#[component]
fn List(face: Face, asked: RwSignal<Option<Asked>>) -> impl IntoView {
    view! {
        <ul class="labels" aria-label=move || words::OWN_LABELS.of(face.locale.get())>
            <For each=move || face.labels.get() key=|label| label.id.clone() let:label>
                <Row face asked id=label.id />
            </For>
        </ul>
    }
}

#[component]
fn Row(face: Face, asked: RwSignal<Option<Asked>>, id: String) -> impl IntoView {
    let key = StoredValue::new(id.clone());
    let label =
        Memo::new(move |_| key.with_value(|id| face.labels.read().iter().find(|label| label.id == *id).cloned()));
    let name = move || label.get().map(|label| label.name).unwrap_or_default();
    let learned = move || label.get().map(|label| sentences::examples(label.examples, face.locale.get()));
    let close = move || {
        asked.set(None);
        frame::focus(format!("[data-label='{}'] button", key.get_value()));
    };
    let inside = move || match asked.get() {
        Some(Asked::Name(id)) if id == key.get_value() => view! { <Rename face label close /> }.into_any(),
        Some(Asked::Delete(id)) if id == key.get_value() => view! { <Delete face label close /> }.into_any(),
        _ => {
            let ask = move |asks: fn(String) -> Asked| asked.set(Some(asks(key.get_value())));
            let named = move |verb: crate::shared::words::Word| format!("{}: {}", verb.of(face.locale.get()), name());
            view! {
                <span class="label-name" title=name>{name}</span>
                <span class="meta numbers">{learned}</span>
                <Show
                    when=move || label.read().as_ref().is_some_and(|label| !label.shared)
                    fallback=move || view! { <span class="meta">{move || words::FROM_TEAM.of(face.locale.get())}</span> }
                >
                    <button
                        class="quiet"
                        type="button"
                        aria-label=move || named(words::RENAME)
                        on:click=move |_| ask(Asked::Name)
                    >
                        {move || words::RENAME.of(face.locale.get())}
                    </button>
                    <button
                        class="quiet"
                        type="button"
                        aria-label=move || named(words::DELETE)
                        on:click=move |_| ask(Asked::Delete)
                    >
                        {move || words::DELETE.of(face.locale.get())}
                    </button>
                </Show>
            }
            .into_any()
        }
    };
    view! { <li data-label=id>{inside}</li> }
}

#[component]
fn Rename(
    face: Face,
    label: Memo<Option<LabelView>>,
    close: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let before = label.get_untracked().map(|label| label.name).unwrap_or_default();
    let name = RwSignal::new(before.clone());
    let input = NodeRef::<html::Input>::new();
    Effect::new(move |_| {
        if let Some(input) = input.get() {
            let _ = input.focus();
            input.select();
        }
    });
    let id = StoredValue::new(label.get_untracked().map(|label| label.id).unwrap_or_default());
    let taken = Memo::new(move |_| id.with_value(|id| is_taken(&name.read(), id, &face.labels.read())));
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let new_name = name.get_untracked();
        if new_name.trim().is_empty() || taken.get_untracked() {
            return;
        }
        send(Command::RenameLabel { label: id.get_value(), name: new_name });
        close();
    };
    let escape = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Escape" && !event.is_composing() {
            event.stop_propagation();
            close();
        }
    };
    view! {
        <form class="label-form" on:submit=save on:keydown=escape>
            <input
                node_ref=input
                type="text"
                required
                maxlength=MOST_NAME_CHARS.to_string()
                aria-label=move || words::NEW_NAME.of(face.locale.get())
                aria-invalid=move || taken.get().to_string()
                aria-describedby="name-taken"
                prop:value=before
                on:input=move |event| name.set(event_target_value(&event))
            />
            <button class="primary" type="submit">{move || words::SAVE.of(face.locale.get())}</button>
            <button class="quiet" type="button" on:click=move |_| close()>{move || words::CANCEL.of(face.locale.get())}</button>
            <p class="meta trouble" id="name-taken" role="alert">
                {move || taken.get().then(|| words::NAME_TAKEN.of(face.locale.get()))}
            </p>
        </form>
    }
}

#[component]
fn Delete(
    face: Face,
    label: Memo<Option<LabelView>>,
    close: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let cancel = NodeRef::<html::Button>::new();
    take_focus(cancel);
    let delete = move |_| {
        if let Some(label) = label.get_untracked() {
            send(Command::DeleteLabel { label: label.id });
        }
        close();
        frame::focus("#sheet");
    };
    let question = move || label.get().map(|label| sentences::delete_label(&label.name, face.locale.get()));
    let escape = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Escape" {
            event.stop_propagation();
            close();
        }
    };
    view! {
        <div class="label-form" role="group" aria-label=question on:keydown=escape>
            <p>{question}</p>
            <button class="primary" type="button" on:click=delete>{move || words::DELETE.of(face.locale.get())}</button>
            <button class="quiet" type="button" node_ref=cancel on:click=move |_| close()>
                {move || words::CANCEL.of(face.locale.get())}
            </button>
        </div>
    }
}

/// Whether something else is called so.
fn is_taken(name: &str, id: &str, labels: &[LabelView]) -> bool {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let same = |other: &str| other.to_lowercase() == name;
    labels.iter().any(|label| label.id != id && same(&label.name))
        || CATEGORIES.iter().any(|c| same(c.en) || same(c.zh))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_taken_by_others_only() {
        let label = |id: &str, name: &str| LabelView { id: id.into(), name: name.into(), examples: 0, shared: false };
        let labels = [label("team_1", "Bike on train"), label("team_2", "Points")];
        let check = |name: &str, expected: bool| assert_eq!(is_taken(name, "team_1", &labels), expected, "{name}");
        check("bike on  TRAIN", false);
        check(" points ", true);
        check("退款进度", true);
        check("Refund status", true);
        check("Bikes", false);
    }
}

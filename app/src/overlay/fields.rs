//! What was found in the conversation: numbers, dates, amounts, addresses. A click copies one.

use domain::Field;
use leptos::prelude::*;

use super::timeline::view_of;
use super::unfold::Unfold;
use super::{Face, words};
use crate::shared::icons::{Icon, IconView};
use crate::shared::words::{channel_name, field_name};

/// More than this fold behind a count.
const FIRST: usize = 4;

#[component]
pub fn Fields(face: Face, copy: Callback<String>) -> impl IntoView {
    let fields = face.part(|scene| {
        let own = distinct(scene.conversation.as_ref().map(|view| view.fields.as_slice()).unwrap_or_default());
        let others = view_of(scene).map(|view| view.fields.clone()).unwrap_or_default();
        let own = own.into_iter().map(|field| (field, None));
        own.chain(others.into_iter().map(|other| (other.field, Some(other.channel)))).collect::<Vec<_>>()
    });
    let all = RwSignal::new(false);
    let chips = move || {
        let locale = face.locale.get();
        let shown = if all.get() { usize::MAX } else { FIRST };
        fields.get().into_iter().take(shown).map(|(field, from)| {
            let kind = field_name(field.kind).of(locale);
            let value = readable(&field).to_owned();
            let source = from.map(|channel| format!(", {}", channel_name(channel).of(locale))).unwrap_or_default();
            let name = format!("{kind} {value}{source}, {}", words::COPY.of(locale));
            let mark = from.map(|channel| {
                view! { <span class="meta channel"><IconView icon=Icon::of(channel) size_px=14 />{channel_name(channel).of(locale)}</span> }
            });
            let shown = value.clone();
            view! {
                <li>
                    <button class="chip" type="button" aria-label=name title=field.text on:click=move |_| copy.run(value.clone())>
                        <span class="meta">{kind}</span>
                        " "
                        <span class="chip-value">{shown}</span>
                        {mark}
                    </button>
                </li>
            }
        })
        .collect_view()
    };
    let folded = move || fields.read().len().saturating_sub(FIRST);
    view! {
        <Show when=move || !fields.read().is_empty()>
            <section class="found" aria-label=move || words::FOUND.of(face.locale.get())>
                <ul class="chips">
                    {chips}
                    <Show when=move || folded() != 0>
                        <li><Unfold face all folded /></li>
                    </Show>
                </ul>
            </section>
        </Show>
    }
}

/// The normalised value, or the words as written where nothing whole came of them: a date without its year.
fn readable(field: &Field) -> &str {
    if field.value.starts_with("--") { &field.text } else { &field.value }
}

/// Each value once, in the order of the conversation.
fn distinct(fields: &[Field]) -> Vec<Field> {
    let mut kept: Vec<Field> = Vec::new();
    for field in fields {
        if !kept.iter().any(|other| other.kind == field.kind && other.value == field.value) {
            kept.push(field.clone());
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use domain::FieldKind;

    use super::*;

    #[test]
    fn a_date_without_a_year_reads_as_written() {
        let mut field = Field {
            kind: FieldKind::Date,
            text: "3 November".into(),
            value: "--11-03".into(),
            start_utf16: 0,
            end_utf16: 10,
        };
        assert_eq!(readable(&field), "3 November");
        field.value = "2026-11-03".into();
        assert_eq!(readable(&field), "2026-11-03");
    }

    #[test]
    fn a_value_is_shown_once() {
        let field =
            |kind, value: &str| Field { kind, text: value.into(), value: value.into(), start_utf16: 0, end_utf16: 1 };
        let fields = [
            field(FieldKind::Amount, "389.00 CNY"),
            field(FieldKind::Date, "2026-11-05"),
            field(FieldKind::Amount, "389.00 CNY"),
        ];
        assert_eq!(distinct(&fields), fields[..2]);
    }
}

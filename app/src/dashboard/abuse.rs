//! What causes abuse: the day's abusive messages by what the customer wanted, and by kind. Never by agent (R3).

use domain::abuse::AbuseKind;
use domain::record::AbuseCount;
use leptos::prelude::*;

use super::prefs::{say, use_prefs};
use crate::shared::words::{abuse_name, intent_name};

/// Done to the agent, in the order of the columns.
const KINDS: [AbuseKind; 4] = [AbuseKind::Insult, AbuseKind::Threat, AbuseKind::Harassment, AbuseKind::Discrimination];

/// A class with its messages by kind; `None` for the classes put together.
type Row = (Option<String>, [u32; 4]);

/// The most first, what is put together last.
fn rows(counts: &[AbuseCount]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for AbuseCount { label, kind, messages } in counts {
        let Some(column) = KINDS.iter().position(|known| known == kind) else { continue };
        match rows.iter_mut().find(|(known, _)| known == label) {
            Some((_, cells)) => cells[column] += messages,
            None => {
                let mut cells = [0; 4];
                cells[column] = *messages;
                rows.push((label.clone(), cells));
            }
        }
    }
    rows.sort_by_key(|(label, cells)| (label.is_none(), std::cmp::Reverse(cells.iter().sum::<u32>())));
    rows
}

#[component]
pub fn AbuseTable(counts: Signal<Vec<AbuseCount>>) -> impl IntoView {
    let prefs = use_prefs();
    let rows = Memo::new(move |_| rows(&counts.read()));
    let heads =
        move || KINDS.map(|kind| view! { <th scope="col" class="number">{abuse_name(kind).of(prefs.locale())}</th> });
    let lines = move || {
        let locale = prefs.locale();
        let line = |(label, cells): Row| {
            let name = match label {
                Some(label) => intent_name(&label, locale),
                None => prefs.words().other_classes.to_string(),
            };
            let total: u32 = cells.iter().sum();
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    {cells.map(|n| view! { <td class="number">{n}</td> })}
                    <td class="number">{total}</td>
                </tr>
            }
        };
        rows.get().into_iter().map(line).collect_view()
    };
    view! {
        <section class="mix" aria-labelledby="abuse">
            <h2 id="abuse">{say(|w| w.abuse_today)}</h2>
            <Show when=move || !rows.read().is_empty() fallback=move || view! { <p class="meta">{say(|w| w.abuse_few)}</p> }>
                <table class="page-table">
                    <caption class="sr-only">{say(|w| w.abuse_today)}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{say(|w| w.class)}</th>
                            {heads}
                            <th scope="col" class="number">{say(|w| w.total)}</th>
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                </table>
                <p class="meta">{say(|w| w.abuse_note)}</p>
            </Show>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_stand_beside_each_other_and_the_rest_stands_last() {
        let count =
            |label: Option<&str>, kind, messages| AbuseCount { label: label.map(str::to_owned), kind, messages };
        let rows = rows(&[
            count(None, AbuseKind::Insult, 9),
            count(Some("order_status"), AbuseKind::Threat, 1),
            count(Some("refund_status"), AbuseKind::Insult, 2),
            count(Some("refund_status"), AbuseKind::Discrimination, 1),
        ]);
        let expected =
            [(Some("refund_status"), [2, 0, 0, 1]), (Some("order_status"), [0, 1, 0, 0]), (None, [9, 0, 0, 0])];
        assert_eq!(rows, expected.map(|(label, cells)| (label.map(str::to_owned), cells)));
    }
}

//! Field extraction on the labelled messages of `tests/fields`, with floors for each kind.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its files must fail")]

use std::path::Path;

use wasm_core::fields;

#[expect(dead_code, reason = "the binary that measures reads the other sets, too")]
#[path = "fields/score.rs"]
mod score;
use score::{Row, Span};

/// Kind, least precision and least recall, exact spans.
type Floors = [(&'static str, f64, f64); 12];

fn told(row: &Row) -> Vec<Span> {
    let fields = fields::extract(&row.text, row.asked.as_deref());
    fields.into_iter().map(|field| (score::name(field.kind), field.start_utf16, field.end_utf16)).collect()
}

fn check(file: &str, floors: &Floors) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fields").join(file);
    let mut misses = Vec::new();
    let counts = score::score(&score::own(&path).unwrap(), told, |row, _| misses.push(row.text.clone()));
    assert_eq!(counts.len(), floors.len(), "{file}: every kind is labelled and has its floors");
    for &(kind, precision, recall) in floors {
        let of = |whole: u32| f64::from(counts[kind].exact) / f64::from(whole.max(1));
        let (found, wanted) = ((of(counts[kind].told), of(counts[kind].labelled)), (precision, recall));
        assert!(found.0 >= wanted.0 && found.1 >= wanted.1, "{file} {kind}: {found:?} below {wanted:?}: {misses:#?}");
    }
}

#[test]
fn development_messages() {
    check("dev.jsonl", &DEV);
}

#[test]
fn messages_held_out() {
    check("held_out.jsonl", &HELD_OUT);
}

#[test]
fn no_number_leaves_unmasked() {
    for file in ["dev.jsonl", "held_out.jsonl"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fields").join(file);
        for row in score::own(&path).unwrap() {
            let told = fields::extract(&row.text, row.asked.as_deref());
            let units: Vec<u16> = row.text.encode_utf16().collect();
            for (_, start, end) in
                row.spans.iter().filter(|(kind, ..)| matches!(kind.as_str(), "id_number" | "card_number"))
            {
                let number = String::from_utf16(&units[*start as usize..*end as usize]).unwrap();
                assert!(
                    told.iter().all(|field| !field.text.contains(&number) && !field.value.contains(&number)),
                    "{}",
                    row.text
                );
            }
        }
    }
}

const DEV: Floors = [
    ("order_number", 0.95, 0.95),
    ("tracking_number", 0.95, 0.95),
    ("date", 0.95, 0.95),
    ("amount", 0.95, 0.95),
    ("phone", 0.95, 0.95),
    ("email", 1.0, 1.0),
    ("url", 1.0, 1.0),
    ("postal_address", 0.94, 0.94),
    ("postcode", 1.0, 1.0),
    ("person_name", 0.95, 0.95),
    ("id_number", 1.0, 1.0),
    ("card_number", 1.0, 1.0),
];

const HELD_OUT: Floors = [
    ("order_number", 0.95, 0.8),
    ("tracking_number", 0.8, 0.8),
    ("date", 0.95, 0.95),
    ("amount", 0.95, 0.95),
    ("phone", 0.94, 0.94),
    ("email", 1.0, 1.0),
    ("url", 1.0, 1.0),
    ("postal_address", 0.93, 0.93),
    ("postcode", 1.0, 1.0),
    ("person_name", 0.94, 0.94),
    ("id_number", 1.0, 1.0),
    ("card_number", 1.0, 1.0),
];

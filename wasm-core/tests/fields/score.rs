//! Labelled messages and what the finders make of them: counts per kind of field, exact and overlapping.
//!
//! Shared by the test of the set and the binary that measures. Knows the layout of our own set and of the two sets of
//! spans beside it; knows nothing of how a field is found.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A span of a kind, UTF-16 code units.
pub type Span = (String, u32, u32);

pub struct Row {
    pub text: String,
    pub asked: Option<String>,
    pub spans: Vec<Span>,
}

#[derive(Default, Serialize)]
pub struct Counts {
    pub labelled: u32,
    pub told: u32,
    /// The same kind at the same place.
    pub exact: u32,
    /// Labelled fields that a told one of the kind overlaps, and the other way round.
    pub labelled_touched: u32,
    pub told_touched: u32,
}

#[derive(Deserialize)]
struct OwnRow {
    text: String,
    fields: Vec<OwnField>,
    asked: Option<String>,
}

#[derive(Deserialize)]
struct OwnField {
    kind: String,
    text: String,
}

#[derive(Deserialize)]
struct SpanRow {
    text: String,
    spans: Vec<SpanOf>,
}

#[derive(Deserialize)]
struct SpanOf {
    #[serde(rename = "type")]
    name: String,
    /// Offsets in characters.
    start: usize,
    end: usize,
}

fn lines<T: for<'a> Deserialize<'a>>(path: &Path) -> io::Result<Vec<T>> {
    fs::read_to_string(path)?.lines().map(|line| serde_json::from_str(line).map_err(io::Error::from)).collect()
}

fn utf16(text: &str) -> u32 {
    text.encode_utf16().count() as u32
}

/// Our own set: fields in the order of the message.
pub fn own(path: &Path) -> io::Result<Vec<Row>> {
    let place = |row: OwnRow| {
        let mut at = 0;
        let mut spans = Vec::new();
        for field in &row.fields {
            let found = row.text[at..].find(&field.text);
            let start =
                at + found.ok_or_else(|| io::Error::other(format!("{:?} is not in {:?}", field.text, row.text)))?;
            at = start + field.text.len();
            spans.push((field.kind.clone(), utf16(&row.text[..start]), utf16(&row.text[..at])));
        }
        Ok(Row { text: row.text, asked: row.asked, spans })
    };
    lines::<OwnRow>(path)?.into_iter().map(place).collect()
}

/// A set of spans; types that `kind` does not know are left out.
pub fn spans(path: &Path, kind: impl Fn(&str) -> Option<&'static str>) -> io::Result<Vec<Row>> {
    let row = |row: SpanRow| {
        let offset = |characters: usize| row.text.chars().take(characters).map(|c| c.len_utf16() as u32).sum::<u32>();
        let spans = row
            .spans
            .iter()
            .filter_map(|span| Some((kind(&span.name)?.to_owned(), offset(span.start), offset(span.end))));
        Row { spans: spans.collect(), asked: None, text: row.text }
    };
    Ok(lines::<SpanRow>(path)?.into_iter().map(row).collect())
}

/// Counts of the kinds that are labelled in the rows.
/// `told` are the fields that were found in a row; `miss` hears of each row that is not all right.
pub fn score(
    rows: &[Row],
    told: impl Fn(&Row) -> Vec<Span>,
    mut miss: impl FnMut(&Row, &[Span]),
) -> BTreeMap<String, Counts> {
    let mut counts: BTreeMap<String, Counts> = BTreeMap::new();
    for (kind, ..) in rows.iter().flat_map(|row| &row.spans) {
        counts.entry(kind.clone()).or_default().labelled += 1;
    }
    let touches = |one: &Span, other: &Span| one.0 == other.0 && one.1 < other.2 && other.1 < one.2;
    for row in rows {
        let told: Vec<Span> = told(row).into_iter().filter(|(kind, ..)| counts.contains_key(kind)).collect();
        for span in &told {
            let count = counts.entry(span.0.clone()).or_default();
            count.told += 1;
            count.exact += u32::from(row.spans.contains(span));
            count.told_touched += u32::from(row.spans.iter().any(|other| touches(span, other)));
        }
        for span in &row.spans {
            let touched = told.iter().any(|other| touches(span, other));
            counts.entry(span.0.clone()).or_default().labelled_touched += u32::from(touched);
        }
        if told.len() != row.spans.len() || told.iter().any(|span| !row.spans.contains(span)) {
            miss(row, &told);
        }
    }
    counts
}

/// The name of a serialised kind.
pub fn name(kind: impl Serialize) -> String {
    match serde_json::to_value(kind) {
        Ok(Value::String(name)) => name,
        _ => String::new(),
    }
}

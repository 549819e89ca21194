//! The label map: `id2label` of a `config.json`, or a plain list of names.

use domain::own_model::{Fault, MOST_LABELS, MOST_NAME_CHARS};
use serde_json::Value;

/// Names in the order of the outputs.
pub fn read(bytes: &[u8]) -> Result<Vec<String>, Fault> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let value: Value = serde_json::from_slice(bytes).map_err(|_| Fault::LabelsUnreadable)?;
    let names = match value {
        Value::Array(names) => names.into_iter().map(name).collect(),
        Value::Object(mut config) => match config.remove("id2label").unwrap_or(Value::Object(config)) {
            Value::Object(by_id) => (0..by_id.len()).map(|id| name(by_id.get(&id.to_string())?.clone())).collect(),
            Value::Array(names) => names.into_iter().map(name).collect(),
            _ => None,
        },
        _ => None,
    };
    names.filter(|names: &Vec<String>| (2..=MOST_LABELS).contains(&names.len())).ok_or(Fault::LabelsUnreadable)
}

fn name(value: Value) -> Option<String> {
    let name = value.as_str()?.split_whitespace().collect::<Vec<_>>().join(" ");
    (1..=MOST_NAME_CHARS).contains(&name.chars().count()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maps_of_both_forms_are_read() {
        let check = |text: &str, expected: Option<&[&str]>| {
            let read = read(text.as_bytes()).ok();
            let names = read.as_ref().map(|names| names.iter().map(String::as_str).collect::<Vec<_>>());
            assert_eq!(names.as_deref(), expected, "{text}");
        };
        check(r#"["a", " b  c "]"#, Some(&["a", "b c"]));
        check(r#"{"model_type": "bert", "id2label": {"1": "b", "0": "a"}}"#, Some(&["a", "b"]));
        check(r#"{"0": "a", "1": "b"}"#, Some(&["a", "b"]));
        for broken in [
            "",
            "[]",
            "{}",
            r#"["a"]"#,
            "7",
            r#"["a", 7]"#,
            r#"{"id2label": {"0": "a", "2": "c"}}"#,
            r#"{"label2id": {"a": 0}}"#,
        ] {
            check(broken, None);
        }
    }
}

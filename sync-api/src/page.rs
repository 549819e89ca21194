//! Pages: limits and opaque cursors, the same for every collection.

use domain::record::Page;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::problem::{Code, Failure};
use crate::secret::hex;

const DEFAULT_LIMIT: u32 = 50;
const MAX_LIMIT: u32 = 200;

/// Rows of a page; one more is read to know whether there is a next one.
pub fn limit(asked: Option<u32>) -> Result<u32, Failure> {
    match asked.unwrap_or(DEFAULT_LIMIT) {
        limit @ 1..=MAX_LIMIT => Ok(limit),
        _ => Err(Failure::new(Code::InvalidParameter, format!("`limit` must be from 1 to {MAX_LIMIT}."))),
    }
}

/// The keys in a cursor that this collection gave out.
pub fn after<K: DeserializeOwned>(cursor: Option<&str>) -> Result<Option<K>, Failure> {
    let Some(cursor) = cursor else { return Ok(None) };
    let keys = unhex(cursor).and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let invalid = || Failure::new(Code::InvalidParameter, "`after` must be `next` of a page of the same list.");
    keys.map(Some).ok_or_else(invalid)
}

/// Cuts what was read to the page and adds the cursor of the next one.
pub fn page<T, K: Serialize>(mut items: Vec<T>, limit: u32, keys: impl Fn(&T) -> K) -> Page<T> {
    let limit = limit as usize;
    let has_more = items.len() > limit;
    items.truncate(limit);
    let last = items.last().filter(|_| has_more);
    let next = last.and_then(|item| serde_json::to_vec(&keys(item)).ok()).map(|keys| hex(&keys));
    Page { items, next }
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    (digits.len().is_multiple_of(2) && text.is_ascii()).then_some(())?;
    digits.chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cursors_round_trip_and_foreign_ones_are_refused() {
        let first = page(vec![("一", 1), ("b", 2), ("c", 3)], 2, |(name, n)| (name.to_string(), *n));
        assert_eq!(first.items.len(), 2);
        let keys: Option<(String, i32)> = after(first.next.as_deref()).unwrap();
        assert_eq!(keys, Some(("b".into(), 2)));
        assert_eq!(page(vec![1], 1, |n| *n).next, None);
        for cursor in ["", "x", "zz", "é1", "5b315d"] {
            assert!(after::<(String, i32)>(Some(cursor)).is_err(), "{cursor}");
        }
        assert!(limit(Some(0)).is_err() && limit(Some(201)).is_err());
        assert_eq!(limit(None).unwrap(), 50);
    }
}

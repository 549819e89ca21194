//! A message as numbers to learn from: what the encoder makes of it, what the base model takes it for, its phrases.
//!
//! The parts are weighed against each other as measured on banking77 and hint3 (docs/PERFORMANCE.md). Does not know labels.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::engine::{Outputs, softmax, to_unit_length};

/// Phrases share this many places.
pub const PLACES: usize = 4096;
const SEARCH: f32 = 0.7;
const POOLED: f32 = 1.0;
const MEAN: f32 = 1.0;
const CLASSES: f32 = 0.2;
const PHRASES: f32 = 1.0;
/// The squared length of every message's features.
const LENGTH: f32 = SEARCH * SEARCH + POOLED * POOLED + MEAN * MEAN + CLASSES * CLASSES + PHRASES * PHRASES;
const WORD_RUNS: [usize; 2] = [1, 2];
const CHARACTER_RUNS: [usize; 3] = [3, 4, 5];
/// Phrases are looked for this far.
const MAX_CHARS: usize = 1_000;

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Features {
    /// Search vector, pooled row, mean row and roots of the class probabilities.
    pub dense: Vec<f32>,
    /// Places with their weights, ascending.
    pub phrases: Vec<(u16, f32)>,
}

impl Features {
    pub fn of(text: &str, outputs: &Outputs) -> Self {
        let unit = |row: &[f32]| {
            let mut row = row.to_vec();
            to_unit_length(&mut row);
            row
        };
        let mut classes = outputs.intent.clone();
        softmax(&mut classes);
        let mut dense: Vec<f32> = outputs.search.iter().map(|x| x * SEARCH).collect();
        dense.extend(unit(&outputs.pooled).iter().map(|x| x * POOLED));
        dense.extend(unit(&outputs.means).iter().map(|x| x * MEAN));
        dense.extend(classes.iter().map(|p| p.sqrt() * CLASSES));
        Self { dense, phrases: phrases(text) }
    }

    /// 1 for the same message, about 0 for any two.
    pub fn likeness(&self, other: &Self) -> f32 {
        let dense: f32 = self.dense.iter().zip(&other.dense).map(|(a, b)| a * b).sum();
        (dense + dot(&self.phrases, &other.phrases)) / LENGTH
    }

    pub fn squared_length(&self) -> f32 {
        let phrases: f32 = self.phrases.iter().map(|(_, weight)| weight * weight).sum();
        self.dense.iter().map(|x| x * x).sum::<f32>() + phrases
    }
}

/// Of two rows in ascending order.
fn dot(a: &[(u16, f32)], b: &[(u16, f32)]) -> f32 {
    let (mut sum, mut b) = (0.0, b.iter().peekable());
    for &(place, weight) in a {
        while b.next_if(|&&(other, _)| other < place).is_some() {}
        if let Some(&(_, other)) = b.next_if(|&&(other, _)| other == place) {
            sum += weight * other;
        }
    }
    sum
}

/// Runs of words and of characters, hashed (Weinberger et al. 2009); every Chinese character is a word.
fn phrases(text: &str) -> Vec<(u16, f32)> {
    let words = words(text);
    let runs = |n: usize| words.windows(n).map(|run| run.join(" "));
    let mut found: HashSet<String> = WORD_RUNS.into_iter().flat_map(runs).collect();
    let line: Vec<char> = format!(" {} ", words.join(" ")).chars().collect();
    let runs = |n: usize| line.windows(n).map(|run| format!("#{}", run.iter().collect::<String>()));
    found.extend(CHARACTER_RUNS.into_iter().flat_map(runs));
    let mut sums = vec![0.0f32; PLACES];
    for phrase in &found {
        let hash = fnv(phrase.as_bytes());
        sums[hash as usize % PLACES] += if hash >> 31 == 1 { 1.0 } else { -1.0 };
    }
    sums.iter_mut().for_each(|sum| *sum = sum.signum() * sum.abs().sqrt());
    to_unit_length(&mut sums);
    let kept = sums.iter().enumerate().filter(|(_, sum)| **sum != 0.0);
    kept.map(|(place, sum)| (place as u16, sum * PHRASES)).collect()
}

fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut open = String::new();
    for c in text.chars().take(MAX_CHARS).flat_map(char::to_lowercase) {
        let is_letter = c.is_alphanumeric() || c == '\'';
        let stands_alone = is_letter && !c.is_ascii() && !c.is_lowercase();
        if (!is_letter || stands_alone) && !open.is_empty() {
            words.push(std::mem::take(&mut open));
        }
        match (stands_alone, is_letter) {
            (true, _) => words.push(c.into()),
            (false, true) => open.push(c),
            (false, false) => {}
        }
    }
    words.extend((!open.is_empty()).then_some(open));
    words
}

/// FNV-1a, and the finaliser of MurmurHash3, since the high bit is read apart from the low ones.
fn fnv(bytes: &[u8]) -> u32 {
    let mut hash = bytes.iter().fold(0x811C_9DC5_u32, |hash, &byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    hash = (hash ^ (hash >> 16)).wrapping_mul(0x85EB_CA6B);
    hash = (hash ^ (hash >> 13)).wrapping_mul(0xC2B2_AE35);
    hash ^ (hash >> 16)
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// Features of a message of which only the phrases are known.
    pub fn of_phrases(text: &str) -> Features {
        Features { dense: vec![0.0; 8], phrases: phrases(text) }
    }

    #[test]
    fn words_of_both_languages() {
        assert_eq!(words("Where's my ORDER, 退款呢? é1"), ["where's", "my", "order", "退", "款", "呢", "é1"]);
        assert!(words(" …!").is_empty());
    }

    #[test]
    fn likeness_follows_the_phrases() {
        let like = |a: &str, b: &str| of_phrases(a).likeness(&of_phrases(b)) * LENGTH;
        assert!((like("cancel my order", "Cancel my order!") - 1.0).abs() < 1e-5);
        assert!(like("cancel my order", "cancel the order") > like("cancel my order", "what is the weather") + 0.2);
        assert!(like("申请电子发票", "电子发票怎么开") > like("申请电子发票", "包裹还没到") + 0.2);
        assert_eq!(like("", "anything"), 0.0);
    }

    #[test]
    fn parts_have_their_weights() {
        let outputs = Outputs {
            intent: vec![3.0, 1.0],
            sentiment: vec![],
            emotion: vec![],
            search: vec![0.6, 0.8],
            pooled: vec![3.0, 4.0, 0.0],
            means: vec![0.0, 2.0],
        };
        let features = Features::of("where is my order", &outputs);
        assert!((features.squared_length() - LENGTH).abs() < 1e-4);
        assert!((features.likeness(&features) - 1.0).abs() < 1e-4);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_survived(text in ".*") {
            let features = of_phrases(&text);
            proptest::prop_assert!(features.phrases.iter().all(|(place, x)| usize::from(*place) < PLACES && x.is_finite()));
        }
    }
}

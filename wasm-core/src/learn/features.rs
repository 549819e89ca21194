//! A message as numbers to learn from: what the encoder makes of it, and its phrases.
//!
//! The parts are weighed against each other as measured on banking77 and hint3 (docs/PERFORMANCE.md). Does not know labels.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::engine::Outputs;

/// Phrases share this many places.
const PLACES: usize = 4096;
/// How much the parts count.
const POOLED: f32 = 2.0;
const MEANS: f32 = 1.0;
const PHRASES: f32 = 1.0;
const WORD_RUNS: [usize; 2] = [1, 2];
const CHARACTER_RUNS: [usize; 3] = [3, 4, 5];
/// Phrases are looked for this far.
const MAX_CHARS: usize = 1_000;

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Features {
    pooled: Row,
    means: Row,
    phrases: Phrases,
}

/// The direction of a vector, in 255 steps a number.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "Vec<i8>", into = "Vec<i8>")]
struct Row {
    numbers: Vec<i8>,
    length: f32,
}

/// Places with their signed counts.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "Vec<(u16, i8)>", into = "Vec<(u16, i8)>")]
struct Phrases {
    counts: Vec<(u16, i8)>,
    length: f32,
}

impl Features {
    pub fn of(text: &str, outputs: &Outputs) -> Self {
        Self { pooled: Row::of(&outputs.pooled), means: Row::of(&outputs.means), phrases: phrases(text).into() }
    }

    /// Whether both are of models of one kind.
    pub fn is_comparable(&self, other: &Self) -> bool {
        let sizes = |features: &Self| (features.pooled.numbers.len(), features.means.numbers.len());
        sizes(self) == sizes(other)
    }

    /// To compare it with many.
    pub fn probe(&self) -> Probe<'_> {
        let mut counts = vec![0; PLACES];
        for &(place, count) in &self.phrases.counts {
            if let Some(slot) = counts.get_mut(usize::from(place)) {
                *slot = count;
            }
        }
        Probe { features: self, counts }
    }
}

/// A message whose phrases are laid out by place.
pub struct Probe<'a> {
    features: &'a Features,
    counts: Vec<i8>,
}

impl Probe<'_> {
    /// 1 for the same message, about 0 for two that share nothing.
    pub fn closeness(&self, other: &Features) -> f32 {
        let count = |place: u16| self.counts.get(usize::from(place)).copied().map_or(0, i32::from);
        let shared = other.phrases.counts.iter().map(|&(place, other)| count(place) * i32::from(other)).sum();
        let all = POOLED * self.features.pooled.cosine(&other.pooled)
            + MEANS * self.features.means.cosine(&other.means)
            + PHRASES * cosine(shared, self.features.phrases.length, other.phrases.length);
        all / (POOLED + MEANS + PHRASES)
    }
}

impl Row {
    fn of(row: &[f32]) -> Self {
        let most = row.iter().fold(0.0f32, |most, x| most.max(x.abs())).max(f32::MIN_POSITIVE);
        row.iter().map(|x| (x / most * 127.0).round() as i8).collect::<Vec<_>>().into()
    }

    fn cosine(&self, other: &Self) -> f32 {
        cosine(dot(&self.numbers, &other.numbers), self.length, other.length)
    }
}

impl From<Vec<i8>> for Row {
    fn from(numbers: Vec<i8>) -> Self {
        let length = (dot(&numbers, &numbers) as f32).sqrt();
        Self { numbers, length }
    }
}

impl From<Row> for Vec<i8> {
    fn from(row: Row) -> Self {
        row.numbers
    }
}

impl From<Vec<(u16, i8)>> for Phrases {
    fn from(counts: Vec<(u16, i8)>) -> Self {
        let length = (counts.iter().map(|&(_, count)| i32::from(count).pow(2)).sum::<i32>() as f32).sqrt();
        Self { counts, length }
    }
}

impl From<Phrases> for Vec<(u16, i8)> {
    fn from(phrases: Phrases) -> Self {
        phrases.counts
    }
}

fn cosine(product: i32, a: f32, b: f32) -> f32 {
    if product == 0 { 0.0 } else { product as f32 / (a * b) }
}

fn dot(a: &[i8], b: &[i8]) -> i32 {
    a.iter().zip(b).map(|(&a, &b)| i32::from(a) * i32::from(b)).sum()
}

/// Runs of words and of characters, hashed (Weinberger et al. 2009); every Chinese character is a word.
fn phrases(text: &str) -> Vec<(u16, i8)> {
    let words = words(text);
    let runs = |n: usize| words.windows(n).map(|run| run.join(" "));
    let mut found: HashSet<String> = WORD_RUNS.into_iter().flat_map(runs).collect();
    let line: Vec<char> = format!(" {} ", words.join(" ")).chars().collect();
    let runs = |n: usize| line.windows(n).map(|run| format!("#{}", run.iter().collect::<String>()));
    found.extend(CHARACTER_RUNS.into_iter().flat_map(runs));
    let mut counts = vec![0i8; PLACES];
    for phrase in &found {
        let hash = fnv(phrase.as_bytes());
        let count = &mut counts[hash as usize % PLACES];
        *count = if hash >> 31 == 1 { count.saturating_add(1) } else { count.saturating_sub(1) };
    }
    let kept = counts.iter().enumerate().filter(|(_, count)| **count != 0);
    kept.map(|(place, &count)| (place as u16, count)).collect()
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

    /// Features whose vectors are made of the phrases, too.
    pub fn of_phrases(text: &str) -> Features {
        let mut row = vec![0.0; 256];
        phrases(text).iter().for_each(|(place, count)| row[usize::from(*place) % 256] += f32::from(*count));
        Features::of(text, &Outputs { pooled: row.clone(), means: row, ..Outputs::default() })
    }

    #[test]
    fn words_of_both_languages() {
        assert_eq!(words("Where's my ORDER, 退款呢? é1"), ["where's", "my", "order", "退", "款", "呢", "é1"]);
        assert!(words(" …!").is_empty());
    }

    #[test]
    fn closeness_follows_the_phrases() {
        let like = |a: &str, b: &str| of_phrases(a).probe().closeness(&of_phrases(b));
        assert!((like("cancel my order", "Cancel my order!") - 1.0).abs() < 1e-3);
        assert!(like("cancel my order", "cancel the order") > like("cancel my order", "what is the weather") + 0.2);
        assert!(like("申请电子发票", "电子发票怎么开") > like("申请电子发票", "包裹还没到") + 0.2);
        assert_eq!(like("", "anything"), 0.0);
    }

    #[test]
    fn closeness_follows_the_vectors() {
        let of = |means: [f32; 2]| {
            let outputs = Outputs { pooled: vec![0.6, 0.8], means: means.to_vec(), ..Outputs::default() };
            Features::of("where is my order", &outputs)
        };
        let like = |a, b| of(a).probe().closeness(&of(b));
        assert!((like([3.0, 4.0], [30.0, 40.0]) - 1.0).abs() < 0.01, "only the direction counts");
        assert!(like([3.0, 4.0], [4.0, 3.0]) > like([3.0, 4.0], [-4.0, 3.0]));
        assert!(!of_phrases("x").is_comparable(&of([1.0, 0.0])));
    }

    #[test]
    fn a_store_gives_back_what_it_took() {
        let features = of_phrases("where is my order, 我的包裹呢");
        let text = serde_json::to_string(&features).unwrap();
        assert_eq!(serde_json::from_str::<Features>(&text).unwrap(), features);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_survived(text in ".*") {
            let features = of_phrases(&text);
            proptest::prop_assert!(features.phrases.counts.iter().all(|(place, _)| usize::from(*place) < PLACES));
        }
    }
}

//! BM25 (Robertson & Zaragoza 2009) over English words and Chinese character pairs.

use std::collections::{HashMap, HashSet};

use crate::lang::is_han;

const K1: f32 = 1.2;
const B: f32 = 0.6;
/// Words shown as the reason.
const REASON_WORDS: usize = 3;
/// Words too common to mean anything.
const STOP: &str = " the and for you your are was were have has had with this that not can will would what when where how \
    which who why from but our its it's they them his her she him does did done been being about there here just still \
    get got any all one out now please thanks hello hi my me is to of in on it do at be or if so we us as by an \
    可以 什么 怎么 我的 你们 我们 没有 一个 这个 那个 还是 就是 不是 了吗 请问 您好 你好 如果 需要 以及 或者 已经 因为 所以 但是 的话 一下 ";

/// Chinese characters that join words rather than being part of one: where a reason ends.
const JOINS: &str = "的了吗呢吧啊呀么我你您他她它是就都也又没不这那哪很太";

pub struct Index {
    /// Term counts and length of each document.
    documents: Vec<(HashMap<String, f32>, f32)>,
    /// In how many documents a term occurs.
    frequency: HashMap<String, f32>,
    mean_length: f32,
}

impl Index {
    pub fn new(texts: impl Iterator<Item = String>) -> Self {
        let mut documents = Vec::new();
        let mut frequency = HashMap::new();
        for text in texts {
            let mut counts: HashMap<String, f32> = HashMap::new();
            let terms = terms(&text);
            let length = terms.len() as f32;
            terms.into_iter().for_each(|term| *counts.entry(term.key).or_default() += 1.0);
            counts.keys().for_each(|term| *frequency.entry(term.clone()).or_default() += 1.0);
            documents.push((counts, length));
        }
        let mean_length = documents.iter().map(|d| d.1).sum::<f32>() / (documents.len().max(1) as f32);
        Self { documents, frequency, mean_length: mean_length.max(1.0) }
    }

    /// For each document its score and the words of the query, as written, that count most.
    pub fn search(&self, query: &str) -> Vec<(f32, Vec<String>)> {
        let mut wanted: Vec<Term> = Vec::new();
        for term in terms(query) {
            if !wanted.iter().any(|known| known.key == term.key) {
                wanted.push(term);
            }
        }
        self.documents.iter().map(|document| self.score(document, &wanted)).collect()
    }

    fn score(&self, (counts, length): &(HashMap<String, f32>, f32), wanted: &[Term]) -> (f32, Vec<String>) {
        let mut hits: Vec<(f32, &Term)> = Vec::new();
        for term in wanted {
            let Some(&count) = counts.get(&term.key) else { continue };
            let n = self.frequency.get(&term.key).copied().unwrap_or(0.0);
            let idf = (1.0 + (self.documents.len() as f32 - n + 0.5) / (n + 0.5)).ln();
            let norm = K1 * (1.0 - B + B * length / self.mean_length);
            hits.push((idf * count * (K1 + 1.0) / (count + norm), term));
        }
        (hits.iter().map(|hit| hit.0).sum(), telling(&hits))
    }
}

/// The words that count most among `hits`, which are in the order of the text. Pairs of Chinese characters that overlap are one
/// word, up to a character that joins words.
fn telling(hits: &[(f32, &Term)]) -> Vec<String> {
    let mut words: Vec<(f32, String)> = Vec::new();
    let mut end = 0;
    for (score, term) in hits {
        if term.written.contains(|c| JOINS.contains(c)) {
            continue;
        }
        match words.last_mut() {
            Some((sum, word)) if term.at < end => {
                *sum += score;
                word.extend(term.written.chars().skip(end - term.at));
            }
            _ => words.push((*score, term.written.clone())),
        }
        end = term.at + term.written.chars().count();
    }
    words.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    words.truncate(REASON_WORDS);
    words.into_iter().map(|(_, word)| word).collect()
}

/// A word or a pair of characters.
struct Term {
    /// What is compared.
    key: String,
    written: String,
    /// Characters of the text before it.
    at: usize,
}

/// The terms of a text, to be compared with those of others.
pub fn term_set(text: &str) -> HashSet<String> {
    terms(text).into_iter().map(|term| term.key).collect()
}

/// What part of the terms of `part` occurs in `whole`, 0–1; 0 where `part` has none.
pub fn share_within(part: &HashSet<String>, whole: &HashSet<String>) -> f32 {
    part.intersection(whole).count() as f32 / part.len().max(1) as f32
}

/// Stems of English words, and pairs of Chinese characters.
fn terms(text: &str) -> Vec<Term> {
    let mut terms = Vec::new();
    let mut word = String::new();
    let mut before: Option<char> = None;
    for (at, c) in text.chars().chain([' ']).enumerate() {
        if is_han(c) {
            if let Some(before) = before {
                let pair: String = [before, c].iter().collect();
                terms.push(Term { key: pair.clone(), written: pair, at: at - 1 });
            }
            before = Some(c);
        } else {
            before = None;
        }
        if c.is_ascii_alphabetic() || c == '\'' {
            word.push(c.to_ascii_lowercase());
        } else if !word.is_empty() {
            let written = std::mem::take(&mut word);
            if written.len() >= 3 {
                terms.push(Term { key: stem(&written), at: at - written.len(), written });
            }
        }
    }
    terms.retain(|term| !STOP.contains(&format!(" {} ", term.written)));
    terms
}

/// Cuts the commonest endings; the same word must give the same stem, nothing more.
fn stem(word: &str) -> String {
    let word = word.trim_end_matches("'s").trim_matches('\'');
    for ending in ["ations", "ation", "ments", "ment", "ings", "ing", "ies", "ied", "ed", "es", "s", "e", "y"] {
        if let Some(stem) = word.strip_suffix(ending)
            && stem.len() >= 3
        {
            return stem.to_owned();
        }
    }
    word.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fitting_document_wins() {
        let texts = ["refund to your card takes days", "delivery address change", "退款多久到账", "修改收货地址"];
        let index = Index::new(texts.iter().map(|text| text.to_string()));
        let best = |query: &str| {
            let hits = index.search(query);
            (0..hits.len()).max_by(|&a, &b| hits[a].0.total_cmp(&hits[b].0)).filter(|&i| hits[i].0 > 0.0)
        };
        assert_eq!(best("when are my refunds paid"), Some(0));
        assert_eq!(best("change the addresses"), Some(1));
        assert_eq!(best("我的退款怎么没到账"), Some(2));
        assert_eq!(best("收货地址填错了"), Some(3));
        assert_eq!(best("天气"), None);
    }

    #[test]
    fn the_reason_is_told_in_words() {
        let index = Index::new(["取消订单，多扣的款会退还", "my order number"].iter().map(|text| text.to_string()));
        let told = |query: &str, document: usize| index.search(query)[document].1.clone();
        assert_eq!(told("我要取消订单，为什么多扣的款还没退还", 0), ["取消订单", "多扣", "退还"]);
        assert_eq!(told("我的退款", 0), Vec::<String>::new(), "的退 is half of two words");
        assert_eq!(told("which order number", 1), ["number", "order"]);
    }
}

//! WordPiece under BERT's normalisation (Devlin et al. 2019), id for id what the `tokenizers` library gives for the same file.
//!
//! The library is what the training side uses; here it would be most of the engine's size. So this reads the one kind of
//! `tokenizer.json` that `models/` writes and refuses every other; a test holds both beside each other on any text.

use std::collections::HashMap;
use std::ops::RangeInclusive;

use serde::Deserialize;
use unicode_categories::UnicodeCategories;
use unicode_normalization_alignments::UnicodeNormalization;

/// Before this, a piece continues a word.
const CONTINUES: &str = "##";

pub struct WordPiece {
    /// By text, those that begin a word.
    beginnings: HashMap<Box<str>, u32>,
    /// By text without the prefix, those that continue one.
    continuations: HashMap<Box<str>, u32>,
    unknown: u32,
    most_chars: usize,
    /// Bytes of the longest piece.
    longest: usize,
    normalisation: Normalisation,
    /// Signs of money, arrows, stars, emoji, which BERT takes for letters: words of their own.
    symbols: Vec<RangeInclusive<char>>,
}

/// What comes before BERT's own normalisation.
struct Normalisation {
    compatibility: bool,
    /// Characters that are taken for others.
    replaced: Vec<(char, char)>,
}

#[derive(Deserialize)]
struct File {
    #[serde(default)]
    added_tokens: Vec<serde::de::IgnoredAny>,
    normalizer: Normaliser,
    pre_tokenizer: PreTokeniser,
    post_processor: Option<serde::de::IgnoredAny>,
    model: Model,
}

#[derive(Deserialize)]
#[serde(tag = "type")]
enum Normaliser {
    Sequence {
        normalizers: Vec<Normaliser>,
    },
    #[serde(rename = "NFKC")]
    Nfkc,
    Replace {
        pattern: Pattern,
        content: String,
    },
    BertNormalizer {
        clean_text: bool,
        handle_chinese_chars: bool,
        strip_accents: Option<bool>,
        lowercase: bool,
    },
}

#[derive(Deserialize)]
#[serde(tag = "type")]
enum PreTokeniser {
    Sequence { pretokenizers: Vec<PreTokeniser> },
    Split { pattern: Pattern, behavior: String, invert: bool },
    BertPreTokenizer,
}

#[derive(Deserialize)]
enum Pattern {
    String(String),
    Regex(String),
}

#[derive(Deserialize)]
#[serde(tag = "type")]
enum Model {
    WordPiece {
        unk_token: String,
        continuing_subword_prefix: String,
        max_input_chars_per_word: usize,
        vocab: HashMap<String, u32>,
    },
}

impl WordPiece {
    /// Reads a `tokenizer.json`; says what it has that is not known here.
    pub fn load(json: &[u8]) -> Result<Self, String> {
        let file: File = serde_json::from_slice(json).map_err(|error| error.to_string())?;
        if !file.added_tokens.is_empty() || file.post_processor.is_some() {
            return Err("added tokens and post-processors are not known".into());
        }
        let Model::WordPiece { unk_token, continuing_subword_prefix, max_input_chars_per_word, vocab } = file.model;
        if continuing_subword_prefix != CONTINUES {
            return Err(format!("pieces continue with {continuing_subword_prefix}, not {CONTINUES}"));
        }
        let unknown = *vocab.get(&unk_token).ok_or_else(|| format!("no token {unk_token}"))?;
        let longest = vocab.keys().map(String::len).max().unwrap_or_default();
        let (mut beginnings, mut continuations) = (HashMap::with_capacity(vocab.len()), HashMap::new());
        for (piece, id) in vocab {
            if let Some(rest) = piece.strip_prefix(CONTINUES) {
                continuations.insert(rest.into(), id);
            }
            beginnings.insert(piece.into_boxed_str(), id);
        }
        Ok(Self {
            beginnings,
            continuations,
            unknown,
            most_chars: max_input_chars_per_word,
            longest,
            normalisation: Normalisation::read(&file.normalizer)?,
            symbols: set_apart(&file.pre_tokenizer)?,
        })
    }

    pub fn id(&self, piece: &str) -> Option<u32> {
        self.beginnings.get(piece).copied()
    }

    pub fn len(&self) -> usize {
        self.beginnings.len()
    }

    /// The ids of `text`, without special tokens.
    pub fn ids(&self, text: &str) -> Vec<u32> {
        let (mut ids, mut word) = (Vec::new(), String::new());
        let mut take = |c: char| {
            if c.is_whitespace() || is_punctuation(c) || self.symbols.iter().any(|range| range.contains(&c)) {
                self.word(&word, &mut ids);
                word.clear();
                if !c.is_whitespace() {
                    self.word(c.encode_utf8(&mut [0; 4]), &mut ids);
                }
            } else {
                word.push(c);
            }
        };
        if self.normalisation.compatibility {
            plain(text.nfkc().map(|(c, _)| self.normalisation.taken_for(c))).for_each(&mut take);
        } else {
            plain(text.chars()).for_each(&mut take);
        }
        take(' ');
        ids
    }

    /// The longest known beginning, then the longest known continuations; one unknown where that does not reach the end.
    fn word(&self, word: &str, ids: &mut Vec<u32>) {
        if word.is_empty() {
            return;
        }
        let before = ids.len();
        let mut start = if word.chars().count() > self.most_chars { None } else { Some(0) };
        while let Some(from) = start.filter(|&from| from < word.len()) {
            let pieces = if from == 0 { &self.beginnings } else { &self.continuations };
            let mut end = word.floor_char_boundary(from + self.longest);
            start = loop {
                if let Some(&id) = pieces.get(&word[from..end]) {
                    ids.push(id);
                    break Some(end);
                }
                end = word.floor_char_boundary(end - 1);
                if end == from {
                    break None;
                }
            };
        }
        if start.is_none() {
            ids.truncate(before);
            ids.push(self.unknown);
        }
    }
}

impl Normalisation {
    /// BERT's own normalisation, the whole of it; before it nothing, or NFKC and single characters replaced.
    fn read(normaliser: &Normaliser) -> Result<Self, String> {
        use Normaliser::{BertNormalizer, Nfkc, Sequence};
        match normaliser {
            BertNormalizer {
                clean_text: true,
                handle_chinese_chars: true,
                strip_accents: None | Some(true),
                lowercase: true,
            } => Ok(Self { compatibility: false, replaced: Vec::new() }),
            Sequence { normalizers } => match normalizers.as_slice() {
                [Nfkc, between @ .., bert @ BertNormalizer { .. }] => {
                    Self::read(bert)?;
                    let replaced = between.iter().map(replacement).collect::<Option<_>>();
                    let replaced = replaced.ok_or("before BertNormalizer only single characters may be replaced")?;
                    Ok(Self { compatibility: true, replaced })
                }
                _ => Err("only NFKC and replacements may stand before BertNormalizer".into()),
            },
            _ => Err("only BertNormalizer with all its steps is known".into()),
        }
    }

    fn taken_for(&self, c: char) -> char {
        self.replaced.iter().find(|(from, _)| *from == c).map_or(c, |&(_, to)| to)
    }
}

fn replacement(normaliser: &Normaliser) -> Option<(char, char)> {
    let single = |text: &str| text.parse::<char>().ok();
    match normaliser {
        Normaliser::Replace { pattern: Pattern::String(from), content } => Some((single(from)?, single(content)?)),
        _ => None,
    }
}

/// The characters that are set apart before BERT's own splitting.
fn set_apart(splitting: &PreTokeniser) -> Result<Vec<RangeInclusive<char>>, String> {
    use PreTokeniser::{BertPreTokenizer, Sequence, Split};
    match splitting {
        BertPreTokenizer => Ok(Vec::new()),
        Sequence { pretokenizers } => match pretokenizers.as_slice() {
            [Split { pattern: Pattern::Regex(set), behavior, invert: false }, BertPreTokenizer]
                if behavior == "Isolated" =>
            {
                class(set).ok_or_else(|| format!("{set} is not a set of characters and ranges"))
            }
            _ => Err("only single characters may be set apart before BertPreTokenizer".into()),
        },
        Split { .. } => Err("only BertPreTokenizer is known, alone or after characters are set apart".into()),
    }
}

/// The ranges of a regular expression that is one set of characters and ranges, as `[¡-¿×]`; nothing is escaped or excluded in it.
fn class(set: &str) -> Option<Vec<RangeInclusive<char>>> {
    let inside: Vec<char> = set.strip_prefix('[')?.strip_suffix(']')?.chars().collect();
    if inside.is_empty() || inside.iter().any(|c| matches!(c, '[' | ']' | '\\' | '^' | '&')) {
        return None;
    }
    let (mut ranges, mut rest) = (Vec::new(), inside.as_slice());
    while let [first, after @ ..] = rest {
        let (last, left) = if let ['-', last, left @ ..] = after { (last, left) } else { (first, after) };
        ranges.push(*first..=*last);
        rest = left;
    }
    Some(ranges)
}

/// BertNormalizer: no control characters, Chinese characters apart, no accents, lower case.
fn plain(text: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    let clean = text.filter(|&c| !is_control(c)).map(|c| if c.is_whitespace() { ' ' } else { c });
    let apart = clean.flat_map(|c| {
        let space = is_chinese(c).then_some(' ');
        space.into_iter().chain([c]).chain(space)
    });
    apart.nfd().map(|(c, _)| c).filter(|c| !c.is_mark_nonspacing()).flat_map(char::to_lowercase)
}

fn is_control(c: char) -> bool {
    matches!(c, '\0' | '\u{fffd}') || !matches!(c, '\t' | '\n' | '\r') && c.is_other()
}

fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation() || c.is_punctuation()
}

fn is_chinese(c: char) -> bool {
    matches!(u32::from(c), 0x4e00..=0x9fff | 0x3400..=0x4dbf | 0x20000..=0x2a6df | 0x2a700..=0x2b73f | 0x2b740..=0x2b81f
        | 0x2b920..=0x2ceaf | 0xf900..=0xfaff | 0x2f800..=0x2fa1f)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SHIPPED: &[u8] = include_bytes!("../../models/bundle/tokenizer.json");

    struct Both(WordPiece, tokenizers::Tokenizer);

    impl Both {
        fn load(json: &[u8]) -> Self {
            Self(WordPiece::load(json).unwrap(), tokenizers::Tokenizer::from_bytes(json).unwrap())
        }

        fn agree_on(&self, text: &str) {
            let theirs = self.1.encode_fast(text, false).unwrap();
            assert_eq!(self.0.ids(text), theirs.get_ids(), "{text:?}");
        }
    }

    static BOTH: std::sync::LazyLock<Both> = std::sync::LazyLock::new(|| Both::load(SHIPPED));

    #[test]
    fn every_character_gets_the_library_s_ids() {
        for c in '\0'..=char::MAX {
            BOTH.agree_on(c.encode_utf8(&mut [0; 4]));
        }
    }

    #[test]
    fn so_do_the_corpora() {
        for corpus in
            [include_str!("../../models/corpus/dev.jsonl"), include_str!("../../models/corpus/pairs.dev.jsonl")]
        {
            corpus.lines().for_each(|line| BOTH.agree_on(line));
        }
    }

    #[test]
    fn words_survive_what_is_stuck_to_them() {
        let pieces = WordPiece::load(SHIPPED).unwrap();
        let [thanks, laughing, pound, ten] = ["thanks", "😂", "£", "10"].map(|piece| pieces.id(piece).unwrap());
        assert_eq!(pieces.ids("Thanks😂😂"), [thanks, laughing, laughing]);
        assert_eq!(pieces.ids("£10"), [pound, ten]);
        assert_eq!(pieces.ids("don’t “stop”"), pieces.ids("don't \"stop\""));
    }

    #[test]
    fn without_nfkc_too() {
        let both = Both::load(crate::tokens::tests::small_json().as_bytes());
        for text in ["Where is MY order?!", "ｏｒｄｅｒ", "我要退款，謝謝", "é ofﬁce ①", ""] {
            both.agree_on(text);
        }
    }

    #[test]
    fn other_kinds_are_refused() {
        let shipped: serde_json::Value = serde_json::from_slice(SHIPPED).unwrap();
        type Change = fn(&mut serde_json::Value);
        let changes: [Change; 9] = [
            |file| file["added_tokens"] = serde_json::json!([{"id": 0, "content": "[PAD]"}]),
            |file| {
                file["normalizer"]["normalizers"].as_array_mut().unwrap().last_mut().unwrap()["lowercase"] =
                    false.into()
            },
            |file| file["normalizer"]["normalizers"][1]["content"] = "two".into(),
            |file| file["pre_tokenizer"]["type"] = "Whitespace".into(),
            |file| file["pre_tokenizer"]["pretokenizers"][0]["pattern"]["Regex"] = "[^a-z]".into(),
            |file| file["pre_tokenizer"]["pretokenizers"][0]["pattern"]["Regex"] = "[a-z]+".into(),
            |file| file["pre_tokenizer"]["pretokenizers"][0]["behavior"] = "Removed".into(),
            |file| file["model"]["type"] = "BPE".into(),
            |file| file["model"]["unk_token"] = "<unk>".into(),
        ];
        for change in changes {
            let mut file = shipped.clone();
            change(&mut file);
            assert!(WordPiece::load(file.to_string().as_bytes()).is_err());
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(100_000))]

        /// Characters of all planes, and runs of what support messages are made of.
        #[test]
        fn any_text_gets_the_library_s_ids(text in r"(\PC{0,6}|[a-zA-Z]{1,14}|[¡-¿×÷‐-⯿🀀-🯿‘-”]{1,3}|[\u{4e00}-\u{9fa5}]{1,6}|[ -~]{1,8}|[\u{300}-\u{36f}ａ-ｚ０-９①-⑳½ﬁ™ßİ\u{200b}-\u{200d}\n\t\u{a0}\u{3000}]{1,3}){0,6}") {
            BOTH.agree_on(&text);
        }
    }
}

//! How a message and the turns before it become token ids and types: the input contract of `models/`.
//!
//! 1. `m` = ids of the message; over 126 the first 94 and the last 32 are kept and the message counts as truncated.
//! 2. `[CLS] m [SEP]` of type 0.
//! 3. Up to two turns before it, most recent first: the last 32 ids of each and `[SEP]`, of type 1 (customer) or 2
//!    (agent), as long as all fits into 128.

use crate::bundle::BundleError;
use crate::engine::MAX_TOKENS;
use crate::wordpiece::WordPiece;

const MESSAGE_TOKENS: usize = MAX_TOKENS - 2;
const HEAD_TOKENS: usize = 94;
const TAIL_TOKENS: usize = 32;
pub const CONTEXT_TURNS: usize = 2;
const TURN_TOKENS: usize = 32;
/// Text longer than this is cut at both ends before it is tokenised: 94 tokens are found in the first half even of
/// words at the tokeniser's limit of 100 characters, save for text that is mostly white space.
const MAX_BYTES: usize = 24_000;

/// Who wrote a turn before the message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speaker {
    Customer,
    Agent,
}

/// A turn before the message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn<'a> {
    pub speaker: Speaker,
    pub text: &'a str,
}

/// Ids with their types, equally long.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Encoded {
    pub ids: Vec<u32>,
    pub types: Vec<u8>,
    /// Part of the message was left out.
    pub truncated: bool,
}

pub struct Tokeniser {
    pieces: WordPiece,
    cls: u32,
    sep: u32,
}

impl Tokeniser {
    /// Reads a `tokenizer.json`.
    pub fn load(json: &[u8]) -> Result<Self, BundleError> {
        let pieces = WordPiece::load(json).map_err(BundleError::Tokenizer)?;
        let special = |token: &str| pieces.id(token).ok_or_else(|| BundleError::Tokenizer(format!("no token {token}")));
        Ok(Self { cls: special("[CLS]")?, sep: special("[SEP]")?, pieces })
    }

    pub fn len(&self) -> usize {
        self.pieces.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Lays out a message and the turns before it, oldest first.
    pub fn encode(&self, text: &str, context: &[Turn<'_>]) -> Encoded {
        let (text, cut) = shorten(text);
        let mut message = self.pieces.ids(&text);
        let truncated = cut || message.len() > MESSAGE_TOKENS;
        if message.len() > MESSAGE_TOKENS {
            message.drain(HEAD_TOKENS..message.len() - TAIL_TOKENS);
        }
        let mut ids = Vec::with_capacity(MAX_TOKENS);
        ids.push(self.cls);
        ids.append(&mut message);
        ids.push(self.sep);
        let mut types = vec![0; ids.len()];
        for turn in context.iter().rev().take(CONTEXT_TURNS) {
            let words = self.pieces.ids(&shorten(turn.text).0);
            let words = &words[words.len().saturating_sub(TURN_TOKENS)..];
            if ids.len() + words.len() + 1 > MAX_TOKENS {
                break;
            }
            ids.extend_from_slice(words);
            ids.push(self.sep);
            let kind = match turn.speaker {
                Speaker::Customer => 1,
                Speaker::Agent => 2,
            };
            types.resize(ids.len(), kind);
        }
        Encoded { ids, types, truncated }
    }
}

/// The two ends of very long text, on character boundaries, and whether anything was cut.
fn shorten(text: &str) -> (std::borrow::Cow<'_, str>, bool) {
    if text.len() <= MAX_BYTES {
        return (text.into(), false);
    }
    let (head, tail) = (text.floor_char_boundary(MAX_BYTES / 2), text.ceil_char_boundary(text.len() - MAX_BYTES / 2));
    (format!("{} {}", &text[..head], &text[tail..]).into(), true)
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// A tokeniser of 60 pieces: special tokens, a–z and a few words and characters.
    pub fn small_json() -> String {
        let mut pieces: Vec<String> = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"].map(String::from).to_vec();
        pieces.extend(('a'..='z').map(String::from));
        pieces.extend("退款订单了我要取消谢".chars().map(String::from));
        pieces.extend(
            ["order", "refund", "cancel", "thanks", "where", "is", "my", "not", "here", "!", "?", ".", ","]
                .map(String::from),
        );
        while pieces.len() < 60 {
            pieces.push(format!("##{}", char::from(b'a' + (pieces.len() - 54) as u8)));
        }
        let vocab: serde_json::Map<String, serde_json::Value> =
            pieces.iter().enumerate().map(|(id, piece)| (piece.clone(), id.into())).collect();
        serde_json::json!({
            "version": "1.0", "truncation": null, "padding": null, "added_tokens": [],
            "normalizer": {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true, "strip_accents": true, "lowercase": true},
            "pre_tokenizer": {"type": "BertPreTokenizer"}, "post_processor": null, "decoder": null,
            "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##", "max_input_chars_per_word": 100, "vocab": vocab}
        })
        .to_string()
    }

    fn tokeniser() -> Tokeniser {
        Tokeniser::load(small_json().as_bytes()).unwrap()
    }

    #[test]
    fn the_layout_is_that_of_the_contract() {
        let tokeniser = tokeniser();
        let agent = Turn { speaker: Speaker::Agent, text: "where" };
        let customer = Turn { speaker: Speaker::Customer, text: "my order" };
        let encoded = tokeniser.encode("refund", &[customer, agent]);
        assert_eq!(encoded.types, [0, 0, 0, 2, 2, 1, 1, 1]);
        assert_eq!((encoded.ids[0], encoded.ids[2]), (2, 3));
        let ignored = Turn { speaker: Speaker::Customer, text: "not here" };
        assert_eq!(tokeniser.encode("refund", &[ignored, customer, agent]), encoded, "two turns at the most");
        assert_eq!(tokeniser.encode("", &[]).ids, [2, 3]);
    }

    #[test]
    fn long_messages_keep_both_ends() {
        let tokeniser = tokeniser();
        let check = |count: usize, tokens: usize, truncated: bool| {
            let encoded = tokeniser.encode(&"退".repeat(count), &[]);
            assert_eq!((encoded.ids.len(), encoded.truncated), (tokens, truncated), "{count}");
        };
        check(126, 128, false);
        check(127, 128, true);
        check(1_000_000, 128, true);
        let long_turn = Turn { speaker: Speaker::Agent, text: &"款".repeat(40) };
        assert_eq!(tokeniser.encode("退", &[long_turn]).ids.len(), 3 + 33);
        assert_eq!(tokeniser.encode(&"退".repeat(94), &[long_turn]).ids.len(), 96);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_encoded(text in ".{0,300}", turn in ".{0,80}") {
            let context = [Turn { speaker: Speaker::Agent, text: &turn }];
            static TOKENISER: std::sync::LazyLock<Tokeniser> = std::sync::LazyLock::new(tokeniser);
            let encoded = TOKENISER.encode(&text, &context);
            proptest::prop_assert!((2..=MAX_TOKENS).contains(&encoded.ids.len()));
            proptest::prop_assert_eq!(encoded.ids.len(), encoded.types.len());
        }
    }
}

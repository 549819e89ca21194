//! Conversations and messages as a reader of the page reports them.
//!
//! Does not know what the words mean; that is [`crate::analysis`].

use serde::{Deserialize, Serialize};

/// Who wrote a message. `Unknown` when the page gives no evidence; it counts in no mood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Author {
    Customer,
    Agent,
    Bot,
    /// An internal note, never seen by the customer.
    Note,
    System,
    Unknown,
}

/// How the conversation is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    Chat,
    Email,
    Ticket,
    Social,
    Phone,
}

/// The person who asked for help, as far as the page shows them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Requester {
    pub name: Option<String>,
    pub email: Option<String>,
    pub handle: Option<String>,
    /// As the page writes it.
    #[serde(default)]
    pub phone: Option<String>,
}

/// The frame around the messages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Conversation {
    /// Stable across reloads of the page; unique within the site.
    pub id: String,
    pub url: String,
    pub subject: Option<String>,
    pub channel: Channel,
    #[serde(default)]
    pub requester: Requester,
    pub agent_name: Option<String>,
    /// Addresses of the desk's own people, as far as the page shows them: never a customer's.
    #[serde(default)]
    pub agent_emails: Vec<String>,
}

/// One message as read from the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Message {
    /// Stable across re-reads; unique within the conversation.
    pub id: String,
    pub author: Author,
    pub author_name: Option<String>,
    pub text: String,
    /// Milliseconds since the Unix epoch; absent when the page shows no exact time.
    #[cfg_attr(feature = "typescript", ts(type = "number | null"))]
    pub sent_at_ms: Option<i64>,
    /// Why this author: a short code such as `badge_word` or `author_is_requester`.
    #[serde(default)]
    pub evidence: String,
}

/// What a page shows in a message besides words is its last lines: `[image]`, `[audio]`, `[video]`, `[file: name.pdf]`.
const PLACEHOLDERS: [&str; 3] = ["[image]", "[audio]", "[video]"];

impl Message {
    /// The text without the placeholders of pictures, recordings and files: what was said. A prefix of `text`, so that
    /// places in it are places in the text.
    pub fn words(&self) -> &str {
        let mut words = self.text.trim_end();
        loop {
            let line = words.rsplit('\n').next().unwrap_or(words);
            let is_file = line.starts_with("[file: ") && line.ends_with(']');
            if line.is_empty() || !(is_file || PLACEHOLDERS.contains(&line)) {
                return words;
            }
            words = words[..words.len() - line.len()].trim_end();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_no_words() {
        let check = |text: &str, expected| {
            let message = Message {
                id: "1".into(),
                author: Author::Customer,
                author_name: None,
                text: text.into(),
                sent_at_ms: None,
                evidence: String::new(),
            };
            assert_eq!(message.words(), expected, "{text}");
        };
        check("See here\n[image]", "See here");
        check("发票在附件\n[file: 发票 11月.pdf]\n[image]", "发票在附件");
        check("[audio]", "");
        check("[image]\n[file: a.pdf]", "");
        check("The page says [image] instead of the picture", "The page says [image] instead of the picture");
        check("[file: a.pdf] does not open", "[file: a.pdf] does not open");
        check("", "");
    }
}

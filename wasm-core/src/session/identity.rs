//! Names that are the same whenever the same thing is seen: conversations, texts, events.
//!
//! A restarted brain that reads the same page again gives every event the same id, so nothing is counted twice.

use sha2::{Digest, Sha256};

use crate::bundle::hex;

/// Separates parts that may hold anything.
const SEPARATOR: u8 = 0x1f;

fn digest(parts: &[&str]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part.as_bytes());
        hasher.update([SEPARATOR]);
    }
    hasher.finalize().into()
}

/// SHA-256 of site and the site's own id, 32 hexadecimal characters (`sync::ConversationRef`).
pub fn conversation_ref(site: &str, id: &str) -> String {
    hex(&digest(&["conversation", site, id])[..16])
}

/// What the server calls a message: a page's own ids may hold names and addresses.
pub fn message_ref(conversation: &str, id: &str) -> String {
    hex(&digest(&["message", conversation, id])[..16])
}

/// A UUID (version 8, RFC 9562) made of the parts.
pub fn event_id(parts: &[&str]) -> String {
    let mut bytes = digest(parts);
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex = hex(&bytes[..16]);
    format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

/// What only this device can compute, 32 hexadecimal characters.
pub fn salted(salt: &str, parts: &[&str]) -> String {
    let whole = [&["salted", salt][..], parts].concat();
    hex(&digest(&whole)[..16])
}

/// A short hash of texts.
pub fn fingerprint(parts: &[&str]) -> String {
    hex(&digest(parts)[..8])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_stable() {
        assert_eq!(event_id(&["a", "b"]), event_id(&["a", "b"]));
        assert_ne!(event_id(&["a", "b"]), event_id(&["ab", ""]));
        let id = event_id(&["x"]);
        assert_eq!((id.len(), &id[14..15], id.matches('-').count()), (36, "8", 4));
        assert_eq!(conversation_ref("desk.test", "7").len(), 32);
        assert!(!message_ref("c", "ann@example.org").contains("ann"));
    }
}

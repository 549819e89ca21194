//! How a site is read, as one agent taught it: structural signs with shares, never words.
//!
//! Owns the form of a locator and its limits; `extension/shared/teach_format.js` keeps the same. Does not know pages or how signs are found.

use serde::{Deserialize, Serialize};

pub const LOCATOR_FORMAT: u8 = 1;
const MOST_SIGNS: usize = 120;
const MOST_ROW_KINDS: usize = 4;
const MOST_SIGN_BYTES: usize = 48;
const MOST_SITE_BYTES: usize = 255;
/// Words that stand for themselves.
const PLAIN_SIGNS: [&str; 28] = [
    "author",
    "time",
    "picture",
    "badge",
    "status",
    "field",
    "numbered",
    "surface",
    "bold",
    "heading",
    "small",
    "centred",
    "inline",
    "leaf",
    "two parts",
    "many parts",
    "scrolls",
    "textarea",
    "editable",
    "frame",
    "input",
    "labelled",
    "placeholder",
    "tall",
    "wide",
    "narrow",
    "side=left",
    "side=right",
];
/// Values of data attributes that name a direction or a side.
const SIDE_VALUES: [&str; 40] = [
    "in",
    "out",
    "incoming",
    "outgoing",
    "inbound",
    "outbound",
    "received",
    "sent",
    "left",
    "right",
    "start",
    "end",
    "me",
    "self",
    "own",
    "mine",
    "other",
    "theirs",
    "them",
    "user",
    "customer",
    "client",
    "visitor",
    "contact",
    "requester",
    "buyer",
    "guest",
    "agent",
    "operator",
    "staff",
    "admin",
    "seller",
    "support",
    "bot",
    "system",
    "note",
    "private",
    "public",
    "internal",
    "true",
];

/// A sign and the share of rows that had it, 0 to 1.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignShare(pub String, pub f64);

/// A sign, what its presence says and what its absence says: above 0 for the customer, below for the agent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoleVote(pub String, pub f64, pub f64);

/// Where the reply box stands to the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum BoxPlace {
    Above,
    Below,
    Inside,
    Beside,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BoxLocator {
    pub signs: Vec<SignShare>,
    pub place: BoxPlace,
}

/// Where conversations stand on the pages of a site and how their writers are told apart. No field holds words of a page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SiteLocator {
    pub format: u8,
    /// Origin of the desk.
    pub site: String,
    /// The first step of the path, the rest as `*`.
    pub path: String,
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub made_at_ms: i64,
    pub list: Vec<SignShare>,
    /// One entry for each kind of row.
    pub rows: Vec<Vec<SignShare>>,
    pub roles: Vec<RoleVote>,
    pub r#box: Option<BoxLocator>,
    /// Rows may be groups of messages.
    pub opens: bool,
    /// Lines between the rows name writers and times.
    pub headed: bool,
    /// The names on the taught page already gave the right roles.
    pub page_names: bool,
    /// How much the taught page looks like a conversation by itself, −100 to 100.
    pub points: f64,
}

impl SiteLocator {
    /// The fields that are not as they must be, as JSON pointers. Never names a value.
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let mut check = |is_right: bool, pointer: &str| {
            if !is_right {
                faults.push(pointer.to_owned());
            }
        };
        check(self.format == LOCATOR_FORMAT, "/format");
        check(is_origin(&self.site), "/site");
        check(self.path.split('#').count() <= 2 && self.path.split('#').all(is_step), "/path");
        check((0..=100_000_000_000_000).contains(&self.made_at_ms), "/made_at_ms");
        check(are_shares(&self.list), "/list");
        check(
            (1..=MOST_ROW_KINDS).contains(&self.rows.len()) && self.rows.iter().all(|kind| are_shares(kind)),
            "/rows",
        );
        let votes = self.roles.iter().all(|RoleVote(sign, present, absent)| {
            is_sign(sign) && (-10.0..=10.0).contains(present) && (-10.0..=10.0).contains(absent)
        });
        check(self.roles.len() <= MOST_SIGNS && votes, "/roles");
        check(self.r#box.as_ref().is_none_or(|found| are_shares(&found.signs)), "/box");
        check((-100.0..=100.0).contains(&self.points), "/points");
        faults
    }
}

fn are_shares(shares: &[SignShare]) -> bool {
    shares.len() <= MOST_SIGNS
        && shares.iter().all(|SignShare(sign, share)| is_sign(sign) && (0.0..=1.0).contains(share))
}

fn is_origin(site: &str) -> bool {
    let host = site.strip_prefix("https://").or_else(|| site.strip_prefix("http://")).unwrap_or_default();
    let is_host = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'-' | b':' | b'[' | b']');
    !host.is_empty() && site.len() <= MOST_SITE_BYTES && host.bytes().all(is_host)
}

/// `/`, `/word`, `/word/*`, with `*` for the word.
fn is_step(path: &str) -> bool {
    let Some(rest) = path.strip_prefix('/') else { return false };
    let word = rest.strip_suffix("/*").unwrap_or(rest);
    let is_word = word.len() <= 24
        && word.starts_with(|c: char| c.is_ascii_alphabetic())
        && word.bytes().all(|b| b.is_ascii_alphabetic() || matches!(b, b'_' | b'-'));
    rest.is_empty() || word == "*" || is_word
}

/// Whether a sign is one of the grammar: a tag, a role, an attribute's name, a class word's hash, or a word of the list above.
pub fn is_sign(sign: &str) -> bool {
    if sign.len() > MOST_SIGN_BYTES {
        return false;
    }
    let sign = sign.strip_prefix("..").unwrap_or(sign);
    let sign = sign.strip_prefix('^').unwrap_or(sign);
    let lower = |text: &str, more: &[u8]| {
        !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || more.contains(&b))
    };
    let letters = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase());
    if PLAIN_SIGNS.contains(&sign) {
        return true;
    }
    if let Some(tag) = sign.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')) {
        return tag.len() <= 31 && tag.starts_with(|c: char| c.is_ascii_lowercase()) && lower(tag, b"-");
    }
    if let Some(role) = sign.strip_prefix("role=") {
        return (3..=20).contains(&role.len()) && letters(role);
    }
    if let Some(hash) = sign.strip_prefix('.') {
        return hash.len() <= 8 && lower(hash, b"");
    }
    if let Some(colour) = sign.strip_prefix("surface=") {
        return colour.len() == 6 && colour.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    }
    let Some(inner) = sign.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) else { return false };
    let (name, value) = inner.split_once('=').map_or((inner, None), |(name, value)| (name, Some(value)));
    let words: Vec<&str> = name.split('-').collect();
    match (words.as_slice(), value) {
        (["data" | "aria", rest @ ..], None) => !rest.is_empty() && rest.iter().all(|word| letters(word)),
        (["data", rest @ ..], Some(value)) => {
            let is_side = SIDE_VALUES.contains(&value) || matches!(value, "false" | "0" | "1" | "2");
            !rest.is_empty() && rest.iter().all(|word| letters(word)) && is_side
        }
        (["dir"], Some(value)) => matches!(value, "ltr" | "rtl" | "auto"),
        _ => false,
    }
}

/// What became of a locator that was proposed to the team.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum LocatorState {
    Proposed,
    Approved,
    Rejected,
    Withdrawn,
}

/// A locator that an agent proposed to their team.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LocatorRecord {
    pub id: String,
    pub team_id: String,
    pub state: LocatorState,
    pub proposed_by: String,
    /// Milliseconds since the Unix epoch.
    pub proposed_at_ms: i64,
    pub decided_by: Option<String>,
    pub decided_at_ms: Option<i64>,
    pub locator: SiteLocator,
}

/// What the server says of a proposal to the device that made it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProposalReceipt {
    pub id: String,
    pub state: LocatorState,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ApprovedLocator {
    pub id: String,
    pub locator: SiteLocator,
}

/// What a device may use, and what became of its agent's proposals.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TeamLocators {
    /// Approved for the team, the newest decision first, at most 200.
    pub items: Vec<ApprovedLocator>,
    /// The agent's own, the newest first, at most 200.
    pub proposals: Vec<ProposalReceipt>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_names_and_hashes_never_words() {
        let check = |sign, expected| assert_eq!(is_sign(sign), expected, "{sign}");
        for sign in [
            "<li>",
            "^<x-msg>",
            "role=listitem",
            "^[data-mid]",
            "..[data-dir=in]",
            ".1k3jz0aa",
            "side=left",
            "surface=eeeeff",
            "two parts",
            "[dir=ltr]",
            "[aria-label]",
        ] {
            check(sign, true);
        }
        for sign in [
            "",
            "Marta",
            "<LI>",
            "where is my parcel",
            "[data-name=marta]",
            "[data-dir=in out]",
            "我的",
            "role=Marta K",
            ".UPPER",
            "[onclick]",
            "surface=red",
            "[aria-label=marta]",
            "[dir=marta]",
        ] {
            check(sign, false);
        }
    }
}

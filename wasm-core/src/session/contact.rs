//! How a customer can be reached, in one way of writing: the same address, number or name on a site always gives the same
//! [`Contact`]. A name alone is none.
//!
//! Pure text; does not know whom it belongs to, nor that it is hashed before it is kept.

use domain::timeline::ContactKind;
use domain::{Conversation, Requester};

/// Boxes that many people write from, by what stands before the @.
const SHARED_BOXES: [&str; 27] = [
    "admin",
    "billing",
    "booking",
    "contact",
    "customerservice",
    "enquiries",
    "feedback",
    "hello",
    "help",
    "helpdesk",
    "hr",
    "info",
    "invoice",
    "kefu",
    "mail",
    "marketing",
    "news",
    "noreply",
    "office",
    "order",
    "postmaster",
    "reception",
    "sales",
    "service",
    "shop",
    "support",
    "team",
];
/// Calling codes of two digits (ITU-T E.164); 1 and 7 have one, all others three.
const TWO_DIGIT_CODES: [&str; 44] = [
    "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46", "47", "48", "49", "51",
    "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63", "64", "65", "66", "81", "82", "84", "86", "90",
    "91", "92", "93", "94", "95", "98",
];
/// A shorter number is a hotline or an extension, and many people's.
const LEAST_DIGITS: usize = 7;
const MOST_DIGITS: usize = 15;

/// One way to reach a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    pub kind: ContactKind,
    pub value: String,
}

/// Of the customer, and of the desk's own people.
pub fn of(conversation: &Conversation, site: &str) -> (Vec<Contact>, Vec<Contact>) {
    let agents = conversation.agent_emails.iter().filter_map(|raw| email(raw));
    let agents = agents.map(|value| Contact { kind: ContactKind::Email, value }).collect();
    (contacts(&conversation.requester, site), agents)
}

/// All that the page shows of the requester, as far as it is theirs alone. `site` binds handles, which are names of a site.
fn contacts(requester: &Requester, site: &str) -> Vec<Contact> {
    let of = |kind, raw: &Option<String>, normal: &dyn Fn(&str) -> Option<String>| {
        raw.as_deref().and_then(normal).map(|value| Contact { kind, value })
    };
    [
        of(ContactKind::Email, &requester.email, &|raw| email(raw).filter(|email| !is_shared(email))),
        of(ContactKind::Phone, &requester.phone, &phone),
        of(ContactKind::Handle, &requester.handle, &|raw| handle(raw, site)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// An address without its case. Dots and tags stay: only the provider knows what they mean.
fn email(raw: &str) -> Option<String> {
    let email = raw.trim().trim_start_matches("mailto:").to_lowercase();
    let (local, domain) = email.split_once('@')?;
    let whole = !local.is_empty() && domain.contains('.') && !domain.contains('@') && !domain.ends_with('.');
    (whole && !email.contains(|c: char| c.is_whitespace() || "*•…,;<>".contains(c))).then_some(email)
}

fn is_shared(email: &str) -> bool {
    let local = email.split(['@', '+']).next().unwrap_or_default();
    let bare: String = local.chars().filter(|c| c.is_alphabetic()).collect();
    SHARED_BOXES.contains(&bare.as_str()) || SHARED_BOXES.iter().any(|name| bare.strip_suffix('s') == Some(*name))
}

/// The number as it is dialled inside its country: without calling code, trunk zero and separators, so that
/// "+86 138 0013 8000" and "138-0013-8000" are one. A masked number is none; an extension is part of it.
fn phone(raw: &str) -> Option<String> {
    let raw = raw.trim().trim_start_matches("tel:").to_lowercase();
    let (number, extension) = match ["ext", "转", "x", "#", ";"].iter().filter_map(|mark| raw.find(mark)).min() {
        Some(at) => (&raw[..at], digits(&raw[at..])),
        None => (raw.as_str(), String::new()),
    };
    if number
        .chars()
        .any(|c| !(c.is_ascii_digit() || c.is_whitespace() || "+-().·/\u{2010}\u{2011}\u{2013}".contains(c)))
    {
        return None;
    }
    // "+44 (0)20": the zero is not dialled after a calling code.
    let all = digits(&number.replace("(0)", ""));
    let international = number.starts_with('+').then_some(all.as_str()).or_else(|| all.strip_prefix("00"));
    let national = match international {
        Some(full) => without_code(full),
        None => without_written_code(number, &all),
    };
    let national = national.trim_start_matches('0');
    let length = LEAST_DIGITS..=MOST_DIGITS;
    if !length.contains(&national.len()) {
        return None;
    }
    Some(if extension.is_empty() { national.into() } else { format!("{national}x{extension}") })
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

fn without_code(full: &str) -> &str {
    let code = match full {
        _ if full.starts_with(['1', '7']) => 1,
        _ if full.get(..2).is_some_and(|code| TWO_DIGIT_CODES.contains(&code)) => 2,
        _ => 3,
    };
    full.get(code..).unwrap_or_default()
}

/// A calling code without a plus: China's before a mobile number, North America's where it stands apart.
fn without_written_code<'a>(number: &str, all: &'a str) -> &'a str {
    let is_mobile = |rest: &str| rest.len() == 11 && rest.starts_with('1');
    if let Some(rest) = all.strip_prefix("86").filter(|rest| is_mobile(rest)) {
        return rest;
    }
    let apart = number.strip_prefix('1').is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()));
    all.strip_prefix('1').filter(|rest| apart && rest.len() == 10).unwrap_or(all)
}

/// A name on one site: the same name on another may be someone else's.
fn handle(raw: &str, site: &str) -> Option<String> {
    let name = raw.trim().trim_start_matches('@').to_lowercase();
    (!name.is_empty() && !site.is_empty() && !name.contains(char::is_whitespace)).then(|| format!("{name}@{site}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_compared_without_case_only() {
        let check = |raw, expected: Option<&str>| assert_eq!(email(raw).as_deref(), expected, "{raw}");
        check(" Mei.Chen@Example.org ", Some("mei.chen@example.org"));
        check("meichen@example.org", Some("meichen@example.org"));
        check("mei+shop@example.org", Some("mei+shop@example.org"));
        check("mailto:mei@example.org", Some("mei@example.org"));
        check("m***n@example.org", None);
        check("mei@localhost", None);
        check("mei chen@example.org", None);
        check("@example.org", None);
        check("mei", None);
    }

    #[test]
    fn boxes_of_many_people_are_nobody_s() {
        let check = |address: &str, shared| assert_eq!(is_shared(address), shared, "{address}");
        check("info@example.org", true);
        check("no-reply@example.org", true);
        check("customer.service@example.org", true);
        check("orders@example.org", true);
        check("support+7@example.org", true);
        check("mei.chen@example.org", false);
        check("hellomei@example.org", false);
    }

    #[test]
    fn numbers_are_the_same_with_and_without_their_country() {
        let check = |raw: &[&str], expected: Option<&str>| {
            for raw in raw {
                assert_eq!(phone(raw).as_deref(), expected, "{raw}");
            }
        };
        check(
            &["+86 138 0013 8000", "0086-13800138000", "8613800138000", "138-0013-8000", "13800138000"],
            Some("13800138000"),
        );
        check(&["+86 (0)10 6552 9988", "010-65529988", "(010) 6552 9988"], Some("1065529988"));
        check(&["+1 (555) 010-2233", "1-555-010-2233", "555.010.2233", "tel:+15550102233"], Some("5550102233"));
        check(&["+44 (0)7700 900123", "07700 900 123"], Some("7700900123"));
        check(&["+31 6 12345678", "06-12345678"], Some("612345678"));
        check(&["+352 621 123 456", "621 123 456"], Some("621123456"));
        check(&["+1 555 010 2233 ext. 12", "(555) 010-2233 x12", "555-010-2233转12"], Some("5550102233x12"));
        check(&["138****8000", "138 0013 8OOO", "110", "95588", "", "+", "call me"], None);
        check(&["1380013800013800138"], None);
    }

    #[test]
    fn handles_belong_to_their_site() {
        let check = |raw, site, expected: Option<&str>| assert_eq!(handle(raw, site).as_deref(), expected);
        check("@Mei_Chen", "social.test", Some("mei_chen@social.test"));
        check("mei_chen", "other.test", Some("mei_chen@other.test"));
        check("@", "social.test", None);
        check("@mei", "", None);
    }

    #[test]
    fn a_name_alone_is_no_contact() {
        let requester = Requester { name: Some("Mei Chen".into()), ..Requester::default() };
        assert_eq!(contacts(&requester, "desk.test"), []);
        let requester = Requester {
            email: Some("Info@example.org".into()),
            phone: Some("+86 138 0013 8000".into()),
            handle: Some("@mei".into()),
            ..requester
        };
        let kinds: Vec<_> = contacts(&requester, "desk.test").into_iter().map(|contact| contact.kind).collect();
        assert_eq!(kinds, [ContactKind::Phone, ContactKind::Handle]);
    }
}

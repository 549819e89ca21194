//! What this device remembers of customers' identities: salted hashes, what the agent said of pairs of conversations, and
//! when to forget. Neither an address nor a name nor a word of a message is in here (R13).
//!
//! Hashes are of no use elsewhere: the salt is random per device and never leaves it.

use std::collections::{HashMap, HashSet};

use domain::timeline::ContactKind;
use serde::{Deserialize, Serialize};

use super::contact::Contact;
use super::identity;

const DAY_MS: i64 = 86_400_000;
/// What is not met again is forgotten after this long (G1).
pub const KEEP_MS: i64 = 30 * DAY_MS;
/// A conversation out of sight for longer is not offered any more.
pub const REACH_MS: i64 = 7 * DAY_MS;
/// A contact shown for so many differently named customers belongs to none of them.
const SHARED_FROM: usize = 4;
/// "Later" is this long.
const LATER_MS: i64 = 30 * 60_000;
/// Most hashes and answers kept; what would be forgotten first goes first.
const MOST: usize = 2_000;

/// One remembered thing, as the store keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Known {
    /// `names` are hashes of the names it was shown with; `agent`: it is one of the desk's own people.
    Contact { names: Vec<String>, agent: bool, until_ms: i64 },
    /// What the agent said of two conversations.
    Pair { same: bool, until_ms: i64 },
}

impl Known {
    fn until_ms(&self) -> i64 {
        match self {
            Self::Contact { until_ms, .. } | Self::Pair { until_ms, .. } => *until_ms,
        }
    }
}

/// A remembered thing with its name in the store.
pub type KnownRecord = (String, Known);
/// What the store has to do: put, or with `None` delete.
pub type KnownChange = (String, Option<Known>);

#[derive(Debug, Default)]
pub struct People {
    /// Without one nobody is recognised.
    salt: String,
    known: HashMap<String, Known>,
    /// Pairs that are not to be asked about before a time.
    later: HashMap<String, i64>,
}

impl People {
    /// From the store. Returns what is to be deleted there.
    pub fn restore(&mut self, salt: String, known: Vec<KnownRecord>, now_ms: i64) -> Vec<KnownChange> {
        self.salt = salt;
        let (kept, over): (Vec<_>, Vec<_>) = known.into_iter().partition(|(_, known)| known.until_ms() > now_ms);
        self.known = kept.into_iter().collect();
        over.into_iter().map(|(id, _)| (id, None)).collect()
    }

    /// A name of this device that says nothing of it.
    pub fn device(&self) -> String {
        identity::salted(&self.salt, &["device"])
    }

    /// The names under which contacts are remembered.
    pub fn hashes(&self, contacts: &[Contact]) -> Vec<(ContactKind, String)> {
        if self.salt.is_empty() {
            return Vec::new();
        }
        let hash = |contact: &Contact| {
            let kind = match contact.kind {
                ContactKind::Email => "email",
                ContactKind::Phone => "phone",
                ContactKind::Handle => "handle",
            };
            identity::salted(&self.salt, &[kind, &contact.value])
        };
        contacts.iter().map(|contact| (contact.kind, hash(contact))).collect()
    }

    /// A page shows these contacts for a customer of this name. Returns what has changed in what is remembered.
    pub fn meet(&mut self, hashes: &[(ContactKind, String)], name: Option<&str>, now_ms: i64) -> Vec<KnownChange> {
        let name = name.map(folded).filter(|name| !name.is_empty());
        let name = name.map(|name| identity::salted(&self.salt, &["name", &name]));
        let ids = hashes.iter().map(|(_, hash)| hash.clone());
        self.remember(ids.collect(), name, false, now_ms)
    }

    /// A page shows these contacts for the desk's own people.
    pub fn meet_agents(&mut self, hashes: &[(ContactKind, String)], now_ms: i64) -> Vec<KnownChange> {
        self.remember(hashes.iter().map(|(_, hash)| hash.clone()).collect(), None, true, now_ms)
    }

    fn remember(&mut self, ids: Vec<String>, name: Option<String>, is_agent: bool, now_ms: i64) -> Vec<KnownChange> {
        let mut changes = Vec::new();
        for id in ids {
            let before = self.known.get(&id).cloned();
            let (mut names, mut agent, until_ms) = match &before {
                Some(Known::Contact { names, agent, until_ms }) => (names.clone(), *agent, *until_ms),
                _ => (Vec::new(), false, 0),
            };
            if let Some(name) = name.as_ref().filter(|name| names.len() < SHARED_FROM && !names.contains(name)) {
                names.push(name.clone());
            }
            agent |= is_agent;
            // The store is not written anew with every look at a page.
            let until_ms = if until_ms < now_ms + KEEP_MS - DAY_MS { now_ms + KEEP_MS } else { until_ms };
            let after = Known::Contact { names, agent, until_ms };
            if before.as_ref() != Some(&after) {
                self.known.insert(id.clone(), after.clone());
                changes.push((id, Some(after)));
            }
        }
        changes.extend(self.make_room());
        changes
    }

    /// The first contact that both have and that is one customer's alone.
    pub fn shared(&self, a: &[(ContactKind, String)], b: &[(ContactKind, String)]) -> Option<ContactKind> {
        let (kind, _) = a.iter().find(|contact| b.contains(contact) && !self.is_of_many(&contact.1))?;
        Some(*kind)
    }

    fn is_of_many(&self, hash: &str) -> bool {
        matches!(self.known.get(hash), Some(Known::Contact { names, agent, .. }) if *agent || names.len() >= SHARED_FROM)
    }

    /// What the agent said of two conversations; `None`: nothing yet.
    pub fn answer(&self, a: &str, b: &str) -> Option<bool> {
        match self.known.get(&self.pair(a, b)) {
            Some(Known::Pair { same, .. }) => Some(*same),
            _ => None,
        }
    }

    /// Whether any pair was answered with yes: most agents' devices have none, and need not look.
    pub fn has_joined(&self) -> bool {
        self.known.values().any(|known| matches!(known, Known::Pair { same: true, .. }))
    }

    pub fn say(&mut self, a: &str, b: &str, same: bool, now_ms: i64) -> Vec<KnownChange> {
        let id = self.pair(a, b);
        let known = Known::Pair { same, until_ms: now_ms + KEEP_MS };
        self.later.remove(&id);
        self.known.insert(id.clone(), known.clone());
        let mut changes = vec![(id, Some(known))];
        changes.extend(self.make_room());
        changes
    }

    pub fn ask_later(&mut self, a: &str, b: &str, now_ms: i64) {
        self.later.insert(self.pair(a, b), now_ms + LATER_MS);
    }

    pub fn is_put_off(&self, a: &str, b: &str, now_ms: i64) -> bool {
        self.later.get(&self.pair(a, b)).is_some_and(|&until_ms| now_ms < until_ms)
    }

    /// Forgets what is over.
    pub fn forget(&mut self, now_ms: i64) -> Vec<KnownChange> {
        self.later.retain(|_, until_ms| now_ms < *until_ms);
        let over: Vec<String> =
            self.known.iter().filter(|(_, known)| known.until_ms() <= now_ms).map(|(id, _)| id.clone()).collect();
        over.iter().for_each(|id| drop(self.known.remove(id)));
        over.into_iter().map(|id| (id, None)).collect()
    }

    fn make_room(&mut self) -> Vec<KnownChange> {
        let mut gone = Vec::new();
        while self.known.len() > MOST {
            let first = self.known.iter().min_by(|a, b| (a.1.until_ms(), a.0).cmp(&(b.1.until_ms(), b.0)));
            let Some(id) = first.map(|(id, _)| id.clone()) else { break };
            self.known.remove(&id);
            gone.push((id, None));
        }
        gone
    }

    /// The same for both orders.
    fn pair(&self, a: &str, b: &str) -> String {
        let (a, b) = if a < b { (a, b) } else { (b, a) };
        identity::salted(&self.salt, &["pair", a, b])
    }
}

/// "Chen, Mei" and "mei chen" are one name.
fn folded(name: &str) -> String {
    let name = name.to_lowercase();
    let words: HashSet<&str> = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let mut words: Vec<&str> = words.into_iter().collect();
    words.sort_unstable();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_700_000_000_000;

    fn people() -> People {
        People { salt: "salt".into(), ..People::default() }
    }

    fn mail(value: &str) -> Vec<Contact> {
        vec![Contact { kind: ContactKind::Email, value: value.into() }]
    }

    #[test]
    fn hashes_need_the_salt_and_hide_the_address() {
        let hash = |salt: &str| People { salt: salt.into(), ..People::default() }.hashes(&mail("mei@example.org"));
        assert_eq!(hash(""), []);
        assert_ne!(hash("a"), hash("b"), "another device, another hash");
        assert_eq!(hash("a")[0].1.len(), 32);
        let phone = [Contact { kind: ContactKind::Phone, value: "mei@example.org".into() }];
        assert_ne!(people().hashes(&phone)[0].1, people().hashes(&mail("mei@example.org"))[0].1, "kinds do not mix");
        let mut people = people();
        let hashes = people.hashes(&mail("mei@example.org"));
        let kept = serde_json::to_string(&people.meet(&hashes, Some("Mei Chen"), NOW)).unwrap();
        assert!(!kept.contains("mei") && !kept.contains("Chen") && kept.contains("until_ms"), "{kept}");
    }

    #[test]
    fn a_contact_of_many_names_or_of_an_agent_is_nobody_s() {
        let mut people = people();
        let hashes = people.hashes(&mail("front.desk@example.org"));
        for name in ["Mei Chen", "Chen, Mei", "Tom Bauer", "Ana Lopez"] {
            people.meet(&hashes, Some(name), NOW);
        }
        assert_eq!(people.shared(&hashes, &hashes), Some(ContactKind::Email), "three people at one address");
        people.meet(&hashes, Some("Li Na"), NOW);
        assert_eq!(people.shared(&hashes, &hashes), None);
        let own = people.hashes(&mail("anna@desk.example"));
        people.meet(&own, Some("Anna"), NOW);
        people.meet_agents(&own, NOW);
        assert_eq!(people.shared(&own, &own), None);
    }

    #[test]
    fn answers_are_per_pair_and_forgotten_in_time() {
        let mut people = people();
        assert_eq!(people.answer("a", "b"), None);
        let stored = people.say("a", "b", true, NOW);
        assert_eq!((people.answer("b", "a"), people.answer("a", "c"), people.has_joined()), (Some(true), None, true));
        people.say("b", "a", false, NOW);
        assert_eq!((people.answer("a", "b"), people.has_joined()), (Some(false), false));
        let restored = |at_ms| {
            let mut later = People::default();
            let known = stored.iter().map(|(id, known)| (id.clone(), known.clone().unwrap())).collect();
            let deleted = later.restore("salt".into(), known, at_ms);
            (later.answer("a", "b"), deleted.len())
        };
        assert_eq!(restored(NOW + KEEP_MS - 1), (Some(true), 0));
        assert_eq!(restored(NOW + KEEP_MS), (None, 1));
        assert_eq!(people.forget(NOW + KEEP_MS - 1), []);
        assert_eq!(people.forget(NOW + KEEP_MS).len(), 1);
        assert_eq!(people.answer("a", "b"), None);
    }

    #[test]
    fn later_is_for_a_while() {
        let mut people = people();
        people.ask_later("a", "b", NOW);
        assert!(people.is_put_off("b", "a", NOW) && !people.is_put_off("a", "c", NOW));
        assert!(!people.is_put_off("a", "b", NOW + LATER_MS));
    }

    #[test]
    fn looking_again_writes_nothing_and_room_is_bounded() {
        let mut people = people();
        let hashes = people.hashes(&mail("mei@example.org"));
        assert_eq!(people.meet(&hashes, Some("Mei"), NOW).len(), 1);
        assert_eq!(people.meet(&hashes, Some("mei"), NOW + 60_000), []);
        assert_eq!(people.meet(&hashes, None, NOW + 2 * DAY_MS).len(), 1, "kept for longer");
        for n in 0..MOST as i64 + 5 {
            let hashes = people.hashes(&mail(&format!("{n}@example.org")));
            people.meet(&hashes, None, NOW + n);
        }
        assert_eq!(people.known.len(), MOST);
    }
}

//! What the team shares: how sites are read, as this device offers and a supervisor approves it, its own labels, its own model,
//! and who sees to an alert.
//!
//! Pure, like the outbox: the caller brings time, randomness and the server's answers, and writes [`Kept`] to the store.
//! Whatever a server says is checked like a file that someone imports.

use domain::labels::{SharedLabel, SharedLabels};
use domain::locator::{ApprovedLocator, ProposalReceipt, SiteLocator, TeamLocators};
use domain::own_model::{TeamModel, VersionedModel};
use domain::taken::{TakenAlert, TakenAlerts};
use domain::wire::{Proposal, ProposalState};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::backoff::{Backoff, is_due};

/// While a page is open, the team's locators are at most this old.
const REFRESH_MS: i64 = 60_000;
/// A page that opens finds them at most this old.
const FRESH_MS: i64 = 5_000;
/// While a page shows a conversation with an alert, who sees to it is known within this time.
const TAKEN_MS: i64 = 10_000;
/// Newest offers remembered.
const MOST_OFFERS: usize = 50;
const MOST_APPROVED: usize = 200;

/// What the store holds of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    /// `None` until the server has said.
    approved: Option<Vec<SiteLocator>>,
    /// The newest first.
    offers: Vec<Offer>,
    #[serde(default)]
    labels: SharedLabels,
    #[serde(default)]
    own_model: Option<VersionedModel>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Offer {
    /// The server's name for it, once it has it.
    id: Option<String>,
    state: ProposalState,
    locator: SiteLocator,
}

/// One request to the server. One at a time is under way.
#[derive(Clone, Debug, PartialEq)]
pub enum Errand {
    Propose(Box<SiteLocator>),
    Fetch,
    /// Who sees to which alert.
    AskTaken,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq)]
pub enum Reply {
    Receipt(ProposalReceipt),
    /// Labels and model where the server knows of them.
    Team(TeamLocators, Option<SharedLabels>, Option<TeamModel>),
    Taken(Vec<TakenAlert>),
    /// The server will never take it.
    Rejected,
    /// The server is away, or refuses the device for now.
    Unreachable,
}

#[derive(Debug, Default)]
pub struct Team {
    kept: Kept,
    is_connected: bool,
    in_flight: Option<Errand>,
    backoff: Backoff,
    fetched_at_ms: i64,
    fetch_at_ms: i64,
    taken: Vec<TakenAlert>,
    ask_taken_at_ms: i64,
    revision: u64,
}

impl Team {
    pub fn restore(&mut self, kept: Kept) {
        self.kept = kept;
    }

    pub fn kept(&self) -> &Kept {
        &self.kept
    }

    /// Grows with every change of what [`Self::of_site`] tells.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// There is a server, as when the brain last ran.
    pub fn resume(&mut self, is_connected: bool) {
        self.is_connected = is_connected;
        self.revision += 1;
    }

    /// Another server or none: what another team approved holds no longer.
    pub fn connect(&mut self, is_connected: bool) {
        (self.kept.approved, self.kept.labels, self.kept.own_model) = (None, SharedLabels::default(), None);
        (self.backoff, self.fetch_at_ms) = (Backoff::default(), 0);
        (self.taken, self.ask_taken_at_ms) = (Vec::new(), 0);
        self.resume(is_connected);
    }

    /// Whether there is a team, and what it approved for a site; nothing while that is not known.
    pub fn of_site(&self, origin: &str) -> Option<(bool, Vec<SiteLocator>)> {
        if !self.is_connected {
            return Some((false, Vec::new()));
        }
        let approved = self.kept.approved.as_ref()?;
        Some((true, approved.iter().filter(|locator| locator.site == origin).cloned().collect()))
    }

    /// With the examples that they are to be learned from.
    pub fn labels(&self) -> &[SharedLabel] {
        if self.is_connected { &self.kept.labels.items } else { &[] }
    }

    pub fn own_model(&self) -> Option<&VersionedModel> {
        self.kept.own_model.as_ref().filter(|_| self.is_connected)
    }

    /// The name of who sees to an alert, as far as the server has said.
    pub fn sees_to_it(&self, alert_id: &str) -> Option<&str> {
        self.taken.iter().find(|taken| taken.alert_id == alert_id).map(|taken| taken.by.as_str())
    }

    /// The newest first.
    pub fn proposals(&self) -> impl Iterator<Item = Proposal> {
        self.kept.offers.iter().map(|offer| Proposal { state: offer.state, locator: offer.locator.clone() })
    }

    /// Takes on a locator to propose. The same one again changes nothing, unless the server could not take it.
    pub fn offer(&mut self, locator: SiteLocator) {
        let taken = |offer: &Offer| offer.locator == locator && offer.state != ProposalState::NotTaken;
        if self.kept.offers.iter().any(taken) {
            return;
        }
        self.kept.offers.retain(|offer| offer.locator != locator);
        self.kept.offers.insert(0, Offer { id: None, state: ProposalState::Waiting, locator });
        self.kept.offers.truncate(MOST_OFFERS);
    }

    /// A page opened.
    pub fn want_fresh(&mut self) {
        self.fetch_at_ms = self.fetch_at_ms.min(self.fetched_at_ms + FRESH_MS);
    }

    /// The next request, if it is time for one; `has_pages`: somebody is there to use the answer; `has_alert`: one of them shows a
    /// conversation with an alert. The caller must come back with [`Self::finish`].
    pub fn take(&mut self, has_pages: bool, has_alert: bool, now_ms: i64) -> Option<Errand> {
        if !self.is_connected || self.in_flight.is_some() || !self.backoff.is_over(now_ms) {
            return None;
        }
        let waiting = self.kept.offers.iter().rfind(|offer| offer.state == ProposalState::Waiting);
        let errand = match waiting {
            Some(offer) => Errand::Propose(Box::new(offer.locator.clone())),
            None if has_pages && is_due(self.fetch_at_ms, now_ms, REFRESH_MS) => Errand::Fetch,
            None if has_alert && is_due(self.ask_taken_at_ms, now_ms, TAKEN_MS) => Errand::AskTaken,
            None => return None,
        };
        self.in_flight = Some(errand.clone());
        Some(errand)
    }

    /// Whether what the store holds has changed. `jitter` is 0–1.
    pub fn finish(&mut self, reply: Reply, jitter: f64, now_ms: i64) -> bool {
        let Some(errand) = self.in_flight.take() else { return false };
        match (errand, reply) {
            (Errand::Propose(locator), Reply::Receipt(receipt)) => {
                self.backoff = Backoff::default();
                self.mark(&locator, Some(receipt.id), receipt.state.into())
            }
            (Errand::Propose(locator), Reply::Rejected) => self.mark(&locator, None, ProposalState::NotTaken),
            (Errand::Fetch, Reply::Team(team, labels, model)) => {
                self.backoff = Backoff::default();
                (self.fetched_at_ms, self.fetch_at_ms) = (now_ms, now_ms + REFRESH_MS);
                self.adopt(team, labels, model)
            }
            (Errand::AskTaken, Reply::Taken(taken)) => {
                self.backoff = Backoff::default();
                (self.taken, self.ask_taken_at_ms) = (taken, now_ms + TAKEN_MS);
                false
            }
            _ => {
                self.backoff.fail(jitter, now_ms);
                false
            }
        }
    }

    /// Another server answered than the one that is connected now.
    pub fn abandon(&mut self) {
        self.in_flight = None;
    }

    fn mark(&mut self, locator: &SiteLocator, id: Option<String>, state: ProposalState) -> bool {
        let Some(offer) = self.kept.offers.iter_mut().find(|offer| offer.locator == *locator) else { return false };
        (offer.id, offer.state) = (id, state);
        true
    }

    fn adopt(&mut self, team: TeamLocators, labels: Option<SharedLabels>, model: Option<TeamModel>) -> bool {
        let before = self.kept.clone();
        self.kept.labels = labels.unwrap_or_else(|| before.labels.clone());
        self.kept.own_model = model.map_or_else(|| before.own_model.clone(), |told| told.model);
        let state_of = |id: &String| team.proposals.iter().find(|one| one.id == *id).map(|one| one.state.into());
        self.kept.offers.retain_mut(|offer| match &offer.id {
            None => true,
            // A server that has not heard of it is another one.
            Some(id) => state_of(id).map(|state| offer.state = state).is_some(),
        });
        self.kept.approved = Some(team.items.into_iter().map(|item| item.locator).collect());
        self.revision += u64::from(self.kept.approved != before.approved);
        self.kept != before
    }
}

/// The server's answer to [`Errand::Fetch`]; what is not of the form that may be used is left out.
pub fn read_team(text: &str) -> Option<TeamLocators> {
    #[derive(Deserialize)]
    struct Loose {
        items: Vec<Value>,
        #[serde(default)]
        proposals: Vec<Value>,
    }
    let Loose { items, proposals } = serde_json::from_str(text).ok()?;
    let usable =
        |value| serde_json::from_value(value).ok().filter(|item: &ApprovedLocator| item.locator.faults().is_empty());
    Some(TeamLocators {
        items: items.into_iter().filter_map(usable).take(MOST_APPROVED).collect(),
        proposals: proposals.into_iter().filter_map(|value| serde_json::from_value(value).ok()).collect(),
    })
}

/// The server's answer to [`Errand::AskTaken`]; nothing of one that is not of that form.
pub fn read_taken(text: &str) -> Vec<TakenAlert> {
    serde_json::from_str(text).map_or_else(|_| Vec::new(), |taken: TakenAlerts| taken.items)
}

/// The server's list of labels, if it is one that may be used.
pub fn read_labels(text: &str) -> Option<SharedLabels> {
    serde_json::from_str(text).ok().filter(|labels: &SharedLabels| labels.faults().is_empty())
}

/// The server's word on the team's own model, if it is one that may be used.
pub fn read_model(text: &str) -> Option<TeamModel> {
    let usable = |told: &TeamModel| told.model.as_ref().is_none_or(|model| model.own.faults().is_empty());
    serde_json::from_str(text).ok().filter(usable)
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use domain::locator::{LocatorState, SignShare};
    use serde_json::json;

    pub fn locator(site: &str, made_at_ms: i64) -> SiteLocator {
        SiteLocator {
            format: 1,
            site: site.into(),
            path: "/tickets/*".into(),
            made_at_ms,
            list: vec![],
            rows: vec![vec![SignShare("<li>".into(), 1.0)]],
            roles: vec![],
            r#box: None,
            opens: false,
            headed: false,
            page_names: true,
            points: 4.0,
        }
    }

    const SITE: &str = "https://desk.test";

    fn receipt(id: &str, state: LocatorState) -> ProposalReceipt {
        ProposalReceipt { id: id.into(), state }
    }

    fn answer(sites: &[&str], proposals: Vec<ProposalReceipt>) -> Reply {
        let items =
            sites.iter().map(|site| ApprovedLocator { id: (*site).into(), locator: locator(site, 1) }).collect();
        Reply::Team(TeamLocators { items, proposals }, None, None)
    }

    fn connected() -> Team {
        let mut team = Team::default();
        team.connect(true);
        team
    }

    fn states(team: &Team) -> Vec<ProposalState> {
        team.proposals().map(|proposal| proposal.state).collect()
    }

    #[test]
    fn an_offer_is_sent_once_and_follows_what_the_supervisor_says() {
        let mut team = connected();
        team.offer(locator(SITE, 1));
        team.offer(locator(SITE, 1));
        assert_eq!(states(&team), [ProposalState::Waiting]);
        assert_eq!(team.take(true, false, 0), Some(Errand::Propose(Box::new(locator(SITE, 1)))));
        assert_eq!(team.take(true, false, 0), None, "one request at a time");
        assert!(team.finish(Reply::Receipt(receipt("a", LocatorState::Proposed)), 0.0, 0));
        assert_eq!(team.take(true, false, 0), Some(Errand::Fetch));
        assert!(team.finish(answer(&[SITE], vec![receipt("a", LocatorState::Approved)]), 0.0, 0));
        assert_eq!(states(&team), [ProposalState::Approved]);
        team.offer(locator(SITE, 1));
        assert_eq!(team.take(true, false, 1), None, "nothing is sent again");
        assert_eq!(team.take(true, false, REFRESH_MS), Some(Errand::Fetch));
        assert!(team.finish(answer(&[], vec![]), 0.0, REFRESH_MS));
        assert_eq!(states(&team), [], "a server that does not know it is another one");
    }

    #[test]
    fn what_is_approved_is_told_by_site_and_goes_when_it_is_withdrawn() {
        let mut team = connected();
        assert_eq!(team.of_site(SITE), None, "not known yet");
        team.take(true, false, 0);
        team.finish(answer(&[SITE, "https://other.test"], vec![]), 0.0, 0);
        let revision = team.revision();
        assert_eq!(team.of_site(SITE), Some((true, vec![locator(SITE, 1)])));
        assert_eq!((team.take(true, false, FRESH_MS), team.take(false, false, REFRESH_MS)), (None, None));
        team.want_fresh();
        assert_eq!(team.take(true, false, FRESH_MS), Some(Errand::Fetch));
        team.finish(answer(&["https://other.test"], vec![]), 0.0, FRESH_MS);
        assert_eq!((team.of_site(SITE), team.revision()), (Some((true, vec![])), revision + 1));
        team.connect(false);
        assert_eq!(team.of_site("https://other.test"), Some((false, vec![])), "without a team nothing of it is used");
        assert_eq!(team.take(true, false, REFRESH_MS * 9), None);
    }

    #[test]
    fn a_server_that_is_away_is_asked_later_and_a_refused_offer_is_not_sent_again() {
        let mut team = connected();
        team.offer(locator(SITE, 1));
        team.take(true, false, 0);
        assert!(!team.finish(Reply::Unreachable, 0.5, 0));
        assert_eq!((team.take(true, false, 999), states(&team)), (None, vec![ProposalState::Waiting]));
        assert!(team.take(true, false, 1_000).is_some());
        assert!(team.finish(Reply::Rejected, 0.5, 1_000));
        assert_eq!(states(&team), [ProposalState::NotTaken]);
        assert_eq!(team.take(true, false, 1_000), Some(Errand::Fetch));
    }

    #[test]
    fn who_sees_to_an_alert_is_asked_while_one_is_shown() {
        let mut team = connected();
        team.take(true, true, 0);
        team.finish(answer(&[], vec![]), 0.0, 0);
        assert_eq!(team.take(true, false, 0), None, "nobody waits for help");
        assert_eq!(team.take(true, true, 0), Some(Errand::AskTaken));
        let told = read_taken(&json!({ "items": [{ "alert_id": "a", "by": "Lin" }] }).to_string());
        assert!(!team.finish(Reply::Taken(told), 0.0, 0), "nothing of it is kept");
        assert_eq!((team.sees_to_it("a"), team.sees_to_it("b")), (Some("Lin"), None));
        assert_eq!((team.take(true, true, TAKEN_MS - 1), read_taken("<html>")), (None, vec![]));
        assert_eq!(team.take(true, true, TAKEN_MS), Some(Errand::AskTaken));
        team.finish(Reply::Taken(vec![]), 0.0, TAKEN_MS);
        assert_eq!(team.sees_to_it("a"), None, "it was given back");
        assert_eq!(team.take(true, true, -2 * REFRESH_MS), Some(Errand::Fetch), "the clock was put back");
        team.finish(answer(&[], vec![]), 0.0, -2 * REFRESH_MS);
        assert_eq!(team.take(true, true, -2 * REFRESH_MS), Some(Errand::AskTaken));
    }

    #[test]
    fn labels_come_with_it_and_a_server_without_them_changes_nothing() {
        let labels =
            |example: &str| read_labels(&json!({ "items": [{ "label": "Bikes", "examples": [example] }] }).to_string());
        assert_eq!(labels("write to anna@example.org"), None);
        let mut team = connected();
        let fetch = |team: &mut Team, labels| {
            team.want_fresh();
            team.fetch_at_ms = 0;
            team.take(true, false, 0).unwrap();
            let Reply::Team(locators, ..) = answer(&[SITE], vec![]) else { unreachable!() };
            team.finish(Reply::Team(locators, labels, None), 0.0, 0)
        };
        assert!(fetch(&mut team, labels("a bike")));
        assert!(!fetch(&mut team, None));
        assert_eq!(team.labels(), labels("a bike").unwrap().items);
        assert!(fetch(&mut team, Some(SharedLabels::default())));
        assert!(team.labels().is_empty());
        fetch(&mut team, labels("a bike"));
        team.connect(true);
        assert!(team.labels().is_empty(), "another server");
    }

    #[test]
    fn a_restart_keeps_both() {
        let mut team = connected();
        team.take(true, false, 0);
        team.finish(answer(&[SITE], vec![]), 0.0, 0);
        team.offer(locator(SITE, 2));
        let text = serde_json::to_string(team.kept()).unwrap();
        let mut again = Team::default();
        again.restore(serde_json::from_str(&text).unwrap());
        again.resume(true);
        assert_eq!(again.of_site(SITE), Some((true, vec![locator(SITE, 1)])));
        assert!(matches!(again.take(false, false, 0), Some(Errand::Propose(_))));
    }

    #[test]
    fn what_a_server_says_is_checked_like_a_file() {
        let good = json!({ "id": "a", "locator": locator(SITE, 1) });
        let mut wordy = good.clone();
        wordy["locator"]["rows"][0][0][0] = json!("Where is my parcel");
        let mut more = good.clone();
        more["locator"]["script"] = json!("x");
        let text =
            json!({ "items": [wordy, good, more, 7], "proposals": [{ "id": "a", "state": "approved" }, { "id": 1 }] });
        let read = read_team(&text.to_string()).unwrap();
        assert_eq!((read.items.len(), read.proposals), (1, vec![receipt("a", LocatorState::Approved)]));
        for text in ["", "[]", "{}", "{\"items\": 3}"] {
            assert_eq!(read_team(text), None, "{text}");
        }
    }
}

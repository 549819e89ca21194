//! The session's dealings with the team: offers in, approved locators out to the pages they are for.

use domain::locator::SiteLocator;
use domain::wire::{ErrorCode, FromBrain, PageCommand};

use super::handle::{Failure, to_page};
use super::{Session, Stored};
use crate::outbox::Server;
use crate::team::{Errand, Kept, Reply};

impl Session {
    /// Puts back what the store held of the team. Call before [`Self::connect_by_default`].
    pub fn restore_team(&mut self, kept: Kept) {
        self.team.restore(kept);
    }

    /// The request to make now, if any; answer with [`Self::errand_finished`].
    pub fn take_errand(&mut self, now_ms: i64) -> Option<(Server, Errand)> {
        let server = self.outbox.server()?.clone();
        let has_pages = self.tabs.values().any(|tab| !tab.origin.is_empty());
        let shown = self.tabs.values().filter_map(|tab| self.views.get(tab.conversation.as_ref()?));
        let has_alert = shown.into_iter().any(|view| view.alert.is_some());
        Some((server, self.team.take(has_pages, has_alert, now_ms)?))
    }

    pub fn errand_finished(&mut self, by: &Server, reply: Reply, jitter: f64, now_ms: i64) -> Vec<FromBrain> {
        if self.outbox.server() != Some(by) {
            self.team.abandon();
        } else if self.team.finish(reply, jitter, now_ms) {
            self.store_team();
            self.take_shared_labels(now_ms);
        }
        self.tell(now_ms)
    }

    pub(super) fn propose_locator(&mut self, locator: SiteLocator) -> Result<(), Failure> {
        if self.outbox.server().is_none() {
            return Err((ErrorCode::NoServer, "no server is connected"));
        }
        if !locator.faults().is_empty() {
            return Err((ErrorCode::NotShareable, "it holds more than signs of a page"));
        }
        self.team.offer(locator);
        self.store_team();
        Ok(())
    }

    pub(super) fn store_team(&mut self) {
        self.stored.push(Stored::Team(self.team.kept().clone()));
    }

    /// What each page has not been told of its site.
    pub(super) fn tell_pages(&mut self) -> Vec<FromBrain> {
        let revision = self.team.revision();
        let mut told = Vec::new();
        for (id, tab) in &mut self.tabs {
            if tab.origin.is_empty() || tab.told_team == Some(revision) {
                continue;
            }
            if let Some((connected, locators)) = self.team.of_site(&tab.origin) {
                tab.told_team = Some(revision);
                told.push(to_page(*id, PageCommand::TeamTaught { connected, locators }));
            }
        }
        told
    }
}

#[cfg(test)]
mod tests {
    use domain::locator::{ApprovedLocator, LocatorState, ProposalReceipt, SignShare, TeamLocators};
    use domain::wire::*;

    use super::*;
    use crate::session::{Config, Meters};
    use crate::team::tests::locator;

    const NOW: i64 = 1_700_000_000_000;
    const SITE: &str = "https://desk.test";

    fn session() -> Session {
        let mut session = Session::new(Config::default(), Meters::default());
        session.connect_by_default(Some(server("t")));
        session
    }

    fn server(token: &str) -> Server {
        Server { url: "https://server.test".into(), device_token: token.into() }
    }

    fn say(session: &mut Session, body: RequestBody) -> Vec<FromBrain> {
        session.handle(Request { id: 1, tab: 1, body }, NOW)
    }

    fn hello(session: &mut Session) -> Vec<FromBrain> {
        let hello =
            PageEvent::Hello { site: "desk.test".into(), url: format!("{SITE}/tickets/1?q=2"), locale: Locale::En };
        say(session, RequestBody::Page(hello))
    }

    fn to_page(told: &[FromBrain]) -> Vec<(bool, usize)> {
        let team = |message: &FromBrain| match message {
            FromBrain::Told(Told { tab: 1, body: ToldBody::Page(PageCommand::TeamTaught { connected, locators }) }) => {
                Some((*connected, locators.len()))
            }
            _ => None,
        };
        told.iter().filter_map(team).collect()
    }

    fn error_of(told: &[FromBrain]) -> Option<ErrorCode> {
        match told.first()? {
            FromBrain::Answer(Answer { result: AnswerResult::Error { code, .. }, .. }) => Some(*code),
            _ => None,
        }
    }

    fn team(sites: &[&str]) -> Reply {
        let items = sites.iter().map(|site| ApprovedLocator { id: "a".into(), locator: locator(site, 1) }).collect();
        Reply::Team(TeamLocators { items, proposals: vec![] }, None, None)
    }

    #[test]
    fn pages_are_told_what_their_team_approved_and_each_change_of_it() {
        let mut session = session();
        assert_eq!(session.take_errand(NOW), None, "nobody is there to use it");
        assert_eq!(to_page(&hello(&mut session)), [], "not known yet");
        assert_eq!(session.take_errand(NOW), Some((server("t"), Errand::Fetch)));
        let told = session.errand_finished(&server("t"), team(&[SITE, "https://other.test"]), 0.0, NOW);
        assert_eq!(to_page(&told), [(true, 1)]);
        assert_eq!(to_page(&session.tick(NOW)), [], "once");
        assert_eq!(to_page(&hello(&mut session)), [(true, 1)], "and again after a reload");
        session.take_errand(NOW + 60_000).unwrap();
        let told = session.errand_finished(&server("t"), team(&[]), 0.0, NOW + 60_000);
        assert_eq!(to_page(&told), [(true, 0)], "withdrawn");
    }

    #[test]
    fn what_another_server_approved_is_not_used() {
        let mut session = session();
        hello(&mut session);
        session.take_errand(NOW).unwrap();
        let connect = |token: &str| {
            let (server_url, device_token) = ("https://server.test".into(), token.into());
            RequestBody::Panel(Query::Connect { server_url, device_token })
        };
        say(&mut session, connect("new"));
        assert_eq!(to_page(&session.errand_finished(&server("t"), team(&[SITE]), 0.0, NOW)), []);
        session.take_errand(NOW).unwrap();
        assert_eq!(to_page(&session.errand_finished(&server("new"), team(&[SITE]), 0.0, NOW)), [(true, 1)]);
        assert_eq!(to_page(&say(&mut session, connect(""))), [(false, 0)]);
    }

    #[test]
    fn a_proposal_is_stored_sent_and_shown_in_the_glass_box() {
        let mut session = session();
        hello(&mut session);
        let propose = |locator| RequestBody::Page(PageEvent::LocatorProposed { locator: Box::new(locator) });
        assert_eq!(error_of(&say(&mut session, propose(locator(SITE, 1)))), None);
        assert!(session.take_stored().iter().any(|stored| matches!(stored, Stored::Team(_))));
        assert_eq!(session.scene(1, NOW).notice, Some(Notice::Proposed));
        let (to, errand) = session.take_errand(NOW).unwrap();
        assert_eq!(errand, Errand::Propose(Box::new(locator(SITE, 1))));
        let receipt = ProposalReceipt { id: "a".into(), state: LocatorState::Proposed };
        session.errand_finished(&to, Reply::Receipt(receipt), 0.0, NOW);
        let told = say(&mut session, RequestBody::Panel(Query::Inspect));
        let FromBrain::Answer(Answer { result: AnswerResult::Inspection(inspection), .. }) = &told[0] else {
            panic!("{told:?}")
        };
        let expected = Proposal { state: ProposalState::Proposed, locator: locator(SITE, 1) };
        assert_eq!(inspection.proposals, [expected]);
    }

    #[test]
    fn words_and_proposals_to_nobody_are_refused() {
        let mut session = session();
        let propose = |locator| RequestBody::Panel(Query::ProposeLocator { locator: Box::new(locator) });
        let mut wordy = locator(SITE, 1);
        wordy.list.push(SignShare("Where is my parcel".into(), 1.0));
        assert_eq!(error_of(&say(&mut session, propose(wordy))), Some(ErrorCode::NotShareable));
        session.connect_by_default(None);
        assert_eq!(error_of(&say(&mut session, propose(locator(SITE, 1)))), Some(ErrorCode::NoServer));
        assert_eq!(session.take_errand(NOW), None);
    }
}

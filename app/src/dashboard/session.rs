//! Who is signed in.

use domain::record::{Credentials, SessionRecord};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api::{self, Failure};

#[derive(Clone, Debug, PartialEq)]
pub enum Standing {
    /// The server has not said yet.
    Checking,
    /// The server could not say.
    Unknown(Failure),
    SignedOut(Farewell),
    SignedIn(SessionRecord),
}

/// Why nobody is signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Farewell {
    /// Nobody was.
    None,
    /// The session ran out or was ended elsewhere.
    Ended,
    /// By the button.
    Chosen,
}

#[derive(Clone, Copy)]
pub struct Session {
    standing: RwSignal<Standing>,
    leaving: RwSignal<bool>,
    /// Why the last attempt to sign out came to nothing.
    stayed: RwSignal<Option<Failure>>,
}

impl Session {
    /// Asks the server who is signed in.
    pub fn start() -> Self {
        let session = Self {
            standing: RwSignal::new(Standing::Checking),
            leaving: RwSignal::new(false),
            stayed: RwSignal::new(None),
        };
        session.check();
        session
    }

    pub fn check(self) {
        spawn_local(async move {
            let standing = match api::session().await {
                Ok(record) => Standing::SignedIn(record),
                Err(Failure::SignedOut) => Standing::SignedOut(Farewell::None),
                Err(failure) => Standing::Unknown(failure),
            };
            self.standing.set(standing);
        });
    }

    /// Reactive.
    pub fn standing(self) -> Standing {
        self.standing.get()
    }

    /// Whether this is the user who is signed in; reactive.
    pub fn is_me(self, user_id: &str) -> bool {
        matches!(&*self.standing.read(), Standing::SignedIn(person) if person.user_id == user_id)
    }

    pub async fn sign_in(self, credentials: Credentials) -> Result<(), Failure> {
        let record = api::sign_in(&credentials).await?;
        self.standing.set(Standing::SignedIn(record));
        Ok(())
    }

    /// Whoever could not be signed out stays signed in, and is told so: [`Self::stayed`].
    pub fn sign_out(self) {
        if self.leaving.get_untracked() {
            return;
        }
        self.leaving.set(true);
        self.stayed.set(None);
        spawn_local(async move {
            let answer = api::sign_out().await;
            self.leaving.set(false);
            match answer {
                Ok(()) | Err(Failure::SignedOut) => self.standing.set(Standing::SignedOut(Farewell::Chosen)),
                Err(failure) => self.stayed.set(Some(failure)),
            }
        });
    }

    /// For `aria-disabled` of the buttons that sign out; reactive.
    pub fn leaving(self) -> Option<&'static str> {
        self.leaving.get().then_some("true")
    }

    /// Reactive.
    pub fn stayed(self) -> Option<Failure> {
        self.stayed.get()
    }

    /// The reader goes on working.
    pub fn stay(self) {
        self.stayed.set(None);
    }

    /// Somebody was signed in, and the server no longer knows them.
    pub fn ended(self) {
        self.standing.update(|standing| {
            if matches!(standing, Standing::SignedIn(_)) {
                *standing = Standing::SignedOut(Farewell::Ended);
            }
        });
    }
}

pub fn use_session() -> Session {
    expect_context()
}

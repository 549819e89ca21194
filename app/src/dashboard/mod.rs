//! The supervisors' dashboard: a single-page application under `/dashboard` over the sync API.
//!
//! Owns its screens, its words and its picture of the conversations. Deliberately does not know the engine, customers'
//! words (they never leave the agent's machine), or an agent's state (R1–R3).

mod abuse;
mod api;
mod collate;
mod conversations;
mod described;
mod devices;
mod errand;
mod fetched;
mod glide;
mod known;
mod labels;
mod live;
mod moment;
mod now;
mod order;
mod own_model;
mod parts;
mod prefs;
mod sentence;
mod session;
mod shell;
mod sign_in;
mod taught;
mod team;
mod today;
mod trial;
mod trouble;
mod words;

use domain::record::Role;
use leptos::prelude::*;
use leptos_router::components::Router;

use self::parts::{Failed, Skeleton};
use self::prefs::{Prefs, say};
use self::session::{Session, Standing, use_session};
use self::shell::{Shell, StillSignedIn};
use self::sign_in::SignIn;

/// Where the application is served.
pub const BASE: &str = "/dashboard";

/// Puts the dashboard into the document, in place of what the page showed while it loaded.
pub fn start() {
    console_error_panic_hook::set_once();
    if let Some(waiting) = document().get_element_by_id("waiting") {
        waiting.remove();
    }
    mount_to_body(Dashboard);
}

#[component]
fn Dashboard() -> impl IntoView {
    let prefs = Prefs::load();
    provide_context(prefs);
    let session = Session::start();
    provide_context(session);
    view! {
        <Router base=BASE>
            {move || match session.standing() {
                Standing::Checking => view! { <main class="alone"><Skeleton rows=2 /></main> }.into_any(),
                Standing::Unknown(failure) => {
                    let retry = move || session.check();
                    view! { <main class="alone"><Failed failure=failure retry=retry /></main> }.into_any()
                }
                Standing::SignedOut(farewell) => view! { <SignIn farewell=farewell /> }.into_any(),
                Standing::SignedIn(person) if person.role == Role::Agent => view! { <NoAccess /> }.into_any(),
                Standing::SignedIn(person) => view! { <Shell person=person /> }.into_any(),
            }}
        </Router>
    }
}

/// For someone whose role is not one of the dashboard's.
#[component]
fn NoAccess() -> impl IntoView {
    let session = use_session();
    view! {
        <main class="alone">
            <section class="notice">
                <h1>{say(|w| w.forbidden_title)}</h1>
                <p>{say(|w| w.no_access)}</p>
                <button type="button" class="button" aria-disabled=move || session.leaving() on:click=move |_| session.sign_out()>
                    {say(|w| w.sign_out)}
                </button>
                <StillSignedIn />
            </section>
        </main>
    }
}

//! The sign-in. Each failure says what happened and what to do; focus goes where the next key press belongs.

use domain::record::Credentials;
use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api::Failure;
use super::prefs::{say, use_prefs};
use super::sentence;
use super::session::{Farewell, use_session};
use super::trouble;
use crate::shared::focus::take_focus;
use crate::shared::icons::{Icon, IconView};

/// What is wrong with what was entered, or with the answer to it.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Trouble {
    NeedsEmail,
    NeedsPassword,
    Refused(Failure),
}

#[component]
pub fn SignIn(farewell: Farewell) -> impl IntoView {
    let (prefs, session) = (use_prefs(), use_session());
    let (email, password) = (NodeRef::<html::Input>::new(), NodeRef::<html::Input>::new());
    let trouble = RwSignal::new(None::<Trouble>);
    let pending = RwSignal::new(false);
    let caps = RwSignal::new(false);
    let shown = RwSignal::new(false);

    Effect::new(move || {
        let words = prefs.words();
        document().set_title(&format!("{} · {}", words.sign_in, words.brand));
    });
    take_focus(email);

    // Browsers fill in without telling: the fields are read when they are sent.
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let (Some(email_input), Some(password_input)) = (email.get_untracked(), password.get_untracked()) else {
            return;
        };
        if pending.get_untracked() {
            return;
        }
        let credentials =
            Credentials { email: email_input.value().trim().to_string(), password: password_input.value() };
        let missing = match (credentials.email.is_empty(), credentials.password.is_empty()) {
            (true, _) => Some((Trouble::NeedsEmail, email_input)),
            (_, true) => Some((Trouble::NeedsPassword, password_input.clone())),
            _ => None,
        };
        if let Some((what, input)) = missing {
            trouble.set(Some(what));
            let _ = input.focus();
            return;
        }
        trouble.set(None);
        pending.set(true);
        spawn_local(async move {
            if let Err(failure) = session.sign_in(credentials).await {
                pending.set(false);
                trouble.set(Some(Trouble::Refused(failure)));
                let _ = password_input.focus();
                password_input.select();
            }
        });
    };
    let watch_caps = move |event: KeyboardEvent| caps.set(event.get_modifier_state("CapsLock"));

    let farewell_text = move || match farewell {
        Farewell::None => None,
        Farewell::Ended => Some(prefs.words().session_ended),
        Farewell::Chosen => Some(prefs.words().signed_out),
    };
    let trouble_text = move || trouble.get().map(|trouble| explain(prefs, &trouble));
    let wrong = move |field: Trouble| {
        let wrong = match trouble.get() {
            Some(Trouble::Refused(Failure::WrongCredentials)) => true,
            Some(trouble) => trouble == field,
            None => false,
        };
        wrong.then_some("true")
    };

    view! {
        <main class="alone">
            <form class="sign-in" novalidate on:submit=submit>
                <p class="brand"><img src="/icons/mark.svg" alt="" width="24" height="24" /> {say(|w| w.brand)}</p>
                <h1>{say(|w| w.sign_in)}</h1>
                <p class="lead">{move || farewell_text().unwrap_or(prefs.words().sign_in_lead)}</p>
                <div role="alert">
                    {move || trouble_text().map(|text| view! { <p class="trouble" id="trouble">{text}</p> })}
                </div>
                <div class="field">
                    <label for="email">{say(|w| w.email)}</label>
                    <input
                        id="email"
                        name="email"
                        type="email"
                        autocomplete="username"
                        autocapitalize="none"
                        spellcheck="false"
                        required
                        aria-invalid=move || wrong(Trouble::NeedsEmail)
                        aria-describedby="trouble"
                        node_ref=email
                    />
                </div>
                <div class="field">
                    <label for="password">{say(|w| w.password)}</label>
                    <div class="with-button">
                        <input
                            id="password"
                            name="password"
                            type=move || if shown.get() { "text" } else { "password" }
                            autocomplete="current-password"
                            required
                            aria-invalid=move || wrong(Trouble::NeedsPassword)
                            aria-describedby="trouble caps"
                            on:keydown=watch_caps
                            on:keyup=watch_caps
                            on:blur=move |_| caps.set(false)
                            node_ref=password
                        />
                        <button
                            type="button"
                            class="button"
                            aria-label=move || if shown.get() { prefs.words().hide_password_name } else { prefs.words().show_password_name }
                            on:click=move |_| shown.update(|shown| *shown = !*shown)
                        >
                            {move || if shown.get() { prefs.words().hide_password } else { prefs.words().show_password }}
                        </button>
                    </div>
                    <p class="hint" id="caps" role="status">{move || caps.get().then(|| prefs.words().caps_lock)}</p>
                </div>
                <button type="submit" class="button primary wide" aria-disabled=move || pending.get().then_some("true")>
                    {move || if pending.get() { prefs.words().signing_in } else { prefs.words().sign_in }}
                </button>
                <button type="button" class="quiet" on:click=move |_| prefs.turn_locale()>
                    <IconView icon=Icon::Language />
                    {say(|w| w.other_language)}
                </button>
            </form>
        </main>
    }
}

fn explain(prefs: super::prefs::Prefs, trouble: &Trouble) -> String {
    let (w, locale) = (prefs.words(), prefs.locale());
    match trouble {
        Trouble::NeedsEmail => w.needs_email.into(),
        Trouble::NeedsPassword => w.needs_password.into(),
        Trouble::Refused(Failure::WrongCredentials | Failure::SignedOut) => w.wrong_credentials.into(),
        Trouble::Refused(Failure::Away) => w.away_sign_in.into(),
        Trouble::Refused(Failure::Forbidden) => w.no_access.into(),
        Trouble::Refused(Failure::TooMany { retry_after_s }) => trouble::rate_limited(locale, *retry_after_s),
        Trouble::Refused(Failure::Other { code }) => {
            format!("{} {}", w.failed_sign_in, sentence::named(locale, w.code, code))
        }
    }
}

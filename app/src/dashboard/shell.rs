//! The frame around the pages: skip link, rail, banner while the stream is down, what came of signing out, live region, titles and
//! focus.

use domain::record::SessionRecord;
use leptos::html;
use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Route};
use leptos_router::hooks::use_location;
use leptos_router::path;

use super::BASE;
use super::conversations::Conversations;
use super::devices::Devices;
use super::errand::{Told, use_told};
use super::labels::Labels;
use super::live::{Link, Live, use_live};
use super::moment::{Clock, at, use_clock};
use super::now::Now;
use super::own_model::OwnModelPage;
use super::parts::{Blanks, Heading, focus_heading, hand_on_focus};
use super::prefs::{Theme, say, use_prefs};
use super::sentence;
use super::session::use_session;
use super::taught::{Shelf, Taught, use_shelf};
use super::team::Team;
use super::today::Today;
use super::trouble;
use super::words::Words;
use crate::shared::focus::take_focus;
use crate::shared::icons::{Icon, IconView};

/// A place on the rail.
#[derive(Clone, Copy)]
struct Place {
    path: &'static str,
    icon: Icon,
    name: fn(&'static Words) -> &'static str,
}

/// At most eight, in the order of the rail.
const PLACES: [Place; 8] = [
    Place { path: "/", icon: Icon::Alert, name: |w| w.now },
    Place { path: "/conversations", icon: Icon::List, name: |w| w.conversations },
    Place { path: "/today", icon: Icon::Bars, name: |w| w.today },
    Place { path: "/team", icon: Icon::People, name: |w| w.team },
    Place { path: "/taught", icon: Icon::Read, name: |w| w.taught_sites },
    Place { path: "/labels", icon: Icon::Tag, name: |w| w.labels },
    Place { path: "/own-model", icon: Icon::Cube, name: |w| w.own_model },
    Place { path: "/devices", icon: Icon::Laptop, name: |w| w.devices },
];

#[component]
pub fn Shell(person: SessionRecord) -> impl IntoView {
    provide_context(Clock::start());
    let live = Live::start();
    provide_context(live);
    provide_context(Shelf::start(person.role));
    provide_context(Blanks::new());
    provide_context(Told::new());
    let location = use_location();
    follow_page(live, location.pathname);
    view! {
        <a class="skip" href="#content" on:click=|event| {
            event.prevent_default();
            focus_heading();
        }>{say(|w| w.skip)}</a>
        <div class="frame">
            <Rail person=person />
            <main id="content">
                <StillSignedIn />
                <Banner />
                <FlatRoutes fallback=NotFound>
                    <Route path=path!("/") view=Now />
                    <Route path=path!("/conversations") view=Conversations />
                    <Route path=path!("/today") view=Today />
                    <Route path=path!("/team") view=Team />
                    <Route path=path!("/taught") view=Taught />
                    <Route path=path!("/labels") view=Labels />
                    <Route path=path!("/own-model") view=OwnModelPage />
                    <Route path=path!("/devices") view=Devices />
                </FlatRoutes>
            </main>
        </div>
        <div class="sr-only" role="log" aria-live="polite">{live.said()}</div>
    }
}

#[component]
fn Rail(person: SessionRecord) -> impl IntoView {
    let (prefs, live, session, clock) = (use_prefs(), use_live(), use_session(), use_clock());
    let needing = Memo::new(move |_| live.known().read().needing_help(clock.now()).len());
    let shelf = use_shelf();
    let proposed = Memo::new(move |_| shelf.to_decide());
    let pathname = use_location().pathname;
    let link = move |target: Place| {
        let badge = move || {
            let (count, class, phrase): (_, _, fn(&'static Words) -> &'static str) = match target.path {
                "/" => (needing.get(), "badge", |w| w.need_help),
                "/taught" => (proposed.get(), "badge waits", |w| w.wait_for_you),
                _ => return None,
            };
            (count > 0).then(|| {
                view! {
                    " "
                    <span class=class>{count}<span class="sr-only">{say(phrase)}</span></span>
                }
            })
        };
        let current = move || place(&pathname.read()).is_some_and(|here| here.path == target.path).then_some("page");
        view! {
            <li>
                <a href=format!("{BASE}{}", target.path) aria-current=current>
                    <IconView icon=target.icon size_px=20 />
                    <span>{say(target.name)}</span>
                    {badge}
                </a>
            </li>
        }
    };
    let theme_name = move || match prefs.theme() {
        Theme::Auto => prefs.words().theme_auto,
        Theme::Light => prefs.words().theme_light,
        Theme::Dark => prefs.words().theme_dark,
    };
    let theme_icon = Signal::derive(move || match prefs.theme() {
        Theme::Auto => Icon::HalfDisc,
        Theme::Light => Icon::Sun,
        Theme::Dark => Icon::Moon,
    });
    // The name of a language is in that language.
    let other_tag = move || if prefs.words().other_language == "English" { "en" } else { "zh-CN" };
    view! {
        <header class="rail">
            <p class="brand"><img src="/icons/mark.svg" alt="" width="24" height="24" /> {say(|w| w.brand)}</p>
            <nav aria-label=say(|w| w.places)>
                <ul>{PLACES.map(link).collect_view()}</ul>
            </nav>
            <div class="rail-foot">
                <p class="person">{person.name}</p>
                <button type="button" lang=other_tag on:click=move |_| prefs.turn_locale()>
                    <IconView icon=Icon::Language size_px=20 />
                    <span>{say(|w| w.other_language)}</span>
                </button>
                <button type="button" title=theme_name on:click=move |_| prefs.turn_theme()>
                    <IconView icon=theme_icon size_px=20 />
                    <span>{theme_name}</span>
                </button>
                <button
                    type="button"
                    title=say(|w| w.sign_out)
                    aria-disabled=move || session.leaving()
                    on:click=move |_| session.sign_out()
                >
                    <IconView icon=Icon::Away size_px=20 />
                    <span>{say(|w| w.sign_out)}</span>
                </button>
            </div>
        </header>
    }
}

/// Says that the picture is old, and how old, while the stream is down and there is a picture.
#[component]
fn Banner() -> impl IntoView {
    let (live, blanks) = (use_live(), expect_context::<Blanks>());
    let stale = Memo::new(move |_| live.link() == Link::Down && !blanks.any());
    view! {
        <div role="status">
            <Show when=move || stale.get()>
                <Stale />
            </Show>
        </div>
    }
}

#[component]
fn Stale() -> impl IntoView {
    let (prefs, live) = (use_prefs(), use_live());
    let banner = NodeRef::<html::P>::new();
    hand_on_focus(banner);
    let text = move || {
        let known_at = live.current_at_ms().map(|ms| at(prefs, ms));
        sentence::offline(prefs.locale(), known_at.as_deref())
    };
    view! {
        <p class="banner" node_ref=banner>
            <IconView icon=Icon::Restart />
            <span>{text}</span>
            <button type="button" class="button" on:click=move |_| live.reconnect()>{say(|w| w.retry)}</button>
        </p>
    }
}

/// Says that signing out came to nothing, until it is tried again or the reader goes on.
#[component]
pub fn StillSignedIn() -> impl IntoView {
    let (prefs, session) = (use_prefs(), use_session());
    let again = NodeRef::<html::Button>::new();
    take_focus(again);
    move || {
        session.stayed().map(|failure| {
            let text = move || trouble::still_signed_in(prefs.locale(), &failure);
            view! {
                <div class="banner alarm" role="alert">
                    <span>{text}</span>
                    <button type="button" class="button" node_ref=again on:click=move |_| session.sign_out()>
                        {say(|w| w.sign_out_again)}
                    </button>
                    <button type="button" class="button" on:click=move |_| {
                        session.stay();
                        focus_heading();
                    }>
                        {say(|w| w.stay)}
                    </button>
                </div>
            }
        })
    }
}

#[component]
fn NotFound() -> impl IntoView {
    let prefs = use_prefs();
    view! {
        <Heading text=Signal::derive(move || prefs.words().not_found.to_string())>{say(|w| w.not_found_body)}</Heading>
    }
}

/// Keeps the title, and brings focus to the heading whenever the page changes.
fn follow_page(live: Live, pathname: Memo<String>) {
    let (prefs, told, clock) = (use_prefs(), use_told(), use_clock());
    let needing = Memo::new(move |_| live.known().read().needing_help(clock.now()).len());
    Effect::new(move || {
        let words = prefs.words();
        let name = place(&pathname.read()).map_or(words.not_found, |place| (place.name)(words));
        let count = match needing.get() {
            0 => String::new(),
            count => format!("({count}) "),
        };
        document().set_title(&format!("{count}{name} · {}", words.brand));
    });
    Effect::new(move |last: Option<String>| {
        let path = pathname.get();
        if last.is_some_and(|last| last != path) {
            told.clear();
            request_animation_frame(focus_heading);
        }
        path
    });
}

fn place(pathname: &str) -> Option<Place> {
    let path = pathname.strip_prefix(BASE).unwrap_or(pathname).trim_end_matches('/');
    PLACES.into_iter().find(|place| place.path.trim_end_matches('/') == path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lead_to_places() {
        let check = |path: &str, expected: Option<&str>| assert_eq!(place(path).map(|place| place.path), expected);
        check("/dashboard", Some("/"));
        check("/dashboard/", Some("/"));
        check("/dashboard/team", Some("/team"));
        check("/dashboard/team/", Some("/team"));
        check("/dashboard/nowhere", None);
    }
}

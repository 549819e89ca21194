//! The one icon set: 16 px grid, 1.5 px strokes, drawn for Warmseat.
//!
//! An icon is always decoration: the control around it carries the name.

use domain::Channel;
use leptos::prelude::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    Alert,
    ArrowDown,
    ArrowLeft,
    ArrowRight,
    ArrowUp,
    Away,
    Bars,
    Calendar,
    Chat,
    Check,
    ChevronDown,
    ChevronRight,
    Close,
    Copy,
    Cube,
    Cup,
    Gear,
    Grip,
    HalfDisc,
    Handset,
    Help,
    Insert,
    Keys,
    Language,
    Laptop,
    List,
    Mail,
    Moon,
    More,
    Out,
    Pause,
    People,
    Play,
    Read,
    Restart,
    Search,
    Shield,
    Sun,
    Table,
    Tag,
    Ticket,
    Undo,
    Voices,
}

impl Icon {
    /// The mark of a channel; its word stands beside it.
    pub const fn of(channel: Channel) -> Self {
        match channel {
            Channel::Chat => Self::Chat,
            Channel::Email => Self::Mail,
            Channel::Ticket => Self::Ticket,
            Channel::Social => Self::Voices,
            Channel::Phone => Self::Handset,
        }
    }

    /// Path data on a 16 × 16 grid.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Alert => "M4 14V2.5M4 3h7.5L10 6l1.5 3H4",
            Self::ArrowDown => "M8 3v10M4 9l4 4 4-4",
            Self::ArrowLeft => "M13 8H3M7 4 3 8l4 4",
            Self::ArrowRight => "M3 8h10M9 4l4 4-4 4",
            Self::ArrowUp => "M8 13V3M4 7l4-4 4 4",
            Self::Away => "M10 3.5H4.5a1 1 0 0 0-1 1v7a1 1 0 0 0 1 1H10M7.5 8H14M11.5 5.5 14 8l-2.5 2.5",
            Self::Bars => "M3 3v10M3 4.5h9M3 8h5.5M3 11.5h3",
            Self::Calendar => "M3 4.5h10v9H3zM3 7.5h10M5.5 2.5v3M10.5 2.5v3",
            Self::Chat => "M2.5 3.5h11v7.5H7L4 13.5V11H2.5zM5.5 6.2h5M5.5 8.4h3",
            Self::Check => "M3 8.5 6.5 12 13 4.5",
            Self::ChevronDown => "M4 6l4 4 4-4",
            Self::ChevronRight => "M6 4l4 4-4 4",
            Self::Close => "M4 4l8 8M12 4l-8 8",
            Self::Cube => "M8 2.5 13 5.2v5.6L8 13.5 3 10.8V5.2zM3 5.2l5 2.7 5-2.7M8 7.9v5.6",
            Self::Copy => "M6 5.5h7v8H6zM10 3H3v8",
            Self::Cup => {
                "M3 6h8v4a3 3 0 0 1-3 3H6a3 3 0 0 1-3-3zM11 7h1a1.5 1.5 0 0 1 0 3.2h-1M5.5 2.2v1.6M8.5 2.2v1.6"
            }
            Self::Gear => "M3 4.5h5M11 4.5h2M3 11.5h2M8 11.5h5M9.5 3v3M6.5 10v3",
            Self::Grip => "M6 4v.01M10 4v.01M6 8v.01M10 8v.01M6 12v.01M10 12v.01",
            Self::HalfDisc => "M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM8 2.5v11M8 5.2h4.4M8 8h5.4M8 10.8h4.4",
            Self::Handset => {
                "M4.2 2.5 6 2.8l.8 2.7-1.4 1.2c.7 1.6 2 2.9 3.7 3.7l1.2-1.4 2.7.8.3 1.8c-.3 1.2-1.3 1.9-2.5 1.7-4-.6-7.1-3.7-7.9-7.8-.2-1.3.5-2.5 1.3-3z"
            }
            Self::Help => "M8 13.5S2.5 10.4 2.5 6.3A2.8 2.8 0 0 1 8 5.2a2.8 2.8 0 0 1 5.5 1.1C13.5 10.4 8 13.5 8 13.5z",
            Self::Insert => "M8 2.5v7M5 6.8 8 9.8l3-3M3 10v3.5h10V10",
            Self::Keys => "M2.5 4.5h11v7h-11zM5 7v.01M8 7v.01M11 7v.01M5.5 9.3h5",
            Self::Language => {
                "M2.5 4h6M5.5 2.5V4M7.3 4c-.4 2.6-2.2 4.8-4.6 6M4 6.3c.8 1.6 2 2.7 3.6 3.4M8.5 13.5l2.7-6.5 2.7 6.5M9.4 11.4h3.6"
            }
            Self::Laptop => "M4 4h8v6.5H4zM2 13h12",
            Self::List => "M5.5 4.5H13M5.5 8H13M5.5 11.5H13M3 4.5v.01M3 8v.01M3 11.5v.01",
            Self::Mail => "M2.5 4h11v8h-11zM2.5 4.5 8 9l5.5-4.5",
            Self::Moon => "M12.8 9.7A5.3 5.3 0 0 1 6.3 3.2a5.3 5.3 0 1 0 6.5 6.5z",
            Self::More => "M3.5 8v.01M8 8v.01M12.5 8v.01",
            Self::Out => "M9.5 3H13v3.5M13 3 7.5 8.5M11.5 9.5v3.5H3V4.5h3.5",
            Self::Pause => "M5.5 3.5v9M10.5 3.5v9",
            Self::People => {
                "M6 7.5a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4zM2 13c0-2.4 1.6-3.8 4-3.8s4 1.4 4 3.8M10.5 7.3a2 2 0 0 0 0-3.9M11.5 9.4c1.6.4 2.5 1.7 2.5 3.6"
            }
            Self::Play => "M5.5 3.5 12 8l-6.5 4.5z",
            Self::Read => {
                "M1.8 8S4 4 8 4s6.2 4 6.2 4-2.2 4-6.2 4-6.2-4-6.2-4zM8 9.7a1.7 1.7 0 1 0 0-3.4 1.7 1.7 0 0 0 0 3.4z"
            }
            Self::Restart => "M13 8a5 5 0 1 1-1.6-3.7M13 2.5V5h-2.5",
            Self::Search => "M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM10.5 10.5 14 14",
            Self::Shield => "M8 2.2 13 4v4c0 3-2 5-5 6-3-1-5-3-5-6V4z",
            Self::Sun => {
                "M8 10.8a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6zM8 1.8v1.4M8 12.8v1.4M1.8 8h1.4M12.8 8h1.4M3.6 3.6l1 1M11.4 11.4l1 1M12.4 3.6l-1 1M4.6 11.4l-1 1"
            }
            Self::Tag => "M2.5 2.5h5.5l5.5 5.5-5.5 5.5-5.5-5.5zM5.5 5.5v.01",
            Self::Table => "M2.5 3.5h11v9h-11zM2.5 6.5h11M2.5 9.5h11M6.5 6.5v6",
            Self::Ticket => "M2.5 4.5h11v2.2a1.4 1.4 0 0 0 0 2.6v2.2h-11V9.3a1.4 1.4 0 0 0 0-2.6zM9.5 4.5v7",
            Self::Undo => "M6 3 3 6l3 3M3 6h6.5a3.5 3.5 0 0 1 0 7H6",
            Self::Voices => {
                "M8 10.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4zM10.2 8v.9a1.6 1.6 0 0 0 3.2 0V8A5.4 5.4 0 1 0 11 12.5"
            }
        }
    }
}

/// Draws an icon in the colour of the text around it; 16 px unless told.
#[component]
pub fn IconView(#[prop(into)] icon: Signal<Icon>, #[prop(default = 16)] size_px: u32) -> impl IntoView {
    view! {
        <svg class="icon" width=size_px height=size_px viewBox="0 0 16 16" aria-hidden="true" focusable="false">
            <path d=move || icon.get().path() />
        </svg>
    }
}

//! Work debt, rest prompts and pauses of this agent on this device (W1), fed by the pages' activity.
//!
//! Load, never mood (R1). Nothing of this leaves the device (R3): the outbox cannot name these types. Key presses are
//! counted by the page and not kept here at all (R4): being in a conversation is work without them.

use std::collections::HashMap;

use domain::care::{INERT_MS, Moment, Pause, RestLevel, RestPrompts, Work, WorkDebt};
use domain::wire::{CareView, PauseView, RestPromptView};

/// A page reports every 20 s; after this long without a report it counts as out of sight.
const SIGHT_MS: i64 = 45_000;
/// A page says when typing begins and ends, and that it goes on every 20 s.
const TYPING_MS: i64 = 25_000;
/// After leaving a conversation, for this long the agent is between contacts.
const GAP_MS: i64 = 30_000;
/// A conversation counts towards "at once" for this long after it was last in sight.
const AT_ONCE_MS: i64 = 10 * 60_000;
/// Longer jumps of the clock are sleep, not work.
const SLEEP_MS: i64 = 60_000;
const BREAK_MIN: u32 = 5;
const HARD_BREAK_MIN: u32 = 10;
/// A hard contact asks for the longer break for this long.
const HARD_MS: i64 = 30 * 60_000;

/// What is known of one tab.
#[derive(Clone, Debug, Default)]
struct Sight {
    /// Last report that the page was in view.
    visible_at_ms: Option<i64>,
    typing_at_ms: Option<i64>,
    conversation: Option<String>,
    /// Until when its chat or call counts as going on.
    contact_until_ms: i64,
}

#[derive(Debug)]
pub struct Care {
    debt: WorkDebt,
    prompts: RestPrompts,
    on: bool,
    pause: Option<Pause>,
    pause_started_ms: i64,
    prompt: Option<(RestLevel, i64)>,
    advanced_to_ms: Option<i64>,
    tabs: HashMap<u32, Sight>,
    in_sight_ms: HashMap<String, i64>,
    left_at_ms: Option<i64>,
    hard_at_ms: Option<i64>,
    help_url: Option<String>,
    /// Local time minus UTC.
    offset_ms: i64,
}

impl Care {
    pub fn new(help_url: Option<String>, offset_ms: i64) -> Self {
        Self {
            debt: WorkDebt::default(),
            prompts: RestPrompts::default(),
            on: true,
            pause: None,
            pause_started_ms: 0,
            prompt: None,
            advanced_to_ms: None,
            tabs: HashMap::new(),
            in_sight_ms: HashMap::new(),
            left_at_ms: None,
            hard_at_ms: None,
            help_url,
            offset_ms,
        }
    }

    /// Numbers for the device's own store.
    pub fn to_device(&self) -> [f64; 5] {
        self.debt.to_device()
    }

    /// `at_ms` is when the numbers were stored: what has passed since then is rest, unless it was seconds.
    pub fn restore(&mut self, numbers: [f64; 5], at_ms: i64) {
        self.debt = WorkDebt::from_device(numbers);
        self.advanced_to_ms = Some(at_ms);
    }

    pub fn on(&self) -> bool {
        self.on
    }

    pub fn set_on(&mut self, on: bool) {
        self.on = on;
        self.prompts.set_off(!on);
    }

    pub fn activity(&mut self, tab: u32, visible: bool, typing: bool, now_ms: i64) {
        let sight = self.tabs.entry(tab).or_default();
        sight.visible_at_ms = visible.then_some(now_ms);
        sight.typing_at_ms = typing.then_some(now_ms);
    }

    /// The tab shows this conversation; `contact_until_ms` as [`super::dialogue::Dialogue::contact_until_ms`] says.
    pub fn enter(&mut self, tab: u32, reference: &str, contact_until_ms: i64, now_ms: i64) {
        let sight = self.tabs.entry(tab).or_default();
        if sight.conversation.as_deref() != Some(reference) && sight.conversation.is_some() {
            self.left_at_ms = Some(now_ms);
        }
        sight.conversation = Some(reference.into());
        sight.contact_until_ms = contact_until_ms;
    }

    /// The tab shows no conversation any more.
    pub fn leave(&mut self, tab: u32, now_ms: i64) {
        if let Some(sight) = self.tabs.get_mut(&tab)
            && sight.conversation.take().is_some()
        {
            self.left_at_ms = Some(now_ms);
        }
    }

    pub fn close(&mut self, tab: u32, now_ms: i64) {
        self.leave(tab, now_ms);
        self.tabs.remove(&tab);
    }

    /// A key was just pressed in one of the pages.
    pub fn is_typing(&self, now_ms: i64) -> bool {
        self.tabs.values().any(|sight| sight.typing_at_ms.is_some_and(|at| now_ms - at < TYPING_MS))
    }

    /// An alert stands, or abuse, in a conversation the agent is in.
    pub fn hard_contact(&mut self, now_ms: i64) {
        self.hard_at_ms = Some(now_ms);
    }

    pub fn start_pause(&mut self, minutes: u32, now_ms: i64) {
        self.pause = Some(Pause::start(minutes, now_ms));
        self.pause_started_ms = now_ms;
        self.prompts.clear();
        self.prompt = None;
    }

    pub fn end_pause(&mut self, now_ms: i64) {
        if let Some(pause) = self.pause.take() {
            let rested_min = (now_ms.min(pause.ends_at_ms) - self.pause_started_ms).max(0) / 60_000;
            if rested_min > 0 {
                self.debt.rest(rested_min as u32);
            }
            self.advanced_to_ms = Some(now_ms);
        }
    }

    pub fn snooze(&mut self, now_ms: i64) {
        if self.prompt.take().is_some() {
            self.prompts.snooze(now_ms);
        }
    }

    /// Moves the clocks on; call it about once a second.
    pub fn tick(&mut self, now_ms: i64) {
        if self.pause.is_some_and(|pause| now_ms >= pause.ends_at_ms) {
            self.end_pause(now_ms);
        }
        let elapsed_ms = self.advanced_to_ms.map_or(0, |before| now_ms - before).max(0);
        self.advanced_to_ms = Some(now_ms);
        let day = (now_ms + self.offset_ms).div_euclid(86_400_000);
        // A pause rests when it ends, not twice.
        if self.pause.is_none() {
            let work = if elapsed_ms > SLEEP_MS { Work::None } else { self.work(now_ms) };
            self.debt.advance(elapsed_ms as u64, work, day);
        }
        self.prompt = match self.pause {
            Some(_) => None,
            None => self.prompts.update(&self.debt, self.moment(now_ms), now_ms),
        };
    }

    fn in_view(&self, now_ms: i64) -> impl Iterator<Item = &Sight> {
        self.tabs.values().filter(move |sight| sight.visible_at_ms.is_some_and(|at| now_ms - at < SIGHT_MS))
    }

    fn work(&mut self, now_ms: i64) -> Work {
        let open: Vec<String> = self.in_view(now_ms).filter_map(|sight| sight.conversation.clone()).collect();
        if open.is_empty() {
            return Work::None;
        }
        open.into_iter().for_each(|reference| {
            self.in_sight_ms.insert(reference, now_ms);
        });
        self.in_sight_ms.retain(|_, at| now_ms - *at < AT_ONCE_MS);
        let still_open = |reference: &&String| self.tabs.values().any(|s| s.conversation.as_ref() == Some(*reference));
        let chats_at_once = self.in_sight_ms.keys().filter(still_open).count() as u32;
        Work::Contact { chats_at_once: chats_at_once.max(1) }
    }

    fn moment(&self, now_ms: i64) -> Moment {
        Moment {
            typing: self.is_typing(now_ms),
            in_contact: self
                .in_view(now_ms)
                .any(|sight| sight.conversation.is_some() && now_ms < sight.contact_until_ms),
            between_contacts: self.left_at_ms.is_some_and(|at| now_ms - at < GAP_MS),
        }
    }

    pub fn view(&self, now_ms: i64) -> CareView {
        let hard = self.hard_at_ms.is_some_and(|at| now_ms - at < HARD_MS);
        CareView {
            minutes_since_break: self.debt.minutes_since_break(),
            prompt: self.prompt.map(|(level, since_ms)| RestPromptView {
                firm: level == RestLevel::Firm,
                minutes: if hard { HARD_BREAK_MIN } else { BREAK_MIN },
                snoozes_left: self.prompts.snoozes_left(),
                inert_ms: INERT_MS,
                since_ms,
            }),
            pause: self.pause.map(|pause| PauseView { minutes: pause.minutes, ends_at_ms: pause.ends_at_ms }),
            prompts_on: self.on,
            shield_on: true,
            long_day: self.debt.long_day(),
            help_url: self.help_url.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Works for some minutes with a report every 20 s and a tick every second.
    fn work(care: &mut Care, from_ms: i64, minutes: i64, typing: bool) -> i64 {
        for second in 0..minutes * 60 {
            let now_ms = from_ms + second * 1_000;
            if second % 2 == 0 {
                care.activity(1, true, typing, now_ms);
            }
            care.tick(now_ms);
        }
        from_ms + minutes * 60_000
    }

    #[test]
    fn prompts_come_after_fifty_minutes_of_contact() {
        let mut care = Care::new(None, 0);
        care.enter(1, "c", 0, 0);
        let now_ms = work(&mut care, 0, 49, false);
        assert_eq!(care.view(now_ms).prompt, None);
        let now_ms = work(&mut care, now_ms, 3, true);
        assert_eq!(care.view(now_ms).prompt, None, "never while typing");
        let now_ms = work(&mut care, now_ms, 1, false);
        let prompt = care.view(now_ms).prompt.unwrap();
        assert_eq!((prompt.firm, prompt.minutes, prompt.snoozes_left), (false, 5, 2));
        care.snooze(now_ms);
        assert_eq!(care.view(now_ms).prompt, None);
        care.hard_contact(now_ms);
        let now_ms = work(&mut care, now_ms, 6, false);
        assert_eq!(care.view(now_ms).prompt.unwrap().minutes, 10);
        care.start_pause(5, now_ms);
        assert_eq!(care.view(now_ms).prompt, None);
        care.tick(now_ms + 300_000);
        let view = care.view(now_ms + 300_000);
        assert_eq!((view.pause, view.minutes_since_break), (None, 0));
    }

    #[test]
    fn nothing_adds_up_out_of_sight() {
        let mut care = Care::new(None, 0);
        let now_ms = work(&mut care, 0, 60, false);
        assert_eq!(care.view(now_ms).prompt, None, "no conversation");
        care.enter(1, "c", 0, now_ms);
        for second in 0..3_600 {
            care.tick(now_ms + second * 1_000);
        }
        assert!(care.to_device()[0] < 1.0, "no report that the page is in view");
    }

    #[test]
    fn time_away_is_rest() {
        let mut care = Care::new(None, 0);
        care.restore([40.0, 0.0, 40.0 * 60_000.0, 0.0, 0.0], 0);
        care.tick(30 * 60_000);
        assert_eq!((care.to_device()[0], care.view(30 * 60_000).minutes_since_break), (0.0, 0));
    }

    #[test]
    fn a_pause_can_be_ended_and_prompts_switched_off() {
        let mut care = Care::new(Some("https://help.test".into()), 0);
        care.start_pause(30, 0);
        assert_eq!(care.view(0).pause, Some(PauseView { minutes: 15, ends_at_ms: 900_000 }));
        care.end_pause(1_000);
        assert_eq!(care.view(1_000).pause, None);
        care.set_on(false);
        care.enter(1, "c", 0, 0);
        let now_ms = work(&mut care, 0, 80, false);
        assert_eq!(care.view(now_ms).prompt, None);
    }
}

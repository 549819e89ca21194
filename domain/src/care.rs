//! Work debt, rest prompts and pauses (W1). Load, never mood (R1); measured from contact time alone.
//!
//! These types live on the device. None of them implements `Serialize` (R3): a test fails if one does. What the
//! overlay draws is the separate [`crate::wire::CareView`]; what is kept between sessions goes through
//! [`WorkDebt::to_device`], whose only reader is the device's own store.

const MINUTE_MS: f64 = 60_000.0;
/// Pay-back starts after this long without work.
const IDLE_BEFORE_PAYBACK_MS: u64 = 20_000;
const PAYBACK_PER_MINUTE: f64 = 8.0;
const MANY_CHATS: u32 = 3;
const MANY_CHATS_FACTOR: f64 = 1.25;
/// HSE L26: breaks of 5–10 minutes after 50–60 minutes.
const GENTLE_AT_MIN: f64 = 50.0;
const FIRM_AT_MIN: f64 = 75.0;
/// A stretch without work that counts as a break.
const BREAK_MS: u64 = 5 * 60_000;
const SNOOZE_MS: i64 = 5 * 60_000;
const SNOOZES: u32 = 2;
/// Seconds between a prompt's appearance and the break it proposes.
pub const WARNING_S: u32 = 30;
/// Buttons of a prompt are inert for this long (R6).
pub const INERT_MS: u32 = 2_000;
/// Brazil NR-17 Annex II.
const DAY_WARNING_MS: u64 = 330 * 60_000;

/// What the agent was doing over a stretch of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    None,
    /// A call, or a chat in focus, even without key presses.
    Contact {
        chats_at_once: u32,
    },
}

/// Minutes of contact not yet rested off, with the clocks around it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WorkDebt {
    debt_min: f64,
    idle_ms: u64,
    since_break_ms: u64,
    contact_today_ms: u64,
    day: i64,
}

impl WorkDebt {
    /// Moves on by `elapsed_ms`; `day` is the local day number, whose change resets the day's contact time.
    pub fn advance(&mut self, elapsed_ms: u64, work: Work, day: i64) {
        if day != self.day {
            self.day = day;
            self.contact_today_ms = 0;
        }
        match work {
            Work::Contact { chats_at_once } => {
                let factor = if chats_at_once >= MANY_CHATS { MANY_CHATS_FACTOR } else { 1.0 };
                self.debt_min += elapsed_ms as f64 / MINUTE_MS * factor;
                self.idle_ms = 0;
                self.since_break_ms += elapsed_ms;
                self.contact_today_ms += elapsed_ms;
            }
            Work::None => {
                let before = self.idle_ms;
                self.idle_ms += elapsed_ms;
                let resting_ms = self.idle_ms.saturating_sub(IDLE_BEFORE_PAYBACK_MS.max(before));
                self.debt_min = (self.debt_min - resting_ms as f64 / MINUTE_MS * PAYBACK_PER_MINUTE).max(0.0);
                self.since_break_ms += elapsed_ms;
                if self.idle_ms >= BREAK_MS {
                    self.since_break_ms = 0;
                }
            }
        }
    }

    /// A pause was taken to its end.
    pub fn rest(&mut self, minutes: u32) {
        self.debt_min = (self.debt_min - f64::from(minutes) * PAYBACK_PER_MINUTE).max(0.0);
        self.since_break_ms = 0;
    }

    pub fn minutes(&self) -> f64 {
        self.debt_min
    }

    /// Whole minutes since the last break.
    pub fn minutes_since_break(&self) -> u32 {
        (self.since_break_ms / 60_000) as u32
    }

    /// Contact time of the day has passed 5.5 h.
    pub fn long_day(&self) -> bool {
        self.contact_today_ms >= DAY_WARNING_MS
    }

    /// For the device's own store only: debt in minutes, then idle, since-break and contact-today in ms, and the day.
    pub fn to_device(&self) -> [f64; 5] {
        [self.debt_min, self.idle_ms as f64, self.since_break_ms as f64, self.contact_today_ms as f64, self.day as f64]
    }

    /// Inverse of [`Self::to_device`]; negative or non-finite numbers become 0.
    pub fn from_device(numbers: [f64; 5]) -> Self {
        let clean = numbers.map(|n| if n.is_finite() { n.max(0.0) } else { 0.0 });
        Self {
            debt_min: clean[0],
            idle_ms: clean[1] as u64,
            since_break_ms: clean[2] as u64,
            contact_today_ms: clean[3] as u64,
            day: clean[4] as i64,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RestLevel {
    Gentle,
    Firm,
}

/// Whether this is a moment at which a prompt may appear (R6).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moment {
    pub typing: bool,
    /// A chat or a call on screen goes on: the customer waits, or something was said a moment ago.
    pub in_contact: bool,
    /// The agent has just left a conversation and not yet taken the next.
    pub between_contacts: bool,
}

/// When a rest prompt is shown, snoozed and ended.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RestPrompts {
    shown: Option<(RestLevel, i64)>,
    snoozed_until_ms: i64,
    snoozes: u32,
    off: bool,
}

impl RestPrompts {
    /// The prompt to show now, if any, with the instant it appeared. Call it on every tick.
    pub fn update(&mut self, debt: &WorkDebt, moment: Moment, now_ms: i64) -> Option<(RestLevel, i64)> {
        let due = match debt.minutes() {
            m if m >= FIRM_AT_MIN => Some(RestLevel::Firm),
            m if m >= GENTLE_AT_MIN => Some(RestLevel::Gentle),
            _ => None,
        };
        let Some(level) = due.filter(|_| !self.off) else {
            self.shown = None;
            if due.is_none() {
                self.snoozes = 0;
            }
            return None;
        };
        // A contact puts it away; typing does not, nothing moves meanwhile.
        if let Some((_, since)) = self.shown {
            self.shown = (!moment.in_contact).then_some((level, since));
            return self.shown;
        }
        let open = !moment.typing && !moment.in_contact && now_ms >= self.snoozed_until_ms;
        let allowed = if self.snoozes > SNOOZES { moment.between_contacts } else { true };
        if open && allowed {
            self.shown = Some((level, now_ms));
        }
        self.shown
    }

    /// Five minutes, twice; the third time until the next gap between contacts.
    pub fn snooze(&mut self, now_ms: i64) {
        self.shown = None;
        self.snoozes += 1;
        self.snoozed_until_ms = now_ms + SNOOZE_MS;
    }

    pub fn snoozes_left(&self) -> u32 {
        SNOOZES.saturating_sub(self.snoozes)
    }

    /// A break was taken.
    pub fn clear(&mut self) {
        *self = Self { off: self.off, ..Self::default() };
    }

    /// Switches all prompts off or on, without a trace for others (R6).
    pub fn set_off(&mut self, off: bool) {
        self.off = off;
    }
}

/// A pause the agent asked for; no reason is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pause {
    pub minutes: u32,
    pub ends_at_ms: i64,
}

impl Pause {
    /// 1–15 minutes from now; other wishes are brought into that range.
    pub fn start(minutes: u32, now_ms: i64) -> Self {
        let minutes = minutes.clamp(1, 15);
        Self { minutes, ends_at_ms: now_ms + i64::from(minutes) * 60_000 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static_assertions::assert_not_impl_any!(WorkDebt: serde::Serialize);
    static_assertions::assert_not_impl_any!(RestPrompts: serde::Serialize);
    static_assertions::assert_not_impl_any!(Pause: serde::Serialize);

    const CONTACT: Work = Work::Contact { chats_at_once: 1 };

    fn after_minutes(minutes: u64, work: Work) -> WorkDebt {
        let mut debt = WorkDebt::default();
        (0..minutes * 60).for_each(|_| debt.advance(1_000, work, 0));
        debt
    }

    #[test]
    fn contact_adds_and_idleness_pays_back() {
        let check = |debt: f64, expected: f64| assert!((debt - expected).abs() < 0.01, "{debt} {expected}");
        check(after_minutes(10, CONTACT).minutes(), 10.0);
        check(after_minutes(10, Work::Contact { chats_at_once: 3 }).minutes(), 12.5);
        let mut debt = after_minutes(10, CONTACT);
        (0..20).for_each(|_| debt.advance(1_000, Work::None, 0));
        check(debt.minutes(), 10.0);
        (0..60).for_each(|_| debt.advance(1_000, Work::None, 0));
        check(debt.minutes(), 2.0);
        debt.advance(600_000, Work::None, 0);
        check(debt.minutes(), 0.0);
        assert_eq!(debt.minutes_since_break(), 0);
    }

    #[test]
    fn prompts_wait_for_a_good_moment() {
        let calm = Moment::default();
        let typing = Moment { typing: true, ..calm };
        let contact = Moment { in_contact: true, ..calm };
        let mut prompts = RestPrompts::default();
        assert_eq!(prompts.update(&after_minutes(49, CONTACT), calm, 0), None);
        let debt = after_minutes(51, CONTACT);
        assert_eq!(prompts.update(&debt, typing, 0), None);
        assert_eq!(prompts.update(&debt, contact, 0), None);
        assert_eq!(prompts.update(&debt, calm, 7), Some((RestLevel::Gentle, 7)));
        assert_eq!(prompts.update(&after_minutes(76, CONTACT), typing, 9), Some((RestLevel::Firm, 7)));
        assert_eq!(prompts.update(&debt, contact, 10), None, "a contact begins");
        assert_eq!(prompts.update(&debt, calm, 11), Some((RestLevel::Gentle, 11)));
    }

    #[test]
    fn two_snoozes_then_the_next_gap() {
        let (debt, calm) = (after_minutes(60, CONTACT), Moment::default());
        let mut prompts = RestPrompts::default();
        let mut now_ms = 0;
        for left in [1, 0, 0] {
            assert!(prompts.update(&debt, calm, now_ms).is_some());
            prompts.snooze(now_ms);
            assert_eq!(prompts.snoozes_left(), left);
            assert!(prompts.update(&debt, calm, now_ms + SNOOZE_MS - 1).is_none());
            now_ms += SNOOZE_MS;
        }
        assert!(prompts.update(&debt, calm, now_ms).is_none());
        assert!(prompts.update(&debt, Moment { between_contacts: true, ..calm }, now_ms).is_some());
        prompts.set_off(true);
        assert!(prompts.update(&debt, calm, now_ms).is_none());
    }

    #[test]
    fn a_new_day_forgets_and_the_store_round_trips() {
        let mut debt = WorkDebt::default();
        debt.advance(DAY_WARNING_MS, CONTACT, 1);
        assert!(debt.long_day());
        assert_eq!(WorkDebt::from_device(debt.to_device()), debt);
        debt.advance(1_000, CONTACT, 2);
        assert!(!debt.long_day());
        assert_eq!(WorkDebt::from_device([f64::NAN, -1.0, 0.0, 0.0, 0.0]), WorkDebt::default());
        assert_eq!(Pause::start(90, 0).minutes, 15);
    }
}

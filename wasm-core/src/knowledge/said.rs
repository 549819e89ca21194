//! What the agents have said in a conversation: it is not offered again.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::index;
use crate::pattern::{Pattern, is_in, pattern};

/// An apology, a calming word or a hand-over counts as just said in this many of the newest messages.
const RECENT: usize = 3;
/// An answer was given where a message holds this part of its words; agents change what they insert.
const GIVEN: f32 = 0.7;
/// Given answers are looked for in this many of the newest messages.
const LOOKED_THROUGH: usize = 12;

/// The agents' messages of a conversation, oldest first.
#[derive(Clone, Copy, Debug, Default)]
pub struct Said<'a>(pub &'a [&'a str]);

static APOLOGY: Pattern = LazyLock::new(|| {
    pattern(r"(?i)\b(sorry|apolog(y|ise|ize|ies)|regret)|抱歉|对不起|對不起|不好意思|致歉|道歉|见谅|見諒")
});
static CALMING: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)\b(don['’]?t worry|no need to worry|rest assured|here to help)|别担心|別擔心|不用担心|请放心|您放心|别着急|不要着急|理解您",
    )
});
static ASKED_ORDER: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)\b(order|tracking|booking|reference|waybill|shipment)[ -]?(number|no\b|id\b|code|reference|#)|订单(号|编号)|訂單(號|編號)|单号|單號|哪(个|一个|笔|一笔)?订单",
    )
});
static HANDING_OVER: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)\b(transfer|connect)(ring|ing)? (you|this|it)\b|\bput(ting)? you through\b|\b(pass|hand|forward|escalat)\w* (this|it|you|your|everything|the (case|ticket|matter))\b|转(接|给|交|到|药师|专)|轉(接|給|交|到)|升级处理|反馈给",
    )
});

impl Said<'_> {
    pub fn anything(self) -> bool {
        !self.0.is_empty()
    }

    pub fn apologised(self) -> bool {
        self.recently(&APOLOGY)
    }

    pub fn calmed(self) -> bool {
        self.recently(&CALMING)
    }

    pub fn is_handing_over(self) -> bool {
        self.recently(&HANDING_OVER)
    }

    /// At any time: who was asked knows that it is wanted.
    pub fn asked_for_order(self) -> bool {
        self.0.iter().any(|text| is_in(&ASKED_ORDER, text))
    }

    /// The newest messages' terms, to look for answers that were given.
    pub fn given(self) -> Given {
        Given(self.0.iter().rev().take(LOOKED_THROUGH).map(|text| index::term_set(text)).collect())
    }

    fn recently(self, pattern: &Pattern) -> bool {
        self.0.iter().rev().take(RECENT).any(|text| is_in(pattern, text))
    }
}

/// Terms of messages, newest first.
pub struct Given(Vec<HashSet<String>>);

impl Given {
    /// Whether this answer was given, perhaps in slightly other words.
    pub fn has(&self, answer: &str) -> bool {
        let answer = index::term_set(answer);
        self.0.iter().any(|message| index::share_within(&answer, message) >= GIVEN)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_patterns_compile() {
        for pattern in [&APOLOGY, &CALMING, &ASKED_ORDER, &HANDING_OVER] {
            assert!(pattern.is_some());
        }
    }

    #[test]
    fn what_was_said_is_known_in_both_languages() {
        let check = |text: &str, said: fn(Said<'_>) -> bool, expected: bool| {
            assert_eq!(said(Said(&[text])), expected, "{text}");
        };
        for text in ["I'm sorry for the wait.", "We apologise.", "非常抱歉", "不好意思让您久等"] {
            check(text, |said| said.apologised(), true);
        }
        check("Your order is on its way.", |said| said.apologised(), false);
        for text in ["Please don't worry.", "您别急，请放心"] {
            check(text, |said| said.calmed(), true);
        }
        for text in [
            "Could you send me your order number?",
            "What's the booking reference?",
            "请提供一下订单号",
            "是哪个订单呢",
        ] {
            check(text, |said| said.asked_for_order(), true);
        }
        check("Your order was sent.", |said| said.asked_for_order(), false);
        for text in ["I'll pass this on to a specialist.", "Let me transfer you to my colleague.", "我帮您转接专员"]
        {
            check(text, |said| said.is_handing_over(), true);
        }
        check("I'll put it in the post.", |said| said.is_handing_over(), false);
    }

    #[test]
    fn an_apology_wears_off_and_a_question_does_not() {
        let later = ["Sorry. What is your order number?", "one", "two", "three"];
        assert!(Said(&later[..3]).apologised() && !Said(&later).apologised());
        assert!(Said(&later).asked_for_order());
    }

    #[test]
    fn a_given_answer_is_known_though_it_was_changed() {
        let answer = "Please close the app fully, open it again and check that it's the latest version.";
        let given = "Hi Sam, please close the app fully, then open it again and check whether it's the latest version. Best, Ana";
        assert!(Said(&["Hello", given]).given().has(answer));
        assert!(!Said(&["Please check the version of the app."]).given().has(answer));
        assert!(!Said(&[]).given().has(answer) && !Said(&[given]).given().has(""));
    }
}

//! Why something asked of the server came to nothing, in words: what happened, what is safe, what to do.
//!
//! Pure text from failures. Does not know where it is shown.

use domain::wire::Locale;

use super::api::Failure;
use crate::shared::words::word;

/// Why something asked for was not done, what is safe, and what to do.
pub fn not_done(locale: Locale, failure: &Failure) -> String {
    let (en, zh) = match failure {
        Failure::TooMany { retry_after_s } => return rate_limited(locale, *retry_after_s),
        Failure::Away => (
            "The server does not answer. Nothing was changed. Check the network, then try again.",
            "连不上服务器，没有做任何改动。请检查网络后重试。",
        ),
        Failure::Other { code } if matches!(code.as_str(), "not_found" | "changed_meanwhile") => {
            ("Someone else has changed this already. The list follows in a moment.", "别人已经改过了，列表马上更新。")
        }
        Failure::Other { code } => {
            return match locale {
                Locale::En => format!(
                    "The server could not do this. Nothing was changed. Try again; if it stays, tell your administrator this code: {code}."
                ),
                Locale::Zh => {
                    format!("服务器没能完成，没有做任何改动。请重试；如果还不行，把这个代码告诉管理员：{code}。")
                }
            };
        }
        Failure::Forbidden | Failure::SignedOut | Failure::WrongCredentials => (
            "Your account may not do this. Nothing was changed. Ask your administrator for access.",
            "这个账号不能做这一步，没有做任何改动。需要的话请联系管理员开通。",
        ),
    };
    word(en, zh).of(locale).into()
}

/// The same where something was filled in.
pub fn not_done_but_kept(locale: Locale, failure: &Failure) -> String {
    let text = not_done(locale, failure);
    match locale {
        Locale::En => format!("{text} What you entered is still here."),
        Locale::Zh => format!("{text}填的内容还在。"),
    }
}

/// Why signing out came to nothing, and what to do before somebody else sits here.
pub fn still_signed_in(locale: Locale, failure: &Failure) -> String {
    match (locale, failure) {
        (Locale::En, Failure::Away) => {
            "You are still signed in here: the server does not answer. Check the network, then sign out again before you leave.".into()
        }
        (Locale::Zh, Failure::Away) => "还没有退出，这里仍是登录状态：连不上服务器。请检查网络，离开前再退出一次。".into(),
        (Locale::En, Failure::Other { code }) => format!(
            "You are still signed in here: the server could not sign you out. Sign out again before you leave; if it stays, tell your administrator this code: {code}."
        ),
        (Locale::Zh, Failure::Other { code }) => {
            format!("还没有退出，这里仍是登录状态：服务器没能完成。离开前再退出一次；如果还不行，把这个代码告诉管理员：{code}。")
        }
        (Locale::En, _) => {
            "You are still signed in here: the server could not sign you out. Sign out again before you leave.".into()
        }
        (Locale::Zh, _) => "还没有退出，这里仍是登录状态：服务器没能完成。离开前再退出一次。".into(),
    }
}

/// What to say when too many attempts were made.
pub fn rate_limited(locale: Locale, retry_after_s: Option<u32>) -> String {
    match (locale, retry_after_s) {
        (Locale::En, Some(s)) => format!("Too many attempts. Try again in {}.", wait_en(s)),
        (Locale::En, None) => "Too many attempts. Wait a minute, then try again.".into(),
        (Locale::Zh, Some(s)) if s < 60 => format!("尝试次数太多，请 {s} 秒后再试。"),
        (Locale::Zh, Some(s)) => format!("尝试次数太多，请 {} 分钟后再试。", s.div_ceil(60)),
        (Locale::Zh, None) => "尝试次数太多，请一分钟后再试。".into(),
    }
}

fn wait_en(seconds: u32) -> String {
    match seconds {
        0..=1 => "a second".into(),
        2..=59 => format!("{seconds} seconds"),
        60 => "a minute".into(),
        _ => format!("{} minutes", seconds.div_ceil(60)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_speaks_of_a_code_where_there_is_one() {
        let check = |failure: &Failure, coded: bool| {
            for locale in [Locale::En, Locale::Zh] {
                for text in [not_done(locale, failure), still_signed_in(locale, failure)] {
                    assert_eq!(text.contains("code") || text.contains("代码"), coded, "{text}");
                    assert_eq!(text.contains("500"), coded, "{text}");
                }
            }
        };
        check(&Failure::Away, false);
        check(&Failure::Forbidden, false);
        check(&Failure::TooMany { retry_after_s: Some(9) }, false);
        check(&Failure::Other { code: "500".into() }, true);
        for code in ["not_found", "changed_meanwhile"] {
            let text = not_done(Locale::En, &Failure::Other { code: code.into() });
            assert!(text.starts_with("Someone else has changed this already."), "{text}");
        }
        assert_eq!(rate_limited(Locale::En, Some(90)), "Too many attempts. Try again in 2 minutes.");
        assert!(not_done_but_kept(Locale::En, &Failure::Away).ends_with("What you entered is still here."));
    }
}

//! Curses in plain words: what people write so that machines do not read it (f*ck, sh1t, sb, nmsl, 傻X, 草泥马) becomes what
//! they mean, for the model to read; and which messages are as good as nothing but a curse at whoever reads them.
//!
//! A disguise is taken off only where nothing else can be meant: sb is somebody in English, SB a make of shoes, 尼玛 a name.
//! Nobody sees the plain words; what is shown stays as it was written.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex_lite::{Captures, Regex};

use crate::lang::is_han;
use crate::pattern::{Pattern, head, pattern};

/// Words and Chinese characters of a message that is a curse and little else.
const MAX_LENGTH: usize = 8;

/// Words whose letters are masked or exchanged.
const MASKED: &str = "fuck fucks fucked fucker fuckers fucking fuckin motherfucker shit shits shitty bullshit bitch bitches asshole assholes \
    arsehole cunt cunts dick dicks dickhead dumbass bastard bastards idiot idiots idiotic stupid moron morons retard retarded whore slut \
    prick wanker twat damn crap ass";
/// Spellings and abbreviations that are words of their own.
const ENGLISH: &[(&str, &str)] = &[
    ("stfu", "shut the fuck up"),
    ("gtfo", "get the fuck out"),
    ("gfy", "go fuck yourself"),
    ("kys", "kill yourself"),
    ("fck", "fuck"),
    ("fcking", "fucking"),
    ("fckin", "fucking"),
    ("fuk", "fuck"),
    ("fuking", "fucking"),
    ("fukin", "fucking"),
    ("fkn", "fucking"),
    ("fking", "fucking"),
    ("phuck", "fuck"),
    ("biatch", "bitch"),
    ("azzhole", "asshole"),
];
/// Initials that stand for Chinese words, where Chinese stands around them or nothing else.
const INITIALS: &[(&str, &str)] = &[
    ("sb", "傻逼"),
    ("nmsl", "你妈死了"),
    ("cnm", "操你妈"),
    ("cnmd", "操你妈的"),
    ("cnmb", "操你妈逼"),
    ("tmd", "他妈的"),
    ("nmd", "你妈的"),
    ("nmb", "你妈逼"),
    ("mlgb", "妈了个逼"),
    ("mlgbd", "妈了个逼的"),
    ("wdnmd", "去你妈的"),
    ("qnmd", "去你妈的"),
    ("qnmlgb", "去你妈的"),
    ("rnm", "操你妈"),
    ("jb", "鸡巴"),
    ("shabi", "傻逼"),
    ("caonima", "操你妈"),
];
/// Those that are names of makes in capitals.
const MAKES: &[&str] = &["nmd", "nmb", "rnm", "jb"];
/// Characters that sound or look like others.
const CHINESE: &[(&str, &str)] = &[
    ("煞笔", "傻逼"),
    ("傻比", "傻逼"),
    ("傻币", "傻逼"),
    ("傻叉", "傻逼"),
    ("傻吊", "傻逼"),
    ("傻屌", "傻逼"),
    ("傻屄", "傻逼"),
    ("傻13", "傻逼"),
    ("沙比", "傻逼"),
    ("干你娘", "操你妈"),
    ("幹你娘", "操你妈"),
    ("淦你娘", "操你妈"),
    ("我日你妈", "我操你妈"),
    ("妈卖批", "他妈的"),
    ("麻卖批", "他妈的"),
    ("妈卖皮", "他妈的"),
    ("他马的", "他妈的"),
    ("他喵的", "他妈的"),
    ("你马的", "你妈的"),
    ("泥马的", "你妈的"),
    ("你司马", "你妈死"),
    ("司马东西", "死妈东西"),
    ("特么的", "他妈的"),
    ("去屎吧", "去死吧"),
    ("去4吧", "去死吧"),
    ("狗币", "狗逼"),
    ("狗屄", "狗逼"),
];

/// A fool, with letters, signs or gaps in it: 傻b, 傻 X, 傻*, 煞b.
static FOOL: Pattern = LazyLock::new(|| pattern(r"[傻煞沙][ .·*_-]{0,2}(?:[bBxX×✕]|逼|\*)(?P<after>[^0-9A-Za-z]|$)"));
static DOG: Pattern = LazyLock::new(|| pattern(r"狗[bB](?P<after>[^0-9A-Za-z]|$)"));
static YOUR_MOTHER: Pattern =
    LazyLock::new(|| pattern(r"[操草艹肏曹][ .·*]?[你尼泥妮][ .·*]?(?:[妈馬马玛娘吗]|[mM])(?P<after>[^0-9A-Za-z]|$)"));
static MASKED_MOTHER: Pattern = LazyLock::new(|| pattern(r"(?P<whose>[他她你])[mM*](?:的|[dD]\b)|\b[tT][mM]的"));
/// 尼玛 is a name as well, and what is 妈的 belongs to somebody's mother.
static EXPLETIVE: Pattern = LazyLock::new(|| {
    pattern(
        r"(?P<before>^|[，。！？,.!?\s你我真])(?:尼玛(?P<after>[^次扎顿卓旺多拉仁妈]|$)|妈的(?P<end>[，,！!。…]|$))",
    )
});
static GRASS: Pattern = LazyLock::new(|| pattern(r"艹(?P<after>[^字头旁]|$)"));

/// What is disguised in plain words, or the text itself.
pub fn plain(text: &str) -> Cow<'_, str> {
    let head = head(text);
    let mut words = with_plain_words(head);
    if head.chars().any(is_han) {
        words = with_plain_characters(&words);
    }
    if words == head { Cow::Borrowed(text) } else { Cow::Owned(words + &text[head.len()..]) }
}

/// Word by word: letters, digits and the signs that can stand for letters.
fn with_plain_words(text: &str) -> String {
    let chinese = text.chars().any(is_han);
    let alone = text.chars().filter(|c| c.is_alphanumeric()).count();
    let is_inside = |c: char| c.is_ascii_alphanumeric() || "*@#$!×✱".contains(c);
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(start) = rest.find(is_inside) {
        let word = &rest[start..];
        let word = &word[..word.find(|c| !is_inside(c)).unwrap_or(word.len())];
        let around = [rest[..start].chars().next_back(), rest[start + word.len()..].chars().next()];
        out.push_str(&rest[..start]);
        out.push_str(plain_word(word, chinese, alone, around).as_deref().unwrap_or(word));
        rest = &rest[start + word.len()..];
    }
    out + rest
}

fn plain_word(word: &str, chinese: bool, alone: usize, around: [Option<char>; 2]) -> Option<String> {
    let lower = word.trim_end_matches('!').to_ascii_lowercase();
    let listed = |list: &[(&str, &str)]| {
        list.iter().find(|(spelling, _)| *spelling == lower).map(|&(_, plain)| plain.to_owned())
    };
    if lower.bytes().all(|b| b.is_ascii_lowercase()) {
        let [before, after] = around;
        let within = [before, after].iter().all(|c| c.is_some_and(is_han));
        let begins = before.is_none_or(|c| "，。！ ".contains(c)) && after.is_some_and(|c| "，,！又怎真".contains(c));
        match word {
            "tm" if within => return Some("他妈".into()),
            "md" if begins && chinese => return Some("他妈的".into()),
            _ => {}
        }
        let says_chinese = chinese || alone == lower.len();
        // In capitals some are makes of shoes and tools as well; SB is none when it is said of the agent.
        let make = word.starts_with(|c: char| c.is_ascii_uppercase())
            && match lower.as_str() {
                "sb" => alone > lower.len() && !around.into_iter().flatten().any(|c| "你客吧们东玩是个".contains(c)),
                lower => MAKES.contains(&lower),
            };
        return listed(ENGLISH).or_else(|| listed(INITIALS).filter(|_| says_chinese && !make));
    }
    unmasked(&lower)
}

/// A word of `MASKED` that fits: look-alikes for letters, a star for any. Two letters must be left, or f***.
fn unmasked(word: &str) -> Option<String> {
    let any = |c: char| matches!(c, '*' | '#' | '×' | '✱');
    let letters = word.chars().filter(char::is_ascii_lowercase).count();
    let stars = word.chars().filter(|&c| any(c)).count();
    let like = |c: char| match c {
        '1' | '!' => 'i',
        '0' => 'o',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        c => c,
    };
    if letters < 2 && !(word.starts_with('f') && stars + 1 == word.chars().count()) || letters + stars == 0 {
        return None;
    }
    let fits = |known: &&str| {
        known.len() == word.chars().count() && word.chars().zip(known.chars()).all(|(c, k)| any(c) || like(c) == k)
    };
    MASKED.split_whitespace().find(fits).map(str::to_owned)
}

fn with_plain_characters(text: &str) -> String {
    let mut text = text.to_owned();
    for (disguised, plain) in CHINESE {
        if text.contains(disguised) {
            text = text.replace(disguised, plain);
        }
    }
    let group = |captures: &Captures<'_>, name: &str| captures.name(name).map_or("", |found| found.as_str()).to_owned();
    let replace = |pattern: &Pattern, text: String, plain: &dyn Fn(&Captures<'_>) -> String| match pattern.as_ref() {
        Some(pattern) => pattern.replace_all(&text, |captures: &Captures<'_>| plain(captures)).into_owned(),
        None => text,
    };
    if text.contains(['傻', '煞', '沙']) {
        text = replace(&FOOL, text, &|found| format!("傻逼{}", group(found, "after")));
    }
    if text.contains('狗') {
        text = replace(&DOG, text, &|found| format!("狗逼{}", group(found, "after")));
    }
    if text.contains(['操', '草', '艹', '肏', '曹']) {
        text = replace(&YOUR_MOTHER, text, &|found| format!("操你妈{}", group(found, "after")));
        text = replace(&GRASS, text, &|found| format!("操{}", group(found, "after")));
    }
    if text.contains(['m', 'M', '*']) {
        text = replace(&MASKED_MOTHER, text, &|found| match group(found, "whose").as_str() {
            "你" => "你妈的".to_owned(),
            _ => "他妈的".to_owned(),
        });
    }
    if text.contains(['尼', '妈']) {
        text = replace(&EXPLETIVE, text, &|found| match group(found, "before").as_str() {
            "你" => format!("你妈的{}{}", group(found, "after"), group(found, "end")),
            "我" => found.get(0).map_or("", |all| all.as_str()).replace("尼玛", "他妈的"),
            before => format!("{before}他妈的{}{}", group(found, "after"), group(found, "end")),
        });
    }
    text
}

/// What people are called; it stands for `{WHO}`.
const WHO: &str = "cunt|bitch|moron|asshole|dickhead|bastard|motherfucker|idiot|prick|wanker|twat|dumbass|whore|slut";
/// Curses that can be said to someone's face.
const AT_AGENT: &[&str] = &[
    r"\b(fuck|f) (you|u|ya|off|yourself)\b",
    r"\b(go|just) (die|kill yourself|hang yourself)\b|\bkill yourself\b|^go to hell\b|\bgo to hell,? (you|all of you)\b",
    r"\bshut the fuck up\b|\bkiss my (ass|arse)\b|\beat shit\b",
    r"\b(you|u|ur|your|you're|youre)( \w+){0,3} ({WHO}|bitches)s?\b",
    r"\b(what an?|stupid|fucking|useless|dumb|lazy|lying) ({WHO})s?([^a-z ]|$| (and|get|you))",
    r"^(cunt|bitch|asshole|motherfucker|idiots?|morons?)s?[.! ]*$|\bcunts?\b",
    "操你(妈|大爷|祖宗|全家)|去你(妈|大爷)的|你妈(死|逼)|(^|[，。！!, ])你妈的([，。！!,]|$)|你他妈(是|有|会|就|给|聋|瞎|傻)",
    "(你|们|客服)[个是真就他妈的]{0,4}傻逼|傻逼(客服|东西|玩意|公司|商家|吧你|们)|(^|[，。！!, ])傻逼([，。！!, ]|$)|狗逼(东西|客服|玩意)",
    "(给我|(^|[，。！!, ]))滚(蛋|开|犊子|远点|吧|[，。！!, ]|$)",
    "(^|[，。！!, 你们都])去死(吧|[，。！!, ]|$)|死全家|全家(死|暴毙)",
];
static AIMED: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    AT_AGENT.iter().filter_map(|source| Regex::new(&format!("(?i){}", source.replace("{WHO}", WHO))).ok()).collect()
});

/// Whether a message is as good as nothing but a curse at whoever reads it. In a longer one the model sees better whom it is for:
/// a system, a thief, a third person who is quoted.
pub fn is_at_agent(plain: &str) -> bool {
    let length: usize = plain
        .split(|c: char| !c.is_alphanumeric())
        .map(|run| match run.chars().filter(|&c| is_han(c)).count() {
            0 => usize::from(!run.is_empty()),
            characters => characters,
        })
        .sum();
    length <= MAX_LENGTH && AIMED.iter().any(|pattern| pattern.is_match(plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_patterns_compile() {
        assert_eq!(AIMED.len(), AT_AGENT.len());
        for pattern in [&FOOL, &DOG, &YOUR_MOTHER, &MASKED_MOTHER, &EXPLETIVE, &GRASS] {
            assert!(pattern.is_some());
        }
    }

    #[test]
    fn disguises_are_taken_off() {
        for (text, words) in [
            ("f*ck this", "fuck this"),
            ("F***!", "fuck!"),
            ("sh1t app", "shit app"),
            ("you a$$hole", "you asshole"),
            ("stfu and refund", "shut the fuck up and refund"),
            ("sb客服", "傻逼客服"),
            ("SB客服", "傻逼客服"),
            ("nmsl", "你妈死了"),
            ("退钱，cnm！", "退钱，操你妈！"),
            ("傻X，说三遍了", "傻逼，说三遍了"),
            ("你个傻 b", "你个傻逼"),
            ("草泥马的", "操你妈的"),
            ("他m的又扣", "他妈的又扣"),
            ("尼玛，还没到", "他妈的，还没到"),
            ("艹，又来", "操，又来"),
            ("真tm无语", "真他妈无语"),
            ("md，又丢了", "他妈的，又丢了"),
        ] {
            assert_eq!(plain(text).trim_end_matches('!'), words.trim_end_matches('!'), "{text}");
        }
    }

    #[test]
    fn what_is_no_disguise_stays() {
        for text in [
            "can sb help me",
            "Nike SB板鞋多少钱",
            "USB充电器坏了",
            "NMD鞋多少钱",
            "JB手电筒坏了",
            "我叫尼玛次仁",
            "草莓坏了",
            "曹操你好",
            "the CNM called about my claim",
            "5 stars!",
            "order #4*3",
            "a***@example.com",
            "沙发B款",
            "妈妈的生日",
            "艹字头怎么写",
            "今日你妈妈签收",
            "$100 off",
            "tm商标怎么注册",
            "文件是a.md，打不开",
        ] {
            assert_eq!(plain(text), text);
        }
    }

    #[test]
    fn curses_at_the_agent() {
        for text in [
            "fuck you and your company",
            "Fuck off",
            "you stupid bitch",
            "what a dickhead",
            "kill yourself",
            "操你妈，退钱",
            "你妈的，赶紧退",
            "滚",
            "去死吧",
            "傻逼客服",
        ] {
            assert!(is_at_agent(&plain(text)), "{text}");
        }
        for text in [
            "fuck, my flight leaves",
            "this fucking app",
            "the screws you sent are shit",
            "i feel like an idiot",
            "他妈的又扣钱",
            "滚筒洗衣机",
            "去死皮的膏",
            "我真是个傻逼",
            "can you shut up the account",
            "自动续费又扣我299，去死吧自动续费，给我关了",
        ] {
            assert!(!is_at_agent(&plain(text)), "{text}");
        }
    }
}

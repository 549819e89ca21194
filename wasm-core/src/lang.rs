//! Language of a message: Chinese, English, or unknown, never a guess.
//!
//! Script decides first, then function words, then (for longer Latin text without evidence) whatlang. Mixed
//! Chinese–English lines are usual in support chats: they are English only when English grammar carries them.

use std::collections::HashSet;
use std::sync::LazyLock;

use domain::Lang;

/// Frequent words of English support messages, without those that are frequent in other languages too.
static ENGLISH: LazyLock<HashSet<&str>> =
    LazyLock::new(|| include_str!("lang/english.txt").split_whitespace().collect());
/// Function words and support words of other languages in Latin script, without those that are English words.
static FOREIGN: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let lines = include_str!("lang/foreign.txt").lines();
    let words = lines.flat_map(|line| line.split_whitespace().skip(1));
    words.filter(|word| !ENGLISH.contains(word) && !SHARED.contains(word)).collect()
});
/// Words of English that are words of other languages too: weak evidence for English.
static SHARED: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    "a i in me on is do as am so was will an man no per of over had her for at die he we to have under my be are it \
     that this from has were or but not all men hotel bank hi ok okay see were more am or if by con den son sale plus \
     mine main fast also rest kind type model code app pin test total portal plan set note place post point report \
     service system data version video platform profile online web email login camera cash ty hai bye"
        .split_whitespace()
        .collect()
});
/// English words that keep their accents.
const LOANS: [&str; 10] =
    ["café", "cafés", "naïve", "résumé", "résumés", "fiancé", "fiancée", "cliché", "façade", "déjà"];
/// Marks of English grammar in a mixed line.
const GRAMMAR: [&str; 44] = [
    "the", "is", "are", "was", "were", "my", "your", "i", "you", "it", "and", "but", "or", "not", "to", "for", "of",
    "in", "on", "at", "with", "this", "that", "have", "has", "had", "do", "does", "did", "can", "could", "will",
    "would", "i'm", "i've", "it's", "don't", "didn't", "says", "because", "they", "we", "me", "be",
];
/// Characters that only Japanese writes.
const JAPANESE_KANJI: &str = "込払売発対応図気駅検済読広験働円価処単戻帰黒歩";
/// Below this many letters whatlang is not asked.
const WHATLANG_LETTERS: usize = 24;
const WHATLANG_CONFIDENCE: f64 = 0.6;

#[derive(Default)]
struct Scripts {
    han: usize,
    /// Kana and Hangul, and characters that only Japanese writes.
    kana_hangul: usize,
    other: usize,
    latin: usize,
}

/// Whether there is something but no word: numbers, codes, "???", emoji. Its language is that of any conversation.
pub fn is_wordless(text: &str) -> bool {
    let scripts = Scripts::of(text);
    let letters = scripts.han + scripts.kana_hangul + scripts.other;
    letters == 0 && latin_words(text).is_empty() && text.chars().any(|c| !c.is_whitespace() && !c.is_control())
}

/// The language of `text`; `before` is that of the conversation so far and decides for text without words (numbers,
/// codes, "???").
pub fn detect(text: &str, before: Option<Lang>) -> Lang {
    let scripts = Scripts::of(text);
    if scripts.kana_hangul * 6 >= (scripts.han + scripts.latin / 2).max(1) {
        return Lang::Unknown;
    }
    if scripts.other > 0 && scripts.other * 3 >= scripts.han * 2 + scripts.latin + scripts.other {
        return Lang::Unknown;
    }
    let words = latin_words(text);
    match (scripts.han, words.len()) {
        (0, 0) if is_wordless(text) => before.unwrap_or(Lang::Unknown),
        (0, 0) => Lang::Unknown,
        (0, _) => latin(&words, &scripts, before),
        (_, 0) => Lang::Zh,
        (han, count) => {
            let grammar: HashSet<&str> = words.iter().map(String::as_str).filter(|w| GRAMMAR.contains(w)).collect();
            let english = grammar.len() >= 2 && count * 13 > han * 10 || han == 1 && count >= 4;
            if english { latin(&words, &scripts, before) } else { Lang::Zh }
        }
    }
}

fn latin(words: &[String], scripts: &Scripts, before: Option<Lang>) -> Lang {
    let count = |set: &HashSet<&str>| words.iter().filter(|word| set.contains(word.as_str())).count() as f32;
    let english = count(&ENGLISH) + 0.4 * count(&SHARED);
    let marked = words.iter().filter(|word| !word.is_ascii() && !LOANS.contains(&word.as_str())).count();
    let foreign = count(&FOREIGN) + 0.7 * marked as f32;
    let letters = scripts.latin;
    if foreign > english || foreign > 0.0 && (foreign - english).abs() < f32::EPSILON && before != Some(Lang::En) {
        return Lang::Unknown;
    }
    // Enough letters and little English: the trigrams may know better.
    let thin = english < 0.15 * words.len() as f32 || english < 1.0;
    if thin && letters >= WHATLANG_LETTERS && foreign_by_trigrams(words) {
        return Lang::Unknown;
    }
    Lang::En
}

fn foreign_by_trigrams(words: &[String]) -> bool {
    use whatlang::Lang as L;
    const CANDIDATES: [L; 24] = [
        L::Eng,
        L::Spa,
        L::Fra,
        L::Deu,
        L::Ita,
        L::Por,
        L::Nld,
        L::Swe,
        L::Dan,
        L::Nob,
        L::Fin,
        L::Pol,
        L::Ces,
        L::Slk,
        L::Hun,
        L::Ron,
        L::Tur,
        L::Vie,
        L::Ind,
        L::Hrv,
        L::Slv,
        L::Lit,
        L::Est,
        L::Tgl,
    ];
    let detector = whatlang::Detector::with_allowlist(CANDIDATES.to_vec());
    detector
        .detect(&words.join(" "))
        .is_some_and(|found| found.lang() != L::Eng && found.confidence() >= WHATLANG_CONFIDENCE)
}

impl Scripts {
    fn of(text: &str) -> Self {
        let mut scripts = Self::default();
        for c in text.chars() {
            match c {
                c if is_han(c) && JAPANESE_KANJI.contains(c) => {
                    scripts.han += 1;
                    scripts.kana_hangul += 1;
                }
                c if is_han(c) => scripts.han += 1,
                // の is written in Chinese shop names.
                'の' => scripts.kana_hangul += usize::from(scripts.han == 0),
                '\u{3041}'..='\u{30ff}' if c != '・' && c != 'ー' => scripts.kana_hangul += 1,
                '\u{31f0}'..='\u{31ff}' | '\u{ff66}'..='\u{ff9d}' => scripts.kana_hangul += 1,
                '\u{ac00}'..='\u{d7af}' | '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' => scripts.kana_hangul += 1,
                'a'..='z' | 'A'..='Z' | 'ａ'..='ｚ' | 'Ａ'..='Ｚ' => scripts.latin += 1,
                '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' if c.is_alphabetic() => scripts.latin += 1,
                c if c.is_alphabetic() && !is_latin_like(c) => scripts.other += 1,
                _ => {}
            }
        }
        scripts
    }
}

/// Whether `c` is a Chinese character, simplified, traditional or rare (Unicode's CJK unified and compatibility ideographs).
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// Ligatures, letter-like symbols, enclosed letters, ordinal signs, phonetic letters.
fn is_latin_like(c: char) -> bool {
    matches!(c, '\u{aa}' | '\u{ba}' | '\u{b5}' | '\u{250}'..='\u{2ff}' | '\u{2100}'..='\u{214f}' | '\u{2160}'..='\u{218f}'
        | '\u{24b6}'..='\u{24e9}' | '\u{fb00}'..='\u{fb06}' | '\u{1d400}'..='\u{1d7ff}' | '\u{1f130}'..='\u{1f189}' | '々' | '〇')
}

/// Lower-case words in Latin letters; codes with digits, e-mail addresses and URLs are none.
fn latin_words(text: &str) -> Vec<String> {
    let separator = |c: char| c.is_whitespace() || is_han(c) || "，。！？；：、（）“”…—,;!?()\"".contains(c);
    let mut words = Vec::new();
    for token in text.split(separator) {
        if token.contains('@') || token.contains("://") || token.starts_with("www.") {
            continue;
        }
        for part in token.split(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '’')) {
            let word = part.trim_matches(['\'', '’']).replace('’', "'");
            let word: String = word.chars().map(narrow).flat_map(char::to_lowercase).collect();
            let latin = |c: char| {
                c == '\'' || c.is_alphabetic() && ((c as u32) < 0x250 || matches!(c, '\u{1e00}'..='\u{1eff}'))
            };
            if !word.is_empty() && word.chars().all(latin) {
                words.push(word);
            }
        }
    }
    words
}

/// Full-width letters as plain ones.
fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(lines: &[&str], lang: Lang) {
        let wrong: Vec<_> = lines.iter().filter(|line| detect(line, None) != lang).collect();
        assert!(wrong.is_empty(), "not {lang:?}: {wrong:#?}");
    }

    #[test]
    fn other_languages_are_unknown() {
        check(
            &[
                "ありがとう",
                "注文した商品がまだ届きません",
                "返品したい",
                "Amazon Prime を解約したい",
                "注文番号を確認したい",
                "주문한 상품이 아직 안 왔어요",
                "환불",
                "спасибо",
                "Где мой заказ?",
                "Де моє замовлення?",
                "Къде е поръчката ми?",
                "مرحبا",
                "أين طلبي؟",
                "سفارش من کجاست؟",
                "ההזמנה שלי לא הגיעה",
                "สวัสดีครับ ของยังไม่มา",
                "मेरा ऑर्डर कहाँ है?",
                "আমার অর্ডার কোথায়?",
                "என் ஆர்டர் எங்கே?",
                "Πού είναι η παραγγελία μου;",
                "სად არის ჩემი შეკვეთა?",
                "hola",
                "gracias",
                "¿Dónde está mi pedido?",
                "quiero cancelar mi pedido",
                "no funciona la tarjeta",
                "bonjour",
                "Où est ma commande ?",
                "je veux annuler ma commande",
                "merci beaucoup",
                "C'est toujours pas arrivé",
                "danke",
                "Wo ist mein Paket?",
                "Ich möchte meine Bestellung stornieren",
                "Das Gerät ist kaputt",
                "Rechnung bitte",
                "ciao",
                "Vorrei annullare il mio ordine",
                "Dove è il pacco?",
                "olá",
                "Onde está o meu pedido?",
                "quero cancelar a conta",
                "Waar is mijn pakket?",
                "ik wil mijn geld terug",
                "Var är mitt paket?",
                "Hvor er min pakke?",
                "Missä tilaukseni on?",
                "Gdzie jest moja paczka?",
                "dziękuję",
                "Kde je můj balík?",
                "Unde este comanda mea?",
                "Hol van a csomagom?",
                "Siparişim nerede?",
                "iptal etmek istiyorum",
                "Đơn hàng của tôi ở đâu?",
                "Pesanan saya belum sampai",
                "Nasaan ang order ko po",
                "Agizo langu liko wapi tafadhali",
                "Gdje je moja narudžba?",
                "On és la meva comanda?",
                "Kur yra mano užsakymas?",
                "Kus on minu tellimus?",
            ],
            Lang::Unknown,
        );
    }

    #[test]
    fn short_english_is_english() {
        check(
            &[
                "cancel order",
                "ok",
                "OK!",
                "yes",
                "no",
                "nope",
                "hi",
                "hello",
                "hey",
                "thx bye",
                "refund",
                "refund pls",
                "wifi down",
                "parcel?",
                "not working",
                "it's broken",
                "where is it",
                "invoice",
                "human please",
                "agent",
                "track my order",
                "lost card",
                "top up failed",
                "any news",
                "still waiting",
                "so?",
                "what",
                "Help",
                "app crashes",
                "change address",
                "password reset",
                "how much",
                "ＨＥＬＬＯ，ｗｈｅｒｅ　ｉｓ　ｍｙ　ｏｒｄｅｒ？",
                "Café order naïve résumé",
                "order TB88210394 late",
                "i want my money back NOW!!!",
                "My name is 王小明 and my order is late",
                "Hi I bought 洗衣液 and 柔顺剂 yesterday but they leak",
                "My name is Иван Петров and my order is late",
                "Where is my order for Zürich?",
                "the driver was in a hurry",
                "is it in?",
                "don't",
                "ugh",
                "lol",
                "cheers mate",
                "ta",
                "delivered to wrong house",
                "u there?",
                "appreciate ya",
                "yo",
                "day 14. nada",
            ],
            Lang::En,
        );
    }

    #[test]
    fn chinese_is_chinese_even_with_english_words() {
        check(
            &[
                "好",
                "好的",
                "嗯",
                "嗯嗯",
                "在吗",
                "退款",
                "转人工",
                "轉人工",
                "請問我的訂單什麼時候到貨",
                "谢谢，再见",
                "不用了",
                "多少钱",
                "我的order还没ship呢，please帮我check一下",
                "OK 好的",
                "iPhone 15 Pro Max 有货吗",
                "App 登录不了",
                "WiFi 连不上",
                "APP闪退",
                "帮我查下 SF1234567890",
                "我要 cancel",
                "优の品的券怎么用",
                "TB88210394 到哪了",
                "VIP会员怎么取消",
                "👨‍👩‍👧‍👦 三张票能退吗",
                "退钱！！！",
                "我的 iPhone 15 Pro Max 收不到 verification code",
                "龘靐齉爩",
                "冇收到货",
                "单号 YT7741908852236 显示已签收",
                "已经处理单据了吗",
            ],
            Lang::Zh,
        );
    }

    #[test]
    fn text_without_words_follows_the_conversation() {
        for text in ["TB88210394", "13800138000", "???", "👍", "user@example.com", "https://example.com/a"] {
            assert_eq!(detect(text, None), Lang::Unknown, "{text}");
            assert_eq!(detect(text, Some(Lang::Zh)), Lang::Zh, "{text}");
        }
        for text in ["", "  ", "\n\t"] {
            assert_eq!(detect(text, Some(Lang::Zh)), Lang::Unknown, "{text:?}");
        }
    }

    /// Authored lines are labelled by the people who wrote them.
    #[test]
    fn authored_lines_keep_their_language() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../models/corpus/dev.jsonl");
        let Ok(lines) = std::fs::read_to_string(file) else { return };
        let (mut right, mut all, mut wrong) = (0, 0, Vec::new());
        for line in lines.lines() {
            let row: serde_json::Value = serde_json::from_str(line).unwrap();
            let (text, lang) = (row["text"].as_str().unwrap(), row["lang"].as_str().unwrap());
            let found = detect(text, None);
            all += 1;
            if matches!((found, lang), (Lang::Zh, "zh") | (Lang::En, "en")) {
                right += 1;
            } else {
                wrong.push(format!("{lang} {found:?} {text}"));
            }
        }
        assert!(right * 1000 >= all * 990, "{right} of {all}: {wrong:#?}");
    }
}

//! Amounts of money with their currency; the value is `89.00 EUR` (ISO 4217). `¥` alone is read as yuan.

use std::sync::LazyLock;

use domain::FieldKind;

use super::{Found, Pattern, matches, pattern, stands_alone};

/// 1,249.50 and, as most of Europe writes, 1.249,50 and 34,90.
const NUMBER: &str = r"(?P<number>\d{1,3}(?:[,，]\d{3})+(?:\.\d{1,2})?|(?P<european>(?:\d{1,3}(?:[. ]\d{3})+|\d+),\d{2})|\d+(?:\.\d{1,2})?)";

static SIGN_FIRST: Pattern = LazyLock::new(|| {
    pattern(&format!(
        r"(?P<unit>HK\$|NT\$|NZ\$|US\$|AU?\$|CA?\$|S\$|[$€£¥￥₩₹]|\bRs\.?|\b(?i:USD|EUR|GBP|CNY|RMB|HKD|TWD|JPY|AUD|CAD|SGD|NZD|CHF|KRW|INR) ?) ?{NUMBER}(?P<scale>[kK]\b|万|千)?(?P<same>元人民币|元|块)?"
    ))
});
static UNIT_AFTER: Pattern = LazyLock::new(|| {
    pattern(&format!(
        r"(?i){NUMBER} ?(?P<scale>万|千|k)? ?(?P<unit>美元|美金|欧元|英镑|港币|港元|日元|韩元|台币|元人民币|人民币|元|块钱|块|€|£|\$|(?:usd|eur|gbp|rmb|hkd|\b(?:cny|jpy|aud|cad|sgd|nzd|chf)|us dollars?|dollars?|bucks|euros?|pounds?|quid|yuan|yen)\b)"
    ))
});
static CHINESE: Pattern = LazyLock::new(|| {
    pattern(
        r"(?P<numeral>[一二两三四五六七八九十百千万零]{2,9})(?P<unit>元|块钱|块|美元|欧元|英镑)|(?P<single>[一二两三四五六七八九])(?P<unit_of_single>块钱|元钱)",
    )
});

/// Tenths of a yuan; 5毛 goes on in 5毛巾.
static TENTHS: Pattern =
    LazyLock::new(|| pattern(r"(?:^|[^\d.])(?P<value>(?P<number>\d)毛(?:钱)?)(?:[，。,.！!？?；; 的了吧啊呢都也]|$)"));
static SPOKEN: Pattern = LazyLock::new(|| {
    const WORD: &str = "(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand)";
    pattern(&format!(
        r"(?i)\b(?P<words>(?:a )?{WORD}(?:[ -](?:and )?{WORD}){{0,6}}) (?P<unit>(?:us )?dollars|bucks|euros|pounds|quid|yuan)\b"
    ))
});

pub fn amounts(text: &str, _: Option<&str>, found: &mut Vec<Found>) {
    let digits = text.bytes().any(|b| b.is_ascii_digit());
    for pattern in [&SIGN_FIRST, &UNIT_AFTER].into_iter().filter(|_| digits) {
        for (captures, range) in matches(pattern, text) {
            let group = |name: &str| captures.name(name).map(|m| m.as_str());
            // Of 5,10,15 nobody can tell.
            let listed = group("european").is_some()
                && (text[range.end..].starts_with(',') || text[..range.start].ends_with([',', '.']));
            let number = match group("european") {
                Some(number) => number.replace(['.', ' '], "").replace(',', "."),
                None => group("number").unwrap_or_default().replace([',', '，'], ""),
            };
            let number: Option<f64> = number.parse().ok().filter(|_| !listed);
            let scale = match group("scale") {
                Some("万") => 10_000.0,
                Some(_) => 1_000.0,
                None => 1.0,
            };
            let (Some(number), Some(currency)) = (number, group("unit").and_then(currency)) else { continue };
            if stands_alone(text, &range) {
                found.push(Found::new(FieldKind::Amount, range, format!("{:.2} {currency}", number * scale)));
            }
        }
    }
    spoken(text, found);
    for (captures, range) in text.contains('毛').then(|| matches(&TENTHS, text)).into_iter().flatten() {
        let tenths: Option<f64> = captures.name("number").and_then(|number| number.as_str().parse().ok());
        if let Some(tenths) = tenths {
            found.push(Found::new(FieldKind::Amount, range, format!("{:.2} CNY", tenths / 10.0)));
        }
    }
    if !text.contains(['元', '块', '镑']) {
        return;
    }
    for (captures, range) in matches(&CHINESE, text) {
        let group = |name: &str| captures.name(name).map(|m| m.as_str());
        let number = group("numeral").or_else(|| group("single")).and_then(numeral);
        let unit = group("unit").or_else(|| group("unit_of_single")).and_then(currency);
        if let (Some(number), Some(currency)) = (number, unit) {
            found.push(Found::new(FieldKind::Amount, range, format!("{number}.00 {currency}")));
        }
    }
}

/// Amounts in English words: two hundred dollars. What is weighed is none: ten pounds of rice.
fn spoken(text: &str, found: &mut Vec<Found>) {
    let lower = text.to_ascii_lowercase();
    if !["dollar", "pound", "euro", "quid", "bucks"].iter().any(|unit| lower.contains(unit)) {
        return;
    }
    for (captures, range) in matches(&SPOKEN, text) {
        let group = |name: &str| captures.name(name).map(|m| m.as_str());
        let unit = group("unit").and_then(currency);
        let weighed = text[range.end..].to_ascii_lowercase().starts_with(" of");
        if let (Some(number), Some(currency), false) = (group("words").and_then(english_number), unit, weighed) {
            found.push(Found::new(FieldKind::Amount, range, format!("{number}.00 {currency}")));
        }
    }
}

/// Numbers up to 999 thousand; `None` for what is no number (a five).
fn english_number(words: &str) -> Option<u64> {
    let (mut total, mut section) = (0u64, 0u64);
    for word in words.to_ascii_lowercase().split([' ', '-']) {
        match word {
            "a" | "and" => {}
            "hundred" => section = section.max(1) * 100,
            "thousand" => {
                total = section.max(1) * 1000;
                section = 0;
            }
            word => section += ENGLISH_NUMBERS.iter().find(|(name, _)| *name == word)?.1,
        }
    }
    Some(total + section).filter(|&number| number > 1)
}

const ENGLISH_NUMBERS: [(&str, u64); 28] = [
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
    ("zero", 0),
];

fn currency(unit: &str) -> Option<&'static str> {
    Some(match unit.trim().to_lowercase().as_str() {
        "$" | "us$" | "usd" | "dollar" | "dollars" | "us dollar" | "us dollars" | "bucks" | "美元" | "美金" => {
            "USD"
        }
        "€" | "eur" | "euro" | "euros" | "欧元" => "EUR",
        "£" | "gbp" | "pound" | "pounds" | "quid" | "英镑" => "GBP",
        "¥" | "￥" | "cny" | "rmb" | "yuan" | "元" | "块" | "块钱" | "元钱" | "人民币" | "元人民币" => {
            "CNY"
        }
        "hk$" | "hkd" | "港币" | "港元" => "HKD",
        "nt$" | "twd" | "台币" => "TWD",
        "jpy" | "日元" | "yen" => "JPY",
        "₩" | "韩元" | "krw" => "KRW",
        "₹" | "inr" | "rs" | "rs." => "INR",
        "a$" | "au$" | "aud" => "AUD",
        "c$" | "ca$" | "cad" => "CAD",
        "s$" | "sgd" => "SGD",
        "nz$" | "nzd" => "NZD",
        "chf" => "CHF",
        _ => return None,
    })
}

/// Chinese numerals up to 99 million; `None` for what is no number (百千).
fn numeral(words: &str) -> Option<u64> {
    let (mut total, mut section, mut digit) = (0u64, 0u64, None);
    for c in words.chars() {
        match c {
            '零' => digit = None,
            '十' | '百' | '千' => {
                let unit = match c {
                    '十' => 10,
                    '百' => 100,
                    _ => 1000,
                };
                let count = digit.take().or((c == '十').then_some(1))?;
                section += count * unit;
            }
            '万' => {
                total = (section + digit.take().unwrap_or(0)).checked_mul(10_000).filter(|&n| n > 0)?;
                section = 0;
            }
            c => {
                let value =
                    if c == '两' { 2 } else { "一二三四五六七八九".chars().position(|d| d == c)? as u64 + 1 };
                if digit.replace(value).is_some() {
                    return None;
                }
            }
        }
    }
    Some(total + section + digit.unwrap_or(0)).filter(|&n| n > 0)
}

#[cfg(test)]
mod tests {
    use crate::fields::tests::check;
    use domain::FieldKind::Amount;

    #[test]
    fn amounts() {
        let one = |text: &str, words: &str, value: &str| check(text, &[(Amount, words, value)]);
        one("charged $1,249.50 twice", "$1,249.50", "1249.50 USD");
        one("paid 89 EUR", "89 EUR", "89.00 EUR");
        one("it was £ 20", "£ 20", "20.00 GBP");
        one("that's 45 quid", "45 quid", "45.00 GBP");
        one("退80块差价", "80块", "80.00 CNY");
        one("付了459元", "459元", "459.00 CNY");
        one("￥99.9包邮", "￥99.9", "99.90 CNY");
        one("转了1.5万元", "1.5万元", "15000.00 CNY");
        one("三百五十块", "三百五十块", "350.00 CNY");
        one("就两块钱", "两块钱", "2.00 CNY");
        one("花了一万两千元", "一万两千元", "12000.00 CNY");
        one("寄2千块保价", "2千块", "2000.00 CNY");
        one("扣了430.5元人民币", "430.5元人民币", "430.50 CNY");
        one("lost two hundred and fifty dollars", "two hundred and fifty dollars", "250.00 USD");
        one("a hundred bucks", "a hundred bucks", "100.00 USD");
        one("about 20$ off", "20$", "20.00 USD");
        one("usd 30", "usd 30", "30.00 USD");
        one("HK$ 500", "HK$ 500", "500.00 HKD");
        one("total €1.249,00 again", "€1.249,00", "1249.00 EUR");
        one("34,90 € right?", "34,90 €", "34.90 EUR");
        one("299RMB的套餐", "299RMB", "299.00 CNY");
        one("少退5毛", "5毛", "0.50 CNY");
        one("refund Rs. 1,499 please", "Rs. 1,499", "1499.00 INR");
        one("10k yen for a repair", "10k yen", "10000.00 JPY");
    }

    #[test]
    fn no_amounts() {
        for text in [
            "一块去",
            "5 stars",
            "第三块",
            "3块电池板x",
            "百元以内",
            "20%",
            "100 points",
            "a pound of apples",
            "ten pounds of rice",
            "5千米",
            "v2.0",
            "5毛巾",
            "$5,10,15 plans",
        ] {
            let fields = crate::fields::extract(text, None);
            let expected = usize::from(text == "3块电池板x");
            assert_eq!(fields.len(), expected, "{text}: {fields:?}");
        }
    }
}

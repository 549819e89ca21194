//! Amounts of money with their currency; the value is `89.00 EUR` (ISO 4217). `¥` alone is read as yuan.

use std::sync::LazyLock;

use domain::FieldKind;

use super::{Found, Pattern, matches, pattern, stands_alone};

const NUMBER: &str = r"(?P<number>\d{1,3}(?:[,，]\d{3})+(?:\.\d{1,2})?|\d+(?:\.\d{1,2})?)";

static SIGN_FIRST: Pattern = LazyLock::new(|| {
    pattern(&format!(
        r"(?P<unit>HK\$|NT\$|US\$|A\$|C\$|S\$|[$€£¥￥₩₹]|\b(?i:USD|EUR|GBP|CNY|RMB|HKD|TWD|JPY) ?) ?{NUMBER}(?P<scale>[kK万]\b|万)?"
    ))
});
static UNIT_AFTER: Pattern = LazyLock::new(|| {
    pattern(&format!(
        r"(?i){NUMBER} ?(?P<scale>万)?(?P<unit>美元|美金|欧元|英镑|港币|港元|日元|韩元|台币|人民币|元|块钱|块|€|£|\b(?:usd|eur|gbp|cny|rmb|hkd|jpy|us dollars?|dollars?|bucks|euros?|pounds?|quid|yuan)\b)"
    ))
});
static CHINESE: Pattern = LazyLock::new(|| {
    pattern(
        r"(?P<numeral>[一二两三四五六七八九十百千万零]{2,9})(?P<unit>元|块钱|块|美元|欧元|英镑)|(?P<single>[一二两三四五六七八九])(?P<unit_of_single>块钱|元钱)",
    )
});

pub fn amounts(text: &str, _: Option<&str>, found: &mut Vec<Found>) {
    for pattern in [&SIGN_FIRST, &UNIT_AFTER] {
        for (captures, range) in matches(pattern, text) {
            let group = |name: &str| captures.name(name).map(|m| m.as_str());
            let number: Option<f64> = group("number").and_then(|n| n.replace([',', '，'], "").parse().ok());
            let scale = match group("scale") {
                Some("万") => 10_000.0,
                Some(_) => 1_000.0,
                None => 1.0,
            };
            let (Some(number), Some(currency)) = (number, group("unit").and_then(currency)) else { continue };
            if stands_alone(text, &range) {
                found.push(Found {
                    kind: FieldKind::Amount,
                    range,
                    value: format!("{:.2} {currency}", number * scale),
                });
            }
        }
    }
    for (captures, range) in matches(&CHINESE, text) {
        let group = |name: &str| captures.name(name).map(|m| m.as_str());
        let number = group("numeral").or_else(|| group("single")).and_then(numeral);
        let unit = group("unit").or_else(|| group("unit_of_single")).and_then(currency);
        if let (Some(number), Some(currency)) = (number, unit) {
            found.push(Found { kind: FieldKind::Amount, range, value: format!("{number}.00 {currency}") });
        }
    }
}

fn currency(unit: &str) -> Option<&'static str> {
    Some(match unit.trim().to_lowercase().as_str() {
        "$" | "us$" | "usd" | "dollar" | "dollars" | "us dollar" | "us dollars" | "bucks" | "美元" | "美金" => {
            "USD"
        }
        "€" | "eur" | "euro" | "euros" | "欧元" => "EUR",
        "£" | "gbp" | "pound" | "pounds" | "quid" | "英镑" => "GBP",
        "¥" | "￥" | "cny" | "rmb" | "yuan" | "元" | "块" | "块钱" | "元钱" | "人民币" => "CNY",
        "hk$" | "hkd" | "港币" | "港元" => "HKD",
        "nt$" | "twd" | "台币" => "TWD",
        "jpy" | "日元" => "JPY",
        "₩" | "韩元" => "KRW",
        "₹" => "INR",
        "a$" => "AUD",
        "c$" => "CAD",
        "s$" => "SGD",
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
        one("usd 30", "usd 30", "30.00 USD");
        one("HK$ 500", "HK$ 500", "500.00 HKD");
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
            "5千米",
            "v2.0",
        ] {
            let fields = crate::fields::extract(text, None);
            let expected = usize::from(text == "3块电池板x");
            assert_eq!(fields.len(), expected, "{text}: {fields:?}");
        }
    }
}

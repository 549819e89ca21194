//! Phone numbers: Chinese, North American, British, Australian, international; also as spoken (幺三八…). The value is
//! digits, with `+` where written, and `-` before an extension.

use std::ops::Range;
use std::sync::LazyLock;

use domain::FieldKind;

use super::{Found, Pattern, matches, pattern, stands_alone};

static CHINESE_PHONE: Pattern = LazyLock::new(|| {
    pattern(
        r"(?P<value>(?:\+86[- ]?|\b86[- ])?\b1[3-9]\d(?:\d{8}|[- ]\d{4}[- ]\d{4})\b|\b0\d{2,3}-\d{7,8}\b|\b0\d{2,3}-\d{4} \d{4}\b|\b400-?\d{3}-?\d{4}\b|\b400-\d{4}-\d{3}\b)",
    )
});
static INTERNATIONAL: Pattern = LazyLock::new(|| pattern(r"(?P<value>\+\d{1,3}(?:[ .-]?\(?\d{1,5}\)?){2,6})"));
/// North America 3-3-4, United Kingdom 4-3-4 and 5-6 with a leading 0.
static NATIONAL: Pattern = LazyLock::new(|| {
    pattern(
        r"(?P<value>\(\d{3}\)[ -]?\d{3}[ .-]\d{4}|\b(?:001[ .-]|1[ -])?\d{3}[ .-]\d{3}[ .-]\d{4}|\b0\d{4} \d{6}\b|\b0\d{3} \d{3} \d{4}\b|\b0\d{2} \d{4} \d{4}\b|\b07\d{9}\b|\b0[45]\d{2} \d{3} \d{3}\b)",
    )
});
static PHONE_WORD: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)(?:\b(?:phone|mobile|cell|landline|tel\.?|telephone|fax|desk|call|text|sms|reach|ring|whatsapp|my(?: new)? number|answer(?:ing)?)(?: (?:number|no\.?|me|us|to))?(?: (?:is|on|at|back))*|电话|手机|手机号|联系方式|号码|致电)(?:号码|号)?(?:是|为)?\s*[:：]?\s*(?P<value>\(?\d(?:[ .-]?\)?[ .-]?\d){6,14})",
    )
});

/// A mobile number spoken in Chinese digits, 幺 for one.
static SPOKEN: Pattern = LazyLock::new(|| {
    pattern(r"[幺一][三四五六七八九][零〇幺一二三四五六七八九]{9}|[壹幺][叁肆伍陆柒捌玖][零壹贰叁肆伍陆柒捌玖]{9}")
});
static EXTENSION: Pattern = LazyLock::new(|| pattern(r"(?i)^(?: ?转 ?| ?ext\.? ?| ?x ?)(?P<value>\d{1,5})\b"));

pub fn phones(text: &str, _: Option<&str>, found: &mut Vec<Found>) {
    if text.bytes().filter(u8::is_ascii_digit).count() >= 7 {
        for pattern in [&CHINESE_PHONE, &INTERNATIONAL, &NATIONAL, &PHONE_WORD] {
            for (_, range) in matches(pattern, text) {
                written(text, range, found);
            }
        }
    }
    if text.contains(['幺', '零', '〇']) {
        for (_, range) in matches(&SPOKEN, text) {
            const DIGITS: [char; 9] = ['幺', '二', '三', '四', '五', '六', '七', '八', '九'];
            let digit = |c: char| "零幺二三四五六七八九".find(c).map(|place| place / '零'.len_utf8());
            let spoken = text[range.clone()].chars().map(|c| match c {
                '〇' => '零',
                '一' => '幺',
                c => match "壹贰叁肆伍陆柒捌玖".find(c) {
                    Some(place) => DIGITS[place / '壹'.len_utf8()],
                    None => c,
                },
            });
            let value: String = spoken.filter_map(digit).map(|digit| digit.to_string()).collect();
            found.push(Found::new(FieldKind::Phone, range, value));
        }
    }
}

fn written(text: &str, mut range: Range<usize>, found: &mut Vec<Found>) {
    let words = &text[range.clone()];
    let mut value: String = words.chars().filter(char::is_ascii_digit).collect();
    if !(7..=15).contains(&value.len()) {
        return;
    }
    if words.starts_with('+') {
        value.insert(0, '+');
    }
    if let Some((_, extension)) = matches(&EXTENSION, &text[range.end..]).into_iter().next() {
        value.push('-');
        value.push_str(&text[range.end..][extension.clone()]);
        range.end += extension.end;
    }
    if stands_alone(text, &range) {
        found.push(Found::new(FieldKind::Phone, range, value));
    }
}

#[cfg(test)]
mod tests {
    use crate::fields::tests::check;
    use domain::FieldKind::Phone;

    #[test]
    fn phones() {
        check("电话13800138000", &[(Phone, "13800138000", "13800138000")]);
        check("call +44 20 7946 0958 please", &[(Phone, "+44 20 7946 0958", "+442079460958")]);
        check("(212) 555-0199", &[(Phone, "(212) 555-0199", "2125550199")]);
        check("my mobile is 07700 900123", &[(Phone, "07700 900123", "07700900123")]);
        check("座机010-62345678", &[(Phone, "010-62345678", "01062345678")]);
        check("+86 138 0013 8000", &[(Phone, "+86 138 0013 8000", "+8613800138000")]);
        check("打400-800-8888", &[(Phone, "400-800-8888", "4008008888")]);
        check("0531-59449845转349", &[(Phone, "0531-59449845转349", "053159449845-349")]);
        check("我手机幺三九零零二二八八四六", &[(Phone, "幺三九零零二二八八四六", "13900228846")]);
        check("电话壹叁捌零零壹叁捌零零零", &[(Phone, "壹叁捌零零壹叁捌零零零", "13800138000")]);
        check("My number is 04 9123 4567", &[(Phone, "04 9123 4567", "0491234567")]);
        check("座机021-6888 1234转8012", &[(Phone, "021-6888 1234转8012", "02168881234-8012")]);
        check("sms to 0049 170 1234567 please", &[(Phone, "0049 170 1234567", "00491701234567")]);
        check("dial 1-800-555-0100 is", &[(Phone, "1-800-555-0100", "18005550100")]);
        check("ring 0412 345 678", &[(Phone, "0412 345 678", "0412345678")]);
        check("call me on 5550199", &[(Phone, "5550199", "5550199")]);
        check("1234567890123456 是卡号", &[]);
        check("call me in 10 minutes", &[]);
    }
}

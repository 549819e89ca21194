//! Order numbers, tracking numbers and phones.

use std::ops::Range;
use std::sync::LazyLock;

use domain::FieldKind;

use super::{Found, Pattern, matches, pattern, stands_alone};

/// A code of letters and digits, perhaps in groups.
const CODE: &str = r"(?P<value>[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*)";

static TRACKING_WORD: Pattern = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)(?:\b(?:tracking|waybill|awb|consignment|parcel|shipment)\b(?: (?:number|no|num|id|code|ref)\b\.?)?|(?:运单|快递单|物流单|快递|物流|包裹|面单)(?:编号|号码|号)?)(?: is| was|是|为)?\s*[:：#]?\s*{CODE}"
    ))
});
static ORDER_WORD: Pattern = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)(?:\b(?:order|purchase|booking|reservation|confirmation|ref|reference|case|ticket|po)\b(?: (?:number|no|num|nr|id|code|ref|reference)\b\.?)?|(?:订单|訂單|单|預訂|预订|预约|工单|受理|流水|参考|业务)(?:编号|編號|号码|号|號)?)(?: is| was|是|为)?\s*[:：#]?\s*#?{CODE}"
    ))
});
static HASH: Pattern = LazyLock::new(|| pattern(r"#(?P<value>[A-Za-z]{0,4}-?\d{4,})"));
/// Carriers' own forms: SF Express, YTO, ZTO, STO, JD, China Post / UPU S10, UPS.
static CARRIER: Pattern = LazyLock::new(|| {
    pattern(
        r"(?P<value>\b(?:SF\d{12,13}|YT\d{13}|JD(?:VA|VB|VC|VD|VE|VF|VG|X|AZ|KA|AP)?\d{10,13}|ZTO?\d{12}|STO?\d{12,13}|YD\d{13}|1Z[0-9A-Z]{16}|[A-Z]{2}\d{9}(?:CN|GB|US|DE|FR|HK|JP|AU|CA|SG))\b)",
    )
});
/// A prefix of capitals and many digits: an order number of most shops.
static PREFIXED: Pattern =
    LazyLock::new(|| pattern(r"(?P<value>\b(?:[A-Z]{2,5}-?\d{5,}(?:-\d{1,8})*|[A-Z]{2,5}(?:-\d{2,8}){2,3})\b)"));
static ALONE: Pattern = LazyLock::new(|| {
    pattern(
        r"^\s*(?:(?i:it'?s|it’s|it is|here|sure|yes|ok)[\s,:.]*|(?:是|好的|给你)[，,：:\s]*)?#?(?P<value>[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*)[\s.!。，,]*$",
    )
});
static ASKS_TRACKING: Pattern = LazyLock::new(|| pattern(r"(?i)tracking|waybill|运单|快递单|物流单"));
static ASKS_ORDER: Pattern = LazyLock::new(|| pattern(r"(?i)\border\b|order number|reference|订单|訂單|单号|單號"));
static PREFIXES_OF_OTHERS: [&str; 9] = ["HTTP", "ERROR", "ERR", "ISO", "UTF", "COVID", "RTX", "GTX", "USB"];

/// Order and tracking numbers.
pub fn codes(text: &str, asked: Option<&str>, found: &mut Vec<Found>) {
    let mut push = |kind, range: Range<usize>| {
        let value = text[range.clone()].to_uppercase();
        found.push(Found { kind, range, value });
    };
    for (_, range) in matches(&CARRIER, text) {
        push(FieldKind::TrackingNumber, range);
    }
    for (_, range) in matches(&TRACKING_WORD, text) {
        if is_code(text, &range) {
            push(FieldKind::TrackingNumber, range);
        }
    }
    for (_, range) in matches(&ORDER_WORD, text) {
        if is_code(text, &range) {
            push(FieldKind::OrderNumber, range);
        }
    }
    for (_, range) in matches(&HASH, text) {
        if stands_alone(text, &range) {
            push(FieldKind::OrderNumber, range);
        }
    }
    for (_, range) in matches(&PREFIXED, text) {
        let code = &text[range.clone()];
        if !PREFIXES_OF_OTHERS.iter().any(|prefix| code.starts_with(prefix)) {
            push(FieldKind::OrderNumber, range);
        }
    }
    let Some(asked) = asked else { return };
    let asks = |pattern: &Pattern| pattern.as_ref().is_some_and(|regex| regex.is_match(asked));
    for (_, range) in matches(&ALONE, text) {
        if !is_code(text, &range) {
            continue;
        }
        match () {
            () if asks(&ASKS_TRACKING) => push(FieldKind::TrackingNumber, range),
            () if asks(&ASKS_ORDER) => push(FieldKind::OrderNumber, range),
            () => {}
        }
    }
}

/// At least four digits, five characters, no unit behind it, and not a year or a date.
fn is_code(text: &str, range: &Range<usize>) -> bool {
    let code = &text[range.clone()];
    let digits = code.chars().filter(char::is_ascii_digit).count();
    let mut after = text[range.end..].chars();
    let (next, second) = (after.next(), after.next());
    let ends_sentence = matches!(next, Some('.' | ':' | '号')) && !second.is_some_and(|c| c.is_ascii_digit());
    let unit = !ends_sentence && next.is_some_and(|c| "年月日号元块件个天次小点%％.:/".contains(c));
    digits >= 4 && (5..=30).contains(&code.len()) && !unit && stands_alone(text, range) && !is_date(code)
}

fn is_date(code: &str) -> bool {
    let parts: Vec<&str> = code.split('-').collect();
    matches!(parts[..], [year, month, day]
        if year.len() == 4 && (year.starts_with("19") || year.starts_with("20")) && month.len() <= 2 && day.len() <= 2)
}

static CHINESE_PHONE: Pattern = LazyLock::new(|| {
    pattern(
        r"(?P<value>(?:\+86[- ]?|\b86[- ])?\b1[3-9]\d(?:\d{8}|[- ]\d{4}[- ]\d{4})\b|\b0\d{2,3}-\d{7,8}\b|\b400-?\d{3}-?\d{4}\b|\b400-\d{4}-\d{3}\b)",
    )
});
static INTERNATIONAL: Pattern = LazyLock::new(|| pattern(r"(?P<value>\+\d{1,3}(?:[ .-]?\(?\d{1,5}\)?){2,6}\b)"));
/// North America 3-3-4, United Kingdom 4-3-4 and 5-6 with a leading 0.
static NATIONAL: Pattern = LazyLock::new(|| {
    pattern(
        r"(?P<value>\(\d{3}\) ?\d{3}[ .-]\d{4}\b|\b\d{3}[ .-]\d{3}[ .-]\d{4}\b|\b0\d{4} \d{6}\b|\b0\d{3} \d{3} \d{4}\b|\b0\d{2} \d{4} \d{4}\b|\b07\d{9}\b)",
    )
});
static PHONE_WORD: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)(?:\b(?:phone|mobile|cell|tel|telephone|call|text|reach|ring)(?: (?:number|no\.?|me|us))?(?: (?:is|on|at|back))*|电话|手机|手机号|联系方式|号码|致电)(?:号码|号)?(?:是|为)?\s*[:：]?\s*(?P<value>\d(?:[ -]?\d){6,14}\b)",
    )
});

pub fn phones(text: &str, _: Option<&str>, found: &mut Vec<Found>) {
    for pattern in [&CHINESE_PHONE, &INTERNATIONAL, &NATIONAL, &PHONE_WORD] {
        for (_, range) in matches(pattern, text) {
            let words = &text[range.clone()];
            let mut value: String = words.chars().filter(char::is_ascii_digit).collect();
            if !(7..=15).contains(&value.len()) || !stands_alone(text, &range) {
                continue;
            }
            if words.starts_with('+') {
                value.insert(0, '+');
            }
            found.push(Found { kind: FieldKind::Phone, range, value });
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::fields::tests::{check, check_asked};
    use domain::FieldKind::{OrderNumber, Phone, TrackingNumber};

    #[test]
    fn order_numbers() {
        check("order #48213 never came", &[(OrderNumber, "48213", "48213")]);
        check("My order number is ab-20931-x.", &[(OrderNumber, "ab-20931-x", "AB-20931-X")]);
        check("Order no. 1002394", &[(OrderNumber, "1002394", "1002394")]);
        check("it's TB88210394 from monday", &[(OrderNumber, "TB88210394", "TB88210394")]);
        check("see ORD-2024-00123 please", &[(OrderNumber, "ORD-2024-00123", "ORD-2024-00123")]);
        check("订单号：240817000123456，没到", &[(OrderNumber, "240817000123456", "240817000123456")]);
        check("订单编号是A12345谢谢", &[(OrderNumber, "A12345", "A12345")]);
        check("单号 JX-20931", &[(OrderNumber, "JX-20931", "JX-20931")]);
        check("#4821 还没发", &[(OrderNumber, "4821", "4821")]);
    }

    #[test]
    fn no_order_numbers() {
        for text in [
            "I want to order 3 pizzas",
            "order something",
            "ordered 2 weeks ago",
            "in order to reach 10000 points",
            "订单2024年下的",
            "订单3天没动",
            "error 404",
            "HTTP-50000",
            "top 10000",
            "单价12000元",
            "order by 2024-05-12",
            "#1 fan",
            "my order for 12345.50",
        ] {
            let codes: Vec<_> =
                crate::fields::extract(text, None).into_iter().filter(|f| f.kind == OrderNumber).collect();
            assert!(codes.is_empty(), "{text}: {codes:?}");
        }
    }

    #[test]
    fn tracking_numbers() {
        check("tracking number: 9400111899", &[(TrackingNumber, "9400111899", "9400111899")]);
        check("YT7741908852236 昨天下午三点", &[(TrackingNumber, "YT7741908852236", "YT7741908852236")]);
        check("快递SF1234567890123到哪了", &[(TrackingNumber, "SF1234567890123", "SF1234567890123")]);
        check("运单号 773123456789", &[(TrackingNumber, "773123456789", "773123456789")]);
        check("1Z999AA10123456784", &[(TrackingNumber, "1Z999AA10123456784", "1Z999AA10123456784")]);
        check("RR123456789GB hasn't moved", &[(TrackingNumber, "RR123456789GB", "RR123456789GB")]);
    }

    #[test]
    fn an_answer_to_the_agents_question() {
        check_asked("240817000123", Some("麻烦发一下订单号"), &[(OrderNumber, "240817000123", "240817000123")]);
        check_asked(
            "it's 4821993.",
            Some("Could you send me the order number?"),
            &[(OrderNumber, "4821993", "4821993")],
        );
        check_asked("773123456789", Some("运单号是多少"), &[(TrackingNumber, "773123456789", "773123456789")]);
        check_asked("240817000123", Some("您好"), &[]);
        check_asked("ok", Some("Order number?"), &[]);
    }

    #[test]
    fn phones() {
        check("电话13800138000", &[(Phone, "13800138000", "13800138000")]);
        check("call +44 20 7946 0958 please", &[(Phone, "+44 20 7946 0958", "+442079460958")]);
        check("(212) 555-0199", &[(Phone, "(212) 555-0199", "2125550199")]);
        check("my mobile is 07700 900123", &[(Phone, "07700 900123", "07700900123")]);
        check("座机010-62345678", &[(Phone, "010-62345678", "01062345678")]);
        check("+86 138 0013 8000", &[(Phone, "+86 138 0013 8000", "+8613800138000")]);
        check("打400-800-8888", &[(Phone, "400-800-8888", "4008008888")]);
        check("call me on 5550199", &[(Phone, "5550199", "5550199")]);
        check("1234567890123456 是卡号", &[]);
        check("call me in 10 minutes", &[]);
    }
}

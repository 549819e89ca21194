//! Order and tracking numbers.

use std::ops::Range;
use std::sync::LazyLock;

use domain::FieldKind;

use super::{Found, Pattern, last_chars, matches, pattern, stands_alone};

/// A code of letters and digits, perhaps in groups.
const CODE: &str = r"(?P<value>[A-Za-z]{0,4} ?\d{3,6}(?: \d{3,6}){2,6}(?: \d{1,2})?|[A-Za-z0-9]+(?:[-/][A-Za-z0-9]+)*)";

static TRACKING_WORD: Pattern = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)(?:\b(?:tracking|waybill|awb|consignment|parcel|shipment)\b(?: (?:number|no|num|id|code|ref)\b\.?)?|(?:运单|快递单|物流单|快递|物流|包裹|面单)(?:编号|号码|号)?)(?: is| was|是|为)?\s*[:：#]?\s*{CODE}"
    ))
});
static ORDER_WORD: Pattern = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)(?:\b(?:order|purchase|booking|reservation|confirmation|ref|reference|case|ticket|po|rma|invoice)\b(?: (?:number|no|num|nr|id|code|ref|reference)\b\.?)?|\b(?:claim|incident|application|complaint) (?:number|no|id|ref|reference)\b\.?|(?:订单|訂單|单|預訂|预订|预约|工单|受理|流水|参考|业务)(?:编号|編號|号码|号|號)?)(?: is| was|是|为)?\s*[:：#=]?\s*#?{CODE}"
    ))
});
static HASH: Pattern = LazyLock::new(|| pattern(r"#(?P<value>[A-Za-z]{0,4}-?\d{4,}|\d{2,6}-\d{3,8})"));
/// Carriers' own forms: SF Express, YTO, ZTO, STO, JD, China Post / UPU S10, UPS.
static CARRIER: Pattern = LazyLock::new(|| {
    pattern(
        r"(?P<value>\b(?:SF ?\d{4} ?\d{4} ?\d{4,5}|9[2-5]\d{2}(?: ?\d{4}){4} ?\d{2}|YT\d{13}|JD(?:VA|VB|VC|VD|VE|VF|VG|X|AZ|KA|AP)?\d{10,13}|ZTO?\d{12}|STO?\d{12,13}|YD\d{13}|1Z(?: ?[0-9A-Z]){16}|[A-Z]{2} ?\d{4} ?\d{4} ?\d ?(?:CN|GB|US|DE|FR|HK|JP|AU|CA|SG))\b)",
    )
});
/// A number beside the name of a carrier.
static CARRIED: Pattern = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)(?:\b(?:usps|ups|fedex|dhl|dpd|gls|evri|hermes|royal mail|parcelforce|yodel|ontrac|auspost|australia post|canada post)\b(?: (?:tracking|parcel|package|shipment|number|no\.?|id|ref|waybill|label))*|(?:圆通|韵达|中通|申通|顺丰|极兔|邮政|ems|德邦|百世|京东|菜鸟)(?:快递|速递|快运|物流|包裹)?(?:运?单号|号)?)(?: is| was|是|为)?\s*[:：#]?\s*{CODE}"
    ))
});
/// A prefix of capitals and many digits: an order number of most shops.
static PREFIXED: Pattern = LazyLock::new(|| {
    pattern(r"(?P<value>\b(?:[A-Z]{2,5}[-/]?\d{5,}(?:[-/]\d{1,8})*|[A-Z]{2,5}(?:-\d{2,8}){2,3}|[A-Z]\d{9,12})\b)")
});
/// Digits in groups of 3, 7 and 7, as one of the largest shops numbers its orders.
static GROUPED: Pattern = LazyLock::new(|| pattern(r"\b\d{3}-\d{7}-\d{7}\b"));
static ALONE: Pattern = LazyLock::new(|| {
    pattern(
        r"^\s*(?:(?i:it'?s|it’s|it is|here|sure|yes|ok)[\s,:.]*|(?:是|好的|给你)[，,：:\s]*)?#?(?P<value>[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*)[\s.!。，,]*$",
    )
});
static ASKS_TRACKING: Pattern = LazyLock::new(|| pattern(r"(?i)tracking|waybill|运单|快递单|物流单"));
static ASKS_ORDER: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)\border\b|reference|\b(?:booking|reservation|confirmation|ticket|case|claim|invoice) (?:number|no|id|code)|订单|訂單|单号|單號|工单|预订号|受理号|流水号",
    )
});
static PREFIXES_OF_OTHERS: [&str; 10] = ["QQ", "HTTP", "ERROR", "ERR", "ISO", "UTF", "COVID", "RTX", "GTX", "USB"];

/// The code of a booking, which may be letters alone: PNR JXK4P2.
static RECORD: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"\b(?i:(?:booking|reservation|confirmation|itinerary|order)(?: reference| ref\.?| code| number| no\.?| id)|pnr|record locator|订座编号|预订编码|确认码)",
        r"(?i: is|是|为)?[:：]? ?(?P<value>[A-Z0-9]{5,8})\b|\b(?i:ref)(?:\.|:|：)+ ?(?P<referred>[A-Z0-9]{5,8})\b"
    ))
});
/// A number before the word for it: 240817000123这个订单.
static BEFORE_WORD: Pattern = LazyLock::new(|| {
    pattern(r"\b(?P<value>[A-Z]{0,5}\d{6,24})\b ?(?:这个|这笔|这一?单|那个|那笔|的)?(?:订单|单子|单|工单)")
});
/// Words that make a number one of a person or a thing.
const OF_OTHERS: &[&str] = &[
    "policy", "serial", "model", "sku", "account", "member", "meter", "flight", "plate", "student", "player",
    "user id", "vin", "iban", "保单", "序列", "型号", "车牌", "账号", "账户", "户号", "会员", "学号", "学籍", "车架",
    "税号", "工号", "设备", "批号", "批次", "qq", "微信",
];
/// Abbreviations of Chinese provinces, which begin a number plate.
const PLATES: &str = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";

/// Order and tracking numbers, but for those that the words before them give to a person or a thing.
pub fn codes(text: &str, asked: Option<&str>, found: &mut Vec<Found>) {
    let mut push = |kind, range: Range<usize>| {
        if kind == FieldKind::OrderNumber && is_of_others(text, range.start) {
            return;
        }
        let mut value = text[range.clone()].to_uppercase();
        value.retain(|c| c != ' ');
        found.push(Found::new(kind, range, value));
    };
    let digits = digits_in(text) >= 4;
    let numbers = |pattern: &Pattern| if digits { matches(pattern, text) } else { Vec::new() };
    for (_, range) in numbers(&CARRIER) {
        push(FieldKind::TrackingNumber, range);
    }
    for (_, range) in numbers(&TRACKING_WORD) {
        if is_code(text, &range) {
            push(FieldKind::TrackingNumber, range);
        }
    }
    let many = digits_in(text) >= 9;
    for (_, range) in many.then(|| matches(&CARRIED, text)).into_iter().flatten() {
        if digits_in(&text[range.clone()]) >= 9 && is_code(text, &range) {
            push(FieldKind::TrackingNumber, range);
        }
    }
    for (_, range) in many.then(|| matches(&GROUPED, text)).into_iter().flatten() {
        if stands_alone(text, &range) {
            push(FieldKind::OrderNumber, range);
        }
    }
    for (_, range) in numbers(&ORDER_WORD) {
        if is_code(text, &range) {
            push(FieldKind::OrderNumber, range);
        }
    }
    for (_, range) in numbers(&HASH) {
        if stands_alone(text, &range) {
            push(FieldKind::OrderNumber, range);
        }
    }
    for (_, range) in numbers(&PREFIXED) {
        let code = &text[range.clone()];
        if !PREFIXES_OF_OTHERS.iter().any(|prefix| code.starts_with(prefix)) {
            push(FieldKind::OrderNumber, range);
        }
    }
    for (captures, range) in matches(&RECORD, text) {
        let referred = captures.name("referred").map(|code| code.range());
        // Letters alone may be a word: behind "Ref:", or where everything is in capitals.
        let may_be_word = referred.is_some() || !text.bytes().any(|b| b.is_ascii_lowercase());
        let range = referred.unwrap_or(range);
        if digits_in(&text[range.clone()]) > 0 || !may_be_word {
            push(FieldKind::OrderNumber, range);
        }
    }
    if text.contains('单') {
        for (_, range) in matches(&BEFORE_WORD, text) {
            if stands_alone(text, &range) {
                push(FieldKind::OrderNumber, range);
            }
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

fn is_of_others(text: &str, start: usize) -> bool {
    if text[..start].ends_with(|c| PLATES.contains(c)) {
        return true;
    }
    let before = last_chars(&text[..start], 24).to_lowercase();
    let clause = before.rsplit(['，', '。', ',', ';', '；', '\n', '、']).next().unwrap_or_default();
    let order = ["order", "订单", "工单", "booking", "case", "ticket", "claim", "invoice"];
    let last = |words: &[&str]| words.iter().filter_map(|word| clause.rfind(word)).max();
    last(OF_OTHERS).is_some_and(|other| last(&order).is_none_or(|order| order < other))
}

fn digits_in(text: &str) -> usize {
    text.bytes().filter(u8::is_ascii_digit).count()
}

/// At least four digits, five characters, no unit behind it, and not a year or a date.
fn is_code(text: &str, range: &Range<usize>) -> bool {
    let code = &text[range.clone()];
    let digits = digits_in(code);
    let mut after = text[range.end..].chars();
    let (next, second) = (after.next(), after.next());
    let ends_sentence = matches!(next, Some('.' | ':' | '号')) && !second.is_some_and(|c| c.is_ascii_digit());
    let unit = !ends_sentence && next.is_some_and(|c| "年月日号元块件个天次小点%％.:/".contains(c));
    let evenly = !code.contains(' ') || is_grouped(code);
    // 175/70 is a size.
    let parted = !code.contains('/') || digits >= 8 || code.bytes().any(|b| b.is_ascii_alphabetic());
    digits >= 4
        && (5..=30).contains(&code.len())
        && !unit
        && evenly
        && parted
        && stands_alone(text, range)
        && !is_date(code)
}

/// Groups of one length, but for the last and a prefix of letters.
fn is_grouped(code: &str) -> bool {
    let groups: Vec<&str> = code.split(' ').filter(|group| digits_in(group) > 0).collect();
    let Some((_, even)) = groups.split_last() else { return false };
    even.windows(2).all(|pair| digits_in(pair[0]) == digits_in(pair[1]))
}

fn is_date(code: &str) -> bool {
    let parts: Vec<&str> = code.split(['-', '/']).collect();
    let year = |part: &str| part.len() == 4 && (part.starts_with("19") || part.starts_with("20"));
    matches!(parts[..], [first, second, third]
        if second.len() <= 2 && (year(first) && third.len() <= 2 || year(third) && first.len() <= 2))
}

#[cfg(test)]
mod tests {
    use crate::fields::tests::{check, check_asked};
    use domain::FieldKind::{OrderNumber, TrackingNumber};

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
        check("Ref: 7QK2LM. Flight", &[(OrderNumber, "7QK2LM", "7QK2LM")]);
        check("112-4485923-7719436 still", &[(OrderNumber, "112-4485923-7719436", "112-4485923-7719436")]);
        check("单号6920 1123 8845显示", &[(OrderNumber, "6920 1123 8845", "692011238845")]);
        check("ur ref GB/2026/00412", &[(OrderNumber, "GB/2026/00412", "GB/2026/00412")]);
        check("order number = 7741-22-9981", &[(OrderNumber, "7741-22-9981", "7741-22-9981")]);
        check("order 48213 1200 units", &[(OrderNumber, "48213", "48213")]);
        check("#778-1123 was", &[(OrderNumber, "778-1123", "778-1123")]);
        check("ORD/88412/26 came", &[(OrderNumber, "ORD/88412/26", "ORD/88412/26")]);
        check("label for RMA 20931", &[(OrderNumber, "20931", "20931")]);
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
            "ref 05/12/2024",
            "#1 fan",
            "my order for 12345.50",
            "Ref: HELLO",
        ] {
            let codes: Vec<_> =
                crate::fields::extract(text, None).into_iter().filter(|f| f.kind == OrderNumber).collect();
            assert!(codes.is_empty(), "{text}: {codes:?}");
        }
    }

    #[test]
    fn tracking_numbers() {
        check("tracking number: 9400111899", &[(TrackingNumber, "9400111899", "9400111899")]);
        check("YT7741908852236 今天下午三点", &[(TrackingNumber, "YT7741908852236", "YT7741908852236")]);
        check("快递SF1234567890123到哪了", &[(TrackingNumber, "SF1234567890123", "SF1234567890123")]);
        check("运单号 773123456789", &[(TrackingNumber, "773123456789", "773123456789")]);
        check("1Z999AA10123456784", &[(TrackingNumber, "1Z999AA10123456784", "1Z999AA10123456784")]);
        check("fedex 7712 3456 7890 out", &[(TrackingNumber, "7712 3456 7890", "771234567890")]);
        check("韵达432156789012345没动", &[(TrackingNumber, "432156789012345", "432156789012345")]);
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
}

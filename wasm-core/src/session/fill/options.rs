//! Which option of a choice is meant by what was said: by the likeness of its name to those of classes, Chinese and English, and
//! by what it means, since desks name their categories as they like. How urgent an option is, which option holds a value.
//!
//! Knows no conversation and no page.

use std::collections::HashMap;
use std::sync::LazyLock;

use domain::form::FormOption;
use domain::{Tier, intent};

use super::labels::{english_words, fold};
use super::values::DemandFact;
use crate::closeness::{Candidate, closest, probabilities};
use crate::lang::is_han;

/// What desks call a class, and the wider drawer that they may put it into.
struct Names {
    id: &'static str,
    own: &'static [&'static str],
    wider: &'static [&'static str],
}

#[rustfmt::skip]
const NAMES: [Names; 34] = [
    Names { id: "order_status", own: &["order status", "shipment status", "where is my order", "wismo", "track order", "order tracking", "tracking", "order enquiry", "order inquiry", "订单状态", "订单查询", "物流查询", "物流跟踪", "查物流", "催发货", "催件", "发货查询", "物流"], wider: &["order", "shipping", "delivery", "logistics", "订单", "订单问题", "物流问题", "配送", "发货"] },
    Names { id: "order_place", own: &["place an order", "new order", "how to order", "purchase", "下单", "购买", "下单购买", "售前下单"], wider: &["order", "sales", "pre-sales", "presales", "订单", "售前", "销售"] },
    Names { id: "order_change", own: &["change order", "order change", "modify order", "edit order", "修改订单", "订单修改", "变更订单"], wider: &["order", "订单", "订单问题"] },
    Names { id: "order_cancel", own: &["cancel order", "order cancellation", "cancellation", "取消订单", "订单取消", "退订"], wider: &["order", "订单", "订单问题"] },
    Names { id: "delivery_info", own: &["delivery options", "shipping options", "delivery time", "shipping cost", "delivery information", "shipping information", "配送方式", "配送时效", "运费", "运费咨询", "配送咨询"], wider: &["delivery", "shipping", "logistics", "配送", "物流", "快递"] },
    Names { id: "delivery_problem", own: &["delivery problem", "delivery issue", "shipping problem", "shipping issue", "late delivery", "lost parcel", "missing parcel", "damaged in transit", "wrong item", "not received", "non-delivery", "missing item", "parcel lost", "配送异常", "物流异常", "物流问题", "配送问题", "丢件", "破损", "错发", "漏发", "少件", "未收到货", "物流投诉", "快递问题"], wider: &["delivery", "shipping", "logistics", "物流", "配送", "快递", "发货"] },
    Names { id: "address_change", own: &["address change", "change address", "delivery address", "update address", "修改地址", "地址修改", "改地址", "地址变更"], wider: &["delivery", "shipping", "order", "物流", "配送", "订单"] },
    Names { id: "refund_request", own: &["refund request", "request refund", "ask for refund", "money back", "refund", "申请退款", "退款申请", "退款", "仅退款"], wider: &["refunds", "returns and refunds", "billing", "payment", "after-sales", "退款问题", "退换货", "退货退款", "退款退货", "售后"] },
    Names { id: "refund_status", own: &["refund status", "refund progress", "refund not received", "where is my refund", "refund enquiry", "退款进度", "退款查询", "退款未到账", "退款状态"], wider: &["refund", "refunds", "returns and refunds", "billing", "退款", "退款问题", "退货退款", "退款退货", "售后"] },
    Names { id: "return_exchange", own: &["return", "exchange", "returns", "return request", "returns and exchanges", "return or exchange", "rma", "退换货", "退货", "换货", "退货换货", "退换"], wider: &["returns and refunds", "after-sales", "退货退款", "退款退货", "售后"] },
    Names { id: "product_defect_warranty", own: &["defect", "defective product", "faulty product", "warranty", "repair", "broken item", "product fault", "quality issue", "product quality", "damaged product", "商品故障", "质量问题", "产品质量", "商品质量", "维修", "保修", "报修", "售后维修"], wider: &["after-sales", "product", "technical", "售后", "商品问题", "产品问题"] },
    Names { id: "product_info", own: &["product question", "product information", "product enquiry", "product inquiry", "stock", "availability", "商品咨询", "产品咨询", "库存", "商品信息"], wider: &["product", "products", "pre-sales", "presales", "sales", "enquiry", "question", "售前", "售前咨询", "咨询", "商品", "产品"] },
    Names { id: "price_promo", own: &["price", "pricing", "promotion", "coupon", "discount", "voucher", "promo code", "loyalty points", "price protection", "价格", "优惠", "优惠券", "促销", "活动", "价保", "积分", "优惠活动", "满减"], wider: &["sales", "pre-sales", "marketing", "售前", "营销"] },
    Names { id: "payment_method", own: &["payment method", "payment methods", "how to pay", "instalments", "支付方式", "付款方式", "分期"], wider: &["payment", "payments", "billing", "支付", "付款"] },
    Names { id: "payment_problem", own: &["payment problem", "payment issue", "payment failed", "failed payment", "payment failure", "支付异常", "支付失败", "付款失败", "到账异常", "支付问题", "未到账"], wider: &["payment", "payments", "billing", "支付", "付款", "资金"] },
    Names { id: "billing_charges", own: &["billing", "billing dispute", "charge dispute", "double charge", "unexpected charge", "wrong charge", "overcharge", "billing issue", "billing question", "charges", "账单", "扣费争议", "重复扣款", "多扣", "乱扣费", "账单争议", "扣费", "费用争议", "账单问题"], wider: &["payment", "payments", "finance", "accounting", "支付", "财务", "费用"] },
    Names { id: "fees_limits_info", own: &["fees", "limits", "rates", "fees and limits", "费用", "额度", "利率", "手续费", "费率", "限额"], wider: &["billing", "account", "账户"] },
    Names { id: "invoice_receipt", own: &["invoice", "receipt", "invoice request", "vat invoice", "invoices", "发票", "开票", "凭证", "发票问题", "开发票"], wider: &["billing", "finance", "accounting", "财务", "账单"] },
    Names { id: "subscription_plan", own: &["subscription", "plan change", "membership", "upgrade", "subscriptions", "change plan", "套餐", "会员", "变更套餐", "开通", "续费", "订阅"], wider: &["billing", "account", "账户", "业务办理"] },
    Names { id: "cancel_service_close_account", own: &["cancel service", "cancel subscription", "close account", "account closure", "delete account", "cancellation", "取消服务", "注销账户", "注销", "销户", "退订", "解约"], wider: &["account", "subscription", "账户", "账号", "套餐"] },
    Names { id: "account_access", own: &["account access", "login", "log in", "login problem", "password", "password reset", "locked account", "sign in", "access", "登录", "登录问题", "密码", "忘记密码", "账户锁定", "账号登录", "密码重置"], wider: &["account", "accounts", "技术", "账户", "账号", "账号问题", "账户问题"] },
    Names { id: "account_info_change", own: &["account information", "profile", "account details", "update details", "account change", "账户信息", "资料变更", "个人信息", "修改资料", "余额查询", "信息修改"], wider: &["account", "accounts", "账户", "账号", "账户问题", "账号问题"] },
    Names { id: "identity_verification", own: &["identity verification", "verification", "kyc", "id verification", "实名", "实名认证", "身份验证", "身份认证"], wider: &["account", "security", "账户", "账号", "安全"] },
    Names { id: "security_fraud", own: &["fraud", "security", "stolen card", "unrecognised transaction", "unrecognized transaction", "suspicious activity", "lost or stolen", "scam", "hacked account", "盗用", "盗刷", "诈骗", "挂失", "可疑交易", "账号被盗", "账户安全", "安全", "欺诈"], wider: &["account", "risk", "账户", "账号", "风控"] },
    Names { id: "technical_fault", own: &["technical", "technical issue", "technical problem", "technical support", "technical fault", "bug", "bug report", "outage", "app issue", "website issue", "error", "software", "技术故障", "技术问题", "系统故障", "故障", "技术支持", "系统异常", "功能异常", "缺陷"], wider: &["support", "it", "incident", "技术", "产品问题", "使用问题"] },
    Names { id: "howto_setup", own: &["how to", "howto", "setup", "set up", "installation", "usage", "how to use", "onboarding", "使用方法", "设置方法", "使用咨询", "操作咨询", "使用帮助", "安装", "激活", "操作指导", "使用问题"], wider: &["question", "support", "technical", "training", "咨询", "技术支持"] },
    Names { id: "booking_reservation", own: &["booking", "reservation", "appointment", "bookings", "reservations", "预订", "预约", "预定", "改签", "预约服务"], wider: &["order", "service", "订单", "服务"] },
    Names { id: "claims_applications_documents", own: &["claim", "claims", "application", "application status", "documents", "理赔", "申请进度", "材料", "进度查询", "业务申请"], wider: &["service", "业务办理"] },
    Names { id: "transfer_withdraw", own: &["transfer", "withdrawal", "top-up", "top up", "transfers", "转账", "提现", "充值"], wider: &["payment", "payments", "account", "支付", "资金"] },
    Names { id: "card_service", own: &["card", "card service", "order card", "replace card", "activate card", "cards", "办卡", "换卡", "卡片", "卡片业务", "银行卡"], wider: &["account", "账户"] },
    Names { id: "complaint", own: &["complaint", "complaints", "service complaint", "escalation", "投诉", "服务投诉", "投诉建议", "客诉", "投诉举报"], wider: &["feedback", "反馈"] },
    Names { id: "feedback_praise", own: &["feedback", "praise", "suggestion", "suggestions", "review", "compliment", "feature request", "评价", "建议", "表扬", "意见反馈", "反馈", "意见建议"], wider: &["other", "投诉建议"] },
    Names { id: "human_agent", own: &["escalation", "speak to agent", "human agent", "escalate", "转人工", "升级", "人工客服"], wider: &["complaint", "general"] },
    Names { id: "contact_info_hours", own: &["contact", "contact information", "opening hours", "store information", "stores", "联系方式", "门店", "营业时间", "门店信息"], wider: &["general", "information", "enquiry", "咨询"] },
];

/// What stands between a drawer and one within it, beside "::".
pub const LEVELS: [char; 5] = ['>', '»', '→', '|', '\\'];
const EXACT: f32 = 1.0;
const EXACT_WIDER: f32 = 0.86;
/// Two options closer than this leave it open which is meant.
const MARGIN: f32 = 0.04;
/// Options below this are not like the class at all.
const LEAST: f32 = 0.5;

/// What is left of an option that is named like no class that was thought of: desks have categories that we have not.
const NAME_DOUBT: f32 = 0.2;

/// The option that is meant most probably, with how sure that is. `names` are the search vectors of the options' names. Short names are
/// close to no message: where the name alone says the same, that counts, too.
pub fn chosen<'o>(demand: &DemandFact, options: &'o [FormOption], names: &[&[f32]]) -> Option<(&'o FormOption, f32)> {
    let (option, share) = meant(demand, options, names)?;
    let by_name = named(demand, options).filter(|(other, _)| other.value == option.value).map_or(0.0, |(_, sure)| sure);
    Some((option, share.max((share * by_name).sqrt())))
}

/// By the classes that an option is named like and by what its name means, with how probable that is.
fn meant<'o>(demand: &DemandFact, options: &'o [FormOption], names: &[&[f32]]) -> Option<(&'o FormOption, f32)> {
    let candidate = |(option, name): (&FormOption, &&[f32])| Candidate {
        class: demand.classes.iter().map(|class| class.score * likeness(&class.label, &option.text)).sum(),
        closeness: closest(name, demand.meanings.iter().map(Vec::as_slice)).unwrap_or(f32::NEG_INFINITY),
    };
    let candidates: Vec<_> = options.iter().zip(names).map(candidate).collect();
    let unclassed = 1.0 - demand.classes.iter().map(|class| class.score).sum::<f32>();
    let shares = probabilities(&candidates, unclassed, NAME_DOUBT);
    options.iter().zip(shares).max_by(|a, b| a.1.total_cmp(&b.1))
}

/// Whether the class is offered at least (C1), and the option named like it.
pub fn is_named_like(option: &str, demand: &DemandFact) -> bool {
    Tier::of(demand.score) != Tier::Silent && likeness(&demand.label, option) >= LEAST
}

/// The option that is named like the class, if that is offered at least (C1), with how sure that is.
pub fn named<'o>(demand: &DemandFact, options: &'o [FormOption]) -> Option<(&'o FormOption, f32)> {
    let firmness = match Tier::of(demand.score) {
        Tier::Applied => 1.0,
        Tier::Offered => 0.74,
        Tier::Silent => return None,
    };
    for_class(&demand.label, options).map(|(option, likeness)| (option, likeness * firmness))
}

/// The option that means this class, with how sure that is.
fn for_class<'o>(label: &str, options: &'o [FormOption]) -> Option<(&'o FormOption, f32)> {
    let mut ranked: Vec<(&FormOption, f32)> =
        options.iter().map(|option| (option, likeness(label, &option.text))).collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1));
    let (best, score) = *ranked.first().filter(|(_, score)| *score >= LEAST)?;
    let rival = ranked.get(1).is_some_and(|(_, other)| score - other < MARGIN);
    Some((best, if rival { score * 0.7 } else { score }))
}

/// 0–1.
fn likeness(label: &str, option: &str) -> f32 {
    let Some(NamesAsWords { own, wider }) = NAMES_AS_WORDS.get(label) else { return 0.0 };
    let one = |text: &str| {
        let text = Words::of(text);
        let of = |name: &Words, exact, contained, least| text.likeness(name, exact, contained, least);
        let own = own.iter().map(|name| of(name, EXACT, 0.94, 0.72).max(text.shared(name)));
        let wider = wider.iter().map(|(name, nearness)| of(name, EXACT_WIDER, 0.8, 0.6) * nearness);
        own.chain(wider).fold(0.0f32, f32::max)
    };
    let folded = fold(option).replace('_', " ");
    let levels: Vec<&str> = folded.split(LEVELS).flat_map(|part| part.split("::")).map(str::trim).collect();
    let Some((last, parents)) = levels.split_last() else { return 0.0 };
    let alternatives = |part: &str| {
        let pieces =
            part.split(['/', '、', '(', '（', ':', '：']).map(|piece| piece.trim_end_matches([')', '）']).trim());
        let pieces: Vec<&str> = pieces.filter(|piece| !piece.is_empty()).collect();
        let best = pieces.iter().map(|piece| one(piece)).fold(0.0f32, f32::max);
        one(part).max(if pieces.len() > 1 { best * 0.95 } else { 0.0 })
    };
    parents.iter().map(|part| alternatives(part) * 0.75).fold(alternatives(last), f32::max)
}

/// [`Names`] to be compared; wider ones with how near they are.
struct NamesAsWords {
    own: Vec<Words>,
    wider: Vec<(Words, f32)>,
}

static NAMES_AS_WORDS: LazyLock<HashMap<&str, NamesAsWords>> = LazyLock::new(|| {
    let of = |names: &Names| {
        let category = intent::find(names.id);
        let own = names.own.iter().copied().chain(category.iter().flat_map(|c| [c.en, c.zh, c.id]));
        // The nearest drawer of each language stands first.
        let mut ranks = [0.0; 2];
        let wider = names.wider.iter().copied().map(Words::of).map(|name| {
            let rank = &mut ranks[usize::from(name.chinese.is_empty())];
            *rank += 1.0;
            (name, 1.0 - 0.02 * (*rank - 1.0))
        });
        NamesAsWords { wider: wider.collect(), own: own.map(Words::of).collect() }
    };
    NAMES.iter().map(|names| (names.id, of(names))).collect()
});

/// A name as comparable words.
struct Words {
    english: Vec<String>,
    chinese: String,
}

impl Words {
    fn of(text: &str) -> Self {
        let folded = fold(text).replace('_', " ").replace('&', " and ");
        let english = english_words(&folded)
            .iter()
            .filter(|word| !STOP.contains(&word.as_str()))
            .map(|word| stem(word))
            .collect();
        Self { english, chinese: folded.chars().filter(|&c| is_han(c)).collect() }
    }

    /// Of an option to a name: `exact` where they are the same, up to `contained` where the option says it and more.
    fn likeness(&self, name: &Words, exact: f32, contained: f32, least: f32) -> f32 {
        let chinese = if name.chinese.is_empty() || self.chinese.is_empty() {
            0.0
        } else if self.chinese == name.chinese {
            exact
        } else if self.chinese.contains(&name.chinese) {
            let share = name.chinese.chars().count() as f32 / self.chinese.chars().count() as f32;
            least + (contained - least) * share
        } else {
            0.0
        };
        let english = if name.english.is_empty() || self.english.is_empty() {
            0.0
        } else if self.english == name.english {
            exact
        } else if self.english.windows(name.english.len()).any(|window| window == name.english) {
            least + (contained - least) * (name.english.len() as f32 / self.english.len() as f32)
        } else {
            0.0
        };
        chinese.max(english)
    }

    /// Share of English words in common.
    fn shared(&self, name: &Words) -> f32 {
        let common = self.english.iter().filter(|word| name.english.contains(word)).count();
        let all = self.english.len() + name.english.len() - common;
        if common < 2 { 0.0 } else { 0.8 * common as f32 / all as f32 }
    }
}

const STOP: [&str; 12] = ["a", "an", "the", "of", "my", "or", "and", "about", "for", "to", "question", "query"];

/// "returns", "cancelled", "billing" as one form each; crude, and the same on both sides.
fn stem(word: &str) -> String {
    let word = word.strip_suffix("ies").map(|stem| format!("{stem}y")).unwrap_or_else(|| word.to_owned());
    let cut = |end: &str| word.strip_suffix(end).filter(|stem| stem.len() >= 4);
    let stem = cut("ing")
        .or(cut("ed"))
        .or(cut("es").filter(|stem| stem.ends_with(['s', 'x', 'h'])))
        .or(cut("s"))
        .unwrap_or(&word);
    stem.to_owned()
}

/// How urgent an option reads: 1 low, 2 normal, 3 high, 4 urgent.
pub fn urgency(text: &str) -> Option<u8> {
    let folded = fold(text);
    let words = english_words(&folded);
    let has = |list: &[&str]| {
        list.iter().any(|word| if word.is_ascii() { words.iter().any(|w| w == word) } else { folded.contains(word) })
    };
    if has(&[
        "urgent",
        "critical",
        "highest",
        "blocker",
        "emergency",
        "p1",
        "immediate",
        "紧急",
        "特急",
        "最高",
        "非常高",
        "危急",
    ]) && !has(&["不紧急", "非紧急"])
    {
        return Some(4);
    }
    if has(&["high", "important", "p2", "major", "高", "重要", "加急"]) {
        return Some(3);
    }
    if has(&["normal", "medium", "moderate", "standard", "p3", "regular", "中", "普通", "一般", "正常"]) {
        return Some(2);
    }
    has(&["low", "lowest", "minor", "trivial", "p4", "p5", "very", "低", "不紧急", "非紧急"]).then_some(1)
}

/// The option for at least this urgency: the mildest that suffices, else the strongest there is from "high" on.
pub fn for_urgency(wanted: u8, options: &[FormOption]) -> Option<&FormOption> {
    let rated = || options.iter().filter_map(|option| Some((urgency(&option.text)?, option)));
    let enough = rated().filter(|(level, _)| *level >= wanted).min_by_key(|(level, _)| *level);
    enough
        .or_else(|| rated().filter(|(level, _)| *level >= 3).max_by_key(|(level, _)| *level))
        .map(|(_, option)| option)
}

/// The one option that holds a value: the same text, or the value as a word of it.
pub fn for_value<'o>(value: &str, options: &'o [FormOption]) -> Option<(&'o FormOption, f32)> {
    let wanted = fold(value);
    if wanted.is_empty() {
        return None;
    }
    let same = |option: &&FormOption| fold(&option.text) == wanted || fold(&option.value) == wanted;
    if let Some(option) = options.iter().find(same) {
        return Some((option, 1.0));
    }
    let holds = |option: &&FormOption| {
        let text = fold(&option.text);
        text.match_indices(&wanted).any(|(at, _)| {
            let joins = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
            !joins(text[..at].chars().next_back()) && !joins(text[at + wanted.len()..].chars().next())
        })
    };
    let mut found = options.iter().filter(holds);
    found.next().filter(|_| wanted.chars().count() >= 2 && found.next().is_none()).map(|option| (option, 0.9))
}

/// Other ways to write a currency.
pub fn currency_names(code: &str) -> &'static [&'static str] {
    match code {
        "CNY" => &["CNY", "RMB", "人民币", "¥", "￥", "元"],
        "USD" => &["USD", "US$", "$", "美元", "US dollar"],
        "EUR" => &["EUR", "€", "欧元", "Euro"],
        "GBP" => &["GBP", "£", "英镑", "Pound"],
        "HKD" => &["HKD", "HK$", "港币", "港元"],
        "JPY" => &["JPY", "日元", "Yen"],
        "TWD" => &["TWD", "NT$", "新台币", "台币"],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Scored;
    use domain::intent::{CATEGORIES, Kind};

    fn options(texts: &[&str]) -> Vec<FormOption> {
        texts.iter().map(|text| FormOption { value: text.to_lowercase(), text: (*text).into() }).collect()
    }

    #[test]
    fn every_ticket_category_has_names() {
        for category in CATEGORIES.iter().filter(|c| c.kind == Kind::Ticket) {
            assert!(NAMES.iter().any(|names| names.id == category.id), "{}", category.id);
            for text in [category.en, category.zh] {
                assert!(likeness(category.id, text) >= 0.95, "{text}");
            }
        }
    }

    #[test]
    fn a_class_finds_its_option() {
        let check = |label: &str, texts: &[&str], expected: &str, sure: bool| {
            let options = options(texts);
            let found = for_class(label, &options);
            let named = found.map_or(("", false), |(option, score)| (option.text.as_str(), score >= 0.75));
            assert_eq!(named, (expected, sure), "{label} {found:?}");
        };
        let shop = ["Refund", "Shipping", "Billing", "Technical issue", "Account", "Other"];
        check("refund_status", &shop, "Refund", true);
        check("delivery_problem", &shop, "Shipping", true);
        check("technical_fault", &shop, "Technical issue", true);
        check("account_access", &shop, "Account", true);
        check("billing_charges", &shop, "Billing", true);
        let desk = ["delivery", "billing", "technical", "how-to", "sales"];
        check("delivery_problem", &desk, "delivery", true);
        check("howto_setup", &desk, "how-to", true);
        check("refund_request", &desk, "billing", true);
        check("complaint", &desk, "", false);
        let zh = ["售后-退款", "物流问题", "账号问题", "投诉建议", "其他"];
        check("refund_request", &zh, "售后-退款", true);
        check("order_status", &zh, "物流问题", true);
        check("complaint", &zh, "投诉建议", true);
        check("account_access", &zh, "账号问题", true);
        check("invoice_receipt", &zh, "", false);
        check("refund_status", &["Refund request", "Refund status", "Refunds"], "Refund status", true);
        check(
            "return_exchange",
            &["Orders > Returns & exchanges", "Orders > Cancellation"],
            "Orders > Returns & exchanges",
            true,
        );
        check("order_cancel", &["订单/取消订单", "订单/修改订单"], "订单/取消订单", true);
        check("order_status", &["Order one", "Order two"], "Order one", false);
        check("unknown", &shop, "", false);
    }

    #[test]
    fn class_and_meaning_choose_the_option() {
        type Choose = for<'o> fn(&DemandFact, &'o [FormOption], &[&[f32]]) -> Option<(&'o FormOption, f32)>;
        let by = |choose: Choose, class: (&str, f32), closeness: [f32; 2]| {
            let options = options(&["物流配送", "商品破损"]);
            let names = closeness.map(|cosine| [cosine, 0.0]);
            let demand = DemandFact {
                label: class.0.into(),
                score: class.1,
                message_id: "m".into(),
                words: String::new(),
                classes: vec![Scored { label: class.0.into(), score: class.1 }],
                meanings: vec![vec![1.0, 0.0], vec![-1.0, 0.0]],
            };
            let (option, share) = choose(&demand, &options, &names.each_ref().map(|name| name.as_slice())).unwrap();
            (option.text.clone(), share >= 0.75, share >= 0.4)
        };
        let found = |class, closeness| by(meant, class, closeness);
        let of_class = ("delivery_problem", 0.97);
        assert_eq!(
            found(of_class, [0.6, 0.3]),
            ("物流配送".into(), true, true),
            "though the other is named like the class"
        );
        assert_eq!(found(of_class, [0.3, 0.6]), ("商品破损".into(), true, true));
        assert!(!found(of_class, [0.5, 0.5]).1, "nobody can tell");
        assert!(!found(("booking_reservation", 0.9), [0.2, 0.1]).2, "none is meant");
        assert_eq!(found(("unknown", 0.0), [0.8, 0.1]), ("物流配送".into(), true, true), "by meaning alone");
        assert!(!by(meant, of_class, [0.1, 0.15]).2 && by(chosen, of_class, [0.1, 0.15]).2, "the name says the same");
    }

    #[test]
    fn urgency_is_read_from_words() {
        let check = |texts: &[&str], wanted, expected: Option<&str>| {
            assert_eq!(
                for_urgency(wanted, &options(texts)).map(|option| option.text.clone()).as_deref(),
                expected,
                "{texts:?}"
            );
        };
        check(&["Low", "Normal", "High", "Urgent"], 3, Some("High"));
        check(&["1. Critical", "2. High", "3. Normal"], 4, Some("1. Critical"));
        check(&["低", "中", "高", "紧急"], 4, Some("紧急"));
        check(&["低", "中", "高"], 4, Some("高"));
        check(&["Low", "Normal"], 3, None);
        check(&["A", "B"], 3, None);
    }

    #[test]
    fn a_value_finds_its_option() {
        let found =
            |value: &str, texts: &[&str]| for_value(value, &options(texts)).map(|(option, _)| option.text.clone());
        assert_eq!(found("48213", &["#48213 – Kettle", "#48214 – Lamp"]).as_deref(), Some("#48213 – Kettle"));
        assert_eq!(found("4821", &["#48213 – Kettle"]), None);
        assert_eq!(found("CNY", &["CNY 人民币", "USD"]).as_deref(), Some("CNY 人民币"));
        assert_eq!(found("", &["a"]), None);
    }
}

//! What a form's field asks for, from its label in Chinese or English: the head of the phrase says what, the words
//! around it say of what, and some of them rule it out ("order date" asks for a date, "date of birth" for none of ours).
//!
//! Knows no conversation and no page.

use domain::form::{FormField, FormFieldKind};

use crate::lang::is_han;

/// What can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    OrderNumber,
    TrackingNumber,
    Date,
    Amount,
    Currency,
    Phone,
    Email,
    Url,
    Name,
    Address,
    Category,
    Priority,
    Tags,
    /// Queue, team, department: where the ticket goes.
    Route,
}

/// What a date or an amount is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    Order,
    Shipping,
    Delivery,
    Visit,
    Return,
    Incident,
}

/// `sure` is 0–1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Asked {
    pub ask: Ask,
    pub about: Option<About>,
    pub sure: f32,
}

/// A phrase ends the head of a label; `barred` words around it mean something else.
struct Entry {
    ask: Ask,
    sure: f32,
    en: &'static [&'static str],
    zh: &'static [&'static str],
    barred_en: &'static [&'static str],
    barred_zh: &'static [&'static str],
}

#[rustfmt::skip]
const ENTRIES: [Entry; 17] = [
    Entry { ask: Ask::OrderNumber, sure: 0.97,
        en: &["order number", "order no", "order #", "order id", "order ref", "order reference", "order reference number", "order code", "order nr", "order num", "order"],
        zh: &["订单号", "订单编号", "订单号码", "订单id", "订单", "訂單號", "訂單編號", "订单流水号", "交易订单号"],
        barred_en: &["supplier", "vendor", "work", "internal", "return", "replacement", "new", "sort", "by", "standing"], barred_zh: &["供应商", "采购", "退货", "换货", "补发", "排序", "新"] },
    Entry { ask: Ask::OrderNumber, sure: 0.72,
        en: &["booking number", "booking reference", "booking id", "reservation number", "confirmation number", "transaction number", "transaction id"],
        zh: &["单号", "预订号", "预订编号", "预约号", "交易号", "流水号"],
        barred_en: &["return", "internal", "supplier"], barred_zh: &["工", "保", "退货", "换货", "退款", "发票", "维修", "供应商", "出库", "入库"] },
    Entry { ask: Ask::TrackingNumber, sure: 0.97,
        en: &["tracking number", "tracking no", "tracking #", "tracking id", "tracking code", "tracking", "parcel number", "parcel id", "shipment number", "waybill", "waybill number", "waybill no", "awb", "awb number", "consignment number", "package number"],
        zh: &["快递单号", "物流单号", "运单号", "运单编号", "运单", "快递号", "物流编号", "包裹号", "物流号", "货运单号", "快递编号"],
        barred_en: &["return", "time", "issue"], barred_zh: &["退货", "退回", "换货"] },
    Entry { ask: Ask::Date, sure: 0.95,
        en: &["date", "day", "date and time", "purchased on", "ordered on", "bought on", "delivered on", "order placed"],
        zh: &["日期", "时间", "购买日", "下单日", "发生日"],
        barred_en: &["birth", "due", "sla", "follow", "followup", "up", "reminder", "remind", "created", "creation", "updated", "modified", "closed", "closing", "close", "resolved", "resolution", "expiry", "expiration", "expires", "start", "end", "deadline", "snooze", "response", "assigned", "last", "next", "callback", "today", "contract", "hire", "current", "valid", "target", "from", "until"],
        barred_zh: &["出生", "生日", "截止", "到期", "有效", "提醒", "跟进", "创建", "更新", "修改", "关闭", "解决", "处理", "受理", "回访", "回电", "开始", "结束", "登记", "建单", "提交", "响应", "分配", "失效", "完结", "结案", "完成", "期望", "等待", "营业", "工作", "当前"] },
    Entry { ask: Ask::Amount, sure: 0.95,
        en: &["amount", "sum", "total", "price", "order value", "purchase value", "amount paid", "amount charged", "amount requested", "amount claimed", "paid amount"],
        zh: &["金额", "款额", "价格", "总额", "总价", "数额", "实付", "实付款"],
        barred_en: &["discount", "tax", "shipping", "approved", "limit", "balance", "items", "quantity", "minimum", "maximum", "min", "max", "fee", "commission", "points", "compensation", "goodwill", "credit", "sub", "unit"],
        barred_zh: &["优惠", "折扣", "税", "运费", "审批", "批准", "核定", "限", "余额", "佣金", "手续", "补偿", "赔偿", "赔付", "单价", "积分"] },
    Entry { ask: Ask::Currency, sure: 0.95, en: &["currency", "ccy", "currency code"], zh: &["币种", "货币", "币别", "货币类型"], barred_en: &["account", "default"], barred_zh: &["默认"] },
    Entry { ask: Ask::Phone, sure: 0.95,
        en: &["phone", "phone number", "phone no", "telephone", "telephone number", "mobile", "mobile number", "mobile no", "mobile phone", "cell", "cell phone", "contact number", "tel", "callback number", "contact phone", "whatsapp"],
        zh: &["电话", "手机", "手机号", "手机号码", "电话号码", "联系电话", "联系方式", "联系手机", "来电号码", "回电号码", "联系号码", "電話", "手機"],
        barred_en: &["agent", "staff", "emergency", "fax", "store", "shop", "alternative", "alternate", "work", "brand"], barred_zh: &["客服", "坐席", "紧急", "门店", "店铺", "备用", "传真", "代理", "更换", "原"] },
    Entry { ask: Ask::Email, sure: 0.97,
        en: &["email", "email address", "mail address", "contact email", "mail"],
        zh: &["邮箱", "邮箱地址", "电子邮箱", "电子邮件", "邮件地址", "电邮", "郵箱"],
        barred_en: &["template", "subject", "cc", "bcc", "agent", "staff", "notify", "send", "signature", "from", "to", "reply", "work", "alternative"], barred_zh: &["抄送", "密送", "模板", "主题", "客服", "坐席", "通知", "发送", "备用"] },
    Entry { ask: Ask::Url, sure: 0.9, en: &["url", "link", "website", "web page", "page url", "website url", "site url"], zh: &["链接", "网址", "网页", "网页地址", "链接地址"],
        barred_en: &["image", "avatar", "video", "callback", "logo", "tracking", "profile"], barred_zh: &["图片", "头像", "视频", "回调", "物流"] },
    Entry { ask: Ask::Name, sure: 0.93,
        en: &["name", "full name", "customer", "contact", "contact person", "recipient", "consignee", "requester", "caller", "buyer", "guest"],
        zh: &["姓名", "联系人", "收货人", "收件人", "客户名称", "客户", "称呼", "联系人姓名", "申请人", "顾客", "客户名"],
        barred_en: &["first", "last", "user", "company", "product", "file", "agent", "item", "middle", "given", "family", "brand", "shop", "store", "queue", "campaign", "bank", "template", "tag", "city", "street", "display", "ticket", "field", "project", "plan", "account", "emergency", "new", "other", "view", "organisation", "organization", "hotel", "event", "search"],
        barred_zh: &["客服", "坐席", "公司", "产品", "商品", "店铺", "处理", "受理", "经办", "紧急", "抄送", "开户", "银行", "搜索"] },
    Entry { ask: Ask::Address, sure: 0.95,
        en: &["address", "delivery address", "shipping address", "postal address", "street address", "mailing address", "home address"],
        zh: &["地址", "收货地址", "详细地址", "收件地址", "配送地址", "联系地址", "寄送地址"],
        barred_en: &["email", "ip", "mac", "web", "line", "site", "office", "return", "warehouse", "street1", "store"], barred_zh: &["邮箱", "邮件", "ip", "网", "mac", "退货", "公司", "门店", "仓库", "网页", "链接"] },
    Entry { ask: Ask::Category, sure: 0.95,
        en: &["category", "subcategory", "sub category", "issue type", "problem type", "request type", "case type", "ticket type", "enquiry type", "inquiry type", "contact reason", "reason for contact", "reason", "topic", "classification", "issue", "problem", "intent", "type", "enquiry", "inquiry", "issue category", "case reason", "what is it about"],
        zh: &["分类", "类别", "类型", "类目", "归类", "问题", "原因", "诉求", "意图", "场景", "事项", "咨询内容", "业务类型", "分類", "類別", "主题"],
        barred_en: &["product", "device", "card", "payment", "file", "member", "vip", "phone", "address", "delivery", "account", "attachment", "content", "resolution", "close", "cancellation", "refund", "return", "user", "room", "field", "channel", "source", "report"],
        barred_zh: &["客户类", "客户分", "用户类", "用户分", "会员", "产品", "商品", "设备", "支付", "付款", "渠道", "来源", "证件", "卡", "发票", "地址", "配送", "退款", "退货", "解决", "关闭", "附件", "文件", "房", "邮件"] },
    Entry { ask: Ask::Priority, sure: 0.97, en: &["priority", "urgency", "severity", "priority level", "urgency level", "importance"], zh: &["优先级", "优先级别", "紧急程度", "严重程度", "紧急度", "紧急级别", "重要程度", "優先級"], barred_en: &["customer", "sla", "default"], barred_zh: &["默认"] },
    Entry { ask: Ask::Tags, sure: 0.92, en: &["tag", "tags", "label", "labels", "keywords", "topics"], zh: &["标签", "标记", "关键词", "工单标签", "標籤"], barred_en: &["customer", "contact", "user", "shipping", "return", "price"], barred_zh: &["客户标", "用户标", "客户画", "会员"] },
    Entry { ask: Ask::Route, sure: 0.85, en: &["queue", "department", "group", "team", "skill group", "support group", "assigned group", "assigned team"], zh: &["队列", "部门", "技能组", "组别", "小组", "受理组", "团队", "处理组", "业务组"], barred_en: &["customer", "user", "age", "blood", "sales"], barred_zh: &["客户", "用户", "年龄"] },
    Entry { ask: Ask::OrderNumber, sure: 0.55, en: &["reference", "reference number", "ref", "ref no"], zh: &["参考号", "参考编号", "业务单号"], barred_en: &["internal", "ticket", "case", "payment", "our", "bank"], barred_zh: &["内部", "工单", "支付"] },
    Entry { ask: Ask::Date, sure: 0.9, en: &["when did it happen", "when did this happen", "when did you buy it"], zh: &["何时发生", "什么时候发生", "何时购买"], barred_en: &[], barred_zh: &[] },
];

/// Words that say whose or how, and change nothing.
#[rustfmt::skip]
const NEUTRAL_EN: [&str; 30] = ["the", "a", "your", "customer", "customers", "client", "clients", "s", "please", "enter", "select", "choose", "add", "set", "required", "optional", "if", "any", "known", "applicable", "here", "field", "value", "original", "their", "e", "g", "type", "pick", "yyyy"];
#[rustfmt::skip]
const NEUTRAL_ZH: [&str; 20] = ["请输入", "请填写", "请选择", "请录入", "填写", "选择", "输入", "必填", "选填", "可选", "的", "客户", "顾客", "用户", "买家", "您", "本次", "相关", "如有", "工单"];
const HEAD_ENDS: [&str; 16] =
    ["of", "for", "to", "from", "by", "on", "in", "at", "when", "that", "which", "with", "per", "as", "if", "where"];

/// What the field asks for; nothing where it asks for none of ours.
pub fn asked(field: &FormField) -> Option<Asked> {
    let label = Label::of(&field.label);
    let by_kind = || {
        let ask = match field.kind {
            FormFieldKind::Email => Ask::Email,
            FormFieldKind::Phone => Ask::Phone,
            _ => return None,
        };
        Some(Asked { ask, about: None, sure: 0.78 })
    };
    match read(&label) {
        Reading::Asks(asked) => Some(asked),
        Reading::Barred => None,
        Reading::Nothing => {
            let hints: Vec<Reading> = field.hint.lines().map(|line| read(&Label::of(line))).collect();
            if hints.iter().any(|hint| matches!(hint, Reading::Barred)) {
                return None;
            }
            let weaker = if field.label.trim().is_empty() { 0.85 } else { 0.6 };
            let first =
                hints.into_iter().find_map(|hint| if let Reading::Asks(asked) = hint { Some(asked) } else { None });
            first.map(|asked| Asked { sure: asked.sure * weaker, ..asked }).or_else(by_kind)
        }
    }
}

enum Reading {
    Asks(Asked),
    Barred,
    Nothing,
}

/// The longest phrase that ends the label's head wins; Chinese and English words of one label are read apart.
fn read(label: &Label) -> Reading {
    let mut best: Option<(usize, Reading)> = None;
    let mut consider = |length: usize, reading: Reading| {
        if best.as_ref().is_none_or(|(longest, _)| length > *longest) {
            best = Some((length, reading));
        }
    };
    for entry in &ENTRIES {
        for phrase in entry.zh {
            if let Some(before) = label.chinese.strip_suffix(phrase) {
                let barred = entry.barred_zh.iter().any(|word| label.chinese.contains(word) && !phrase.contains(word));
                let asked = Asked { ask: entry.ask, about: about(before), sure: entry.sure };
                let reading = if barred { Reading::Barred } else { Reading::Asks(asked) };
                consider(phrase.chars().count() * 2, reading);
            }
        }
        for phrase in entry.en {
            let words: Vec<&str> = phrase.split(' ').collect();
            if let Some(before) = before_suffix(&label.head, &words) {
                let around = || before.iter().chain(&label.rest).map(String::as_str);
                let barred = around().any(|word| entry.barred_en.contains(&word));
                let asked = Asked {
                    ask: entry.ask,
                    about: about(&around().chain(words.iter().copied()).collect::<Vec<_>>().join(" ")),
                    sure: entry.sure,
                };
                consider(phrase.len(), if barred { Reading::Barred } else { Reading::Asks(asked) });
            }
        }
    }
    match best {
        Some((_, reading)) => reading,
        None => read_first_word(label),
    }
}

/// "Date received", "Amount paid by card": the first word is the head.
fn read_first_word(label: &Label) -> Reading {
    let Some((first, around)) = label.head.split_first() else { return Reading::Nothing };
    let Some(entry) = ENTRIES.iter().find(|entry| entry.en.contains(&first.as_str())) else { return Reading::Nothing };
    if !matches!(entry.ask, Ask::Date | Ask::Amount) || around.is_empty() {
        return Reading::Nothing;
    }
    let around = || around.iter().chain(&label.rest).map(String::as_str);
    let means_else =
        |word: &str| matches!(word, "range" | "format" | "picker" | "type") || entry.barred_en.contains(&word);
    if around().any(means_else) {
        return Reading::Barred;
    }
    let words = around().collect::<Vec<_>>().join(" ");
    Reading::Asks(Asked { ask: entry.ask, about: about(&words), sure: entry.sure })
}

/// A label in parts: its Chinese, the English head, the English words around it.
struct Label {
    chinese: String,
    head: Vec<String>,
    rest: Vec<String>,
}

impl Label {
    fn of(text: &str) -> Self {
        let folded = fold(text);
        let outside = without_brackets(&folded);
        let mut chinese: String = outside.chars().filter(|&c| is_han(c)).collect();
        if chinese.ends_with("订单") && outside.contains("id") {
            chinese.push_str("id");
        }
        let mut stripped = chinese.as_str();
        loop {
            let before = stripped;
            for word in NEUTRAL_ZH {
                let shorter = stripped.strip_prefix(word).filter(|rest| !rest.is_empty());
                stripped = shorter.filter(|rest| !names_whole(word, rest)).unwrap_or(stripped);
                stripped =
                    stripped.strip_suffix(word).filter(|rest| !rest.is_empty() && word != "客户").unwrap_or(stripped);
            }
            if before == stripped {
                break;
            }
        }
        let tokens: Vec<String> = english_words(&outside);
        let cut =
            tokens.iter().skip(1).position(|word| HEAD_ENDS.contains(&word.as_str())).map_or(tokens.len(), |at| at + 1);
        let strip = |words: &[String]| -> Vec<String> {
            let mut words = words;
            while let [first, inner @ ..] = words
                && !inner.is_empty()
                && NEUTRAL_EN.contains(&first.as_str())
            {
                words = inner;
            }
            while let [inner @ .., last] = words
                && !inner.is_empty()
                && NEUTRAL_EN.contains(&last.as_str())
                && !matches!(last.as_str(), "type" | "customer" | "client")
            {
                words = inner;
            }
            words.to_vec()
        };
        // "Order placed on" and "reason for contact" are whole phrases of their own.
        let whole = strip(&tokens);
        let is_phrase = ENTRIES.iter().any(|entry| entry.en.contains(&whole.join(" ").as_str()));
        let (head, rest) =
            if is_phrase { (whole, Vec::new()) } else { (strip(&tokens[..cut]), tokens[cut..].to_vec()) };
        Self { chinese: stripped.to_owned(), head, rest }
    }
}

/// Whether a word and the rest are one name that must stay whole: 客户类型 is not a 类型 of ours.
fn names_whole(word: &str, rest: &str) -> bool {
    matches!(word, "客户" | "用户" | "顾客")
        && ["类", "分", "标", "画", "等"].iter().any(|start| rest.starts_with(start))
}

/// What the words around a value or in a label speak of; the one named last counts.
pub fn about(words: &str) -> Option<About> {
    #[rustfmt::skip]
    const WORDS: [(About, &[&str]); 6] = [
        (About::Order, &["order", "bought", "buy", "purchase", "paid", "pay", "placed", "charge", "下单", "购买", "买", "付款", "支付", "订购", "拍下", "付了", "实付", "订单", "扣了", "扣款", "消费"]),
        (About::Shipping, &["shipped", "ship", "sent out", "dispatch", "posted", "发货", "寄出", "发出"]),
        (About::Delivery, &["deliver", "arriv", "received", "receipt", "送达", "到货", "签收", "收到", "配送", "送到", "派送", "收货"]),
        (About::Visit, &["appointment", "book", "reserv", "check in", "check-in", "visit", "install", "预约", "预订", "上门", "入住", "安装", "就诊"]),
        (About::Return, &["refund", "return", "sent back", "send it back", "退款", "退货", "退回", "寄回", "退了", "退还"]),
        (About::Incident, &["happen", "occur", "incident", "broke", "stopped", "fail", "since", "发生", "出现", "故障", "坏", "事发"]),
    ];
    let words = words.to_lowercase();
    let last = |list: &[&str]| list.iter().filter_map(|word| words.rfind(word)).max();
    WORDS
        .iter()
        .filter_map(|(about, list)| Some((last(list)?, *about)))
        .max_by_key(|(at, _)| *at)
        .map(|(_, about)| about)
}

/// Lower case, full-width forms as ASCII, one space between words.
pub fn fold(text: &str) -> String {
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' | '\u{a0}' => ' ',
        c => c,
    };
    let text: String = text.chars().map(narrow).flat_map(char::to_lowercase).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace("e-mail", "email")
}

fn without_brackets(text: &str) -> String {
    let mut depth = 0;
    let kept = text.chars().filter(|&c| {
        match c {
            '(' | '[' | '（' | '【' => depth += 1,
            ')' | ']' | '）' | '】' if depth > 0 => {
                depth -= 1;
                return false;
            }
            _ => {}
        }
        depth == 0
    });
    kept.collect()
}

/// Words of letters and digits; `#` is a word.
pub fn english_words(folded: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    for c in folded.chars() {
        if c.is_ascii_alphanumeric() || (c.is_alphabetic() && !is_han(c)) {
            word.push(c);
            continue;
        }
        if !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if c == '#' {
            words.push("#".into());
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// The words before `suffix`, where the words end with it.
fn before_suffix<'w>(words: &'w [String], suffix: &[&str]) -> Option<&'w [String]> {
    let at = words.len().checked_sub(suffix.len())?;
    words[at..].iter().zip(suffix).all(|(word, other)| word == other).then_some(&words[..at])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(label: &str, hint: &str, kind: FormFieldKind) -> FormField {
        FormField { label: label.into(), hint: hint.into(), kind, ..FormField::default() }
    }

    #[test]
    fn labels_say_what_is_asked() {
        let check = |label: &str, expected: Option<Ask>| {
            let asked = asked(&field(label, "", FormFieldKind::Text)).map(|asked| asked.ask);
            assert_eq!(asked, expected, "{label}");
        };
        check("Order number", Some(Ask::OrderNumber));
        check("Order no.*", Some(Ask::OrderNumber));
        check("Order #", Some(Ask::OrderNumber));
        check("Customer's order ID (if known)", Some(Ask::OrderNumber));
        check("订单号：", Some(Ask::OrderNumber));
        check("*客户订单编号", Some(Ask::OrderNumber));
        check("订单 ID", Some(Ask::OrderNumber));
        check("订单号 Order number", Some(Ask::OrderNumber));
        check("Order date", Some(Ask::Date));
        check("Date of purchase", Some(Ask::Date));
        check("Date the order was placed", Some(Ask::Date));
        check("购买日期（必填）", Some(Ask::Date));
        check("下单时间", Some(Ask::Date));
        check("快递单号", Some(Ask::TrackingNumber));
        check("Tracking number", Some(Ask::TrackingNumber));
        check("Refund amount", Some(Ask::Amount));
        check("退款金额", Some(Ask::Amount));
        check("Amount to refund", Some(Ask::Amount));
        check("Currency", Some(Ask::Currency));
        check("联系电话", Some(Ask::Phone));
        check("手机", Some(Ask::Phone));
        check("E-mail", Some(Ask::Email));
        check("Email address", Some(Ask::Email));
        check("客户姓名", Some(Ask::Name));
        check("Customer name", Some(Ask::Name));
        check("Name of the customer", Some(Ask::Name));
        check("收货地址", Some(Ask::Address));
        check("Delivery address", Some(Ask::Address));
        check("Issue type", Some(Ask::Category));
        check("Category", Some(Ask::Category));
        check("问题分类", Some(Ask::Category));
        check("工单类型", Some(Ask::Category));
        check("Reason for contact", Some(Ask::Category));
        check("紧急程度", Some(Ask::Priority));
        check("Tags", Some(Ask::Tags));
        check("所属部门", Some(Ask::Route));
        check("Page URL", Some(Ask::Url));
    }

    #[test]
    fn labels_of_other_things_ask_for_nothing() {
        for label in [
            "Date of birth",
            "出生日期",
            "Due date",
            "截止日期",
            "Created on",
            "Follow-up date",
            "工单号",
            "退货单号",
            "Return tracking number",
            "Order status",
            "订单状态",
            "订单来源",
            "手机型号",
            "Phone model",
            "First name",
            "用户名",
            "User name",
            "公司名称",
            "Email template",
            "IP address",
            "客户类型",
            "客户类别",
            "产品类型",
            "Payment type",
            "余额",
            "Approved amount",
            "审批金额",
            "Password",
            "验证码",
            "Remarks",
            "备注",
            "Subject",
            "标题",
            "",
            "Sort by order",
            "Shipping fee amount",
            "Supplier order number",
            "Number of orders",
        ] {
            let asked = asked(&field(label, "", FormFieldKind::Text));
            assert_eq!(asked, None, "{label}");
        }
    }

    #[test]
    fn what_a_value_is_of() {
        let check = |label: &str, expected| {
            assert_eq!(
                asked(&field(label, "", FormFieldKind::Text)).and_then(|asked| asked.about),
                expected,
                "{label}"
            );
        };
        check("Purchase date", Some(About::Order));
        check("Delivery date", Some(About::Delivery));
        check("Date received", Some(About::Delivery));
        check("Date of the incident", Some(About::Incident));
        check("预约日期", Some(About::Visit));
        check("退款金额", Some(About::Return));
        check("Date", None);
        assert_eq!(about("I bought it and it was delivered on"), Some(About::Delivery));
        assert_eq!(about("我 11 月 5 日申请的退款"), Some(About::Return));
    }

    #[test]
    fn without_a_label_the_hint_counts_for_less() {
        let sure = |label, hint, kind| asked(&field(label, hint, kind)).map(|asked| (asked.ask, asked.sure > 0.75));
        assert_eq!(sure("", "order number", FormFieldKind::Text), Some((Ask::OrderNumber, true)));
        assert_eq!(sure("Details", "order number", FormFieldKind::Text), Some((Ask::OrderNumber, false)));
        assert_eq!(sure("Contact via", "", FormFieldKind::Email), Some((Ask::Email, true)));
        assert_eq!(sure("Date of birth", "order date", FormFieldKind::Text), None);
    }
}

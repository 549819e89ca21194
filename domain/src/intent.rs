//! The 40 categories of the taxonomy: 34 ticket categories, five dialogue acts, out of scope.

/// The label of a message whose class is not known.
pub const UNKNOWN: &str = "unknown";

/// What the id of a team's own label begins with.
pub const OWN_PREFIX: &str = "team_";

/// What sort of category it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Ticket,
    DialogueAct,
    Reject,
}

/// One category with its names.
#[derive(Clone, Copy, Debug)]
pub struct Category {
    pub id: &'static str,
    pub en: &'static str,
    pub zh: &'static str,
    pub kind: Kind,
}

const fn category(id: &'static str, en: &'static str, zh: &'static str, kind: Kind) -> Category {
    Category { id, en, zh, kind }
}

/// In the order of the model's intent head.
pub const CATEGORIES: [Category; 40] = [
    category("order_status", "Order / shipment status", "订单状态/物流查询", Kind::Ticket),
    category("order_place", "Place an order", "下单购买", Kind::Ticket),
    category("order_change", "Change an order", "修改订单", Kind::Ticket),
    category("order_cancel", "Cancel an order", "取消订单", Kind::Ticket),
    category("delivery_info", "Delivery options, time, coverage, cost", "配送方式/时效/运费咨询", Kind::Ticket),
    category(
        "delivery_problem",
        "Late, lost, damaged or wrong delivery",
        "配送异常（延误/丢件/破损/错发）",
        Kind::Ticket,
    ),
    category("address_change", "Delivery address set or change", "修改地址", Kind::Ticket),
    category("refund_request", "Ask for a refund", "申请退款", Kind::Ticket),
    category("refund_status", "Refund status", "退款进度", Kind::Ticket),
    category("return_exchange", "Return / exchange request or policy", "退换货", Kind::Ticket),
    category("product_defect_warranty", "Faulty product, repair, warranty", "商品故障/维修/保修", Kind::Ticket),
    category("product_info", "Product or service question, stock, advice", "商品咨询", Kind::Ticket),
    category("price_promo", "Price, coupon, promotion, points, price protection", "价格/优惠/价保", Kind::Ticket),
    category("payment_method", "How to pay, instalments", "支付方式", Kind::Ticket),
    category("payment_problem", "Payment, transfer or top-up failed/pending", "支付/到账异常", Kind::Ticket),
    category("billing_charges", "Bill, unexpected or double charge, dispute", "账单/扣费争议", Kind::Ticket),
    category("fees_limits_info", "Fees, rates, limits", "费用/额度/利率", Kind::Ticket),
    category("invoice_receipt", "Invoice or receipt", "发票/凭证", Kind::Ticket),
    category("subscription_plan", "Subscribe, change plan, membership", "开通/变更套餐/会员", Kind::Ticket),
    category("cancel_service_close_account", "Cancel service / close account", "取消服务/注销账户", Kind::Ticket),
    category("account_access", "Login, password, PIN, locked account", "登录/密码/账户锁定", Kind::Ticket),
    category(
        "account_info_change",
        "Account data: view, balance, edit, create",
        "账户信息/余额/资料变更",
        Kind::Ticket,
    ),
    category("identity_verification", "Identity verification", "实名/身份验证", Kind::Ticket),
    category("security_fraud", "Fraud, lost or stolen, unrecognised transaction", "盗用/挂失/可疑交易", Kind::Ticket),
    category("technical_fault", "App, site, device or service not working", "技术故障", Kind::Ticket),
    category("howto_setup", "How to use / set up / activate", "使用/设置方法", Kind::Ticket),
    category("booking_reservation", "Book or change a booking/appointment", "预订/预约", Kind::Ticket),
    category(
        "claims_applications_documents",
        "Claim or application status, documents",
        "理赔/申请进度/材料",
        Kind::Ticket,
    ),
    category("transfer_withdraw", "Transfer, withdrawal, top-up question", "转账/提现/充值", Kind::Ticket),
    category("card_service", "Order, activate, replace a card", "办卡/换卡", Kind::Ticket),
    category("complaint", "Complaint about service or staff", "投诉", Kind::Ticket),
    category("feedback_praise", "Review, suggestion, praise", "评价/建议/表扬", Kind::Ticket),
    category("human_agent", "Speak to a human / escalate", "转人工/升级", Kind::Ticket),
    category("contact_info_hours", "Contact data, shop, hours", "联系方式/门店/营业时间", Kind::Ticket),
    category("greeting", "Greeting", "问候", Kind::DialogueAct),
    category("thanks_goodbye", "Thanks / goodbye", "感谢/再见", Kind::DialogueAct),
    category("affirm", "Yes / confirm", "肯定", Kind::DialogueAct),
    category("deny", "No / reject", "否定", Kind::DialogueAct),
    category("chitchat_bot", "Small talk, bot questions", "闲聊", Kind::DialogueAct),
    category("out_of_scope", "Out of scope", "超出范围", Kind::Reject),
];

/// The category with this id.
pub fn find(id: &str) -> Option<&'static Category> {
    CATEGORIES.iter().find(|category| category.id == id)
}

/// Whether a label is one of a team's own, which the taxonomy does not know.
pub fn is_own(id: &str) -> bool {
    id.starts_with(OWN_PREFIX)
}

/// Whether a label says what a customer wants: a ticket category or a team's own label.
pub fn is_ticket(id: &str) -> bool {
    is_own(id) || find(id).is_some_and(|category| category.kind == Kind::Ticket)
}

/// Whether a label is one of the five dialogue acts.
pub fn is_dialogue_act(id: &str) -> bool {
    find(id).is_some_and(|category| category.kind == Kind::DialogueAct)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_those_of_the_taxonomy() {
        let count = |kind| CATEGORIES.iter().filter(|c| c.kind == kind).count();
        assert_eq!((count(Kind::Ticket), count(Kind::DialogueAct), count(Kind::Reject)), (34, 5, 1));
        assert!(is_ticket("refund_status") && is_ticket("team_0a") && !is_ticket("greeting") && !is_ticket(UNKNOWN));
        assert!(CATEGORIES.iter().all(|category| !is_own(category.id)));
        assert!(is_dialogue_act("greeting") && !is_dialogue_act("refund_status") && find("x").is_none());
    }
}

//! Forms and conversations as they come, Chinese and English: what is proposed, what is ticked, what never is.

use domain::form::FormOption;
use domain::{Analysis, Author, Lang, Scored};

use super::super::dialogue::tests::{conversation, message};
use super::*;
use crate::fields;

/// 2026-11-26.
const NOW: i64 = 1_795_651_200_000;

/// A conversation whose last message has this class; each message with its fields as extracted.
fn dialogue(class: Option<(&str, f32)>, messages: &[&str]) -> Dialogue {
    let mut dialogue = Dialogue::new("desk.test", conversation("1"));
    let all = messages.iter().enumerate().map(|(at, text)| message(&at.to_string(), Author::Customer, text)).collect();
    dialogue.merge(all, &[], NOW);
    for (index, text) in messages.iter().enumerate() {
        let mut analysis = Analysis { fields: fields::extract(text, None), ..Analysis::unknown(Lang::En) };
        if let Some((label, score)) = class.filter(|_| index + 1 == messages.len()) {
            analysis.intent = Scored { label: label.into(), score };
        }
        dialogue.understand(index, analysis, false);
    }
    dialogue
}

fn field(label: &str, kind: FormFieldKind) -> FormField {
    FormField { key: label.into(), label: label.into(), kind, ..FormField::default() }
}

fn text(label: &str) -> FormField {
    field(label, FormFieldKind::Text)
}

fn choice(label: &str, options: &[&str]) -> FormField {
    let options = options.iter().map(|text| FormOption { value: text.to_lowercase(), text: (*text).into() }).collect();
    FormField { options, ..field(label, FormFieldKind::Choice) }
}

/// Label, value, ticked.
fn check(dialogue: &Dialogue, fields: &[FormField], expected: &[(&str, &str, bool)]) {
    let offers = offers(dialogue, &[], fields, None, NOW);
    let told: Vec<_> = offers
        .iter()
        .map(|offer| (offer.proposal.key.as_str(), offer.proposal.new.as_str(), offer.proposal.ticked))
        .collect();
    assert_eq!(told, expected, "{offers:#?}");
}

#[test]
fn values_go_to_the_fields_that_ask_for_them() {
    let english = dialogue(
        Some(("refund_status", 0.93)),
        &[
            "I bought it on 3 November 2026, order number WX-90417, paid $89.50.",
            "Call me on +44 20 7946 0958 or write to dan@example.org please.",
        ],
    );
    check(
        &english,
        &[
            text("Order no."),
            field("Purchase date", FormFieldKind::Date),
            field("Amount paid", FormFieldKind::Number),
            field("Phone", FormFieldKind::Phone),
            text("E-mail"),
            text("Remarks"),
            field("Description", FormFieldKind::LongText),
            choice("Category", &["Orders", "Refunds", "Technical"]),
            field("Delivery date", FormFieldKind::Date),
            text("Tracking number"),
            choice("Currency", &["EUR", "USD"]),
        ],
        &[
            ("Order no.", "WX-90417", true),
            ("Purchase date", "2026-11-03", true),
            ("Amount paid", "89.50", true),
            ("Phone", "+442079460958", true),
            ("E-mail", "dan@example.org", true),
            ("Category", "Refunds", true),
            ("Currency", "USD", true),
        ],
    );
    let chinese = dialogue(
        Some(("refund_status", 0.93)),
        &["你好，我11月5日申请的退款 389 元到现在还没到账，订单号 20261105-771，电话 13812345678。"],
    );
    check(
        &chinese,
        &[
            text("订单号"),
            field("退款申请日期", FormFieldKind::Date),
            field("退款金额（元）", FormFieldKind::Number),
            text("联系电话"),
            text("备注"),
            choice("问题分类", &["请选择", "物流问题", "退款问题", "其他"]),
            text("出生日期"),
            text("工单号"),
        ],
        &[
            ("订单号", "20261105-771", true),
            ("退款申请日期", "2026-11-05", true),
            ("退款金额（元）", "389", true),
            ("联系电话", "13812345678", true),
            ("问题分类", "退款问题", true),
        ],
    );
}

#[test]
fn the_newest_value_wins_and_says_where_it_is_from() {
    let dialogue = dialogue(None, &["order number AB-10001", "sorry, the right order number is AB-10002."]);
    let offers = offers(&dialogue, &[], &[text("Order number")], None, NOW);
    assert_eq!(offers[0].values, ["AB-10002"]);
    assert_eq!(
        offers[0].proposal.source,
        FillSource::Message { message_id: "1".into(), words: "the right order number is AB-10002".into() }
    );
    assert!(offers[0].proposal.score < 0.9, "two numbers are less sure than one");
}

#[test]
fn what_stands_there_is_kept_unless_the_agent_ticks_it() {
    let dialogue = dialogue(Some(("delivery_problem", 0.95)), &["order number AB-10001 is lost, tel +44 20 7946 0958"]);
    let filled = |mut field: FormField, value: &str| {
        field.values = vec![value.into()];
        field
    };
    let irreversible = |mut field: FormField| {
        field.irreversible = true;
        field
    };
    let locked = FormField { locked: true, ..text("Order id") };
    check(
        &dialogue,
        &[
            filled(text("Order number"), "AB-9"),
            filled(text("Order no"), " ab-10001"),
            locked,
            irreversible(choice("Reason", &["Lost parcel", "Refund"])),
            choice("Queue", &["Sales", "Shipping"]),
            filled(text("Phone"), "+44 (20) 7946-0958"),
        ],
        &[("Order number", "AB-10001", false), ("Reason", "Lost parcel", false), ("Queue", "Shipping", false)],
    );
    let cautions: Vec<_> =
        offers(&dialogue, &[], &[filled(text("Order number"), "AB-9"), irreversible(text("Order id"))], None, NOW)
            .iter()
            .map(|offer| (offer.proposal.caution, offer.proposal.old.clone()))
            .collect();
    assert_eq!(
        cautions,
        [(Some(FillCaution::AlreadyFilled), "AB-9".into()), (Some(FillCaution::Irreversible), String::new())]
    );
}

#[test]
fn masked_numbers_are_never_proposed() {
    let mut dialogue = dialogue(None, &["my phone +44 20 7946 0958"]);
    let mut analysis = dialogue.understanding("0").unwrap().analysis.clone();
    for value in ["138****5678", "1381XXXX678", "+44•••0958"] {
        analysis.fields[0].value = value.into();
        dialogue.understand(0, analysis.clone(), false);
        check(&dialogue, &[text("Phone")], &[]);
    }
}

#[test]
fn a_class_that_is_only_likely_is_shown_and_not_ticked() {
    let fields = [choice("Category", &["Refund", "Shipping"])];
    check(&dialogue(Some(("refund_request", 0.9)), &["x"]), &fields, &[("Category", "Refund", true)]);
    check(&dialogue(Some(("refund_request", 0.6)), &["x"]), &fields, &[("Category", "Refund", false)]);
    check(&dialogue(Some(("refund_request", 0.4)), &["x"]), &fields, &[]);
}

#[test]
fn priority_is_only_ever_raised() {
    let levels = ["Low", "Normal", "High", "Urgent"];
    let with = |value: &str| FormField { values: vec![value.into()], ..choice("Priority", &levels) };
    let urgent = dialogue(None, &["this is urgent, reply asap"]);
    check(&urgent, &[choice("Priority", &levels)], &[("Priority", "High", true)]);
    check(&urgent, &[with("normal")], &[("Priority", "High", false)]);
    check(&urgent, &[with("urgent")], &[]);
    check(&dialogue(None, &["hello there, not urgent"]), &[choice("Priority", &levels)], &[]);
    check(
        &dialogue(None, &["很急，麻烦尽快处理"]),
        &[choice("优先级", &["低", "中", "高"])],
        &[("优先级", "高", true)],
    );
}

#[test]
fn tags_are_added_to_those_that_are_there() {
    let mut tags = choice("标签", &["退款", "物流", "vip"]);
    tags.kind = FormFieldKind::Choices;
    let dialogue = dialogue(Some(("refund_request", 0.9)), &["我要退款"]);
    assert_eq!(offers(&dialogue, &[], std::slice::from_ref(&tags), None, NOW)[0].values, ["退款"]);
    tags.values = vec!["vip".into()];
    let offer = &offers(&dialogue, &[], &[tags], None, NOW)[0];
    assert_eq!((offer.values.clone(), offer.proposal.ticked), (vec!["vip".to_owned(), "退款".to_owned()], false));
}

#[test]
fn the_requester_fills_name_and_address_of_mail() {
    let mut dialogue = dialogue(None, &["hello"]);
    dialogue.conversation.requester.name = Some("Marta Kowalska".into());
    dialogue.conversation.requester.email = Some("marta@example.org".into());
    check(
        &dialogue,
        &[text("Customer name"), text("邮箱"), text("First name"), text("User name")],
        &[("Customer name", "Marta Kowalska", true), ("邮箱", "marta@example.org", true)],
    );
}

/// The forms that the eyes read in their own tests, each with what should go into it.
#[test]
fn the_forms_of_the_fixtures_get_what_they_should() {
    #[derive(serde::Deserialize)]
    struct Truth {
        conversations: HashMap<String, Talk>,
        pages: Vec<Page>,
    }
    #[derive(serde::Deserialize)]
    struct Talk {
        class: String,
        score: f32,
        name: Option<String>,
        email: Option<String>,
        messages: Vec<String>,
    }
    #[derive(serde::Deserialize)]
    struct Page {
        name: String,
        lang: String,
        fields: Vec<Wanting>,
    }
    #[derive(serde::Deserialize)]
    struct Wanting {
        field: FormField,
        wants: Option<String>,
    }
    let truth: Truth = serde_json::from_str(include_str!("../../../../tests/eyes/fixtures/form_truth.json")).unwrap();
    let (mut right, mut proposed, mut wanted) = (0, 0, 0);
    for page in &truth.pages {
        let talk = &truth.conversations[&page.lang];
        let messages: Vec<&str> = talk.messages.iter().map(String::as_str).collect();
        let mut dialogue = dialogue(Some((&talk.class, talk.score)), &messages);
        (dialogue.conversation.requester.name, dialogue.conversation.requester.email) =
            (talk.name.clone(), talk.email.clone());
        let fields: Vec<FormField> = page.fields.iter().map(|wanting| wanting.field.clone()).collect();
        let offers = offers(&dialogue, &[], &fields, None, NOW);
        let told: HashMap<&str, &str> =
            offers.iter().map(|offer| (offer.proposal.key.as_str(), offer.proposal.new.as_str())).collect();
        for Wanting { field, wants } in &page.fields {
            let got = told.get(field.key.as_str()).copied();
            proposed += usize::from(got.is_some());
            wanted += usize::from(wants.is_some());
            right += usize::from(got.is_some() && got == wants.as_deref());
            if got != wants.as_deref() {
                println!("{}: {} wants {wants:?}, got {got:?}", page.name, field.label);
            }
        }
    }
    let (precision, recall) = (f64::from(right as u32) / proposed as f64, f64::from(right as u32) / wanted as f64);
    println!("fields mapped: precision {precision:.3}, recall {recall:.3} of {wanted}");
    assert!(precision >= 0.95 && recall >= 0.9, "precision {precision}, recall {recall}");
}

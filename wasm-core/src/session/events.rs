//! What a conversation gives to the server, as events with ids that never change: a fold over its messages, like mood.

use domain::analysis::{Analysis, Scored};
use domain::conversation::Message;
use domain::mood::{Alert, CustomerTurn, Mood};
use domain::sync::{ConversationRef, Event, EventBody};
use domain::wire::ConversationView;

use super::dialogue::Dialogue;
use super::identity::{event_id, fingerprint, message_ref};

pub fn event(dialogue: &Dialogue, id: String, at_ms: i64, body: EventBody) -> Event {
    let conversation = ConversationRef {
        id: dialogue.reference.clone(),
        site: dialogue.site.clone(),
        url: dialogue.conversation.url.clone(),
        channel: dialogue.conversation.channel,
    };
    Event { id, at_ms, conversation, reading: dialogue.reading, body }
}

/// Id of what is told of a conversation in its present reading.
fn told_id(dialogue: &Dialogue, parts: &[&str]) -> String {
    match dialogue.reading {
        0 => event_id(parts),
        reading => event_id(&[parts, &["reading", &reading.to_string()]].concat()),
    }
}

/// Id of the event that tells of a message as the customer's.
pub fn analysed_id(dialogue: &Dialogue, message: &Message, model_version: &str) -> String {
    told_id(dialogue, &["analysed", &dialogue.reference, &message.id, &fingerprint(&[&message.text]), model_version])
}

/// Name of the alert that a message opened.
pub fn alert_id(dialogue: &Dialogue, message_id: &str) -> String {
    event_id(&["alert", &dialogue.reference, message_id])
}

/// Id of the event that tells of it.
pub fn alert_opened_id(dialogue: &Dialogue, message_id: &str) -> String {
    told_id(dialogue, &["opened", &alert_id(dialogue, message_id)])
}

/// Everything that follows from a fully understood conversation; most of it is known to the outbox already. A message that the
/// team's own model (`own_version`) is still to speak of is told when it has.
pub fn derive(
    dialogue: &Dialogue,
    view: &ConversationView,
    our_version: &str,
    own_version: Option<&str>,
    now_ms: i64,
) -> Vec<Event> {
    let mut events = Vec::new();
    let unheard: Vec<&str> = match own_version {
        Some(_) => dialogue.unheard_by_own().map(|index| dialogue.messages[index].id.as_str()).collect(),
        None => Vec::new(),
    };
    for (message, analysis) in
        dialogue.customer_messages().filter(|(message, _)| !unheard.contains(&message.id.as_str()))
    {
        let (intent, is_own) = dialogue.intent(&message.id, analysis);
        let model_version = own_version.filter(|_| is_own).unwrap_or(our_version);
        let id = analysed_id(dialogue, message, model_version);
        let body = analysed(message_ref(&dialogue.reference, &message.id), analysis, intent, model_version);
        // Later than our model's word on the same message, should that have been sent.
        events.push(event(dialogue, id, dialogue.at_ms(message) + i64::from(is_own), body));
    }
    let turns = dialogue.turns();
    events.extend(mood_changed(dialogue, &turns));
    events.extend(alerts(dialogue, &turns));
    for suggestion in &view.suggestions {
        let id = event_id(&["shown", &dialogue.reference, &suggestion.id]);
        let body = EventBody::SuggestionShown { suggestion_id: suggestion.id.clone(), source: suggestion.source };
        events.push(event(dialogue, id, now_ms, body));
    }
    events
}

fn analysed(message_id: String, analysis: &Analysis, intent: &Scored, model_version: &str) -> EventBody {
    EventBody::MessageAnalysed {
        message_id,
        lang: analysis.lang,
        intent: intent.clone(),
        act: analysis.act.clone(),
        sentiment: analysis.sentiment.clone(),
        emotion: analysis.emotion.clone(),
        danger: analysis.danger,
        abuse: analysis.abuse.filter(|abuse| abuse.is_told()).map(|abuse| abuse.kind),
        model_version: model_version.into(),
    }
}

fn mood_changed(dialogue: &Dialogue, turns: &[CustomerTurn]) -> Option<Event> {
    let last = turns.last()?;
    let mood = Mood::of(turns);
    let customer_messages = turns.len() as u32;
    let rounded = format!("{:.3}", mood.score);
    let parts = ["mood", &dialogue.reference, &last.message_id, &customer_messages.to_string(), &rounded];
    let Mood { score, word, trend, .. } = mood;
    let body = EventBody::MoodChanged { score, word, trend, customer_messages };
    Some(event(dialogue, told_id(dialogue, &parts), last.at_ms, body))
}

/// Openings and closings in order. Mood tells the alert that stands after the last message; here every prefix is asked.
fn alerts(dialogue: &Dialogue, turns: &[CustomerTurn]) -> Vec<Event> {
    let mut events = Vec::new();
    let mut open: Option<Alert> = None;
    for end in 1..=turns.len() {
        let now = Mood::of(&turns[..end]).alert;
        let changed = now.as_ref().map(|alert| &alert.message_id) != open.as_ref().map(|alert| &alert.message_id);
        if !changed {
            continue;
        }
        if let Some(closed) = &open {
            let alert_id = alert_id(dialogue, &closed.message_id);
            let id = told_id(dialogue, &["closed", &alert_id]);
            events.push(event(dialogue, id, turns[end - 1].at_ms, EventBody::AlertClosed { alert_id }));
        }
        if let Some(alert) = &now {
            let body = EventBody::AlertOpened {
                alert_id: alert_id(dialogue, &alert.message_id),
                reason: alert.reason,
                message_id: message_ref(&dialogue.reference, &alert.message_id),
                score: alert.score,
            };
            events.push(event(dialogue, alert_opened_id(dialogue, &alert.message_id), alert.opened_at_ms, body));
        }
        open = now;
    }
    events
}

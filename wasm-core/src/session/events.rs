//! What a conversation gives to the server, as events with ids that never change: a fold over its messages, like mood.

use domain::analysis::{Analysis, Scored};
use domain::conversation::Message;
use domain::mood::{self, AlertSpan, CustomerTurn, Mood};
use domain::sync::{ConversationRef, Event, EventBody, MOST_URL_BYTES};
use domain::wire::ConversationView;

use super::dialogue::Dialogue;
use super::identity::{event_id, fingerprint, message_ref};
use crate::outbox::Outbox;

/// An alert that opens and closes more often than this is left as it was told last.
const MOST_TURNS: u32 = 20;

pub fn event(dialogue: &Dialogue, id: String, at_ms: i64, body: EventBody) -> Event {
    let conversation = ConversationRef {
        id: dialogue.reference.clone(),
        site: dialogue.site.clone(),
        url: address(&dialogue.conversation.url),
        channel: dialogue.conversation.channel,
    };
    Event { id, at_ms, conversation, reading: dialogue.reading, body }
}

/// A page's address for the way back to it, as the server takes it: without a name and password; of a long one only what names
/// the page, else the site alone.
fn address(url: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
    let (authority, place) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let bare = if scheme.is_empty() { url.to_owned() } else { format!("{scheme}://{host}{place}") };
    let cuts = [Some(bare.len()), bare.find('#'), bare.find('?'), Some(scheme.len() + 3 + host.len())];
    let fits = cuts.into_iter().flatten().find(|&end| end <= MOST_URL_BYTES);
    fits.and_then(|end| bare.get(..end)).unwrap_or_default().to_owned()
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

/// Id of the event that tells of its opening, of its closing, of its opening again, and so on.
fn turn_id(dialogue: &Dialogue, message_id: &str, turn: u32) -> String {
    let alert_id = alert_id(dialogue, message_id);
    match turn {
        0 => told_id(dialogue, &["opened", &alert_id]),
        1 => told_id(dialogue, &["closed", &alert_id]),
        turn => told_id(dialogue, &["turned", &alert_id, &turn.to_string()]),
    }
}

/// How often the server was told of a turn of this alert: it is open there after an odd number.
fn turns_told(dialogue: &Dialogue, message_id: &str, outbox: &Outbox) -> u32 {
    (0..MOST_TURNS).take_while(|&turn| outbox.knows(&turn_id(dialogue, message_id, turn))).count() as u32
}

/// Id of the event that opened an alert last, where it stands open as told.
pub fn alert_told_id(dialogue: &Dialogue, message_id: &str, outbox: &Outbox) -> Option<String> {
    let told = turns_told(dialogue, message_id, outbox);
    (told % 2 == 1).then(|| turn_id(dialogue, message_id, told - 1))
}

/// What was told last of a conversation's mood.
#[derive(Clone, Debug, PartialEq)]
pub struct ToldMood {
    /// Names the state.
    id: String,
    at_ms: i64,
    customer_messages: u32,
}

/// Everything that follows from a fully understood conversation; most of it is known to the outbox already. A message that the
/// team's own model (`own_version`) is still to speak of is told when it has.
///
/// A page may show another part of the conversation than before, or its messages may be understood otherwise since earlier ones
/// were read: as long as the newest is there, what was told and holds no longer is corrected.
pub fn derive(
    dialogue: &mut Dialogue,
    view: &ConversationView,
    (our_version, own_version): (&str, Option<&str>),
    outbox: &Outbox,
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
    events.extend(alerts(dialogue, &turns, outbox, now_ms));
    if let Some((event, told)) = mood_changed(dialogue, &turns, now_ms) {
        events.push(event);
        dialogue.told_mood = Some(told);
    }
    if shows_newest(dialogue, &turns) {
        dialogue.newest_told = turns.last().map(|turn| (turn.message_id.clone(), turn.at_ms));
    }
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

fn mood_changed(dialogue: &Dialogue, turns: &[CustomerTurn], now_ms: i64) -> Option<(Event, ToldMood)> {
    let last = turns.last()?;
    let Mood { score, word, trend, .. } = Mood::of(turns);
    let customer_messages = turns.len() as u32;
    let rounded = format!("{score:.3}");
    let parts = ["mood", &dialogue.reference, &last.message_id, &customer_messages.to_string(), &rounded];
    let id = told_id(dialogue, &parts);
    // The server takes the later one for the newer, and of one time that of more messages; fewer are a part of what was told.
    let newest = (last.at_ms, customer_messages);
    let (at_ms, event_id) = match &dialogue.told_mood {
        Some(told) if told.id == id => return None,
        Some(told) if newest <= (told.at_ms, told.customer_messages) && customer_messages >= told.customer_messages => {
            let at_ms = now_ms.max(told.at_ms + 1);
            (at_ms, told_id(dialogue, &["mood again", &id, &at_ms.to_string()]))
        }
        _ => (last.at_ms, id.clone()),
    };
    let body = EventBody::MoodChanged { score, word, trend, customer_messages };
    Some((event(dialogue, event_id, at_ms, body), ToldMood { id, at_ms, customer_messages }))
}

/// Whether the page shows the newest of the customer's messages that were told of, or a newer one; a part of the conversation
/// without it says nothing of now.
fn shows_newest(dialogue: &Dialogue, turns: &[CustomerTurn]) -> bool {
    let Some((newest, at_ms)) = &dialogue.newest_told else { return true };
    turns.last().is_some_and(|last| last.at_ms > *at_ms) || turns.iter().any(|turn| turn.message_id == *newest)
}

/// The openings and closings that bring what was told to where the conversation stands.
fn alerts(dialogue: &Dialogue, turns: &[CustomerTurn], outbox: &Outbox, now_ms: i64) -> Vec<Event> {
    let spans = mood::alerts(turns);
    let mut events = Vec::new();
    let opened = |AlertSpan { alert, .. }: &AlertSpan, turn: u32, at_ms: i64| {
        let body = EventBody::AlertOpened {
            alert_id: alert_id(dialogue, &alert.message_id),
            reason: alert.reason,
            message_id: message_ref(&dialogue.reference, &alert.message_id),
            score: alert.score,
        };
        event(dialogue, turn_id(dialogue, &alert.message_id, turn), at_ms, body)
    };
    let closed = |message_id: &str, turn: u32, at_ms: i64| {
        let body = EventBody::AlertClosed { alert_id: alert_id(dialogue, message_id) };
        event(dialogue, turn_id(dialogue, message_id, turn), at_ms, body)
    };
    let corrects = shows_newest(dialogue, turns);
    // Later than whatever was told before; pages' clocks may be ahead.
    let later = |turn: u32| now_ms.max(turns.last().map_or(now_ms, |last| last.at_ms)) + i64::from(turn);
    for span in &spans {
        let message_id = &span.alert.message_id;
        let told = turns_told(dialogue, message_id, outbox);
        match (told, span.closed_at_ms) {
            (0, closed_at_ms) if closed_at_ms.is_some() || corrects => {
                events.push(opened(span, 0, span.alert.opened_at_ms));
                events.extend(closed_at_ms.map(|at_ms| closed(message_id, 1, at_ms)));
            }
            (1, Some(at_ms)) => events.push(closed(message_id, 1, at_ms)),
            (told, Some(_)) if told % 2 == 1 => events.push(closed(message_id, told, later(told))),
            (told, None) if told % 2 == 0 && told < MOST_TURNS && corrects => {
                events.push(opened(span, told, later(told)));
            }
            _ => {}
        }
    }
    // One alert of a conversation is open at a time, and none in a mood that ends it. That the agent denies what opened one is told
    // to nobody.
    let ends = spans.last().is_some_and(|span| span.closed_at_ms.is_none()) || Mood::of(turns).ends_alerts();
    let gone = dialogue.ever_understood().filter(|id| !dialogue.denied.contains(*id));
    let gone = gone.filter(|id| spans.iter().all(|span| span.alert.message_id != **id));
    for message_id in gone.filter(|_| corrects && ends) {
        let told = turns_told(dialogue, message_id, outbox);
        if told % 2 == 1 {
            events.push(closed(message_id, told, later(told)));
        }
    }
    events
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_one_that_the_server_takes() {
        let check = |url: &str, expected: &str| assert_eq!(address(url), expected);
        check("https://desk.test/1?id=2#m", "https://desk.test/1?id=2#m");
        check("https://ann:secret@desk.test:8443/1?to=a@b.test", "https://desk.test:8443/1?to=a@b.test");
        let long = "x".repeat(MOST_URL_BYTES);
        check(&format!("https://desk.test/1?id=2#{long}"), "https://desk.test/1?id=2");
        check(&format!("https://desk.test/1?{long}"), "https://desk.test/1");
        check(&format!("https://desk.test/{long}"), "https://desk.test");
        check("", "");
    }
}

//! What the overlay draws, built from what is known. Pure of any history: the same knowledge gives the same scene.

use domain::Scored;
use domain::analysis::{Field, Tier};
use domain::mood::{MoodTrend, MoodWord};
use domain::timeline::OtherField;
use domain::wire::{AlertView, CareView, ConversationView, IntentView, MoodPoint, MoodView, Scene};

use super::dialogue::{Demand, Dialogue};
use super::{Session, answers, events, shield};
use crate::knowledge::Usages;
use crate::learn::Verdict;

/// Dots of the course that are drawn.
pub(super) const COURSE: usize = 50;
const EXCERPT_CHARS: usize = 120;
/// A class less likely than this is no alternative, unless nothing was learned.
const WORTH_TELLING: f32 = 0.01;
/// Fields shown, newest message first.
const FIELDS: usize = 12;

impl Session {
    pub(super) fn scene(&self, tab: u32, now_ms: i64) -> Scene {
        let known = self.tabs.get(&tab);
        let reference = known.and_then(|tab| tab.conversation.as_ref());
        let conversation = reference.and_then(|reference| {
            let mut view = self.views.get(reference)?.clone();
            if let (Some(alert), Some(dialogue)) = (&mut view.alert, self.dialogues.get(reference))
                && let Some(opened_by) = dialogue.mood().alert.map(|alert| alert.message_id)
            {
                let told = events::alert_told_id(dialogue, &opened_by, &self.outbox);
                alert.shared = told.is_some_and(|id| self.outbox.has_accepted(&id));
                alert.taken_by = self.team.sees_to_it(&events::alert_id(dialogue, &opened_by)).map(str::to_owned);
            }
            view.fill = known.and_then(|tab| tab.form.as_ref()?.view());
            view.shield = self.shield_view(reference);
            if let Some(dialogue) = self.dialogues.get(reference) {
                self.place_beside(dialogue, &mut view, now_ms);
            }
            Some(view)
        });
        let locale = self.settings.locale.or(known.map(|tab| tab.locale)).unwrap_or(self.heard_locale);
        Scene {
            locale,
            engine: self.engine.clone(),
            sync: self.outbox.state(),
            conversation,
            care: CareView { shield_on: !self.shield.is_off(), ..self.care.view(now_ms) },
            notice: known.and_then(|tab| tab.notice).map(|(notice, _)| notice),
            labels: self.learning.views(),
            own_model: self.own.view(),
        }
    }
}

/// `elsewhere`: what the customer's joined conversations hold. `by_meaning`: whether answers are found by it.
pub fn conversation_view(
    dialogue: &Dialogue,
    elsewhere: &[OtherField],
    usage: &Usages,
    by_meaning: bool,
) -> ConversationView {
    let turns = dialogue.turns();
    let mood = dialogue.mood();
    let read = turns.iter().zip(&mood.course).filter(|(turn, _)| !dialogue.is_provisional(&turn.message_id));
    let points = read.clone().map(|(turn, &score)| {
        let message = dialogue.message(&turn.message_id);
        MoodPoint {
            message_id: turn.message_id.clone(),
            score,
            excerpt: message.map(|message| excerpt(&message.text)).unwrap_or_default(),
            why: message.map(|message| message.evidence.clone()).unwrap_or_default(),
            channel: None,
            abuse: dialogue.abuse_of(&turn.message_id).map(|abuse| abuse.kind),
        }
    });
    let course: Vec<MoodPoint> = points.skip(read.count().saturating_sub(COURSE)).collect();
    let demand = dialogue.demand();
    let alert = mood.alert.as_ref().map(|alert| {
        let danger = turns.iter().find(|turn| turn.message_id == alert.message_id).and_then(|turn| turn.danger);
        let known = dialogue.understanding(&alert.message_id);
        let by_model = danger.is_some() && known.is_some_and(|known| known.analysis.danger_by_model);
        AlertView { reason: alert.reason, danger, by_model, shared: false, taken_by: None }
    });
    ConversationView {
        flags: shield::flags(dialogue, demand.as_ref().map(|demand| demand.label.as_str())),
        abuse: shield::abuse_view(dialogue),
        id: dialogue.conversation.id.clone(),
        subject: dialogue.conversation.subject.clone(),
        requester_name: dialogue.conversation.requester.name.clone(),
        mood: MoodView {
            score: mood.score,
            word: if course.is_empty() { MoodWord::Unknown } else { mood.word },
            trend: if course.is_empty() { MoodTrend::Level } else { mood.trend },
            course,
            customer_messages: turns.len() as u32,
        },
        intent: demand.as_ref().map(|demand| intent_view(dialogue, demand)),
        fields: fields(dialogue),
        suggestions: answers::offered(dialogue, elsewhere, demand.as_ref(), mood.word, usage, by_meaning),
        alert,
        reply_box: dialogue.reply_box,
        pending: dialogue.pending().len() as u32,
        fill: None,
        timeline: None,
        shield: None,
    }
}

fn intent_view(dialogue: &Dialogue, demand: &Demand) -> IntentView {
    let others = others(dialogue.intents(&demand.message_id), dialogue.verdict(&demand.message_id));
    IntentView {
        message_id: demand.message_id.clone(),
        label: demand.label.clone(),
        score: demand.score,
        tier: Tier::of(demand.score),
        alternatives: others.into_iter().filter(|other| other.label != demand.label).collect(),
        corrected: demand.corrected,
        learned: demand.learned,
        own_model: demand.own_model,
        lang: demand.lang,
    }
}

/// What the model and the examples think of, best first; what the examples leave is the model's.
fn others(model: &[Scored], verdict: Option<&Verdict>) -> Vec<Scored> {
    let Some(verdict) = verdict else { return model.to_vec() };
    let left = 1.0 - verdict.score;
    let mut all = vec![Scored { label: verdict.label.clone(), score: verdict.score }];
    all.extend(verdict.others.iter().cloned());
    for Scored { label, score } in model {
        match all.iter_mut().find(|known| known.label == *label) {
            Some(known) => known.score = (known.score + left * score).min(1.0),
            None => all.push(Scored { label: label.clone(), score: left * score }),
        }
    }
    all.sort_by(|a, b| b.score.total_cmp(&a.score));
    all.retain(|scored| scored.score >= WORTH_TELLING);
    all
}

/// The first words, whole characters.
pub(super) fn excerpt(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(EXCERPT_CHARS - 1) {
        Some((end, c)) if end + c.len_utf8() < line.len() => format!("{}…", &line[..end]),
        _ => line,
    }
}

/// Fields of all customer messages, newest message first, each value once.
pub(super) fn fields(dialogue: &Dialogue) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
    for (_, analysis) in dialogue.customer_messages().rev() {
        for field in &analysis.fields {
            if !fields.iter().any(|known| (known.kind, &known.value) == (field.kind, &field.value)) {
                fields.push(field.clone());
            }
        }
    }
    fields.truncate(FIELDS);
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn excerpts_keep_whole_characters() {
        assert_eq!(excerpt("  hello \n world "), "hello world");
        let long = excerpt(&"退款".repeat(100));
        assert_eq!(long.chars().count(), EXCERPT_CHARS);
        assert!(long.ends_with('…'));
        assert_eq!(excerpt(&"a".repeat(EXCERPT_CHARS)).chars().count(), EXCERPT_CHARS);
    }
}

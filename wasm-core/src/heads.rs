//! From logits to labels with calibrated scores.

use domain::abuse::{AbuseKind, AbuseScore};
use domain::analysis::{Danger, Emotion, EmotionScore, Scored, Sentiment, SentimentScore, Tier};
use domain::{Lang, intent};

use crate::bundle::{Heads, LabelledHead, Temperature};
use crate::engine::{Outputs, softmax};

/// How many of the best intents are told.
const BEST: usize = 3;
/// Abuse and flags are told from here on (C1: offered).
const OFFERED: f32 = 0.5;

/// How a message was read: this decides how far its scores are trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting {
    pub lang: Lang,
    /// Turns before it were read with it.
    pub in_context: bool,
}

/// What the five heads say.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    pub intent: Scored,
    pub intents: Vec<Scored>,
    pub act: Option<Scored>,
    pub sentiment: SentimentScore,
    pub emotion: EmotionScore,
    pub abuse: Option<AbuseScore>,
    pub danger: Option<Danger>,
    pub flags: Vec<Scored>,
}

impl Heads {
    /// `None` when a logit is not a number, or the language has no temperature.
    pub fn read(&self, logits: &Outputs, setting: Setting) -> Option<Reading> {
        let intents = self.intent.probabilities(&logits.intent, setting)?;
        let sentiments = probabilities(&logits.sentiment, &self.sentiment.temperature, setting)?;
        let emotions = self.emotion.probabilities(&logits.emotion, setting)?;
        let abuse = abuse_kinds(&self.abuse.labels, &self.abuse.probabilities(&logits.abuse, setting)?);
        let flags = scaled(&logits.flags, &self.flags.temperature, setting)?;
        let intents = best(&self.intent.labels, &intents);
        let intent = intents.first()?.clone();
        let act = intent::is_dialogue_act(&intent.label).then(|| intent.clone());
        Some(Reading {
            act,
            intents,
            sentiment: sentiment(&self.sentiment.values, &sentiments),
            emotion: emotion(&self.emotion.labels, &emotions)?,
            abuse: self::abuse(&abuse),
            danger: danger(&abuse),
            flags: self::flags(&self.flags.labels, &flags),
            intent,
        })
    }
}

impl LabelledHead {
    fn probabilities(&self, logits: &[f32], setting: Setting) -> Option<Vec<f32>> {
        let mut row = probabilities(logits, &self.temperature, setting)?;
        let spread = self.doubt / row.len() as f32;
        row.iter_mut().for_each(|score| *score = *score * (1.0 - self.doubt) + spread);
        Some(row)
    }
}

fn probabilities(logits: &[f32], temperature: &Temperature, setting: Setting) -> Option<Vec<f32>> {
    let mut row = scaled(logits, temperature, setting)?;
    softmax(&mut row);
    Some(row)
}

/// Logits over the temperature that the setting asks for.
fn scaled(logits: &[f32], temperature: &Temperature, setting: Setting) -> Option<Vec<f32>> {
    let temperature = match (setting.lang, setting.in_context) {
        (Lang::Zh, false) => temperature.zh,
        (Lang::Zh, true) => temperature.zh_in_context,
        (Lang::En, false) => temperature.en,
        (Lang::En, true) => temperature.en_in_context,
        (Lang::Unknown, _) => return None,
    };
    let row: Vec<f32> = logits.iter().map(|x| x / temperature).collect();
    (!row.is_empty() && row.iter().all(|x| x.is_finite())).then_some(row)
}

fn best(labels: &[String], scores: &[f32]) -> Vec<Scored> {
    let mut order: Vec<usize> = (0..labels.len().min(scores.len())).collect();
    order.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]).then(a.cmp(&b)));
    order.iter().take(BEST).map(|&i| Scored { label: labels[i].clone(), score: scores[i] }).collect()
}

/// Three classes as sums over the ordinal head; the value is half the expected step of −2…2.
fn sentiment(values: &[f32], scores: &[f32]) -> SentimentScore {
    let steps = || values.iter().zip(scores);
    let sum = |keep: fn(f32) -> bool| steps().filter(|(v, _)| keep(**v)).map(|(_, p)| p).sum::<f32>();
    let classes = [
        (Sentiment::Negative, sum(|v| v < 0.0)),
        (Sentiment::Neutral, sum(|v| v == 0.0)),
        (Sentiment::Positive, sum(|v| v > 0.0)),
    ];
    let (label, score) = classes.into_iter().fold(classes[0], |top, class| if class.1 > top.1 { class } else { top });
    let value = steps().map(|(v, p)| v * p).sum::<f32>() / 2.0;
    SentimentScore { label, score: score.clamp(0.0, 1.0), value: value.clamp(-1.0, 1.0) }
}

fn emotion(labels: &[String], scores: &[f32]) -> Option<EmotionScore> {
    let top = best(labels, scores).into_iter().next()?;
    let label = serde_json::from_value(top.label.into()).unwrap_or(Emotion::Unknown);
    Some(EmotionScore { label, score: top.score })
}

/// The likeliest kind, unless none is likelier than anything else or abuse as a whole is less likely than not. What is done to
/// the agent counts together.
fn abuse(kinds: &[(AbuseKind, f32)]) -> Option<AbuseScore> {
    let any: f32 = kinds.iter().map(|(_, score)| score).sum();
    let at_agent: f32 = kinds.iter().filter(|(kind, _)| kind.is_at_agent()).map(|(_, score)| score).sum();
    let likeliest = |at_agent: bool| {
        let kinds = kinds.iter().filter(|(kind, _)| kind.is_at_agent() == at_agent);
        kinds.copied().max_by(|a, b| a.1.total_cmp(&b.1))
    };
    let done = likeliest(true).map(|(kind, _)| AbuseScore { kind, score: at_agent });
    let said = likeliest(false).map(|(kind, score)| AbuseScore { kind, score });
    let top = done.into_iter().chain(said).max_by(|a, b| a.score.total_cmp(&b.score));
    top.filter(|top| top.score > 1.0 - any && any >= OFFERED)
}

/// M2: what counts as danger without a phrase of it, where the model is sure of this kind (C1: applied).
fn danger(kinds: &[(AbuseKind, f32)]) -> Option<Danger> {
    kinds.iter().find_map(|&(kind, score)| match (kind, Tier::of(score)) {
        (AbuseKind::Threat, Tier::Applied) => Some(Danger::Threat),
        (AbuseKind::SelfHarm, Tier::Applied) => Some(Danger::SelfHarm),
        _ => None,
    })
}

/// The scores of all kinds; the label "none" is none of them.
fn abuse_kinds(labels: &[String], scores: &[f32]) -> Vec<(AbuseKind, f32)> {
    let kind = |label: &String| serde_json::from_value::<AbuseKind>(label.as_str().into()).ok();
    labels.iter().zip(scores).filter_map(|(label, &score)| Some((kind(label)?, score))).collect()
}

/// Each by its own sigmoid: the softmax of the logit against 0.
fn flags(labels: &[String], logits: &[f32]) -> Vec<Scored> {
    let score = |logit: f32| {
        let mut row = [logit, 0.0];
        softmax(&mut row);
        row[0]
    };
    let scored = labels.iter().zip(logits).map(|(label, &logit)| Scored { label: label.clone(), score: score(logit) });
    scored.filter(|flag| flag.score >= OFFERED).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heads() -> Heads {
        crate::bundle::tests::manifest_for(b"", b"").heads
    }

    fn logits(intent: usize, sentiment: [f32; 5], emotion: usize) -> Outputs {
        let one_hot = |len: usize, at: usize| (0..len).map(|i| if i == at { 5.0 } else { 0.0 }).collect();
        Outputs {
            intent: one_hot(40, intent),
            sentiment: sentiment.to_vec(),
            emotion: one_hot(9, emotion),
            abuse: one_hot(7, 0),
            flags: vec![-5.0; 2],
            ..Outputs::default()
        }
    }

    fn alone(lang: Lang) -> Setting {
        Setting { lang, in_context: false }
    }

    #[test]
    fn labels_and_values() {
        let reading = heads().read(&logits(7, [0.0, 9.0, 0.0, 0.0, 0.0], 0), alone(Lang::Zh)).unwrap();
        assert_eq!((reading.intent.label.as_str(), reading.act), ("refund_request", None));
        assert_eq!(reading.intents.len(), 3);
        assert_eq!(reading.sentiment.label, Sentiment::Negative);
        assert!((reading.sentiment.value + 0.5).abs() < 0.01, "{}", reading.sentiment.value);
        assert_eq!(reading.emotion.label, Emotion::Anger);
        let act = heads().read(&logits(34, [0.0, 0.0, 0.0, 4.0, 4.0], 5), alone(Lang::En)).unwrap();
        assert_eq!(act.act.as_ref(), Some(&act.intent));
        assert_eq!((act.intent.label.as_str(), act.sentiment.label), ("greeting", Sentiment::Positive));
    }

    #[test]
    fn abuse_is_told_when_it_is_likelier_than_not() {
        let read = |abuse: [f32; 7]| {
            let logits = Outputs { abuse: abuse.map(f32::ln).to_vec(), ..logits(0, [0.0; 5], 0) };
            heads().read(&logits, alone(Lang::En)).unwrap().abuse
        };
        assert_eq!(read([0.94, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01]), None);
        assert_eq!(read([0.46, 0.20, 0.05, 0.05, 0.04, 0.10, 0.10]), None, "none is the likeliest");
        let check = |abuse, kind, score: f32| {
            let told = read(abuse).unwrap();
            assert!(told.kind == kind && (told.score - score).abs() < 1e-5, "{told:?}");
        };
        check([0.05, 0.80, 0.05, 0.04, 0.02, 0.02, 0.02], AbuseKind::Insult, 0.91);
        check([0.10, 0.30, 0.05, 0.35, 0.10, 0.05, 0.05], AbuseKind::Harassment, 0.80);
        check([0.20, 0.20, 0.05, 0.05, 0.05, 0.05, 0.40], AbuseKind::ProfanityNotAtAgent, 0.40);
        check([0.10, 0.18, 0.05, 0.05, 0.01, 0.60, 0.01], AbuseKind::SelfHarm, 0.60);
    }

    #[test]
    fn danger_needs_certainty_of_its_own_kind() {
        let read = |abuse: [f32; 7]| {
            let logits = Outputs { abuse: abuse.map(f32::ln).to_vec(), ..logits(0, [0.0; 5], 0) };
            heads().read(&logits, alone(Lang::Zh)).unwrap().danger
        };
        assert_eq!(read([0.05, 0.02, 0.88, 0.02, 0.01, 0.01, 0.01]), Some(Danger::Threat));
        assert_eq!(read([0.05, 0.42, 0.48, 0.02, 0.01, 0.01, 0.01]), None, "sure of abuse, not of a threat");
        assert_eq!(read([0.04, 0.01, 0.01, 0.01, 0.01, 0.91, 0.01]), Some(Danger::SelfHarm));
        assert_eq!(read([0.01, 0.95, 0.01, 0.01, 0.005, 0.005, 0.01]), None);
    }

    #[test]
    fn every_kind_is_one_of_the_labels() {
        for (index, label) in heads().abuse.labels.iter().enumerate().skip(1) {
            let mut abuse = vec![0.0; 7];
            abuse[index] = 9.0;
            let logits = Outputs { abuse, ..logits(0, [0.0; 5], 0) };
            let told = heads().read(&logits, alone(Lang::Zh)).unwrap().abuse.unwrap();
            assert_eq!(serde_json::to_value(told.kind).unwrap(), label.as_str());
        }
    }

    #[test]
    fn flags_stand_each_for_themselves() {
        let read = |flags: [f32; 2]| {
            let logits = Outputs { flags: flags.to_vec(), ..logits(0, [0.0; 5], 0) };
            let told = heads().read(&logits, alone(Lang::En)).unwrap().flags;
            told.into_iter().map(|flag| flag.label).collect::<Vec<_>>()
        };
        assert!(read([-0.1, -3.0]).is_empty());
        assert_eq!(read([0.1, -3.0]), ["complaint"]);
        assert_eq!(read([2.0, 1.0]), ["complaint", "human_agent"]);
    }

    #[test]
    fn what_cannot_be_read_is_nothing() {
        assert_eq!(heads().read(&logits(0, [0.0; 5], 0), alone(Lang::Unknown)), None);
        assert_eq!(heads().read(&logits(0, [f32::NAN; 5], 0), alone(Lang::En)), None);
    }

    #[test]
    fn temperature_softens_scores() {
        let mut heads = heads();
        let sharp = heads.read(&logits(0, [0.0; 5], 0), alone(Lang::En)).unwrap().intent.score;
        heads.intent.temperature.en = 2.0;
        assert!(heads.read(&logits(0, [0.0; 5], 0), alone(Lang::En)).unwrap().intent.score < sharp);
        assert_eq!(heads.read(&logits(0, [0.0; 5], 0), alone(Lang::Zh)).unwrap().intent.score, sharp);
        let in_context = Setting { lang: Lang::En, in_context: true };
        assert_eq!(heads.read(&logits(0, [0.0; 5], 0), in_context).unwrap().intent.score, sharp);
    }

    #[test]
    fn doubt_is_spread_over_all_labels() {
        let mut heads = heads();
        heads.intent.doubt = 0.04;
        let told = heads.read(&logits(3, [0.0; 5], 0), alone(Lang::En)).unwrap();
        let certain =
            super::probabilities(&logits(3, [0.0; 5], 0).intent, &heads.intent.temperature, alone(Lang::En)).unwrap();
        assert!((told.intent.score - (0.96 * certain[3] + 0.04 / certain.len() as f32)).abs() < 1e-6);
        assert_eq!(told.intent.label, heads.intent.labels[3]);
    }
}

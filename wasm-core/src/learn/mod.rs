//! Classes learned on the device from a few examples each: a team's own labels, and corrections.
//!
//! Nothing is retrained: a small regression over [`Features`] is fitted in milliseconds, and one more example at once. The
//! base model has its say through them. Where no example is like the message, there is no verdict and the base class holds.
//! Does not know texts, conversations or the store.

mod features;
mod regression;

use domain::Scored;

pub use features::Features;
use regression::{Regression, Row};

/// More examples are not taken; a fit would no longer be a matter of milliseconds.
pub const MOST_EXAMPLES: usize = 2_000;
/// Labels told beside the best.
const OTHERS: usize = 3;
/// Confidence is a logistic function of how like the nearest example of the label is and of the odds among the labels.
/// Set by hand: `tests/bench/few_shot.mjs --points` prints what to fit it to.
const CONFIDENCE: Confidence = Confidence { likeness: 9.0, odds: 0.5, bias: -4.5 };
const MOST_ODDS: f32 = 5.0;

struct Confidence {
    likeness: f32,
    odds: f32,
    bias: f32,
}

/// One example; `key` names what gave it, so that it can be taken back.
#[derive(Clone, Debug)]
struct Example {
    key: String,
    label: String,
    features: Features,
    dual: Vec<f32>,
}

/// What the examples say of a message.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    pub label: String,
    /// That the label is right, 0–1.
    pub score: f32,
    /// The next best labels.
    pub others: Vec<Scored>,
    /// Of the nearest example of the label, and the odds it won by: what the score is made of.
    pub likeness: f32,
    pub odds: f32,
}

#[derive(Debug, Default)]
pub struct Learner {
    examples: Vec<Example>,
    /// Ascending; the classes of the regression.
    labels: Vec<String>,
    regression: Regression,
}

impl Learner {
    pub fn len(&self) -> usize {
        self.examples.len()
    }

    pub fn is_empty(&self) -> bool {
        self.examples.is_empty()
    }

    /// Of every example.
    pub fn labels(&self) -> impl Iterator<Item = &str> {
        self.examples.iter().map(|example| example.label.as_str())
    }

    pub fn has(&self, key: &str) -> bool {
        self.examples.iter().any(|example| example.key == key)
    }

    /// Takes examples in, each in the place of an older one with its key, and fits once.
    pub fn learn(&mut self, examples: impl IntoIterator<Item = (String, String, Features)>) {
        for (key, label, features) in examples {
            self.examples.retain(|known| known.key != key);
            if self.examples.len() < MOST_EXAMPLES {
                self.examples.push(Example { key, label, features, dual: Vec::new() });
            }
        }
        self.fit();
    }

    /// Forgets the examples whose key is meant; tells whether there were any.
    pub fn unlearn(&mut self, is_meant: impl Fn(&str) -> bool) -> bool {
        let before = self.examples.len();
        self.examples.retain(|example| !is_meant(&example.key));
        let changed = self.examples.len() < before;
        if changed {
            self.fit();
        }
        changed
    }

    fn fit(&mut self) {
        let mut labels: Vec<String> = self.examples.iter().map(|example| example.label.clone()).collect();
        labels.sort_unstable();
        labels.dedup();
        if labels != self.labels {
            for example in &mut self.examples {
                example.dual = carried(&example.dual, &self.labels, &labels);
            }
            self.labels = labels;
        }
        let labels = &self.labels;
        let mut rows: Vec<Row<'_>> = self
            .examples
            .iter_mut()
            .map(|Example { label, features, dual, .. }| {
                let class = labels.binary_search(label).unwrap_or(0);
                Row { features, class, dual }
            })
            .collect();
        self.regression = Regression::fit(&mut rows, labels.len());
    }

    /// `None` without examples, or when they are of another model.
    pub fn classify(&self, features: &Features) -> Option<Verdict> {
        let first = self.examples.first()?;
        if first.features.dense.len() != features.dense.len() {
            return None;
        }
        let probabilities = self.regression.probabilities(features);
        let mut order: Vec<usize> = (0..self.labels.len()).collect();
        order.sort_by(|&a, &b| probabilities[b].total_cmp(&probabilities[a]).then(a.cmp(&b)));
        let best = *order.first()?;
        let label = &self.labels[best];
        let own = self.examples.iter().filter(|example| example.label == *label);
        let likeness = own.map(|example| example.features.likeness(features)).fold(0.0, f32::max);
        let p = probabilities[best];
        let odds = match self.labels.len() {
            1 => 0.0,
            _ => (p / (1.0 - p).max(1e-6)).ln().clamp(-MOST_ODDS, MOST_ODDS),
        };
        let Confidence { likeness: per_likeness, odds: per_odds, bias } = CONFIDENCE;
        let score = 1.0 / (1.0 + (-(per_likeness * likeness + per_odds * odds + bias)).exp());
        let others = order.iter().skip(1).take(OTHERS).map(|&other| Scored {
            label: self.labels[other].clone(),
            score: score * probabilities[other] / p.max(1e-6),
        });
        Some(Verdict { label: label.clone(), score, others: others.collect(), likeness, odds })
    }
}

/// A dual row over other labels; a label that is new starts from nothing.
fn carried(dual: &[f32], before: &[String], now: &[String]) -> Vec<f32> {
    let known = |label: &String| before.iter().position(|other| other == label).and_then(|at| dual.get(at));
    now.iter().map(|label| known(label).copied().unwrap_or(0.0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use features::tests::of_phrases;

    fn taught(lines: &[(&str, &str)]) -> Learner {
        let mut learner = Learner::default();
        let examples = lines.iter().enumerate();
        learner.learn(examples.map(|(i, (label, text))| (i.to_string(), (*label).to_owned(), of_phrases(text))));
        learner
    }

    const LINES: [(&str, &str); 6] = [
        ("loyalty", "how many points do I have"),
        ("loyalty", "积分怎么兑换"),
        ("loyalty", "my points are gone"),
        ("repair", "book a repair for the boiler"),
        ("repair", "师傅什么时候上门维修"),
        ("repair", "the repair man did not come"),
    ];

    #[test]
    fn a_few_examples_make_a_class_in_both_languages() {
        let learner = taught(&LINES);
        let check = |text: &str, expected: &str| {
            let verdict = learner.classify(&of_phrases(text)).unwrap();
            assert_eq!(verdict.label, expected, "{text}: {verdict:?}");
            verdict.score
        };
        check("where are my points", "loyalty");
        check("我的积分怎么没有了", "loyalty");
        check("repair of the boiler please", "repair");
        let near = check("维修师傅上门了吗", "repair");
        let far = learner.classify(&of_phrases("zzz qqq")).unwrap().score;
        assert!(near > far && far < 0.1, "{near} {far}");
    }

    #[test]
    fn one_more_example_counts_at_once_and_can_be_taken_back() {
        let mut learner = taught(&LINES);
        let text = of_phrases("can I give the voucher to a friend");
        let before = learner.classify(&text).unwrap();
        learner.learn([("new".into(), "voucher".into(), of_phrases("give the voucher to a friend"))]);
        let after = learner.classify(&text).unwrap();
        assert_eq!(after.label, "voucher");
        assert!(after.score > before.score, "{after:?} {before:?}");
        assert!(learner.has("new") && learner.unlearn(|key| key == "new") && !learner.unlearn(|key| key == "new"));
        let back = learner.classify(&text).unwrap();
        assert_eq!(back.label, before.label);
        assert!((back.score - before.score).abs() < 0.05);
    }

    #[test]
    fn a_corrected_example_replaces_the_older_one() {
        let mut learner = taught(&LINES);
        learner.learn([("0".into(), "other".into(), of_phrases(LINES[0].1))]);
        assert_eq!(learner.len(), LINES.len());
        assert_eq!(learner.classify(&of_phrases(LINES[0].1)).unwrap().label, "other");
    }

    #[test]
    fn nothing_and_other_models_give_no_verdict() {
        assert_eq!(Learner::default().classify(&of_phrases("x")), None);
        let other = Features { dense: vec![0.5; 3], ..Features::default() };
        assert_eq!(taught(&LINES).classify(&other), None);
    }
}

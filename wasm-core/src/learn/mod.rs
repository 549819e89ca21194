//! Classes learned on the device from a few examples each: a team's own labels, and corrections.
//!
//! The model stays as it is: a regression over the likeness of [`Features`] is solved in milliseconds, and one more example
//! at once. Where no example is like the message, nothing is said with confidence and the base class holds. Does not know
//! texts, conversations or the store.

mod features;
mod kernel;

use domain::Scored;

pub use features::Features;
use kernel::{Kernel, likeness};

/// More examples are not taken; to learn them would no longer be a matter of milliseconds.
pub const MOST_EXAMPLES: usize = 2_000;
/// Labels told beside the best.
const OTHERS: usize = 3;

/// Confidence is a logistic function of the evidence, fitted on training messages that were no examples and on messages of
/// other kinds: `tests/bench/few_shot.mjs --fit`.
struct Confidence {
    value: f32,
    closeness: f32,
    examples: f32,
    bias: f32,
}

const CONFIDENCE: Confidence = Confidence { value: 3.33, closeness: 11.80, examples: -0.65, bias: -9.52 };

/// What a verdict is sure by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Evidence {
    /// The regression's, about 0–1.
    pub value: f32,
    /// Of the nearest example of the label.
    pub closeness: f32,
    /// Of the label; among many, one is near by chance.
    pub examples: usize,
}

impl Evidence {
    fn score(self) -> f32 {
        let Confidence { value, closeness, examples, bias } = CONFIDENCE;
        let known = value * self.value + closeness * self.closeness;
        1.0 / (1.0 + (-(known + examples * (self.examples as f32).ln() + bias)).exp())
    }
}

/// One example; `key` names what gave it, so that it can be taken back.
#[derive(Clone, Debug)]
struct Example {
    key: String,
    label: String,
    features: Features,
}

/// What the examples say of a message.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    pub label: String,
    /// That the label is right, 0–1.
    pub score: f32,
    /// The next best labels.
    pub others: Vec<Scored>,
    pub evidence: Evidence,
}

#[derive(Debug, Default)]
pub struct Learner {
    examples: Vec<Example>,
    /// Of the examples, in their order.
    kernel: Kernel,
    /// Ascending; the classes of the regression.
    labels: Vec<String>,
    /// [examples, labels].
    weights: Vec<f32>,
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

    /// Of the examples of a label.
    pub fn keys_of(&self, label: &str) -> Vec<String> {
        self.examples.iter().filter(|example| example.label == label).map(|example| example.key.clone()).collect()
    }

    /// Takes examples in, each in the place of an older one with its key, and solves once.
    pub fn learn(&mut self, examples: impl IntoIterator<Item = (String, String, Features)>) {
        for (key, label, features) in examples {
            match self.examples.iter_mut().find(|known| known.key == key) {
                Some(known) if known.features == features => known.label = label,
                Some(_) => {
                    self.forget(|known| known.key == key);
                    self.take(Example { key, label, features });
                }
                None => self.take(Example { key, label, features }),
            }
        }
        self.solve();
    }

    /// Forgets the examples that are meant by key and label; tells whether there were any.
    pub fn unlearn(&mut self, is_meant: impl Fn(&str, &str) -> bool) -> bool {
        let changed = self.forget(|example| is_meant(&example.key, &example.label));
        if changed {
            self.solve();
        }
        changed
    }

    fn take(&mut self, example: Example) {
        let is_comparable = self.examples.first().is_none_or(|known| known.features.is_comparable(&example.features));
        if self.examples.len() < MOST_EXAMPLES && is_comparable {
            self.kernel.push(self.closeness(&example.features).into_iter().map(likeness).collect());
            self.examples.push(example);
        }
    }

    fn forget(&mut self, is_meant: impl Fn(&Example) -> bool) -> bool {
        let before = self.examples.len();
        for index in (0..before).rev() {
            if is_meant(&self.examples[index]) {
                self.examples.remove(index);
                self.kernel.remove(index);
            }
        }
        self.examples.len() < before
    }

    fn solve(&mut self) {
        self.labels = self.labels().map(str::to_owned).collect();
        self.labels.sort_unstable();
        self.labels.dedup();
        let class_of = self.labels().filter_map(|label| self.class(label)).collect::<Vec<_>>();
        self.weights = self.kernel.solve(&class_of, self.labels.len());
    }

    fn class(&self, label: &str) -> Option<usize> {
        self.labels.binary_search_by(|known| known.as_str().cmp(label)).ok()
    }

    /// To every example.
    fn closeness(&self, features: &Features) -> Vec<f32> {
        let probe = features.probe();
        self.examples.iter().map(|example| probe.closeness(&example.features)).collect()
    }

    /// `None` without examples, or when they are of another model.
    pub fn classify(&self, features: &Features) -> Option<Verdict> {
        if !self.examples.first()?.features.is_comparable(features) {
            return None;
        }
        let closeness = self.closeness(features);
        let mut values = vec![0.0f32; self.labels.len()];
        for (&closeness, weights) in closeness.iter().zip(self.weights.chunks_exact(self.labels.len())) {
            let likeness = likeness(closeness);
            values.iter_mut().zip(weights).for_each(|(value, weight)| *value += likeness * weight);
        }
        let mut order: Vec<usize> = (0..values.len()).collect();
        order.sort_by(|&a, &b| values[b].total_cmp(&values[a]).then(a.cmp(&b)));
        let label = &self.labels[*order.first()?];
        let of_label =
            || self.labels().zip(&closeness).filter(|(other, _)| other == label).map(|(_, &closeness)| closeness);
        let value = values[*order.first()?];
        let evidence = Evidence { value, closeness: of_label().fold(0.0, f32::max), examples: of_label().count() };
        let score = evidence.score();
        let share = |class: usize| (values[class] / evidence.value.max(f32::MIN_POSITIVE)).clamp(0.0, 1.0);
        let others = order.iter().skip(1).take(OTHERS);
        let others = others
            .map(|&class| Scored { label: self.labels[class].clone(), score: (1.0 - score) * score * share(class) });
        Some(Verdict { others: others.collect(), label: label.clone(), score, evidence })
    }
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
        assert!(
            learner.keys_of("voucher") == ["new"]
                && learner.unlearn(|key, _| key == "new")
                && !learner.unlearn(|key, _| key == "new")
        );
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
        assert_eq!(taught(&LINES).classify(&Features::default()), None);
    }
}

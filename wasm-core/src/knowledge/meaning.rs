//! What each answer is for, as a direction in the encoder's search space: the mean of questions that it answers, in both
//! languages (`asked` in `knowledge/*.json`).
//!
//! The vectors belong to one model and are computed ahead (`cargo run --release -p wasm-core --bin answers`); a message read by
//! another model is compared by its words alone.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::closeness::closest;

/// Steps of a number to either side of 0.
const STEPS: f32 = 127.0;

/// `knowledge/meaning.json`.
#[derive(Debug, Default, Deserialize, Serialize)]
pub struct Meanings {
    /// Version of the model.
    pub model: String,
    /// By answer, as two hexadecimal digits for each number, in steps of 1/127.
    pub answers: Vec<(String, String)>,
}

/// The vectors of answers.
pub struct Meaning {
    model: String,
    vectors: HashMap<String, Vec<f32>>,
}

impl Meaning {
    pub fn embedded() -> &'static Self {
        static MEANING: LazyLock<Meaning> = LazyLock::new(|| {
            let Meanings { model, answers } =
                serde_json::from_str(include_str!("../../knowledge/meaning.json")).unwrap_or_default();
            let vectors = answers.into_iter().filter_map(|(id, digits)| Some((id, from_hex(&digits)?))).collect();
            Meaning { model, vectors }
        });
        &MEANING
    }

    pub fn is_of(&self, model: &str) -> bool {
        self.model == model
    }

    /// Cosine of the answer's questions with the closest of the messages, −1 to 1; `None` where the answer has no vector.
    pub fn closeness(&self, answer: &str, messages: &[&[f32]]) -> Option<f32> {
        closest(self.vectors.get(answer)?, messages.iter().copied())
    }
}

/// The direction of the mean of `vectors`, as it is written down.
pub fn mean(vectors: &[Vec<f32>]) -> String {
    let mut mean = vec![0.0; vectors.first().map_or(0, Vec::len)];
    for vector in vectors {
        mean.iter_mut().zip(vector).for_each(|(sum, x)| *sum += x);
    }
    to_unit_length(&mut mean);
    mean.iter().map(|x| format!("{:02x}", (x * STEPS).round() as i8)).collect()
}

fn from_hex(digits: &str) -> Option<Vec<f32>> {
    let number = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
    let mut vector: Vec<f32> =
        (0..digits.len()).step_by(2).map(|at| Some(f32::from(number(at)? as i8) / STEPS)).collect::<Option<_>>()?;
    to_unit_length(&mut vector);
    Some(vector)
}

fn to_unit_length(vector: &mut [f32]) {
    let length = vector.iter().map(|x| x * x).sum::<f32>().sqrt();
    vector.iter_mut().for_each(|x| *x /= length.max(f32::MIN_POSITIVE));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors_are_read_as_they_are_written() {
        let vector = from_hex(&mean(&[vec![3.0, 0.0, -4.0], vec![3.0, 0.0, -4.0]])).unwrap();
        for (found, expected) in vector.iter().zip([0.6, 0.0, -0.8]) {
            assert!((found - expected).abs() < 0.01, "{vector:?}");
        }
        assert_eq!(from_hex("0g"), None);
        assert_eq!(from_hex("012"), None);
    }

    #[test]
    fn every_answer_has_a_vector_and_no_other_has() {
        let meaning = Meaning::embedded();
        let answers: Vec<_> = super::super::Base::embedded().answers().collect();
        assert_eq!(meaning.vectors.len(), answers.len());
        for (id, _) in answers {
            assert!(meaning.vectors.contains_key(id), "{id}: run the binary `answers`");
        }
        assert_eq!(meaning.closeness("refund-request-how", &[]), None);
    }
}

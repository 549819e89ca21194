//! The wide part (Cheng et al. 2016, "Wide & Deep Learning"): what single phrases say, added to the encoder's logits.
//!
//! A phrase is a run of one to four token ids of the message, [CLS] and [SEP] among them. The phrases that training found
//! telling are kept by their 32-bit hash; each has a row of logits for all heads. A message adds the sum of its phrases'
//! rows over the root of their number. Does not see the turns before the message.

use super::weights::{EngineError, Rows, Source};

const LONGEST: usize = 4;
const SEED: u32 = 0x9E37_79B9;

pub struct Wide {
    /// Ascending.
    hashes: Vec<u32>,
    rows: Rows,
}

impl Wide {
    /// `outputs` is the number of logits of all heads together.
    pub fn load(source: &Source<'_>, outputs: usize) -> Result<Self, EngineError> {
        let hashes = source.hashes("wide.hashes")?;
        let rows = source.rows("wide.rows")?;
        if !hashes.is_sorted() || rows.len() <= hashes.len() {
            return Err(source.shape("wide.hashes", format!("fewer than {} hashes, ascending", rows.len())));
        }
        if rows.width() != outputs {
            return Err(source.shape("wide.rows_quantized", format!("[rows, {outputs}]")));
        }
        Ok(Self { hashes, rows })
    }

    /// The rows of the kept phrases of a message, ascending, each once. `ids` are the message's, with [CLS] and [SEP].
    pub fn rows_of(&self, ids: &[u32]) -> Vec<u32> {
        let phrases = (0..ids.len()).flat_map(|start| hashes_from(&ids[start..]));
        let mut rows: Vec<u32> =
            phrases.filter_map(|hash| self.hashes.binary_search(&hash).ok()).map(|row| row as u32).collect();
        rows.sort_unstable();
        rows.dedup();
        rows
    }

    /// What the phrases of a message add to the logits of all heads, one after the other.
    pub fn logits(&self, ids: &[u32]) -> Vec<f32> {
        let rows = self.rows_of(ids);
        let mut sum = vec![0.0; self.rows.width()];
        let mut row = Vec::with_capacity(sum.len());
        for &index in &rows {
            row.clear();
            self.rows.append(index, &mut row);
            sum.iter_mut().zip(&row).for_each(|(sum, x)| *sum += x);
        }
        let norm = (rows.len().max(1) as f32).sqrt();
        sum.iter_mut().for_each(|x| *x /= norm);
        sum
    }
}

/// Hashes of the phrases that begin with the first of `ids`, short to long.
fn hashes_from(ids: &[u32]) -> impl Iterator<Item = u32> {
    ids.iter().take(LONGEST).scan(SEED, |hash, &id| {
        *hash = mix(*hash ^ id.wrapping_add(1));
        Some(*hash)
    })
}

/// The hash of a phrase of one token.
#[cfg(any(test, feature = "fixture"))]
pub fn hash_of_one(id: u32) -> u32 {
    mix(SEED ^ id.wrapping_add(1))
}

/// The 32-bit finaliser of MurmurHash3 without its first shift.
fn mix(mut hash: u32) -> u32 {
    hash = hash.wrapping_mul(0x85EB_CA6B);
    hash ^= hash >> 13;
    hash = hash.wrapping_mul(0xC2B2_AE35);
    hash ^ (hash >> 16)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{self, Sizes};
    use crate::onnx;

    fn load(file: &[u8]) -> Result<Wide, EngineError> {
        Wide::load(&Source(onnx::read(file)?), 54)
    }

    #[test]
    fn phrases_are_found_once_each_in_order_of_rows() {
        let wide = load(&fixture::encoder(&Sizes::default(), 3, true)).unwrap();
        assert_eq!(wide.rows_of(&[]), [0u32; 0]);
        let rows = wide.rows_of(&[2, 7, 9, 3]);
        assert!(!rows.is_empty() && rows.is_sorted_by(|a, b| a < b), "{rows:?}");
        assert_eq!(rows, wide.rows_of(&[2, 9, 7, 7, 3]), "this model keeps single tokens only");
    }

    #[test]
    fn a_message_without_kept_phrases_adds_nothing() {
        let wide = load(&fixture::encoder(&Sizes::default(), 3, true)).unwrap();
        assert_eq!(wide.logits(&[4_000_000]), [0.0; 54]);
        assert!(wide.logits(&[2, 7, 9, 3]).iter().all(|&x| x != 0.0 && x.is_finite()));
    }

    /// Values that the training side computes alike.
    #[test]
    fn hashes_are_those_of_the_contract() {
        assert_eq!(hashes_from(&[2, 100, 3]).collect::<Vec<_>>(), [0x3C0F_0328, 0x093C_3A3A, 0xA044_5B34]);
    }

    #[test]
    fn hashes_that_are_not_ascending_are_refused() {
        let tensors = [
            fixture::tensor_i32("wide.hashes", &[2], &[5, 3]),
            fixture::tensor_f32("wide.rows", &[3, 54], &[0.0; 162]),
        ];
        assert!(matches!(load(&fixture::model(&tensors, &[])), Err(EngineError::Shape { .. })));
    }
}

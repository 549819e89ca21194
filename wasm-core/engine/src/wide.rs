//! The wide part (Cheng et al. 2016, "Wide & Deep Learning"): what single phrases say, added to the encoder's logits.
//!
//! A phrase is a run of one to four token ids of one author, [CLS] and [SEP] among them. The phrases that training found
//! telling are kept by their 32-bit hash, which is another one in the message, in what the customer said before, and in what
//! the agent said; each has a row of logits for all heads. A message adds the sum of its phrases' rows over the root of their
//! number, and the turns before it add theirs in the same way.

use super::weights::{EngineError, Rows, Source};

const LONGEST: usize = 4;
const SEED: u32 = 0x9E37_79B9;
/// Times the type of the ids: 0 in the message, 1 of the customer's earlier turns, 2 of the agent's.
const AUTHOR: u32 = 0x51ED_270B;

pub struct Wide {
    /// Ascending.
    hashes: Vec<u32>,
    /// The first is for padding.
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

    /// The rows of the kept phrases, ascending, each once: those of the message, and those of the turns before it.
    pub fn rows_of(&self, ids: &[u32], types: &[u8]) -> [Vec<u32>; 2] {
        let mut found = [Vec::new(), Vec::new()];
        let mut rest = ids;
        for turn in types.chunk_by(|a, b| a == b) {
            let (own, later) = rest.split_at(turn.len().min(rest.len()));
            let phrases = (0..own.len()).flat_map(|start| hashes_from(turn[0], &own[start..]));
            let places = phrases.filter_map(|hash| self.hashes.binary_search(&hash).ok());
            found[usize::from(turn[0] > 0)].extend(places.map(|place| place as u32 + 1));
            rest = later;
        }
        for rows in &mut found {
            rows.sort_unstable();
            rows.dedup();
        }
        found
    }

    /// What the phrases add to the logits of all heads, one after the other.
    pub fn logits(&self, ids: &[u32], types: &[u8]) -> Vec<f32> {
        let mut sum = vec![0.0; self.rows.width()];
        let mut row = Vec::with_capacity(sum.len());
        for rows in self.rows_of(ids, types) {
            let share = (rows.len() as f32).sqrt().recip();
            for index in rows {
                row.clear();
                self.rows.append(index, &mut row);
                sum.iter_mut().zip(&row).for_each(|(sum, x)| *sum += x * share);
            }
        }
        sum
    }
}

/// Hashes of the phrases that begin with the first of an author's `ids`, short to long.
fn hashes_from(kind: u8, ids: &[u32]) -> impl Iterator<Item = u32> {
    let seed = SEED ^ AUTHOR.wrapping_mul(u32::from(kind));
    ids.iter().take(LONGEST).scan(seed, |hash, &id| {
        *hash = mix(*hash ^ id.wrapping_add(1));
        Some(*hash)
    })
}

/// The hash of a phrase of one token.
#[cfg(any(test, feature = "fixture"))]
pub fn hash_of_one(kind: u8, id: u32) -> u32 {
    hashes_from(kind, &[id]).next().unwrap_or_default()
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
        assert_eq!(wide.rows_of(&[], &[]), [[0u32; 0]; 2]);
        let [rows, before] = wide.rows_of(&[2, 7, 9, 3], &[0; 4]);
        assert!(!rows.is_empty() && rows.is_sorted_by(|a, b| a < b) && before.is_empty(), "{rows:?} {before:?}");
        assert_eq!(rows, wide.rows_of(&[2, 9, 7, 7, 3], &[0; 5])[0], "this model keeps single tokens only");
    }

    #[test]
    fn the_turns_before_count_by_themselves() {
        let wide = load(&fixture::encoder(&Sizes::default(), 3, true)).unwrap();
        let (ids, types) = ([2, 7, 3, 9, 7, 3], [0, 0, 0, 2, 2, 2]);
        let [rows, before] = wide.rows_of(&ids, &types);
        assert_eq!((&rows, before.len()), (&wide.rows_of(&ids[..3], &types[..3])[0], 3));
        assert!(before.iter().all(|row| !rows.contains(row)), "the same word is another phrase there");
        let of = |range: std::ops::Range<usize>| wide.logits(&ids[range.clone()], &types[range]);
        let apart = of(0..3).into_iter().zip(of(3..6)).map(|(message, before)| message + before);
        assert!(apart.zip(of(0..6)).all(|(apart, whole)| (apart - whole).abs() < 1e-5));
    }

    #[test]
    fn a_message_without_kept_phrases_adds_nothing() {
        let wide = load(&fixture::encoder(&Sizes::default(), 3, true)).unwrap();
        assert_eq!(wide.logits(&[4_000_000], &[0]), [0.0; 54]);
        assert!(wide.logits(&[2, 7, 9, 3], &[0; 4]).iter().all(|&x| x != 0.0 && x.is_finite()));
    }

    /// Values that the training side computes alike.
    #[test]
    fn hashes_are_those_of_the_contract() {
        let hashes = |kind, ids: &[u32]| hashes_from(kind, ids).collect::<Vec<_>>();
        assert_eq!(hashes(0, &[2, 100, 3]), [0x3C0F_0328, 0x093C_3A3A, 0xA044_5B34]);
        assert_eq!((hashes(1, &[9]), hashes(2, &[2, 100])), (vec![0xB938_916E], vec![0xFFF6_0C21, 0xA206_7D74]));
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

//! Integer products: rows of quantised activations × int8 weights → i32 sums, a few rows by [`PANEL`] outputs at a time.
//!
//! Two layouts: [`pairs`] for what every target has, [`sevens`] for browsers with relaxed SIMD, which load a module of their
//! own (`relaxed-simd` of Cargo.toml). Both give exact sums of what they quantised; [`sevens`] quantises more coarsely
//! where its caller allows it.

#[cfg(any(test, not(feature = "relaxed-simd")))]
mod pairs;
#[cfg(any(test, feature = "relaxed-simd"))]
mod sevens;

#[cfg(not(feature = "relaxed-simd"))]
pub use pairs::{Activations, Weights};
#[cfg(feature = "relaxed-simd")]
pub use sevens::{Activations, Weights};

/// Outputs of one panel.
pub const PANEL: usize = 8;
type Sums = [i32; PANEL];

/// The largest activation: of 14 bits, and such that no sum of `inputs` products with int8 weights can overflow,
/// `limit · 128 · inputs < 2³¹`.
fn limit(inputs: usize) -> i16 {
    let limit = i32::MAX as usize / (128 * inputs.max(1));
    limit.min((1 << 13) - 1) as i16
}

/// Cuts `rows` rows into tiles of nearly equal height, at most `most` each: (first row, height).
fn tiles(rows: usize, most: usize) -> impl Iterator<Item = (usize, usize)> {
    let count = rows.div_ceil(most);
    (0..count).map(move |tile| {
        let first = rows * tile / count;
        (first, rows * (tile + 1) / count - first)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Random;

    /// Sums of i32, row by row.
    macro_rules! sums {
        ($layout:ident, $rows:expr, $inputs:expr, $fine:expr, $outputs:expr, $weights:expr) => {{
            let mut activations = $layout::Activations::default();
            // The buffer held something else before.
            activations.quantise(&[-3.0; 200], 10, 7);
            activations.quantise($rows, $inputs, $fine);
            let mut sums = vec![-1; activations.scales.len() * $outputs];
            $layout::Weights::pack($inputs, $outputs, $weights).multiply(&activations, |row, panel, of| {
                let target = &mut sums[row * $outputs..][..$outputs][panel * PANEL..];
                target.iter_mut().zip(of).for_each(|(target, sum)| *target = *sum);
            });
            (sums, activations.scales)
        }};
    }

    /// Most numbers small, a few large, as in a row of the model.
    fn numbers(random: &mut Random, count: usize) -> Vec<f32> {
        (0..count).map(|_| random.float() * if random.draw().is_multiple_of(20) { 90.0 } else { 4.0 }).collect()
    }

    proptest::proptest! {
        #[test]
        fn all_layouts_are_exact(rows in 1usize..12, inputs in 1usize..70, outputs in 1usize..40, fine in 0usize..13, seed in 0u64..1000) {
            let mut random = Random::new(seed);
            let weights: Vec<u8> = (0..inputs * outputs).map(|_| random.draw() as u8).collect();
            let x = numbers(&mut random, rows * inputs);
            let up = |row: &[f32]| f32::from(limit(inputs)) / row.iter().fold(1e-30f32, |max, x| max.max(x.abs()));
            let expected = |ups: &[f32]| {
                let mut expected = vec![0; rows * outputs];
                for ((row, &up), expected) in x.chunks_exact(inputs).zip(ups).zip(expected.chunks_exact_mut(outputs)) {
                    for (x, weights) in row.iter().zip(weights.chunks_exact(outputs)) {
                        let q = (x * up).round_ties_even() as i32;
                        expected.iter_mut().zip(weights).for_each(|(sum, &w)| *sum += q * i32::from(w as i8));
                    }
                }
                expected
            };
            let fine_ups: Vec<f32> = x.chunks_exact(inputs).map(up).collect();
            let (pairs, _) = sums!(pairs, &x, inputs, fine, outputs, &weights);
            proptest::prop_assert_eq!(&pairs, &expected(&fine_ups));

            let (sevens, scales) = sums!(sevens, &x, inputs, fine, outputs, &weights);
            let ups: Vec<f32> =
                (0..rows).map(|row| if row < fine { fine_ups[row] } else { 1.0 / scales[row] }).collect();
            proptest::prop_assert_eq!(&sevens, &expected(&ups));
        }

        #[test]
        fn tiles_cover_all_rows_once(rows in 0usize..200, most in 1usize..7) {
            let mut next = 0;
            for (first, height) in tiles(rows, most) {
                proptest::prop_assert!(first == next && (1..=most).contains(&height));
                next += height;
            }
            proptest::prop_assert_eq!(next, rows);
        }
    }

    #[test]
    fn the_largest_sums_fit_i32() {
        for inputs in [128, 384, 1536, 4096] {
            assert!(i64::from(limit(inputs)) * 128 * inputs as i64 <= i64::from(i32::MAX), "{inputs}");
            assert!(limit(inputs) > 2000);
        }
    }
}

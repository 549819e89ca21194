//! Integer products: rows of quantised activations × int8 weights → i32 sums, a few rows by [`PANEL`] outputs at a time.
//!
//! Two layouts: [`pairs`] for what every target has, [`quads`] for browsers with relaxed SIMD, which load a module of their
//! own (`relaxed-simd` of Cargo.toml). Both give exact sums of what they quantised; [`quads`] quantises more coarsely
//! where its caller allows it.

#[cfg(any(test, not(feature = "relaxed-simd")))]
mod pairs;
#[cfg(any(test, feature = "relaxed-simd"))]
mod quads;

#[cfg(not(feature = "relaxed-simd"))]
pub use pairs::{Activations, Weights};
#[cfg(feature = "relaxed-simd")]
pub use quads::{Activations, Weights};

/// Which rows must be quantised to 14 bits; fewer are enough for the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fine {
    All,
    First,
}

/// Outputs of one panel.
pub const PANEL: usize = 8;
type Sums = [i32; PANEL];

/// The largest activation: of 14 bits, and such that no sum of `inputs` products with int8 weights can overflow,
/// `limit · 128 · inputs < 2³¹`.
fn limit(inputs: usize) -> i16 {
    let limit = i32::MAX as usize / (128 * inputs.max(1));
    limit.min((1 << 13) - 1) as i16
}

/// The part of `panel` in `ROWS` rows of `weights` from row `first` on; zeros beyond the edges. Browsers run this once, before
/// they compile it well: it is fast when most blocks are copied whole.
#[inline(always)]
fn blocks<const ROWS: usize>(weights: &[u8], outputs: usize, first: usize, panel: usize) -> [[i8; PANEL]; ROWS] {
    std::array::from_fn(|row| {
        let row = weights.get((first + row) * outputs..).unwrap_or_default();
        let rest = &row[..outputs.min(row.len())].get(panel * PANEL..).unwrap_or_default();
        match rest.first_chunk::<PANEL>() {
            Some(block) => block.map(|weight| weight as i8),
            None => std::array::from_fn(|n| rest.get(n).map_or(0, |&weight| weight as i8)),
        }
    })
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
            activations.quantise(&[-3.0; 200], 10, Fine::First);
            activations.quantise($rows, $inputs, $fine);
            let mut sums = vec![-1; activations.scales().len() * $outputs];
            $layout::Weights::pack($inputs, $outputs, $weights, $fine).multiply(&activations, |panel, first, tile| {
                for (row, of) in (first..).zip(tile) {
                    let target = &mut sums[row * $outputs..][..$outputs][panel * PANEL..];
                    target.iter_mut().zip(of).for_each(|(target, sum)| *target = *sum);
                }
            });
            (sums, activations.scales().to_vec())
        }};
    }

    /// Most numbers small, a few large, as in a row of the model.
    fn numbers(random: &mut Random, count: usize) -> Vec<f32> {
        (0..count).map(|_| random.float() * if random.draw().is_multiple_of(20) { 90.0 } else { 4.0 }).collect()
    }

    proptest::proptest! {
        #[test]
        fn all_layouts_are_exact(rows in 1usize..12, inputs in 1usize..70, outputs in 1usize..40, all in proptest::bool::ANY, most in 1i16..=129, chip in 0usize..3, seed in 0u64..1000) {
            let mut random = Random::new(seed);
            let fine = if all { Fine::All } else { Fine::First };
            // The fewer values, the more products are added in 16 bits.
            let weights: Vec<u8> = (0..inputs * outputs).map(|_| (i16::from(random.draw() as i8) % most) as u8).collect();
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

            quads::tests::CHIP.set(quads::tests::CHIPS[chip]);
            let (quads, scales) = sums!(quads, &x, inputs, fine, outputs, &weights);
            let ups: Vec<f32> =
                (0..rows).map(|row| if all || row == 0 { fine_ups[row] } else { 1.0 / scales[row] }).collect();
            proptest::prop_assert_eq!(&quads, &expected(&ups));
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

//! Integer products: rows of quantised activations × int8 weights → i32 sums, a few rows by [`PANEL`] outputs at a time.
//!
//! Two layouts: [`pairs`] for what every target has, [`quads`] for browsers with relaxed SIMD, which load a module of their
//! own (`relaxed-simd` of Cargo.toml). Both give exact sums of what they quantised; [`quads`] quantises more coarsely
//! where its caller allows it.

#[cfg(any(test, feature = "fixture"))]
pub mod check;
#[cfg(any(test, feature = "fixture", not(feature = "relaxed-simd")))]
mod pairs;
#[cfg(any(test, feature = "fixture", feature = "relaxed-simd"))]
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

    proptest::proptest! {
        #[test]
        fn all_layouts_are_exact(chip in 0usize..3, seed in proptest::num::u64::ANY) {
            quads::tests::CHIP.set(quads::tests::CHIPS[chip]);
            check::layouts_are_exact(seed);
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

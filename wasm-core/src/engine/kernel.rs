//! Integer dot products: i16 activations × int8 weights → i32, four rows by eight outputs at a time.
//!
//! Three versions of the same tile: WebAssembly simd128 (`i32x4.dot_i16x8_s`), AVX2 found at run time, and plain Rust.
//! i32 sums are exact (see [`super::matrix::activation_limit`]), so all three give the same bits.

use super::matrix::{Activations, PANEL, Packed};

const ROWS: usize = 4;
type Sums = [[i32; PANEL]; ROWS];
/// Computes one tile: `rows[i]` are the activations of four rows, `panel` the packed weights.
type Tile = fn(rows: [&[i16]; ROWS], panel: &[i8]) -> Sums;

/// Calls `done(row, panel, sums)` once for each row and panel.
pub fn multiply(matrix: &Packed, activations: &Activations, mut done: impl FnMut(usize, usize, &[i32; PANEL])) {
    let tile = tile();
    let (rows, width) = (activations.rows(), activations.width);
    let row = |index: usize| &activations.values[index * width..][..width];
    for (index, panel) in matrix.weights.chunks_exact(matrix.pairs() * PANEL * 2).enumerate() {
        for first in (0..rows).step_by(ROWS) {
            // The rows past the end repeat the last one; their sums are not used.
            let tile_rows = std::array::from_fn(|i| row((first + i).min(rows - 1)));
            let sums = tile(tile_rows, panel);
            for (i, sums) in sums.iter().enumerate().take(rows - first) {
                done(first + i, index, sums);
            }
        }
    }
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
fn tile() -> Tile {
    wasm::tile
}

#[cfg(target_arch = "x86_64")]
fn tile() -> Tile {
    if std::arch::is_x86_feature_detected!("avx2") { avx2::checked_tile } else { plain }
}

#[cfg(not(any(target_arch = "x86_64", all(target_arch = "wasm32", target_feature = "simd128"))))]
fn tile() -> Tile {
    plain
}

#[cfg_attr(
    all(target_arch = "wasm32", target_feature = "simd128"),
    expect(dead_code, reason = "simd128 is always there")
)]
fn plain(rows: [&[i16]; ROWS], panel: &[i8]) -> Sums {
    let mut sums = [[0i32; PANEL]; ROWS];
    for (sums, row) in sums.iter_mut().zip(rows) {
        for (pair, weights) in row.chunks_exact(2).zip(panel.chunks_exact(PANEL * 2)) {
            let (a, b) = (i32::from(pair[0]), i32::from(pair[1]));
            for (sum, w) in sums.iter_mut().zip(weights.chunks_exact(2)) {
                *sum += a * i32::from(w[0]) + b * i32::from(w[1]);
            }
        }
    }
    sums
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod wasm {
    use super::{PANEL, ROWS, Sums};
    use core::arch::wasm32::{
        i16x8_extend_high_i8x16, i16x8_extend_low_i8x16, i32x4_add, i32x4_dot_i16x8, i32x4_splat, v128, v128_load,
        v128_load32_splat, v128_store,
    };

    pub fn tile(rows: [&[i16]; ROWS], panel: &[i8]) -> Sums {
        let pairs = panel.len() / (PANEL * 2);
        assert!(rows.iter().all(|row| row.len() >= pairs * 2));
        let mut low: [v128; ROWS] = [i32x4_splat(0); ROWS];
        let mut high: [v128; ROWS] = [i32x4_splat(0); ROWS];
        for pair in 0..pairs {
            // SAFETY: `pair < pairs`, so the 16 bytes at `pair * 16` lie in `panel`, and, by the assertion above, the two
            // activations at `pair * 2` lie in every row. wasm loads need no alignment.
            let (weights, inputs) = unsafe {
                let weights = v128_load(panel.as_ptr().add(pair * PANEL * 2).cast());
                (weights, rows.map(|row| v128_load32_splat(row.as_ptr().add(pair * 2).cast())))
            };
            let (w_low, w_high) = (i16x8_extend_low_i8x16(weights), i16x8_extend_high_i8x16(weights));
            for i in 0..ROWS {
                low[i] = i32x4_add(low[i], i32x4_dot_i16x8(inputs[i], w_low));
                high[i] = i32x4_add(high[i], i32x4_dot_i16x8(inputs[i], w_high));
            }
        }
        let mut sums = [[0i32; PANEL]; ROWS];
        for i in 0..ROWS {
            // SAFETY: each row of `sums` holds eight i32: two vectors.
            unsafe {
                v128_store(sums[i].as_mut_ptr().cast(), low[i]);
                v128_store(sums[i].as_mut_ptr().add(4).cast(), high[i]);
            }
        }
        sums
    }
}

#[cfg(target_arch = "x86_64")]
mod avx2 {
    use super::{PANEL, ROWS, Sums};
    use core::arch::x86_64::{
        _mm_loadu_si128, _mm256_add_epi32, _mm256_cvtepi8_epi16, _mm256_madd_epi16, _mm256_set1_epi32,
        _mm256_setzero_si256, _mm256_storeu_si256,
    };

    pub fn checked_tile(rows: [&[i16]; ROWS], panel: &[i8]) -> Sums {
        // SAFETY: only handed out by `super::tile` after AVX2 was detected.
        unsafe { tile(rows, panel) }
    }

    #[target_feature(enable = "avx2")]
    fn tile(rows: [&[i16]; ROWS], panel: &[i8]) -> Sums {
        let pairs = panel.len() / (PANEL * 2);
        assert!(rows.iter().all(|row| row.len() >= pairs * 2));
        let mut sums = [_mm256_setzero_si256(); ROWS];
        for pair in 0..pairs {
            // SAFETY: `pair < pairs`, so the 16 bytes at `pair * 16` lie in `panel`, and, by the assertion above, the two
            // activations at `pair * 2` lie in every row; both are read unaligned.
            let (weights, inputs) = unsafe {
                let weights = _mm_loadu_si128(panel.as_ptr().add(pair * PANEL * 2).cast());
                let read = |row: &[i16]| row.as_ptr().add(pair * 2).cast::<i32>().read_unaligned();
                (weights, [read(rows[0]), read(rows[1]), read(rows[2]), read(rows[3])])
            };
            let weights = _mm256_cvtepi8_epi16(weights);
            for i in 0..ROWS {
                sums[i] = _mm256_add_epi32(sums[i], _mm256_madd_epi16(_mm256_set1_epi32(inputs[i]), weights));
            }
        }
        let mut out = [[0i32; PANEL]; ROWS];
        for i in 0..ROWS {
            // SAFETY: each row of `out` holds eight i32: one vector.
            unsafe { _mm256_storeu_si256(out[i].as_mut_ptr().cast(), sums[i]) };
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_versions_give_the_same_sums() {
        let mut random = crate::engine::fixture::Random::new(7);
        for pairs in [1, 2, 31, 192] {
            let values: Vec<i16> = (0..pairs * 2 * ROWS).map(|_| (random.draw() % 8000) as i16 - 4000).collect();
            let panel: Vec<i8> = (0..pairs * PANEL * 2).map(|_| random.draw() as i8).collect();
            let rows = std::array::from_fn(|i| &values[i * pairs * 2..][..pairs * 2]);
            assert_eq!(tile()(rows, &panel), plain(rows, &panel), "{pairs}");
        }
    }
}

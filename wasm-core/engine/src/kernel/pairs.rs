//! Activations of 14 bits as i16, multiplied two inputs at a time.
//!
//! Three versions of the same tile: WebAssembly simd128 (`i32x4.dot_i16x8_s`), AVX2 found at run time, and plain Rust.

use super::super::math;
use super::{Fine, PANEL, Sums, blocks, limit, tiles};

const PAIR: usize = 2;
const ROWS: usize = 4;

/// Panels of [`PANEL`] outputs; a panel holds, for every two inputs, the two weights of each of its outputs.
pub struct Weights {
    pairs: usize,
    values: Vec<i8>,
}

impl Weights {
    /// Packs `weights` [inputs, outputs], row-major. An odd last input is paired with zeros.
    pub fn pack(inputs: usize, outputs: usize, weights: &[u8]) -> Self {
        let (pairs, panels) = (inputs.div_ceil(PAIR), outputs.div_ceil(PANEL));
        let mut values = Vec::with_capacity(panels * pairs * PANEL * PAIR);
        for panel in 0..panels {
            for pair in 0..pairs {
                let [a, b] = blocks(weights, outputs, pair * PAIR, panel);
                values.extend_from_slice(&std::array::from_fn::<i8, { PANEL * PAIR }, _>(|i| {
                    if i % PAIR == 0 { a[i / PAIR] } else { b[i / PAIR] }
                }));
            }
        }
        Self { pairs, values }
    }

    /// Calls `done(panel, row, sums)` for tiles of rows, the first of which is `row`, until each row and panel was there once.
    pub fn multiply(&self, activations: &Activations, mut done: impl FnMut(usize, usize, &[Sums])) {
        let width = self.pairs * PAIR;
        assert_eq!(activations.width, width);
        let row = |index: usize| &activations.values[index * width..][..width];
        for (index, panel) in self.values.chunks_exact((width * PANEL).max(1)).enumerate() {
            for (first, height) in tiles(activations.scales.len(), ROWS) {
                match height {
                    1 => done(index, first, &tile([row(first)], panel)),
                    2 => done(index, first, &tile([row(first), row(first + 1)], panel)),
                    3 => done(index, first, &tile([row(first), row(first + 1), row(first + 2)], panel)),
                    _ => done(index, first, &tile([row(first), row(first + 1), row(first + 2), row(first + 3)], panel)),
                }
            }
        }
    }
}

/// Quantised rows; a buffer that is reused.
#[derive(Default)]
pub struct Activations {
    values: Vec<i16>,
    /// Padded to even.
    width: usize,
    scales: Vec<f32>,
}

impl Activations {
    /// Quantises `rows`, row-major of `width` numbers; all are fine.
    pub fn quantise(&mut self, rows: &[f32], width: usize, _fine: Fine) {
        self.width = width.next_multiple_of(PAIR);
        self.values.resize(rows.len() / width * self.width, 0);
        self.scales.clear();
        let limit = f32::from(limit(width));
        for (row, out) in rows.chunks_exact(width).zip(self.values.chunks_exact_mut(self.width)) {
            let max = math::largest(row);
            self.scales.push(max / limit);
            let up = limit / max;
            out.iter_mut().zip(row).for_each(|(q, &x)| *q = math::round(x * up) as i16);
        }
    }

    /// What one step of each row is worth.
    pub fn scales(&self) -> &[f32] {
        &self.scales
    }
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
use wasm::tile;

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
fn tile<const ROWS: usize>(rows: [&[i16]; ROWS], panel: &[i8]) -> [Sums; ROWS] {
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("avx2") {
        // SAFETY: AVX2 was detected.
        return unsafe { avx2::tile(rows, panel) };
    }
    plain(rows, panel)
}

#[cfg(any(test, not(all(target_arch = "wasm32", target_feature = "simd128"))))]
fn plain<const ROWS: usize>(rows: [&[i16]; ROWS], panel: &[i8]) -> [Sums; ROWS] {
    rows.map(|row| {
        let mut sums = [0i32; PANEL];
        for (pair, weights) in row.chunks_exact(PAIR).zip(panel.chunks_exact(PANEL * PAIR)) {
            let (a, b) = (i32::from(pair[0]), i32::from(pair[1]));
            for (sum, w) in sums.iter_mut().zip(weights.chunks_exact(PAIR)) {
                *sum += a * i32::from(w[0]) + b * i32::from(w[1]);
            }
        }
        sums
    })
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod wasm {
    use super::{PAIR, PANEL, Sums};
    use core::arch::wasm32::{
        i16x8_extend_high_i8x16, i16x8_extend_low_i8x16, i32x4_add, i32x4_dot_i16x8, i32x4_splat, v128, v128_load,
        v128_load32_splat, v128_store,
    };

    pub fn tile<const ROWS: usize>(rows: [&[i16]; ROWS], panel: &[i8]) -> [Sums; ROWS] {
        let pairs = panel.len() / (PANEL * PAIR);
        assert!(rows.iter().all(|row| row.len() >= pairs * PAIR));
        let mut low: [v128; ROWS] = [i32x4_splat(0); ROWS];
        let mut high: [v128; ROWS] = [i32x4_splat(0); ROWS];
        for pair in 0..pairs {
            // SAFETY: `pair < pairs`, so the 16 bytes at `pair * 16` lie in `panel`, and, by the assertion above, the two
            // activations at `pair * 2` lie in every row. wasm loads need no alignment.
            let (weights, inputs) = unsafe {
                let weights = v128_load(panel.as_ptr().add(pair * PANEL * PAIR).cast());
                (weights, rows.map(|row| v128_load32_splat(row.as_ptr().add(pair * PAIR).cast())))
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
    use super::{PAIR, PANEL, Sums};
    use core::arch::x86_64::{
        _mm_loadu_si128, _mm256_add_epi32, _mm256_cvtepi8_epi16, _mm256_madd_epi16, _mm256_set1_epi32,
        _mm256_setzero_si256, _mm256_storeu_si256,
    };

    #[target_feature(enable = "avx2")]
    pub fn tile<const ROWS: usize>(rows: [&[i16]; ROWS], panel: &[i8]) -> [Sums; ROWS] {
        let pairs = panel.len() / (PANEL * PAIR);
        assert!(rows.iter().all(|row| row.len() >= pairs * PAIR));
        let mut sums = [_mm256_setzero_si256(); ROWS];
        for pair in 0..pairs {
            // SAFETY: `pair < pairs`, so the 16 bytes at `pair * 16` lie in `panel`; the read is unaligned.
            let weights = unsafe { _mm_loadu_si128(panel.as_ptr().add(pair * PANEL * PAIR).cast()) };
            let weights = _mm256_cvtepi8_epi16(weights);
            for i in 0..ROWS {
                // SAFETY: by the assertion above the two activations at `pair * 2` lie in every row; read unaligned.
                let input = unsafe { rows[i].as_ptr().add(pair * PAIR).cast::<i32>().read_unaligned() };
                sums[i] = _mm256_add_epi32(sums[i], _mm256_madd_epi16(_mm256_set1_epi32(input), weights));
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
        let mut random = crate::fixture::Random::new(7);
        for pairs in [1, 2, 31, 192] {
            let values: Vec<i16> = (0..pairs * PAIR * ROWS).map(|_| (random.draw() % 8000) as i16 - 4000).collect();
            let panel: Vec<i8> = (0..pairs * PANEL * PAIR).map(|_| random.draw() as i8).collect();
            let rows: [&[i16]; ROWS] = std::array::from_fn(|i| &values[i * pairs * PAIR..][..pairs * PAIR]);
            assert_eq!(tile(rows, &panel), plain(rows, &panel), "{pairs}");
        }
    }
}

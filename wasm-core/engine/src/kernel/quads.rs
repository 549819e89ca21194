//! Activations of 7 bits, multiplied four inputs at a time.
//!
//! WebAssembly's `i32x4.relaxed_dot_i8x16_i7x16_add_s` is defined where one side is 0 to 127. Fine rows are stored as two, the
//! high and the low 7 bits of what [`super::pairs`] has; their sums are the same. The others are stored as
//! `x / step + zero`, with a step and a zero for each row: the window of 128 steps covers the bulk of the row, and what a
//! number is outside of it ([`Outlier`]) is multiplied apart. In between sums may wrap; the last ones are exact.

use super::super::math;
use super::{PANEL, Sums, limit, tiles};

const QUAD: usize = 4;
/// Inputs are padded to whole blocks of so many quads.
const BLOCK: usize = 4;
/// Rows of a tile: with two vectors each, their sums fill two thirds of the registers.
const ROWS: usize = 5;
const BITS: u32 = 7;
const MOST: i32 = (1 << BITS) - 1;
/// Where 0 lies in the 14 bits of a fine row.
const FINE_ZERO: i32 = 1 << (2 * BITS - 1);
/// Widest window, in root mean squares of its row: about one number in a hundred lies outside.
const WINDOW: f32 = 5.6;

/// Keeps a row of zeros, or of numbers whose squares are 0, within what can be rounded.
const LEAST_WINDOW: f32 = 1e-15;

/// Panels of [`PANEL`] outputs; a panel holds, for every four inputs, a word for each output, with the four weights.
pub struct Weights {
    quads: usize,
    values: Vec<[i32; PANEL]>,
    /// Of each panel: the sums of each output's weights.
    totals: Vec<Sums>,
}

fn quads(inputs: usize) -> usize {
    inputs.div_ceil(QUAD).next_multiple_of(BLOCK)
}

impl Weights {
    /// Packs `weights` [inputs, outputs], row-major.
    pub fn pack(inputs: usize, outputs: usize, weights: &[u8]) -> Self {
        let (quads, panels) = (quads(inputs), outputs.div_ceil(PANEL));
        let mut values = vec![[0i32; PANEL]; panels * quads];
        let mut totals = vec![[0i32; PANEL]; panels];
        for (k, row) in weights.chunks_exact(outputs).enumerate() {
            for (n, &weight) in row.iter().enumerate() {
                let (panel, n) = (n / PANEL, n % PANEL);
                values[panel * quads + k / QUAD][n] |= i32::from(weight) << (k % QUAD * 8);
                totals[panel][n] += i32::from(weight as i8);
            }
        }
        Self { quads, values, totals }
    }

    /// Calls `done(row, panel, sums)` once for each row and panel.
    pub fn multiply(&self, activations: &Activations, mut done: impl FnMut(usize, usize, &Sums)) {
        assert_eq!(activations.quads, self.quads);
        let stored = |index: usize| &activations.values[index * self.quads..][..self.quads];
        let (rows, fine) = (activations.scales.len(), activations.fine);
        let mut sums = vec![[0; PANEL]; fine + rows];
        for (index, total) in self.totals.iter().enumerate() {
            let panel = &self.values[index * self.quads..][..self.quads];
            for (first, height) in tiles(sums.len(), ROWS) {
                let sums = &mut sums[first..first + height];
                let row = |i: usize| stored(first + i);
                match height {
                    1 => sums.copy_from_slice(&tile([row(0)], panel)),
                    2 => sums.copy_from_slice(&tile([row(0), row(1)], panel)),
                    3 => sums.copy_from_slice(&tile([row(0), row(1), row(2)], panel)),
                    4 => sums.copy_from_slice(&tile([row(0), row(1), row(2), row(3)], panel)),
                    _ => sums.copy_from_slice(&tile([row(0), row(1), row(2), row(3), row(4)], panel)),
                }
            }
            let (halves, others) = sums.split_at_mut(2 * fine);
            for (row, halves) in halves.chunks_exact_mut(2).enumerate() {
                done(row, index, &joined(halves[0], halves[1], total));
            }
            for (row, sums) in (fine..).zip(others) {
                correct(
                    sums,
                    activations.zeros[row],
                    total,
                    &activations.outliers[activations.outliers_of(row)],
                    panel,
                );
                done(row, index, sums);
            }
        }
    }
}

/// The sums of a fine row.
fn joined(high: Sums, low: Sums, total: &Sums) -> Sums {
    std::array::from_fn(|n| (high[n] << BITS).wrapping_add(low[n]).wrapping_sub(total[n].wrapping_mul(FINE_ZERO)))
}

/// How many steps the number at `input` lies outside its row's window.
struct Outlier {
    input: u32,
    steps: i32,
}

/// Quantised rows; a buffer that is reused.
#[derive(Default)]
pub struct Activations {
    /// Each fine row's high bits, then its low bits; then the other rows.
    values: Vec<[u8; QUAD]>,
    quads: usize,
    fine: usize,
    zeros: Vec<i32>,
    /// Row by row; `ends` says where each row's end.
    outliers: Vec<Outlier>,
    ends: Vec<usize>,
    /// What one step of a row is worth.
    pub scales: Vec<f32>,
}

impl Activations {
    /// Quantises `rows`, row-major of `width` numbers; the first `fine` of them to 14 bits.
    pub fn quantise(&mut self, rows: &[f32], width: usize, fine: usize) {
        let count = rows.len() / width;
        self.quads = quads(width);
        self.fine = fine.min(count);
        self.values.resize((self.fine + count) * self.quads, [0; QUAD]);
        self.scales.clear();
        self.zeros.clear();
        self.outliers.clear();
        self.ends.clear();
        let (fine, others) = rows.split_at(self.fine * width);
        let (halves, values) = self.values.split_at_mut(2 * self.fine * self.quads);
        for (row, halves) in fine.chunks_exact(width).zip(halves.chunks_exact_mut(2 * self.quads)) {
            let (high, low) = halves.split_at_mut(self.quads);
            let limit = f32::from(limit(width));
            let largest = math::largest(row);
            halve(row, limit / largest, high, low);
            self.scales.push(largest / limit);
            self.zeros.push(0);
            self.ends.push(0);
        }
        for (row, out) in others.chunks_exact(width).zip(values.chunks_exact_mut(self.quads)) {
            let (low, high) = window(row);
            let step = (high - low) / MOST as f32;
            let zero = math::round(-low / step);
            fit(row, 1.0 / step, zero, out, &mut self.outliers);
            self.scales.push(step);
            self.zeros.push(zero);
            self.ends.push(self.outliers.len());
        }
    }

    fn outliers_of(&self, row: usize) -> std::ops::Range<usize> {
        row.checked_sub(1).map_or(0, |before| self.ends[before])..self.ends[row]
    }
}

/// Least and largest number of a row, 0 among them, as far as no more than [`WINDOW`] lies between them.
fn window(row: &[f32]) -> (f32, f32) {
    let (least, most) = (-math::maximum(row, |x| -x), math::maximum(row, |x| x));
    let widest = WINDOW * (math::sum(row, |x| x * x) / row.len() as f32).sqrt();
    let low = least.min(0.0).max(-widest / 2.0);
    (low, most.max(0.0).min(low + widest).max(low + LEAST_WINDOW))
}

/// Keeps how far the numbers of a quad lie outside of the window.
fn keep_outliers(quad: usize, steps: [i32; QUAD], outliers: &mut Vec<Outlier>) {
    let inputs = (quad * QUAD) as u32..;
    outliers.extend(inputs.zip(steps).filter(|&(_, steps)| steps != 0).map(|(input, steps)| Outlier { input, steps }));
}

#[cfg(all(target_arch = "wasm32", feature = "relaxed-simd"))]
use relaxed::{correct, fit, halve, tile};

#[cfg(not(all(target_arch = "wasm32", feature = "relaxed-simd")))]
use plain::{correct, fit, halve, tile};

#[cfg(not(all(target_arch = "wasm32", feature = "relaxed-simd")))]
mod plain {
    use super::{BITS, FINE_ZERO, MOST, Outlier, PANEL, QUAD, Sums, keep_outliers, math};

    /// Rounds `row · up` to 14 bits and stores the halves.
    pub fn halve(row: &[f32], up: f32, high: &mut [[u8; QUAD]], low: &mut [[u8; QUAD]]) {
        for ((row, high), low) in row.chunks(QUAD).zip(high).zip(low) {
            for (i, &x) in row.iter().enumerate() {
                let q = math::round(x * up) + FINE_ZERO;
                (high[i], low[i]) = ((q >> BITS) as u8, (q & MOST) as u8);
            }
        }
    }

    /// Rounds `row · up + zero` to what is stored, and keeps what lies outside.
    pub fn fit(row: &[f32], up: f32, zero: i32, out: &mut [[u8; QUAD]], outliers: &mut Vec<Outlier>) {
        for (quad, (row, out)) in row.chunks(QUAD).zip(out).enumerate() {
            let mut steps = [0; QUAD];
            for (i, &x) in row.iter().enumerate() {
                let q = math::round(x * up) + zero;
                out[i] = q.clamp(0, MOST) as u8;
                steps[i] = q - q.clamp(0, MOST);
            }
            keep_outliers(quad, steps, outliers);
        }
    }

    pub fn tile<const ROWS: usize>(rows: [&[[u8; QUAD]]; ROWS], panel: &[[i32; PANEL]]) -> [Sums; ROWS] {
        rows.map(|row| {
            let mut sums = [0; PANEL];
            for (activations, weights) in row.iter().zip(panel) {
                for (sum, word) in sums.iter_mut().zip(weights) {
                    let products = activations.iter().zip(word.to_le_bytes());
                    *sum += products.map(|(&a, w)| i32::from(a) * i32::from(w as i8)).sum::<i32>();
                }
            }
            sums
        })
    }

    /// Takes off the product with `zero` and adds those of the outliers.
    pub fn correct(sums: &mut Sums, zero: i32, total: &Sums, outliers: &[Outlier], panel: &[[i32; PANEL]]) {
        for (n, sum) in sums.iter_mut().enumerate() {
            *sum -= zero * total[n];
            for outlier in outliers {
                let (quad, place) = (outlier.input as usize / QUAD, outlier.input as usize % QUAD);
                *sum += i32::from(panel[quad][n].to_le_bytes()[place] as i8) * outlier.steps;
            }
        }
    }
}

#[cfg(all(target_arch = "wasm32", feature = "relaxed-simd"))]
mod relaxed {
    use core::arch::wasm32::{
        f32x4_add, f32x4_mul, f32x4_splat, i16x8_narrow_i32x4, i32x4_add, i32x4_max, i32x4_min, i32x4_mul,
        i32x4_relaxed_dot_i8x16_i7x16_add, i32x4_shl, i32x4_shr, i32x4_splat, i32x4_sub, u8x16_narrow_i16x8, u32x4_shr,
        v128, v128_and, v128_any_true, v128_load, v128_load32_splat, v128_store, v128_store32_lane,
    };

    use super::{BITS, BLOCK, FINE_ZERO, MOST, Outlier, PANEL, QUAD, Sums, keep_outliers, math};

    /// Rounds `row · up` to 14 bits and stores the halves.
    pub fn halve(row: &[f32], up: f32, high: &mut [[u8; QUAD]], low: &mut [[u8; QUAD]]) {
        for ((x, high), low) in by_quads(row).zip(high).zip(low) {
            let q = rounded(x, up, FINE_ZERO);
            narrow(u32x4_shr(q, BITS), high);
            narrow(v128_and(q, i32x4_splat(MOST)), low);
        }
    }

    /// Rounds `row · up + zero` to what is stored, and keeps what lies outside.
    pub fn fit(row: &[f32], up: f32, zero: i32, out: &mut [[u8; QUAD]], outliers: &mut Vec<Outlier>) {
        for (quad, (x, out)) in by_quads(row).zip(out).enumerate() {
            let q = rounded(x, up, zero);
            let kept = i32x4_min(i32x4_max(q, i32x4_splat(0)), i32x4_splat(MOST));
            narrow(kept, out);
            let outside = i32x4_sub(q, kept);
            if v128_any_true(outside) {
                let mut steps = [0; QUAD];
                // SAFETY: `steps` is four integers.
                unsafe { v128_store(steps.as_mut_ptr().cast(), outside) };
                keep_outliers(quad, steps, outliers);
            }
        }
    }

    /// A row by four numbers, the last ones followed by zeros.
    #[inline(always)]
    fn by_quads(row: &[f32]) -> impl Iterator<Item = v128> {
        let (quads, rest) = row.as_chunks::<QUAD>();
        let mut last = [0.0; QUAD];
        last[..rest.len()].copy_from_slice(rest);
        // SAFETY: a quad is four floats. wasm loads need no alignment.
        let load = |quad: &[f32; QUAD]| unsafe { v128_load(quad.as_ptr().cast()) };
        quads.iter().map(load).chain((!rest.is_empty()).then(|| load(&last)))
    }

    /// `x · up + zero`, to the nearest integers.
    #[inline(always)]
    fn rounded(x: v128, up: f32, zero: i32) -> v128 {
        let q = f32x4_add(f32x4_mul(x, f32x4_splat(up)), f32x4_splat(math::ROUND));
        i32x4_sub(q, i32x4_splat(math::ROUND_BITS - zero))
    }

    /// Stores four numbers of 0 to 127.
    #[inline(always)]
    fn narrow(numbers: v128, out: &mut [u8; QUAD]) {
        let words = i16x8_narrow_i32x4(numbers, numbers);
        // SAFETY: `out` is four bytes.
        unsafe { v128_store32_lane::<0>(u8x16_narrow_i16x8(words, words), out.as_mut_ptr().cast()) };
    }

    #[target_feature(enable = "relaxed-simd")]
    pub fn tile<const ROWS: usize>(rows: [&[[u8; QUAD]]; ROWS], panel: &[[i32; PANEL]]) -> [Sums; ROWS] {
        let blocks = panel.len() / BLOCK;
        assert!(rows.iter().all(|row| row.len() >= blocks * BLOCK));
        let mut sums = [[i32x4_splat(0); 2]; ROWS];
        let mut at = [core::ptr::null::<u8>(); ROWS];
        for r in 0..ROWS {
            at[r] = rows[r].as_ptr().cast();
        }
        let weights = panel.as_ptr().cast::<v128>();
        for block in 0..blocks {
            for quad in 0..BLOCK {
                let quad = block * BLOCK + quad;
                // SAFETY: `quad < panel.len()`, and a quad's eight words are two vectors. wasm loads need no alignment.
                let weights = unsafe { [v128_load(weights.add(quad * 2)), v128_load(weights.add(quad * 2 + 1))] };
                for r in 0..ROWS {
                    // SAFETY: by the assertion the four bytes at `quad * 4` lie in every row.
                    let activations = unsafe { v128_load32_splat(at[r].add(quad * QUAD).cast()) };
                    for i in 0..2 {
                        sums[r][i] = i32x4_relaxed_dot_i8x16_i7x16_add(weights[i], activations, sums[r][i]);
                    }
                }
            }
        }
        let mut out = [[0; PANEL]; ROWS];
        for r in 0..ROWS {
            store(sums[r], &mut out[r]);
        }
        out
    }

    /// Takes off the product with `zero` and adds those of the outliers.
    pub fn correct(sums: &mut Sums, zero: i32, total: &Sums, outliers: &[Outlier], panel: &[[i32; PANEL]]) {
        let mut out = load(sums);
        let total = load(total);
        for i in 0..2 {
            out[i] = i32x4_sub(out[i], i32x4_mul(total[i], i32x4_splat(zero)));
        }
        for outlier in outliers {
            let words = load(&panel[outlier.input as usize / QUAD]);
            let left = 24 - outlier.input % QUAD as u32 * 8;
            for i in 0..2 {
                let weights = i32x4_shr(i32x4_shl(words[i], left), 24);
                out[i] = i32x4_add(out[i], i32x4_mul(weights, i32x4_splat(outlier.steps)));
            }
        }
        store(out, sums);
    }

    #[inline(always)]
    fn load(from: &Sums) -> [v128; 2] {
        // SAFETY: eight i32 are two vectors. wasm loads need no alignment.
        unsafe { [v128_load(from.as_ptr().cast()), v128_load(from.as_ptr().add(4).cast())] }
    }

    #[inline(always)]
    fn store(vectors: [v128; 2], to: &mut Sums) {
        // SAFETY: eight i32 are two vectors. wasm stores need no alignment.
        unsafe {
            v128_store(to.as_mut_ptr().cast(), vectors[0]);
            v128_store(to.as_mut_ptr().add(4).cast(), vectors[1]);
        }
    }
}

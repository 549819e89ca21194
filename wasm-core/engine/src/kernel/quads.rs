//! Activations of 7 or 8 bits, multiplied four inputs at a time.
//!
//! WebAssembly's relaxed products are defined where one side is 0 to 127; some chips take up to 255 ([`Chip`]). Fine rows are
//! stored as two, the high and the low 7 bits of what [`super::pairs`] has; their sums are the same. The others are stored as
//! `x / step + zero`, with a step and a zero for each row: the window of 128 or 256 steps covers the bulk of the row, and what a
//! number is outside of it ([`Outlier`]) is multiplied apart. In between sums may wrap; the last ones are exact.
//!
//! Chips with one instruction for four products and their sum use that (`i32x4.relaxed_dot_i8x16_i7x16_add_s`). On others two
//! products are added in 16 bits (`i16x8.relaxed_dot_i8x16_i7x16_s`), and so are as many of these sums as can not overflow:
//! the smaller the weights, the more.

use super::super::math;
use super::{Fine, PANEL, Sums, blocks, limit, tiles};

const QUAD: usize = 4;
/// Inputs are padded to whole blocks of so many quads.
const BLOCK: usize = 4;
/// Rows of a tile: with two vectors each, their sums fill two thirds of the registers; in 16 bits half of them.
const ROWS: usize = 5;
const ROWS_IN_SIXTEEN_BITS: usize = 4;
/// Of each half of a fine row.
const BITS: u32 = 7;
/// Where 0 lies in the 14 bits of a fine row.
const FINE_ZERO: i32 = 1 << (2 * BITS - 1);

/// What the chip makes of relaxed products.
#[derive(Clone, Copy)]
pub struct Chip {
    /// The largest activation: 127, or 255 where bytes have no sign.
    most: i32,
    /// Two products are added in 16 bits; there is no instruction for four.
    in_sixteen_bits: bool,
}

impl Chip {
    /// Widest window, in root mean squares of its row: of 127 steps one number in a hundred lies outside, of 255 hardly any.
    fn window(self) -> f32 {
        if self.most > 127 { 8.0 } else { 5.6 }
    }

    /// How many quads' products with such weights, two added at a time, 16 bits can hold. Where it is none, activations are
    /// multiplied in two halves.
    fn group(self, weights: &[u8]) -> usize {
        let largest = weights.iter().map(|&weight| (weight as i8).unsigned_abs()).max().unwrap_or_default();
        i16::MAX as usize / (2 * self.most as usize * usize::from(largest).max(1))
    }
}

/// Bits of an activation that, by themselves, leave two products with any int8 in 16 bits.
const HALVES: [u8; 2] = [0x7f, 0x80];
/// Keeps a row of zeros, or of numbers whose squares are 0, within what can be rounded.
const LEAST_WINDOW: f32 = 1e-15;

/// Panels of [`PANEL`] outputs; a panel holds, for every four inputs, a word for each output, with the four weights.
pub struct Weights {
    quads: usize,
    values: Vec<[i32; PANEL]>,
    /// Of each panel: the sums of each output's weights.
    totals: Vec<Sums>,
    /// How many quads are added in 16 bits; `None` where the chip adds in 32.
    group: Option<usize>,
}

fn quads(inputs: usize) -> usize {
    inputs.div_ceil(QUAD).next_multiple_of(BLOCK)
}

impl Weights {
    /// Packs `weights` [inputs, outputs], row-major.
    pub fn pack(inputs: usize, outputs: usize, weights: &[u8]) -> Self {
        let (quads, panels) = (quads(inputs), outputs.div_ceil(PANEL));
        let mut values = Vec::with_capacity(panels * quads);
        let mut totals = Vec::with_capacity(panels);
        for panel in 0..panels {
            let mut total = [0; PANEL];
            for quad in 0..quads {
                let rows: [_; QUAD] = blocks(weights, outputs, quad * QUAD, panel);
                values.push(std::array::from_fn(|n| i32::from_le_bytes(rows.map(|row| row[n] as u8))));
                for row in rows {
                    total.iter_mut().zip(row).for_each(|(total, weight)| *total += i32::from(weight));
                }
            }
            totals.push(total);
        }
        let chip = chip();
        let group = chip.in_sixteen_bits.then(|| chip.group(weights));
        Self { quads, values, totals, group }
    }

    fn tile<const ROWS: usize>(&self, rows: [&[[u8; QUAD]]; ROWS], panel: &[[i32; PANEL]]) -> [Sums; ROWS] {
        match self.group {
            Some(group) => tile_in_sixteen_bits(rows, panel, group),
            None => tile(rows, panel),
        }
    }

    /// Calls `done(panel, row, sums)` for some rows after each other, the first of which is `row`, until each row and panel was
    /// there once.
    pub fn multiply(&self, activations: &Activations, mut done: impl FnMut(usize, usize, &[Sums])) {
        assert_eq!(activations.quads, self.quads);
        let stored = |index: usize| &activations.values[index * self.quads..][..self.quads];
        let (rows, fine) = (activations.scales.len(), activations.fine);
        let most = if self.group.is_some() { ROWS_IN_SIXTEEN_BITS } else { ROWS };
        let mut sums = vec![[0; PANEL]; fine + rows];
        for (index, total) in self.totals.iter().enumerate() {
            let panel = &self.values[index * self.quads..][..self.quads];
            for (first, height) in tiles(sums.len(), most) {
                let sums = &mut sums[first..first + height];
                let row = |i: usize| stored(first + i);
                match height {
                    1 => sums.copy_from_slice(&self.tile([row(0)], panel)),
                    2 => sums.copy_from_slice(&self.tile([row(0), row(1)], panel)),
                    3 => sums.copy_from_slice(&self.tile([row(0), row(1), row(2)], panel)),
                    4 => sums.copy_from_slice(&self.tile([row(0), row(1), row(2), row(3)], panel)),
                    _ => sums.copy_from_slice(&self.tile([row(0), row(1), row(2), row(3), row(4)], panel)),
                }
            }
            for row in (0..fine).rev() {
                sums[fine + row] = joined(sums[2 * row], sums[2 * row + 1], total);
            }
            for (row, sums) in (fine..).zip(&mut sums[2 * fine..]) {
                let outliers = &activations.outliers[activations.outliers_of(row)];
                correct(sums, activations.zeros[row], total, outliers, panel);
            }
            done(index, 0, &sums[fine..]);
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
    scales: Vec<f32>,
}

impl Activations {
    /// Quantises `rows`, row-major of `width` numbers.
    pub fn quantise(&mut self, rows: &[f32], width: usize, fine: Fine) {
        let count = rows.len() / width;
        self.quads = quads(width);
        self.fine = if fine == Fine::All { count } else { count.min(1) };
        self.values.resize((self.fine + count) * self.quads, [0; QUAD]);
        self.scales.clear();
        self.zeros.clear();
        self.outliers.clear();
        self.ends.clear();
        let chip = chip();
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
            let (low, high) = window(row, chip.window());
            let step = (high - low) / chip.most as f32;
            let zero = math::round(-low / step);
            fit(row, 1.0 / step, zero, chip.most, out, &mut self.outliers);
            self.scales.push(step);
            self.zeros.push(zero);
            self.ends.push(self.outliers.len());
        }
    }

    /// What one step of each row is worth.
    pub fn scales(&self) -> &[f32] {
        &self.scales
    }

    fn outliers_of(&self, row: usize) -> std::ops::Range<usize> {
        row.checked_sub(1).map_or(0, |before| self.ends[before])..self.ends[row]
    }
}

/// Least and largest number of a row, 0 among them, as far as no more than so many root mean squares lie between them.
fn window(row: &[f32], widest: f32) -> (f32, f32) {
    let (least, most) = (-math::maximum(row, |x| -x), math::maximum(row, |x| x));
    let widest = widest * (math::sum(row, |x| x * x) / row.len() as f32).sqrt();
    let low = least.min(0.0).max(-widest / 2.0);
    (low, most.max(0.0).min(low + widest).max(low + LEAST_WINDOW))
}

/// Keeps how far the numbers of a quad lie outside of the window.
fn keep_outliers(quad: usize, steps: [i32; QUAD], outliers: &mut Vec<Outlier>) {
    let inputs = (quad * QUAD) as u32..;
    outliers.extend(inputs.zip(steps).filter(|&(_, steps)| steps != 0).map(|(input, steps)| Outlier { input, steps }));
}

#[cfg(all(target_arch = "wasm32", feature = "relaxed-simd"))]
use relaxed::{chip, correct, fit, halve, tile, tile_in_sixteen_bits};

#[cfg(not(all(target_arch = "wasm32", feature = "relaxed-simd")))]
use plain::{chip, correct, fit, halve, tile, tile_in_sixteen_bits};

#[cfg(not(all(target_arch = "wasm32", feature = "relaxed-simd")))]
mod plain {
    use super::{BITS, Chip, FINE_ZERO, HALVES, Outlier, PANEL, QUAD, Sums, keep_outliers, math};

    /// Rounds `row · up` to 14 bits and stores the halves.
    pub fn halve(row: &[f32], up: f32, high: &mut [[u8; QUAD]], low: &mut [[u8; QUAD]]) {
        for ((row, high), low) in row.chunks(QUAD).zip(high).zip(low) {
            for (i, &x) in row.iter().enumerate() {
                let q = math::round(x * up) + FINE_ZERO;
                (high[i], low[i]) = ((q >> BITS) as u8, (q & ((1 << BITS) - 1)) as u8);
            }
        }
    }

    /// Rounds `row · up + zero` to what is stored, and keeps what lies outside.
    pub fn fit(row: &[f32], up: f32, zero: i32, most: i32, out: &mut [[u8; QUAD]], outliers: &mut Vec<Outlier>) {
        for (quad, (row, out)) in row.chunks(QUAD).zip(out).enumerate() {
            let mut steps = [0; QUAD];
            for (i, &x) in row.iter().enumerate() {
                let q = math::round(x * up) + zero;
                out[i] = q.clamp(0, most) as u8;
                steps[i] = q - q.clamp(0, most);
            }
            keep_outliers(quad, steps, outliers);
        }
    }

    /// As x86 rounds; how it adds makes no difference but to its speed. Tests ask for others.
    pub fn chip() -> Chip {
        #[cfg(test)]
        return super::tests::CHIP.get();
        #[cfg(not(test))]
        Chip { most: 255, in_sixteen_bits: false }
    }

    pub fn tile<const ROWS: usize>(rows: [&[[u8; QUAD]]; ROWS], panel: &[[i32; PANEL]]) -> [Sums; ROWS] {
        rows.map(|row| {
            let mut sums = [0; PANEL];
            for (activations, weights) in row.iter().zip(panel) {
                for (sum, word) in sums.iter_mut().zip(weights) {
                    *sum += products(activations, *word).iter().sum::<i32>();
                }
            }
            sums
        })
    }

    /// In 16 bits as chips do it; builds with checks stop when they overflow.
    pub fn tile_in_sixteen_bits<const ROWS: usize>(
        rows: [&[[u8; QUAD]]; ROWS],
        panel: &[[i32; PANEL]],
        group: usize,
    ) -> [Sums; ROWS] {
        rows.map(|row| {
            let mut sums = [0; PANEL];
            let mut add = |row: &[[u8; QUAD]], group: usize| {
                for (activations, weights) in row.chunks(group).zip(panel.chunks(group)) {
                    let mut pairs = [[0i16; 2]; PANEL];
                    for (activations, weights) in activations.iter().zip(weights) {
                        for (pairs, word) in pairs.iter_mut().zip(weights) {
                            let [a, b, c, d] = products(activations, *word);
                            let sum = |products: i32| i16::try_from(products).expect("two products fit into 16 bits");
                            *pairs = [pairs[0] + sum(a + b), pairs[1] + sum(c + d)];
                        }
                    }
                    sums.iter_mut().zip(pairs).for_each(|(sum, [a, b])| *sum += i32::from(a) + i32::from(b));
                }
            };
            match group {
                0 => HALVES.iter().for_each(|half| {
                    let row: Vec<[u8; QUAD]> = row.iter().map(|quad| quad.map(|a| a & half)).collect();
                    add(&row, 1);
                }),
                group => add(row, group),
            }
            sums
        })
    }

    fn products(activations: &[u8; QUAD], word: i32) -> [i32; QUAD] {
        let weights = word.to_le_bytes();
        std::array::from_fn(|i| i32::from(activations[i]) * i32::from(weights[i] as i8))
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
        f32x4_add, f32x4_mul, f32x4_splat, i8x16_splat, i16x8_add, i16x8_extract_lane, i16x8_narrow_i32x4,
        i16x8_relaxed_dot_i8x16_i7x16, i16x8_splat, i32x4_add, i32x4_extadd_pairwise_i16x8, i32x4_extract_lane,
        i32x4_max, i32x4_min, i32x4_mul, i32x4_relaxed_dot_i8x16_i7x16_add, i32x4_shl, i32x4_shr, i32x4_splat,
        i32x4_sub, u8x16_narrow_i16x8, u8x16_splat, u32x4_shr, v128, v128_and, v128_any_true, v128_load,
        v128_load32_splat, v128_store, v128_store32_lane,
    };

    use super::{BITS, BLOCK, Chip, FINE_ZERO, HALVES, Outlier, PANEL, QUAD, Sums, keep_outliers, math};

    /// Rounds `row · up` to 14 bits and stores the halves.
    pub fn halve(row: &[f32], up: f32, high: &mut [[u8; QUAD]], low: &mut [[u8; QUAD]]) {
        for ((x, high), low) in by_quads(row).zip(high).zip(low) {
            let q = rounded(x, up, FINE_ZERO);
            narrow(u32x4_shr(q, BITS), high);
            narrow(v128_and(q, i32x4_splat((1 << BITS) - 1)), low);
        }
    }

    /// Rounds `row · up + zero` to what is stored, and keeps what lies outside.
    pub fn fit(row: &[f32], up: f32, zero: i32, most: i32, out: &mut [[u8; QUAD]], outliers: &mut Vec<Outlier>) {
        for (quad, (x, out)) in by_quads(row).zip(out).enumerate() {
            let q = rounded(x, up, zero);
            let kept = i32x4_min(i32x4_max(q, i32x4_splat(0)), i32x4_splat(most));
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

    /// Stores four numbers of 0 to 255.
    #[inline(always)]
    fn narrow(numbers: v128, out: &mut [u8; QUAD]) {
        let words = i16x8_narrow_i32x4(numbers, numbers);
        // SAFETY: `out` is four bytes.
        unsafe { v128_store32_lane::<0>(u8x16_narrow_i16x8(words, words), out.as_mut_ptr().cast()) };
    }

    /// Asks for products that the specification leaves open (the second factor is to be below 128), so that each chip may use what it
    /// has. Of −128 · 255, four times, AVX-VNNI makes the product in 32 bits, Arm takes −1 for 255, and x86 without an
    /// instruction for it adds two in 16 bits and is cut off there.
    #[target_feature(enable = "relaxed-simd")]
    pub fn chip() -> Chip {
        let (least, one, open) = core::hint::black_box((i8x16_splat(i8::MIN), i8x16_splat(1), i8x16_splat(-1)));
        let four = i32x4_extract_lane::<0>(i32x4_relaxed_dot_i8x16_i7x16_add(least, open, i32x4_splat(0)));
        let two = i16x8_extract_lane::<0>(i16x8_relaxed_dot_i8x16_i7x16(one, open));
        let in_sixteen_bits = four == 2 * i32::from(i16::MIN);
        let without_sign = if in_sixteen_bits { two == 2 * 255 } else { four == 4 * -128 * 255 };
        Chip { most: if without_sign { 255 } else { 127 }, in_sixteen_bits }
    }

    #[target_feature(enable = "relaxed-simd")]
    pub fn tile_in_sixteen_bits<const ROWS: usize>(
        rows: [&[[u8; QUAD]]; ROWS],
        panel: &[[i32; PANEL]],
        group: usize,
    ) -> [Sums; ROWS] {
        assert!(rows.iter().all(|row| row.len() >= panel.len()));
        let mut sums = [[i32x4_splat(0); 2]; ROWS];
        let quads = panel.len();
        let mut quad = 0;
        // SAFETY: no group ends behind `quads`, and no row is shorter.
        unsafe {
            while group >= 6 && quad + 6 <= quads {
                add_group::<ROWS, 6, ALL>(&mut sums, rows, panel, quad);
                quad += 6;
            }
            while group >= 4 && quad + 4 <= quads {
                add_group::<ROWS, 4, ALL>(&mut sums, rows, panel, quad);
                quad += 4;
            }
            while group >= 3 && quad + 3 <= quads {
                add_group::<ROWS, 3, ALL>(&mut sums, rows, panel, quad);
                quad += 3;
            }
            for quad in quad..quads {
                if group > 0 {
                    add_group::<ROWS, 1, ALL>(&mut sums, rows, panel, quad);
                } else {
                    add_group::<ROWS, 1, { HALVES[0] }>(&mut sums, rows, panel, quad);
                    add_group::<ROWS, 1, { HALVES[1] }>(&mut sums, rows, panel, quad);
                }
            }
        }
        sums.map(stored)
    }

    const ALL: u8 = u8::MAX;

    /// Adds the products of `COUNT` quads from `first` on, which fit into 16 bits, with these bits of the activations.
    ///
    /// # Safety
    /// Panel and rows have all these quads.
    #[inline]
    #[target_feature(enable = "relaxed-simd")]
    unsafe fn add_group<const ROWS: usize, const COUNT: usize, const BITS: u8>(
        sums: &mut [[v128; 2]; ROWS],
        rows: [&[[u8; QUAD]]; ROWS],
        panel: &[[i32; PANEL]],
        first: usize,
    ) {
        let mut pairs = [[i16x8_splat(0); 2]; ROWS];
        for quad in first..first + COUNT {
            // SAFETY: the panel has this quad, whose eight words are two vectors. wasm loads need no alignment.
            let weights = unsafe {
                let at = panel.as_ptr().add(quad).cast::<v128>();
                [v128_load(at), v128_load(at.add(1))]
            };
            for r in 0..ROWS {
                // SAFETY: every row has this quad; it is four bytes.
                let mut activations = unsafe { v128_load32_splat(rows[r].as_ptr().add(quad).cast()) };
                if BITS != ALL {
                    activations = v128_and(activations, u8x16_splat(BITS));
                }
                for i in 0..2 {
                    pairs[r][i] = i16x8_add(pairs[r][i], i16x8_relaxed_dot_i8x16_i7x16(weights[i], activations));
                }
            }
        }
        for r in 0..ROWS {
            for i in 0..2 {
                sums[r][i] = i32x4_add(sums[r][i], i32x4_extadd_pairwise_i16x8(pairs[r][i]));
            }
        }
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
        sums.map(stored)
    }

    #[inline(always)]
    fn stored(sums: [v128; 2]) -> Sums {
        let mut out = [0; PANEL];
        store(sums, &mut out);
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

#[cfg(test)]
pub mod tests {
    use std::cell::Cell;

    use super::Chip;

    pub const CHIPS: [Chip; 3] = [
        Chip { most: 255, in_sixteen_bits: true },
        Chip { most: 255, in_sixteen_bits: false },
        Chip { most: 127, in_sixteen_bits: false },
    ];

    thread_local!(pub static CHIP: Cell<Chip> = const { Cell::new(CHIPS[0]) });

    #[test]
    fn as_many_sums_as_fit_are_added_in_16_bits() {
        let [x86, ..] = CHIPS;
        assert_eq!([1, 16, 18, 64, 65, 128].map(|largest| x86.group(&[0, largest])), [64, 4, 3, 1, 0, 0]);
        assert_eq!(x86.group(&[]), 64);
    }
}

//! Scaled dot-product attention (Vaswani et al. 2017), in floats.

use super::lanes::{LANES, Lanes};
use super::math;

/// Rows of a tile: with two vectors each, their sums fill half of the registers.
const ROWS: usize = 4;

/// Buffers that are reused.
#[derive(Default)]
pub struct Attention {
    /// Keys of one head, a column a token; padded to whole lanes.
    keys: Vec<f32>,
    /// Of one head, a row a query; padded to whole lanes.
    scores: Vec<f32>,
}

impl Attention {
    /// Each query's mean of the values, weighted by how well their keys fit it, head by head. All are rows of `hidden`.
    pub fn run(&mut self, hidden: usize, heads: usize, query: &[f32], key: &[f32], value: &[f32], out: &mut Vec<f32>) {
        let width = hidden / heads;
        let scale = 1.0 / (width as f32).sqrt();
        let (rows, tokens) = (query.len() / hidden, key.len() / hidden);
        let padded = tokens.next_multiple_of(LANES);
        self.keys.clear();
        self.keys.resize(width * padded, 0.0);
        self.scores.resize(rows * padded, 0.0);
        out.resize(query.len(), 0.0);
        for head in (0..hidden).step_by(width) {
            for (t, key) in key.chunks_exact(hidden).enumerate() {
                for (d, &k) in key[head..head + width].iter().enumerate() {
                    self.keys[d * padded + t] = k * scale;
                }
            }
            product(
                rows,
                Table(&query[head..], hidden),
                Table(&self.keys, padded),
                width,
                &mut self.scores,
                padded,
                padded,
            );
            self.scores.chunks_exact_mut(padded).for_each(|scores| math::softmax(&mut scores[..tokens]));
            product(
                rows,
                Table(&self.scores, padded),
                Table(&value[head..], hidden),
                tokens,
                &mut out[head..],
                hidden,
                width,
            );
        }
    }
}

/// Numbers, and how far apart its rows begin.
#[derive(Clone, Copy)]
struct Table<'a>(&'a [f32], usize);

/// `out[m][n] = Σ a[m][k] · b[k][n]` for m < `rows`, k < `inner`, n < `columns`; rows of `out` begin `step` apart.
fn product(rows: usize, a: Table<'_>, b: Table<'_>, inner: usize, out: &mut [f32], step: usize, columns: usize) {
    for first in (0..rows).step_by(ROWS) {
        let a = Table(&a.0[first * a.1..], a.1);
        let out = &mut out[first * step..];
        match rows - first {
            1 => tiles::<1>(a, b, inner, out, step, columns),
            2 => tiles::<2>(a, b, inner, out, step, columns),
            3 => tiles::<3>(a, b, inner, out, step, columns),
            _ => tiles::<ROWS>(a, b, inner, out, step, columns),
        }
    }
}

#[cfg_attr(all(target_arch = "wasm32", feature = "relaxed-simd"), target_feature(enable = "relaxed-simd"))]
fn tiles<const ROWS: usize>(a: Table<'_>, b: Table<'_>, inner: usize, out: &mut [f32], step: usize, columns: usize) {
    assert!(inner == 0 || (ROWS - 1) * a.1 + inner <= a.0.len() && (inner - 1) * b.1 + columns <= b.0.len());
    let whole = columns / LANES * LANES;
    for n in (0..whole).step_by(LANES) {
        let mut sums = [Lanes::splat(0.0); ROWS];
        for k in 0..inner {
            // SAFETY: `k < inner` and `n + LANES <= columns`: by the assertion these floats lie in the last row, too.
            let b = Lanes::load(unsafe { &*b.0.as_ptr().add(k * b.1 + n).cast() });
            for (row, sum) in sums.iter_mut().enumerate() {
                // SAFETY: `row < ROWS` and `k < inner`; by the assertion this float lies in the last row, too.
                *sum = sum.plus_product(Lanes::splat(unsafe { *a.0.get_unchecked(row * a.1 + k) }), b);
            }
        }
        for (i, sum) in sums.iter().enumerate() {
            if let Some(out) = out[i * step + n..].first_chunk_mut() {
                sum.store(out);
            }
        }
    }
    for n in whole..columns {
        for i in 0..ROWS {
            let a = &a.0[i * a.1..][..inner];
            out[i * step + n] = a.iter().enumerate().map(|(k, a)| a * b.0[k * b.1 + n]).sum();
        }
    }
}

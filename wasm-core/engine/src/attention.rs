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
    let mut a_rows = [&a.0[..0]; ROWS];
    for (i, row) in a_rows.iter_mut().enumerate() {
        *row = &a.0[i * a.1..][..inner];
    }
    let whole = columns / LANES * LANES;
    for n in (0..whole).step_by(LANES) {
        let mut sums = [Lanes::splat(0.0); ROWS];
        for (k, b) in b.0[n..].chunks(b.1).take(inner).enumerate() {
            let Some(b) = b.first_chunk() else { break };
            let b = Lanes::load(b);
            for (sum, a) in sums.iter_mut().zip(a_rows) {
                *sum = sum.plus_product(Lanes::splat(a[k]), b);
            }
        }
        for (i, sum) in sums.iter().enumerate() {
            if let Some(out) = out[i * step + n..].first_chunk_mut() {
                sum.store(out);
            }
        }
    }
    for n in whole..columns {
        for (i, a) in a_rows.iter().enumerate() {
            out[i * step + n] = a.iter().enumerate().map(|(k, a)| a * b.0[k * b.1 + n]).sum();
        }
    }
}

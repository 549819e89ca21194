//! Weight matrices: int8 by output channel, packed for the kernel, or plain f32.
//!
//! Packed layout: panels of [`PANEL`] outputs; a panel holds, for every pair of inputs (k, k+1), the two weights of each
//! of its outputs side by side, so that one multiply-add of i16 pairs advances all outputs by two inputs.

use super::{kernel, math};

/// Outputs of one panel.
pub const PANEL: usize = 8;

/// A weight matrix [inputs, outputs] with its bias.
pub enum Matrix {
    Int8(Packed),
    Float { inputs: usize, outputs: usize, weights: Vec<f32>, bias: Vec<f32> },
}

/// int8 weights with a scale for each output.
pub struct Packed {
    pub(super) inputs: usize,
    pub(super) outputs: usize,
    /// `panels × pairs × PANEL × 2`.
    pub(super) weights: Vec<i8>,
    scales: Vec<f32>,
    bias: Vec<f32>,
}

impl Packed {
    /// Packs `weights` [inputs, outputs], row-major.
    ///
    /// `scales` and `bias` have one number for each output.
    pub fn new(inputs: usize, outputs: usize, weights: &[u8], scales: Vec<f32>, bias: Vec<f32>) -> Self {
        let (pairs, panels) = (inputs.div_ceil(2), outputs.div_ceil(PANEL));
        let mut packed = vec![0i8; pairs * panels * PANEL * 2];
        for (k, row) in weights.chunks_exact(outputs).enumerate() {
            for (n, &weight) in row.iter().enumerate() {
                let at = ((n / PANEL * pairs + k / 2) * PANEL + n % PANEL) * 2 + k % 2;
                packed[at] = weight as i8;
            }
        }
        Self { inputs, outputs, weights: packed, scales, bias }
    }

    /// Pairs of inputs; an odd last input is paired with zeros.
    pub fn pairs(&self) -> usize {
        self.inputs.div_ceil(2)
    }
}

/// The largest activation such that no i32 sum of `inputs` products with int8 weights can overflow:
/// `limit · 128 · inputs < 2³¹`.
pub fn activation_limit(inputs: usize) -> i16 {
    let limit = i32::MAX as usize / (128 * inputs.max(1));
    limit.min(32_000) as i16
}

/// Rows of activations as i16 with a scale each; a buffer that is reused.
#[derive(Default)]
pub struct Activations {
    pub(super) values: Vec<i16>,
    scales: Vec<f32>,
    /// Padded to even.
    pub(super) width: usize,
}

impl Activations {
    /// Quantises `rows`, row-major of `width` numbers.
    pub fn quantise(&mut self, rows: &[f32], width: usize) {
        let count = rows.len() / width;
        self.width = width.next_multiple_of(2);
        self.values.clear();
        self.values.resize(count * self.width, 0);
        self.scales.clear();
        let limit = activation_limit(width);
        for (row, out) in rows.chunks_exact(width).zip(self.values.chunks_exact_mut(self.width)) {
            self.scales.push(math::quantise(row, limit, &mut out[..width]));
        }
    }

    pub fn rows(&self) -> usize {
        self.scales.len()
    }
}

impl Matrix {
    pub fn outputs(&self) -> usize {
        match self {
            Self::Int8(packed) => packed.outputs,
            Self::Float { outputs, .. } => *outputs,
        }
    }

    pub fn inputs(&self) -> usize {
        match self {
            Self::Int8(packed) => packed.inputs,
            Self::Float { inputs, .. } => *inputs,
        }
    }

    /// `out = rows · weights + bias`; `quantised` holds the same rows and is only read by int8 matrices.
    pub fn multiply(&self, rows: &[f32], quantised: &Activations, out: &mut Vec<f32>) {
        let outputs = self.outputs();
        match self {
            Self::Int8(packed) => {
                debug_assert_eq!(quantised.width, packed.pairs() * 2);
                out.clear();
                out.resize(quantised.rows() * outputs, 0.0);
                kernel::multiply(packed, quantised, |row, panel, sums| {
                    let scale = quantised.scales[row];
                    let from = panel * PANEL;
                    let to = (from + PANEL).min(outputs);
                    let target = &mut out[row * outputs + from..row * outputs + to];
                    let channels = packed.scales[from..to].iter().zip(&packed.bias[from..to]);
                    for ((o, &sum), (&channel, &bias)) in target.iter_mut().zip(sums).zip(channels) {
                        *o = sum as f32 * (scale * channel) + bias;
                    }
                });
            }
            Self::Float { inputs, weights, bias, .. } => {
                out.clear();
                for row in rows.chunks_exact(*inputs) {
                    let from = out.len();
                    out.extend_from_slice(bias);
                    math::add_product(row, weights, &mut out[from..]);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn the_kernel_is_exact(rows in 1usize..7, inputs in 1usize..70, outputs in 1usize..40, seed in 0u64..1000) {
            let mut random = crate::engine::fixture::Random::new(seed);
            let weights: Vec<u8> = (0..inputs * outputs).map(|_| random.draw() as u8).collect();
            let scales: Vec<f32> = (0..outputs).map(|_| random.float() * 0.1).collect();
            let bias: Vec<f32> = (0..outputs).map(|_| random.float()).collect();
            let x: Vec<f32> = (0..rows * inputs).map(|_| random.float() * 8.0).collect();
            let mut activations = Activations::default();
            activations.quantise(&x, inputs);
            let matrix = Matrix::Int8(Packed::new(inputs, outputs, &weights, scales.clone(), bias.clone()));
            let mut out = Vec::new();
            matrix.multiply(&x, &activations, &mut out);
            for r in 0..rows {
                for n in 0..outputs {
                    let sum: i64 = (0..inputs)
                        .map(|k| i64::from(activations.values[r * activations.width + k]) * i64::from(weights[k * outputs + n] as i8))
                        .sum();
                    let expected = sum as f32 * (activations.scales[r] * scales[n]) + bias[n];
                    proptest::prop_assert!((out[r * outputs + n] - expected).abs() <= 1e-4 * expected.abs().max(1.0));
                }
            }
        }
    }

    #[test]
    fn the_largest_sums_fit_i32() {
        for inputs in [128, 384, 1536, 4096] {
            assert!(i64::from(activation_limit(inputs)) * 128 * inputs as i64 <= i64::from(i32::MAX), "{inputs}");
            assert!(activation_limit(inputs) > 2000);
        }
    }
}

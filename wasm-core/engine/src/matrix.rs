//! Weight matrices: int8 by output channel, packed for the kernel, or plain f32.

use super::kernel::{Activations, PANEL, Weights};
use super::lanes::{LANES, Lanes};
use super::math;

/// A weight matrix [inputs, outputs] with its bias.
pub enum Matrix {
    Int8(Packed),
    Float { inputs: usize, outputs: usize, weights: Vec<f32>, bias: Vec<f32> },
}

/// int8 weights with a scale for each output.
pub struct Packed {
    inputs: usize,
    outputs: usize,
    weights: Weights,
    channels: Vec<Channels>,
}

/// What the sums of one panel become: `sum · scale + bias`; zeros past the last output.
#[derive(Clone, Default)]
struct Channels {
    scales: [f32; LANES],
    biases: [f32; LANES],
}

impl Packed {
    /// Packs `weights` [inputs, outputs], row-major.
    ///
    /// `scales` and `bias` have one number for each output.
    pub fn new(inputs: usize, outputs: usize, weights: &[u8], scales: &[f32], bias: &[f32]) -> Self {
        let mut channels = vec![Channels::default(); outputs.div_ceil(PANEL)];
        for (n, (&scale, &bias)) in scales.iter().zip(bias).enumerate() {
            channels[n / PANEL].scales[n % PANEL] = scale;
            channels[n / PANEL].biases[n % PANEL] = bias;
        }
        Self { inputs, outputs, weights: Weights::pack(inputs, outputs, weights), channels }
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
                out.resize(quantised.scales().len() * outputs, 0.0);
                packed.weights.multiply(quantised, |panel, first, sums| {
                    let Channels { scales, biases } = &packed.channels[panel];
                    let (scales, biases) = (Lanes::load(scales), Lanes::load(biases));
                    let places = out[first * outputs..].chunks_exact_mut(outputs);
                    for ((place, &step), sums) in places.zip(&quantised.scales()[first..]).zip(sums) {
                        let values = Lanes::from_integers(sums).times(scales.times(Lanes::splat(step))).plus(biases);
                        let place = &mut place[panel * PANEL..];
                        match place.first_chunk_mut() {
                            Some(place) => values.store(place),
                            None => {
                                let mut last = [0.0; PANEL];
                                values.store(&mut last);
                                place.copy_from_slice(&last[..place.len()]);
                            }
                        }
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
        fn int8_products_are_close_to_those_of_floats(rows in 1usize..7, inputs in 1usize..70, outputs in 1usize..40, seed in 0u64..1000) {
            let mut random = crate::fixture::Random::new(seed);
            let weights: Vec<u8> = (0..inputs * outputs).map(|_| random.draw() as u8).collect();
            let scales: Vec<f32> = (0..outputs).map(|_| random.float() * 0.1).collect();
            let bias: Vec<f32> = (0..outputs).map(|_| random.float()).collect();
            let x: Vec<f32> = (0..rows * inputs).map(|_| random.float() * 8.0).collect();
            let floats = weights.iter().enumerate().map(|(i, &w)| f32::from(w as i8) * scales[i % outputs]).collect();
            let float = Matrix::Float { inputs, outputs, weights: floats, bias: bias.clone() };
            let int8 = Matrix::Int8(Packed::new(inputs, outputs, &weights, &scales, &bias));
            let mut activations = Activations::default();
            activations.quantise(&x, inputs, crate::kernel::Fine::All);
            let (mut a, mut b) = (Vec::new(), Vec::new());
            int8.multiply(&x, &activations, &mut a);
            float.multiply(&x, &activations, &mut b);
            for (a, b) in a.iter().zip(&b) {
                proptest::prop_assert!((a - b).abs() <= 1e-2 * inputs as f32, "{} {}", a, b);
            }
        }
    }
}

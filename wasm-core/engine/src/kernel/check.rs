//! Both layouts beside plain sums, on random numbers and odd shapes. Run by the tests here, and in a browser by
//! `wasm-core/kernel-check`, where other instructions do the work.

use super::{Fine, PANEL, limit, pairs, quads};
use crate::fixture::Random;

const MOST_ROWS: u64 = 12;
const MOST_INPUTS: u64 = 70;
const MOST_OUTPUTS: u64 = 40;

/// Sums of i32, row by row, and what one step of each row is worth.
macro_rules! sums {
    ($layout:ident, $of:expr) => {{
        let Products { x, inputs, outputs, weights, fine } = $of;
        let mut activations = $layout::Activations::default();
        // The buffer held something else before.
        activations.quantise(&[-3.0; 200], 10, Fine::First);
        activations.quantise(x, *inputs, *fine);
        let mut sums = vec![-1; activations.scales().len() * outputs];
        $layout::Weights::pack(*inputs, *outputs, weights).multiply(&activations, |panel, first, tile| {
            for (row, of) in (first..).zip(tile) {
                let target = &mut sums[row * outputs..][..*outputs][panel * PANEL..];
                target.iter_mut().zip(of).for_each(|(target, sum)| *target = *sum);
            }
        });
        (sums, activations.scales().to_vec())
    }};
}

struct Products {
    x: Vec<f32>,
    inputs: usize,
    outputs: usize,
    weights: Vec<u8>,
    fine: Fine,
}

impl Products {
    fn new(random: &mut Random) -> Self {
        let mut below = |most: u64| (random.draw() % most) as usize + 1;
        let (rows, inputs, outputs) = (below(MOST_ROWS), below(MOST_INPUTS), below(MOST_OUTPUTS));
        let fine = if below(2) == 1 { Fine::All } else { Fine::First };
        // The smaller the weights, the more products are added in 16 bits. 129 leaves all of int8.
        let largest = below(129) as i16;
        if below(4) == 1 {
            // As large as they can be: a sum of too many overflows.
            let sign = |n: usize| if n.is_multiple_of(2) { 1 } else { -1 };
            let weights = (0..inputs * outputs).map(|i| ((largest - 1) * sign(i % outputs)) as u8).collect();
            return Self { x: vec![4.0; rows * inputs], inputs, outputs, weights, fine };
        }
        let weights = (0..inputs * outputs).map(|_| (i16::from(random.draw() as i8) % largest) as u8).collect();
        // Most numbers small, a few large, as in a row of the model.
        let mut number = || random.float() * if random.draw().is_multiple_of(20) { 90.0 } else { 4.0 };
        let x = (0..rows * inputs).map(|_| number()).collect();
        Self { x, inputs, outputs, weights, fine }
    }

    /// Each row rounded after it was multiplied by its `ups`.
    fn exact(&self, ups: &[f32]) -> Vec<i32> {
        let mut exact = vec![0; ups.len() * self.outputs];
        let rows = self.x.chunks_exact(self.inputs).zip(exact.chunks_exact_mut(self.outputs));
        for ((row, exact), &up) in rows.zip(ups) {
            for (x, weights) in row.iter().zip(self.weights.chunks_exact(self.outputs)) {
                let q = (x * up).round_ties_even() as i32;
                exact.iter_mut().zip(weights).for_each(|(sum, &w)| *sum += q * i32::from(w as i8));
            }
        }
        exact
    }
}

/// Panics where a sum differs.
pub fn layouts_are_exact(seed: u64) {
    let products = Products::new(&mut Random::new(seed));
    let up = |row: &[f32]| f32::from(limit(products.inputs)) / row.iter().fold(1e-30f32, |max, x| max.max(x.abs()));
    let ups: Vec<f32> = products.x.chunks_exact(products.inputs).map(up).collect();
    assert_eq!(sums!(pairs, &products).0, products.exact(&ups), "pairs, {seed}");
    let (sums, scales) = sums!(quads, &products);
    let fine = |row: usize| products.fine == Fine::All || row == 0;
    let ups: Vec<f32> = (0..ups.len()).map(|row| if fine(row) { ups[row] } else { 1.0 / scales[row] }).collect();
    assert_eq!(sums, products.exact(&ups), "quads, {seed}");
}

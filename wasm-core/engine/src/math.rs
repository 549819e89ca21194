//! The float parts of the encoder: layer norm, softmax, GELU, rounding, small float products.
//!
//! Everything is written so that the compiler vectorises it: no calls into libm, sums in eight lanes.

/// Adds 1.5 × 2²³: what remains in the low mantissa bits is the number rounded to the nearest integer (|x| < 2²²).
pub const ROUND: f32 = 12_582_912.0;
pub const ROUND_BITS: i32 = 0x4B40_0000;
const LANES: usize = 8;

/// e^x for x ≤ 88, to about 2 ulp; below −87 the result is 0 to within 1e−38.
/// Cephes `expf`: range reduction by ln 2 in two parts, polynomial of degree 5.
#[inline(always)]
pub fn exp(x: f32) -> f32 {
    let x = x.clamp(-87.0, 88.0);
    let shifted = x * std::f32::consts::LOG2_E + ROUND;
    let n = shifted - ROUND;
    let r = x - n * 0.693_359_4 + n * 2.121_944_4e-4;
    let p = 1.987_569_1e-4;
    let p = p * r + 1.398_199_9e-3;
    let p = p * r + 8.333_452e-3;
    let p = p * r + 4.166_579_6e-2;
    let p = p * r + 1.666_666_5e-1;
    let p = p * r + 0.5;
    let y = p * r * r + r + 1.0;
    let exponent = (shifted.to_bits() as i32).wrapping_sub(ROUND_BITS);
    y * f32::from_bits(((exponent + 127) << 23) as u32)
}

/// The error function to about 3e−7: the rational approximation of Eigen and XLA on [−4, 4].
#[inline(always)]
pub fn erf(x: f32) -> f32 {
    let x = x.clamp(-4.0, 4.0);
    let s = x * x;
    let p = -2.726_142_3e-10;
    let p = p * s + 2.770_681_4e-8;
    let p = p * s + -2.101_024e-6;
    let p = p * s + -5.692_506_4e-5;
    let p = p * s + -7.349_906_3e-4;
    let p = p * s + -2.954_6e-3;
    let p = p * s + -1.609_603_3e-2;
    let q = -1.456_607_2e-5;
    let q = q * s + -2.133_740_6e-4;
    let q = q * s + -1.682_827e-3;
    let q = q * s + -7.373_329e-3;
    let q = q * s + -1.426_473_9e-2;
    x * p / q
}

/// GELU in its exact form, x·Φ(x).
pub fn gelu(row: &mut [f32]) {
    for x in row {
        *x = 0.5 * *x * (1.0 + erf(*x * std::f32::consts::FRAC_1_SQRT_2));
    }
}

pub fn sum(row: &[f32], term: impl Fn(f32) -> f32) -> f32 {
    let mut lanes = [0.0f32; LANES];
    let chunks = row.chunks_exact(LANES);
    let rest: f32 = chunks.remainder().iter().map(|&x| term(x)).sum();
    for chunk in chunks {
        for (lane, &x) in lanes.iter_mut().zip(chunk) {
            *lane += term(x);
        }
    }
    lanes.iter().sum::<f32>() + rest
}

pub fn maximum(row: &[f32], term: impl Fn(f32) -> f32) -> f32 {
    let mut lanes = [f32::MIN; LANES];
    let chunks = row.chunks_exact(LANES);
    let rest = chunks.remainder().iter().fold(f32::MIN, |max, &x| if term(x) > max { term(x) } else { max });
    for chunk in chunks {
        for (lane, &x) in lanes.iter_mut().zip(chunk) {
            let x = term(x);
            *lane = if x > *lane { x } else { *lane };
        }
    }
    lanes.iter().fold(rest, |max, &x| if x > max { x } else { max })
}

/// Normalises a row in place to mean 0 and variance 1, then applies `gamma` and `beta`.
pub fn layer_norm(row: &mut [f32], gamma: &[f32], beta: &[f32], epsilon: f32) {
    let n = row.len() as f32;
    let mean = sum(row, |x| x) / n;
    let variance = sum(row, |x| (x - mean) * (x - mean)) / n;
    let scale = 1.0 / (variance + epsilon).sqrt();
    for ((x, &g), &b) in row.iter_mut().zip(gamma).zip(beta) {
        *x = (*x - mean) * scale * g + b;
    }
}

/// Softmax in place.
pub fn softmax(row: &mut [f32]) {
    let max = maximum(row, |x| x);
    for x in row.iter_mut() {
        *x = exp(*x - max);
    }
    let inverse = 1.0 / sum(row, |x| x);
    for x in row {
        *x *= inverse;
    }
}

/// Divides a row by its Euclidean length, in place; a row of zeros stays as it is.
pub fn to_unit_length(row: &mut [f32]) {
    let length = sum(row, |x| x * x).sqrt();
    if length > 0.0 {
        row.iter_mut().for_each(|x| *x /= length);
    }
}

/// The largest absolute value of a row, or the least that can be divided by.
pub fn largest(row: &[f32]) -> f32 {
    maximum(row, f32::abs).max(1e-30)
}

/// The nearest integer, for |x| < 2²².
#[inline(always)]
pub fn round(x: f32) -> i32 {
    ((x + ROUND).to_bits() as i32).wrapping_sub(ROUND_BITS)
}

/// out[n] += Σ x[k]·w[k][n], w row-major [k, n].
pub fn add_product(x: &[f32], w: &[f32], out: &mut [f32]) {
    for (&x, row) in x.iter().zip(w.chunks_exact(out.len())) {
        for (o, &w) in out.iter_mut().zip(row) {
            *o += x * w;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Abramowitz & Stegun 7.1.5, summed in f64.
    fn erf_reference(x: f64) -> f64 {
        let (mut term, mut sum) = (x, x);
        for n in 1..200 {
            term *= -x * x / f64::from(n);
            sum += term / f64::from(2 * n + 1);
        }
        sum * 2.0 / std::f64::consts::PI.sqrt()
    }

    #[test]
    fn functions_agree_with_f64() {
        for i in -4000..=4000 {
            let x = i as f32 / 1000.0;
            assert!((f64::from(erf(x)) - erf_reference(f64::from(x))).abs() < 1e-6, "erf {x}");
            let exact = f64::from(x * 20.0).exp();
            if x * 20.0 < 80.0 {
                assert!((f64::from(exp(x * 20.0)) / exact - 1.0).abs() < 1e-6, "exp {}", x * 20.0);
            }
        }
        let mut row = [-6.0, 0.0, 6.0];
        gelu(&mut row);
        assert!(row[0].abs() < 1e-5 && row[1] == 0.0 && (row[2] - 6.0).abs() < 1e-5, "{row:?}");
    }

    #[test]
    fn rows_are_normalised() {
        let mut row: Vec<f32> = (0..13).map(|i| i as f32).collect();
        let (gamma, beta) = (vec![2.0; 13], vec![1.0; 13]);
        layer_norm(&mut row, &gamma, &beta, 1e-12);
        assert!((row.iter().sum::<f32>() / 13.0 - 1.0).abs() < 1e-5);
        let mut logits = vec![0.0, 1.0, -1000.0, 3.0];
        softmax(&mut logits);
        assert!((logits.iter().sum::<f32>() - 1.0).abs() < 1e-6 && logits[3] > logits[1]);
        let (mut vector, mut nothing) = ([3.0, 4.0], [0.0; 3]);
        to_unit_length(&mut vector);
        to_unit_length(&mut nothing);
        assert_eq!((vector, nothing), ([0.6, 0.8], [0.0; 3]));
    }

    proptest::proptest! {
        #[test]
        fn numbers_are_rounded_to_the_nearest(x in -1e6f32..1e6) {
            proptest::prop_assert_eq!(round(x), x.round_ties_even() as i32);
        }
    }
}

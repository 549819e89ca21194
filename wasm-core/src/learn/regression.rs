//! Multinomial logistic regression with a quadratic penalty, fitted by dual coordinate ascent (Yu, Huang & Lin 2011).
//!
//! Every example carries its dual row; weights are the sum of rows times features. So a fit starts from what the last one
//! found, and one more example costs a few rounds. Deterministic: the same examples in the same order give the same bits.

use super::features::{Features, PLACES};
use crate::engine::{add_product, softmax};

/// How much an example weighs against the penalty.
const TRUST: f32 = 10.0;
/// Rows this close to where they should be are left alone, as a share of [`TRUST`].
const CLOSE: f32 = 0.02;
const ROUNDS: usize = 60;
/// The curvature of the softmax is at most this (Böhning 1992).
const CURVATURE: f32 = 0.5;

/// One example as the fit sees it.
pub struct Row<'a> {
    pub features: &'a Features,
    pub class: usize,
    /// One number a class; kept between fits.
    pub dual: &'a mut Vec<f32>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Regression {
    classes: usize,
    /// [features + 1, classes]; the last row is the bias.
    dense: Vec<f32>,
    /// [PLACES, classes].
    phrases: Vec<f32>,
}

impl Regression {
    pub fn fit(rows: &mut [Row<'_>], classes: usize) -> Self {
        let inputs = rows.first().map_or(0, |row| row.features.dense.len());
        let mut fitted =
            Self { classes, dense: vec![0.0; (inputs + 1) * classes], phrases: vec![0.0; PLACES * classes] };
        for row in rows.iter_mut() {
            row.dual.resize(classes, 0.0);
            fitted.add(row.features, row.dual);
        }
        let order = scattered(rows.len());
        for _ in 0..ROUNDS {
            let mut furthest = 0.0f32;
            for &index in &order {
                furthest = furthest.max(fitted.improve(&mut rows[index]));
            }
            if furthest <= CLOSE * TRUST {
                break;
            }
        }
        fitted
    }

    /// Moves one dual row toward its optimum; tells how far it was from it.
    fn improve(&mut self, row: &mut Row<'_>) -> f32 {
        let probabilities = self.probabilities(row.features);
        let curve = 1.0 + TRUST * CURVATURE * (row.features.squared_length() + 1.0);
        let mut far = 0.0f32;
        let mut step = vec![0.0; self.classes];
        for (class, (step, dual)) in step.iter_mut().zip(row.dual.iter_mut()).enumerate() {
            let wanted = TRUST * (f32::from(u8::from(class == row.class)) - probabilities[class]);
            let missing = wanted - *dual;
            far = far.max(missing.abs());
            *step = missing / curve;
            *dual += *step;
        }
        self.add(row.features, &step);
        far
    }

    fn add(&mut self, features: &Features, dual: &[f32]) {
        let inputs = features.dense.iter().chain([&1.0]);
        for (weights, &x) in self.dense.chunks_exact_mut(self.classes.max(1)).zip(inputs) {
            weights.iter_mut().zip(dual).for_each(|(weight, d)| *weight += x * d);
        }
        for &(place, x) in &features.phrases {
            let weights = &mut self.phrases[usize::from(place) * self.classes..][..self.classes];
            weights.iter_mut().zip(dual).for_each(|(weight, d)| *weight += x * d);
        }
    }

    /// Of every class, in 0–1; empty without classes.
    pub fn probabilities(&self, features: &Features) -> Vec<f32> {
        if self.classes == 0 {
            return Vec::new();
        }
        let (inputs, bias) = self.dense.split_at(self.dense.len() - self.classes);
        let mut scores = bias.to_vec();
        add_product(&features.dense, inputs, &mut scores);
        for &(place, x) in &features.phrases {
            add_product(&[x], &self.phrases[usize::from(place) * self.classes..][..self.classes], &mut scores);
        }
        softmax(&mut scores);
        scores
    }
}

/// 0..count, neighbours far apart: examples often come sorted by class.
fn scattered(count: usize) -> Vec<usize> {
    let coprime = |stride: &usize| {
        let (mut a, mut b) = (*stride, count);
        while b != 0 {
            (a, b) = (b, a % b);
        }
        a == 1
    };
    let stride = (count * 5 / 8..count).find(coprime).unwrap_or(1);
    (0..count).map(|i| i * stride % count).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learn::features::tests::of_phrases;

    const TEXTS: [(&str, usize); 6] = [
        ("cancel my order please", 0),
        ("where is my parcel", 1),
        ("I want to cancel the order", 0),
        ("parcel has not come", 1),
        ("请帮我开发票", 2),
        ("发票抬头要改", 2),
    ];

    fn fit(count: usize, duals: &mut [Vec<f32>]) -> Regression {
        let features: Vec<Features> = TEXTS[..count].iter().map(|(text, _)| of_phrases(text)).collect();
        let parts = features.iter().zip(&TEXTS).zip(duals);
        let mut rows: Vec<Row> =
            parts.map(|((features, (_, class)), dual)| Row { features, class: *class, dual }).collect();
        Regression::fit(&mut rows, 3)
    }

    #[test]
    fn the_optimum_is_reached() {
        let mut duals = vec![Vec::new(); TEXTS.len()];
        let fitted = fit(TEXTS.len(), &mut duals);
        for ((text, class), dual) in TEXTS.iter().zip(&duals) {
            let p = fitted.probabilities(&of_phrases(text));
            for (c, (p, dual)) in p.iter().zip(dual).enumerate() {
                let wanted = TRUST * (if c == *class { 1.0 } else { 0.0 } - p);
                assert!((wanted - dual).abs() < 2.0 * CLOSE * TRUST, "{text}: {wanted} {dual}");
            }
            assert!(p[*class] > 0.6, "{text}: {p:?}");
        }
        let p = fitted.probabilities(&of_phrases("how do I cancel an order"));
        assert!(p[0] > p[1] && p[0] > p[2], "{p:?}");
    }

    #[test]
    fn a_fit_goes_on_from_the_last_and_ends_where_a_fresh_one_does() {
        let mut duals = vec![Vec::new(); TEXTS.len()];
        fit(5, &mut duals[..5]);
        let grown = fit(6, &mut duals);
        let fresh = fit(6, &mut vec![Vec::new(); TEXTS.len()]);
        assert_eq!(fresh, fit(6, &mut vec![Vec::new(); TEXTS.len()]), "deterministic");
        for (text, _) in TEXTS {
            let (a, b) = (grown.probabilities(&of_phrases(text)), fresh.probabilities(&of_phrases(text)));
            assert!(a.iter().zip(&b).all(|(a, b)| (a - b).abs() < 0.05), "{text}: {a:?} {b:?}");
        }
    }

    #[test]
    fn the_order_visits_each_once() {
        for count in 0..40 {
            let mut order = scattered(count);
            order.sort_unstable();
            assert_eq!(order, (0..count).collect::<Vec<_>>());
        }
        assert!(Regression::fit(&mut [], 0).probabilities(&of_phrases("x")).is_empty());
    }
}

//! How probably each of several candidates is what somebody means: by the class of what they said, and by how close their
//! words come to it in meaning. None of them is a candidate, too.

/// How much a cosine says.
const SHARPNESS: f32 = 14.0;
/// Where nothing comes closer than this, none is meant.
const CLOSENESS_OF_NONE: f32 = 0.3;

/// One of those that could be meant.
#[derive(Clone, Copy, Debug)]
pub struct Candidate {
    /// How probable its class is, 0–1.
    pub class: f32,
    /// Cosine of what was said with it, −1 to 1.
    pub closeness: f32,
}

/// For each candidate 0–1; together at most 1. `unclassed`: how probably what was said is of no class. `doubt`: what is left of
/// a candidate whose class nobody thought of, above 0 unless some candidate's class is.
pub fn probabilities(candidates: &[Candidate], unclassed: f32, doubt: f32) -> Vec<f32> {
    let weight = |candidate: &Candidate| (SHARPNESS * candidate.closeness).exp() * (candidate.class + doubt);
    let none = weight(&Candidate { class: unclassed.max(0.0), closeness: CLOSENESS_OF_NONE });
    let weights: Vec<f32> = candidates.iter().map(weight).collect();
    let all = (weights.iter().sum::<f32>() + none).max(f32::MIN_POSITIVE);
    weights.into_iter().map(|weight| weight / all).collect()
}

/// Cosine of a vector with the closest of others, all of length 1; `None` where there are no others.
pub fn closest<'a>(vector: &[f32], others: impl IntoIterator<Item = &'a [f32]>) -> Option<f32> {
    let cosine = |other: &[f32]| vector.iter().zip(other).map(|(a, b)| a * b).sum::<f32>();
    others.into_iter().map(cosine).max_by(f32::total_cmp)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shares(candidates: &[(f32, f32)], unclassed: f32, doubt: f32) -> Vec<f32> {
        let candidates: Vec<_> = candidates.iter().map(|&(class, closeness)| Candidate { class, closeness }).collect();
        probabilities(&candidates, unclassed, doubt)
    }

    #[test]
    fn class_and_meaning_decide_together() {
        let found = shares(&[(0.9, 0.5), (0.9, 0.3), (0.0, 0.5)], 0.1, 0.05);
        assert!(found[0] > 0.8 && found[1] > found[2] && found.iter().sum::<f32>() < 1.0, "{found:?}");
        let far = shares(&[(0.0, 0.1), (0.0, 0.0)], 0.9, 0.05);
        assert!(far.iter().all(|&share| share < 0.05), "none is meant: {far:?}");
        assert_eq!(shares(&[], 1.0, 0.1), Vec::<f32>::new());
        assert!(shares(&[(0.0, 0.9)], 0.0, 0.0)[0].is_finite());
    }

    #[test]
    fn the_closest_counts() {
        let [x, y] = [[1.0, 0.0], [0.6, 0.8]];
        assert_eq!(closest(&[0.0, 1.0], [x.as_slice(), &y]), Some(0.8));
        assert_eq!(closest(&x, []), None);
    }
}

//! The course of a mood over a conversation: geometry, and the line itself.
//!
//! Good is up, the middle is a dotted line. Does not know what the points say; dots that can be focused are the
//! overlay's business.

use leptos::prelude::*;

use crate::shared::words::{mood_class, mood_of_score};

/// Space kept around the line so that dots are not cut, in CSS pixels.
pub const MARGIN_PX: f32 = 5.0;

/// The points of a course in CSS pixels, from left to right.
///
/// Scores are −1 to 1; others are brought into range, and what is no number lies in the middle. A single point lies at
/// the right end.
pub fn lay(scores: &[f32], width_px: f32, height_px: f32) -> Vec<(f32, f32)> {
    let inner_width = (width_px - 2.0 * MARGIN_PX).max(0.0);
    let inner_height = (height_px - 2.0 * MARGIN_PX).max(0.0);
    let last = scores.len().saturating_sub(1);
    scores
        .iter()
        .enumerate()
        .map(|(index, &score)| {
            let along = if last == 0 { 1.0 } else { index as f32 / last as f32 };
            let score = if score.is_finite() { score.clamp(-1.0, 1.0) } else { 0.0 };
            (MARGIN_PX + along * inner_width, MARGIN_PX + (1.0 - score) / 2.0 * inner_height)
        })
        .collect()
}

/// SVG path data of a curve through the points that never swings beyond them (Fritsch and Carlson, 1980).
pub fn curve(points: &[(f32, f32)]) -> String {
    let Some(&(x, y)) = points.first() else { return String::new() };
    let mut path = format!("M{} {}", tenth(x), tenth(y));
    let slopes = tangents(points);
    for (index, pair) in points.windows(2).enumerate() {
        let ((x0, y0), (x1, y1)) = (pair[0], pair[1]);
        let third = (x1 - x0) / 3.0;
        let numbers =
            [x0 + third, y0 + slopes[index] * third, x1 - third, y1 - slopes[index + 1] * third, x1, y1].map(tenth);
        let [a, b, c, d, e, f] = numbers;
        path.push_str(&format!("C{a} {b} {c} {d} {e} {f}"));
    }
    path
}

fn percent(at: f32, whole: f32) -> String {
    format!("{}%", tenth(100.0 * at / whole))
}

fn tenth(value: f32) -> f32 {
    (value * 10.0).round() / 10.0
}

/// One tangent for each point, flat at turning points.
fn tangents(points: &[(f32, f32)]) -> Vec<f32> {
    let secants: Vec<f32> =
        points.windows(2).map(|p| if p[1].0 > p[0].0 { (p[1].1 - p[0].1) / (p[1].0 - p[0].0) } else { 0.0 }).collect();
    (0..points.len())
        .map(|index| match (index.checked_sub(1).and_then(|i| secants.get(i)), secants.get(index)) {
            (Some(&a), Some(&b)) if a * b > 0.0 => 2.0 * a * b / (a + b),
            (None, Some(&only)) | (Some(&only), None) => only,
            _ => 0.0,
        })
        .collect()
}

/// Draws a course as a line; `dots` marks each message in its mood's colour. Give it a name in the text around it.
#[component]
pub fn CourseLine(
    #[prop(into)] scores: Signal<Vec<f32>>,
    #[prop(default = 120)] width_px: u32,
    #[prop(default = 32)] height_px: u32,
    #[prop(default = true)] dots: bool,
) -> impl IntoView {
    let (width, height) = (width_px as f32, height_px as f32);
    let points = Memo::new(move |_| lay(&scores.read(), width, height));
    let dot_views = move || {
        let points = points.get();
        let scores = scores.get();
        let last = points.len().saturating_sub(1);
        points
            .into_iter()
            .zip(scores)
            .enumerate()
            .filter(|(index, _)| dots || *index == last)
            .map(|(index, ((x, y), score))| {
                let radius = if index == last { 4 } else { 3 };
                let class = format!("course-dot {}", mood_class(mood_of_score(score)));
                view! { <circle class=class cx=percent(x, width) cy=percent(y, height) r=radius /> }
            })
            .collect_view()
    };
    view! {
        <svg class="course-line" width=width_px height=height_px aria-hidden="true" focusable="false">
            <line class="course-zero" x1="0" x2="100%" y1="50%" y2="50%" />
            // In a narrower place the line is pressed together and the dots stay round.
            <svg width="100%" height="100%" viewBox=format!("0 0 {width_px} {height_px}") preserveAspectRatio="none" overflow="visible">
                <path class="course-path" vector-effect="non-scaling-stroke" d=move || curve(&points.read()) />
            </svg>
            {dot_views}
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_keep_inside_the_box_in_order() {
        let check = |scores: &[f32], expected: &[(f32, f32)]| assert_eq!(lay(scores, 110.0, 30.0), expected);
        check(&[], &[]);
        check(&[1.0], &[(105.0, 5.0)]);
        check(&[-1.0, 0.0, 1.0], &[(5.0, 25.0), (55.0, 15.0), (105.0, 5.0)]);
        check(&[9.0, f32::NAN], &[(5.0, 5.0), (105.0, 15.0)]);
        let many: Vec<f32> = (0..500).map(|i| (i as f32).sin()).collect();
        let laid = lay(&many, 312.0, 40.0);
        assert!(laid.windows(2).all(|p| p[0].0 < p[1].0));
        assert!(laid.iter().all(|&(x, y)| (5.0..=307.0).contains(&x) && (5.0..=35.0).contains(&y)));
        lay(&[0.0], 2.0, 2.0);
    }

    #[test]
    fn the_curve_passes_through_its_points_and_does_not_swing_beyond() {
        assert_eq!(curve(&[]), "");
        assert_eq!(curve(&[(5.0, 5.0)]), "M5 5");
        assert_eq!(curve(&[(0.0, 0.0), (30.0, 30.0)]), "M0 0C10 10 20 20 30 30");
        assert_eq!(tangents(&[(0.0, 0.0), (1.0, 5.0), (2.0, 0.0)]), [5.0, 0.0, -5.0]);
    }
}

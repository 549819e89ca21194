//! Kernel ridge regression of 0/1 targets (the mean of a Gaussian process, Rasmussen & Williams 2006, ch. 2).
//!
//! One more example adds one row to the Cholesky factor. Knows likenesses and classes, nothing of what they are of.

/// Added to the diagonal: how little a single example is trusted.
const NOISE: f64 = 0.05;

/// Likeness falls by this, in powers of e, from the same message to one that shares nothing.
const FALL: f32 = 2.0;

/// A radial kernel on the unit sphere; 1 for the same message.
pub fn likeness(closeness: f32) -> f32 {
    (FALL * (closeness - 1.0)).exp()
}

/// A lower triangle, row by row; row `i` has `i + 1` numbers.
#[derive(Debug, Default)]
pub struct Kernel {
    likenesses: Vec<Vec<f32>>,
    factor: Vec<Vec<f64>>,
}

impl Kernel {
    pub fn len(&self) -> usize {
        self.factor.len()
    }

    /// Adds an example by its likeness to each that is there; to itself it is 1.
    pub fn push(&mut self, mut likenesses: Vec<f32>) {
        likenesses.push(1.0);
        self.factor.push(next_row(&self.factor, &likenesses));
        self.likenesses.push(likenesses);
    }

    pub fn remove(&mut self, index: usize) {
        self.likenesses.remove(index);
        self.factor.truncate(index);
        for row in &mut self.likenesses[index..] {
            row.remove(index);
        }
        for row in &self.likenesses[index..] {
            self.factor.push(next_row(&self.factor, row));
        }
    }

    /// [examples, classes]: what each example adds to a class, by its likeness to a message. `class_of[i]` is of example `i`.
    pub fn solve(&self, class_of: &[usize], classes: usize) -> Vec<f32> {
        let n = self.len();
        let mut weights = vec![0.0f64; n * classes];
        for (i, &class) in class_of.iter().enumerate() {
            weights[i * classes + class] = 1.0;
        }
        for i in 0..n {
            for j in 0..i {
                subtract(&mut weights, classes, i, j, self.factor[i][j]);
            }
            scale(&mut weights, classes, i, self.factor[i][i]);
        }
        for i in (0..n).rev() {
            scale(&mut weights, classes, i, self.factor[i][i]);
            for j in 0..i {
                subtract(&mut weights, classes, j, i, self.factor[i][j]);
            }
        }
        weights.into_iter().map(|weight| weight as f32).collect()
    }
}

/// The row of the factor that belongs to the next row of likenesses.
fn next_row(factor: &[Vec<f64>], likenesses: &[f32]) -> Vec<f64> {
    let mut row: Vec<f64> = Vec::with_capacity(likenesses.len());
    for (above, &likeness) in factor.iter().zip(likenesses) {
        let known = dot(&row, above);
        row.push((f64::from(likeness) - known) / above[row.len()]);
    }
    let own = likenesses.last().map_or(1.0, |&own| f64::from(own)) + NOISE - dot(&row, &row);
    row.push(own.max(NOISE).sqrt());
    row
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    const LANES: usize = 4;
    let (mut sums, b) = ([0.0; LANES], &b[..a.len()]);
    let (a, b) = (a.chunks_exact(LANES), b.chunks_exact(LANES));
    let rest: f64 = a.remainder().iter().zip(b.remainder()).map(|(x, y)| x * y).sum();
    for (a, b) in a.zip(b) {
        sums.iter_mut().zip(a.iter().zip(b)).for_each(|(sum, (x, y))| *sum += x * y);
    }
    sums.iter().sum::<f64>() + rest
}

/// Row `to` −= `factor` · row `from`.
fn subtract(rows: &mut [f64], width: usize, to: usize, from: usize, factor: f64) {
    let (low, high) = (to.min(from), to.max(from));
    let (head, tail) = rows.split_at_mut(high * width);
    let (low, high) = (&mut head[low * width..][..width], &mut tail[..width]);
    let (to, from) = if to < from { (low, high) } else { (high, low) };
    to.iter_mut().zip(from).for_each(|(to, from)| *to -= factor * *from);
}

fn scale(rows: &mut [f64], width: usize, at: usize, by: f64) {
    rows[at * width..][..width].iter_mut().for_each(|x| *x /= by);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(i: usize, j: usize) -> f32 {
        (-((i as f32 - j as f32).powi(2)) / 4.0).exp()
    }

    fn kernel(points: &[usize]) -> Kernel {
        let mut kernel = Kernel::default();
        for (n, &i) in points.iter().enumerate() {
            kernel.push(points[..n].iter().map(|&j| near(i, j)).collect());
        }
        kernel
    }

    #[test]
    fn the_equations_are_solved() {
        let points = [0, 1, 4, 9, 10, 11, 12];
        let class_of = [0, 0, 1, 2, 2, 2, 1];
        let weights = kernel(&points).solve(&class_of, 3);
        for (n, &i) in points.iter().enumerate() {
            for class in 0..3 {
                let sum: f32 = points.iter().enumerate().map(|(m, &j)| near(i, j) * weights[m * 3 + class]).sum();
                let target = f32::from(u8::from(class_of[n] == class));
                assert!((sum + NOISE as f32 * weights[n * 3 + class] - target).abs() < 1e-4);
            }
        }
    }

    #[test]
    fn what_is_removed_leaves_no_trace() {
        let mut shrunk = kernel(&[3, 0, 1, 4]);
        shrunk.remove(0);
        assert_eq!(shrunk.solve(&[0, 0, 1], 2), kernel(&[0, 1, 4]).solve(&[0, 0, 1], 2));
        (0..3).for_each(|_| shrunk.remove(0));
        assert!(shrunk.solve(&[], 2).is_empty() && shrunk.len() == 0);
    }

    #[test]
    fn the_same_example_twice_is_survived() {
        let weights = kernel(&[5, 5, 5]).solve(&[0, 1, 0], 2);
        assert!(weights.iter().all(|weight| weight.is_finite()), "{weights:?}");
    }
}

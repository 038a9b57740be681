//! Limited-memory BFGS (Liu and Nocedal, *On the limited memory BFGS method for large scale
//! optimization*, 1989) for smooth convex functions of many variables, with a backtracking line
//! search. The same function gives the same steps whatever the number of threads: sums run over
//! blocks of fixed size and are added up in order.

use rayon::iter::{IndexedParallelIterator, ParallelIterator};
use rayon::slice::{ParallelSlice, ParallelSliceMut};

/// Pairs of differences that are kept.
const MEMORY: usize = 6;
/// Variables a block.
const BLOCK: usize = 1 << 16;
/// Share of the promised decrease that a step must give.
const ARMIJO: f64 = 1e-4;
/// Halvings of a step before the search gives up.
const HALVINGS: usize = 20;
/// The search ends when ten iterations together lower the value by less than this share.
const TOLERANCE: f64 = 5e-4;

fn dot(a: &[f64], b: &[f64]) -> f64 {
    let blocks: Vec<f64> = a
        .par_chunks(BLOCK)
        .zip(b.par_chunks(BLOCK))
        .map(|(a, b)| a.iter().zip(b).map(|(a, b)| a * b).sum())
        .collect();
    blocks.iter().sum()
}

/// `y += factor * x`
fn add(y: &mut [f64], factor: f64, x: &[f64]) {
    y.par_chunks_mut(BLOCK).zip(x.par_chunks(BLOCK)).for_each(|(y, x)| {
        y.iter_mut().zip(x).for_each(|(y, x)| *y += factor * x);
    });
}

/// Minimises a function. `evaluate` gives its value and writes its gradient; `progress` sees the
/// number and the value of every iteration.
pub fn minimise(
    point: &mut Vec<f64>,
    iterations: usize,
    evaluate: &mut dyn FnMut(&[f64], &mut [f64]) -> f64,
    progress: &mut dyn FnMut(usize, f64),
) {
    let size = point.len();
    let mut gradient = vec![0.0; size];
    let mut value = evaluate(point, &mut gradient);
    let mut pairs: Vec<(Vec<f64>, Vec<f64>, f64)> = Vec::new();
    let mut history = vec![value];
    let (mut next, mut next_gradient) = (vec![0.0; size], vec![0.0; size]);
    for iteration in 1..=iterations {
        let mut direction: Vec<f64> = gradient.iter().map(|g| -g).collect();
        let mut factors = Vec::with_capacity(pairs.len());
        for (step, change, curvature) in pairs.iter().rev() {
            let factor = dot(step, &direction) / curvature;
            add(&mut direction, -factor, change);
            factors.push(factor);
        }
        if let Some((_, change, curvature)) = pairs.last() {
            let scale = curvature / dot(change, change);
            direction.par_chunks_mut(BLOCK).for_each(|d| d.iter_mut().for_each(|d| *d *= scale));
        }
        for ((step, change, curvature), factor) in pairs.iter().zip(factors.iter().rev()) {
            let other = dot(change, &direction) / curvature;
            add(&mut direction, factor - other, step);
        }
        let slope = dot(&direction, &gradient);
        if slope >= 0.0 {
            return;
        }
        let mut length =
            if pairs.is_empty() { 1.0 / dot(&gradient, &gradient).sqrt() } else { 1.0 };
        let mut accepted = false;
        for _ in 0..HALVINGS {
            next.copy_from_slice(point);
            add(&mut next, length, &direction);
            let next_value = evaluate(&next, &mut next_gradient);
            if next_value <= value + ARMIJO * length * slope {
                value = next_value;
                accepted = true;
                break;
            }
            length *= 0.5;
        }
        if !accepted {
            return;
        }
        let (mut step, mut change) = match pairs.len() {
            MEMORY => {
                let (step, change, _) = pairs.remove(0);
                (step, change)
            }
            _ => (vec![0.0; size], vec![0.0; size]),
        };
        step.copy_from_slice(&next);
        add(&mut step, -1.0, point);
        change.copy_from_slice(&next_gradient);
        add(&mut change, -1.0, &gradient);
        let curvature = dot(&step, &change);
        if curvature > 1e-12 {
            pairs.push((step, change, curvature));
        }
        std::mem::swap(point, &mut next);
        std::mem::swap(&mut gradient, &mut next_gradient);
        history.push(value);
        let earlier = history.len().checked_sub(11).map(|at| history[at]);
        let settled = earlier.is_some_and(|earlier| (earlier - value) / value < TOLERANCE);
        progress(iteration, value);
        if settled {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::minimise;

    #[test]
    fn a_narrow_valley_is_walked_to_its_bottom() {
        // Rosenbrock's function; its least value lies at (1, 1).
        let mut point = vec![-1.2, 1.0];
        let mut evaluate = |p: &[f64], gradient: &mut [f64]| {
            let (a, b) = (1.0 - p[0], p[1] - p[0] * p[0]);
            gradient[0] = -2.0 * a - 400.0 * p[0] * b;
            gradient[1] = 200.0 * b;
            // One is added so that the relative decrease makes sense near the bottom.
            1.0 + a * a + 100.0 * b * b
        };
        minimise(&mut point, 200, &mut evaluate, &mut |_, _| {});
        assert!(point.iter().all(|x| (x - 1.0).abs() < 0.05), "{point:?}");
    }
}

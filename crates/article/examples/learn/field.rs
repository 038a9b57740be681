//! A conditional random field over two labels, trained by gradient descent with momentum and
//! adapted rates (Adam; Kingma and Ba, 2015), over batches in a fixed order.

use nukil_article::learning::CUTS;

const EPOCHS: usize = 40;
const BATCH: usize = 16;
const RATE: f64 = 0.03;

/// The units of one article.
pub struct Sequence {
    pub cuts: Vec<usize>,
    pub features: Vec<Vec<usize>>,
    pub edges: Vec<Vec<usize>>,
    /// Whether a unit is furniture, where it counts.
    pub labels: Vec<Option<bool>>,
}

/// What was learned.
pub struct Field {
    pub weights: Vec<f64>,
    /// Furniture after prose, after furniture, and prose after furniture, by cut.
    pub changes: [[f64; 3]; CUTS],
}

impl Field {
    /// Learns a weight for every feature; `priors` are the strengths of their Gaussian priors.
    pub fn train(sequences: &[Sequence], priors: &[f64], sparse: f64) -> Self {
        let size = priors.len();
        let all = size + 3 * CUTS;
        let mut point = vec![0.0; all];
        let (mut mean, mut square) = (vec![0.0; all], vec![0.0; all]);
        let mut gradient = vec![0.0; all];
        let mut sum = vec![0.0; all];
        let (mut step, mut summed) = (0, 0);
        let share = BATCH as f64 / sequences.len() as f64;
        for epoch in 0..EPOCHS {
            let rate = RATE / (1.0 + epoch as f64 / 8.0);
            let batches = sequences.len().div_ceil(BATCH);
            for batch in 0..batches {
                gradient.fill(0.0);
                // Every batch has articles from all over the collection.
                for sequence in sequences.iter().skip(batch).step_by(batches) {
                    accumulate(sequence, size, &point, &mut gradient);
                }
                step += 1;
                let (one, two) = (1.0 - 0.9_f64.powi(step), 1.0 - 0.999_f64.powi(step));
                for at in 0..all {
                    let slope =
                        gradient[at] + priors.get(at).copied().unwrap_or(0.1) * share * point[at];
                    mean[at] = 0.9 * mean[at] + 0.1 * slope;
                    square[at] = 0.999 * square[at] + 0.001 * slope * slope;
                    let rate = rate / ((square[at] / two).sqrt() + 1e-8);
                    point[at] -= rate * mean[at] / one;
                    if at < size {
                        // The Laplacian prior: what it pulls over zero stays there.
                        let pull = rate * sparse * share;
                        point[at] = point[at].signum() * (point[at].abs() - pull).max(0.0);
                    }
                }
            }
            // The mean over the last quarter is steadier than the end.
            if epoch * 4 >= EPOCHS * 3 {
                summed += 1;
                sum.iter_mut().zip(&point).for_each(|(sum, point)| *sum += point);
            }
        }
        sum.iter_mut().for_each(|sum| *sum /= f64::from(summed));
        let mut changes = [[0.0; 3]; CUTS];
        for (cut, change) in changes.iter_mut().enumerate() {
            change.copy_from_slice(&sum[size + 3 * cut..size + 3 * cut + 3]);
        }
        sum.truncate(size);
        Field { weights: sum, changes }
    }
}

/// Adds the gradient of the negative log-likelihood of a sequence: expected counts of all labellings,
/// less those of the labellings that agree with the gold.
fn accumulate(sequence: &Sequence, size: usize, point: &[f64], gradient: &mut [f64]) {
    let total = |features: &[usize]| features.iter().map(|&at| point[at]).sum::<f64>();
    let own: Vec<f64> = sequence.features.iter().map(|features| total(features)).collect();
    let edge: Vec<f64> = sequence.edges.iter().map(|features| total(features)).collect();
    for (sign, gold) in [(1.0, false), (-1.0, true)] {
        let allowed = |at: usize, label: usize| {
            !gold || sequence.labels[at].is_none_or(|gold| usize::from(gold) == label)
        };
        let count = own.len();
        let scores = |at: usize| {
            let change = size + 3 * sequence.cuts[at];
            let mut scores = [
                [0.0, own[at] + point[change]],
                [edge[at] + point[change + 2], own[at] + point[change + 1]],
            ];
            for row in &mut scores {
                for (label, score) in row.iter_mut().enumerate() {
                    if !allowed(at, label) {
                        *score = f64::NEG_INFINITY;
                    }
                }
            }
            scores
        };
        let mut forward = vec![[0.0; 2]; count + 1];
        forward[0] = [0.0, f64::NEG_INFINITY];
        for at in 0..count {
            let scores = scores(at);
            for label in 0..2 {
                forward[at + 1][label] =
                    join(forward[at][0] + scores[0][label], forward[at][1] + scores[1][label]);
            }
        }
        let all = join(forward[count][0], forward[count][1]);
        let mut backward = [0.0; 2];
        for at in (0..count).rev() {
            let scores = scores(at);
            let mut before = [f64::NEG_INFINITY; 2];
            for from in 0..2 {
                for to in 0..2 {
                    let path = scores[from][to] + backward[to];
                    before[from] = join(before[from], path);
                    let expected = sign * (forward[at][from] + path - all).exp();
                    if expected == 0.0 || expected.is_nan() {
                        continue;
                    }
                    let change = size + 3 * sequence.cuts[at];
                    match (from, to) {
                        (0, 1) => gradient[change] += expected,
                        (1, 1) => gradient[change + 1] += expected,
                        (1, 0) => {
                            gradient[change + 2] += expected;
                            sequence.edges[at].iter().for_each(|&at| gradient[at] += expected);
                        }
                        _ => {}
                    }
                    if to == 1 {
                        sequence.features[at].iter().for_each(|&at| gradient[at] += expected);
                    }
                }
            }
            backward = before;
        }
    }
}

fn join(a: f64, b: f64) -> f64 {
    let (high, low) = if a > b { (a, b) } else { (b, a) };
    if low == f64::NEG_INFINITY { high } else { high + (low - high).exp().ln_1p() }
}

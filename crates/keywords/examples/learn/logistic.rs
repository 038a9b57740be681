//! Logistic regression by Newton's method (iteratively reweighted least squares), with a ridge.

use nukil_keywords::{Feature, Features, Weights};

const FEATURES: usize = Feature::ALL.len();
/// Features and the constant term.
const SIZE: usize = FEATURES + 1;
/// Strength of the ridge, on features of unit variance. From 1 to 30 the measured F1 hardly moves.
const RIDGE: f64 = 10.0;
/// Newton's steps; the sums settle after about eight.
const STEPS: usize = 12;

/// Fits weights to rows of evidence, each with whether its candidate is a keyword.
pub(crate) fn fit(rows: &[(Features, bool)]) -> Weights {
    let count = rows.len().max(1) as f64;
    let mut mean = [0.0; FEATURES];
    let mut deviation = [0.0; FEATURES];
    for (features, _) in rows {
        for (sum, value) in mean.iter_mut().zip(features) {
            *sum += value / count;
        }
    }
    for (features, _) in rows {
        for at in 0..FEATURES {
            deviation[at] += (features[at] - mean[at]).powi(2) / count;
        }
    }
    // A feature that never varies says nothing; its scaled value is 0 and so is its weight.
    let scale = deviation
        .map(|variance: f64| if variance > 1e-12 { variance.sqrt() } else { f64::INFINITY });

    let mut beta = [0.0; SIZE];
    for _ in 0..STEPS {
        let mut gradient = [0.0; SIZE];
        let mut hessian = [[0.0; SIZE]; SIZE];
        for &(ref features, chosen) in rows {
            let mut x = [1.0; SIZE];
            for at in 0..FEATURES {
                x[at] = (features[at] - mean[at]) / scale[at];
            }
            let sum: f64 = x.iter().zip(&beta).map(|(value, weight)| value * weight).sum();
            let probability = 1.0 / (1.0 + (-sum).exp());
            let slope = (probability * (1.0 - probability)).max(1e-9);
            for at in 0..SIZE {
                gradient[at] += (f64::from(u8::from(chosen)) - probability) * x[at];
                let weighted = slope * x[at];
                for other in 0..=at {
                    hessian[at][other] += weighted * x[other];
                }
            }
        }
        for at in 0..FEATURES {
            gradient[at] -= RIDGE * beta[at];
            hessian[at][at] += RIDGE;
        }
        hessian[FEATURES][FEATURES] += 1e-9;
        let step = solve(hessian, gradient);
        for (weight, change) in beta.iter_mut().zip(step) {
            *weight += change;
        }
    }

    let mut values = [0.0; FEATURES];
    let mut bias = beta[FEATURES];
    for at in 0..FEATURES {
        values[at] = beta[at] / scale[at];
        bias -= values[at] * mean[at];
    }
    Weights::new(bias, values)
}

/// Solves a positive definite system, of which the lower half is given, by Cholesky's method.
fn solve(mut matrix: [[f64; SIZE]; SIZE], mut right: [f64; SIZE]) -> [f64; SIZE] {
    for row in 0..SIZE {
        for column in 0..=row {
            let dot: f64 = (0..column).map(|at| matrix[row][at] * matrix[column][at]).sum();
            let rest = matrix[row][column] - dot;
            matrix[row][column] =
                if row == column { rest.max(1e-12).sqrt() } else { rest / matrix[column][column] };
        }
    }
    for row in 0..SIZE {
        let dot: f64 = (0..row).map(|at| matrix[row][at] * right[at]).sum();
        right[row] = (right[row] - dot) / matrix[row][row];
    }
    for row in (0..SIZE).rev() {
        let dot: f64 = (row + 1..SIZE).map(|at| matrix[at][row] * right[at]).sum();
        right[row] = (right[row] - dot) / matrix[row][row];
    }
    right
}

//! How far scores can be trusted: a line on which the log odds of a label are put, so that of names
//! with a score of 0.9 nine in ten are right (Platt, *Probabilistic Outputs for Support Vector
//! Machines*, 1999).

use crate::lbfgs;

/// The most by which log odds are told apart.
const MOST: f64 = 12.0;
/// How firmly a line is held to the one that changes nothing, in examples.
const PRIOR: f64 = 4.0;
const ITERATIONS: usize = 50;

/// A line for the log odds of the scores of a label.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    /// What one more in the log odds of the score adds.
    pub slope: f64,
    /// What is added to all.
    pub offset: f64,
}

/// The line that changes nothing.
impl Default for Line {
    fn default() -> Self {
        Line { slope: 1.0, offset: 0.0 }
    }
}

impl Line {
    /// The line under which scores, each with whether its name is right, are likeliest.
    pub fn fit(examples: &[(f64, bool)]) -> Self {
        let odds: Vec<(f64, bool)> =
            examples.iter().map(|&(score, right)| (log_odds(score), right)).collect();
        let mut point = vec![1.0, 0.0];
        let mut evaluate = |point: &[f64], slopes: &mut [f64]| {
            let (slope, offset) = (point[0], point[1]);
            slopes[0] = PRIOR * (slope - 1.0);
            slopes[1] = PRIOR * offset;
            let mut loss = 0.5 * PRIOR * ((slope - 1.0).powi(2) + offset.powi(2));
            for &(odds, right) in &odds {
                let sum = slope * odds + offset;
                loss += (if right { -sum } else { sum }).exp().ln_1p();
                let error = share(sum) - f64::from(u8::from(right));
                slopes[0] += error * odds;
                slopes[1] += error;
            }
            loss
        };
        lbfgs::minimise(&mut point, ITERATIONS, &mut evaluate, &mut |_, _| {});
        Line { slope: point[0], offset: point[1] }
    }

    /// A score on the line.
    pub fn of(self, score: f64) -> f64 {
        share(self.slope * log_odds(score) + self.offset)
    }
}

fn log_odds(score: f64) -> f64 {
    (score / (1.0 - score)).ln().clamp(-MOST, MOST)
}

fn share(log_odds: f64) -> f64 {
    1.0 / (1.0 + (-log_odds).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_that_are_too_sure_are_taken_down() {
        // Of a thousand names with a score of 0.99, nine in ten are right.
        let mut examples: Vec<(f64, bool)> = (0..1000).map(|at| (0.99, at % 10 > 0)).collect();
        // Of a thousand with 0.5, half.
        examples.extend((0..1000).map(|at| (0.5, at % 2 > 0)));
        let line = Line::fit(&examples);
        assert!((line.of(0.99) - 0.9).abs() < 0.01, "{}", line.of(0.99));
        assert!((line.of(0.5) - 0.5).abs() < 0.01, "{}", line.of(0.5));
        assert!(line.of(1.0) < 1.0 && line.of(0.0) > 0.0);
    }

    #[test]
    fn without_examples_nothing_changes() {
        for score in [0.1, 0.5, 0.97] {
            assert!((Line::fit(&[]).of(score) - score).abs() < 1e-12);
        }
    }
}

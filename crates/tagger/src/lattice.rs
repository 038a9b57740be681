//! Sums over all labellings of a sentence: the forward-backward algorithm in probability space
//! with scaling (Rabiner, *A Tutorial on Hidden Markov Models*, 1989, V.A; for conditional random
//! fields Lafferty, McCallum and Pereira, 2001).

use std::ops::Range;

use wide::f64x8;

use crate::labels::Labels;
use crate::model::LANES;

/// Potentials of the transitions.
pub(crate) struct Transitions {
    labels: usize,
    /// Padded number of labels.
    width: usize,
    /// Those from one label side by side, and those to one label.
    outgoing: Vec<f64>,
    incoming: Vec<f64>,
}

impl Transitions {
    /// Those of these potentials (not scores), a row of `labels` for each label before.
    pub(crate) fn new(labels: usize, potentials: &[f64]) -> Self {
        let width = labels.next_multiple_of(LANES);
        let (mut outgoing, mut incoming) = (vec![0.0; labels * width], vec![0.0; labels * width]);
        for from in 0..labels {
            for to in 0..labels {
                let potential = potentials[from * labels + to];
                (outgoing[from * width + to], incoming[to * width + from]) = (potential, potential);
            }
        }
        Transitions { labels, width, outgoing, incoming }
    }

    fn get(&self, from: usize, to: usize) -> f64 {
        self.outgoing[from * self.width + to]
    }
}

/// Buffers for one sentence, and what was computed for the last one. Rows of labels are padded to
/// whole lanes, for registers; no transition leads into the padding.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lattice {
    width: usize,
    length: usize,
    /// Potentials of the nodes, each token's greatest scaled to 1.
    nodes: Vec<f64>,
    alpha: Vec<f64>,
    beta: Vec<f64>,
    scale: Vec<f64>,
}

impl Lattice {
    /// Sums over the labellings of a sentence with these scores of its nodes, a row a token. Gives
    /// the logarithm of the sum, which probabilities alone do not need.
    pub(crate) fn fill(&mut self, scores: &[f64], transitions: &Transitions) -> f64 {
        let labels = transitions.labels;
        let mut sum = 0.0;
        let nodes = |at: usize, nodes: &mut [f64]| {
            let row = &scores[at * labels..][..labels];
            let greatest = row.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            sum += greatest;
            for (node, score) in nodes.iter_mut().zip(row) {
                *node = (score - greatest).exp();
            }
        };
        let length = scores.len() / labels;
        self.weigh(length, nodes, transitions, 0..length);
        self.scale.iter().fold(sum, |sum, scale| sum + scale.ln())
    }

    /// Sums over the labellings of a sentence of so many tokens, for what lies within those `asked`.
    /// `nodes` fills in the potentials of the nodes of a token, the greatest scaled to 1.
    pub(crate) fn weigh(
        &mut self,
        length: usize,
        mut nodes: impl FnMut(usize, &mut [f64]),
        transitions: &Transitions,
        asked: Range<usize>,
    ) {
        let width = transitions.width;
        (self.width, self.length) = (width, length);
        self.nodes.clear();
        self.nodes.resize(length * width, 0.0);
        let rows = self.nodes.chunks_exact_mut(width).enumerate();
        rows.for_each(|(at, row)| nodes(at, row));
        // Most models know three types; where the compiler knows that, it writes no loops.
        match width {
            LANES => self.weigh_rows(LANES, transitions, asked),
            _ => self.weigh_rows(width, transitions, asked),
        }
    }

    #[inline(always)]
    fn weigh_rows(&mut self, width: usize, transitions: &Transitions, asked: Range<usize>) {
        let length = self.length;
        self.alpha.clear();
        self.alpha.resize(self.nodes.len(), 0.0);
        self.scale.clear();
        // To the token behind, at which a name ends.
        for at in 0..length.min(asked.end + 1) {
            let (done, rest) = self.alpha.split_at_mut(at * width);
            let row = &mut rest[..width];
            if at == 0 {
                for (label, value) in row.iter_mut().take(transitions.labels).enumerate() {
                    *value = f64::from(u8::from(Labels::may_begin(label)));
                }
            } else {
                let before = done[(at - 1) * width..].iter().copied();
                sum(row, before.zip(transitions.outgoing.chunks_exact(width)), |weight, row| {
                    row * weight
                });
            }
            for (values, nodes) in lanes(row).iter_mut().zip(self.nodes[at * width..].as_chunks().0)
            {
                *values = (f64x8::new(*values) * f64x8::new(*nodes)).to_array();
            }
            let scale = row.iter().sum();
            divide(row, scale);
            self.scale.push(scale);
        }
        self.beta.clear();
        self.beta.resize(self.nodes.len(), 1.0);
        for at in (asked.start..length.saturating_sub(1)).rev() {
            let (row, behind) = self.beta.split_at_mut((at + 1) * width);
            let row = &mut row[at * width..][..width];
            let behind = self.nodes[(at + 1) * width..].iter().copied().zip(behind.iter().copied());
            sum(row, behind.zip(transitions.incoming.chunks_exact(width)), |(node, beta), row| {
                row * node * beta
            });
            // Behind what is asked, any scale does.
            let scale = self.scale.get(at + 1).copied().unwrap_or_else(|| row.iter().sum());
            divide(row, scale);
        }
    }

    /// Probability of `label` at a token.
    pub(crate) fn node(&self, at: usize, label: usize) -> f64 {
        let index = at * self.width + label;
        self.alpha[index] * self.beta[index]
    }

    /// Adds `weight` times the probability of every transition of the sentence to `sums`.
    pub(crate) fn add_transitions(&self, transitions: &Transitions, weight: f64, sums: &mut [f64]) {
        let (labels, width) = (transitions.labels, self.width);
        for at in 1..self.length {
            let factor = weight / self.scale[at];
            for from in 0..labels {
                let before = self.alpha[(at - 1) * width + from] * factor;
                for to in 0..labels {
                    let index = at * width + to;
                    sums[from * labels + to] +=
                        before * transitions.get(from, to) * self.nodes[index] * self.beta[index];
                }
            }
        }
    }

    /// Probability that exactly the tokens from `start` to `end`, within those asked for, are a name
    /// whose first token bears the label `first` and whose others bear `inner`.
    pub(crate) fn stretch(
        &self,
        start: usize,
        end: usize,
        [first, inner]: [usize; 2],
        transitions: &Transitions,
    ) -> f64 {
        let (labels, width) = (transitions.labels, self.width);
        let mut probability = self.alpha[start * width + first];
        let mut label = first;
        for at in start + 1..end {
            let step = transitions.get(label, inner) * self.nodes[at * width + inner];
            probability *= step / self.scale[at];
            label = inner;
        }
        if end == self.length {
            return probability;
        }
        let leave = (0..labels).filter(|&to| to != inner).map(|to| {
            let index = end * width + to;
            transitions.get(label, to) * self.nodes[index] * self.beta[index]
        });
        let both = self.alpha[end * width..].iter().zip(&self.beta[end * width..]);
        let all: f64 = both.take(labels).map(|(alpha, beta)| alpha * beta).sum();
        probability * leave.sum::<f64>() / (self.scale[end] * all)
    }
}

/// Sets a row to the sum of what is made of each of these rows and what goes with it.
#[inline(always)]
fn sum<'r, W>(
    row: &mut [f64],
    rows: impl Iterator<Item = (W, &'r [f64])> + Clone,
    made: impl Fn(W, f64x8) -> f64x8,
) {
    for (at, row) in lanes(row).iter_mut().enumerate() {
        let parts =
            rows.clone().map(|(weight, row)| made(weight, f64x8::new(row.as_chunks().0[at])));
        *row = parts.fold(f64x8::ZERO, |sum, part| sum + part).to_array();
    }
}

#[inline(always)]
fn divide(row: &mut [f64], by: f64) {
    for values in lanes(row) {
        *values = (f64x8::new(*values) / by).to_array();
    }
}

/// A row in registers.
#[inline(always)]
fn lanes(row: &mut [f64]) -> &mut [[f64; LANES]] {
    row.as_chunks_mut().0
}

#[cfg(test)]
mod tests {
    use super::*;

    const LABELS: usize = 5;

    /// Scores that have no pattern.
    fn scores(length: usize) -> Vec<f64> {
        (0..length * LABELS).map(|i| ((i * 37 % 23) as f64 - 11.0) / 5.0).collect()
    }

    fn transitions() -> Transitions {
        Transitions::new(LABELS, &potentials())
    }

    fn potentials() -> Vec<f64> {
        let score = |from: usize, to: usize| ((from * 7 + to * 3) % 5) as f64 / 4.0 - 0.5;
        (0..LABELS * LABELS)
            .map(|index| {
                let (from, to) = (index / LABELS, index % LABELS);
                if Labels::may_follow(from, to) { score(from, to).exp() } else { 0.0 }
            })
            .collect()
    }

    /// Every valid labelling with its weight.
    fn all(length: usize) -> Vec<(Vec<usize>, f64)> {
        let (scores, transitions) = (scores(length), potentials());
        let mut found = Vec::new();
        for code in 0..LABELS.pow(length as u32) {
            let labels: Vec<usize> =
                (0..length).map(|at| code / LABELS.pow(at as u32) % LABELS).collect();
            let mut weight = f64::from(u8::from(Labels::may_begin(labels[0])));
            for (at, &label) in labels.iter().enumerate() {
                weight *= scores[at * LABELS + label].exp();
                if at > 0 {
                    weight *= transitions[labels[at - 1] * LABELS + label];
                }
            }
            if weight > 0.0 {
                found.push((labels, weight));
            }
        }
        found
    }

    #[test]
    fn sums_agree_with_a_count_of_all_labellings() {
        let kinds = Labels::new(["LOC", "PER"].map(String::from));
        let length = 4;
        let mut lattice = Lattice::default();
        let logarithm = lattice.fill(&scores(length), &transitions());
        let all = all(length);
        let sum: f64 = all.iter().map(|(_, weight)| weight).sum();
        assert!((logarithm - sum.ln()).abs() < 1e-9);
        let share = |holds: &dyn Fn(&[usize]) -> bool| {
            all.iter().filter(|(labels, _)| holds(labels)).map(|(_, w)| w).sum::<f64>() / sum
        };
        for at in 0..length {
            for label in 0..LABELS {
                let expected = share(&|labels| labels[at] == label);
                assert!((lattice.node(at, label) - expected).abs() < 1e-9);
            }
        }
        for start in 0..length {
            for end in start + 1..=length {
                for kind in 0..LABELS / 2 {
                    let expected = share(&|labels| {
                        let found = kinds.stretches(labels);
                        found.iter().any(|s| (s.start, s.end, s.kind) == (start, end, kind))
                    });
                    let got =
                        lattice.stretch(start, end, [2 * kind + 1, 2 * kind + 2], &transitions());
                    assert!((got - expected).abs() < 1e-9, "{start}..{end} {kind}");
                }
            }
        }
        for start in 0..length {
            for end in start + 1..=length {
                let mut near = Lattice::default();
                let nodes = |at: usize, nodes: &mut [f64]| {
                    nodes.copy_from_slice(&lattice.nodes[at * LANES..][..LANES]);
                };
                near.weigh(length, nodes, &transitions(), start..end);
                let [all, near] =
                    [&lattice, &near].map(|it| it.stretch(start, end, [3, 4], &transitions()));
                assert!((all - near).abs() < 1e-12, "{start}..{end}");
            }
        }
        let mut sums = [0.0; LABELS * LABELS];
        lattice.add_transitions(&transitions(), 1.0, &mut sums);
        for (index, got) in sums.iter().enumerate() {
            let pair = [index / LABELS, index % LABELS];
            let expected: f64 =
                (1..length).map(|at| share(&|labels| labels[at - 1..=at] == pair)).sum();
            assert!((got - expected).abs() < 1e-9);
        }
    }
}

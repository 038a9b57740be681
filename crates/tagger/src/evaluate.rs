//! How right predicted labels are: exact typed names, as in the conventional evaluation of
//! CoNLL-2003.

use crate::labels::{Labels, Stretch};

/// Gold and predicted names, counted.
#[derive(Clone, Debug)]
pub struct Evaluation {
    labels: Labels,
    /// A type each: right, predicted, gold.
    counts: Vec<[usize; 3]>,
    /// Tokens by gold type and predicted type; the last is none.
    confusion: Vec<Vec<usize>>,
    /// Sum of the logarithms of the probability given to what is the case.
    likelihood: f64,
    /// By tenths of the score: names, right ones, sum of the scores.
    reliability: [(usize, usize, f64); 10],
}

/// Precision, recall and F1, each from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figures {
    /// Right of those predicted.
    pub precision: f64,
    /// Right of those there are.
    pub recall: f64,
    /// Their harmonic mean.
    pub f1: f64,
    /// How many there are.
    pub gold: usize,
}

impl Evaluation {
    /// Nothing counted yet.
    pub fn new(labels: Labels) -> Self {
        let types = labels.types().len();
        Evaluation {
            labels,
            counts: vec![[0; 3]; types],
            confusion: vec![vec![0; types + 1]; types + 1],
            likelihood: 0.0,
            reliability: [(0, 0, 0.0); 10],
        }
    }

    /// Counts a sentence; `scores` has one for every predicted name, or is empty.
    pub fn add(&mut self, gold: &[usize], predicted: &[usize], scores: &[f64]) {
        let (gold_names, names) = (self.labels.stretches(gold), self.labels.stretches(predicted));
        let right = |name: &Stretch| gold_names.contains(name);
        for (index, name) in names.iter().enumerate() {
            let hit = usize::from(right(name));
            self.counts[name.kind][0] += hit;
            self.counts[name.kind][1] += 1;
            if let Some(&score) = scores.get(index) {
                let bin = &mut self.reliability[((score * 10.0) as usize).min(9)];
                *bin = (bin.0 + 1, bin.1 + hit, bin.2 + score);
                let given = if hit == 1 { score } else { 1.0 - score };
                self.likelihood += given.max(1e-9).ln();
            }
        }
        for name in &gold_names {
            self.counts[name.kind][2] += 1;
        }
        let none = self.counts.len();
        let kind = |label: usize| if label == 0 { none } else { (label - 1) / 2 };
        for (&gold, &predicted) in gold.iter().zip(predicted) {
            self.confusion[kind(gold)][kind(predicted)] += 1;
        }
    }

    /// The figures of a type.
    pub fn of(&self, kind: usize) -> Figures {
        figures(self.counts[kind])
    }

    /// The figures of all types together.
    pub fn all(&self) -> Figures {
        let mut sum = [0; 3];
        for counts in &self.counts {
            sum.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
        }
        figures(sum)
    }

    /// The types.
    pub fn labels(&self) -> &Labels {
        &self.labels
    }

    /// Tokens by gold type, then predicted type; the last row and column stand for "no name".
    pub fn confusion(&self) -> &[Vec<usize>] {
        &self.confusion
    }

    /// How well the scores tell right names from wrong ones: the sum of the logarithms of the
    /// probability given to what is the case. Greater is better, 0 the most.
    pub fn likelihood(&self) -> f64 {
        self.likelihood
    }

    /// For each tenth of the score from 0 to 1: how many names, the mean of their scores, and the
    /// share of them that is right; nothing where there is no name.
    pub fn reliability(&self) -> [Option<(usize, f64, f64)>; 10] {
        self.reliability.map(|(names, right, sum)| {
            (names > 0).then(|| (names, sum / names as f64, right as f64 / names as f64))
        })
    }
}

fn figures([right, predicted, gold]: [usize; 3]) -> Figures {
    let share = |of: usize| if of == 0 { 0.0 } else { right as f64 / of as f64 };
    let (precision, recall) = (share(predicted), share(gold));
    let sum = precision + recall;
    let f1 = if sum == 0.0 { 0.0 } else { 2.0 * precision * recall / sum };
    Figures { precision, recall, f1, gold }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_counts_when_its_ends_and_its_type_are_right() {
        let mut evaluation = Evaluation::new(Labels::new(["LOC", "PER"].map(String::from)));
        // Gold: PER over two tokens, LOC; predicted: PER over one of them, LOC, and one too many.
        evaluation.add(&[3, 4, 0, 1, 0], &[3, 0, 0, 1, 1], &[0.95, 0.91, 0.2]);
        let all = evaluation.all();
        assert_eq!((all.precision, all.recall, all.gold), (1.0 / 3.0, 0.5, 2));
        assert_eq!(evaluation.of(0).precision, 0.5);
        assert_eq!(evaluation.of(1).f1, 0.0);
        assert_eq!(evaluation.confusion()[1], [0, 1, 1]);
        assert_eq!(evaluation.reliability()[9].unwrap().0, 2);
        assert_eq!(evaluation.reliability()[2].unwrap().2, 0.0);
    }
}

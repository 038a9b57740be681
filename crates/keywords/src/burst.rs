//! When a keyword of a collection came up in a burst.
//!
//! The two-state automaton of Kleinberg, "Bursty and hierarchical structure in streams" (2002), for
//! documents that arrive in batches, here all of one day or week. In the lower state a keyword comes
//! up at its average rate, in the upper at twice that; going up costs the logarithm of the number of
//! batches. The cheapest sequence of states is found by Viterbi's algorithm.

use std::ops::Range;

/// How much higher the rate of the upper state is.
const SCALE: f64 = 2.0;

/// The documents of one day or week.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Batch {
    /// Those with the keyword.
    pub relevant: u32,
    /// All of them; at least one.
    pub total: u32,
}

/// The heaviest burst in batches in the order of time: which of them, and its weight, by how much
/// it is cheaper there to be in the upper state. Of equal ones the first.
pub(crate) fn heaviest(batches: &[Batch]) -> Option<(Range<usize>, f64)> {
    let sum = |of: fn(&Batch) -> u32| batches.iter().map(|batch| f64::from(of(batch))).sum::<f64>();
    let (relevant, total) = (sum(|batch| batch.relevant), sum(|batch| batch.total));
    let low = relevant / total;
    let high = SCALE * low;
    // At an average of a half and more nothing can be twice as frequent.
    if !(low > 0.0 && high < 1.0) {
        return None;
    }
    // What a batch saves in the upper state. The binomial coefficient is the same in both.
    let gain = |batch: &Batch| {
        let (with, without) =
            (f64::from(batch.relevant), f64::from(batch.total) - f64::from(batch.relevant));
        with * SCALE.ln() + without * ((1.0 - high) / (1.0 - low)).ln()
    };
    let climb = (batches.len() as f64).ln();
    let mut best: Option<(Range<usize>, f64)> = None;
    for stretch in upper_states(batches.iter().map(gain), climb) {
        let weight = batches[stretch.clone()].iter().map(gain).sum::<f64>();
        if weight > 0.0 && best.as_ref().is_none_or(|(_, most)| weight > *most) {
            best = Some((stretch, weight));
        }
    }
    best
}

/// The stretches that the best sequence of states spends in the upper one.
fn upper_states(gains: impl Iterator<Item = f64>, climb: f64) -> Vec<Range<usize>> {
    // Savings of the best sequence that ends in either state, and for every batch where that sequence
    // was before: in the upper state, if it ends in the lower, and if it ends in the upper.
    let (mut lower, mut upper) = (0.0_f64, f64::NEG_INFINITY);
    let mut from_upper: Vec<(bool, bool)> = Vec::new();
    for gain in gains {
        let (fell, stayed) = (upper > lower, upper >= lower - climb);
        let before = if stayed { upper } else { lower - climb };
        lower = lower.max(upper);
        upper = before + gain;
        from_upper.push((fell, stayed));
    }
    let mut stretches: Vec<Range<usize>> = Vec::new();
    let mut high = upper > lower;
    for (at, &(fell, stayed)) in from_upper.iter().enumerate().rev() {
        if high {
            match stretches.last_mut() {
                Some(stretch) if stretch.start == at + 1 => stretch.start = at,
                _ => stretches.push(at..at + 1),
            }
        }
        high = if high { stayed } else { fell };
    }
    stretches.reverse();
    stretches
}

#[cfg(test)]
mod tests {
    use super::*;

    fn batches(relevant: &[u32], total: u32) -> Vec<Batch> {
        relevant.iter().map(|&relevant| Batch { relevant, total }).collect()
    }

    #[test]
    fn a_burst_stands_out() {
        let calm = batches(&[1, 0, 1, 1, 0, 1, 0, 1, 1, 0], 50);
        assert_eq!(heaviest(&calm), None);
        let flood = batches(&[1, 0, 1, 9, 12, 8, 0, 1, 1, 0], 50);
        let (days, weight) = heaviest(&flood).unwrap();
        assert_eq!(days, 3..6);
        assert!(weight > 5.0);
    }

    #[test]
    fn the_heavier_of_two_bursts_is_told_and_of_equal_ones_the_first() {
        let two = batches(&[0, 5, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0], 50);
        assert_eq!(heaviest(&two).unwrap().0, 8..9);
        let equal = batches(&[0, 9, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0], 50);
        assert_eq!(heaviest(&equal).unwrap().0, 1..2);
    }

    #[test]
    fn more_documents_on_a_day_are_no_burst() {
        let mut days = batches(&[1, 1, 1, 1, 1, 1], 20);
        days[3] = Batch { relevant: 10, total: 200 };
        assert_eq!(heaviest(&days), None);
    }

    #[test]
    fn a_keyword_of_nearly_all_documents_has_no_burst() {
        assert_eq!(heaviest(&batches(&[4, 5, 4, 5], 5)), None);
        assert_eq!(heaviest(&[]), None);
    }
}

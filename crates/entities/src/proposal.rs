//! What the rules propose, and the choice among it.

use std::ops::Range;

use nukil_types::{Label, MentionSource};

use crate::rules::ASSERTED;

/// A stretch of tokens that may be a name of a kind.
#[derive(Clone, Debug)]
pub(crate) struct Proposal {
    pub tokens: Range<usize>,
    pub label: Label,
    /// Evidence for it over "no name", summed over its tokens; only positive proposals count.
    pub weight: f64,
    pub found_by: MentionSource,
}

impl Proposal {
    /// Whether a gazetteer of the user's asserts it.
    pub fn is_asserted(&self) -> bool {
        self.weight >= ASSERTED
    }

    /// Whether this is a place of the gazetteer that holds these tokens and more: "Selandia Baru"
    /// holds "Selandia".
    pub fn holds_place(&self, tokens: &Range<usize>) -> bool {
        self.label == Label::Location
            && self.found_by == MentionSource::Gazetteer
            && self.tokens.start <= tokens.start
            && tokens.end <= self.tokens.end
            && tokens.len() < self.tokens.len()
    }

    /// The score of the mention. The tagger gives a probability; the weight of a rule becomes a
    /// score between one half and one.
    pub fn score(&self) -> f64 {
        match self.found_by {
            MentionSource::Tagger => self.weight,
            _ if self.is_asserted() => 1.0,
            _ => (1.0 - 0.5 * (-1.5 * self.weight).exp()).min(0.99),
        }
    }
}

/// The proposals that do not overlap and have the greatest weight in sum, in text order.
///
/// Weighted interval scheduling by dynamic programming over token positions (Kleinberg and
/// Tardos, *Algorithm Design*, 6.1). Ties go to the proposal that was made first.
pub(crate) fn choose(proposals: &mut Vec<Proposal>, scratch: &mut Vec<(f64, usize)>) {
    proposals.retain(|proposal| proposal.weight > 0.0);
    if proposals.is_empty() {
        return;
    }
    // Stable: the order in which the rules proposed breaks ties.
    proposals.sort_by_key(|proposal| (proposal.tokens.end, proposal.tokens.start));
    const NONE: usize = usize::MAX;
    scratch.clear();
    // scratch[i]: best sum over the first i proposals, and the proposal that ends it.
    scratch.push((0.0, NONE));
    for index in 0..proposals.len() {
        let start = proposals[index].tokens.start;
        let before = proposals[..index].partition_point(|other| other.tokens.end <= start);
        let sum = scratch[before].0 + proposals[index].weight;
        let skip = scratch[index].0;
        scratch.push(if sum > skip { (sum, before) } else { (skip, NONE) });
    }
    let mut index = proposals.len();
    let mut kept = 0;
    while index > 0 {
        let before = scratch[index].1;
        if before == NONE {
            index -= 1;
        } else {
            kept += 1;
            proposals[index - 1].weight = -proposals[index - 1].weight;
            index = before;
        }
    }
    // Chosen proposals carry the mark of a negative weight, which no other has here.
    proposals.retain(|proposal| proposal.weight < 0.0);
    debug_assert_eq!(proposals.len(), kept);
    for proposal in proposals {
        proposal.weight = -proposal.weight;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(proposals: &[(Range<usize>, f64)]) -> Vec<Range<usize>> {
        let mut all: Vec<Proposal> = proposals
            .iter()
            .map(|(tokens, weight)| Proposal {
                tokens: tokens.clone(),
                label: Label::Person,
                weight: *weight,
                found_by: MentionSource::Rule,
            })
            .collect();
        choose(&mut all, &mut Vec::new());
        all.into_iter().map(|proposal| proposal.tokens).collect()
    }

    #[test]
    fn two_names_beat_the_one_that_spans_them_when_they_weigh_more() {
        assert_eq!(chosen(&[(0..4, 1.0), (0..2, 0.7), (2..4, 0.7)]), [0..2, 2..4]);
        assert_eq!(chosen(&[(0..4, 2.0), (0..2, 0.7), (2..4, 0.7)]), std::slice::from_ref(&(0..4)));
    }

    #[test]
    fn the_first_of_equals_is_kept() {
        assert_eq!(chosen(&[(0..2, 1.0), (0..2, 1.0), (1..2, 1.0)]), std::slice::from_ref(&(0..2)));
    }

    #[test]
    fn nothing_without_weight_is_chosen() {
        assert!(chosen(&[(0..2, 0.0), (3..4, -1.0)]).is_empty());
    }
}

//! Labels sentences with a model: adds up vectors of label scores, then takes the best path.

use rustc_hash::FxHashMap;

use std::ops::RangeInclusive;

use crate::clusters::{COLUMNS, Clusters, numbers};
use crate::features::{
    self, Extent, FINE, NO_WORD, OFFSETS, REACH, Side, WordKeys, at_offset, boundary,
};
use crate::hash::text;
use crate::labels::{Labels, Stretch};
use crate::lattice::Lattice;
use crate::model::{LANES, Model, UNIT};
use crate::signs::{Signs, Slot};
use crate::sums::{All, Kept, add};

/// A model, ready to label sentences.
pub struct Tagger<'a> {
    model: Model,
    clusters: Clusters<'a>,
    /// What leads from label to label, in whole units; a row of padded width for every label
    /// before.
    outgoing: Vec<i32>,
    /// By how much less a label must score than `O`, at the first token of a sentence and at any
    /// other, so that no name is worth beginning or going on there; see [`Tagger::holds_no_name`].
    margins: [Vec<i32>; 2],
    /// The same as potentials at the model's temperature, by the label before.
    potentials: Vec<f64>,
    /// What one in the units of the scores is worth at that temperature.
    unit: f64,
    /// A row for each offset: what it says of a token that the sentence ends there.
    beyond: Vec<i16>,
}

/// Words and sets of signs that a worker remembers; news holds few others.
const REMEMBERED: usize = 1 << 16;

/// The key of two numbers side by side.
#[inline]
fn both(left: u32, right: u32) -> u64 {
    u64::from(left) << 32 | u64::from(right)
}

/// Buffers of a worker, reused from sentence to sentence; and what it has seen: words, signs and
/// pairs of them, each with its features folded into vectors of label scores.
///
/// It belongs to the tagger with which it was first used.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    /// Numbers of words by the hash by which the model knows them, too; so nothing is compared
    /// letter by letter.
    words: FxHashMap<u64, u32>,
    keys: Vec<WordKeys>,
    /// For every word a row for each token from [`REACH`] before it to [`REACH`] behind.
    of_words: Vec<i16>,
    /// The same for every cluster of a column.
    of_clusters: [All; COLUMNS.len()],
    signs: FxHashMap<Signs, SignsNumbers>,
    /// The same for every set of signs.
    of_signs: Vec<i16>,
    paired: FxHashMap<Signs, u32>,
    /// A row for the left and one for the right of two sets of signs side by side.
    pairs: Kept<14>,
    /// The same for the clusters of two words, of each column that is taken together.
    cluster_pairs: [All; FINE.len()],
    /// A row for the token of this shape on whose side a word of this cluster stands.
    cluster_shapes: [All; FINE.len()],
    /// A row for a token among tokens of these shapes.
    around: Kept<13>,
    /// Numbers of word and signs of each token of the sentence.
    sentence: Vec<(u32, SignsNumbers)>,
    /// A row a token, with [`REACH`] rows more at both ends.
    scores: Vec<i16>,
    best: Vec<i32>,
    next: Vec<i32>,
    sources: Vec<i32>,
    from: Vec<u8>,
    labels: Vec<usize>,
    lattice: Lattice,
    exact: Vec<f64>,
}

/// Numbers of a set of signs: of all of them, and of what pairs of tokens look at.
#[derive(Clone, Copy, Debug)]
struct SignsNumbers {
    all: u32,
    paired: u32,
}

/// Number of the signs of what lies beyond the sentence.
const BEYOND: u32 = u32::MAX;

impl Scratch {
    /// Forgets what is too much, and with words and signs all that goes by their numbers.
    fn tidy(&mut self) {
        if self.keys.len() > REMEMBERED {
            self.words.clear();
            self.keys.clear();
            self.of_words.clear();
        }
        if self.signs.len() > REMEMBERED {
            self.signs.clear();
            self.of_signs.clear();
            self.paired.clear();
            self.pairs.clear();
        }
    }

    /// The scores of the tokens alone.
    fn inner(&self, width: usize) -> &[i16] {
        let edge = REACH as usize * width;
        self.scores.get(edge..self.scores.len().saturating_sub(edge)).unwrap_or_default()
    }
}

/// Less than any sum of scores, and far from the least number there is.
const IMPOSSIBLE: i32 = i32::MIN / 4;

impl<'a> Tagger<'a> {
    /// A tagger with a model and the clusters with which it was trained.
    pub fn new(model: Model, clusters: Clusters<'a>) -> Self {
        let count = model.labels.count();
        let unit = 1.0 / (UNIT * model.temperature());
        let mut outgoing = vec![IMPOSSIBLE; count * model.width];
        let mut potentials = vec![0.0; count * count];
        for from in 0..count {
            for to in (0..count).filter(|&to| Labels::may_follow(from, to)) {
                let score = model.transitions[from * count + to];
                outgoing[from * model.width + to] = i32::from(score);
                potentials[from * count + to] = (f64::from(score) * unit).exp();
            }
        }
        let margins = margins(&outgoing, count, model.width);
        let mut beyond = vec![0; OFFSETS * model.width];
        for (index, sums) in beyond.chunks_exact_mut(model.width).enumerate() {
            let offset = index as isize - REACH;
            if let Some(row) = model.row(at_offset(boundary(offset < 0), offset)) {
                add(sums, row);
            }
        }
        Tagger { model, clusters, outgoing, margins, potentials, unit, beyond }
    }

    /// The labels that the tagger gives.
    pub fn labels(&self) -> &Labels {
        &self.model.labels
    }

    /// The best labels of a sentence of these words, as written and in lower case, with these
    /// signs. A valid BIO sequence.
    pub fn tag<'s, 'w>(
        &self,
        words: impl Iterator<Item = (&'w str, &'w str)>,
        signs: &[Signs],
        scratch: &'s mut Scratch,
    ) -> &'s [usize] {
        self.look_up(words, signs, scratch);
        self.score(signs, scratch);
        self.best_path(scratch);
        &scratch.labels
    }

    /// The probability of each name that [`Tagger::tag`] marked in the sentence just labelled, in
    /// order: that exactly these tokens are a name of this type.
    pub fn probabilities(&self, scratch: &mut Scratch) -> Vec<f64> {
        self.weigh(scratch);
        let names = Labels::stretches(&scratch.labels);
        names.iter().map(|name| self.probability(name, scratch)).collect()
    }

    /// Sums over all labellings of the sentence just labelled, for [`Tagger::probability`].
    pub fn weigh(&self, scratch: &mut Scratch) {
        let (count, width) = (self.model.labels.count(), self.model.width);
        let mut exact = std::mem::take(&mut scratch.exact);
        exact.clear();
        for row in scratch.inner(width).chunks_exact(width) {
            exact.extend(row[..count].iter().map(|&score| f64::from(score) * self.unit));
        }
        scratch.lattice.weigh(count, &exact, &self.potentials);
        scratch.exact = exact;
    }

    /// The probability that exactly these tokens of the sentence just weighed are a name of this
    /// type, whether the best labels say so or not.
    pub fn probability(&self, name: &Stretch, scratch: &Scratch) -> f64 {
        scratch.lattice.stretch(name.start, name.end, 2 * name.kind + 1, &self.potentials)
    }

    fn look_up<'w>(
        &self,
        words: impl Iterator<Item = (&'w str, &'w str)>,
        signs: &[Signs],
        scratch: &mut Scratch,
    ) {
        scratch.tidy();
        scratch.sentence.clear();
        for ((surface, folded), signs) in words.zip(signs) {
            let hash = text(surface);
            let word = match scratch.words.get(&hash) {
                Some(&known) => known,
                None => self.new_word(hash, surface, folded, scratch),
            };
            let signs = match scratch.signs.get(signs) {
                Some(&known) => known,
                None => self.new_signs(signs, scratch),
            };
            scratch.sentence.push((word, signs));
        }
    }

    fn new_word(&self, hash: u64, surface: &str, folded: &str, scratch: &mut Scratch) -> u32 {
        let width = self.model.width;
        let number = scratch.keys.len() as u32;
        let start = scratch.of_words.len();
        scratch.of_words.resize(start + OFFSETS * width, 0);
        let sums = &mut scratch.of_words[start..];
        let clusters = self.clusters.get(folded);
        let keys = features::letters(surface, folded, clusters, &mut |hash, offsets| {
            self.add_at_offsets(sums, hash, offsets);
        });
        let columns = scratch.of_clusters.iter_mut().zip(clusters).enumerate();
        for (column, (of_clusters, cluster)) in columns {
            let (at, of) = (usize::from(cluster), numbers(column));
            add(
                sums,
                of_clusters.get(at, of, OFFSETS * width, |sums| {
                    features::cluster(column, cluster, &mut |hash, offsets| {
                        self.add_at_offsets(sums, hash, offsets);
                    });
                }),
            );
        }
        scratch.keys.push(keys);
        scratch.words.insert(hash, number);
        number
    }

    /// Adds a feature of a word to the sums of the tokens from which the word stands at `offsets`.
    fn add_at_offsets(&self, sums: &mut [i16], hash: u64, offsets: RangeInclusive<isize>) {
        let width = self.model.width;
        for offset in offsets {
            let at = (REACH - offset) as usize * width;
            self.add_feature(&mut sums[at..at + width], at_offset(hash, offset));
        }
    }

    fn new_signs(&self, signs: &Signs, scratch: &mut Scratch) -> SignsNumbers {
        let width = self.model.width;
        let all = scratch.signs.len() as u32;
        let start = scratch.of_signs.len();
        scratch.of_signs.resize(start + OFFSETS * width, 0);
        let rows = scratch.of_signs[start..].chunks_exact_mut(width);
        for (sums, offset) in rows.zip((-REACH..=REACH).rev()) {
            features::signs(signs, offset, |hash| self.add_feature(sums, hash));
            if offset == 0 {
                let alone = std::slice::from_ref(signs);
                features::together(Extent::Here, 0, alone, |hash| self.add_feature(sums, hash));
            }
        }
        let next = scratch.paired.len() as u32;
        let paired = *scratch.paired.entry(features::paired(signs)).or_insert(next);
        let numbers = SignsNumbers { all, paired };
        scratch.signs.insert(*signs, numbers);
        numbers
    }

    /// Folds what two sets of signs side by side say of the left and the right token; either may
    /// lie beyond the sentence.
    fn fold_pair(&self, left: Option<&Signs>, right: Option<&Signs>, sums: &mut [i16]) {
        let (of_left, of_right) = sums.split_at_mut(self.model.width);
        let both: Vec<Signs> = left.into_iter().chain(right).copied().collect();
        if left.is_some() {
            features::together(Extent::Behind, 0, &both, |hash| self.add_feature(of_left, hash));
        }
        if right.is_some() {
            let last = both.len() - 1;
            features::together(Extent::Before, last, &both, |hash| {
                self.add_feature(of_right, hash);
            });
        }
    }

    fn score(&self, signs: &[Signs], scratch: &mut Scratch) {
        let width = self.model.width;
        let Scratch { keys, of_words, of_signs, sentence, scores, .. } = scratch;
        let length = sentence.len();
        scores.clear();
        if length == 0 {
            return;
        }
        let span = OFFSETS * width;
        scores.resize(length * width + span - width, 0);
        for (at, &(word, signs)) in sentence.iter().enumerate() {
            let near = &mut scores[at * width..][..span];
            add(near, &of_words[word as usize * span..][..span]);
            add(near, &of_signs[signs.all as usize * span..][..span]);
        }
        let edge = REACH as usize * width;
        let inner = &mut scores[edge..][..length * width];
        for (beyond, offset) in self.beyond.chunks_exact(width).zip(-REACH..=REACH) {
            let lone = offset.unsigned_abs().min(length);
            let first = if offset < 0 { 0 } else { length - lone };
            for sums in inner[first * width..].chunks_exact_mut(width).take(lone) {
                add(sums, beyond);
            }
        }
        let word = |at: usize| sentence.get(at).map_or(&NO_WORD, |(word, _)| &keys[*word as usize]);
        let paired = |at: usize| sentence.get(at).map_or(BEYOND, |(_, signs)| signs.paired);
        // Between every two tokens, and at both ends; there one of the rows is nobody's.
        let around = &mut scores[edge - width..][..(length + 2) * width];
        for right in 0..=length {
            let left = right.checked_sub(1);
            let (of_left, of_right) = around[right * width..][..2 * width].split_at_mut(width);
            let mut add_pair = |sums: &[i16]| {
                add(of_left, &sums[..width]);
                add(of_right, &sums[width..]);
            };
            let pair = both(left.map_or(BEYOND, paired), paired(right));
            add_pair(scratch.pairs.get(pair, 2 * width, |sums| {
                self.fold_pair(left.and_then(|at| signs.get(at)), signs.get(right), sums);
            }));
            let (left_word, right_word) = (left.map_or(&NO_WORD, word), word(right));
            for (column, pairs) in FINE.into_iter().zip(&mut scratch.cluster_pairs) {
                let of = numbers(column);
                let (left, right) = (left_word.clusters[column], right_word.clusters[column]);
                let at = usize::from(left) * of + usize::from(right);
                add_pair(pairs.get(at, of * of, 2 * width, |sums| {
                    let hashes = features::cluster_pair(column, left, right);
                    for (sums, hash) in sums.chunks_exact_mut(width).zip(hashes) {
                        self.add_feature(sums, hash);
                    }
                }));
            }
            features::letters_pair(
                left_word,
                right_word,
                |hash| self.add_feature(of_left, hash),
                |hash| self.add_feature(of_right, hash),
            );
        }
        let shapes = usize::from(Slot::Shape.values());
        let inner = &mut scores[edge..][..length * width];
        for (at, sums) in inner.chunks_exact_mut(width).enumerate() {
            let shape = signs[at].get(Slot::Shape);
            for (side, offset) in Side::ALL {
                let word = at.checked_add_signed(offset).map_or(&NO_WORD, word);
                for (column, shaped) in FINE.into_iter().zip(&mut scratch.cluster_shapes) {
                    let number = word.clusters[column];
                    let of = numbers(column) * Side::ALL.len() * shapes;
                    let at = (side as usize * numbers(column) + usize::from(number)) * shapes;
                    add(
                        sums,
                        shaped.get(at + usize::from(shape), of, width, |sums| {
                            let hash = features::cluster_and_shape(side, column, number, shape);
                            self.add_feature(sums, hash);
                        }),
                    );
                }
                features::letters_and_shape(side, word, shape, |hash| {
                    self.add_feature(sums, hash);
                });
            }
            let shapes = u64::from(features::shapes(at, signs));
            add(
                sums,
                scratch.around.get(shapes, width, |sums| {
                    features::together(Extent::Shapes, at, signs, |hash| {
                        self.add_feature(sums, hash)
                    });
                }),
            );
        }
    }

    #[inline]
    fn add_feature(&self, sums: &mut [i16], hash: u64) {
        if let Some(row) = self.model.row(hash) {
            add(sums, row);
        }
    }

    /// Whether these scores leave no doubt that all labels are `O`, as in most sentences without a
    /// capital: then there is nothing to decode.
    ///
    /// A path with names has stretches of other labels between `O`s. With `O` in place of such a
    /// stretch, the path loses at each of its tokens what the label scores more than `O` and what
    /// the step to it is worth more than one from `O` to `O`, and once what the step back to `O`
    /// is worth more. The margins bound the steps; where no label makes up for them at any token,
    /// every such path is worse than the one of `O`s alone.
    fn holds_no_name(&self, scores: &[i16]) -> bool {
        let below = |row: &[i16], margins: &[i32]| {
            let first = i32::from(row[0]);
            row.iter().zip(margins).all(|(&score, margin)| i32::from(score) + margin < first)
        };
        let (first, others) = scores.split_at(self.model.width);
        below(first, &self.margins[0])
            && others.chunks_exact(self.model.width).all(|row| below(row, &self.margins[1]))
    }

    /// Viterbi's algorithm, all labels of a token side by side.
    fn best_path(&self, scratch: &mut Scratch) {
        let (count, width) = (self.model.labels.count(), self.model.width);
        let Scratch { scores, best, next, sources, from, labels, .. } = scratch;
        from.clear();
        labels.clear();
        if scores.is_empty() {
            return;
        }
        let edge = REACH as usize * width;
        let scores = &scores[edge..scores.len() - edge];
        let length = scores.len() / width;
        if self.holds_no_name(scores) {
            labels.resize(length, 0);
            return;
        }
        best.clear();
        best.extend(scores[..width].iter().map(|&score| i32::from(score)));
        for (label, score) in best.iter_mut().enumerate() {
            if !Labels::may_begin(label) {
                *score = IMPOSSIBLE;
            }
        }
        next.resize(width, 0);
        sources.resize(width, 0);
        for row in scores[width..].chunks_exact(width) {
            next.fill(IMPOSSIBLE * 2);
            sources.fill(0);
            for (label, outgoing) in self.outgoing.chunks_exact(width).enumerate() {
                reach(next, sources, label as i32, best[label], outgoing);
            }
            for (next, score) in next.iter_mut().zip(row) {
                *next = (*next + i32::from(*score)).max(IMPOSSIBLE);
            }
            from.extend(sources[..count].iter().map(|&source| source as u8));
            std::mem::swap(best, next);
        }
        let last = (0..count).max_by_key(|&label| (best[label], std::cmp::Reverse(label)));
        let mut label = last.unwrap_or(0);
        labels.resize(length, 0);
        for at in (0..length).rev() {
            labels[at] = label;
            if at > 0 {
                label = usize::from(from[(at - 1) * count + label]);
            }
        }
    }
}

/// Where a path that has `label` with the sum `score` is better than those known, it takes their
/// place. Of equals the first stays.
#[inline]
fn reach(next: &mut [i32], sources: &mut [i32], label: i32, score: i32, outgoing: &[i32]) {
    let (next, sources) = (next.as_chunks_mut::<LANES>().0, sources.as_chunks_mut::<LANES>().0);
    let outgoing = outgoing.as_chunks::<LANES>().0;
    for ((next, sources), outgoing) in next.iter_mut().zip(sources).zip(outgoing) {
        let sum: [i32; LANES] = std::array::from_fn(|lane| score + outgoing[lane]);
        let from = |lane: usize| if sum[lane] > next[lane] { label } else { sources[lane] };
        *sources = std::array::from_fn(from);
        *next = std::array::from_fn(|lane| sum[lane].max(next[lane]));
    }
}

/// The margins of [`Tagger::holds_no_name`]; of `O` itself and the padding they are such that they
/// never speak against it.
fn margins(outgoing: &[i32], count: usize, width: usize) -> [Vec<i32>; 2] {
    let step = |from: usize, to: usize| outgoing[from * width + to];
    let stay = step(0, 0);
    let back = (1..count).map(|from| step(from, 0) - stay).max().unwrap_or(0).max(0);
    let (mut first, mut others) = (vec![IMPOSSIBLE; width], vec![IMPOSSIBLE; width]);
    // The first token is not stepped to.
    first[1..count].fill(back);
    for (to, margin) in others.iter_mut().enumerate().take(count).skip(1) {
        let reached = (0..count).map(|from| step(from, to)).max().unwrap_or(IMPOSSIBLE);
        *margin = reached - stay + back;
    }
    [first, others]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clusters::compile_clusters;
    use crate::model::Weights;
    use proptest::prelude::*;

    const COUNT: usize = 5;

    fn tagger(clusters: &[u8], transitions: Vec<f64>) -> Tagger<'_> {
        let labels = Labels::new(["LOC", "PER"].map(String::from));
        let clusters = Clusters::open(clusters).unwrap();
        let weights = Weights { features: Vec::new(), transitions };
        Tagger::new(Model::new(labels, clusters.digest(), weights, 0), clusters)
    }

    proptest! {
        #[test]
        fn a_sentence_without_doubt_is_decoded_to_no_names(
            transitions in prop::collection::vec(-4.0..4.0, COUNT * COUNT),
            rows in prop::collection::vec(prop::collection::vec(-4000_i16..1000, COUNT), 1..8),
        ) {
            let header = "word\tuse64\tuse256\tuse1000\ttopic64\ttopic256\ttopic1000\n";
            let clusters = compile_clusters(header).unwrap();
            let mut tagger = tagger(&clusters, transitions);
            let edge = REACH as usize * LANES;
            let mut scratch = Scratch { scores: vec![0; edge], ..Scratch::default() };
            for mut row in rows {
                row.resize(LANES, 0);
                row[0] = 0;
                scratch.scores.extend(row);
            }
            scratch.scores.resize(scratch.scores.len() + edge, 0);
            let sure = tagger.holds_no_name(scratch.inner(LANES));
            // Without the margins every sentence is decoded.
            tagger.margins = [vec![0; LANES], vec![0; LANES]];
            tagger.best_path(&mut scratch);
            prop_assert!(!sure || scratch.labels.iter().all(|&label| label == 0));
        }
    }
}

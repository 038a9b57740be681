//! Labels sentences with a model: adds up vectors of label scores, then takes the best path.

use rustc_hash::FxHashMap;

use crate::clusters::Clusters;
use crate::features::{self, Extent, NO_WORD, OFFSETS, REACH, Side, WordKeys, at_offset, boundary};
use crate::labels::{Labels, Stretch};
use crate::lattice::Lattice;
use crate::model::{LANES, Model, UNIT};
use crate::signs::{Signs, Slot};

/// A model, ready to label sentences.
pub struct Tagger<'a> {
    model: Model,
    clusters: Clusters<'a>,
    /// What leads from label to label, in whole units; by label reached, then by the one before.
    incoming: Vec<i32>,
    /// The same as potentials at the model's temperature, by the label before.
    potentials: Vec<f64>,
    /// What one in the units of the scores is worth at that temperature.
    unit: f64,
    /// Sums for what lies beyond the sentence at each offset.
    beyond: Vec<i32>,
}

/// What is folded that a worker remembers of each sort; news holds few others.
const REMEMBERED: usize = 1 << 16;

/// Sums of features that belong together, kept for the next time.
#[derive(Clone, Debug)]
struct Folded<K> {
    numbers: FxHashMap<K, u32>,
    sums: Vec<i32>,
}

impl<K> Default for Folded<K> {
    fn default() -> Self {
        Folded { numbers: FxHashMap::default(), sums: Vec::new() }
    }
}

impl<K: std::hash::Hash + Eq> Folded<K> {
    fn clear(&mut self) {
        self.numbers.clear();
        self.sums.clear();
    }

    /// The number of what `key` names, of `length` sums; `fold` adds them up the first time.
    #[inline]
    fn number(&mut self, key: K, length: usize, fold: impl FnOnce(&mut [i32])) -> u32 {
        if let Some(&number) = self.numbers.get(&key) {
            return number;
        }
        let number = self.numbers.len() as u32;
        let start = self.sums.len();
        self.sums.resize(start + length, 0);
        fold(&mut self.sums[start..]);
        self.numbers.insert(key, number);
        number
    }

    /// Those sums.
    #[inline]
    fn get(&mut self, key: K, length: usize, fold: impl FnOnce(&mut [i32])) -> &[i32] {
        let number = self.number(key, length, fold);
        &self.sums[number as usize * length..][..length]
    }
}

/// Buffers of a worker, reused from sentence to sentence; and what it has seen: words, signs and
/// pairs of them, each with its features folded into vectors of label scores.
///
/// It belongs to the tagger with which it was first used.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    words: FxHashMap<String, u32>,
    keys: Vec<WordKeys>,
    /// A vector an offset for every word.
    of_words: Vec<i32>,
    /// A vector an offset for every set of signs.
    signs: Folded<Signs>,
    /// A vector for the left and one for the right of two sets of signs side by side.
    pairs: Folded<(u32, u32)>,
    /// The same for two words.
    word_pairs: Folded<(u32, u32)>,
    /// A vector for the token of this shape on whose side the word stands.
    shapes: Folded<(u32, Side, u8)>,
    /// A vector for a token among tokens of these shapes.
    around: Folded<u32>,
    /// Numbers of word and signs of each token of the sentence.
    sentence: Vec<(u32, u32)>,
    scores: Vec<i32>,
    from: Vec<u8>,
    labels: Vec<usize>,
    lattice: Lattice,
    exact: Vec<f64>,
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
            self.word_pairs.clear();
            self.shapes.clear();
        }
        if self.signs.numbers.len() > REMEMBERED {
            self.signs.clear();
            self.pairs.clear();
        }
        if self.pairs.numbers.len() > REMEMBERED {
            self.pairs.clear();
        }
        if self.word_pairs.numbers.len() > 4 * REMEMBERED {
            self.word_pairs.clear();
        }
        if self.shapes.numbers.len() > REMEMBERED {
            self.shapes.clear();
        }
        if self.around.numbers.len() > REMEMBERED {
            self.around.clear();
        }
    }
}

/// Less than any sum of scores, and far from the least number there is.
const IMPOSSIBLE: i32 = i32::MIN / 4;

impl<'a> Tagger<'a> {
    /// A tagger with a model and the clusters with which it was trained.
    pub fn new(model: Model, clusters: Clusters<'a>) -> Self {
        let count = model.labels.count();
        let unit = 1.0 / (UNIT * model.temperature());
        let mut incoming = vec![IMPOSSIBLE; count * count];
        let mut potentials = vec![0.0; count * count];
        for from in 0..count {
            for to in (0..count).filter(|&to| Labels::may_follow(from, to)) {
                let score = model.transitions[from * count + to];
                incoming[to * count + from] = i32::from(score);
                potentials[from * count + to] = (f64::from(score) * unit).exp();
            }
        }
        let mut beyond = vec![0; OFFSETS * model.width];
        for (index, sums) in beyond.chunks_exact_mut(model.width).enumerate() {
            let offset = index as isize - REACH;
            if let Some(row) = model.row(at_offset(boundary(offset < 0), offset)) {
                add(sums, row);
            }
        }
        Tagger { model, clusters, incoming, potentials, unit, beyond }
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
        let Scratch { scores, lattice, exact, .. } = scratch;
        exact.clear();
        for row in scores.chunks_exact(width) {
            exact.extend(row[..count].iter().map(|&score| f64::from(score) * self.unit));
        }
        lattice.fill(count, exact, &self.potentials);
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
        let length = OFFSETS * self.model.width;
        for ((surface, folded), signs) in words.zip(signs) {
            let word = match scratch.words.get(surface) {
                Some(&known) => known,
                None => self.new_word(surface, folded, scratch),
            };
            let signs = scratch.signs.number(*signs, length, |sums| self.fold_signs(signs, sums));
            scratch.sentence.push((word, signs));
        }
    }

    fn new_word(&self, surface: &str, folded: &str, scratch: &mut Scratch) -> u32 {
        let width = self.model.width;
        let number = scratch.keys.len() as u32;
        let start = scratch.of_words.len();
        scratch.of_words.resize(start + OFFSETS * width, 0);
        let sums = &mut scratch.of_words[start..];
        let mut fold = |hash, offsets: std::ops::RangeInclusive<isize>| {
            for offset in offsets {
                let at = (offset + REACH) as usize * width;
                self.add_feature(&mut sums[at..at + width], at_offset(hash, offset));
            }
        };
        let keys = features::word(surface, folded, self.clusters.get(folded), &mut fold);
        scratch.keys.push(keys);
        scratch.words.insert(surface.to_string(), number);
        number
    }

    fn fold_signs(&self, signs: &Signs, sums: &mut [i32]) {
        for (sums, offset) in sums.chunks_exact_mut(self.model.width).zip(-REACH..=REACH) {
            features::signs(signs, offset, |hash| self.add_feature(sums, hash));
            if offset == 0 {
                let alone = std::slice::from_ref(signs);
                features::together(Extent::Here, 0, alone, |hash| self.add_feature(sums, hash));
            }
        }
    }

    /// Folds what two sets of signs side by side say of the left and the right token; either may
    /// lie beyond the sentence.
    fn fold_pair(&self, left: Option<&Signs>, right: Option<&Signs>, sums: &mut [i32]) {
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
        let Scratch { keys, of_words, sentence, scores, .. } = scratch;
        let length = sentence.len();
        scores.clear();
        scores.resize(length * width, 0);
        let word = |at: usize| sentence.get(at).map_or(BEYOND, |&(word, _)| word);
        let keys = |word: u32| keys.get(word as usize).unwrap_or(&NO_WORD);
        // Between every two tokens, and at both ends.
        for right in 0..=length {
            let left = right.checked_sub(1);
            let number = |at: usize| sentence.get(at).map_or(BEYOND, |&(_, signs)| signs);
            let both = (left.map_or(BEYOND, number), number(right));
            let of_signs = scratch.pairs.get(both, 2 * width, |sums| {
                self.fold_pair(left.and_then(|at| signs.get(at)), signs.get(right), sums);
            });
            let both = (left.map_or(BEYOND, word), word(right));
            let of_words = scratch.word_pairs.get(both, 2 * width, |sums| {
                let (of_left, of_right) = sums.split_at_mut(width);
                features::word_pair(
                    keys(both.0),
                    keys(both.1),
                    |hash| self.add_feature(of_left, hash),
                    |hash| self.add_feature(of_right, hash),
                );
            });
            for sums in [of_signs, of_words] {
                if let Some(left) = left {
                    add_sums(&mut scores[left * width..][..width], &sums[..width]);
                }
                if right < length {
                    add_sums(&mut scores[right * width..][..width], &sums[width..]);
                }
            }
        }
        for (at, sums) in scores.chunks_exact_mut(width).enumerate() {
            for (index, offset) in (-REACH..=REACH).enumerate() {
                let near = at.checked_add_signed(offset).and_then(|near| sentence.get(near));
                let Some(&(word, signs)) = near else {
                    add_sums(sums, &self.beyond[index * width..][..width]);
                    continue;
                };
                let vector = |number: u32| (number as usize * OFFSETS + index) * width;
                add_sums(sums, &of_words[vector(word)..][..width]);
                add_sums(sums, &scratch.signs.sums[vector(signs)..][..width]);
            }
            let shape = signs[at].get(Slot::Shape);
            for (side, offset) in Side::ALL {
                let word = at.checked_add_signed(offset).map_or(BEYOND, word);
                let of_shape = scratch.shapes.get((word, side, shape), width, |sums| {
                    let add = |hash| self.add_feature(sums, hash);
                    features::word_and_shape(side, keys(word), shape, add);
                });
                add_sums(sums, of_shape);
            }
            let of_shapes = scratch.around.get(features::shapes(at, signs), width, |sums| {
                features::together(Extent::Shapes, at, signs, |hash| self.add_feature(sums, hash));
            });
            add_sums(sums, of_shapes);
        }
    }

    #[inline]
    fn add_feature(&self, sums: &mut [i32], hash: u64) {
        if let Some(row) = self.model.row(hash) {
            add(sums, row);
        }
    }

    /// Viterbi's algorithm.
    fn best_path(&self, scratch: &mut Scratch) {
        let (count, width) = (self.model.labels.count(), self.model.width);
        let Scratch { scores, from, labels, .. } = scratch;
        let length = scores.len() / width;
        from.clear();
        labels.clear();
        if length == 0 {
            return;
        }
        let first = &mut scores[..count].to_vec();
        for (label, score) in first.iter_mut().enumerate() {
            if !Labels::may_begin(label) {
                *score = IMPOSSIBLE;
            }
        }
        let mut best = std::mem::take(first);
        let mut next = vec![0; count];
        for at in 1..length {
            let row = &scores[at * width..at * width + count];
            for (to, next) in next.iter_mut().enumerate() {
                let incoming = &self.incoming[to * count..(to + 1) * count];
                let (mut top, mut source) = (IMPOSSIBLE * 2, 0);
                for (label, (&score, &transition)) in best.iter().zip(incoming).enumerate() {
                    if score + transition > top {
                        (top, source) = (score + transition, label);
                    }
                }
                *next = (top + row[to]).max(IMPOSSIBLE);
                from.push(source as u8);
            }
            std::mem::swap(&mut best, &mut next);
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

// Rows are padded to whole lanes, which the compiler turns into full registers.

#[inline]
fn add(sums: &mut [i32], row: &[i16]) {
    let (sums, row) = (sums.as_chunks_mut::<LANES>().0, row.as_chunks::<LANES>().0);
    for (sums, row) in sums.iter_mut().zip(row) {
        for lane in 0..LANES {
            sums[lane] += i32::from(row[lane]);
        }
    }
}

#[inline]
fn add_sums(sums: &mut [i32], row: &[i32]) {
    let (sums, row) = (sums.as_chunks_mut::<LANES>().0, row.as_chunks::<LANES>().0);
    for (sums, row) in sums.iter_mut().zip(row) {
        for lane in 0..LANES {
            sums[lane] += row[lane];
        }
    }
}

//! Labels sentences with a model: adds up vectors of label scores, then takes the best path.

use std::ops::{Range, RangeInclusive};

use nukil_types::HashNumbers;
use nukil_types::hash::{mix, text};
use rustc_hash::FxHashMap;
use wide::i16x8;

use crate::asked::Asked;
use crate::beside::{Beside, Words};
use crate::clusters::{COLUMNS, Clusters, numbers};
use crate::features::{
    self, Extent, FINE, OFFSETS, REACH, SINGLES, Share, Side, WordKeys, at_offset, boundary,
};
use crate::labels::{Labels, Stretch};
use crate::lattice::{Lattice, Transitions};
use crate::model::{LANES, Model, UNIT};
use crate::potentials::Potentials;
use crate::signs::{Signs, Slot};
use crate::sums::{All, Kept, add, touch};

/// A model, ready to label sentences.
pub struct Tagger<'a> {
    model: Model,
    clusters: Clusters<'a>,
    /// What leads from label to label, in whole units; a row of padded width for every label
    /// before.
    outgoing: Vec<i16>,
    /// By how much less a label must score than `O`, at the first token of a sentence and at any
    /// other, so that no name is worth beginning or going on there; see [`Tagger::holds_no_name`].
    margins: [Vec<i16>; 2],
    /// The margins of tokens other than the first, less what leaves no doubt.
    sure: Vec<i16>,
    /// The same as potentials at the model's temperature.
    transitions: Transitions,
    /// What scores are worth at that temperature.
    potentials: Potentials,
    /// A row for each offset: what it says of a token that the sentence ends there.
    beyond: Vec<i16>,
}

/// Words and sets of signs that a worker remembers; news holds few others.
type Numbers = HashNumbers<18>;

/// A word of a sentence.
pub trait Word {
    /// As it is written.
    fn surface(&self) -> &str;
    /// In lower case.
    fn folded(&self) -> &str;
    /// The bytes of its surface, which are asked for more often than all else.
    fn bytes(&self) -> &[u8] {
        self.surface().as_bytes()
    }
}

impl Word for (&str, &str) {
    fn surface(&self) -> &str {
        self.0
    }

    fn folded(&self) -> &str {
        self.1
    }
}

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
    /// Numbers of words, each in a shape, by a hash of both, as the model knows all its features; so
    /// nothing is compared letter by letter.
    words: Numbers,
    keys: Vec<WordKeys>,
    /// For every word a row for each token from [`REACH`] before it to [`REACH`] behind.
    of_words: Vec<i16>,
    /// The same for what many words have in common: a form, a length, a beginning or an end of few
    /// letters.
    edges: Kept<12>,
    /// The same for every cluster of a column.
    of_clusters: [All; COLUMNS.len()],
    /// Numbers of sets of signs, by their hashes, and what pairs of tokens look at of each.
    signs: Numbers,
    paired_of: Vec<u32>,
    /// As of words, of every set of signs.
    of_signs: Vec<i16>,
    /// The same for every single sign.
    singles: All,
    /// A row for a conjunction of signs.
    together: Kept<12>,
    paired: FxHashMap<Signs, u32>,
    /// A row for the left and one for the right of two sets of signs side by side.
    pairs: Kept<14>,
    /// A row for a token among tokens of these shapes.
    around: Kept<13>,
    beside: Beside,
    sentence: InSentence,
    asked: Asked,
    /// A row a token, with [`REACH`] rows more at both ends.
    scores: Vec<i16>,
    best: Vec<i16>,
    next: Vec<i16>,
    sources: Vec<i16>,
    labels: Vec<usize>,
    lattice: Lattice,
}

/// What is known of each token of the sentence.
#[derive(Clone, Debug, Default)]
struct InSentence {
    /// Of the word in its shape, then of its signs.
    hashes: Vec<u64>,
    words: Vec<u32>,
    signs: Vec<SignsNumbers>,
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
    /// Forgets what is too much before a sentence of so many words, and with words and signs all that
    /// goes by their numbers.
    fn tidy(&mut self, longest: usize) {
        if self.keys.len() + longest > Numbers::ROOM {
            self.words.clear();
            self.keys.clear();
            self.of_words.clear();
            self.beside.forget();
        }
        if self.paired_of.len() + longest > Numbers::ROOM {
            self.signs.clear();
            self.paired_of.clear();
            self.of_signs.clear();
            self.paired.clear();
            self.pairs.clear();
        }
    }
}

/// The scores of the tokens alone.
fn inner(scores: &[i16], width: usize) -> &[i16] {
    let edge = REACH as usize * width;
    scores.get(edge..scores.len().saturating_sub(edge)).unwrap_or_default()
}

/// How much less than `O` all labels of a token score at which it is no name beyond doubt: all but
/// one in a thousand of the weight of labellings go through `O` there.
const DOUBT: f64 = 7.0;

/// What no sum of scores is less than.
const IMPOSSIBLE: i16 = i16::MIN;

impl<'a> Tagger<'a> {
    /// A tagger with a model and the clusters with which it was trained.
    pub fn new(model: Model, clusters: Clusters<'a>) -> Self {
        let count = model.labels.count();
        let unit = 1.0 / UNIT;
        let mut outgoing = vec![IMPOSSIBLE; count * model.width];
        let mut transitions = vec![0.0; count * count];
        for from in 0..count {
            for to in (0..count).filter(|&to| Labels::may_follow(from, to)) {
                let score = model.transitions[from * count + to];
                outgoing[from * model.width + to] = score;
                transitions[from * count + to] = (f64::from(score) * unit).exp();
            }
        }
        let margins = margins(&outgoing, count, model.width);
        let doubt = (DOUBT * UNIT) as i16;
        let sure = margins[1].iter().map(|margin| margin.saturating_add(doubt)).collect();
        let mut beyond = vec![0; OFFSETS * model.width];
        for (index, sums) in beyond.chunks_exact_mut(model.width).enumerate() {
            let offset = index as isize - REACH;
            model.add_feature(at_offset(boundary(offset < 0), offset), sums);
        }
        let transitions = Transitions::new(count, &transitions);
        let potentials = Potentials::new(unit);
        Tagger { model, clusters, outgoing, margins, sure, transitions, potentials, beyond }
    }

    /// The labels that the tagger gives.
    pub fn labels(&self) -> &Labels {
        &self.model.labels
    }

    /// The word clusters that it was made with.
    pub fn clusters(&self) -> &Clusters<'a> {
        &self.clusters
    }

    /// The types of names that the tagger tells apart, sorted.
    pub fn types(&self) -> Vec<String> {
        let shared = self.labels().shared().filter(|_| self.model.kinds().is_some());
        let own = self.labels().types().iter().filter(|name| Some(name.as_str()) != shared);
        let mut types: Vec<String> = own.cloned().collect();
        types.extend(
            shared.and(self.model.kinds()).into_iter().flat_map(|it| it.classes()).cloned(),
        );
        types.sort();
        types
    }

    /// The type of a name in a sentence of these words with these signs, and how likely it is given
    /// that the tokens are a name: of a name with the shared label the likeliest of the types that
    /// share it, else the label's own.
    pub fn kind<W: Word>(&self, words: &[W], signs: &[Signs], name: &Stretch) -> (&str, f64) {
        let own = self.labels().types()[name.kind].as_str();
        match self.model.kinds() {
            Some(kinds) if self.labels().shared() == Some(own) => {
                let found = kinds.probabilities(&self.clusters, words, signs, name.start..name.end);
                let best = found.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1));
                best.map_or((own, 1.0), |(class, &share)| (kinds.classes()[class].as_str(), share))
            }
            _ => (own, 1.0),
        }
    }

    /// The best labels of a sentence of these words with these signs. A valid BIO sequence.
    pub fn tag<'s>(
        &self,
        words: impl Iterator<Item: Word> + Clone,
        signs: &[Signs],
        scratch: &'s mut Scratch,
    ) -> &'s [usize] {
        self.look_up(words, signs, scratch);
        self.score(signs, scratch);
        self.best_path(scratch);
        &scratch.labels
    }

    /// The probability of each of these names, in text order, in the sentence just labelled: that
    /// exactly these tokens are a name of this type, calibrated.
    ///
    /// Labellings are summed over only as far around a name as tokens are in doubt.
    pub fn probabilities(&self, names: &[Stretch], scratch: &mut Scratch) -> Vec<f64> {
        let mut probabilities = Vec::with_capacity(names.len());
        let mut window = 0..0;
        for name in names {
            if name.end > window.end || name.start < window.start {
                window = self.in_doubt(name.start..name.end, scratch);
                self.weigh(window.clone(), 0..window.len(), scratch);
            }
            let (start, end) = (name.start - window.start, name.end - window.start);
            let within = Stretch { start, end, kind: name.kind };
            let score = self.probability(&within, scratch);
            probabilities.push(self.model.calibration()[name.kind].of(score));
        }
        probabilities
    }

    /// These tokens of the sentence just labelled, with those around them up to one on each side
    /// that is no name beyond doubt.
    fn in_doubt(&self, tokens: Range<usize>, scratch: &Scratch) -> Range<usize> {
        let width = self.model.width;
        let rows = inner(&scratch.scores, width);
        let sure = |at: &usize| is_below(&rows[at * width..][..width], &self.sure);
        let start = (0..tokens.start).rev().find(sure).unwrap_or(0);
        let end =
            (tokens.end..rows.len() / width).find(sure).map_or(rows.len() / width, |at| at + 1);
        start..end
    }

    /// Adds the scores of the sentence just labelled to `kept`, for [`Tagger::recall`].
    pub fn keep(&self, scratch: &Scratch, kept: &mut Vec<i16>) {
        kept.extend_from_slice(inner(&scratch.scores, self.model.width));
    }

    /// Makes the sentence with these tokens of the text whose scores were kept the one just
    /// labelled.
    pub fn recall(&self, tokens: Range<usize>, kept: &[i16], scratch: &mut Scratch) {
        let (width, edge) = (self.model.width, REACH as usize * self.model.width);
        scratch.scores.clear();
        scratch.scores.resize(edge, 0);
        scratch.scores.extend_from_slice(&kept[tokens.start * width..tokens.end * width]);
        scratch.scores.resize(scratch.scores.len() + edge, 0);
    }

    /// Sums over all labellings of these tokens of the sentence just labelled, for the
    /// [`Tagger::probability`] of names within those `asked` of them.
    pub fn weigh(&self, tokens: Range<usize>, asked: Range<usize>, scratch: &mut Scratch) {
        let (count, width) = (self.model.labels.count(), self.model.width);
        let Scratch { scores, lattice, .. } = scratch;
        let rows = &inner(scores, width)[tokens.start * width..tokens.end * width];
        let nodes = |at: usize, nodes: &mut [f64]| {
            let row = &rows[at * width..][..width];
            let greatest = row[..count].iter().fold(i16::MIN, |most, &score| most.max(score));
            for (node, score) in nodes.iter_mut().zip(row) {
                *node = self.potentials.of(greatest.abs_diff(*score));
            }
        };
        lattice.weigh(tokens.len(), nodes, &self.transitions, asked);
    }

    /// The probability that exactly these tokens, within those just weighed, are a name of this
    /// type, whether the best labels say so or not.
    pub fn probability(&self, name: &Stretch, scratch: &Scratch) -> f64 {
        let labels = [2 * name.kind + 1, self.labels().inner(name.kind)];
        scratch.lattice.stretch(name.start, name.end, labels, &self.transitions)
    }

    /// Finds the numbers of words and signs. One thing is done with all tokens before the next, so
    /// that what is looked up for one is not waited for before that for another is on its way.
    fn look_up(
        &self,
        words: impl Iterator<Item: Word> + Clone,
        signs: &[Signs],
        scratch: &mut Scratch,
    ) {
        scratch.tidy(signs.len());
        let mut sentence = std::mem::take(&mut scratch.sentence);
        sentence.hashes.clear();
        let shape = |signs: &Signs| signs.get(Slot::Shape);
        for (word, signs) in words.clone().zip(signs) {
            sentence.hashes.push(mix(text(word.bytes()), u64::from(shape(signs))));
        }
        scratch.words.touch(sentence.hashes.iter().copied());
        sentence.words.clear();
        for ((word, signs), &hash) in words.zip(signs).zip(&sentence.hashes) {
            sentence.words.push(match scratch.words.get(hash) {
                Some(known) => known,
                None => self.new_word(hash, word.surface(), word.folded(), shape(signs), scratch),
            });
        }
        sentence.hashes.clear();
        sentence.hashes.extend(signs[..sentence.words.len()].iter().map(Signs::hash));
        scratch.signs.touch(sentence.hashes.iter().copied());
        sentence.signs.clear();
        for (signs, &hash) in signs.iter().zip(&sentence.hashes) {
            sentence.signs.push(match scratch.signs.get(hash) {
                Some(all) => SignsNumbers { all, paired: scratch.paired_of[all as usize] },
                None => self.new_signs(hash, signs, scratch),
            });
        }
        scratch.sentence = sentence;
    }

    fn new_word(
        &self,
        hash: u64,
        surface: &str,
        folded: &str,
        shape: u8,
        scratch: &mut Scratch,
    ) -> u32 {
        match self.model.width {
            LANES => self.new_row(LANES, hash, surface, folded, shape, scratch),
            width => self.new_row(width, hash, surface, folded, shape, scratch),
        }
    }

    #[inline(always)]
    fn new_row(
        &self,
        width: usize,
        hash: u64,
        surface: &str,
        folded: &str,
        shape: u8,
        scratch: &mut Scratch,
    ) -> u32 {
        let number = scratch.keys.len() as u32;
        let start = scratch.of_words.len();
        scratch.of_words.resize(start + OFFSETS * width, 0);
        let sums = &mut scratch.of_words[start..];
        let clusters = self.clusters.get(folded);
        let Scratch { asked, edges, .. } = scratch;
        let keys = features::letters(surface, folded, clusters, &mut |hash, offsets, share| {
            if share == Share::Many {
                // Any half of the hash would do for a key; that which is u64::MAX is none.
                let fold = |sums: &mut [i16]| self.add_at_offsets(sums, hash, offsets);
                return add(sums, edges.get(hash >> 1, OFFSETS * width, fold));
            }
            for offset in offsets {
                asked.ask(at_offset(hash, offset), (REACH - offset) as usize);
            }
        });
        asked.add(&self.model, width, sums);
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
        let here = &mut sums[REACH as usize * width..][..width];
        for column in FINE {
            let number = clusters[column];
            let hash = features::cluster_and_shape(Side::Here, column, number, shape);
            self.model.add_feature(hash, here);
        }
        scratch.keys.push(keys);
        scratch.words.insert(hash, number);
        number
    }

    /// Adds a feature of a token to the sums of those from which it stands at `offsets`.
    fn add_at_offsets(&self, sums: &mut [i16], hash: u64, offsets: RangeInclusive<isize>) {
        let width = self.model.width;
        for offset in offsets {
            let at = (REACH - offset) as usize * width;
            self.model.add_feature(at_offset(hash, offset), &mut sums[at..at + width]);
        }
    }

    fn new_signs(&self, hash: u64, signs: &Signs, scratch: &mut Scratch) -> SignsNumbers {
        let width = self.model.width;
        let span = OFFSETS * width;
        let all = scratch.paired_of.len() as u32;
        let start = scratch.of_signs.len();
        scratch.of_signs.resize(start + span, 0);
        let sums = &mut scratch.of_signs[start..];
        features::signs(signs, |number, hash| {
            let single = scratch.singles.get(number, SINGLES, span, |sums| {
                self.add_at_offsets(sums, hash, -REACH..=REACH);
            });
            add(sums, single);
        });
        let here = &mut sums[REACH as usize * width..][..width];
        let alone = std::slice::from_ref(signs);
        self.add_together(Extent::Here, 0, alone, here, &mut scratch.together);
        let next = scratch.paired.len() as u32;
        let paired = *scratch.paired.entry(features::paired(signs)).or_insert(next);
        scratch.signs.insert(hash, all);
        scratch.paired_of.push(paired);
        SignsNumbers { all, paired }
    }

    /// Adds the conjunctions of signs of this extent at the token `at`.
    fn add_together(
        &self,
        extent: Extent,
        at: usize,
        signs: &[Signs],
        sums: &mut [i16],
        kept: &mut Kept<12>,
    ) {
        features::together(extent, at, signs, |hash| {
            // Any half of the hash would do for a key; that which is u64::MAX is none.
            add(sums, kept.get(hash >> 1, sums.len(), |sums| self.model.add_feature(hash, sums)));
        });
    }

    fn score(&self, signs: &[Signs], scratch: &mut Scratch) {
        // Nearly every model has one register a row; where the compiler knows that, it writes no
        // loops over registers.
        match self.model.width {
            LANES => self.score_rows(LANES, signs, scratch),
            width => self.score_rows(width, signs, scratch),
        }
    }

    #[inline(always)]
    fn score_rows(&self, width: usize, signs: &[Signs], scratch: &mut Scratch) {
        let InSentence { words, signs: numbers_of_signs, .. } = &scratch.sentence;
        let length = words.len();
        let scores = &mut scratch.scores;
        scores.clear();
        if length == 0 {
            return;
        }
        let signs = &signs[..length];
        let span = OFFSETS * width;
        scores.resize(length * width + span - width, 0);
        let Scratch { of_words, of_signs, .. } = scratch;
        touch(of_words, words.iter().copied(), span);
        touch(of_signs, numbers_of_signs.iter().map(|signs| signs.all), span);
        for (at, (&word, signs)) in words.iter().zip(numbers_of_signs).enumerate() {
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
        // Between every two tokens, and at both ends; there one of the rows is nobody's.
        let around = &mut scores[edge - width..][..(length + 2) * width];
        let mut left = BEYOND;
        for right_at in 0..=length {
            let sums = &mut around[right_at * width..][..2 * width];
            let right = numbers_of_signs.get(right_at).map_or(BEYOND, |signs| signs.paired);
            let together = &mut scratch.together;
            add(
                sums,
                scratch.pairs.get(both(left, right), 2 * width, |sums| {
                    let (of_left, of_right) = sums.split_at_mut(width);
                    if let Some(left_at) = right_at.checked_sub(1) {
                        self.add_together(Extent::Behind, left_at, signs, of_left, together);
                    }
                    if right_at < length {
                        self.add_together(Extent::Before, right_at, signs, of_right, together);
                    }
                }),
            );
            left = right;
        }
        let words = Words { numbers: words, signs, keys: &scratch.keys };
        scratch.beside.add(&self.model, width, words, around);
        let inner = &mut scores[edge..][..length * width];
        let seen = features::shapes(signs);
        for ((at, sums), seen) in inner.chunks_exact_mut(width).enumerate().zip(seen) {
            let together = &mut scratch.together;
            add(
                sums,
                scratch.around.get(seen, width, |sums| {
                    self.add_together(Extent::Shapes, at, signs, sums, together);
                }),
            );
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
    #[inline(always)]
    fn holds_no_name(&self, width: usize, scores: &[i16]) -> bool {
        let (first, others) = scores.split_at(width);
        is_below(first, &self.margins[0])
            && others.chunks_exact(width).all(|row| is_below(row, &self.margins[1]))
    }

    fn best_path(&self, scratch: &mut Scratch) {
        match self.model.width {
            LANES => self.best_path_of_rows(LANES, scratch),
            width => self.best_path_of_rows(width, scratch),
        }
    }

    /// Viterbi's algorithm, all labels of a token side by side. Of each token the best label counts
    /// as nothing, so that sums stay small; one that leaves the range of `i16` stays at its end.
    #[inline(always)]
    fn best_path_of_rows(&self, width: usize, scratch: &mut Scratch) {
        let Scratch { scores, best, next, sources, labels, .. } = scratch;
        labels.clear();
        if scores.is_empty() {
            return;
        }
        let scores = inner(scores, width);
        let length = scores.len() / width;
        labels.resize(length, 0);
        if self.holds_no_name(width, scores) {
            return;
        }
        best.clear();
        best.resize(width, IMPOSSIBLE);
        for label in (0..self.model.labels.count()).filter(|&label| Labels::may_begin(label)) {
            best[label] = scores[label];
        }
        next.resize(width, 0);
        sources.clear();
        sources.resize(length * width, 0);
        let (best, next) = (&mut best[..width], &mut next[..width]);
        let rows = scores.chunks_exact(width).zip(sources.chunks_exact_mut(width));
        for (row, sources) in rows.skip(1) {
            subtract(best, greatest(best));
            next.fill(IMPOSSIBLE);
            for (label, outgoing) in self.outgoing.chunks_exact(width).enumerate() {
                reach(next, sources, label as i16, best[label], outgoing);
            }
            best.copy_from_slice(next);
            add(best, row);
        }
        let most = greatest(best);
        let mut label = best.iter().position(|&score| score == most).unwrap_or(0);
        for at in (0..length).rev() {
            labels[at] = label;
            label = sources[at * width + label] as usize;
        }
        // Nothing to do, unless sums have left their range.
        Labels::repair(labels);
    }
}

/// The greatest of the scores of a row.
#[inline(always)]
fn greatest(row: &[i16]) -> i16 {
    let lanes = row.as_chunks().0.iter().map(|lanes| i16x8::new(*lanes).reduce_max());
    lanes.max().unwrap_or(IMPOSSIBLE)
}

#[inline(always)]
fn subtract(row: &mut [i16], score: i16) {
    for lanes in row.as_chunks_mut().0 {
        *lanes = i16x8::new(*lanes).saturating_sub(i16x8::splat(score)).to_array();
    }
}

/// Where a path that has `label` with the sum `score` is better than those known, it takes their
/// place. Of equals the first stays.
#[inline(always)]
fn reach(next: &mut [i16], sources: &mut [i16], label: i16, score: i16, outgoing: &[i16]) {
    let (next, sources) = (next.as_chunks_mut().0, sources.as_chunks_mut().0);
    for ((next, sources), outgoing) in next.iter_mut().zip(sources).zip(outgoing.as_chunks().0) {
        let sum = i16x8::new(*outgoing).saturating_add(i16x8::splat(score));
        let known = i16x8::new(*next);
        let better = sum.simd_gt(known);
        *sources = better.bitselect(i16x8::splat(label), i16x8::new(*sources)).to_array();
        *next = sum.max(known).to_array();
    }
}

/// Whether all labels of a token score less than `O` by more than these margins.
#[inline(always)]
fn is_below(row: &[i16], margins: &[i16]) -> bool {
    let first = i16x8::splat(row[0]);
    row.as_chunks().0.iter().zip(margins.as_chunks().0).all(|(row, margins)| {
        i16x8::new(*row).saturating_add(i16x8::new(*margins)).simd_lt(first).all()
    })
}

/// The margins of [`Tagger::holds_no_name`]; of `O` itself and the padding they are such that they
/// never speak against it.
fn margins(outgoing: &[i16], count: usize, width: usize) -> [Vec<i16>; 2] {
    let step = |from: usize, to: usize| i32::from(outgoing[from * width + to]);
    let whole = |margin: i32| margin.clamp(IMPOSSIBLE.into(), i16::MAX.into()) as i16;
    let stay = step(0, 0);
    let back = (1..count).map(|from| step(from, 0) - stay).max().unwrap_or(0).max(0);
    let (mut first, mut others) = (vec![IMPOSSIBLE; width], vec![IMPOSSIBLE; width]);
    // The first token is not stepped to.
    first[1..count].fill(whole(back));
    for (to, margin) in others.iter_mut().enumerate().take(count).skip(1) {
        let reached = (0..count).map(|from| step(from, to)).max().unwrap_or(0);
        *margin = whole(reached - stay + back);
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
            let header = "word\tuse64\tuse256\tuse1000\ttopic64\ttopic256\ttopic1000\tlabel64\n";
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
            let sure = tagger.holds_no_name(LANES, inner(&scratch.scores, LANES));
            // Without the margins every sentence is decoded.
            tagger.margins = [vec![0; LANES], vec![0; LANES]];
            tagger.best_path(&mut scratch);
            prop_assert!(!sure || scratch.labels.iter().all(|&label| label == 0));
        }
    }
}

//! What two words side by side say of the labels of both: their letters, their clusters, the shape
//! of the one beside the word of the other.
//!
//! Half of the pairs of a text are among those that stood in the texts just before it. So their
//! sums are kept, and the model is asked for the others alone.

use crate::asked::Asked;
use crate::clusters::numbers;
use crate::features::{self, FINE, NO_WORD, Side, WordKeys};
use crate::model::Model;
use crate::signs::{Signs, Slot};
use crate::sums::{All, Kept, add};

/// The word beyond an end of the sentence, among the numbers of words.
const BEYOND: u32 = u32::MAX;

/// Buffers and kept sums of a worker.
#[derive(Clone, Debug, Default)]
pub(crate) struct Beside {
    /// A row for the left and one for the right of two words.
    pairs: Kept<16>,
    /// The same for the clusters of two words, of each column that is taken together.
    cluster_pairs: [All; FINE.len()],
    /// A row for the token of this shape on whose side a word of this cluster stands.
    cluster_shapes: [All; FINE.len()],
    /// The pairs of the sentence that are not kept, by the token on the right; and their rows.
    missed: Vec<u32>,
    rows: Vec<i16>,
    asked: Asked,
}

/// The words of a sentence.
#[derive(Clone, Copy)]
pub(crate) struct Words<'s> {
    /// Numbers of the words, each in its shape.
    pub numbers: &'s [u32],
    pub signs: &'s [Signs],
    /// The keys of all words there are, by their numbers.
    pub keys: &'s [WordKeys],
}

impl Words<'_> {
    /// Names the pair of the token at `right` and the one before it.
    #[inline]
    fn pair(&self, right: usize) -> u64 {
        let number = |at: usize| self.numbers.get(at).copied().unwrap_or(BEYOND);
        let left = right.checked_sub(1).map_or(BEYOND, number);
        u64::from(left) << 32 | u64::from(number(right))
    }

    /// The keys of the words of that pair.
    #[inline]
    fn keys(&self, right: usize) -> [&WordKeys; 2] {
        let pair = self.pair(right);
        [pair >> 32, pair].map(|number| self.keys.get(number as u32 as usize).unwrap_or(&NO_WORD))
    }
}

impl Beside {
    /// Forgets all pairs, when words get other numbers.
    pub(crate) fn forget(&mut self) {
        self.pairs.clear();
    }

    /// Adds what every two words side by side say to the rows of both: one a token and one more at
    /// both ends, which are nobody's.
    #[inline(always)]
    pub(crate) fn add(&mut self, model: &Model, width: usize, words: Words<'_>, rows: &mut [i16]) {
        let pair = 2 * width;
        self.missed.clear();
        let all = 0..=words.numbers.len();
        self.pairs.touch(all.clone().map(|right| words.pair(right)), pair);
        for right in all {
            match self.pairs.find(words.pair(right), pair) {
                Some(kept) => add(&mut rows[right * width..][..pair], kept),
                None => self.missed.push(right as u32),
            }
        }
        self.fold(model, width, words);
        for (&right, sums) in self.missed.iter().zip(self.rows.chunks_exact(pair)) {
            let right = right as usize;
            add(&mut rows[right * width..][..pair], sums);
            self.pairs.get(words.pair(right), pair, |kept| kept.copy_from_slice(sums));
        }
    }

    /// Adds up the rows of the pairs that are not kept.
    #[inline(always)]
    fn fold(&mut self, model: &Model, width: usize, words: Words<'_>) {
        let Beside { cluster_pairs, cluster_shapes, missed, rows, asked, .. } = self;
        rows.clear();
        rows.resize(missed.len() * 2 * width, 0);
        for (column, pairs) in FINE.into_iter().zip(&*cluster_pairs) {
            let place = |&right: &u32| pair_place(column, words.keys(right as usize));
            pairs.touch(missed.iter().map(place), 2 * width);
        }
        for (at, (&right, sums)) in missed.iter().zip(rows.chunks_exact_mut(2 * width)).enumerate()
        {
            let right = right as usize;
            let [before, behind] = words.keys(right);
            for (column, pairs) in FINE.into_iter().zip(&mut *cluster_pairs) {
                let place = pair_place(column, [before, behind]);
                let of = numbers(column) * numbers(column);
                let kept = pairs.get(place, of, 2 * width, |sums| {
                    let [left, right] = [before, behind].map(|word| word.clusters[column]);
                    let hashes = features::cluster_pair(column, left, right);
                    for (sums, hash) in sums.chunks_exact_mut(width).zip(hashes) {
                        model.add_feature(hash, sums);
                    }
                });
                add(sums, kept);
            }
            let (left_row, right_row) = (2 * at, 2 * at + 1);
            let letters = features::letters_pair(before, behind);
            asked.ask(letters.of_left, left_row);
            letters.of_right.into_iter().for_each(|hash| asked.ask(hash, right_row));
            let (of_left, of_right) = sums.split_at_mut(width);
            let left = right.checked_sub(1).and_then(|left| words.signs.get(left));
            let tokens = [
                (left, Side::Behind, behind, left_row, of_left),
                (words.signs.get(right), Side::Before, before, right_row, of_right),
            ];
            for (signs, side, word, row, sums) in tokens {
                let Some(shape) = signs.map(|signs| signs.get(Slot::Shape)) else { continue };
                asked.ask(features::letters_and_shape(side, word, shape), row);
                let shapes = usize::from(Slot::Shape.values());
                for (column, kept) in FINE.into_iter().zip(&mut *cluster_shapes) {
                    let number = word.clusters[column];
                    let place = side as usize * numbers(column) + usize::from(number);
                    let of = Side::BESIDE.len() * numbers(column) * shapes;
                    let kept = kept.get(place * shapes + usize::from(shape), of, width, |sums| {
                        let hash = features::cluster_and_shape(side, column, number, shape);
                        model.add_feature(hash, sums);
                    });
                    add(sums, kept);
                }
            }
        }
        asked.add(model, width, rows);
    }
}

/// Where the sums of the clusters of two words lie among those of a column.
#[inline]
fn pair_place(column: usize, words: [&WordKeys; 2]) -> usize {
    let [left, right] = words.map(|word| usize::from(word.clusters[column]));
    left * numbers(column) + right
}

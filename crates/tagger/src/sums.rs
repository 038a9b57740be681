//! Sums of features that belong together, folded once into a vector of label scores (a row) and
//! kept; and the addition of rows.
//!
//! A sum that leaves the range of `i16` stays at its end: 64 at the model's unit, where `exp` of
//! a difference has long told certain from impossible.

use std::hint::black_box;

use nukil_types::hash::mix;
use wide::i16x8;

use crate::model::LANES;

/// Numbers in a line of the processor's cache.
const LINE: usize = 32;

/// Zeros that begin where a line of the processor's cache does, so that rows whose length divides a
/// line, or is divided by one, lie in as few lines as they can.
#[derive(Clone, Debug, Default)]
pub(crate) struct Aligned {
    numbers: Vec<i16>,
    start: usize,
    length: usize,
}

impl Aligned {
    pub(crate) fn zeros(length: usize) -> Self {
        // Zeroed by the system, so that one article does not pay for what it leaves free.
        let numbers = vec![0; length + LINE];
        let start = numbers.as_ptr().align_offset(LINE * size_of::<i16>()).min(LINE);
        Aligned { numbers, start, length }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.length == 0
    }

    #[inline]
    pub(crate) fn as_slice(&self) -> &[i16] {
        &self.numbers[self.start..][..self.length]
    }

    #[inline]
    pub(crate) fn as_mut_slice(&mut self) -> &mut [i16] {
        &mut self.numbers[self.start..][..self.length]
    }
}

impl PartialEq for Aligned {
    fn eq(&self, other: &Self) -> bool {
        self.as_slice() == other.as_slice()
    }
}

/// Sums of so many things that all of them can be kept, each in the place of its number.
#[derive(Clone, Debug, Default)]
pub(crate) struct All {
    sums: Aligned,
    /// A bit a place: whether its sums were added up.
    filled: Vec<u64>,
}

impl All {
    /// Reads what is kept of each of these, so that it is near when it is asked for: reads one right
    /// after another are waited for together.
    #[inline]
    pub(crate) fn touch(&self, all: impl Iterator<Item = usize>, length: usize) {
        let sums = self.sums.as_slice();
        let first = |at: usize| sums.get(at * length).copied().unwrap_or(0);
        black_box(all.fold(0, |seen, at| seen ^ first(at)));
    }

    /// The `length` sums of number `at` of so many; `fold` adds them up the first time.
    #[inline(always)]
    pub(crate) fn get(
        &mut self,
        at: usize,
        of: usize,
        length: usize,
        fold: impl FnOnce(&mut [i16]),
    ) -> &[i16] {
        if self.filled.is_empty() {
            seldom(|| {
                self.sums = Aligned::zeros(of * length);
                self.filled = vec![0; of.div_ceil(64)];
            });
        }
        let sums = &mut self.sums.as_mut_slice()[at * length..][..length];
        let (filled, bit) = (&mut self.filled[at / 64], 1 << (at % 64));
        if *filled & bit == 0 {
            seldom(|| {
                fold(sums);
                *filled |= bit;
            });
        }
        sums
    }
}

/// Sums of what is too much to keep, until others need their place: every key has one place of 2
/// to the `PLACES`. What is asked for most stays, and the table stays near the processor.
#[derive(Clone, Debug, Default)]
pub(crate) struct Kept<const PLACES: u32> {
    /// Key and sums side by side, so that one line of the processor's cache holds both.
    places: Aligned,
}

/// Numbers of a place that hold its key.
const KEY: usize = 4;

impl<const PLACES: u32> Kept<PLACES> {
    pub(crate) fn clear(&mut self) {
        self.places.as_mut_slice().fill(0);
    }

    /// Reads what is kept in the places of these, so that it is near when it is asked for.
    #[inline]
    pub(crate) fn touch(&self, keys: impl Iterator<Item = u64>, length: usize) {
        let places = self.places.as_slice();
        let first = |key| places.get(Self::place(key) * (KEY + length)).copied().unwrap_or(0);
        black_box(keys.fold(0, |seen, key| seen ^ first(key)));
    }

    /// The `length` sums of what `key` names, if they are kept.
    #[inline]
    pub(crate) fn find(&self, key: u64, length: usize) -> Option<&[i16]> {
        let stride = KEY + length;
        let place = self.places.as_slice().get(Self::place(key) * stride..)?.get(..stride)?;
        let (of, sums) = place.split_at(KEY);
        (of == quarters(key)).then_some(sums)
    }

    /// The `length` sums of what `key` names, which is not the greatest there is; `fold` adds them
    /// up where they are not kept.
    #[inline(always)]
    pub(crate) fn get(&mut self, key: u64, length: usize, fold: impl FnOnce(&mut [i16])) -> &[i16] {
        // In a place that nothing has taken yet stands 0.
        debug_assert_ne!(key, u64::MAX);
        let stride = KEY + length;
        if self.places.is_empty() {
            seldom(|| self.places = Aligned::zeros(stride << PLACES));
        }
        let place = &mut self.places.as_mut_slice()[Self::place(key) * stride..][..stride];
        let (of, sums) = place.split_at_mut(KEY);
        if of != quarters(key) {
            seldom(|| {
                sums.fill(0);
                fold(sums);
                of.copy_from_slice(&quarters(key));
            });
        }
        sums
    }

    #[inline]
    fn place(key: u64) -> usize {
        (mix(0, key) >> (u64::BITS - PLACES)) as usize
    }
}

/// A key as it lies in its place, which is never 0.
#[inline]
fn quarters(key: u64) -> [i16; KEY] {
    let key = key.wrapping_add(1);
    std::array::from_fn(|at| (key >> (16 * at)) as i16)
}

/// Keeps what is seldom done out of what is done for every token.
#[cold]
#[inline(never)]
fn seldom(done: impl FnOnce()) {
    done();
}

/// Reads both ends of what `sums` holds of each of these, `length` numbers each, so that it is near
/// when it is asked for.
#[inline]
pub(crate) fn touch(sums: &[i16], numbers: impl Iterator<Item = u32>, length: usize) {
    let ends = |number: u32| {
        let at = number as usize * length;
        sums[at] ^ sums[at + length - 1]
    };
    black_box(numbers.fold(0, |seen, number| seen ^ ends(number)));
}

/// Adds a row to as many sums. Rows are padded to whole lanes, each a register.
#[inline(always)]
pub(crate) fn add(sums: &mut [i16], row: &[i16]) {
    // Where the compiler knows one length, it knows both, and writes no loop.
    let row = &row[..sums.len()];
    let (sums, row) = (sums.as_chunks_mut::<LANES>().0, row.as_chunks::<LANES>().0);
    for (sums, row) in sums.iter_mut().zip(row) {
        *sums = i16x8::new(*sums).saturating_add(i16x8::new(*row)).to_array();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_folded_once_and_kept() {
        let mut all = All::default();
        let mut kept = Kept::<4>::default();
        for (round, expected) in [(1, 7), (2, 7)] {
            let mut folds = 0;
            let mut fold = |sums: &mut [i16]| {
                sums[0] = 7;
                folds += 1;
            };
            assert_eq!(all.get(70, 100, LANES, &mut fold)[0], expected);
            assert_eq!(kept.get(u64::MAX - 1, LANES, &mut fold)[0], expected);
            assert_eq!(folds, if round == 1 { 2 } else { 0 });
        }
        kept.clear();
        assert_eq!(kept.get(u64::MAX - 1, LANES, |_| {}), [0; LANES]);
    }

    #[test]
    fn the_last_of_eight_labels_keeps_its_sums() {
        // A mark in the last lane once stood for "filled".
        let mut all = All::default();
        for _ in 0..2 {
            assert_eq!(all.get(3, 4, LANES, |sums| sums[LANES - 1] = 9)[LANES - 1], 9);
            assert_eq!(all.get(2, 4, LANES, |_| {}), [0; LANES]);
        }
    }

    #[test]
    fn a_place_is_given_to_the_last_who_asked() {
        let mut kept = Kept::<1>::default();
        for key in 1..100 {
            assert_eq!(kept.get(key, LANES, |sums| sums[1] = key as i16)[1], key as i16);
        }
    }

    #[test]
    fn sums_stay_at_the_end_of_their_range() {
        let mut sums = [i16::MAX - 1, 0, 0, 0, 0, 0, 0, i16::MIN + 1];
        add(&mut sums, &[2, 1, 0, 0, 0, 0, 0, -2]);
        assert_eq!(sums, [i16::MAX, 1, 0, 0, 0, 0, 0, i16::MIN]);
    }
}

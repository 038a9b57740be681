//! The templates: what the model looks at. This file and [`crate::Slot`] say all of it.
//!
//! Three sorts of features:
//! - of a **word** by itself (its letters, its clusters), seen from tokens near it; they fold
//!   into one vector of label scores a word and offset;
//! - of one **sign** ([`crate::Signs`]) of a token near by;
//! - **conjunctions** of several of these.
//!
//! Training and tagging both call the functions here, so they cannot drift apart.

use std::ops::RangeInclusive;

use nukil_types::hash::{finish, mix, text};

use crate::clusters::{COLUMNS, WordClusters};
use crate::signs::{SLOTS, Signs, Slot, taken};

/// The farthest token at which a feature looks, to either side.
pub(crate) const REACH: isize = 2;
/// Offsets from `-REACH` to `REACH`.
pub(crate) const OFFSETS: usize = 2 * REACH as usize + 1;

/// Keys of a word for conjunctions.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct WordKeys {
    pub lower: u64,
    pub form: u64,
    pub clusters: WordClusters,
}

pub(crate) const NO_WORD: WordKeys = WordKeys { lower: 0, form: 0, clusters: [0; COLUMNS.len()] };

/// Hash of a feature `hash` of the word at `offset`.
#[inline]
pub(crate) fn at_offset(hash: u64, offset: isize) -> u64 {
    finish(mix(hash, (offset + 16) as u64))
}

/// Beginning and end of the sentence, as the word beyond it.
pub(crate) fn boundary(before: bool) -> u64 {
    feature(0, u64::from(before))
}

fn feature(template: u64, value: u64) -> u64 {
    mix(mix(0, template), value)
}

/// Calls `found` with the hash of every feature of a word, and the offsets at which it counts.
pub(crate) fn word(
    surface: &str,
    folded: &str,
    clusters: WordClusters,
    found: &mut dyn FnMut(u64, RangeInclusive<isize>),
) -> WordKeys {
    let keys = letters(surface, folded, clusters, &mut |hash, offsets, _| found(hash, offsets));
    for (column, &number) in clusters.iter().enumerate() {
        cluster(column, number, found);
    }
    keys
}

/// How many words have a feature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Share {
    Few,
    Many,
}

/// [`word`] without the features of its clusters; tells of each how many words have it.
pub(crate) fn letters(
    surface: &str,
    folded: &str,
    clusters: WordClusters,
    found: &mut dyn FnMut(u64, RangeInclusive<isize>, Share),
) -> WordKeys {
    let lower = text(folded);
    let form = text(form(surface));
    found(feature(1, lower), -2..=2, Share::Few);
    found(feature(2, text(surface)), 0..=0, Share::Few);
    found(feature(3, form), -1..=1, Share::Many);
    let length = folded.chars().count();
    // Where letters begin, from the second on and from the last back.
    let (ends, starts) = (folded.char_indices().skip(1), folded.char_indices().rev());
    let edges = ends.zip(starts).map(|((end, _), (start, _))| (&folded[..end], &folded[start..]));
    for (size, (prefix, suffix)) in (1..=5).zip(edges) {
        let reach = if (2..=4).contains(&size) { -1..=1 } else { 0..=0 };
        let share = if size <= 3 { Share::Many } else { Share::Few };
        found(feature(10 + size, text(prefix)), 0..=0, share);
        found(feature(20 + size, text(suffix)), reach, share);
    }
    found(feature(4, length.min(12) as u64), 0..=0, Share::Many);
    if let Some((first, last)) = folded.split_once('-').and_then(|(first, rest)| {
        Some((first, rest.rsplit('-').next()?)).filter(|(first, _)| !first.is_empty())
    }) {
        found(feature(5, text(first)), 0..=0, Share::Few);
        found(feature(6, text(last)), 0..=0, Share::Few);
    }
    WordKeys { lower, form, clusters }
}

/// Calls `found` with the hash of every feature of a cluster of this column, and the offsets at
/// which it counts.
pub(crate) fn cluster(
    column: usize,
    number: u16,
    found: &mut dyn FnMut(u64, RangeInclusive<isize>),
) {
    if number > 0 {
        found(feature(30 + column as u64, u64::from(number)), -2..=2);
    } else if column == 0 {
        found(feature(30, 0), -1..=1);
    }
}

/// The form of a word: letters as `X` or `x`, digits as `0`, runs cut to two.
fn form(surface: &str) -> String {
    let mut form = String::with_capacity(surface.len());
    let (mut last, mut run) = ('\0', 0);
    for c in surface.chars() {
        let class = match c {
            _ if c.is_uppercase() => 'X',
            _ if c.is_alphabetic() => 'x',
            _ if c.is_numeric() => '0',
            _ => c,
        };
        run = if class == last { run + 1 } else { 1 };
        last = class;
        if run <= 2 {
            form.push(class);
        }
    }
    form
}

/// How many numbers [`signs`] gives.
pub(crate) const SINGLES: usize = {
    let (mut singles, mut at) = (0, 0);
    while at < SLOTS {
        singles += Slot::ALL[at].values() as usize;
        at += 1;
    }
    singles * Slot::Writing.values() as usize
};

/// Calls `found` with the hash of every single sign of a token, which counts at all offsets, and a
/// number that no other has.
pub(crate) fn signs(signs: &Signs, mut found: impl FnMut(usize, u64)) {
    let answers = signs.answers();
    let writing = answers[Slot::Writing as usize];
    let mut first = 0;
    for (&slot, value) in Slot::ALL.iter().zip(answers).skip(1) {
        if value != 0 {
            let number = (first + usize::from(value)) * usize::from(Slot::Writing.values());
            let hash = mix(feature(50 + slot as u64, u64::from(value)), u64::from(writing));
            found(number + usize::from(writing), hash);
        }
        first += usize::from(slot.values());
    }
}

/// What a token beyond the sentence shows: nothing, and that in its own way.
const BEYOND: u8 = 0xff;

/// Pairs and triples of signs that say more together: slot and offset each.
const TOGETHER: &[&[(Slot, isize)]] = &[
    &[(Slot::Shape, -1), (Slot::Shape, 0)],
    &[(Slot::Shape, 0), (Slot::Shape, 1)],
    &[(Slot::Shape, -1), (Slot::Shape, 0), (Slot::Shape, 1)],
    &[(Slot::Shape, -2), (Slot::Shape, -1), (Slot::Shape, 0)],
    &[(Slot::Shape, 0), (Slot::Shape, 1), (Slot::Shape, 2)],
    &[(Slot::Shape, 0), (Slot::CapitalShare, 0), (Slot::NamePart, 0)],
    &[(Slot::NamePart, -1), (Slot::NamePart, 0)],
    &[(Slot::NamePart, 0), (Slot::NamePart, 1)],
    &[(Slot::Place, 0), (Slot::Organisation, 0), (Slot::Person, 0)],
    &[(Slot::Place, 0), (Slot::CapitalShare, 0), (Slot::Shape, 0)],
    &[(Slot::Place, 0), (Slot::PlaceCue, 0)],
    &[(Slot::Place, 0), (Slot::NamePart, 0)],
    &[(Slot::Place, 0), (Slot::Head, -1)],
    &[(Slot::Place, 1), (Slot::Head, 0)],
    &[(Slot::Organisation, 0), (Slot::Place, 1)],
    &[(Slot::Organisation, -1), (Slot::Place, 0)],
    &[(Slot::Organisation, 0), (Slot::CapitalShare, 0), (Slot::HitCase, 0)],
    &[(Slot::TitleBefore, 0), (Slot::NamePart, 0), (Slot::Shape, 0)],
    &[(Slot::TitleBefore, 0), (Slot::Place, 0)],
    &[(Slot::TitleFar, 0), (Slot::NamePart, 0), (Slot::Shape, 0)],
    &[(Slot::VerbBefore, 0), (Slot::NamePart, 0), (Slot::Shape, 0)],
    &[(Slot::Verb, 1), (Slot::NamePart, 0), (Slot::Shape, 0)],
    &[(Slot::PlaceCue, 0), (Slot::Shape, 0), (Slot::NamePart, 0)],
    &[(Slot::Head, 0), (Slot::Shape, 0)],
    &[(Slot::Head, -1), (Slot::Shape, 0), (Slot::CapitalShare, 0)],
    &[(Slot::HeadBefore, 0), (Slot::Shape, 0)],
    &[(Slot::RunHead, 0), (Slot::Shape, 0)],
    &[(Slot::RunHead, 0), (Slot::Place, 0)],
    &[(Slot::RunHead, 0), (Slot::NamePart, 0), (Slot::CapitalShare, 0)],
    &[(Slot::RunHead, 0), (Slot::Title, 0)],
    &[(Slot::Introduced, -1), (Slot::Introduced, 0)],
    &[(Slot::Introduced, 0), (Slot::Introduced, 1)],
    &[(Slot::Elsewhere, -1), (Slot::Elsewhere, 0)],
    &[(Slot::Elsewhere, 0), (Slot::Elsewhere, 1)],
    &[(Slot::Elsewhere, 0), (Slot::Shape, 0)],
    &[(Slot::Elsewhere, 0), (Slot::Place, 0), (Slot::Organisation, 0)],
    &[(Slot::Elsewhere, 0), (Slot::CapitalShare, 0)],
    &[(Slot::Elsewhere, 0), (Slot::NamePart, 0), (Slot::TitleBefore, 0)],
    &[(Slot::PartElsewhere, 0), (Slot::Elsewhere, 0)],
    &[(Slot::PartElsewhere, 0), (Slot::NamePart, 0), (Slot::Shape, 0)],
    &[(Slot::PartElsewhere, 0), (Slot::TitleBefore, 0)],
    &[(Slot::PartElsewhere, 0), (Slot::Shape, 1)],
    &[(Slot::LowerElsewhere, 0), (Slot::Shape, 0), (Slot::CapitalShare, 0)],
];

/// How far the parts of a conjunction of signs lie apart, seen from its token. The tagger keeps
/// sums for what lies close.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    /// At the token alone.
    Here,
    /// At the token and the one before.
    Before,
    /// At the token and the one behind.
    Behind,
    /// Farther, up to [`REACH`]: shapes alone.
    Shapes,
}

impl Extent {
    pub(crate) const ALL: [Extent; 4] =
        [Extent::Here, Extent::Before, Extent::Behind, Extent::Shapes];

    /// The offset with this number, counted from `-REACH`, if the parts may stand there.
    #[inline]
    fn offset(self, index: usize) -> Option<isize> {
        let offset = index as isize - REACH;
        let seen = match self {
            Extent::Here => offset == 0,
            Extent::Before => matches!(offset, -1 | 0),
            Extent::Behind => matches!(offset, 0 | 1),
            Extent::Shapes => true,
        };
        seen.then_some(offset)
    }

    const fn of(parts: &[(Slot, isize)]) -> Self {
        let (mut first, mut last, mut at) = (0, 0, 0);
        while at < parts.len() {
            let offset = parts[at].1;
            first = if offset < first { offset } else { first };
            last = if offset > last { offset } else { last };
            at += 1;
        }
        match (first, last) {
            (0, 0) => Extent::Here,
            (-1, 0) => Extent::Before,
            (0, 1) => Extent::Behind,
            _ => {
                let mut at = 0;
                while at < parts.len() {
                    assert!(parts[at].0 as usize == Slot::Shape as usize);
                    at += 1;
                }
                Extent::Shapes
            }
        }
    }
}

const EXTENTS: [Extent; TOGETHER.len()] = {
    let mut extents = [Extent::Here; TOGETHER.len()];
    let mut number = 0;
    while number < TOGETHER.len() {
        extents[number] = Extent::of(TOGETHER[number]);
        number += 1;
    }
    extents
};

/// The numbers of the conjunctions of an extent, and how many they are.
const fn numbers_of(extent: Extent) -> ([usize; TOGETHER.len()], usize) {
    let (mut numbers, mut count, mut number) = ([0; TOGETHER.len()], 0, 0);
    while number < TOGETHER.len() {
        if EXTENTS[number] as usize == extent as usize {
            numbers[count] = number;
            count += 1;
        }
        number += 1;
    }
    (numbers, count)
}

const BY_EXTENT: [([usize; TOGETHER.len()], usize); Extent::ALL.len()] = [
    numbers_of(Extent::Here),
    numbers_of(Extent::Before),
    numbers_of(Extent::Behind),
    numbers_of(Extent::Shapes),
];

/// The bits of the signs at which conjunctions of [`Extent::Before`] and [`Extent::Behind`] look.
const PAIRED: u128 = {
    let mut paired = taken(Slot::Writing);
    let mut number = 0;
    while number < TOGETHER.len() {
        if matches!(EXTENTS[number], Extent::Before | Extent::Behind) {
            let mut at = 0;
            while at < TOGETHER[number].len() {
                paired |= taken(TOGETHER[number][at].0);
                at += 1;
            }
        }
        number += 1;
    }
    paired
};

/// Signs without those that the conjunctions of two tokens do not look at: far fewer differ.
#[inline]
pub(crate) fn paired(signs: &Signs) -> Signs {
    signs.only(PAIRED)
}

/// What the conjunctions of [`Extent::Shapes`] see from each token, in a number a token.
pub(crate) fn shapes(signs: &[Signs]) -> impl Iterator<Item = u64> {
    const BEYOND: u8 = Slot::Shape.values();
    const BASE: u64 = BEYOND as u64 + 1;
    let shape = |at: usize| u64::from(signs.get(at).map_or(BEYOND, |it| it.get(Slot::Shape)));
    let before =
        [u64::from(BEYOND); REACH as usize].into_iter().chain((0..REACH as usize).map(shape));
    let mut near = before.fold(0, |near, shape| near * BASE + shape);
    signs.iter().enumerate().map(move |(at, signs)| {
        // The farthest of those before leaves, the farthest of those behind comes.
        near = (near * BASE + shape(at + REACH as usize)) % BASE.pow(OFFSETS as u32);
        u64::from(signs.get(Slot::Writing)) * BASE.pow(OFFSETS as u32) + near
    })
}

/// Calls `found` with the hash of every conjunction of signs of this extent at the token `at`.
pub(crate) fn together(extent: Extent, at: usize, signs: &[Signs], mut found: impl FnMut(u64)) {
    // Read once, since many conjunctions look at the same answers.
    let near: [[u8; SLOTS]; OFFSETS] = std::array::from_fn(|index| {
        let Some(offset) = extent.offset(index) else { return [0; SLOTS] };
        match at.checked_add_signed(offset).and_then(|near| signs.get(near)) {
            None => [BEYOND; SLOTS],
            Some(signs) if extent == Extent::Shapes => {
                let mut answers = [0; SLOTS];
                answers[Slot::Shape as usize] = signs.get(Slot::Shape);
                answers
            }
            Some(signs) => signs.answers(),
        }
    });
    let writing = u64::from(signs[at].get(Slot::Writing));
    let (numbers, count) = &BY_EXTENT[extent as usize];
    for &number in &numbers[..*count] {
        let mut hash = mix(100 + number as u64, writing);
        let mut any = false;
        for &(slot, offset) in TOGETHER[number] {
            let value = near[(REACH + offset) as usize][slot as usize];
            any |= value != 0;
            hash = mix(hash, u64::from(value));
        }
        if any {
            found(finish(hash));
        }
    }
}

/// Where a word stands, seen from the token whose label it speaks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Side {
    Before,
    Behind,
    Here,
}

impl Side {
    /// Every side, and the offset of the word there.
    pub(crate) const ALL: [(Side, isize); 3] =
        [(Side::Before, -1), (Side::Behind, 1), (Side::Here, 0)];
    /// Those of the words beside the token.
    pub(crate) const BESIDE: [(Side, isize); 2] = [(Side::Before, -1), (Side::Behind, 1)];
}

/// The columns of clusters that are fine enough to be taken together with others.
pub(crate) const FINE: [usize; 3] = [1, 4, 6];

fn pair(template: u64, a: u64, b: u64) -> u64 {
    finish(mix(mix(template, a), b))
}

/// Calls `found` with the hash of every conjunction of a word and the shape of the token to whose
/// `side` it stands.
pub(crate) fn word_and_shape(side: Side, word: &WordKeys, shape: u8, mut found: impl FnMut(u64)) {
    if side != Side::Here {
        found(letters_and_shape(side, word, shape));
    }
    for column in FINE {
        found(cluster_and_shape(side, column, word.clusters[column], shape));
    }
}

/// The hash of the conjunction of a word, and not of its clusters, and the shape of the token to
/// whose `side` it stands. The word of the token itself has features of its own letters enough.
#[inline]
pub(crate) fn letters_and_shape(side: Side, word: &WordKeys, shape: u8) -> u64 {
    pair(202 + side as u64, word.lower, u64::from(shape))
}

/// The hash of the conjunction of a cluster of a word and the shape of the token to whose `side`
/// it stands.
pub(crate) fn cluster_and_shape(side: Side, column: usize, number: u16, shape: u8) -> u64 {
    pair(213 + 10 * column as u64 + side as u64, u64::from(number), u64::from(shape))
}

/// Calls the one or the other with the hash of every conjunction of two words side by side that
/// speaks for the label of the left or of the right one.
pub(crate) fn word_pair(
    left: &WordKeys,
    right: &WordKeys,
    mut of_left: impl FnMut(u64),
    mut of_right: impl FnMut(u64),
) {
    let LettersPair { of_left: hash, of_right: hashes } = letters_pair(left, right);
    of_left(hash);
    hashes.into_iter().for_each(&mut of_right);
    for column in FINE {
        let [left, right] = cluster_pair(column, left.clusters[column], right.clusters[column]);
        of_left(left);
        of_right(right);
    }
}

/// The hashes of the conjunctions of two words side by side, without those of their clusters, that
/// speak for the label of the left and of the right one.
pub(crate) struct LettersPair {
    pub of_left: u64,
    pub of_right: [u64; 2],
}

#[inline]
pub(crate) fn letters_pair(left: &WordKeys, right: &WordKeys) -> LettersPair {
    LettersPair {
        of_left: pair(201, left.lower, right.lower),
        of_right: [pair(200, left.lower, right.lower), pair(302, right.form, left.lower)],
    }
}

/// The hashes of the conjunctions of the clusters of two words side by side: that which speaks
/// for the label of the left one, and that of the right one.
pub(crate) fn cluster_pair(column: usize, left: u16, right: u16) -> [u64; 2] {
    let template = 210 + 10 * column as u64;
    let (left, right) = (u64::from(left), u64::from(right));
    [pair(template + 1, left, right), pair(template, left, right)]
}

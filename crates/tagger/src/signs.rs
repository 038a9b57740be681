//! What others have seen of a token, as small numbers: a gazetteer's hits, titles and verbs
//! beside it, how it is written. The tagger learns what each is worth; it does not know where
//! they come from.

use nukil_types::hash::{finish, mix};

macro_rules! slots {
    ($($(#[$doc:meta])* $variant:ident $values:literal,)*) => {
        /// A question that is asked of every token.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub enum Slot { $($(#[$doc])* $variant,)* }

        impl Slot {
            /// Every slot, in the order of their numbers.
            pub const ALL: &'static [Slot] = &[$(Slot::$variant,)*];

            /// One more than the greatest value that the slot takes.
            pub const fn values(self) -> u8 {
                match self { $(Slot::$variant => $values,)* }
            }
        }

        /// How many slots there are.
        pub const SLOTS: usize = [$($values,)*].len();
    };
}

slots! {
    /// How the sentence is written: prose, title case, capitals, lower case; the same for all its
    /// tokens. What all other signs are worth depends on it.
    Writing 4,
    /// How the token is written, and whether it begins the sentence or a quotation.
    Shape 16,
    /// How large a share of its occurrences in running text carries a capital.
    CapitalShare 10,
    /// How often running text holds it.
    Frequency 10,
    /// Which parts of a person's name it may be.
    NamePart 32,
    /// Where it stands in the longest place name that a list has, and of what kind that is.
    Place 140,
    /// The same for organisations.
    Organisation 140,
    /// The same for people.
    Person 8,
    /// How the case of those hits agrees with the lists.
    HitCase 16,
    /// The title in which it stands.
    Title 32,
    /// The title right before it.
    TitleBefore 32,
    /// A title with nothing but its place or organisation between.
    TitleFar 2,
    /// A word before it after which a place is named.
    PlaceCue 3,
    /// The verb of speech right before it.
    VerbBefore 8,
    /// The verb of speech that begins here.
    Verb 8,
    /// The head of a name in which it stands, by the label of the whole.
    Head 8,
    /// The head right before it that is no part of the name.
    HeadBefore 4,
    /// The head that stands before it in the same run of capitalised words, by the label of the
    /// whole, and whether it is right before.
    RunHead 8,
    /// Its part in a name that is introduced with an acronym: the words, or the acronym in brackets
    /// that their initials make up.
    Introduced 3,
    /// A head that ends a name.
    HeadBehind 4,
    /// Capitalised, and no name.
    NotName 3,
    /// A degree as it stands behind a person's name.
    Degree 2,
    /// The label that it has elsewhere in the document, as part of the longest name found there.
    Elsewhere 16,
    /// The type of longer names elsewhere in the document of which it is a word.
    PartElsewhere 8,
    /// Whether the document writes it in lower case elsewhere, outside of names.
    LowerElsewhere 2,
}

/// Where the answer in each slot stands among the bits of [`Signs`], and how many bits it takes.
const BITS: [(u32, u32); SLOTS] = {
    let (mut bits, mut first, mut at) = ([(0, 0); SLOTS], 0, 0);
    while at < SLOTS {
        let width = u8::BITS - (Slot::ALL[at].values() - 1).leading_zeros();
        bits[at] = (first, width);
        first += width;
        at += 1;
    }
    assert!(first <= u128::BITS);
    bits
};

/// The bits of the answer in a slot.
#[inline]
pub(crate) const fn taken(slot: Slot) -> u128 {
    let (first, width) = BITS[slot as usize];
    ((u8::MAX >> (u8::BITS - width)) as u128) << first
}

/// The answers for one token, side by side in one number, which is quickly compared and hashed; 0 is
/// "nothing to say".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Signs(u128);

impl Signs {
    /// The answer in a slot.
    #[inline]
    pub fn get(&self, slot: Slot) -> u8 {
        let (first, width) = BITS[slot as usize];
        (self.0 >> first) as u8 & (u8::MAX >> (u8::BITS - width))
    }

    /// The answers in all slots, by the numbers of the slots: for who looks at many of them.
    #[inline]
    pub(crate) fn answers(&self) -> [u8; SLOTS] {
        let mut answers = [0; SLOTS];
        for (answer, (first, width)) in answers.iter_mut().zip(BITS) {
            *answer = (self.0 >> first) as u8 & (u8::MAX >> (u8::BITS - width));
        }
        answers
    }

    /// These signs without the answers in all slots but those whose bits are given.
    #[inline]
    pub(crate) fn only(&self, bits: u128) -> Self {
        Signs(self.0 & bits)
    }

    /// Their hash. The first half is finished by itself: its highest bits, which differ between
    /// sets that are otherwise alike, would else lie where the second half is put.
    #[inline]
    pub(crate) fn hash(&self) -> u64 {
        finish(mix(finish(mix(0, self.0 as u64)), (self.0 >> 64) as u64))
    }

    /// Sets the answer in a slot; one that the slot does not take becomes the greatest it takes.
    #[inline]
    pub fn set(&mut self, slot: Slot, value: u8) {
        let (first, _) = BITS[slot as usize];
        self.0 = self.0 & !taken(slot) | u128::from(value.min(slot.values() - 1)) << first;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_slot_keeps_its_greatest_answer_and_no_more() {
        let mut signs = Signs::default();
        for &slot in Slot::ALL {
            signs.set(slot, u8::MAX);
        }
        for &slot in Slot::ALL {
            assert_eq!(signs.get(slot), slot.values() - 1);
            let mut others = signs;
            others.set(slot, 0);
            assert_eq!(others.get(slot), 0);
            others.set(slot, slot.values() - 1);
            assert_eq!(others, signs);
        }
    }

    #[test]
    fn sets_that_differ_in_the_highest_bits_of_both_halves_have_hashes_of_their_own() {
        // Two such sets once had one hash, so a token got the scores of another.
        let mut seen = std::collections::HashSet::new();
        for low in 0..512_u128 {
            for high in 0..512_u128 {
                assert!(seen.insert(Signs(low << 55 | high << 64).hash()));
            }
        }
    }
}

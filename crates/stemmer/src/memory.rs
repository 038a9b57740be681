//! What a worker remembers of the forms that it has read.
//!
//! Two thirds of the words of a text are among a thousand forms, so nearly every word is looked up
//! here and nowhere else.

use nukil_types::{FormKey, FormTable};

use crate::clitics::Clitics;
use crate::stemmer::{Lemma, Verdict};

/// Forms that are remembered before it starts afresh: two megabytes.
const MOST_FORMS: usize = 1 << 15;

/// The forms that have been read.
#[derive(Default)]
pub(crate) struct Memory {
    forms: FormTable<Remembered>,
    /// The lemmas that are no parts of their forms.
    lemmas: Vec<&'static str>,
}

/// A [`Verdict`] in fewer bytes.
#[derive(Clone, Copy, Default)]
struct Remembered {
    lemma: Short,
    clitics: Clitics,
    weak: bool,
    ambiguous: bool,
}

/// A [`Lemma`] in fewer bytes.
#[derive(Clone, Copy, Default)]
enum Short {
    #[default]
    Whole,
    /// Its number among the lemmas.
    Known(u32),
    Part(u8, u8),
}

impl Memory {
    /// Has a form near that is asked for soon.
    #[inline]
    pub(crate) fn touch(&self, key: FormKey) {
        self.forms.touch(key);
    }

    /// The verdict over a form, if it is remembered.
    #[inline]
    pub(crate) fn get(&self, key: FormKey) -> Option<Verdict> {
        let Remembered { lemma, clitics, weak, ambiguous } = self.forms.get(key)?;
        let lemma = match lemma {
            Short::Whole => Lemma::Whole,
            Short::Known(number) => Lemma::Known(self.lemmas[number as usize]),
            Short::Part(start, end) => Lemma::Part(start, end),
        };
        Some(Verdict { lemma, clitics, weak, ambiguous })
    }

    /// Remembers the verdict over a form.
    pub(crate) fn insert(&mut self, key: FormKey, verdict: Verdict) {
        if self.forms.len() == MOST_FORMS {
            self.forms.reset(MOST_FORMS);
            self.lemmas.clear();
        }
        let Verdict { lemma, clitics, weak, ambiguous } = verdict;
        let lemma = match lemma {
            Lemma::Whole => Short::Whole,
            Lemma::Known(lemma) => {
                self.lemmas.push(lemma);
                Short::Known(self.lemmas.len() as u32 - 1)
            }
            Lemma::Part(start, end) => Short::Part(start, end),
        };
        self.forms.insert(key, Remembered { lemma, clitics, weak, ambiguous });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_inserted_is_remembered_until_there_are_too_many() {
        let mut memory = Memory::default();
        let key = |number: usize| FormKey::of_form(&format!("bentuk{number}")).unwrap();
        for number in 0..=MOST_FORMS {
            let lemma = match number % 3 {
                0 => Lemma::Whole,
                1 => Lemma::Known("bentuk"),
                _ => Lemma::Part(0, 6),
            };
            memory.insert(key(number), Verdict { lemma, ..Verdict::WHOLE });
            let kept = memory.get(key(number)).map(|verdict| verdict.lemma);
            assert_eq!(kept, Some(lemma));
        }
        assert!(memory.get(key(0)).is_none());
    }
}

//! Choices between candidates: a conditional logit (McFadden, *Conditional Logit Analysis of
//! Qualitative Choice Behavior*, 1974). A candidate is told by features, each a template with a
//! value; the candidate with the greatest sum of weights is chosen.

use std::marker::PhantomData;

use nukil_types::SparseTable;
use nukil_types::facts::{self, Facts, FactsError};
use nukil_types::hash::{finish, mix, text};
use rustc_hash::FxHashMap;

/// What the values of a template are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Values {
    Word,
    Pair,
    Code,
}

/// A kind of features, with a name in the table of weights.
pub(crate) trait Template: Copy + 'static {
    const ALL: &'static [Self];
    fn name(self) -> &'static str;
    fn number(self) -> u64;
    fn values(self) -> Values;
}

/// An enumeration of templates with their names, and which of them have words or pairs of words as
/// values; the others have numbers.
macro_rules! templates {
    (
        $(#[$about:meta])*
        $enum:ident { $($variant:ident = $name:literal),* $(,)? }
        words: $words:pat,
        pairs: $pairs:pat,
    ) => {
        $crate::named::named! {
            $(#[$about])*
            $enum { $($variant = $name),* }
        }

        impl $crate::choice::Template for $enum {
            const ALL: &'static [Self] = $enum::ALL;

            fn name(self) -> &'static str {
                self.name()
            }

            fn number(self) -> u64 {
                self as u64
            }

            fn values(self) -> $crate::choice::Values {
                match self {
                    $words => $crate::choice::Values::Word,
                    $pairs => $crate::choice::Values::Pair,
                    _ => $crate::choice::Values::Code,
                }
            }
        }
    };
}

pub(crate) use templates;

fn key(template: impl Template, value: u64) -> u64 {
    finish(mix(template.number(), value))
}

fn pair_value(first: &str, second: &str) -> u64 {
    mix(text(first), text(second))
}

/// Takes the features of a candidate.
pub(crate) trait Sink<T> {
    fn word(&mut self, template: T, word: &str);
    fn pair(&mut self, template: T, first: &str, second: &str);
    fn code(&mut self, template: T, code: u64);
}

/// The learned weights of features, in hundredths.
#[derive(Clone, Debug)]
pub(crate) struct Weights<T> {
    table: SparseTable<i16>,
    template: PhantomData<T>,
}

impl<T: Template> Weights<T> {
    /// Reads the table: a feature, its value, a weight.
    pub fn parse(table: &str) -> Result<Self, FactsError> {
        const COLUMNS: [&str; 3] = ["feature", "value", "weight"];
        let mut weights = SparseTable::default();
        for row in Facts::parse(table, &COLUMNS)?.fields_of(COLUMNS) {
            let (line, [feature, value, weight]) = row?;
            let bad = |what: &str| FactsError::new(line, format!("no {what}"));
            let template = T::ALL.iter().find(|template| template.name() == feature);
            let template = *template.ok_or_else(|| bad("feature"))?;
            let value = match template.values() {
                Values::Word => text(value),
                Values::Pair => {
                    let (first, second) = value.split_once(' ').ok_or_else(|| bad("two words"))?;
                    pair_value(first, second)
                }
                Values::Code => facts::number(line, value, "value")?.ok_or_else(|| bad("value"))?,
            };
            let weight = facts::number(line, weight, "weight")?.unwrap_or_default();
            weights.get_or_insert(key(template, value), weight);
        }
        Ok(Weights { table: weights, template: PhantomData })
    }

    /// The weight of a word.
    pub fn of_word(&self, template: T, word: &str) -> Option<i16> {
        self.table.get(key(template, text(word)))
    }

    /// The weight of a pair of words.
    pub fn of_pair(&self, template: T, first: &str, second: &str) -> Option<i16> {
        self.table.get(key(template, pair_value(first, second)))
    }

    /// The weight of a number.
    pub fn of_code(&self, template: T, code: u64) -> Option<i16> {
        self.table.get(key(template, code))
    }

    /// The candidate with the greatest sum, the first of several. `features` tells the features of the
    /// candidate with a number.
    pub fn choose(&self, candidates: usize, features: impl Fn(usize, &mut Score<'_, T>)) -> usize {
        let sum = |candidate| {
            let mut score = Score { weights: self, sum: 0 };
            features(candidate, &mut score);
            score.sum
        };
        (0..candidates).rev().max_by_key(|&candidate| sum(candidate)).unwrap_or(0)
    }
}

/// The sum of the weights of a candidate.
pub(crate) struct Score<'w, T> {
    weights: &'w Weights<T>,
    sum: i32,
}

impl<T: Template> Score<'_, T> {
    fn add(&mut self, weight: Option<i16>) {
        self.sum += i32::from(weight.unwrap_or_default());
    }
}

impl<T: Template> Sink<T> for Score<'_, T> {
    fn word(&mut self, template: T, word: &str) {
        self.add(self.weights.of_word(template, word));
    }

    fn pair(&mut self, template: T, first: &str, second: &str) {
        self.add(self.weights.of_pair(template, first, second));
    }

    fn code(&mut self, template: T, code: u64) {
        self.add(self.weights.of_code(template, code));
    }
}

/// A choice that the annotators made: weights are learned from such.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Of each candidate the hashes of its features.
    pub candidates: Vec<Vec<u64>>,
    /// The candidate that the annotators have.
    pub chosen: usize,
}

/// The rows of features in the table of weights, by their hashes: feature and value.
pub type ChoiceRows = FxHashMap<u64, [String; 2]>;

/// Notes the features of candidates.
pub(crate) struct Noted<'r> {
    rows: &'r mut ChoiceRows,
    found: Vec<u64>,
}

impl<'r> Noted<'r> {
    /// The features of so many candidates.
    pub fn candidates(
        rows: &'r mut ChoiceRows,
        candidates: usize,
        features: impl Fn(usize, &mut Noted<'_>),
    ) -> Vec<Vec<u64>> {
        let mut noted = Noted { rows, found: Vec::new() };
        let mut of = |candidate| {
            features(candidate, &mut noted);
            std::mem::take(&mut noted.found)
        };
        (0..candidates).map(&mut of).collect()
    }

    fn add(&mut self, template: impl Template, value: u64, written: impl Fn() -> String) {
        let key = key(template, value);
        self.rows.entry(key).or_insert_with(|| [template.name().to_string(), written()]);
        self.found.push(key);
    }
}

impl<T: Template> Sink<T> for Noted<'_> {
    fn word(&mut self, template: T, word: &str) {
        self.add(template, text(word), || word.to_string());
    }

    fn pair(&mut self, template: T, first: &str, second: &str) {
        self.add(template, pair_value(first, second), || format!("{first} {second}"));
    }

    fn code(&mut self, template: T, code: u64) {
        self.add(template, code, || code.to_string());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    enum Of {
        Verb,
        Edge,
        Length,
    }

    impl Template for Of {
        const ALL: &'static [Of] = &[Of::Verb, Of::Edge, Of::Length];

        fn name(self) -> &'static str {
            ["verb", "edge", "length"][self as usize]
        }

        fn number(self) -> u64 {
            self as u64
        }

        fn values(self) -> Values {
            [Values::Word, Values::Pair, Values::Code][self as usize]
        }
    }

    #[test]
    fn the_greatest_sum_is_chosen_and_of_equals_the_first() {
        let weights: Weights<Of> = Weights::parse(
            "feature\tvalue\tweight\nverb\tkata\t50\nedge\tkata budi\t30\nlength\t3\t-60\n",
        )
        .unwrap();
        let verbs = ["ujar", "kata", "kata", "tutur"];
        let verb = |at: usize, sink: &mut Score<'_, Of>| sink.word(Of::Verb, verbs[at]);
        assert_eq!(weights.choose(4, verb), 1);
        let all = |at: usize, sink: &mut Score<'_, Of>| {
            sink.word(Of::Verb, verbs[at]);
            sink.pair(Of::Edge, verbs[at], if at == 2 { "budi" } else { "ani" });
            sink.code(Of::Length, if at < 2 { 3 } else { 2 });
        };
        assert_eq!(weights.choose(4, all), 2);
        assert_eq!(weights.choose(0, all), 0);
    }

    #[test]
    fn a_bad_row_is_named_by_its_line() {
        for row in ["sound\tkata\t1", "edge\tkata\t1", "length\tkata\t1", "verb\tkata\tx"] {
            let table = format!("feature\tvalue\tweight\n{row}\n");
            assert_eq!(Weights::<Of>::parse(&table).unwrap_err().line, 2, "{row}");
        }
    }
}

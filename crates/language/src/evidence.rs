//! How much the words of running text speak against each of the three languages that are hardest
//! to tell apart in it: Indonesian, Malay and English.
//!
//! The sums over a text are those of a naive Bayes classifier (a multinomial unigram model) with
//! bounded terms, so that one word that a language happens to lack does not decide. Names are left
//! out of the table: "Kuala Lumpur" in an Indonesian article says nothing of its language.

use nukil_types::facts::{Facts, FactsError, number};

use crate::TableError;

/// Of [`crate::votes::LANGUAGES`] the first three, in the same order.
pub(crate) const WEIGHED: usize = 3;

/// What speaks against each language, in tenths of a natural logarithm.
pub(crate) type Costs = [u32; WEIGHED];

const TABLE: &str = "words of Indonesian, Malay and English";

#[derive(Clone, Debug)]
pub(crate) struct Evidence<'t> {
    pub words: Vec<(&'t str, [u8; WEIGHED])>,
}

impl<'t> Evidence<'t> {
    /// Reads columns `word`, `id`, `ms` and `en`.
    pub(crate) fn parse(tsv: &'t str) -> Result<Self, TableError> {
        let error = |FactsError { line, reason }| TableError { table: TABLE, line, reason };
        let names = ["word", "id", "ms", "en"];
        let table = Facts::parse(tsv, &names).map_err(error)?;
        let mut words = Vec::new();
        for fields in table.fields_of(names) {
            let (line, [word, numbers @ ..]) = fields.map_err(error)?;
            let mut costs = [0; WEIGHED];
            for ((cost, field), name) in costs.iter_mut().zip(numbers).zip(&names[1..]) {
                *cost = number(line, field, name).map_err(error)?.unwrap_or(0);
            }
            words.push((word, costs));
        }
        Ok(Evidence { words })
    }
}

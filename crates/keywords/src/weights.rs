//! How much each kind of evidence counts.
//!
//! The model is linear: the score of a candidate is the logistic function of a weighted sum.
//! What a weight means can be read in the file, and one article is ranked by a few thousand
//! multiplications.

use std::fmt::Write;

use nukil_types::facts::{Facts, FactsError};

use crate::features::{Feature, Features};

/// Name of the constant term in a file of weights.
const BIAS: &str = "bias";

/// A weight for every feature, and a constant.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    bias: f64,
    values: Features,
}

impl Weights {
    /// Weight of [`Feature::Link`], set by hand in every table: the articles that weights are learned
    /// from are texts and have no links. What an outlet links in full counts like a name in the
    /// headline and a little more.
    pub const LINK: f64 = 1.0;

    /// Weights learned elsewhere, in the order of [`Feature::ALL`].
    pub fn new(bias: f64, values: Features) -> Self {
        Weights { bias, values }
    }

    /// The same weights but for one.
    #[must_use]
    pub fn with(mut self, feature: Feature, weight: f64) -> Self {
        self.values[feature as usize] = weight;
        self
    }

    /// Weights set by hand, for texts that are no news: TF-IDF with the position of the first
    /// occurrence (KP-Miner) and a preference for phrases that hold together and for names.
    pub fn statistical() -> Self {
        let mut values = [0.0; Feature::ALL.len()];
        let by_hand = [
            (Feature::Frequency, 1.2),
            (Feature::Once, -0.5),
            (Feature::Headline, 0.6),
            (Feature::HeadlineShare, 0.8),
            (Feature::First, -1.0),
            (Feature::Sentences, 0.3),
            (Feature::OneWord, -0.8),
            (Feature::PhraseRarity, 0.05),
            (Feature::CommonestWord, 0.35),
            (Feature::MeanWord, 0.15),
            (Feature::Cohesion, 0.05),
            (Feature::Name, 0.4),
            (Feature::FullName, 0.4),
            (Feature::PartOfName, -1.5),
            (Feature::Nested, -0.8),
            (Feature::FunctionWords, -0.6),
            (Feature::FirstVerb, -1.0),
            (Feature::InnerVerb, -0.7),
            (Feature::LastVerb, -0.7),
            (Feature::FirstRoot, -0.6),
            (Feature::Possessed, -0.8),
            (Feature::CutCapitals, -0.9),
            (Feature::WordWeight, 0.8),
            (Feature::Link, Weights::LINK),
        ];
        for (feature, weight) in by_hand {
            values[feature as usize] = weight;
        }
        Weights { bias: -5.0, values }
    }

    /// Reads a table of weights: columns feature and weight, in the format of
    /// [`nukil_types::facts`]. A feature that it does not name weighs nothing.
    ///
    /// # Errors
    /// A line without a number, or with a name that is no feature's.
    ///
    /// ```
    /// use nukil_keywords::Weights;
    ///
    /// assert!(Weights::parse("feature\tweight\nbias\t-4.5\nheadline\t0.7\n").is_ok());
    /// let error = Weights::parse("feature\tweight\nberita\t0.7\n").unwrap_err();
    /// assert_eq!(error.to_string(), "line 2: \"berita\" is no feature");
    /// ```
    pub fn parse(text: &str) -> Result<Self, FactsError> {
        let mut weights = Weights { bias: 0.0, values: [0.0; Feature::ALL.len()] };
        for row in Facts::parse(text, &["feature", "weight"])?.rows() {
            let row = row?;
            let name = row.get("feature");
            let value: f64 = row.number("weight")?.ok_or_else(|| row.error("no weight"))?;
            if !value.is_finite() {
                return Err(row.error("not a finite weight"));
            }
            if name == BIAS {
                weights.bias = value;
                continue;
            }
            let feature = Feature::ALL.into_iter().find(|feature| feature.name() == name);
            let feature = feature.ok_or_else(|| row.error(format!("{name:?} is no feature")))?;
            weights.values[feature as usize] = value;
        }
        Ok(weights)
    }

    /// The table that [`Weights::parse`] reads, after `comments` (lines that begin with `#`).
    pub fn to_tsv(&self, comments: &str) -> String {
        let named = Feature::ALL.map(|feature| (feature.name(), self.values[feature as usize]));
        let mut rows: Vec<_> = named.into_iter().chain([(BIAS, self.bias)]).collect();
        rows.sort_by_key(|&(name, _)| name);
        let mut table = format!("{comments}feature\tweight\n");
        for (name, weight) in rows {
            let _ = writeln!(table, "{name}\t{weight:.5}");
        }
        table
    }

    /// The weighted sum, a logarithm of odds, of each candidate with this evidence: a row a feature, in it a column
    /// a candidate.
    ///
    /// The terms of a sum must be added one after another, for the result not to hang on the machine;
    /// several sums at a time leave none of them waiting.
    pub(crate) fn sums<const N: usize>(
        &self,
        evidence: &[[f64; N]; Feature::ALL.len()],
    ) -> [f64; N] {
        let mut sums = [0.0; N];
        for (weight, row) in self.values.iter().zip(evidence) {
            for (lane, sum) in sums.iter_mut().enumerate() {
                *sum += weight * row[lane];
            }
        }
        for sum in &mut sums {
            *sum += self.bias;
        }
        sums
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_comes_back() {
        let weights = Weights::statistical();
        assert_eq!(Weights::parse(&weights.to_tsv("# bobot\n")), Ok(weights));
    }

    #[test]
    fn every_feature_stands_at_its_own_place_under_its_own_name() {
        let mut names: Vec<_> = Feature::ALL.iter().map(|feature| feature.name()).collect();
        for (at, feature) in Feature::ALL.into_iter().enumerate() {
            assert_eq!(feature as usize, at);
        }
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Feature::ALL.len());
    }
}

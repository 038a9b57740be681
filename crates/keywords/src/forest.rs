//! Trees over the evidence, which rank the best candidates once more.
//!
//! A weighted sum cannot say that a single occurrence matters less in the headline, or that a place is
//! worth a keyword only as the first of its kind. Small trees can. They are oblivious: all nodes of
//! one level ask the same question, so a tree is four questions and sixteen scores, one line of the
//! table, and many candidates answer at once (Kohavi & Li, "Oblivious decision trees, graphs, and
//! top-down pruning", 1995; Prokhorenkova and others, "CatBoost: unbiased boosting with categorical
//! features", 2018). They are learned by gradient boosting (Friedman, "Greedy function approximation: a
//! gradient boosting machine", 2001).

use std::fmt::Write;

use nukil_types::artefact;
use nukil_types::facts::{Facts, FactsError};

use crate::context::{Context, SECOND};
use crate::features::Feature;

/// Questions of a tree.
pub const DEPTH: usize = 4;
/// Scores of a tree.
pub const LEAVES: usize = 1 << DEPTH;

/// One tree: four questions, whether a kind of evidence is above a threshold, and a score for each
/// combination of answers. The answer to question `k` is bit `k` of the number of the score.
#[derive(Clone, Debug, PartialEq)]
pub struct Tree {
    /// The kind of evidence, as an index into the row: first [`Feature::ALL`], then [`Context::ALL`].
    pub features: [usize; DEPTH],
    /// What it must exceed.
    pub thresholds: [f32; DEPTH],
    /// The scores.
    pub scores: [f32; LEAVES],
}

/// Bytes of a tree.
const TREE: usize = DEPTH + 4 * (DEPTH + LEAVES);

/// Trees whose scores are added up.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Forest {
    /// The trees, in the order in which they were learned.
    pub trees: Vec<Tree>,
}

impl Forest {
    /// Reads a table of trees, one a line: columns first to fourth (a feature, ` > ` and a threshold)
    /// and scores (sixteen, a space between them), in the format of
    /// [`nukil_types::facts`].
    ///
    /// # Errors
    /// A line with another number of scores, or that names no feature.
    ///
    /// ```
    /// use nukil_keywords::Forest;
    ///
    /// let table = "first\tsecond\tthird\tfourth\tscores\n\
    ///     once > 0.5\tlead > 2\tlength > 6\trank > 4\t1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\n";
    /// assert_eq!(Forest::parse(table).unwrap().trees.len(), 1);
    /// ```
    pub fn parse(text: &str) -> Result<Self, FactsError> {
        let mut trees = Vec::new();
        for row in Facts::parse(text, &["first", "second", "third", "fourth", "scores"])?.rows() {
            let row = row?;
            let number = |text: &str| {
                let parsed = text.parse().ok().filter(|number: &f32| number.is_finite());
                parsed.ok_or_else(|| row.error(format!("{text:?} is no number")))
            };
            let (mut features, mut thresholds) = ([0; DEPTH], [0.0; DEPTH]);
            for (level, column) in ["first", "second", "third", "fourth"].into_iter().enumerate() {
                let question = row.get(column).split_once(" > ");
                let (name, threshold) =
                    question.ok_or_else(|| row.error(format!("no question in {column:?}")))?;
                let feature = index(name);
                features[level] =
                    feature.ok_or_else(|| row.error(format!("{name:?} is no feature")))?;
                thresholds[level] = number(threshold)?;
            }
            let scores: Vec<f32> =
                row.get("scores").split(' ').map(number).collect::<Result<_, _>>()?;
            let scores = scores.try_into().map_err(|_| row.error("not sixteen scores"))?;
            trees.push(Tree { features, thresholds, scores });
        }
        Ok(Forest { trees })
    }

    /// The table that [`Forest::parse`] reads, after `comments` (lines that begin with `#`).
    pub fn to_tsv(&self, comments: &str) -> String {
        let mut table = format!("{comments}first\tsecond\tthird\tfourth\tscores\n");
        for tree in &self.trees {
            for (&feature, threshold) in tree.features.iter().zip(tree.thresholds) {
                let _ = write!(table, "{} > {threshold:.5}\t", name(feature));
            }
            let scores = tree.scores.map(|score| format!("{score:.4}"));
            table.push_str(&scores.join(" "));
            table.push('\n');
        }
        table
    }

    /// Tells the kinds of evidence apart from those of other versions, which trees as bytes name by number.
    pub(crate) fn evidence() -> u64 {
        let names: [_; SECOND] = std::array::from_fn(|at| name(at).as_bytes());
        artefact::digest(&names)
    }

    /// The trees one after another: the kind of evidence of each question (a byte), then thresholds and scores
    /// (`f32`, little-endian).
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.trees.len() * TREE);
        for Tree { features, thresholds, scores } in &self.trees {
            bytes.extend(features.map(|feature| feature as u8));
            bytes.extend(thresholds.iter().chain(scores).flat_map(|number| number.to_le_bytes()));
        }
        bytes
    }

    /// Reads what [`Forest::to_bytes`] wrote; `None` for anything else.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (trees, rest) = bytes.as_chunks::<TREE>();
        let tree = |bytes: &[u8; TREE]| {
            let (features, numbers) = bytes.split_first_chunk()?;
            let (numbers, _) = numbers.as_chunks();
            let (thresholds, scores) = numbers.split_first_chunk()?;
            let features = <[u8; DEPTH]>::map(*features, usize::from);
            let known = features.iter().all(|&feature| feature < SECOND);
            let scores = <[[u8; 4]; LEAVES]>::try_from(scores).ok()?.map(f32::from_le_bytes);
            let thresholds = <[[u8; 4]; DEPTH]>::map(*thresholds, f32::from_le_bytes);
            known.then_some(Tree { features, thresholds, scores })
        };
        let trees = trees.iter().map(tree).collect::<Option<_>>()?;
        rest.is_empty().then_some(Forest { trees })
    }

    /// Adds up the scores of `N` candidates: a row a feature, in it a column a candidate.
    pub(crate) fn scores<const N: usize>(&self, evidence: &[[f32; N]; SECOND]) -> [f32; N] {
        let mut sums = [0.0; N];
        for Tree { features, thresholds, scores } in &self.trees {
            let [one, two, three, four] = features.map(|feature| &evidence[feature]);
            // All candidates answer before any of them gets its score, so that they do so together.
            let mut leaves = [0_u32; N];
            for (lane, leaf) in leaves.iter_mut().enumerate() {
                *leaf = u32::from(one[lane] > thresholds[0])
                    | u32::from(two[lane] > thresholds[1]) << 1
                    | u32::from(three[lane] > thresholds[2]) << 2
                    | u32::from(four[lane] > thresholds[3]) << 3;
            }
            for (lane, sum) in sums.iter_mut().enumerate() {
                *sum += scores[leaves[lane] as usize % LEAVES];
            }
        }
        sums
    }
}

fn name(index: usize) -> &'static str {
    match Feature::ALL.get(index) {
        Some(feature) => feature.name(),
        None => Context::ALL[index - Feature::ALL.len()].name(),
    }
}

fn index(name: &str) -> Option<usize> {
    (0..SECOND).find(|&at| self::name(at) == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forest() -> Forest {
        let tree = Tree {
            features: [0, 1, 2, SECOND - 1],
            thresholds: [0.5, 1.5, 0.5, -2.0],
            scores: std::array::from_fn(|score| score as f32),
        };
        Forest { trees: vec![tree.clone(), tree] }
    }

    #[test]
    fn a_table_comes_back() {
        assert_eq!(Forest::parse(&forest().to_tsv("# pohon\n")), Ok(forest()));
    }

    #[test]
    fn every_feature_has_its_own_name() {
        for at in 0..SECOND {
            assert_eq!(index(name(at)), Some(at));
        }
    }

    #[test]
    fn answers_are_the_bits_of_the_score() {
        let mut evidence = [[0.0; 2]; SECOND];
        evidence[SECOND - 1] = [-3.0, -1.0];
        evidence[0] = [1.0, 0.0];
        assert_eq!(forest().scores(&evidence), [2.0, 16.0]);
    }
}

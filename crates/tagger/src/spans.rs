//! Sorts stretches of a sentence into classes: which of the rare types a name is, how a place is
//! used. Multinomial logistic regression over features of the stretch and of what stands around
//! it, learned by L-BFGS with an L2 penalty.

use std::ops::Range;

use nukil_types::SparseTable;
use nukil_types::artefact::{self, Artefact, FormatError};
use nukil_types::hash::{finish, mix, text};
use rustc_hash::FxHashMap;

use crate::clusters::{Clusters, WordClusters};
use crate::labels::Labels;
use crate::lbfgs;
use crate::signs::{Signs, Slot};
use crate::tagger::Word;
use crate::train::Example;

const MAGIC: [u8; 4] = *b"NKSC";
const VERSION: u32 = 1;
/// One in the units of the weights.
const UNIT: f64 = 512.0;
/// Columns of clusters that features look at: those with the most clusters.
const FINE: [usize; 3] = [2, 5, 6];
/// Words that count on either side.
const AROUND: usize = 3;

/// How to train.
#[derive(Clone, Copy, Debug)]
pub struct SpanSettings {
    /// Strength of the L2 penalty on a weight.
    pub l2: f64,
    /// Stretches in which a feature must occur.
    pub least: u32,
    /// Most iterations.
    pub iterations: usize,
}

impl Default for SpanSettings {
    fn default() -> Self {
        SpanSettings { l2: 1.0, least: 2, iterations: 100 }
    }
}

/// A trained classifier of stretches.
#[derive(Clone, Debug, PartialEq)]
pub struct SpanClassifier {
    classes: Vec<String>,
    /// The features that have weights, by their hashes, sorted.
    hashes: Vec<u64>,
    /// A weight a class for each of them.
    weights: Vec<i16>,
    rows: SparseTable<u32>,
}

impl SpanClassifier {
    /// Learns to tell the types in `examples` apart; what bears no name there is not looked at.
    ///
    /// The same examples in the same order give the same classifier.
    pub fn train(
        labels: &Labels,
        clusters: &Clusters<'_>,
        examples: &[Example],
        settings: SpanSettings,
    ) -> Self {
        let count = labels.types().len();
        let mut stretches: Vec<(Vec<u64>, usize, f64)> = Vec::new();
        for example in examples {
            let words: Vec<(&str, &str)> = example.pairs().collect();
            for stretch in labels.stretches(&example.labels) {
                let mut found = Vec::new();
                let tokens = stretch.start..stretch.end;
                features(clusters, &words, &example.signs, tokens, |hash| found.push(hash));
                stretches.push((found, stretch.kind, example.weight));
            }
        }
        let mut counts: FxHashMap<u64, u32> = FxHashMap::default();
        stretches
            .iter()
            .flat_map(|it| &it.0)
            .for_each(|hash| *counts.entry(*hash).or_default() += 1);
        let mut hashes: Vec<u64> =
            counts.iter().filter(|&(_, &n)| n >= settings.least).map(|(&hash, _)| hash).collect();
        hashes.sort_unstable();
        let rows: FxHashMap<u64, usize> =
            hashes.iter().enumerate().map(|(row, &hash)| (hash, row)).collect();
        let prepared: Vec<(Vec<usize>, usize, f64)> = stretches
            .into_iter()
            .map(|(found, kind, weight)| {
                (found.iter().filter_map(|hash| rows.get(hash).copied()).collect(), kind, weight)
            })
            .collect();
        let mut point = vec![0.0; rows.len() * count];
        let mut evaluate = |point: &[f64], gradient: &mut [f64]| {
            gradient.iter_mut().zip(point).for_each(|(g, w)| *g = settings.l2 * w);
            let penalty: f64 = point.iter().map(|w| w * w).sum();
            let mut loss = 0.5 * settings.l2 * penalty;
            let mut scores = vec![0.0; count];
            for (rows, kind, weight) in &prepared {
                scores.fill(0.0);
                for row in rows {
                    add(&mut scores, &point[row * count..][..count], 1.0);
                }
                let right = scores[*kind];
                loss += weight * (softmax(&mut scores) - right);
                scores[*kind] -= 1.0;
                for row in rows {
                    add(&mut gradient[row * count..][..count], &scores, *weight);
                }
            }
            loss
        };
        lbfgs::minimise(&mut point, settings.iterations, &mut evaluate, &mut |_, _| {});
        let whole = |weight: &f64| (weight * UNIT).round().clamp(-32_000.0, 32_000.0) as i16;
        let rows = hashes.iter().zip(point.chunks_exact(count.max(1)));
        let kept: Vec<(u64, Vec<i16>)> = rows
            .map(|(&hash, row)| (hash, row.iter().map(whole).collect::<Vec<i16>>()))
            .filter(|(_, row)| row.iter().any(|&weight| weight != 0))
            .collect();
        let (hashes, weights): (Vec<u64>, Vec<Vec<i16>>) = kept.into_iter().unzip();
        SpanClassifier::new(labels.types().to_vec(), hashes, weights.concat())
    }

    fn new(classes: Vec<String>, hashes: Vec<u64>, weights: Vec<i16>) -> Self {
        let mut rows = SparseTable::with_room(hashes.len());
        for (row, &hash) in hashes.iter().enumerate() {
            rows.get_or_insert(hash, row as u32);
        }
        SpanClassifier { classes, hashes, weights, rows }
    }

    /// The names of the classes.
    pub fn classes(&self) -> &[String] {
        &self.classes
    }

    /// The probability of each class for these tokens of a sentence.
    pub fn probabilities<W: Word>(
        &self,
        clusters: &Clusters<'_>,
        words: &[W],
        signs: &[Signs],
        tokens: Range<usize>,
    ) -> Vec<f64> {
        let mut sums = vec![0_i32; self.classes.len()];
        features(clusters, words, signs, tokens, |hash| {
            if let Some(row) = self.rows.get(hash) {
                let row = &self.weights[row as usize * sums.len()..];
                sums.iter_mut().zip(row).for_each(|(sum, &weight)| *sum += i32::from(weight));
            }
        });
        let mut scores: Vec<f64> = sums.into_iter().map(|sum| f64::from(sum) / UNIT).collect();
        softmax(&mut scores);
        scores
    }

    /// The bytes that [`SpanClassifier::open`] reads.
    pub fn to_bytes(&self) -> Vec<u8> {
        let sections = [
            self.classes.join("\n").into_bytes(),
            self.hashes.iter().flat_map(|hash| hash.to_le_bytes()).collect(),
            self.weights.iter().flat_map(|weight| weight.to_le_bytes()).collect(),
        ];
        let all: Vec<&[u8]> = sections.iter().map(Vec::as_slice).collect();
        artefact::write(MAGIC, VERSION, &all, &all)
    }

    /// Opens a classifier.
    ///
    /// # Errors
    /// [`FormatError`] when the bytes are none of this version, are cut short or damaged.
    pub fn open(bytes: &[u8]) -> Result<Self, FormatError> {
        let artefact = Artefact::open(bytes, MAGIC, VERSION)?;
        let sections = [artefact.section(0)?, artefact.section(1)?, artefact.section(2)?];
        if artefact.digest() != artefact::digest(&sections) {
            return Err(FormatError::Section("the checksum does not agree"));
        }
        let classes =
            std::str::from_utf8(sections[0]).map_err(|_| FormatError::Section("classes"))?;
        let classes: Vec<String> = classes.lines().map(String::from).collect();
        let (hashes, rest) = sections[1].as_chunks();
        let (weights, odd) = sections[2].as_chunks();
        if !rest.is_empty() || !odd.is_empty() || weights.len() != hashes.len() * classes.len() {
            return Err(FormatError::Section("weights"));
        }
        let weights = weights.iter().map(|bytes| i16::from_le_bytes(*bytes)).collect();
        let hashes = hashes.iter().map(|bytes| u64::from_le_bytes(*bytes)).collect();
        Ok(SpanClassifier::new(classes, hashes, weights))
    }
}

fn add(sums: &mut [f64], row: &[f64], factor: f64) {
    sums.iter_mut().zip(row).for_each(|(sum, value)| *sum += factor * value);
}

/// Turns scores into probabilities; gives the logarithm of the sum of their exponentials.
fn softmax(scores: &mut [f64]) -> f64 {
    let greatest = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    scores.iter_mut().for_each(|score| *score = (*score - greatest).exp());
    let sum: f64 = scores.iter().sum();
    scores.iter_mut().for_each(|score| *score /= sum);
    greatest + sum.ln()
}

/// Calls `found` with the hash of every feature of these tokens.
fn features<W: Word>(
    clusters: &Clusters<'_>,
    words: &[W],
    signs: &[Signs],
    tokens: Range<usize>,
    mut found: impl FnMut(u64),
) {
    let feature = |template: u64, value: u64| finish(mix(mix(0, template), value));
    // The hash and the clusters of every word that is looked at.
    let first = tokens.start.saturating_sub(AROUND);
    let seen: Vec<(u64, WordClusters)> = words[first..words.len().min(tokens.end + AROUND)]
        .iter()
        .map(|word| {
            let hash = text(word.folded());
            (hash, clusters.of_hash(hash, word.folded()))
        })
        .collect();
    let before = |distance: usize| tokens.start.checked_sub(distance).map(|at| &seen[at - first]);
    let behind = |distance: usize| seen.get(tokens.end - 1 + distance - first);
    let word = |at: Option<&(u64, WordClusters)>| at.map_or(0, |(hash, _)| *hash);
    let inside = &seen[tokens.start - first..tokens.end - first];
    let (start, last) = (tokens.start, tokens.end - 1);
    let mut whole = 0;
    for (at, &(hash, clusters)) in tokens.clone().zip(inside) {
        whole = mix(whole, hash);
        found(feature(1, hash));
        for column in FINE {
            found(feature(10 + column as u64, clusters[column].into()));
        }
        if words[at].folded().bytes().any(|byte| byte.is_ascii_digit()) {
            found(feature(2, u64::from(at == last)));
        }
    }
    found(feature(3, whole));
    found(feature(4, word(inside.first())));
    found(feature(5, word(inside.last())));
    found(feature(6, tokens.len().min(6) as u64));
    let folded = words[last].folded();
    for letters in [2, 3, 4] {
        let end = folded.char_indices().rev().nth(letters - 1).map(|(at, _)| &folded[at..]);
        found(feature(20 + letters as u64, end.map_or(0, text)));
    }
    let shapes = tokens.clone().fold(0, |hash, at| mix(hash, signs[at].get(Slot::Shape).into()));
    found(feature(7, shapes));
    for distance in 1..=AROUND {
        for (side, at) in [before(distance), behind(distance)].into_iter().enumerate() {
            let template = 100 + 10 * distance as u64 + side as u64;
            found(feature(template, word(at)));
            let clusters = at.map_or_else(Default::default, |(_, clusters)| *clusters);
            for column in FINE {
                found(feature(template + 100 * (1 + column as u64), clusters[column].into()));
            }
        }
    }
    let pair = |one, other| mix(word(one), word(other));
    found(feature(30, pair(before(2), before(1))));
    found(feature(31, pair(behind(1), behind(2))));
    found(feature(32, pair(before(1), behind(1))));
    found(feature(33, pair(before(1), inside.first())));
    let (of_first, of_last) = (signs[tokens.start].answers(), signs[last].answers());
    for slot in SLOTS {
        found(feature(40 + slot as u64, of_first[slot as usize].into()));
        found(feature(80 + slot as u64, of_last[slot as usize].into()));
    }
    if let Some(at) = start.checked_sub(1) {
        for slot in [Slot::Shape, Slot::Title, Slot::Head, Slot::CapitalShare] {
            found(feature(1000 + slot as u64, signs[at].get(slot).into()));
        }
    }
    if let Some(signs) = signs.get(tokens.end) {
        found(feature(1100, signs.get(Slot::Shape).into()));
    }
}

/// What is looked at of the first and of the last token.
const SLOTS: [Slot; 9] = [
    Slot::Writing,
    Slot::Place,
    Slot::Organisation,
    Slot::TitleBefore,
    Slot::PlaceCue,
    Slot::Head,
    Slot::HeadBefore,
    Slot::NotName,
    Slot::CapitalShare,
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clusters::compile_clusters;

    fn example(text: &str, labels: &[usize]) -> Example {
        Example {
            words: text.split(' ').map(|word| (word.to_string(), word.to_lowercase())).collect(),
            signs: vec![Signs::default(); labels.len()],
            labels: labels.to_vec(),
            set: 0,
            document: 0,
            weight: 1.0,
            copy: false,
        }
    }

    #[test]
    fn a_stretch_is_told_by_what_stands_around_it() {
        let header = "word\tuse64\tuse256\tuse1000\ttopic64\ttopic256\ttopic1000\tlabel64\n";
        let bytes = compile_clusters(header).unwrap();
        let clusters = Clusters::open(&bytes).unwrap();
        let labels = Labels::new(["EVENT", "WORK"].map(String::from));
        let examples = [
            example("turnamen Piala Emas dimulai", &[0, 1, 2, 0]),
            example("turnamen Liga Perak dimulai", &[0, 1, 2, 0]),
            example("film Badai Laut tayang", &[0, 3, 4, 0]),
            example("film Rumah Kaca tayang", &[0, 3, 4, 0]),
        ];
        let settings = SpanSettings { l2: 0.1, ..SpanSettings::default() };
        let trained = SpanClassifier::train(&labels, &clusters, &examples, settings);
        let classifier = SpanClassifier::open(&trained.to_bytes()).unwrap();
        assert_eq!(classifier, trained);
        for (text, class) in [("film Angin Timur tayang", 1), ("turnamen Angin Timur dimulai", 0)] {
            let example = example(text, &[0; 4]);
            let words: Vec<(&str, &str)> = example.pairs().collect();
            let found = classifier.probabilities(&clusters, &words, &example.signs, 1..3);
            assert!(found[class] > 0.5, "{text}: {found:?}");
        }
        let mut damaged = trained.to_bytes();
        *damaged.last_mut().unwrap() ^= 1;
        assert!(SpanClassifier::open(&damaged).is_err());
    }
}

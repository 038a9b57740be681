//! Training: the weights under which the gold labels are likeliest, less an L2 penalty.
//!
//! Several sets with guidelines of their own train one model (Daumé III, *Frustratingly Easy
//! Domain Adaptation*, 2007): every feature has a weight that all sets share and one of each set;
//! the model that comes out labels as the first set does, by the sum of its two.

use rayon::iter::{IndexedParallelIterator, IntoParallelRefMutIterator, ParallelIterator};
use rustc_hash::FxHashMap;

use crate::clusters::Clusters;
use crate::features::{self, Extent, NO_WORD, REACH, Side, WordKeys, at_offset, boundary};
use crate::labels::Labels;
use crate::lattice::{Lattice, Transitions};
use crate::lbfgs;
use crate::model::{Model, Weights};
use crate::signs::{Signs, Slot};

/// A sentence with its gold labels.
#[derive(Clone, Debug)]
pub struct Example {
    /// The words as written, and in lower case.
    pub words: Vec<(String, String)>,
    /// What is known of each.
    pub signs: Vec<Signs>,
    /// Numbers of the labels, a valid BIO sequence.
    pub labels: Vec<usize>,
    /// Which set it is from; the model labels as set 0 does.
    pub set: usize,
    /// Number of its document among those of the set; sentences of a document follow each other.
    pub document: usize,
    /// How much it counts.
    pub weight: f64,
    /// Whether another example has the same words, written otherwise or with other signs.
    pub copy: bool,
}

impl Example {
    /// The words as [`Tagger::tag`](crate::Tagger::tag) takes them.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> + Clone {
        self.words.iter().map(|(surface, folded)| (surface.as_str(), folded.as_str()))
    }
}

/// How to train.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Strength of the L2 penalty on a weight.
    pub l2: f64,
    /// Occurrences that a feature needs.
    pub least: u32,
    /// Most iterations.
    pub iterations: usize,
    /// Most features that the model keeps: those with the greatest weights.
    pub most: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Settings { l2: 0.5, least: 2, iterations: 150, most: 380_000 }
    }
}

/// Sentences of a part are worked on by one thread; there are as many parts on any machine, so
/// that sums come out the same.
const PARTS: usize = 2;

/// An example with the rows of weights that speak at each of its tokens.
struct Prepared {
    rows: Vec<u32>,
    /// Where the rows of each token end.
    ends: Vec<u32>,
    labels: Vec<u8>,
    set: usize,
    weight: f64,
}

/// Trains a model. `progress` sees the number and the value of every iteration.
///
/// The same examples in the same order give the same model.
pub fn train(
    labels: &Labels,
    clusters: &Clusters<'_>,
    examples: &[Example],
    settings: &Settings,
    progress: &mut dyn FnMut(usize, f64),
) -> Model {
    let count = labels.count();
    let sets = examples.iter().map(|example| example.set + 1).max().unwrap_or(1);
    let (table, rows, prepared) = prepare(clusters, examples, sets, settings.least);
    let transitions_at = rows * count;
    let mut point = vec![0.0; transitions_at + (sets + 1) * count * count];
    let parts = split(prepared);
    let mut gradients: Vec<Vec<f64>> = vec![vec![0.0; point.len()]; PARTS];

    let mut evaluate = |point: &[f64], gradient: &mut [f64]| {
        let losses: Vec<f64> = gradients
            .par_iter_mut()
            .zip(&parts)
            .map(|(gradient, part)| {
                gradient.fill(0.0);
                likelihood(part, count, transitions_at, point, gradient)
            })
            .collect();
        let mut penalty = 0.0;
        for (at, (gradient, &weight)) in gradient.iter_mut().zip(point).enumerate() {
            penalty += weight * weight;
            *gradient = settings.l2 * weight + gradients.iter().map(|part| part[at]).sum::<f64>();
        }
        losses.iter().sum::<f64>() + 0.5 * settings.l2 * penalty
    };
    lbfgs::minimise(&mut point, settings.iterations, &mut evaluate, progress);
    let row = |row: u32| &point[row as usize * count..][..count];
    let weights = |hash: u64| {
        let (general, own) = table[&hash];
        let own = own.map(row);
        let sum = |label: usize| row(general)[label] + own.map_or(0.0, |own| own[label]);
        (hash, (0..count).map(sum).collect())
    };
    let weights = Weights {
        features: order(&table).into_iter().map(weights).collect(),
        transitions: transitions(&point[transitions_at..], count, 0),
    };
    Model::new(labels.clone(), clusters.digest(), weights, settings.most)
}

/// The features' hashes in a fixed order.
fn order(table: &FxHashMap<u64, (u32, Option<u32>)>) -> Vec<u64> {
    let mut hashes: Vec<u64> = table.keys().copied().collect();
    hashes.sort_unstable();
    hashes
}

/// Hashes of all features at every token of an example.
pub(crate) fn hashes(clusters: &Clusters<'_>, example: &Example) -> Vec<Vec<u64>> {
    let length = example.words.len();
    let mut found: Vec<Vec<u64>> = vec![Vec::new(); length];
    let mut keys: Vec<WordKeys> = Vec::with_capacity(length);
    for (at, (surface, folded)) in example.words.iter().enumerate() {
        let emit = &mut |hash, offsets: std::ops::RangeInclusive<isize>| {
            for offset in offsets {
                // The word at `at` stands at `offset` from the token that it speaks to.
                if let Some(to) = at.checked_add_signed(-offset).filter(|&to| to < length) {
                    found[to].push(at_offset(hash, offset));
                }
            }
        };
        keys.push(features::word(surface, folded, clusters.get(folded), emit));
    }
    for (at, found) in found.iter_mut().enumerate() {
        for offset in -REACH..=REACH {
            if at.checked_add_signed(offset).is_none_or(|at| at >= length) {
                found.push(at_offset(boundary(offset < 0), offset));
            }
        }
        for offset in -REACH..=REACH {
            let near = at.checked_add_signed(offset).and_then(|near| example.signs.get(near));
            if let Some(near) = near {
                features::signs(near, |_, hash| found.push(at_offset(hash, offset)));
            }
        }
        for extent in Extent::ALL {
            features::together(extent, at, &example.signs, |hash| found.push(hash));
        }
        let shape = example.signs[at].get(Slot::Shape);
        let near = |offset| at.checked_add_signed(offset).and_then(|at| keys.get(at));
        for (side, offset) in Side::ALL {
            let word = near(offset).unwrap_or(&NO_WORD);
            features::word_and_shape(side, word, shape, |hash| found.push(hash));
        }
    }
    for right in 0..=length {
        let word = |at: Option<usize>| at.and_then(|at| keys.get(at)).unwrap_or(&NO_WORD);
        let left = right.checked_sub(1);
        let (mut of_left, mut of_right) = (Vec::new(), Vec::new());
        let pair = (word(left), word(Some(right)));
        features::word_pair(pair.0, pair.1, |hash| of_left.push(hash), |hash| of_right.push(hash));
        if let Some(left) = left {
            found[left].append(&mut of_left);
        }
        if let Some(found) = found.get_mut(right) {
            found.append(&mut of_right);
        }
    }
    found
}

/// An occurrence of a feature counts so much; one in a copy of an example, such as that in lower
/// case, so little that three copies do not make up for a second
/// occurrence.
const WHOLE: u32 = 10;
const COPY: u32 = 3;

type Table = FxHashMap<u64, (u32, Option<u32>)>;

/// The rows of weights: for every feature that occurs often enough one, and one for every set in
/// which it does. Gives for each feature its row and that of set 0, the number of rows, and the
/// examples.
fn prepare(
    clusters: &Clusters<'_>,
    examples: &[Example],
    sets: usize,
    least: u32,
) -> (Table, usize, Vec<Prepared>) {
    let mut counts: FxHashMap<u64, u32> = FxHashMap::default();
    let mut own_counts: Vec<FxHashMap<u64, u32>> = vec![FxHashMap::default(); sets];
    let several = sets > 1;
    for example in examples {
        let count = if example.copy { COPY } else { WHOLE };
        for hash in hashes(clusters, example).into_iter().flatten() {
            *counts.entry(hash).or_default() += count;
            if several {
                *own_counts[example.set].entry(hash).or_default() += count;
            }
        }
    }
    let least = least * WHOLE;
    let mut rows = 0;
    let mut general: FxHashMap<u64, u32> = FxHashMap::default();
    let mut own: Vec<FxHashMap<u64, u32>> = vec![FxHashMap::default(); sets];
    let mut prepared = Vec::with_capacity(examples.len());
    for example in examples {
        let mut mine = Prepared {
            rows: Vec::new(),
            ends: Vec::new(),
            labels: example.labels.iter().map(|&label| label as u8).collect(),
            set: example.set,
            weight: example.weight,
        };
        for hashes in hashes(clusters, example) {
            for hash in hashes {
                if counts[&hash] < least {
                    continue;
                }
                let mut row = |table: &mut FxHashMap<u64, u32>| {
                    *table.entry(hash).or_insert_with(|| {
                        rows += 1;
                        rows - 1
                    })
                };
                mine.rows.push(row(&mut general));
                if several && own_counts[example.set][&hash] >= least {
                    mine.rows.push(row(&mut own[example.set]));
                }
            }
            mine.ends.push(mine.rows.len() as u32);
        }
        mine.rows.shrink_to_fit();
        prepared.push(mine);
    }
    let first = own.swap_remove(0);
    let mut table = Table::default();
    let mut hashes: Vec<u64> = general.keys().copied().collect();
    hashes.sort_unstable();
    for hash in hashes {
        table.insert(hash, (general[&hash], first.get(&hash).copied()));
    }
    (table, rows as usize, prepared)
}

/// Deals the examples out so that every part has as many tokens as the others.
fn split(prepared: Vec<Prepared>) -> Vec<Vec<Prepared>> {
    let mut parts: Vec<Vec<Prepared>> = (0..PARTS).map(|_| Vec::new()).collect();
    for (index, example) in prepared.into_iter().enumerate() {
        parts[index % PARTS].push(example);
    }
    parts
}

/// The scores of the transitions in a set; `block` holds those that all share, then each set's.
fn transitions(block: &[f64], count: usize, set: usize) -> Vec<f64> {
    let size = count * count;
    let own = &block[(set + 1) * size..(set + 2) * size];
    block[..size].iter().zip(own).map(|(general, own)| general + own).collect()
}

/// The negative logarithm of the likelihood of the gold labels; adds its gradient.
fn likelihood(
    part: &[Prepared],
    count: usize,
    transitions_at: usize,
    point: &[f64],
    gradient: &mut [f64],
) -> f64 {
    let mut lattice = Lattice::default();
    let mut scores: Vec<f64> = Vec::new();
    let mut loss = 0.0;
    let mut of_set: Vec<(Vec<f64>, Transitions)> = Vec::new();
    for set in 0..(point.len() - transitions_at) / (count * count) - 1 {
        let scores = transitions(&point[transitions_at..], count, set);
        let potential = |(index, score): (usize, &f64)| {
            let valid = Labels::may_follow(index / count, index % count);
            if valid { score.exp() } else { 0.0 }
        };
        let potentials: Vec<f64> = scores.iter().enumerate().map(potential).collect();
        of_set.push((scores, Transitions::new(count, &potentials)));
    }
    let mut transition_sums = vec![0.0; count * count];
    for example in part {
        let rows_of = |at: usize| {
            let start = if at == 0 { 0 } else { example.ends[at - 1] as usize };
            &example.rows[start..example.ends[at] as usize]
        };
        scores.clear();
        for at in 0..example.labels.len() {
            let start = scores.len();
            scores.resize(start + count, 0.0);
            let sums = &mut scores[start..];
            for &row in rows_of(at) {
                let weights = &point[row as usize * count..][..count];
                sums.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += weight);
            }
        }
        let (transition_scores, potentials) = &of_set[example.set];
        let logarithm = lattice.fill(&scores, potentials);
        let mut gold = 0.0;
        transition_sums.fill(0.0);
        lattice.add_transitions(potentials, example.weight, &mut transition_sums);
        for (at, &label) in example.labels.iter().enumerate() {
            let label = usize::from(label);
            gold += scores[at * count + label];
            if at > 0 {
                let index = usize::from(example.labels[at - 1]) * count + label;
                gold += transition_scores[index];
                transition_sums[index] -= example.weight;
            }
            let error = &mut scores[at * count..][..count];
            for (candidate, error) in error.iter_mut().enumerate() {
                let expected = lattice.node(at, candidate);
                let observed = f64::from(u8::from(candidate == label));
                *error = example.weight * (expected - observed);
            }
            for &row in rows_of(at) {
                let row = &mut gradient[row as usize * count..][..count];
                row.iter_mut().zip(&*error).for_each(|(sum, error)| *sum += error);
            }
        }
        loss += example.weight * (logarithm - gold);
        for block in [0, example.set + 1] {
            let at = transitions_at + block * count * count;
            let sums = &mut gradient[at..at + count * count];
            sums.iter_mut().zip(&transition_sums).for_each(|(sum, value)| *sum += value);
        }
    }
    loss
}

//! Choices between candidates: a conditional logit, learned by L-BFGS with an L2 penalty.

use std::collections::HashMap;

/// Strength of the L2 penalty on a weight.
const PENALTY: f64 = 0.5;
const ITERATIONS: usize = 150;
/// Weights below this, in hundredths, are left out.
const SMALLEST: i16 = 5;

/// The features of each candidate, and the one that the annotators have. The first candidate is none.
pub type Choice<F> = (Vec<Vec<F>>, usize);

/// Learns the weights of the features that occur in `least` choices. Gives the rows of the table, sorted, and how many of
/// `unseen` are made right. `written` gives the columns of a feature.
pub fn learn(
    learned: &[Choice<u64>],
    unseen: &[Choice<u64>],
    least: u32,
    written: impl Fn(u64) -> String,
) -> (String, String) {
    let mut counts: HashMap<u64, u32> = HashMap::new();
    for (candidates, _) in learned {
        let mut features: Vec<u64> = candidates.iter().flatten().copied().collect();
        features.sort_unstable();
        features.dedup();
        features.iter().for_each(|feature| *counts.entry(*feature).or_default() += 1);
    }
    let mut features: Vec<u64> =
        counts.iter().filter(|&(_, &count)| count >= least).map(|(&feature, _)| feature).collect();
    features.sort_unstable();
    let numbers: HashMap<u64, u32> =
        features.iter().enumerate().map(|(number, &feature)| (feature, number as u32)).collect();
    let numbered = |choices: &[Choice<u64>]| -> Vec<Choice<u32>> {
        let of = |features: &Vec<u64>| {
            features.iter().filter_map(|feature| numbers.get(feature).copied()).collect()
        };
        choices.iter().map(|(all, chosen)| (all.iter().map(of).collect(), *chosen)).collect()
    };
    let point = regression(&numbered(learned), features.len());
    let mut table: Vec<String> = features
        .iter()
        .zip(&point)
        .map(|(&feature, weight)| (feature, (weight * 100.0).round() as i16))
        .filter(|(_, weight)| weight.abs() >= SMALLEST)
        .map(|(feature, weight)| format!("{}\t{weight}\n", written(feature)))
        .collect();
    table.sort();
    let (mut same, mut right, mut found, mut wanted) = (0, 0, 0, 0);
    for (candidates, chosen) in &numbered(unseen) {
        let scores = scores(candidates, &point);
        let best =
            (0..scores.len()).max_by(|&a, &b| scores[a].total_cmp(&scores[b]).then(b.cmp(&a)));
        same += usize::from(best == Some(*chosen));
        right += usize::from(best == Some(*chosen) && *chosen > 0);
        found += usize::from(best != Some(0));
        wanted += usize::from(*chosen > 0);
    }
    let told = format!(
        "{} choices learned from, {} features; {same} of {} right, with a candidate {wanted}, found {found}, \
         right {right}",
        learned.len(),
        features.len(),
        unseen.len()
    );
    (table.concat(), told)
}

fn scores(candidates: &[Vec<u32>], point: &[f64]) -> Vec<f64> {
    let score = |features: &Vec<u32>| features.iter().map(|&at| point[at as usize]).sum();
    candidates.iter().map(score).collect()
}

fn regression(examples: &[Choice<u32>], features: usize) -> Vec<f64> {
    let mut point = vec![0.0; features];
    let mut evaluate = |point: &[f64], gradient: &mut [f64]| {
        gradient.iter_mut().zip(point).for_each(|(slope, weight)| *slope = PENALTY * weight);
        let mut loss = 0.5 * PENALTY * point.iter().map(|weight| weight * weight).sum::<f64>();
        for (candidates, chosen) in examples {
            let mut shares = scores(candidates, point);
            let greatest = shares.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            loss -= shares[*chosen] - greatest;
            shares.iter_mut().for_each(|share| *share = (*share - greatest).exp());
            let sum: f64 = shares.iter().sum();
            loss += sum.ln();
            for (at, (features, share)) in candidates.iter().zip(&shares).enumerate() {
                let error = share / sum - f64::from(u8::from(at == *chosen));
                features.iter().for_each(|&feature| gradient[feature as usize] += error);
            }
        }
        loss
    };
    nukil_tagger::minimise(&mut point, ITERATIONS, &mut evaluate, &mut |_, _| {});
    point
}

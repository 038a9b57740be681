//! Gradient boosting of oblivious trees with the logistic loss.

use nukil_keywords::{DEPTH, Forest, LEAVES, SECOND, Tree};

/// Trees.
const TREES: usize = 150;
/// Share of each step that is taken.
const RATE: f64 = 0.12;
/// Strength of the ridge on the scores.
const RIDGE: f64 = 20.0;
/// Thresholds a feature, at most: the values are cut into parts of equal size.
const THRESHOLDS: usize = 40;
const BINS: usize = THRESHOLDS + 1;

/// A candidate of the second ranking: its evidence, whether it is a keyword, and its weight.
pub(crate) struct Row {
    pub evidence: [f32; SECOND],
    pub chosen: bool,
}

/// The rows of one feature: its thresholds, and for every row its bin, which is how many of them it
/// exceeds. Most features have one value in most rows, so the rows of all other bins are listed.
struct Column {
    feature: usize,
    thresholds: Vec<f32>,
    bins: Vec<u8>,
    commonest: u8,
    others: Vec<u32>,
}

/// Fits trees to the rows.
pub(crate) fn fit(rows: &[Row]) -> Forest {
    let columns: Vec<Column> = (0..SECOND)
        .map(|feature| column(rows, feature))
        .filter(|it| !it.thresholds.is_empty())
        .collect();
    let positive = rows.iter().filter(|row| row.chosen).count().max(1) as f64;
    let bias = (positive / (rows.len() as f64 - positive).max(1.0)).ln();
    let mut sums = vec![bias; rows.len()];
    let mut trees: Vec<Tree> = Vec::with_capacity(TREES);
    let mut slopes = vec![(0.0, 0.0); rows.len()];
    let mut leaves = vec![0_u8; rows.len()];
    for number in 0..TREES {
        for ((slope, sum), row) in slopes.iter_mut().zip(&sums).zip(rows) {
            let probability = 1.0 / (1.0 + (-sum).exp());
            let gradient = f64::from(u8::from(row.chosen)) - probability;
            *slope = (gradient, probability * (1.0 - probability));
        }
        leaves.fill(0);
        let (mut features, mut thresholds) = ([0; DEPTH], [0.0; DEPTH]);
        for level in 0..DEPTH {
            let (column, cut) = best_question(&columns, &slopes, &leaves, 1 << level);
            features[level] = columns[column].feature;
            thresholds[level] = columns[column].thresholds[cut];
            for (leaf, &bin) in leaves.iter_mut().zip(&columns[column].bins) {
                *leaf |= u8::from(bin as usize > cut) << level;
            }
        }
        let mut totals = [(0.0, 0.0); LEAVES];
        for (&leaf, slope) in leaves.iter().zip(&slopes) {
            totals[leaf as usize].0 += slope.0;
            totals[leaf as usize].1 += slope.1;
        }
        // The file holds four digits, and so does what the next trees build upon.
        let first = if number == 0 { bias } else { 0.0 };
        let step = |(gradient, hessian): (f64, f64)| RATE * gradient / (hessian + RIDGE);
        let scores = totals.map(|total| ((first + step(total)) * 1e4).round() / 1e4);
        for (sum, &leaf) in sums.iter_mut().zip(&leaves) {
            *sum += scores[leaf as usize] - first;
        }
        trees.push(Tree { features, thresholds, scores: scores.map(|score| score as f32) });
    }
    Forest { trees }
}

/// The column and the threshold in it that part all leaves best, taken together.
fn best_question(
    columns: &[Column],
    slopes: &[(f64, f64)],
    leaves: &[u8],
    open: usize,
) -> (usize, usize) {
    let (mut best, mut most) = ((0, 0), f64::MIN);
    let mut totals = [(0.0, 0.0); LEAVES];
    for (&leaf, slope) in leaves.iter().zip(slopes) {
        totals[leaf as usize].0 += slope.0;
        totals[leaf as usize].1 += slope.1;
    }
    for (number, column) in columns.iter().enumerate() {
        let mut bins = [[(0.0, 0.0); BINS]; LEAVES];
        for &row in &column.others {
            let row = row as usize;
            let total = &mut bins[leaves[row] as usize][column.bins[row] as usize];
            total.0 += slopes[row].0;
            total.1 += slopes[row].1;
        }
        for (bins, all) in bins.iter_mut().zip(totals) {
            let listed = bins.iter().fold((0.0, 0.0), |sum, bin| (sum.0 + bin.0, sum.1 + bin.1));
            bins[column.commonest as usize] = (all.0 - listed.0, all.1 - listed.1);
        }
        let mut gains = [0.0; THRESHOLDS];
        for (bins, all) in bins[..open].iter().zip(totals) {
            let mut below = (0.0, 0.0);
            for (gain, bin) in gains[..column.thresholds.len()].iter_mut().zip(bins) {
                below = (below.0 + bin.0, below.1 + bin.1);
                let above = (all.0 - below.0, all.1 - below.1);
                *gain +=
                    below.0 * below.0 / (below.1 + RIDGE) + above.0 * above.0 / (above.1 + RIDGE);
            }
        }
        for (cut, &gain) in gains[..column.thresholds.len()].iter().enumerate() {
            if gain > most {
                (best, most) = ((number, cut), gain);
            }
        }
    }
    best
}

/// The thresholds of a feature and the bins of all rows. A threshold has the five digits that the file
/// holds.
fn column(rows: &[Row], feature: usize) -> Column {
    let mut values: Vec<f32> = rows.iter().map(|row| row.evidence[feature]).collect();
    values.sort_by(f32::total_cmp);
    let mut thresholds: Vec<f32> = Vec::new();
    for part in 1..=THRESHOLDS {
        let at = part * values.len() / (THRESHOLDS + 1);
        // Between this value and the next greater one.
        let value = values[at];
        let next = values.partition_point(|&other| other <= value);
        let Some(&greater) = values.get(next) else { break };
        let middle = format!("{:.5}", f32::midpoint(value, greater)).parse().unwrap_or(value);
        if thresholds.last().is_none_or(|&last| last < middle) {
            thresholds.push(middle);
        }
    }
    let bin = |row: &Row| thresholds.partition_point(|&it| row.evidence[feature] > it) as u8;
    let bins: Vec<u8> = rows.iter().map(bin).collect();
    let mut counts = [0_usize; BINS];
    bins.iter().for_each(|&bin| counts[bin as usize] += 1);
    let commonest = (0..BINS).max_by_key(|&bin| counts[bin]).unwrap_or(0) as u8;
    let listed = (0_u32..).zip(&bins).filter(|&(_, &bin)| bin != commonest);
    let others = listed.map(|(row, _)| row).collect();
    Column { feature, thresholds, bins, commonest, others }
}

//! Keeps articles that are nearly the same in one part: those that share the smallest hashes of their
//! runs of words (Broder, "On the resemblance and containment of documents", 1997).

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use crate::Article;

/// Words in a run.
const RUN: usize = 6;
/// Smallest hashes that are compared.
const SKETCH: usize = 24;
/// Of these, how many near-duplicates share.
const SHARED: usize = 6;

/// Gives every article the part of the first one that it nearly repeats.
pub(crate) fn share_parts(articles: &mut [Article]) {
    let mut with: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for at in 0..articles.len() {
        let sketch = sketch(&articles[at].document.text);
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for hash in &sketch {
            let others = with.entry(*hash).or_default();
            others.iter().for_each(|&other| *shared.entry(other).or_default() += 1);
            others.push(at);
        }
        let first = shared.into_iter().find(|&(_, count)| count >= SHARED.min(sketch.len()));
        if let Some((first, _)) = first {
            articles[at].part = articles[first].part;
        }
    }
}

fn sketch(text: &str) -> Vec<u64> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut hashes: Vec<u64> = words
        .windows(RUN)
        .map(|run| {
            let mut hasher = FxHasher::default();
            run.hash(&mut hasher);
            // The low bits of this hash are the ones that vary.
            hasher.finish().wrapping_mul(0x9e37_79b9_7f4a_7c15)
        })
        .collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes.truncate(SKETCH);
    hashes
}

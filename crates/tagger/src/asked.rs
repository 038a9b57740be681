//! Features that are asked of the model together, so that memory is not waited for feature by
//! feature: first the filter is asked about all, then the buckets of those that it lets pass are
//! read one right after another, many at a time, and only then is anything decided and added.

use std::hint::black_box;

use crate::model::Model;
use crate::sums::add;

/// What is to be asked; the buffer is reused.
#[derive(Clone, Debug, Default)]
pub(crate) struct Asked {
    /// Hash of each, and the row of sums to which its weights belong.
    features: Vec<(u64, u32)>,
}

impl Asked {
    #[inline]
    pub(crate) fn ask(&mut self, hash: u64, row: usize) {
        self.features.push((hash, row as u32));
    }

    /// Adds the weights of all that was asked for to these sums.
    #[inline]
    pub(crate) fn add(&mut self, model: &Model, width: usize, sums: &mut [i16]) {
        let mut kept = 0;
        // Written whether it is kept or not: to guess which are kept is to guess wrong.
        for at in 0..self.features.len() {
            let feature = self.features[at];
            self.features[kept] = feature;
            kept += usize::from(model.may_have(feature.0));
        }
        let kept = &self.features[..kept];
        black_box(kept.iter().fold(0, |all, &(hash, _)| all ^ model.touch(hash)));
        for &(hash, row) in kept {
            if let Some(weights) = model.row(hash) {
                add(&mut sums[row as usize * width..][..width], weights);
            }
        }
        self.features.clear();
    }
}

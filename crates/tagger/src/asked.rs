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
        let seen = self.features[..kept].iter().fold(0, |all, &(hash, _)| all ^ model.touch(hash));
        black_box(seen);
        // The number of a row takes the place of the hash.
        let mut found = 0;
        for at in 0..kept {
            let (hash, row) = self.features[at];
            if let Some(number) = model.find(hash) {
                self.features[found] = (number.into(), row);
                found += 1;
            }
        }
        let found = self.features[..found].iter().map(|&(number, row)| (number as u32, row));
        black_box(found.clone().fold(0, |all, (number, _)| all ^ model.row(number)[0]));
        for (number, row) in found {
            add(&mut sums[row as usize * width..][..width], model.row(number));
        }
        self.features.clear();
    }
}

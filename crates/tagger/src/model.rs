//! A trained model: labels, weights of transitions, and a table from the hash of a feature to
//! its weights, one a label. Weights are whole numbers, in units of 1 / [`UNIT`].
//!
//! The table is a hash table with linear probing that is laid out when the model is made. On
//! disk: one `u32` a bucket, the upper half of the hash or 0 where the bucket is empty, then the
//! weights (`i16`) of the full buckets in their order.

use nukil_types::artefact::{self, Artefact, FormatError, read_u64};

use crate::calibration::Line;
use crate::labels::Labels;
use crate::spans::SpanClassifier;
use crate::sums::add;

const MAGIC: [u8; 4] = *b"NKTM";
const VERSION: u32 = 3;

/// One in the units of the weights.
pub(crate) const UNIT: f64 = 512.0;
/// Rows of weights are padded to a multiple of so many labels, so that they are added with full
/// registers.
pub(crate) const LANES: usize = 8;

/// Buckets in a group, for which one number tells how many are full before.
const GROUP: usize = 8;

/// Bits of the filter for every bucket.
const FILTER: usize = 8;

/// What training gives.
pub(crate) struct Weights {
    /// Hash and weights of every feature, sorted by hash.
    pub features: Vec<(u64, Vec<f64>)>,
    /// Scores of the transitions, from × to.
    pub transitions: Vec<f64>,
}

/// A trained model.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    pub(crate) labels: Labels,
    pub(crate) transitions: Vec<i16>,
    clusters: u64,
    /// How far the scores of each type can be trusted.
    calibration: Vec<Line>,
    /// What was taken from the scores of the transitions to `O`.
    bias: f64,
    /// Padded number of labels.
    pub(crate) width: usize,
    /// A bucket each: the upper half of a hash, 0 where the bucket is empty. Zeros fill up the last
    /// group.
    keys: Vec<u32>,
    /// How many buckets there are, a power of two, less one.
    mask: usize,
    /// Of every group of buckets, how many of those before it are full.
    full_before: Vec<u32>,
    /// The weights of the full buckets in their order, a row of padded width each. Rows lie beside
    /// keys and not in the buckets, so that no memory is spent on empty buckets.
    rows: Vec<i16>,
    /// A Bloom filter of one word a feature, [`marks`] in it (Putze, Sanders and Singler, *Cache-,
    /// Hash- and Space-Efficient Bloom Filters*, 2007). Small enough to stay near the processor, it
    /// answers for all but one in a hundred of the features that the model lacks.
    filter: Vec<u64>,
    /// Tells the types apart that share a label.
    kinds: Option<SpanClassifier>,
}

impl Model {
    /// A model of the features with the greatest weights.
    pub(crate) fn new(labels: Labels, clusters: u64, weights: Weights, most: usize) -> Self {
        let whole = |weight: f64| (weight * UNIT).round().clamp(-32_000.0, 32_000.0) as i16;
        let mut rows: Vec<(u64, Vec<i16>)> = weights
            .features
            .into_iter()
            .map(|(hash, weights)| (hash, weights.into_iter().map(whole).collect()))
            .collect();
        let greatest = |row: &[i16]| row.iter().map(|w| w.unsigned_abs()).max().unwrap_or(0);
        rows.retain(|(_, row)| greatest(row) > 0);
        if rows.len() > most {
            rows.sort_by_key(|(hash, row)| (std::cmp::Reverse(greatest(row)), *hash));
            rows.truncate(most);
        }
        let size = (rows.len() * 4 / 3 + 1).next_power_of_two();
        let mut layout: Vec<Option<(u64, Vec<i16>)>> = vec![None; size];
        rows.sort_by_key(|(hash, _)| *hash);
        for (hash, row) in rows {
            let mut at = hash as usize & (size - 1);
            while layout[at].is_some() {
                at = (at + 1) & (size - 1);
            }
            layout[at] = Some((hash, row));
        }
        let keys = layout.iter().map(|entry| entry.as_ref().map_or(0, |(hash, _)| key(*hash)));
        let keys: Vec<u32> = keys.collect();
        let flat: Vec<i16> = layout.into_iter().flatten().flat_map(|(_, row)| row).collect();
        let transitions = weights.transitions.into_iter().map(whole).collect();
        Model::assemble(labels, clusters, transitions, keys, flat)
    }

    fn assemble(
        labels: Labels,
        clusters: u64,
        transitions: Vec<i16>,
        mut keys: Vec<u32>,
        flat: Vec<i16>,
    ) -> Self {
        let count = labels.count();
        let width = count.next_multiple_of(LANES);
        let rows = if width == count {
            flat
        } else {
            let mut rows = vec![0; flat.len() / count * width];
            for (row, weights) in rows.chunks_exact_mut(width).zip(flat.chunks_exact(count)) {
                row[..count].copy_from_slice(weights);
            }
            rows
        };
        let mask = keys.len() - 1;
        let mut filter = vec![0; (keys.len() * FILTER / 64).max(1)];
        keys.resize(keys.len().next_multiple_of(GROUP), 0);
        let mut full = 0;
        let mut full_before = Vec::with_capacity(keys.len() / GROUP);
        for group in keys.chunks_exact(GROUP) {
            full_before.push(full);
            for &key in group.iter().filter(|&&key| key != 0) {
                let (word, marks) = marks(key, filter.len());
                filter[word] |= marks;
                full += 1;
            }
        }
        let calibration = vec![Line::default(); labels.types().len()];
        let (kinds, bias) = (None, 0.0);
        Model {
            labels,
            transitions,
            clusters,
            calibration,
            bias,
            width,
            keys,
            mask,
            full_before,
            rows,
            filter,
            kinds,
        }
    }

    /// Whether the model may have weights of a feature; where it has none, it says so of all but one
    /// in a hundred.
    #[inline]
    pub(crate) fn may_have(&self, hash: u64) -> bool {
        let (word, marks) = marks(key(hash), self.filter.len());
        self.filter[word] & marks == marks
    }

    /// What lies where the search for a feature begins: who reads that of many features one right
    /// after another waits for all of them together, not for each in turn.
    #[inline]
    pub(crate) fn touch(&self, hash: u64) -> u32 {
        self.keys[hash as usize & self.mask]
    }

    /// The number of the row of a feature, if the model has weights of it.
    #[inline]
    pub(crate) fn find(&self, hash: u64) -> Option<u32> {
        let key = key(hash);
        let mut at = hash as usize & self.mask;
        loop {
            match self.keys[at] {
                0 => return None,
                found if found == key => break,
                _ => at = (at + 1) & self.mask,
            }
        }
        // No loop that ends at the bucket: the compiler compares the whole group at once.
        let (group, place) = (at / GROUP, at % GROUP);
        let keys = self.keys[group * GROUP..].first_chunk::<GROUP>()?;
        let full = |(before, &key): (usize, &u32)| u32::from(before < place && key != 0);
        Some(self.full_before[group] + keys.iter().enumerate().map(full).sum::<u32>())
    }

    /// The weights in the row with this number.
    #[inline]
    pub(crate) fn row(&self, number: u32) -> &[i16] {
        &self.rows[number as usize * self.width..][..self.width]
    }

    /// Adds the weights of a feature to sums.
    #[inline]
    pub(crate) fn add_feature(&self, hash: u64, sums: &mut [i16]) {
        if self.may_have(hash)
            && let Some(number) = self.find(hash)
        {
            add(sums, self.row(number));
        }
    }

    /// The labels that the model gives.
    pub fn labels(&self) -> &Labels {
        &self.labels
    }

    /// How many features have weights.
    pub fn features(&self) -> usize {
        self.rows.len() / self.width
    }

    /// The model with another bias towards names: what it costs to step to `O`, in the scores'
    /// units. What the bias was before is undone.
    pub fn with_bias(mut self, bias: f64) -> Self {
        let step = ((bias - self.bias) * UNIT).round() as i16;
        let count = self.labels.count();
        for row in self.transitions.chunks_exact_mut(count) {
            row[0] = row[0].saturating_sub(step);
        }
        Model { bias, ..self }
    }

    /// The bias towards names; 0 unless it was set.
    pub fn bias(&self) -> f64 {
        self.bias
    }

    /// The model with a line for the scores of each type. Which labels are best does not change.
    pub fn with_calibration(self, calibration: Vec<Line>) -> Self {
        Model { calibration, ..self }
    }

    /// A line for the scores of each type; those that change nothing unless they were set.
    pub fn calibration(&self) -> &[Line] {
        &self.calibration
    }

    /// The model with a classifier of the names that bear the shared label.
    pub fn with_kinds(self, kinds: SpanClassifier) -> Self {
        Model { kinds: Some(kinds), ..self }
    }

    /// The classifier of the names that bear the shared label, if there is one.
    pub fn kinds(&self) -> Option<&SpanClassifier> {
        self.kinds.as_ref()
    }

    /// The bytes that [`Model::open`] reads.
    pub fn to_bytes(&self) -> Vec<u8> {
        let count = self.labels.count();
        let keys = &self.keys[..=self.mask];
        let rows = self.rows.chunks_exact(self.width).flat_map(|row| &row[..count]);
        let lines = self.calibration.iter().flat_map(|line| [line.slope, line.offset]);
        let sections: [Vec<u8>; 8] = [
            self.labels.types().join("\n").into_bytes(),
            [u8::from(self.labels.shared().is_some())].to_vec(),
            [self.clusters.to_le_bytes(), self.bias.to_le_bytes()].concat(),
            self.transitions.iter().flat_map(|weight| weight.to_le_bytes()).collect(),
            keys.iter().flat_map(|key| key.to_le_bytes()).collect(),
            rows.flat_map(|weight| weight.to_le_bytes()).collect(),
            self.kinds.as_ref().map_or(Vec::new(), SpanClassifier::to_bytes),
            lines.flat_map(f64::to_le_bytes).collect(),
        ];
        let sum = artefact::checksum(sections.iter().map(Vec::as_slice)).to_le_bytes();
        let mut all: Vec<&[u8]> = sections.iter().map(Vec::as_slice).collect();
        all.push(&sum);
        artefact::write(MAGIC, VERSION, &[&sum], &all)
    }

    /// Opens a model that was trained with these clusters.
    ///
    /// # Errors
    /// [`FormatError`] when the bytes are no model of this version, are cut short or damaged, or
    /// were trained with other clusters.
    pub fn open(bytes: &[u8], clusters: &crate::Clusters<'_>) -> Result<Self, FormatError> {
        let artefact = Artefact::open(bytes, MAGIC, VERSION)?;
        let sections = [0, 1, 2, 3, 4, 5, 6, 7]
            .map(|index| artefact.section(index))
            .into_iter()
            .collect::<Result<Vec<_>, _>>()?;
        let sum = artefact::checksum(sections.iter().copied());
        if read_u64(artefact.section(8)?, 0) != Some(sum)
            || artefact.digest() != nukil_types::artefact::digest(&[&sum.to_le_bytes()])
        {
            return Err(FormatError::Section("the checksum does not agree"));
        }
        if read_u64(sections[2], 0) != Some(clusters.digest()) {
            return Err(FormatError::Section("trained with other word clusters"));
        }
        let bias = f64::from_bits(read_u64(sections[2], 8).unwrap_or(u64::MAX));
        if !bias.is_finite() {
            return Err(FormatError::Section("bias"));
        }
        let types = std::str::from_utf8(sections[0]).map_err(|_| FormatError::Section("labels"))?;
        let mut labels = Labels::new(types.lines().map(String::from));
        if let (&[1], Some(last)) = (sections[1], types.lines().last()) {
            labels = labels.with_shared(last.to_string());
        }
        let count = labels.count();
        let weights = |bytes: &[u8]| -> Vec<i16> {
            bytes.as_chunks().0.iter().map(|weight| i16::from_le_bytes(*weight)).collect()
        };
        let transitions = weights(sections[3]);
        let keys: Vec<u32> =
            sections[4].as_chunks().0.iter().map(|key| u32::from_le_bytes(*key)).collect();
        let flat = weights(sections[5]);
        let full = keys.iter().filter(|&&key| key != 0).count();
        let sound = transitions.len() == count * count
            && keys.len().is_power_of_two()
            && full < keys.len()
            && flat.len() == full * count;
        if !sound {
            return Err(FormatError::Section("tables of weights"));
        }
        let model = Model::assemble(labels, clusters.digest(), transitions, keys, flat);
        let numbers: Vec<f64> =
            sections[7].as_chunks().0.iter().map(|bytes| f64::from_le_bytes(*bytes)).collect();
        let lines = numbers.as_chunks().0.iter();
        let calibration: Vec<Line> = lines.map(|&[slope, offset]| Line { slope, offset }).collect();
        if calibration.len() != model.labels.types().len()
            || !numbers.iter().all(|number| number.is_finite())
        {
            return Err(FormatError::Section("calibration"));
        }
        let model = Model { bias, calibration, ..model };
        match sections[6] {
            [] => Ok(model),
            bytes => Ok(model.with_kinds(SpanClassifier::open(bytes)?)),
        }
    }
}

/// What a bucket keeps of a hash; never 0.
#[inline]
fn key(hash: u64) -> u32 {
    (hash >> 32) as u32 | 1
}

/// Its word in a filter of so many, a power of two, and its three bits in that word.
#[inline]
fn marks(key: u32, words: usize) -> (usize, u64) {
    // The lowest bit of a key is always set.
    let spread = u64::from(key >> 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let bit = |shift: u32| 1 << (spread >> shift & 63);
    ((key >> 1) as usize & (words - 1), bit(58) | bit(52) | bit(46))
}

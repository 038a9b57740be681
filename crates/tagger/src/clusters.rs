//! Word clusters: words that news uses alike share a number, at several grains, so that what is
//! learned of one serves the others.

use std::collections::BTreeMap;

use nukil_types::TextTable;
use nukil_types::artefact::{self, Artefact, FormatError};
use nukil_types::facts::{Facts, FactsError};
use nukil_types::hash::text;

const MAGIC: [u8; 4] = *b"NKCL";
const VERSION: u32 = 3;

/// Columns of the source with the bits of each: words used alike, words on like topics, words that
/// are parts of like names.
pub(crate) const COLUMNS: [(&str, u32); 7] = [
    ("use64", 6),
    ("use256", 8),
    ("use1000", 10),
    ("topic64", 6),
    ("topic256", 8),
    ("topic1000", 10),
    ("label64", 6),
];

/// One more than the greatest number of a cluster in a column of [`WordClusters`].
pub(crate) const fn numbers(column: usize) -> usize {
    (1 << COLUMNS[column].1) + 1
}

/// The clusters of a word, one a column, plus one; 0 for a word that is in none.
pub(crate) type WordClusters = [u16; COLUMNS.len()];

/// The compiled clusters of words.
#[derive(Clone, Debug)]
pub struct Clusters<'a> {
    /// The clusters of each, those of the first column in the lowest bits.
    words: TextTable<'a, PACKED>,
    digest: u64,
}

/// Bytes of the clusters of a word.
const PACKED: usize = 7;

/// Clusters that cannot be compiled.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ClustersError {
    /// A line that is not as it should be.
    #[error("{0}")]
    Facts(#[from] FactsError),
}

impl<'a> Clusters<'a> {
    /// Opens the compiled artefact.
    ///
    /// # Errors
    /// [`FormatError`] when the bytes are no artefact of this version.
    pub fn open(bytes: &'a [u8]) -> Result<Self, FormatError> {
        let artefact = Artefact::open(bytes, MAGIC, VERSION)?;
        let [starts, hashes, packed] = [0, 1, 2].map(|at| artefact.section(at));
        let words = TextTable::open(starts?, hashes?, packed?)?;
        Ok(Clusters { words, digest: artefact.digest() })
    }

    /// Digest of the source; a model goes with the clusters that it was trained with.
    pub(crate) fn digest(&self) -> u64 {
        self.digest
    }

    /// Whether a word in lower case has clusters: whether it occurs often enough in news.
    pub fn has(&self, folded: &str) -> bool {
        self.words.get(text(folded)).is_some()
    }

    /// The clusters of a word in lower case. Digits are alike.
    pub(crate) fn get(&self, folded: &str) -> WordClusters {
        self.of_hash(text(folded), folded)
    }

    /// The same for a word of which the hash is known.
    pub(crate) fn of_hash(&self, hash: u64, folded: &str) -> WordClusters {
        let hash = if folded.bytes().any(|byte| byte.is_ascii_digit()) {
            let alike = |c: char| if c.is_ascii_digit() { '0' } else { c };
            text(folded.chars().map(alike).collect::<String>())
        } else {
            hash
        };
        let mut clusters = [0; COLUMNS.len()];
        if let Some([a, b, c, d, e, f, g]) = self.words.get(hash) {
            let mut packed = u64::from_le_bytes([a, b, c, d, e, f, g, 0]);
            for (cluster, (_, bits)) in clusters.iter_mut().zip(COLUMNS) {
                *cluster = (packed & ((1 << bits) - 1)) as u16 + 1;
                packed >>= bits;
            }
        }
        clusters
    }
}

/// Compiles the readable clusters: a column `word` and one each of the grains.
///
/// # Errors
/// [`ClustersError`] when a line cannot be read, or a word stands in two.
pub fn compile_clusters(source: &str) -> Result<Vec<u8>, ClustersError> {
    let mut names = vec!["word"];
    names.extend(COLUMNS.iter().map(|(name, _)| *name));
    let facts = Facts::parse(source, &names)?;
    let mut words = BTreeMap::new();
    for row in facts.rows() {
        let row = row?;
        let (mut packed, mut shift) = (0, 0);
        for (name, bits) in COLUMNS {
            let value: u64 = row.number(name)?.unwrap_or(0);
            if value >> bits != 0 {
                return Err(row.error(format!("{value} in column {name:?} is too large")).into());
            }
            packed |= value << shift;
            shift += bits;
        }
        let word = row.get("word");
        let [packed @ .., _] = u64::to_le_bytes(packed);
        if words.insert(text(word), packed).is_some() {
            return Err(row.error(format!("{word:?} stands here a second time")).into());
        }
    }
    let sections = TextTable::compile(&words);
    let sections = sections.each_ref().map(Vec::as_slice);
    Ok(artefact::write(MAGIC, VERSION, &[source.as_bytes()], &sections))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "word\tuse64\tuse256\tuse1000\ttopic64\ttopic256\ttopic1000\tlabel64\n\
                         0.000\t1\t2\t3\t4\t5\t6\t7\nbandung\t63\t255\t999\t0\t7\t8\t9\n";

    #[test]
    fn clusters_come_back_and_digits_are_alike() {
        let bytes = compile_clusters(TABLE).unwrap();
        let clusters = Clusters::open(&bytes).unwrap();
        assert_eq!(clusters.get("bandung"), [64, 256, 1000, 1, 8, 9, 10]);
        assert_eq!(clusters.get("7.500"), [2, 3, 4, 5, 6, 7, 8]);
        assert_eq!(clusters.get("cimahi"), [0; 7]);
    }

    #[test]
    fn a_cluster_out_of_range_is_named_by_its_line() {
        let error = compile_clusters(&TABLE.replace("\t63\t", "\t64\t")).unwrap_err();
        assert!(error.to_string().starts_with("line 3"), "{error}");
    }

    #[test]
    fn a_word_that_stands_twice_is_named_by_its_line() {
        let error = compile_clusters(&TABLE.replace("bandung", "0.000")).unwrap_err();
        assert!(error.to_string().starts_with("line 3"), "{error}");
    }

    #[test]
    fn clusters_that_are_cut_short_are_an_error() {
        let bytes = compile_clusters(TABLE).unwrap();
        let section = |at| Artefact::open(&bytes, MAGIC, VERSION).unwrap().section(at).unwrap();
        for cut in 0..3 {
            let sections = [0, 1, 2].map(|at| &section(at)[usize::from(at == cut)..]);
            let cut = artefact::write(MAGIC, VERSION, &[TABLE.as_bytes()], &sections);
            assert!(Clusters::open(&cut).is_err());
        }
    }
}

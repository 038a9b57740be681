//! Word clusters: words that news uses alike share a number, at several grains, so that what is
//! learned of one serves the others.

use nukil_types::artefact::{self, Artefact, FormatError};
use nukil_types::facts::{Facts, FactsError};

const MAGIC: [u8; 4] = *b"NKCL";
const VERSION: u32 = 1;

/// Columns of the source, from coarse to fine and from use to topic; with the bits of each.
pub(crate) const COLUMNS: [(&str, u32); 6] = [
    ("use64", 6),
    ("use256", 8),
    ("use1000", 10),
    ("topic64", 6),
    ("topic256", 8),
    ("topic1000", 10),
];

/// One more than the greatest number of a cluster in a column of [`WordClusters`].
pub(crate) const fn numbers(column: usize) -> usize {
    (1 << COLUMNS[column].1) + 1
}

/// The clusters of a word, one a column, plus one; 0 for a word that is in none.
pub(crate) type WordClusters = [u16; COLUMNS.len()];

/// The compiled clusters.
pub struct Clusters<'a> {
    map: fst::Map<&'a [u8]>,
    digest: u64,
}

/// Clusters that cannot be compiled.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ClustersError {
    /// A line that is not as it should be.
    #[error("{0}")]
    Facts(#[from] FactsError),
    /// The lines are not sorted.
    #[error("{0}")]
    Order(#[from] fst::Error),
}

impl<'a> Clusters<'a> {
    /// Opens the compiled artefact.
    ///
    /// # Errors
    /// [`FormatError`] when the bytes are no artefact of this version.
    pub fn open(bytes: &'a [u8]) -> Result<Self, FormatError> {
        let artefact = Artefact::open(bytes, MAGIC, VERSION)?;
        let map = fst::Map::new(artefact.section(0)?);
        let map = map.map_err(|_| FormatError::Section("clusters"))?;
        Ok(Clusters { map, digest: artefact.digest() })
    }

    /// Digest of the source; a model goes with the clusters that it was trained with.
    pub(crate) fn digest(&self) -> u64 {
        self.digest
    }

    /// The clusters of a word in lower case. Digits are alike.
    pub(crate) fn get(&self, folded: &str) -> WordClusters {
        let packed = if folded.bytes().any(|byte| byte.is_ascii_digit()) {
            let alike = |c: char| if c.is_ascii_digit() { '0' } else { c };
            self.map.get(folded.chars().map(alike).collect::<String>())
        } else {
            self.map.get(folded)
        };
        let mut clusters = [0; COLUMNS.len()];
        if let Some(mut packed) = packed {
            for (cluster, (_, bits)) in clusters.iter_mut().zip(COLUMNS) {
                *cluster = (packed & ((1 << bits) - 1)) as u16 + 1;
                packed >>= bits;
            }
        }
        clusters
    }
}

/// Compiles the readable clusters: a column `word` and one each of the grains, sorted by word.
///
/// # Errors
/// [`ClustersError`] when a line cannot be read.
pub fn compile_clusters(text: &str) -> Result<Vec<u8>, ClustersError> {
    let mut names = vec!["word"];
    names.extend(COLUMNS.iter().map(|(name, _)| *name));
    let facts = Facts::parse(text, &names)?;
    let mut builder = fst::MapBuilder::memory();
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
        builder.insert(row.get("word"), packed)?;
    }
    let map = builder.into_inner()?;
    Ok(artefact::write(MAGIC, VERSION, &[text.as_bytes()], &[&map]))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "word\tuse64\tuse256\tuse1000\ttopic64\ttopic256\ttopic1000\n\
                         0.000\t1\t2\t3\t4\t5\t6\nbandung\t63\t255\t999\t0\t7\t8\n";

    #[test]
    fn clusters_come_back_and_digits_are_alike() {
        let bytes = compile_clusters(TABLE).unwrap();
        let clusters = Clusters::open(&bytes).unwrap();
        assert_eq!(clusters.get("bandung"), [64, 256, 1000, 1, 8, 9]);
        assert_eq!(clusters.get("7.500"), [2, 3, 4, 5, 6, 7]);
        assert_eq!(clusters.get("cimahi"), [0; 6]);
    }

    #[test]
    fn a_cluster_out_of_range_is_named_by_its_line() {
        let error = compile_clusters(&TABLE.replace("\t63\t", "\t64\t")).unwrap_err();
        assert!(error.to_string().starts_with("line 3"), "{error}");
    }
}

//! The compiled form of what was learned: habits and trees in one artefact, which is read without parsing.

use nukil_types::artefact::{self, Artefact, FormatError};
use nukil_types::facts::FactsError;

use crate::forest::Forest;
use crate::habits::Habits;

/// First bytes of the artefact.
const MAGIC: [u8; 4] = *b"NKKW";
/// Raised with every change of the layout or of [`crate::hash`].
const VERSION: u32 = 1;

/// Why tables could not be compiled.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("table of {table}, {fault}")]
pub struct TablesError {
    /// Which table: `habits` or `trees`.
    pub table: &'static str,
    /// The line and what is wrong with it.
    #[source]
    pub fault: FactsError,
}

/// Compiles a table of habits ([`Habits::parse`]) and one of trees ([`Forest::parse`]) for
/// [`crate::Ranker::with_tables`].
///
/// # Errors
/// [`TablesError`] names the bad line.
pub fn compile(habits: &str, trees: &str) -> Result<Vec<u8>, TablesError> {
    let in_table = |table| move |fault| TablesError { table, fault };
    let compiled = Habits::parse(habits).map_err(in_table("habits"))?;
    let forest = Forest::parse(trees).map_err(in_table("trees"))?;
    let sources = [habits.as_bytes(), trees.as_bytes()];
    let evidence = Forest::evidence().to_le_bytes();
    let sections = [compiled.slots(), &evidence, &forest.to_bytes()];
    Ok(artefact::write(MAGIC, VERSION, &sources, &sections))
}

/// Opens what [`compile`] made.
pub(crate) fn open(bytes: &'static [u8]) -> Result<(Habits, Forest), FormatError> {
    let opened = Artefact::open(bytes, MAGIC, VERSION)?;
    let habits = Habits::open(opened.section(0)?)?;
    if artefact::read_u64(opened.section(1)?, 0) != Some(Forest::evidence()) {
        return Err(FormatError::Section("trees ask for other evidence"));
    }
    let forest = Forest::from_bytes(opened.section(2)?);
    Ok((habits, forest.ok_or(FormatError::Section("trees"))?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash;

    const HABITS: &str = "place\ttext\tweight\nphrase\temas\t1.25\n";
    const TREES: &str = "first\tsecond\tthird\tfourth\tscores\n\
        once > 0.5\tlead > 2\tlength > 6\trank > 4\t1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 -0.1234\n";

    #[test]
    fn what_was_compiled_comes_back() {
        let (habits, forest) = open(compile(HABITS, TREES).unwrap().leak()).unwrap();
        let emas = hash::word("emas");
        assert_eq!(habits.of(emas, emas, None), [1.25; 3]);
        assert_eq!(Ok(forest), Forest::parse(TREES));
    }

    #[test]
    fn a_bad_line_is_named() {
        let error = compile(HABITS, &TREES.replace("lead", "leat")).unwrap_err();
        assert_eq!(error.to_string(), "table of trees, line 2: \"leat\" is no feature");
    }

    #[test]
    fn a_damaged_artefact_is_refused() {
        let bytes: &'static [u8] = compile(HABITS, TREES).unwrap().leak();
        for length in 0..bytes.len() {
            assert!(open(&bytes[..length]).is_err(), "cut at {length}");
        }
    }
}

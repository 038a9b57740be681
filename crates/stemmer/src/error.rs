use thiserror::Error;

/// Why [`compile`](crate::compile) refused a source.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{file}:{line}: {problem}")]
#[non_exhaustive]
pub struct CompileError {
    /// Name of the source.
    pub file: String,
    /// Line in it, from 1.
    pub line: usize,
    /// What is wrong there.
    pub problem: &'static str,
}

/// Why [`Stemmer::from_bytes`](crate::Stemmer::from_bytes) refused an artefact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum FormatError {
    /// It does not begin with the magic of a stemmer artefact.
    #[error("not a compiled stemmer lexicon")]
    Foreign,
    /// It was written by another version of the compiler.
    #[error("compiled stemmer lexicon of format {found}, expected {expected}")]
    Version {
        /// The format that the artefact names.
        found: u32,
        /// The format that this program reads.
        expected: u32,
    },
    /// It ends too early, is too long, or holds what the compiler never writes.
    #[error("damaged stemmer lexicon")]
    Damaged,
}

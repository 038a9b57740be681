use thiserror::Error;

/// Why a list of abbreviations could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("abbreviations, line {line}: {reason}")]
pub struct AbbreviationsError {
    /// Line of the list, counted from 1.
    pub line: usize,
    /// What is wrong with it.
    pub reason: String,
}

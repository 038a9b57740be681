use thiserror::Error;

/// Why a table of words could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{table}, line {line}: {reason}")]
pub struct TableError {
    /// Which table.
    pub table: &'static str,
    /// Line of the table, counted from 1.
    pub line: usize,
    /// What is wrong with it.
    pub reason: String,
}

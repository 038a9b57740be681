//! One document as a row of the input has it, and what goes wrong with one.

use crate::Failure;

pub(crate) use nukil_types::{Fields, Role, pass_through_name};

/// One document as a row of the input has it.
#[derive(Debug, Default)]
pub(crate) struct Row {
    pub id: Option<String>,
    /// Counted from 1, failed rows included.
    pub position: u64,
    pub title: Option<String>,
    pub text: String,
    /// The page that the text is to be taken out of.
    pub page: Option<Vec<u8>>,
    pub date: Option<String>,
    /// Already under their names in `documents`.
    pub extra: Vec<(String, String)>,
    /// Whether the reader has cut the text already.
    pub truncated: bool,
}

/// What went wrong with a row or with the rest of its file.
#[derive(Debug)]
pub(crate) struct Problem {
    pub doc_id: Option<String>,
    /// [`Failure::READ`] or [`Failure::INPUT`].
    pub stage: &'static str,
    pub reason: String,
}

impl Problem {
    pub fn new(reason: impl Into<String>) -> Self {
        Problem { doc_id: None, stage: Failure::READ, reason: reason.into() }
    }

    /// As [`Problem::new`], of a document whose identifier is known.
    pub fn of(doc_id: Option<String>, reason: impl Into<String>) -> Self {
        Problem { doc_id, ..Problem::new(reason) }
    }
}

/// The rows of one file.
pub(crate) type Rows = Box<dyn Iterator<Item = Result<Row, Problem>> + Send>;

/// A cell as an optional value: nothing where there is only white space.
pub(crate) fn value(cell: &str) -> Option<String> {
    let cell = cell.trim();
    (!cell.is_empty()).then(|| cell.to_string())
}

//! What is said of a document that could not be read.

use std::fmt;

/// A document, or a whole file, that could not be read or processed: one row of `failures`.
///
/// A failure never ends a run; the documents around it go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Path of the input as given; `-` for standard input.
    pub source: String,
    /// Identifier of the document, where it got as far as having one.
    pub doc_id: Option<String>,
    /// What was being done: [`Failure::READ`], or the name of a stage of the pipeline.
    pub stage: String,
    /// What went wrong, with line and column where there are any, in words for a person.
    pub reason: String,
}

impl Failure {
    /// The stage of every failure that comes from a reader.
    pub const READ: &'static str = "read";
    /// The stage of files that lie in the input and are of no kind that is read: no document was
    /// lost by them.
    pub const INPUT: &'static str = "input";

    /// Files below `source` that are not read.
    pub fn input(source: impl Into<String>, reason: impl Into<String>) -> Self {
        Failure { stage: Failure::INPUT.to_string(), ..Failure::read(source, reason) }
    }

    /// A failure to read `source`.
    pub fn read(source: impl Into<String>, reason: impl Into<String>) -> Self {
        Failure {
            source: source.into(),
            doc_id: None,
            stage: Failure::READ.to_string(),
            reason: reason.into(),
        }
    }
}

/// One line, without the stage where that goes without saying:
/// `kumpulan.jsonl: document a7: line 3, column 9: expected value`.
impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.source)?;
        if let Some(id) = &self.doc_id {
            write!(f, "document {id}: ")?;
        }
        if ![Failure::READ, Failure::INPUT].contains(&self.stage.as_str()) {
            write!(f, "{}: ", self.stage)?;
        }
        f.write_str(&self.reason)
    }
}

impl std::error::Error for Failure {}

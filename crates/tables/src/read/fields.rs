//! Which columns of a table mean what, and what becomes of the others.

use crate::write::columns;

/// Names of the columns that the program uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fields {
    /// Identifier of the document.
    pub id: String,
    /// Its headline.
    pub title: String,
    /// Its text; the only column that must be there.
    pub text: String,
    /// Its date of publication.
    pub date: String,
}

impl Default for Fields {
    fn default() -> Self {
        Fields {
            id: "id".to_string(),
            title: "title".to_string(),
            text: "text".to_string(),
            date: "date".to_string(),
        }
    }
}

/// What a column is to the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Id,
    Title,
    Text,
    Date,
    PassThrough,
}

impl Fields {
    pub(crate) fn role(&self, name: &str) -> Role {
        // The text first: whoever names one column twice can do without the other meaning.
        if name == self.text {
            Role::Text
        } else if name == self.title {
            Role::Title
        } else if name == self.id {
            Role::Id
        } else if name == self.date {
            Role::Date
        } else {
            Role::PassThrough
        }
    }
}

/// The name under which a pass-through column appears in `documents`.
///
/// A name that `documents` itself uses gets the prefix `input_`: `source` becomes
/// `input_source`, and so that no two names meet, `input_source` becomes `input_input_source`.
pub(crate) fn pass_through_name(name: String) -> String {
    let mut bare = name.as_str();
    while let Some(rest) = bare.strip_prefix("input_") {
        bare = rest;
    }
    if columns::DOCUMENTS.contains(&bare) { format!("input_{name}") } else { name }
}

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
    pub reason: String,
}

impl Problem {
    pub fn new(reason: impl Into<String>) -> Self {
        Problem { doc_id: None, reason: reason.into() }
    }
}

/// The rows of one file.
pub(crate) type Rows = Box<dyn Iterator<Item = Result<Row, Problem>> + Send>;

/// A cell as an optional value: nothing where there is only white space.
pub(crate) fn value(cell: &str) -> Option<String> {
    let cell = cell.trim();
    (!cell.is_empty()).then(|| cell.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_our_own_columns_are_prefixed_and_stay_apart() {
        let renamed = |name: &str| pass_through_name(name.to_string());
        assert_eq!(renamed("rubrik"), "rubrik");
        assert_eq!(renamed("source"), "input_source");
        assert_eq!(renamed("input_source"), "input_input_source");
        assert_eq!(renamed("input_rubrik"), "input_rubrik");
    }
}

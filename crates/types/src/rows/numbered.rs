use std::fmt;

use serde::{Serialize, Serializer};

/// An identifier in the tables, counted from 1 in each document: `m1`, `e1` or `q1`.
///
/// ```
/// assert_eq!(nukil_types::rows::Numbered::entity(2).to_string(), "e3");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Numbered(char, usize);

impl Numbered {
    /// The identifier of the row of `mentions` at `index`.
    pub fn mention(index: usize) -> Self {
        Numbered('m', index + 1)
    }

    /// The identifier of the quotation at `index`.
    pub fn quote(index: usize) -> Self {
        Numbered('q', index + 1)
    }

    /// The identifier of the entity at `index`.
    pub fn entity(index: usize) -> Self {
        Numbered('e', index + 1)
    }
}

impl fmt::Display for Numbered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.0, self.1)
    }
}

impl Serialize for Numbered {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

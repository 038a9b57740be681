use std::fmt;

/// An identifier in the tables, counted from 1 in each document: `m1`, `e1` or `q1`.
///
/// ```
/// assert_eq!(nukil_types::rows::Numbered::entity(2).to_string(), "e3");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Numbered(u8, usize);

impl Numbered {
    /// The identifier of the row of `mentions` at `index`.
    pub fn mention(index: usize) -> Self {
        Numbered(b'm', index + 1)
    }

    /// The identifier of the quotation at `index`.
    pub fn quote(index: usize) -> Self {
        Numbered(b'q', index + 1)
    }

    /// The identifier of the entity at `index`.
    pub fn entity(index: usize) -> Self {
        Numbered(b'e', index + 1)
    }

    /// The letter that it begins with.
    pub fn letter(self) -> u8 {
        self.0
    }

    /// The number behind it.
    pub fn number(self) -> usize {
        self.1
    }
}

impl fmt::Display for Numbered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", char::from(self.0), self.1)
    }
}

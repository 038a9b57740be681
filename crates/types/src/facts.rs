//! Reader of the readable sources in `data/`: tab-separated, `#` comment lines first, a header
//! line that names the columns, then one fact a line.

use std::fmt;

/// A table of facts, read line by line.
///
/// ```
/// use nukil_types::facts::Facts;
///
/// let table = Facts::parse("# kota\nname\tkind\nBandung\tcity\n", &["name", "kind"]).unwrap();
/// let row = table.rows().next().unwrap().unwrap();
/// assert_eq!((row.get("name"), row.get("aliases")), ("Bandung", ""));
/// ```
pub struct Facts<'t> {
    columns: Vec<&'t str>,
    body: &'t str,
    first_line: usize,
}

/// One fact.
pub struct Row<'t, 'f> {
    /// Line in the file, from 1.
    pub line: usize,
    columns: &'f [&'t str],
    fields: Vec<&'t str>,
}

/// A table that cannot be read: where, and what was expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactsError {
    /// Line in the file, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub reason: String,
}

impl FactsError {
    /// An error on `line`.
    pub fn new(line: usize, reason: impl Into<String>) -> Self {
        FactsError { line, reason: reason.into() }
    }
}

impl fmt::Display for FactsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.reason)
    }
}

impl std::error::Error for FactsError {}

/// The lines of a list that are neither comment nor empty, each with its number from 1: the
/// header, then the facts. For lists with a grammar and messages of their own.
pub fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let numbered = text.lines().enumerate().map(|(index, line)| (index + 1, line));
    numbered.filter(|(_, line)| !line.starts_with('#') && !line.is_empty())
}

impl<'t> Facts<'t> {
    /// Reads the comments and the header of `text`.
    ///
    /// # Errors
    /// When there is no header, or one of the `required` columns is not in it.
    pub fn parse(text: &'t str, required: &[&str]) -> Result<Self, FactsError> {
        let mut body = text;
        let mut line = 0;
        let header = loop {
            line += 1;
            let (first, rest) =
                body.split_once('\n').ok_or_else(|| FactsError::new(line, "no header line"))?;
            body = rest;
            if !first.starts_with('#') {
                break first;
            }
        };
        let columns: Vec<&str> = header.split('\t').collect();
        if let Some(missing) = required.iter().find(|name| !columns.contains(name)) {
            let reason = format!("no column {missing:?} in the header {columns:?}");
            return Err(FactsError::new(line, reason));
        }
        Ok(Facts { columns, body, first_line: line + 1 })
    }

    /// The facts, one a line; a line with another number of fields than the header is an error.
    pub fn rows(&self) -> impl Iterator<Item = Result<Row<'t, '_>, FactsError>> {
        self.body.lines().enumerate().map(|(index, text)| {
            let line = self.first_line + index;
            let fields = fields(text, self.columns.len());
            if fields.len() != self.columns.len() {
                return Err(wrong_fields(line, fields.len(), self.columns.len()));
            }
            Ok(Row { line, columns: &self.columns, fields })
        })
    }

    /// As [`Facts::rows`], for large tables: the number of each line and its fields in these columns,
    /// empty where the table has no such column.
    pub fn fields_of<const N: usize>(
        &self,
        names: [&str; N],
    ) -> impl Iterator<Item = Result<(usize, [&'t str; N]), FactsError>> {
        let columns = names.map(|name| self.columns.iter().position(|&column| column == name));
        self.body.lines().enumerate().map(move |(index, text)| {
            let line = self.first_line + index;
            let mut found = [""; N];
            let mut fields = 0;
            each_field(text, |field| {
                if let Some(at) = columns.iter().position(|&column| column == Some(fields)) {
                    found[at] = field;
                }
                fields += 1;
            });
            if fields != self.columns.len() {
                return Err(wrong_fields(line, fields, self.columns.len()));
            }
            Ok((line, found))
        })
    }
}

fn wrong_fields(line: usize, found: usize, expected: usize) -> FactsError {
    FactsError::new(line, format!("{found} fields, expected {expected}"))
}

/// A field as a number; `None` when it is empty.
///
/// # Errors
/// When the field holds something else.
pub fn number<N: std::str::FromStr>(
    line: usize,
    field: &str,
    name: &str,
) -> Result<Option<N>, FactsError> {
    if field.is_empty() {
        return Ok(None);
    }
    let wrong = |_| FactsError::new(line, format!("{field:?} in column {name:?} is not a number"));
    field.parse().map(Some).map_err(wrong)
}

/// The fields of a line, `expected` as a rule.
fn fields(line: &str, expected: usize) -> Vec<&str> {
    let mut fields = Vec::with_capacity(expected);
    each_field(line, |field| fields.push(field));
    fields
}

/// Calls `visit` with every field of a line. They are so short that to look at byte after byte takes less
/// time than to search for tabs.
#[inline]
fn each_field<'t>(line: &'t str, mut visit: impl FnMut(&'t str)) {
    let mut start = 0;
    for (at, byte) in line.bytes().enumerate() {
        if byte == b'\t' {
            visit(&line[start..at]);
            start = at + 1;
        }
    }
    visit(&line[start..]);
}

impl<'t> Row<'t, '_> {
    /// The field in the column `name`; empty when the table has no such column.
    pub fn get(&self, name: &str) -> &'t str {
        let column = self.columns.iter().position(|&column| column == name);
        column.map_or("", |column| self.fields[column])
    }

    /// The field in the column `name` as a number; `None` when it is empty.
    ///
    /// # Errors
    /// When the field holds something else.
    pub fn number<N: std::str::FromStr>(&self, name: &str) -> Result<Option<N>, FactsError> {
        number(self.line, self.get(name), name)
    }

    /// The parts of the field in the column `name`, which joins them by `|`.
    pub fn list(&self, name: &str) -> impl Iterator<Item = &'t str> + use<'t> {
        self.get(name).split('|').filter(|part| !part.is_empty())
    }

    /// An error about this row.
    pub fn error(&self, reason: impl Into<String>) -> FactsError {
        FactsError::new(self.line, reason)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_with_a_field_too_few_is_named_by_its_line() {
        let table = Facts::parse("# a\n# b\nname\tkind\nx\ty\nz\n", &["name"]).unwrap();
        let rows: Vec<_> = table.rows().map(|row| row.map(|row| row.line)).collect();
        assert_eq!(rows[0], Ok(4));
        assert_eq!(rows[1], Err(FactsError::new(5, "1 fields, expected 2")));
    }

    #[test]
    fn a_missing_column_is_an_error() {
        let error = Facts::parse("name\tkind\n", &["name", "id"]).err().unwrap();
        assert_eq!(error.line, 1);
        assert!(error.reason.contains("\"id\""));
    }
}

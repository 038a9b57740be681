//! One CSV file: RFC 4180 quoting where it is needed, lines ended by `\n`.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

use nukil_types::rows::{DEGREES, Numbered};

use super::staged::{CompleteFile, StagedFile};
use super::{WriteError, numbers, special};

/// Adds a cell to a row, and the comma behind it.
pub(crate) fn put_cell(row: &mut Vec<u8>, cell: &[u8]) {
    let quoted = |byte| matches!(byte, b',' | b'"' | b'\n' | b'\r');
    if special::first(cell, quoted).is_none() {
        row.extend_from_slice(cell);
    } else {
        row.push(b'"');
        for piece in cell.split_inclusive(|&byte| byte == b'"') {
            row.extend_from_slice(piece);
            if piece.ends_with(b"\"") {
                row.push(b'"');
            }
        }
        row.push(b'"');
    }
    row.push(b',');
}

/// Writes a row, the end of its line in the place of the last comma, and empties it for the next.
pub(crate) fn write_row(row: &mut Vec<u8>, target: &mut impl Write) -> io::Result<()> {
    if let Some(comma) = row.last_mut() {
        *comma = b'\n';
    }
    let written = target.write_all(row);
    row.clear();
    written
}

/// A table that is being written. Cells are only put behind one another; what can fail is the end of
/// a row.
pub(crate) struct Table {
    file: StagedFile,
    /// The cells of the next row.
    row: Vec<u8>,
    /// Where several values are put together.
    cell: String,
    /// Rows so far, the header row not counted.
    rows: u64,
}

impl Table {
    /// Opens `folder/name` and writes its header row.
    pub fn create(folder: &Path, name: &str, columns: &[&str]) -> Result<Self, WriteError> {
        let mut table = Table::bare(folder, name)?;
        table.header(columns.iter().copied())?;
        Ok(table)
    }

    /// Opens `folder/name`, whose header row is still to be written.
    pub fn bare(folder: &Path, name: &str) -> Result<Self, WriteError> {
        let file = StagedFile::create(folder, name)?;
        Ok(Table { file, row: Vec::new(), cell: String::new(), rows: 0 })
    }

    /// Writes the header row.
    pub fn header<'c>(
        &mut self,
        columns: impl IntoIterator<Item = &'c str>,
    ) -> Result<(), WriteError> {
        columns.into_iter().for_each(|column| self.text(column));
        self.end_line()
    }

    /// Adds a cell of text.
    pub fn text(&mut self, cell: &str) {
        self.bytes(cell.as_bytes());
    }

    /// Adds a cell of what is UTF-8 or was in another table.
    pub fn bytes(&mut self, cell: &[u8]) {
        put_cell(&mut self.row, cell);
    }

    /// Adds a cell of text, or an empty one.
    pub fn optional(&mut self, cell: Option<&str>) {
        self.text(cell.unwrap_or_default());
    }

    /// Adds a whole number.
    pub fn number(&mut self, number: usize) {
        numbers::integer(&mut self.row, number);
        self.row.push(b',');
    }

    /// Adds `true` or `false`.
    pub fn truth(&mut self, truth: bool) {
        self.text(if truth { "true" } else { "false" });
    }

    /// Adds an identifier.
    pub fn numbered(&mut self, id: Numbered) {
        self.row.push(id.letter());
        self.number(id.number());
    }

    /// Adds an identifier, or an empty cell.
    pub fn numbered_or_empty(&mut self, id: Option<Numbered>) {
        match id {
            Some(id) => self.numbered(id),
            None => self.text(""),
        }
    }

    /// Adds a number with so many decimals.
    pub fn decimal(&mut self, number: f64, decimals: usize) {
        numbers::fixed(&mut self.row, number, decimals);
        self.row.push(b',');
    }

    /// Adds a coordinate, or an empty cell.
    pub fn degrees(&mut self, number: Option<f64>) {
        match number {
            Some(number) => self.decimal(number, DEGREES),
            None => self.text(""),
        }
    }

    /// Adds several values in one cell.
    pub fn joined<S: AsRef<str>>(&mut self, values: &[S]) {
        let mut cell = std::mem::take(&mut self.cell);
        cell.clear();
        for (at, value) in values.iter().enumerate() {
            if at > 0 {
                cell.push('|');
            }
            cell.push_str(value.as_ref());
        }
        self.text(&cell);
        self.cell = cell;
    }

    /// Ends a row.
    pub fn end_row(&mut self) -> Result<(), WriteError> {
        self.rows += 1;
        self.end_line()
    }

    fn end_line(&mut self) -> Result<(), WriteError> {
        let written = write_row(&mut self.row, &mut self.file);
        written.map_err(|error| WriteError::new(self.file.path(), error))
    }

    /// The path that the file will have.
    pub fn path(&self) -> &Path {
        self.file.path()
    }

    /// Rows so far, the header row not counted.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// A second handle on the rows so far, from the start.
    pub fn reopen(&mut self) -> Result<File, WriteError> {
        self.file.flush().map_err(|error| WriteError::new(self.file.path(), error))?;
        self.file.reopen()
    }

    /// Completes the file, still under its temporary name.
    pub fn complete(self) -> Result<CompleteFile, WriteError> {
        Ok(self.file.complete()?.with_rows(self.rows))
    }
}

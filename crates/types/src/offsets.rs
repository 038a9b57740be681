use crate::Span;

/// What an offset in the output counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OffsetUnit {
    /// Unicode code points, as Python, DuckDB and Spark count (the default).
    #[default]
    CodePoint,
    /// Bytes of the UTF-8 text, as Rust and Go count.
    Byte,
    /// UTF-16 code units, as JavaScript and Java count.
    Utf16,
}

/// Translates byte offsets of one text into another unit.
///
/// Built once for a document. A checkpoint every 64 bytes makes a look-up a short scan;
/// for a text of ASCII alone, and for bytes, nothing is built at all.
///
/// ```
/// use nukil_types::{OffsetTable, OffsetUnit};
///
/// let text = "Harga “naik” 5 €";
/// let table = OffsetTable::new(text, OffsetUnit::CodePoint);
/// assert_eq!(table.convert(text.find('5').unwrap()), 13);
/// ```
pub struct OffsetTable<'t> {
    text: &'t str,
    unit: OffsetUnit,
    checkpoints: Vec<usize>,
}

/// Distance between two checkpoints in bytes.
const STRIDE: usize = 64;

impl<'t> OffsetTable<'t> {
    /// A table for `text`.
    pub fn new(text: &'t str, unit: OffsetUnit) -> Self {
        let mut checkpoints = Vec::new();
        if unit != OffsetUnit::Byte && !text.is_ascii() {
            let mut count = 0;
            for (at, chunk) in text.as_bytes().chunks(STRIDE).enumerate() {
                debug_assert_eq!(at, checkpoints.len());
                checkpoints.push(count);
                count += units(chunk, unit);
            }
            checkpoints.push(count);
        }
        OffsetTable { text, unit, checkpoints }
    }

    /// The offset in this table's unit of the byte offset `at`, which must lie on a character
    /// boundary of the text.
    ///
    /// # Panics
    /// When `at` lies past the end of the text.
    pub fn convert(&self, at: usize) -> usize {
        if self.checkpoints.is_empty() {
            return at;
        }
        let block = at / STRIDE;
        let (start, before) = (block * STRIDE, self.checkpoints[block]);
        // Where there are as many units as bytes, all is ASCII and nothing to be counted.
        if self.checkpoints.get(block + 1) == Some(&(before + STRIDE)) {
            return before + (at - start);
        }
        before + units(&self.text.as_bytes()[start..at], self.unit)
    }

    /// Both ends of `span` in this table's unit.
    pub fn span(&self, span: Span) -> [usize; 2] {
        [self.convert(span.start), self.convert(span.end)]
    }
}

/// Units begun in at most [`STRIDE`] UTF-8 bytes; a character belongs to the stretch of its first byte.
fn units(bytes: &[u8], unit: OffsetUnit) -> usize {
    let characters = |byte| byte & 0xC0 != 0x80;
    match unit {
        OffsetUnit::Byte => bytes.len(),
        OffsetUnit::CodePoint => count(bytes, characters),
        // A character of four bytes takes a surrogate pair.
        OffsetUnit::Utf16 => count(bytes, characters) + count(bytes, |byte| byte >= 0xF0),
    }
}

/// How many of at most [`STRIDE`] bytes count. Their number fits a byte, and of bytes the processor
/// adds up many at once.
fn count(bytes: &[u8], counts: impl Fn(u8) -> bool) -> usize {
    usize::from(bytes.iter().map(|&byte| u8::from(counts(byte))).sum::<u8>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_boundary_agrees_with_a_plain_count() {
        let text = "Rp416 Triliun – “naik” 😀 lagi; ".repeat(20);
        for unit in [OffsetUnit::CodePoint, OffsetUnit::Byte, OffsetUnit::Utf16] {
            let table = OffsetTable::new(&text, unit);
            let mut expected = 0;
            for (at, character) in text.char_indices() {
                assert_eq!(table.convert(at), expected, "{unit:?} at {at}");
                expected += match unit {
                    OffsetUnit::CodePoint => 1,
                    OffsetUnit::Byte => character.len_utf8(),
                    OffsetUnit::Utf16 => character.len_utf16(),
                };
            }
            assert_eq!(table.convert(text.len()), expected);
        }
    }
}

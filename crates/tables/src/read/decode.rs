//! Which encoding bytes are in, and their text.
//!
//! Indonesian text comes in UTF-8, in UTF-16 (spreadsheets, old Notepad) or in windows-1252 (old
//! databases and pages), so a statistical guesser over forty encodings has nothing to win here:
//! a byte order mark or NUL bytes tell UTF-16, and what is no UTF-8 is windows-1252, of which
//! ISO 8859-1 and ASCII are parts. What can be decoded in no way becomes U+FFFD, never a failure.

use std::borrow::Cow;
use std::fmt;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// An encoding of texts, by the name that the WHATWG Encoding Standard gives it.
///
/// ```
/// use nukil_tables::Charset;
///
/// assert_eq!(Charset::for_label("latin1").unwrap().to_string(), "windows-1252");
/// assert!(Charset::for_label("klingon").is_none());
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Charset(&'static Encoding);

impl Charset {
    /// The encoding that goes by `label` (`utf-8`, `utf-16le`, `windows-1252`, `latin1`, …), if
    /// there is one.
    pub fn for_label(label: &str) -> Option<Self> {
        Encoding::for_label(label.trim().as_bytes()).map(Charset)
    }

    pub(crate) fn encoding(self) -> &'static Encoding {
        self.0
    }
}

impl fmt::Display for Charset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.name().to_ascii_lowercase())
    }
}

impl fmt::Debug for Charset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Charset({self})")
    }
}

/// The share of characters with a NUL byte from which bytes are UTF-16: Latin text has nearly all.
const MOST_NULS: usize = 2;

/// The encoding that a stream with these first bytes must be taken out of before it is read; none
/// where it is UTF-8 or, record by record, windows-1252. `asked` is taken for what it is, be it
/// UTF-8, unless there is a byte order mark.
pub(crate) fn of_stream(head: &[u8], asked: Option<Charset>) -> Option<&'static Encoding> {
    if let Some((encoding, _)) = Encoding::for_bom(head) {
        return (encoding != UTF_8).then_some(encoding);
    }
    asked.map(Charset::encoding).or_else(|| utf16_without_mark(head))
}

fn utf16_without_mark(head: &[u8]) -> Option<&'static Encoding> {
    let nuls = |first: usize| head.iter().skip(first).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd) = (nuls(0), nuls(1));
    let units = head.len() / 2;
    let most = |found: usize| found > 0 && found * MOST_NULS >= units;
    match (even, odd) {
        (0, odd) if most(odd) => Some(UTF_16LE),
        (even, 0) if most(even) => Some(UTF_16BE),
        _ => None,
    }
}

/// The text of a record or file. Where it is no UTF-8, it is windows-1252 unless it has as many
/// whole characters of several bytes as bytes that fit nowhere: then it is UTF-8 with damage, and
/// each damaged place becomes U+FFFD.
pub(crate) fn text(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) if is_damaged_utf8(bytes) => String::from_utf8_lossy(bytes),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0,
    }
}

fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut damaged) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        damaged += usize::from(!chunk.invalid().is_empty());
    }
    whole >= damaged
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_are_no_utf8_are_windows_1252_or_damaged() {
        for (bytes, expected) in [
            (&b"Caf\xE9 di Bandung"[..], "Café di Bandung"),
            (b"\x93Ya,\x94 kata dia \x96 lalu pergi", "“Ya,” kata dia – lalu pergi"),
            ("“Ya,” kata dia".as_bytes(), "“Ya,” kata dia"),
            (b"\xE2\x80\x9CYa,\xE2\x80\x9D kata d\xFFia", "“Ya,” kata d\u{fffd}ia"),
            (b"\xE2\x80\x9CYa\xE2\x80", "“Ya\u{fffd}"),
        ] {
            assert_eq!(text(bytes), expected, "{bytes:?}");
        }
    }

    #[test]
    fn a_stream_is_utf16_by_its_mark_or_its_nuls() {
        let label = |label: &str| Charset::for_label(label);
        for (head, asked, expected) in [
            (&b"\xFF\xFEB\0a\0"[..], None, Some(UTF_16LE)),
            (b"\xFE\xFF\0B\0a", label("utf-8"), Some(UTF_16BE)),
            (b"B\0a\0n\0j\0i\0r\0", None, Some(UTF_16LE)),
            (b"\0B\0a\0n\0j\0i\0r", None, Some(UTF_16BE)),
            (b"Banjir\0\0", None, None),
            (b"\xEF\xBB\xBFBanjir", label("latin1"), None),
            (b"Caf\xE9", label("latin1"), Some(WINDOWS_1252)),
            (b"Caf\xE9", label("utf8"), Some(UTF_8)),
            (b"Caf\xE9", None, None),
            (b"", None, None),
        ] {
            assert_eq!(of_stream(head, asked), expected, "{head:?}");
        }
    }
}

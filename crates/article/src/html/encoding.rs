//! From the bytes of a page to text, by what the page declares.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// Bytes from the start of the page in which a declaration is looked for; the HTML standard
/// asks authors to put it into the first 1,024, which not all do.
const DECLARATION_WINDOW: usize = 4096;

/// The text of a page.
///
/// A byte order mark decides; then UTF-8, where the bytes are that, since hardly any other text
/// is so by accident and pages that changed their encoding often kept an old declaration; then
/// what the page declares; windows-1252 at last, as browsers do. What cannot be decoded becomes
/// replacement characters.
pub(crate) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[mark..]).0;
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    let encoding = declared(bytes).unwrap_or(WINDOWS_1252);
    // Declared as UTF-8 but broken in places: damaged UTF-8 is mostly right, unless nothing in it
    // is more than one byte of the old encoding.
    if encoding == UTF_8 && !has_multibyte(bytes) {
        return WINDOWS_1252.decode_without_bom_handling(bytes).0;
    }
    encoding.decode_without_bom_handling(bytes).0
}

/// The encoding that the first `charset=` or `encoding=` of the page names.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(DECLARATION_WINDOW)];
    [&b"charset"[..], b"encoding"].into_iter().find_map(|word| {
        let at = head.windows(word.len()).position(|part| part.eq_ignore_ascii_case(word))?;
        let rest = head[at + word.len()..].trim_ascii_start().strip_prefix(b"=")?;
        let rest = rest.trim_ascii_start();
        let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
        let end = rest
            .iter()
            .position(|byte| !(byte.is_ascii_alphanumeric() || b"-_:.".contains(byte)))
            .unwrap_or(rest.len());
        // A page that can be read byte by byte up to here is not in UTF-16, whatever it says.
        Encoding::for_label(&rest[..end]).map(Encoding::output_encoding)
    })
}

/// Whether some character of more than one byte of UTF-8 is whole.
fn has_multibyte(bytes: &[u8]) -> bool {
    bytes.utf8_chunks().any(|chunk| !chunk.valid().is_ascii())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_declaration_counts_where_the_bytes_are_not_utf8() {
        let table: [(&[u8], &str); 8] = [
            (b"\xEF\xBB\xBF<p>Caf\xC3\xA9", "<p>Café"),
            (b"<meta charset=iso-8859-1><p>Caf\xC3\xA9", "<meta charset=iso-8859-1><p>Café"),
            (
                b"<meta charset=\"iso-8859-1\">\x93Caf\xE9\x94",
                "<meta charset=\"iso-8859-1\">“Café”",
            ),
            (b"<meta charset = 'koi8-r'>\xC1", "<meta charset = 'koi8-r'>а"),
            (b"<meta charset=utf-8>Caf\xE9 \x97", "<meta charset=utf-8>Café —"),
            (b"<meta charset=utf-8>\xC3\xA9 \x97", "<meta charset=utf-8>é \u{FFFD}"),
            (b"Caf\xE9", "Café"),
            (b"\xFF\xFE<\0p\0>\0", "<p>"),
        ];
        for (bytes, expected) in table {
            assert_eq!(decode(bytes), expected);
        }
    }
}

//! What kind of file an input is: by its extension, and failing that by its first bytes.

use std::path::Path;

use super::csv::header_of;
use super::fields::Fields;
use super::parquet::MAGIC;

/// How the documents of an input are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InputFormat {
    /// One document a file (`.txt`).
    Text,
    /// One HTML page a file (`.html`, `.htm`, `.xhtml`).
    Html,
    /// One JSON object a line (`.jsonl`, `.ndjson`, `.json`).
    JsonLines,
    /// A table with a header row (`.csv`, `.tsv`); fields are separated by commas, or by
    /// semicolons or tabs where the header is.
    Csv,
    /// A Parquet file (`.parquet`, `.pq`), a row a document.
    Parquet,
}

const EXTENSIONS: [(&str, InputFormat); 12] = [
    ("txt", InputFormat::Text),
    ("text", InputFormat::Text),
    ("jsonl", InputFormat::JsonLines),
    ("ndjson", InputFormat::JsonLines),
    ("json", InputFormat::JsonLines),
    ("csv", InputFormat::Csv),
    ("tsv", InputFormat::Csv),
    ("html", InputFormat::Html),
    ("htm", InputFormat::Html),
    ("xhtml", InputFormat::Html),
    ("parquet", InputFormat::Parquet),
    ("pq", InputFormat::Parquet),
];

/// Extensions of tar archives, `.tgz` and `.tzst` being short for compressed ones.
const ARCHIVES: [&str; 3] = ["tar", "tgz", "tzst"];

/// Most bytes of an extension that messages name.
const LONGEST_EXTENSION: usize = 8;

/// Extensions of compression, which stand after the one of the format.
const COMPRESSED: [&str; 2] = ["gz", "zst"];

/// The file name without extensions of compression, then without its own extension; and that. A name
/// that is no UTF-8 is a name all the same.
fn parts(path: &Path) -> Option<(String, Option<String>)> {
    let name = path.file_name()?.to_string_lossy();
    let mut name = &*name;
    if let Some((rest, extension)) = name.rsplit_once('.')
        && COMPRESSED.iter().any(|known| extension.eq_ignore_ascii_case(known))
        && !rest.is_empty()
    {
        name = rest;
    }
    match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() => {
            Some((stem.to_string(), Some(extension.to_string())))
        }
        _ => Some((name.to_string(), None)),
    }
}

/// What the extension says, looked at beneath `.gz` and `.zst`.
pub(crate) fn by_extension(path: &Path) -> Option<InputFormat> {
    let (_, extension) = parts(path)?;
    let extension = extension?;
    EXTENSIONS
        .iter()
        .find(|(known, _)| extension.eq_ignore_ascii_case(known))
        .map(|&(_, format)| format)
}

/// Whether the extension says that a file is a tar archive, compressed or not.
pub(crate) fn names_archive(path: &Path) -> bool {
    let extension = parts(path).and_then(|(_, extension)| extension);
    extension.is_some_and(|found| ARCHIVES.iter().any(|known| found.eq_ignore_ascii_case(known)))
}

/// Whether a file of a folder or an archive is one to read, where all formats or one are asked for.
/// An archive always is: what is asked for may be in it.
pub(crate) fn wanted(path: &Path, format: Option<InputFormat>) -> bool {
    let wanted = match (by_extension(path), format) {
        (None, _) => false,
        (Some(known), Some(format)) => known == format,
        (Some(_), None) => true,
    };
    wanted || names_archive(path)
}

/// The file name without the extensions that say what it is: `berita.v2.txt.gz` is `berita.v2`.
pub(crate) fn stem(path: &Path) -> String {
    match parts(path) {
        Some((stem, _)) if by_extension(path).is_some() => stem,
        Some((stem, Some(extension))) => format!("{stem}.{extension}"),
        Some((stem, None)) => stem,
        None => path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned(),
    }
}

/// The kind of a file that is not read, for messages.
pub(crate) fn kind(path: &Path) -> String {
    match parts(path).and_then(|(_, extension)| extension) {
        // What follows the last full stop of a title is no extension.
        Some(extension) if extension.len() <= LONGEST_EXTENSION => {
            format!(".{}", extension.to_lowercase())
        }
        _ => "without extension".to_string(),
    }
}

/// What the first bytes say; without any sign, it is text.
pub(crate) fn by_content(head: &[u8], fields: &Fields) -> InputFormat {
    if head.starts_with(MAGIC) {
        return InputFormat::Parquet;
    }
    let start = head.trim_ascii_start();
    let begins =
        |sign: &[u8]| start.get(..sign.len()).is_some_and(|s| s.eq_ignore_ascii_case(sign));
    // Saved pages begin with a comment at times, and XHTML with a declaration.
    let later = || {
        (begins(b"<!--") || begins(b"<?xml"))
            && start.windows(5).any(|part| part.eq_ignore_ascii_case(b"<html"))
    };
    if begins(b"<!doctype html") || begins(b"<html") || begins(b"<head") || later() {
        return InputFormat::Html;
    }
    if let Some(rest) = start.strip_prefix(b"{")
        && matches!(rest.trim_ascii_start().first(), Some(b'"' | b'}'))
    {
        return InputFormat::JsonLines;
    }
    // A heading of one column is hardly a table, and "text" alone on a line hardly a sign.
    let header = header_of(head, fields);
    if header.has_text && header.columns > 1 {
        return InputFormat::Csv;
    }
    InputFormat::Text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extensions_are_read_beneath_compression() {
        let of = |name: &str| by_extension(Path::new(name));
        assert_eq!(of("a/berita.txt"), Some(InputFormat::Text));
        assert_eq!(of("berita.JSONL.gz"), Some(InputFormat::JsonLines));
        assert_eq!(of("berita.tsv.zst"), Some(InputFormat::Csv));
        assert_eq!(of("berita.html"), Some(InputFormat::Html));
        assert_eq!(of("berita.parquet"), Some(InputFormat::Parquet));
        assert_eq!(of("berita.gz"), None);
        assert_eq!(of("txt"), None);
        assert_eq!(of(".txt"), None);
    }

    #[test]
    fn archives_are_known_by_extension_beneath_compression() {
        for name in ["arsip.tar", "a/arsip.TAR.gz", "arsip.tar.zst", "arsip.tgz", "arsip.tzst"] {
            assert!(names_archive(Path::new(name)), "{name}");
        }
        for name in ["tar", ".tar", "arsip.gz", "arsip.tar.txt", "tgz.jsonl"] {
            assert!(!names_archive(Path::new(name)), "{name}");
        }
    }

    #[test]
    fn a_stem_keeps_what_is_no_sign_of_a_format() {
        for (name, expected) in [
            ("a/berita.txt", "berita"),
            ("berita.v2.txt.gz", "berita.v2"),
            ("berita.v2", "berita.v2"),
            ("berita", "berita"),
            ("berita.gz", "berita"),
        ] {
            assert_eq!(stem(Path::new(name)), expected, "{name}");
        }
    }

    #[test]
    fn content_decides_where_no_extension_does() {
        let fields = Fields::default();
        let of = |head: &str| by_content(head.as_bytes(), &fields);
        assert_eq!(of("{\"id\": 1, \"text\": \"…\"}\n"), InputFormat::JsonLines);
        assert_eq!(of("id;text\n1;Banjir\n"), InputFormat::Csv);
        assert_eq!(of("id,isi\n1,Banjir\n"), InputFormat::Text);
        assert_eq!(of("text\nBanjir"), InputFormat::Text);
        assert_eq!(of("{Jakarta} Banjir"), InputFormat::Text);
        for page in ["\n<!DOCTYPE html><title>", "<!-- simpanan --><HTML>", "<?xml?><html>"] {
            assert_eq!(of(page), InputFormat::Html, "{page}");
        }
        assert_eq!(of("<!-- catatan --> Banjir"), InputFormat::Text);
        assert_eq!(of("PAR1\u{0}"), InputFormat::Parquet);
        assert_eq!(of("JAKARTA - Hujan turun."), InputFormat::Text);
    }
}

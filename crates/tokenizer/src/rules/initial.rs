//! Initials in names keep their full stop (`H. Agus S. Putra`); a letter that names a group, a
//! class or a vitamin does not, for there the stop ends the sentence (`juara grup B. Pertandingan`).

use super::Run;

/// Words after which a single letter is a name of its own, lower-case.
const CATEGORIES: [&str; 36] = [
    "ayat",
    "bagian",
    "blok",
    "butir",
    "darah",
    "fase",
    "gedung",
    "gerbang",
    "golongan",
    "grade",
    "grup",
    "hepatitis",
    "huruf",
    "influenza",
    "jalur",
    "kategori",
    "kelas",
    "kelompok",
    "komisi",
    "opsi",
    "paket",
    "pintu",
    "plan",
    "pool",
    "pot",
    "ruang",
    "sektor",
    "seri",
    "serie",
    "sub",
    "tahap",
    "terminal",
    "tipe",
    "tribun",
    "vitamin",
    "zona",
];

/// Whether the full stop behind the single letter `run` belongs to it.
pub(crate) fn keeps_stop(run: &Run) -> bool {
    let rest = &run.text[run.end + 1..];
    let Some(next) = rest.trim_start_matches([' ', '\u{A0}']).chars().next() else { return false };
    let before = word_before(run.text, run.start);
    if CATEGORIES.binary_search(&before.to_lowercase().as_str()).is_ok() {
        return false;
    }
    if next.is_uppercase() || next == ',' {
        return true;
    }
    next.is_lowercase() && before.starts_with(char::is_uppercase)
}

/// The word before `at` on the same line, or nothing.
fn word_before(text: &str, at: usize) -> &str {
    let before = text[..at].trim_end_matches([' ', '\u{A0}']);
    let start = before
        .char_indices()
        .rev()
        .take_while(|(_, character)| character.is_alphanumeric())
        .last()
        .map_or(before.len(), |(start, _)| start);
    &before[start..]
}

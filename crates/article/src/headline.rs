//! Whether the first line of a page is its headline.
//!
//! Many collections cut the headline off and begin with the lead. A headline is therefore only
//! found where the line looks like one and the next line agrees; it is never made up.

use crate::words::Words;

/// Longest headline, in bytes.
const LIMIT: usize = 220;

/// What follows the line that may be a headline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Below {
    /// An empty line.
    pub gap: bool,
    /// A dateline, byline or date: a headline has just ended.
    pub masthead: bool,
    /// A paragraph of prose, longer than the line and ended with a full stop.
    pub prose: bool,
}

/// Whether `line` is a headline.
pub(crate) fn is_headline(line: &str, below: Below, words: &Words) -> bool {
    let words_in_line = line.split_whitespace().take(3).count();
    if line.len() > LIMIT
        || words_in_line < 2
        || is_list_item(line)
        || holds_sentence_end(line)
        || ends_with_credit(line)
    {
        return false;
    }
    let share = words.capital_share(line);
    let ended = line.ends_with('.') && !line.ends_with("..");
    if ended && (share < 0.8 || !below.gap && !below.prose || line.contains(['(', '"', '“'])) {
        return false;
    }
    if words_in_line == 2 && share < 0.8 {
        return false;
    }
    if below.masthead {
        // A caption in this place has a credit or a day in it.
        let credited = line.contains('|')
            || line
                .match_indices('(')
                .any(|(at, _)| line[at + 1..].starts_with(|c: char| c.is_ascii_digit()));
        if credited { share >= 0.8 } else { share >= 0.5 || line.len() <= 100 }
    } else if below.gap {
        if share >= 0.5 { below.prose || line.len() <= 140 } else { below.prose && is_short(line) }
    } else {
        share >= 0.7 && below.prose && line.len() <= 140 && words_in_line > 2
    }
}

/// Whether `line` is a caption that ends with who took the picture, and for whom: "| ANTARA/Budi".
fn ends_with_credit(line: &str) -> bool {
    line.rsplit_once('|').is_some_and(|(_, credit)| credit.contains('/'))
}

/// Whether `line`, written as a sentence without its full stop, is as short as a headline.
fn is_short(line: &str) -> bool {
    line.len() <= 120 && line.split_whitespace().nth(3).is_some() && !line.starts_with(['"', '“'])
}

/// Whether `line` ends as the lead-in of a list does, or begins as an item of one.
fn is_list_item(line: &str) -> bool {
    line.ends_with([',', ':'])
        || line.ends_with(';') && !line.ends_with("\";")
        || line.starts_with(['-', '•', '*', '(', '—'])
        || line.split_once(". ").is_some_and(|(number, _)| number.parse::<u8>().is_ok())
}

/// Whether a sentence ends inside `line`, its blank perhaps missing.
fn holds_sentence_end(line: &str) -> bool {
    line.match_indices('.').any(|(at, _)| {
        let word = line[..at].rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        let rest = &line[at + 1..];
        let begins = rest.trim_start().starts_with(char::is_uppercase);
        // "Prof. Budi", "St. Louis" and "Detik.Com" go on; a word in lower case or of some length
        // has ended.
        let lower = word.starts_with(char::is_lowercase) && word.len() > 2;
        begins
            && (rest.starts_with(' ') && lower
                || word.chars().count() > 5 && word.ends_with(char::is_lowercase))
    })
}

/// The end in `line` of the headline `title`, when the line begins with its words; white space
/// and case aside.
pub(crate) fn prefix(line: &str, title: &str) -> Option<usize> {
    let mut rest = line;
    let mut words = title.split_whitespace().peekable();
    words.peek()?;
    for word in words {
        rest = rest.trim_start();
        let mut chars = rest.chars();
        for expected in word.chars() {
            let found = chars.next()?;
            if found != expected && !found.to_lowercase().eq(expected.to_lowercase()) {
                return None;
            }
        }
        rest = chars.as_str();
    }
    (!rest.starts_with(char::is_lowercase)).then_some(line.len() - rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lead_is_no_headline() {
        let words = Words::parse(include_str!("../../../data/article/words.tsv")).unwrap();
        let gap = Below { gap: true, masthead: false, prose: true };
        let none = Below { gap: false, masthead: false, prose: true };
        let masthead = Below { gap: true, masthead: true, prose: false };
        let table = [
            ("dr. Budi Santoso Sebut Harga Obat Turun", gap, true),
            ("Harga Beras Naik, Pedagang Pasar Mengeluh", none, true),
            ("Viral! Suara Mumi Berusia 3.000 Tahun Muncul Kembali", gap, true),
            ("HP Kehujanan? Ini 9 Tindakan yang Harus Dilakukan", gap, true),
            ("Harga beras naik, pedagang pasar mengeluh", masthead, true),
            ("Harga beras di pasar itu naik tajam pada pekan ini", none, false),
            ("Bank dan pengembang kini mengincar milenial.", masthead, false),
            ("Berikut Daftar Harga Beras:", gap, false),
            ("1. Harga Beras Naik", gap, false),
            ("dr. Budi Santoso Sebut Harga Obat Turun", gap, true),
            ("Harga beras naik tajam. Pedagang Pasar Mengeluh", gap, false),
            ("2.118 Hektar Sawah di Karawang Terendam Banjir", gap, true),
            ("[POPULER] Media Asing Sorot Jakarta | Harga Turun", gap, true),
            ("Harga Beras Stabil Menjelang Ramadan.", gap, true),
            ("Menteri tiba di Kantor Kejaksaan Agung malam ini. Ada apa?", none, false),
            ("Warga mengungsi ke balai desa, Rabu (14/11) | BNPB", masthead, false),
            ("Menteri di Pasar Induk, Jakarta, Sabtu (7/3). | AKURAT.CO/Budi Santoso", gap, false),
            ("Banjir", gap, false),
        ];
        for (line, below, expected) in table {
            assert_eq!(is_headline(line, below, &words), expected, "{line}");
        }
    }

    #[test]
    fn the_title_of_the_input_is_found_at_the_start() {
        assert_eq!(prefix("Harga  BERAS Naik", "Harga Beras Naik"), Some(17));
        assert_eq!(prefix("Harga Beras Naik Budi - detikFinance", "Harga Beras Naik"), Some(16));
        assert_eq!(prefix("Harga Beras Naiknya", "Harga Beras Naik"), None);
        assert_eq!(prefix("Harga", "Harga Beras"), None);
        assert_eq!(prefix("Harga", " "), None);
    }
}

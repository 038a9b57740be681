//! Who wrote it, at the end: "(dry/din)", "(*)", "(Tribunnews.com/Budi)", "ANDITA RAHMA".

use crate::lines::is_blank;
use crate::outlets::Outlets;

/// Longest sign-off in brackets, in bytes.
const LIMIT: usize = 140;

/// Where the sign-off in brackets begins that ends `prose`, if one does. It follows a finished
/// sentence: an abbreviation explained at the end of one ("… Dana Alokasi Khusus (DAK).") stays.
/// At the `last` line of the article initials are known without one.
pub(crate) fn start(prose: &str, last: bool, outlets: &Outlets) -> Option<usize> {
    let kept = prose.trim_end_matches(|c: char| is_blank(c) || matches!(c, '.' | ',' | '*'));
    let (open, close) = match kept.chars().next_back()? {
        ')' => ('(', ')'),
        ']' => ('[', ']'),
        _ => return None,
    };
    let inside = kept.strip_suffix(close)?;
    let at = inside.char_indices().rev().take(LIMIT).find(|&(_, c)| c == open)?.0;
    let content = inside[at + 1..].trim_matches(is_blank);
    let before = prose[..at].trim_end_matches(is_blank);
    let finished = before
        .chars()
        .next_back()
        .is_none_or(|c| matches!(c, '.' | '?' | '!' | '…' | '"' | '”' | '’' | ')' | ']' | '*'));
    // A full stop after the bracket makes it part of a sentence, unless it is initials alone.
    let closed = kept.len() < prose.trim_end_matches(is_blank).len();
    let signs = match open {
        '[' => content.is_empty() || is_initials(content),
        _ => {
            is_initials(content)
                || !closed && (names_writer(content, outlets) || is_name(content, 2))
                || before.is_empty() && (is_code(content) || last && is_name(content, 1))
        }
    };
    let glued = before.len() == at;
    let plain = open == '(' && last && !closed && is_desk_code(content, glued);
    (finished && signs || plain).then_some(at)
}

/// "SIS", "kha": initials in either case on a line of their own.
fn is_code(content: &str) -> bool {
    (2..=4).contains(&content.len()) && content.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// "rns/fyk", or "yov" with no blank before its bracket: three letters each, as desks sign, which
/// no unit ("km/jam", "yoy") looks like in that place.
fn is_desk_code(content: &str, glued: bool) -> bool {
    let letters = |part: &str| part.len() == 3 && part.bytes().all(|b| b.is_ascii_lowercase());
    content.split('/').all(letters) && (content.contains('/') || glued)
}

/// Whether `line` is a writer's name in capitals ("HALIDA BUNGA FISANDRA | ANDITA RAHMA"), as
/// some outlets end their articles.
pub(crate) fn is_name_in_capitals(line: &str) -> bool {
    let mut words = 0;
    for word in line.split(|c: char| c.is_whitespace() || matches!(c, '|' | ',' | '/')) {
        words += usize::from(!word.is_empty());
        if !word.chars().all(|c| c.is_uppercase() || matches!(c, '.' | '-' | '\'')) {
            return false;
        }
    }
    (1..=8).contains(&words)
        && line.len() <= 60
        && line.chars().filter(|c| c.is_alphabetic()).count() >= 4
}

/// `*`, `wbs`, `dry/din`, `kpl/khs`, `*/Ria`, `m26`, `aji/ndu/k15`, `L/R1/P2`.
fn is_initials(content: &str) -> bool {
    let mut parts = content.split(['/', '-', '|']).map(str::trim);
    let single = !content.contains('/');
    !content.is_empty()
        && content.len() <= 40
        && parts.all(|part| {
            part == "*"
                || !part.is_empty()
                    && part.len() <= if single { 4 } else { 8 }
                    && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'*')
                    && part.bytes().any(|byte| byte.is_ascii_alphabetic() || byte == b'*')
                    && (!single || part.bytes().all(|byte| !byte.is_ascii_uppercase()))
        })
}

/// "Tribunnews.com/Budi Santoso", "Penulis: Budi | Editor: Siti", "Kontributor Ambon, Budi".
fn names_writer(content: &str, outlets: &Outlets) -> bool {
    const ROLES: [&str; 10] = [
        "penulis",
        "reporter",
        "editor",
        "kontributor",
        "ditulis oleh",
        "laporan",
        "wartawan",
        "sumber",
        "video jurnalis",
        "advertorial",
    ];
    let first = content.trim_start_matches(['*', '/', ' ']);
    ROLES
        .iter()
        .any(|role| content.get(..role.len()).is_some_and(|head| head.eq_ignore_ascii_case(role)))
        || outlets.at(first, 0).is_some_and(|found| {
            let rest = first[found.end..].trim_start();
            rest.is_empty() || rest.starts_with(['/', ',', '.', '|', '-'])
        })
}

/// A person's name: `least` to four words with capitals and nothing else.
fn is_name(content: &str, least: usize) -> bool {
    let mut words = 0;
    content.split_whitespace().all(|word| {
        words += 1;
        word.starts_with(char::is_uppercase) && word.chars().all(|c| c.is_alphabetic() || c == '.')
    }) && (least..=4).contains(&words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sign_offs_are_told_from_brackets_of_prose() {
        let outlets = Outlets::parse(include_str!("../../../data/article/outlets.tsv")).unwrap();
        let table = [
            ("Harga naik. (dry/din)", Some("(dry/din)")),
            ("Harga naik.(wbs)", Some("(wbs)")),
            ("kata dia.\" (*)", Some("(*)")),
            ("(kpl/khs)", Some("(kpl/khs)")),
            ("Harga naik. (*/Ria)", Some("(*/Ria)")),
            ("Harga naik. []", Some("[]")),
            ("Harga naik. (Tribunnews.com/Budi Santoso)", Some("(Tribunnews.com/Budi Santoso)")),
            ("Harga naik. (Kontributor Ambon, Budi | Editor Siti)", {
                Some("(Kontributor Ambon, Budi | Editor Siti)")
            }),
            ("Harga naik.(Budi Santoso)", Some("(Budi Santoso)")),
            ("Laba naik 5 persen (yoy)", None),
            ("Dana itu disebut Dana Alokasi Khusus (DAK).", None),
            ("Sidang digelar Rabu (6/8/2025).", None),
            ("Ia menang. (Tepuk tangan penonton membahana)", None),
            ("Harga naik. (30/9)", None),
            ("Harga naik.", None),
            ("(SIS)", Some("(SIS)")),
            ("Harga naik (rns/fyk)", None),
            (")", None),
        ];
        for (line, expected) in table {
            assert_eq!(start(line, false, &outlets).map(|at| &line[at..]), expected, "{line}");
        }
    }

    #[test]
    fn the_last_line_is_signed_without_a_full_stop() {
        let outlets = Outlets::parse(include_str!("../../../data/article/outlets.tsv")).unwrap();
        for (line, expected) in [
            ("Harga naik (rns/fyk)", Some("(rns/fyk)")),
            ("Harga naik(yov)", Some("(yov)")),
            ("Laba naik 5 persen (yoy)", None),
            ("Kecepatan tertinggi 120 (km/jam)", None),
            ("(Awaludin)", Some("(Awaludin)")),
        ] {
            assert_eq!(start(line, true, &outlets).map(|at| &line[at..]), expected, "{line}");
        }
    }

    #[test]
    fn writers_in_capitals() {
        assert!(is_name_in_capitals("HALIDA BUNGA FISANDRA | ANDITA RAHMA"));
        assert!(!is_name_in_capitals("TEMPAT KEJADIAN 2"));
        assert!(!is_name_in_capitals("Andita Rahma"));
        assert!(!is_name_in_capitals(""));
    }
}

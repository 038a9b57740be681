//! What the tagger, which was trained on Indonesian, misreads of Malay names and dates.
//!
//! | kind | example | name |
//! |---|---|---|
//! | a title before a name is no part of it | `Datin Paduka Aminah Ismail` | `Aminah Ismail` |
//! | a title tells a name | `Datuk Seri Ahmad Ismail` | `Ahmad Ismail` |
//! | "bin", "binti", "a/l", "a/p" join two halves | `Nurul Huda binti Abdullah` | the whole |
//! | a month behind a day is no name | `15 Jun`, `10 Zulhijjah` | – |

use std::ops::Range;

use nukil_types::{Document, Label};

use crate::name::Name;

/// First words of titles, and what may stand behind each as a part of the title.
#[rustfmt::skip]
const TITLES: [(&str, &[&str]); 7] = [
    ("dato", &["sri", "seri", "paduka", "dr"]),
    ("datuk", &["sri", "seri", "paduka", "wira", "dr"]),
    ("datin", &["sri", "seri", "paduka", "dr"]),
    ("tan", &["sri", "dato", "datuk", "dr"]),
    ("tun", &["dr"]),
    ("yab", &["dato", "datuk", "seri", "sri", "tan", "tun", "dr"]),
    ("yb", &["dato", "datuk", "seri", "sri", "tan", "tun", "dr"]),
];

/// Months, in Malay, in old spelling and of the Islamic calendar too, which look like names.
#[rustfmt::skip]
const MONTHS: [&str; 56] = [
    "agoestoes", "ags", "agt", "agu", "agustus", "apr", "april", "des", "desember", "disember",
    "djanuari", "djoeli", "djoeni", "djuli", "djuni", "dzulhijjah", "dzulkaidah", "feb",
    "februari", "jan", "januari", "jul", "julai", "juli", "jumadil", "jun", "juni", "mac", "mar",
    "maret", "mei", "muharam", "muharram", "nop", "nopember", "nov", "november", "ogos", "okt",
    "oktober", "peb", "pebruari", "rabiul", "rajab", "ramadan", "ramadhan", "safar", "sep", "sept",
    "september", "syaban", "syakban", "syawal", "zulhijah", "zulhijjah", "zulkaedah",
];

/// Most words of a name that a title or "bin" tells.
const LONGEST: usize = 5;
/// Score of a name that a title or "bin" tells.
const TOLD: f64 = 0.9;

/// Mends `names`, which are in text order and do not overlap.
pub(crate) fn mend(document: &Document, names: &mut Vec<Name>) {
    names.retain(|name| name.is_asserted() || !is_month(document, name));
    let mut told: Vec<Name> = Vec::new();
    for (number, sentence) in document.sentences.iter().enumerate() {
        let reader = Reader { document, tokens: sentence.tokens.clone() };
        for at in sentence.tokens.clone() {
            let folded = document.folded(&document.tokens[at]);
            // Asked of every word of a text.
            if !(1..=7).contains(&folded.len())
                || !matches!(folded.as_bytes()[0], b'a' | b'b' | b'd' | b't' | b'y')
            {
                continue;
            }
            let found = match reader.titled(at) {
                Some(tokens) => Some(behind_title(names, tokens)),
                None => reader.link(at).and_then(|link| reader.joined(names, link)),
            };
            let Some(mut tokens) = found else { continue };
            if let Some(last) = told.last().filter(|last| tokens.start < last.tokens.end) {
                if tokens.end <= last.tokens.end {
                    continue;
                }
                tokens.start = last.tokens.start;
                told.pop();
            }
            let overlapped = &names[overlapped(names, &tokens)];
            if !overlapped.iter().any(Name::is_asserted) {
                let score = overlapped.iter().map(|name| name.score).fold(TOLD, f64::max);
                told.push(Name { score, ..Name::new(document, number, tokens, Label::Person) });
            }
        }
    }
    if told.is_empty() {
        return;
    }
    names.retain(|name| {
        let next = told.partition_point(|told| told.tokens.end <= name.tokens.start);
        told.get(next).is_none_or(|told| told.tokens.start >= name.tokens.end)
    });
    names.append(&mut told);
    names.sort_by_key(|name| name.tokens.start);
}

/// Which of `names` overlap `tokens`.
fn overlapped(names: &[Name], tokens: &Range<usize>) -> Range<usize> {
    let from = names.partition_point(|name| name.tokens.end <= tokens.start);
    let to = names.partition_point(|name| name.tokens.start < tokens.end);
    from..to.max(from)
}

/// The name behind a title: it ends where the tagger's ends, if that is the only one there.
fn behind_title(names: &[Name], tokens: Range<usize>) -> Range<usize> {
    match &names[overlapped(names, &tokens)] {
        [name] if name.label == Label::Person => tokens.start..name.tokens.end,
        _ => tokens,
    }
}

/// Whether a name is a month behind the number of a day.
fn is_month(document: &Document, name: &Name) -> bool {
    let first = name.tokens.start;
    let Some(before) =
        first.checked_sub(1).map(|before| document.surface(&document.tokens[before]))
    else {
        return false;
    };
    let day = before.strip_suffix("hb").unwrap_or(before);
    (1..=2).contains(&day.len())
        && day.bytes().all(|byte| byte.is_ascii_digit())
        && MONTHS
            .binary_search(&document.folded(&document.tokens[first]).trim_end_matches('.'))
            .is_ok()
}

struct Reader<'d> {
    document: &'d Document,
    tokens: Range<usize>,
}

impl Reader<'_> {
    fn surface(&self, at: usize) -> &str {
        if !self.tokens.contains(&at) {
            return "";
        }
        self.document.surface(&self.document.tokens[at])
    }

    fn folded(&self, at: usize) -> &str {
        if !self.tokens.contains(&at) {
            return "";
        }
        self.document.folded(&self.document.tokens[at])
    }

    fn is_capital(&self, at: usize) -> bool {
        let surface = self.surface(at);
        let word = surface.chars().all(|c| c.is_alphabetic() || "'’.-".contains(c));
        surface.starts_with(char::is_uppercase) && word
    }

    /// One past the capitalised words from `at` on, with "bin" and its like between.
    fn run(&self, at: usize) -> usize {
        let mut end = at;
        while end - at < LONGEST {
            if self.is_capital(end) {
                end += 1;
            } else if let Some(link) =
                self.link(end).filter(|link| end > at && self.is_capital(link.end))
            {
                end = link.end + 1;
            } else {
                break;
            }
        }
        end
    }

    /// The name behind the title that begins at `at`.
    fn titled(&self, at: usize) -> Option<Range<usize>> {
        let (first, more) = TITLES.iter().find(|(first, _)| *first == self.folded(at))?;
        self.is_capital(at).then_some(())?;
        let mut start = at + 1;
        loop {
            // "Dato' Sri"
            if matches!(self.surface(start), "'" | "’" | "‘") {
                start += 1;
            }
            if !more.contains(&self.folded(start).trim_end_matches('.')) || !self.is_capital(start)
            {
                break;
            }
            start += 1;
        }
        // "Tan" alone is a name.
        if *first == "tan" && start == at + 1 {
            return None;
        }
        let end = self.run(start);
        (end >= start + 2).then_some(start..end)
    }

    /// The tokens of "bin", "binti", "a/l" or "a/p" at `at`.
    fn link(&self, at: usize) -> Option<Range<usize>> {
        match self.folded(at) {
            "bin" | "binti" | "a/l" | "a/p" => Some(at..at + 1),
            "a" if self.surface(at + 1) == "/" && matches!(self.folded(at + 2), "l" | "p") => {
                Some(at..at + 3)
            }
            _ => None,
        }
    }

    /// The whole name with `link` inside, of which the tagger has found a part.
    fn joined(&self, names: &[Name], link: Range<usize>) -> Option<Range<usize>> {
        let person = |at: usize| {
            let next = names.partition_point(|name| name.tokens.end <= at);
            let name = names.get(next).filter(|name| name.tokens.contains(&at));
            name.filter(|name| name.label == Label::Person).map(|name| name.tokens.clone())
        };
        let before = link.start.checked_sub(1).filter(|&before| self.is_capital(before))?;
        self.is_capital(link.end).then_some(())?;
        let (left, right) = (person(before), person(link.end));
        let start = match (&left, &right) {
            (Some(left), _) => left.start,
            (None, Some(_)) => {
                let words = (self.tokens.start..=before).rev().take(3);
                let titles = |at: usize| {
                    TITLES.iter().any(|(title, more)| {
                        *title == self.folded(at) || more.contains(&self.folded(at))
                    })
                };
                words.take_while(|&at| self.is_capital(at) && !titles(at)).last()?
            }
            (None, None) => return None,
        };
        let end = right.map_or_else(|| self.run(link.end), |right| right.end);
        Some(start..end.max(link.end + 1))
    }
}

#[cfg(test)]
mod tests {
    use nukil_types::{Sentence, Span, TokenKind};

    use super::*;

    /// A sentence with the words of `text`, and the names in brackets as the tagger finds them.
    fn names(text: &str) -> String {
        let plain = text.replace(['[', ']'], "");
        let mut document = Document::new("1", "-", &plain);
        let mut found = Vec::new();
        let (mut at, mut opened) = (0, 0);
        for word in text.split_inclusive(' ') {
            if word.starts_with('[') {
                opened = document.tokens.len();
            }
            let length = word.trim_end().trim_matches(['[', ']']).len();
            document.push_token(Span::new(at, at + length), TokenKind::Word);
            at += word.replace(['[', ']'], "").len();
            if word.trim_end().ends_with(']') {
                found.push(opened..document.tokens.len());
            }
        }
        let tokens = 0..document.tokens.len();
        let sentence = Sentence { span: Span::new(0, plain.len()), tokens, headline: false };
        document.sentences.push(sentence);
        let mut names: Vec<Name> = found
            .into_iter()
            .map(|tokens| Name::new(&document, 0, tokens, Label::Person))
            .collect();
        mend(&document, &mut names);
        names.iter().map(|name| document.slice(name.span)).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn titles_are_no_part_of_names_and_tell_them() {
        for (text, expected) in [
            ("[Datin Paduka Salmah Yusof] tiba di Ipoh", "Salmah Yusof"),
            ("Datuk Seri Hamzah Zainal tiba di Ipoh", "Hamzah Zainal"),
            ("[YB Rohani Karim] tiba di Ipoh", "Rohani Karim"),
            ("Tan Sri [Wong Kok Leong] tiba di Ipoh", "Wong Kok Leong"),
            ("Dato ' [Sri Halim Saad] tiba di Ipoh", "Halim Saad"),
            ("Tun Dr Siti Hasnah bercakap di Ipoh", "Siti Hasnah"),
            ("[Datuk] tiba di Ipoh", "Datuk"),
        ] {
            assert_eq!(names(text), expected, "{text}");
        }
    }

    #[test]
    fn halves_of_a_name_are_joined() {
        for (text, expected) in [
            ("[Siti Aishah] binti [Rahmat] hadir", "Siti Aishah binti Rahmat"),
            ("K. Maniam a/l [Suppiah] hadir", "K. Maniam a/l Suppiah"),
            ("[Letchumi] a/p Gopal hadir", "Letchumi a/p Gopal"),
            ("[Razak bin Osman] hadir", "Razak bin Osman"),
            ("Encik Tahir dan [Rahim] hadir", "Rahim"),
        ] {
            assert_eq!(names(text), expected, "{text}");
        }
    }

    #[test]
    fn months_behind_days_are_no_names() {
        assert!(MONTHS.is_sorted());
        assert_eq!(names("Bil dibayar pada 15 [Jun] di Ipoh"), "");
        assert_eq!(names("Majlis pada 9 [Zulhijjah 1446H] di Ipoh"), "");
        assert_eq!(names("Program pada 10hb [Julai] nanti"), "");
        assert_eq!(names("Surat bertanggal 3 [Djanuari] 1946"), "");
        assert_eq!(names("Sidang digelar 8 [Peb. 2022] di Solo"), "");
        assert_eq!(names("Pemain [Jun Ito] hadir"), "Jun Ito");
        assert_eq!(names("Antara [Mei Ling] dan 2 [Budi] hadir"), "Mei Ling | Budi");
    }
}

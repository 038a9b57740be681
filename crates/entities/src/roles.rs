//! Titles and offices of a person: before the name ("Menteri Luar Negeri Armenia Ararat
//! Mirzoyan"), before it and a comma ("Anggota parlemen Rusia, Grigory Karasin"), behind it ("Ned
//! Price, juru bicara kementerian itu,"), and behind a word that leads to an office ("Eddy selaku
//! Ketua Komisi B").

use std::ops::Range;

use nukil_gazetteer::TitleKind;
use nukil_types::{Document, Span, TokenKind};

use crate::view::{Shape, Title, Views};

/// Words a role may have.
const LONGEST: usize = 14;

/// Fields that stand in lower case between a profession and a name: "pengamat politik Adi".
const FIELDS: [&str; 40] = [
    "agama",
    "anggaran",
    "bahasa",
    "bisnis",
    "budaya",
    "ekonomi",
    "energi",
    "film",
    "forensik",
    "hubungan",
    "hukum",
    "intelijen",
    "internasional",
    "keamanan",
    "kebijakan",
    "kesehatan",
    "komunikasi",
    "kriminal",
    "lingkungan",
    "militer",
    "muda",
    "musik",
    "negara",
    "olahraga",
    "pangan",
    "pasar",
    "pendidikan",
    "penerbangan",
    "perbankan",
    "perkotaan",
    "pertahanan",
    "pertanian",
    "pidana",
    "politik",
    "publik",
    "sejarah",
    "senior",
    "sepakbola",
    "tata",
    "transportasi",
];

/// The roles that stand beside the name with these tokens, in text order. The sentence begins
/// behind the person before; `next` is where the person behind begins.
pub(crate) fn roles(
    document: &Document,
    views: &Views,
    sentence: Range<usize>,
    name: Range<usize>,
    next: usize,
    found: &mut Vec<Span>,
) {
    let clause = Clause { document, views, sentence, next };
    let first = found.len();
    let mut end = name.start;
    while let Some(title) = clause.role_before(end) {
        found.push(clause.span(title.start()..end));
        end = title.start();
        // "Kapolda Metro Jaya Irjen Fadil Imran" has an office and a rank.
        if matches!(title.kind, TitleKind::Office | TitleKind::Profession | TitleKind::Modifier) {
            break;
        }
    }
    if found.len() == first
        && name.start >= clause.sentence.start + 2
        && matches!(clause.surface(name.start - 1), "," | "(")
    {
        let end = name.start - 1;
        if let Some(start) = clause.phrase_before(end) {
            found.push(clause.span(start..end));
        }
    }
    found[first..].reverse();
    if let Some(role) = clause.role_behind(name.end) {
        found.push(clause.span(role));
    }
}

fn is_office(kind: TitleKind) -> bool {
    matches!(kind, TitleKind::Office | TitleKind::Profession | TitleKind::Modifier)
}

/// What stands around a name, up to the persons beside it.
struct Clause<'c> {
    document: &'c Document,
    views: &'c Views,
    sentence: Range<usize>,
    /// Where the next person's name begins.
    next: usize,
}

impl Clause<'_> {
    fn surface(&self, at: usize) -> &str {
        self.document.surface(&self.document.tokens[at])
    }

    fn folded(&self, at: usize) -> &str {
        self.document.folded(&self.document.tokens[at])
    }

    fn span(&self, tokens: Range<usize>) -> Span {
        self.document.span_of(tokens)
    }

    fn title_before(&self, at: usize) -> Option<Title> {
        self.views.before(at).title.filter(|title| title.start() >= self.sentence.start)
    }

    /// The role that runs up to a token, by the kind of its title: from a title from which only
    /// what titles take (a place, an organisation, a field) leads there, or from what changes or
    /// heightens that title ("mantan", "Plt.", "Prof. Dr.").
    fn role_before(&self, end: usize) -> Option<Title> {
        let earliest = self.sentence.start.max(end.saturating_sub(LONGEST));
        let mut at = end;
        let mut role = loop {
            match self.title_before(at) {
                Some(title) if at == end || title.complement => break title,
                // What joins does so between two words: "Ketua Yayasan dan Budi".
                _ if at > earliest
                    && self.is_complement(at - 1)
                    && (at < end
                        || !matches!(
                            self.views.token(at - 1).shape,
                            Shape::Lower | Shape::Other
                        )) =>
                {
                    at -= 1;
                }
                _ => return self.profession_before(end),
            }
        };
        while let Some(title) = self.title_before(role.start()) {
            if is_office(title.kind) && title.kind != TitleKind::Modifier && !is_office(role.kind) {
                break;
            }
            let kind = if title.kind == TitleKind::Modifier { role.kind } else { title.kind };
            role = Title { kind, ..title };
        }
        Some(role)
    }

    /// A profession with its field in lower case.
    fn profession_before(&self, end: usize) -> Option<Title> {
        let fields = (self.sentence.start..end).rev().take_while(|&at| {
            FIELDS.binary_search(&self.folded(at)).is_ok()
                && self.views.token(at).shape == Shape::Lower
        });
        let start = end - fields.count();
        self.title_before(start).filter(|title| start < end && is_office(title.kind))
    }

    /// Whether a token may stand between a title and a name.
    fn is_complement(&self, at: usize) -> bool {
        match self.views.token(at).shape {
            Shape::Lower => matches!(self.folded(at), "dan" | "bidang" | "urusan" | "untuk"),
            Shape::Other => matches!(self.surface(at), "/" | "&"),
            _ => true,
        }
    }

    /// Where the role begins that ends at a comma before the name: a title, then words alone.
    fn phrase_before(&self, end: usize) -> Option<usize> {
        let earliest = self.sentence.start.max(end.saturating_sub(LONGEST));
        let mark = (earliest..end).rev().find(|&at| {
            self.views.token(at).shape == Shape::Other
                && !matches!(self.surface(at), "(" | ")" | "/")
        });
        let clause = mark.map_or(earliest, |mark| mark + 1);
        (clause..end).find(|&at| {
            self.views.title(at).is_some_and(|(length, kind)| is_office(kind) && at + length <= end)
                && (at == clause || self.views.token(at).shape != Shape::Lower)
        })
    }

    /// The role behind a name that ends here, an age in brackets left out.
    fn role_behind(&self, name_end: usize) -> Option<Range<usize>> {
        let mut at = name_end;
        let is_age = at + 2 < self.sentence.end
            && self.surface(at) == "("
            && self.document.tokens[at + 1].kind == TokenKind::Number
            && self.surface(at + 2) == ")";
        if is_age {
            at += 3;
        }
        if at + 1 >= self.sentence.end {
            return None;
        }
        if self.surface(at) == "," {
            return self.apposition(at + 1);
        }
        let start = self.led_to(at)?;
        let (length, _) = self.views.title(start).filter(|(_, kind)| is_office(*kind))?;
        if start + length > self.next {
            // "Prabowo-Gibran sebagai calon presiden": the office of who is named last.
            return None;
        }
        let mut end = self.complement_end(start + length).min(self.next);
        // "selaku ahli hukum dan Amien": the word that joins the next person.
        while end > start + length && self.views.token(end - 1).shape == Shape::Lower {
            end -= 1;
        }
        // A title and nothing else is whole where no noun goes on: "sebagai saksi di sidang".
        let goes_on = end < self.sentence.end
            && self.views.token(end).shape == Shape::Lower
            && !self.document.tokens[end].stop;
        (end > start + length || !goes_on).then_some(start..end)
    }

    /// The role between two commas; or between a comma and the end of the sentence, where it is a
    /// title and what that takes alone.
    fn apposition(&self, start: usize) -> Option<Range<usize>> {
        let (length, _) = self.views.title(start).filter(|(_, kind)| is_office(*kind))?;
        let limit = self.sentence.end.min(start + LONGEST);
        let end = (start..limit).find(|&at| self.views.token(at).shape == Shape::Other)?;
        let closed = match self.surface(end) {
            "," => true,
            "." | ")" | ";" | "\"" | "”" => self.complement_end(start + length) == end,
            _ => false,
        };
        closed.then_some(start..end)
    }

    /// Where the office begins to which words behind a name lead: "selaku …", "yang juga …".
    fn led_to(&self, at: usize) -> Option<usize> {
        let words: [&[&str]; 8] = [
            &["selaku"],
            &["sebagai"],
            &["yang", "juga"],
            &["yang", "merupakan"],
            &["yang", "kini", "menjabat"],
            &["yang", "menjabat", "sebagai"],
            &["yang", "menjabat"],
            &["yang", "juga", "merupakan"],
        ];
        let leads = |phrase: &&&[&str]| {
            at + phrase.len() < self.sentence.end
                && phrase.iter().enumerate().all(|(next, word)| self.folded(at + next) == *word)
        };
        words.iter().filter(leads).map(|phrase| at + phrase.len()).max()
    }

    /// The end of what a title takes behind it: words in capitals and numbers.
    fn complement_end(&self, from: usize) -> usize {
        let mut end = from;
        for at in from..self.sentence.end.min(from + LONGEST) {
            match self.views.token(at).shape {
                Shape::Other => break,
                Shape::Lower if self.is_complement(at) => {}
                Shape::Lower => break,
                _ => end = at + 1,
            }
        }
        end
    }
}

//! The words by which two mentions are compared: what a name keeps of its form when spelling,
//! legal forms, levels of government and brackets are taken away.

use std::borrow::Cow;
use std::ops::Range;

use nukil_gazetteer::TitleKind;
use nukil_types::{Document, Label, Span};

use crate::name::Name;
use crate::view::Views;

/// A folded word; the document has most of them as they are.
pub(crate) type Word<'d> = Cow<'d, str>;

/// Words of companies and places that others leave out.
const LEGAL_FORMS: [&str; 6] = ["pt", "cv", "tbk", "persero", "(", ")"];
const LEVELS: [&str; 15] = [
    "kota",
    "kabupaten",
    "kab",
    "provinsi",
    "propinsi",
    "kecamatan",
    "kec",
    "desa",
    "kelurahan",
    "kampung",
    "gampong",
    "dusun",
    "pekon",
    "distrik",
    "nagari",
];
/// Levels that the name of an office may leave out: "Dinas Kesehatan (Provinsi) DKI Jakarta".
const OFFICE_LEVELS: [&str; 3] = ["provinsi", "propinsi", "kabupaten"];
/// Words that organisations write out or contract, in the order in which they are tried.
const CONTRACTIONS: [(&[&str], &str); 17] = [
    (&["pemerintah", "daerah", "kabupaten"], "pemkab"),
    (&["pemerintah", "kabupaten"], "pemkab"),
    (&["pemerintah", "provinsi"], "pemprov"),
    (&["pemerintah", "propinsi"], "pemprov"),
    (&["pemerintah", "kota"], "pemkot"),
    (&["pemko"], "pemkot"),
    (&["kementrian"], "kementerian"),
    (&["rumah", "sakit", "umum", "daerah"], "rsud"),
    (&["sd", "negeri"], "sdn"),
    (&["smp", "negeri"], "smpn"),
    (&["sma", "negeri"], "sman"),
    (&["smk", "negeri"], "smkn"),
    (&["mapolda"], "polda"),
    (&["mapolres"], "polres"),
    (&["mapolsek"], "polsek"),
    (&["dewan", "perwakilan", "rakyat"], "dpr"),
    (&["republik", "indonesia"], "ri"),
];

/// The span of a name itself, and that of a short form in brackets at its end: "Komisi Pemilihan
/// Umum (KPU)".
pub(crate) fn parts(document: &Document, name: &Name) -> (Span, Option<Span>) {
    match brackets(document, name) {
        (own, short) if own == name.tokens => (name.span, short.map(|it| document.span_of(it))),
        (own, short) => (document.span_of(own), short.map(|it| document.span_of(it))),
    }
}

/// The tokens of a name that are the name itself, and those of a short form in brackets at its end.
pub(crate) fn brackets(document: &Document, name: &Name) -> (Range<usize>, Option<Range<usize>>) {
    let surface = |at: usize| document.surface(&document.tokens[at]);
    let (start, last) = (name.tokens.start, name.tokens.end - 1);
    if name.tokens.len() < 3 || surface(last) != ")" {
        return (name.tokens.clone(), None);
    }
    match (start..last).rfind(|&at| surface(at) == "(") {
        Some(open) if open == start => (start + 1..last, None),
        Some(open) if open + 1 < last => (start..open, Some(open + 1..last)),
        _ => (name.tokens.clone(), None),
    }
}

/// Adds the folded words of a name to `found`, without what companies and places put around theirs;
/// those of a person in one spelling and without a form of address or a rank ("KH Hanief"). Tells
/// where they stand in it.
pub(crate) fn words<'d>(
    document: &'d Document,
    views: &Views,
    name: &Name,
    found: &mut Vec<Word<'d>>,
) -> Range<usize> {
    let first = found.len();
    if name.is_partial(document) {
        let folded = document.slice(name.span).to_lowercase();
        found.extend(folded.split_whitespace().map(|word| Cow::Owned(word.to_string())));
        return first..found.len();
    }
    let (mut own, _) = brackets(document, name);
    if name.label == Label::Person {
        let title = |at: usize| views.title(at).filter(|(_, kind)| is_address(*kind));
        while let Some((length, _)) = title(own.start).filter(|(length, _)| *length < own.len()) {
            own.start += length;
        }
    }
    let inside = inner_brackets(document, &own);
    let tokens = own.filter(|at| !inside.contains(at)).map(|at| &document.tokens[at]);
    let words = tokens.map(|token| document.folded(token).trim_end_matches('.'));
    let dropped: &[&str] = match name.label {
        Label::Person => {
            found.extend(words.map(spelling));
            return first..found.len();
        }
        Label::Organisation => &LEGAL_FORMS,
        Label::Location => &LEVELS,
        _ => &[],
    };
    found.extend(words.clone().filter(|word| !dropped.contains(word)).map(Cow::Borrowed));
    if found.len() == first {
        found.extend(words.map(Cow::Borrowed));
    }
    if name.label == Label::Organisation {
        contract(found, first);
    }
    first..found.len()
}

/// The level with which the name of a place begins: "kecamatan".
pub(crate) fn level<'d>(document: &'d Document, name: &Name) -> Option<&'d str> {
    let first = document.folded(&document.tokens[name.tokens.start]);
    (name.label == Label::Location && LEVELS.contains(&first)).then_some(first)
}

/// The tokens of an acronym in brackets within a name, with the brackets: "(Disdik)" in "Dinas
/// Pendidikan (Disdik) Kota Batam".
fn inner_brackets(document: &Document, name: &Range<usize>) -> Range<usize> {
    let surface = |at: usize| document.surface(&document.tokens[at]);
    let inner = name.start + 1..name.end.saturating_sub(1);
    let open = inner.clone().find(|&at| surface(at) == "(");
    let close = open.and_then(|open| (open..inner.end).find(|&at| surface(at) == ")"));
    open.zip(close).map_or(name.end..name.end, |(open, close)| open..close + 1)
}

/// The other forms that a name with an acronym within introduces: "Disdik Kota Batam" and "Disdik".
pub(crate) fn introduced<'d>(document: &'d Document, name: &Name) -> Vec<Word<'d>> {
    let inside = inner_brackets(document, &name.tokens);
    if name.label != Label::Organisation || inside.len() < 3 {
        return Vec::new();
    }
    let acronym = inside.start + 1..inside.end - 1;
    let folded = |at: usize| Cow::Borrowed(document.folded(&document.tokens[at]));
    let mut words: Vec<Word> = acronym.clone().map(folded).collect();
    let short = form(&words);
    words.extend((inside.end..name.tokens.end).map(folded));
    contract(&mut words, 0);
    vec![short, form(&words)]
}

/// Contracts words of organisations from `first` on, and leaves out levels that some leave out.
fn contract(words: &mut Vec<Word<'_>>, first: usize) {
    let mut at = first;
    while at < words.len() {
        let found = CONTRACTIONS.iter().find(|(long, _)| {
            words.len() - at >= long.len() && words[at..].iter().zip(*long).all(|(a, b)| a == b)
        });
        if let Some((long, short)) = found {
            words.splice(at..at + long.len(), [Cow::Borrowed(*short)]);
        } else if at > first && at + 1 < words.len() && OFFICE_LEVELS.contains(&&*words[at]) {
            words.remove(at);
            continue;
        }
        at += 1;
    }
}

/// The words of a name in one, so that "Tulangbawang" is "Tulang Bawang".
pub(crate) fn form<'d>(words: &[Word<'d>]) -> Word<'d> {
    match words {
        [word] if !word.contains('-') => word.clone(),
        words => Cow::Owned(words.iter().flat_map(|word| word.split('-')).collect()),
    }
}

/// Whether two words differ by one letter: one more, one less or another. Short words are others.
pub(crate) fn is_misspelt(one: &str, other: &str) -> bool {
    if one.is_ascii() && other.is_ascii() {
        return differ_by_one(one.as_bytes(), other.as_bytes());
    }
    let [one, other] = [one, other].map(|word| word.chars().collect::<Vec<char>>());
    differ_by_one(&one, &other)
}

fn differ_by_one<L: PartialEq>(one: &[L], other: &[L]) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    if short.len() < 5 || long.len() - short.len() > 1 {
        return false;
    }
    let same = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    let rest = if short.len() == long.len() {
        &short[(same + 1).min(short.len())..]
    } else {
        &short[same..]
    };
    long.get(same + 1..).unwrap_or_default() == rest
}

fn is_address(kind: TitleKind) -> bool {
    matches!(kind, TitleKind::Honorific | TitleKind::Rank | TitleKind::DegreeBefore)
}

/// One spelling for a word of a person's name: that of before 1947 and 1972 (oe, dj, tj, sj, ch)
/// as today's, doubled letters as one, y at the end as i, the forms of Muhammad as one.
fn spelling(word: &str) -> Word<'_> {
    // An initial or a numeral.
    if word.len() < 3 || is_todays(word) {
        return Cow::Borrowed(word);
    }
    let mut spelled = String::with_capacity(word.len());
    let mut letters = word.chars().peekable();
    while let Some(letter) = letters.next() {
        let (new, pair) = match (letter, letters.peek()) {
            ('o', Some('e')) => ('u', true),
            ('d', Some('j')) => ('j', true),
            ('t', Some('j')) => ('c', true),
            ('c' | 'k', Some('h')) => ('h', true),
            // "sj" is "sy".
            ('j', _) if spelled.ends_with('s') => ('y', false),
            ('y', None) if !spelled.is_empty() => ('i', false),
            _ => (letter, false),
        };
        if pair {
            letters.next();
        }
        if !spelled.ends_with(new) {
            spelled.push(new);
        }
    }
    match spelled.as_str() {
        "mohamad" | "mohamed" | "muhamed" | "moh" | "muh" | "mohd" => Cow::Borrowed("muhamad"),
        _ => Cow::Owned(spelled),
    }
}

/// Whether [`spelling`] leaves a word as it is, as it does most: no two letters in a row are written
/// otherwise, and it neither ends with y nor begins as a form of Muhammad.
fn is_todays(word: &str) -> bool {
    let old = |pair: &[u8]| {
        pair[0] == pair[1] || matches!(pair, b"oe" | b"dj" | b"tj" | b"ch" | b"kh" | b"sj")
    };
    word.is_ascii()
        && !word.ends_with('y')
        && !word.starts_with("mo")
        && !word.starts_with("mu")
        && !word.as_bytes().windows(2).any(old)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_and_new_spellings_are_one() {
        for (old, new) in [
            ("soeharto", "suharto"),
            ("soebardjo", "subarjo"),
            ("tjokroaminoto", "cokroaminoto"),
            ("sjahrir", "syahrir"),
            ("achmad", "ahmad"),
            ("chairul", "khairul"),
            ("mohammad", "muhammad"),
            ("rudy", "rudi"),
        ] {
            assert_eq!(spelling(old), spelling(new));
        }
        assert_ne!(spelling("budi"), spelling("boni"));
    }
}

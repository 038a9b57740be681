//! Two names of one person that the text itself calls so: "Irfan Maulana alias Kipli", "Suparno, yang
//! akrab disapa Mbah No", "Jojo, sapaan akrab Jonatan Christie".

use nukil_types::{Document, Label, TokenKind};

use crate::name::Name;

/// Words that say by themselves that two names are of one person.
const ALIAS: [&str; 6] = ["alias", "aka", "a.k.a", "sapaan", "panggilan", "julukan"];
/// Verbs that say so only beside an adverb: "X disapa Y" may be a greeting.
const VERBS: [&str; 5] = ["disapa", "dipanggil", "dijuluki", "dikenal", "disebut"];
const ADVERBS: [&str; 7] = ["akrab", "biasa", "karib", "kerap", "sering", "lebih", "populer"];
/// What else may stand between the names.
const OTHERS: [&str; 12] = [
    "yang",
    "atau",
    "dengan",
    "nama",
    "sebagai",
    "juga",
    "begitu",
    "adalah",
    "merupakan",
    "itu",
    "kini",
    "al",
];

/// Most tokens between the names.
const LONGEST: usize = 9;

/// The names beside a person's that the text says are of the same person, of those before and behind.
pub(crate) fn called(
    document: &Document,
    names: &[Name],
    index: usize,
) -> impl Iterator<Item = usize> {
    let before = index.checked_sub(1).filter(|&before| is_called(document, names, before));
    let behind = is_called(document, names, index).then_some(index + 1);
    before.into_iter().chain(behind)
}

/// Whether the text says that a name and the next are of one person.
fn is_called(document: &Document, names: &[Name], index: usize) -> bool {
    let [one, other] = [index, index + 1].map(|at| names.get(at));
    let (Some(one), Some(other)) = (one, other) else { return false };
    if one.label != Label::Person
        || other.label != Label::Person
        || one.sentence != other.sentence
        || !(1..=LONGEST).contains(&other.tokens.start.saturating_sub(one.tokens.end))
    {
        return false;
    }
    let (mut alias, mut verb, mut adverb) = (false, false, false);
    for token in &document.tokens[one.tokens.end..other.tokens.start] {
        match document.folded(token).trim_end_matches('.') {
            word if ALIAS.contains(&word) => alias = true,
            word if VERBS.contains(&word) => verb = true,
            word if ADVERBS.contains(&word) => adverb = true,
            word if OTHERS.contains(&word) || is_mark(word) => {}
            // An age.
            _ if token.kind == TokenKind::Number => {}
            _ => return false,
        }
    }
    alias || verb && adverb
}

/// Marks that may stand between the names.
fn is_mark(word: &str) -> bool {
    matches!(
        word,
        "," | "(" | ")" | "\"" | "“" | "”" | "'" | "‘" | "’" | "–" | "—" | "-" | "--" | "---"
    )
}

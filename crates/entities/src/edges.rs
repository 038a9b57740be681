//! Where a name that the tagger saw begins and ends. What it takes in beside the name is told by
//! the words at its edges, which are the same in every text.

use std::ops::Range;

use nukil_gazetteer::{Cue, Kind, Part, TitleKind};
use nukil_types::{Document, Label};

use crate::view::{Shape, Views};

/// Words between the names of two: "Fulham vs Manchester United".
const AGAINST: [&str; 4] = ["vs", "vs.", "versus", "kontra"];
/// Words behind the name of the first of several people: "Roy Suryo cs".
const AND_OTHERS: [&str; 4] = ["cs", "cs.", "dkk", "dkk."];

/// Words between names in a list.
const AND: [&str; 4] = [",", "dan", "serta", "atau"];

/// The names in these tokens, with their labels; the first token of the sentence is `first`;
/// `prose` where its capitals mark names.
pub(crate) fn mended(
    document: &Document,
    views: &Views,
    first: usize,
    label: &Label,
    prose: bool,
    tokens: Range<usize>,
) -> Vec<(Label, Range<usize>)> {
    let mut names = Vec::with_capacity(1);
    let mut rest = tokens;
    while !rest.is_empty() {
        let (name, behind) = split(document, views, rest.clone());
        rest.start = behind;
        // A mark that only closes, or "vs" with nothing before it.
        if name.is_empty() {
            continue;
        }
        if *label == Label::Person && name.start > first && is_village(views, name.start) {
            names.push((Label::Location, name.start - 1..name.end));
            continue;
        }
        let name = trimmed(document, views, label, prose, name);
        if !is_plate(views, first, &name) && !is_numbered(document, label, &name) {
            names.push((label.clone(), name));
        }
    }
    names
}

/// The first name in these tokens, and where the next one begins.
///
/// A bracket that is open is closed, one that only closes is left off. A name ends with a bracket
/// behind which goes on what is no part of it: "(KPK) bersama Polri", "(MUI), Persekutuan …".
fn split(document: &Document, views: &Views, mut tokens: Range<usize>) -> (Range<usize>, usize) {
    let surface = |at: usize| document.surface(&document.tokens[at]);
    let folded = |at: usize| document.folded(&document.tokens[at]);
    let end = tokens.end;
    if let Some(at) = tokens.clone().find(|&at| AGAINST.contains(&folded(at))) {
        return (tokens.start..at, at + 1);
    }
    let mut next = end;
    if let Some(closing) = tokens.clone().find(|&at| surface(at) == ")") {
        let behind = closing + 1;
        let goes_on = behind < end;
        if goes_on && surface(tokens.start) == "(" {
            tokens.start = behind;
        } else if goes_on && matches!(views.token(behind).shape, Shape::Lower | Shape::Other) {
            tokens.end = behind;
            // What is one word in such a list is more often a person who speaks for the name.
            let other = (behind..end).find(|&at| !AND.contains(&folded(at)));
            next = other.filter(|&at| at > behind && at + 1 < end).unwrap_or(end);
        }
    }
    let last_mark = tokens.clone().rev().map(surface).find(|&mark| mark == "(" || mark == ")");
    let closes = tokens.end < document.tokens.len() && surface(tokens.end) == ")";
    if last_mark == Some("(") && closes {
        tokens.end += 1;
        next = next.max(tokens.end);
    }
    if surface(tokens.end - 1) == ")" && !tokens.clone().any(|at| surface(at) == "(") {
        tokens.end -= 1;
    }
    (tokens, next)
}

/// The name without a title before a person or a place ("Mayor Jenderal", "Kapolsek"), a common
/// noun before a place ("lereng Gunung Merapi"), the rank of a person behind it ("Polres Pati
/// AKP") and "cs".
fn trimmed(
    document: &Document,
    views: &Views,
    label: &Label,
    prose: bool,
    mut tokens: Range<usize>,
) -> Range<usize> {
    let title = |at: usize, kinds: &[TitleKind]| {
        views.title(at).filter(|(_, kind)| kinds.contains(kind)).map(|(length, _)| length)
    };
    let is_last =
        |at: usize| title(at, &[TitleKind::Rank]).is_some_and(|length| at + length == tokens.end);
    if let Some(at) = (tokens.start + 1..tokens.end).find(|&at| is_last(at)) {
        tokens.end = at;
    }
    let last = document.folded(&document.tokens[tokens.end - 1]);
    if *label == Label::Person && tokens.len() > 1 && AND_OTHERS.contains(&last) {
        tokens.end -= 1;
    }
    // "Wali Kota Surabaya" is no city in itself.
    while *label == Label::Location
        && tokens.len() > 1
        && tokens.start > 0
        && views.token(tokens.start - 1).titled
        && views.token(tokens.start).titled
    {
        tokens.start += 1;
    }
    let before = |at: usize| match label {
        Label::Person => title(at, &[TitleKind::Office, TitleKind::Rank]),
        Label::Location if prose && views.token(at).shape == Shape::Lower => common_noun(views, at),
        _ => None,
    };
    while let Some(length) = before(tokens.start).filter(|&length| length < tokens.len()) {
        tokens.start += length;
    }
    tokens
}

/// Whether these are the last letters of the plate of a car: "BK 6218 YAE".
fn is_plate(views: &Views, first: usize, name: &Range<usize>) -> bool {
    let shape = |at: usize| views.token(at).shape;
    name.len() == 1
        && name.start >= first + 2
        && shape(name.start - 1) == Shape::Number
        && matches!(shape(name.start - 2), Shape::Upper | Shape::Initial)
        && shape(name.start) == Shape::Upper
}

/// Whether a person would have a figure in the name: a flight, a model, a rocket.
fn is_numbered(document: &Document, label: &Label, name: &Range<usize>) -> bool {
    let figure = |token| document.surface(token).contains(|c: char| c.is_ascii_digit());
    *label == Label::Person && document.tokens[name.clone()].iter().any(figure)
}

/// How long the words are that begin at a token and stand before the names of places without
/// being part of them: "kawasan", "perairan", "distrik", not "sungai".
fn common_noun(views: &Views, at: usize) -> Option<usize> {
    let heads = views.cues(at).iter().filter_map(|hit| match hit.cue {
        Cue::Head { part: Part::Inside, kind, .. } => Some((hit.length, kind)),
        _ => None,
    });
    // "distrik Tyre" is Tyre, "kampung halaman" no village, and "sungai Noemuti" the river.
    for (length, kind) in heads {
        let area = matches!(
            kind,
            Kind::Village | Kind::District | Kind::City | Kind::Regency | Kind::Province
        );
        if !area || views.token(at + length).shape == Shape::Lower {
            return None;
        }
    }
    let place_cue = |cue| matches!(cue, Cue::PlaceCue { .. });
    let cue = views.cues(at).iter().rev().find(|hit| place_cue(hit.cue));
    views.head(at, Part::Outside).map(|(length, _)| length).or(cue.map(|hit| hit.length))
}

/// Whether the word before a token says that a village or district is named: "Kampung Bumi Aji",
/// but not "Kepala Desa Suyono".
fn is_village(views: &Views, at: usize) -> bool {
    let village = |(length, kind)| length == 1 && matches!(kind, Kind::Village | Kind::District);
    views.before(at).title.is_none()
        && views.token(at - 1).shape == Shape::Capital
        && views.head(at - 1, Part::Inside).is_some_and(village)
}

//! Titles and offices of a person: before the name ("Menteri Luar Negeri Armenia Ararat
//! Mirzoyan"), before it and a comma ("Anggota parlemen Rusia, Grigory Karasin"), and behind it
//! ("Ned Price, juru bicara kementerian itu,").

use std::ops::Range;

use nukil_gazetteer::TitleKind;
use nukil_types::{Document, Span};

use crate::view::{Shape, Views};

/// Words a role may have.
const LONGEST: usize = 14;

/// The roles that stand beside the name with these tokens, in text order.
pub(crate) fn roles(
    document: &Document,
    views: &Views,
    sentence: Range<usize>,
    name: Range<usize>,
    found: &mut Vec<Span>,
) {
    let surface = |at: usize| document.surface(&document.tokens[at]);
    let span = |tokens: Range<usize>| {
        Span::new(
            document.tokens[tokens.start].span.start,
            document.tokens[tokens.end - 1].span.end,
        )
    };
    if let Some(start) = start_before(document, views, sentence.start, name.start) {
        found.push(span(start..name.start));
    } else if name.start >= sentence.start + 2 && matches!(surface(name.start - 1), "," | "(") {
        let end = name.start - 1;
        if let Some(start) = phrase_before(document, views, sentence.start, end) {
            found.push(span(start..end));
        }
    }
    if name.end + 1 < sentence.end && surface(name.end) == "," {
        let start = name.end + 1;
        let is_role = views.title(start).is_some_and(|(_, kind)| is_office(kind));
        let limit = sentence.end.min(start + LONGEST);
        let end = (start..limit).find(|&at| views.token(at).shape == Shape::Other);
        if let Some(end) = end.filter(|&end| is_role && surface(end) == ",") {
            found.push(span(start..end));
        }
    }
}

fn is_office(kind: TitleKind) -> bool {
    matches!(kind, TitleKind::Office | TitleKind::Profession | TitleKind::Modifier)
}

/// Where the role that runs up to the name begins: at a title from which only what titles take
/// (a place, an organisation, a field) leads to the name, or at titles right before that one
/// ("mantan", "Plt.").
fn start_before(document: &Document, views: &Views, first: usize, name: usize) -> Option<usize> {
    let earliest = first.max(name.saturating_sub(LONGEST));
    let mut at = name;
    let mut start = loop {
        let title = views.before(at).title.filter(|title| title.start >= first);
        match title {
            Some(title) if at == name || title.complement => break title.start,
            _ if at > earliest && is_complement(document, views, at - 1) => at -= 1,
            _ => return None,
        }
    };
    while let Some(title) = views.before(start).title.filter(|title| title.start >= first) {
        start = title.start;
    }
    Some(start)
}

/// Whether a token may stand between a title and a name.
fn is_complement(document: &Document, views: &Views, at: usize) -> bool {
    let token = &document.tokens[at];
    match views.token(at).shape {
        Shape::Lower => matches!(document.folded(token), "dan" | "bidang" | "urusan" | "untuk"),
        Shape::Other => matches!(document.surface(token), "/" | "&"),
        _ => true,
    }
}

/// Where the role begins that ends at a comma before the name: a title, then words alone.
fn phrase_before(document: &Document, views: &Views, first: usize, end: usize) -> Option<usize> {
    let earliest = first.max(end.saturating_sub(LONGEST));
    let clause = (earliest..end)
        .rev()
        .find(|&at| {
            views.token(at).shape == Shape::Other
                && !matches!(document.surface(&document.tokens[at]), "(" | ")" | "/")
        })
        .map_or(earliest, |mark| mark + 1);
    (clause..end).find(|&at| {
        views.title(at).is_some_and(|(length, kind)| is_office(kind) && at + length <= end)
            && (at == clause || views.token(at).shape != Shape::Lower)
    })
}

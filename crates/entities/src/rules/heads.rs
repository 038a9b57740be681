//! Names that begin or end with a word that says what they name: "Jalan …", "Universitas …",
//! "Polres …", "… FC". The head and the capitals beside it make the name, however new it is.

use nukil_gazetteer::{Kind, Part, TitleKind};
use nukil_types::Label;

use super::{Context, THRESHOLD, gazetteer, is_roman, person_likelihood};
use crate::proposal::Proposal;
use crate::view::{Shape, Writing};

/// Words a name may hold beside its head.
const LONGEST: usize = 9;

pub(super) fn propose(context: &Context<'_>, proposals: &mut Vec<Proposal>) {
    for start in context.sentence.clone() {
        if context.views.cues(start).is_empty() {
            continue;
        }
        if let Some((length, kind)) = context.views.head(start, Part::Inside) {
            grow(context, start, length, kind, proposals);
        }
        if let Some((length, kind)) = context.views.head(start, Part::Suffix)
            && context.views.token(start).shape != Shape::Lower
        {
            gather(context, start, length, kind, proposals);
        }
    }
}

/// Proposes the head with one, two, … of the words behind it.
fn grow(
    context: &Context<'_>,
    start: usize,
    head: usize,
    kind: Kind,
    proposals: &mut Vec<Proposal>,
) {
    let label = kind.label();
    let lower_head = context.views.token(start).shape == Shape::Lower;
    // A head in lower case belongs to the name only by its custom; it adds little itself.
    let mut weight = if lower_head { 0.25 } else { 0.5 };
    let mut at = start + head;
    while at < context.sentence.end && at - start < head + LONGEST {
        let next = link(context, at, &label).unwrap_or(at);
        if next == at
            && at > start + head
            && let Some((length, place)) =
                gazetteer::heaviest_place(context, at, gazetteer::may_end_a_name)
        {
            // More than the place weighs as a mention of its own.
            weight += place + 0.1;
            at += length;
            proposals.push(context.rule(start..at, label.clone(), weight));
            continue;
        }
        let Some(likelihood) = part_likelihood(context, next, start + head, &label) else { break };
        weight += likelihood - THRESHOLD;
        at = next + 1;
        proposals.push(context.rule(start..at, label.clone(), weight));
        if let Some(acronym) = inner_acronym(context, at) {
            at = acronym;
            weight += 0.1;
        }
    }
}

/// The token after "dan", "of", … where the name goes on behind it.
fn link(context: &Context<'_>, at: usize, label: &Label) -> Option<usize> {
    let links = matches!(context.folded(at), "dan" | "&" | "of" | "the" | "and" | "untuk" | "/");
    let goes_on = *label == Label::Organisation && links && context.is_capital(at + 1);
    goes_on.then_some(at + 1)
}

/// A bracketed acronym with more of the name behind it is passed over:
/// "Patroli Jalan Raya (PJR) Induk VI".
fn inner_acronym(context: &Context<'_>, at: usize) -> Option<usize> {
    let inside = context.bracketed_acronym(at)?;
    let behind = inside + 2;
    let goes_on = context.sentence.contains(&behind) && is_numeral(context, behind);
    goes_on.then_some(behind)
}

fn is_numeral(context: &Context<'_>, index: usize) -> bool {
    context.views.token(index).shape == Shape::Number || is_roman(context.surface(index))
}

/// How likely a word belongs to a name with such a head; nothing where the name must end.
fn part_likelihood(context: &Context<'_>, at: usize, first: usize, label: &Label) -> Option<f64> {
    if !context.sentence.contains(&at) {
        return None;
    }
    let view = context.views.token(at);
    if view.shape == Shape::Number {
        // "SMAN 3", "Dusun 1"; not "Universitas Indonesia 2019".
        let short = context.surface(at).bytes().all(|b| b.is_ascii_digit())
            && context.surface(at).len() <= 3;
        return (short && at == first).then_some(0.7);
    }
    let marked = matches!(view.shape, Shape::Capital | Shape::Upper | Shape::Initial);
    if !marked || context.writing != Writing::Prose {
        return view.capital.then_some(0.6);
    }
    if at > first {
        // A station of the police is named by its place; what stands behind it is another.
        let police = matches!(context.views.head(at, Part::Inside), Some((_, Kind::Police)));
        let title = context.views.title(at);
        let rank = matches!(title, Some((_, TitleKind::Rank)));
        if police || rank || context.views.not_name(at).is_some() {
            return None;
        }
        // A title in capitals behind the name begins something new.
        if title.is_some() && view.word.part.is_any() {
            return Some(0.3);
        }
    }
    let person = person_likelihood(context, at);
    let place = context
        .views
        .hits(at)
        .iter()
        .any(|hit| context.gazetteer.kind(hit.entry).label() == Label::Location);
    Some(match label {
        Label::Location if at == first => 0.85,
        Label::Location if place => 0.6,
        Label::Location => 0.62,
        _ if at == first => 0.8,
        _ if view.word.ordinary => 0.85,
        _ if place => 0.8,
        _ if view.shape == Shape::Upper => 0.55,
        _ => 0.85 - 0.5 * person,
    })
}

/// Proposes the head with one, two, … of the capitalised words before it.
fn gather(
    context: &Context<'_>,
    head: usize,
    length: usize,
    kind: Kind,
    proposals: &mut Vec<Proposal>,
) {
    let mut weight = 0.3;
    let earliest = context.sentence.start.max(head.saturating_sub(4));
    for start in (earliest..head).rev() {
        if !context.is_capital(start) {
            break;
        }
        weight += 0.75 - THRESHOLD;
        proposals.push(context.rule(start..head + length, kind.label(), weight));
    }
}

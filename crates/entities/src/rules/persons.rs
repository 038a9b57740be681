//! People that stand in no list: words that are parts of names, or may be, with a title or a
//! verb of speech beside them.

use nukil_gazetteer::{Kind, Order, Part, TitleKind};
use nukil_types::Label;

use super::{Context, THRESHOLD, is_roman};
use crate::proposal::Proposal;
use crate::view::{Shape, Writing};

/// Words a person's name may have.
const LONGEST: usize = 6;
/// A word less likely than this neither begins nor ends a name.
const UNLIKELY: f64 = 0.2;

pub(super) fn propose(context: &Context<'_>, proposals: &mut Vec<Proposal>) {
    for start in context.sentence.clone() {
        if !context.is_capital(start) {
            continue;
        }
        // One letter is an initial, more of the kind are a numeral: "Henry V", "Abad XIX".
        let surface = context.surface(start);
        let numeral = surface.len() > 1 && is_roman(surface);
        if numeral || person_likelihood(context, start) < UNLIKELY {
            continue;
        }
        let left = evidence_before(context, start);
        let mut weight = left;
        for end in start + 1..=context.sentence.end.min(start + LONGEST) {
            let at = end - 1;
            if context.is_capital(at) {
                let likelihood = person_likelihood(context, at);
                weight += likelihood - THRESHOLD;
                let mut whole = weight + evidence_behind(context, end);
                if end == start + 1 {
                    whole -= single(context, start, left);
                }
                if whole > 0.0 && likelihood >= UNLIKELY {
                    proposals.push(context.rule(start..end, Label::Person, whole));
                }
            } else if is_particle(context.folded(at)) && context.is_capital(end) {
                weight += 0.05;
            } else {
                break;
            }
        }
    }
}

/// How likely a word is part of a person's name, by itself.
pub(crate) fn person_likelihood(context: &Context<'_>, at: usize) -> f64 {
    let view = context.views.token(at);
    if view.shape == Shape::Initial {
        return 0.55;
    }
    let ordinary = view.word.ordinary;
    if context.views.not_name(at).is_some() {
        return if view.word.part.is_indonesian() && !ordinary { 0.4 } else { 0.0 };
    }
    let indonesian = view.word.part.is_indonesian();
    let head = context.views.head(at, Part::Inside).is_some();
    // Some forms of address are names as well (Gus, Raden), but most are not (Pak, Ibu).
    let address = matches!(context.views.title(at), Some((_, TitleKind::Honorific)));
    if view.titled || (head || address) && !indonesian {
        return 0.1;
    }
    let kinds = || context.views.hits(at).iter().map(|hit| context.gazetteer.kind(hit.entry));
    if kinds().any(|kind| matches!(kind, Kind::Country | Kind::Province)) {
        return 0.1;
    }
    let elsewhere = kinds()
        .any(|kind| !matches!(kind, Kind::Person | Kind::Village | Kind::District | Kind::Town));
    let likelihood: f64 = match view.shape {
        Shape::Upper if context.writing != Writing::Capitals => 0.25,
        _ if indonesian => 0.9,
        _ if view.word.part.is_foreign() => 0.7,
        _ if view.word.part.is_built_like_a_name() => 0.65,
        _ if !view.word.listed => 0.6,
        _ if ordinary => 0.15,
        _ => 0.52,
    };
    let likelihood = if ordinary { likelihood.min(0.55) } else { likelihood };
    match elsewhere || address {
        true if indonesian => likelihood - 0.3,
        true => 0.1,
        false => likelihood,
    }
}

/// What the words before a name say for a person.
fn evidence_before(context: &Context<'_>, start: usize) -> f64 {
    let before = context.views.before(start);
    let title = before.title.map(|title| match title.kind {
        TitleKind::Rank | TitleKind::Honorific | TitleKind::DegreeBefore => 0.75,
        TitleKind::Office => 0.45,
        TitleKind::Profession => 0.4,
        TitleKind::Modifier | TitleKind::DegreeAfter => 0.1,
    });
    let title = title.or_else(|| distant_title(context, start)).unwrap_or(0.0);
    let verb = match before.verb {
        Some(Order::BeforeName) => 0.55,
        // Many of these verbs are nouns as well; a verb stands behind the quotation.
        Some(Order::After) if behind_quotation(context, start) => 0.55,
        Some(Order::After) => 0.3,
        Some(Order::Before | Order::PersonSubject) => 0.15,
        Some(Order::Via) => -0.2,
        Some(Order::Anaphoric) | None => 0.0,
    };
    let place = match before.place {
        Some(true) => -0.45,
        Some(false) => -0.15,
        None => 0.0,
    };
    // A name is not begun in its middle, and seldom right behind another.
    let broken = match start > context.sentence.start && context.is_capital(start - 1) {
        true if may_be_person(context, start - 1) => 0.5,
        true if title == 0.0 => 0.3,
        _ => 0.0,
    };
    title + verb + place - broken
}

/// Whether the verb right before a name stands behind a comma or a quotation mark.
fn behind_quotation(context: &Context<'_>, start: usize) -> bool {
    let verb = (context.sentence.start..start).rev().nth(1);
    verb.is_some_and(|at| matches!(context.surface(at), "," | "\"" | "”" | "'" | "’" | "?" | "!"))
}

/// Whether a word by itself is rather part of a person's name than not.
pub(crate) fn may_be_person(context: &Context<'_>, at: usize) -> bool {
    context.is_capital(at) && person_likelihood(context, at) > THRESHOLD
}

/// A title with its place or organisation between it and the name: "Gubernur Jawa Barat …".
fn distant_title(context: &Context<'_>, start: usize) -> Option<f64> {
    let earliest = context.sentence.start.max(start.saturating_sub(9));
    for at in (earliest + 1..start).rev() {
        let inside = context.is_capital(at)
            || context.views.token(at).shape != Shape::Lower && context.surface(at) != ","
            || matches!(context.folded(at), "dan" | "bidang" | "urusan" | "untuk");
        if !inside {
            return None;
        }
        if context.views.before(at).title.is_some_and(|title| title.complement) {
            return Some(0.4);
        }
    }
    None
}

/// What the words behind a name say for a person.
fn evidence_behind(context: &Context<'_>, end: usize) -> f64 {
    if end >= context.sentence.end {
        return 0.0;
    }
    if may_be_person(context, end) {
        return -0.3;
    }
    match context.surface(end) {
        "(" => {
            let age = context.surface_at(end + 1);
            let is_age = age.len() == 2 && age.bytes().all(|b| b.is_ascii_digit());
            if is_age && context.surface_at(end + 2) == ")" { 0.6 } else { 0.0 }
        }
        "," if end + 1 < context.sentence.end && context.views.degree(end + 1) => 0.5,
        "," if end + 1 < context.sentence.end => match context.views.title(end + 1) {
            Some((_, TitleKind::Office | TitleKind::Profession)) => 0.2,
            _ => 0.0,
        },
        _ => match context.views.verb(end) {
            Some((_, Order::Before | Order::PersonSubject)) => 0.35,
            _ => 0.0,
        },
    }
}

/// What one word alone lacks as a person's name.
fn single(context: &Context<'_>, at: usize, left: f64) -> f64 {
    let view = context.views.token(at);
    if view.shape == Shape::Initial || view.word.ordinary {
        return 0.5;
    }
    if view.shape == Shape::Upper && context.writing != Writing::Capitals {
        return 0.3;
    }
    let part = view.word.part;
    match (part.is_indonesian(), view.initial) {
        (true, false) => 0.05,
        (true, true) => 0.15,
        (false, _) if left >= 0.4 => 0.1,
        (false, false) => 0.3,
        (false, true) => 0.4,
    }
}

/// Small words inside names: "Omar bin Abdul", "Ursula von der Leyen".
fn is_particle(folded: &str) -> bool {
    matches!(
        folded,
        "bin"
            | "binti"
            | "van"
            | "der"
            | "den"
            | "de"
            | "da"
            | "dos"
            | "von"
            | "al"
            | "el"
            | "la"
            | "di"
            | "ibn"
            | "bint"
    )
}

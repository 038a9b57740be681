//! Names that the compiled gazetteer holds. It proposes every reading; how likely one is depends
//! on the kind of thing, on the length of the name, on whether the word is also an ordinary one,
//! and on what stands before it.

use nukil_gazetteer::{Case, Hit, Kind, Part};
use nukil_types::{Label, MentionSource};

use super::{Context, THRESHOLD};
use crate::proposal::Proposal;
use crate::view::{Shape, Writing};

pub(super) fn propose(context: &Context<'_>, proposals: &mut Vec<Proposal>) {
    for start in context.sentence.clone() {
        for hit in context.views.hits(start) {
            let weight = weigh(context, start, hit);
            if weight > 0.0 {
                let kind = context.gazetteer.kind(hit.entry);
                let proposal = Proposal {
                    tokens: start..start + hit.length,
                    label: kind.label(),
                    weight,
                    found_by: MentionSource::Gazetteer,
                };
                join_place(context, &proposal, kind, proposals);
                proposals.push(proposal);
            }
        }
    }
}

/// The place that weighs most among some of those that begin at a token: its length and its weight.
pub(crate) fn heaviest_place(
    context: &Context<'_>,
    at: usize,
    among: impl Fn(&Hit, Kind) -> bool,
) -> Option<(usize, f64)> {
    let places = context.views.hits(at).iter().filter(|hit| {
        let kind = context.gazetteer.kind(hit.entry);
        kind.label() == Label::Location && among(hit, kind)
    });
    let weighed = places.map(|hit| (hit.length, weigh(context, at, hit)));
    weighed.filter(|(_, weight)| *weight > 0.0).max_by(|a, b| a.1.total_cmp(&b.1))
}

/// Whether a place of this kind belongs to the name that it stands behind, to its head or to an
/// office: "Desa Tanjung Medan", "PT Dirgantara Indonesia".
pub(super) fn may_end_a_name(_: &Hit, kind: Kind) -> bool {
    kind != Kind::Village
}

/// Whether this is an office of the state, or of a party, which there may be in many places.
pub(crate) fn serves_place(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Ministry | Kind::Agency | Kind::Court | Kind::Police | Kind::Military | Kind::Party
    )
}

/// How much a hit speaks for a name.
fn weigh(context: &Context<'_>, start: usize, hit: &Hit) -> f64 {
    let kind = context.gazetteer.kind(hit.entry);
    let before = context.views.before(start);
    let label = kind.label();
    let mut likelihood = prior(kind, context.gazetteer.population(hit.entry), hit.length);
    if kind == Kind::Village && before.place.is_none() {
        return 0.0;
    }
    if hit.length == 1 {
        let view = context.views.token(start);
        if !view.capital && context.writing != Writing::Lower && view.shape != Shape::Number {
            return 0.0;
        }
        // "Kota" and "Stasiun" name places too small to be meant by the word alone.
        if label == Label::Location && context.views.head(start, Part::Inside).is_some() {
            return 0.0;
        }
        if !hit.acronym && (view.word.ordinary || context.views.not_name(start).is_some()) {
            // A capital inside a sentence outweighs an ordinary word, at its beginning it says
            // nothing.
            likelihood -= if view.initial || context.writing != Writing::Prose { 0.6 } else { 0.3 };
        }
        // Where all is in capitals, or a short word is, it may be another: "AS", "Xi" and "XI".
        let shouted = hit.case == Case::AllCapitals || context.writing == Writing::Capitals;
        if shouted && context.surface(start).len() <= 3 {
            return 0.0;
        }
        if kind == Kind::Town && !hit.primary {
            likelihood -= 0.15;
        }
        if label == Label::Location && view.word.part.is_indonesian() && before.place.is_none() {
            likelihood -= 0.15;
        }
    }
    if hit.case == Case::Lower {
        likelihood -= 0.15;
    }
    let mut weight = (likelihood - THRESHOLD) * hit.length as f64;
    match (&label, before.place) {
        (Label::Location, Some(true)) => weight += 0.35,
        (Label::Location, Some(false)) => weight += 0.15,
        (Label::Person, Some(true)) => weight -= 0.35,
        _ => {}
    }
    if label == Label::Person && (before.title.is_some() || before.verb.is_some()) {
        weight += 0.3;
    }
    weight
}

/// Likelihood that a capitalised word or phrase that the gazetteer holds is this kind of thing.
fn prior(kind: Kind, population: u32, length: usize) -> f64 {
    let single = match kind {
        Kind::Country | Kind::Province | Kind::Continent => 0.97,
        Kind::Regency | Kind::City | Kind::Region => 0.93,
        Kind::Town if population >= 1_000_000 => 0.88,
        Kind::Town if population >= 300_000 => 0.75,
        Kind::Town => 0.6,
        Kind::Island | Kind::State | Kind::Sea | Kind::Airport => 0.8,
        Kind::Mountain | Kind::River | Kind::Lake | Kind::Landmark => 0.75,
        Kind::District => 0.5,
        Kind::Village => 0.35,
        Kind::Person => 0.85,
        Kind::Ministry | Kind::Agency | Kind::Court | Kind::International => 0.93,
        Kind::Police | Kind::Military | Kind::Party | Kind::Government => 0.93,
        Kind::University | Kind::Media | Kind::Club | Kind::Bank => 0.85,
        Kind::StateCompany | Kind::Organisation => 0.85,
        Kind::Company | Kind::Brand => 0.7,
    };
    // Two words seldom agree with a list by chance.
    if length == 1 { single } else { f64::max(single, 0.9) }
}

/// An office of the state and the place it serves are one name: "Kemlu AS", "DPRD Jawa Barat".
fn join_place(context: &Context<'_>, office: &Proposal, kind: Kind, proposals: &mut Vec<Proposal>) {
    let end = office.tokens.end;
    if !serves_place(kind) || end >= context.sentence.end {
        return;
    }
    if let Some((length, weight)) = heaviest_place(context, end, may_end_a_name) {
        proposals.push(Proposal {
            tokens: office.tokens.start..end + length,
            weight: office.weight + weight + 0.1,
            ..office.clone()
        });
    }
}

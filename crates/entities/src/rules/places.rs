//! Places that stand in no list: capitals after "di", "ke", "dari", "warga", …

use nukil_gazetteer::{Hit, Part};
use nukil_types::Label;

use super::{Context, THRESHOLD, person_likelihood};
use crate::proposal::Proposal;
use crate::view::{Shape, Writing};

/// Words that an unknown place may have.
const LONGEST: usize = 4;

pub(super) fn propose(context: &Context<'_>, proposals: &mut Vec<Proposal>) {
    if context.writing != Writing::Prose {
        return;
    }
    for start in context.sentence.clone() {
        let Some(strong) = context.views.before(start).place else { continue };
        let mut weight = if strong { 0.2 } else { -0.1 };
        for at in start..context.run_end(start).min(start + LONGEST) {
            weight += place_likelihood(context, at) - THRESHOLD;
            if weight > 0.0 {
                proposals.push(context.rule(start..at + 1, Label::Location, weight));
            }
        }
    }
}

fn place_likelihood(context: &Context<'_>, at: usize) -> f64 {
    let view = context.views.token(at);
    // A head by itself is no name; with what stands behind it, another rule proposes it.
    let head = context.views.head(at, Part::Inside).is_some();
    if head || context.views.not_name(at).is_some() || context.views.title(at).is_some() {
        return 0.0;
    }
    let known = |hit: &Hit| context.gazetteer.kind(hit.entry).label();
    if context.views.hits(at).iter().any(|hit| known(hit) != Label::Location) {
        return 0.25;
    }
    match view.shape {
        Shape::Capital if view.word.ordinary => 0.25,
        Shape::Capital => 0.8 - 0.4 * person_likelihood(context, at),
        _ => 0.2,
    }
}

//! The rules that propose mentions, a file a rule. Each adds what it sees to a common list with
//! a weight; [`crate::proposal::choose`] takes the best of it.
//!
//! A token of a proposal adds its likelihood as part of such a name, from 0 to 1, less
//! [`THRESHOLD`]; what stands around the name adds or takes away once.

mod gazetteer;
mod heads;
mod organisations;
mod persons;
mod places;
mod user;

use std::ops::Range;

use nukil_gazetteer::Gazetteer;
use nukil_types::{Document, Label, MentionSource};

use crate::proposal::Proposal;
use crate::view::{Shape, Views, Writing};

pub(crate) use gazetteer::{heaviest_place, serves_place};
pub(crate) use persons::{may_be_person, person_likelihood};
pub(crate) use user::ASSERTED;

/// Likelihood at which a token neither speaks for a name nor against it.
pub(crate) const THRESHOLD: f64 = 0.45;

/// What a rule sees: one sentence of a document.
pub(crate) struct Context<'c> {
    pub document: &'c Document,
    pub views: &'c Views,
    pub gazetteer: &'c Gazetteer<'c>,
    /// Its number.
    pub number: usize,
    /// Its tokens.
    pub sentence: Range<usize>,
    pub writing: Writing,
}

/// Lets every rule propose.
pub(crate) fn propose(context: &Context<'_>, proposals: &mut Vec<Proposal>) {
    user::propose(context, proposals);
    gazetteer::propose(context, proposals);
    heads::propose(context, proposals);
    persons::propose(context, proposals);
    organisations::propose(context, proposals);
    places::propose(context, proposals);
}

/// Whether a word is written like a Roman numeral.
fn is_roman(surface: &str) -> bool {
    surface.bytes().all(|byte| b"IVXLC".contains(&byte))
}

impl Context<'_> {
    pub(crate) fn surface(&self, index: usize) -> &str {
        self.document.surface(&self.document.tokens[index])
    }

    /// The surface of a token of this sentence, or nothing past its end.
    pub(crate) fn surface_at(&self, index: usize) -> &str {
        if self.sentence.contains(&index) { self.surface(index) } else { "" }
    }

    pub(crate) fn folded(&self, index: usize) -> &str {
        self.document.folded(&self.document.tokens[index])
    }

    pub(crate) fn is_capital(&self, index: usize) -> bool {
        self.sentence.contains(&index) && self.views.token(index).capital
    }

    /// The end of the run of capitalised words that begins at `start`.
    pub(crate) fn run_end(&self, start: usize) -> usize {
        (start..self.sentence.end).find(|&at| !self.is_capital(at)).unwrap_or(self.sentence.end)
    }

    /// The acronym in brackets that stands at `index`: `(`, one word in capitals, `)`.
    pub(crate) fn bracketed_acronym(&self, index: usize) -> Option<usize> {
        let inside = index + 1;
        let acronym = self.surface_at(index) == "("
            && self.surface_at(index + 2) == ")"
            && matches!(self.views.token(inside).shape, Shape::Upper | Shape::Capital);
        acronym.then_some(inside)
    }

    /// A proposal by rule.
    pub(crate) fn rule(&self, tokens: Range<usize>, label: Label, weight: f64) -> Proposal {
        Proposal { tokens, label, weight, found_by: MentionSource::Rule }
    }
}

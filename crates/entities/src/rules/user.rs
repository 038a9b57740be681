//! What a user's gazetteer asserts outweighs everything.

use nukil_types::MentionSource;

use super::Context;
use crate::proposal::Proposal;

/// More than all other evidence of a sentence together; a longer name outweighs a shorter.
pub(crate) const ASSERTED: f64 = 1e6;

pub(super) fn propose(context: &Context<'_>, proposals: &mut Vec<Proposal>) {
    if !context.gazetteer.asserts() {
        return;
    }
    for start in context.sentence.clone() {
        let rest = start..context.sentence.end;
        if let Some(name) = context.gazetteer.asserted_at(context.document, rest) {
            proposals.push(Proposal {
                tokens: start..start + name.length,
                label: name.label.clone(),
                weight: ASSERTED * name.length as f64,
                found_by: MentionSource::Gazetteer,
            });
        }
    }
}

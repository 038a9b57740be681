//! Short forms in brackets that a text introduces for what is no name: "Pajak Bumi dan Bangunan
//! (PBB)", "bahan bakar minyak (BBM)". Whatever else PBB may stand for, in this text it is a tax.

use std::ops::Range;

use nukil_gazetteer::{Gazetteer, Part};
use nukil_types::{Document, Label};
use rustc_hash::FxHashSet;

use crate::proposal::Proposal;
use crate::rules::ASSERTED;
use crate::view::{Shape, Views};

/// Leaves out the organisations whose name is a short form introduced for something that is no
/// organisation: neither was it chosen as one, nor does the gazetteer hold it or a head make it
/// one.
pub(crate) fn leave_out(
    document: &Document,
    views: &Views,
    gazetteer: &Gazetteer<'_>,
    chosen: &mut Vec<(usize, Proposal)>,
) {
    let mut others: FxHashSet<&str> = FxHashSet::default();
    for (short, long) in introduced(document, views) {
        let organisation = |kind: nukil_gazetteer::Kind| kind.label() == Label::Organisation;
        let listed = views
            .hits(long.start)
            .iter()
            .any(|hit| hit.length == long.len() && organisation(gazetteer.entry(hit.entry).kind));
        let known = views.hits(short).iter().any(|hit| {
            let entry = gazetteer.entry(hit.entry);
            organisation(entry.kind) && is_name(document, long.clone(), entry.name)
        });
        let headed =
            views.head(long.start, Part::Inside).is_some_and(|(_, kind)| organisation(kind));
        let named = chosen.iter().any(|(_, name)| {
            name.label == Label::Organisation
                && name.tokens.start < long.end
                && long.start < name.tokens.end
        });
        if !listed && !known && !headed && !named {
            others.insert(document.folded(&document.tokens[short]));
        }
    }
    if others.is_empty() {
        return;
    }
    chosen.retain(|(_, name)| {
        name.label != Label::Organisation
            || name.weight >= ASSERTED
            || name.tokens.len() > 1
            || !others.contains(document.folded(&document.tokens[name.tokens.start]))
    });
}

fn is_name(document: &Document, tokens: Range<usize>, name: &str) -> bool {
    let mut words = name.split(' ');
    let same =
        |token| words.next().is_some_and(|word| word.to_lowercase() == document.folded(token));
    document.tokens[tokens].iter().all(same) && words.next().is_none()
}

/// Every acronym in brackets behind words whose first letters it is made of: its token, and theirs.
fn introduced<'d>(
    document: &'d Document,
    views: &'d Views,
) -> impl Iterator<Item = (usize, Range<usize>)> + 'd {
    let surface = |at: usize| document.surface(&document.tokens[at]);
    document.sentences.iter().flat_map(move |sentence| {
        let tokens = sentence.tokens.clone();
        let short = (tokens.start + 2..tokens.end.saturating_sub(1)).filter(move |&at| {
            views.token(at).shape == Shape::Upper
                && surface(at - 1) == "("
                && surface(at + 1) == ")"
        });
        short.filter_map(move |at| {
            long_form(document, views, surface(at), tokens.start..at - 1).map(|long| (at, long))
        })
    })
}

/// The words at the end of `before` whose first letters make up `acronym`. Function words between
/// them need not count.
fn long_form(
    document: &Document,
    views: &Views,
    acronym: &str,
    before: Range<usize>,
) -> Option<Range<usize>> {
    let end = before.end;
    let mut letters = acronym.chars().rev().flat_map(char::to_lowercase).peekable();
    for at in before.rev() {
        let token = &document.tokens[at];
        let initial = document.folded(token).chars().next();
        if initial.is_some() && initial == letters.peek().copied() {
            letters.next();
            if letters.peek().is_none() {
                return Some(at..end);
            }
        } else if !token.stop || views.token(at).shape != Shape::Lower {
            return None;
        }
    }
    None
}

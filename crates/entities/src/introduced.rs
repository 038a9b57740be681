//! Short forms in brackets that a text introduces for what is no name: "Pajak Bumi dan Bangunan
//! (PBB)", "bahan bakar minyak (BBM)". Whatever else PBB may stand for, in this text it is a tax.
//! And the initials under which a text hides a person: "pria berinisial ES (41)", who is ES then.

use std::ops::Range;

use nukil_gazetteer::{Gazetteer, Part};
use nukil_types::{Document, Label, MentionSource};
use rustc_hash::FxHashSet;

use crate::proposal::Proposal;
use crate::view::{Shape, Views};

/// Words before the initials of a person.
const INITIALS: [&str; 3] = ["inisial", "berinisial", "inisialnya"];
/// The most letters of initials.
const LETTERS: usize = 4;

/// Takes the initials that a text introduces for a person for one, wherever they stand, unless a
/// longer name holds them.
pub(crate) fn people(document: &Document, views: &Views, chosen: &mut Vec<(usize, Proposal)>) {
    let mut initials: FxHashSet<&str> = FxHashSet::default();
    for sentence in &document.sentences {
        for at in sentence.tokens.clone().skip(1) {
            let before = || document.folded(&document.tokens[at - 1]);
            if are_initials(document, views, at) && INITIALS.contains(&before()) {
                initials.insert(document.surface(&document.tokens[at]));
            }
        }
    }
    if initials.is_empty() {
        return;
    }
    let hidden = |at: usize| {
        initials.contains(document.surface(&document.tokens[at]))
            && are_initials(document, views, at)
    };
    chosen.retain(|(_, name)| {
        name.is_asserted() || name.tokens.len() > 1 || !hidden(name.tokens.start)
    });
    let named = chosen.len();
    for (number, sentence) in document.sentences.iter().enumerate() {
        for at in sentence.tokens.clone() {
            let held = || chosen[..named].iter().any(|(_, name)| name.tokens.contains(&at));
            if hidden(at) && !held() {
                let (label, found_by) = (Label::Person, MentionSource::Rule);
                chosen
                    .push((number, Proposal { tokens: at..at + 1, label, weight: 1.0, found_by }));
            }
        }
    }
    chosen.sort_by_key(|(_, name)| name.tokens.start);
}

fn are_initials(document: &Document, views: &Views, at: usize) -> bool {
    let letters = document.tokens[at].span.len();
    matches!(views.token(at).shape, Shape::Upper | Shape::Initial) && letters <= LETTERS
}

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
            .any(|hit| hit.length == long.len() && organisation(gazetteer.kind(hit.entry)));
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
            || name.is_asserted()
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

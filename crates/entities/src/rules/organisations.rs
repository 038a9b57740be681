//! Organisations that stand in no list: acronyms, and names that an acronym in brackets spells.

use nukil_gazetteer::Order;
use nukil_types::Label;

use super::{Context, THRESHOLD};
use crate::proposal::Proposal;
use crate::view::{Shape, Writing};

/// Words that an introduced name may have.
const LONGEST: usize = 10;

pub(super) fn propose(context: &Context<'_>, proposals: &mut Vec<Proposal>) {
    for at in context.sentence.clone() {
        let view = context.views.token(at);
        if view.shape == Shape::Other
            && let Some(inside) = context.bracketed_acronym(at)
        {
            introduced(context, at, inside, proposals);
        }
        if let Some(weight) = acronym(context, at) {
            proposals.push(context.rule(at..at + 1, Label::Organisation, weight));
        }
        if view.before.verb == Some(Order::Via) && view.capital {
            let end = context.run_end(at);
            let weight = 0.4 + 0.1 * (end - at) as f64;
            proposals.push(context.rule(at..end, Label::Organisation, weight));
        }
    }
}

/// "Badan Kepegawaian Negara (BKN)": the words whose letters spell the acronym are its name.
fn introduced(context: &Context<'_>, bracket: usize, inside: usize, proposals: &mut Vec<Proposal>) {
    let acronym: String = context.folded(inside).chars().filter(|c| c.is_alphanumeric()).collect();
    if context.views.not_name(inside).is_some() {
        return;
    }
    if acronym.len() < 2 || context.views.token(inside).shape != Shape::Upper {
        return;
    }
    let earliest = context.sentence.start.max(bracket.saturating_sub(LONGEST));
    for start in (earliest..bracket).rev() {
        let shape = context.views.token(start).shape;
        let linking = matches!(context.folded(start), "dan" | "of" | "the" | "for" | "untuk" | "&");
        if !linking && !matches!(shape, Shape::Capital | Shape::Upper) {
            return;
        }
        if linking || bracket - start < 2 {
            continue;
        }
        let words: Vec<&str> = (start..bracket).map(|at| context.folded(at)).collect();
        if spells(&words, &acronym) {
            // Any reading of the words gains from being introduced; the label comes from a head
            // or the gazetteer where one of them proposes the same words.
            let known = proposals.iter_mut().filter(|known| known.tokens == (start..bracket));
            let mut found = false;
            for proposal in known {
                found |= proposal.label != Label::Person;
                if proposal.label != Label::Person {
                    proposal.weight += 0.8;
                }
            }
            if !found {
                let weight = 0.6 + 0.2 * (bracket - start) as f64;
                proposals.push(context.rule(start..bracket, Label::Organisation, weight));
            }
            return;
        }
    }
}

/// Whether the letters of `acronym` stand in order in the words, the first at the beginning of
/// the first word, and every later word gives a letter at its beginning or none.
fn spells(words: &[&str], acronym: &str) -> bool {
    let mut letters = acronym.chars().peekable();
    let mut given = 0;
    for (index, word) in words.iter().enumerate() {
        let mut characters = word.chars();
        let first = characters.next();
        if first != letters.peek().copied() {
            if index == 0 {
                return false;
            }
            continue;
        }
        letters.next();
        given += 1;
        // Further letters from inside the word: "Kementerian Keuangan (Kemenkeu)".
        for c in characters {
            let next_word = words.get(index + 1).and_then(|word| word.chars().next());
            if letters.peek() == Some(&c) && next_word != Some(c) {
                letters.next();
            }
        }
    }
    letters.peek().is_none() && given >= 2
}

/// An unknown word in capitals inside a sentence is most often an organisation.
fn acronym(context: &Context<'_>, at: usize) -> Option<f64> {
    let view = context.views.token(at);
    if view.shape != Shape::Upper || !view.capital {
        return None;
    }
    let length = context.surface(at).chars().filter(|c| c.is_alphabetic()).count();
    let plausible = matches!(context.writing, Writing::Prose | Writing::TitleCase)
        && (2..=8).contains(&length)
        && context.views.not_name(at).is_none()
        && context.views.title(at).is_none();
    if !plausible {
        return None;
    }
    let likelihood = match length {
        2 => 0.4,
        3..=5 => 0.6,
        _ => 0.55,
    };
    let before = context.views.before(at);
    let person = if before.title.is_some_and(|title| !title.complement) { 0.1 } else { 0.0 };
    Some(likelihood - THRESHOLD - person)
}

#[cfg(test)]
mod tests {
    use super::spells;

    #[test]
    fn acronyms_are_spelled_by_the_names_they_shorten() {
        for (name, acronym, expected) in [
            ("badan kepegawaian negara", "bkn", true),
            ("komisi pemberantasan korupsi", "kpk", true),
            ("kementerian keuangan", "kemenkeu", true),
            ("badan pengawas obat dan makanan", "bpom", true),
            ("ketua badan kepegawaian negara", "bkn", false),
            ("otoritas jasa keuangan", "bkn", false),
        ] {
            let words: Vec<&str> = name.split(' ').collect();
            assert_eq!(spells(&words, acronym), expected, "{name} ({acronym})");
        }
    }
}

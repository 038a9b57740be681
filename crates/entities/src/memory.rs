//! What the document itself has taught: a name found with good evidence in one sentence is
//! known in all others, and so are the single words of a person's name.

use nukil_types::{Document, Label};
use rustc_hash::FxHashMap;

use crate::proposal::Proposal;
use crate::rules::{Context, may_be_person};
use crate::view::Shape;

/// Least weight at which a mention is remembered.
const CONFIDENT: f64 = 0.5;
/// Letters that a word of a person's name needs to stand for the whole.
const SHORTEST: usize = 3;

/// Names of one document by the first of their words.
#[derive(Default)]
pub(crate) struct Memory {
    names: FxHashMap<String, Vec<Known>>,
}

struct Known {
    tokens: std::ops::Range<usize>,
    label: Label,
    /// Sum of the weights with which it was found.
    weight: f64,
    /// Whether it is one word of a longer name.
    short: bool,
}

impl Memory {
    pub(crate) fn clear(&mut self) {
        self.names.clear();
    }

    /// Remembers a chosen mention.
    pub(crate) fn learn(&mut self, document: &Document, mention: &Proposal) {
        if mention.weight < CONFIDENT {
            return;
        }
        self.add(document, mention, mention.tokens.clone(), false);
        if mention.label == Label::Person && mention.tokens.len() > 1 {
            for at in mention.tokens.clone() {
                let letters = document.folded(&document.tokens[at]).chars().count();
                if letters >= SHORTEST {
                    self.add(document, mention, at..at + 1, true);
                }
            }
        }
    }

    fn add(
        &mut self,
        document: &Document,
        mention: &Proposal,
        tokens: std::ops::Range<usize>,
        short: bool,
    ) {
        let first = document.folded(&document.tokens[tokens.start]);
        let known = match self.names.get_mut(first) {
            Some(known) => known,
            None => self.names.entry(first.to_string()).or_default(),
        };
        let same = known.iter_mut().find(|name| {
            name.label == mention.label && same_words(document, &name.tokens, &tokens)
        });
        match same {
            Some(name) => {
                name.weight += mention.weight;
                name.short &= short;
            }
            None => known.push(Known {
                tokens,
                label: mention.label.clone(),
                weight: mention.weight,
                short,
            }),
        }
    }

    /// Adds evidence for every remembered name in the sentence; says whether there was any for
    /// words that `chosen` does not hold as that name already.
    pub(crate) fn propose(
        &self,
        context: &Context<'_>,
        chosen: &[Proposal],
        proposals: &mut Vec<Proposal>,
    ) -> bool {
        let mut news = false;
        for start in context.sentence.clone() {
            let view = context.views.token(start);
            if !matches!(view.shape, Shape::Capital | Shape::Upper) {
                continue;
            }
            let Some(known) = self.names.get(context.folded(start)) else { continue };
            for name in known {
                let tokens = start..start + name.tokens.len();
                let here = tokens.end <= context.sentence.end
                    && same_words(context.document, &name.tokens, &tokens);
                if !here || name.tokens == tokens {
                    continue;
                }
                // Neither "Jakarta" nor a person called "Barat" tears "DKI Jakarta" and "Jawa Barat"
                // apart.
                if chosen.iter().any(|known| known.holds_place(&tokens)) {
                    continue;
                }
                let rivals = known.iter().filter(|rival| rival.tokens.len() == tokens.len());
                let best = rivals.max_by(|a, b| a.weight.total_cmp(&b.weight));
                if best.is_some_and(|best| best.label != name.label) {
                    continue;
                }
                // One word of a name beside another is not the short form of a third.
                let beside =
                    |at: usize| context.sentence.contains(&at) && may_be_person(context, at);
                if name.short && (beside(tokens.end) || start > 0 && beside(start - 1)) {
                    continue;
                }
                let weight = if name.short { 0.45 } else { 0.6 } + 0.25 * tokens.len() as f64;
                let weight = if view.capital { weight } else { weight - 0.3 };
                news |=
                    !chosen.iter().any(|known| known.tokens == tokens && known.label == name.label);
                proposals.push(context.rule(tokens, name.label.clone(), weight));
            }
        }
        news
    }
}

fn same_words(
    document: &Document,
    one: &std::ops::Range<usize>,
    other: &std::ops::Range<usize>,
) -> bool {
    let words = |tokens: &std::ops::Range<usize>| {
        document.tokens[tokens.clone()].iter().map(|token| document.folded(token))
    };
    one.len() == other.len() && words(one).eq(words(other))
}

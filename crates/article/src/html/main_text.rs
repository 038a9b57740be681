//! Which element holds the text of the article.
//!
//! Outlets say so themselves, by schema.org's `articleBody` or a class of their own; what is
//! known of these is the table `pages.tsv`. Where a page says nothing, legible finds the element,
//! a port of Mozilla's Readability. The crates that do such a thing were compared on the thirteen
//! pages that the program is measured on, each by itself (mean F1 of words, MB/s, crates drawn
//! in, copyleft among them):
//!
//! | crate | F1 | MB/s | crates | licence |
//! |---|---|---|---|---|
//! | legible 0.5 | 91.6 | 26 | 84 | Apache-2.0 |
//! | dom_smoothie 0.19 | 91.5 | 29 | 59 | MIT; draws in MPL-2.0 |
//! | trafilatura 0.6 | 88.9 | 5 | 130 | Apache-2.0; draws in MPL-2.0 |
//! | readabilityrs 0.1 | 85.7 | 5 | 105 | Apache-2.0; draws in MPL-2.0 |
//! | rs-trafilatura 0.2 | 83.6 | 5 | 117 | MIT or Apache-2.0; draws in MPL-2.0 |
//! | llm_readability 0.0.17 | 74.8 | 26 | 92 | MIT |
//!
//! article_scraper is under GPL-3.0, dom-content-extraction under MPL-2.0, readability and
//! readable-readability have had no release for long.

use legible::Options;

use super::PageLimits;
use super::flow::{self, Edges, Flow, flow};
use super::rules::PageRules;
use super::tree::{self, NodeRef, Step, Tree, Walk};

/// Elements with the signs of an article's text that are weighed.
const CANDIDATES: usize = 64;
/// Bytes of text outside links that such an element must have.
const LEAST: usize = 60;
/// Bytes below which the guess is asked too: a teaser may have the signs of an article.
const SURE: usize = 600;
/// Characters below which legible takes its own find for too short and asks for less; its
/// default of 500 is more than many a news report has.
const SHORT: usize = 250;
/// So many times as long must the guess be to win over such a short one.
const TEASER: usize = 5;

/// The text of the article on a page, of which `markup` is the simplified page and `tree` its tree.
pub(crate) fn main_text(
    markup: &str,
    tree: &Tree,
    rules: &PageRules,
    headline: Option<&str>,
    limits: &PageLimits,
) -> Flow {
    let declared = declared(tree, rules)
        .map(|root| flow(root, rules, headline, Edges::Kept))
        .filter(|flow| flow.text.len() >= LEAST);
    if declared.as_ref().is_some_and(|declared| declared.text.len() >= SURE) {
        return declared.unwrap_or_default();
    }
    let guessed = guessed(markup, rules, headline, limits).unwrap_or_default();
    match declared {
        Some(declared) if guessed.text.len() <= TEASER * declared.text.len() => declared,
        _ => guessed,
    }
}

/// The element with the signs of an article's text that has the most text.
fn declared<'t>(tree: &'t Tree, rules: &PageRules) -> Option<NodeRef<'t>> {
    let mut best: Option<(usize, NodeRef<'t>)> = None;
    let mut left = CANDIDATES;
    for step in Walk::new(tree.root()) {
        let Step::Enter(node) = step else { continue };
        if node.element().is_some_and(|element| rules.is_body(element)) {
            let bytes = flow::unlinked_bytes(node);
            // Of two with the same text the inner one has less around it.
            if best.is_none_or(|(most, _)| bytes >= most) {
                best = Some((bytes, node));
            }
            left -= 1;
            if left == 0 {
                break;
            }
        }
    }
    best.map(|(_, node)| node)
}

/// The text that legible finds.
fn guessed(
    markup: &str,
    rules: &PageRules,
    headline: Option<&str>,
    limits: &PageLimits,
) -> Option<Flow> {
    let options = Options::new().keep_classes(true).disable_json_ld(true).char_threshold(SHORT);
    let article = legible::parse(markup, None, Some(options)).ok()?;
    let found = tree::parse(&article.content, limits).ok()?;
    Some(flow(found.root(), rules, headline, Edges::Trimmed))
}

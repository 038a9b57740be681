//! Which element holds the text of the article.
//!
//! Outlets say so themselves, by schema.org's `articleBody` or a class of their own; what is
//! known of these is the table `pages.tsv`. Where a page says nothing, dom_smoothie finds the
//! element, a port of Mozilla's Readability. Of the crates that do such a thing it was compared
//! with rs-trafilatura 0.2, trafilatura 0.6, legible 0.5, readabilityrs 0.1 and llm_readability
//! 0.0.17 on the thirteen pages that the program is measured on (mean F1 of words, MB/s, crates
//! drawn in): dom_smoothie 91.5, 29, 59; legible 91.6, 26, 84; trafilatura 88.9, 5, 130;
//! readabilityrs 85.7, 5, 105; rs-trafilatura 83.6, 5, 117; llm_readability 74.8, 26, 92. It is
//! MIT, released often, and shares its tree (dom_query, html5ever) with the rest of this module.
//! article_scraper and dom-content-extraction are under GPL-3.0 and MPL-2.0.

use dom_query::{Document, NodeRef};
use dom_smoothie::{Config, Readability};

use super::flow::{self, Edges, Flow, flow};
use super::rules::PageRules;
use super::tree::{Step, Walk};

/// Elements with the signs of an article's text that are weighed.
const CANDIDATES: usize = 64;
/// Bytes of text outside links that such an element must have.
const LEAST: usize = 60;
/// Bytes below which the guess is asked too: a teaser may have the signs of an article.
const SURE: usize = 600;
/// Characters below which dom_smoothie takes its own find for too short and asks for less; its
/// default of 500 is more than many a news report has.
const SHORT: usize = 250;
/// So many times as long must the guess be to win over such a short one.
const TEASER: usize = 5;

/// The text of the article on a page.
pub(crate) fn main_text(document: &Document, rules: &PageRules, headline: Option<&str>) -> Flow {
    let declared = declared(document, rules)
        .map(|root| flow(root, rules, headline, Edges::Kept))
        .filter(|flow| flow.text.len() >= LEAST);
    match declared {
        Some(declared) if declared.text.len() >= SURE => declared,
        Some(declared) => {
            let guessed = guessed(document, rules, headline).unwrap_or_default();
            if guessed.text.len() > TEASER * declared.text.len() { guessed } else { declared }
        }
        None => guessed(document, rules, headline).unwrap_or_default(),
    }
}

/// The element with the signs of an article's text that has the most text.
fn declared<'d>(document: &'d Document, rules: &PageRules) -> Option<NodeRef<'d>> {
    let mut best: Option<(usize, NodeRef<'d>)> = None;
    let mut left = CANDIDATES;
    for step in Walk::new(document.root()) {
        let Step::Enter(node) = step else { continue };
        let is_body = node.element_ref().is_some_and(|element| rules.is_body(&element));
        if is_body {
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

/// The text that dom_smoothie finds.
fn guessed(document: &Document, rules: &PageRules, headline: Option<&str>) -> Option<Flow> {
    let config = Config {
        keep_classes: true,
        disable_json_ld: true,
        char_threshold: SHORT,
        ..Config::default()
    };
    let mut readability = Readability::with_document(document.clone(), None, Some(config)).ok()?;
    let article = readability.parse().ok()?;
    let found = Document::from(article.content);
    Some(flow(found.root(), rules, headline, Edges::Trimmed))
}

//! What a learner of the weights needs: the units of a page and their features by name.

use nukil_types::Span;

use crate::Arranger;
use crate::features::{Features, Sink, Template};
use crate::model::{Lexicon, Values};
use crate::tokens::{Case, Token};

/// A unit of a page.
#[derive(Debug)]
pub struct Unit {
    /// Where it stands.
    pub span: Span,
    /// Why it begins there, as a number below [`CUTS`].
    pub cut: usize,
    /// The first words.
    pub opening: Vec<String>,
    /// Features of furniture: `feature<TAB>value`.
    pub features: Vec<String>,
    /// Features of prose that goes on behind furniture.
    pub edges: Vec<String>,
}

/// How many reasons there are for a unit to begin.
pub const CUTS: usize = crate::units::CUTS;

/// The units of a page; the arranger must have a table of weights that holds the anchors.
pub fn units(arranger: &Arranger, text: &str) -> Vec<Unit> {
    let page = arranger.units(text);
    let lexicon = Lexicon::default();
    let features = Features::new(text, &page, &lexicon);
    let units = page.units.iter().enumerate().map(|(index, unit)| {
        let mut own = Names { text, names: Vec::new() };
        features.unit(index, &mut own);
        let mut edges = Names { text, names: Vec::new() };
        features.edge(index, &mut edges);
        let tokens = &page.tokens[unit.tokens.clone()];
        Unit {
            span: unit.span,
            cut: unit.cut as usize,
            opening: tokens.iter().take(2).map(|token| name(text, token)).collect(),
            features: own.names,
            edges: edges.names,
        }
    });
    units.collect()
}

/// The words of a stretch as the model reads them.
pub fn words(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    crate::tokens::scan(text, Span::new(0, text.len()), &Lexicon::default(), &mut tokens);
    tokens.iter().map(|token| name(text, token)).collect()
}

fn name(text: &str, token: &Token) -> String {
    match token.case {
        Case::Digit
            if text[token.span.start..token.span.end].bytes().all(|b| b.is_ascii_digit()) =>
        {
            "0".into()
        }
        _ => text[token.span.start..token.span.end].to_ascii_lowercase(),
    }
}

struct Names<'a> {
    text: &'a str,
    names: Vec<String>,
}

impl Sink for Names<'_> {
    fn word(&mut self, template: Template, word: &Token) {
        debug_assert_eq!(template.values(), Values::Words);
        self.names.push(format!("{}\t{}", template.name(), name(self.text, word)));
    }

    fn pair(&mut self, template: Template, first: &Token, second: &Token) {
        debug_assert_eq!(template.values(), Values::Pairs);
        let (first, second) = (name(self.text, first), name(self.text, second));
        self.names.push(format!("{}\t{first} {second}", template.name()));
    }

    fn code(&mut self, template: Template, code: u64) {
        debug_assert_eq!(template.values(), Values::Codes);
        self.names.push(format!("{}\t{code}", template.name()));
    }
}

//! Finds the people, places and organisations of a document and gathers their mentions into
//! entities.
//!
//! Rules propose stretches of tokens as names: the gazetteers, heads such as
//! "Jalan" and "Universitas", titles and verbs of speech, acronyms in brackets. The heaviest set
//! of proposals that do not overlap is chosen sentence by sentence; what was found with good
//! evidence in one sentence is then known in all others. Mentions of one thing become one
//! entity, with its other forms as aliases and, for people, their titles and offices as roles.
//! Quotations are given to those who speak. Dates, times and amounts, which name nothing, are
//! found by [`values`].
//!
//! ```
//! use nukil_entities::{EntityFinder, Scratch};
//! use nukil_gazetteer::{Gazetteer, Sources, UserGazetteer, compile};
//! use nukil_types::{Document, Sentence, Span, TokenKind};
//!
//! let words = |name: &str| name.split(' ').map(str::to_string).collect::<Vec<_>>();
//! let sources = Sources {
//!     names: vec![("places.tsv", "name\tkind\nArmenia\tcountry\n")],
//!     words: Some((
//!         "words.tsv",
//!         "word\tlower\tcapital\nmenteri\t90\t9\nluar\t90\t9\nnegeri\t90\t9\n",
//!     )),
//!     titles: Some(("titles.tsv", "form\tkind\ttakes\nmenteri luar negeri\toffice\tboth\n")),
//!     ..Sources::default()
//! };
//! let bytes = compile(&sources, &words).unwrap();
//! let finder = EntityFinder::new(Gazetteer::open(&bytes, UserGazetteer::default()).unwrap());
//!
//! let mut document = Document::new("1", "-", "Menteri Luar Negeri Armenia Ararat Mirzoyan tiba");
//! let mut start = 0;
//! for word in document.text.clone().split(' ') {
//!     document.push_token(Span::new(start, start + word.len()), TokenKind::Word);
//!     start += word.len() + 1;
//! }
//! document.sentences.push(Sentence { span: Span::new(0, 48), tokens: 0..7, headline: false });
//! finder.find(&mut document, &mut Scratch::default());
//!
//! let person = document.entities.iter().find(|entity| entity.name == "Ararat Mirzoyan").unwrap();
//! assert_eq!(person.roles, ["Menteri Luar Negeri Armenia"]);
//! assert!(document.entities.iter().any(|entity| entity.name == "Armenia"));
//! ```

mod edges;
mod evidence;
mod explain;
mod forms;
mod introduced;
mod link;
mod memory;
mod places;
mod proposal;
mod quotes;
mod roles;
mod rows;
mod rules;
mod tagged;
pub mod values;
mod view;

use nukil_gazetteer::Gazetteer;
use nukil_tagger::{Signs, Tagger};
use nukil_types::Document;

pub use explain::{Clue, ClueKind, Evidence, Reading};
pub use link::Join;
pub use places::ReadingScore;

use memory::Memory;
use proposal::{Proposal, choose};
use rules::Context;
use view::Views;

/// Finds mentions and entities with a gazetteer and, mostly, a tagger.
pub struct EntityFinder<'g> {
    gazetteer: Gazetteer<'g>,
    tagger: Option<Tagger<'g>>,
    min_score: f64,
}

/// A part of the work of [`EntityFinder::find`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Looking up in the gazetteer, and proposing and choosing names by rule.
    Rules,
    /// Choosing names by the tagger; nothing where there is none.
    Tagger,
    /// Gathering mentions into entities, with their aliases and roles.
    Entities,
    /// Finding quotations and who speaks.
    Quotes,
}

/// Buffers of a worker, reused from document to document.
#[derive(Default)]
pub struct Scratch {
    views: Views,
    memory: Memory,
    proposals: Vec<Proposal>,
    sums: Vec<(f64, usize)>,
    quotes: quotes::Scratch,
    signs: Vec<Signs>,
    tagger: nukil_tagger::Scratch,
}

impl<'g> EntityFinder<'g> {
    /// A finder by rule over `gazetteer`.
    pub fn new(gazetteer: Gazetteer<'g>) -> Self {
        EntityFinder { gazetteer, tagger: None, min_score: 0.0 }
    }

    /// A finder in which `tagger` decides what is a name; the rules are evidence to it. It must
    /// give the labels of [`nukil_types::Label`]. Names with a score below `min_score` are left
    /// out.
    pub fn with_tagger(gazetteer: Gazetteer<'g>, tagger: Tagger<'g>, min_score: f64) -> Self {
        EntityFinder { gazetteer, tagger: Some(tagger), min_score }
    }

    /// Fills `document.mentions`, `document.entities` and `document.quotes`; the document must have
    /// its sentences and tokens.
    pub fn find(&self, document: &mut Document, scratch: &mut Scratch) {
        self.find_in_steps(document, scratch, |_| {});
    }

    /// Does so, and tells `done` of every step when it is over, for who measures them.
    pub fn find_in_steps(
        &self,
        document: &mut Document,
        scratch: &mut Scratch,
        done: impl FnMut(Step),
    ) {
        self.run(document, scratch, done, |_| {}, |_, _| {});
    }

    /// Does so, and gives the mentions as they were chosen; every step that is over is told to
    /// `done`, what the rules alone would choose is
    /// shown to `by_rule`, why each mention belongs to its entity to `joined`.
    fn run(
        &self,
        document: &mut Document,
        scratch: &mut Scratch,
        mut done: impl FnMut(Step),
        by_rule: impl FnOnce(&[(usize, Proposal)]),
        joined: impl FnMut(usize, Join),
    ) -> Vec<(usize, Proposal)> {
        let chosen = self.decide(document, scratch, |chosen| {
            by_rule(chosen);
            done(Step::Rules);
        });
        done(Step::Tagger);
        let clusters = link::gather(document, &scratch.views, &self.gazetteer, &chosen, joined);
        rows::write(document, &scratch.views, &self.gazetteer, &chosen, &clusters);
        done(Step::Entities);
        quotes::find(document, &scratch.views, &mut scratch.quotes);
        done(Step::Quotes);
        chosen
    }

    /// The mentions of all sentences in text order, each with the number of its sentence. What the
    /// rules alone would choose is shown to `by_rule`.
    fn decide(
        &self,
        document: &Document,
        scratch: &mut Scratch,
        by_rule: impl FnOnce(&[(usize, Proposal)]),
    ) -> Vec<(usize, Proposal)> {
        let mut chosen = self.choose(document, scratch);
        by_rule(&chosen);
        if let Some(tagger) = &self.tagger {
            let Scratch { views, signs, tagger: buffers, .. } = scratch;
            let rules = chosen.iter().map(|(_, proposal)| proposal);
            evidence::fill(document, views, &self.gazetteer, rules, signs);
            chosen = tagged::choose(document, views, tagger, signs, chosen, buffers);
            introduced::leave_out(document, views, &self.gazetteer, &mut chosen);
            introduced::people(document, views, &mut chosen);
            chosen.retain(|(_, name)| name.score() >= self.min_score);
        }
        chosen
    }

    /// Tells what is known of every token, and what the rules make of it, in the tagger's signs,
    /// one set a token of the document.
    pub fn signs(&self, document: &Document, scratch: &mut Scratch, signs: &mut Vec<Signs>) {
        let chosen = self.choose(document, scratch);
        let rules = chosen.iter().map(|(_, proposal)| proposal);
        evidence::fill(document, &scratch.views, &self.gazetteer, rules, signs);
    }

    /// What the rules choose in every sentence.
    fn choose(&self, document: &Document, scratch: &mut Scratch) -> Vec<(usize, Proposal)> {
        let Scratch { views, memory, proposals, sums, .. } = scratch;
        views.fill(document, &self.gazetteer);
        memory.clear();
        let mut chosen: Vec<Vec<Proposal>> = Vec::with_capacity(document.sentences.len());
        for number in 0..document.sentences.len() {
            let context = self.context(document, views, number);
            proposals.clear();
            rules::propose(&context, proposals);
            choose(proposals, sums);
            // Headlines teach nothing: their capitals say little.
            if !document.sentences[number].headline {
                for mention in proposals.iter() {
                    memory.learn(document, mention);
                }
            }
            chosen.push(std::mem::take(proposals));
        }
        for (number, known) in chosen.iter_mut().enumerate() {
            let context = self.context(document, views, number);
            proposals.clear();
            if memory.propose(&context, known, proposals) {
                rules::propose(&context, proposals);
                choose(proposals, sums);
                std::mem::swap(known, proposals);
            }
        }
        let numbered = chosen.into_iter().enumerate();
        let numbered =
            numbered.flat_map(|(number, mentions)| mentions.into_iter().map(move |m| (number, m)));
        numbered.collect()
    }

    fn context<'c>(
        &'c self,
        document: &'c Document,
        views: &'c Views,
        number: usize,
    ) -> Context<'c> {
        Context {
            document,
            views,
            gazetteer: &self.gazetteer,
            sentence: document.sentences[number].tokens.clone(),
            writing: views.writing(number),
        }
    }
}

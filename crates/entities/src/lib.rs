//! Finds the people, places and organisations of a document and gathers their mentions into
//! entities.
//!
//! Rules propose stretches of tokens as names: the gazetteers, heads such as
//! "Jalan" and "Universitas", titles and verbs of speech, acronyms in brackets. The heaviest set
//! of proposals that do not overlap is chosen sentence by sentence; what was found with good
//! evidence in one sentence is then known in all others. Places that only qualify something, beside
//! names or in them ("Presiden RI", "Pemkot Surabaya"), are found after these. Mentions of one thing become one
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
mod known;
mod link;
mod memory;
mod places;
mod proposal;
mod qualifiers;
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
use qualifiers::Qualifier;
use rules::Context;
use view::Views;

/// Tokens that an article of usual length has at most; nine of ten have fewer.
const USUAL: usize = 512;

/// Finds mentions and entities with a gazetteer and, mostly, a tagger.
pub struct EntityFinder<'g> {
    gazetteer: Gazetteer<'g>,
    tagger: Option<Tagger<'g>>,
    min_score: f64,
}

/// What the steps of [`EntityFinder`] hand on from one to the next about a document; reused from
/// document to document.
#[derive(Default)]
pub struct Draft {
    views: Views,
    chosen: Vec<(usize, Proposal)>,
    qualifiers: Vec<Qualifier>,
    signs: Vec<Signs>,
}

impl Draft {
    /// Whether its buffers are no larger than an article of usual length fills, so that many
    /// drafts can be kept.
    pub fn is_small(&self) -> bool {
        self.signs.capacity() <= USUAL
    }
}

/// Buffers of a worker, reused from document to document, and what it remembers of words.
#[derive(Default)]
pub struct Scratch {
    draft: Draft,
    views: view::Scratch,
    memory: Memory,
    proposals: Vec<Proposal>,
    /// What the rules propose in the whole document, and where that of each sentence ends.
    all: Vec<Proposal>,
    ends: Vec<usize>,
    /// What is chosen before the document has taught anything.
    first: Vec<Proposal>,
    sums: Vec<(f64, usize)>,
    quotes: quotes::Scratch,
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

    /// Fills `document.mentions`, `document.qualifiers`, `document.entities` and `document.quotes`;
    /// the document must have its sentences and tokens.
    ///
    /// It takes four steps, [`EntityFinder::propose`], [`EntityFinder::decide`],
    /// [`EntityFinder::gather`] and [`EntityFinder::quote`], which who has many documents may take
    /// with all of them one after another: what a step looks up then stays near the processor.
    pub fn find(&self, document: &mut Document, scratch: &mut Scratch) {
        let mut draft = std::mem::take(&mut scratch.draft);
        self.propose(document, &mut draft, scratch);
        self.decide(document, &mut draft, scratch);
        self.gather(document, &draft);
        self.quote(document, &draft, scratch);
        scratch.draft = draft;
    }

    /// The first step: looks up in the gazetteer, proposes and chooses names by rule.
    pub fn propose(&self, document: &Document, draft: &mut Draft, scratch: &mut Scratch) {
        self.choose(document, draft, scratch);
        if self.tagger.is_some() {
            let Draft { views, chosen, signs, .. } = draft;
            let rules = chosen.iter().map(|(_, proposal)| proposal);
            evidence::fill(document, views, &self.gazetteer, rules, signs);
        }
    }

    /// The second step: the tagger, where there is one, decides what is a name; what qualifies is
    /// found around the names.
    pub fn decide(&self, document: &Document, draft: &mut Draft, scratch: &mut Scratch) {
        let Draft { views, chosen, qualifiers, signs } = draft;
        if let Some(tagger) = &self.tagger {
            let rules = std::mem::take(chosen);
            *chosen = tagged::choose(
                document,
                views,
                &self.gazetteer,
                tagger,
                signs,
                rules,
                &mut scratch.tagger,
            );
            introduced::leave_out(document, views, &self.gazetteer, chosen);
            introduced::people(document, views, chosen);
        }
        qualifiers.clear();
        let mut names = chosen.as_slice();
        for number in 0..document.sentences.len() {
            let end = names.iter().position(|(of, _)| *of != number).unwrap_or(names.len());
            let (own, others) = names.split_at(end);
            names = others;
            qualifiers::find(&self.context(document, views, number), own, qualifiers);
        }
        // A name that is left out makes no room for a qualifier.
        chosen.retain(|(_, name)| name.score() >= self.min_score);
        qualifiers.retain(|qualifier| qualifier.place.score() >= self.min_score);
    }

    /// The third step: gathers mentions into entities.
    pub fn gather(&self, document: &mut Document, draft: &Draft) {
        self.join(document, draft, |_, _| {});
    }

    /// Does so, and tells `joined` why each mention belongs to its entity.
    fn join(&self, document: &mut Document, draft: &Draft, joined: impl FnMut(usize, Join)) {
        let Draft { views, chosen, qualifiers, .. } = draft;
        let clusters = link::gather(document, views, &self.gazetteer, chosen, qualifiers, joined);
        rows::write(document, views, &self.gazetteer, chosen, qualifiers, &clusters);
    }

    /// The last step: finds quotations and who speaks.
    pub fn quote(&self, document: &mut Document, draft: &Draft, scratch: &mut Scratch) {
        quotes::find(document, &draft.views, &mut scratch.quotes);
    }

    /// Tells what is known of every token, and what the rules make of it, in the tagger's signs,
    /// one set a token of the document.
    pub fn signs(&self, document: &Document, scratch: &mut Scratch, signs: &mut Vec<Signs>) {
        let mut draft = std::mem::take(&mut scratch.draft);
        self.choose(document, &mut draft, scratch);
        let rules = draft.chosen.iter().map(|(_, proposal)| proposal);
        evidence::fill(document, &draft.views, &self.gazetteer, rules, signs);
        scratch.draft = draft;
    }

    /// What the rules choose in every sentence.
    fn choose(&self, document: &Document, draft: &mut Draft, scratch: &mut Scratch) {
        let Scratch { views: seen, memory, proposals, all, ends, first, sums, .. } = scratch;
        let Draft { views, chosen, .. } = draft;
        views.fill(document, &self.gazetteer, seen);
        memory.clear();
        all.clear();
        ends.clear();
        first.clear();
        for number in 0..document.sentences.len() {
            let begin = all.len();
            rules::propose(&self.context(document, views, number), all);
            ends.push(all.len());
            proposals.clear();
            proposals.extend_from_slice(&all[begin..]);
            choose(proposals, sums);
            // Headlines teach nothing: their capitals say little.
            if !document.sentences[number].headline {
                for mention in proposals.iter() {
                    memory.learn(document, mention);
                }
            }
            first.append(proposals);
        }
        chosen.clear();
        let mut rest = first.as_slice();
        let mut begin = 0;
        for ((number, sentence), &end) in document.sentences.iter().enumerate().zip(&*ends) {
            let inside = |name: &Proposal| name.tokens.start < sentence.tokens.end;
            let (known, others) =
                rest.split_at(rest.iter().take_while(|name| inside(name)).count());
            rest = others;
            let context = self.context(document, views, number);
            proposals.clear();
            if memory.propose(&context, known, proposals) {
                proposals.extend_from_slice(&all[begin..end]);
                choose(proposals, sums);
            } else {
                proposals.clear();
                proposals.extend_from_slice(known);
            }
            chosen.extend(proposals.drain(..).map(|name| (number, name)));
            begin = end;
        }
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
            number,
            sentence: document.sentences[number].tokens.clone(),
            writing: views.writing(number),
        }
    }
}

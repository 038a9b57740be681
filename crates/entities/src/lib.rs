//! Finds the people, places and organisations of a document and gathers their mentions into
//! entities.
//!
//! What lists know of every token (gazetteers, titles, verbs of speech, heads such as "Jalan" and
//! "Universitas") is evidence to the tagger, which decides. It reads every sentence by itself and,
//! where the rest of the document says something else, once more with that. Places that only say
//! which of something is meant ("Presiden RI") are told from others. Mentions of one thing become
//! one entity ([`LinkWeights`]), with its other forms as aliases and, for people, their offices as roles
//! ([`RoleWeights`]).
//! Quotations are given to those who speak ([`QuoteWeights`]). Dates, times and amounts, which name nothing, are
//! found by [`values`]. What a user's gazetteer asserts is a name without further evidence.
//!
//! ```
//! use nukil_entities::{EntityFinder, Scratch};
//! use nukil_gazetteer::{Gazetteer, Sources, UserGazetteer, compile};
//! use nukil_types::{Document, Sentence, Span, TokenKind};
//!
//! let words = |name: &str| name.split(' ').map(str::to_string).collect::<Vec<_>>();
//! let bytes = compile(&Sources::default(), &words).unwrap();
//! let mut names = UserGazetteer::default();
//! names.add_csv("name,label\nArarat Mirzoyan,PER\nArmenia,LOC\n", &words).unwrap();
//! let finder = EntityFinder::new(Gazetteer::open(&bytes, names).unwrap());
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
//! assert_eq!(person.mentions, 1);
//! assert!(document.entities.iter().any(|entity| entity.name == "Armenia"));
//! ```

mod bodies;
mod brackets;
mod called;
mod choice;
mod currencies;
mod decide;
mod evidence;
mod explain;
mod forms;
mod hyphens;
mod known;
mod likeness;
mod link;
mod malay;
mod name;
mod named;
mod places;
mod quotes;
mod roles;
mod rows;
mod support;
pub mod values;
mod view;

use nukil_gazetteer::Gazetteer;
use nukil_tagger::{Signs, SpanClassifier, Tagger};
use nukil_types::{Document, Label, Span};

pub use choice::{Choice, ChoiceRows};
pub use explain::{Clue, ClueKind, Evidence, Reading};
pub use likeness::{LinkWeights, clue_names};
pub use link::{Join, LinkExample};
pub use places::{PlaceExamples, PlaceWeights, ReadingScore};
pub use quotes::{AnnotatedQuote, QuoteExamples, QuoteWeights};
pub use roles::{FeatureRows, RoleExample, RoleWeights};

use link::Judge;
use name::Name;
use view::Views;

/// Tokens that an article of usual length has at most; nine of ten have fewer.
const USUAL: usize = 512;

/// Finds mentions and entities with a gazetteer and, mostly, a tagger.
pub struct EntityFinder<'g> {
    gazetteer: Gazetteer<'g>,
    tagger: Option<Tagger<'g>>,
    uses: Option<SpanClassifier>,
    links: Option<LinkWeights>,
    roles: Option<RoleWeights>,
    quotes: Option<QuoteWeights>,
    places: Option<PlaceWeights>,
    min_score: f64,
}

/// What the steps of [`EntityFinder`] hand on from one to the next about a document; reused from
/// document to document.
#[derive(Default)]
pub struct Draft {
    views: Views,
    signs: Vec<Signs>,
    names: Vec<Name>,
    /// Of each name whether it is a place that qualifies something.
    qualifiers: Vec<bool>,
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
    decide: decide::Scratch,
    quotes: quotes::Scratch,
}

impl<'g> EntityFinder<'g> {
    /// A finder of the names that the user's gazetteers assert, and of what [`EntityFinder::signs`]
    /// tells.
    pub fn new(gazetteer: Gazetteer<'g>) -> Self {
        EntityFinder {
            gazetteer,
            tagger: None,
            uses: None,
            links: None,
            roles: None,
            quotes: None,
            places: None,
            min_score: 0.0,
        }
    }

    /// The same with a tagger that decides what is a name, and a classifier of places with the
    /// classes [`QUALIFIER`] and [`PLAIN`]. Names with a score below `min_score` are left out.
    pub fn with_tagger(self, tagger: Tagger<'g>, uses: SpanClassifier, min_score: f64) -> Self {
        EntityFinder { tagger: Some(tagger), uses: Some(uses), min_score, ..self }
    }

    /// Fills `document.mentions`, `document.entities` and `document.quotes`; the document must have
    /// its sentences and tokens.
    ///
    /// It takes four steps, [`EntityFinder::look_up`], [`EntityFinder::decide`],
    /// [`EntityFinder::gather`] and [`EntityFinder::quote`]. Callers with many documents may take
    /// each step with all of them: what a step looks up then stays near the processor.
    pub fn find(&self, document: &mut Document, scratch: &mut Scratch) {
        let mut draft = std::mem::take(&mut scratch.draft);
        self.look_up(document, &mut draft, scratch);
        self.decide(document, &mut draft, scratch);
        self.gather(document, &draft);
        self.quote(document, &draft, scratch);
        scratch.draft = draft;
    }

    /// The first step: looks up what lists know of every token.
    pub fn look_up(&self, document: &Document, draft: &mut Draft, scratch: &mut Scratch) {
        draft.views.fill(document, &self.gazetteer, &mut scratch.views);
        evidence::fill(document, &draft.views, &self.gazetteer, &mut draft.signs);
    }

    /// The second step: the tagger decides what is a name, but for what the user asserts.
    pub fn decide(&self, document: &Document, draft: &mut Draft, scratch: &mut Scratch) {
        let Draft { views, signs, names, qualifiers } = draft;
        *names = name::asserted(document, &self.gazetteer);
        if let Some(tagger) = &self.tagger {
            let asserted = std::mem::take(names);
            let scratch = &mut scratch.decide;
            *names =
                decide::names(document, views, &self.gazetteer, tagger, signs, asserted, scratch);
        }
        names.retain(|name| name.is_asserted() || !currencies::holds(document, name));
        malay::mend(document, names);
        names.retain(|name| name.score >= self.min_score);
        qualifiers.clear();
        qualifiers.extend(names.iter().map(|name| self.qualifies(document, views, signs, name)));
    }

    /// Whether a name is a place that says which of something is meant.
    fn qualifies(&self, document: &Document, views: &Views, signs: &[Signs], name: &Name) -> bool {
        let (Some(tagger), Some(uses)) = (&self.tagger, &self.uses) else { return false };
        if name.label != Label::Location || name.is_partial(document) {
            // "kereta Jakarta-Bandung", "petani se-Lampung"
            return name.label == Label::Location;
        }
        let sentence = document.sentences[name.sentence].tokens.clone();
        let words: Vec<_> = decide::words(document, views, sentence.clone()).collect();
        let tokens = name.tokens.start - sentence.start..name.tokens.end - sentence.start;
        let found = uses.probabilities(tagger.clusters(), &words, &signs[sentence], tokens);
        let class = uses.classes().iter().position(|class| class == QUALIFIER);
        class.is_some_and(|class| found[class] > 0.5)
    }

    /// The same with weights that say whether a name is a form of another.
    pub fn with_links(self, links: LinkWeights) -> Self {
        EntityFinder { links: Some(links), ..self }
    }

    /// The same with weights that find the roles of people beside their names.
    pub fn with_roles(self, roles: RoleWeights) -> Self {
        EntityFinder { roles: Some(roles), ..self }
    }

    /// The same with weights that tell which sentences say what someone said, and who did.
    pub fn with_quotes(self, quotes: QuoteWeights) -> Self {
        EntityFinder { quotes: Some(quotes), ..self }
    }

    /// The same with weights that tell which place of a name is meant.
    pub fn with_places(self, places: PlaceWeights) -> Self {
        EntityFinder { places: Some(places), ..self }
    }

    /// The third step: gathers mentions into entities.
    pub fn gather(&self, document: &mut Document, draft: &Draft) {
        self.join(document, draft, |_, _| {});
    }

    /// Does so, and tells `joined` why each mention belongs to its entity.
    fn join(&self, document: &mut Document, draft: &Draft, joined: impl FnMut(usize, Join)) {
        let Draft { views, names, qualifiers, .. } = draft;
        let judge = self.links.as_ref().map_or(Judge::Nobody, Judge::Weights);
        let clusters = link::gather(
            document,
            views,
            &self.gazetteer,
            names,
            self.places.as_ref(),
            judge,
            joined,
        );
        rows::write(
            document,
            views,
            &self.gazetteer,
            names,
            qualifiers,
            &clusters,
            self.roles.as_ref(),
        );
    }

    /// What names of a document look like beside each other where the gazetteer and their words alone
    /// do not tell whether they name one thing: what [`LinkWeights`] are learned from. `entities`
    /// gives the numbers of the annotated entities of a span with a label.
    pub fn link_examples(
        &self,
        document: &Document,
        scratch: &mut Scratch,
        entities: impl Fn(Span, &Label) -> Vec<usize>,
    ) -> Vec<LinkExample> {
        let mut draft = std::mem::take(&mut scratch.draft);
        self.look_up(document, &mut draft, scratch);
        self.decide(document, &mut draft, scratch);
        let Draft { views, names, .. } = &draft;
        let entities: Vec<Vec<usize>> =
            names.iter().map(|name| entities(name.span, &name.label)).collect();
        let mut examples = Vec::new();
        let judge = Judge::Gold { entities: &entities, examples: &mut examples };
        let places = self.places.as_ref();
        link::gather(document, views, &self.gazetteer, names, places, judge, |_, _| {});
        scratch.draft = draft;
        examples
    }

    /// The choices that [`RoleWeights`] are learned from: what may be a role beside every name of a
    /// person. `roles` gives the annotated roles of the person so named, in small letters, if the
    /// annotation has that person; `rows` is told of the features.
    pub fn role_examples(
        &self,
        document: &mut Document,
        scratch: &mut Scratch,
        roles: impl Fn(&str) -> Option<Vec<String>>,
        rows: &mut FeatureRows,
    ) -> Vec<RoleExample> {
        let mut draft = std::mem::take(&mut scratch.draft);
        self.look_up(document, &mut draft, scratch);
        self.decide(document, &mut draft, scratch);
        self.gather(document, &draft);
        let mut examples = Vec::new();
        for (index, mention) in document.mentions.iter().enumerate() {
            let roles = roles(document.slice(mention.span));
            if let (Label::Person, Some(roles)) = (&mention.label, roles) {
                let place = roles::Place::new(document, &draft.views, index);
                roles::learn(&place, &roles, rows, &mut examples);
            }
        }
        scratch.draft = draft;
        examples
    }

    /// The last step: finds quotations and who speaks.
    pub fn quote(&self, document: &mut Document, draft: &Draft, scratch: &mut Scratch) {
        let judge = self.quotes.as_ref().map_or(quotes::Judge::Nobody, quotes::Judge::Weights);
        quotes::find(document, &draft.views, judge, &mut scratch.quotes);
    }

    /// Adds the choices that [`QuoteWeights`] are learned from: which sentences of a document say what
    /// someone said, and for whom pronouns and phrases stand. `quotes` are the annotated quotations.
    pub fn quote_examples(
        &self,
        document: &mut Document,
        scratch: &mut Scratch,
        quotes: &[AnnotatedQuote],
        examples: &mut QuoteExamples,
    ) {
        let mut draft = std::mem::take(&mut scratch.draft);
        self.look_up(document, &mut draft, scratch);
        self.decide(document, &mut draft, scratch);
        self.gather(document, &draft);
        let judge = quotes::Judge::Gold { quotes, examples };
        quotes::find(document, &draft.views, judge, &mut scratch.quotes);
        scratch.draft = draft;
    }

    /// Adds the choices that [`PlaceWeights`] are learned from: which place of its name every place of a
    /// document is. `ids` gives the annotated identifiers of a form, of which each is right: none where
    /// the gazetteer has no such place, nothing where the form is not annotated.
    pub fn place_examples(
        &self,
        document: &Document,
        scratch: &mut Scratch,
        ids: impl Fn(&str) -> Option<Vec<String>>,
        examples: &mut PlaceExamples,
    ) {
        let mut draft = std::mem::take(&mut scratch.draft);
        self.look_up(document, &mut draft, scratch);
        self.decide(document, &mut draft, scratch);
        places::learn(document, &draft.views, &self.gazetteer, &draft.names, ids, examples);
        scratch.draft = draft;
    }

    /// Tells what is known of every token in the tagger's signs, one set a token of the document.
    pub fn signs(&self, document: &Document, scratch: &mut Scratch, signs: &mut Vec<Signs>) {
        let mut draft = std::mem::take(&mut scratch.draft);
        self.look_up(document, &mut draft, scratch);
        signs.clear();
        signs.append(&mut draft.signs);
        scratch.draft = draft;
    }
}

/// Class of a place that says which of something is meant: "AS" in "Presiden AS".
pub const QUALIFIER: &str = "QUALIFIER";
/// Class of a place that is meant as a place, or that acts itself.
pub const PLAIN: &str = "PLAIN";

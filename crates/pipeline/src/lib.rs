//! The chain from a text to what stands in it: layout, language, tokens, stop words, lemmas,
//! names, values and keywords, in the one order in which the rooms of `nukil` go.
//!
//! A [`Pipeline`] is built once from a [`Config`] and shared by all workers. It takes and gives
//! documents and knows nothing of files, so that it also runs inside another engine: a batch in,
//! a batch out, in the same order, whatever the number of threads. [`record_batches`] does so for
//! engines that speak Arrow.
//!
//! ```
//! use nukil_pipeline::{Config, Pipeline};
//! use nukil_types::Document;
//!
//! let pipeline = Pipeline::new(Config::default()).unwrap();
//! let text = "Banjir Rendam Demak\n\nDEMAK, KOMPAS.com - Bupati Demak Eisti'anah meninjau \
//!             banjir di Kecamatan Sayung, Kabupaten Demak, Senin (6/2/2023).";
//! let mut documents = pipeline.process_batch(vec![Document::new("1", "-", text)]);
//! let document = documents.remove(0).unwrap();
//! assert_eq!(document.title.as_deref(), Some("Banjir Rendam Demak"));
//! assert!(document.entities.iter().any(|entity| entity.name == "Demak"));
//! ```
//!
//! # What is trusted
//!
//! Documents are not: a text is cut at [`Limits`](nukil_types::Limits), the time grows with its length
//! no faster than n log n, and a panic of a stage is the [`Failure`] of one document. Models and files
//! of counts are refused when they are damaged, by a checksum that does not keep out who makes one to
//! mislead. `SECURITY.md` in the repository says more.

mod config;
mod error;
mod fit;
mod group;
pub mod record_batches;
mod timings;
mod words;
mod workbench;
mod workers;

use std::time::Duration;

use nukil_article::Arranger;
use nukil_data as data;
use nukil_entities::values::{self, ValueFinder};
use nukil_entities::{Draft, EntityFinder, LinkWeights, PlaceWeights, QuoteWeights, RoleWeights};
use nukil_gazetteer::{Gazetteer, UserGazetteer};
use nukil_keywords::Ranker;
use nukil_language::Detector;
use nukil_stemmer::Stemmer;
use nukil_stopwords::Stopwords;
use nukil_tagger::SpanClassifier;
use nukil_tokenizer::Tokenizer;
use nukil_types::{Document, Label, Skip};

use error::broken;
use fit::fit;
use group::Group;
use timings::Timings;
use workers::Workers;

pub use config::Config;
pub use error::{Error, Failure, Refusal};
pub use nukil_article::{FurnitureLearner, Layout, PageError, PageReader, RecurringFurniture};
pub use nukil_entities::{
    AnnotatedQuote, Choice, ChoiceRows, Clue, ClueKind, Evidence, FeatureRows, Join, LinkExample,
    PlaceExamples, QuoteExamples, Reading, ReadingScore, RoleExample, clue_names,
};
pub use nukil_keywords::background::{Background, Builder as BackgroundBuilder};
pub use nukil_keywords::{Corpus, Method as KeywordMethod, Period};
pub use nukil_stemmer::LemmaProfile;
pub use nukil_stopwords::Profile;
pub use timings::Stage;
pub use words::{WordConfig, WordPipeline};
pub use workbench::{Recast, Tokens, Workbench, canonical, clusters, open, tagger};

/// The whole chain, ready to run.
pub struct Pipeline {
    config: Config,
    pages: PageReader,
    arranger: Arranger,
    detector: Detector,
    tokenizer: Tokenizer,
    stopwords: Stopwords,
    stemmer: Stemmer,
    finder: EntityFinder<'static>,
    values: ValueFinder,
    ranker: Ranker,
    timings: Option<Timings>,
    workers: Workers<(Scratch, Vec<Draft>)>,
}

/// Buffers of a worker, reused from document to document.
#[derive(Default)]
struct Scratch {
    stemmer: nukil_stemmer::Scratch,
    entities: nukil_entities::Scratch,
    values: values::Scratch,
    keywords: nukil_keywords::Scratch,
}

impl Pipeline {
    /// Builds the chain.
    ///
    /// # Errors
    /// [`Error`] when a user's gazetteer cannot be read, or the threads cannot be started.
    pub fn new(config: Config) -> Result<Self, Error> {
        let tokenizer = tokenizer()?;
        let tokenize = |name: &str| tokenizer.words(name);
        let mut user = UserGazetteer::default();
        for (name, text) in &config.gazetteers {
            let added = match name.ends_with(".jsonl") {
                true => user.add_spacy(text, &tokenize),
                false => user.add_csv(text, &tokenize),
            };
            added.map_err(|error| Error::Gazetteer { name: name.clone(), error })?;
        }
        let gazetteer = Gazetteer::open(data::GAZETTEER, user).map_err(broken("gazetteer"))?;
        let mut stopwords = stopwords(config.stopwords)?;
        stopwords.add(&config.stopwords_added);
        stopwords.remove(&config.stopwords_removed);
        let tagger = match &config.model {
            Some((name, bytes)) => workbench::open(name, bytes)?,
            None => workbench::tagger()?,
        };
        let uses = SpanClassifier::open(data::USES).map_err(broken("uses of places"))?;
        let mut ranker = Ranker::new(data::BACKGROUND, data::KEYWORD_WEIGHTS)
            .and_then(|ranker| ranker.with_tables(data::KEYWORD_TABLES))
            .map_err(broken("keywords"))?
            .with_method(config.keyword_method);
        if let Some(background) = &config.background {
            ranker = ranker.with_background(background.clone());
        }
        if let Some(corpus) = &config.corpus {
            ranker = ranker.with_corpus(corpus.clone());
        }
        Ok(Pipeline {
            pages: page_reader()?,
            arranger: arranger()?.with_recurring(config.furniture.clone()),
            detector: Detector::new(data::FUNCTION_WORDS, data::LANGUAGE_WORDS)
                .map_err(broken("words of languages"))?,
            stopwords,
            stemmer: stemmer()?,
            finder: EntityFinder::new(gazetteer)
                .with_tagger(tagger, uses, config.min_score)
                .with_links(LinkWeights::parse(data::LINK_WEIGHTS).map_err(broken("links"))?)
                .with_roles(RoleWeights::parse(data::ROLE_WEIGHTS).map_err(broken("roles"))?)
                .with_places(PlaceWeights::parse(data::PLACE_WEIGHTS).map_err(broken("places"))?)
                .with_quotes(
                    QuoteWeights::parse(data::CLAUSE_WEIGHTS, data::SPEAKER_WEIGHTS)
                        .map_err(broken("quotes"))?,
                ),
            values: ValueFinder::new(data::VALUE_WORDS, data::STOPWORDS_SHORT)
                .map_err(broken("words of values"))?,
            ranker,
            timings: config.timings.then(Timings::default),
            workers: Workers::new(config.jobs)?,
            tokenizer,
            config,
        })
    }

    /// How long each stage has taken so far, all threads together; nothing unless
    /// [`Config::timings`] asked for it.
    ///
    /// It is time on the clock: where there are more threads than processors free, that includes
    /// waiting for one. What a stage spends on a document on which it panics is not counted.
    pub fn timings(&self) -> Vec<(Stage, Duration)> {
        self.timings.as_ref().map(Timings::spent).unwrap_or_default()
    }

    /// Runs every stage over one document and tells of its mentions, in order, what speaks for
    /// them.
    ///
    /// # Errors
    /// [`Failure`] when the document is refused, or a stage panics on it.
    pub fn explain(
        &self,
        document: Document,
    ) -> Result<(Document, Vec<Evidence<'static>>), Failure> {
        let (mut outcome, mut scratch) = ([Ok(document)], Scratch::default());
        let mut evidence = Vec::new();
        let mut group = Group::new(&mut outcome, None);
        self.read(&mut group, &mut scratch);
        group.each(Stage::Rules, &mut scratch, |_, document, scratch| {
            evidence = self.finder.explain(document, &mut scratch.entities);
            Ok(())
        });
        self.rank(&mut group, &mut scratch);
        let [outcome] = outcome;
        Ok((outcome?, evidence))
    }

    /// What names of a document look like beside each other, for learning which are one:
    /// [`EntityFinder::link_examples`].
    ///
    /// # Errors
    /// [`Failure`] when the document is refused, or a stage panics on it.
    pub fn link_examples(
        &self,
        document: Document,
        entities: impl Fn(&str, &Label) -> Vec<usize>,
    ) -> Result<Vec<LinkExample>, Failure> {
        let mut examples = Vec::new();
        self.with_tokens(document, |document, scratch| {
            let of = |span, label: &Label| entities(document.slice(span), label);
            examples = self.finder.link_examples(document, scratch, of);
        })?;
        Ok(examples)
    }

    /// The choices beside the names of people, for learning what is a role:
    /// [`EntityFinder::role_examples`].
    ///
    /// # Errors
    /// [`Failure`] when the document is refused, or a stage panics on it.
    pub fn role_examples(
        &self,
        document: Document,
        roles: impl Fn(&str) -> Option<Vec<String>>,
        rows: &mut FeatureRows,
    ) -> Result<Vec<RoleExample>, Failure> {
        let mut examples = Vec::new();
        self.with_tokens(document, |document, scratch| {
            examples = self.finder.role_examples(document, scratch, &roles, rows);
        })?;
        Ok(examples)
    }

    /// The choices between places of one name, for learning which is meant:
    /// [`EntityFinder::place_examples`].
    ///
    /// # Errors
    /// [`Failure`] when the document is refused, or a stage panics on it.
    pub fn place_examples(
        &self,
        document: Document,
        ids: impl Fn(&str) -> Option<Vec<String>>,
        examples: &mut PlaceExamples,
    ) -> Result<(), Failure> {
        self.with_tokens(document, |document, scratch| {
            self.finder.place_examples(document, scratch, &ids, examples);
        })
    }

    /// The choices of quotations and of those who speak, for learning both:
    /// [`EntityFinder::quote_examples`].
    ///
    /// # Errors
    /// [`Failure`] when the document is refused, or a stage panics on it.
    pub fn quote_examples(
        &self,
        document: Document,
        quotes: &[AnnotatedQuote],
        examples: &mut QuoteExamples,
    ) -> Result<(), Failure> {
        self.with_tokens(document, |document, scratch| {
            self.finder.quote_examples(document, scratch, quotes, examples);
        })
    }

    /// Reads a document as far as its tokens, and hands it to `learn`.
    fn with_tokens(
        &self,
        document: Document,
        mut learn: impl FnMut(&mut Document, &mut nukil_entities::Scratch),
    ) -> Result<(), Failure> {
        let (mut outcome, mut scratch) = ([Ok(document)], Scratch::default());
        let mut group = Group::new(&mut outcome, None);
        self.read(&mut group, &mut scratch);
        group.each(Stage::Rules, &mut scratch, |_, document, scratch| {
            learn(document, &mut scratch.entities);
            Ok(())
        });
        let [outcome] = outcome;
        outcome.map(|_| ())
    }

    /// The stages before names are looked for. Documents in a language that is not asked for are
    /// left out once it is known, and say so in [`Document::skipped`].
    fn read(&self, group: &mut Group<'_>, scratch: &mut Scratch) {
        group.each(Stage::Page, scratch, |_, document, _| {
            self.pages.read_into(document, &self.config.limits.page)?;
            fit(document, &self.config.limits, &self.tokenizer)
        });
        group.each(Stage::Layout, scratch, |_, document, _| {
            self.arranger.arrange(document, self.config.layout);
            Ok(())
        });
        group.each(Stage::Language, scratch, |_, document, _| {
            self.detector.identify(document);
            if !self.config.takes(document.language.as_ref()) {
                document.skipped = Some(Skip::Language);
            }
            Ok(())
        });
        group.each(Stage::Tokens, scratch, |_, document, _| {
            self.tokenizer.tokenize(document);
            Ok(())
        });
        group.each(Stage::StopWords, scratch, |_, document, _| {
            self.stopwords.mark(document);
            Ok(())
        });
        group.each(Stage::Lemmas, scratch, |_, document, scratch| {
            self.stemmer.lemmatize(document, &mut scratch.stemmer);
            Ok(())
        });
    }

    /// Finds names, who is who, and quotations.
    fn name(&self, group: &mut Group<'_>, scratch: &mut Scratch, drafts: &mut Vec<Draft>) {
        // Drafts are no part of the scratch, which a panic over one document would take from all.
        drafts.resize_with(group.len().max(drafts.len()), Draft::default);
        group.each(Stage::Rules, scratch, |at, document, scratch| {
            self.finder.look_up(document, &mut drafts[at], &mut scratch.entities);
            Ok(())
        });
        group.each(Stage::Tagger, scratch, |at, document, scratch| {
            self.finder.decide(document, &mut drafts[at], &mut scratch.entities);
            Ok(())
        });
        group.each(Stage::Entities, scratch, |at, document, _| {
            self.finder.gather(document, &drafts[at]);
            Ok(())
        });
        group.each(Stage::Quotes, scratch, |at, document, scratch| {
            self.finder.quote(document, &drafts[at], &mut scratch.entities);
            Ok(())
        });
        // Kept, each would in time be as large as the longest document takes.
        drafts.retain(Draft::is_small);
    }

    /// The stages behind that.
    fn rank(&self, group: &mut Group<'_>, scratch: &mut Scratch) {
        group.each(Stage::Values, scratch, |_, document, scratch| {
            self.values.find(document, &mut scratch.values);
            document.values.retain(|value| value.score >= self.config.min_score);
            Ok(())
        });
        group.each(Stage::Keywords, scratch, |_, document, scratch| {
            self.ranker.rank(document, &mut scratch.keywords, self.config.keywords);
            Ok(())
        });
    }

    /// Runs every stage over a batch, in parallel; the result has the order of the input.
    ///
    /// A document that is refused, or on which a stage panics, is a [`Failure`] of its own and ends
    /// nothing else.
    pub fn process_batch(&self, documents: Vec<Document>) -> Vec<Result<Document, Failure>> {
        self.workers.batch(documents, |outcomes, (scratch, drafts)| {
            let mut group = Group::new(outcomes, self.timings.as_ref());
            self.read(&mut group, scratch);
            self.name(&mut group, scratch, drafts);
            self.rank(&mut group, scratch);
        })
    }
}

// The rooms that both chains begin with, made from what is built in.

/// A reader of pages by the built-in rules, for who wants nothing but their text.
///
/// # Errors
/// [`Error::Artefact`] when the build is broken.
pub fn page_reader() -> Result<PageReader, Error> {
    PageReader::new(data::PAGES).map_err(broken("pages"))
}

fn arranger() -> Result<Arranger, Error> {
    Arranger::new(data::FURNITURE, data::OUTLETS, data::LAYOUT_WORDS)
        .and_then(|arranger| arranger.with_weights(data::FURNITURE_WEIGHTS))
        .map_err(broken("furniture"))
}

fn tokenizer() -> Result<Tokenizer, Error> {
    let (words, function_words) = (clusters()?, stopwords(Profile::Short)?);
    let tokenizer = Tokenizer::new(data::ABBREVIATIONS).map_err(broken("abbreviations"))?;
    Ok(tokenizer.with_words(move |word| words.has(word), move |word| function_words.is_stop(word)))
}

fn stopwords(profile: Profile) -> Result<Stopwords, Error> {
    Stopwords::new(profile, data::STOPWORDS_SHORT, data::STOPWORDS_LONG)
        .map_err(broken("stop words"))
}

fn stemmer() -> Result<Stemmer, Error> {
    Stemmer::from_bytes(data::ROOTS).map_err(broken("roots"))
}

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

mod config;
mod error;
mod fit;
pub mod record_batches;
mod timings;
mod words;
mod workbench;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use nukil_article::Arranger;
use nukil_data as data;
use nukil_entities::EntityFinder;
use nukil_entities::values::{self, ValueFinder};
use nukil_gazetteer::{Gazetteer, UserGazetteer};
use nukil_keywords::Ranker;
use nukil_language::Detector;
use nukil_stemmer::Stemmer;
use nukil_stopwords::Stopwords;
use nukil_tokenizer::Tokenizer;
use nukil_types::{Document, Skip};
use rayon::iter::{IntoParallelIterator, ParallelIterator};

use error::broken;
use fit::fit;
use timings::{Timings, Watch};

pub use config::Config;
pub use error::{Error, Failure, Refusal};
pub use nukil_article::{FurnitureLearner, Layout, PageError, PageReader, RecurringFurniture};
pub use nukil_entities::{Clue, ClueKind, Evidence, Join, Reading, ReadingScore};
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
    workers: Workers<Scratch>,
}

/// Buffers of a worker, reused from document to document.
#[derive(Default)]
pub struct Scratch {
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
        let mut ranker = Ranker::new(data::BACKGROUND, data::KEYWORD_WEIGHTS)
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
            finder: EntityFinder::with_tagger(gazetteer, tagger, config.min_score),
            values: ValueFinder::new(data::VALUE_WORDS, data::STOPWORDS_SHORT)
                .map_err(broken("words of values"))?,
            ranker,
            timings: config.timings.then(Timings::default),
            workers: Workers::new(config.jobs)?,
            tokenizer,
            config,
        })
    }

    /// Runs every stage over one document; one in a language that is not asked for is left after
    /// its language is known, and says so in [`Document::skipped`].
    ///
    /// # Errors
    /// [`Refusal`] when the document is a page that gives no text, or is beyond a limit.
    pub fn process(&self, document: &mut Document, scratch: &mut Scratch) -> Result<(), Refusal> {
        self.stages(document, scratch, |document, scratch, watch| {
            self.finder.find_in_steps(document, scratch, |step| watch.lap(step.into()));
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
        let mut scratch = <(Scratch, Vec<Evidence<'static>>)>::default();
        let document = guarded(document, &mut scratch, |document, (scratch, evidence)| {
            self.stages(document, scratch, |document, scratch, _| {
                *evidence = self.finder.explain(document, scratch);
            })
        })?;
        Ok((document, scratch.1))
    }

    /// Runs every stage, names and entities found by `find`.
    fn stages(
        &self,
        document: &mut Document,
        scratch: &mut Scratch,
        find: impl FnOnce(&mut Document, &mut nukil_entities::Scratch, &mut Watch<'_>),
    ) -> Result<(), Refusal> {
        let mut watch = Watch::start(self.timings.as_ref());
        self.pages.read_into(document, &self.config.limits.page)?;
        fit(document, &self.config.limits, &self.tokenizer)?;
        watch.lap(Stage::Page);
        self.arranger.arrange(document, self.config.layout);
        watch.lap(Stage::Layout);
        self.detector.identify(document);
        watch.lap(Stage::Language);
        if !self.config.takes(document.language.as_ref()) {
            document.skipped = Some(Skip::Language);
            return Ok(());
        }
        self.tokenizer.tokenize(document);
        watch.lap(Stage::Tokens);
        self.stopwords.mark(document);
        watch.lap(Stage::StopWords);
        self.stemmer.lemmatize(document, &mut scratch.stemmer);
        watch.lap(Stage::Lemmas);
        find(document, &mut scratch.entities, &mut watch);
        self.values.find(document, &mut scratch.values);
        document.values.retain(|value| value.score >= self.config.min_score);
        watch.lap(Stage::Values);
        self.ranker.rank(document, &mut scratch.keywords, self.config.keywords);
        watch.lap(Stage::Keywords);
        Ok(())
    }

    /// Runs every stage over a batch, in parallel; the result has the order of the input.
    ///
    /// A document on which a stage panics is a [`Failure`] of its own and ends nothing else.
    pub fn process_batch(&self, documents: Vec<Document>) -> Vec<Result<Document, Failure>> {
        self.workers.batch(documents, |document, scratch| self.process(document, scratch))
    }
}

/// Threads, and what they keep from batch to batch.
struct Workers<S> {
    pool: rayon::ThreadPool,
    /// Scratches that nobody uses now, at most one a thread. What the stages remember in them of
    /// earlier documents (words, their features) is worth far more than the memory they take.
    idle: Mutex<Vec<S>>,
}

impl<S: Default + Send> Workers<S> {
    fn new(jobs: usize) -> Result<Self, rayon::ThreadPoolBuildError> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).build()?;
        Ok(Workers { pool, idle: Mutex::default() })
    }

    /// Runs `process` over a batch, each thread with a scratch of its own.
    fn batch(
        &self,
        documents: Vec<Document>,
        process: impl Fn(&mut Document, &mut S) -> Result<(), Refusal> + Sync,
    ) -> Vec<Result<Document, Failure>> {
        let each =
            |lent: &mut Lent<'_, S>, document| guarded(document, &mut lent.scratch, &process);
        let documents = documents.into_par_iter();
        self.pool.install(|| documents.map_init(|| Lent::from(&self.idle), each).collect())
    }
}

/// A scratch that goes back to those that are idle when its part of a batch is done.
struct Lent<'w, S: Default> {
    scratch: S,
    idle: &'w Mutex<Vec<S>>,
}

impl<'w, S: Default> From<&'w Mutex<Vec<S>>> for Lent<'w, S> {
    fn from(idle: &'w Mutex<Vec<S>>) -> Self {
        // Nothing can panic while the lock is held; a poisoned one would be whole all the same.
        let scratch = idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        Lent { scratch: scratch.unwrap_or_default(), idle }
    }
}

impl<S: Default> Drop for Lent<'_, S> {
    fn drop(&mut self) {
        let scratch = std::mem::take(&mut self.scratch);
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(scratch);
    }
}

fn guarded<S: Default>(
    mut document: Document,
    scratch: &mut S,
    process: impl Fn(&mut Document, &mut S) -> Result<(), Refusal>,
) -> Result<Document, Failure> {
    let (stage, reason) = match catch_unwind(AssertUnwindSafe(|| process(&mut document, scratch))) {
        Ok(Ok(())) => return Ok(document),
        Ok(Err(refusal)) => (refusal.stage(), refusal.to_string()),
        Err(panic) => {
            // The buffers of a stage that panicked are thrown away with whatever state they had.
            *scratch = S::default();
            let said = panic.downcast_ref::<String>().map(String::as_str);
            let said = said.or_else(|| panic.downcast_ref::<&str>().copied());
            ("process", format!("internal error: {}", said.unwrap_or("unknown")))
        }
    };
    Err(Failure {
        id: std::mem::take(&mut document.id),
        source: std::mem::take(&mut document.source),
        stage,
        reason,
    })
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
    Arranger::new(data::FURNITURE, data::OUTLETS, data::LAYOUT_WORDS).map_err(broken("furniture"))
}

fn tokenizer() -> Result<Tokenizer, Error> {
    Tokenizer::new(data::ABBREVIATIONS).map_err(broken("abbreviations"))
}

fn stopwords(profile: Profile) -> Result<Stopwords, Error> {
    Stopwords::new(profile, data::STOPWORDS_SHORT, data::STOPWORDS_LONG)
        .map_err(broken("stop words"))
}

fn stemmer() -> Result<Stemmer, Error> {
    Stemmer::from_bytes(data::ROOTS).map_err(broken("roots"))
}

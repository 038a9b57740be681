//! The front of the chain alone: tokens, sentences, stop words, lemmas and clitics, without names
//! and keywords, and without the time and memory that these take.

use nukil_article::{Arranger, Layout, PageReader, RecurringFurniture};
use nukil_stemmer::{LemmaProfile, Options, Stemmer};
use nukil_stopwords::{Profile, Stopwords};
use nukil_tokenizer::Tokenizer;
use nukil_types::{Document, Limits};

use crate::fit::fit;
use crate::group::Group;
use crate::timings::Stage;
use crate::workers::Workers;
use crate::{Error, Failure, arranger, page_reader, stemmer, stopwords, tokenizer};

/// What a [`WordPipeline`] does.
#[derive(Clone, Debug)]
pub struct WordConfig {
    /// Whether to separate prose from page furniture.
    pub layout: Layout,
    /// How much a document may ask for; those on files and queues are for others to keep.
    pub limits: Limits,
    /// Lines that recur in the collection, to be taken as furniture.
    pub furniture: RecurringFurniture,
    /// Which words count as function words.
    pub stopwords: Profile,
    /// What the lemmas are to be.
    pub profile: LemmaProfile,
    /// Whether a word in another spelling has the lemma of the standard one.
    pub standard_spelling: bool,
    /// Threads; 0 takes one a core.
    pub jobs: usize,
}

impl Default for WordConfig {
    fn default() -> Self {
        WordConfig {
            layout: Layout::Plain,
            limits: Limits::default(),
            furniture: RecurringFurniture::default(),
            stopwords: Profile::Short,
            profile: LemmaProfile::Lemma,
            standard_spelling: false,
            jobs: 0,
        }
    }
}

/// The chain up to the lemmas, ready to run.
///
/// ```
/// use nukil_pipeline::{WordConfig, WordPipeline};
/// use nukil_types::Document;
///
/// let pipeline = WordPipeline::new(WordConfig::default()).unwrap();
/// let mut documents = pipeline.process_batch(vec![Document::new("1", "-", "Harganya naik.")]);
/// let document = documents.remove(0).unwrap();
/// assert_eq!(document.lemma(&document.tokens[0]), "harga");
/// assert_eq!(document.slice(document.clitics[0].span), "nya");
/// ```
pub struct WordPipeline {
    layout: Layout,
    limits: Limits,
    pages: PageReader,
    arranger: Arranger,
    tokenizer: Tokenizer,
    stopwords: Stopwords,
    stemmer: Stemmer,
    workers: Workers<nukil_stemmer::Scratch>,
}

impl WordPipeline {
    /// Builds the chain.
    ///
    /// # Errors
    /// [`Error`] when the threads cannot be started.
    pub fn new(config: WordConfig) -> Result<Self, Error> {
        let options = Options {
            profile: config.profile,
            standard_spelling: config.standard_spelling,
            clitics: true,
        };
        Ok(WordPipeline {
            layout: config.layout,
            limits: config.limits,
            pages: page_reader()?,
            arranger: arranger()?.with_recurring(config.furniture),
            tokenizer: tokenizer()?,
            stopwords: stopwords(config.stopwords)?,
            stemmer: stemmer()?.with_options(options),
            workers: Workers::new(config.jobs)?,
        })
    }

    /// Runs every stage over a batch, in parallel; the result has the order of the input.
    ///
    /// A document on which a stage panics is a [`Failure`] of its own and ends nothing else.
    pub fn process_batch(&self, documents: Vec<Document>) -> Vec<Result<Document, Failure>> {
        self.workers.batch(documents, |outcomes, scratch| {
            let mut group = Group::new(outcomes, None);
            group.each(Stage::Page, scratch, |_, document, _| {
                self.pages.read_into(document, &self.limits.page)?;
                fit(document, &self.limits, &self.tokenizer)
            });
            group.each(Stage::Layout, scratch, |_, document, _| {
                self.arranger.arrange(document, self.layout);
                Ok(())
            });
            group.each(Stage::Tokens, scratch, |_, document, _| {
                self.tokenizer.tokenize(document);
                self.stopwords.mark(document);
                Ok(())
            });
            group.each(Stage::Lemmas, scratch, |_, document, scratch| {
                self.stemmer.lemmatize(document, scratch);
                Ok(())
            });
        })
    }
}

use nukil_article::{Layout, RecurringFurniture};
use nukil_keywords::Method;
use nukil_keywords::background::Background;
use nukil_stopwords::Profile;
use nukil_types::{Language, Limits};

/// What a [`crate::Pipeline`] does. The default reads articles with the short stop-word profile,
/// ten keywords a document, on all cores.
#[derive(Clone, Debug)]
pub struct Config {
    /// Whether to separate prose from page furniture.
    pub layout: Layout,
    /// How much a document may ask for; those on files and queues are for others to keep.
    pub limits: Limits,
    /// ISO 639 codes of the languages to look into; all where there are none.
    pub languages: Vec<String>,
    /// Lines that recur in the collection, to be taken as furniture.
    pub furniture: RecurringFurniture,
    /// The most keywords of a document.
    pub keywords: usize,
    /// How the evidence for a keyword is weighed.
    pub keyword_method: Method,
    /// A background to use instead of the built-in one.
    pub background: Option<Background>,
    /// The background of the corpus that all documents are from: what many of them hold then makes
    /// no keyword.
    pub corpus: Option<Background>,
    /// Which words count as function words.
    pub stopwords: Profile,
    /// Stop words to add to the profile.
    pub stopwords_added: Vec<String>,
    /// Words to take out of the profile.
    pub stopwords_removed: Vec<String>,
    /// Texts of users' gazetteers, each with a name for messages; a name that ends in `.jsonl`
    /// holds spaCy's patterns, any other CSV.
    pub gazetteers: Vec<(String, String)>,
    /// A model of the user's own to label names with, with a name for messages; the built-in one
    /// where there is none.
    pub model: Option<(String, Vec<u8>)>,
    /// Least score of a mention; others are left out.
    pub min_score: f64,
    /// Whether to measure how long each stage takes ([`crate::Pipeline::timings`]).
    pub timings: bool,
    /// Threads; 0 takes one a core.
    pub jobs: usize,
}

impl Config {
    /// Whether documents in `language` are looked into.
    pub(crate) fn takes(&self, language: Option<&Language>) -> bool {
        let asked = |language: &Language| self.languages.contains(&language.code);
        self.languages.is_empty() || language.is_some_and(asked)
    }
}

impl Default for Config {
    fn default() -> Self {
        Config {
            layout: Layout::Article,
            limits: Limits::default(),
            languages: Vec::new(),
            furniture: RecurringFurniture::default(),
            keywords: 10,
            keyword_method: Method::Learned,
            background: None,
            corpus: None,
            stopwords: Profile::Short,
            stopwords_added: Vec::new(),
            stopwords_removed: Vec::new(),
            gazetteers: Vec::new(),
            model: None,
            min_score: 0.0,
            timings: false,
            jobs: 0,
        }
    }
}

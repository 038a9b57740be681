use nukil_article::{Layout, PageLimits};
use nukil_stopwords::Profile;

/// What a [`crate::Pipeline`] does. The default reads articles with the short stop-word profile,
/// ten keywords a document, on all cores.
#[derive(Clone, Debug)]
pub struct Config {
    /// Whether to separate prose from page furniture.
    pub layout: Layout,
    /// How much a page may ask for.
    pub page_limits: PageLimits,
    /// The most keywords of a document.
    pub keywords: usize,
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
    /// Threads; 0 takes one a core.
    pub jobs: usize,
}

impl Default for Config {
    fn default() -> Self {
        Config {
            layout: Layout::Article,
            page_limits: PageLimits::default(),
            keywords: 10,
            stopwords: Profile::Short,
            stopwords_added: Vec::new(),
            stopwords_removed: Vec::new(),
            gazetteers: Vec::new(),
            model: None,
            min_score: 0.0,
            jobs: 0,
        }
    }
}

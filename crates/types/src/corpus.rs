/// A keyword of a collection of documents: how many have it, and when.
///
/// Days are ISO 8601 dates (`2022-09-20`); only documents with a date of publication count for them.
#[derive(Clone, Debug, PartialEq)]
pub struct CorpusKeyword {
    /// The phrase as the documents write it most often.
    pub text: String,
    /// Its lemma ([`Keyword::lemma`](crate::Keyword::lemma)) in most of the documents.
    pub lemma: String,
    /// Whether it is the name of an entity in most of the documents.
    pub is_entity: bool,
    /// Documents of which it is a keyword.
    pub documents: usize,
    /// Its occurrences in them.
    pub total: usize,
    /// First day of a document with it.
    pub first_date: Option<String>,
    /// Last day of a document with it.
    pub last_date: Option<String>,
    /// The time in which it stood out most.
    pub burst: Option<Burst>,
}

/// A stretch of days or weeks in which a keyword came up far more often than over all.
#[derive(Clone, Debug, PartialEq)]
pub struct Burst {
    /// First day.
    pub start: String,
    /// Last day.
    pub end: String,
    /// How much better the burst explains the counts than the average does, in nats.
    pub weight: f64,
}

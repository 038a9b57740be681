//! Arrow record batches: articles in, the tables out.
//!
//! This is how the chain runs inside an engine that has the articles in columns already (Spark,
//! Ray, DataFusion, Polars): [`Pipeline::process_record_batch`] takes a batch of them and gives a
//! batch of every table. Who has documents makes the tables of them with a [`TablesBuilder`], as
//! the writer of Parquet does, table by table ([`TableBuilder`]).
//!
//! The tables have the columns of [`nukil_types::rows::columns`], typed: identifiers, labels and
//! whatever else comes again and again as dictionaries of UTF-8, other texts as UTF-8, `aliases`,
//! `roles` and `languages` as lists of it, counts and offsets as signed 64-bit integers, scores
//! and degrees as 64-bit floats, rounded as in CSV. A cell is null where that of CSV is empty.
//! Dates and times stay texts: `published` of ISO 8601 may be a day, a value of `mentions` a month.
//!
//! ```
//! use std::sync::Arc;
//!
//! use arrow_array::cast::AsArray;
//! use arrow_array::{RecordBatch, StringArray};
//! use nukil_pipeline::record_batches::BatchOptions;
//! use nukil_pipeline::{Config, Pipeline};
//!
//! let berita = RecordBatch::try_from_iter([
//!     ("id", Arc::new(StringArray::from(vec!["a7", "a8"])) as _),
//!     ("isi", Arc::new(StringArray::from(vec![
//!         Some("Presiden Joko Widodo bertolak ke Surabaya, Selasa (14/3/2023)."),
//!         None,
//!     ])) as _),
//!     ("rubrik", Arc::new(StringArray::from(vec!["nasional", "daerah"])) as _),
//! ])?;
//!
//! let pipeline = Pipeline::new(Config::default())?;
//! let mut options = BatchOptions::default();
//! options.fields.text = "isi".to_string();
//! let tables = pipeline.process_record_batch(&berita, &options)?;
//!
//! let names = tables.entities.column_by_name("name").unwrap().as_string::<i32>();
//! assert_eq!(names.iter().flatten().collect::<Vec<_>>(), ["Joko Widodo", "Surabaya"]);
//! assert_eq!(tables.documents.num_rows(), 1);
//! assert!(tables.documents.column_by_name("rubrik").is_some());
//! let reasons = tables.failures.column_by_name("reason").unwrap().as_string::<i32>();
//! assert_eq!(reasons.value(0), "row 2: no text in column \"isi\"");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod articles;
mod columns;
mod tables;

use arrow_array::RecordBatch;
use arrow_schema::{ArrowError, DataType};
use nukil_types::{Document, Fields, OffsetTable, OffsetUnit};

use crate::{Failure, Pipeline};

pub use articles::{Article, ArticleColumns};
pub use tables::{
    BatchBuilder, DocumentsBuilder, EntitiesBuilder, FailuresBuilder, KeywordOccurrencesBuilder,
    KeywordsBuilder, MentionsBuilder, QuotesBuilder, TableBuilder, TokensBuilder,
};

/// Most bytes that a batch of articles may take. The texts of a column lie in one piece that
/// Arrow addresses with 31 bits; half of that leaves room for what the tables add.
const MAX_BYTES: usize = 1 << 30;

/// How a batch of articles is read, and what is made of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchOptions {
    /// Which columns are what; the others pass through to `documents`.
    pub fields: Fields,
    /// What stands in the column `source`.
    pub source: String,
    /// Number of the first row. A row without an identifier is called by its number.
    pub first_row: u64,
    /// Whether to make the table `tokens`.
    pub tokens: bool,
    /// What offsets count.
    pub unit: OffsetUnit,
}

impl Default for BatchOptions {
    fn default() -> Self {
        BatchOptions {
            fields: Fields::default(),
            source: "-".to_string(),
            first_row: 1,
            tokens: false,
            unit: OffsetUnit::default(),
        }
    }
}

/// A batch of articles out of which nothing can be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BatchError {
    /// No column has the name of the column with the texts.
    #[error("no column {name:?} for the text; the columns are {}", columns.join(", "))]
    NoText {
        /// The name.
        name: String,
        /// Names of the columns that are there.
        columns: Vec<String>,
    },
    /// The column with the texts is of another type.
    #[error("column {name:?} holds {data_type}, no text")]
    NotText {
        /// Name of the column.
        name: String,
        /// Its type.
        data_type: DataType,
    },
    /// The batch is too large to make batches of.
    #[error("a batch of {0} bytes; the most is {MAX_BYTES}")]
    TooLarge(usize),
    /// A column cannot be read as text.
    #[error("{0}")]
    Arrow(#[from] ArrowError),
}

/// A batch of every table.
#[derive(Clone, Debug, PartialEq)]
pub struct Tables {
    /// A row a document; the pass-through columns follow.
    pub documents: RecordBatch,
    /// A row an occurrence of a name or of a value.
    pub mentions: RecordBatch,
    /// A row a distinct entity of a document.
    pub entities: RecordBatch,
    /// A row a keyword of a document.
    pub keywords: RecordBatch,
    /// A row an occurrence of a keyword.
    pub keyword_occurrences: RecordBatch,
    /// A row a quotation.
    pub quotes: RecordBatch,
    /// A row a token, where tokens are asked for.
    pub tokens: Option<RecordBatch>,
    /// A row a document that could not be processed.
    pub failures: RecordBatch,
}

/// Makes the tables of processed documents.
///
/// ```
/// use nukil_pipeline::record_batches::TablesBuilder;
/// use nukil_types::{Document, OffsetUnit};
///
/// let mut tables = TablesBuilder::new(OffsetUnit::CodePoint, false);
/// tables.append(&Document::new("a1", "-", "Gempa mengguncang Cianjur."));
/// assert_eq!(tables.finish().documents.num_rows(), 1);
/// ```
pub struct TablesBuilder {
    unit: OffsetUnit,
    documents: DocumentsBuilder,
    mentions: MentionsBuilder,
    entities: EntitiesBuilder,
    keywords: KeywordsBuilder,
    keyword_occurrences: KeywordOccurrencesBuilder,
    quotes: QuotesBuilder,
    tokens: Option<TokensBuilder>,
    failures: FailuresBuilder,
}

impl TablesBuilder {
    /// Empty tables with offsets in `unit`, and with tokens where `tokens` says so.
    pub fn new(unit: OffsetUnit, tokens: bool) -> Self {
        TablesBuilder {
            unit,
            documents: DocumentsBuilder::default(),
            mentions: MentionsBuilder::default(),
            entities: EntitiesBuilder::default(),
            keywords: KeywordsBuilder::default(),
            keyword_occurrences: KeywordOccurrencesBuilder::default(),
            quotes: QuotesBuilder::default(),
            tokens: tokens.then(TokensBuilder::default),
            failures: FailuresBuilder::default(),
        }
    }

    /// Adds the rows of a document to every table.
    pub fn append(&mut self, document: &Document) {
        let offsets = OffsetTable::new(&document.text, self.unit);
        let tables: [&mut dyn TableBuilder; 6] = [
            &mut self.documents,
            &mut self.mentions,
            &mut self.entities,
            &mut self.keywords,
            &mut self.keyword_occurrences,
            &mut self.quotes,
        ];
        for table in tables {
            table.append(document, &offsets);
        }
        if let Some(tokens) = &mut self.tokens {
            tokens.append(document, &offsets);
        }
    }

    /// Adds a row to the table `failures`.
    pub fn fail(&mut self, failure: &Failure) {
        let Failure { id, source, stage, reason } = failure;
        let id = Some(id.as_str()).filter(|id| !id.is_empty());
        self.failures.append(source, id, stage, reason);
    }

    /// The tables; the next ones begin empty.
    pub fn finish(&mut self) -> Tables {
        Tables {
            documents: self.documents.finish(),
            mentions: self.mentions.finish(),
            entities: self.entities.finish(),
            keywords: self.keywords.finish(),
            keyword_occurrences: self.keyword_occurrences.finish(),
            quotes: self.quotes.finish(),
            tokens: self.tokens.as_mut().map(BatchBuilder::finish),
            failures: self.failures.finish(),
        }
    }
}

impl Pipeline {
    /// Runs every stage over a batch of articles, in parallel, and makes the tables of it, in the
    /// order of the rows. An article that cannot be processed is a row of `failures`.
    ///
    /// The columns `id`, `title`, `text` and `date`, or those that `options` name, are what they
    /// say; of them only the text must be there. All others pass through to `documents` as texts.
    ///
    /// # Errors
    /// When the batch has no column of texts, has a column that cannot be written as text, or
    /// takes more than 1 GiB.
    pub fn process_record_batch(
        &self,
        batch: &RecordBatch,
        options: &BatchOptions,
    ) -> Result<Tables, BatchError> {
        let bytes = batch.get_array_memory_size();
        if bytes > MAX_BYTES {
            return Err(BatchError::TooLarge(bytes));
        }
        let columns = ArticleColumns::new(&batch.schema(), &options.fields)?;
        let articles = columns.articles(batch)?;
        let mut documents = Vec::with_capacity(articles.len());
        // Articles without a text, each with the number of documents before it.
        let mut without = Vec::new();
        for (number, article) in (options.first_row..).zip(articles) {
            match document(article, number, options) {
                Ok(document) => documents.push(document),
                Err(failure) => without.push((documents.len(), failure)),
            }
        }
        let mut tables = TablesBuilder::new(options.unit, options.tokens);
        let mut without = without.into_iter().peekable();
        for (at, processed) in self.process_batch(documents).into_iter().enumerate() {
            while let Some((_, failure)) = without.next_if(|(before, _)| *before == at) {
                tables.fail(&failure);
            }
            match processed {
                Ok(document) => tables.append(&document),
                Err(failure) => tables.fail(&failure),
            }
        }
        without.for_each(|(_, failure)| tables.fail(&failure));
        Ok(tables.finish())
    }
}

/// The document of a row, which has this number.
fn document(article: Article, number: u64, options: &BatchOptions) -> Result<Document, Failure> {
    let Article { id, title, text, date, extra } = article;
    let source = options.source.clone();
    match text {
        Some(text) => {
            let id = id.unwrap_or_else(|| number.to_string());
            Ok(Document { id, source, text, title, published: date, extra, ..Document::default() })
        }
        None => Err(Failure {
            id: id.unwrap_or_default(),
            source,
            stage: "read",
            reason: format!("row {number}: no text in column {:?}", options.fields.text),
        }),
    }
}

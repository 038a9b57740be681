//! The Parquet tables of a document: the record batches that `pipeline` makes, in files.

mod file;
pub(crate) mod join;
pub(crate) mod partitions;

use std::path::Path;

use nukil_pipeline::record_batches::{
    DocumentsBuilder, EntitiesBuilder, FailuresBuilder, KeywordOccurrencesBuilder, KeywordsBuilder,
    MentionsBuilder, QuotesBuilder, TableBuilder, TokensBuilder,
};
use nukil_types::{Document, OffsetTable};

use self::file::TableFile;
use super::WriteError;
use super::staged::CompleteFile;
use crate::Failure;

/// The tables that are written in Parquet for every document, and that of failures.
pub(crate) struct ParquetTables {
    documents: TableFile<DocumentsBuilder>,
    mentions: TableFile<MentionsBuilder>,
    entities: TableFile<EntitiesBuilder>,
    keywords: TableFile<KeywordsBuilder>,
    keyword_occurrences: TableFile<KeywordOccurrencesBuilder>,
    quotes: TableFile<QuotesBuilder>,
    tokens: Option<TableFile<TokensBuilder>>,
    failures: TableFile<FailuresBuilder>,
}

impl ParquetTables {
    /// Opens the files in `folder`, that of tokens where `tokens` says so.
    pub fn create(folder: &Path, tokens: bool) -> Result<Self, WriteError> {
        Ok(ParquetTables {
            documents: TableFile::create(folder, "documents.parquet")?,
            mentions: TableFile::create(folder, "mentions.parquet")?,
            entities: TableFile::create(folder, "entities.parquet")?,
            keywords: TableFile::create(folder, "keywords.parquet")?,
            keyword_occurrences: TableFile::create(folder, "keyword_occurrences.parquet")?,
            quotes: TableFile::create(folder, "quotes.parquet")?,
            tokens: tokens.then(|| TableFile::create(folder, "tokens.parquet")).transpose()?,
            failures: TableFile::create(folder, "failures.parquet")?,
        })
    }

    /// Writes the rows of one document.
    pub fn write(
        &mut self,
        document: &Document,
        offsets: &OffsetTable<'_>,
    ) -> Result<(), WriteError> {
        write(&mut self.documents, document, offsets)?;
        write(&mut self.mentions, document, offsets)?;
        write(&mut self.entities, document, offsets)?;
        write(&mut self.keywords, document, offsets)?;
        write(&mut self.keyword_occurrences, document, offsets)?;
        write(&mut self.quotes, document, offsets)?;
        match &mut self.tokens {
            Some(table) => write(table, document, offsets),
            None => Ok(()),
        }
    }

    /// Writes a row of `failures`.
    pub fn fail(&mut self, failure: &Failure) -> Result<(), WriteError> {
        let Failure { source, doc_id, stage, reason } = failure;
        self.failures.add(|rows| rows.append(source, doc_id.as_deref(), stage, reason))
    }

    /// The tables of documents and their rows so far, in the order of [`ParquetTables::complete`].
    pub fn rows(&self) -> Vec<(&Path, u64)> {
        let mut rows = vec![
            self.documents.rows(),
            self.mentions.rows(),
            self.entities.rows(),
            self.keywords.rows(),
            self.keyword_occurrences.rows(),
            self.quotes.rows(),
        ];
        rows.extend(self.tokens.as_ref().map(TableFile::rows));
        rows
    }

    /// Completes all tables, that of failures last, still under their temporary names.
    pub fn complete(self) -> Result<Vec<CompleteFile>, WriteError> {
        let mut files = vec![
            self.documents.complete()?,
            self.mentions.complete()?,
            self.entities.complete()?,
            self.keywords.complete()?,
            self.keyword_occurrences.complete()?,
            self.quotes.complete()?,
        ];
        if let Some(table) = self.tokens {
            files.push(table.complete()?);
        }
        files.push(self.failures.complete()?);
        Ok(files)
    }
}

fn write<B: TableBuilder + Default>(
    table: &mut TableFile<B>,
    document: &Document,
    offsets: &OffsetTable<'_>,
) -> Result<(), WriteError> {
    table.add(|rows| rows.append(document, offsets))
}

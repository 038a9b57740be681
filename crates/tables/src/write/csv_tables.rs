//! The CSV tables of a document.

use std::path::{Path, PathBuf};

use nukil_types::rows::{Numbered, SCORE, WEIGHT, language, languages, occurrences};
use nukil_types::{CorpusKeyword, DateSource, Document, ExtraColumns, OffsetTable, Skip, Span};

use super::WriteError;
use super::columns;
use super::csv_table::Table;
use super::staged::CompleteFile;
use crate::Failure;

/// The tables that are written in CSV for every document.
pub(crate) struct CsvTables {
    documents: DocumentsTable,
    mentions: Table,
    entities: Table,
    keywords: KeywordTables,
    quotes: Table,
    tokens: Option<Table>,
}

impl CsvTables {
    pub fn create(folder: &Path, tokens: bool) -> Result<Self, WriteError> {
        let table = |name, columns: &[&str]| Table::create(folder, name, columns);
        Ok(CsvTables {
            documents: DocumentsTable::create(folder)?,
            mentions: table("mentions.csv", &columns::MENTIONS)?,
            entities: table("entities.csv", &columns::ENTITIES)?,
            keywords: KeywordTables::create(folder)?,
            quotes: table("quotes.csv", &columns::QUOTES)?,
            tokens: tokens.then(|| table("tokens.csv", &columns::TOKENS)).transpose()?,
        })
    }

    /// Writes the rows of one document.
    pub fn write(
        &mut self,
        document: &Document,
        offsets: &OffsetTable<'_>,
    ) -> Result<(), WriteError> {
        self.documents.write(document)?;
        mentions(&mut self.mentions, document, offsets)?;
        entities(&mut self.entities, document, offsets)?;
        self.keywords.write(document, offsets)?;
        quotes(&mut self.quotes, document, offsets)?;
        if let Some(table) = &mut self.tokens {
            tokens(table, document, offsets)?;
        }
        Ok(())
    }

    /// All tables and their rows so far, in the order of [`CsvTables::complete`].
    pub fn rows(&self) -> Vec<(&Path, u64)> {
        let mut tables = vec![
            &self.documents.table,
            &self.mentions,
            &self.entities,
            &self.keywords.keywords,
            &self.keywords.occurrences,
            &self.quotes,
        ];
        tables.extend(&self.tokens);
        tables.into_iter().map(|table| (table.path(), table.rows())).collect()
    }

    /// Completes all tables, still under their temporary names.
    pub fn complete(self) -> Result<Vec<CompleteFile>, WriteError> {
        let mut files =
            vec![self.documents.complete()?, self.mentions.complete()?, self.entities.complete()?];
        files.extend(self.keywords.complete()?);
        files.push(self.quotes.complete()?);
        if let Some(table) = self.tokens {
            files.push(table.complete()?);
        }
        Ok(files)
    }
}

fn mentions(
    table: &mut Table,
    document: &Document,
    offsets: &OffsetTable<'_>,
) -> Result<(), WriteError> {
    for (at, mention) in occurrences(document).enumerate() {
        let [start, end] = offsets.span(mention.span());
        let (value, unit) = mention.value_and_unit();
        table.text(&document.id);
        table.numbered(Numbered::mention(at));
        table.numbered_or_empty(mention.entity().map(Numbered::entity));
        table.text(mention.label());
        table.optional(mention.place_use());
        table.text(document.slice(mention.span()));
        table.number(start);
        table.number(end);
        table.number(mention.sentence());
        table.decimal(mention.score(), SCORE);
        table.text(mention.found_by());
        table.optional(value);
        table.optional(unit);
        table.end_row()?;
    }
    Ok(())
}

fn entities(
    table: &mut Table,
    document: &Document,
    offsets: &OffsetTable<'_>,
) -> Result<(), WriteError> {
    for (at, entity) in document.entities.iter().enumerate() {
        table.text(&document.id);
        table.numbered(Numbered::entity(at));
        table.text(entity.label.as_str());
        table.optional(entity.kind);
        table.text(&entity.name);
        table.joined(&entity.aliases);
        table.joined(&entity.roles);
        table.optional(entity.gazetteer_id.as_deref());
        table.optional(entity.country.as_deref());
        table.optional(entity.province.as_deref());
        table.optional(entity.regency.as_deref());
        table.degrees(entity.latitude);
        table.degrees(entity.longitude);
        table.number(entity.mentions);
        table.number(offsets.convert(entity.first_start));
        table.decimal(entity.salience, SCORE);
        table.end_row()?;
    }
    Ok(())
}

/// The tables of the keywords of documents: the keywords, and where they occur.
pub(crate) struct KeywordTables {
    keywords: Table,
    occurrences: Table,
}

impl KeywordTables {
    pub fn create(folder: &Path) -> Result<Self, WriteError> {
        let table = |name, columns: &[&str]| Table::create(folder, name, columns);
        Ok(KeywordTables {
            keywords: table("keywords.csv", &columns::KEYWORDS)?,
            occurrences: table("keyword_occurrences.csv", &columns::KEYWORD_OCCURRENCES)?,
        })
    }

    /// Writes the rows of one document.
    pub fn write(
        &mut self,
        document: &Document,
        offsets: &OffsetTable<'_>,
    ) -> Result<(), WriteError> {
        for (at, keyword) in document.keywords.iter().enumerate() {
            let table = &mut self.keywords;
            table.text(&document.id);
            table.number(at + 1);
            table.text(&keyword.text);
            table.text(&keyword.lemma);
            table.decimal(keyword.score, SCORE);
            table.number(keyword.count);
            table.truth(keyword.is_entity);
            table.number(offsets.convert(keyword.first_start));
            table.end_row()?;
            let table = &mut self.occurrences;
            for &span in &keyword.occurrences {
                let [start, end] = offsets.span(span);
                table.text(&document.id);
                table.number(at + 1);
                table.number(start);
                table.number(end);
                table.end_row()?;
            }
        }
        Ok(())
    }

    /// Completes both tables, still under their temporary names.
    pub fn complete(self) -> Result<[CompleteFile; 2], WriteError> {
        Ok([self.keywords.complete()?, self.occurrences.complete()?])
    }
}

/// The table `corpus`.
pub(crate) struct CorpusTable(Table);

impl CorpusTable {
    pub fn create(folder: &Path) -> Result<Self, WriteError> {
        Table::create(folder, "corpus.csv", &columns::CORPUS).map(CorpusTable)
    }

    pub fn write(&mut self, keyword: &CorpusKeyword) -> Result<(), WriteError> {
        let table = &mut self.0;
        table.text(&keyword.text);
        table.text(&keyword.lemma);
        table.truth(keyword.is_entity);
        table.number(keyword.documents);
        table.number(keyword.total);
        table.optional(keyword.first_date.as_deref());
        table.optional(keyword.last_date.as_deref());
        match &keyword.burst {
            Some(burst) => {
                table.text(&burst.start);
                table.text(&burst.end);
                table.decimal(burst.weight, WEIGHT);
            }
            None => (0..3).for_each(|_| table.text("")),
        }
        table.end_row()
    }

    pub fn complete(self) -> Result<CompleteFile, WriteError> {
        self.0.complete()
    }
}

fn quotes(
    table: &mut Table,
    document: &Document,
    offsets: &OffsetTable<'_>,
) -> Result<(), WriteError> {
    let words = |span: Option<Span>| span.map(|span| document.slice(span));
    for (at, quote) in document.quotes.iter().enumerate() {
        let [start, end] = offsets.span(quote.span);
        table.text(&document.id);
        table.numbered(Numbered::quote(at));
        table.numbered_or_empty(quote.speaker.map(Numbered::entity));
        table.optional(words(quote.speaker_span));
        table.text(document.slice(quote.span));
        table.number(start);
        table.number(end);
        table.optional(words(quote.verb));
        table.optional(words(quote.via));
        table.text(quote.kind.as_str());
        table.end_row()?;
    }
    Ok(())
}

fn tokens(
    table: &mut Table,
    document: &Document,
    offsets: &OffsetTable<'_>,
) -> Result<(), WriteError> {
    for (number, sentence) in document.sentences.iter().enumerate() {
        for at in sentence.tokens.clone() {
            let token = &document.tokens[at];
            let [start, end] = offsets.span(token.span);
            table.text(&document.id);
            table.number(at);
            table.text(document.surface(token));
            table.number(start);
            table.number(end);
            table.text(document.lemma(token));
            table.truth(token.stop);
            table.number(number);
            table.end_row()?;
        }
    }
    Ok(())
}

/// The table `documents`, whose columns are known only when the last document has been seen.
///
/// The header row is written with the pass-through columns of the first document, which in most
/// collections are those of all. Columns that come up later are put behind them, in the order in
/// which they appear; rows written before are then too short, and the file is copied once at
/// the end, with the full header row and every row filled up. Neither rows nor cells are ever
/// collected in memory.
struct DocumentsTable {
    table: Table,
    folder: PathBuf,
    /// The pass-through columns so far.
    extra: ExtraColumns,
    /// Whether the header row has been written.
    begun: bool,
    /// Whether columns came up after it.
    grown: bool,
}

const DOCUMENTS_FILE: &str = "documents.csv";

impl DocumentsTable {
    fn create(folder: &Path) -> Result<Self, WriteError> {
        Ok(DocumentsTable {
            table: Table::bare(folder, DOCUMENTS_FILE)?,
            folder: folder.to_path_buf(),
            extra: ExtraColumns::default(),
            begun: false,
            grown: false,
        })
    }

    fn write(&mut self, document: &Document) -> Result<(), WriteError> {
        let before = self.extra.names().len();
        self.extra.add(document);
        self.grown |= self.begun && self.extra.names().len() > before;
        if !self.begun {
            self.begun = true;
            header(&mut self.table, self.extra.names())?;
        }

        let table = &mut self.table;
        let (language, confidence) = language(document);
        table.text(&document.id);
        table.text(&document.source);
        table.optional(document.title.as_deref());
        table.optional(document.published.as_deref());
        table.optional(document.dateline.outlet.as_deref());
        table.optional(document.dateline.place.as_deref());
        table.text(language);
        table.decimal(confidence, SCORE);
        table.number(document.text.chars().count());
        table.number(document.word_count());
        table.number(document.sentences.len());
        table.truth(document.truncated);
        table.joined(&languages(document));
        table.optional(document.skipped.map(Skip::as_str));
        table.number(document.replacement_characters());
        table.optional(document.published_at.as_deref());
        table.optional(document.published_from.map(DateSource::as_str));
        self.extra.cells(document).into_iter().for_each(|cell| table.optional(cell));
        table.end_row()
    }

    fn complete(mut self) -> Result<CompleteFile, WriteError> {
        if !self.begun {
            header(&mut self.table, self.extra.names())?;
        }
        if !self.grown {
            return self.table.complete();
        }
        let written = self.table.reopen()?;
        let mut whole = Table::bare(&self.folder, DOCUMENTS_FILE)?;
        header(&mut whole, self.extra.names())?;
        let width = columns::DOCUMENTS.len() + self.extra.names().len();
        let mut rows = csv::ReaderBuilder::new().flexible(true).from_reader(written);
        let mut row = csv::ByteRecord::new();
        let error = |error: csv::Error| WriteError::new(self.table.path(), error.into());
        while rows.read_byte_record(&mut row).map_err(error)? {
            row.iter().for_each(|cell| whole.bytes(cell));
            (row.len()..width).for_each(|_| whole.text(""));
            whole.end_row()?;
        }
        whole.complete()
    }
}

fn header(table: &mut Table, extra: &[String]) -> Result<(), WriteError> {
    table.header(columns::DOCUMENTS.into_iter().chain(extra.iter().map(String::as_str)))
}

/// The table `failures`.
pub(crate) struct FailuresTable(Table);

impl FailuresTable {
    pub fn create(folder: &Path) -> Result<Self, WriteError> {
        Table::create(folder, "failures.csv", &columns::FAILURES).map(FailuresTable)
    }

    pub fn write(&mut self, failure: &Failure) -> Result<(), WriteError> {
        self.0.text(&failure.source);
        self.0.optional(failure.doc_id.as_deref());
        self.0.text(&failure.stage);
        self.0.text(&failure.reason);
        self.0.end_row()
    }

    pub fn complete(self) -> Result<CompleteFile, WriteError> {
        self.0.complete()
    }
}

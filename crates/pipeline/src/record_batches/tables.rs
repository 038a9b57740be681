//! From processed documents to the rows of the tables.

use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::{Field, Schema};
use nukil_types::rows::{
    DEGREES, Numbered, SCORE, columns, language, languages, occurrences, round,
};
use nukil_types::{DateSource, Document, ExtraColumns, OffsetTable, Skip, Span};

use super::columns::{Coded, Column, Decimal, Flag, Number, Optional, Text, Texts};

/// Collects rows and makes record batches of them.
pub trait BatchBuilder {
    /// How many rows have been added since the last batch.
    fn rows(&self) -> usize;

    /// About how many bytes they take.
    fn bytes(&self) -> usize;

    /// The rows as a batch; the next one begins empty.
    fn finish(&mut self) -> RecordBatch;
}

/// Collects the rows that documents have in one table.
pub trait TableBuilder: BatchBuilder {
    /// Adds the rows of a document, with `offsets` in the unit that is asked for.
    fn append(&mut self, document: &Document, offsets: &OffsetTable<'_>);
}

/// A batch of columns that have grown in step.
fn batch<'n, 'c>(columns: impl Iterator<Item = (&'n str, &'c mut dyn Column)>) -> RecordBatch {
    let (fields, arrays): (Vec<Field>, Vec<_>) =
        columns.map(|(name, column)| (column.field(name), column.finish())).unzip();
    RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays)
        .expect("a row adds a cell to every column")
}

/// Defines the builder of a table by its columns, in the order of their names.
macro_rules! builder {
    ($(#[$about:meta])* $builder:ident: $names:path { $($column:ident: $kind:ty,)+ }) => {
        $(#[$about])*
        #[derive(Default)]
        pub struct $builder {
            rows: usize,
            $($column: $kind,)+
        }

        impl $builder {
            fn columns(&mut self) -> impl Iterator<Item = (&str, &mut dyn Column)> {
                $names.into_iter().zip([$(&mut self.$column as &mut dyn Column),+])
            }

            fn size(&self) -> usize {
                [$(self.$column.bytes()),+].into_iter().sum()
            }
        }
    };
}

/// Implements [`BatchBuilder`] for tables with columns that do not depend on the documents.
macro_rules! batches {
    ($($builder:ident),+) => {$(
        impl BatchBuilder for $builder {
            fn rows(&self) -> usize {
                self.rows
            }

            fn bytes(&self) -> usize {
                self.size()
            }

            fn finish(&mut self) -> RecordBatch {
                self.rows = 0;
                batch(self.columns())
            }
        }
    )+};
}

batches!(
    MentionsBuilder,
    EntitiesBuilder,
    KeywordsBuilder,
    KeywordOccurrencesBuilder,
    QuotesBuilder,
    TokensBuilder,
    FailuresBuilder
);

/// Implements [`TableBuilder`] by the method `add`, which fills all columns but `doc_id` and says
/// how many rows that made.
macro_rules! of_documents {
    ($($builder:ident),+) => {$(
        impl TableBuilder for $builder {
            fn append(&mut self, document: &Document, offsets: &OffsetTable<'_>) {
                let rows = self.add(document, offsets);
                self.doc_id.repeat(&document.id, rows);
                self.rows += rows;
            }
        }
    )+};
}

of_documents!(
    MentionsBuilder,
    EntitiesBuilder,
    KeywordsBuilder,
    KeywordOccurrencesBuilder,
    QuotesBuilder,
    TokensBuilder
);

builder! {
    /// The columns of `documents` that every document has.
    DocumentColumns: columns::DOCUMENTS {
        doc_id: Coded,
        source: Coded,
        title: Optional<Text>,
        published: Optional<Text>,
        outlet: Optional<Coded>,
        dateline_place: Optional<Coded>,
        language: Coded,
        language_confidence: Decimal,
        characters: Number,
        words: Number,
        sentences: Number,
        truncated: Flag,
        languages: Texts,
        skipped: Optional<Coded>,
        replacement_characters: Number,
        published_at: Optional<Text>,
        published_from: Optional<Coded>,
    }
}

/// Builds `documents`: a row a document.
///
/// The pass-through columns follow in the order in which they come up. A batch has all that have
/// come up by its end, with nulls in the rows before, so each batch has the columns of the one
/// before it, and perhaps more. An empty cell is null.
#[derive(Default)]
pub struct DocumentsBuilder {
    own: DocumentColumns,
    names: ExtraColumns,
    /// A column for each of the names.
    extra: Vec<Optional<Text>>,
}

impl TableBuilder for DocumentsBuilder {
    fn append(&mut self, document: &Document, _: &OffsetTable<'_>) {
        self.names.add(document);
        self.extra.resize_with(self.names.names().len(), || {
            let mut column = Optional(Text::default());
            column.0.push_nulls(self.own.rows);
            column
        });
        let own = &mut self.own;
        let (language, confidence) = language(document);
        own.doc_id.push(&document.id);
        own.source.push(&document.source);
        own.title.0.push_optional(document.title.as_deref());
        own.published.0.push_optional(document.published.as_deref());
        own.outlet.0.push_optional(document.dateline.outlet.as_deref());
        own.dateline_place.0.push_optional(document.dateline.place.as_deref());
        own.language.push(language);
        own.language_confidence.push(confidence);
        own.characters.push(document.text.chars().count());
        own.words.push(document.word_count());
        own.sentences.push(document.sentences.len());
        own.truncated.push(document.truncated);
        own.languages.push(&languages(document));
        own.skipped.0.push_optional(document.skipped.map(Skip::as_str));
        own.replacement_characters.push(document.replacement_characters());
        own.published_at.0.push_optional(document.published_at.as_deref());
        let published_from = document.published_from.map(DateSource::as_str);
        own.published_from.0.push_optional(published_from);
        own.rows += 1;
        for (column, cell) in self.extra.iter_mut().zip(self.names.cells(document)) {
            column.0.push_optional(cell.filter(|cell| !cell.is_empty()));
        }
    }
}

impl BatchBuilder for DocumentsBuilder {
    fn rows(&self) -> usize {
        self.own.rows
    }

    fn bytes(&self) -> usize {
        self.own.size() + self.extra.iter().map(Column::bytes).sum::<usize>()
    }

    fn finish(&mut self) -> RecordBatch {
        self.own.rows = 0;
        let extra = self.names.names().iter().zip(&mut self.extra);
        let extra = extra.map(|(name, column)| (name.as_str(), column as &mut dyn Column));
        batch(self.own.columns().chain(extra))
    }
}

builder! {
    /// Builds `mentions`: a row an occurrence of a name or of a value.
    MentionsBuilder: columns::MENTIONS {
        doc_id: Coded,
        mention_id: Coded,
        entity_id: Optional<Coded>,
        label: Coded,
        place_use: Optional<Coded>,
        text: Text,
        start: Number,
        end: Number,
        sentence: Number,
        score: Decimal,
        found_by: Coded,
        value: Optional<Text>,
        unit: Optional<Coded>,
    }
}

impl MentionsBuilder {
    fn add(&mut self, document: &Document, offsets: &OffsetTable<'_>) -> usize {
        let mut rows = 0;
        for mention in occurrences(document) {
            let [start, end] = offsets.span(mention.span());
            let (value, unit) = mention.value_and_unit();
            self.mention_id.show(Numbered::mention(rows));
            self.entity_id.0.show_optional(mention.entity().map(Numbered::entity));
            self.label.push(mention.label());
            self.place_use.0.push_optional(mention.place_use());
            self.text.push(document.slice(mention.span()));
            self.start.push(start);
            self.end.push(end);
            self.sentence.push(mention.sentence());
            self.score.push(round(mention.score(), SCORE));
            self.found_by.push(mention.found_by());
            self.value.0.push_optional(value);
            self.unit.0.push_optional(unit);
            rows += 1;
        }
        rows
    }
}

builder! {
    /// Builds `entities`: a row a distinct entity of a document.
    EntitiesBuilder: columns::ENTITIES {
        doc_id: Coded,
        entity_id: Coded,
        label: Coded,
        kind: Optional<Coded>,
        name: Text,
        aliases: Texts,
        roles: Texts,
        gazetteer_id: Optional<Coded>,
        country: Optional<Coded>,
        province: Optional<Coded>,
        regency: Optional<Coded>,
        latitude: Optional<Decimal>,
        longitude: Optional<Decimal>,
        mentions: Number,
        first_start: Number,
        salience: Decimal,
    }
}

impl EntitiesBuilder {
    fn add(&mut self, document: &Document, offsets: &OffsetTable<'_>) -> usize {
        for (at, entity) in document.entities.iter().enumerate() {
            let degrees = |degrees: Option<f64>| degrees.map(|degrees| round(degrees, DEGREES));
            self.entity_id.show(Numbered::entity(at));
            self.label.push(entity.label.as_str());
            self.kind.0.push_optional(entity.kind);
            self.name.push(&entity.name);
            self.aliases.push(&entity.aliases);
            self.roles.push(&entity.roles);
            self.gazetteer_id.0.push_optional(entity.gazetteer_id.as_deref());
            self.country.0.push_optional(entity.country.as_deref());
            self.province.0.push_optional(entity.province.as_deref());
            self.regency.0.push_optional(entity.regency.as_deref());
            self.latitude.0.push_optional(degrees(entity.latitude));
            self.longitude.0.push_optional(degrees(entity.longitude));
            self.mentions.push(entity.mentions);
            self.first_start.push(offsets.convert(entity.first_start));
            self.salience.push(round(entity.salience, SCORE));
        }
        document.entities.len()
    }
}

builder! {
    /// Builds `keywords`: a row a keyword of a document.
    KeywordsBuilder: columns::KEYWORDS {
        doc_id: Coded,
        rank: Number,
        keyword: Text,
        lemma: Text,
        score: Decimal,
        count: Number,
        is_entity: Flag,
        first_start: Number,
    }
}

impl KeywordsBuilder {
    fn add(&mut self, document: &Document, offsets: &OffsetTable<'_>) -> usize {
        for (at, keyword) in document.keywords.iter().enumerate() {
            self.rank.push(at + 1);
            self.keyword.push(&keyword.text);
            self.lemma.push(&keyword.lemma);
            self.score.push(round(keyword.score, SCORE));
            self.count.push(keyword.count);
            self.is_entity.push(keyword.is_entity);
            self.first_start.push(offsets.convert(keyword.first_start));
        }
        document.keywords.len()
    }
}

builder! {
    /// Builds `keyword_occurrences`: a row an occurrence of a keyword.
    KeywordOccurrencesBuilder: columns::KEYWORD_OCCURRENCES {
        doc_id: Coded,
        rank: Number,
        start: Number,
        end: Number,
    }
}

impl KeywordOccurrencesBuilder {
    fn add(&mut self, document: &Document, offsets: &OffsetTable<'_>) -> usize {
        let mut rows = 0;
        for (at, keyword) in document.keywords.iter().enumerate() {
            for &span in &keyword.occurrences {
                let [start, end] = offsets.span(span);
                self.rank.push(at + 1);
                self.start.push(start);
                self.end.push(end);
            }
            rows += keyword.occurrences.len();
        }
        rows
    }
}

builder! {
    /// Builds `quotes`: a row a quotation.
    QuotesBuilder: columns::QUOTES {
        doc_id: Coded,
        quote_id: Coded,
        speaker: Optional<Coded>,
        speaker_text: Optional<Text>,
        text: Text,
        start: Number,
        end: Number,
        verb: Optional<Coded>,
        via: Optional<Coded>,
        kind: Coded,
    }
}

impl QuotesBuilder {
    fn add(&mut self, document: &Document, offsets: &OffsetTable<'_>) -> usize {
        let words = |span: Option<Span>| span.map(|span| document.slice(span));
        for (at, quote) in document.quotes.iter().enumerate() {
            let [start, end] = offsets.span(quote.span);
            self.quote_id.show(Numbered::quote(at));
            self.speaker.0.show_optional(quote.speaker.map(Numbered::entity));
            self.speaker_text.0.push_optional(words(quote.speaker_span));
            self.text.push(document.slice(quote.span));
            self.start.push(start);
            self.end.push(end);
            self.verb.0.push_optional(words(quote.verb));
            self.via.0.push_optional(words(quote.via));
            self.kind.push(quote.kind.as_str());
        }
        document.quotes.len()
    }
}

builder! {
    /// Builds `tokens`: a row a token.
    TokensBuilder: columns::TOKENS {
        doc_id: Coded,
        token: Number,
        text: Text,
        start: Number,
        end: Number,
        lemma: Text,
        stop: Flag,
        sentence: Number,
    }
}

impl TokensBuilder {
    fn add(&mut self, document: &Document, offsets: &OffsetTable<'_>) -> usize {
        let mut rows = 0;
        for (number, sentence) in document.sentences.iter().enumerate() {
            for at in sentence.tokens.clone() {
                let token = &document.tokens[at];
                let [start, end] = offsets.span(token.span);
                self.token.push(at);
                self.text.push(document.surface(token));
                self.start.push(start);
                self.end.push(end);
                self.lemma.push(document.lemma(token));
                self.stop.push(token.stop);
                self.sentence.push(number);
            }
            rows += sentence.tokens.len();
        }
        rows
    }
}

builder! {
    /// Builds `failures`: a row a document that could not be read or processed.
    FailuresBuilder: columns::FAILURES {
        source: Coded,
        doc_id: Optional<Coded>,
        stage: Coded,
        reason: Text,
    }
}

impl FailuresBuilder {
    /// Adds the row of one failure.
    pub fn append(&mut self, source: &str, doc_id: Option<&str>, stage: &str, reason: &str) {
        self.source.push(source);
        self.doc_id.0.push_optional(doc_id);
        self.stage.push(stage);
        self.reason.push(reason);
        self.rows += 1;
    }
}

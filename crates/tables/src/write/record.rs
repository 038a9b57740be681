//! The JSON Lines record of a document.

use nukil_types::rows::{
    DEGREES, Numbered, Occurrence, SCORE, WEIGHT, language, occurrences, round,
};
use nukil_types::{
    Block, CorpusKeyword, Document, Entity, Keyword, Language, OffsetTable, Passage, Quote, Skip,
    Span, Token,
};
use serde::ser::{Serialize, SerializeMap, SerializeStruct, Serializer};

/// Number of the record's layout; raised when a field changes its meaning or goes.
pub const SCHEMA: u32 = 1;

/// One document as a JSON object, written straight from it.
pub(crate) struct Record<'d> {
    pub document: &'d Document,
    pub offsets: &'d OffsetTable<'d>,
    pub tokens: bool,
}

impl Serialize for Record<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Record { document, offsets, tokens } = *self;
        let span = |span: &Span| offsets.span(*span);
        let mut record = serializer.serialize_struct("Record", 27)?;
        record.serialize_field("schema", &SCHEMA)?;
        record.serialize_field("id", &document.id)?;
        record.serialize_field("source", &document.source)?;
        let (code, confidence) = language(document);
        record.serialize_field("language", &LanguageRecord { code, confidence })?;
        if !document.passages.is_empty() {
            let passages = || document.passages.iter().map(|passage| self.passage(passage));
            record.serialize_field("passages", &Each(passages))?;
        }
        record.serialize_field("title", &document.title)?;
        record.serialize_field("title_span", &document.title_span.as_ref().map(span))?;
        if document.extracted {
            record.serialize_field("text", &document.text)?;
            record.serialize_field("links", &Each(|| document.links.iter().map(span)))?;
        }
        record.serialize_field("published", &document.published)?;
        record.serialize_field("published_at", &document.published_at)?;
        record.serialize_field("dateline", &document.dateline)?;
        record.serialize_field("characters", &document.text.chars().count())?;
        record.serialize_field("words", &document.word_count())?;
        record.serialize_field("body", &Each(|| document.body.iter().map(span)))?;
        let blocks = || document.blocks.iter().map(|block| self.block(block));
        record.serialize_field("blocks", &Each(blocks))?;
        let sentences = || document.sentences.iter().map(|sentence| span(&sentence.span));
        record.serialize_field("sentences", &Each(sentences))?;
        if tokens {
            let tokens = || document.tokens.iter().map(|token| self.token(token));
            record.serialize_field("tokens", &Each(tokens))?;
        }
        let mentions = || occurrences(document).enumerate().map(|(at, m)| self.mention(at, &m));
        record.serialize_field("mentions", &Each(mentions))?;
        let entities = || document.entities.iter().enumerate().map(|(at, e)| self.entity(at, e));
        record.serialize_field("entities", &Each(entities))?;
        let keywords = || document.keywords.iter().enumerate().map(|(at, k)| self.keyword(at, k));
        record.serialize_field("keywords", &Each(keywords))?;
        let quotes = || document.quotes.iter().enumerate().map(|(at, q)| self.quote(at, q));
        record.serialize_field("quotes", &Each(quotes))?;
        record.serialize_field("truncated", &document.truncated)?;
        record.serialize_field("skipped", &document.skipped.map(Skip::as_str))?;
        let replaced = document.replacement_characters();
        record.serialize_field("replacement_characters", &replaced)?;
        record.serialize_field("extra", &Extra(&document.extra))?;
        record.end()
    }
}

impl<'d> Record<'d> {
    fn passage(&self, passage: &'d Passage) -> PassageRecord<'d> {
        let [start, end] = self.offsets.span(passage.span);
        PassageRecord { start, end, language: language_record(&passage.language) }
    }

    fn block(&self, block: &Block) -> BlockRecord {
        let [start, end] = self.offsets.span(block.span);
        BlockRecord { start, end, kind: block.kind.as_str() }
    }

    fn token(&self, token: &Token) -> TokenRecord<'d> {
        let [start, end] = self.offsets.span(token.span);
        TokenRecord {
            start,
            end,
            text: self.document.surface(token),
            lemma: self.document.lemma(token),
            stop: token.stop,
        }
    }

    fn mention(&self, at: usize, mention: &Occurrence<'d>) -> MentionRecord<'d> {
        let [start, end] = self.offsets.span(mention.span());
        let (value, unit) = mention.value_and_unit();
        MentionRecord {
            id: Numbered::mention(at),
            start,
            end,
            text: self.document.slice(mention.span()),
            label: mention.label(),
            entity: mention.entity().map(Numbered::entity),
            sentence: mention.sentence(),
            score: round(mention.score(), SCORE),
            found_by: mention.found_by(),
            value,
            unit,
        }
    }

    fn entity(&self, at: usize, entity: &'d Entity) -> EntityRecord<'d> {
        EntityRecord {
            id: Numbered::entity(at),
            label: entity.label.as_str(),
            name: &entity.name,
            aliases: &entity.aliases,
            roles: &entity.roles,
            gazetteer_id: entity.gazetteer_id.as_deref(),
            country: entity.country.as_deref(),
            latitude: entity.latitude.map(|degrees| round(degrees, DEGREES)),
            longitude: entity.longitude.map(|degrees| round(degrees, DEGREES)),
            mentions: entity.mentions,
            first_start: self.offsets.convert(entity.first_start),
            salience: round(entity.salience, SCORE),
        }
    }

    fn keyword(&self, at: usize, keyword: &'d Keyword) -> KeywordRecord<'d> {
        KeywordRecord {
            rank: at + 1,
            text: &keyword.text,
            lemma: &keyword.lemma,
            score: round(keyword.score, SCORE),
            count: keyword.count,
            is_entity: keyword.is_entity,
            first_start: self.offsets.convert(keyword.first_start),
            spans: keyword.occurrences.iter().map(|&span| self.offsets.span(span)).collect(),
        }
    }

    fn quote(&self, at: usize, quote: &Quote) -> QuoteRecord<'d> {
        let [start, end] = self.offsets.span(quote.span);
        let words = |span: Option<Span>| span.map(|span| self.document.slice(span));
        QuoteRecord {
            id: Numbered::quote(at),
            speaker: quote.speaker.map(Numbered::entity),
            speaker_text: words(quote.speaker_span),
            text: self.document.slice(quote.span),
            start,
            end,
            verb: words(quote.verb),
            via: words(quote.via),
            kind: quote.kind.as_str(),
        }
    }
}

fn language_record(language: &Language) -> LanguageRecord<'_> {
    LanguageRecord { code: &language.code, confidence: round(language.confidence, SCORE) }
}

#[derive(serde::Serialize)]
struct LanguageRecord<'d> {
    code: &'d str,
    confidence: f64,
}

#[derive(serde::Serialize)]
struct PassageRecord<'d> {
    start: usize,
    end: usize,
    language: LanguageRecord<'d>,
}

#[derive(serde::Serialize)]
struct BlockRecord {
    start: usize,
    end: usize,
    kind: &'static str,
}

#[derive(serde::Serialize)]
struct TokenRecord<'d> {
    start: usize,
    end: usize,
    text: &'d str,
    lemma: &'d str,
    stop: bool,
}

#[derive(serde::Serialize)]
struct MentionRecord<'d> {
    id: Numbered,
    start: usize,
    end: usize,
    text: &'d str,
    label: &'d str,
    entity: Option<Numbered>,
    sentence: usize,
    score: f64,
    found_by: &'d str,
    value: Option<&'d str>,
    unit: Option<&'d str>,
}

#[derive(serde::Serialize)]
struct EntityRecord<'d> {
    id: Numbered,
    label: &'d str,
    name: &'d str,
    aliases: &'d [String],
    roles: &'d [String],
    gazetteer_id: Option<&'d str>,
    country: Option<&'d str>,
    latitude: Option<f64>,
    longitude: Option<f64>,
    mentions: usize,
    first_start: usize,
    salience: f64,
}

#[derive(serde::Serialize)]
struct KeywordRecord<'d> {
    rank: usize,
    text: &'d str,
    lemma: &'d str,
    score: f64,
    count: usize,
    is_entity: bool,
    first_start: usize,
    spans: Vec<[usize; 2]>,
}

/// The keywords of one document as a JSON object.
pub(crate) struct KeywordsRecord<'d>(pub Record<'d>);

impl Serialize for KeywordsRecord<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let KeywordsRecord(whole) = self;
        let document = whole.document;
        let mut record = serializer.serialize_struct("Keywords", 5)?;
        record.serialize_field("schema", &SCHEMA)?;
        record.serialize_field("id", &document.id)?;
        record.serialize_field("source", &document.source)?;
        record.serialize_field("published", &document.published)?;
        let keywords = || document.keywords.iter().enumerate().map(|(at, k)| whole.keyword(at, k));
        record.serialize_field("keywords", &Each(keywords))?;
        record.end()
    }
}

/// A keyword of the whole collection as a JSON object.
#[derive(serde::Serialize)]
pub(crate) struct CorpusRecord<'k> {
    keyword: &'k str,
    lemma: &'k str,
    is_entity: bool,
    documents: usize,
    total: usize,
    first_date: Option<&'k str>,
    last_date: Option<&'k str>,
    burst: Option<BurstRecord<'k>>,
}

#[derive(serde::Serialize)]
struct BurstRecord<'k> {
    start: &'k str,
    end: &'k str,
    weight: f64,
}

impl<'k> CorpusRecord<'k> {
    pub fn new(keyword: &'k CorpusKeyword) -> Self {
        CorpusRecord {
            keyword: &keyword.text,
            lemma: &keyword.lemma,
            is_entity: keyword.is_entity,
            documents: keyword.documents,
            total: keyword.total,
            first_date: keyword.first_date.as_deref(),
            last_date: keyword.last_date.as_deref(),
            burst: keyword.burst.as_ref().map(|burst| BurstRecord {
                start: &burst.start,
                end: &burst.end,
                weight: round(burst.weight, WEIGHT),
            }),
        }
    }
}

#[derive(serde::Serialize)]
struct QuoteRecord<'d> {
    id: Numbered,
    speaker: Option<Numbered>,
    speaker_text: Option<&'d str>,
    text: &'d str,
    start: usize,
    end: usize,
    verb: Option<&'d str>,
    via: Option<&'d str>,
    kind: &'d str,
}

/// The pass-through columns as an object, in their order.
struct Extra<'d>(&'d [(String, String)]);

impl Serialize for Extra<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, cell) in self.0 {
            map.serialize_entry(name, cell)?;
        }
        map.end()
    }
}

/// An array of what an iterator gives, without a vector in between.
struct Each<F>(F);

impl<F, I> Serialize for Each<F>
where
    F: Fn() -> I,
    I: Iterator<Item: Serialize>,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}

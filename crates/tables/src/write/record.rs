//! The JSON Lines record of a document.

use nukil_types::rows::{DEGREES, Numbered, Occurrence, SCORE, WEIGHT, language, occurrences};
use nukil_types::{
    Block, CorpusKeyword, DateSource, Document, Entity, Keyword, OffsetTable, Passage, Quote, Skip,
    Span, Token,
};

use super::json::{Array, Columns, Decimal, Json, Object, Value, fields, object};

/// Number of the record's layout; raised when a field changes its meaning or goes.
pub const SCHEMA: u32 = 2;

/// One document as a JSON object, written straight from it.
#[derive(Clone, Copy)]
pub(crate) struct Record<'d> {
    pub document: &'d Document,
    pub offsets: &'d OffsetTable<'d>,
    pub tokens: bool,
}

impl Value for Record<'_> {
    fn put(self, json: &mut Json) {
        Object(|json: &mut Json| self.fields(json)).put(json);
    }
}

impl<'d> Record<'d> {
    fn fields(self, json: &mut Json) {
        let Record { document, offsets, tokens } = self;
        let span = |span: &Span| offsets.span(*span);
        let (code, confidence) = language(document);
        fields!(json;
            "schema": SCHEMA as usize,
            "id": &document.id,
            "source": &document.source,
            "language": language_record(code, confidence),
        );
        if !document.passages.is_empty() {
            let passages = document.passages.iter().map(|passage| self.passage(passage));
            fields!(json; "passages": Array(passages));
        }
        fields!(json;
            "title": document.title.as_deref(),
            "title_span": document.title_span.as_ref().map(span),
        );
        if document.extracted {
            fields!(json;
                "text": &document.text,
                "links": Array(document.links.iter().map(span)),
            );
        }
        let dateline = &document.dateline;
        fields!(json;
            "published": document.published.as_deref(),
            "published_at": document.published_at.as_deref(),
            "published_from": document.published_from.map(DateSource::as_str),
            "dateline": object! {
                "outlet": dateline.outlet.as_deref(),
                "place": dateline.place.as_deref(),
            },
            "characters": document.text.chars().count(),
            "words": document.word_count(),
            "body": Array(document.body.iter().map(span)),
            "blocks": Array(document.blocks.iter().map(|block| self.block(block))),
            "sentences": Array(document.sentences.iter().map(|sentence| span(&sentence.span))),
        );
        if tokens {
            fields!(json; "tokens": Array(document.tokens.iter().map(|token| self.token(token))));
        }
        let entities = document.entities.iter().enumerate();
        let keywords = document.keywords.iter().enumerate();
        let quotes = document.quotes.iter().enumerate();
        fields!(json;
            "mentions": Array(occurrences(document).enumerate().map(|(at, m)| self.mention(at, m))),
            "entities": Array(entities.map(|(at, entity)| self.entity(at, entity))),
            "keywords": Array(keywords.map(|(at, keyword)| self.keyword(at, keyword))),
            "quotes": Array(quotes.map(|(at, quote)| self.quote(at, quote))),
            "truncated": document.truncated,
            "skipped": document.skipped.map(Skip::as_str),
            "replacement_characters": document.replacement_characters(),
            "extra": Columns(&document.extra),
        );
    }

    fn passage(self, passage: &'d Passage) -> impl Value {
        let [start, end] = self.offsets.span(passage.span);
        let language = &passage.language;
        object! {
            "start": start,
            "end": end,
            "language": language_record(&language.code, language.confidence),
        }
    }

    fn block(self, block: &'d Block) -> impl Value {
        let [start, end] = self.offsets.span(block.span);
        object! {
            "start": start,
            "end": end,
            "kind": block.kind.as_str(),
        }
    }

    fn token(self, token: &'d Token) -> impl Value {
        let [start, end] = self.offsets.span(token.span);
        object! {
            "start": start,
            "end": end,
            "text": self.document.surface(token),
            "lemma": self.document.lemma(token),
            "stop": token.stop,
        }
    }

    fn mention(self, at: usize, mention: Occurrence<'d>) -> impl Value {
        let [start, end] = self.offsets.span(mention.span());
        let (value, unit) = mention.value_and_unit();
        object! {
            "id": Numbered::mention(at),
            "start": start,
            "end": end,
            "text": self.document.slice(mention.span()),
            "label": mention.label(),
            "use": mention.place_use(),
            "entity": mention.entity().map(Numbered::entity),
            "sentence": mention.sentence(),
            "score": Decimal(mention.score(), SCORE),
            "found_by": mention.found_by(),
            "value": value,
            "unit": unit,
        }
    }

    fn entity(self, at: usize, entity: &'d Entity) -> impl Value {
        let degrees = |degrees: Option<f64>| degrees.map(|degrees| Decimal(degrees, DEGREES));
        object! {
            "id": Numbered::entity(at),
            "label": entity.label.as_str(),
            "kind": entity.kind,
            "name": &entity.name,
            "aliases": Array(entity.aliases.iter()),
            "roles": Array(entity.roles.iter()),
            "gazetteer_id": entity.gazetteer_id.as_deref(),
            "country": entity.country.as_deref(),
            "province": entity.province.as_deref(),
            "regency": entity.regency.as_deref(),
            "latitude": degrees(entity.latitude),
            "longitude": degrees(entity.longitude),
            "mentions": entity.mentions,
            "first_start": self.offsets.convert(entity.first_start),
            "salience": Decimal(entity.salience, SCORE),
        }
    }

    fn keyword(self, at: usize, keyword: &'d Keyword) -> impl Value {
        object! {
            "rank": at + 1,
            "text": &keyword.text,
            "lemma": &keyword.lemma,
            "score": Decimal(keyword.score, SCORE),
            "count": keyword.count,
            "is_entity": keyword.is_entity,
            "first_start": self.offsets.convert(keyword.first_start),
            "spans": Array(keyword.occurrences.iter().map(|&span| self.offsets.span(span))),
        }
    }

    fn quote(self, at: usize, quote: &'d Quote) -> impl Value {
        let [start, end] = self.offsets.span(quote.span);
        let words = move |span: Option<Span>| span.map(|span| self.document.slice(span));
        object! {
            "id": Numbered::quote(at),
            "speaker": quote.speaker.map(Numbered::entity),
            "speaker_text": words(quote.speaker_span),
            "text": self.document.slice(quote.span),
            "start": start,
            "end": end,
            "verb": words(quote.verb),
            "via": words(quote.via),
            "kind": quote.kind.as_str(),
        }
    }
}

fn language_record(code: &str, confidence: f64) -> impl Value {
    object! {
        "code": code,
        "confidence": Decimal(confidence, SCORE),
    }
}

/// The keywords of one document as a JSON object.
pub(crate) fn keywords_record(whole: Record<'_>) -> impl Value {
    let document = whole.document;
    let keywords = document.keywords.iter().enumerate();
    object! {
        "schema": SCHEMA as usize,
        "id": &document.id,
        "source": &document.source,
        "published": document.published.as_deref(),
        "keywords": Array(keywords.map(|(at, keyword)| whole.keyword(at, keyword))),
    }
}

/// A keyword of the whole collection as a JSON object.
pub(crate) fn corpus_record(keyword: &CorpusKeyword) -> impl Value {
    let burst = keyword.burst.as_ref().map(|burst| {
        object! {
            "start": &burst.start,
            "end": &burst.end,
            "weight": Decimal(burst.weight, WEIGHT),
        }
    });
    object! {
        "keyword": &keyword.text,
        "lemma": &keyword.lemma,
        "is_entity": keyword.is_entity,
        "documents": keyword.documents,
        "total": keyword.total,
        "first_date": keyword.first_date.as_deref(),
        "last_date": keyword.last_date.as_deref(),
        "burst": burst,
    }
}

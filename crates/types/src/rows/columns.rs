//! Names of the tables and their columns, in order: what other programs rely on.

/// One row a document; the pass-through columns follow.
pub const DOCUMENTS: [&str; 17] = [
    "doc_id",
    "source",
    "title",
    "published",
    "outlet",
    "dateline_place",
    "language",
    "language_confidence",
    "characters",
    "words",
    "sentences",
    "truncated",
    "languages",
    "skipped",
    "replacement_characters",
    "published_at",
    "published_from",
];

/// One row an occurrence of a name or of a value; a value has no entity, a name no value and unit.
pub const MENTIONS: [&str; 13] = [
    "doc_id",
    "mention_id",
    "entity_id",
    "label",
    "use",
    "text",
    "start",
    "end",
    "sentence",
    "score",
    "found_by",
    "value",
    "unit",
];

/// One row a distinct entity of a document.
pub const ENTITIES: [&str; 16] = [
    "doc_id",
    "entity_id",
    "label",
    "kind",
    "name",
    "aliases",
    "roles",
    "gazetteer_id",
    "country",
    "province",
    "regency",
    "latitude",
    "longitude",
    "mentions",
    "first_start",
    "salience",
];

/// One row a keyword.
pub const KEYWORDS: [&str; 8] =
    ["doc_id", "rank", "keyword", "lemma", "score", "count", "is_entity", "first_start"];

/// One row a quotation. `speaker` is an entity, `text` what was said, `start` and `end` where.
pub const QUOTES: [&str; 10] = [
    "doc_id",
    "quote_id",
    "speaker",
    "speaker_text",
    "text",
    "start",
    "end",
    "verb",
    "via",
    "kind",
];

/// One row an occurrence of a keyword, which `doc_id` and `rank` name.
pub const KEYWORD_OCCURRENCES: [&str; 4] = ["doc_id", "rank", "start", "end"];

/// One row a keyword of the whole collection, those of most documents first.
pub const CORPUS: [&str; 10] = [
    "keyword",
    "lemma",
    "is_entity",
    "documents",
    "total",
    "first_date",
    "last_date",
    "burst_start",
    "burst_end",
    "burst_weight",
];

/// One row a token, when tokens are asked for. `token` counts from 0 in the document, as
/// `sentence` does here and in `mentions`.
pub const TOKENS: [&str; 8] =
    ["doc_id", "token", "text", "start", "end", "lemma", "stop", "sentence"];

/// One row a document that could not be read or processed.
pub const FAILURES: [&str; 4] = ["source", "doc_id", "stage", "reason"];

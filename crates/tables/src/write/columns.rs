//! Names of the tables and their columns, in order: what other programs rely on.

/// One row a document; the pass-through columns follow.
pub const DOCUMENTS: [&str; 16] = [
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
];

/// One row an occurrence of a name.
pub const MENTIONS: [&str; 10] = [
    "doc_id",
    "mention_id",
    "entity_id",
    "label",
    "text",
    "start",
    "end",
    "sentence",
    "score",
    "found_by",
];

/// One row a distinct entity of a document.
pub const ENTITIES: [&str; 13] = [
    "doc_id",
    "entity_id",
    "label",
    "name",
    "aliases",
    "roles",
    "gazetteer_id",
    "country",
    "latitude",
    "longitude",
    "mentions",
    "first_start",
    "salience",
];

/// One row a keyword.
pub const KEYWORDS: [&str; 8] =
    ["doc_id", "rank", "keyword", "lemma", "score", "count", "is_entity", "first_start"];

/// One row a token, when tokens are asked for. `token` counts from 0 in the document, as
/// `sentence` does here and in `mentions`.
pub const TOKENS: [&str; 8] =
    ["doc_id", "token", "text", "start", "end", "lemma", "stop", "sentence"];

/// One row a document that could not be read or processed.
pub const FAILURES: [&str; 4] = ["source", "doc_id", "stage", "reason"];

/// Names of all files that a dataset folder can hold.
pub const FILES: [&str; 7] = [
    "documents.csv",
    "mentions.csv",
    "entities.csv",
    "keywords.csv",
    "tokens.csv",
    "records.jsonl",
    "failures.csv",
];

//! Names of the tables, their columns in order, and the files: what other programs rely on.

pub use nukil_types::rows::columns::*;

/// Names of the tables of a dataset folder.
pub const TABLES: [&str; 9] = [
    "documents",
    "mentions",
    "entities",
    "keywords",
    "keyword_occurrences",
    "corpus",
    "quotes",
    "tokens",
    "failures",
];

/// Whether a dataset folder can hold a file of this name.
pub fn is_file(name: &str) -> bool {
    match name.rsplit_once('.') {
        Some((table, "csv" | "parquet")) => TABLES.contains(&table),
        _ => name == "records.jsonl",
    }
}

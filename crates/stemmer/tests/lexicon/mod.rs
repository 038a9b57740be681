//! The lexicon of `data/roots`, compiled once for a test binary.

// Each test binary compiles this file for itself and uses its own part of it.
#![allow(dead_code)]

use std::sync::OnceLock;

use nukil_stemmer::{Source, Sources, Stemmer, compile};

pub const SOURCES: [(&str, &str); 7] = [
    ("roots.tsv", include_str!("../../../../data/roots/roots.tsv")),
    ("own.tsv", include_str!("../../../../data/roots/own.tsv")),
    ("exceptions.tsv", include_str!("../../../../data/roots/exceptions.tsv")),
    ("names.tsv", include_str!("../../../../data/roots/names.tsv")),
    ("english.tsv", include_str!("../../../../data/roots/english.tsv")),
    ("variants.tsv", include_str!("../../../../data/roots/variants.tsv")),
    ("ambiguous.tsv", include_str!("../../../../data/roots/ambiguous.tsv")),
];

pub fn artefact() -> &'static [u8] {
    static ARTEFACT: OnceLock<Vec<u8>> = OnceLock::new();
    ARTEFACT.get_or_init(|| {
        let [roots, own, exceptions, names, english, variants, ambiguous] =
            SOURCES.map(|(name, text)| Source::new(name, text));
        compile(&Sources { roots, own, exceptions, names, english, variants, ambiguous })
            .expect("data/roots compiles")
    })
}

pub fn stemmer() -> &'static Stemmer {
    static STEMMER: OnceLock<Stemmer> = OnceLock::new();
    STEMMER.get_or_init(|| Stemmer::from_bytes(artefact()).expect("a fresh artefact opens"))
}

//! Any bytes as an HTML page: an article or a reason, spans on character boundaries, in order.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use nukil_article::{Arranger, Layout, PageLimits, PageReader};
use nukil_types::Document;

static READER: LazyLock<PageReader> = LazyLock::new(|| {
    PageReader::new(include_str!("../../../../data/article/pages.tsv")).expect("rules")
});
static ARRANGER: LazyLock<Arranger> = LazyLock::new(|| {
    Arranger::new(nukil_data::FURNITURE, nukil_data::OUTLETS, nukil_data::LAYOUT_WORDS)
        .expect("rules")
});

fuzz_target!(|bytes: &[u8]| {
    let mut document = Document { page: Some(bytes.to_vec()), ..Document::default() };
    let limits = PageLimits { nodes: 2_000, depth: 60, attributes: 50 };
    if READER.read_into(&mut document, &limits).is_err() {
        return;
    }
    let mut end = 0;
    for span in &document.links {
        assert!(end <= span.start && span.start < span.end);
        let _ = document.slice(*span);
        end = span.end;
    }
    ARRANGER.arrange(&mut document, Layout::Article);
    for span in &document.body {
        let _ = document.slice(*span);
    }
});

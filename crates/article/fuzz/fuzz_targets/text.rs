//! Any text as an article: blocks and prose on character boundaries, in order, and every letter
//! in one of them.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use nukil_article::Arranger;

static ARRANGER: LazyLock<Arranger> = LazyLock::new(|| {
    Arranger::new(nukil_data::FURNITURE, nukil_data::OUTLETS, nukil_data::LAYOUT_WORDS)
        .expect("rules")
});

fuzz_target!(|input: (Option<&str>, &str)| {
    let (title, text) = input;
    let outline = ARRANGER.outline(text, title);
    let mut spans: Vec<_> = outline.blocks.iter().map(|block| block.span).collect();
    spans.extend(&outline.body);
    spans.sort();
    let mut end = 0;
    for span in spans {
        assert!(end <= span.start, "{span:?} overlaps what ends at {end}");
        assert!(!text[end..span.start].contains(char::is_alphanumeric));
        let _ = &text[span.start..span.end];
        end = span.end;
    }
    assert!(!text[end..].contains(char::is_alphanumeric));
});

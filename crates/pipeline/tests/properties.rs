//! What holds of every text that the whole chain reads.

use std::sync::LazyLock;

use nukil_pipeline::{Config, Layout, Pipeline};
use nukil_types::{Document, Span};
use proptest::prelude::*;

static PIPELINES: LazyLock<[Pipeline; 2]> = LazyLock::new(|| {
    [Layout::Article, Layout::Plain]
        .map(|layout| Pipeline::new(Config { layout, jobs: 1, ..Config::default() }).unwrap())
});

/// Texts that look like news to some degree: its words, marks and line breaks in any order.
fn newsy() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(vec![
            "Menteri",
            "Luar",
            "Negeri",
            "Amerika",
            "Serikat",
            "Antony",
            "Blinken",
            "kata",
            "di",
            "Jakarta",
            "(KPK)",
            "PT",
            "Tbk",
            "Baca juga:",
            "TEMPO.CO, Jakarta -",
            "\n",
            "\n\n",
            "“",
            "”",
            ",",
            ".",
            "Rp416",
            "triliun",
            "1 jam lalu",
            "ADVERTISEMENT",
            "Dr.",
            "H.",
            "dan",
            "Desa",
            "Polres",
            "Senin, 19 September 2022",
            "Rabu (20/9)",
            "dua puluh",
            "belasan",
            "-",
            "hingga",
            "12",
            "2,5",
            "persen",
            "pekan lalu",
            "pukul 19.30 WIB",
            "US$",
            "orang",
            "999999999999999999",
            "\"",
            "mengatakan",
            "bahwa",
            "ujarnya",
            "Menurut",
            "dilansir",
            "@budi",
            "anak-anak",
            "AS",
            "\u{a0}",
            "\u{200b}",
        ])
        .prop_map(str::to_string),
        "\\PC{0,8}",
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.join(" "))
}

fn spans_are_sound(document: &Document, spans: &[Span]) -> Result<(), TestCaseError> {
    let mut last = 0;
    for span in spans {
        prop_assert!(span.start >= last && span.start < span.end, "{span:?} after {last}");
        prop_assert!(
            document.text.get(span.start..span.end).is_some(),
            "{span:?} cuts a character"
        );
        last = span.end;
    }
    Ok(())
}

fn check(text: &str) -> Result<(), TestCaseError> {
    for pipeline in PIPELINES.iter() {
        let document = Document::new("1", "-", text);
        let document = pipeline.process_batch(vec![document]).remove(0).expect("no page");
        let tokens: Vec<Span> = document.tokens.iter().map(|token| token.span).collect();
        let sentences: Vec<Span> = document.sentences.iter().map(|s| s.span).collect();
        let mentions: Vec<Span> = document.mentions.iter().map(|m| m.span).collect();
        let values: Vec<Span> = document.values.iter().map(|value| value.span).collect();
        let quotes: Vec<Span> = document.quotes.iter().map(|quote| quote.span).collect();
        for spans in [&document.body, &tokens, &sentences, &mentions, &values, &quotes] {
            spans_are_sound(&document, spans)?;
        }
        // Surfaces and the white space between them give back every prose span.
        for span in document.body.iter().chain(&document.title_span) {
            let visible = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
            let inside = document.tokens.iter().filter(|token| span.contains(token.span));
            let surfaces: usize = inside.map(|token| visible(document.surface(token))).sum();
            prop_assert_eq!(surfaces, visible(document.slice(*span)));
        }
        for mention in &document.mentions {
            prop_assert!(mention.entity < document.entities.len());
            prop_assert!(document.sentences[mention.sentence].span.contains(mention.span));
            prop_assert!((0.0..=1.0).contains(&mention.score));
        }
        for value in &document.values {
            prop_assert!(document.sentences[value.sentence].span.contains(value.span));
            prop_assert!(!mentions.iter().any(|name| name.overlaps(value.span)), "{value:?}");
        }
        for quote in &document.quotes {
            prop_assert!(quote.speaker.is_none_or(|speaker| speaker < document.entities.len()));
            for words in [quote.speaker_span, quote.verb, quote.via].into_iter().flatten() {
                spans_are_sound(&document, &[words])?;
            }
        }
        let total: usize = document.entities.iter().map(|entity| entity.mentions).sum();
        prop_assert_eq!(total, document.mentions.len());
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn news_like_text_is_read(text in newsy()) {
        check(&text)?;
    }

    #[test]
    fn any_text_is_read(text in "(?s).{0,200}") {
        check(&text)?;
    }
}

#[test]
fn a_text_that_ends_with_a_verb_of_speech_and_a_comma_is_read() {
    // A title was looked for behind its last token.
    for text in ["ujarnya ,", "Menurutnya,", "Menurut Budi Santoso,"] {
        check(text).unwrap();
    }
}

//! What holds for every text, however hostile.

use nukil_article::{Arranger, Layout, dates};
use nukil_types::{Document, Span};
use proptest::prelude::*;

fn arranger() -> &'static Arranger {
    static ARRANGER: std::sync::LazyLock<Arranger> = std::sync::LazyLock::new(|| {
        Arranger::new(nukil_data::FURNITURE, nukil_data::OUTLETS, nukil_data::LAYOUT_WORDS).unwrap()
    });
    &ARRANGER
}

/// Texts of furniture and prose in any order, glued or not, with characters of several bytes and
/// such that change their length in lower case.
fn page() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "Harga beras naik. ",
        "Pedagang Pasar Mengeluh",
        "\n",
        "\n\n",
        " ",
        "\u{a0}",
        "\u{200b}",
        "Baca juga: ",
        "Baca Juga",
        "BACA JIGA - ",
        "Advertisement",
        "ADVERTISEMENT\n",
        "[Gambas:Video",
        "]",
        "(dry/din)",
        "(*)",
        "(",
        ")",
        "REUTERS",
        "Antara | AFP",
        "1 jam lalu\n",
        "TEMPO.CO, Jakarta - ",
        "Liputan6.com, Jakarta",
        "JAKARTA",
        "-",
        "–",
        "&amp;nbsp;",
        "\u{fffd}",
        "KOMPAS.com",
        "Laporan Wartawan X. ",
        "Editor: ",
        "Foto: ",
        "Reuters/ Photo File",
        "\"",
        "“",
        "”",
        "'",
        "di sini:",
        "Senin, 19 September 2022",
        "20/9/2022",
        "İ",
        "ß",
        "é",
        "好",
        "😀",
        "***",
        "#tag ",
        "Ikuti Whatsapp Channel Republika",
        "Simak ",
        " Google News",
        "Berita Terkait\n",
        "sumber : ",
    ]);
    prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat())
}

fn check(text: &str, title: Option<&str>) -> Result<(), TestCaseError> {
    let outline = arranger().outline(text, title);
    let mut stretches: Vec<Span> =
        outline.blocks.iter().map(|block| block.span).chain(outline.body.iter().copied()).collect();
    stretches.sort();
    for pair in stretches.windows(2) {
        prop_assert!(pair[0].end <= pair[1].start, "{pair:?} overlap");
    }
    for span in stretches.into_iter().chain(outline.headline) {
        prop_assert!(!span.is_empty());
        prop_assert!(text.get(span.start..span.end).is_some(), "{span:?} is not on boundaries");
    }
    for pair in outline.body.windows(2) {
        prop_assert!(pair[0].end <= pair[1].start);
    }
    for span in &outline.body {
        let surface = &text[span.start..span.end];
        prop_assert_eq!(surface, surface.trim());
    }

    let mut document = Document::new("a", "-", text);
    document.title = title.map(Into::into);
    arranger().arrange(&mut document, Layout::Article);
    prop_assert_eq!(&document.text, text);
    prop_assert_eq!(&document.body, &outline.body);
    if let Some(date) = &document.published {
        let again = dates::find(date).map(|found| found.to_string());
        prop_assert_eq!(again.as_ref(), Some(date));
    }
    Ok(())
}

proptest! {
    #[test]
    fn pages_are_taken_apart_without_overlap(text in page(), title in prop::option::of(page())) {
        check(&text, title.as_deref())?;
    }

    #[test]
    fn any_text_is_taken_apart(text in any::<String>(), title in prop::option::of(any::<String>())) {
        check(&text, title.as_deref())?;
    }

    #[test]
    fn every_letter_is_prose_or_furniture(text in page()) {
        let outline = arranger().outline(&text, None);
        let spans = outline.blocks.iter().map(|block| block.span).chain(outline.body.iter().copied());
        let mut left = vec![true; text.len()];
        for span in spans {
            left[span.start..span.end].fill(false);
        }
        for (at, c) in text.char_indices() {
            prop_assert!(!(left[at] && c.is_alphanumeric()), "{c:?} at {at} is nothing");
        }
    }

    #[test]
    fn dates_are_days_or_nothing(text in "[0-9/ .,:A-Za-z-]{0,60}") {
        if let Some(date) = dates::find(&text) {
            prop_assert_eq!(dates::find(&date.to_string()), Some(date));
        }
    }
}

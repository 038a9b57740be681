//! What holds for every text: nothing lost, nothing moved, no panic.

use nukil_tokenizer::Tokenizer;
use nukil_types::{Block, BlockKind, Document, Span};
use proptest::prelude::*;

fn tokenizer() -> Tokenizer {
    Tokenizer::new(include_str!("../../../data/lexicon/abbreviations.tsv"))
        .expect("the list of abbreviations reads")
}

/// Checks all that the crate promises about tokens and sentences; gives the covered spans.
fn check(document: &Document) {
    let text = &document.text;
    let visible = |character: char| {
        !(character.is_whitespace()
            || character.is_control()
            || matches!(character,
                '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}'
                | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}'
                | '\u{FEFF}'))
    };
    let mut prose = vec![false; text.len()];
    for span in document.body.iter().chain(&document.title_span) {
        prose[span.start..span.end].fill(true);
    }
    let mut at = 0;
    for token in &document.tokens {
        assert!(token.span.start >= at && !token.span.is_empty(), "sorted, apart: {token:?}");
        let gap = at..token.span.start;
        for (offset, character) in text[gap.clone()].char_indices() {
            assert!(!visible(character) || !prose[gap.start + offset], "lost: {character:?}");
        }
        assert!(prose[token.span.start..token.span.end].iter().all(|&inside| inside));
        let surface = document.surface(token);
        assert!(!surface.contains(char::is_whitespace) && surface.contains(visible), "{surface:?}");
        assert!(!document.folded(token).is_empty());
        at = token.span.end;
    }
    assert!(text[at..].char_indices().all(|(o, c)| !visible(c) || !prose[at + o]), "lost the end");

    let mut next = 0;
    for sentence in &document.sentences {
        assert_eq!(sentence.tokens.start, next, "sentences share out the tokens");
        assert!(!sentence.tokens.is_empty());
        next = sentence.tokens.end;
        let (first, last) = (&document.tokens[sentence.tokens.start], &document.tokens[next - 1]);
        assert_eq!(sentence.span, Span::new(first.span.start, last.span.end));
    }
    assert_eq!(next, document.tokens.len());
}

fn check_text(text: &str) {
    let mut document = Document::new("p", "-", text);
    document.body.push(Span::new(0, text.len()));
    tokenizer().tokenize(&mut document);
    check(&document);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_text(text in "\\PC{0,80}") {
        check_text(&text);
    }

    #[test]
    fn any_characters(characters in proptest::collection::vec(any::<char>(), 0..80)) {
        check_text(&characters.into_iter().collect::<String>());
    }

    /// The marks that rules look at, thick on the ground.
    #[test]
    fn marks_and_words(pieces in proptest::collection::vec(
        prop_oneof![
            Just("Dr"), Just("a"), Just("H"), Just("No"), Just("com"), Just("www"), Just("https"),
            Just("Rp"), Just("17"), Just("Ia"), Just("dll"), Just("é"), Just("東"), Just("😀"),
            Just("\u{AD}"), Just("\u{301}"), Just("."), Just("-"), Just("/"), Just(":"), Just(","),
            Just("'"), Just("’"), Just("\""), Just("@"), Just("#"), Just("&"), Just(";"),
            Just("+"), Just("_"), Just("("), Just(")"), Just(" "), Just("\u{A0}"), Just("\n"),
            Just("\r\n"), Just("…"), Just("?"), Just("://"), Just("²"),
        ],
        0..40,
    )) {
        check_text(&pieces.concat());
    }

    #[test]
    fn any_spans(
        text in "[a-zé .\\n\"😀]{0,60}",
        cuts in proptest::collection::vec(0usize..200, 0..8),
        title in proptest::option::of((0usize..200, 0usize..200)),
    ) {
        let boundaries: Vec<usize> =
            text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let place = |cut: usize| boundaries[cut % boundaries.len()];
        let span = |one: usize, two: usize| {
            Span::new(place(one).min(place(two)), place(one).max(place(two)))
        };
        let mut document = Document::new("p", "-", text.clone());
        document.body = cuts.chunks_exact(2).map(|cut| span(cut[0], cut[1])).collect();
        document.title_span = title.map(|(one, two)| span(one, two));
        tokenizer().tokenize(&mut document);
        check(&document);
        for sentence in &document.sentences {
            let in_title = document.title_span.is_some_and(|title| title.contains(sentence.span));
            prop_assert_eq!(sentence.headline, in_title);
        }
    }
}

#[test]
fn spans_off_the_text_are_shortened() {
    let mut document = Document::new("p", "-", "é satu");
    document.body = vec![Span::new(1, 999), Span::new(700, 800)];
    tokenizer().tokenize(&mut document);
    let surfaces: Vec<&str> = document.tokens.iter().map(|token| document.surface(token)).collect();
    assert_eq!(surfaces, ["satu"]);
}

#[test]
fn the_headline_is_marked_wherever_it_stands() {
    let text = "Rilis pers. Banjir Rendam Jakarta. Hujan turun.";
    let mut document = Document::new("p", "-", text);
    document.title_span = Some(Span::new(12, 34));
    document.body = vec![Span::new(0, text.len())];
    tokenizer().tokenize(&mut document);
    let found: Vec<(&str, bool)> =
        document.sentences.iter().map(|s| (document.slice(s.span), s.headline)).collect();
    assert_eq!(
        found,
        [("Rilis pers.", false), ("Banjir Rendam Jakarta.", true), ("Hujan turun.", false)]
    );
}

#[test]
fn a_span_always_ends_a_sentence() {
    let text = "Presiden tiba dan wakilnya";
    let mut document = Document::new("p", "-", text);
    document.body = vec![Span::new(0, 13), Span::new(14, text.len())];
    tokenizer().tokenize(&mut document);
    assert_eq!(document.sentences.len(), 2);
}

#[test]
fn soft_hyphens_leave_the_folded_form() {
    let text = "Peme\u{AD}rintah";
    let mut document = Document::new("p", "-", text);
    document.body.push(Span::new(0, text.len()));
    tokenizer().tokenize(&mut document);
    assert_eq!(document.surface(&document.tokens[0]), text);
    assert_eq!(document.folded(&document.tokens[0]), "pemerintah");
}

/// A character reference that is no prose stands between two spans; the sentence goes on.
#[test]
fn a_sentence_goes_on_behind_a_reference() {
    let text = "Ketua KPK&amp;nbsp;Budi Santoso tiba.&amp;nbsp;Ia pulang. | Warga";
    let mut document = Document::new("p", "-", text);
    let mut at = 0;
    for piece in ["Ketua KPK", "Budi Santoso tiba.", "Ia pulang.", "Warga"] {
        let start = at + text[at..].find(piece).expect("a piece");
        at = start + piece.len();
        document.body.push(Span::new(start, at));
    }
    for (start, _) in text.match_indices("&amp;nbsp;") {
        let span = Span::new(start, start + 10);
        document.blocks.push(Block { span, kind: BlockKind::Debris });
    }
    tokenizer().tokenize(&mut document);
    let sentences: Vec<_> = document.sentences.iter().map(|s| document.slice(s.span)).collect();
    assert_eq!(sentences, ["Ketua KPK&amp;nbsp;Budi Santoso tiba.", "Ia pulang.", "Warga"]);
    assert_eq!(document.tokens.len(), 10);
}

/// Strings that have broken other programs.
#[test]
fn naughty_strings() {
    let naughty = [
        "",
        " ",
        "\0",
        "\u{FEFF}",
        "\u{FFFD}\u{FFFD}",
        "\u{202E}terbalik\u{202C}",
        "Z̮̞̠͙͔ͅḀ̗̞͈̻̗Ḷ͙͎̯̹̞͓G̻O̭̗̮",
        "👾 🙇 💁 🙅 🙆 🙋 🙎 🙍 👨‍👩‍👧‍👦 🏳️‍🌈 🇮🇩🇮🇩🇮",
        "ﷺ ﷽",
        "\u{1F468}\u{200D}",
        "　全角　スペース。はい？",
        "Ω≈ç√∫˜µ≤≥÷ åß∂ƒ©˙∆˚¬…æ",
        "<script>alert('x')</script>",
        "&&&amp;&#8221;&#;&;",
        "....---...''''``\"\"\"",
        "$$$ Rp Rp. Rp0 Rp-5",
        "-.-.-.-.- a-.b-.c",
        "@@@@ ## #_ @_ @. #.",
        "http:// https://. www. www.. a@b a@b. @a@b.c",
        "((((((((((a))))))))))",
        "1.2.3.4.5.6.7.8.9/1/2/3/4/5/6/7/8/9/10",
        "A.A.A.A.A.A.A. B.B.B",
        "\r\r\n\n\r",
        "´´ ¨¨ ½ ² ³ m² ² .² a.²",
        "ʻ ʿ ʼ ‘’ ’’’a",
    ];
    for text in naughty {
        check_text(text);
    }
}

/// Input that makes a rule look far ahead must not make it look again for every token.
#[test]
fn long_runs_without_white_space() {
    for piece in [
        "a.", "a-", "1-", "a/", "kab/", "é", "東", ")", "(", "a@", "www.a.", "'", "😀", ".)",
        "Ab.Cd.", "Dr.Co.",
    ] {
        check_text(&piece.repeat(40_000));
    }
}

/// Titles and abbreviations one behind another never end a sentence by themselves, and what later
/// stages do in a sentence may grow faster than it.
#[test]
fn a_sentence_ends_somewhere() {
    let text = "Dr.Co.".repeat(5_000);
    let mut document = Document::new("p", "-", text.clone());
    document.body.push(Span::new(0, text.len()));
    tokenizer().tokenize(&mut document);
    assert!(document.sentences.iter().all(|sentence| sentence.tokens.len() <= 2000));
    check(&document);
}

//! Golden tables, a file a rule: `tests/golden/tokens` has a line a token (surface and kind),
//! `tests/golden/sentences` a line a sentence. A block begins with `> ` and the text, in which `⏎`
//! stands for a line break; lines that begin with `# ` say what the file is about.

use nukil_tokenizer::Tokenizer;
use nukil_types::{Document, Span, TokenKind};

fn tokenized(text: &str) -> Document {
    let tokenizer = Tokenizer::new(include_str!("../../../data/lexicon/abbreviations.tsv"))
        .expect("the list of abbreviations reads");
    let text = text.replace('⏎', "\n");
    let mut document = Document::new("golden", "-", text);
    document.body.push(Span::new(0, document.text.len()));
    tokenizer.tokenize(&mut document);
    document
}

/// The blocks of a golden file: a text and the lines expected of it.
fn blocks(golden: &str) -> Vec<(&str, Vec<&str>)> {
    let mut blocks: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in golden.lines().filter(|line| !line.is_empty() && !line.starts_with("# ")) {
        match (line.strip_prefix("> "), blocks.last_mut()) {
            (Some(text), _) => blocks.push((text, Vec::new())),
            (None, Some((_, lines))) => lines.push(line),
            (None, None) => panic!("a line before the first text: {line}"),
        }
    }
    assert!(!blocks.is_empty(), "no text");
    blocks
}

fn check_tokens(golden: &str) {
    for (text, expected) in blocks(golden) {
        let document = tokenized(text);
        let found: Vec<String> = document
            .tokens
            .iter()
            .map(|token| {
                let kind = match token.kind {
                    TokenKind::Word => "word",
                    TokenKind::Number => "number",
                    TokenKind::Address => "address",
                    TokenKind::Punctuation => "punctuation",
                };
                format!("{}\t{kind}", document.surface(token))
            })
            .collect();
        assert_eq!(found, expected, "tokens of: {text}");
    }
}

fn check_sentences(golden: &str) {
    for (text, expected) in blocks(golden) {
        let document = tokenized(text);
        let found: Vec<String> = document
            .sentences
            .iter()
            .map(|sentence| document.slice(sentence.span).replace('\n', "⏎"))
            .collect();
        assert_eq!(found, expected, "sentences of: {text}");
    }
}

macro_rules! golden {
    ($check:ident, $folder:literal: $($name:ident)*) => {
        $(
            #[test]
            fn $name() {
                $check(include_str!(concat!("golden/", $folder, "/", stringify!($name), ".txt")));
            }
        )*
    };
}

mod tokens {
    use super::check_tokens;
    golden!(check_tokens, "tokens": abbreviations addresses amounts apostrophes full_stop hyphen
        invisible punctuation scripts slash symbols);
}

mod sentences {
    use super::check_sentences;
    golden!(check_sentences, "sentences": abbreviations lists quotations);
}

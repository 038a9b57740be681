//! Cuts a text that is too long, before any stage looks at it.
//!
//! It ends with a whole sentence then: half of one would give names, quotations and keywords that
//! nobody wrote. Where its sentences end, the tokenizer knows.

use nukil_tokenizer::Tokenizer;
use nukil_types::{Document, Limits, Span};

use crate::Refusal;

/// Bytes before the limit in which a sentence end is looked for: some sixty sentences of news. A
/// text without one there is no prose.
const WINDOW: usize = 16 << 10;
/// Bytes that are read behind the limit, to see that a sentence ends before it and not at an
/// abbreviation.
const BEHIND: usize = 1 << 10;

/// Cuts the text of `document` to the limits on characters and tokens: behind the last sentence
/// that ends within them, else before the last white space, else between two characters.
///
/// # Errors
/// [`Refusal`] instead, where the limits are strict.
pub(crate) fn fit(
    document: &mut Document,
    limits: &Limits,
    tokenizer: &Tokenizer,
) -> Result<(), Refusal> {
    let text = &document.text;
    let mut end = text.len();
    // As many bytes as code points or tokens are allowed are never too many; nearly all texts pass.
    if text.len() > limits.max_characters
        && let Some((at, _)) = text.char_indices().nth(limits.max_characters)
    {
        if limits.strict {
            return Err(Refusal::TooManyCharacters(limits.max_characters));
        }
        end = at;
    }
    if end > limits.max_tokens
        && let Some(last) = plain(tokenizer, &text[..end]).tokens.get(limits.max_tokens - 1..)
        && let [last, _, ..] = last
    {
        if limits.strict {
            return Err(Refusal::TooManyTokens(limits.max_tokens));
        }
        end = last.span.end;
    }
    if end < text.len() {
        let mut cut = cut(text, end, tokenizer);
        // At its new end a text may have a token more: "A." before a name is one, and two at the end.
        while cut > limits.max_tokens
            && let Some(last) = plain(tokenizer, &text[..cut]).tokens.get(limits.max_tokens - 1..)
            && let [last, _, ..] = last
        {
            cut = last.span.end;
        }
        document.text.truncate(cut);
        document.text.shrink_to_fit();
        document.links.retain(|link| link.end <= cut);
        document.truncated = true;
    }
    Ok(())
}

/// Where to cut `text` so that it ends at `end` or before.
fn cut(text: &str, end: usize, tokenizer: &Tokenizer) -> usize {
    let mut start = floor(text, end.saturating_sub(WINDOW));
    // A word that the window begins in the middle of is left out.
    if start > 0
        && let Some(space) = text[start..end].find(char::is_whitespace)
    {
        start += space;
    }
    let behind = floor(text, end.saturating_add(BEHIND));
    let sentences = plain(tokenizer, &text[start..behind]).sentences;
    let ends = sentences.iter().map(|sentence| start + sentence.span.end);
    if let Some(last) = ends.take_while(|&at| at <= end).last() {
        return last;
    }
    match text[start..end].rfind(char::is_whitespace) {
        // Something must be left of the text.
        Some(space) => match text[..start + space].trim_end().len() {
            0 => end,
            cut => cut,
        },
        None => end,
    }
}

/// `text` with its tokens and sentences, all of it taken as prose.
fn plain(tokenizer: &Tokenizer, text: &str) -> Document {
    let mut document = Document::new("", "", text);
    document.body.push(Span::new(0, text.len()));
    tokenizer.tokenize(&mut document);
    document
}

/// The last character boundary at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use nukil_data as data;
    use proptest::prelude::*;

    use super::*;

    fn fitted(text: &str, max_characters: usize, max_tokens: usize) -> Document {
        let tokenizer = Tokenizer::new(data::ABBREVIATIONS).unwrap();
        let mut document = Document::new("1", "-", text);
        let limits = Limits { max_characters, max_tokens, ..Limits::default() };
        fit(&mut document, &limits, &tokenizer).unwrap();
        document
    }

    #[test]
    fn a_text_is_cut_behind_its_last_whole_sentence() {
        let text =
            "Banjir Demak\n\nWarga mengungsi. Bupati (Dr. Eisti'anah) datang. “Aman,” katanya.";
        for (characters, kept) in [
            (500, text),
            (text.chars().count(), text),
            (
                text.chars().count() - 1,
                "Banjir Demak\n\nWarga mengungsi. Bupati (Dr. Eisti'anah) datang.",
            ),
            // A sentence that ends at the limit is whole, whatever white space follows.
            (62, "Banjir Demak\n\nWarga mengungsi. Bupati (Dr. Eisti'anah) datang."),
            (61, "Banjir Demak\n\nWarga mengungsi."),
            // No sentence ends at an abbreviation.
            (43, "Banjir Demak\n\nWarga mengungsi."),
            (29, "Banjir Demak"),
            // Not one sentence is whole: white space, then any character.
            (11, "Banjir"),
            (4, "Banj"),
        ] {
            let document = fitted(text, characters, 1_000);
            assert_eq!(document.text, kept, "{characters}");
            assert_eq!(document.truncated, kept != text, "{characters}");
        }
    }

    #[test]
    fn a_text_with_too_many_tokens_is_cut_too() {
        let text = "Satu dua. Tiga empat. Lima";
        for (tokens, kept) in [
            (7, text),
            (6, "Satu dua. Tiga empat."),
            (5, "Satu dua."),
            (3, "Satu dua."),
            (2, "Satu"),
            (1, "Satu"),
        ] {
            assert_eq!(fitted(text, 1_000, tokens).text, kept, "{tokens}");
        }
    }

    #[test]
    fn strict_limits_refuse() {
        let tokenizer = Tokenizer::new(data::ABBREVIATIONS).unwrap();
        let refusal = |max_characters, max_tokens| {
            let limits = Limits { max_characters, max_tokens, strict: true, ..Limits::default() };
            let mut document = Document::new("1", "-", "Satu dua tiga.");
            fit(&mut document, &limits, &tokenizer).map_err(|refusal| refusal.to_string())
        };
        assert_eq!(refusal(14, 4), Ok(()));
        assert_eq!(
            refusal(13, 4),
            Err("the text has more than 13 characters (--max-characters)".to_string())
        );
        assert_eq!(
            refusal(14, 3),
            Err("the text has more than 3 tokens (--max-tokens)".to_string())
        );
    }

    #[test]
    fn links_behind_the_cut_go() {
        let tokenizer = Tokenizer::new(data::ABBREVIATIONS).unwrap();
        let mut document = Document::new("1", "-", "Satu dua. Tiga empat.");
        document.links = vec![Span::new(0, 4), Span::new(10, 14)];
        let limits = Limits { max_characters: 15, ..Limits::default() };
        fit(&mut document, &limits, &tokenizer).unwrap();
        assert_eq!(document.links, [Span::new(0, 4)]);
    }

    proptest! {
        #[test]
        fn what_is_kept_is_a_beginning_within_the_limits(
            text in "([a-zA-Z.\\n é😀\u{a0}]|Dr\\. ){0,60}", characters in 1_usize..40, tokens in 1_usize..12,
        ) {
            let document = fitted(&text, characters, tokens);
            prop_assert!(text.starts_with(&document.text));
            prop_assert!(document.text.chars().count() <= characters);
            prop_assert_eq!(document.truncated, document.text != text);
            prop_assert_eq!(text.is_empty(), document.text.is_empty());
            let tokenizer = Tokenizer::new(data::ABBREVIATIONS).unwrap();
            prop_assert!(plain(&tokenizer, &document.text).tokens.len() <= tokens);
        }
    }
}

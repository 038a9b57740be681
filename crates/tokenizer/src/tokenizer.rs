use nukil_types::{BlockKind, Document, Span, TokenKind, word_goes_on};

use crate::AbbreviationsError;
use crate::abbreviations::Abbreviations;
use crate::glue::Glue;
use crate::{chars, scan, sentences};

/// Splits the headline and the prose of documents into tokens and sentences.
///
/// Holds the list of abbreviations and nothing of any document, so one serves all threads.
#[derive(Clone, Debug)]
pub struct Tokenizer {
    abbreviations: Abbreviations,
    glue: Option<Glue>,
}

/// Bytes of text to a token, and to a sentence, at the least that is usual; room is made ahead by
/// them.
const BYTES_PER_TOKEN: usize = 5;
const BYTES_PER_SENTENCE: usize = 100;

impl Tokenizer {
    /// A tokenizer with the abbreviations of `abbreviations_tsv`: lines that begin with `#` are
    /// comments, then a header `form` TAB `kind`, then a row an abbreviation. A form ends in its
    /// full stop; the kind is `inner` (something always follows: `Dr.`), `open` (may end a
    /// sentence: `dll.`) or `number` (an abbreviation only before a number: `No.`).
    ///
    /// # Errors
    /// When a line does not read so, with its number.
    pub fn new(abbreviations_tsv: &str) -> Result<Self, AbbreviationsError> {
        Ok(Tokenizer { abbreviations: Abbreviations::parse(abbreviations_tsv)?, glue: None })
    }

    /// The same, which takes words apart that lost the blank between them ("Jakartahingga") where the
    /// whole is no known word and the parts are. Both functions are asked of words in small letters:
    /// whether one is known, and whether it is a function word.
    pub fn with_words(
        self,
        is_known: impl Fn(&str) -> bool + Send + Sync + 'static,
        is_function_word: impl Fn(&str) -> bool + Send + Sync + 'static,
    ) -> Self {
        Tokenizer { glue: Some(Glue::new(is_known, is_function_word)), ..self }
    }

    /// Where the first word of a token ends that holds several; else where the token ends.
    fn first_part(&self, text: &str, token: Span, kind: TokenKind) -> usize {
        let glue = self.glue.as_ref().filter(|_| kind == TokenKind::Word);
        let end = glue.and_then(|glue| glue.first_part(&text[token.start..token.end]));
        end.map_or(token.end, |end| token.start + end)
    }

    /// The end of a word that goes on in the next line, behind the hyphen at which this token ends:
    /// "Soe-\nharto".
    fn over_line_end(&self, text: &str, token: Span, kind: TokenKind) -> Option<usize> {
        let mark = *text.as_bytes().get(token.end)?;
        // The first bytes of a hyphen, of "¬" and of the soft hyphen.
        if !matches!(mark, b'-' | 0xc2) || kind != TokenKind::Word {
            return None;
        }
        let glue = self.glue.as_ref()?;
        let next = word_goes_on(text, token.end)?;
        let (rest, kind) = scan::next_token(&self.abbreviations, text, next)?;
        let left = &text[token.start..token.end];
        let right = &text[rest.start..rest.end];
        let letters = |part: &str| part.chars().all(char::is_alphabetic);
        let word = kind == TokenKind::Word && letters(left) && letters(right);
        (word && glue.are_one(left, right)).then_some(rest.end)
    }

    /// The folded tokens of a text by itself, such as a name in a list that is matched against
    /// running text.
    pub fn words(&self, text: &str) -> Vec<String> {
        let mut document = Document::new("", "", text);
        document.body.push(Span::new(0, text.len()));
        self.tokenize(&mut document);
        document.tokens.iter().map(|token| document.folded(token).to_string()).collect()
    }

    /// Adds the tokens and sentences of `title_span` (as headline) and of every span of `body`, in
    /// text order. A span ends a sentence, unless nothing but debris ([`BlockKind::Debris`]) stands
    /// behind it, as in front of the next. Text that two spans share is read once, as
    /// headline if one of them is that; spans that reach past the text or into a character are
    /// shortened to what they hold whole.
    pub fn tokenize(&self, document: &mut Document) {
        let parts = parts(document);
        let bytes: usize = parts.iter().map(|(span, _)| span.len()).sum();
        document.tokens.reserve(bytes / BYTES_PER_TOKEN);
        // Beside them stand lemmas and folded forms that are no ASCII.
        document.forms.reserve(bytes + bytes / 4);
        document.sentences.reserve(bytes / BYTES_PER_SENTENCE);
        let mut parts = parts.into_iter().peekable();
        while let Some((mut span, headline)) = parts.next() {
            let first = document.tokens.len();
            loop {
                let mut folded = document.fold(span);
                let mut at = span.start;
                while let Some((token, kind)) =
                    scan::next_token(&self.abbreviations, &document.text[..span.end], at)
                {
                    if let Some(end) = self.over_line_end(&document.text[..span.end], token, kind) {
                        document.push_token_of(&mut folded, Span::new(token.start, end), kind);
                        fold_without(document, |c| !c.is_alphabetic());
                        at = end;
                        continue;
                    }
                    let end = self.first_part(&document.text, token, kind);
                    let token = Span::new(token.start, end);
                    if !document.push_token_of(&mut folded, token, kind) {
                        fold_without(document, chars::is_invisible);
                    }
                    at = end;
                }
                let goes_on = |next: &(Span, bool)| {
                    next.1 == headline && only_debris(document, span.end, next.0.start)
                };
                match parts.next_if(goes_on) {
                    Some((next, _)) => span = next,
                    None => break,
                }
            }
            let last = document.tokens.len();
            sentences::split(&self.abbreviations, document, first..last, headline);
        }
    }
}

/// Takes these characters out of the folded form of the last token, so that it is found in word lists;
/// the surface keeps them: soft hyphens and other invisible ones, the hyphen within a broken word.
fn fold_without(document: &mut Document, gone: impl Fn(char) -> bool) {
    let Some(token) = document.tokens.last_mut() else { return };
    let folded = &document.forms[token.folded.start..token.folded.end];
    if !folded.contains(&gone) {
        return;
    }
    let kept: String = folded.chars().filter(|&c| !gone(c)).collect();
    token.folded.start = document.forms.len();
    document.forms.push_str(&kept);
    token.folded.end = document.forms.len();
    token.lemma = token.folded;
}

/// Whether debris is all that stands between `end` and `start`.
fn only_debris(document: &Document, end: usize, start: usize) -> bool {
    let blocks = &document.blocks;
    let first = blocks.partition_point(|block| block.span.start < end);
    let mut between = blocks[first..].iter().take_while(|block| block.span.end <= start);
    first < blocks.len()
        && blocks[first].span.end <= start
        && between.all(|block| block.kind == BlockKind::Debris)
}

/// The stretches of text to read, in order and without overlap, and whether each is headline.
fn parts(document: &Document) -> Vec<(Span, bool)> {
    let whole = |span: Span| {
        let end = floor(&document.text, span.end);
        Span::new(ceiling(&document.text, span.start).min(end), end)
    };
    let mut parts = Vec::with_capacity(document.body.len() + 2);
    let title = document.title_span.map(whole);
    parts.extend(title.map(|span| (span, true)));
    for span in document.body.iter().copied().map(whole) {
        match title.filter(|title| title.overlaps(span)) {
            None => parts.push((span, false)),
            Some(title) => {
                parts.push((Span::new(span.start, title.start.max(span.start)), false));
                parts.push((Span::new(title.end.min(span.end), span.end), false));
            }
        }
    }
    parts.sort_by_key(|(span, _)| *span);
    let mut at = 0;
    parts.retain_mut(|(span, _)| {
        span.start = span.start.max(at);
        at = at.max(span.end);
        span.start < span.end
    });
    parts
}

/// The last character boundary at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The first character boundary at or behind `at`.
fn ceiling(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_goes_on_behind_the_hyphen_at_the_end_of_a_line() {
        let known = ["soeharto", "yogyakarta", "anak"];
        let tokenizer = Tokenizer::new("form\tkind\n").unwrap();
        let tokenizer = tokenizer.with_words(move |word| known.contains(&word), |_| false);
        for (text, words) in [
            ("Soe-\nharto tiba", &["soeharto", "tiba"][..]),
            ("di Yogya¬\nkarta", &["di", "yogyakarta"]),
            ("YOGYA-\nKARTA", &["yogyakarta"]),
            ("anak-\nanak", &["anak", "-", "anak"]),
            ("Jakarta-\nSurabaya", &["jakarta", "-", "surabaya"]),
            ("Soe-", &["soe", "-"]),
            ("ke-\n2", &["ke", "-", "2"]),
        ] {
            assert_eq!(tokenizer.words(text), words, "{text}");
        }
        let mut document = Document::new("1", "-", "Soe-\nharto tiba");
        document.body.push(Span::new(0, document.text.len()));
        tokenizer.tokenize(&mut document);
        assert_eq!(document.tokens[0].span, Span::new(0, 10));
    }
}

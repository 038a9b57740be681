//! Writers of tokens, sentences, lemmas and clitics alone.

use std::io::{self, Write};

use nukil_types::{Clitic, Document, OffsetTable, OffsetUnit, Sentence, Span, Token, TokenKind};
use serde::Serialize;

use super::record::SCHEMA;

/// How words are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordFormat {
    /// One JSON object a document: the fields `schema`, `id`, `source`, `sentences`, `tokens` and
    /// `truncated` of the record of an extraction; a token has besides its `kind` (`word`,
    /// `number`, `address` or `punctuation`), the number of its `sentence`, and its `clitics`
    /// where it has any.
    JsonLines,
    /// CoNLL-U, the format of Universal Dependencies: columns `ID`, `FORM`, `LEMMA` and `MISC`,
    /// all others `_`. A word with clitics is a range of words, as that format has it. `MISC`
    /// holds `SpaceAfter=No` or, for other than one space, `SpacesAfter`, as UDPipe writes it,
    /// `Stop=Yes` for stop words, and the offsets of the token in `TokenRange`.
    Conllu,
}

/// Writes the words of documents to any stream.
///
/// ```
/// use nukil_tables::{WordFormat, WordWriter};
/// use nukil_types::{Document, OffsetUnit, Sentence, Span, TokenKind};
///
/// let mut document = Document::new("a1", "-", "Gempa!");
/// document.push_token(Span::new(0, 5), TokenKind::Word);
/// document.push_token(Span::new(5, 6), TokenKind::Punctuation);
/// document.sentences.push(Sentence { span: Span::new(0, 6), tokens: 0..2, headline: false });
///
/// let mut lines = Vec::new();
/// WordWriter::new(&mut lines, WordFormat::Conllu, OffsetUnit::CodePoint).write(&document)?;
/// let gempa = "1\tGempa\tgempa\t_\t_\t_\t_\t_\t_\tSpaceAfter=No|TokenRange=0:5";
/// assert_eq!(String::from_utf8_lossy(&lines).lines().nth(3), Some(gempa));
/// # Ok::<(), std::io::Error>(())
/// ```
pub struct WordWriter<W> {
    stream: W,
    format: WordFormat,
    unit: OffsetUnit,
}

impl<W: Write> WordWriter<W> {
    /// A writer to `stream`, which should be buffered, with offsets in `unit`.
    pub fn new(stream: W, format: WordFormat, unit: OffsetUnit) -> Self {
        WordWriter { stream, format, unit }
    }

    /// Writes the words of one document.
    ///
    /// # Errors
    /// Those of the stream, under their own [`io::ErrorKind`].
    pub fn write(&mut self, document: &Document) -> io::Result<()> {
        let offsets = OffsetTable::new(&document.text, self.unit);
        match self.format {
            WordFormat::JsonLines => {
                serde_json::to_writer(&mut self.stream, &record(document, &offsets))?;
                self.stream.write_all(b"\n")
            }
            WordFormat::Conllu => conllu(&mut self.stream, document, &offsets),
        }
    }

    /// Sends what is buffered on its way.
    ///
    /// # Errors
    /// Those of the stream.
    pub fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

#[derive(Serialize)]
struct WordsRecord<'d> {
    schema: u32,
    id: &'d str,
    source: &'d str,
    /// The text that offsets count in, where it was taken out of a page.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'d str>,
    sentences: Vec<[usize; 2]>,
    tokens: Vec<TokenRecord<'d>>,
    truncated: bool,
}

#[derive(Serialize)]
struct TokenRecord<'d> {
    start: usize,
    end: usize,
    text: &'d str,
    kind: &'static str,
    lemma: &'d str,
    stop: bool,
    sentence: usize,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    clitics: Vec<CliticRecord<'d>>,
}

#[derive(Serialize)]
struct CliticRecord<'d> {
    start: usize,
    end: usize,
    text: &'d str,
    kind: &'static str,
}

fn record<'d>(document: &'d Document, offsets: &OffsetTable<'_>) -> WordsRecord<'d> {
    let mut clitics = Clitics::new(document);
    let mut tokens = Vec::with_capacity(document.tokens.len());
    for (number, sentence) in document.sentences.iter().enumerate() {
        for index in sentence.tokens.clone() {
            let token = &document.tokens[index];
            let [start, end] = offsets.span(token.span);
            let clitics = clitics.of(index).iter().map(|clitic| {
                let [start, end] = offsets.span(clitic.span);
                let text = document.slice(clitic.span);
                CliticRecord { start, end, text, kind: clitic.kind.as_str() }
            });
            tokens.push(TokenRecord {
                start,
                end,
                text: document.surface(token),
                kind: kind(token),
                lemma: document.lemma(token),
                stop: token.stop,
                sentence: number,
                clitics: clitics.collect(),
            });
        }
    }
    WordsRecord {
        schema: SCHEMA,
        id: &document.id,
        source: &document.source,
        text: document.extracted.then_some(document.text.as_str()),
        sentences: document.sentences.iter().map(|s| offsets.span(s.span)).collect(),
        tokens,
        truncated: document.truncated,
    }
}

fn kind(token: &Token) -> &'static str {
    match token.kind {
        TokenKind::Word => "word",
        TokenKind::Number => "number",
        TokenKind::Address => "address",
        TokenKind::Punctuation => "punctuation",
    }
}

/// The clitics of a document, handed out token by token in text order.
struct Clitics<'d> {
    rest: &'d [Clitic],
}

impl<'d> Clitics<'d> {
    fn new(document: &'d Document) -> Self {
        Clitics { rest: &document.clitics }
    }

    /// Those of the token `index`, which must not be lower than that of an earlier call.
    fn of(&mut self, index: usize) -> &'d [Clitic] {
        let count = self.rest.iter().take_while(|clitic| clitic.token == index).count();
        let (here, rest) = self.rest.split_at(count);
        self.rest = rest;
        here
    }
}

fn conllu(
    stream: &mut impl Write,
    document: &Document,
    offsets: &OffsetTable<'_>,
) -> io::Result<()> {
    let mut clitics = Clitics::new(document);
    for (number, sentence) in document.sentences.iter().enumerate() {
        if number == 0 {
            writeln!(stream, "# newdoc id = {}", one_line(&document.id))?;
        }
        writeln!(stream, "# sent_id = {}-{}", one_line(&document.id), number + 1)?;
        text_comment(stream, document, sentence)?;
        let mut id = 1;
        for index in sentence.tokens.clone() {
            let token = &document.tokens[index];
            let clitics = clitics.of(index);
            let mut misc = Misc::default();
            misc.add_spaces(document, index);
            if token.stop && clitics.is_empty() {
                misc.add("Stop", "Yes");
            }
            let [start, end] = offsets.span(token.span);
            misc.add("TokenRange", &format!("{start}:{end}"));
            let surface = document.surface(token);
            if clitics.is_empty() {
                let lemma = document.lemma(token);
                writeln!(stream, "{id}\t{surface}\t{lemma}\t_\t_\t_\t_\t_\t_\t{}", misc.0)?;
            } else {
                let last = id + clitics.len();
                writeln!(stream, "{id}-{last}\t{surface}\t_\t_\t_\t_\t_\t_\t_\t{}", misc.0)?;
                parts(stream, document, token, clitics, id)?;
            }
            id += 1 + clitics.len();
        }
        writeln!(stream)?;
    }
    Ok(())
}

/// The words that a token with clitics is made of, numbered from `id` on.
fn parts(
    stream: &mut impl Write,
    document: &Document,
    token: &Token,
    clitics: &[Clitic],
    id: usize,
) -> io::Result<()> {
    let mut host = token.span;
    for clitic in clitics {
        if clitic.span.start == host.start {
            host.start = clitic.span.end;
        } else {
            host.end = host.end.min(clitic.span.start);
        }
    }
    let surface = document.slice(host);
    let surface = surface.strip_suffix('-').unwrap_or(surface);
    let mut words: Vec<(usize, &str, &str)> = vec![(host.start, surface, document.lemma(token))];
    let forms: Vec<(usize, &str, String)> = clitics
        .iter()
        .map(|clitic| {
            let form = document.slice(clitic.span);
            (clitic.span.start, form, form.to_lowercase())
        })
        .collect();
    words.extend(forms.iter().map(|(start, form, lemma)| (*start, *form, lemma.as_str())));
    words.sort_by_key(|(start, ..)| *start);
    for (at, (start, form, lemma)) in words.into_iter().enumerate() {
        let stop = if token.stop && start == host.start { "Stop=Yes" } else { "_" };
        writeln!(stream, "{}\t{form}\t{lemma}\t_\t_\t_\t_\t_\t_\t{stop}", id + at)?;
    }
    Ok(())
}

/// The comment `# text`: the surfaces, with one space wherever the text has white space.
fn text_comment(
    stream: &mut impl Write,
    document: &Document,
    sentence: &Sentence,
) -> io::Result<()> {
    stream.write_all(b"# text = ")?;
    for index in sentence.tokens.clone() {
        let token = &document.tokens[index];
        stream.write_all(document.surface(token).as_bytes())?;
        let last = index + 1 == sentence.tokens.end;
        if !last && token.span.end < document.tokens[index + 1].span.start {
            stream.write_all(b" ")?;
        }
    }
    stream.write_all(b"\n")
}

/// The column MISC: names and values joined by `|`, in order of the names.
#[derive(Default)]
struct Misc(String);

impl Misc {
    fn add(&mut self, name: &str, value: &str) {
        if !self.0.is_empty() {
            self.0.push('|');
        }
        self.0.push_str(name);
        self.0.push('=');
        self.0.push_str(value);
    }

    /// Says what stands between the token `index` and the next, unless it is one space or text
    /// that is no prose.
    fn add_spaces(&mut self, document: &Document, index: usize) {
        let Some(next) = document.tokens.get(index + 1) else { return };
        let gap = document.slice(Span::new(document.tokens[index].span.end, next.span.start));
        match gap {
            "" => self.add("SpaceAfter", "No"),
            " " => {}
            _ if gap.chars().all(char::is_whitespace) => self.add("SpacesAfter", &escaped(gap)),
            _ => {}
        }
    }
}

/// White space with the escapes of UDPipe.
fn escaped(spaces: &str) -> String {
    let mut escaped = String::new();
    for space in spaces.chars() {
        match space {
            ' ' => escaped.push_str("\\s"),
            '\t' => escaped.push_str("\\t"),
            '\n' => escaped.push_str("\\n"),
            '\r' => escaped.push_str("\\r"),
            // A line or paragraph separator would end the line for some readers.
            other if other.is_control() || matches!(other, '\u{2028}' | '\u{2029}') => {
                escaped.push_str("\\n");
            }
            other => escaped.push(other),
        }
    }
    escaped
}

/// A value of a comment, which ends with its line.
fn one_line(value: &str) -> String {
    value.split_whitespace().collect::<Vec<_>>().join(" ")
}

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::bytes::ascii_in_front;
use crate::{Block, BlockKind, Clitic, Quote, Span, Value};

/// One article and all that the stages have found in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// Identifier from the input, or the position or path of the document there.
    pub id: String,
    /// Path of the input that the document came from; `-` for standard input.
    pub source: String,
    /// The text as given, or as it was taken out of `page`. All spans count in it.
    pub text: String,
    /// The HTML page that the text is still to be taken out of; nothing for a text.
    pub page: Option<Vec<u8>>,
    /// Whether the text was taken out of a page, so that nobody has it who has the page.
    pub extracted: bool,
    /// What of the text were links on the page that it was taken out of, in order, without overlap.
    pub links: Vec<Span>,
    /// Whether the text was cut at the limit on a document's size.
    pub truncated: bool,
    /// Columns that the program does not use, in input order, passed through to `documents`.
    pub extra: Vec<(String, String)>,

    /// The headline: from the input's title column or, failing that, found in the text.
    pub title: Option<String>,
    /// Where the headline stands in `text`, if it does.
    pub title_span: Option<Span>,
    /// Date of publication: as the input gave it until `article` has run, then an ISO 8601 date
    /// (`2022-09-20`), or nothing where none could be read.
    pub published: Option<String>,
    /// Date and time of publication as ISO 8601, where the time is known (`2022-09-20T08:15+07:00`;
    /// without the zone where that is not).
    pub published_at: Option<String>,
    /// What gave the date of publication; nothing where there is none. Reading a page sets it before
    /// `article` runs; a date without it is then that of the input's date field.
    pub published_from: Option<DateSource>,
    /// Outlet and place from the dateline; the outlet from the page where the dateline has none.
    pub dateline: Dateline,
    /// The spans of prose, in order, without overlap.
    pub body: Vec<Span>,
    /// What stands between them, in order, without overlap; the headline is among it.
    pub blocks: Vec<Block>,

    /// The language, once identified.
    pub language: Option<Language>,
    /// The runs of paragraphs in one language, in order, where the document is in more than one;
    /// empty otherwise.
    pub passages: Vec<Passage>,
    /// Why the document was not looked into any further, if it was not.
    pub skipped: Option<Skip>,

    /// Sentences of the headline and the body, in text order.
    pub sentences: Vec<Sentence>,
    /// Tokens of all sentences, in text order.
    pub tokens: Vec<Token>,
    /// Texts in lower case, folded forms and lemmas, one after another; tokens point into it.
    pub forms: String,
    /// Clitics inside the tokens, in text order; empty unless the stemmer was asked for them.
    pub clitics: Vec<Clitic>,

    /// Occurrences of names, in text order, without overlap.
    pub mentions: Vec<Mention>,
    /// Dates, times, amounts and counts, in text order, without overlap with each other or with
    /// names.
    pub values: Vec<Value>,
    /// Distinct people, places and organisations, in order of first occurrence.
    pub entities: Vec<Entity>,
    /// Who says what, in text order.
    pub quotes: Vec<Quote>,
    /// Ranked keywords, best first.
    pub keywords: Vec<Keyword>,
}

/// What the dateline says ("TEMPO.CO, Jakarta -").
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dateline {
    /// The outlet as written, e.g. `TEMPO.CO`.
    pub outlet: Option<String>,
    /// The place as written, e.g. `Jakarta`.
    pub place: Option<String>,
}

/// A language and how sure the identifier is of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Language {
    /// ISO 639 code: `id`, `ms`, `en`, `jv`, `su`, …; `und` where nothing can be said.
    pub code: String,
    /// From 0 to 1.
    pub confidence: f64,
}

/// Paragraphs in one language, of a document that has several.
#[derive(Clone, Debug, PartialEq)]
pub struct Passage {
    /// From the first character of the first paragraph to the end of the last.
    pub span: Span,
    /// Their language.
    pub language: Language,
}

/// Why a document was not looked into: nothing was taken from it but what stands in `documents`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Skip {
    /// Its language is none of those asked for.
    Language,
}

impl Skip {
    /// The name in column `skipped`.
    pub fn as_str(self) -> &'static str {
        match self {
            Skip::Language => "language",
        }
    }
}

/// What gave the day of publication of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateSource {
    /// The date field of the input.
    DateField,
    /// The dateline: "Jakarta, 3 Februari 2021 –".
    Dateline,
    /// The page: its metadata, or a line at its head that says when the article went online.
    Page,
    /// The name of the file.
    FileName,
    /// A date in the prose.
    Prose,
}

impl DateSource {
    /// The name in column `published_from`.
    pub fn as_str(self) -> &'static str {
        match self {
            DateSource::DateField => "date field",
            DateSource::Dateline => "dateline",
            DateSource::Page => "page",
            DateSource::FileName => "file name",
            DateSource::Prose => "prose",
        }
    }
}

/// A sentence: where it stands and which tokens it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// From the first character of the first token to the end of the last.
    pub span: Span,
    /// Indices into [`Document::tokens`].
    pub tokens: Range<usize>,
    /// Whether the sentence is (part of) the headline.
    pub headline: bool,
}

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters, perhaps with digits, hyphens, apostrophes or full stops inside.
    Word,
    /// Digits, perhaps with separators or a currency sign: `1,5`, `19.30`, `17/08/1945`.
    Number,
    /// A web address, e-mail address, @mention or #hashtag.
    Address,
    /// A punctuation mark, a run of one (`...`), a symbol or an emoji.
    Punctuation,
}

/// A word, number or punctuation mark. White space is no token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where the surface stands in [`Document::text`].
    pub span: Span,
    /// What it is made of.
    pub kind: TokenKind,
    /// Whether it is a function word of the chosen profile. Marked, never dropped.
    pub stop: bool,
    /// The lower-cased surface, in [`Document::forms`].
    pub folded: Span,
    /// The lemma, in [`Document::forms`]; the folded form until the stemmer has run.
    pub lemma: Span,
}

/// A text that stands in lower case in [`Document::forms`], by [`Document::fold`].
#[derive(Clone, Copy, Debug)]
pub struct FoldedText {
    /// Where it begins in [`Document::text`].
    text: usize,
    /// Where it begins in [`Document::forms`].
    form: usize,
    /// Where it ends.
    end: usize,
    /// What is known to be ASCII in [`Document::text`], in front of the next character that is not.
    plain: Span,
}

/// What kind of thing a mention or an entity is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Label {
    /// A person.
    Person,
    /// A place.
    Location,
    /// An organisation.
    Organisation,
    /// A named event, competition, disaster or day.
    Event,
    /// A named thing that is made or sold.
    Product,
    /// A law, regulation, treaty or court decision.
    Law,
    /// The title of a film, song, book or programme.
    Work,
    /// A label that a user's gazetteer or model brought, under its own name.
    Other(String),
}

impl Label {
    /// The label as the tables write it: `PER`, `LOC`, `ORG`, `EVENT`, `PRODUCT`, `LAW`, `WORK`, or
    /// the user's own name.
    pub fn as_str(&self) -> &str {
        match self {
            Label::Person => "PER",
            Label::Location => "LOC",
            Label::Organisation => "ORG",
            Label::Event => "EVENT",
            Label::Product => "PRODUCT",
            Label::Law => "LAW",
            Label::Work => "WORK",
            Label::Other(name) => name,
        }
    }

    /// Reads a label as tables, gold data and spaCy patterns write it
    /// (`PER`, `PERSON`, `LOC`, `GPE`, `ORG`, `WORK_OF_ART`, …). What they call `GPE` is a place.
    pub fn parse(name: &str) -> Label {
        let is = |names: &[&str]| names.iter().any(|known| known.eq_ignore_ascii_case(name));
        if is(&["PER", "PERSON"]) {
            Label::Person
        } else if is(&["LOC", "LOCATION", "GPE", "PLACE"]) {
            Label::Location
        } else if is(&["ORG", "ORGANIZATION", "ORGANISATION"]) {
            Label::Organisation
        } else if is(&["EVENT", "EVT"]) {
            Label::Event
        } else if is(&["PRODUCT"]) {
            Label::Product
        } else if is(&["LAW"]) {
            Label::Law
        } else if is(&["WORK", "WORK_OF_ART"]) {
            Label::Work
        } else {
            Label::Other(name.to_string())
        }
    }
}

/// What found a mention.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MentionSource {
    /// A gazetteer of the user's.
    User,
    /// The trained tagger.
    #[default]
    Tagger,
    /// A rule, as of dates and amounts.
    Rule,
}

impl MentionSource {
    /// The name in column `found_by`.
    pub fn as_str(self) -> &'static str {
        match self {
            MentionSource::User => "user",
            MentionSource::Tagger => "tagger",
            MentionSource::Rule => "rule",
        }
    }
}

/// One occurrence of a name.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// Where the name stands, titles left out. It may begin or end within a token where a hyphen
    /// joins two names ("Anies-Muhaimin").
    pub span: Span,
    /// The tokens it covers, indices into [`Document::tokens`].
    pub tokens: Range<usize>,
    /// Its kind.
    pub label: Label,
    /// Index into [`Document::entities`].
    pub entity: usize,
    /// Index into [`Document::sentences`].
    pub sentence: usize,
    /// From 0 to 1.
    pub score: f64,
    /// What found it.
    pub found_by: MentionSource,
    /// Whether it is a place that says which of something is meant: "AS" in "Presiden AS".
    pub qualifier: bool,
}

/// A distinct person, place or organisation of one document.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// Its kind.
    pub label: Label,
    /// What sort of place or organisation it is ("regency", "party"), as far as the gazetteer or the head
    /// of its name says.
    pub kind: Option<&'static str>,
    /// The fullest form of its name.
    pub name: String,
    /// Other forms in which the document names it, in order of first occurrence.
    pub aliases: Vec<String>,
    /// Titles and offices that the document gives it ("Menteri Luar Negeri Armenia").
    pub roles: Vec<String>,
    /// Identifier in the gazetteer: `id:32.73` (Kemendagri code), `iso:AM`, `geonames:5128581`, …
    pub gazetteer_id: Option<String>,
    /// ISO 3166-1 alpha-2 code.
    pub country: Option<String>,
    /// Names of the province, and of the regency or city, of a place in Indonesia.
    pub province: Option<String>,
    /// As `province`.
    pub regency: Option<String>,
    /// Degrees north.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
    /// How many mentions it has.
    pub mentions: usize,
    /// Start of the first mention, in bytes.
    pub first_start: usize,
    /// Share of the document's attention, from 0 to 1.
    pub salience: f64,
}

/// A phrase that says what the document is about.
#[derive(Clone, Debug, PartialEq)]
pub struct Keyword {
    /// The phrase as the document writes it most often.
    pub text: String,
    /// Its lemmas, joined by a space. A word of a name is its own lemma, in lower case.
    pub lemma: String,
    /// The lemmas of all its words, those of names stemmed, too. Keywords that agree in them are one.
    pub family: String,
    /// From 0 to 1, the best keyword of a document highest.
    pub score: f64,
    /// How often it occurs, in this or, for an entity, in another form.
    pub count: usize,
    /// Whether it is the name of an entity.
    pub is_entity: bool,
    /// Start of the first occurrence, in bytes.
    pub first_start: usize,
    /// Every occurrence, in text order: of the phrase itself and, for an entity, of the other forms
    /// of its name.
    pub occurrences: Vec<Span>,
}

/// Where a word goes on that a hyphen breaks at the end of a line ("Soe-\nharto"), if one stands at the
/// byte `at`: the first letter of the next line. It is a small one, or both are capitals.
pub fn word_goes_on(text: &str, at: usize) -> Option<usize> {
    let behind = text[at..].strip_prefix(['-', '¬', '\u{ad}'])?;
    let line = behind.trim_start_matches([' ', '\r']).strip_prefix('\n')?;
    let next = line.trim_start_matches(' ');
    let letter = next.chars().next()?;
    let last = text[..at].chars().next_back()?;
    let goes_on = letter.is_lowercase() && last.is_lowercase()
        || letter.is_uppercase() && last.is_uppercase();
    goes_on.then(|| text.len() - next.len())
}

/// A text without the hyphens at the ends of lines that break words.
fn without_broken_words(text: &str) -> String {
    let mut whole = String::with_capacity(text.len());
    let mut start = 0;
    for (at, _) in text.match_indices(['-', '¬']) {
        if let Some(next) = word_goes_on(text, at).filter(|_| at >= start) {
            whole.push_str(&text[start..at]);
            start = next;
        }
    }
    whole.push_str(&text[start..]);
    whole
}

impl Document {
    /// A document of which nothing but the text is known.
    pub fn new(id: impl Into<String>, source: impl Into<String>, text: impl Into<String>) -> Self {
        Document { id: id.into(), source: source.into(), text: text.into(), ..Document::default() }
    }

    /// The text under `span`.
    ///
    /// # Panics
    /// When `span` does not lie on character boundaries inside the text.
    #[inline]
    pub fn slice(&self, span: Span) -> &str {
        &self.text[span.start..span.end]
    }

    /// The text under `span` as a person reads it: white space as single spaces, without invisible
    /// characters (soft hyphens, zero-width ones), and debris ([`BlockKind::Debris`]) as the
    /// space or the `&` that they stand for.
    ///
    /// # Panics
    /// As [`Document::slice`].
    pub fn reading(&self, span: Span) -> String {
        let mut words = String::with_capacity(span.len());
        let mut push = |piece: &str| {
            if words.is_empty() && is_plain(piece) {
                return words.push_str(piece);
            }
            let mut piece = piece;
            let whole;
            if piece.contains('\n') && piece.contains(['-', '¬']) {
                whole = without_broken_words(piece);
                piece = &whole;
            }
            for word in piece.split_whitespace() {
                if !words.is_empty() {
                    words.push(' ');
                }
                words.extend(word.chars().filter(|&c| !is_invisible(c)));
            }
        };
        let mut start = span.start;
        let first = self.blocks.partition_point(|block| block.span.start < span.start);
        for block in self.blocks[first..].iter().take_while(|block| block.span.end <= span.end) {
            if block.kind == BlockKind::Debris {
                push(self.slice(Span::new(start, block.span.start)));
                if self.slice(block.span).replace("amp;", "") == "&" {
                    push("&");
                }
                start = block.span.end;
            }
        }
        push(self.slice(Span::new(start, span.end)));
        words
    }

    /// The surface of a token.
    #[inline]
    pub fn surface(&self, token: &Token) -> &str {
        self.slice(token.span)
    }

    /// The lower-cased surface of a token.
    #[inline]
    pub fn folded(&self, token: &Token) -> &str {
        &self.forms[token.folded.start..token.folded.end]
    }

    /// The bytes of [`Document::surface`], for who looks for no characters in them: where those
    /// begin and end is not asked.
    #[inline]
    pub fn surface_bytes(&self, token: &Token) -> &[u8] {
        &self.text.as_bytes()[token.span.start..token.span.end]
    }

    /// The bytes of [`Document::folded`], likewise.
    #[inline]
    pub fn folded_bytes(&self, token: &Token) -> &[u8] {
        &self.forms.as_bytes()[token.folded.start..token.folded.end]
    }

    /// The lemma of a token.
    #[inline]
    pub fn lemma(&self, token: &Token) -> &str {
        &self.forms[token.lemma.start..token.lemma.end]
    }

    /// The span of some tokens, of which there is at least one.
    #[inline]
    pub fn span_of(&self, tokens: Range<usize>) -> Span {
        Span::new(self.tokens[tokens.start].span.start, self.tokens[tokens.end - 1].span.end)
    }

    /// The lower-cased surfaces of some tokens, joined by single spaces.
    pub fn folded_words(&self, tokens: Range<usize>) -> String {
        let tokens = &self.tokens[tokens];
        let bytes = tokens.iter().map(|token| token.folded.len() + 1).sum();
        let mut words = String::with_capacity(bytes);
        for (at, token) in tokens.iter().enumerate() {
            if at > 0 {
                words.push(' ');
            }
            words.push_str(self.folded(token));
        }
        words
    }

    /// Adds a token with the surface under `span`; its lemma is its folded form until a stemmer
    /// says otherwise.
    pub fn push_token(&mut self, span: Span, kind: TokenKind) {
        let mut folded = self.fold(span);
        self.push_token_of(&mut folded, span, kind);
    }

    /// Puts the text under `span` into the forms, its ASCII letters in lower case, for the tokens in
    /// it: all at once that takes a third of the time that it takes token by token.
    pub fn fold(&mut self, span: Span) -> FoldedText {
        let form = self.forms.len();
        self.forms.push_str(&self.text[span.start..span.end]);
        self.forms[form..].make_ascii_lowercase();
        FoldedText { text: span.start, form, end: span.end, plain: self.plain_at_start(span) }
    }

    /// What is ASCII at the beginning of a span.
    fn plain_at_start(&self, span: Span) -> Span {
        let plain = ascii_in_front(&self.text.as_bytes()[span.start..span.end]);
        Span::new(span.start, span.start + plain)
    }

    /// As [`Document::push_token`], where the surface lies in a text that is folded. Tells whether the
    /// surface is ASCII.
    #[inline]
    pub fn push_token_of(&mut self, text: &mut FoldedText, span: Span, kind: TokenKind) -> bool {
        let mut ascii = text.plain.contains(span);
        if !ascii {
            ascii = self.text.as_bytes()[span.start..span.end].is_ascii();
            text.plain = self.plain_at_start(Span::new(span.end, text.end.max(span.end)));
        }
        let start = text.form + (span.start - text.text);
        let folded =
            if ascii { Span::new(start, start + span.len()) } else { self.push_folded(span) };
        self.tokens.push(Token { span, kind, stop: false, folded, lemma: folded });
        ascii
    }

    /// Adds what stands under `span` to the forms, in lower case.
    fn push_folded(&mut self, span: Span) -> Span {
        let start = self.forms.len();
        self.forms.extend(self.text[span.start..span.end].chars().flat_map(char::to_lowercase));
        Span::new(start, self.forms.len())
    }

    /// Gives the token at `index` a lemma of its own.
    pub fn set_lemma(&mut self, index: usize, lemma: &str) {
        let start = self.forms.len();
        self.forms.push_str(lemma);
        self.tokens[index].lemma = Span::new(start, self.forms.len());
    }

    /// How many characters of the text are U+FFFD, which stands for what could not be decoded, here
    /// or before the text was given.
    pub fn replacement_characters(&self) -> usize {
        self.text.matches('\u{fffd}').count()
    }

    /// How many bytes it came as.
    pub fn input_bytes(&self) -> usize {
        self.page.as_ref().map_or(self.text.len(), Vec::len)
    }

    /// How many tokens are words.
    pub fn word_count(&self) -> usize {
        self.tokens.iter().filter(|token| token.kind == TokenKind::Word).count()
    }
}

/// Whether a text is words of ASCII with single spaces between, as most names are.
fn is_plain(text: &str) -> bool {
    let mut last = b' ';
    let plain = text.bytes().all(|byte| {
        let fits = byte.is_ascii_graphic() || byte == b' ' && last != b' ';
        last = byte;
        fits
    });
    plain && last != b' '
}

/// What renders as nothing: soft hyphens, zero-width characters, marks of direction and byte order.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_a_hyphen_breaks_is_read_whole() {
        for (text, read) in [
            ("Soe-\nharto", "Soeharto"),
            ("Soe¬\r\n harto", "Soeharto"),
            ("BENDUNGAN WONO-\nGIRI", "BENDUNGAN WONOGIRI"),
            ("Jakarta-\nSurabaya", "Jakarta- Surabaya"),
            ("Shin Tae-yong", "Shin Tae-yong"),
        ] {
            let document = Document::new("1", "-", text);
            assert_eq!(document.reading(Span::new(0, text.len())), read);
        }
    }

    #[test]
    fn tokens_of_a_folded_text_have_the_forms_that_they_have_alone() {
        let text = "Menteri NAIK ke Élan,\nİzmir";
        let (mut alone, mut together) =
            (Document::new("a", "-", text), Document::new("b", "-", text));
        let mut folded = together.fold(Span::new(8, text.len()));
        for surface in ["NAIK", "ke", "Élan", ",", "İzmir"] {
            let start = text.find(surface).unwrap();
            let span = Span::new(start, start + surface.len());
            alone.push_token(span, TokenKind::Word);
            let ascii = together.push_token_of(&mut folded, span, TokenKind::Word);
            assert_eq!(ascii, surface.is_ascii());
        }
        for (one, other) in alone.tokens.iter().zip(&together.tokens) {
            assert_eq!(alone.folded(one), together.folded(other));
            assert_eq!(together.lemma(other), together.folded(other));
        }
        assert_eq!(together.folded_words(0..3), "naik ke élan");
    }

    #[test]
    fn a_reading_has_neither_references_nor_invisible_characters() {
        let text = "Menteri&amp;nbsp;Luar \n Ne\u{ad}geri | PT Jaya &amp; Putra\u{200b}";
        let mut document = Document::new("a1", "-", text);
        for reference in ["&amp;nbsp;", "&amp; "] {
            let start = text.find(reference).unwrap();
            let span = Span::new(start, start + reference.trim_end().len());
            document.blocks.push(Block { span, kind: BlockKind::Debris });
        }
        let bar = text.find(" |").unwrap();
        assert_eq!(document.reading(Span::new(0, bar)), "Menteri Luar Negeri");
        assert_eq!(document.reading(Span::new(bar + 3, text.len())), "PT Jaya & Putra");
    }
}

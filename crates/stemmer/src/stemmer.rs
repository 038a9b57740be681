//! Lemmas of words and of documents.

use std::ops::Range;

use nukil_types::{Clitic, Document, FormKey, Span, Token, TokenKind};
use rust_stemmers::{Algorithm, Stemmer as Snowball};

use crate::analysis::{LONGEST_WORD, Reading, best};
use crate::clitics::Clitics;
use crate::hyphens::{Hyphened, read};
use crate::lexicon::{Entry, Lexicon};
use crate::memory::Memory;
use crate::{FormatError, families};

/// Share of a sentence's words with a capital from which on the capital says nothing (headlines).
const TITLE_CASE_SHARE: f64 = 0.6;

/// What the lemma of a word is to be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LemmaProfile {
    /// The lemmatiser: the headword under which a dictionary lists the form. Loans and nouns that
    /// are headwords stay (*aktivitas*, *wartawan*), and so do conjunctions, prepositions and
    /// adverbs whose affix is no longer felt (*sebagai*, *setelah*).
    #[default]
    Lemma,
    /// The stemmer for search: one root for a family of words. Beyond the lemma it takes off the
    /// endings of loans and of nouns of persons (*aktivitas*, *aktif*; *wartawan*, *warta*), the
    /// prefixes that make words freely (*antarklub*, *klub*), and reads every spelling as the
    /// standard one.
    Root,
}

/// What a [`Stemmer`] does beside the lemmas of dictionaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// What the lemmas are to be.
    pub profile: LemmaProfile,
    /// Whether a word in another spelling has the lemma of the standard one (*karir*, *karier*).
    pub standard_spelling: bool,
    /// Whether [`Stemmer::lemmatize`] also fills [`Document::clitics`].
    pub clitics: bool,
}

/// The lemmatiser of Indonesian words: forms in, dictionary forms out.
///
/// Immutable once opened, so one serves all workers; what changes lies in each worker's [`Scratch`].
pub struct Stemmer {
    lexicon: Lexicon,
    snowball: Snowball,
    options: Options,
}

/// Working memory of one worker with one stemmer: forms already seen, reused from document to
/// document.
#[derive(Default)]
pub struct Scratch {
    memory: Memory,
    /// Those of the words of a sentence.
    keys: Vec<Option<FormKey>>,
}

/// What a form is made from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Verdict {
    pub(crate) lemma: Lemma,
    pub(crate) clitics: Clitics,
    /// Not to be believed of a word that a capital marks as a name.
    pub(crate) weak: bool,
    /// Whether the words around it may call for another lemma.
    pub(crate) ambiguous: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lemma {
    /// The form itself.
    Whole,
    /// A word of the lexicon.
    Known(&'static str),
    /// The bytes of the form between these offsets; longer forms are not remembered.
    Part(u8, u8),
}

impl Lemma {
    fn part(start: usize, end: usize) -> Self {
        match (u8::try_from(start), u8::try_from(end)) {
            (Ok(start), Ok(end)) => Lemma::Part(start, end),
            _ => Lemma::Whole,
        }
    }
}

impl Verdict {
    pub(crate) const WHOLE: Verdict =
        Verdict { lemma: Lemma::Whole, clitics: Clitics::NONE, weak: false, ambiguous: false };

    fn sure(lemma: Lemma) -> Self {
        Verdict { lemma, ..Verdict::WHOLE }
    }
}

impl Stemmer {
    /// Opens an artefact of [`compile`](crate::compile), with the default [`Options`]; takes about
    /// a millisecond.
    ///
    /// # Errors
    /// When the bytes are no such artefact, of another format, or damaged.
    pub fn from_bytes(artefact: &'static [u8]) -> Result<Self, FormatError> {
        Ok(Stemmer {
            lexicon: Lexicon::open(artefact)?,
            snowball: Snowball::create(Algorithm::English),
            options: Options::default(),
        })
    }

    /// The same lexicon with other options. A [`Scratch`] of before must not be used with it.
    #[must_use]
    pub fn with_options(self, options: Options) -> Self {
        Stemmer { options, ..self }
    }

    /// Digest of the sources that the lexicon was compiled from.
    pub fn source_digest(&self) -> u64 {
        self.lexicon.digest()
    }

    /// The lemma of a lower-cased form: a word of the lexicon, the form itself or a part of it.
    pub fn lemma<'w>(&self, folded: &'w str, scratch: &mut Scratch) -> &'w str {
        match self.verdict(FormKey::of_form(folded), || folded, scratch).lemma {
            Lemma::Whole => folded,
            Lemma::Known(lemma) => lemma,
            Lemma::Part(start, end) => &folded[usize::from(start)..usize::from(end)],
        }
    }

    /// The clitics of a lower-cased form, by the reading that gives its lemma.
    ///
    /// A word of the lexicon has none, even where one was in it once (*akhirnya*, *meskipun*).
    pub fn clitics(&self, folded: &str, scratch: &mut Scratch) -> Clitics {
        self.verdict(FormKey::of_form(folded), || folded, scratch).clitics
    }

    /// Gives every word of the document whose lemma differs from its folded form that lemma.
    ///
    /// A capital inside a sentence marks a name, and acronyms are written in capitals throughout:
    /// such tokens stay whole unless they are made with affixes that seldom occur in names by
    /// chance (*Kementerian Keuangan* has its lemmas, *Bekasi* and *Susi* stay as they are).
    ///
    /// A form of two lemmas goes by the words beside it (*orang beruang* is *uang*).
    pub fn lemmatize(&self, document: &mut Document, scratch: &mut Scratch) {
        for sentence in 0..document.sentences.len() {
            let tokens = document.sentences[sentence].tokens.clone();
            let capitals_tell = read_sentence(document, tokens.clone(), scratch);
            let mut word = 0;
            let mut fresh_start = true;
            for index in tokens.clone() {
                let token = &document.tokens[index];
                let after_opening = std::mem::replace(&mut fresh_start, opens(document, token));
                if token.kind != TokenKind::Word {
                    fresh_start |= after_opening && token.kind == TokenKind::Punctuation;
                    continue;
                }
                let key = scratch.keys[word];
                word += 1;
                let spelling =
                    if capitals_tell { spelling(document, token) } else { Spelling::Lower };
                if spelling == Spelling::Acronym {
                    continue;
                }
                let verdict = self.verdict(key, || document.folded(token), scratch);
                if verdict.weak && spelling == Spelling::Capital && !after_opening {
                    continue;
                }
                let folded = token.folded;
                let other =
                    verdict.ambiguous.then(|| self.other_lemma(document, tokens.clone(), index));
                match (other.flatten(), verdict.lemma) {
                    (Some(lemma), _) | (None, Lemma::Known(lemma)) => {
                        document.set_lemma(index, lemma);
                    }
                    (None, Lemma::Part(start, end)) => {
                        document.tokens[index].lemma = Span::new(
                            folded.start + usize::from(start),
                            folded.start + usize::from(end),
                        );
                    }
                    (None, Lemma::Whole) => {}
                }
                if self.options.clitics && verdict.clitics.any() {
                    add_clitics(document, index, verdict.clitics);
                }
            }
        }
    }

    /// The lemma that the words beside the ambiguous token `index` call for, where that is not the
    /// usual one.
    fn other_lemma(
        &self,
        document: &Document,
        sentence: Range<usize>,
        index: usize,
    ) -> Option<&'static str> {
        let beside = |at: Option<usize>| {
            at.filter(|at| sentence.contains(at))
                .map_or("", |at| document.folded(&document.tokens[at]))
        };
        let ambiguous = self.lexicon.ambiguous(document.folded(&document.tokens[index]))?;
        ambiguous
            .is_other(beside(index.checked_sub(1)), beside(index.checked_add(1)))
            .then_some(ambiguous.other)
    }

    /// The verdict over a form, which has this key; it is asked for where none is remembered.
    fn verdict<'f>(
        &self,
        key: Option<FormKey>,
        folded: impl FnOnce() -> &'f str,
        scratch: &mut Scratch,
    ) -> Verdict {
        if let Some(verdict) = key.and_then(|key| scratch.memory.get(key)) {
            return verdict;
        }
        let folded = folded();
        // A form this long is seen once.
        if folded.len() > 2 * LONGEST_WORD {
            return Verdict::WHOLE;
        }
        let plain = self.options.profile == LemmaProfile::Lemma && !self.options.standard_spelling;
        let mut verdict = if plain { self.read(folded) } else { self.further(folded) };
        // A lemma that stands in the form need not be copied for every token.
        if let Lemma::Known(lemma) = verdict.lemma
            && let Some(start) = folded.find(lemma)
        {
            verdict.lemma = Lemma::part(start, start + lemma.len());
        }
        if let Some(key) = key {
            scratch.memory.insert(key, verdict);
        }
        verdict
    }

    fn read(&self, form: &str) -> Verdict {
        match self.lexicon.get(form.as_bytes()) {
            Some(entry) => listed(entry, form),
            None => self.analyse(form),
        }
    }

    /// The verdict where more is asked than the dictionary form of what is written.
    fn further(&self, folded: &str) -> Verdict {
        let standard = self.lexicon.standard(folded);
        let form = standard.unwrap_or(folded);
        let mut verdict = self.read(form);
        let mut known = match verdict.lemma {
            Lemma::Whole => standard,
            Lemma::Known(lemma) => Some(lemma),
            Lemma::Part(start, end) => {
                standard.map(|form| &form[usize::from(start)..usize::from(end)])
            }
        };
        let lemma = match verdict.lemma {
            Lemma::Part(start, end) => &form[usize::from(start)..usize::from(end)],
            _ => known.unwrap_or(form),
        };
        known = self.lexicon.standard(lemma).or(known);
        if self.options.profile == LemmaProfile::Root {
            let lemma = known.unwrap_or(lemma);
            let made_freely = || {
                let from = families::behind_free_prefix(lemma)?;
                let unknown = self.lexicon.get(lemma.as_bytes()).is_none();
                unknown.then(|| self.known_lemma(&lemma[from..]))?
            };
            if let Some(root) = families::head(&self.lexicon, lemma) {
                known = Some(root);
            } else if let Some(root) = made_freely() {
                known = Some(families::head(&self.lexicon, root).unwrap_or(root));
                verdict.weak = true;
            }
        }
        if standard.is_some() {
            // Their places were those in the standard form.
            verdict.clitics = Clitics::NONE;
        }
        if let Some(lemma) = known {
            verdict.lemma = if lemma == folded { Lemma::Whole } else { Lemma::Known(lemma) };
        }
        verdict
    }

    /// The lemma of a form that the lexicon or the rules know.
    fn known_lemma(&self, form: &str) -> Option<&'static str> {
        match self.lexicon.get(form.as_bytes()) {
            Some(entry) => Some(entry.lemma),
            None => best(&self.lexicon, form.as_bytes()).map(|reading| reading.root),
        }
    }

    fn analyse(&self, folded: &str) -> Verdict {
        if folded.contains('-') {
            let (read, clitics) = read(&self.lexicon, folded);
            let lemma = match read {
                Hyphened::Root(lemma) => Lemma::Known(lemma),
                Hyphened::Part(start, end) => Lemma::part(start, end),
                Hyphened::Whole => Lemma::Whole,
            };
            return Verdict { clitics, ..Verdict::sure(lemma) };
        }
        if let Some(Reading { root, weak, clitics, .. }) = best(&self.lexicon, folded.as_bytes()) {
            return Verdict { lemma: Lemma::Known(root), clitics, weak, ambiguous: false };
        }
        match self.english(folded) {
            Some(lemma) if lemma != folded => {
                Verdict { weak: true, ..Verdict::sure(Lemma::Known(lemma)) }
            }
            Some(_) => Verdict::WHOLE,
            None => unknown_host(folded).unwrap_or(Verdict::WHOLE),
        }
    }

    /// The dictionary form of an inflected English word, where that form is known as English.
    fn english(&self, folded: &str) -> Option<&'static str> {
        let inflected = ["s", "ing", "ed"].iter().any(|ending| folded.ends_with(ending));
        if !inflected || folded.len() < 5 || !folded.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return None;
        }
        let lemma = self.lexicon.english(&self.snowball.stem(folded))?;
        // A stem is shared by derived words too (related, relatively); an inflection only adds to
        // its dictionary form, but for a final e or y.
        folded.starts_with(lemma.trim_end_matches(['e', 'y'])).then_some(lemma)
    }
}

/// The verdict over a form that the lexicon lists.
fn listed(entry: Entry, form: &str) -> Verdict {
    let lemma = if entry.lemma == form { Lemma::Whole } else { Lemma::Known(entry.lemma) };
    Verdict { ambiguous: entry.ambiguous, ..Verdict::sure(lemma) }
}

/// Shortest host of -nya that no list holds.
const SHORTEST_HOST: usize = 4;

/// A word that nothing is known of, but that ends in -nya, which few words have of their own:
/// *deepfakenya*. Of a name it is not believed (*Sonya*).
fn unknown_host(folded: &str) -> Option<Verdict> {
    let host = folded.strip_suffix("nya")?;
    let is_word = host.len() >= SHORTEST_HOST
        && host.bytes().all(|byte| byte.is_ascii_lowercase())
        && host.bytes().any(|byte| b"aeiou".contains(&byte));
    is_word.then(|| Verdict {
        lemma: Lemma::part(0, host.len()),
        clitics: Clitics { pronoun: 3, ..Clitics::NONE },
        weak: true,
        ambiguous: false,
    })
}

/// Writes the clitics of the token `index` to the document, where they stand in its surface as in
/// its folded form.
fn add_clitics(document: &mut Document, index: usize, clitics: Clitics) {
    let token = &document.tokens[index];
    let (start, length) = (token.span.start, token.folded.len());
    if token.span.len() != length {
        return;
    }
    for (inside, kind) in clitics.spans(length) {
        let span = Span::new(start + inside.start, start + inside.end);
        let folded = &document.folded(&document.tokens[index])[inside];
        let surface = document.text.get(std::ops::Range::from(span));
        if surface.is_some_and(|surface| surface.eq_ignore_ascii_case(folded)) {
            document.clitics.push(Clitic { token: index, span, kind });
        }
    }
}

/// Whether the word after this token may have its capital only from where it stands, as the first
/// of a quotation or after a colon or dash.
fn opens(document: &Document, token: &Token) -> bool {
    token.kind == TokenKind::Punctuation
        && matches!(
            document.surface(token),
            "\"" | "“" | "‘" | "'" | "«" | "(" | ":" | "-" | "–" | "—"
        )
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Spelling {
    Lower,
    Capital,
    Acronym,
}

fn spelling(document: &Document, token: &Token) -> Spelling {
    let letters = || document.surface(token).chars().filter(|letter| letter.is_alphabetic());
    if !has_capital(document, token) {
        Spelling::Lower
    } else if token.span.len() > 1 && letters().all(char::is_uppercase) {
        Spelling::Acronym
    } else {
        Spelling::Capital
    }
}

/// Whether the first letter is a capital.
fn has_capital(document: &Document, token: &Token) -> bool {
    match document.text.as_bytes().get(token.span.start) {
        Some(byte) if byte.is_ascii() => byte.is_ascii_uppercase(),
        _ => document.surface(token).starts_with(char::is_uppercase),
    }
}

/// Fills in the keys of the words of a sentence, and has what is remembered of them near. Tells whether
/// a capital means something in it: not in a headline in title case or capitals.
fn read_sentence(document: &Document, tokens: Range<usize>, scratch: &mut Scratch) -> bool {
    let Scratch { memory, keys } = scratch;
    keys.clear();
    let mut capitals = 0;
    for token in &document.tokens[tokens] {
        if token.kind == TokenKind::Word {
            let form = &document.forms.as_bytes()[token.folded.start..];
            let key = FormKey::of(form, token.folded.len());
            keys.push(key.inspect(|&key| memory.touch(key)));
            capitals += usize::from(has_capital(document, token));
        }
    }
    (capitals as f64) < TITLE_CASE_SHARE * keys.len() as f64
}

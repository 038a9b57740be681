//! Training and tagging of token files: what the chain knows of running text, told of tokens
//! that a file gives.

use std::ops::Range;

use nukil_data as data;
use nukil_entities::EntityFinder;
use nukil_gazetteer::{Gazetteer, UserGazetteer};
use nukil_tagger::{Clusters, Example, Labels, Model, Sentence, Tagger};
use nukil_tokenizer::Tokenizer;
use nukil_types::{Document, Label, Span, TokenKind};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::error::broken;
use crate::{Error, tokenizer};

/// Another way of writing a text, as headlines and hasty writers have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recast {
    /// As it is.
    AsWritten,
    /// without a capital
    Lower,
    /// IN CAPITALS
    Capitals,
    /// Every Word With a Capital, but for Function Words
    Title,
}

/// Whose tokens are labelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tokens {
    /// Those of the file.
    Given,
    /// Those into which this program splits the file's text, and its sentences.
    Own,
}

/// Looks up what is known of the tokens of a file.
pub struct Workbench {
    tokenizer: Tokenizer,
    finder: EntityFinder<'static>,
    clusters: Clusters<'static>,
}

impl Workbench {
    /// A workbench with the built-in gazetteer and clusters.
    ///
    /// # Errors
    /// [`Error`] when the build is broken.
    pub fn new() -> Result<Self, Error> {
        let gazetteer = Gazetteer::open(data::GAZETTEER, UserGazetteer::default());
        Ok(Workbench {
            tokenizer: tokenizer()?,
            finder: EntityFinder::new(gazetteer.map_err(broken("gazetteer"))?),
            clusters: clusters()?,
        })
    }

    /// The word clusters.
    pub fn clusters(&self) -> &Clusters<'static> {
        &self.clusters
    }

    /// The sentences as examples of the set with that number; those of a document are looked at
    /// together. Labels that `labels` does not hold become `O`.
    pub fn examples(
        &self,
        sentences: &[Sentence],
        labels: &Labels,
        tokens: Tokens,
        recast: Recast,
        set: usize,
        weight: f64,
    ) -> Vec<Example> {
        let examples = |scratch: &mut nukil_entities::Scratch, sentences: &&[Sentence]| {
            let number = |name: &String| labels.number(name).unwrap_or(0);
            let mut gold: Vec<usize> =
                sentences.iter().flat_map(|sentence| &sentence.labels).map(number).collect();
            Labels::repair(&mut gold);
            let (mut document, spans) = document(sentences, recast);
            if tokens == Tokens::Own {
                (document.tokens, document.sentences) = (Vec::new(), Vec::new());
                self.tokenizer.tokenize(&mut document);
                gold = project(&document, &spans, &gold);
            }
            let mut signs = Vec::new();
            self.finder.signs(&document, scratch, &mut signs);
            let example = |sentence: &nukil_types::Sentence| {
                let tokens = sentence.tokens.clone();
                let mut labels = gold.get(tokens.clone()).unwrap_or_default().to_vec();
                Labels::repair(&mut labels);
                Example {
                    words: words(&document, tokens.clone()),
                    signs: signs[tokens].to_vec(),
                    labels,
                    set,
                    document: sentences[0].document,
                    weight,
                    copy: recast != Recast::AsWritten,
                }
            };
            document.sentences.iter().map(example).collect::<Vec<_>>()
        };
        let documents: Vec<&[Sentence]> =
            sentences.chunk_by(|one, other| one.document == other.document).collect();
        let nested = documents.par_iter().map_init(nukil_entities::Scratch::default, examples);
        nested.collect::<Vec<_>>().into_iter().flatten().collect()
    }
}

/// The labels of tokens given, told of the program's own tokens in the same text. A token that
/// is split shares its label out; tokens that are joined bear the first one's.
fn project(document: &Document, spans: &[Span], labels: &[usize]) -> Vec<usize> {
    let mut given = 0;
    let label = |token: &nukil_types::Token| {
        while given + 1 < spans.len() && spans[given + 1].start <= token.span.start {
            given += 1;
        }
        let label = labels.get(given).copied().unwrap_or(0);
        let begins = spans[given].start == token.span.start;
        if label % 2 == 1 && !begins { label + 1 } else { label }
    };
    document.tokens.iter().map(label).collect()
}

/// The built-in clusters.
///
/// # Errors
/// [`Error`] when the build is broken.
pub fn clusters() -> Result<Clusters<'static>, Error> {
    Clusters::open(data::CLUSTERS).map_err(broken("word clusters"))
}

/// The built-in tagger.
///
/// # Errors
/// [`Error`] when the build is broken.
pub fn tagger() -> Result<Tagger<'static>, Error> {
    let clusters = clusters()?;
    let model = Model::open(data::TAGGER, &clusters).map_err(broken("tagger"))?;
    Ok(Tagger::new(model, clusters))
}

/// Opens a model that `nukil train` wrote; `name` is for messages.
///
/// # Errors
/// [`Error`] when the bytes are no model, are damaged, or belong to another version.
pub fn open(name: &str, bytes: &[u8]) -> Result<Tagger<'static>, Error> {
    let clusters = clusters()?;
    let model = Model::open(bytes, &clusters)
        .map_err(|error| Error::Model { name: name.to_string(), error })?;
    Ok(Tagger::new(model, clusters))
}

/// The name of a label as this program has it: `B-PERSON`, `B-PPL` → `B-PER`; nothing for the
/// label of another type of name.
pub fn canonical(label: &str) -> Option<String> {
    let (first, kind) = label.split_at_checked(2)?;
    let kind = match kind {
        "PER" | "PERSON" | "PPL" => Label::Person,
        "LOC" | "LOCATION" | "PLACE" | "PLC" => Label::Location,
        "ORG" | "ORGANIZATION" | "ORGANISATION" => Label::Organisation,
        _ => return None,
    };
    Some(format!("{first}{}", kind.as_str()))
}

fn words(document: &Document, tokens: Range<usize>) -> Vec<(String, String)> {
    let word = |token| (document.surface(token).to_string(), document.folded(token).to_string());
    document.tokens[tokens].iter().map(word).collect()
}

/// A document whose tokens and sentences are those of the file, and the tokens' spans.
fn document(sentences: &[Sentence], recast: Recast) -> (Document, Vec<Span>) {
    let mut text = String::new();
    let mut spans = Vec::new();
    for token in sentences.iter().flat_map(|sentence| &sentence.tokens) {
        if !text.is_empty() {
            text.push(' ');
        }
        let start = text.len();
        match recast {
            Recast::AsWritten => text.push_str(token),
            Recast::Lower => text.push_str(&token.to_lowercase()),
            Recast::Capitals => text.push_str(&token.to_uppercase()),
            Recast::Title => title(token, &mut text),
        }
        spans.push(Span::new(start, text.len()));
    }
    let mut document = Document::new("", "-", text);
    for &span in &spans {
        let kind = kind(document.slice(span));
        document.push_token(span, kind);
    }
    let mut first = 0;
    for sentence in sentences {
        let tokens = first..first + sentence.tokens.len();
        first = tokens.end;
        let span = document.span_of(tokens.clone());
        document.sentences.push(nukil_types::Sentence { span, tokens, headline: false });
    }
    document.body.push(Span::new(0, document.text.len()));
    (document, spans)
}

fn title(token: &str, text: &mut String) {
    const SMALL: [&str; 14] = [
        "dan", "di", "ke", "dari", "yang", "untuk", "pada", "dengan", "oleh", "dalam", "atau",
        "itu", "ini", "para",
    ];
    let mut characters = token.chars();
    match characters.next() {
        Some(first) if !SMALL.contains(&token) => {
            text.extend(first.to_uppercase());
            text.push_str(characters.as_str());
        }
        _ => text.push_str(token),
    }
}

/// What a token is made of, by its characters alone.
fn kind(token: &str) -> TokenKind {
    let address = token.contains("://")
        || token.starts_with("www.")
        || token.len() > 1 && token.contains('@') && !token.ends_with('@')
        || token.len() > 1 && token.starts_with('#');
    if address {
        TokenKind::Address
    } else if token.contains(char::is_alphabetic) {
        TokenKind::Word
    } else if token.contains(char::is_numeric) {
        TokenKind::Number
    } else {
        TokenKind::Punctuation
    }
}

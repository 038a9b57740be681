use std::fmt;

use nukil_article::PageError;

/// A pipeline that cannot be built.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A user's gazetteer has a row that cannot be read.
    #[error("{name}: {error}")]
    Gazetteer {
        /// The name given with the text.
        name: String,
        /// Where, and what was expected.
        error: nukil_gazetteer::UserError,
    },
    /// A user's model cannot be opened.
    #[error("{name}: {error}")]
    Model {
        /// The name given with the model.
        name: String,
        /// What is wrong with it.
        error: nukil_types::artefact::FormatError,
    },
    /// A compiled artefact is not of this version of the program: the build is broken.
    #[error("built-in {artefact}: {reason}")]
    Artefact {
        /// Which artefact.
        artefact: &'static str,
        /// What is wrong with it.
        reason: String,
    },
    /// The threads could not be started.
    #[error("cannot start the threads: {0}")]
    Threads(#[from] rayon::ThreadPoolBuildError),
}

/// Why a document is not processed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// It is a page that gives no text.
    #[error(transparent)]
    Page(#[from] PageError),
    /// It has more characters than the limit, which is to be strict.
    #[error("the text has more than {0} characters (--max-characters)")]
    TooManyCharacters(usize),
    /// It has more tokens than the limit, which is to be strict.
    #[error("the text has more than {0} tokens (--max-tokens)")]
    TooManyTokens(usize),
}

impl Refusal {
    /// The stage that refuses, as in [`Failure::stage`].
    pub fn stage(&self) -> &'static str {
        match self {
            Refusal::Page(_) => "page",
            Refusal::TooManyCharacters(_) | Refusal::TooManyTokens(_) => "limits",
        }
    }
}

/// A document that could not be processed; the others of its batch were.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Identifier of the document.
    pub id: String,
    /// Where the document came from.
    pub source: String,
    /// The stage that it came to: `page`, taking the text out of a page, `limits`, seeing whether it
    /// is too long, or `process`, all else.
    pub stage: &'static str,
    /// What went wrong.
    pub reason: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: document {}: {}", self.source, self.id, self.reason)
    }
}

/// An error of a built-in artefact, with its name.
pub(crate) fn broken<E: std::fmt::Display>(artefact: &'static str) -> impl FnOnce(E) -> Error {
    move |error| Error::Artefact { artefact, reason: error.to_string() }
}

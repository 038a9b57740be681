//! Reads a word list: comment lines, a header line, then `word TAB kind` a line.

use nukil_types::facts;
use thiserror::Error;

/// A word list that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{list} list of stop words, line {line}: {problem}")]
#[non_exhaustive]
pub struct ListError {
    /// Which list: `short` or `long`.
    pub list: &'static str,
    /// Line in it, from 1.
    pub line: usize,
    /// What is wrong there.
    pub problem: &'static str,
}

/// The words of a list, each with whether it is a stop word; those of kind `content` are not.
pub(crate) fn words<'t>(
    list: &'static str,
    text: &'t str,
) -> impl Iterator<Item = Result<(&'t str, bool), ListError>> {
    facts::lines(text).skip(1).map(move |(line, row)| {
        let error = |problem| ListError { list, line, problem };
        match row.split_once('\t') {
            None | Some(("", _) | (_, "")) => Err(error("not a word, a tab and its kind")),
            Some((word, _)) if word != word.to_lowercase() => {
                Err(error("the word is not in lower case"))
            }
            Some((word, kind)) => Ok((word, kind != "content")),
        }
    })
}

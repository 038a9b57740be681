/// Why a page gives no document.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PageError {
    /// More elements and texts than the limit.
    #[error("the page has more than {0} elements and texts (--max-page-nodes)")]
    TooManyNodes(usize),
    /// Elements nested deeper than the limit.
    #[error("elements are nested more than {0} deep (--max-page-depth)")]
    TooDeep(usize),
    /// A tag with more attributes than the limit.
    #[error("a <{tag}> has more than {limit} attributes (--max-page-attributes)")]
    TooManyAttributes {
        /// Name of the tag, its first characters.
        tag: String,
        /// The limit.
        limit: usize,
    },
    /// Neither prose nor an article's metadata: nothing that could be read.
    #[error("no article text on the page")]
    NoText,
    /// No text outside scripts, the last of which never ends.
    #[error("no article text on the page: a <{0}> is never closed")]
    Unclosed(String),
    /// A front page, a list of headlines, or a search result.
    #[error("not an article: {0}")]
    NotAnArticle(&'static str),
}

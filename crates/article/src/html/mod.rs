//! From a news page to the text of its article.
//!
//! The bytes are decoded by what the page declares; scripts, styles and whatever else says
//! nothing go in one linear pass; of what is left a tree is built, within limits; the tree and
//! the page's metadata give headline, date, author, outlet, section and tags; then the element
//! that holds the article gives its text, paragraph by paragraph, with its links marked. What
//! then still stands in the text and is no prose (datelines, captions, "Baca juga") is found by
//! the [`Arranger`](crate::Arranger), as in any other text.
//!
//! ```
//! use nukil_article::{PageLimits, PageReader};
//!
//! let reader = PageReader::new(include_str!("../../../../data/article/pages.tsv"))?;
//! let page = reader.read(
//!     b"<html><head><title>Banjir Rendam Demak - Warta.id</title>
//!       <meta property=article:published_time content=2023-02-06T14:00:00+07:00></head>
//!       <body><nav><a href=/>Beranda</a></nav><h1>Banjir Rendam Demak</h1>
//!       <div itemprop=articleBody><p>Air setinggi satu meter merendam <a href=/tag/sayung>Sayung</a>,
//!       kata Bupati Eisti'anah. Warga mengungsi ke balai desa.</p></div>",
//!     &PageLimits::default(),
//! )?;
//! assert_eq!(page.title.as_deref(), Some("Banjir Rendam Demak"));
//! assert_eq!(page.published.as_deref(), Some("2023-02-06T14:00+07:00"));
//! assert!(page.text.starts_with("Banjir Rendam Demak\n\nAir setinggi satu meter"));
//! assert_eq!(&page.text[page.links[0].start..page.links[0].end], "Sayung");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod encoding;
mod error;
mod flow;
mod json_ld;
mod main_text;
mod metadata;
mod rules;
mod simplify;
mod stamp;
mod title;
mod tree;

use nukil_types::{DateSource, Document, Span};

pub use self::error::PageError;
pub use nukil_types::PageLimits;

use self::flow::Flow;
use self::metadata::Metadata;
use self::rules::PageRules;
use crate::RuleError;

/// Words of prose, outside links, that a page must have which does not call itself an article.
const PROSE_WORDS: usize = 40;
/// Words that one which does must have.
const LEAST_WORDS: usize = 5;

/// Reads news pages by the rules it was made from. Made once, used for every page, from any
/// number of threads.
#[derive(Debug)]
pub struct PageReader {
    rules: PageRules,
}

/// The article of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The headline, an empty line, and the text; paragraphs have empty lines between them.
    pub text: String,
    /// The headline.
    pub title: Option<String>,
    /// ISO 8601 date of publication, with time and zone where the page gives them, in a time zone
    /// of Indonesia.
    pub published: Option<String>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// The outlet, as the page calls it.
    pub outlet: Option<String>,
    /// The section of the outlet.
    pub section: Option<String>,
    /// Tags that the outlet gave it.
    pub tags: Vec<String>,
    /// The address of the page, as it says.
    pub url: Option<String>,
    /// What of `text` is the text of links, in order, without overlap.
    pub links: Vec<Span>,
}

impl PageReader {
    /// Compiles the rules: the table `pages.tsv` of `data/article`.
    ///
    /// # Errors
    /// When the table cannot be read; names the line.
    pub fn new(pages_tsv: &str) -> Result<Self, RuleError> {
        let rules = PageRules::parse(pages_tsv).map_err(RuleError::in_table("pages"))?;
        Ok(PageReader { rules })
    }

    /// Reads the article of a page.
    ///
    /// # Errors
    /// [`PageError`]: the page is beyond a limit, has no text, or is no article.
    pub fn read(&self, bytes: &[u8], limits: &PageLimits) -> Result<Page, PageError> {
        let markup = encoding::decode(bytes);
        let page = simplify::simplify(&markup, limits, false)?;
        match self.article(&page, limits) {
            // Some pages have all their text in what they show to readers without scripts.
            Err(PageError::NoText | PageError::NotAnArticle(_)) if page.noscript => {
                self.article(&simplify::simplify(&markup, limits, true)?, limits)
            }
            article => article,
        }
    }

    /// Takes the text out of the page of `document`, if it has one, and puts what else the page
    /// says in its place; author, section, tags and address become columns that pass through.
    ///
    /// # Errors
    /// As [`PageReader::read`].
    pub fn read_into(&self, document: &mut Document, limits: &PageLimits) -> Result<(), PageError> {
        let Some(bytes) = document.page.take() else { return Ok(()) };
        let page = self.read(&bytes, limits)?;
        document.text = page.text;
        document.links = page.links;
        document.extracted = true;
        document.title = document.title.take().or(page.title);
        if document.published.is_none() && page.published.is_some() {
            document.published = page.published;
            document.published_from = Some(DateSource::Page);
        }
        document.dateline.outlet = page.outlet;
        let columns = [
            ("author", (!page.authors.is_empty()).then(|| page.authors.join("|"))),
            ("section", page.section),
            ("tags", (!page.tags.is_empty()).then(|| page.tags.join("|"))),
            ("url", page.url),
        ];
        let columns =
            columns.into_iter().filter_map(|(name, cell)| Some((name.to_string(), cell?)));
        document.extra.extend(columns);
        Ok(())
    }

    fn article(&self, page: &simplify::Simplified, limits: &PageLimits) -> Result<Page, PageError> {
        let tree = tree::parse(&page.markup, limits)?;
        let metadata = metadata::collect(page, &tree);
        let headline = metadata.title.as_deref();
        let flow = main_text::main_text(&page.markup, &tree, &self.rules, headline, limits);
        refuse(&flow, &metadata, page)?;
        Ok(put_together(flow, metadata))
    }
}

/// Refuses what is no article.
fn refuse(flow: &Flow, metadata: &Metadata, page: &simplify::Simplified) -> Result<(), PageError> {
    if metadata.says_index {
        return Err(PageError::NotAnArticle("the page is the front page of a site or a list"));
    }
    let linked: usize = flow.links.iter().map(|span| span.len()).sum();
    let words = flow.text.split_whitespace().count();
    let prose: usize = {
        let mut prose = words;
        for span in &flow.links {
            prose -= flow.text[span.start..span.end].split_whitespace().count().min(prose);
        }
        prose
    };
    let enough = if metadata.says_article { LEAST_WORDS } else { PROSE_WORDS };
    if prose >= enough && linked * 2 <= flow.text.len() {
        return Ok(());
    }
    match &page.unclosed {
        Some(tag) => Err(PageError::Unclosed(tag.clone())),
        None if flow.link_blocks > 0 || linked > 0 => {
            Err(PageError::NotAnArticle("the page holds links and hardly any text of its own"))
        }
        None => Err(PageError::NoText),
    }
}

fn put_together(flow: Flow, metadata: Metadata) -> Page {
    let mut text = String::with_capacity(flow.text.len() + 200);
    if let Some(title) = &metadata.title {
        text.push_str(title);
        text.push_str("\n\n");
    }
    let offset = text.len();
    text.push_str(&flow.text);
    let moved = |span: Span| Span::new(offset + span.start, offset + span.end);
    let links: Vec<Span> = flow.links.into_iter().map(moved).collect();
    Page {
        text,
        title: metadata.title,
        published: metadata.published.map(|moment| moment.to_string()),
        authors: metadata.authors,
        outlet: metadata.outlet,
        section: metadata.section,
        tags: metadata.tags,
        url: metadata.url,
        links,
    }
}

//! A page with only the markup that matters, written so that it cannot be read in two ways.
//!
//! A tree builder's time can grow with the square of what it is fed: attributes of one tag are
//! compared with one another, formatting elements are opened again in every paragraph. So the
//! tree is not built from the page itself but from this pass's output, in which every tag has a
//! handful of known attributes, formatting, scripts, styles, comments and pictures are gone,
//! and every `<` is the pass's own. The pass itself is linear. It is also where half of a
//! page's bytes, its scripts, are left behind before anything costly happens to them.

use std::borrow::Cow;

use html5gum::Tokenizer;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};

use super::{PageError, PageLimits};

/// What the pass makes of a page.
#[derive(Debug, Default)]
pub(crate) struct Simplified {
    /// The markup left.
    pub markup: String,
    /// Names and contents of the page's `meta` tags, in order: `property`, `name` or `itemprop`
    /// in lower case, and `content`.
    pub metas: Vec<(String, String)>,
    /// The `title` of the page.
    pub title: String,
    /// Address of the page as its `link rel=canonical` has it.
    pub canonical: Option<String>,
    /// Scripts that hold JSON-LD.
    pub json_ld: Vec<String>,
    /// Whether the page has text for readers without scripts, left out unless asked for.
    pub noscript: bool,
    /// The element, if any, whose raw text goes on to the end of the page.
    pub unclosed: Option<String>,
}

/// Most `meta` tags kept, and most bytes of all JSON-LD.
const METAS: usize = 1_000;
const JSON_LD_BYTES: usize = 1 << 20;
/// Most bytes of an attribute's value.
const VALUE_BYTES: usize = 4_000;

/// The attributes that say something to what comes later.
const ATTRIBUTES: [&str; 15] = [
    "aria-hidden",
    "class",
    "content",
    "datetime",
    "hidden",
    "href",
    "id",
    "itemprop",
    "itemtype",
    "name",
    "property",
    "rel",
    "role",
    "style",
    "type",
];

/// Removes what says nothing of the article from `page`; text in `noscript` only where asked for.
///
/// # Errors
/// [`PageError::TooManyAttributes`].
pub(crate) fn simplify(
    page: &str,
    limits: &PageLimits,
    noscript: bool,
) -> Result<Simplified, PageError> {
    let mut pass = Pass {
        out: Simplified::default(),
        limits,
        noscript,
        tag: Vec::new(),
        attributes: Vec::new(),
        count: 0,
        value_of: None,
        skipped: None,
        raw: Raw::No,
    };
    pass.run(page)?;
    pass.out.unclosed = match &pass.raw {
        Raw::No => None,
        _ => Some(String::from_utf8_lossy(&pass.tag).into_owned()),
    };
    Ok(pass.out)
}

/// The element whose raw text comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Raw {
    No,
    JsonLd,
    Noscript,
    Title,
    /// Nothing that is kept.
    Dropped,
}

struct Pass<'l> {
    out: Simplified,
    limits: &'l PageLimits,
    noscript: bool,
    /// Name of the start tag being read.
    tag: Vec<u8>,
    /// Its known attributes.
    attributes: Vec<(&'static str, String)>,
    /// How many attributes it has, known or not.
    count: usize,
    /// The known attribute whose value comes next.
    value_of: Option<usize>,
    /// The element whose content is being left out, and how many of its name are open.
    skipped: Option<(Vec<u8>, usize)>,
    raw: Raw,
}

impl Pass<'_> {
    fn run(&mut self, page: &str) -> Result<(), PageError> {
        let mut emitter =
            CallbackEmitter::new(|event: CallbackEvent<'_>, _: html5gum::Span<()>| {
                self.event(event)
            });
        emitter.naively_switch_states(true);
        match Tokenizer::new_with_emitter(page, emitter).next() {
            Some(Ok(error)) => Err(error),
            // Reading from memory does not fail.
            Some(Err(never)) => match never {},
            None => Ok(()),
        }
    }

    /// Takes an event; gives the error that ends the pass.
    fn event(&mut self, event: CallbackEvent<'_>) -> Option<PageError> {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.tag.clear();
                self.tag.extend_from_slice(name);
                self.attributes.clear();
                self.count = 0;
            }
            CallbackEvent::AttributeName { name } => {
                self.count += 1;
                if self.count > self.limits.attributes {
                    let tag = &self.tag[..self.tag.len().min(20)];
                    let tag = String::from_utf8_lossy(tag).into_owned();
                    return Some(PageError::TooManyAttributes {
                        tag,
                        limit: self.limits.attributes,
                    });
                }
                let known = ATTRIBUTES.into_iter().find(|known| known.as_bytes() == name);
                // Of two with one name the first counts.
                let known =
                    known.filter(|known| !self.attributes.iter().any(|(met, _)| met == known));
                self.value_of = known.map(|known| {
                    self.attributes.push((known, String::new()));
                    self.attributes.len() - 1
                });
            }
            CallbackEvent::AttributeValue { value } => {
                if let Some((_, kept)) = self.value_of.and_then(|at| self.attributes.get_mut(at)) {
                    let value = &value[..value.len().min(VALUE_BYTES)];
                    kept.push_str(&String::from_utf8_lossy(value));
                }
            }
            CallbackEvent::CloseStartTag { self_closing } => self.start_tag(self_closing),
            CallbackEvent::EndTag { name } => self.end_tag(name),
            CallbackEvent::String { value } => return self.text(value),
            CallbackEvent::Comment { .. }
            | CallbackEvent::Doctype { .. }
            | CallbackEvent::Error(_) => {}
        }
        None
    }

    fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }

    fn start_tag(&mut self, self_closing: bool) {
        let tag = std::str::from_utf8(&self.tag).unwrap_or_default();
        self.raw = match tag {
            "script" if self.attribute("type").is_some_and(|kind| kind.contains("ld+json")) => {
                Raw::JsonLd
            }
            "noscript" => Raw::Noscript,
            "title" => Raw::Title,
            // The elements after which the tokenizer takes all as text up to their end.
            "script" | "style" | "textarea" | "iframe" | "xmp" | "noembed" | "noframe" => {
                Raw::Dropped
            }
            _ => Raw::No,
        };
        if self.raw != Raw::No {
            return;
        }
        if let Some((skipped, open)) = &mut self.skipped {
            if !ends_skipping(tag) {
                *open += usize::from(skipped == tag.as_bytes() && !self_closing);
                return;
            }
            self.skipped = None;
        }
        match tag {
            "meta" => self.meta(),
            "link" => {
                let canonical = self.attribute("rel").is_some_and(|rel| rel == "canonical");
                if canonical && self.out.canonical.is_none() {
                    self.out.canonical =
                        self.attribute("href").filter(|href| !href.is_empty()).map(str::to_string);
                }
            }
            _ if SKIPPED.contains(&tag) => {
                if !self_closing {
                    self.skipped = Some((self.tag.clone(), 1));
                }
            }
            _ if is_dropped(tag) => {}
            _ => self.write_tag(),
        }
    }

    fn meta(&mut self) {
        let Some(content) = self.attribute("content").map(str::trim) else { return };
        if content.is_empty() || self.out.metas.len() >= METAS {
            return;
        }
        let content = unescape(content).into_owned();
        for name in ["property", "name", "itemprop"] {
            if let Some(name) = self.attribute(name) {
                let name = name.trim().to_ascii_lowercase();
                self.out.metas.push((name, content.clone()));
            }
        }
    }

    fn write_tag(&mut self) {
        let Pass { out, tag, attributes, .. } = self;
        // A name of letters, digits and hyphens is read as it is written; others are rare and
        // mean nothing here.
        let Some(tag) = plain_name(tag) else { return };
        out.markup.push('<');
        out.markup.push_str(tag);
        for (name, value) in attributes.iter() {
            out.markup.push(' ');
            out.markup.push_str(name);
            out.markup.push_str("=\"");
            write_value(value, &mut out.markup);
            out.markup.push('"');
        }
        out.markup.push('>');
    }

    fn end_tag(&mut self, name: &[u8]) {
        self.raw = Raw::No;
        if let Some((skipped, open)) = &mut self.skipped {
            if skipped == name {
                *open -= 1;
                if *open == 0 {
                    self.skipped = None;
                }
            }
            return;
        }
        let Some(name) = plain_name(name) else { return };
        let raw = matches!(name, "script" | "noscript" | "title" | "style" | "textarea" | "iframe");
        if !raw && !is_dropped(name) && !SKIPPED.contains(&name) {
            self.out.markup.push_str("</");
            self.out.markup.push_str(name);
            self.out.markup.push('>');
        }
    }

    fn text(&mut self, value: &[u8]) -> Option<PageError> {
        match self.raw {
            Raw::No if self.skipped.is_none() => {
                let text = String::from_utf8_lossy(value);
                write_text(&unescape(&text), &mut self.out.markup);
            }
            Raw::JsonLd => {
                let size: usize = self.out.json_ld.iter().map(String::len).sum();
                if size + value.len() <= JSON_LD_BYTES {
                    self.out.json_ld.push(String::from_utf8_lossy(value).into_owned());
                }
            }
            Raw::Title if self.out.title.is_empty() => {
                let text = String::from_utf8_lossy(value);
                self.out.title = unescape(text.trim()).into_owned();
            }
            Raw::Noscript => {
                self.out.noscript = true;
                if self.noscript {
                    // What it holds is markup of its own, though in it no further `noscript` is
                    // looked into.
                    self.noscript = false;
                    let inner = self.run(&String::from_utf8_lossy(value));
                    self.noscript = true;
                    self.raw = Raw::Noscript;
                    return inner.err();
                }
            }
            Raw::No | Raw::Title | Raw::Dropped => {}
        }
        None
    }
}

/// Elements that are left out with what they hold.
const SKIPPED: [&str; 7] = ["audio", "canvas", "math", "object", "select", "svg", "video"];

/// Tags that cannot stand in a skipped element, which so was never closed.
fn ends_skipping(tag: &str) -> bool {
    matches!(
        tag,
        "article" | "body" | "div" | "h1" | "h2" | "h3" | "main" | "p" | "section" | "table" | "ul"
    )
}

/// Whether the tags alone are left out: formatting, pictures, form fields, frames.
fn is_dropped(tag: &str) -> bool {
    matches!(
        tag,
        "abbr"
            | "acronym"
            | "area"
            | "b"
            | "base"
            | "basefont"
            | "bdi"
            | "bdo"
            | "big"
            | "code"
            | "col"
            | "colgroup"
            | "em"
            | "embed"
            | "font"
            | "frame"
            | "frameset"
            | "i"
            | "img"
            | "input"
            | "ins"
            | "kbd"
            | "keygen"
            | "link"
            | "map"
            | "mark"
            | "meta"
            | "nobr"
            | "noframes"
            | "param"
            | "picture"
            | "plaintext"
            | "s"
            | "samp"
            | "small"
            | "source"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "template"
            | "track"
            | "tt"
            | "u"
            | "var"
            | "wbr"
    )
}

/// `name`, if it has nothing in it that a tokenizer could read otherwise.
fn plain_name(name: &[u8]) -> Option<&str> {
    let plain = name.len() <= 40
        && name.first().is_some_and(u8::is_ascii_lowercase)
        && name.iter().all(|byte| {
            byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_')
        });
    if plain { std::str::from_utf8(name).ok() } else { None }
}

/// Decodes entities that were escaped twice, as content systems do that escape what is escaped.
fn unescape(text: &str) -> Cow<'_, str> {
    if text.contains('&') { html_escape::decode_html_entities(text) } else { Cow::Borrowed(text) }
}

/// Characters that stand for those that are markup, until [`unmarked`] puts these back. Written as
/// entities they would cost the parser a step each, and html5ever's serializer, should somebody use
/// it, the square of their number: a page of nothing but `&amp;` keeps it busy for minutes.
const MARKS: [(char, char); 3] = [('&', '\u{E000}'), ('<', '\u{E001}'), ('>', '\u{E002}')];

/// The character that a character of the tree's text stands for.
pub(crate) fn unmarked(c: char) -> char {
    MARKS.into_iter().find(|(_, mark)| *mark == c).map_or(c, |(character, _)| character)
}

fn push_marked(c: char, markup: &mut String) {
    match MARKS.into_iter().find(|(character, mark)| *character == c || *mark == c) {
        Some((character, mark)) if character == c => markup.push(mark),
        // A private character of the page itself, which can mean nothing to anyone else.
        Some(_) => markup.push(char::REPLACEMENT_CHARACTER),
        None if c != '\0' => markup.push(c),
        None => {}
    }
}

/// Writes text with each run of white space as one blank.
fn write_text(text: &str, markup: &mut String) {
    let mut blank = false;
    for c in text.chars() {
        // Also the no-break space: on a page it lays out, and says nothing of the words.
        if c.is_ascii_whitespace() || c == '\u{A0}' {
            if !blank {
                markup.push(' ');
            }
            blank = true;
        } else {
            push_marked(c, markup);
            blank = false;
        }
    }
}

/// Writes the value of an attribute, to stand between quotation marks.
fn write_value(value: &str, markup: &mut String) {
    for c in value.chars() {
        match c {
            '"' => markup.push_str("&quot;"),
            c => push_marked(c, markup),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn markup(page: &str) -> String {
        simplify(page, &PageLimits::default(), false).unwrap().markup
    }

    #[test]
    fn only_the_markup_that_matters_is_left() {
        let table = [
            ("<p onclick='x()' class=a>Banjir <b>besar</b></p>", "<p class=\"a\">Banjir besar</p>"),
            ("<div><!-- <p> --><script>if(a<b){}</script>x", "<div>x"),
            ("a<svg><style>p{}</style><path/></svg>b", "ab"),
            ("a<svg><path>c<p>b", "a<p>b"),
            ("<select><option>Januari</select>b", "b"),
            (
                "5 &lt; 6 &amp;amp; &amp;quot;7&amp;quot;\u{E001}",
                "5 \u{E001} 6 \u{E000} \"7\"\u{FFFD}",
            ),
            ("a  \n\t b", "a b"),
            ("<p class='a' class='b\">' id=\"<x>\">", "<p class=\"a\" id=\"\u{E001}x\u{E002}\">"),
            ("<p><plaintext></p><p>", "<p>\u{E001}/p\u{E002}\u{E001}p\u{E002}"),
            ("<p\u{e9} class=a>x</p\u{e9}>", "x"),
        ];
        for (page, expected) in table {
            assert_eq!(markup(page), expected, "{page}");
        }
    }

    #[test]
    fn what_the_head_says_is_kept_apart() {
        let page = "<title> Banjir &amp; Rob </title><meta property='OG:Title' content='Banjir'>\
                    <link rel=canonical href='http://a.id/b'>\
                    <script type='application/ld+json'>{\"a\":1}</script>";
        let simplified = simplify(page, &PageLimits::default(), false).unwrap();
        assert_eq!(simplified.title, "Banjir & Rob");
        assert_eq!(simplified.metas, [("og:title".to_string(), "Banjir".to_string())]);
        assert_eq!(simplified.canonical.as_deref(), Some("http://a.id/b"));
        assert_eq!(simplified.json_ld, ["{\"a\":1}"]);
        assert_eq!(simplified.markup, "");
    }

    #[test]
    fn text_for_readers_without_scripts_comes_on_demand() {
        let page = "<noscript><p>Banjir<noscript>x</noscript></p></noscript>z";
        let limits = PageLimits::default();
        let without = simplify(page, &limits, false).unwrap();
        assert_eq!((without.markup.as_str(), without.noscript), ("</p>z", true));
        assert_eq!(simplify(page, &limits, true).unwrap().markup, "<p>Banjir</p>z");
    }

    #[test]
    fn a_script_that_is_never_closed_is_told() {
        let simplified =
            simplify("<p>a</p><script>var a; <p>b</p>", &PageLimits::default(), false).unwrap();
        assert_eq!(simplified.unclosed.as_deref(), Some("script"));
        assert_eq!(simplified.markup, "<p>a</p>");
    }

    #[test]
    fn attributes_are_counted() {
        let page = format!("<p {}>", "a ".repeat(1_001));
        assert_eq!(
            simplify(&page, &PageLimits::default(), false).unwrap_err().to_string(),
            "a <p> has more than 1000 attributes (--max-page-attributes)"
        );
    }
}

//! From elements to running text: blocks a paragraph each, links marked.

use nukil_types::Span;

use super::rules::PageRules;
use super::simplify::unmarked;
use super::tree::{Element, NodeRef, Step, Walk};

/// The text of an element.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Flow {
    /// Paragraphs, an empty line between them; line breaks of the page are kept.
    pub text: String,
    /// What of it is the text of links, in order.
    pub links: Vec<Span>,
    /// Blocks that were nothing but links, and are not in the text.
    pub link_blocks: usize,
}

/// Share of a block's bytes at which it counts as a link and nothing else.
const LINK_SHARE: f64 = 0.8;
/// Bytes of text of an element that make it no line.
const LINE_BYTES: usize = 1_000;
/// Words that make a block prose, and those that do if it ends as a sentence.
const PROSE_WORDS: usize = 20;
const SENTENCE_WORDS: usize = 5;

/// How much of the edges is trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Edges {
    /// The element is the article's own: all of it counts.
    Kept,
    /// The element was guessed: what stands before the first prose and behind the last and is
    /// none itself does not belong.
    Trimmed,
}

/// The text below `root`, less the page furniture in it and the `headline`, where it stands above.
pub(crate) fn flow(
    root: NodeRef<'_>,
    rules: &PageRules,
    headline: Option<&str>,
    edges: Edges,
) -> Flow {
    let mut blocks = Blocks::default();
    let half = text_bytes(root) / 2;
    let mut walk = Walk::new(root);
    while let Some(step) = walk.next() {
        match step {
            Step::Enter(node) => {
                let Some(element) = node.element() else {
                    blocks.push(node.text().unwrap_or_default());
                    continue;
                };
                let name = element.name();
                let dropped = is_hidden(element)
                    || (is_aside(name) || rules.is_furniture(element)) && text_bytes(node) < half;
                if dropped {
                    blocks.end();
                    walk.skip_children(node);
                } else if name == "br" {
                    blocks.line_break();
                } else if name == "a" {
                    blocks.open_link(element.attribute("href").unwrap_or_default());
                } else if is_block(name) {
                    blocks.end();
                    blocks.current.heading = is_heading(name);
                }
            }
            Step::Leave(node) => match node.element().map(Element::name) {
                Some("a") => blocks.close_link(),
                Some(name) if is_block(name) => blocks.end(),
                _ => {}
            },
        }
    }
    blocks.end();
    blocks.join(headline, edges)
}

/// Bytes of text below `root`.
fn text_bytes(root: NodeRef<'_>) -> usize {
    root.texts().map(str::len).sum()
}

/// Bytes of text below `root` that are not in a link.
pub(crate) fn unlinked_bytes(root: NodeRef<'_>) -> usize {
    let mut bytes = 0;
    let mut walk = Walk::new(root);
    while let Some(step) = walk.next() {
        let Step::Enter(node) = step else { continue };
        if node.element().is_some_and(|element| element.name() == "a") {
            walk.skip_children(node);
        }
        bytes += node.text().map_or(0, |text| text.trim().len());
    }
    bytes
}

/// The text below `root` on one line; of a long text, which is no line, only the beginning.
pub(crate) fn line(root: NodeRef<'_>) -> String {
    let mut line = String::new();
    for text in root.texts() {
        line.push_str(text);
        // Words of two elements are two words; white space is put right below.
        line.push(' ');
        if line.len() > LINE_BYTES {
            break;
        }
    }
    collapse(&line)
}

/// `text` with single blanks for white space, and none at its ends.
pub(crate) fn collapse(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.extend(word.chars().filter(|&c| !is_invisible(c)).map(unmarked));
    }
    line
}

/// Soft hyphens, zero-width characters and byte order marks.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

fn is_hidden(element: &Element) -> bool {
    element.attribute("hidden").is_some()
        || element.attribute("style").is_some_and(|style| {
            let mut parts = style.split(';').filter_map(|part| part.split_once(':'));
            parts.any(|(name, value)| {
                name.trim().eq_ignore_ascii_case("display")
                    && value.trim_start().get(..4).is_some_and(|v| v.eq_ignore_ascii_case("none"))
            })
        })
}

/// Elements that by their meaning are no running text.
fn is_aside(name: &str) -> bool {
    matches!(name, "aside" | "button" | "figcaption" | "footer" | "form" | "label" | "nav")
}

fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

fn is_block(name: &str) -> bool {
    is_heading(name)
        || is_aside(name)
        || matches!(
            name,
            "address"
                | "article"
                | "blockquote"
                | "body"
                | "caption"
                | "center"
                | "dd"
                | "details"
                | "dir"
                | "div"
                | "dl"
                | "dt"
                | "fieldset"
                | "figure"
                | "head"
                | "header"
                | "hr"
                | "html"
                | "legend"
                | "li"
                | "main"
                | "ol"
                | "p"
                | "pre"
                | "section"
                | "summary"
                | "table"
                | "tbody"
                | "td"
                | "tfoot"
                | "th"
                | "thead"
                | "tr"
                | "ul"
        )
}

#[derive(Debug, Default)]
struct Block {
    text: String,
    links: Vec<Span>,
    heading: bool,
}

impl Block {
    fn is_link(&self) -> bool {
        let linked: usize = self.links.iter().map(|span| span.len()).sum();
        linked as f64 >= LINK_SHARE * self.text.len() as f64
    }

    fn is_prose(&self) -> bool {
        let words = self.text.split_whitespace().take(PROSE_WORDS).count();
        let kept = self.text.trim_end_matches(['"', '”', '\'', '’', ')', ' ']);
        words >= PROSE_WORDS || words >= SENTENCE_WORDS && kept.ends_with(['.', '?', '!', '…'])
    }
}

#[derive(Default)]
struct Blocks {
    done: Vec<Block>,
    current: Block,
    /// Where the open link begins in the current block.
    link: Option<usize>,
    /// Whether the open link goes on behind the current block.
    linking: bool,
}

impl Blocks {
    fn push(&mut self, text: &str) {
        let out = &mut self.current.text;
        for c in text.chars() {
            if c.is_whitespace() {
                if !out.is_empty() && !out.ends_with([' ', '\n']) {
                    out.push(' ');
                }
            } else if !is_invisible(c) {
                if self.linking && self.link.is_none() {
                    self.link = Some(out.len());
                }
                out.push(unmarked(c));
            }
        }
    }

    fn line_break(&mut self) {
        let out = &mut self.current.text;
        out.truncate(out.trim_end_matches(' ').len());
        if !out.is_empty() && !out.ends_with("\n\n") {
            out.push('\n');
        }
    }

    fn open_link(&mut self, href: &str) {
        self.close_link();
        let href = href.trim();
        self.linking = !href.is_empty() && !href.starts_with('#');
    }

    fn close_link(&mut self) {
        self.end_span();
        self.linking = false;
    }

    fn end_span(&mut self) {
        if let Some(start) = self.link.take() {
            let end = self.current.text.trim_end().len();
            if start < end {
                self.current.links.push(Span::new(start, end));
            }
        }
    }

    fn end(&mut self) {
        self.end_span();
        let mut block = std::mem::take(&mut self.current);
        block.text.truncate(block.text.trim_end().len());
        if block.text.contains(|c: char| !c.is_whitespace()) {
            self.done.push(block);
        }
    }

    /// Puts together what is left when links and the headings above them are gone.
    fn join(self, headline: Option<&str>, edges: Edges) -> Flow {
        let mut flow = Flow::default();
        let mut kept: Vec<Block> = Vec::with_capacity(self.done.len());
        let mut above_prose = true;
        for block in self.done {
            if block.is_link() {
                flow.link_blocks += 1;
                if kept.last().is_some_and(|above| above.heading) {
                    kept.pop();
                }
                continue;
            }
            if above_prose && headline.is_some_and(|headline| same_words(&block.text, headline)) {
                continue;
            }
            above_prose &= !block.is_prose();
            kept.push(block);
        }
        while kept.last().is_some_and(|block| block.heading) {
            kept.pop();
        }
        if edges == Edges::Trimmed {
            let first = kept.iter().position(Block::is_prose).unwrap_or(0);
            let last = kept.iter().rposition(Block::is_prose).map_or(kept.len(), |last| last + 1);
            kept.truncate(last);
            kept.drain(..first);
        }
        for block in kept {
            if !flow.text.is_empty() {
                flow.text.push_str("\n\n");
            }
            let offset = flow.text.len();
            flow.text.push_str(&block.text);
            let moved = |span: Span| Span::new(offset + span.start, offset + span.end);
            flow.links.extend(block.links.into_iter().map(moved));
        }
        flow
    }
}

/// Whether two texts have the same words, case aside.
pub(crate) fn same_words(a: &str, b: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect()
    };
    // Longer than any headline: not worth comparing.
    a.len() <= 1_000 && b.len() <= 1_000 && words(a) == words(b)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::PageLimits;
    use crate::html::tree::parse;

    fn text(markup: &str, edges: Edges) -> (String, Vec<String>) {
        let document = parse(markup, &PageLimits::default()).unwrap();
        let rules = PageRules::parse("sign\tis\toutlets\n~terkait\tfurniture\t\n").unwrap();
        let flow = flow(document.root(), &rules, Some("Banjir Rendam Demak"), edges);
        let links = flow.links.iter().map(|span| flow.text[span.start..span.end].to_string());
        let links = links.collect();
        (flow.text, links)
    }

    #[test]
    fn blocks_become_paragraphs_and_links_are_marked() {
        let table: [(&str, &str, &[&str]); 8] = [
            ("<p>Satu<span>dua</span> </p>tiga", "Satudua\n\ntiga", &[]),
            ("<p>Satu<br><br> dua<br>", "Satu\n\ndua", &[]),
            (
                "<p>Kata <a href=/b>Bupati\u{a0} Demak </a>, kemarin",
                "Kata Bupati Demak , kemarin",
                &["Bupati Demak"],
            ),
            ("<p>Air<a href=#>pasang</a></p>", "Airpasang", &[]),
            ("<p>ban\u{ad}jir</p>", "banjir", &[]),
            ("<h1>BANJIR rendam Demak</h1><p>Air naik.", "Air naik.", &[]),
            ("<p>Air naik.</p><h3>Lihat</h3><p><a href=/c>Rob di Sayung</a></p>", "Air naik.", &[]),
            (
                "<p>Air naik di Sayung.</p><div class=berita_terkait>Rob.</div>",
                "Air naik di Sayung.",
                &[],
            ),
        ];
        for (markup, expected, links) in table {
            assert_eq!(
                text(markup, Edges::Kept),
                (expected.to_string(), links.iter().map(|s| s.to_string()).collect()),
                "{markup}"
            );
        }
    }

    #[test]
    fn what_is_no_prose_goes_from_edges_that_were_guessed() {
        let markup = "<p>Nasional</p><p>Air naik setinggi satu meter.</p><p>Antara</p>\
                      <p>Warga mengungsi ke balai desa.</p><p>Terpopuler</p>";
        let prose = "Air naik setinggi satu meter.\n\nAntara\n\nWarga mengungsi ke balai desa.";
        assert_eq!(text(markup, Edges::Trimmed).0, prose);
        assert_eq!(text(markup, Edges::Kept).0, format!("Nasional\n\n{prose}\n\nTerpopuler"));
    }

    #[test]
    fn an_element_with_most_of_the_text_is_no_furniture() {
        let markup = "<form><p>Air naik setinggi satu meter.</p></form><p>Antara</p>";
        assert_eq!(text(markup, Edges::Kept).0, "Air naik setinggi satu meter.\n\nAntara");
    }
}

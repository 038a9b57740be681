//! The tree of a page, built within limits.

use dom_query::{Document, NodeRef};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{ParseOpts, parse_document};

use super::{PageError, PageLimits};
use crate::lines::floor_boundary;

/// Bytes that are parsed before the limits are looked at again. The parser looks through all
/// open elements at some tags, so its time is at most this times the depth that so many bytes
/// can add.
const CHUNK: usize = 8 << 10;

/// Builds the tree of what [`super::simplify`] left of a page.
///
/// # Errors
/// [`PageError::TooManyNodes`] and [`PageError::TooDeep`].
pub(crate) fn parse(markup: &str, limits: &PageLimits) -> Result<Document, PageError> {
    let mut parser = parse_document(Document::default(), ParseOpts::default());
    let mut rest = markup;
    while !rest.is_empty() {
        let (chunk, after) = rest.split_at(floor_boundary(rest, CHUNK.min(rest.len())));
        rest = after;
        parser.process(StrTendril::from(chunk));
        let tree = &parser.tokenizer.sink.sink.tree;
        if tree.len() > limits.nodes {
            return Err(PageError::TooManyNodes(limits.nodes));
        }
        // The open elements are the last ones of each level.
        let open = std::iter::successors(Some(tree.root()), NodeRef::last_child);
        if open.take(limits.depth + 1).count() > limits.depth {
            return Err(PageError::TooDeep(limits.depth));
        }
    }
    let document = parser.finish();
    if depth(&document) > limits.depth {
        return Err(PageError::TooDeep(limits.depth));
    }
    Ok(document)
}

/// How many elements stand inside one another at most.
fn depth(document: &Document) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for step in Walk::new(document.root()) {
        match step {
            Step::Enter(_) => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            Step::Leave(_) => depth -= 1,
        }
    }
    deepest
}

/// A step of a walk through a tree.
pub(crate) enum Step<'t> {
    /// To a node, before its children.
    Enter(NodeRef<'t>),
    /// From a node, after its children.
    Leave(NodeRef<'t>),
}

/// A walk through the nodes below a root, which is not itself stepped on, in the order of the
/// page; without recursion, so that no page can exhaust the stack.
pub(crate) struct Walk<'t> {
    root: NodeRef<'t>,
    next: Option<Step<'t>>,
}

impl<'t> Walk<'t> {
    pub fn new(root: NodeRef<'t>) -> Self {
        let next = root.first_child().map(Step::Enter);
        Walk { root, next }
    }

    /// Leaves out what stands below the node that was entered last.
    pub fn skip_children(&mut self, entered: NodeRef<'t>) {
        self.next = Some(Step::Leave(entered));
    }
}

impl<'t> Iterator for Walk<'t> {
    type Item = Step<'t>;

    fn next(&mut self) -> Option<Step<'t>> {
        let step = self.next.take()?;
        self.next = match &step {
            Step::Enter(node) => match node.first_child() {
                Some(child) => Some(Step::Enter(child)),
                None => Some(Step::Leave(*node)),
            },
            Step::Leave(node) => match node.next_sibling() {
                Some(sibling) => Some(Step::Enter(sibling)),
                None => node.parent().filter(|parent| parent.id != self.root.id).map(Step::Leave),
            },
        };
        Some(step)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(markup: &str, limits: PageLimits) -> Option<String> {
        parse(markup, &limits).err().map(|error| error.to_string())
    }

    #[test]
    fn nodes_and_levels_are_counted() {
        let limits = PageLimits { nodes: 50, depth: 10, ..PageLimits::default() };
        assert_eq!(refused("<p>Banjir</p>", limits), None);
        assert_eq!(
            refused(&"<p>a</p>".repeat(30), limits).as_deref(),
            Some("the page has more than 50 elements and texts (--max-page-nodes)")
        );
        // Closed again before the limits are looked at.
        let closed = format!("{}{}", "<div>".repeat(12), "</div>".repeat(12));
        assert_eq!(
            refused(&closed, limits).as_deref(),
            Some("elements are nested more than 10 deep (--max-page-depth)")
        );
    }

    #[test]
    fn a_walk_enters_and_leaves_every_node_below_its_root() {
        let document = parse("<body><p>a<br>b</p><p>c", &PageLimits::default()).unwrap();
        let body = document.body().unwrap();
        let mut seen = String::new();
        for step in Walk::new(body) {
            match step {
                Step::Enter(node) if node.is_text() => seen.push_str(&node.text()),
                Step::Enter(node) => seen.push_str(&format!("<{}>", node.node_name().unwrap())),
                Step::Leave(node) if node.is_text() => {}
                Step::Leave(_) => seen.push('/'),
            }
        }
        assert_eq!(seen, "<p>a<br>/b/<p>c/");
    }
}

//! The tree of a page, built within limits.
//!
//! html5ever builds it as browsers do. The nodes lie in one vector and know one another by their
//! places in it, which is all that the rest of this module needs of a tree; the crates that have
//! more to offer draw in CSS selectors under a copyleft licence.

use std::borrow::Cow;
use std::cell::{Ref, RefCell};

use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::{Attribute, ParseOpts, QualName, parse_document};

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
pub(crate) fn parse(markup: &str, limits: &PageLimits) -> Result<Tree, PageError> {
    let mut parser = parse_document(Builder::default(), ParseOpts::default());
    let mut rest = markup;
    while !rest.is_empty() {
        let (chunk, after) = rest.split_at(floor_boundary(rest, CHUNK));
        rest = after;
        parser.process(StrTendril::from(chunk));
        let nodes = parser.tokenizer.sink.sink.nodes.borrow();
        if nodes.len() > limits.nodes {
            return Err(PageError::TooManyNodes(limits.nodes));
        }
        // The open elements are the last ones of each level.
        let last = std::iter::successors(Some(ROOT), |&id: &usize| nodes[id].last_child);
        let open = last.filter(|&id| matches!(nodes[id].data, Data::Element(_)));
        if open.take(limits.depth + 1).count() > limits.depth {
            return Err(PageError::TooDeep(limits.depth));
        }
    }
    let tree = parser.finish();
    if tree.depth() > limits.depth {
        return Err(PageError::TooDeep(limits.depth));
    }
    Ok(tree)
}

/// The place of the document itself.
const ROOT: usize = 0;

/// The nodes of a page.
#[derive(Debug)]
pub(crate) struct Tree {
    nodes: Vec<Node>,
}

#[derive(Debug)]
struct Node {
    parent: Option<usize>,
    previous: Option<usize>,
    next: Option<usize>,
    first_child: Option<usize>,
    last_child: Option<usize>,
    data: Data,
}

#[derive(Debug)]
enum Data {
    Element(Element),
    Text(String),
    /// The document, and what is kept for the parser's sake alone.
    Other,
}

/// An element: its name and attributes.
#[derive(Debug)]
pub(crate) struct Element {
    name: QualName,
    attributes: Vec<Attribute>,
}

impl Element {
    /// The name, in lower case.
    pub fn name(&self) -> &str {
        &self.name.local
    }

    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let attribute = self.attributes.iter().find(|attribute| &*attribute.name.local == name);
        attribute.map(|attribute| &*attribute.value)
    }
}

/// A node in its tree.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NodeRef<'t> {
    tree: &'t Tree,
    id: usize,
}

impl Tree {
    pub fn root(&self) -> NodeRef<'_> {
        NodeRef { tree: self, id: ROOT }
    }

    /// How many elements stand inside one another at most.
    fn depth(&self) -> usize {
        let (mut depth, mut deepest) = (0_usize, 0);
        for step in Walk::new(self.root()) {
            match step {
                Step::Enter(node) if node.element().is_some() => {
                    depth += 1;
                    deepest = deepest.max(depth);
                }
                Step::Leave(node) if node.element().is_some() => depth -= 1,
                Step::Enter(_) | Step::Leave(_) => {}
            }
        }
        deepest
    }
}

impl<'t> NodeRef<'t> {
    fn at(self, id: Option<usize>) -> Option<Self> {
        id.map(|id| NodeRef { tree: self.tree, id })
    }

    fn node(self) -> &'t Node {
        &self.tree.nodes[self.id]
    }

    /// The element that it is, if it is one.
    pub fn element(self) -> Option<&'t Element> {
        match &self.node().data {
            Data::Element(element) => Some(element),
            _ => None,
        }
    }

    /// The text that it is, if it is one.
    pub fn text(self) -> Option<&'t str> {
        match &self.node().data {
            Data::Text(text) => Some(text),
            _ => None,
        }
    }

    /// All texts below it, in order.
    pub fn texts(self) -> impl Iterator<Item = &'t str> {
        Walk::new(self).filter_map(|step| match step {
            Step::Enter(node) => node.text(),
            Step::Leave(_) => None,
        })
    }
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
        Walk { root, next: root.at(root.node().first_child).map(Step::Enter) }
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
            Step::Enter(node) => match node.at(node.node().first_child) {
                Some(child) => Some(Step::Enter(child)),
                None => Some(Step::Leave(*node)),
            },
            Step::Leave(node) => match node.at(node.node().next) {
                Some(sibling) => Some(Step::Enter(sibling)),
                None => {
                    let parent = node.at(node.node().parent);
                    parent.filter(|parent| parent.id != self.root.id).map(Step::Leave)
                }
            },
        };
        Some(step)
    }
}

/// What html5ever builds the tree with; a handle is the place of a node.
struct Builder {
    nodes: RefCell<Vec<Node>>,
}

impl Default for Builder {
    fn default() -> Self {
        Builder { nodes: RefCell::new(vec![Node::new(Data::Other)]) }
    }
}

impl Node {
    fn new(data: Data) -> Self {
        let (parent, previous, next, first_child, last_child) = (None, None, None, None, None);
        Node { parent, previous, next, first_child, last_child, data }
    }
}

impl Builder {
    fn add(&self, data: Data) -> usize {
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(Node::new(data));
        nodes.len() - 1
    }

    /// Takes a node, with what is below it, out of its place.
    fn detach(&self, id: usize) {
        let mut nodes = self.nodes.borrow_mut();
        let Node { parent, previous, next, .. } = nodes[id];
        match previous {
            Some(previous) => nodes[previous].next = next,
            None => {
                if let Some(parent) = parent {
                    nodes[parent].first_child = next;
                }
            }
        }
        match next {
            Some(next) => nodes[next].previous = previous,
            None => {
                if let Some(parent) = parent {
                    nodes[parent].last_child = previous;
                }
            }
        }
        let node = &mut nodes[id];
        (node.parent, node.previous, node.next) = (None, None, None);
    }

    /// Puts a node without a place under `parent`, before `next` or at the end.
    fn attach(&self, parent: usize, next: Option<usize>, id: usize) {
        let mut nodes = self.nodes.borrow_mut();
        let previous = match next {
            Some(next) => nodes[next].previous.replace(id),
            None => nodes[parent].last_child.replace(id),
        };
        match previous {
            Some(previous) => nodes[previous].next = Some(id),
            None => nodes[parent].first_child = Some(id),
        }
        let node = &mut nodes[id];
        (node.parent, node.previous, node.next) = (Some(parent), previous, next);
    }

    /// Puts a node or text under `parent`, before `next` or at the end; text joins a text there.
    fn insert(&self, parent: usize, next: Option<usize>, child: NodeOrText<usize>) {
        match child {
            NodeOrText::AppendNode(id) => {
                self.detach(id);
                self.attach(parent, next, id);
            }
            NodeOrText::AppendText(text) => {
                let mut nodes = self.nodes.borrow_mut();
                let previous = match next {
                    Some(next) => nodes[next].previous,
                    None => nodes[parent].last_child,
                };
                if let Some(Data::Text(known)) = previous.map(|id| &mut nodes[id].data) {
                    known.push_str(&text);
                    return;
                }
                drop(nodes);
                let id = self.add(Data::Text(text.to_string()));
                self.attach(parent, next, id);
            }
        }
    }

    fn parent(&self, id: usize) -> Option<usize> {
        self.nodes.borrow()[id].parent
    }
}

/// The name given for what has none; the parser asks only for those of elements.
static NO_NAME: QualName =
    QualName { prefix: None, ns: html5ever::ns!(), local: html5ever::local_name!("") };

impl TreeSink for Builder {
    type Handle = usize;
    type Output = Tree;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> Tree {
        Tree { nodes: self.nodes.into_inner() }
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> usize {
        ROOT
    }

    fn elem_name<'a>(&'a self, target: &'a usize) -> Ref<'a, QualName> {
        Ref::map(self.nodes.borrow(), |nodes| match &nodes[*target].data {
            Data::Element(element) => &element.name,
            _ => &NO_NAME,
        })
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> usize {
        self.add(Data::Element(Element { name, attributes }))
    }

    fn create_comment(&self, _: StrTendril) -> usize {
        self.add(Data::Other)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> usize {
        self.add(Data::Other)
    }

    fn append(&self, parent: &usize, child: NodeOrText<usize>) {
        self.insert(*parent, None, child);
    }

    fn append_based_on_parent_node(
        &self,
        element: &usize,
        previous: &usize,
        child: NodeOrText<usize>,
    ) {
        match self.parent(*element) {
            Some(parent) => self.insert(parent, Some(*element), child),
            None => self.insert(*previous, None, child),
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &usize) -> usize {
        // A template's content is kept where the template is; simplified pages have none.
        *target
    }

    fn same_node(&self, one: &usize, other: &usize) -> bool {
        one == other
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &usize, child: NodeOrText<usize>) {
        if let Some(parent) = self.parent(*sibling) {
            self.insert(parent, Some(*sibling), child);
        }
    }

    fn add_attrs_if_missing(&self, target: &usize, attributes: Vec<Attribute>) {
        if let Data::Element(element) = &mut self.nodes.borrow_mut()[*target].data {
            for attribute in attributes {
                if !element.attributes.iter().any(|known| known.name == attribute.name) {
                    element.attributes.push(attribute);
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &usize) {
        self.detach(*target);
    }

    fn reparent_children(&self, node: &usize, new_parent: &usize) {
        while let Some(child) = { self.nodes.borrow()[*node].first_child } {
            self.detach(child);
            self.attach(*new_parent, None, child);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(markup: &str, limits: PageLimits) -> Option<String> {
        parse(markup, &limits).err().map(|error| error.to_string())
    }

    /// The tree, a name an element and a slash at its end.
    fn outline(markup: &str) -> String {
        let tree = parse(markup, &PageLimits::default()).unwrap();
        let mut seen = String::new();
        for step in Walk::new(tree.root()) {
            match step {
                Step::Enter(node) => match node.element() {
                    Some(element) => seen.push_str(&format!("<{}>", element.name())),
                    None => seen.push_str(node.text().unwrap_or_default()),
                },
                Step::Leave(node) if node.element().is_some() => seen.push('/'),
                Step::Leave(_) => {}
            }
        }
        seen
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
        let closed = |depth| format!("{}{}", "<div>".repeat(depth), "</div>".repeat(depth));
        assert_eq!(refused(&closed(8), limits), None);
        assert_eq!(
            refused(&closed(9), limits).as_deref(),
            Some("elements are nested more than 10 deep (--max-page-depth)")
        );
    }

    #[test]
    fn trees_are_built_as_browsers_build_them() {
        let table = [
            ("<p>a<br>b<p>c", "<p>a<br>/b/<p>c/"),
            // What does not belong into a table goes before it.
            ("<table>a<tr><td>b</table>", "a<table><tbody><tr><td>b////"),
            ("<table><a href=x>a<tr><td>b</table>c", "<a>a/<table><tbody><tr><td>b////<a>c/"),
            // A link in a link ends it, over blocks.
            ("<a href=x><div>b<a href=y>c</div>d", "<a>/<div><a>b/<a>c//<a>d/"),
            ("<ul><li>a<li>b</ul>", "<ul><li>a/<li>b//"),
        ];
        for (markup, expected) in table {
            let expected = format!("<html><head>/<body>{expected}//");
            assert_eq!(outline(markup), expected, "{markup}");
        }
    }
}

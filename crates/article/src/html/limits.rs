/// How much a page may ask of the program before it is refused, or its text cut; every limit is
/// an option of the command line, which also has those on the size of files.
///
/// A page is somebody else's program for a parser: markup nested without end, a tag with a
/// hundred thousand attributes and the like cost time that grows with the square of their size.
/// Within these limits reading a page takes time and memory in proportion to its size. The
/// defaults are far above what news pages hold: the thirteen that the program is measured on
/// have at most 2,400 nodes, 16 levels and 11 attributes in a tag.
///
/// ```
/// let limits = nukil_article::PageLimits { depth: 100, ..Default::default() };
/// assert_eq!(limits.attributes, 1_000);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageLimits {
    /// Most nodes of a page's tree, elements and stretches of text (`--max-page-nodes`).
    pub nodes: usize,
    /// Most elements inside one another (`--max-page-depth`).
    pub depth: usize,
    /// Most attributes of one tag (`--max-page-attributes`).
    pub attributes: usize,
    /// Most Unicode code points of the text; a longer one is cut (`--max-characters`).
    pub characters: usize,
}

impl Default for PageLimits {
    fn default() -> Self {
        PageLimits { nodes: 100_000, depth: 256, attributes: 1_000, characters: 1_000_000 }
    }
}

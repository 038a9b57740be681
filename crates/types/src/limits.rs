/// All limits on what a piece of input may ask of the program, in one place. Every one of them is
/// an option of the command line (`nukil help extract`, Limits).
///
/// What is beyond the first two is cut, or refused where `strict`; what is beyond another is
/// refused. Nothing ends a run.
///
/// ```
/// use nukil_types::Limits;
///
/// let limits = Limits { max_characters: 20_000, ..Limits::default() };
/// assert_eq!(limits.max_record_bytes, 64 << 20);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Most Unicode code points of a text (`--max-characters`). What is longer is cut at the end of
    /// a sentence and marked `truncated`. A million, about 300 pages of print: far above any
    /// article, and low enough that a worker's scratch memory stays small.
    pub max_characters: usize,
    /// Most tokens of a text (`--max-tokens`), beyond which it is cut in the same way. It bounds the
    /// memory of what is found in a text, which grows with the tokens and not with the characters.
    /// 250,000: a million characters of prose hold some 170,000, so only what is hardly prose
    /// (tables of numbers, single letters) comes to it before it comes to `max_characters`.
    pub max_tokens: usize,
    /// Whether a text beyond `max_characters` or `max_tokens` is a failure (`--strict`), for who
    /// would rather have no row of a document than one of its beginning.
    pub strict: bool,
    /// Most bytes of one line of JSON Lines, one record of CSV or one row of Parquet
    /// (`--max-record-bytes`). What is longer is a failure: most likely the file is no such file, or
    /// a quote was never closed.
    pub max_record_bytes: usize,
    /// Most bytes of an HTML page, decompressed (`--max-page-bytes`). What is longer is a failure:
    /// half a page is no page, and a bomb of some kilobytes can unpack to gigabytes.
    pub max_page_bytes: usize,
    /// What a page may hold.
    pub page: PageLimits,
    /// Most bytes of input that are under way between reader and writer (`--max-queue-bytes`): read
    /// ahead, worked on, or waiting to be written. A document that is larger goes its way alone.
    /// What is found in a text takes some twenty times its size until it is written.
    pub max_queue_bytes: usize,
}

/// How much a page may ask of the program before it is refused.
///
/// A page is somebody else's program for a parser: markup nested without end, a tag with a
/// hundred thousand attributes and the like cost time that grows with the square of their size.
/// Within these limits reading a page takes time and memory in proportion to its size. The
/// defaults are far above what news pages hold: the thirteen that the program is measured on
/// have at most 2,400 nodes, 16 levels and 11 attributes in a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageLimits {
    /// Most nodes of a page's tree, elements and stretches of text (`--max-page-nodes`).
    pub nodes: usize,
    /// Most elements inside one another (`--max-page-depth`).
    pub depth: usize,
    /// Most attributes of one tag (`--max-page-attributes`).
    pub attributes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            max_characters: 1_000_000,
            max_tokens: 250_000,
            strict: false,
            max_record_bytes: 64 << 20,
            max_page_bytes: 16 << 20,
            page: PageLimits::default(),
            max_queue_bytes: 32 << 20,
        }
    }
}

impl Default for PageLimits {
    fn default() -> Self {
        PageLimits { nodes: 100_000, depth: 256, attributes: 1_000 }
    }
}

impl Limits {
    /// Code points that a reader keeps beyond `max_characters`, so that whoever finds the sentence
    /// at whose end the text is cut sees how it goes on.
    pub const LOOKAHEAD: usize = 256;

    /// The most code points of a text that a reader keeps.
    pub fn kept_characters(&self) -> usize {
        self.max_characters.saturating_add(Self::LOOKAHEAD)
    }

    /// Cuts `text` to what a reader keeps, and says whether anything was lost.
    pub fn cut(&self, text: &mut String) -> bool {
        let kept = self.kept_characters();
        // As many bytes as code points are allowed are never too many; most texts end here.
        if text.len() <= kept {
            return false;
        }
        match text.char_indices().nth(kept) {
            Some((at, _)) => {
                text.truncate(at);
                text.shrink_to_fit();
                true
            }
            None => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_cuts_between_characters_some_way_behind_the_limit() {
        let limits = Limits { max_characters: 3, ..Limits::default() };
        for (unit, length, cut) in [
            ("€", 258, false),
            ("€", 259, false),
            ("€", 260, true),
            ("😀", 300, true),
            ("", 0, false),
        ] {
            let mut text = unit.repeat(length);
            assert_eq!(limits.cut(&mut text), cut, "{length}");
            assert_eq!(text, unit.repeat(length.min(3 + Limits::LOOKAHEAD)));
        }
    }
}

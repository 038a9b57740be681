//! All limits of the readers, in one place.

/// How large a piece of input may be before a reader stops holding it.
///
/// ```
/// let limits = nukil_tables::Limits { max_characters: 20_000, ..Default::default() };
/// assert_eq!(limits.max_record_bytes, 64 << 20);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Most Unicode code points of one document's text. What is longer is cut on a character
    /// boundary and marked `truncated`. A million, about 300 pages of print: far above any
    /// article, and low enough that a worker's scratch memory stays small.
    pub max_characters: usize,
    /// Most bytes of one line of JSON Lines, one record of CSV or one row of Parquet. What is
    /// longer is a failure: most likely the file is no such file, or a quote was never closed.
    pub max_record_bytes: usize,
    /// Most bytes of an HTML page, decompressed. What is longer is a failure: half a page is no
    /// page, and a bomb of some kilobytes can unpack to gigabytes.
    pub max_page_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { max_characters: 1_000_000, max_record_bytes: 64 << 20, max_page_bytes: 16 << 20 }
    }
}

impl Limits {
    /// Cuts `text` to [`Limits::max_characters`] and says whether anything was lost.
    pub(crate) fn cut(&self, text: &mut String) -> bool {
        // As many bytes as code points are allowed are never too many; most texts end here.
        if text.len() <= self.max_characters {
            return false;
        }
        match text.char_indices().nth(self.max_characters) {
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
    fn a_text_is_cut_between_characters() {
        let limits = Limits { max_characters: 3, ..Limits::default() };
        for (given, kept, cut) in
            [("€uro", "€ur", true), ("abc", "abc", false), ("a€😀", "a€😀", false), ("", "", false)]
        {
            let mut text = given.to_string();
            assert_eq!(limits.cut(&mut text), cut, "{given}");
            assert_eq!(text, kept);
        }
    }
}

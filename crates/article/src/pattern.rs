//! Patterns of furniture: words, gaps and a bounded wildcard, matched around a known anchor.
//!
//! A general regular expression engine is not needed and would be slower: one automaton finds
//! the longest word of every pattern in one pass over a line, and the rest of the pattern is
//! compared in place.

use memchr::memchr2_iter;

use crate::lines::is_blank;

/// How many bytes a `*` spans at most; bounds the work on hostile lines.
const WILDCARD_LIMIT: usize = 160;

/// A compiled pattern.
#[derive(Debug)]
pub(crate) struct Pattern {
    pieces: Vec<Piece>,
    anchor: usize,
    exact: bool,
}

#[derive(Debug)]
enum Piece {
    Word(Box<str>),
    Gap,
    Wildcard,
}

impl Pattern {
    /// Compiles `source`; `None` when it has no word before its first wildcard.
    pub(crate) fn parse(source: &str) -> Option<Self> {
        let mut pieces = Vec::new();
        for token in source.split_whitespace() {
            if !pieces.is_empty() {
                pieces.push(Piece::Gap);
            }
            for (index, word) in token.split('*').enumerate() {
                if index > 0 {
                    pieces.push(Piece::Wildcard);
                }
                if !word.is_empty() {
                    pieces.push(Piece::Word(word.into()));
                }
            }
        }
        let fixed = pieces.iter().take_while(|piece| !matches!(piece, Piece::Wildcard));
        let (anchor, _) = fixed
            .enumerate()
            .filter_map(|(index, piece)| match piece {
                Piece::Word(word) => Some((index, word.len())),
                _ => None,
            })
            .max_by_key(|&(index, length)| (length, std::cmp::Reverse(index)))?;
        Some(Pattern { pieces, anchor, exact: source.chars().any(char::is_uppercase) })
    }

    /// The word that must be found first.
    pub(crate) fn anchor(&self) -> &str {
        match &self.pieces[self.anchor] {
            Piece::Word(word) => word,
            Piece::Gap | Piece::Wildcard => unreachable!("the anchor is chosen among words"),
        }
    }

    /// Whether it matches only as it is written.
    pub(crate) fn is_exact(&self) -> bool {
        self.exact
    }

    /// Where the pattern begins and ends in `line` when its anchor stands at `at`.
    pub(crate) fn match_around(&self, line: &str, at: usize) -> Option<(usize, usize)> {
        let mut start = at;
        for piece in self.pieces[..self.anchor].iter().rev() {
            start = match piece {
                Piece::Word(word) => {
                    let before = start.checked_sub(word.len())?;
                    self.same(line.get(before..start)?, word).then_some(before)?
                }
                Piece::Gap => line[..start].trim_end_matches(is_blank).len(),
                Piece::Wildcard => return None,
            };
        }
        let end = self.match_forward(line, at, &self.pieces[self.anchor..])?;
        Some((start, end))
    }

    fn match_forward(&self, line: &str, mut at: usize, pieces: &[Piece]) -> Option<usize> {
        for (index, piece) in pieces.iter().enumerate() {
            match piece {
                Piece::Word(word) => {
                    let end = at + word.len();
                    self.same(line.get(at..end)?, word).then_some(())?;
                    at = end;
                }
                Piece::Gap => {
                    at = line.len() - line[at..].trim_start_matches(is_blank).len();
                }
                Piece::Wildcard => {
                    let rest = &pieces[index + 1..];
                    if rest.is_empty() {
                        return (line.len() - at <= WILDCARD_LIMIT).then_some(line.len());
                    }
                    let limit = line.len().min(at + WILDCARD_LIMIT + 1);
                    let window = &line.as_bytes()[at..limit];
                    let from = |offset| {
                        let from = at + offset;
                        line.is_char_boundary(from).then(|| self.match_forward(line, from, rest))?
                    };
                    return match beginning(rest) {
                        Some([lower, upper]) => memchr2_iter(lower, upper, window).find_map(from),
                        None => (0..window.len()).find_map(from),
                    };
                }
            }
        }
        Some(at)
    }

    fn same(&self, surface: &str, word: &str) -> bool {
        if self.exact { surface == word } else { surface.eq_ignore_ascii_case(word) }
    }
}

/// The byte that begins the first word of `pieces`, as a small letter and as a capital: in nearly all places
/// at which a wildcard may end, there is none. A gap before the word matches nothing too.
fn beginning(pieces: &[Piece]) -> Option<[u8; 2]> {
    match pieces {
        [Piece::Word(word), ..] | [Piece::Gap, Piece::Word(word), ..] => {
            let first = word.as_bytes()[0];
            Some([first.to_ascii_lowercase(), first.to_ascii_uppercase()])
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'l>(pattern: &str, line: &'l str) -> Option<&'l str> {
        let pattern = Pattern::parse(pattern).unwrap();
        let folded = line.to_ascii_lowercase();
        let at = folded.find(&pattern.anchor().to_ascii_lowercase())?;
        pattern.match_around(line, at).map(|(start, end)| &line[start..end])
    }

    #[test]
    fn blanks_match_any_white_space_and_none() {
        assert_eq!(found("baca selengkapnya di sini", "Baca\u{a0}selengkapnyadi  sini."), {
            Some("Baca\u{a0}selengkapnyadi  sini")
        });
    }

    #[test]
    fn a_capital_asks_for_the_case_as_written() {
        assert_eq!(found("AP/", "Foto: AP/Jane"), Some("AP/"));
        assert_eq!(found("AP/", "Foto: ap/Jane"), None);
        assert_eq!(found("baca juga", "BACA JUGA: Banjir"), Some("BACA JUGA"));
    }

    #[test]
    fn a_wildcard_stays_within_its_limit() {
        let far = format!("Ikuti berita {} Google News", "x".repeat(WILDCARD_LIMIT + 8));
        assert_eq!(found("ikuti berita * google news", "Ikuti berita lain di Google News"), {
            Some("Ikuti berita lain di Google News")
        });
        assert_eq!(found("ikuti berita * google news", &far), None);
    }

    #[test]
    fn a_pattern_needs_a_word_before_its_wildcard() {
        assert!(Pattern::parse("* lalu").is_none());
        assert!(Pattern::parse("").is_none());
    }
}

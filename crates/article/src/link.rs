//! How far a link reaches: "Baca juga:" and the headline behind it.
//!
//! On a line of its own the link is the line. Scrapers, though, join paragraphs, and then the
//! headline must be told from the prose that follows: headlines are written with capitals, and
//! the first word in lower case that headlines do not have belongs to a sentence that began a
//! little before it.

use crate::lines::{floor_boundary, is_blank};
use crate::words::Words;

/// No headline is longer, in bytes.
const HEADLINE_LIMIT: usize = 250;

/// Where the link that begins with the marker `line[start..end]` ends. `alone` says that
/// nothing but marks stands before it on the line.
pub(crate) fn reach(line: &str, start: usize, end: usize, alone: bool, words: &Words) -> usize {
    if alone && line.len() - start <= HEADLINE_LIMIT {
        return line.len();
    }
    let marker = skip_blank(line, end);
    let from = skip_video(line, marker);
    if let Some(quoted) = quoted(line, from)
        && (from > marker || quoted.closed)
    {
        return quoted.end;
    }
    // Without a colon or a dash there is no headline on this line: Liputan6 leaves the bare
    // marker between two paragraphs.
    let Some(separator) =
        line[from..].chars().next().filter(|c| matches!(c, ':' | '-' | '–' | '—'))
    else {
        return end;
    };
    let from = skip_blank(line, from + separator.len_utf8());
    if let Some(quoted) = quoted(line, from) {
        return quoted.end;
    }
    headline_end(line, from, words).unwrap_or(from)
}

fn skip_blank(line: &str, at: usize) -> usize {
    line.len() - line[at..].trim_start_matches(is_blank).len()
}

/// Past the word "video", which comes between marker and headline.
fn skip_video(line: &str, at: usize) -> usize {
    match line.get(at..at + 5) {
        Some(word) if word.eq_ignore_ascii_case("video") => skip_blank(line, at + 5),
        _ => at,
    }
}

/// A headline in quotation marks.
struct Quoted {
    end: usize,
    /// "di sini", a colon or the end of the line follows, so that it is no quotation of prose.
    closed: bool,
}

/// The quoted headline that begins at `from`, with what hangs on it (`' di sini:`).
fn quoted(line: &str, from: usize) -> Option<Quoted> {
    let open = line[from..].chars().next()?;
    let close = match open {
        '"' | '\'' => open,
        '“' => '”',
        '‘' => '’',
        _ => return None,
    };
    let inside = from + open.len_utf8();
    let limit = floor_boundary(line, inside + HEADLINE_LIMIT);
    // An apostrophe inside a word does not close.
    let closes = |&(at, c): &(usize, char)| {
        c == close && !line[inside + at + c.len_utf8()..].starts_with(char::is_alphanumeric)
    };
    let (at, _) = line[inside..limit].char_indices().find(closes)?;
    let mut end = inside + at + close.len_utf8();
    let mut closed = end == line.len();
    if line[skip_blank(line, end)..].starts_with("di sini") {
        end = skip_blank(line, end) + "di sini".len();
        closed = true;
    }
    if line[end..].starts_with(':') {
        end += 1;
        closed = true;
    }
    Some(Quoted { end, closed })
}

/// The end of the headline that begins at `from`; `None` when no headline is there.
fn headline_end(line: &str, from: usize, words: &Words) -> Option<usize> {
    let limit = floor_boundary(line, from + HEADLINE_LIMIT);
    let mut tokens: Vec<Token> = Vec::new();
    let mut at = from;
    while at < limit {
        let end = line[at..limit].find(is_blank).map_or(limit, |length| at + length);
        let token = Token::read(line, at, end, words);
        if !token.title {
            return sentence_start(&tokens, line, words).map(|start| trimmed(line, from, start));
        }
        let ended = token.stop;
        tokens.push(token);
        if ended {
            return (tokens.len() >= 3).then_some(end);
        }
        at = skip_blank(line, end);
    }
    // No prose in sight: the headline ends with the line, or the limit cuts it.
    (!tokens.is_empty()).then(|| trimmed(line, from, at.min(line.len())))
}

fn trimmed(line: &str, from: usize, end: usize) -> usize {
    from + line[from..end].trim_end_matches(is_blank).len()
}

/// A sentence begins at most this many capitalised words before its first word in lower case.
const LONGEST_NAME: usize = 6;

/// Where the sentence began whose first word in lower case follows `tokens`; `None` when that
/// leaves no headline before it.
fn sentence_start(tokens: &[Token], line: &str, words: &Words) -> Option<usize> {
    let last = tokens.iter().rposition(|token| token.capital)?;
    let run = tokens[..=last].iter().rposition(|token| !token.capital).map_or(0, |at| at + 1);
    let run = run.max((last + 1).saturating_sub(LONGEST_NAME));
    let opens = |token: &Token| words.is_opener(token.core(line)) || token.quote;
    // "… Gaji Polisi? Sri Mulyani bertemu": after the mark. "… Per Musim Sejumlah pelatih": the
    // last capital. "… Musim Presiden Joko Widodo bertemu": the opener nearest to it, with the
    // openers that go with it.
    let first = match tokens[run..last].iter().rposition(|token| token.mark) {
        Some(at) => run + at + 1,
        None => {
            let nearest = tokens[run..=last].iter().rposition(opens);
            let mut first = nearest.map_or(last, |at| run + at);
            // "Wakil Presiden", but not "… Pekan Ini Presiden".
            let goes_with = |token: &Token| opens(token) && !words.is_small(token.core(line));
            while first > run && goes_with(&tokens[first - 1]) {
                first -= 1;
            }
            first
        }
    };
    (first >= 3).then(|| tokens[first].start)
}

struct Token {
    start: usize,
    core: (usize, usize),
    /// May stand in a headline.
    title: bool,
    /// Begins with a capital.
    capital: bool,
    /// Opens a quotation.
    quote: bool,
    /// Ends a sentence with a full stop.
    stop: bool,
    /// Ends with a mark that ends questions and exclamations.
    mark: bool,
}

impl Token {
    fn read(line: &str, start: usize, end: usize, words: &Words) -> Self {
        let surface = &line[start..end];
        let core = surface.trim_matches(|c: char| !c.is_alphanumeric());
        let offset =
            surface.len() - surface.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
        let core_start = if core.is_empty() { start } else { start + offset };
        let first = core.chars().next();
        let capital = first.is_some_and(char::is_uppercase);
        let lower = first.is_some_and(char::is_lowercase);
        Token {
            start,
            core: (core_start, core_start + core.len()),
            title: !lower || words.is_small(core),
            capital,
            quote: surface.starts_with(['"', '“']) && core.len() > 1,
            stop: surface.ends_with('.')
                && core.len() > 3
                && core.chars().next_back().is_some_and(char::is_lowercase),
            mark: surface.ends_with(['?', '!']),
        }
    }

    fn core<'l>(&self, line: &'l str) -> &'l str {
        &line[self.core.0..self.core.1]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(line: &str) -> String {
        let words = Words::parse(nukil_data::LAYOUT_WORDS).unwrap();
        let start = line.find("Baca").unwrap();
        let end = start + "Baca juga".len();
        let reach = reach(line, start, end, start == 0, &words);
        line[start..reach].to_string()
    }

    #[test]
    fn the_headline_ends_where_a_sentence_begins() {
        let table = [
            (
                "Warga lega. Baca juga: Harga Beras Naik Lagi Sejumlah pedagang mengeluh.",
                "Baca juga: Harga Beras Naik Lagi",
            ),
            (
                "Warga lega.Baca juga: Ngeri! Dua Geng Bertemu, 1 Tewas \"Benar memang,\" kata dia.",
                "Baca juga: Ngeri! Dua Geng Bertemu, 1 Tewas",
            ),
            (
                "Warga lega. Baca juga: Kurs Rupiah Menguat Tajam Wakil Presiden Budi Santoso tiba.",
                "Baca juga: Kurs Rupiah Menguat Tajam",
            ),
            ("Warga lega. Baca Juga Modus baru itu terungkap karena petugas curiga.", "Baca Juga"),
            (
                "Warga lega. Baca juga: Tim Putri Menang di Laga ke-27",
                "Baca juga: Tim Putri Menang di Laga ke-27",
            ),
            (
                "Warga lega. Baca juga: \"Kucing Jadi Kurir\" di sini: Polisi masih menyelidiki.",
                "Baca juga: \"Kucing Jadi Kurir\" di sini:",
            ),
            ("Warga lega. Baca juga: Berapa Gaji Polisi? Sri Rahayu menjawab.", {
                "Baca juga: Berapa Gaji Polisi?"
            }),
            ("Warga lega. Baca juga \"Kami lega sekali,\" kata seorang warga.", "Baca juga"),
            ("Baca juga: harga beras naik lagi", "Baca juga: harga beras naik lagi"),
        ];
        for (line, expected) in table {
            assert_eq!(link(line), expected);
        }
    }
}

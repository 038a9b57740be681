//! The column of related headlines below (or beside) an article.
//!
//! Each card of it has a headline, a line that says how long ago it was ("1 jam lalu"), the
//! headline once more and a line of summary. The stamps are what tells the cards from prose.

use std::ops::Range;

use crate::lines::Line;

/// Two stamps further apart than this, in bytes, are not of one column.
const CARD_LIMIT: usize = 1200;
/// Lines of a card behind its stamp.
const LINES_BEHIND: usize = 3;

/// The stretches of `lines` that are such columns; `stamps` are the indices of the lines that
/// say how long ago, in order.
pub(crate) fn columns(text: &str, lines: &[Line], stamps: &[usize]) -> Vec<Range<usize>> {
    let mut columns: Vec<Range<usize>> = Vec::new();
    for &stamp in stamps {
        let start = if stamp > 0 && is_title(text, lines[stamp - 1]) { stamp - 1 } else { stamp };
        let end = card_end(text, lines, stamp);
        match columns.last_mut() {
            Some(column) if near(lines, column.end, start) => column.end = end.max(column.end),
            _ => columns.push(start..end),
        }
    }
    columns
}

/// Whether `line` can be the headline of a card: it does not end as a sentence does.
fn is_title(text: &str, line: Line) -> bool {
    line.span.len() <= 220 && !text[line.span.start..line.span.end].ends_with('.')
}

/// Behind a stamp come the headline again and the summary, until a wider gap.
fn card_end(text: &str, lines: &[Line], stamp: usize) -> usize {
    let mut end = stamp + 1;
    while end < lines.len()
        && end <= stamp + LINES_BEHIND
        && lines[end].blank_above < 2
        && (is_title(text, lines[end]) || lines[end].span.len() <= 160)
    {
        end += 1;
    }
    end
}

fn near(lines: &[Line], end: usize, start: usize) -> bool {
    start <= end || lines[start].span.start - lines[end - 1].span.end <= CARD_LIMIT
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lines;

    #[test]
    fn cards_are_joined_and_prose_below_them_stays() {
        let text = "Isi berita selesai di sini.\n\n\nBanjir Surut\n\n1 jam lalu\n\nBanjir Surut\n\n\
                    Warga pulang ke rumah\n\n\nHarga Naik\n\n2 hari lalu\n\nHarga Naik\n\n\n\
                    Paragraf ini adalah bagian dari artikel.";
        let lines = lines::split(text);
        assert_eq!(columns(text, &lines, &[2, 6]), [Range { start: 1, end: 8 }]);
    }
}

//! The name of the site that stands before or behind a headline ("… di Pasar - Banten Raya").

use crate::lines::is_blank;
use crate::outlets::Outlets;
use crate::words::Words;

/// Most words of a site's name.
const MOST_WORDS: usize = 4;
/// Fewest words that are left of the headline.
const FEWEST_LEFT: usize = 3;
/// Shortest name, in letters, that counts as one because the page has it glued together.
const SHORTEST: usize = 6;

/// The headline in `line`, in bytes: without the name of the site. `page` is the text below.
pub(crate) fn without_site(
    line: &str,
    page: &str,
    outlets: &Outlets,
    words: &Words,
) -> (usize, usize) {
    let (mut start, mut end) = (0, line.len());
    while let Some((left, dash, name)) = split_last(&line[..end]) {
        if !is_site(name, dash, page, outlets, words) {
            break;
        }
        end = left;
    }
    if let Some((name, rest)) = line[..end].split_once(" - ")
        && left_over(rest)
        && (outlets.fill(name.trim()) || is_glued(name, page))
    {
        start = end - rest.trim_start_matches(is_blank).len();
    }
    (start, end)
}

/// What stands before the last dash or bar of `line`, that mark, and what stands behind.
fn split_last(line: &str) -> Option<(usize, char, &str)> {
    let (at, dash) = line.char_indices().rev().find(|&(at, c)| {
        matches!(c, '-' | '–' | '—' | '|')
            && line[..at].ends_with(is_blank)
            && line[at + c.len_utf8()..].starts_with(is_blank)
    })?;
    let left = line[..at].trim_end_matches(is_blank);
    let name = line[at + dash.len_utf8()..].trim_matches(is_blank);
    (left_over(left) && !name.is_empty()).then_some((left.len(), dash, name))
}

fn left_over(headline: &str) -> bool {
    headline.split_whitespace().nth(FEWEST_LEFT - 1).is_some()
}

fn is_site(name: &str, dash: char, page: &str, outlets: &Outlets, words: &Words) -> bool {
    if name.split_whitespace().nth(MOST_WORDS).is_some()
        || !name.starts_with(char::is_alphanumeric)
        || name.ends_with(['?', '!', '.', ',', '"', '”'])
    {
        return false;
    }
    let media = || name.split_whitespace().any(|word| words.is_media(word));
    let capital = name.split_whitespace().all(|word| !word.starts_with(char::is_lowercase));
    outlets.fill(name) || capital && (media() || is_glued(name, page)) && (dash != '|' || media())
}

/// Whether the page has the words of `name` as one, in a web name or another: "Warta Kita" where it
/// says "WartaKita.org".
fn is_glued(name: &str, page: &str) -> bool {
    let glued: Vec<u8> = name
        .bytes()
        .filter(u8::is_ascii_alphanumeric)
        .map(|byte| byte.to_ascii_lowercase())
        .collect();
    let single = !name.contains(' ');
    if glued.len() < SHORTEST {
        return false;
    }
    let bytes = page.as_bytes();
    let places = (0..bytes.len().saturating_sub(glued.len()))
        .filter(|&at| bytes[at..at + glued.len()].eq_ignore_ascii_case(&glued));
    places.into_iter().any(|at| {
        let rest = &bytes[at + glued.len()..];
        let web = [".com", ".co.id", ".id", ".co", ".org", ".net"];
        let web = web.iter().any(|ending| {
            rest.get(..ending.len())
                .is_some_and(|rest| rest.eq_ignore_ascii_case(ending.as_bytes()))
        });
        web || !single
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_the_site_is_taken_off() {
        let outlets = Outlets::parse(include_str!("../../../data/article/outlets.tsv")).unwrap();
        let words = Words::parse(include_str!("../../../data/article/words.tsv")).unwrap();
        let page = "WartaKita.org – Kabar gembira bagi warga. Baca di harianpagi.com.";
        for (line, expected) in [
            ("Bus Wisata Layani Rute Baru - Warta Kita", "Bus Wisata Layani Rute Baru"),
            ("Bus Wisata Layani Rute Baru | Harian Pagi", "Bus Wisata Layani Rute Baru"),
            ("Bus Wisata Layani Rute Baru - ANTARA News", "Bus Wisata Layani Rute Baru"),
            ("Bus Wisata Layani Rute Baru – Harianpagi", "Bus Wisata Layani Rute Baru"),
            ("Bus Wisata Layani Rute Baru - suratkabar.com", "Bus Wisata Layani Rute Baru"),
            ("Harianpagi - Bus Wisata Layani Rute Baru", "Bus Wisata Layani Rute Baru"),
            ("Lirik Lagu dan Terjemahan The Climb - Miley Cyrus", ""),
            ("Gempa Rusia Kemarin | Makam Kuno 2.600 Tahun", ""),
            (
                "Jadwal, Rute, dan Tarif Bus dari Bandara | IDN Times Jatim",
                "Jadwal, Rute, dan Tarif Bus dari Bandara",
            ),
            (
                "Rute Jakarta-Malang, Jadwal dan Tarifnya - Majalah Lintas",
                "Rute Jakarta-Malang, Jadwal dan Tarifnya",
            ),
            ("Persib - Warta Kita", ""),
            ("Belgia Menang Lagi - Kroasia Dramatis di Kualifikasi", ""),
        ] {
            let (start, end) = without_site(line, page, &outlets, &words);
            let expected = if expected.is_empty() { line } else { expected };
            assert_eq!(&line[start..end], expected, "{line}");
        }
    }
}

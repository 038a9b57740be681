//! The dateline before the first sentence: which outlet, and where.
//!
//! | layout | example |
//! |---|---|
//! | outlet, place | `TEMPO.CO, Jakarta - `, `balitribune.co.id \| Jakarta - ` |
//! | place, outlet | `DENPASAR, KOMPAS.com- `, `Jakarta, CNN Indonesia -- ` |
//! | outlet | `KOMPAS.com - `, `POSMETRO MEDAN– ` |
//! | place | `KAIRO - `, `Jakarta - ` |
//! | place (agency) | `Jakarta (ANTARA) - ` |
//! | open outlet | `Liputan6.com, Jakarta Harga …`, `Liputan6.com, JakartaHarga …` |
//! | with a day | `Jakarta, 3 Februari 2021 – `, `(Medan, Rabu, 3/2/2021) `, `KOMPAS.com - 3 Februari 2021 …` |

use std::ops::Range;

use crate::dates;
use crate::lines::{floor_boundary, is_blank};
use crate::outlets::Outlets;
use crate::words::Words;

/// A dateline never reaches further into its line, in bytes.
const LIMIT: usize = 120;

/// What was read at the start of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reading {
    /// Where the dateline ends, its dash included.
    pub end: usize,
    /// Where the outlet's name stands.
    pub outlet: Option<Range<usize>>,
    /// Where the place stands.
    pub place: Option<Range<usize>>,
}

/// Reads datelines.
pub(crate) struct Datelines<'r> {
    /// The known outlets.
    pub outlets: &'r Outlets,
    /// The word classes.
    pub words: &'r Words,
}

impl Datelines<'_> {
    /// The dateline that `line` begins with and that names an outlet.
    pub(crate) fn with_outlet(&self, line: &str) -> Option<Reading> {
        let head = &line[..floor_boundary(line, LIMIT)];
        let start = skip_gap(head, 0);
        let mut reading =
            self.outlet_first(head, start).or_else(|| self.place_then_outlet(head, start))?;
        // "JAKARTA, KOMPAS.com - 3 Februari 2021 Menteri …"
        let day = skip_gap(head, reading.end);
        if let Some(end) = dates::end_at_start(&head[day..])
            && dates::find(&head[day..day + end]).is_some()
        {
            let end = dash(head, day + end).map_or(day + end, |dash| dash.end);
            if starts_sentence(&head[end..]) {
                reading.end = end;
            }
        }
        Some(reading)
    }

    /// The dateline that `line` begins with and that names a day, without an outlet: a place and a
    /// day, or a day before a dash.
    pub(crate) fn with_day(&self, line: &str) -> Option<Reading> {
        let head = &line[..floor_boundary(line, LIMIT)];
        // Most lines have no digit there.
        if !head.bytes().any(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let mut start = skip_gap(head, 0);
        let closing = match head[start..].chars().next()? {
            '(' => Some(')'),
            '[' => Some(']'),
            _ => None,
        };
        if closing.is_some() {
            start = skip_gap(head, start + 1);
        }
        let place = self.place(head, start, 5).filter(|place| !begins_weekday(head, place.start));
        let place = place.map(|place| self.with_second_place(head, place));
        let end = day(head, place.as_ref().map_or(start, |place| place.end))?;
        if let Some(closing) = closing {
            let rest = head[skip_gap(head, end)..].strip_prefix(closing)?;
            let end = head.len() - rest.len();
            let end = dash(head, end).map_or(end, |dash| dash.end);
            place.as_ref()?;
            return starts_sentence(&head[end..]).then_some(Reading { end, outlet: None, place });
        }
        // "Rapat 3 Februari 2021 -" is no place; capitals are, as is what a mark parts from the day.
        let marked = place.as_ref().is_none_or(|place| {
            let behind = head[skip_gap(head, place.end)..].chars().next();
            let surface = &head[place.clone()];
            behind.is_some_and(|c| matches!(c, ',' | '(' | '|' | '/' | '-' | '–' | '—'))
                || !surface.contains(char::is_lowercase)
        });
        if !marked {
            return None;
        }
        if let Some(dash) = dash(head, end) {
            // "Medan, 30 Januari - 2 Februari 2024" is a stretch of days.
            let rest = &head[skip_gap(head, dash.end)..];
            let clear = place.is_some() || dash.spaced || dash.long;
            let reads =
                clear && starts_sentence(rest) && !rest.starts_with(|c: char| c.is_ascii_digit());
            return reads.then_some(Reading { end: dash.end, outlet: None, place });
        }
        // "Prakiraan Cuaca Jabodetabek Hari Ini, Senin 27 Februari 2023: Hujan Petir" is a headline.
        let words = head[place.clone()?].split_whitespace().count();
        if words > PLACE && head[skip_gap(head, end)..].starts_with(':') {
            return None;
        }
        // A full stop may have been read as that of a short month.
        let stopped = head[..end].ends_with('.');
        let rest = &head[skip_gap(head, end)..];
        let ended = rest.is_empty() && head.len() == line.len();
        let marked = rest
            .strip_prefix(['.', ':'])
            .or(stopped.then_some(rest))
            .filter(|rest| rest.starts_with(char::is_whitespace) && starts_sentence(rest));
        let end = if ended { head.len() } else { head.len() - marked?.len() };
        Some(Reading { end, outlet: None, place })
    }

    /// `place` and the place behind a comma that it lies in ("Sleman, Yogyakarta").
    fn with_second_place(&self, head: &str, place: Range<usize>) -> Range<usize> {
        let second = head[skip_gap(head, place.end)..].strip_prefix(',').and_then(|rest| {
            let start = skip_gap(head, head.len() - rest.len());
            self.place(head, start, 3).filter(|second| !begins_weekday(head, second.start))
        });
        second.map_or(place.clone(), |second| place.start..second.end)
    }

    /// The dateline that `line` begins with and that names a place alone. Only to be asked of
    /// the first paragraph: further down a name before a dash is something else.
    pub(crate) fn of_place(&self, line: &str) -> Option<Reading> {
        let head = &line[..floor_boundary(line, LIMIT)];
        let start = skip_gap(head, 0);
        let place = self.place(head, start, 4)?;
        let surface = &head[place.clone()];
        let dash = dash(head, place.end)?;
        let letters = surface.chars().filter(|c| c.is_alphabetic()).count();
        let upper = !surface.chars().any(char::is_lowercase);
        // "RI - " and "U-20" are no places; "Persib - Persija" is a match, so a name in small
        // letters needs to be a known place or to be followed by a clear dash and a capital.
        let rest = &head[dash.end..];
        let sentence = begins_capitalised(&rest[skip_gap(rest, 0)..]);
        let plausible = letters >= 4
            && starts_sentence(rest)
            && if upper {
                dash.spaced || dash.long || sentence
            } else {
                (dash.spaced_before || dash.long || rest.starts_with(is_blank) && sentence)
                    && surface.split_whitespace().next().is_some_and(|word| {
                        self.words.is_place(word) || self.words.is_place_head(word)
                    })
            };
        plausible.then_some(Reading { end: dash.end, outlet: None, place: Some(place) })
    }

    fn outlet_first(&self, head: &str, start: usize) -> Option<Reading> {
        let found = self.outlets.at(head, start)?;
        let outlet = Some(start..found.end);
        if let Some(dash) = dash(head, found.end) {
            let stopped = stopped_place(head, skip_gap(head, dash.end));
            let end = stopped.as_ref().map_or(dash.end, |&(_, end)| end);
            return Some(Reading { end, outlet, place: stopped.map(|(place, _)| place) });
        }
        let rest = skip_gap(head, found.end);
        let after =
            head[rest..].strip_prefix([',', '|', '.', ':']).map(|kept| head.len() - kept.len());
        let place_start = skip_gap(head, after.unwrap_or(rest));
        if let Some(place) = self.place(head, place_start, 5)
            && let Some((place, dash)) = self.place_and_dash(head, place)
        {
            return Some(Reading { end: dash.end, outlet, place: Some(place) });
        }
        (found.open && after.is_some())
            .then(|| self.open(head, outlet.clone(), place_start))
            .flatten()
    }

    /// "Liputan6.com, Jakarta Harga …": no dash tells the place from the sentence.
    fn open(&self, head: &str, outlet: Option<Range<usize>>, start: usize) -> Option<Reading> {
        let first = word_end(head, start);
        let (word, glued) = before_capital(head, start, first);
        let place = if self.words.is_place_head(&head[word.clone()]) && !glued {
            let second = skip_gap(head, word.end);
            let (second, _) = before_capital(head, second, word_end(head, second));
            Some(word.start..second.end)
        } else if self.words.is_place(&head[word.clone()]) {
            Some(word)
        } else {
            None
        };
        let end = place.as_ref().map_or(start, |place| place.end);
        starts_sentence(&head[skip_gap(head, end)..]).then_some(Reading { end, outlet, place })
    }

    fn place_then_outlet(&self, head: &str, start: usize) -> Option<Reading> {
        let place = self.place(head, start, 5)?;
        let rest = skip_gap(head, place.end);
        if let Some(inside) = head[rest..].strip_prefix(',') {
            let at = skip_gap(head, head.len() - inside.len());
            if let Some(found) = self.outlets.at(head, at)
                && let Some(dash) = dash(head, found.end)
            {
                return Some(Reading {
                    end: dash.end,
                    outlet: Some(at..found.end),
                    place: Some(place),
                });
            }
        }
        // "Jakarta (ANTARA) -", with a day before the bracket perhaps ("Jakarta, 5/7 (ANTARA) -").
        let open = skip_gap(head, day(head, place.end).unwrap_or(rest));
        if !head[open..].starts_with('(') {
            return None;
        }
        let at = skip_gap(head, open + 1);
        let found = self.outlets.at(head, at)?;
        let close = skip_gap(head, found.end);
        let after = head[close..].strip_prefix(')').map(|kept| head.len() - kept.len())?;
        let dash = dash(head, after)?;
        Some(Reading { end: dash.end, outlet: Some(at..found.end), place: Some(place) })
    }

    /// `place` with its dash; "Washington, DC -" has a comma inside.
    fn place_and_dash(&self, head: &str, place: Range<usize>) -> Option<(Range<usize>, Dash)> {
        let behind = |at| dash(head, at).or_else(|| dash(head, day(head, at)?));
        if let Some(dash) = behind(place.end) {
            return Some((place, dash));
        }
        let rest = head[skip_gap(head, place.end)..].strip_prefix(',')?;
        let second = self.place(head, skip_gap(head, head.len() - rest.len()), 2)?;
        let dash = behind(second.end)?;
        Some((place.start..second.end, dash))
    }

    /// A name of up to `most` capitalised words at `start`.
    fn place(&self, head: &str, start: usize, most: usize) -> Option<Range<usize>> {
        let mut end = start;
        let mut at = start;
        for _ in 0..most {
            if !head[at..].starts_with(char::is_uppercase) {
                break;
            }
            end = word_end(head, at);
            at = skip_gap(head, end);
        }
        (end > start && end - start <= 60).then_some(start..end)
    }
}

/// Where the day ends that stands behind a place at `at`, or there alone: marks, a day of the week,
/// a date, in brackets perhaps (", Rabu (3/2/2021)", " 3 Feb.").
fn day(head: &str, at: usize) -> Option<usize> {
    let marks = |at: usize| {
        let rest = head[at..].trim_start_matches(|c: char| is_blank(c) || ",-–—|/".contains(c));
        head.len() - rest.len()
    };
    let mut start = marks(at);
    if begins_weekday(head, start) {
        let rest = &head[start..];
        let word = rest.find(|c: char| !(c.is_alphabetic() || matches!(c, '\'' | '’')));
        start = marks(start + word?);
    }
    let bracket = head[start..].starts_with('(');
    let start = start + usize::from(bracket);
    let end = start + dates::end_at_start(&head[start..])?;
    if bracket {
        return head[end..].starts_with(')').then_some(end + 1);
    }
    Some(end)
}

/// Whether a day of the week begins at `at`.
fn begins_weekday(head: &str, at: usize) -> bool {
    let rest = &head[at..];
    let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
    (3..=6).contains(&end) && dates::is_weekday(&rest[..end].to_lowercase())
}

/// The place in capitals that begins at `start` and ends with a full stop, and where that ends
/// ("KONTAN.CO.ID - JAKARTA. Harga …").
fn stopped_place(head: &str, start: usize) -> Option<(Range<usize>, usize)> {
    let mut at = start;
    for _ in 0..3 {
        let end = word_end(head, at);
        let word = &head[at..end];
        if word.len() < 3 || word.contains(char::is_lowercase) {
            return None;
        }
        if let Some(word) = word.strip_suffix('.') {
            return Some((start..at + word.len(), end));
        }
        at = skip_gap(head, end);
        if head[at..].starts_with('.') {
            return Some((start..end, at + 1));
        }
    }
    None
}

/// The end of the word at `start`: letters, and apostrophes, full stops and hyphens between
/// letters of a name ("D.C.", "Ulan-Ude", but not "JAKARTA-Pemerintah").
fn word_end(head: &str, start: usize) -> usize {
    let mut end = start;
    let mut previous = ' ';
    for (offset, c) in head[start..].char_indices() {
        let next = head[start + offset + c.len_utf8()..].chars().next().unwrap_or(' ');
        let inside = c.is_alphabetic()
            || matches!(c, '\'' | '’' | '.') && previous.is_alphabetic()
            || c == '-' && previous.is_lowercase() && next.is_alphabetic();
        if !inside {
            break;
        }
        previous = c;
        end = start + offset + c.len_utf8();
    }
    end
}

/// The part of the word `start..end` before a capital glued to it, and whether there was one.
fn before_capital(head: &str, start: usize, end: usize) -> (Range<usize>, bool) {
    let mut previous = ' ';
    for (offset, c) in head[start..end].char_indices() {
        if c.is_uppercase() && previous.is_lowercase() {
            return (start..start + offset, true);
        }
        previous = c;
    }
    (start..end, false)
}

/// A sentence begins here: a capital, a digit or an opening mark, after white space perhaps.
fn starts_sentence(rest: &str) -> bool {
    let first = rest[skip_gap(rest, 0)..].chars().next();
    first.is_some_and(|c| {
        c.is_uppercase()
            || c.is_ascii_digit()
            || matches!(c, '"' | '“' | '\'' | '‘' | '(' | '[' | '&')
    })
}

/// The next word has a capital and small letters after it.
fn begins_capitalised(rest: &str) -> bool {
    let mut chars = rest.chars();
    chars.next().is_some_and(char::is_uppercase) && chars.next().is_some_and(char::is_lowercase)
}

#[derive(Clone, Copy, Debug)]
struct Dash {
    end: usize,
    /// White space stands before it.
    spaced_before: bool,
    /// White space stands on both sides.
    spaced: bool,
    /// It is longer than a hyphen.
    long: bool,
}

/// Most words of a place before a day and a colon.
const PLACE: usize = 2;

/// The dash at `at`, white space before it aside; what follows it is left to the caller.
fn dash(head: &str, at: usize) -> Option<Dash> {
    let start = skip_gap(head, at);
    let mut end = start;
    let mut count = 0;
    let mut long = false;
    loop {
        let rest = &head[end..];
        let entity = DASH_ENTITIES.iter().find(|entity| rest.starts_with(**entity));
        let width = match (entity, rest.chars().next()) {
            (Some(entity), _) => {
                long = true;
                entity.len()
            }
            (None, Some('-')) => 1,
            // The replacement character: what a wrong encoding leaves of a dash.
            (None, Some(c @ ('–' | '—' | '―' | '−' | '\u{fffd}'))) => {
                long = true;
                c.len_utf8()
            }
            _ => break,
        };
        end += width;
        count += 1;
    }
    (count > 0).then(|| {
        let after = skip_gap(head, end);
        Dash {
            end,
            spaced_before: start > at,
            spaced: start > at && after > end,
            long: long || count > 1,
        }
    })
}

const DASH_ENTITIES: [&str; 4] = ["&ndash;", "&mdash;", "&amp;ndash;", "&amp;mdash;"];
const SPACE_ENTITIES: [&str; 2] = ["&nbsp;", "&amp;nbsp;"];

/// Past white space, written as an entity perhaps.
fn skip_gap(head: &str, mut at: usize) -> usize {
    loop {
        let trimmed = head[at..].trim_start_matches(is_blank);
        at = head.len() - trimmed.len();
        match SPACE_ENTITIES.iter().find(|entity| trimmed.starts_with(**entity)) {
            Some(entity) => at += entity.len(),
            None => return at,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Option<(String, Option<&str>, Option<&str>)> {
        let outlets = Outlets::parse(include_str!("../../../data/article/outlets.tsv")).unwrap();
        let words = Words::parse(include_str!("../../../data/article/words.tsv")).unwrap();
        let datelines = Datelines { outlets: &outlets, words: &words };
        let reading = datelines.with_outlet(line).or_else(|| datelines.of_place(line))?;
        let part = |range: Option<Range<usize>>| range.map(|range| &line[range]);
        Some((line[reading.end..].to_string(), part(reading.outlet), part(reading.place)))
    }

    #[test]
    fn all_layouts_are_read() {
        let table = [
            ("TEMPO.CO, Jakarta -Menteri tiba.", "Menteri tiba.", "TEMPO.CO", "Jakarta"),
            ("TEMPO.CO,Jakarta- Menteri tiba.", " Menteri tiba.", "TEMPO.CO", "Jakarta"),
            ("DENPASAR, KOMPAS.com- Video viral.", " Video viral.", "KOMPAS.com", "DENPASAR"),
            ("TRENGGALEK,KOMPAS.com- Hujan deras.", " Hujan deras.", "KOMPAS.com", "TRENGGALEK"),
            ("WASHINGTON DC, KOMPAS.com – AS", " AS", "KOMPAS.com", "WASHINGTON DC"),
            (
                "TRIBUNLAMPUNG.CO.ID, Lampung\u{a0}Tengah – Seorang pria",
                " Seorang pria",
                "TRIBUNLAMPUNG.CO.ID",
                "Lampung\u{a0}Tengah",
            ),
            (
                "REPUBLIKA.CO.ID, TANGERANG SELATAN -- Gaya hidup",
                " Gaya hidup",
                "REPUBLIKA.CO.ID",
                "TANGERANG SELATAN",
            ),
            ("TRIBUNNEWS.CO. JAKARTA - Aktris", " Aktris", "TRIBUNNEWS.CO", "JAKARTA"),
            ("Liputan6.com, Jakarta - Harga", " Harga", "Liputan6.com", "Jakarta"),
            ("Liputan6.com, JakartaKapten tim", "Kapten tim", "Liputan6.com", "Jakarta"),
            ("Liputan6.com, Jakarta Harga emas", " Harga emas", "Liputan6.com", "Jakarta"),
            ("Liputan6.com, Tel Aviv Para pemimpin", " Para pemimpin", "Liputan6.com", "Tel Aviv"),
            ("Liputan6.com, Washington, DC - Para", " Para", "Liputan6.com", "Washington, DC"),
            ("AKURAT.CO, Belakangan ini hujan", "Belakangan ini hujan", "AKURAT.CO", ""),
            ("POSMETRO MEDAN– Personel", " Personel", "POSMETRO MEDAN", ""),
            ("KOMPAS.com&amp;nbsp;- Ribuan", " Ribuan", "KOMPAS.com", ""),
            ("BORONG, KOMPAS.com&amp;ndash; Pria", " Pria", "KOMPAS.com", "BORONG"),
            ("KAIRO - Pengguna", " Pengguna", "", "KAIRO"),
            ("JAKARTA- Wilmar membantah", " Wilmar membantah", "", "JAKARTA"),
            ("KOLAKA UTARA- Warga mengungsi", " Warga mengungsi", "", "KOLAKA UTARA"),
            ("Medan- Warga mengungsi", " Warga mengungsi", "", "Medan"),
            ("SORONG SELATAN –Warga mengungsi", "Warga mengungsi", "", "SORONG SELATAN"),
            ("TEMPO.CO, Jakarta, 7 Maret 2022 - Menteri", " Menteri", "TEMPO.CO", "Jakarta"),
            ("MEDAN, KOMPAS.com - 7 Maret 2022 Menteri", " Menteri", "KOMPAS.com", "MEDAN"),
            ("Medan, 7 Maret 2022 (ANTARA) - Menteri", " Menteri", "ANTARA", "Medan"),
            ("JAKARTA-Pemerintah menaikkan", "Pemerintah menaikkan", "", "JAKARTA"),
            ("JAKARTA–BRIakan menerapkan", "BRIakan menerapkan", "", "JAKARTA"),
            ("Jakarta - Kementerian", " Kementerian", "", "Jakarta"),
            ("Jakarta, CNN Indonesia -- Polisi", " Polisi", "CNN Indonesia", "Jakarta"),
            ("Bisnis.com, JAKARTA – India", " India", "Bisnis.com", "JAKARTA"),
            ("jpnn.com, JAKARTA - Menteri", " Menteri", "jpnn.com", "JAKARTA"),
            ("Jakarta (ANTARA) - Menteri", " Menteri", "ANTARA", "Jakarta"),
            ("Jakarta, 5/7 (ANTARA) - Menteri", " Menteri", "ANTARA", "Jakarta"),
            ("Jakarta, 5/7/2022 (ANTARA) - Menteri", " Menteri", "ANTARA", "Jakarta"),
            (
                "balitribune.co.id | Jakarta - Telkomsel",
                " Telkomsel",
                "balitribune.co.id",
                "Jakarta",
            ),
            ("KONTAN.CO.ID - JAKARTA. Harga", " Harga", "KONTAN.CO.ID", "JAKARTA"),
            ("KONTAN.CO.ID\u{a0}-\u{a0}NEW YORK . Harga", " Harga", "KONTAN.CO.ID", "NEW YORK"),
            ("KONTAN.CO.ID - RI membeli", " RI membeli", "KONTAN.CO.ID", ""),
            ("POS-KUPANG.COM, KEFAMENANU - Warga", " Warga", "POS-KUPANG.COM", "KEFAMENANU"),
        ];
        for (line, rest, outlet, place) in table {
            let optional = |text: &'static str| (!text.is_empty()).then_some(text);
            let expected = Some((rest.to_string(), optional(outlet), optional(place)));
            assert_eq!(read(line), expected, "{line}");
        }
    }

    #[test]
    fn days_of_datelines_are_read() {
        let table = [
            ("Bogor, 7 Maret 2022 - Bupati", " Bupati", "Bogor"),
            ("BOGOR, 7 Mar 2022 — Bupati", " Bupati", "BOGOR"),
            ("Bogor,7 Maret 2022 – Bupati", " Bupati", "Bogor"),
            ("Bogor, Senin, 7 Maret 2022 - Bupati", " Bupati", "Bogor"),
            ("Bogor, Senin (7/3/2022) - Bupati", " Bupati", "Bogor"),
            ("Bogor (7/3/2022) - Bupati", " Bupati", "Bogor"),
            ("Bogor, 7-3-2022 - Bupati", " Bupati", "Bogor"),
            ("Bogor – 7 Maret 2022 – Bupati", " Bupati", "Bogor"),
            ("Bogor, 7 Maret 2022: Bupati", " Bupati", "Bogor"),
            ("Bogor, 7 Maret 2022. Bupati", " Bupati", "Bogor"),
            ("Bogor, 7 Maret 2022", "", "Bogor"),
            ("(Bogor, 7 Maret 2022) – Bupati", " Bupati", "Bogor"),
            ("[Bogor, 7 Maret 2022] Bupati", " Bupati", "Bogor"),
            ("Sleman, Yogyakarta, 7 Maret 2022 - Bupati", " Bupati", "Sleman, Yogyakarta"),
            ("IPOH 7 Mac - Menteri", " Menteri", "IPOH"),
            ("IPOH 7 Ogos 2022 - Menteri", " Menteri", "IPOH"),
            ("7 Maret 2022 - Bupati", " Bupati", ""),
        ];
        for (line, rest, place) in table {
            let place = (!place.is_empty()).then_some(place);
            let read = read_day(line);
            assert_eq!(read, Some((rest, place)), "{line}");
        }
    }

    fn read_day(line: &str) -> Option<(&str, Option<&str>)> {
        let outlets = Outlets::parse(include_str!("../../../data/article/outlets.tsv")).unwrap();
        let words = Words::parse(include_str!("../../../data/article/words.tsv")).unwrap();
        let reading = Datelines { outlets: &outlets, words: &words }.with_day(line)?;
        Some((&line[reading.end..], reading.place.map(|place| &line[place])))
    }

    #[test]
    fn days_in_prose_make_no_dateline() {
        for line in [
            "Rapat 7 Maret - 9 Maret 2022 ditunda.",
            "Ditemui 30 Januari - 2 Februari 2024 di Medan.",
            "Senin, 7 Maret 2022. Pagi itu hujan turun.",
            "Pada 7 Maret 2022 - hari itu - hujan turun.",
            "Persib 3-1 Persija",
            "Bogor, 7 Maret 2022 hujan turun.",
        ] {
            assert_eq!(read_day(line), None, "{line}");
        }
    }

    #[test]
    fn prose_has_no_dateline() {
        for line in [
            "Timnas U-20 menang.",
            "TNI-Polri mengamankan pemilu.",
            "RI - Australia sepakat.",
            "Persib - Persija berakhir imbang.",
            "Kompas.com telah menghubungi kementerian.",
            "Indonesia berhasil unggul 9-5.",
            "Liputan6.com telah merangkum kabar itu.",
            "Menteri Luar Negeri Retno Marsudi, Reuters melaporkan, tiba.",
            "- Kota Gorontalo",
            "",
        ] {
            assert_eq!(read(line), None, "{line}");
        }
    }
}

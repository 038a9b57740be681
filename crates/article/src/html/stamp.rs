//! When the page says that the article went online.

use super::flow::{collapse, same_words};
use super::tree::Tree;
use crate::moments::{self, Moment};

/// Longest line that may date the article.
const STAMP_BYTES: usize = 100;
/// Stretches of text between the headline and the date at most.
const FAR: usize = 60;

/// The moment that a machine-readable date names, in a time zone of Indonesia (20:10 UTC on the 15th
/// is the 16th in Jakarta).
pub(crate) fn moment(raw: &str) -> Option<Moment> {
    let raw = raw.trim();
    // Some content systems write a Z behind their own time, and a blank before it.
    match raw.strip_suffix('Z') {
        Some(local) if local.get(10..11) != Some("T") => moments::find(local),
        _ => moments::find(raw),
    }
}

/// The moment in the line nearest to the headline that has a date and a time of day; a page's clock
/// and the dates of other articles stand farther off.
pub(crate) fn visible(tree: &Tree, headline: Option<&str>) -> Option<Moment> {
    // What was met last, and where, counted in texts.
    let (mut headline_at, mut dated): (Option<usize>, Option<(Moment, usize)>) = (None, None);
    let mut first: Option<Moment> = None;
    // The best pair of both; of two at the same distance the one with the date below counts.
    let mut best: Option<(usize, Moment)> = None;
    let mut consider = |cost: usize, moment: Moment| {
        if cost <= 2 * FAR && best.is_none_or(|(least, _)| cost < least) {
            best = Some((cost, moment));
        }
    };
    let texts = tree.root().texts().filter(|text| !text.trim().is_empty());
    for (at, text) in texts.enumerate() {
        if let Some(moment) = of_line(text) {
            if let Some(above) = headline_at {
                consider(2 * (at - above), moment);
            }
            first = first.or(Some(moment));
            dated = Some((moment, at));
        } else if headline.is_some_and(|headline| same_words(text, headline)) {
            if let Some((moment, above)) = dated {
                consider(2 * (at - above) + 1, moment);
            }
            headline_at = Some(at);
        }
    }
    match headline_at {
        Some(_) => best.map(|(_, moment)| moment),
        None => first,
    }
}

/// The date of a short line that has a time of day too.
fn of_line(text: &str) -> Option<Moment> {
    if text.len() > 4 * STAMP_BYTES {
        return None;
    }
    let text = collapse(text);
    (text.len() <= STAMP_BYTES && has_clock(&text)).then(|| moments::find(&text))?
}

/// Whether `text` has a time of day: "21:04", "07.28".
fn has_clock(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.windows(5).enumerate().any(|(at, w)| {
        let digits = |range: std::ops::Range<usize>| w[range].iter().all(u8::is_ascii_digit);
        let edge = |byte: Option<&u8>| {
            byte.is_none_or(|byte| !byte.is_ascii_digit() && !matches!(byte, b'/' | b'.' | b'-'))
        };
        digits(0..2)
            && matches!(w[2], b':' | b'.')
            && digits(3..5)
            && (at == 0 || edge(bytes.get(at - 1)))
            && edge(bytes.get(at + 5).filter(|byte| **byte != b':'))
            && w[0] <= b'2'
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::PageLimits;
    use crate::html::tree::parse;

    #[test]
    fn machine_readable_dates_are_read_in_western_indonesia() {
        let table = [
            ("2015-11-05T14:56:43+07:00", "2015-11-05"),
            ("2016-02-15T20:10:00Z", "2016-02-16"),
            ("2016-02-29T17:00:00+00:00", "2016-03-01"),
            ("2016-12-31T23:10:00.000Z", "2017-01-01"),
            ("2016-02-16T02:20:00Z", "2016-02-16"),
            // Malformed, and not in UTC.
            ("2016-02-23 T23:00:20Z", "2016-02-23"),
            ("2016-02-16 09:20:00", "2016-02-16"),
        ];
        for (raw, expected) in table {
            assert_eq!(
                moment(raw).map(|moment| moment.date.to_string()).as_deref(),
                Some(expected),
                "{raw}"
            );
        }
        assert_eq!(moment("kemarin"), None);
    }

    #[test]
    fn the_date_beside_the_headline_counts() {
        let page = "<div>Kamis, 12 Mei 2016</div><p>Lama, 1 Mei 2016, 08:00 WIB</p>\
                    <h1>Banjir Rendam Demak</h1><p>Rabu, 11 Mei 2016 | 21:04 WIB</p>\
                    <p>Air naik pada 10 Mei 2016 pukul 10.00.</p><li>9 Mei 2016 10:00";
        let document = parse(page, &PageLimits::default()).unwrap();
        let found = |headline| visible(&document, headline).map(|moment| moment.to_string());
        assert_eq!(found(Some("Banjir rendam Demak")).as_deref(), Some("2016-05-11T21:04+07:00"));
        // The headline stands in a row of others too, each with its date.
        let above = "<li>Rob<li>Banjir<li>Gempa<li>12 Mei 2016 10:00<p>Selasa, 10 Mei 2016 21.04 WIB\
                     <h1>Rob</h1><p>Air naik.<p>Lain<p>11 Mei 2016 10:00";
        let document = parse(above, &PageLimits::default()).unwrap();
        let day = visible(&document, Some("Rob")).map(|moment| moment.to_string());
        assert_eq!(day.as_deref(), Some("2016-05-10T21:04+07:00"));
    }

    #[test]
    fn a_clock_is_told_from_other_numbers() {
        for (text, expected) in [
            ("Rabu, 4 November 2015 | 21:04 WIB", true),
            ("07.28", true),
            ("16:00:20", true),
            ("Rabu, 04.11.2015", false),
            ("1.229 Views", false),
            ("99:99", false),
        ] {
            assert_eq!(has_clock(text), expected, "{text}");
        }
    }
}

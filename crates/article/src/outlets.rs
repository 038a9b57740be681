//! Names of outlets and agencies, as they stand in datelines and sign-offs.

use nukil_types::facts::{Facts, FactsError};

/// The outlets of `outlets.tsv`, and those that their web names give away.
#[derive(Debug)]
pub(crate) struct Outlets {
    /// By the first byte of the name in lower case, longest name first.
    buckets: Vec<Vec<Outlet>>,
}

#[derive(Debug)]
struct Outlet {
    name: Box<str>,
    open: bool,
}

/// An outlet's name found in a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct OutletMatch {
    /// Where the name ends.
    pub end: usize,
    /// Whether its datelines may go without a dash.
    pub open: bool,
    /// Whether the table lists it.
    pub listed: bool,
}

impl Outlets {
    /// Reads the table.
    pub(crate) fn parse(text: &str) -> Result<Self, FactsError> {
        let mut buckets: Vec<Vec<Outlet>> = (0..256).map(|_| Vec::new()).collect();
        for row in Facts::parse(text, &["name", "kind", "dateline"])?.rows() {
            let row = row?;
            let name = row.get("name");
            let first = name.bytes().next().ok_or_else(|| row.error("no name"))?;
            if !matches!(row.get("kind"), "outlet" | "agency") {
                return Err(row.error(format!("unknown kind {:?}", row.get("kind"))));
            }
            let open = match row.get("dateline") {
                "open" => true,
                "dash" => false,
                other => return Err(row.error(format!("unknown dateline {other:?}"))),
            };
            let bucket = &mut buckets[usize::from(first.to_ascii_lowercase())];
            bucket.push(Outlet { name: name.into(), open });
        }
        for bucket in &mut buckets {
            bucket.sort_by_key(|outlet| std::cmp::Reverse(outlet.name.len()));
        }
        Ok(Outlets { buckets })
    }

    /// The outlet whose name begins at `at` and ends at a word's end.
    pub(crate) fn at(&self, line: &str, at: usize) -> Option<OutletMatch> {
        let rest = &line[at..];
        let first = rest.bytes().next()?.to_ascii_lowercase();
        let listed = self.buckets[usize::from(first)].iter().find_map(|outlet| {
            let surface = rest.get(..outlet.name.len())?;
            let whole = !rest[outlet.name.len()..].starts_with(char::is_alphanumeric);
            (whole && surface.eq_ignore_ascii_case(&outlet.name)).then_some(OutletMatch {
                end: at + surface.len(),
                open: outlet.open,
                listed: true,
            })
        });
        let shaped = web_name(rest).map(|length| at + length);
        match (listed, shaped) {
            (Some(listed), Some(end)) if end > listed.end => {
                Some(OutletMatch { end, open: false, listed: false })
            }
            (None, Some(end)) => Some(OutletMatch { end, open: false, listed: false }),
            (listed, _) => listed,
        }
    }

    /// Whether `line` holds nothing but names of outlets ("REUTERS", "Antara | AFP").
    pub(crate) fn fill(&self, line: &str) -> bool {
        line.len() <= 80
            && line.split(['|', '/', ',', ';']).map(str::trim).all(|part| {
                self.at(part, 0).is_some_and(|found| found.end == part.len() && !part.is_empty())
            })
    }
}

/// The length of the web name (`TRIBUN-BALI.COM`, `SURYA.co.id`, `POS KUPANG.COM`) that `rest`
/// begins with.
fn web_name(rest: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    let mut at = label(bytes, 0)?;
    if bytes.get(at) == Some(&b' ') && rest[..at].bytes().all(|b| b.is_ascii_uppercase()) {
        at = label(bytes, at + 1)?;
    }
    (bytes.get(at) == Some(&b'.')).then_some(())?;
    at += 1;
    if bytes.get(at) == Some(&b' ') {
        at += 1;
    }
    const ENDINGS: [&str; 10] =
        ["co.id", "web.id", "com", "co", "id", "net", "tv", "news", "info", "org"];
    let end = ENDINGS.iter().find_map(|ending| {
        let surface = rest.get(at..at + ending.len())?;
        let whole = !rest[at + ending.len()..].starts_with(char::is_alphanumeric);
        (whole && surface.eq_ignore_ascii_case(ending)).then_some(at + ending.len())
    })?;
    Some(end)
}

/// The end of a label of a web name: letters, digits and hyphens, 3 to 30 of them.
fn label(bytes: &[u8], start: usize) -> Option<usize> {
    let inside = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'-';
    let length = bytes.get(start..)?.iter().take(31).take_while(inside).count();
    ((3..=30).contains(&length) && bytes[start].is_ascii_alphabetic()).then_some(start + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outlets() -> Outlets {
        Outlets::parse(include_str!("../../../data/article/outlets.tsv")).unwrap()
    }

    #[test]
    fn names_are_known_by_table_or_by_shape() {
        let outlets = outlets();
        let table = [
            ("TEMPO.CO, Jakarta", Some("TEMPO.CO")),
            ("CNN Indonesia --", Some("CNN Indonesia")),
            ("POSMETRO MEDAN– Personel", Some("POSMETRO MEDAN")),
            ("POS KUPANG.COM, KUPANG", Some("POS KUPANG.COM")),
            ("SURYA.co.id | SURABAYA", Some("SURYA.co.id")),
            ("Antarctica mencair", None),
            ("Jakarta, Gatra.com", None),
        ];
        for (line, expected) in table {
            assert_eq!(outlets.at(line, 0).map(|found| &line[..found.end]), expected, "{line}");
        }
    }

    #[test]
    fn a_line_of_agencies_is_told_from_a_sentence() {
        let outlets = outlets();
        assert!(outlets.fill("REUTERS"));
        assert!(outlets.fill("Antara | AFP"));
        assert!(!outlets.fill("Reuters melaporkan"));
        assert!(!outlets.fill(""));
    }
}

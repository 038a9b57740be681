//! The headline, without the names that pages hang on it.

use super::flow::collapse;
use crate::lines::floor_boundary;

/// Bytes of a title that are looked at.
const LONGEST: usize = 1_000;
/// What separates a headline from the name of its outlet.
const SEPARATORS: [&str; 7] = [" | ", " :: ", " - ", " – ", " — ", " « ", "|"];

/// The headline of a page: `given` by its metadata, as one of its `headings` has it, if one does.
///
/// `site` are names of the outlet, in any case.
pub(crate) fn headline(given: &str, headings: &[String], site: &[&str]) -> Option<String> {
    let given = collapse(&given[..floor_boundary(given, LONGEST)]);
    let folded = given.to_lowercase();
    let heading = headings
        .iter()
        .filter(|heading| {
            let heading = heading.to_lowercase();
            let part = folded.contains(&heading) && heading.len() * 5 >= folded.len() * 2;
            // Some outlets cut the headline in their metadata.
            let cut = folded.trim_end_matches(['.', '…', ' ']);
            part || cut.len() >= 30 && heading.starts_with(cut)
        })
        .max_by_key(|heading| heading.len());
    match heading {
        Some(heading) => Some(heading.clone()),
        None => Some(bare(&given, site).to_string()).filter(|title| !title.is_empty()),
    }
}

/// `title` without the name of the outlet before or behind it.
fn bare<'t>(title: &'t str, site: &[&str]) -> &'t str {
    let is_site = |part: &str| names_site(part, site);
    let mut bare = title.trim();
    loop {
        let behind = SEPARATORS.iter().filter_map(|separator| {
            let at = bare.rfind(separator)?;
            let part = &bare[at + separator.len()..];
            let section = separator.contains(['|', ':'])
                && part.split_whitespace().count() <= 3
                && bare[..at].split_whitespace().count() >= 4;
            (is_site(part) || section).then_some(at)
        });
        match behind.max() {
            Some(at) if at > 0 => bare = bare[..at].trim_end(),
            _ => break,
        }
    }
    for separator in [": ", " - ", " | "] {
        if let Some((part, rest)) = bare.split_once(separator)
            && is_site(part)
            && !rest.trim().is_empty()
        {
            return rest.trim();
        }
    }
    bare
}

/// Whether `part` is a name of the outlet: one of `site`, begins as one ("Kompas.com Regional" of
/// "KOMPAS.com"), or is the name of a web site.
pub(crate) fn names_site(part: &str, site: &[&str]) -> bool {
    let part = part.trim().to_lowercase();
    let short = part.split_whitespace().count() <= 5;
    let mut names = site.iter().map(|name| name.to_lowercase());
    let named = names.any(|name| {
        let core = name.trim_start_matches("www.").split(['.', ' ']).next().unwrap_or_default();
        core.len() >= 4 && short && part.starts_with(core)
    });
    named || is_web_name(&part)
}

/// What stands behind the headline in the title of the page, if it is one name.
pub(crate) fn behind_headline<'t>(title: &'t str, headline: &str) -> Option<&'t str> {
    let rest = title.trim().strip_prefix(headline)?;
    let name = SEPARATORS.iter().find_map(|separator| rest.strip_prefix(separator))?.trim();
    let one = !SEPARATORS.iter().any(|separator| name.contains(separator));
    (one && !name.is_empty()).then_some(name)
}

/// Whether `part`, in lower case, ends as the address of a site does, or begins with one.
fn is_web_name(part: &str) -> bool {
    let first = part.split_whitespace().next().unwrap_or_default();
    first.len() > 4
        && [".com", ".co", ".co.id", ".id", ".net", ".tv"].iter().any(|end| first.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_outlets_are_no_part_of_a_headline() {
        let table: [(&str, &[&str], &str); 9] = [
            ("Banjir Rendam Demak - Kompas.com Regional", &["KOMPAS.com"], "Banjir Rendam Demak"),
            (
                "Banjir Rendam Demak | Republika Online",
                &["Republika Online"],
                "Banjir Rendam Demak",
            ),
            ("Banjir Rendam Demak | ihram.co.id ", &[], "Banjir Rendam Demak"),
            ("KapanLagi.com: Banjir Rendam Demak", &["KapanLagi.com"], "Banjir Rendam Demak"),
            (
                "Banjir Rendam Demak Lagi | Daerah | Tempo.co :: Portal",
                &["tempo.co"],
                "Banjir Rendam Demak Lagi",
            ),
            ("Persib - Persija Berakhir Imbang", &["Bola.com"], "Persib - Persija Berakhir Imbang"),
            ("Liga 1: Persib Menang", &["Bola.com"], "Liga 1: Persib Menang"),
            ("Antara", &["Antara"], "Antara"),
            ("", &[], ""),
        ];
        for (title, site, expected) in table {
            assert_eq!(headline(title, &[], site).unwrap_or_default(), expected, "{title}");
        }
    }

    #[test]
    fn an_outlet_stands_behind_the_headline() {
        let behind = |title| behind_headline(title, "Banjir Rendam Demak");
        assert_eq!(behind("Banjir Rendam Demak - ANTARA News"), Some("ANTARA News"));
        assert_eq!(behind("Banjir Rendam Demak | Daerah | Warta"), None);
        assert_eq!(behind("Rob di Demak - Warta"), None);
        assert!(names_site("Kompas Cyber Media", &["KOMPAS.com"]));
        assert!(!names_site("Budi Santoso", &["KOMPAS.com"]));
    }

    #[test]
    fn a_heading_of_the_page_has_the_headline_as_it_was_set() {
        let headings = ["Regional", "Banjir Rendam “Demak”"].map(str::to_string);
        let found = headline("Banjir Rendam “Demak” - Kabar Daerah", &headings, &[]);
        assert_eq!(found.as_deref(), Some("Banjir Rendam “Demak”"));
        let cut = "Banjir Rendam Empat Kecamatan di D...";
        let headings = ["Banjir Rendam Empat Kecamatan di Demak".to_string()];
        assert_eq!(headline(cut, &headings, &[]), Some(headings[0].clone()));
    }
}

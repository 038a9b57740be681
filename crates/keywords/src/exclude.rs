//! Words that are no subject of their own: days and months, units, quantities, ranks, publishers.
//!
//! Stop words are another room's and come marked. What stands here may be part of a keyword
//! ("Kereta Cepat Jakarta", "Hari Santri Oktober") but is none alone, and some may not even stand
//! at its edge.

use rustc_hash::FxHashMap;

use crate::hash;

/// What a word may be in a keyword.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Role {
    /// Anything.
    #[default]
    Free,
    /// A day, a month or an ordinal: no keyword consists of these (and numbers) alone, or ends with one.
    Calendar,
    /// A unit that is an everyday word too: no keyword begins with it after a number.
    Unit,
    /// A number or quantity in words: no keyword begins with it, unless it is a name.
    Quantity,
    /// A rank or degree: no keyword consists of these alone.
    Title,
    /// Two words run together: no keyword has it, and no name.
    Glued,
    /// A word between the parts of a headline: no keyword has it, unless it is a name.
    Link,
    /// A short unit, a scale of numbers, a verb of speech or a publisher: never at the edge of a
    /// keyword.
    Inner,
}

/// The words that have a role, by their hash.
#[derive(Clone, Debug)]
pub(crate) struct Roles(FxHashMap<u64, Role>);

impl Roles {
    pub(crate) fn new() -> Self {
        let lists = [
            (CALENDAR, Role::Calendar),
            (UNITS, Role::Unit),
            (QUANTITIES, Role::Quantity),
            (TITLES, Role::Title),
            (LINKS, Role::Link),
            (SCALES, Role::Inner),
            (SPEECH, Role::Inner),
            (PUBLISHERS, Role::Inner),
        ];
        let of_list = |&(list, role): &(&[&str], Role)| -> Vec<(u64, Role)> {
            list.iter().map(|word| (hash::word(word), role)).collect()
        };
        Roles(lists.iter().flat_map(of_list).collect())
    }

    /// The role of a lower-cased word with this hash.
    pub(crate) fn of(&self, hash: u64, folded: &str) -> Role {
        // "ke-80" counts what stands before it.
        let ordinal = || {
            folded
                .strip_prefix("ke-")
                .is_some_and(|rest| rest.starts_with(|c: char| c.is_numeric()))
        };
        // The last full stop of each ending is one of its last four bytes.
        let site = || {
            folded.bytes().rev().take(4).any(|byte| byte == b'.')
                && SITES.iter().any(|ending| folded.ends_with(ending))
        };
        match self.0.get(&hash) {
            Some(&role) => role,
            None if site() => Role::Inner,
            None if ordinal() => Role::Calendar,
            None => Role::Free,
        }
    }
}

/// Days and months, with their usual short forms, and the English ones.
const CALENDAR: &[&str] = &[
    "agustus",
    "ahad",
    "april",
    "august",
    "december",
    "des",
    "desember",
    "feb",
    "februari",
    "february",
    "friday",
    "januari",
    "january",
    "juli",
    "july",
    "jum'at",
    "jumat",
    "june",
    "juni",
    "kamis",
    "maret",
    "mei",
    "minggu",
    "monday",
    "nopember",
    "november",
    "october",
    "okt",
    "oktober",
    "rabu",
    "sabtu",
    "saturday",
    "selasa",
    "senin",
    "sept",
    "september",
    "sunday",
    "thursday",
    "tuesday",
    "wednesday",
];

/// What things are counted and measured in.
const UNITS: &[&str] = &[
    "abad",
    "anak",
    "bulan",
    "detik",
    "dolar",
    "ekor",
    "gram",
    "hari",
    "hektare",
    "helai",
    "jam",
    "kali",
    "karat",
    "kilogram",
    "kilometer",
    "lembar",
    "liter",
    "menit",
    "meter",
    "orang",
    "pasang",
    "rupiah",
    "tahun",
    "ton",
    "unit",
    "warga",
];

/// How many, in words or in Roman figures.
const QUANTITIES: &[&str] = &[
    "belasan",
    "delapan",
    "dua",
    "empat",
    "enam",
    "ii",
    "iii",
    "iv",
    "ix",
    "jutaan",
    "kedua",
    "keempat",
    "kelima",
    "ketiga",
    "lima",
    "mayoritas",
    "miliaran",
    "puluhan",
    "ratusan",
    "ribuan",
    "satu",
    "sebagian",
    "sejumlah",
    "sembilan",
    "sepasang",
    "sepuluh",
    "seribu",
    "tiga",
    "triliunan",
    "tujuh",
    "vi",
    "vii",
    "viii",
    "xi",
    "xii",
    "xiii",
];

/// Ranks and degrees, which stand before or behind names.
const TITLES: &[&str] = &[
    "aipda",
    "aiptu",
    "akbp",
    "akp",
    "brigadir",
    "brigjen",
    "bripda",
    "bripka",
    "briptu",
    "dr.",
    "drs.",
    "h.",
    "hj.",
    "inf",
    "ipda",
    "iptu",
    "ir.",
    "irjen",
    "jend",
    "jenderal",
    "kapt",
    "kapten",
    "kh",
    "kolonel",
    "kombes",
    "komjen",
    "kompol",
    "kopda",
    "kopral",
    "koptu",
    "laksamana",
    "laksda",
    "laksma",
    "letda",
    "letjen",
    "letkol",
    "lettu",
    "m.h.",
    "m.sc",
    "m.si",
    "marsda",
    "marsekal",
    "marsma",
    "mayjen",
    "mayor",
    "mh",
    "pol",
    "praka",
    "prof",
    "prof.",
    "purn",
    "s.e.",
    "s.h.",
    "s.ik",
    "s.pd",
    "serda",
    "serka",
    "serma",
    "sertu",
    "sh",
];

/// Short prepositions and conjunctions of headlines that the stop words leave out, and what pages leave
/// of HTML.
const LINKS: &[&str] = &[
    "akibat",
    "amp",
    "asal",
    "bakal",
    "berupa",
    "biar",
    "bikin",
    "buat",
    "cuma",
    "dapet",
    "gara-gara",
    "gegara",
    "imbas",
    "jelang",
    "kena",
    "lewat",
    "mulai",
    "nbsp",
    "nih",
    "pasca",
    "picu",
    "quot",
    "sih",
    "soal",
    "terkait",
    "vs",
];

/// Scales of numbers, short units, clock zones, and what stands between two sides.
const SCALES: &[&str] = &[
    "cm", "jt", "juta", "kg", "km", "km/jam", "miliar", "milyar", "mm", "persen", "ribu", "rp",
    "triliun", "trilyun", "versus", "wib", "wit", "wita",
];

/// Verbs of speech without a prefix, which stand beside names.
const SPEECH: &[&str] = &[
    "beber", "cetus", "imbuh", "kata", "papar", "pungkas", "sambung", "tandas", "tutur", "ucap",
    "ujar", "ungkap",
];

/// News sites whose name carries no domain.
const PUBLISHERS: &[&str] = &[
    "antaranews",
    "beritasatu",
    "cnbcindonesia",
    "cnnindonesia",
    "detikcom",
    "detikfinance",
    "detikhot",
    "detikinet",
    "detiknews",
    "detikoto",
    "detiksport",
    "detiktravel",
    "idntimes",
    "jpnn",
    "kapanlagi",
    "kompascom",
    "kumparan",
    "liputan6",
    "merdekacom",
    "okezone",
    "sindonews",
    "suaracom",
    "tempoco",
    "tirtoid",
    "tribunnews",
    "viva",
    "vivacoid",
];

/// Endings of web addresses used as names.
const SITES: &[&str] = &[".co", ".co.id", ".com", ".id", ".net", ".tv"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_has_two_roles() {
        let lists = [CALENDAR, UNITS, QUANTITIES, TITLES, LINKS, SCALES, SPEECH, PUBLISHERS];
        let words: usize = lists.iter().map(|list| list.len()).sum();
        assert_eq!(Roles::new().0.len(), words);
    }

    #[test]
    fn roles() {
        let roles = Roles::new();
        let role = |word| roles.of(hash::word(word), word);
        assert_eq!(role("senin"), Role::Calendar);
        assert_eq!(role("rp"), Role::Inner);
        assert_eq!(role("tahun"), Role::Unit);
        assert_eq!(role("detikcom"), Role::Inner);
        assert_eq!(role("kompas.com"), Role::Inner);
        assert_eq!(role("ke-80"), Role::Calendar);
        assert_eq!(role("ke-an"), Role::Free);
        assert_eq!(role("emas"), Role::Free);
    }
}

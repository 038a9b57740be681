//! Words that are no subject of their own: days and months, units, quantities, ranks, publishers.
//!
//! Stop words are another room's and come marked. What stands here may be part of a keyword
//! ("Kereta Cepat Jakarta", "Hari Santri Oktober") but is none alone, and some may not even stand
//! at its edge.

use rustc_hash::FxHashMap;

use crate::hash;

/// What a word may be in a keyword.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// Anything.
    Free,
    /// A day or a month: no keyword consists of these (and numbers) alone.
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
        let site = || folded.contains('.') && SITES.iter().any(|ending| folded.ends_with(ending));
        match self.0.get(&hash) {
            Some(&role) => role,
            None if site() => Role::Inner,
            None => Role::Free,
        }
    }
}

/// Days and months, with their usual short forms.
const CALENDAR: &[&str] = &[
    "agustus",
    "ahad",
    "april",
    "des",
    "desember",
    "feb",
    "februari",
    "januari",
    "juli",
    "jum'at",
    "jumat",
    "juni",
    "kamis",
    "maret",
    "mei",
    "minggu",
    "nopember",
    "november",
    "okt",
    "oktober",
    "rabu",
    "sabtu",
    "selasa",
    "senin",
    "sept",
    "september",
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
    "tahun",
    "ton",
    "unit",
    "warga",
];

/// How many, in words.
const QUANTITIES: &[&str] = &[
    "belasan",
    "delapan",
    "dua",
    "empat",
    "enam",
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
];

/// Ranks and degrees, which stand before or behind names.
const TITLES: &[&str] = &[
    "aipda",
    "aiptu",
    "akbp",
    "akp",
    "bripda",
    "brigadir",
    "brigjen",
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
    "kompol",
    "komjen",
    "kopda",
    "koptu",
    "kopral",
    "laksamana",
    "laksda",
    "laksma",
    "letda",
    "letjen",
    "letkol",
    "lettu",
    "m.h.",
    "m.si",
    "marsda",
    "marsekal",
    "marsma",
    "mayjen",
    "mayor",
    "m.sc",
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
];

/// Short prepositions and conjunctions of headlines that the stop words leave out.
const LINKS: &[&str] = &[
    "akibat",
    "asal",
    "bakal",
    "bikin",
    "biar",
    "buat",
    "cuma",
    "dapet",
    "gegara",
    "gara-gara",
    "imbas",
    "jelang",
    "kena",
    "lewat",
    "nih",
    "pasca",
    "picu",
    "sih",
    "soal",
    "terkait",
    "vs",
];

/// Scales of numbers, short units, clock zones, and what stands between two sides.
const SCALES: &[&str] = &[
    "cm", "jt", "juta", "kg", "km", "km/jam", "miliar", "milyar", "mm", "persen", "ribu", "rp",
    "rupiah", "triliun", "trilyun", "versus", "wib", "wit", "wita",
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
        assert_eq!(role("emas"), Role::Free);
    }
}

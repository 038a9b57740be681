//! Golden lemmas, a file a rule, a form a line; and what holds for every form.

mod lexicon;

use lexicon::stemmer;
use nukil_stemmer::Scratch;
use proptest::prelude::*;

/// A test for each table of `tests/golden`.
macro_rules! golden {
    ($($table:ident),+ $(,)?) => {
        $(
            #[test]
            fn $table() {
                check(include_str!(concat!("golden/", stringify!($table), ".tsv")));
            }
        )+

        const TABLES: &[&str] = &[$(include_str!(concat!("golden/", stringify!($table), ".tsv"))),+];
    };
}

golden! {
    circumfixes, clitics, english, kept_whole, known_errors, nasal_prefixes, prefixes,
    reduplication, suffixes,
}

fn rows(table: &str) -> impl Iterator<Item = (&str, &str)> {
    table
        .lines()
        .filter(|line| !line.starts_with('#'))
        .skip(1)
        .map(|line| line.split_once('\t').expect("form, tab, lemma"))
}

fn check(table: &str) {
    let mut scratch = Scratch::default();
    let wrong: Vec<String> = rows(table)
        .filter_map(|(form, lemma)| {
            let got = stemmer().lemma(form, &mut scratch);
            (got != lemma).then(|| format!("{form}: {got}, not {lemma}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_lemma_is_its_own_lemma() {
    let mut scratch = Scratch::default();
    for (form, _) in TABLES.iter().flat_map(|table| rows(table)) {
        let lemma = stemmer().lemma(form, &mut scratch);
        assert_eq!(stemmer().lemma(lemma, &mut scratch), lemma, "from {form}");
    }
}

#[test]
fn a_used_scratch_gives_what_a_fresh_one_gives() {
    let mut used = Scratch::default();
    for _ in 0..2 {
        for (form, _) in TABLES.iter().flat_map(|table| rows(table)) {
            let fresh = stemmer().lemma(form, &mut Scratch::default()).to_string();
            assert_eq!(stemmer().lemma(form, &mut used), fresh);
        }
    }
}

proptest! {
    #[test]
    fn any_form_has_a_lemma(form in "\\PC{0,60}") {
        let lemma = stemmer().lemma(&form, &mut Scratch::default());
        prop_assert!(form.is_empty() || !lemma.is_empty());
    }

    /// Strings of affixes, hyphens and letters, far likelier to reach the rules than any string.
    #[test]
    fn any_pile_of_affixes_has_a_lemma(
        parts in prop::collection::vec(
            prop::sample::select(vec![
                "me", "mem", "men", "meng", "menge", "meny", "pe", "per", "di", "ber", "ter", "ke",
                "se", "ku", "kau", "ajar", "tulis", "n", "ny", "ng", "e", "a", "-", "2", "é", "kan",
                "an", "i", "wan", "isme", "nya", "mu", "lah", "kah", "pun",
            ]),
            0..12,
        ),
    ) {
        let form = parts.concat();
        let lemma = stemmer().lemma(&form, &mut Scratch::default()).to_string();
        prop_assert!(form.is_empty() || !lemma.is_empty());
    }
}

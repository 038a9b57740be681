//! The two profiles, the standard spelling and the clitics, and where they differ.

mod lexicon;

use lexicon::artefact;
use nukil_stemmer::{LemmaProfile, Options, Scratch, Stemmer};
use nukil_types::CliticKind;
use proptest::prelude::*;

fn stemmer(options: Options) -> Stemmer {
    Stemmer::from_bytes(artefact()).expect("a fresh artefact opens").with_options(options)
}

fn check(options: Options, table: &[(&str, &str)]) {
    let stemmer = stemmer(options);
    let mut scratch = Scratch::default();
    for (form, lemma) in table {
        assert_eq!(stemmer.lemma(form, &mut scratch), *lemma, "of {form}");
    }
}

#[test]
fn the_lemmatiser_gives_headwords_and_keeps_the_spelling() {
    let table = [
        ("aktivitasnya", "aktivitas"),
        ("wartawan", "wartawan"),
        ("antarklub", "antarklub"),
        ("sebagai", "sebagai"),
        ("resikonya", "resiko"),
        ("merespon", "respon"),
    ];
    check(Options::default(), &table);
}

#[test]
fn the_stemmer_for_search_gives_one_root_for_a_family() {
    let table = [
        ("aktif", "aktif"),
        ("aktivitasnya", "aktif"),
        ("keaktifan", "aktif"),
        ("wartawan", "warta"),
        ("pewarta", "warta"),
        ("sejarawan", "sejarah"),
        ("nasionalisme", "nasional"),
        ("modernisasi", "modern"),
        ("antarklub", "klub"),
        ("nonmuslim", "muslim"),
        // Each spelling goes to the same root.
        ("berisiko", "risiko"),
        ("beresiko", "risiko"),
        // A word that only looks like one of a family.
        ("organisasi", "organisasi"),
        ("halaman", "halaman"),
        ("antipati", "antipati"),
        ("jakarta", "jakarta"),
    ];
    check(Options { profile: LemmaProfile::Root, ..Options::default() }, &table);
}

#[test]
fn the_standard_spelling_is_found_behind_affixes_too() {
    let table = [
        ("karir", "karier"),
        ("karirnya", "karier"),
        ("resikonya", "risiko"),
        ("merespon", "respons"),
        ("dirubah", "ubah"),
        ("mempengaruhi", "pengaruh"),
        ("apotik-apotik", "apotek"),
        ("yg", "yang"),
        ("aktivitas", "aktivitas"),
    ];
    check(Options { standard_spelling: true, ..Options::default() }, &table);
}

#[test]
fn clitics_have_their_own_spans() {
    let table = [
        ("bukunya", "buku", "nya"),
        ("rumahmulah", "rumah", "mu lah"),
        ("anaknyapun", "anak", "nya pun"),
        ("apakah", "apa", "kah"),
        ("kubawakan", "bawakan", "ku"),
        ("kaulihat", "lihat", "kau"),
        ("kubawakanlah", "bawakan", "ku lah"),
        ("ktp-nya", "ktp", "nya"),
        ("anak-anaknya", "anak-anak", "nya"),
        ("broken-nya", "broken", "nya"),
        ("deepfakenya", "deepfake", "nya"),
        // None where the word is one of the dictionary, or only ends so.
        ("akhirnya", "akhirnya", ""),
        ("meskipun", "meskipun", ""),
        ("tanya", "tanya", ""),
        ("masalah", "masalah", ""),
        ("kuliah", "kuliah", ""),
        ("kunci", "kunci", ""),
        ("di-phk-kan", "di-phk-kan", ""),
    ];
    let stemmer = stemmer(Options::default());
    let mut scratch = Scratch::default();
    for (form, host, clitics) in table {
        let found = stemmer.clitics(form, &mut scratch);
        assert_eq!(&form[found.host(form.len())], host, "host of {form}");
        let spans = found.spans(form.len());
        let surfaces: Vec<&str> = spans.map(|(span, _)| &form[span]).collect();
        assert_eq!(surfaces.join(" "), clitics, "clitics of {form}");
    }
    let found = stemmer.clitics("rumahmulah", &mut scratch);
    let kinds: Vec<CliticKind> = found.spans("rumahmulah".len()).map(|(_, kind)| kind).collect();
    assert_eq!(kinds, [CliticKind::Pronoun, CliticKind::Particle]);
}

proptest! {
    /// Host, hyphen and clitics are the form, in this order.
    #[test]
    fn clitics_and_host_make_up_the_form(
        parts in prop::collection::vec(
            prop::sample::select(vec![
                "ku", "kau", "baca", "rumah", "me", "di", "xyz", "-", "kan", "an", "nya", "mu",
                "lah", "kah", "pun",
            ]),
            0..6,
        ),
    ) {
        let form = parts.concat();
        let found = stemmer(Options::default()).clitics(&form, &mut Scratch::default());
        let host = found.host(form.len());
        let spans: Vec<_> = found.spans(form.len()).map(|(span, _)| span).collect();
        let (front, behind): (Vec<_>, Vec<_>) = spans.iter().partition(|span| span.end <= host.start);
        let front: String = front.into_iter().map(|span| &form[span.clone()]).collect();
        let behind: String = behind.into_iter().map(|span| &form[span.clone()]).collect();
        let host = &form[host];
        let whole = [front.as_str(), host, behind.as_str()].concat();
        let hyphened = [front.as_str(), host, "-", behind.as_str()].concat();
        prop_assert!(form == whole || form == hyphened, "{}", form);
    }

    #[test]
    fn every_profile_gives_any_form_a_lemma(form in "\\PC{0,40}", nonstandard in any::<bool>()) {
        let options = Options {
            profile: LemmaProfile::Root,
            standard_spelling: nonstandard,
            clitics: true,
        };
        let stemmer = stemmer(options);
        let lemma = stemmer.lemma(&form, &mut Scratch::default());
        prop_assert!(form.is_empty() || !lemma.is_empty());
    }
}

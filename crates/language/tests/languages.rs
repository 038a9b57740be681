//! Texts of every language that the room names, written for these tests.

use std::sync::LazyLock;

use nukil_language::Detector;
use nukil_types::{Document, Span};
use proptest::prelude::*;

const VOTES: &str = include_str!("../../../data/language/function-words.tsv");
const WORDS: &str = include_str!("../../../data/language/words.tsv");

/// One for all tests: reading the tables takes the longest.
fn detector() -> &'static Detector {
    static DETECTOR: LazyLock<Detector> =
        LazyLock::new(|| Detector::new(VOTES, WORDS).expect("the tables read"));
    &DETECTOR
}

#[test]
fn languages_of_sentences() {
    for (expected, text) in [
        ("id", "Polisi mengatakan jalan itu ditutup karena banjir yang merendam rumah warga."),
        ("id", "Harga cabai di pasar tradisional naik sejak awal pekan ini."),
        ("id", "Menurut dia, kualitas udara pada Senin pagi lebih baik daripada kemarin."),
        ("id", "Tim tamu menang dengan skor tipis di kandang lawan."),
        ("ms", "Polis berkata jalan itu ditutup kerana banjir yang melanda rumah penduduk."),
        (
            "ms",
            "Beliau memaklumkan bahawa aktiviti itu akan diadakan selepas mesyuarat pada Isnin.",
        ),
        ("ms", "Harga tiket hanya RM20 sahaja untuk kanak-kanak, menurut pihak pengurusan."),
        ("en", "The police said that the road was closed because of the flood."),
        (
            "jv",
            "Warga padha nglumpuk ing alun-alun kanggo nonton wayang kang digelar dening pamarentah.",
        ),
        ("su", "Warga di éta désa geus lila teu boga cai bersih pikeun kaperluan sapopoé."),
        ("min", "Urang kampuang tu indak bisa manyubarang karano jambatan nan lamo alah runtuah."),
        (
            "de",
            "Die Polizei hat die Straße wegen des Hochwassers am Montag gesperrt, teilte ein Sprecher mit.",
        ),
        (
            "fr",
            "La police a fermé la route lundi matin à cause des inondations, selon le porte-parole.",
        ),
        (
            "ru",
            "Полиция объявила, что эта дорога была закрыта из-за наводнения, которое произошло ночью.",
        ),
        ("ar", "أغلقت الشرطة الطريق بسبب الفيضانات التي ضربت المدينة صباح الاثنين"),
        ("zh", "警方表示由于洪水该道路已经关闭"),
    ] {
        assert_eq!(detector().detect(text).code, expected, "{text}");
    }
}

#[test]
fn regional_languages_are_told_by_their_everyday_words() {
    for (expected, text) in [
        ("jv", "Aku arep lunga menyang Surabaya sesuk karo adhiku."),
        ("jv", "Regane beras saiki mundhak, warga desa padha sambat."),
        ("jv", "Kula badhe tindak dhateng Yogyakarta benjing enjing."),
        ("jv", "Dheweke ora gelem sinau amarga lagi lara."),
        ("su", "Abdi badé angkat ka sakola énjing-énjing."),
        ("su", "Polisi geus néwak jalma nu maling motor di Garut."),
        ("su", "Manéhna teu bisa datang sabab gering."),
        ("su", "Harga béas ayeuna naék, warga desa ngarasula."),
        ("min", "Ambo ka pai ka Padang bisuak jo adiak ambo."),
        ("min", "Polisi lah manangkok urang nan malieng honda di Bukittinggi."),
        ("min", "Awak indak bisa datang dek karano sakik."),
        ("min", "Harago bareh kini naiak, urang banyak nan mangaluah."),
    ] {
        assert_eq!(detector().detect(text).code, expected, "{text}");
    }
}

/// Sentences in which no spelling tells: the words in use do.
#[test]
fn everyday_words_tell_malay_from_indonesian() {
    for (expected, text) in [
        ("id", "Pengemudi mobil itu pulang ke kantornya kemarin sore."),
        ("id", "Kami butuh sepeda motor untuk pergi ke rumah sakit."),
        ("ms", "Pemandu kereta itu pulang ke pejabatnya petang semalam."),
        ("ms", "Kami perlukan motosikal untuk pergi ke hospital."),
    ] {
        assert_eq!(detector().detect(text).code, expected, "{text}");
    }
}

fn document(paragraphs: &[&str]) -> Document {
    let mut document = Document::new("a1", "-", paragraphs.join("\n\n"));
    document.body.push(Span::new(0, document.text.len()));
    detector().identify(&mut document);
    document
}

#[test]
fn a_mixed_document_is_told_apart_by_paragraphs() {
    let paragraphs = [
        "Kementerian menyampaikan pernyataan itu di Jakarta, Senin pagi, kata juru bicaranya.",
        "We regret the loss of life and we will work with all of our partners in the region.",
        "They said that the road would be closed until the end of the week because of the flood.",
        "Polisi menutup jalan itu karena banjir yang merendam rumah warga sejak kemarin.",
        "Warga padha nglumpuk ing alun-alun kanggo nonton wayang kang digelar dening pamarentah.",
        "Pemerintah akan membangun kembali jembatan tersebut tahun depan, ujarnya.",
    ];
    let document = document(&paragraphs);
    assert_eq!(document.language.as_ref().expect("identified").code, "id");
    let found: Vec<_> = document
        .passages
        .iter()
        .map(|passage| (passage.language.code.as_str(), document.slice(passage.span)))
        .collect();
    let english = paragraphs[1..3].join("\n\n");
    assert_eq!(
        found,
        [
            ("id", paragraphs[0]),
            ("en", english.as_str()),
            ("id", paragraphs[3]),
            ("jv", paragraphs[4]),
            ("id", paragraphs[5]),
        ]
    );
}

/// A quotation of a few words, a list of names, a short line: no language of their own.
#[test]
fn a_document_in_one_language_has_no_passages() {
    let document = document(&[
        "Film itu berjudul The Lord of the Rings dan diputar di bioskop sejak pekan lalu.",
        "The Lord of the Rings",
        "Manchester United, Liverpool, Arsenal, Chelsea, Tottenham Hotspur, Newcastle United",
        "\"We are ready,\" kata pelatih itu kepada wartawan setelah pertandingan selesai.",
    ]);
    assert_eq!(document.language.expect("identified").code, "id");
    assert_eq!(document.passages, []);
}

/// A paragraph that leans to Indonesian only by what is likely beforehand once made a difference
/// of costs run below zero.
#[test]
fn a_paragraph_that_tells_little_has_the_language_of_its_document() {
    let malay =
        "Beliau memaklumkan bahawa aktiviti itu akan diadakan selepas mesyuarat pada Isnin.";
    let document = document(&[malay, malay, "antara beberapa dan dalam dan untuk dan untuk"]);
    assert_eq!(document.language.expect("identified").code, "ms");
    assert_eq!(document.passages, []);
}

/// Headlines hold few function words; whatlang alone calls the first Javanese.
#[test]
fn headlines_are_indonesian() {
    for text in [
        "Banjir Rendam Jakarta",
        "Polisi Tangkap Pencuri Motor",
        "Harga Emas Antam Naik",
        "Timnas Menang Telak",
        "KPK Periksa Bupati",
    ] {
        assert_eq!(detector().detect(text).code, "id", "{text}");
    }
}

#[test]
fn nothing_to_say_is_undetermined() {
    for text in ["", " \n", "12.30 – 14.00", "???", "😀"] {
        let language = detector().detect(text);
        assert_eq!((language.code.as_str(), language.confidence), ("und", 0.0), "{text:?}");
    }
}

#[test]
fn more_telling_words_make_surer() {
    let little = detector().detect("Hujan turun di Bogor.");
    let much = detector()
        .detect("Hujan turun di Bogor karena musim berganti, kata polisi, bahwa itu bisa.");
    assert!(much.confidence > little.confidence);
}

#[test]
fn a_document_is_judged_by_its_prose() {
    let text =
        "The Batik Keris\nPerajin mengatakan batik itu dibuat karena pesanan.\nBaca juga: The End";
    let mut document = Document::new("a1", "-", text);
    document.title = Some("The Batik Keris".to_string());
    document.body.push(Span::new(16, text.find("\nBaca").expect("a second line")));
    detector().identify(&mut document);
    assert_eq!(document.language.expect("identified").code, "id");
}

#[test]
fn without_prose_the_headline_is_judged() {
    let mut document = Document::new("a1", "-", "");
    document.title = Some("Polis tahan suspek selepas kejadian itu".to_string());
    detector().identify(&mut document);
    assert_eq!(document.language.expect("identified").code, "ms");
}

#[test]
fn the_tables_are_sorted() {
    for table in [VOTES, WORDS] {
        let rows: Vec<&str> = table.lines().filter(|line| !line.starts_with('#')).skip(1).collect();
        assert!(rows.is_sorted(), "sorted bytewise by the whole line");
    }
}

#[test]
fn bad_tables_name_the_line() {
    for (table, reason) in [
        ("", "line 1: no header"),
        ("kata\n", "line 1: the header is not `word\\tlanguage\\tweight`"),
        ("word\tlanguage\tweight\ndan\tid\n", "line 2: not three columns"),
        ("word\tlanguage\tweight\ndan\txx\t1\n", "line 2: unknown language `xx`"),
        ("word\tlanguage\tweight\ndan\tid\tsatu\n", "line 2: the weight `satu` is no small number"),
        ("word\tlanguage\tweight\ndan\tid\t1\ndan\tms\t1\n", "line 3: `dan` is listed twice"),
    ] {
        let error = Detector::new(table, WORDS).expect_err(reason);
        assert_eq!(error.to_string(), format!("words of languages, {reason}"));
    }
    let error = Detector::new(VOTES, "word\tid\tms\ten\nakta\t5\t0\n").expect_err("a field short");
    assert_eq!(
        error.to_string(),
        "words of Indonesian, Malay and English, line 2: 3 fields, expected 4"
    );
}

proptest! {
    #[test]
    fn any_text_gets_a_code_and_a_confidence(text in "\\PC{0,200}") {
        let language = detector().detect(&text);
        prop_assert!((2..=3).contains(&language.code.len()));
        prop_assert!((0.0..=1.0).contains(&language.confidence));
    }
}

//! Texts of every language that the room names, written for these tests.

use nukil_language::Detector;
use nukil_types::{Document, Span};
use proptest::prelude::*;

const VOTES: &str = include_str!("../../../data/language/function-words.tsv");

fn detector() -> Detector {
    Detector::new(VOTES).expect("the table of votes reads")
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
fn the_table_is_sorted() {
    let rows: Vec<&str> = VOTES.lines().filter(|line| !line.starts_with('#')).skip(1).collect();
    assert!(rows.is_sorted(), "sorted bytewise by the whole line");
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
        let error = Detector::new(table).expect_err(reason);
        assert_eq!(error.to_string(), format!("words of languages, {reason}"));
    }
}

proptest! {
    #[test]
    fn any_text_gets_a_code_and_a_confidence(text in "\\PC{0,200}") {
        let language = detector().detect(&text);
        prop_assert!((2..=3).contains(&language.code.len()));
        prop_assert!((0.0..=1.0).contains(&language.confidence));
    }
}

//! What the room promises, on articles short enough to be checked by eye.

mod support;

use nukil_keywords::{Ranker, Scratch, tables};
use nukil_types::{Document, Label, Span};
use support::{document, ranker};

/// The keywords as a table: text, lemma, count, name or not, first occurrence.
fn table(document: &mut Document, n: usize) -> String {
    ranker().rank(document, &mut Scratch::new(), n);
    let rows = document.keywords.iter().map(|keyword| {
        let kind = if keyword.is_entity { "name" } else { "phrase" };
        let first = &document.text[keyword.first_start..];
        let first: String = first.chars().take(6).collect();
        format!("{} / {} / {} / {kind} / {first}", keyword.text, keyword.lemma, keyword.count)
    });
    rows.collect::<Vec<_>>().join("\n")
}

fn texts(document: &mut Document, n: usize) -> Vec<String> {
    ranker().rank(document, &mut Scratch::new(), n);
    document.keywords.iter().map(|keyword| keyword.text.clone()).collect()
}

const FLOOD: &str = "Banjir Rob Rendam Rumah Warga Sayung
Banjir rob merendam rumah warga di Sayung, Demak, pada Kamis.
Bupati Esti Rahayu mengatakan banjir rob itu datang dari laut.
Esti meminta warga pindah karena banjir rob akan naik.
Rumah warga yang terendam banjir rob ada di Sayung.";

#[test]
fn an_article() {
    let names = [
        (Label::Person, "Esti Rahayu|Esti"),
        (Label::Location, "Sayung"),
        (Label::Location, "Demak"),
    ];
    let expected = "\
Sayung / sayung / 3 / name / Sayung
banjir rob / banjir rob / 5 / phrase / Banjir
Esti Rahayu / esti rahayu / 2 / name / Esti R
rumah warga / rumah warga / 3 / phrase / Rumah\x20
warga / warga / 4 / phrase / Warga\x20
Demak / demak / 1 / name / Demak,";
    assert_eq!(table(&mut document(FLOOD, &names), 6), expected);
}

#[test]
fn a_name_stands_for_its_short_forms() {
    let names = [(Label::Person, "Esti Rahayu|Esti")];
    let mut document = document(FLOOD, &names);
    ranker().rank(&mut document, &mut Scratch::new(), 30);
    let of_esti: Vec<_> =
        document.keywords.iter().filter(|keyword| keyword.text.contains("Esti")).collect();
    assert_eq!(of_esti.len(), 1, "{of_esti:?}");
    assert_eq!(of_esti[0].text, "Esti Rahayu");
    assert_eq!(of_esti[0].count, 2);
    assert!(of_esti[0].is_entity);
    assert!(!document.keywords.iter().any(|keyword| keyword.text == "Rahayu"));
}

#[test]
fn an_organisation_is_called_what_the_article_calls_it() {
    let text = "KPK Tahan Tersangka\nKomisi Pemberantasan Korupsi (KPK) menahan tersangka.\n\
        Menurut KPK, uang disita.\nMereka ditahan KPK.";
    let names = [(Label::Organisation, "Komisi Pemberantasan Korupsi|KPK")];
    let mut document = document(text, &names);
    let texts = texts(&mut document, 30);
    assert!(texts.contains(&"KPK".to_string()), "{texts:?}");
    assert!(!texts.iter().any(|text| text.contains("Komisi")), "{texts:?}");
    assert_eq!(document.keywords.iter().find(|keyword| keyword.text == "KPK").unwrap().count, 5);
}

#[test]
fn no_phrase_crosses_punctuation_or_ends_with_a_function_word() {
    let mut document = document(FLOOD, &[]);
    for text in texts(&mut document, 100) {
        assert!(!text.contains(','), "{text}");
        let words: Vec<&str> = text.split(' ').collect();
        for edge in [words[0], words[words.len() - 1]] {
            let stops = ["di", "pada", "itu", "dari", "karena", "akan", "yang"];
            assert!(!stops.contains(&edge), "{text}");
        }
        assert!(!text.contains("Sayung Demak"), "{text}");
    }
}

#[test]
fn days_numbers_units_and_publishers_are_no_keywords() {
    let text = "Kamis 12 Juni: Harga Emas Rp 2 Juta\n\
        Pada Kamis 12 Juni harga emas naik 20 persen, kata detikcom.\n\
        Harga emas pada Kamis 12 Juni 2025 naik 3 tahun. Detikcom mencatat 20 gram harga emas.";
    let texts = texts(&mut document(text, &[]), 100);
    for banned in ["kamis", "juni", "12", "20", "persen", "detikcom", "tahun", "gram", "juni 2025"]
    {
        let found = texts.iter().any(|text| text.to_lowercase() == banned);
        assert!(!found, "{banned} in {texts:?}");
    }
    assert_eq!(texts[0], "harga emas");
}

#[test]
fn the_outlet_of_the_dateline_is_no_keyword() {
    let text = "Banjir Rob\nTempo Kita melaporkan banjir rob.\nTempo Kita mencatat banjir.";
    let mut document = document(text, &[(Label::Organisation, "Tempo Kita")]);
    document.dateline.outlet = Some("TEMPO KITA".to_string());
    let texts = texts(&mut document, 100);
    assert!(!texts.iter().any(|text| text.contains("Tempo")), "{texts:?}");
}

#[test]
fn today_and_a_year_may_end_a_phrase_and_a_count_may_not() {
    let text = "Harga Emas Hari Ini\nHarga emas hari ini naik.\nMenjelang Piala Dunia 2026 ini.\n\
        Kata Esti, Piala Dunia 2026 ramai.\nHilirisasi 14 komoditas dan hilirisasi 14 komoditas.";
    let texts = texts(&mut document(text, &[]), 100);
    assert!(texts.iter().any(|text| text.eq_ignore_ascii_case("harga emas hari ini")), "{texts:?}");
    assert!(texts.contains(&"Piala Dunia 2026".to_string()), "{texts:?}");
    for broken in ["harga emas hari", "hilirisasi 14"] {
        let found = texts.iter().any(|text| text.eq_ignore_ascii_case(broken));
        assert!(!found, "{broken} in {texts:?}");
    }
}

#[test]
fn a_phrase_that_never_stands_apart_is_merged_into_the_longer_one() {
    let text =
        "Kereta Cepat Whoosh\nTiket kereta cepat whoosh naik.\nJadwal kereta cepat whoosh naik.";
    let texts = texts(&mut document(text, &[]), 100);
    assert!(texts.iter().any(|text| text.eq_ignore_ascii_case("kereta cepat whoosh")), "{texts:?}");
    assert!(!texts.iter().any(|text| text.eq_ignore_ascii_case("cepat whoosh")), "{texts:?}");
}

#[test]
fn phrases_that_agree_in_their_lemmas_are_one() {
    let text = "Kenaikan Harga\nKenaikan harga dan kenaikan harga.\nNaik harga dan naik harga.";
    let mut document = document(text, &[]);
    ranker().rank(&mut document, &mut Scratch::new(), 100);
    let found = document.keywords.iter().filter(|keyword| keyword.lemma == "naik harga").count();
    assert_eq!(found, 1, "{:?}", document.keywords);
}

#[test]
fn a_name_is_its_own_lemma() {
    // The stemmer of these tests makes "bagi" of "berbagi".
    let names = [(Label::Organisation, "Rumah Berbagi")];
    let text = "Rumah Berbagi buka\nAda warga Rumah Berbagi dan warga Rumah Berbagi.";
    let mut document = document(text, &names);
    ranker().rank(&mut document, &mut Scratch::new(), 30);
    let told = |text: &str| {
        let found = document.keywords.iter().find(|keyword| keyword.text == text);
        found.map(|keyword| (keyword.lemma.as_str(), keyword.family.as_str()))
    };
    assert_eq!(told("Rumah Berbagi"), Some(("rumah berbagi", "rumah bagi")));
    assert_eq!(told("warga Rumah Berbagi"), Some(("warga rumah berbagi", "warga rumah bagi")));
}

#[test]
fn a_headline_beside_the_text_counts_as_a_headline() {
    let text = "\nWarga Demak, pindah.\nKapal besar, pindah.";
    let mut beside = document(text, &[]);
    beside.title = Some("Kapal Besar".to_string());
    beside.title_span = None;
    let best = texts(&mut beside, 1);
    assert!(best[0].eq_ignore_ascii_case("kapal besar"), "{best:?}");
}

#[test]
fn nothing_in_nothing_out() {
    let mut empty = Document::new("kosong", "-", "");
    ranker().rank(&mut empty, &mut Scratch::new(), 10);
    assert!(empty.keywords.is_empty());
    assert!(texts(&mut document(FLOOD, &[]), 0).is_empty());
}

#[test]
fn equal_scores_stand_in_text_order() {
    let text = "\nApel, jeruk, mangga, nanas.";
    assert_eq!(texts(&mut document(text, &[]), 4)[1..], ["jeruk", "mangga", "nanas"]);
}

#[test]
fn a_long_list_goes_on_in_the_order_of_scores() {
    let letters = "bdfgjklmnprst";
    let words =
        letters.chars().flat_map(|one| letters.chars().map(move |two| format!("{one}a{two}is")));
    let text = words.map(|word| format!("{word}.")).collect::<Vec<_>>().join(" di ");
    let mut document = document(&text, &[]);
    let first = texts(&mut document, 10);
    let all = texts(&mut document, usize::MAX);
    assert!(all.len() > 100 && all.starts_with(&first), "{all:?}");
    assert!(document.keywords.is_sorted_by(|one, other| {
        one.score > other.score || one.score == other.score && one.first_start < other.first_start
    }));
}

#[test]
fn a_quantity_in_words_begins_no_keyword() {
    let text = "Ribuan warga pindah\nRibuan warga pindah ke tiga rumah. Sejumlah warga naik.";
    for keyword in texts(&mut document(text, &[]), 30) {
        let first = keyword.to_lowercase();
        assert!(
            !["ribuan", "tiga", "sejumlah"].iter().any(|word| first.starts_with(word)),
            "{first}"
        );
    }
}

#[test]
fn a_headline_preposition_is_in_no_keyword() {
    let text = "Doa jelang HUT Demak\nAda doa jelang HUT Demak soal banjir rob imbas air laut.";
    for keyword in texts(&mut document(text, &[]), 30) {
        let inside = |word: &&str| keyword.split(' ').any(|part| part == *word);
        assert!(!["jelang", "soal", "imbas"].iter().any(inside), "{keyword}");
    }
}

#[test]
fn half_a_score_is_no_keyword() {
    let text = "Persib tahan PSM\nPersib 2:2 PSM di Demak. Akhirnya Persib 2:2 PSM.";
    let found = texts(&mut document(text, &[]), 30);
    assert!(found.contains(&"Persib".to_string()));
    assert!(!found.iter().any(|keyword| keyword.ends_with('2')), "{found:?}");
}

#[test]
fn a_rank_alone_is_no_keyword() {
    let names = [(Label::Person, "Esti Rahayu")];
    let text =
        "Polisi tangkap warga\nKombes Pol Esti Rahayu datang. Menurut Kombes Pol Esti Rahayu.";
    let found = texts(&mut document(text, &names), 30);
    assert!(!found.iter().any(|keyword| keyword == "Kombes Pol"), "{found:?}");
}

#[test]
fn words_run_together_by_a_page_are_in_no_keyword() {
    let text = "Banjir rob\nEsti mengatakanRepublika banjir rob naik. BPBDmengatakan banjir rob naik. \
        Demaksegera banjir rob lagi.";
    let found = texts(&mut document(text, &[]), 30);
    assert!(found.contains(&"banjir rob".to_string()));
    assert!(!found.iter().any(|keyword| keyword.contains("mengatakan")), "{found:?}");
}

#[test]
fn half_of_a_name_is_not_told_beside_the_name() {
    let names = [(Label::Location, "Delta Mahakam")];
    let text =
        "Bakau di Delta Mahakam\nBakau Delta Mahakam naik. Delta itu di Demak. Air Delta Mahakam.";
    let found = texts(&mut document(text, &names), 30);
    assert!(found.contains(&"Delta Mahakam".to_string()));
    assert!(
        !found.contains(&"Delta".to_string()) && !found.contains(&"delta".to_string()),
        "{found:?}"
    );
}

#[test]
fn the_first_five_are_not_five_ways_to_say_one_thing() {
    let text = "Harga emas naik\nHarga emas Antam naik. Harga emas Galeri naik. Harga emas dunia \
        naik. Harga emas perhiasan naik. Harga emas batangan naik. Warga Demak kena banjir rob.";
    let found = texts(&mut document(text, &[]), 5);
    let gold = found.iter().filter(|keyword| keyword.to_lowercase().contains("emas")).count();
    assert!((1..5).contains(&gold), "{found:?}");
}

#[test]
fn every_occurrence_is_told_in_every_form_of_a_name() {
    let names = [(Label::Person, "Esti Rahayu|Esti")];
    let mut document = document(FLOOD, &names);
    ranker().rank(&mut document, &mut Scratch::new(), 10);
    let spans = |text: &str| -> Vec<String> {
        let keyword = document.keywords.iter().find(|keyword| keyword.text == text).unwrap();
        keyword.occurrences.iter().map(|&span| document.slice(span).to_string()).collect()
    };
    assert_eq!(spans("Esti Rahayu"), ["Esti Rahayu", "Esti"]);
    assert_eq!(
        spans("banjir rob"),
        ["Banjir Rob", "Banjir rob", "banjir rob", "banjir rob", "banjir rob"]
    );
}

#[test]
fn what_all_documents_of_a_corpus_hold_sets_none_apart() {
    let mut builder = nukil_keywords::background::Builder::new();
    for number in 0..20 {
        builder.add(&document(&format!("Banjir rob\nBanjir rob di Demak{number}."), &[]));
    }
    let corpus = nukil_keywords::background::Background::open(builder.finish(2)).unwrap();
    let names = [(Label::Location, "Sayung")];
    let told = |ranker: nukil_keywords::Ranker| {
        let mut document = document(FLOOD, &names);
        ranker.rank(&mut document, &mut Scratch::new(), 3);
        document.keywords.iter().any(|keyword| keyword.text == "banjir rob")
    };
    assert!(told(ranker()));
    assert!(!told(ranker().with_corpus(corpus)));
}

#[test]
fn what_is_remembered_of_one_background_is_not_told_of_another() {
    let mut builder = nukil_keywords::background::Builder::new();
    for number in 0..20 {
        builder.add(&document(&format!("Kabar\nBanjir rob di Demak{number}."), &[]));
    }
    let own = nukil_keywords::background::Background::open(builder.finish(2)).unwrap();
    let rankers = [ranker(), ranker().with_background(own)];
    let ranked = |ranker: &nukil_keywords::Ranker, scratch: &mut Scratch| {
        let mut document = document(FLOOD, &[(Label::Location, "Sayung")]);
        ranker.rank(&mut document, scratch, 9);
        document.keywords
    };
    let fresh = rankers.each_ref().map(|ranker| ranked(ranker, &mut Scratch::new()));
    assert_ne!(fresh[0], fresh[1]);
    let mut scratch = Scratch::new();
    for _ in 0..2 {
        assert_eq!(rankers.each_ref().map(|ranker| ranked(ranker, &mut scratch)), fresh);
    }
}

#[test]
fn part_of_a_longer_run_of_capitals_is_no_keyword() {
    let text = "Doa untuk SCTV\nSinetron Asmara Gen Z ramai. Warga suka Asmara Gen Z, kata Esti.";
    let found = texts(&mut document(text, &[]), 30);
    assert!(found.contains(&"Asmara Gen Z".to_string()), "{found:?}");
    assert!(!found.contains(&"Asmara Gen".to_string()), "{found:?}");
}

#[test]
fn a_clause_is_no_keyword() {
    let text = "IHSG ditutup melemah\nIHSG ditutup naik. Krisis pangan berupa banjir rob datang.";
    for keyword in texts(&mut document(text, &[]), 30) {
        assert!(!keyword.ends_with("ditutup") && !keyword.contains("berupa"), "{keyword}");
    }
}

#[test]
fn a_name_told_twice_over_is_one_keyword() {
    let text = "Wisata Negeri Khayangan\nNegeri Khayangan Negeri Khayangan Magelang. Warga ke Negeri \
        Khayangan.";
    for keyword in texts(&mut document(text, &[]), 30) {
        assert!(keyword.matches("Negeri").count() < 2, "{keyword}");
    }
}

#[test]
fn a_verb_behind_a_name_is_in_no_keyword() {
    let names = [(Label::Person, "Esti Rahayu")];
    let text = "Esti Rahayu berbagi air\nEsti Rahayu berbagi air. Esti Rahayu berbagi rumah.";
    let found = texts(&mut document(text, &names), 30);
    assert!(found.contains(&"Esti Rahayu".to_string()));
    assert!(!found.iter().any(|keyword| keyword.contains("Rahayu berbagi")), "{found:?}");
}

#[test]
fn one_person_is_told_once_even_when_two_entities_name_them() {
    let names = [(Label::Person, "Arwan Aziz"), (Label::Person, "Arwan Aziz Jaelani")];
    let text =
        "Dagang daring di Padang\nArwan Aziz Jaelani datang. Menurut Arwan Aziz, warga datang.";
    let found = texts(&mut document(text, &names), 30);
    assert_eq!(found.iter().filter(|keyword| keyword.contains("Arwan")).count(), 1, "{found:?}");
}

/// Marks every place where `text` stands as a link of the page.
fn link(document: &mut Document, text: &str) {
    let found = document.text.match_indices(text);
    document.links.extend(found.map(|(at, _)| Span::new(at, at + text.len())));
}

#[test]
fn what_the_page_links_ranks_higher() {
    let names = [
        (Label::Person, "Esti Rahayu|Esti"),
        (Label::Location, "Sayung"),
        (Label::Location, "Demak"),
    ];
    let mut page = document(FLOOD, &names);
    link(&mut page, "Esti Rahayu");
    link(&mut page, "Demak");
    page.links.sort();
    let expected = "\
Sayung / sayung / 3 / name / Sayung
Esti Rahayu / esti rahayu / 2 / name / Esti R
banjir rob / banjir rob / 5 / phrase / Banjir
Demak / demak / 1 / name / Demak,
rumah warga / rumah warga / 3 / phrase / Rumah\x20
warga / warga / 4 / phrase / Warga\x20";
    assert_eq!(table(&mut page, 6), expected);
}

#[test]
fn a_word_of_a_linked_headline_gains_less_than_a_link_of_its_own() {
    let score = |linked: &str| {
        let mut page = document(FLOOD, &[(Label::Location, "Demak")]);
        link(&mut page, linked);
        ranker().rank(&mut page, &mut Scratch::new(), 30);
        page.keywords.iter().find(|keyword| keyword.text == "Demak").unwrap().score
    };
    let none = score("tidak ada");
    let headline = score("di Sayung, Demak, pada Kamis");
    let own = score("Demak");
    assert!(none < headline && headline < own, "{none} {headline} {own}");
    // What reaches out of the link is not what it says.
    assert_eq!(score("Dem"), none);
}

#[test]
fn a_link_in_full_makes_a_late_phrase_a_keyword() {
    let text = "Banjir rob\nBanjir rob datang.\nWarga pindah.\nAir naik.\nEsti datang.\n\
        Air laut naik.\nAda tanggul laut raksasa.";
    let found = |linked: &str| {
        let mut page = document(text, &[]);
        link(&mut page, linked);
        texts(&mut page, 30).contains(&"tanggul laut".to_string())
    };
    assert!(found("tanggul laut") && !found("tanggul laut raksasa") && !found("Esti"));
}

#[test]
fn a_date_is_no_keyword() {
    let text = "Harga Emas Naik
Harga emas naik pada tahun 2024 dan tahun 2024 ditutup pada bulan Juli 2025.
Tahun ini harga emas ditutup.";
    let texts = texts(&mut document(text, &[]), 30);
    assert!(!texts.is_empty() && !texts.iter().any(|text| text.contains("202")), "{texts:?}");
}

#[test]
fn a_number_belongs_to_a_model_or_league() {
    let text = "Jadwal Pekan Ini
Bali bermain di Liga 1 dengan Persija, dan Liga 1 akan ditutup.
Ada 14 komoditas di pasar dan warga membeli rumah 2 lantai.";
    let texts = texts(&mut document(text, &[]), 40);
    assert!(texts.contains(&"Liga 1".to_string()), "{texts:?}");
    assert!(!texts.contains(&"rumah 2".to_string()), "{texts:?}");
}

#[test]
fn a_currency_may_end_a_phrase_and_not_an_amount() {
    let text = "Nilai Tukar Rupiah Naik
Nilai tukar rupiah naik karena harga 50 rupiah.
Kurs dan nilai tukar rupiah akan naik.";
    let texts = texts(&mut document(text, &[]), 30);
    assert!(texts.iter().any(|text| text.to_lowercase() == "nilai tukar rupiah"), "{texts:?}");
    assert!(!texts.iter().any(|text| text.contains("50")), "{texts:?}");
}

#[test]
fn an_organisation_goes_by_a_full_form_that_is_nearly_as_common() {
    let text = "Persija Jakarta Menang
Persija Jakarta menang. Persija akan naik.
Warga melihat Persija.";
    let names = [(Label::Organisation, "Persija Jakarta|Persija")];
    let texts = texts(&mut document(text, &names), 5);
    assert!(texts.contains(&"Persija Jakarta".to_string()), "{texts:?}");
    assert!(!texts.contains(&"Persija".to_string()), "{texts:?}");
}

fn with_tables(habits: &str, trees: &str) -> Ranker {
    ranker().with_tables(tables::compile(habits, trees).unwrap().leak()).unwrap()
}

#[test]
fn a_document_without_candidates_has_no_keywords() {
    let trees = "first\tsecond\tthird\tfourth\tscores\n\
        name > 0.5\tscore > 0\trank > 1\tlength > 1\t1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\n";
    let ranker = with_tables("place\ttext\tweight\n", trees);
    for text in ["", "Dan ini.\nItu, untuk yang di."] {
        let mut document = document(text, &[]);
        ranker.rank(&mut document, &mut Scratch::new(), 5);
        assert!(document.keywords.is_empty());
    }
}

#[test]
fn trees_rank_the_best_again_and_leave_the_rest_behind() {
    // One question, whether it is a name: names first, by nothing else.
    let none = "length > 1000\tlength > 1000\tlength > 1000";
    let trees = format!(
        "first\tsecond\tthird\tfourth\tscores\nname > 0.5\t{none}\t-2 2 0 0 0 0 0 0 0 0 0 0 0 0 0 0\n"
    );
    let ranker = with_tables("place\ttext\tweight\n", &trees);
    let names = [
        (Label::Person, "Esti Rahayu|Esti"),
        (Label::Location, "Sayung"),
        (Label::Location, "Demak"),
    ];
    let mut document = document(FLOOD, &names);
    ranker.rank(&mut document, &mut Scratch::new(), 30);
    let kinds: Vec<bool> = document.keywords.iter().map(|keyword| keyword.is_entity).collect();
    assert_eq!(kinds[..4], [true, true, true, false]);
    assert!(document.keywords.is_sorted_by(|one, other| one.score >= other.score));
}

#[test]
fn habits_speak_through_trees() {
    let none = "length > 1000\tlength > 1000\tlength > 1000";
    let trees = format!(
        "first\tsecond\tthird\tfourth\tscores\nchosen_phrase > 1\t{none}\t-2 2 0 0 0 0 0 0 0 0 0 0 0 0 0 0\n"
    );
    let habits = "place\ttext\tweight\nphrase\trumah warga\t2\n";
    let ranker = with_tables(habits, &trees);
    let mut document = document(FLOOD, &[]);
    ranker.rank(&mut document, &mut Scratch::new(), 3);
    assert_eq!(document.keywords[0].text, "rumah warga");
}

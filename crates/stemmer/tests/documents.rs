//! Lemmas of documents: capitals, sentence starts, headlines, acronyms.

mod lexicon;

use lexicon::{artefact, stemmer};
use nukil_stemmer::{Options, Scratch, Stemmer};
use nukil_types::{Document, Sentence, Span, TokenKind};

/// A document of one sentence, its tokens set apart by spaces.
fn document(text: &str) -> Document {
    let mut document = Document::new("a", "-", text);
    let mut at = 0;
    for piece in text.split(' ') {
        let kind = match piece.chars().next() {
            Some(first) if first.is_alphabetic() => TokenKind::Word,
            Some(first) if first.is_numeric() => TokenKind::Number,
            _ => TokenKind::Punctuation,
        };
        document.push_token(Span::new(at, at + piece.len()), kind);
        at += piece.len() + 1;
    }
    let tokens = 0..document.tokens.len();
    document.sentences.push(Sentence { span: Span::new(0, text.len()), tokens, headline: false });
    document
}

fn lemmas(text: &str) -> String {
    let mut document = document(text);
    stemmer().lemmatize(&mut document, &mut Scratch::default());
    let lemmas: Vec<&str> = document.tokens.iter().map(|token| document.lemma(token)).collect();
    lemmas.join(" ")
}

#[test]
fn every_word_gets_its_lemma() {
    assert_eq!(
        lemmas("Petani menjual hasil panennya ke pasar-pasar di perkotaan ."),
        "tani jual hasil panen ke pasar di kota ."
    );
}

#[test]
fn names_inside_a_sentence_stay_whole() {
    assert_eq!(
        lemmas("menurut Suryani , warga Bekasi yang dulu tinggal di Setiawan dan Sesuka"),
        "turut suryani , warga bekasi yang dulu tinggal di setiawan dan sesuka"
    );
}

#[test]
fn offices_and_ministries_have_their_lemmas() {
    assert_eq!(
        lemmas("kata pejabat Kementerian Perdagangan pada hari itu"),
        "kata jabat menteri dagang pada hari itu"
    );
}

#[test]
fn a_first_word_has_its_capital_from_its_place() {
    assert_eq!(lemmas("Berikan kami waktu , kata dia"), "beri kami waktu , kata dia");
    assert_eq!(
        lemmas("dia berkata : “ Sampaikan salam kami ”"),
        "dia kata : “ sampai salam kami ”"
    );
}

#[test]
fn a_headline_in_title_case_is_lemmatised() {
    assert_eq!(
        lemmas("Polisi Amankan Sepuluh Perusuh di Bekasi"),
        "polisi aman puluh rusuh di bekasi"
    );
}

#[test]
fn acronyms_stay_whole() {
    assert_eq!(
        lemmas("aturan baru MENDAGRI dan KEMALA soal dana"),
        "atur baru mendagri dan kemala soal dana"
    );
}

#[test]
fn a_form_of_two_lemmas_goes_by_the_words_beside_it() {
    assert_eq!(lemmas("seekor beruang masuk kampung"), "ekor beruang masuk kampung");
    assert_eq!(lemmas("hanya orang beruang yang mampu"), "hanya orang uang yang mampu");
    assert_eq!(lemmas("wajahnya memerah karena malu"), "wajah merah karena malu");
    assert_eq!(lemmas("peternak memerah susu setiap pagi"), "ternak perah susu setiap pagi");
}

#[test]
fn clitics_stand_where_the_surface_has_them() {
    let mut document = document("Rumahmulah yang kulihat , kata Sonya di KTP-nya");
    let options = Options { clitics: true, ..Options::default() };
    let stemmer = Stemmer::from_bytes(artefact()).expect("a fresh artefact opens");
    stemmer.with_options(options).lemmatize(&mut document, &mut Scratch::default());
    let found: Vec<(usize, &str)> =
        document.clitics.iter().map(|clitic| (clitic.token, document.slice(clitic.span))).collect();
    assert_eq!(found, [(0, "mu"), (0, "lah"), (2, "ku"), (7, "nya")]);
}

#[test]
fn numbers_and_marks_keep_their_folded_form() {
    let mut document = document("harganya 1.500 rupiah ?!");
    stemmer().lemmatize(&mut document, &mut Scratch::default());
    let number = &document.tokens[1];
    assert_eq!(number.lemma, number.folded);
    assert_eq!(document.tokens[3].lemma, document.tokens[3].folded);
}

#[test]
fn a_document_without_sentences_is_left_alone() {
    let mut document = Document::new("a", "-", "Menulis");
    stemmer().lemmatize(&mut document, &mut Scratch::default());
    assert_eq!(document, Document::new("a", "-", "Menulis"));
}

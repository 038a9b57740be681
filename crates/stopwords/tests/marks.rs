//! Which words are marked, by profile, form and user list.

use nukil_stopwords::{ListError, Profile, Stopwords};
use nukil_types::{Document, Span, TokenKind};
use proptest::prelude::*;

const SHORT: &str = include_str!("../../../data/stopwords/short.tsv");
const LONG: &str = include_str!("../../../data/stopwords/long.tsv");

fn stopwords(profile: Profile) -> Stopwords {
    Stopwords::new(profile, SHORT, LONG).expect("the lists of data/stopwords can be read")
}

/// One form a line: which profile marks it first (`short`, `long`), or `none`.
#[test]
fn golden_forms() {
    let (short, long) = (stopwords(Profile::Short), stopwords(Profile::Long));
    let mut wrong = Vec::new();
    for row in include_str!("golden.tsv").lines().filter(|line| !line.starts_with('#')).skip(1) {
        let (form, expected) = row.split_once('\t').expect("form, tab, profile");
        let got = match (short.is_stop(form), long.is_stop(form)) {
            (true, true) => "short",
            (false, true) => "long",
            (false, false) => "none",
            (true, false) => "short alone",
        };
        if got != expected {
            wrong.push(format!("{form}: {got}, not {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn only_words_are_marked() {
    let text = "Dia dan 5 , di @dan itu";
    let kinds = [
        TokenKind::Word,
        TokenKind::Word,
        TokenKind::Number,
        TokenKind::Punctuation,
        TokenKind::Word,
        TokenKind::Address,
        TokenKind::Word,
    ];
    let mut document = Document::new("a", "-", text);
    let mut at = 0;
    for (piece, kind) in text.split(' ').zip(kinds) {
        document.push_token(Span::new(at, at + piece.len()), kind);
        at += piece.len() + 1;
    }
    let mut stopwords = stopwords(Profile::Short);
    stopwords.add(&["5", ",", "@dan"]);
    stopwords.mark(&mut document);
    let marks: Vec<bool> = document.tokens.iter().map(|token| token.stop).collect();
    assert_eq!(marks, [true, true, false, false, true, false, true]);
}

#[test]
fn marking_again_with_another_profile_takes_marks_back() {
    let mut document = Document::new("a", "-", "dan");
    document.push_token(Span::new(0, 3), TokenKind::Word);
    let mut stopwords = stopwords(Profile::Short);
    stopwords.mark(&mut document);
    assert!(document.tokens[0].stop);
    stopwords.remove(&["dan"]);
    stopwords.mark(&mut document);
    assert!(!document.tokens[0].stop);
}

#[test]
fn user_words_in_any_case_come_and_go_with_their_clitics() {
    let mut stopwords = stopwords(Profile::Short);
    stopwords.add(&["  Kompas ", "TEMPO"]);
    stopwords.remove(&["Saya"]);
    assert!(stopwords.is_stop("kompas") && stopwords.is_stop("tempo"));
    assert!(stopwords.is_stop("kompasnya"));
    assert!(!stopwords.is_stop("saya") && !stopwords.is_stop("sayalah"));
}

#[test]
fn a_malformed_list_is_named_with_its_line() {
    let header = "# daftar\nword\tkind\n";
    let refused = |short: &str, long: &str| {
        Stopwords::new(Profile::Short, short, long).err().as_ref().map(ListError::to_string)
    };
    assert_eq!(
        refused(&format!("{header}dan\n"), header).as_deref(),
        Some("short list of stop words, line 3: not a word, a tab and its kind")
    );
    assert_eq!(
        refused(header, &format!("{header}Katanya\treporting\n")).as_deref(),
        Some("long list of stop words, line 3: the word is not in lower case")
    );
    assert_eq!(refused(header, header), None);
}

/// The lists share no word and stand in bytewise order, so a difference between two versions
/// shows what changed.
#[test]
fn the_lists_are_sorted_and_disjoint() {
    let rows = |text: &'static str| -> Vec<&'static str> {
        text.lines().filter(|line| !line.starts_with('#')).skip(1).collect()
    };
    for list in [rows(SHORT), rows(LONG)] {
        assert!(list.is_sorted());
    }
    let word = |row: &&'static str| row.split('\t').next().unwrap_or_default();
    let short: Vec<&str> = rows(SHORT).iter().map(word).collect();
    let both: Vec<&str> = rows(LONG).iter().map(word).filter(|word| short.contains(word)).collect();
    assert!(both.is_empty(), "{both:?}");
}

proptest! {
    #[test]
    fn the_long_profile_holds_the_short_one(form in "[a-z]{1,6}(-[a-z]{1,6}){0,2}(nya|lah|kah)?") {
        let (short, long) = (stopwords(Profile::Short), stopwords(Profile::Long));
        prop_assert!(!short.is_stop(&form) || long.is_stop(&form));
    }

    #[test]
    fn no_form_panics(form in "\\PC*") {
        stopwords(Profile::Long).is_stop(&form);
    }
}

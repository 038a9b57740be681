//! What holds of every document.

mod support;

use nukil_keywords::Scratch;
use nukil_types::Label;
use proptest::prelude::*;
use support::{document, ranker};

/// Text of words that the ranker has rules for, names, punctuation and anything else.
fn text() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        4 => prop::sample::select(vec![
            "banjir", "rob", "harga", "emas", "hari", "ini", "dan", "di", "Kamis", "2026", "14", "tahun",
            "Esti", "Rahayu", "KPK", "merendam", "Piala", "Dunia", ",", ".", "\n", "%", "Rp",
        ]).prop_map(str::to_string),
        1 => "\\PC{0,6}",
    ];
    prop::collection::vec(word, 0..80).prop_map(|words| words.join(" "))
}

proptest! {
    #[test]
    fn keywords_are_sound(text in text(), n in 0..20_usize) {
        let names = [(Label::Person, "Esti Rahayu|Esti"), (Label::Organisation, "KPK")];
        let mut document = document(&text, &names);
        ranker().rank(&mut document, &mut Scratch::new(), n);
        prop_assert!(document.keywords.len() <= n);
        for pair in document.keywords.windows(2) {
            prop_assert!(pair[0].score >= pair[1].score);
        }
        for keyword in &document.keywords {
            prop_assert!((0.0..=1.0).contains(&keyword.score));
            prop_assert!(keyword.count >= 1);
            prop_assert_eq!(keyword.count, keyword.occurrences.len());
            prop_assert_eq!(keyword.first_start, keyword.occurrences[0].start);
            for pair in keyword.occurrences.windows(2) {
                prop_assert!(pair[0].start < pair[1].start && pair[0].end < pair[1].end);
            }
            prop_assert!(!keyword.text.trim().is_empty());
            prop_assert!(document.text.is_char_boundary(keyword.first_start));
            prop_assert!(keyword.text.chars().any(char::is_alphabetic));
            let same = document.keywords.iter().filter(|other| other.text == keyword.text).count();
            prop_assert_eq!(same, 1);
        }
    }

    #[test]
    fn used_memory_changes_nothing(first in text(), second in text()) {
        let ranker = ranker();
        let mut fresh = document(&second, &[]);
        ranker.rank(&mut fresh, &mut Scratch::new(), 10);
        let mut scratch = Scratch::new();
        ranker.rank(&mut document(&first, &[]), &mut scratch, 10);
        let mut reused = document(&second, &[]);
        ranker.rank(&mut reused, &mut scratch, 10);
        prop_assert_eq!(fresh.keywords, reused.keywords);
    }

    #[test]
    fn fewer_keywords_are_the_first_of_more(text in text(), n in 0..10_usize) {
        let ranker = ranker();
        let mut few = document(&text, &[]);
        let mut many = few.clone();
        ranker.rank(&mut few, &mut Scratch::new(), n);
        ranker.rank(&mut many, &mut Scratch::new(), 20);
        prop_assert_eq!(&few.keywords[..], &many.keywords[..few.keywords.len()]);
    }
}

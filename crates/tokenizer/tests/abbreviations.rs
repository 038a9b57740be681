//! What the list of abbreviations must look like.

use nukil_tokenizer::Tokenizer;

const LIST: &str = include_str!("../../../data/lexicon/abbreviations.tsv");

#[test]
fn the_list_is_sorted() {
    let rows: Vec<&str> = LIST.lines().filter(|line| !line.starts_with('#')).skip(1).collect();
    assert!(rows.len() > 250);
    assert!(rows.is_sorted(), "sorted bytewise by the whole line");
}

#[test]
fn bad_lists_name_the_line() {
    for (list, message) in [
        ("", "abbreviations, line 1: no header"),
        ("# apa\nbentuk\n", "abbreviations, line 2: the header is not `form\\tkind`"),
        ("form\tkind\nDr.\n", "abbreviations, line 2: not two columns"),
        (
            "form\tkind\nDr.\tdalam\n",
            "abbreviations, line 2: the kind is not inner, open or number",
        ),
        ("form\tkind\nDr\tinner\n", "abbreviations, line 2: the form does not end in a full stop"),
        ("form\tkind\n.\tinner\n", "abbreviations, line 2: the form does not end in a full stop"),
        ("form\tkind\nDr.\topen\nDr.\tinner\n", "abbreviations, line 3: the form is listed twice"),
    ] {
        let error = Tokenizer::new(list).expect_err(message);
        assert_eq!(error.to_string(), message);
    }
}

//! Compiling and opening the lexicon: same sources same bytes, and clear errors.

mod lexicon;

use lexicon::{artefact, stemmer};
use nukil_stemmer::{FormatError, Source, Sources, Stemmer, compile};

const EMPTY: Sources<'_> = Sources {
    roots: Source::new("roots.tsv", "root\tcount\tsources\n"),
    own: Source::new("own.tsv", "word\tverdict\treason\n"),
    exceptions: Source::new("exceptions.tsv", "form\tlemma\treason\n"),
    names: Source::new("names.tsv", "name\tcount\n"),
    english: Source::new("english.tsv", "word\tcount\n"),
    variants: Source::new("variants.tsv", "variant\tstandard\n"),
    ambiguous: Source::new("ambiguous.tsv", "form\tlemma\tother\tbefore\tafter\treason\n"),
};

fn opened(bytes: Vec<u8>) -> Option<FormatError> {
    Stemmer::from_bytes(bytes.leak()).err()
}

#[test]
fn the_same_sources_give_the_same_bytes() {
    assert_eq!(compile(&EMPTY), compile(&EMPTY));
    assert_eq!(opened(compile(&EMPTY).unwrap()), None);
}

#[test]
fn the_digest_tells_sources_apart() {
    let digest = |sources: &Sources<'_>| {
        Stemmer::from_bytes(compile(sources).unwrap().leak()).unwrap().source_digest()
    };
    let other = Sources { names: Source::new("names.tsv", "name\tcount\nbekasi\t13\n"), ..EMPTY };
    assert_eq!(digest(&EMPTY), digest(&EMPTY));
    assert_ne!(digest(&EMPTY), stemmer().source_digest());
    assert_ne!(digest(&EMPTY), digest(&other));
}

#[test]
fn foreign_bytes_are_refused() {
    assert_eq!(opened(Vec::new()), Some(FormatError::Foreign));
    assert_eq!(opened(b"PK\x03\x04 something else entirely".to_vec()), Some(FormatError::Foreign));
}

#[test]
fn another_format_is_refused_by_number() {
    let mut bytes = artefact().to_vec();
    bytes[8] = 99;
    assert_eq!(opened(bytes), Some(FormatError::Version { found: 99, expected: 2 }));
}

#[test]
fn an_artefact_cut_short_is_refused() {
    let whole = artefact();
    for length in (8..200).chain((200..whole.len()).step_by(997)) {
        assert_eq!(
            Stemmer::from_bytes(&whole[..length]).err(),
            Some(FormatError::Damaged),
            "{length} bytes"
        );
    }
}

#[test]
fn a_damaged_count_or_string_never_panics() {
    let bytes = compile(&Sources {
        roots: Source::new("roots.tsv", "root\tcount\tsources\ntulis\t90\ts\n"),
        exceptions: Source::new("exceptions.tsv", "form\tlemma\treason\ntapi\ttetapi\tbaku\n"),
        ..EMPTY
    })
    .unwrap();
    let mut refused = 0;
    for at in 20..bytes.len() {
        for value in [0, 1, 0x7F, 0x80, 0xFF] {
            let mut damaged = bytes.clone();
            damaged[at] = value;
            refused += usize::from(opened(damaged).is_some());
        }
    }
    assert!(refused > 0, "some of the damage must show");
}

#[test]
fn a_bad_row_is_named_by_file_and_line() {
    let roots = "# akar kata\nroot\tcount\tsources\ntulis\t90\ts\n";
    let message = |sources: &Sources<'_>| compile(sources).unwrap_err().to_string();
    let with_roots = |text| Sources { roots: Source::new("roots.tsv", text), ..EMPTY };

    assert_eq!(
        message(&with_roots("root\tcount\tsources\ntulis\n")),
        "roots.tsv:2: a field is missing"
    );
    assert_eq!(
        message(&with_roots("root\tcount\tsources\ntulis\tbanyak\ts\n")),
        "roots.tsv:2: the count is no number"
    );
    assert_eq!(
        message(&with_roots("root\tcount\tsources\nTulis\t9\ts\n")),
        "roots.tsv:2: not a lower-case word"
    );
    assert_eq!(
        message(&with_roots("# akar\nroot\tcount\tsources\ntulis\t9\ts\ntulis\t9\tg\n")),
        "roots.tsv:4: the root is listed twice"
    );
    let own = |text| Sources { own: Source::new("own.tsv", text), ..with_roots(roots) };
    assert_eq!(
        message(&own("word\tverdict\treason\ntulis\troot\tlagi\n")),
        "own.tsv:2: roots.tsv holds this root already"
    );
    assert_eq!(
        message(&own("word\tverdict\treason\nbaca\tnot\tbukan\n")),
        "own.tsv:2: roots.tsv does not hold this word"
    );
    assert_eq!(
        message(&own("word\tverdict\treason\nbaca\tmungkin\tragu\n")),
        "own.tsv:2: the verdict is neither root nor not"
    );
    let exceptions = Sources {
        exceptions: Source::new("exceptions.tsv", "form\tlemma\treason\na\tb\tc\na\td\te\n"),
        ..EMPTY
    };
    assert_eq!(message(&exceptions), "exceptions.tsv:3: the form is listed twice");
}

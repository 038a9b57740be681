//! What must hold of any training data, any sentence and any damage to a model.

use nukil_tagger::{
    Clusters, Example, Labels, Model, Scratch, Settings, Signs, Slot, Tagger, compile_clusters,
    train,
};
use nukil_types::artefact::FormatError;
use proptest::prelude::*;

const CLUSTERS: &str = "word\tuse64\tuse256\tuse1000\ttopic64\ttopic256\ttopic1000\tlabel64\n\
                        di\t1\t2\t3\t4\t5\t6\t7\nkata\t7\t8\t9\t10\t11\t12\t13\n";
const WORDS: [&str; 8] = ["kata", "Budi", "di", "Bandung", "KPK", ",", "2019", "é\u{301}"];

fn clusters() -> Vec<u8> {
    compile_clusters(CLUSTERS).unwrap()
}

fn words(numbers: &[usize]) -> Vec<(String, String)> {
    let word = |&number: &usize| WORDS[number % WORDS.len()];
    numbers.iter().map(word).map(|word| (word.to_string(), word.to_lowercase())).collect()
}

fn signs(numbers: &[usize]) -> Vec<Signs> {
    let sign = |&number: &usize| {
        let mut signs = Signs::default();
        signs.set(Slot::Shape, (number % 7) as u8);
        signs.set(Slot::Place, (number * 31 % 256) as u8);
        signs.set(Slot::Writing, (number % 5) as u8);
        signs
    };
    numbers.iter().map(sign).collect()
}

/// Sentences in which "Budi" is a person, "Bandung" and what follows "di" a place.
fn examples() -> Vec<Example> {
    let example = |index: usize| {
        let numbers: Vec<usize> = (0..3 + index % 5).map(|at| (index * 7 + at * 5) % 8).collect();
        let labels = numbers.iter().map(|number| [0, 3, 0, 1, 0, 0, 0, 0][*number]).collect();
        let (words, signs) = (words(&numbers), signs(&numbers));
        Example { words, signs, labels, set: index % 2, document: index, weight: 1.0, copy: false }
    };
    (0..40).map(example).collect()
}

fn model() -> Model {
    let bytes = clusters();
    let labels = Labels::new(["LOC", "PER"].map(String::from));
    let clusters = Clusters::open(&bytes).unwrap();
    train(&labels, &clusters, &examples(), &Settings::default(), &mut |_, _| {})
}

#[test]
fn the_same_examples_give_the_same_bytes_and_they_read_back() {
    let (one, other) = (model(), model());
    assert_eq!(one.to_bytes(), other.to_bytes());
    let bytes = clusters();
    let clusters = Clusters::open(&bytes).unwrap();
    assert_eq!(Model::open(&one.to_bytes(), &clusters).unwrap(), one);
}

#[test]
fn what_is_learned_is_found_again() {
    let bytes = clusters();
    let tagger = Tagger::new(model(), Clusters::open(&bytes).unwrap());
    let numbers = [0, 1, 2, 3];
    let words = words(&numbers);
    let words = words.iter().map(|(surface, folded)| (surface.as_str(), folded.as_str()));
    let mut scratch = Scratch::default();
    assert_eq!(tagger.tag(words, &signs(&numbers), &mut scratch), [0, 3, 0, 1]);
}

#[test]
fn an_empty_sentence_has_no_labels() {
    let bytes = clusters();
    let tagger = Tagger::new(model(), Clusters::open(&bytes).unwrap());
    let mut scratch = Scratch::default();
    assert!(tagger.tag(std::iter::empty::<(&str, &str)>(), &[], &mut scratch).is_empty());
    assert!(tagger.probabilities(&[], &mut scratch).is_empty());
}

#[test]
fn a_damaged_model_is_an_error() {
    let bytes = model().to_bytes();
    let table = clusters();
    let clusters = Clusters::open(&table).unwrap();
    for cut in [0, 3, 19, bytes.len() / 2, bytes.len() - 1] {
        assert!(Model::open(&bytes[..cut], &clusters).is_err(), "cut at {cut}");
    }
    for at in (0..bytes.len()).step_by(41) {
        let mut damaged = bytes.clone();
        damaged[at] ^= 0x10;
        assert!(Model::open(&damaged, &clusters).is_err(), "flipped at {at}");
    }
    let foreign = Model::open(b"%PDF-1.7 and so on", &clusters).unwrap_err();
    assert!(matches!(foreign, FormatError::Foreign { .. }));
    let mut newer = bytes.clone();
    newer[4] += 1;
    assert!(matches!(Model::open(&newer, &clusters), Err(FormatError::Version { .. })));
    let other = compile_clusters(&CLUSTERS.replace("kata", "ujar")).unwrap();
    assert!(Model::open(&bytes, &Clusters::open(&other).unwrap()).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_sentence_gets_valid_labels_and_probabilities(
        sentences in prop::collection::vec(prop::collection::vec("\\PC{0,12}", 0..20), 1..4),
        seed in 0_usize..1000,
    ) {
        let bytes = clusters();
        let tagger = Tagger::new(model(), Clusters::open(&bytes).unwrap());
        let mut scratch = Scratch::default();
        for words in sentences {
            let folded: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
            let numbers: Vec<usize> = (0..words.len()).map(|at| seed + at * 13).collect();
            let pairs = || words.iter().zip(&folded).map(|(word, folded)| (&**word, &**folded));
            let labels = tagger.tag(pairs(), &signs(&numbers), &mut scratch).to_vec();
            prop_assert_eq!(labels.len(), words.len());
            let mut repaired = labels.clone();
            Labels::repair(&mut repaired);
            prop_assert_eq!(&repaired, &labels);
            let names = tagger.labels().stretches(&labels);
            let probabilities = tagger.probabilities(&names, &mut scratch);
            prop_assert_eq!(probabilities.len(), names.len());
            // Scores that were kept give the same.
            let mut kept = Vec::new();
            tagger.keep(&scratch, &mut kept);
            let mut other = Scratch::default();
            tagger.recall(0..words.len(), &kept, &mut other);
            prop_assert_eq!(&tagger.probabilities(&names, &mut other), &probabilities);
            prop_assert!(probabilities.iter().all(|p| (0.0..=1.0 + 1e-9).contains(p)));
            // What a worker remembers of earlier sentences changes nothing.
            let again = tagger.tag(pairs(), &signs(&numbers), &mut Scratch::default()).to_vec();
            prop_assert_eq!(again, labels);
        }
    }
}

//! What the rest of a document says of a token: a name found in one sentence is likely a name in
//! the next (Krishnan and Manning, *An Effective Two-Stage Model for Exploiting Non-Local
//! Dependencies in Named Entity Recognition*, 2006).
//!
//! Every sentence is labelled first as if it stood alone. [`DocumentNames`] collects the names
//! found, and tells each sentence in its [`Signs`] what the other sentences hold of its words:
//! the longest name with the same words ([`Slot::Elsewhere`]), a longer name of which a word is a
//! part ([`Slot::PartElsewhere`]), and words that other sentences write in lower case
//! ([`Slot::LowerElsewhere`]). The sentence is then labelled once more.

use nukil_types::hash::{finish, mix, text};
use rustc_hash::FxHashMap;

use crate::clusters::Clusters;
use crate::labels::{Labels, Stretch};
use crate::signs::{Signs, Slot};
use crate::tagger::{Scratch, Tagger};
use crate::train::{Example, Settings, train};

/// Types that the slots can tell apart.
const KINDS: usize = 7;
/// Most words of a name that is looked for elsewhere.
const LONGEST: usize = 8;
/// Fewest bytes of a word that may stand for a longer name.
const SHORTEST: usize = 3;

/// A word of a sentence, as this module needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Form {
    /// Hash of the folded word.
    pub hash: u64,
    /// Bytes of the folded word.
    pub length: usize,
    /// Whether it is written without a capital.
    pub lower: bool,
}

impl Form {
    /// The form of a word with these signs. A sentence all in lower case says nothing of it.
    pub fn new(surface: &str, folded: &[u8], signs: &Signs) -> Self {
        let lower = signs.get(Slot::Writing) != LOWER && is_lower(surface);
        Form { hash: text(folded), length: folded.len(), lower }
    }
}

/// Whether a word begins with a letter and has no capital.
fn is_lower(surface: &str) -> bool {
    match surface.as_bytes() {
        [b'a'..=b'z', rest @ ..] if rest.is_ascii() => !rest.iter().any(u8::is_ascii_uppercase),
        [b'A'..=b'Z', ..] => false,
        _ => surface.starts_with(char::is_alphabetic) && !surface.contains(char::is_uppercase),
    }
}

/// [`Slot::Writing`] of a sentence without a capital.
const LOWER: u8 = 3;

/// The names of a document, by the hash of their words. Buffers are reused.
#[derive(Clone, Debug, Default)]
pub struct DocumentNames {
    names: FxHashMap<u64, [u16; KINDS]>,
    parts: FxHashMap<u64, [u16; KINDS]>,
    /// The sentence in which a word stands in lower case outside names, or [`SEVERAL`]; of words that
    /// the document has with a capital, too.
    lower: FxHashMap<u64, u32>,
    /// A bit for the hash of every word with a capital.
    capitals: [u64; FILTER],
    /// Words with which some name begins, and the most words of such a name.
    first: FxHashMap<u64, usize>,
}

/// More than one sentence.
const SEVERAL: u32 = u32::MAX;
/// Words of 64 bits in the filter of words with a capital.
const FILTER: usize = 16;

impl DocumentNames {
    /// Begins with a document of these words.
    pub fn begin<'f>(&mut self, forms: impl Iterator<Item = &'f Form>) {
        self.names.clear();
        self.parts.clear();
        self.lower.clear();
        self.first.clear();
        self.capitals = [0; FILTER];
        for form in forms.filter(|form| !form.lower) {
            let (word, bit) = filter_bit(form);
            self.capitals[word] |= bit;
        }
    }

    /// Adds the names of the sentence with this number; sentences come in order.
    pub fn add(&mut self, sentence: usize, forms: &[Form], names: &[Stretch]) {
        self.count(forms, names, |count| *count = count.saturating_add(1));
        let mut rest = 0;
        for name in names.iter().filter(|name| name.kind < KINDS) {
            let longest = self.first.entry(forms[name.start].hash).or_default();
            *longest = (*longest).max((name.end - name.start).min(LONGEST));
            self.lower_case(sentence, &forms[rest..name.start]);
            rest = name.end;
        }
        self.lower_case(sentence, &forms[rest..]);
    }

    fn count(&mut self, forms: &[Form], names: &[Stretch], change: impl Fn(&mut u16)) {
        for name in names.iter().filter(|name| name.kind < KINDS) {
            let words = &forms[name.start..name.end];
            change(&mut self.names.entry(hash(words)).or_default()[name.kind]);
            if words.len() > 1 {
                for word in words.iter().filter(|word| !word.lower && word.length >= SHORTEST) {
                    change(&mut self.parts.entry(word.hash).or_default()[name.kind]);
                }
            }
        }
    }

    fn lower_case(&mut self, sentence: usize, forms: &[Form]) {
        let sentence = sentence as u32;
        for form in forms.iter().filter(|form| form.lower && form.length >= SHORTEST) {
            let (word, bit) = filter_bit(form);
            if self.capitals[word] & bit != 0 {
                let only = self.lower.entry(form.hash).or_insert(sentence);
                if *only != sentence {
                    *only = SEVERAL;
                }
            }
        }
    }

    /// Tells the sentence with this number what the others hold of its words; all were added with
    /// these forms and `names`. Says whether that is news: whether whole names elsewhere are other
    /// than the `names` that the sentence has already, or a word of a name elsewhere is in none of
    /// them.
    pub fn tell(
        &mut self,
        sentence: usize,
        forms: &[Form],
        names: &[Stretch],
        signs: &mut [Signs],
    ) -> bool {
        if forms.iter().all(|form| form.lower) {
            return false;
        }
        // A sentence does not hear of itself.
        self.count(forms, names, |count| *count = count.saturating_sub(1));
        let news = self.tell_of_others(sentence as u32, forms, names, signs);
        self.count(forms, names, |count| *count = count.saturating_add(1));
        news
    }

    fn tell_of_others(
        &self,
        sentence: u32,
        forms: &[Form],
        names: &[Stretch],
        signs: &mut [Signs],
    ) -> bool {
        let mut news = false;
        let mut own = names.iter().peekable();
        let mut until = 0;
        for (at, form) in forms.iter().enumerate() {
            while own.next_if(|name| name.end <= at).is_some() {}
            let inside = own.peek().filter(|name| name.start <= at);
            if form.lower {
                continue;
            }
            if self.lower.get(&form.hash).is_some_and(|&only| only != sentence) {
                signs[at].set(Slot::LowerElsewhere, 1);
            }
            if let Some(kind) = self.parts.get(&form.hash).and_then(most) {
                signs[at].set(Slot::PartElsewhere, 1 + kind as u8);
                news |= inside.is_none();
            }
            if at < until {
                continue;
            }
            let Some(&longest) = self.first.get(&form.hash) else { continue };
            let ends = (at + 1..=forms.len().min(at + longest)).rev();
            let found = ends.filter_map(|end| Some((end, self.names.get(&hash(&forms[at..end]))?)));
            let found = found.filter_map(|(end, counts)| Some((end, most(counts)?))).next();
            if let Some((end, kind)) = found {
                until = end;
                for (index, signs) in signs[at..end].iter_mut().enumerate() {
                    signs.set(Slot::Elsewhere, 1 + 2 * kind as u8 + u8::from(index > 0));
                }
                news |=
                    inside.is_none_or(|name| (name.start, name.end, name.kind) != (at, end, kind));
            }
        }
        news
    }
}

/// Labels the sentences of a document as if each stood alone and tells every sentence, in its
/// signs, what the others hold. Says which sentences that is news to.
pub fn tell_document(
    tagger: &Tagger<'_>,
    sentences: &mut [Example],
    scratch: &mut Scratch,
) -> Vec<bool> {
    let mut found: Vec<(Vec<Form>, Vec<Stretch>)> = Vec::with_capacity(sentences.len());
    for sentence in sentences.iter() {
        let labels = tagger.tag(sentence.pairs(), &sentence.signs, scratch);
        let stretches = tagger.labels().stretches(labels);
        let forms = sentence
            .words
            .iter()
            .zip(&sentence.signs)
            .map(|((surface, folded), signs)| Form::new(surface, folded.as_bytes(), signs))
            .collect();
        found.push((forms, stretches));
    }
    let mut names = DocumentNames::default();
    names.begin(found.iter().flat_map(|(forms, _)| forms));
    for (number, (forms, stretches)) in found.iter().enumerate() {
        names.add(number, forms, stretches);
    }
    let told = sentences.iter_mut().zip(&found).enumerate();
    told.map(|(number, (sentence, (forms, stretches)))| {
        names.tell(number, forms, stretches, &mut sentence.signs)
    })
    .collect()
}

/// Parts into which documents are dealt; what a part is told comes from a model of the others.
const FOLDS: usize = 2;
/// Of so many documents one is told nothing, so that a model learns to do without.
const UNTOLD: usize = 4;
/// Iterations of the models that tell.
const ITERATIONS: usize = 60;

/// Tells the sentences of documents what the other sentences hold, as marked by a model that was
/// trained without these documents. A model trained on them would mark nearly every name right,
/// which no model does on new text. Only documents of set 0 are told, and no copies.
pub fn tell_examples(
    labels: &Labels,
    clusters: &Clusters<'_>,
    examples: &mut [Example],
    settings: &Settings,
) {
    let same = |one: &Example, other: &Example| {
        (one.set, one.document, one.copy) == (other.set, other.document, other.copy)
    };
    let told = |example: &Example| example.set == 0 && !example.copy;
    let settings = Settings { iterations: ITERATIONS, ..settings.clone() };
    let mut scratch = Scratch::default();
    let untold = examples.to_vec();
    for fold in 0..FOLDS {
        let learned: Vec<Example> = untold
            .iter()
            .filter(|it| !it.copy && (!told(it) || it.document % FOLDS != fold))
            .cloned()
            .collect();
        let model = train(labels, clusters, &learned, &settings, &mut |_, _| {});
        let tagger = Tagger::new(model, clusters.clone());
        for document in examples.chunk_by_mut(same) {
            let first = &document[0];
            let silent = (first.document / FOLDS).is_multiple_of(UNTOLD);
            if told(first) && first.document % FOLDS == fold && !silent {
                tell_document(&tagger, document, &mut scratch);
            }
        }
    }
}

fn filter_bit(form: &Form) -> (usize, u64) {
    (form.hash as usize / 64 % FILTER, 1 << (form.hash % 64))
}

fn hash(words: &[Form]) -> u64 {
    finish(words.iter().fold(words.len() as u64, |hash, word| mix(hash, word.hash)))
}

/// The type counted most often; of equals the first.
fn most(counts: &[u16; KINDS]) -> Option<usize> {
    let (kind, &count) = counts.iter().enumerate().rev().max_by_key(|&(_, &count)| count)?;
    (count > 0).then_some(kind)
}

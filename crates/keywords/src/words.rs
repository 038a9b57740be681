//! The distinct words of a document: how often it has them, and what form they have.

use nukil_types::{Document, Token, TokenKind};

use crate::background::Background;
use crate::exclude::{Role, Roles};
use crate::hash;
use crate::scratch::{Family, NONE, Scratch, Word};

/// Longest phrase of a headline beside the text that is looked for in the text, in words.
const MAX_TITLE_PHRASE: usize = 12;
/// Longest number inside a candidate, in bytes: a year or a model, not an amount.
const MAX_NUMBER: usize = 4;

/// What is asked of a token apart from its word, side by side with those of its neighbours.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mark {
    /// How it is written.
    pub shape: Shape,
    pub kind: TokenKind,
    /// Whether it is a function word.
    pub stop: bool,
    /// Whether it is a number too long for a candidate.
    pub amount: bool,
}

impl Scratch {
    /// Gives the first `tokens` tokens of the document their words.
    pub(crate) fn read_words(
        &mut self,
        document: &Document,
        background: &Background,
        roles: &Roles,
        tokens: usize,
    ) {
        self.intern(document, tokens);
        self.read_forms(document, background, roles);
        let word = |folded| self.by_hash.get(&hash::word(folded)).copied();
        self.today = word("hari").zip(word("ini"));
        self.mark_headline(document);
        self.find_families(document.title_span.is_some());
    }

    /// Gives every token its word.
    fn intern(&mut self, document: &Document, tokens: usize) {
        self.by_hash.clear();
        self.words.clear();
        self.first_of.clear();
        self.word_of.clear();
        self.marks.clear();
        for token in &document.tokens[..tokens] {
            let surface = document.surface(token);
            self.marks.push(Mark {
                shape: Shape::of(surface),
                kind: token.kind,
                stop: token.stop,
                amount: token.kind == TokenKind::Number && surface.len() > MAX_NUMBER,
            });
            if !matches!(token.kind, TokenKind::Word | TokenKind::Number) {
                self.word_of.push(NONE);
                continue;
            }
            let hash = hash::word(document.folded(token));
            let next = self.words.len() as u32;
            let index = *self.by_hash.entry(hash).or_insert(next);
            if index == next {
                self.first_of.push(self.word_of.len() as u32);
                self.words.push(Word { hash, ..Word::default() });
            }
            self.words[index as usize].count += 1;
            self.word_of.push(index);
        }
    }

    /// Finds for every word what its form says, and what the background knows of it.
    fn read_forms(&mut self, document: &Document, background: &Background, roles: &Roles) {
        let mut batch = std::mem::take(&mut self.batch);
        batch.hashes.clear();
        batch.hashes.extend(self.words.iter().map(|word| word.hash));
        let rare = background.rare_word();
        background.find_all(&mut batch, |at, usage| self.words[at].usage = usage.unwrap_or(rare));
        batch.hashes.clear();
        self.asked.clear();
        for (number, (word, &first)) in self.words.iter_mut().zip(&self.first_of).enumerate() {
            let token = &document.tokens[first as usize];
            word.read_form(document, token, background, roles);
            if word.is_root() {
                batch.hashes.push(hash::prefixed("di", document.folded(token)));
                self.asked.push(number as u32);
            }
        }
        background.find_all(&mut batch, |at, passive| {
            let Some(passive) = passive else { return };
            let word = &mut self.words[self.asked[at] as usize];
            word.verbal = (word.usage.idf - passive.idf).exp().min(1.0) as f32;
        });
        self.batch = batch;
    }

    /// Marks the words of the headline, whether it stands in the text or came beside it.
    fn mark_headline(&mut self, document: &Document) {
        for sentence in document.sentences.iter().filter(|sentence| sentence.headline) {
            for &word in self.word_of.get(sentence.tokens.clone()).unwrap_or_default() {
                if let Some(word) = self.words.get_mut(word as usize) {
                    word.headline += 1;
                }
            }
        }
        self.title_phrases.clear();
        let (Some(title), None) = (&document.title, document.title_span) else { return };
        title_phrases(title, |hash, words| {
            if let (1, Some(&index)) = (words, self.by_hash.get(&hash)) {
                self.words[index as usize].headline += 1;
            }
            self.title_phrases.insert(hash);
        });
    }

    /// Counts the families of words, and finds the verbs of the headline, which Indonesian headlines
    /// write without their prefix ("Banjir Rendam Rumah Warga"): roots that the body has as verbs.
    fn find_families(&mut self, headline_in_text: bool) {
        self.lemmas.clear();
        self.families.clear();
        for word in &mut self.words {
            let next = self.families.len() as u32;
            let number = *self.lemmas.entry(word.lemma).or_insert(next);
            if number == next {
                self.families.push(Family::default());
            }
            let family = &mut self.families[number as usize];
            family.count += word.count;
            family.verb |= word.active || word.passive;
            // Its number for now, as the count is not known yet.
            word.family = number;
        }
        for word in &mut self.words {
            word.family = self.families[word.family as usize].count;
            if headline_in_text && word.headline >= word.count {
                let of_root = self.lemmas.get(&word.hash);
                word.active |= of_root.is_some_and(|&number| self.families[number as usize].verb);
            }
        }
    }
}

impl Word {
    /// Fills in what the first token of the word says; its usage must be known.
    fn read_form(
        &mut self,
        document: &Document,
        token: &Token,
        background: &Background,
        roles: &Roles,
    ) {
        let folded = document.folded(token);
        let known = self.usage.known;
        self.role = if !known && is_glued(document.surface(token), folded, background) {
            Role::Glued
        } else {
            roles.of(self.hash, folded)
        };
        // Nothing was taken off: it has the form of no verb.
        if token.lemma == token.folded {
            self.lemma = self.hash;
            return;
        }
        let lemma = document.lemma(token);
        self.lemma = hash::word(lemma);
        let common = self.usage.capital <= 0.5;
        self.active = common && (is_verb(folded, lemma, &["me"]) || is_causative(folded, lemma));
        self.passive = common && is_verb(folded, lemma, &["di"]);
        self.verb = is_verb(folded, lemma, &["me", "di", "ber", "ter"]);
        self.possessed = folded.ends_with("nya") && !lemma.ends_with("nya");
    }

    /// Whether it may be the root of a verb: a word that is no name, and its own lemma.
    fn is_root(&self) -> bool {
        self.lemma == self.hash && self.usage.capital <= 0.5
    }
}

/// Calls `visit` with the hash of every word and every phrase of a headline that does not stand in
/// the text, and with how many words it has.
pub(crate) fn title_phrases(title: &str, mut visit: impl FnMut(u64, usize)) {
    let folded = title.to_lowercase();
    let inside = |character: char| character.is_alphanumeric() || character == '-';
    for run in folded.split(|character: char| !inside(character) && character != ' ') {
        let words: Vec<u64> = run.split_whitespace().map(hash::word).collect();
        for (start, &first) in words.iter().enumerate() {
            let mut phrase = first;
            visit(phrase, 1);
            for (more, &next) in words[start + 1..].iter().take(MAX_TITLE_PHRASE - 1).enumerate() {
                phrase = hash::extend(phrase, next);
                visit(phrase, more + 2);
            }
        }
    }
}

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Two capitals or more, no small letter: `KPK`, `B50`.
    Capitals,
    /// First letter a capital.
    Capitalised,
    /// Anything else, numbers included.
    Lower,
}

impl Shape {
    pub(crate) fn of(surface: &str) -> Shape {
        // Most words begin with a small letter of ASCII, and that is all there is to see.
        if surface.as_bytes().first().is_some_and(u8::is_ascii_lowercase) {
            return Shape::Lower;
        }
        let mut letters = surface.chars().filter(|character| character.is_alphabetic());
        match letters.next() {
            Some(first) if first.is_uppercase() => {
                let mut any = false;
                let all = letters.all(|letter| {
                    any = true;
                    letter.is_uppercase()
                });
                let digits = surface.bytes().any(|byte| byte.is_ascii_digit());
                if all && (any || digits) { Shape::Capitals } else { Shape::Capitalised }
            }
            _ => Shape::Lower,
        }
    }
}

/// Whether a word has the form of a verb: one of the prefixes, which the stemmer took off (so not
/// "media", "diskon").
fn is_verb(folded: &str, lemma: &str, prefixes: &[&str]) -> bool {
    let prefixed = prefixes.iter().any(|prefix| folded.starts_with(prefix));
    prefixed && lemma.len() + 1 < folded.len() && !lemma.is_empty() && !folded.starts_with(lemma)
}

/// Function words that no name begins or ends with.
const GLUE: &[&str] = &[
    "adalah", "apakah", "dengan", "karena", "kepada", "sebagai", "segera", "seperti", "terhadap",
    "tersebut", "untuk",
];

/// Whether a word that the news at large does not know is two that a page has run together, at a link
/// or a change of type: "kepadaRepublika", "OpenAImenjalin", "Indonesiasegera". So are two with
/// a full stop and no space between them: "2020.DKI".
fn is_glued(surface: &str, folded: &str, background: &Background) -> bool {
    let usual = |part: &str| {
        let usage = background.word(hash::word(part));
        usage.known && usage.capital < 0.5
    };
    let small = |character: char| character.is_lowercase();
    if let Some((before, after)) = surface.split_once('.')
        && before.ends_with(|character: char| small(character) || character.is_numeric())
        && after.starts_with(char::is_uppercase)
    {
        return true;
    }
    let head = surface.find(|character: char| !small(character)).unwrap_or(surface.len());
    let (before, after) = surface.split_at(head);
    if before.len() >= 3 && after.starts_with(char::is_uppercase) && usual(before) {
        return true;
    }
    // An active verb behind something else: it has seven letters or more ("menjadi").
    let verb_behind = folded
        .match_indices("me")
        .any(|(at, _)| at >= 3 && folded.len() - at >= 7 && usual(&folded[at..]));
    let run_on = |word: &str| {
        let rest = folded.strip_prefix(word).or_else(|| folded.strip_suffix(word));
        rest.is_some_and(|rest| rest.len() >= 4)
    };
    verb_behind || GLUE.iter().any(|word| run_on(word))
}

/// Whether a word is a root with `-kan`: a verb without its prefix ("wujudkan", "berikan").
fn is_causative(folded: &str, lemma: &str) -> bool {
    folded.strip_suffix("kan") == Some(lemma) && !lemma.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes() {
        assert_eq!(Shape::of("KPK"), Shape::Capitals);
        assert_eq!(Shape::of("B50"), Shape::Capitals);
        assert_eq!(Shape::of("Jakarta"), Shape::Capitalised);
        assert_eq!(Shape::of("A"), Shape::Capitalised);
        assert_eq!(Shape::of("emas"), Shape::Lower);
        assert_eq!(Shape::of("2026"), Shape::Lower);
    }

    #[test]
    fn verbs_by_their_form() {
        let verb = |folded, lemma| is_verb(folded, lemma, &["me", "di"]);
        assert!(verb("memperpanjang", "panjang"));
        assert!(verb("dibuka", "buka"));
        assert!(is_causative("wujudkan", "wujud"));
        assert!(!is_causative("masukan", "masuk"));
        assert!(!verb("media", "media"));
        assert!(!verb("diskon", "diskon"));
        assert!(!verb("perpanjangan", "panjang"));
    }
}

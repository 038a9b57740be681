//! The distinct words of a document: how often it has them, and what form they have.

use nukil_types::{Document, FormKey, Span, Token};

use crate::background::{Background, Entry, Usage};
use crate::exclude::{Role, Roles};
use crate::hash;
use crate::marks::Mark;
use crate::memory::Known;
use crate::scratch::{Family, NONE, Scratch, Word};

/// Longest phrase of a headline beside the text that is looked for in the text, in words.
const MAX_TITLE_PHRASE: usize = 12;
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
        self.recall(document, background);
        self.look_up_fresh(document, background, roles);
        for (word, &first) in self.words.iter_mut().zip(&self.first_of) {
            word.read_form(document, &document.tokens[first as usize], background);
        }
        self.mark_headline(document);
        self.find_families(document);
        self.mark_words(document, tokens);
    }

    /// Gives the marks of the tokens what their words say.
    fn mark_words(&mut self, document: &Document, tokens: usize) {
        self.of_words.clear();
        self.of_words.extend(self.words.iter().map(Mark::of_word));
        for (mark, &word) in self.marks.iter_mut().zip(&self.word_of) {
            *mark |= self.of_words.get(word as usize).copied().unwrap_or_default();
        }
        // The capital of the first word of a sentence says something where the news at large gives it.
        let first = document.sentences.iter().map(|sentence| sentence.tokens.start);
        for first in first.filter(|&first| first < tokens) {
            if self.word(first).is_some_and(|word| word.usage.capital <= 0.5) {
                self.marks[first] = self.marks[first].without(Mark::CAPITAL);
            }
        }
        let Some((hari, ini)) = self.number("hari").zip(self.number("ini")) else { return };
        for (mark, pair) in self.marks.iter_mut().zip(self.word_of.windows(2)) {
            *mark |= Mark::TODAY.when(*pair == [hari, ini]);
        }
    }

    /// Gives every token its word.
    fn intern(&mut self, document: &Document, tokens: usize) {
        self.numbers.reset(tokens);
        self.long.clear();
        self.word_of.clear();
        self.word_of.resize(tokens, NONE);
        self.marks.clear();
        self.marks.resize(tokens, Mark::default());
        self.counts.clear();
        self.counts.resize(tokens, 0);
        self.first_of.resize(tokens, 0);
        let mut next = 0;
        let places = self.marks.iter_mut().zip(&mut self.word_of);
        for ((at, token), (mark, word)) in document.tokens.iter().enumerate().zip(places) {
            *mark = Mark::of(document, token);
            if !mark.has(Mark::WORD | Mark::NUMBER) {
                continue;
            }
            let number = match key(document, token.folded) {
                Some(key) => self.numbers.get_or_insert(key, next),
                None => *self.long.entry(hash::word(document.folded(token))).or_insert(next),
            };
            // No branch: half of the words are new, which nobody can foretell.
            self.first_of[next as usize] = at as u32;
            next += u32::from(number == next);
            self.counts[number as usize] += 1;
            *word = number;
        }
        self.first_of.truncate(next as usize);
    }

    /// Gives the words what is remembered of them; those of which nothing is are fresh.
    fn recall(&mut self, document: &Document, background: &Background) {
        self.memory.begin(background);
        self.keys.clear();
        self.keys.extend(self.first_of.iter().map(|&first| {
            let key = key(document, document.tokens[first as usize].folded);
            key.inspect(|&key| self.memory.touch(key))
        }));
        self.fresh.clear();
        self.words.clear();
        let rare = background.rare_word();
        let seen = self.first_of.iter().zip(&self.counts);
        let words =
            self.keys.iter().zip(seen).enumerate().map(|(number, (&key, (&first, &count)))| {
                match key.and_then(|key| self.memory.get(key)) {
                    Some(Known { hash, entry, role, verbal }) => {
                        let usage = entry.map_or(rare, Usage::from);
                        Word { hash, role, usage, count, verbal, ..Word::default() }
                    }
                    None => {
                        self.fresh.push(number as u32);
                        let hash = hash::word(document.folded(&document.tokens[first as usize]));
                        Word { hash, count, ..Word::default() }
                    }
                }
            });
        self.words.extend(words);
    }

    /// Asks the background for the words that no earlier document had, and remembers what it says.
    fn look_up_fresh(&mut self, document: &Document, background: &Background, roles: &Roles) {
        let token = |first: u32| &document.tokens[first as usize];
        let mut batch = std::mem::take(&mut self.batch);
        batch.hashes.clear();
        batch.hashes.extend(self.fresh.iter().map(|&word| self.words[word as usize].hash));
        let rare = background.rare_word();
        self.entries.clear();
        background.find_all(&mut batch, |at, entry| {
            self.words[self.fresh[at] as usize].usage = entry.map_or(rare, Usage::from);
            self.entries.push(entry);
        });
        batch.hashes.clear();
        self.asked.clear();
        for &number in &self.fresh {
            let word = &mut self.words[number as usize];
            let folded = document.folded(token(self.first_of[number as usize]));
            let run_on = !word.usage.known && is_run_on(folded, background);
            word.role = if run_on { Role::Glued } else { roles.of(word.hash, folded) };
            if word.usage.capital <= 0.5 {
                batch.hashes.push(hash::prefixed("di", folded));
                self.asked.push(number);
            }
        }
        background.find_all(&mut batch, |at, passive| {
            let Some(passive) = passive.map(Entry::idf) else { return };
            let word = &mut self.words[self.asked[at] as usize];
            word.verbal = (word.usage.idf - passive).exp().min(1.0) as f32;
        });
        for (&number, &entry) in self.fresh.iter().zip(&self.entries) {
            let Word { hash, role, verbal, .. } = self.words[number as usize];
            if let Some(key) = self.keys[number as usize] {
                self.memory.insert(key, Known { hash, entry, role, verbal });
            }
        }
        self.batch = batch;
    }

    /// The number of the word that has this form.
    fn number(&self, folded: &str) -> Option<u32> {
        self.number_of(FormKey::of_form(folded), folded)
    }

    /// The same where its key is known.
    fn number_of(&self, key: Option<FormKey>, folded: &str) -> Option<u32> {
        match key {
            Some(key) => self.numbers.get(key),
            None => self.long.get(&hash::word(folded)).copied(),
        }
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
        let title = title.to_lowercase();
        for run in title_runs(&title) {
            let mut title_run = std::mem::take(&mut self.title_run);
            title_run.clear();
            title_run.extend(run.split_whitespace().map(|word| self.number(word)));
            for (start, first) in title_run.iter().enumerate() {
                let Some(first) = *first else { continue };
                self.words[first as usize].headline += 1;
                // Phrases with a word that the text lacks are not in the text.
                let words =
                    title_run[start..].iter().take(MAX_TITLE_PHRASE).map_while(|word| *word);
                let mut phrase = 0;
                for (at, word) in words.enumerate() {
                    let hash = self.words[word as usize].hash;
                    phrase = if at == 0 { hash } else { hash::extend(phrase, hash) };
                    self.title_phrases.insert(phrase);
                }
            }
            self.title_run = title_run;
        }
    }

    /// Counts the families of words, and finds the verbs of the headline, which Indonesian headlines
    /// write without their prefix ("Banjir Rendam Rumah Warga"): roots that the body has as verbs.
    fn find_families(&mut self, document: &Document) {
        self.lemmas.clear();
        self.families.clear();
        // Most words are their own lemmas; they have the family of their number.
        self.families.resize(self.words.len(), Family::default());
        for at in 0..self.words.len() {
            let number = match self.words[at] {
                Word { hash, lemma, .. } if lemma == hash => at as u32,
                Word { lemma, .. } => {
                    let token = &document.tokens[self.first_of[at] as usize];
                    let key = key(document, token.lemma);
                    let root = self.number_of(key, document.lemma(token)).filter(|&root| {
                        let root = &self.words[root as usize];
                        root.lemma == root.hash
                    });
                    root.unwrap_or_else(|| *self.lemmas.entry(lemma).or_insert(at as u32))
                }
            };
            // Its number for now, as the count is not known yet.
            let word = &mut self.words[at];
            word.family = number;
            let family = &mut self.families[number as usize];
            family.count += word.count;
            family.verb |= word.active || word.passive;
        }
        let headline_in_text = document.title_span.is_some();
        for (at, word) in self.words.iter_mut().enumerate() {
            word.family = self.families[word.family as usize].count;
            if headline_in_text && word.headline >= word.count {
                let of_root = match word.lemma == word.hash {
                    true => Some(at),
                    false => self.lemmas.get(&word.hash).map(|&number| number as usize),
                };
                word.active |= of_root.is_some_and(|number| self.families[number].verb);
            }
        }
    }
}

/// The key of a folded form or a lemma.
#[inline]
fn key(document: &Document, form: Span) -> Option<FormKey> {
    FormKey::of(&document.forms.as_bytes()[form.start..], form.len())
}

impl Word {
    /// Fills in what the first token of the word says; what is known of it elsewhere must be there.
    fn read_form(&mut self, document: &Document, token: &Token, background: &Background) {
        if !self.usage.known && is_glued(document.surface(token), background) {
            self.role = Role::Glued;
        }
        // Nothing was taken off: it has the form of no verb.
        if token.lemma == token.folded {
            self.lemma = self.hash;
            return;
        }
        let (folded, lemma) = (document.folded(token), document.lemma(token));
        self.lemma = hash::word(lemma);
        if self.lemma != self.hash {
            self.verbal = 0.0;
        }
        let common = self.usage.capital <= 0.5;
        let prefix = verb_prefix(folded, lemma);
        self.active = common && (prefix == Some("me") || is_causative(folded, lemma));
        self.passive = common && prefix == Some("di");
        self.verb = prefix.is_some();
        self.possessed = folded.ends_with("nya") && !lemma.ends_with("nya");
    }
}

/// Calls `visit` with the hash of every word and every phrase of a headline that does not stand in
/// the text, and with whether it is a phrase.
pub(crate) fn title_phrases(title: &str, mut visit: impl FnMut(u64, bool)) {
    for run in title_runs(&title.to_lowercase()) {
        let words: Vec<u64> = run.split_whitespace().map(hash::word).collect();
        for (start, &first) in words.iter().enumerate() {
            let mut phrase = first;
            visit(phrase, false);
            for &next in words[start + 1..].iter().take(MAX_TITLE_PHRASE - 1) {
                phrase = hash::extend(phrase, next);
                visit(phrase, true);
            }
        }
    }
}

/// The runs of words of a headline in lower case, between which something else than spaces stands.
fn title_runs(folded: &str) -> impl Iterator<Item = &str> {
    let inside = |character: char| character.is_alphanumeric() || character == '-';
    folded.split(move |character: char| !inside(character) && character != ' ')
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
    #[inline]
    pub(crate) fn of(surface: &str) -> Shape {
        // That of nearly all words is told by their first two letters.
        match surface.as_bytes() {
            [b'a'..=b'z', ..] => Shape::Lower,
            [b'A'..=b'Z', b'a'..=b'z', ..] => Shape::Capitalised,
            _ => Shape::of_all(surface),
        }
    }

    fn of_all(surface: &str) -> Shape {
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

/// The prefix that gives a word the form of a verb, which the stemmer took off (so not that of
/// "media", "diskon").
fn verb_prefix(folded: &str, lemma: &str) -> Option<&'static str> {
    let prefix = match folded.as_bytes() {
        [b'm', b'e', ..] => "me",
        [b'd', b'i', ..] => "di",
        [b'b', b'e', b'r', ..] => "ber",
        [b't', b'e', b'r', ..] => "ter",
        _ => return None,
    };
    let taken = lemma.len() + 1 < folded.len() && !lemma.is_empty() && !folded.starts_with(lemma);
    taken.then_some(prefix)
}

/// Function words that no name begins or ends with.
const GLUE: &[&str] = &[
    "adalah", "apakah", "dengan", "karena", "kepada", "sebagai", "segera", "seperti", "terhadap",
    "tersebut", "untuk",
];

/// Whether a word that the news at large does not know is two that a page has run together, at a link
/// or a change of type, which shows in how it is written: "kepadaRepublika". So are two with
/// a full stop and no space between them: "2020.DKI".
fn is_glued(surface: &str, background: &Background) -> bool {
    let small = |character: char| character.is_lowercase();
    if let Some((before, after)) = surface.split_once('.')
        && before.ends_with(|character: char| small(character) || character.is_numeric())
        && after.starts_with(char::is_uppercase)
    {
        return true;
    }
    let head = surface.find(|character: char| !small(character)).unwrap_or(surface.len());
    let (before, after) = surface.split_at(head);
    before.len() >= 3 && after.starts_with(char::is_uppercase) && is_usual(before, background)
}

/// Most letters of a verb ("mempertanggungjawabkannya" has 25).
const LONGEST_VERB: usize = 40;

/// Whether such a word is two by its letters alone: "OpenAImenjalin", "Indonesiasegera".
fn is_run_on(folded: &str, background: &Background) -> bool {
    // An active verb behind something else: it has seven letters or more ("menjadi"), and no more than
    // the longest of the language.
    let verb_behind = folded.match_indices("me").any(|(at, _)| {
        at >= 3
            && (7..=LONGEST_VERB).contains(&(folded.len() - at))
            && is_usual(&folded[at..], background)
    });
    let run_on = |word: &str| {
        let rest = folded.strip_prefix(word).or_else(|| folded.strip_suffix(word));
        rest.is_some_and(|rest| rest.len() >= 4)
    };
    verb_behind || GLUE.iter().any(|word| run_on(word))
}

/// Whether the news at large has a word, and mostly in lower case.
fn is_usual(word: &str, background: &Background) -> bool {
    let usage = background.word(hash::word(word));
    usage.known && usage.capital < 0.5
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
        let verb = |folded, lemma| verb_prefix(folded, lemma).is_some();
        assert!(verb("memperpanjang", "panjang"));
        assert!(verb("dibuka", "buka"));
        assert!(is_causative("wujudkan", "wujud"));
        assert!(!is_causative("masukan", "masuk"));
        assert!(!verb("media", "media"));
        assert!(!verb("diskon", "diskon"));
        assert!(!verb("perpanjangan", "panjang"));
    }
}

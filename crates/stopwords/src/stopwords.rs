//! The set of stop words, and the marks.

use nukil_types::{Document, TokenKind};
use rustc_hash::FxHashMap;

use crate::beginnings::Beginnings;
use crate::list::{ListError, words};

/// Clitics and particles that may follow a stop word.
const CLITICS: [&str; 6] = ["nya", "lah", "kah", "pun", "ku", "mu"];

/// The last two bytes of each.
const ENDS: [[u8; 2]; CLITICS.len()] = {
    let mut ends = [[0; 2]; CLITICS.len()];
    let mut at = 0;
    while at < CLITICS.len() {
        let clitic = CLITICS[at].as_bytes();
        ends[at] = [clitic[clitic.len() - 2], clitic[clitic.len() - 1]];
        at += 1;
    }
    ends
};

/// A possessive and a particle may follow one another: dirinyalah.
const MOST_CLITICS: usize = 2;

/// Bytes of the shortest word that a clitic may follow; shorter ones meet content words by
/// chance (suku is no su + -ku).
const SHORTEST_HOST: usize = 3;

/// How much counts as a stop word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Profile {
    /// Function words proper (the default).
    #[default]
    Short,
    /// Besides these, colloquial forms, verbs of reporting, words of news pages and of time,
    /// light verbs and fillers.
    Long,
}

/// The stop words of a profile, with the user's additions and removals.
pub struct Stopwords {
    /// Whether the word is a stop word; `false` shuts out what clitics would make of it.
    words: FxHashMap<String, bool>,
    beginnings: Beginnings,
}

impl Stopwords {
    /// The words of `profile`, from the texts of the two lists: `short` for both profiles, `long`
    /// for [`Profile::Long`] in addition. A list has comment lines with `#`, a header line, then
    /// a lower-case word, a tab and its kind on each line.
    ///
    /// # Errors
    /// When a line of either list is malformed, whichever the profile.
    pub fn new(profile: Profile, short: &str, long: &str) -> Result<Self, ListError> {
        let mut stopwords =
            Stopwords { words: FxHashMap::default(), beginnings: Beginnings::default() };
        for row in words("short", short) {
            let (word, stop) = row?;
            stopwords.insert(word.to_string(), stop);
        }
        for row in words("long", long) {
            let (word, stop) = row?;
            if profile == Profile::Long {
                stopwords.insert(word.to_string(), stop);
            }
        }
        Ok(stopwords)
    }

    /// Makes these words stop words too, in whatever case they are given.
    pub fn add<S: AsRef<str>>(&mut self, words: &[S]) {
        self.set(words, true);
    }

    /// Lets these words be none, in whatever case they are given; also not as a listed word with a
    /// clitic.
    pub fn remove<S: AsRef<str>>(&mut self, words: &[S]) {
        self.set(words, false);
    }

    fn set<S: AsRef<str>>(&mut self, words: &[S], stop: bool) {
        for word in words {
            self.insert(word.as_ref().trim().to_lowercase(), stop);
        }
    }

    fn insert(&mut self, word: String, stop: bool) {
        if stop {
            self.beginnings.insert(&word);
        }
        self.words.insert(word, stop);
    }

    /// What the lists say of a form.
    fn get(&self, form: &str) -> Option<bool> {
        self.words.get(form).copied()
    }

    /// Whether a lower-cased form is a stop word.
    pub fn is_stop(&self, folded: &str) -> bool {
        // With clitics or parts behind it, it still begins with a stop word.
        if !self.beginnings.may_hold(folded) {
            return false;
        }
        match self.get(folded) {
            Some(stop) => stop,
            None if folded.bytes().any(|byte| byte == b'-') => folded.split('-').all(|part| {
                self.get(part).unwrap_or_else(|| self.with_clitics(part, MOST_CLITICS))
            }),
            None => self.with_clitics(folded, MOST_CLITICS),
        }
    }

    /// Whether the form, which no list has, is a stop word with up to so many clitics.
    fn with_clitics(&self, form: &str, clitics: usize) -> bool {
        let with_fewer = |host: &str| {
            let fewer = clitics - 1;
            self.get(host).unwrap_or_else(|| fewer > 0 && self.with_clitics(host, fewer))
        };
        // Rules nearly all words out.
        let may = form.as_bytes().last_chunk().is_some_and(|end| ENDS.contains(end));
        may && CLITICS
            .iter()
            .filter_map(|clitic| form.strip_suffix(clitic))
            .any(|host| host.len() >= SHORTEST_HOST && with_fewer(host))
    }

    /// Sets [`Token::stop`](nukil_types::Token::stop) of every token of the document.
    pub fn mark(&self, document: &mut Document) {
        let forms = &document.forms;
        for token in &mut document.tokens {
            token.stop = token.kind == TokenKind::Word
                && self.is_stop(&forms[token.folded.start..token.folded.end]);
        }
    }
}

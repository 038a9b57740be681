use nukil_types::{Document, Language};
use whatlang::{Lang, Script};

use crate::codes;
use crate::votes::{LANGUAGES, Tally, Votes, VotesError};

/// Names the language of texts.
///
/// Holds the table of votes and nothing of any text, so one serves all threads.
#[derive(Clone, Debug)]
pub struct Detector {
    votes: Votes,
}

/// How much of a document is looked at, in characters; more does not change the answer.
const DOCUMENT: usize = 4_000;

/// How much of a text whatlang is shown, in characters.
const SHOWN: usize = 1_000;

/// Share of voting words from which the vote alone decides. Running text of a language listed has
/// 25 to 50 of 100; the few words that another language happens to share stay below 10.
const DECISIVE: f64 = 0.12;

/// Place of Indonesian in [`LANGUAGES`].
const INDONESIAN: usize = 0;

impl Detector {
    /// A detector with the votes of `votes_tsv`: lines that begin with `#` are comments, then a
    /// header `word`, `language`, `weight`, then a row a word, columns separated by tabs. Languages
    /// are `id`, `ms`, `en`, `jv`, `su` and `min`, joined by `|` where they share the word; a word
    /// that begins with a hyphen is an ending.
    ///
    /// # Errors
    /// When a line does not read so, with its number.
    pub fn new(votes_tsv: &str) -> Result<Self, VotesError> {
        Ok(Detector { votes: Votes::parse(votes_tsv)? })
    }

    /// The language of `text` as an ISO 639 code, `und` where there is nothing to judge by, and a
    /// confidence from 0 to 1.
    ///
    /// A text without a single telling word, too short for statistics, counts as Indonesian with
    /// low confidence: this program reads Indonesian news.
    pub fn detect(&self, text: &str) -> Language {
        let (tally, words) = self.votes.count(text);
        if words == 0 {
            return language("und", 0.0);
        }
        let best = best(&tally);
        let share = f64::from(tally[best]) / f64::from(words);
        if share >= DECISIVE && tally[best] > 1 {
            return language(LANGUAGES[best], confidence(&tally, best));
        }
        let shown = text.char_indices().nth(SHOWN).map_or(text, |(end, _)| &text[..end]);
        let Some(info) = whatlang::detect(shown) else { return language("und", 0.0) };
        // Its Indonesian is Malay as well, its Javanese is what it calls Indonesian headlines.
        let voted = matches!(info.lang(), Lang::Ind | Lang::Jav | Lang::Eng | Lang::Tgl);
        if info.script() != Script::Latin || info.is_reliable() && !voted {
            return language(codes::iso639(info.lang()), info.confidence());
        }
        if tally[best] > 0 {
            return language(
                LANGUAGES[best],
                confidence(&tally, best) * (share / DECISIVE).min(1.0),
            );
        }
        match info.lang() {
            Lang::Eng | Lang::Tgl if info.is_reliable() => {
                language(codes::iso639(info.lang()), info.confidence())
            }
            _ => language(LANGUAGES[INDONESIAN], 0.25),
        }
    }

    /// Sets the language of `document` by its prose (the headline, where there is no prose).
    pub fn identify(&self, document: &mut Document) {
        let mut prose = String::new();
        let mut room = DOCUMENT;
        for span in &document.body {
            let piece = document.text.get(span.start..span.end).unwrap_or_default();
            let taken = piece.char_indices().nth(room).map_or(piece, |(end, _)| &piece[..end]);
            prose.push_str(taken);
            prose.push('\n');
            room = room.saturating_sub(taken.chars().count());
            if room == 0 {
                break;
            }
        }
        let headline = document.title.as_deref().unwrap_or_default();
        let found = match prose.trim().is_empty() {
            true => self.detect(headline),
            false => self.detect(&prose),
        };
        document.language = Some(found);
    }
}

fn language(code: &str, confidence: f64) -> Language {
    Language { code: code.to_string(), confidence: confidence.clamp(0.0, 1.0) }
}

/// The language with most votes, the earlier of equals.
fn best(tally: &Tally) -> usize {
    (1..tally.len()).fold(INDONESIAN, |best, at| if tally[at] > tally[best] { at } else { best })
}

/// How sure the vote for `best` is: one half when another language has as many votes, towards one
/// as its lead grows.
fn confidence(tally: &Tally, best: usize) -> f64 {
    let rival = (0..tally.len()).filter(|&at| at != best).map(|at| tally[at]).max().unwrap_or(0);
    let lead = f64::from(tally[best] - rival);
    0.5 + 0.5 * lead / (lead + 2.0)
}

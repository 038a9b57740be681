use nukil_types::{Document, Language, Passage, Span};
use whatlang::{Lang, Script};

use crate::TableError;
use crate::codes;
use crate::count::{Count, count};
use crate::evidence::WEIGHED;
use crate::votes::LANGUAGES;
use crate::words::Words;

/// Names the language of texts.
///
/// Holds the tables of words and nothing of any text, so one serves all threads.
#[derive(Clone, Debug)]
pub struct Detector {
    words: Words,
}

/// How much of a text whatlang is shown, in characters.
const SHOWN: usize = 1_000;

/// Share of voting words from which the vote alone decides. Running text of a language listed has
/// 25 to 50 of 100; the few words that another language happens to share stay below 10.
const DECISIVE: f64 = 0.12;

/// Place of Indonesian in [`LANGUAGES`].
const INDONESIAN: usize = 0;

/// The lead of costs, in tenths of a natural logarithm, that counts as one in the confidence. Words
/// of a sentence are not independent: on sentences that the table was not learned from, a lead of
/// 20 was right 3 times of 4, one of 45 at 87 of 100, one of 90 at 98.
const BELIEVED: f64 = 20.0;

/// A paragraph in another language than its document has at least so many words,
const PASSAGE_WORDS: u32 = 8;
/// and so much speaks against the document's language in it: among Indonesian, Malay and English
/// in tenths of a natural logarithm,
const PASSAGE_LEAD: u32 = 120;
/// for any other language the share of votes.
const PASSAGE_SHARE: f64 = 0.2;

impl Detector {
    /// A detector with the votes of `votes_tsv` and the evidence of `words_tsv`. Of both, lines
    /// that begin with `#` are comments, then comes a header, then a row a word, columns separated
    /// by tabs.
    ///
    /// Votes: `word`, `language`, `weight`. Languages are `id`, `ms`, `en`, `jv`, `su` and `min`,
    /// joined by `|` where they share the word; a word that begins with a hyphen is an ending.
    /// Evidence: `word`, `id`, `ms`, `en`: how much the word speaks against each, in tenths of a
    /// natural logarithm.
    ///
    /// # Errors
    /// When a line does not read so, with its number.
    pub fn new(votes_tsv: &str, words_tsv: &str) -> Result<Self, TableError> {
        Ok(Detector { words: Words::parse(votes_tsv, words_tsv)? })
    }

    /// The language of `text` as an ISO 639 code, `und` where there is nothing to judge by, and a
    /// confidence from 0 to 1.
    ///
    /// A text without a single telling word, too short for statistics, counts as Indonesian with
    /// low confidence: this program reads Indonesian news.
    pub fn detect(&self, text: &str) -> Language {
        self.decide(&count(text, &self.words), text)
    }

    /// The language of `text`, of which `count` is known.
    fn decide(&self, count: &Count, text: &str) -> Language {
        if count.words == 0 {
            return language("und", 0.0);
        }
        let best = count.most_votes();
        let share = count.share(best);
        if share >= DECISIVE && count.tally[best] > 1 {
            return voted(count, best);
        }
        let shown = text.char_indices().nth(SHOWN).map_or(text, |(end, _)| &text[..end]);
        let Some(info) = whatlang::detect(shown) else { return language("und", 0.0) };
        // Its Indonesian is Malay as well, its Javanese is what it calls Indonesian headlines.
        let ours = matches!(info.lang(), Lang::Ind | Lang::Jav | Lang::Eng | Lang::Tgl);
        if info.script() != Script::Latin || info.is_reliable() && !ours {
            return language(codes::iso639(info.lang()), info.confidence());
        }
        if count.tally[best] > 0 || count.costs != [0; WEIGHED] {
            let Language { code, confidence } = voted(count, best);
            return Language { code, confidence: confidence * (share / DECISIVE).clamp(0.5, 1.0) };
        }
        match info.lang() {
            Lang::Eng | Lang::Tgl if info.is_reliable() => {
                language(codes::iso639(info.lang()), info.confidence())
            }
            _ => language(LANGUAGES[INDONESIAN], 0.25),
        }
    }

    /// Sets the language of `document` by its prose (the headline, where there is no prose), and
    /// its passages, where paragraphs of it are in other languages.
    pub fn identify(&self, document: &mut Document) {
        let text = document.text.as_str();
        let mut paragraphs = Vec::new();
        let mut whole = Count::default();
        for span in &document.body {
            let mut start = span.start;
            for line in text.get(span.start..span.end).unwrap_or_default().split_inclusive('\n') {
                let paragraph = Span::new(start, start + line.trim_end().len());
                start += line.len();
                let count = count(line, &self.words);
                whole.add(&count);
                if count.words > 0 {
                    paragraphs.push((paragraph, count));
                }
            }
        }
        if paragraphs.is_empty() {
            document.language = Some(self.detect(document.title.as_deref().unwrap_or_default()));
            document.passages.clear();
            return;
        }
        // What whatlang may be shown, should the words not tell.
        let prose = paragraphs[0].0.start..paragraphs[paragraphs.len() - 1].0.end;
        let main = self.decide(&whole, &text[prose]);
        document.passages = self.passages(text, &main, &paragraphs);
        document.language = Some(main);
    }

    /// The runs of paragraphs in one language; none where all are in the language `main`.
    fn passages(&self, text: &str, main: &Language, paragraphs: &[(Span, Count)]) -> Vec<Passage> {
        let mut passages: Vec<Passage> = Vec::new();
        let other =
            |(span, count): &(Span, Count)| self.other(&text[span.start..span.end], main, count);
        // Nearly all documents are in one language; there nothing is written down.
        let Some(first) = paragraphs.iter().position(|paragraph| other(paragraph).is_some()) else {
            return passages;
        };
        for (at, paragraph) in paragraphs.iter().enumerate() {
            let span = &paragraph.0;
            let found = if at < first { None } else { other(paragraph) };
            let found = found.unwrap_or_else(|| main.clone());
            match passages.last_mut() {
                Some(last) if last.language.code == found.code => {
                    last.span.end = span.end;
                    last.language.confidence = last.language.confidence.max(found.confidence);
                }
                _ => passages.push(Passage { span: *span, language: found }),
            }
        }
        passages
    }

    /// The language of a paragraph, if it is clearly not `main`.
    fn other(&self, paragraph: &str, main: &Language, count: &Count) -> Option<Language> {
        if count.words < PASSAGE_WORDS {
            return None;
        }
        let at = LANGUAGES.iter().position(|&known| known == main.code);
        let best = count.most_votes();
        if let Some(at) = at.filter(|&at| at < WEIGHED) {
            let (least, _) = count.least_cost();
            // Few words that vote: a list of names, or a language of which we know none.
            if count.costs[at].saturating_sub(count.costs[least]) >= PASSAGE_LEAD
                && count.share(least) >= DECISIVE
            {
                return Some(voted(count, least));
            }
            if best < WEIGHED && count.share(best) >= DECISIVE {
                return None;
            }
        }
        // Only whatlang can tell a language without a word in the tables, and it is slow.
        if best == INDONESIAN && count.known * 3 > count.words {
            return None;
        }
        let found = self.decide(count, paragraph);
        let clear = match LANGUAGES.iter().position(|&known| known == found.code) {
            Some(other) => {
                let own = at.map_or(0.0, |at| count.share(at));
                count.share(other) >= own + PASSAGE_SHARE
            }
            None => found.code != "und" && found.confidence >= 0.9,
        };
        (clear && found.code != main.code).then_some(found)
    }
}

/// The language that `count` speaks for, `best` having most votes. Among Indonesian, Malay and
/// English, which share most of their voting words, all words of running text decide.
fn voted(count: &Count, best: usize) -> Language {
    if best >= WEIGHED {
        let others = (0..LANGUAGES.len()).filter(|&at| at != best).map(|at| count.tally[at]);
        let lead = f64::from(count.tally[best] - others.max().unwrap_or(0));
        return language(LANGUAGES[best], 0.5 + 0.5 * lead / (lead + 2.0));
    }
    let (least, lead) = count.least_cost();
    language(LANGUAGES[least], 1.0 / (1.0 + (-f64::from(lead) / BELIEVED).exp()))
}

fn language(code: &str, confidence: f64) -> Language {
    Language { code: code.to_string(), confidence: confidence.clamp(0.0, 1.0) }
}

//! The ranker: from a document to its keywords.

use nukil_types::Document;
use nukil_types::artefact::FormatError;
use nukil_types::facts::FactsError;

use crate::background::Background;
use crate::builder;
use crate::context::{self, AGAIN, SECOND};
use crate::exclude::Roles;
use crate::features::{Extractor, Feature, Features, Logarithms, Scale};
use crate::forest::Forest;
use crate::habits::Habits;
use crate::hash;
use crate::scratch::{Candidate, Scratch};
use crate::select;
use crate::tables;
use crate::weights::Weights;

/// Why a ranker could not be built.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RankerError {
    /// The background is none, or one of another version.
    #[error("background frequencies: {0}")]
    Background(#[from] FormatError),
    /// The table of weights has a bad line.
    #[error("weights of keywords: {0}")]
    Weights(#[source] FactsError),
    /// The tables of habits and trees are none, or of another version.
    #[error("tables of keywords: {0}")]
    Tables(#[source] FormatError),
}

/// How the evidence is weighed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Method {
    /// By weights that were learned from the tags of news editors.
    #[default]
    Learned,
    /// By weights set by hand ([`Weights::statistical`]), for texts that are no news.
    Statistical,
}

/// Ranks the phrases of documents. Built once, shared by all workers.
#[derive(Clone, Debug)]
pub struct Ranker {
    background: Background,
    corpus: Option<Background>,
    roles: Roles,
    weights: Weights,
    forest: Forest,
    habits: Habits,
    logarithms: Logarithms,
}

impl Ranker {
    /// A ranker over a background made by [`crate::background::compile`], with a table of weights
    /// ([`Weights::parse`]).
    ///
    /// # Errors
    /// [`RankerError`] when the bytes are no such background, or the table has a bad line.
    pub fn new(background: &'static [u8], weights: &str) -> Result<Self, RankerError> {
        let weights = Weights::parse(weights).map_err(RankerError::Weights)?;
        let background = Background::open(background)?;
        let (roles, logarithms) = (Roles::new(), Logarithms::new());
        let (forest, habits) = (Forest::default(), Habits::default());
        Ok(Ranker { background, corpus: None, roles, weights, forest, habits, logarithms })
    }

    /// The same ranker with what editors choose and with trees, which were learned together with its
    /// weights and compiled by [`tables::compile`].
    ///
    /// # Errors
    /// [`RankerError`] when the bytes are no such tables.
    pub fn with_tables(self, tables: &'static [u8]) -> Result<Self, RankerError> {
        let (habits, forest) = tables::open(tables).map_err(RankerError::Tables)?;
        Ok(self.with_habits(habits).with_forest(forest))
    }

    /// The same ranker with what editors choose, which its weights may ask for.
    #[must_use]
    pub fn with_habits(mut self, habits: Habits) -> Self {
        self.habits = habits;
        self
    }

    /// The same ranker with trees that rank the best candidates once more.
    #[must_use]
    pub fn with_forest(mut self, forest: Forest) -> Self {
        self.forest = forest;
        self
    }

    /// The same ranker with the weights of `method`, where these are other than the table it was
    /// built with.
    #[must_use]
    pub fn with_method(self, method: Method) -> Self {
        match method {
            Method::Learned => self,
            Method::Statistical => {
                self.with_weights(Weights::statistical()).with_forest(Forest::default())
            }
        }
    }

    /// The same ranker with another background, such as one of a user's own collection.
    #[must_use]
    pub fn with_background(mut self, background: Background) -> Self {
        self.background = background;
        self
    }

    /// The same ranker for the documents of one corpus, whose background is `corpus`: a phrase
    /// counts the less, the more of these documents hold it. Its score is multiplied by its inverse
    /// document frequency in the corpus over the greatest possible, which is TF-IDF with the score
    /// in the place of the frequency.
    #[must_use]
    pub fn with_corpus(mut self, corpus: Background) -> Self {
        self.corpus = Some(corpus);
        self
    }

    /// The same ranker with other weights, such as [`Weights::statistical`].
    #[must_use]
    pub fn with_weights(mut self, weights: Weights) -> Self {
        self.weights = weights;
        self
    }

    /// Fills [`Document::keywords`] with at most `n` keywords, best first. Keywords of one score
    /// stand in the order of their first occurrence, then of their text.
    ///
    /// Wants the document's sentences, tokens (with stop marks and lemmas), mentions and entities;
    /// without entities it ranks common phrases only.
    pub fn rank(&self, document: &mut Document, scratch: &mut Scratch, n: usize) {
        document.keywords.clear();
        let scale = self.score(document, scratch);
        self.rank_again(document, scratch, scale);
        self.finish(scratch);
        select::choose(document, scratch, n);
        let keywords = scratch.chosen.iter().map(|&index| {
            let ranked = scratch.ranking.iter().find(|&&(_, ranked)| ranked == index);
            let score = ranked.map_or(0.0, |&(score, _)| score);
            select::keyword(document, scratch, &self.background, index, score)
        });
        document.keywords = keywords.collect();
        select::find_occurrences(document, scratch);
    }

    /// The evidence for every candidate of `document`, for learning weights and for looking into
    /// a ranking: calls `visit` with the candidate in lower case and its features.
    pub fn evidence(
        &self,
        document: &Document,
        scratch: &mut Scratch,
        mut visit: impl FnMut(&str, &Features),
    ) {
        scratch.collect(document, &self.background, &self.roles);
        let extractor = self.extractor(document, scratch, Scale::of(scratch));
        let (mut phrase, mut features) = (String::new(), [0.0; Feature::ALL.len()]);
        for (_, candidate, usage) in scratch.live() {
            phrase.clear();
            folded(document, candidate, &mut phrase);
            extractor.fill(candidate, usage, |feature, value| features[feature as usize] = value);
            visit(&phrase, &features);
        }
    }

    /// The evidence of the second ranking for the best candidates of `document`: calls `visit` with
    /// each in lower case and its row.
    pub fn second_evidence(
        &self,
        document: &Document,
        scratch: &mut Scratch,
        mut visit: impl FnMut(&str, &[f32; SECOND]),
    ) {
        let scale = self.score(document, scratch);
        let (best, evidence) = self.gather_again(document, scratch, scale);
        let mut phrase = String::new();
        for (at, &(_, index)) in scratch.ranking[..best].iter().enumerate() {
            phrase.clear();
            folded(document, &scratch.candidates[index as usize], &mut phrase);
            visit(&phrase, &evidence.each_ref().map(|row| row[at]));
        }
    }

    /// Sorts the best candidates to the front and gathers the evidence for their second ranking: how
    /// many they are, and a row a feature.
    fn gather_again(
        &self,
        document: &Document,
        scratch: &mut Scratch,
        scale: Scale,
    ) -> (usize, [[f32; AGAIN]; SECOND]) {
        let mut ranking = std::mem::take(&mut scratch.ranking);
        let best = select::sort_best(document, scratch, &mut ranking);
        let mut evidence = [[0.0; AGAIN]; SECOND];
        let extractor = self.extractor(document, scratch, scale);
        for (at, &(_, index)) in ranking[..best].iter().enumerate() {
            let place = scratch.live.partition_point(|&live| live < index);
            let (candidate, usage) = (&scratch.candidates[index as usize], &scratch.usages[place]);
            extractor.fill(candidate, usage, |feature, value| {
                evidence[feature as usize][at] = value as f32;
            });
            extractor.fill_habits(candidate, |context, value| {
                evidence[Feature::ALL.len() + context as usize][at] = value;
            });
        }
        context::fill(document, scratch, &ranking[..best], |at, context, value| {
            evidence[Feature::ALL.len() + context as usize][at] = value;
        });
        scratch.ranking = ranking;
        (best, evidence)
    }

    /// Ranks the best candidates once more, by the trees. The others keep their order and come behind.
    fn rank_again(&self, document: &Document, scratch: &mut Scratch, scale: Scale) {
        if self.forest.trees.is_empty() {
            return;
        }
        let (best, evidence) = self.gather_again(document, scratch, scale);
        let scores = self.forest.scores(&evidence);
        let (again, rest) = scratch.ranking.split_at_mut(best);
        let mut least = f64::MAX;
        for ((score, _), sum) in again.iter_mut().zip(scores) {
            *score = f64::from(sum);
            least = score.min(least);
        }
        let most = rest.iter().fold(f64::MIN, |most, &(score, _)| most.max(score));
        let shift = (least - most).min(0.0);
        for (score, _) in rest {
            *score += shift;
        }
    }

    /// Makes the sums scores from 0 to 1, and multiplies them by what sets the candidates apart in the
    /// corpus.
    fn finish(&self, scratch: &mut Scratch) {
        let mut ranking = std::mem::take(&mut scratch.ranking);
        for (score, index) in &mut ranking {
            *score = 1.0 / (1.0 + (-*score).exp());
            if let Some(corpus) = &self.corpus {
                let candidate = &scratch.candidates[*index as usize];
                *score *= corpus.distinction(counted_phrase(scratch, candidate));
            }
        }
        scratch.ranking = ranking;
    }

    fn extractor<'a>(
        &'a self,
        document: &'a Document,
        scratch: &'a Scratch,
        scale: Scale,
    ) -> Extractor<'a> {
        let (logarithms, habits) = (&self.logarithms, &self.habits);
        Extractor { document, scratch, logarithms, habits, scale }
    }

    /// Collects the candidates and gives them their sums of weighted evidence.
    fn score(&self, document: &Document, scratch: &mut Scratch) -> Scale {
        scratch.collect(document, &self.background, &self.roles);
        let mut ranking = std::mem::take(&mut scratch.ranking);
        ranking.clear();
        let scale = Scale::of(scratch);
        let extractor = self.extractor(document, scratch, scale);
        let mut evidence = [[0.0; LANES]; Feature::ALL.len()];
        let mut live = scratch.live().filter(|(_, candidate, _)| !candidate.is_half());
        loop {
            let first = ranking.len();
            for (lane, (index, candidate, usage)) in (0..LANES).zip(&mut live) {
                extractor.fill(candidate, usage, |feature, value| {
                    evidence[feature as usize][lane] = value;
                });
                ranking.push((0.0, index));
            }
            let ranked = &mut ranking[first..];
            for ((score, _), sum) in ranked.iter_mut().zip(self.weights.sums(&evidence)) {
                *score = sum;
            }
            if ranked.len() < LANES {
                break;
            }
        }
        drop(live);
        scratch.ranking = ranking;
        scale
    }
}

/// Candidates that are scored together.
const LANES: usize = 4;

/// The hash under which a background counts a candidate: its own or, for a longer name than are
/// counted, that of its beginning.
fn counted_phrase(scratch: &Scratch, candidate: &Candidate) -> u64 {
    if candidate.length as usize <= builder::MAX_TOKENS {
        return candidate.hash;
    }
    let mut words = scratch.words_of(candidate).take(builder::MAX_TOKENS).map(|word| word.hash);
    let first = words.next().unwrap_or_default();
    words.fold(first, hash::extend)
}

/// Appends the lower-cased words of a candidate, a space between them.
fn folded(document: &Document, candidate: &Candidate, phrase: &mut String) {
    let first = candidate.first as usize;
    for token in &document.tokens[first..first + candidate.length as usize] {
        if !phrase.is_empty() {
            phrase.push(' ');
        }
        phrase.push_str(document.folded(token));
    }
}

//! Why a document has the mentions and entities that it has.
//!
//! [`EntityFinder::explain`] does what [`EntityFinder::find`] does and looks again, afterwards, at
//! what decided: the way of every other document does not pass here.

use nukil_gazetteer::{Cue, Entry, Part};
use nukil_tagger::{Signs, Stretch};
use nukil_types::{Document, Label, Mention, Span};
use rustc_hash::FxHashMap;

use crate::link::Join;
use crate::places::{ReadingScore, Readings};
use crate::view::Views;
use crate::{Draft, EntityFinder, Scratch};

/// Words that the longest cue has.
const LONGEST_CUE: usize = 8;

/// What speaks for one mention and for its entity.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence<'g> {
    /// The tagger's probability that exactly these tokens are a name, label by label; empty where
    /// no tagger is used.
    pub probabilities: Vec<(Label, f64)>,
    /// The cue words in the name and beside it, in text order.
    pub clues: Vec<Clue>,
    /// What the gazetteer knows by this name with this label, the best reading first.
    pub readings: Vec<Reading<'g>>,
    /// Why it belongs to its entity.
    pub join: Join,
}

/// A cue word or phrase that a name contains or touches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clue {
    /// What it is.
    pub kind: ClueKind,
    /// Where it stands.
    pub span: Span,
}

/// What a cue is to a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClueKind {
    /// Presiden, Kombes, Pak: before a name, or behind it and a comma.
    Title,
    /// S.H. behind a name.
    Degree,
    /// kata, mengatakan, dilansir
    SpeechVerb,
    /// di, menuju
    PlaceCue,
    /// Universitas, Jalan
    Head,
}

impl ClueKind {
    /// A name for messages.
    pub fn as_str(self) -> &'static str {
        match self {
            ClueKind::Title => "title",
            ClueKind::Degree => "degree",
            ClueKind::SpeechVerb => "verb",
            ClueKind::PlaceCue => "place cue",
            ClueKind::Head => "head of a name",
        }
    }
}

/// Something for which a name may stand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reading<'g> {
    /// What it is.
    pub entry: Entry<'g>,
    /// What speaks for it.
    pub score: ReadingScore,
}

impl<'g> EntityFinder<'g> {
    /// As [`EntityFinder::find`]; tells of each of `document.mentions` what speaks for it.
    pub fn explain(&self, document: &mut Document, scratch: &mut Scratch) -> Vec<Evidence<'g>> {
        let mut draft = std::mem::take(&mut scratch.draft);
        self.look_up(document, &mut draft, scratch);
        self.decide(document, &mut draft, scratch);
        let mut joins = FxHashMap::default();
        self.join(document, &draft, |mention, join| _ = joins.insert(mention, join));
        self.quote(document, &draft, scratch);
        let probabilities = self.probabilities(document, &draft.signs, &mut scratch.decide.tagger);
        let Draft { views, names, .. } = &draft;
        let readings = Readings::new(document, views, &self.gazetteer, names, self.places.as_ref());
        let mentions = document.mentions.iter().enumerate().zip(probabilities);
        let evidence = mentions.map(|((number, mention), probabilities)| {
            let mut known = Vec::new();
            readings.each(number, |id, score| {
                known.push(Reading { entry: self.gazetteer.entry(id), score });
            });
            // Stable: of readings as good as each other the first is taken.
            known.sort_by(|one, other| other.score.total().total_cmp(&one.score.total()));
            Evidence {
                probabilities,
                clues: clues(document, views, mention),
                readings: known,
                join: joins[&number],
            }
        });
        let evidence = evidence.collect();
        scratch.draft = draft;
        evidence
    }

    /// Of every mention the probability of each label.
    fn probabilities(
        &self,
        document: &Document,
        signs: &[Signs],
        scratch: &mut nukil_tagger::Scratch,
    ) -> Vec<Vec<(Label, f64)>> {
        let Some(tagger) = &self.tagger else {
            return vec![Vec::new(); document.mentions.len()];
        };
        let mut weighed = usize::MAX;
        let mut probabilities = Vec::with_capacity(document.mentions.len());
        for mention in &document.mentions {
            let sentence = document.sentences[mention.sentence].tokens.clone();
            if weighed != mention.sentence {
                weighed = mention.sentence;
                let words = document.tokens[sentence.clone()].iter();
                let words = words.map(|token| (document.surface(token), document.folded(token)));
                tagger.tag(words, &signs[sentence.clone()], scratch);
                tagger.weigh(0..sentence.len(), 0..sentence.len(), scratch);
            }
            let kinds = tagger.labels().types().iter().enumerate();
            let of_kind = kinds.map(|(kind, name)| {
                let start = mention.tokens.start - sentence.start;
                let end = mention.tokens.end - sentence.start;
                let stretch = Stretch { start, end, kind };
                (Label::parse(name), tagger.probability(&stretch, scratch))
            });
            probabilities.push(of_kind.collect());
        }
        probabilities
    }
}

/// The cues that end where a mention begins, begin where it does, or begin where it ends or
/// behind a comma there.
fn clues(document: &Document, views: &Views, mention: &Mention) -> Vec<Clue> {
    let sentence = &document.sentences[mention.sentence].tokens;
    let (start, end) = (mention.tokens.start, mention.tokens.end);
    let mut clues: Vec<Clue> = Vec::new();
    let mut add = |kind: ClueKind, at: usize, length: usize| {
        let span = document.span_of(at..at + length);
        // Of a title and its last word, which is one as well, the longer stands first.
        let inside = |known: &Clue| known.kind == kind && known.span.end >= span.end;
        if !clues.iter().any(|known| inside(known) && known.span.start <= span.start) {
            clues.push(Clue { kind, span });
        }
    };
    for at in sentence.start.max(start.saturating_sub(LONGEST_CUE))..start {
        for hit in views.cues(at).iter().filter(|hit| at + hit.length == start) {
            match hit.cue {
                Cue::Title { kind, .. } if kind != nukil_gazetteer::TitleKind::DegreeAfter => {
                    add(ClueKind::Title, at, hit.length);
                }
                Cue::SpeechVerb(_) => add(ClueKind::SpeechVerb, at, hit.length),
                Cue::PlaceCue { .. } => add(ClueKind::PlaceCue, at, hit.length),
                Cue::Head { part: Part::Outside, .. } => add(ClueKind::Head, at, hit.length),
                _ => {}
            }
        }
    }
    if let Some((length, _)) = views.head(start, Part::Inside).filter(|&(n, _)| n <= end - start) {
        add(ClueKind::Head, start, length);
    }
    if let Some((length, _)) = views.verb(end).filter(|_| end < sentence.end) {
        add(ClueKind::SpeechVerb, end, length);
    }
    let comma = end + 1 < sentence.end && document.surface(&document.tokens[end]) == ",";
    if comma {
        if let Some((length, _)) = views.title(end + 1) {
            add(ClueKind::Title, end + 1, length);
        } else if views.degree(end + 1) {
            add(ClueKind::Degree, end + 1, 1);
        }
    }
    clues
}

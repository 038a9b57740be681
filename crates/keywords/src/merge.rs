//! Which candidates are worth a look: not those with too little behind them, and one for each
//! entity.

use nukil_types::{Document, Label};

use crate::hash;
use crate::scratch::{Candidate, NONE, Scratch};

/// A phrase that occurs once must stand in the headline, be all that a link says, or stand this near
/// the beginning of the body (in sentences) to be a candidate.
pub(crate) const LEAD_SENTENCES: u32 = 4;

impl Scratch {
    /// Forgets the phrases that have too little for them to be worth a look, and measures the others.
    pub(crate) fn drop_weak(&mut self, document: &Document) {
        self.live.clear();
        for (index, candidate) in self.candidates.iter_mut().enumerate() {
            let told = candidate.headline > 0 || candidate.exact > 0 || candidate.link >= 1.0;
            let once = candidate.count == 1 && !told;
            let late = candidate.lead >= LEAD_SENTENCES;
            let loose = candidate.stops > 0 || candidate.holding > 0;
            let weak = once && candidate.length > 1 && (late || loose);
            candidate.merged = weak || candidate.cutting == candidate.count;
            if !candidate.merged {
                let first = candidate.first as usize;
                let last = first + candidate.length as usize - 1;
                let surface = document.tokens[first].span.start..document.tokens[last].span.end;
                // Those of ASCII are as many as its bytes.
                let count = match document.text.as_bytes()[surface.clone()].is_ascii() {
                    true => surface.len(),
                    false => document.text[surface].chars().count(),
                };
                candidate.characters = count as u32;
                self.live.push(index as u32);
            }
        }
    }

    /// Finds for each candidate how often it stands in a longer one.
    pub(crate) fn find_nesting(&mut self) {
        for &index in &self.live {
            let outer = self.candidates[index as usize];
            if outer.length == 1 {
                continue;
            }
            let tokens = outer.first as usize..(outer.first + outer.length) as usize;
            for start in tokens.clone() {
                let mut phrase = 0;
                for end in start + 1..=tokens.end {
                    let number = self.word_of[end - 1] as usize;
                    let Some(word) = self.words.get(number) else { break };
                    let inner = if end == start + 1 {
                        phrase = word.hash;
                        Some(self.alone[number]).filter(|&inner| inner != NONE)
                    } else {
                        phrase = hash::extend(phrase, word.hash);
                        let whole = end - start == tokens.len();
                        if whole { None } else { self.phrases.get(&phrase).copied() }
                    };
                    if let Some(inner) = inner {
                        let inner = &mut self.candidates[inner as usize];
                        inner.within = inner.within.max(outer.count);
                    }
                }
            }
        }
    }

    /// Leaves one candidate for each entity: the full name of a person, and of anything else
    /// the commonest form, if no form of more words or of the headline is nearly as common. The others lend it their occurrences.
    pub(crate) fn merge_names(&mut self, document: &Document) {
        self.representatives.clear();
        self.representatives.resize(document.entities.len(), NONE);
        for &index in &self.live {
            let candidate = &mut self.candidates[index as usize];
            if !candidate.is_name() {
                continue;
            }
            let Some(entity) = document.entities.get(candidate.entity as usize) else { continue };
            candidate.person = entity.label == Label::Person;
            let rank = |candidate: &Candidate| match entity.label {
                Label::Person => (candidate.characters, candidate.own),
                // A form of more words says more, and the headline has what the article calls it.
                _ => {
                    let fuller =
                        u32::from(candidate.length > 1) + u32::from(candidate.headline > 0);
                    (2 * candidate.exact + 3 * fuller, candidate.characters)
                }
            };
            let ours = rank(candidate);
            let held = &mut self.representatives[candidate.entity as usize];
            if *held == NONE || ours > rank(&self.candidates[*held as usize]) {
                *held = index;
            }
        }
        for &index in &self.live {
            let given = self.candidates[index as usize];
            let kept = self.representatives.get(given.entity as usize).copied().unwrap_or(NONE);
            if given.is_name() && kept != NONE && kept != index {
                self.candidates[index as usize].merged = true;
                self.candidates[index as usize].lent_to = kept;
                lend(&mut self.candidates[kept as usize], &given);
            }
        }
        self.live.retain(|&index| !self.candidates[index as usize].merged);
    }
}

/// Adds what was seen of `given` to `kept`.
fn lend(kept: &mut Candidate, given: &Candidate) {
    kept.exact += given.exact;
    kept.count += given.count;
    kept.headline += given.headline;
    kept.lead = kept.lead.min(given.lead);
    kept.sentences += given.sentences;
    kept.earliest = kept.earliest.min(given.earliest);
    kept.last = kept.last.max(given.last);
    kept.capital += given.capital;
    kept.lower += given.lower;
    kept.acronym += given.acronym;
    kept.link = kept.link.max(given.link);
}

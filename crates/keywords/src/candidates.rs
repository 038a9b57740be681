//! The phrases of a document that could be keywords, and what was seen of each.
//!
//! A candidate is a run of one to four tokens inside a sentence, with no punctuation in it, that
//! begins with a word and ends with a word or a short number, neither of them a function word.
//! Indonesian noun phrases put the head first and the rest behind it ("harga emas hari ini",
//! "kualifikasi Piala Dunia 2026"), so every such run is a possible one and the evidence decides.
//! A name is a candidate whatever its length, and what cuts a name in two is none. Words that
//! [`crate::exclude`] lists may not stand at its edge, or not in it at all.

use std::ops::Range;

use nukil_types::{Document, Label, Sentence, TokenKind};

use crate::background::{Background, Entry, Usage};
use crate::exclude::Roles;
use crate::hash;
use crate::marks::Mark;
use crate::merge::LEAD_SENTENCES;
use crate::scratch::{Candidate, NONE, Occurrence, Scratch};

/// Longest candidate that is no name, in tokens.
const MAX_TOKENS: usize = 4;
/// Longest name that is a candidate, in tokens.
const MAX_NAME_TOKENS: usize = 12;
/// Tokens that are looked at. What a document is about shows long before; a file that holds a
/// whole year in one document must not take the memory with it.
const MAX_DOCUMENT_TOKENS: usize = 60_000;

/// A word is bound to its neighbour where more than half of the articles with it have the pair:
/// where the pair is rarer by less than this, in natural logarithms.
const BOND: f64 = std::f64::consts::LN_2;

impl Scratch {
    /// Collects the candidates of `document`.
    pub(crate) fn collect(&mut self, document: &Document, background: &Background, roles: &Roles) {
        let tokens = document.tokens.len().min(MAX_DOCUMENT_TOKENS);
        self.read_words(document, background, roles, tokens);
        self.mark_mentions(document, tokens);
        self.mark_links(document, tokens);
        self.mark_single();
        self.find_bonds(document, background, tokens);
        self.phrases.clear();
        self.alone.clear();
        self.alone.resize(self.words.len(), NONE);
        self.candidates.clear();
        self.occurrences.clear();
        let outlet =
            document.dateline.outlet.as_deref().map(|name| hash::phrase(&name.to_lowercase()));
        let marks = std::mem::take(&mut self.marks);
        let mut in_body = 0;
        for sentence in &document.sentences {
            if sentence.tokens.end > tokens {
                break;
            }
            self.collect_sentence(document, &Place { sentence, in_body, marks: &marks }, outlet);
            in_body += u32::from(!sentence.headline);
        }
        self.marks = marks;
        self.drop_weak(document);
        self.find_nesting();
        self.merge_names(document);
        self.find_usages(background);
    }

    /// Looks up the candidates that are left.
    fn find_usages(&mut self, background: &Background) {
        let mut batch = std::mem::take(&mut self.batch);
        batch.hashes.clear();
        self.asked.clear();
        self.usages.clear();
        for (place, &index) in self.live.iter().enumerate() {
            let candidate = &self.candidates[index as usize];
            // A single word has been looked up.
            let word = self.word(candidate.first as usize).filter(|_| candidate.length == 1);
            let usage = word.map(|word| word.usage);
            self.usages.push(usage.unwrap_or_default());
            if usage.is_none() {
                batch.hashes.push(candidate.hash);
                self.asked.push(place as u32);
            }
        }
        let rare = background.rare_phrase();
        background.find_all(&mut batch, |at, usage| {
            self.usages[self.asked[at] as usize] = usage.map_or(rare, Usage::from);
        });
        self.batch = batch;
    }

    /// Finds the neighbours that the news at large rarely parts, so that no candidate is a half of
    /// "Idul Adha".
    fn find_bonds(&mut self, document: &Document, background: &Background, tokens: usize) {
        let mut batch = std::mem::take(&mut self.batch);
        batch.hashes.clear();
        self.asked.clear();
        for sentence in document.sentences.iter().filter(|it| it.tokens.end <= tokens) {
            for second in sentence.tokens.clone().skip(1) {
                let (before, behind) = (self.marks[second - 1], self.marks[second]);
                // Where no candidate ends or begins anyway, nothing hangs on it.
                let parted = (before | behind).has(Mark::STOP)
                    || before.has(Mark::NO_LAST | Mark::NUMBER) && !behind.is_first();
                if parted {
                    continue;
                }
                if let (Some(one), Some(two)) = (self.word(second - 1), self.word(second)) {
                    batch.hashes.push(hash::extend(one.hash, two.hash));
                    self.asked.push(second as u32);
                }
            }
        }
        background.find_all(&mut batch, |at, pair| {
            let Some(pair) = pair.map(Entry::idf) else { return };
            let second = self.asked[at] as usize;
            let bound = |token| self.word(token).is_some_and(|word| pair - word.usage.idf < BOND);
            let (behind, before) = (bound(second - 1), bound(second));
            self.marks[second - 1] |= Mark::BOUND_BEHIND.when(behind);
            self.marks[second] |= Mark::BOUND_BEFORE.when(before);
        });
        self.batch = batch;
    }

    /// Gives every token the mention that it lies in.
    fn mark_mentions(&mut self, document: &Document, tokens: usize) {
        self.mention_of.clear();
        self.mention_of.resize(tokens, NONE);
        for (index, mention) in document.mentions.iter().enumerate() {
            for token in mention.tokens.clone() {
                if let Some(slot) = self.mention_of.get_mut(token) {
                    *slot = index as u32;
                    self.marks[token] |= Mark::NAMED;
                }
            }
        }
    }

    /// Notes the candidates of one sentence. The name of the outlet is none of them.
    fn collect_sentence(&mut self, document: &Document, place: &Place<'_>, outlet: Option<u64>) {
        let &Place { sentence, in_body, marks } = place;
        // Links and headlines are told from all else by the phrase itself.
        let plain = !sentence.headline && self.link_of.is_empty();
        for start in sentence.tokens.clone() {
            let named = marks[start].has(Mark::NAMED);
            let mention = named.then(|| &document.mentions[self.mention_of[start] as usize]);
            let name = mention.filter(|mention| mention.tokens.start == start);
            // A name may begin with anything ("The Jakmania", "1 Malaysia").
            if name.is_none() {
                let inside_person = mention.is_some_and(|mention| mention.label == Label::Person);
                if inside_person || !place.may_begin(start) {
                    continue;
                }
            }
            let name_end = name.map_or(start, |mention| mention.tokens.end);
            let longest = (start + MAX_TOKENS).max(name_end.min(start + MAX_NAME_TOKENS));
            // A verb behind a name makes a clause: "Veronica Tan berbagi bantuan".
            let clause = Mark::CLAUSE | Mark::VERB.when(name.is_some());
            let mut phrase = 0;
            let mut stops = 0;
            let (mut any, mut in_title) = (Mark::default(), Mark::HEADLINE);
            let mut subject = false;
            let name_at_start = name.is_some();
            for end in start + 1..=longest.min(sentence.tokens.end) {
                let mark = marks[end - 1];
                if mark.has(Mark::GLUED) || !mark.has(Mark::WORD | Mark::NUMBER) {
                    break;
                }
                // A page that says its headline twice over makes no phrase of it.
                let earlier = &self.word_of[start..end - 1];
                let twice = || earlier.contains(&self.word_of[end - 1]);
                if end > name_end && (mark.has(Mark::AMOUNT | clause) || twice()) {
                    break;
                }
                let hash = self.words[self.word_of[end - 1] as usize].hash;
                let first = end == start + 1;
                phrase = if first { hash } else { hash::extend(phrase, hash) };
                any |= if first { mark.without(Mark::SINGLE) } else { mark };
                in_title = in_title & mark;
                let weak = any.has(Mark::SINGLE)
                    && plain
                    && (in_body >= LEAD_SENTENCES || stops > 0)
                    && end != name_end
                    && !self.is_in_title(phrase, in_title);
                // `drop_weak` would forget it, and all that goes on with it.
                if weak && end > name_end {
                    break;
                }
                // "tahun 2024" and "bulan Juli 2025" are dates, but "tahun" alone may be a subject.
                if end == start + 2 && any.has(Mark::UNIT) && !name_at_start {
                    subject = false;
                }
                subject |= mark.is_subject();
                let is_name = end == name_end;
                if subject
                    && !weak
                    && (is_name || end - start <= MAX_TOKENS && place.may_end(document, start, end))
                    && Some(phrase) != outlet
                    && let Some(relation) = self.relation(document, start..end, is_name, any)
                {
                    let cut_capitals = !is_name && self.cuts_capitals(document, place, start..end);
                    let seen =
                        Seen { start, end, phrase, stops, any, in_title, cut_capitals, relation };
                    self.record(place, seen);
                }
                stops += u32::from(mark.has(Mark::STOP));
            }
        }
    }

    /// Whether a phrase stands in a headline that is not in the text; `in_title` has what all its words
    /// have.
    #[inline]
    fn is_in_title(&self, phrase: u64, in_title: Mark) -> bool {
        in_title.has(Mark::HEADLINE) && self.title_phrases.contains(&phrase)
    }

    /// How the phrase lies to the names around it; `None` when it is part of one person's name
    /// or reaches into a name from outside.
    fn relation(
        &self,
        document: &Document,
        span: Range<usize>,
        is_name: bool,
        any: Mark,
    ) -> Option<Relation> {
        if !any.has(Mark::NAMED) {
            return Some(Relation::Apart);
        }
        if is_name {
            return Some(Relation::Exact(
                document.mentions[self.mention_of[span.start] as usize].entity,
            ));
        }
        for edge in [span.start, span.end - 1] {
            let Some(mention) = document.mentions.get(self.mention_of[edge] as usize) else {
                continue;
            };
            let cut = mention.tokens.start < span.start || mention.tokens.end > span.end;
            if cut {
                let inside = mention.tokens.start <= span.start && mention.tokens.end >= span.end;
                return (inside && mention.label != Label::Person).then_some(Relation::Cutting);
            }
        }
        Some(Relation::Holding)
    }

    /// Whether a phrase is cut out of a longer run of words with capitals, which is then most often
    /// a name ("Asmara Gen" out of "Asmara Gen Z"). The name of a person ends such a run, as do
    /// a name before the phrase and the capital of the first word of a sentence.
    fn cuts_capitals(&self, document: &Document, place: &Place<'_>, span: Range<usize>) -> bool {
        let &Place { sentence, marks, .. } = place;
        let capital = |at: usize| marks[at].has(Mark::CAPITAL);
        let mention = |at: usize| document.mentions.get(self.mention_of[at] as usize);
        let before = capital(span.start)
            && span.start > sentence.tokens.start
            && capital(span.start - 1)
            && (self.mention_of[span.start - 1] == NONE
                || self.mention_of[span.start - 1] == self.mention_of[span.start]);
        let after = capital(span.end - 1)
            && span.end < sentence.tokens.end
            && capital(span.end)
            && mention(span.end).is_none_or(|mention| mention.label != Label::Person);
        before || after
    }

    /// Notes one occurrence.
    fn record(&mut self, place: &Place<'_>, seen: Seen) {
        let &Place { sentence, in_body, marks } = place;
        let Seen { start, end, phrase, any, .. } = seen;
        let next = self.candidates.len() as u32;
        let index = if end - start == 1 {
            let known = &mut self.alone[self.word_of[start] as usize];
            *known = (*known).min(next);
            *known
        } else {
            *self.phrases.entry(phrase).or_insert(next)
        };
        if index == next {
            self.candidates.push(Candidate {
                hash: phrase,
                first: start as u32,
                last: start as u32,
                length: (end - start) as u32,
                count: 0,
                own: 0,
                earliest: start as u32,
                headline: u32::from(self.is_in_title(phrase, seen.in_title)),
                lead: NONE,
                sentences: 0,
                last_sentence: NONE,
                exact: 0,
                holding: 0,
                cutting: 0,
                entity: NONE,
                capital: 0,
                lower: 0,
                cut_capitals: 0,
                link: 0.0,
                acronym: 0,
                stops: seen.stops,
                number: any.has(Mark::NUMBER),
                within: 0,
                person: false,
                merged: false,
                lent_to: NONE,
                characters: 0,
            });
        }
        self.occurrences.push(Occurrence { candidate: index, token: start as u32 });
        let link = self.link_share(start..end);
        let candidate = &mut self.candidates[index as usize];
        candidate.link = candidate.link.max(link);
        candidate.count += 1;
        candidate.own += 1;
        candidate.last = start as u32;
        match seen.relation {
            Relation::Exact(entity) => {
                candidate.exact += 1;
                if candidate.entity == NONE {
                    candidate.entity = entity as u32;
                }
            }
            Relation::Holding => candidate.holding += 1,
            Relation::Cutting => candidate.cutting += 1,
            Relation::Apart => {}
        }
        candidate.acronym += u32::from(any.has(Mark::ACRONYM));
        if sentence.headline {
            candidate.headline += 1;
            return;
        }
        candidate.cut_capitals += u32::from(seen.cut_capitals);
        candidate.lead = candidate.lead.min(in_body);
        if candidate.last_sentence != in_body {
            candidate.last_sentence = in_body;
            candidate.sentences += 1;
        }
        if start > sentence.tokens.start {
            let capital = (marks[start] & marks[end - 1]).has(Mark::LARGE);
            candidate.capital += u32::from(capital);
            candidate.lower += u32::from(!capital);
        }
    }
}

/// Where candidates are looked for: a sentence, the `in_body`th of the body, and the marks of all tokens.
struct Place<'d> {
    sentence: &'d Sentence,
    in_body: u32,
    marks: &'d [Mark],
}

impl Place<'_> {
    /// Whether a phrase that is no name may begin with the token at `start`.
    fn may_begin(&self, start: usize) -> bool {
        let counted = || {
            self.marks[start].has(Mark::UNIT)
                && start > self.sentence.tokens.start
                && self.marks[start - 1].has(Mark::NUMBER)
        };
        self.marks[start].is_first() && !counted()
    }

    /// Whether a phrase that is no name, begun at `start`, may end before the token at `end`.
    fn may_end(&self, document: &Document, start: usize, end: usize) -> bool {
        let at = end - 1;
        let mark = self.marks[at];
        if mark.has(Mark::NUMBER) {
            return self.may_end_with_number(document, end);
        }
        if mark.has(Mark::STOP) {
            // "harga emas hari ini": no other function word ends a phrase.
            return at > start + 1 && self.marks[at - 1].has(Mark::TODAY);
        }
        let half = mark.has(Mark::TODAY) && end < self.sentence.tokens.end;
        // "harga 50 rupiah" is an amount, "nilai tukar rupiah" is none.
        let amount = mark.has(Mark::UNIT) && at > start && self.marks[at - 1].has(Mark::NUMBER);
        !half && !amount && !mark.has(Mark::NO_LAST | Mark::BOUND_BEHIND)
    }

    /// The same where the last token is a number.
    fn may_end_with_number(&self, document: &Document, end: usize) -> bool {
        let last = &document.tokens[end - 1];
        let next = (end < self.sentence.tokens.end).then(|| &document.tokens[end]);
        // "Piala Dunia 2026" and, before a pause, "Liga 1"; but no half of "14 komoditas".
        let year = matches!(document.surface(last).as_bytes(), [b'1' | b'2', b'0' | b'9', _, _]);
        // What touches the number is the other half of a score or a range ("2-2").
        let touches = next.is_some_and(|next| {
            next.kind == TokenKind::Punctuation
                && next.span.start == last.span.end
                && document.tokens.get(end + 1).is_some_and(|beyond| {
                    beyond.span.start == next.span.end && beyond.kind == TokenKind::Number
                })
        });
        // "Liga 1" and "Xiaomi 13", wherever they stand but in a headline, which has capitals everywhere.
        let model = !self.sentence.headline
            && !touches
            && end > 1
            && last.span.len() <= 2
            && self.marks[end - 2].has(Mark::CAPITAL);
        let pause = next.is_none_or(|next| {
            next.kind == TokenKind::Punctuation && document.surface(next) != "%" && !touches
        });
        year || model || pause
    }
}

/// An occurrence about to be noted; `any` and `in_title` have what any and all of its words have.
struct Seen {
    start: usize,
    end: usize,
    phrase: u64,
    stops: u32,
    any: Mark,
    in_title: Mark,
    cut_capitals: bool,
    relation: Relation,
}

/// How a phrase lies to the names around it.
#[derive(Clone, Copy)]
enum Relation {
    /// It is a mention of this entity.
    Exact(usize),
    /// It holds a mention and more.
    Holding,
    /// It is part of a longer mention.
    Cutting,
    /// It touches none.
    Apart,
}

//! For whom a pronoun, "-nya", a phrase ("politikus Gerindra itu"), or nothing at all stands beside a
//! quotation: a choice between the people and organisations named so far and nobody of them.

use std::ops::Range;

use nukil_types::{Label, Mention};

use super::speech::{Speaker, Speech};
use super::words::is_demonstrative;
use crate::choice::{Sink, templates};

/// Entities that are looked at, the last named first.
const MOST: usize = 16;

/// Mentions that are looked at for them.
const FAR: usize = 160;

templates! {
    /// Kinds of features of an antecedent.
    Antecedent {
        // Nobody who has a name.
        Nobody = "nobody",
        NobodyHead = "nobody-head",
        NobodyLast = "nobody-last",
        // What stands for the speaker, and what is named.
        Label = "label",
        Head = "head",
        Spoke = "spoke",
        SpokeFar = "spoke-far",
        Named = "named",
        NamedFar = "named-far",
        First = "first",
        Inside = "inside",
        Times = "times",
        Roles = "roles",
        Said = "said",
        Name = "name",
        Before = "before",
        Behind = "behind",
        Verb = "verb",
        Both = "both",
        Order = "order",
        Next = "next",
    }
    words: Antecedent::NobodyHead | Antecedent::Before | Antecedent::Behind,
    pairs: Antecedent::Head,
}

/// Who has spoken so far.
#[derive(Default)]
pub(super) struct Spoken {
    /// Those who spoke, the last first, with the sentence; nobody without a name.
    turns: Vec<(Option<usize>, usize)>,
}

impl Spoken {
    pub fn clear(&mut self) {
        self.turns.clear();
    }

    /// Takes note that someone, or somebody without a name, spoke in a sentence.
    pub fn note(&mut self, speaker: Option<usize>, sentence: usize) {
        self.turns.retain(|(other, _)| *other != speaker);
        self.turns.insert(0, (speaker, sentence));
        self.turns.truncate(MOST);
    }
}

/// What stands for a speaker whose name is not beside the quotation.
pub(super) struct Anaphor<'a, 's> {
    speech: &'a Speech<'s>,
    spoken: &'a Spoken,
    speaker: Speaker,
    /// The sentence in which the quotation begins.
    sentence: usize,
    /// What was said.
    said: Range<usize>,
    entities: Vec<Named>,
}

/// An entity that may be meant.
struct Named {
    entity: usize,
    /// Its last mention before the anaphor, and its last one that no quotation holds.
    last: usize,
    plain: Option<usize>,
    times: usize,
}

impl<'a, 's> Anaphor<'a, 's> {
    /// `limit` is the token up to which names count; `said` are the tokens of the quotation.
    pub fn new(
        speech: &'a Speech<'s>,
        spoken: &'a Spoken,
        speaker: Speaker,
        sentence: usize,
        said: Range<usize>,
        limit: usize,
    ) -> Self {
        let mentions = &speech.document.mentions;
        let behind = mentions.partition_point(|name| name.tokens.start < limit);
        let mut entities: Vec<Named> = Vec::new();
        for (index, name) in mentions[..behind].iter().enumerate().rev().take(FAR) {
            if !matches!(name.label, Label::Person | Label::Organisation) {
                continue;
            }
            let quoted = speech.is_quoted(name.tokens.start) || said.contains(&name.tokens.start);
            let plain = (!quoted).then_some(index);
            if let Some(known) = entities.iter_mut().find(|other| other.entity == name.entity) {
                known.plain = known.plain.or(plain);
                known.times += 1;
            } else if entities.len() < MOST {
                let entity = name.entity;
                entities.push(Named { entity, last: index, plain, times: 1 });
            }
        }
        Anaphor { speech, spoken, speaker, sentence, said, entities }
    }

    /// How many candidates there are; the first is nobody.
    pub fn len(&self) -> usize {
        self.entities.len() + 1
    }

    /// The entity of a candidate.
    pub fn entity(&self, candidate: usize) -> Option<usize> {
        Some(self.entities[candidate.checked_sub(1)?].entity)
    }

    /// The sort of anaphor.
    fn sort(&self) -> u64 {
        match self.speaker {
            Speaker::Named(..) => 0,
            Speaker::Before(None) => 1,
            Speaker::Before(Some(_)) if self.head() == "pihaknya" => 2,
            Speaker::Before(Some(_)) => 3,
            Speaker::Nobody => 4,
            Speaker::Phrase(_) => 5 + u64::from(self.words().last().is_some_and(is_demonstrative)),
        }
    }

    /// The words that stand for the speaker.
    fn words(&self) -> impl DoubleEndedIterator<Item = &'s str> {
        let document = self.speech.document;
        let span = self.speaker.span();
        let first = span.map_or(0, |span| {
            document.tokens.partition_point(|token| token.span.start < span.start)
        });
        let count = span.map_or(0, |span| {
            document.tokens[first..].iter().take_while(|token| token.span.start < span.end).count()
        });
        let speech = self.speech;
        (first..first + count).map(|at| speech.folded(at))
    }

    fn head(&self) -> &'s str {
        self.words().next().unwrap_or("")
    }

    /// Tells the features of a candidate.
    pub fn features(&self, candidate: usize, sink: &mut impl Sink<Antecedent>) {
        let sort = self.sort();
        let last = self.spoken.turns.first();
        let gap = last.map_or(7, |(_, sentence)| steps(self.sentence.saturating_sub(*sentence)));
        let Some(named) = candidate.checked_sub(1).map(|at| &self.entities[at]) else {
            sink.code(Antecedent::Nobody, sort);
            sink.word(Antecedent::NobodyHead, self.head());
            let unnamed = u64::from(last.is_some_and(|(speaker, _)| speaker.is_none()));
            sink.code(Antecedent::NobodyLast, (sort * 8 + gap) * 2 + unnamed);
            return;
        };
        let document = self.speech.document;
        let mention = &document.mentions[named.plain.unwrap_or(named.last)];
        let person = u64::from(mention.label == Label::Person);
        let sorted = |value: u64, of: u64| (sort * 2 + person) * of + value;
        sink.code(Antecedent::Label, sorted(0, 1));
        sink.pair(Antecedent::Head, self.head(), if person == 1 { "PER" } else { "ORG" });
        // When it last spoke.
        let turn = self.spoken.turns.iter().position(|turn| turn.0 == Some(named.entity));
        let order = turn.map_or(4, |turn| turn.min(3) as u64);
        sink.code(Antecedent::Spoke, sorted(order, 8));
        let spoke = turn.map_or(7, |turn| steps(self.sentence - self.spoken.turns[turn].1));
        sink.code(Antecedent::SpokeFar, sorted(order * 8 + spoke, 64));
        // When it was last named outside quotations, and what other people were named since.
        let sentence = |name: &Mention| self.sentence.saturating_sub(name.sentence);
        let far = named.plain.map_or(7, |_| steps(sentence(mention)));
        sink.code(Antecedent::NamedFar, sorted(far, 8));
        let since = self.entities.iter().filter(|other| {
            other.plain > named.plain && document.mentions[other.last].label == mention.label
        });
        let since = since.count().min(4) as u64;
        sink.code(Antecedent::Named, sorted(since, 8));
        sink.code(Antecedent::Both, (sorted(since, 8) * 8 + far) * 8 + order);
        sink.code(Antecedent::Order, (sorted(order, 8) * 8 + spoke) * 8 + since);
        // Whether it is the first one named in its sentence, or stands in the quotation.
        let first = document.mentions[..named.plain.unwrap_or(named.last)]
            .iter()
            .rev()
            .take_while(|other| other.sentence == mention.sentence)
            .any(|other| other.label == mention.label && other.entity != named.entity);
        let start = mention.tokens.start - document.sentences[mention.sentence].tokens.start;
        let start = steps(start / 2);
        sink.code(Antecedent::First, sorted((u64::from(first) * 8 + start) * 8 + far, 128));
        let latest = &document.mentions[named.last];
        let inside = u64::from(self.said.contains(&latest.tokens.start));
        let headline = u64::from(document.sentences[mention.sentence].headline);
        sink.code(Antecedent::Inside, sorted(inside * 2 + headline, 4));
        let entity = &document.entities[named.entity];
        sink.code(Antecedent::Times, sorted(steps(named.times), 8));
        sink.code(Antecedent::Roles, sorted(u64::from(!entity.roles.is_empty()), 2));
        if let Speaker::Phrase(_) = self.speaker {
            sink.code(Antecedent::Said, sorted(self.matches(&entity.roles), 8));
            sink.code(Antecedent::Name, sorted(self.shares(&entity.name), 8));
        }
        let word = |at: Option<usize>| at.map_or("", |at| self.speech.folded(at));
        sink.word(Antecedent::Before, word(mention.tokens.start.checked_sub(1)));
        sink.word(Antecedent::Behind, word(Some(mention.tokens.end)));
        let end = document.sentences[mention.sentence].tokens.end;
        let verb = (mention.tokens.end..end.min(mention.tokens.end + 4))
            .any(|at| self.speech.verb(at).is_some());
        sink.code(Antecedent::Verb, sorted(u64::from(verb) * 8 + far, 16));
        // "kata dia. Reni belum bisa memastikan …": named again right behind.
        let next = document
            .mentions
            .iter()
            .skip(named.last + 1)
            .take_while(|other| other.sentence <= self.sentence + 1);
        let next = next
            .filter(|other| other.sentence == self.sentence + 1)
            .any(|other| other.entity == named.entity && self.begins(other));
        sink.code(Antecedent::Next, sorted(u64::from(next), 2));
    }

    fn begins(&self, name: &Mention) -> bool {
        self.speech.document.sentences[name.sentence].tokens.start == name.tokens.start
    }

    /// How well the words agree with one of the roles: 0 not at all, 1 a word, 2 two words or more,
    /// 3 the first words, 4 the acronym of a role in brackets.
    fn matches(&self, roles: &[String]) -> u64 {
        let said: Vec<&str> = self.words().filter(|word| !is_demonstrative(word)).collect();
        let of = |role: &String| {
            let role = role.to_lowercase();
            let words: Vec<&str> =
                role.split([' ', '(', ')', ',']).filter(|word| !word.is_empty()).collect();
            if said.len() == 1 && role.contains(&format!("({})", said[0])) {
                4
            } else if words.starts_with(&said) {
                3
            } else {
                let shared = said.iter().filter(|word| words.contains(word)).count();
                shared.min(2) as u64
            }
        };
        if said.is_empty() { 0 } else { roles.iter().map(of).max().unwrap_or(0) }
    }

    /// How many of the words the name has, and whether it begins with the first.
    fn shares(&self, name: &str) -> u64 {
        let name = name.to_lowercase();
        let words: Vec<&str> = name.split_whitespace().collect();
        let shared = self.words().filter(|word| words.contains(word)).count().min(3) as u64;
        let first = words.first() == Some(&self.head());
        shared * 2 + u64::from(first)
    }
}

/// A distance in few steps.
fn steps(distance: usize) -> u64 {
    match distance {
        0..=2 => distance as u64,
        3..=4 => 3,
        5..=8 => 4,
        9..=16 => 5,
        _ => 6,
    }
}

//! What is read of a sentence to tell who speaks in it: names, verbs of speech, the words that
//! stand around them.

use std::ops::Range;

use nukil_gazetteer::Order;
use nukil_types::{Document, Label, Mention, Span, TokenKind};

use super::stretches::Stretch;
use super::words::{ends_subject, is_adverb, is_no_subject, is_pronoun, is_source, is_weekday};
use crate::view::Views;

/// Who speaks, as one sentence tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Speaker {
    /// A name: its entity, and the words.
    Named(usize, Span),
    /// A pronoun that stands for someone named before, and the words, if it is a word.
    Before(Option<Span>),
    /// Words that name nobody: "juru bicara itu".
    Phrase(Span),
    /// Nobody stands there: "disebutkan bahwa".
    Nobody,
}

impl Speaker {
    /// The words.
    pub fn span(self) -> Option<Span> {
        match self {
            Speaker::Named(_, span) | Speaker::Phrase(span) => Some(span),
            Speaker::Before(span) => span,
            Speaker::Nobody => None,
        }
    }
}

/// A document whose names are known, and its quotations in marks.
pub(super) struct Speech<'s> {
    pub document: &'s Document,
    pub views: &'s Views,
    pub stretches: &'s [Stretch],
}

/// Tokens that a speaker's title may take.
const LONGEST: usize = 16;

/// Tokens that may stand in brackets inside it, or between a name and the verb.
const NEAR: usize = 6;

impl<'s> Speech<'s> {
    pub fn surface(&self, at: usize) -> &'s str {
        self.document.tokens.get(at).map_or("", |token| self.document.surface(token))
    }

    pub fn is_comma(&self, at: usize) -> bool {
        let comma =
            |span: Span| span.len() == 1 && self.document.text.as_bytes()[span.start] == b',';
        self.document.tokens.get(at).is_some_and(|token| comma(token.span))
    }

    pub fn folded(&self, at: usize) -> &'s str {
        self.document.tokens.get(at).map_or("", |token| self.document.folded(token))
    }

    /// The span of some tokens, of which there is at least one.
    pub fn span(&self, tokens: Range<usize>) -> Span {
        self.document.span_of(tokens)
    }

    /// The number of the sentence that holds a token.
    pub fn sentence_of(&self, at: usize) -> usize {
        self.document.sentences.partition_point(|sentence| sentence.tokens.end <= at)
    }

    pub fn is_word(&self, at: usize) -> bool {
        self.document.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Word)
    }

    /// The name that begins at a token.
    pub fn name_at(&self, at: usize) -> Option<&'s Mention> {
        let mentions = &self.document.mentions;
        let index = mentions.partition_point(|mention| mention.tokens.start < at);
        mentions.get(index).filter(|mention| mention.tokens.start == at)
    }

    /// The name that ends right before a token.
    pub fn name_before(&self, end: usize) -> Option<&'s Mention> {
        let mentions = &self.document.mentions;
        let index = mentions.partition_point(|mention| mention.tokens.start < end);
        mentions[..index].last().filter(|mention| mention.tokens.end == end)
    }

    /// The verb of speech that begins at a token, and one past it.
    pub fn verb(&self, at: usize) -> Option<(Order, usize)> {
        self.views.verb(at).map(|(length, order)| (order, at + length))
    }

    /// Whether a quotation in marks holds the token, or is closed or opened by it.
    pub fn is_quoted(&self, at: usize) -> bool {
        let index = self.stretches.partition_point(|stretch| stretch.inside.end < at);
        self.stretches.get(index).is_some_and(|stretch| stretch.whole().contains(&at))
    }

    /// Whether a quotation in marks runs over the boundary before a token.
    pub fn is_cut(&self, at: usize) -> bool {
        let index = self.stretches.partition_point(|stretch| stretch.inside.end < at);
        self.stretches.get(index).is_some_and(|stretch| stretch.whole().start < at)
    }

    /// The speaker whose name, pronoun or phrase begins at a token: behind a verb ("kata Menteri
    /// Luar Negeri Armenia Ararat Mirzoyan").
    pub fn speaker_at(&self, start: usize, end: usize) -> Option<Speaker> {
        if start >= end {
            return None;
        }
        if is_pronoun(self.folded(start)) {
            return Some(Speaker::Before(Some(self.span(start..start + 1))));
        }
        // An account: "tulis @budi".
        if self.document.tokens[start].kind == TokenKind::Address {
            return Some(Speaker::Phrase(self.span(start..start + 1)));
        }
        let mut at = start;
        // Before an organisation only words for what comes from it may stand: "data BPS".
        let mut plain = true;
        while at < end.min(start + LONGEST) && !self.is_quoted(at) {
            if let Some(name) = self.name_at(at) {
                if name.label == Label::Person || plain {
                    return Some(Speaker::Named(name.entity, name.span));
                }
                at = name.tokens.end;
                continue;
            }
            let folded = self.folded(at);
            if folded == "," {
                // "kata juru bicara kementerian, Ned Price"
                let name = self.name_at(at + 1).filter(|name| name.label == Label::Person);
                if let Some(name) = name.filter(|_| at > start) {
                    return Some(Speaker::Named(name.entity, name.span));
                }
                break;
            }
            // "kata Kepala Pusat Penerangan (Kapuspen) TNI Kristomei Sianturi"
            if folded == "("
                && at > start
                && let Some(closing) = (at..end.min(at + NEAR)).find(|&at| self.surface(at) == ")")
            {
                at = closing + 1;
                continue;
            }
            if !self.is_word(at) || ends_subject(folded) {
                break;
            }
            plain &= is_source(folded);
            at += 1;
        }
        let end = at.min(end);
        let phrase = start < end && !ends_subject(self.folded(start));
        phrase.then(|| Speaker::Phrase(self.span(start..end)))
    }

    /// The speaker whose name, pronoun or phrase ends before a verb: "Ned Price, juru bicara
    /// kementerian itu, juga mengatakan".
    pub fn speaker_before(&self, start: usize, verb: usize) -> Option<Speaker> {
        let mut end = verb;
        while end > start && is_adverb(self.folded(end - 1)) {
            end -= 1;
        }
        end = self.before_day(start, end);
        // What is not, or not yet, said is no quotation; nor is what is done to say it.
        if end <= start || is_no_subject(self.folded(end - 1)) {
            return None;
        }
        let last = end - 1;
        if is_pronoun(self.folded(last)) {
            return Some(Speaker::Before(Some(self.span(last..end))));
        }
        if let Some(name) = self.name_before(end) {
            // "Kepala BMKG mengatakan": not the agency but its head speaks.
            let title = self.views.before(name.tokens.start).title;
            let title = title.filter(|title| title.complement && title.start() >= start);
            return Some(match title.filter(|_| name.label != Label::Person) {
                Some(title) => Speaker::Phrase(self.span(title.start()..end)),
                None => Speaker::Named(name.entity, name.span),
            });
        }
        let earliest = start.max(end.saturating_sub(LONGEST));
        match self.surface(last) {
            // "Ned Price, juru bicara kementerian itu, mengatakan"
            "," => {
                // "Ketua LSM Akar, Beni, mengatakan"
                if let Some(speaker) = self.person_before(last) {
                    return Some(speaker);
                }
                let comma = (earliest..last).rev().find(|&at| self.is_comma(at))?;
                return self.person_before(comma);
            }
            // "Iis Komariah (43) mengaku", "Badan Geologi (BG) mengatakan"
            ")" => {
                let bracket = (earliest..last).rev().find(|&at| self.surface(at) == "(")?;
                let name = self.name_before(last).or_else(|| self.name_before(bracket))?;
                return Some(Speaker::Named(name.entity, name.span));
            }
            _ if !self.is_word(last) => return None,
            _ => {}
        }
        let clause = (earliest..end)
            .rev()
            .find(|&at| matches!(self.surface(at), "," | ";" | ":") || self.is_quoted(at))
            .map_or(earliest, |at| at + 1);
        // "Bupati Bandung Maman Gunadi yang meninjau lokasi meminta"
        let relative = (clause..end).find(|&at| self.folded(at) == "yang");
        if let Some(speaker) = relative.and_then(|at| self.person_before(at)) {
            return Some(speaker);
        }
        // "Antony Blinken dalam pidatonya mengatakan"
        if let Some(speaker) = self.person_apart(clause, end) {
            return Some(speaker);
        }
        if let Some(name) = self.name_at(clause).filter(|name| name.tokens.end < end)
            && ends_subject(self.folded(name.tokens.end))
        {
            return Some(Speaker::Named(name.entity, name.span));
        }
        if relative.is_some_and(|at| at == last) {
            return None;
        }
        // "juru bicara itu mengatakan", at the beginning of its clause or with a title.
        let title = (clause..end).find(|&at| self.views.title(at).is_some());
        let phrase = title.or_else(|| (clause == start).then_some(clause))?;
        (phrase < end && !ends_subject(self.folded(phrase)))
            .then(|| Speaker::Phrase(self.span(phrase..end)))
    }

    /// Where a day ends that stands before a verb with its date in brackets, and a comma before it:
    /// "Zamroni, Senin (2/6/2025), menjelaskan". Gives `end` where there is none.
    fn before_day(&self, start: usize, end: usize) -> usize {
        let closed = if end > start && self.is_comma(end - 1) { end - 1 } else { end };
        if closed <= start || self.surface(closed - 1) != ")" {
            return end;
        }
        let earliest = start.max(closed.saturating_sub(NEAR));
        let open = (earliest..closed).rev().find(|&at| self.surface(at) == "(");
        let day = open.and_then(|open| open.checked_sub(1)).filter(|&day| day > start);
        match day.filter(|&day| is_weekday(self.folded(day))) {
            Some(day) if self.is_comma(day - 1) && self.name_before(day - 1).is_some() => day - 1,
            Some(day) => day,
            None => end,
        }
    }

    /// The last person named in a clause, when nothing but a few words that belong to the verb
    /// stand behind the name; not so in "istri Joko Widodo itu".
    fn person_apart(&self, clause: usize, end: usize) -> Option<Speaker> {
        let mentions = &self.document.mentions;
        let behind = mentions.partition_point(|name| name.tokens.start < end);
        let name = mentions[..behind].last().filter(|name| name.tokens.start >= clause)?;
        let between = name.tokens.end..end;
        let plain = |at: usize| {
            self.is_word(at)
                && !self.surface(at).starts_with(char::is_uppercase)
                && !matches!(self.folded(at), "itu" | "ini" | "tersebut" | "yang")
        };
        let apart = between.len() <= NEAR && between.clone().all(plain);
        (name.label == Label::Person && apart).then_some(Speaker::Named(name.entity, name.span))
    }

    /// The person named last among some tokens, outside quotations.
    pub fn last_person(&self, tokens: Range<usize>) -> Option<Speaker> {
        let mentions = &self.document.mentions;
        let behind = mentions.partition_point(|name| name.tokens.start < tokens.end);
        let inside = mentions[..behind].iter().rev();
        let name = inside
            .take_while(|name| name.tokens.start >= tokens.start)
            .find(|name| name.label == Label::Person && !self.is_quoted(name.tokens.start))?;
        Some(Speaker::Named(name.entity, name.span))
    }

    fn person_before(&self, end: usize) -> Option<Speaker> {
        let name = self.name_before(end).filter(|name| name.label == Label::Person)?;
        Some(Speaker::Named(name.entity, name.span))
    }

    /// The outlet that a sentence has its news from: "dilansir dari Reuters", "mengutip laman
    /// Kompas.com".
    pub fn via(&self, sentence: Range<usize>) -> Option<Span> {
        let mut outside = sentence.clone().filter(|&at| !self.is_quoted(at));
        outside.find_map(|at| {
            let (Order::Via, mut start) = self.verb(at)? else { return None };
            let leads =
                |at| matches!(self.folded(at), "dari" | "oleh") || is_source(self.folded(at));
            while start < sentence.end && self.name_at(start).is_none() && leads(start) {
                start += 1;
            }
            if start >= sentence.end {
                return None;
            }
            // "dikutip Minggu (24/8)" says when.
            if let Some(name) = self.name_at(start) {
                let outlet = name.label != Label::Person && !is_weekday(self.folded(start));
                return outlet.then_some(name.span);
            }
            let outlet = (start..sentence.end).take_while(|&at| self.is_outlet(at)).count();
            (outlet > 0).then(|| self.span(start..start + outlet))
        })
    }

    /// Whether when or where something was said begins at a token.
    pub fn is_setting(&self, at: usize) -> bool {
        let folded = self.folded(at);
        let inside = matches!(folded, "tidak" | "bukan" | "karena" | "untuk" | "bahwa" | "yang");
        ends_subject(folded) && !inside || is_weekday(folded)
    }

    /// Whether a token may belong to the name of an outlet that no list has.
    fn is_outlet(&self, at: usize) -> bool {
        match self.document.tokens[at].kind {
            TokenKind::Address => true,
            TokenKind::Word => {
                self.surface(at).starts_with(char::is_uppercase) && !is_weekday(self.folded(at))
            }
            TokenKind::Number | TokenKind::Punctuation => false,
        }
    }
}

//! Names for which other names of the document speak: the initials of a person in brackets, the short
//! name of a group, members of a list.

use std::ops::Range;

use nukil_gazetteer::{Gazetteer, Part, TitleKind};
use nukil_types::{Document, Label, TokenKind};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::decide::{DOUBT, least};
use crate::name::Name;
use crate::view::{Shape, Views, is_corps};

/// Makes initials people that stand in brackets behind the name of which they are, here and wherever the
/// document writes them: "Hendra Wijaya Kusuma (HWK)".
pub(crate) fn initials(document: &Document, views: &Views, names: &mut Vec<Name>) {
    let surface = |at: usize| document.surface(&document.tokens[at]);
    let mut found: FxHashMap<&str, f64> = FxHashMap::default();
    for name in names.iter_mut().filter(|it| it.label == Label::Person && it.tokens.len() > 1) {
        let (open, short, close) = (name.tokens.end, name.tokens.end + 1, name.tokens.end + 2);
        let sentence = &document.sentences[name.sentence].tokens;
        if close < sentence.end
            && surface(open) == "("
            && surface(close) == ")"
            && views.token(short).shape == Shape::Upper
            && are_initials(document, name.tokens.clone(), short)
        {
            if name.score >= least(&name.label) - DOUBT {
                name.score = name.score.max(least(&name.label));
            }
            let score = found.entry(surface(short)).or_default();
            *score = score.max(name.score);
        }
    }
    if found.is_empty() {
        return;
    }
    let mut taken = vec![false; document.tokens.len()];
    for name in names.iter_mut() {
        taken[name.tokens.clone()].fill(true);
        let alone = name.tokens.len() == 1 && !name.is_asserted();
        if let Some(&score) = found.get(surface(name.tokens.start)).filter(|_| alone) {
            (name.label, name.score) = (Label::Person, score);
        }
    }
    for (number, sentence) in document.sentences.iter().enumerate() {
        for at in sentence.tokens.clone().filter(|&at| !taken[at]) {
            if let Some(&score) = found.get(surface(at)) {
                let name = Name::new(document, number, at..at + 1, Label::Person);
                names.push(Name { score, ..name });
            }
        }
    }
    names.sort_by_key(|name| name.span.start);
}

/// Whether a word is made of the first letters of these words.
fn are_initials(document: &Document, words: Range<usize>, short: usize) -> bool {
    let first = |at: usize| document.folded(&document.tokens[at]).chars().next();
    let is_word = |at: &usize| document.tokens[*at].kind == TokenKind::Word;
    let letters = document.folded(&document.tokens[short]).chars().map(Some);
    words.filter(is_word).map(first).eq(letters)
}

/// Leaves out forces that only ranks name ("Mayjen TNI"), and takes degrees with a full stop or a
/// capital within off the ends of people ("Fauzan Alfarisi MPd").
pub(crate) fn ranks_and_degrees(document: &Document, views: &Views, names: &mut Vec<Name>) {
    let surface = |at: usize| document.surface(&document.tokens[at]);
    let folded = |at: usize| document.folded(&document.tokens[at]);
    let is_corps_of_rank = |name: &Name| {
        let at = name.tokens.start;
        let rank = || views.before(at).title.is_some_and(|title| title.kind == TitleKind::Rank);
        name.label == Label::Organisation
            && name.tokens.len() == 1
            && !name.is_asserted()
            && is_corps(folded(at))
            && rank()
    };
    if names.iter().any(is_corps_of_rank) {
        // What the text names elsewhere is named here, too.
        let others = names.iter().filter(|name| !is_corps_of_rank(name));
        let named: FxHashSet<&str> = others.map(|name| folded(name.tokens.start)).collect();
        names.retain(|name| !is_corps_of_rank(name) || named.contains(folded(name.tokens.start)));
    }
    let is_degree = |at: usize| {
        let capitals = surface(at).chars().skip(1).any(char::is_uppercase);
        let letters = surface(at).contains(char::is_lowercase);
        views.degree(at) && capitals && (letters || surface(at).trim_end_matches('.').contains('.'))
    };
    for name in names.iter_mut().filter(|it| it.label == Label::Person && !it.is_asserted()) {
        let mut tokens = name.tokens.clone();
        while tokens.len() > 1 && is_degree(tokens.end - 1) {
            tokens.end -= 1;
        }
        if tokens.len() < name.tokens.len() {
            name.span.end = document.tokens[tokens.end - 1].span.end;
            name.tokens = tokens;
        }
    }
}

/// Takes a person's name off the end of an organisation with an acronym in brackets: "Badan Narkotika
/// Nasional (BNN)" and "Petrus Golose".
pub(crate) fn person_behind(
    document: &Document,
    views: &Views,
    gazetteer: &Gazetteer<'_>,
    organisation: Range<usize>,
) -> (Range<usize>, Range<usize>) {
    let close = organisation.clone().find(|&at| document.surface(&document.tokens[at]) == ")");
    let person = close.map_or(organisation.end, |close| close + 1)..organisation.end;
    let is_place = |at: usize| {
        views.hits(at).iter().any(|hit| gazetteer.kind(hit.entry).label() != Label::Person)
    };
    let is_given = |at: usize| {
        let word = gazetteer.beginning(document.folded(&document.tokens[at])).word;
        word.part.is_indonesian() && !word.is_ordinary()
    };
    let title = views.before(organisation.start).title.is_some();
    if title && !person.is_empty() && is_given(person.start) && !person.clone().any(is_place) {
        (organisation.start..close.map_or(organisation.end, |close| close + 1), person)
    } else {
        (organisation.clone(), organisation.end..organisation.end)
    }
}

/// Whether a name is an organisation's between an office and an acronym of its words in brackets, or is that
/// acronym: "Ketua Komisi Pemilihan Umum (KPU)".
pub(crate) fn is_introduced(document: &Document, views: &Views, name: &Name) -> bool {
    let surface = |at: usize| document.tokens.get(at).map_or("", |token| document.surface(token));
    let Range { start, end } = name.tokens;
    if name.label != Label::Organisation {
        return false;
    }
    let office = |first: usize| views.before(first).title.is_some();
    if end - start > 1 {
        let behind = surface(end) == "(" && surface(end + 2) == ")";
        return behind && office(start) && are_initials(document, start..end, end + 1);
    }
    let open = start.saturating_sub(1);
    let first = open.saturating_sub(document.folded(&document.tokens[start]).chars().count());
    let inside = start > 0 && surface(open) == "(" && surface(end) == ")";
    let sentence = &document.sentences[name.sentence].tokens;
    inside
        && sentence.contains(&first)
        && office(first)
        && are_initials(document, first..open, start)
}

/// Whether the name with this number is a person's behind an office and its place or organisation:
/// "Wali Kota Jakarta Selatan Munjirin", "Kepala Badan Narkotika Nasional (BNN) Petrus Golose".
pub(crate) fn has_office(document: &Document, views: &Views, names: &[Name], at: usize) -> bool {
    let name = &names[at];
    let surface = |at: usize| document.surface(&document.tokens[at]);
    let in_brackets = |one: &Name| {
        one.tokens.start > 0
            && surface(one.tokens.start - 1) == "("
            && one.tokens.end < document.tokens.len()
            && surface(one.tokens.end) == ")"
    };
    let mut before = names[..at].iter().rev().take_while(|it| it.sentence == name.sentence);
    let mut end = name.tokens.start;
    let mut last = before.next();
    if let Some(short) = last.filter(|it| it.tokens.end + 1 == end && in_brackets(it)) {
        end = short.tokens.start - 1;
        last = before.next();
    }
    name.label == Label::Person
        && last.is_some_and(|it| {
            let title = views.before(it.tokens.start).title;
            matches!(it.label, Label::Location | Label::Organisation)
                && it.tokens.end == end
                && title.is_some_and(|title| title.complement)
        })
}

/// What stands behind the short name of a group of companies.
const GROUPS: [&str; 4] = ["group", "grup", "holding", "holdings"];

/// Makes one word an organisation that was taken for a person, where the document names a group so and
/// no person: "Wilmar" beside "Wilmar Group".
pub(crate) fn groups(document: &Document, names: &mut [Name]) {
    let folded = |at: usize| document.folded(&document.tokens[at]);
    let is_group = |name: &&Name| {
        name.label == Label::Organisation
            && name.tokens.len() == 2
            && GROUPS.contains(&folded(name.tokens.end - 1))
    };
    let found: FxHashSet<&str> =
        names.iter().filter(is_group).map(|name| folded(name.tokens.start)).collect();
    if found.is_empty() {
        return;
    }
    let people = names.iter().filter(|it| it.label == Label::Person && it.tokens.len() > 1);
    let of_people: FxHashSet<&str> =
        people.flat_map(|name| name.tokens.clone().map(folded)).collect();
    for name in names.iter_mut().filter(|name| name.label == Label::Person) {
        let word = folded(name.tokens.start);
        if name.tokens.len() == 1
            && !name.is_asserted()
            && found.contains(word)
            && !of_people.contains(word)
        {
            name.label = Label::Organisation;
        }
    }
}

/// Fewest members of a list of names.
const MEMBERS: usize = 3;

/// Marks the members of a list that stand between names of one label: "Praha, Wina, Budapest, dan
/// Bratislava".
pub(crate) fn lists(document: &Document, views: &Views, names: &mut Vec<Name>) {
    let mut found: Vec<Name> = Vec::new();
    let mut from = 0;
    for (number, sentence) in document.sentences.iter().enumerate() {
        let to = from + names[from..].iter().take_while(|name| name.sentence == number).count();
        let of_sentence = &names[from..to];
        from = to;
        if of_sentence.len() + 1 < MEMBERS {
            continue;
        }
        let list = List { document, views, names: of_sentence };
        list.members(number, sentence.tokens.clone(), &mut found);
    }
    if !found.is_empty() {
        names.append(&mut found);
        names.sort_by_key(|name| name.span.start);
    }
}

struct List<'l> {
    document: &'l Document,
    views: &'l Views,
    /// The names of the sentence.
    names: &'l [Name],
}

impl List<'_> {
    /// Adds the members of the lists of a sentence that are no names yet.
    fn members(&self, number: usize, tokens: Range<usize>, found: &mut Vec<Name>) {
        let mut at = tokens.start;
        while at < tokens.end {
            let mut items = Vec::new();
            let mut next = at;
            while let Some(item) = self.item(next..tokens.end) {
                let end = self.behind_brackets(item.end..tokens.end);
                items.push(item);
                match self.separator(end..tokens.end) {
                    0 => {
                        next = end;
                        break;
                    }
                    length => next = end + length,
                }
            }
            if items.len() >= MEMBERS {
                self.complete(number, &items, found);
            }
            at = next.max(at + 1);
        }
    }

    /// The run of words with capitals that begins a stretch of tokens.
    fn item(&self, tokens: Range<usize>) -> Option<Range<usize>> {
        let capital = |at: &usize| {
            matches!(self.views.token(*at).shape, Shape::Capital | Shape::Upper | Shape::Initial)
        };
        let length = tokens.clone().take_while(capital).count();
        (length > 0).then_some(tokens.start..tokens.start + length)
    }

    /// The end of what stands in brackets at the beginning of a stretch.
    fn behind_brackets(&self, tokens: Range<usize>) -> usize {
        if tokens.is_empty() || self.surface(tokens.start) != "(" {
            return tokens.start;
        }
        let close = tokens.clone().take(6).find(|&at| self.surface(at) == ")");
        close.map_or(tokens.start, |close| close + 1)
    }

    /// How many tokens lead to the next member.
    fn separator(&self, tokens: Range<usize>) -> usize {
        let is = |at: usize, words: &[&str]| {
            tokens.contains(&at) && words.contains(&self.document.folded(&self.document.tokens[at]))
        };
        let comma = usize::from(is(tokens.start, &[",", ";"]));
        comma + usize::from(is(tokens.start + comma, &["dan", "serta", "hingga", "&"]))
    }

    fn surface(&self, at: usize) -> &str {
        self.document.surface(&self.document.tokens[at])
    }

    /// Adds the items that are no names, where most are names of one label and none is part of
    /// another.
    fn complete(&self, number: usize, items: &[Range<usize>], found: &mut Vec<Name>) {
        let mut label = None;
        let (mut score, mut count) = (0.0, 0_usize);
        let mut open: Vec<&Range<usize>> = Vec::new();
        for item in items {
            let mut inside = self
                .names
                .iter()
                .filter(|name| name.tokens.start < item.end && item.start < name.tokens.end);
            match inside.next() {
                None => open.push(item),
                Some(name) if *label.get_or_insert(&name.label) != &name.label => return,
                Some(name) => {
                    score += name.score;
                    count += 1;
                }
            }
        }
        let Some(label) = label.filter(|_| count >= 2 && count >= 2 * open.len()) else { return };
        for item in open {
            let bad = |at: usize| {
                let view = self.views.token(at);
                view.initial
                    || self.views.not_name(at).is_some()
                    || self.views.title(at).is_some()
                    || view.word.ordinary
            };
            if item.len() <= 4 && !item.clone().any(bad) {
                // "Gedung Inkanas, Masjid Besar, dan SDN Andir": a school is an organisation.
                let head = self.views.head(item.start, Part::Inside).map(|(_, kind)| kind.label());
                let label = head.unwrap_or_else(|| label.clone());
                let name = Name::new(self.document, number, item.clone(), label);
                found.push(Name { score: score / count as f64, ..name });
            }
        }
    }
}

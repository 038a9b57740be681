//! Offices and descriptions of a person: before the name ("Menteri Luar Negeri Armenia Ararat
//! Mirzoyan"), before it and a comma ("Anggota parlemen Rusia, Grigory Karasin"), behind it ("Ned
//! Price, juru bicara kementerian itu,"), and behind a word that leads to an office ("Eddy selaku
//! Ketua Komisi B").
//!
//! On each side of a name one edge of a role is given: it is the name, a comma, or a word such as
//! "selaku". Where the other edge is, if there is a role at all, is learned: a conditional logit
//! (McFadden, *Conditional Logit Analysis of Qualitative Choice Behavior*, 1974) over the candidates,
//! with the weights of [`RoleWeights`].

use std::ops::Range;

use nukil_gazetteer::TitleKind;
use nukil_types::facts::{self, Facts, FactsError};
use nukil_types::hash::{finish, mix, text};
use nukil_types::{Document, Label, Mention, Span, SparseTable, TokenKind};
use rustc_hash::FxHashMap;

use crate::named::named;
use crate::view::{Shape, Views};

/// Most words of a role.
const LONGEST: usize = 18;

/// Degrees before a name that are no roles.
const FIRST_DEGREES: [&str; 4] = ["drs", "dra", "ir", "insinyur"];

/// The side of the name on which a role stands, and what stands between the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gap {
    /// Presiden Joko Widodo
    Before,
    /// Kuasa hukum terdakwa, Hotman Paris
    BeforeComma,
    /// pelatih (Mauricio Souza)
    BeforeBracket,
    /// Pelatih: Igor Tudor
    BeforeColon,
    /// Ned Price, juru bicara kementerian itu
    BehindComma,
    /// Rizkar (Lurah Way Kandis)
    BehindBracket,
    /// Eddy Hartono selaku Ketua Komisi B
    BehindWord,
    /// Mamat Sanrego, seorang pedagang
    BehindOne,
}

/// Words behind a name that lead to a role.
const LEADS: [&[&str]; 10] = [
    &["selaku"],
    &["sebagai"],
    &["yang", "juga"],
    &["yang", "merupakan"],
    &["yang", "kini", "menjabat"],
    &["yang", "menjabat", "sebagai"],
    &["yang", "menjabat"],
    &["yang", "juga", "merupakan"],
    &["merupakan"],
    &["adalah"],
];

named! {
    /// Kinds of features of a candidate.
    Template {
        // No role.
        None = "none",
        NoneEdge = "none-edge",
        NoneNext = "none-next",
        NoneTitle = "none-title",
        NoneList = "none-list",
        // The words at the edges, inside and outside.
        First = "first",
        FirstPair = "first-pair",
        Last = "last",
        Outside = "outside",
        OutsidePair = "outside-pair",
        Inner = "inner",
        // What they look like.
        Shapes = "shapes",
        Title = "title",
        Length = "length",
        Commas = "commas",
        Lower = "lower",
        Verb = "verb",
        Mention = "mention",
        Limit = "limit",
        Closed = "closed",
        Next = "next",
        Number = "number",
    }
}

/// A word in small letters and its hash.
#[derive(Clone, Copy)]
pub(crate) struct Word<'d> {
    folded: &'d str,
    hash: u64,
}

impl<'d> Word<'d> {
    fn new(folded: &'d str) -> Self {
        Word { folded, hash: text(folded) }
    }
}

/// The words of tokens from the first on, so that a word is hashed once for all candidates.
struct Words<'d> {
    first: usize,
    words: Vec<Word<'d>>,
}

impl<'d> Words<'d> {
    fn at(&self, token: usize) -> Word<'d> {
        self.words[token - self.first]
    }
}

/// Takes the features of a candidate: words and pairs of them, and small numbers.
pub(crate) trait Sink {
    fn word(&mut self, template: Template, gap: Gap, word: Word<'_>);
    fn pair(&mut self, template: Template, gap: Gap, first: Word<'_>, second: Word<'_>);
    fn code(&mut self, template: Template, gap: Gap, code: u64);
}

/// The learned weights, in hundredths. `scripts/learn-links` learns them.
#[derive(Clone, Debug, Default)]
pub struct RoleWeights(SparseTable<i16>);

/// The sides of a name, as the table has them.
const SIDES: [&str; 2] = ["before", "behind"];

fn side(gap: Gap) -> usize {
    usize::from(matches!(
        gap,
        Gap::BehindComma | Gap::BehindBracket | Gap::BehindWord | Gap::BehindOne
    ))
}

fn key(side: usize, template: Template, value: u64) -> u64 {
    finish(mix(mix(side as u64, template as u64), value))
}

fn pair_value(first: Word<'_>, second: Word<'_>) -> u64 {
    mix(first.hash, second.hash)
}

impl RoleWeights {
    /// Reads the table: a side of the name, a feature, its value, a weight.
    ///
    /// # Errors
    /// [`FactsError`] at the first row that is none.
    pub fn parse(table: &str) -> Result<Self, FactsError> {
        const COLUMNS: [&str; 4] = ["side", "feature", "value", "weight"];
        // A row has some 24 bytes, so the weights need not be moved as they grow.
        let mut weights = SparseTable::with_room(table.len() / 24);
        let mut last = None;
        for row in Facts::parse(table, &COLUMNS)?.fields_of(COLUMNS) {
            let (line, [side, feature, value, weight]) = row?;
            let bad = |what: &str| FactsError::new(line, format!("no {what}"));
            let side = SIDES.iter().position(|name| *name == side).ok_or_else(|| bad("side"))?;
            // Rows of a feature stand together.
            let same = last.filter(|template: &Template| template.name() == feature);
            let find = || Template::ALL.iter().copied().find(|it| it.name() == feature);
            let template = same.or_else(find).ok_or_else(|| bad("feature"))?;
            last = Some(template);
            let value = match template {
                Template::NoneEdge
                | Template::NoneNext
                | Template::First
                | Template::Last
                | Template::Outside
                | Template::Inner => text(value),
                Template::FirstPair | Template::OutsidePair => {
                    let (first, second) = value.split_once(' ').ok_or_else(|| bad("two words"))?;
                    pair_value(Word::new(first), Word::new(second))
                }
                _ => facts::number(line, value, "value")?.ok_or_else(|| bad("value"))?,
            };
            let weight = facts::number(line, weight, "weight")?.unwrap_or_default();
            weights.get_or_insert(key(side, template, value), weight);
        }
        Ok(RoleWeights(weights))
    }
}

/// The sum of the weights of a candidate.
struct Score<'w> {
    weights: &'w RoleWeights,
    sum: i32,
}

impl Score<'_> {
    fn add(&mut self, gap: Gap, template: Template, value: u64) {
        let found = self.weights.0.get(key(side(gap), template, value));
        self.sum += i32::from(found.unwrap_or_default());
    }
}

impl Sink for Score<'_> {
    fn word(&mut self, template: Template, gap: Gap, word: Word<'_>) {
        self.add(gap, template, word.hash);
    }

    fn pair(&mut self, template: Template, gap: Gap, first: Word<'_>, second: Word<'_>) {
        self.add(gap, template, pair_value(first, second));
    }

    fn code(&mut self, template: Template, gap: Gap, code: u64) {
        self.add(gap, template, code);
    }
}

/// A name of a person in its sentence.
pub(crate) struct Place<'p> {
    pub document: &'p Document,
    pub views: &'p Views,
    /// The mentions of the sentence.
    pub mentions: &'p [Mention],
    pub name: Range<usize>,
    /// From the person before to the end of the sentence.
    pub clause: Range<usize>,
    /// Where the next person's name begins.
    pub next: usize,
}

/// Where a role may stand: one of its edges is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Opening {
    pub gap: Gap,
    /// The edge at the name.
    edge: usize,
    /// How far the other edge may be: before `edge` where the role stands before the name.
    limit: usize,
}

impl Opening {
    /// All candidates, the shortest first.
    pub fn candidates(&self) -> impl Iterator<Item = Range<usize>> {
        let Opening { gap, edge, limit } = *self;
        let before = side(gap) == 0;
        let longest = if before { edge - limit } else { limit - edge };
        (1..=longest).map(
            move |length| {
                if before { edge - length..edge } else { edge..edge + length }
            },
        )
    }
}

impl<'p> Place<'p> {
    /// The place of the mention with this number, which is one of a person.
    pub fn new(document: &'p Document, views: &'p Views, index: usize) -> Self {
        let mention = &document.mentions[index];
        let sentence = document.sentences[mention.sentence].tokens.clone();
        let of_sentence = |other: &&Mention| other.sentence == mention.sentence;
        let from = index - document.mentions[..index].iter().rev().take_while(of_sentence).count();
        let to = index + document.mentions[index..].iter().take_while(of_sentence).count();
        let mentions = &document.mentions[from..to];
        let person = |other: &&Mention| other.label == Label::Person;
        // A role does not reach across another person.
        let before = mentions[..index - from].iter().rfind(person);
        let before = before.map_or(0, |other| other.tokens.end.min(mention.tokens.start));
        let behind = mentions[index - from + 1..].iter().find(person);
        let next = behind.map_or(sentence.end, |other| other.tokens.start.max(mention.tokens.end));
        let clause = sentence.start.max(before)..sentence.end;
        Place { document, views, mentions, name: mention.tokens.clone(), clause, next }
    }

    fn surface(&self, at: usize) -> &str {
        self.document.surface(&self.document.tokens[at])
    }

    fn folded(&self, at: usize) -> &str {
        self.document.folded(&self.document.tokens[at])
    }

    fn shape(&self, at: usize) -> Shape {
        self.views.token(at).shape
    }

    /// Adds the ranks and degrees right before the name, which are roles without a choice, and gives
    /// where the rest begins. Forms of address are passed over.
    pub fn ranks(&self, found: &mut Vec<Span>) -> usize {
        let mut end = self.name.start;
        let first = found.len();
        let title = |end: usize| {
            let title = self.views.before(end).title?;
            let of_name = matches!(
                title.kind,
                TitleKind::Rank | TitleKind::Honorific | TitleKind::DegreeBefore
            );
            (of_name && title.start() >= self.clause.start).then_some(title)
        };
        while let Some(title) = title(end) {
            // A first degree ("Drs.", "Ir.") says nothing of what somebody does.
            let degree =
                || FIRST_DEGREES.contains(&self.folded(title.start()).trim_end_matches('.'));
            if title.kind != TitleKind::Honorific && !degree() {
                found.push(self.document.span_of(title.start()..end));
            }
            end = title.start();
        }
        found[first..].reverse();
        end
    }

    /// Where a role may stand before the name, of which the titles begin at `end`.
    pub fn before(&self, end: usize) -> Option<Opening> {
        let last = end.checked_sub(1).filter(|&last| last >= self.clause.start)?;
        let gap = match self.surface(last) {
            "," => Gap::BeforeComma,
            "(" => Gap::BeforeBracket,
            ":" => Gap::BeforeColon,
            _ => Gap::Before,
        };
        let edge = if gap == Gap::Before { end } else { last };
        if gap == Gap::Before
            && (self.document.tokens[last].stop || self.views.before(end).verb.is_some())
        {
            return None;
        }
        let earliest = self.clause.start.max(edge.saturating_sub(LONGEST));
        let ends = |&at: &usize| self.shape(at) == Shape::Other && !is_inner_mark(self.surface(at));
        let limit = (earliest..edge).rev().find(ends).map_or(earliest, |at| at + 1);
        (limit < edge).then_some(Opening { gap, edge, limit })
    }

    /// Where a role may stand behind the name, degrees and an age in brackets left out.
    pub fn behind(&self) -> Option<Opening> {
        let end = self.clause.end.min(self.next);
        let mut at = self.name.end;
        while at + 1 < end && self.surface(at) == "," && self.views.degree(at + 1) {
            at += 2;
        }
        let is_age = at + 2 < end
            && self.surface(at) == "("
            && self.document.tokens[at + 1].kind == TokenKind::Number
            && self.surface(at + 2) == ")";
        if is_age {
            at += 3;
        }
        if at >= end {
            return None;
        }
        let mut gap = match self.surface(at) {
            "," => Some(Gap::BehindComma),
            "(" => Some(Gap::BehindBracket),
            _ => None,
        };
        at += usize::from(gap.is_some());
        let leads = |phrase: &&&[&str]| {
            at + phrase.len() < end
                && phrase.iter().enumerate().all(|(next, word)| self.folded(at + next) == *word)
        };
        if let Some(length) = LEADS.iter().filter(leads).map(|phrase| phrase.len()).max() {
            gap = Some(Gap::BehindWord);
            at += length;
        }
        if at < end && self.folded(at) == "seorang" {
            gap = Some(Gap::BehindOne);
            at += 1;
        }
        let gap = gap?;
        let latest = end.min(at + LONGEST);
        let ends = |&at: &usize| self.shape(at) == Shape::Other && !is_inner_mark(self.surface(at));
        let comma = |&at: &usize| self.surface(at) == ",";
        let limit = (at..latest).find(|at| ends(at) || comma(at)).unwrap_or(latest);
        (at < limit).then_some(Opening { gap, edge: at, limit })
    }

    /// The words at which candidates look: all that they may have, and one more on each side.
    fn words(&self, opening: &Opening) -> Words<'_> {
        let Opening { edge, limit, .. } = *opening;
        let first = edge.min(limit).saturating_sub(1).max(self.clause.start);
        let end = (edge.max(limit) + 1).min(self.clause.end);
        Words { first, words: (first..end).map(|at| Word::new(self.folded(at))).collect() }
    }

    /// The features of no role.
    fn none(&self, opening: &Opening, words: &Words<'_>, sink: &mut impl Sink) {
        let gap = opening.gap;
        let inner = if side(gap) == 0 { opening.edge - 1 } else { opening.edge };
        sink.code(Template::None, gap, gap as u64);
        sink.word(Template::NoneEdge, gap, words.at(inner));
        let next = if side(gap) == 0 { inner.checked_sub(1) } else { Some(inner + 1) };
        let next = next.filter(|&at| self.clause.contains(&at));
        let next = next.map_or_else(|| Word::new(""), |at| words.at(at));
        sink.word(Template::NoneNext, gap, next);
        let title = match side(gap) {
            0 => self.views.before(opening.edge).title.map(|title| title.kind),
            _ => self.views.title(inner).map(|(_, kind)| kind),
        };
        if side(gap) == 1 {
            // "Kepala Bappeda Eddy, Kepala BKAD, Deni": who stands behind the comma has the office.
            let person = |at: usize| at == self.next && self.next < self.clause.end;
            let shared = person(opening.limit) || person(opening.limit + 1);
            let mark = match self.clause.contains(&opening.limit) {
                true if self.surface(opening.limit) == "," => 1,
                true => 2,
                false => 0,
            };
            let before = self.name.start.saturating_sub(LONGEST).max(self.clause.start);
            let office = (before..self.name.start)
                .any(|at| self.views.title(at).is_some_and(|(_, kind)| is_office(kind)));
            let has = title.is_some_and(is_office);
            let list = u64::from(shared) + 2 * u64::from(office) + 4 * mark + 16 * u64::from(has);
            sink.code(Template::NoneList, gap, gap as u64 * 32 + list);
        }
        let title = title.map_or(0, |kind| 1 + kind as u64);
        sink.code(
            Template::NoneTitle,
            gap,
            (gap as u64 * 16 + title) * 8 + self.shape(inner) as u64,
        );
    }

    /// The features of a candidate.
    fn candidate(
        &self,
        opening: &Opening,
        words: &Words<'_>,
        role: &Range<usize>,
        sink: &mut impl Sink,
    ) {
        let (gap, at_start) = (opening.gap, side(opening.gap) == 0);
        let (first, last) = (role.start, role.end - 1);
        // The free edge: the word inside, and the one outside.
        let inside = if at_start { first } else { last };
        let outside = if at_start { first.checked_sub(1) } else { Some(role.end) };
        let outside = outside.filter(|&at| self.clause.contains(&at));
        let outside_word = outside.map_or_else(|| Word::new(""), |at| words.at(at));
        sink.word(Template::First, gap, words.at(first));
        sink.word(Template::Last, gap, words.at(last));
        sink.word(Template::Outside, gap, outside_word);
        sink.pair(Template::OutsidePair, gap, outside_word, words.at(inside));
        if role.len() > 1 {
            sink.pair(Template::FirstPair, gap, words.at(first), words.at(first + 1));
        }
        let shape = |at: Option<usize>| at.map_or(7, |at| self.shape(at) as u64);
        let shapes = shape(Some(inside)) * 8 + shape(outside);
        sink.code(Template::Shapes, gap, gap as u64 * 64 + shapes);
        let title = self.views.title(first);
        let (length, kind) = title.map_or((0, 0), |(length, kind)| (length, 1 + kind as u64));
        let covers = if length >= role.len() { 2 } else { u64::from(length + 1 >= role.len()) };
        let inner_title = outside.is_some_and(|at| {
            at_start && self.views.title(at).is_some_and(|(length, _)| at + length > first)
        });
        let title = (kind * 4 + covers) * 2 + u64::from(inner_title);
        sink.code(Template::Title, gap, gap as u64 * 128 + title);
        sink.code(Template::Length, gap, gap as u64 * 32 + role.len() as u64);
        let inner = role.start + 1..role.end;
        let commas = inner.clone().filter(|&at| self.surface(at) == ",").count();
        sink.code(Template::Commas, gap, gap as u64 * 4 + commas.min(3) as u64);
        let lower = inner.clone().filter(|&at| self.shape(at) == Shape::Lower).count();
        sink.code(Template::Lower, gap, gap as u64 * 8 + lower.min(7) as u64);
        for at in inner.filter(|&at| self.shape(at) == Shape::Lower) {
            sink.word(Template::Inner, gap, words.at(at));
        }
        let verb = role.clone().any(|at| self.views.verb(at).is_some());
        sink.code(Template::Verb, gap, u64::from(verb));
        let verb_outside = outside.is_some_and(|at| self.views.verb(at).is_some());
        sink.code(Template::Verb, gap, 2 + u64::from(verb_outside));
        // Whether the free edge cuts a name in two, and what name ends or begins there.
        let edge = if at_start { role.start } else { role.end };
        let mut mention = 0;
        for other in self.mentions {
            let tokens = &other.tokens;
            if tokens.start < edge && edge < tokens.end {
                mention = 1;
            } else if at_start && tokens.start == edge || !at_start && tokens.end == edge {
                mention = 2 + label_number(other);
            } else if at_start && tokens.end == edge || !at_start && tokens.start == edge {
                mention = 8 + label_number(other);
            }
        }
        sink.code(Template::Mention, gap, gap as u64 * 16 + mention);
        let limit = if at_start { role.start } else { role.end } == opening.limit;
        sink.code(Template::Limit, gap, gap as u64 * 2 + u64::from(limit));
        // An apposition is closed by a mark: "Ned Price, juru bicara kementerian itu, menjawab".
        let mark = match (limit, self.clause.contains(&opening.limit)) {
            (true, true) if !at_start => match self.surface(opening.limit) {
                "," => 1,
                "." => 2,
                ")" => 3,
                _ => 4,
            },
            (true, _) => 5,
            (false, _) => 0,
        };
        sink.code(Template::Closed, gap, (gap as u64 * 16 + kind) * 8 + mark);
        let ends_lower = self.shape(inside) == Shape::Lower;
        let goes_on = outside.map_or(2, |at| u64::from(self.shape(at) == Shape::Lower));
        sink.code(
            Template::Next,
            gap,
            ((gap as u64 * 16 + kind) * 4 + goes_on) * 2 + u64::from(ends_lower),
        );
        let number = self.shape(inside) == Shape::Number;
        sink.code(Template::Number, gap, u64::from(number));
    }

    /// The likeliest candidate, if it is likelier than none.
    fn choose(&self, opening: &Opening, weights: &RoleWeights) -> Option<Range<usize>> {
        let words = self.words(opening);
        let mut none = Score { weights, sum: 0 };
        self.none(opening, &words, &mut none);
        let mut best = (none.sum, None);
        for role in opening.candidates() {
            let mut score = Score { weights, sum: 0 };
            self.candidate(opening, &words, &role, &mut score);
            if score.sum > best.0 {
                best = (score.sum, Some(role));
            }
        }
        best.1
    }

    /// A role before a name without the acronym in brackets at its end: "Menteri Perhubungan (Menhub)".
    fn without_acronym(&self, role: Range<usize>) -> Range<usize> {
        let open = role.end.saturating_sub(3);
        let acronym =
            open > role.start && self.surface(open) == "(" && self.surface(role.end - 1) == ")";
        if acronym { role.start..open } else { role }
    }

    /// The roles that stand beside the name, in text order.
    pub fn roles(&self, weights: &RoleWeights, found: &mut Vec<Span>) {
        let mut ranks = Vec::new();
        let end = self.ranks(&mut ranks);
        let before = self.before(end).and_then(|opening| self.choose(&opening, weights));
        found.extend(before.map(|role| self.document.span_of(self.without_acronym(role))));
        found.append(&mut ranks);
        let behind = self.behind().and_then(|opening| self.choose(&opening, weights));
        found.extend(behind.map(|role| self.document.span_of(role)));
    }
}

/// What a choice was made from: the features of no role, then those of every candidate.
#[derive(Clone, Debug)]
pub struct RoleExample {
    /// Of each the hashes of its features.
    pub candidates: Vec<Vec<u64>>,
    /// The one that the annotators have.
    pub chosen: usize,
}

/// The rows of features in the table of weights, by their hashes: side, feature and value.
pub type FeatureRows = FxHashMap<u64, [String; 3]>;

/// Notes features.
struct Noted<'r> {
    rows: &'r mut FeatureRows,
    found: Vec<u64>,
}

impl Noted<'_> {
    fn add(&mut self, gap: Gap, template: Template, value: u64, written: impl Fn() -> String) {
        let key = key(side(gap), template, value);
        let row = || [SIDES[side(gap)].to_string(), template.name().to_string(), written()];
        self.rows.entry(key).or_insert_with(row);
        self.found.push(key);
    }
}

impl Sink for Noted<'_> {
    fn word(&mut self, template: Template, gap: Gap, word: Word<'_>) {
        self.add(gap, template, word.hash, || word.folded.to_string());
    }

    fn pair(&mut self, template: Template, gap: Gap, first: Word<'_>, second: Word<'_>) {
        let written = || format!("{} {}", first.folded, second.folded);
        self.add(gap, template, pair_value(first, second), written);
    }

    fn code(&mut self, template: Template, gap: Gap, code: u64) {
        self.add(gap, template, code, || code.to_string());
    }
}

/// Adds the choices at a name whose person has these roles, in small letters. Where a candidate is the
/// beginning of a role that the place does not have whole, it is not known what annotators would
/// choose.
pub(crate) fn learn(
    place: &Place<'_>,
    roles: &[String],
    rows: &mut FeatureRows,
    examples: &mut Vec<RoleExample>,
) {
    let end = place.ranks(&mut Vec::new());
    for opening in place.before(end).into_iter().chain(place.behind()) {
        let mut noted = Noted { rows, found: Vec::new() };
        let words = place.words(&opening);
        place.none(&opening, &words, &mut noted);
        let mut candidates = vec![std::mem::take(&mut noted.found)];
        let (mut chosen, mut begun) = (0, false);
        for role in opening.candidates() {
            place.candidate(&opening, &words, &role, &mut noted);
            candidates.push(std::mem::take(&mut noted.found));
            let written = place.document.reading(place.document.span_of(role)).to_lowercase();
            if roles.contains(&written) {
                chosen = candidates.len() - 1;
            }
            let begins = |role: &String| {
                role.strip_prefix(&written).is_some_and(|rest| rest.starts_with(' '))
            };
            begun |= roles.iter().any(begins);
        }
        if chosen > 0 || !begun {
            examples.push(RoleExample { candidates, chosen });
        }
    }
}

fn is_office(kind: TitleKind) -> bool {
    matches!(kind, TitleKind::Office | TitleKind::Profession | TitleKind::Modifier)
}

/// Marks that may stand within a role.
fn is_inner_mark(mark: &str) -> bool {
    matches!(mark, "," | "(" | ")" | "/" | "&" | "-" | "–" | "'")
}

fn label_number(mention: &Mention) -> u64 {
    match mention.label {
        Label::Person => 0,
        Label::Location => 1,
        Label::Organisation => 2,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn candidates_grow_from_the_edge_at_the_name() {
        let before = Opening { gap: Gap::Before, edge: 5, limit: 3 };
        assert_eq!(before.candidates().collect::<Vec<_>>(), [4..5, 3..5]);
        let behind = Opening { gap: Gap::BehindComma, edge: 5, limit: 7 };
        assert_eq!(behind.candidates().collect::<Vec<_>>(), [5..6, 5..7]);
    }

    #[test]
    fn a_bad_row_is_named_by_its_line() {
        let parse =
            |rows: &str| RoleWeights::parse(&format!("side\tfeature\tvalue\tweight\n{rows}"));
        assert!(parse("before\tfirst\tketua\t120\nbehind\tlength\t3\t-4\n").is_ok());
        for rows in [
            "above\tfirst\tketua\t1\n",
            "before\tsound\tketua\t1\n",
            "before\tfirst-pair\tketua\t1\n",
            "before\tlength\tketua\t1\n",
            "before\tfirst\tketua\tx\n",
        ] {
            assert_eq!(parse(rows).unwrap_err().line, 2, "{rows}");
        }
    }
}

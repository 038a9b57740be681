//! A linear-chain conditional random field (Lafferty, McCallum and Pereira, 2001) that says which
//! units of a page are furniture.
//!
//! There are two labels, so a unit has one score, that of furniture against prose, and a pair of
//! neighbours the scores of their change of label, by what stands between them. The weights are
//! learned by `scripts/learn-furniture`.

use nukil_types::SparseTable;
use nukil_types::facts::{self, FactsError};

use crate::features::{Features, Sink, Template};
use crate::tokens::{Token, hash_word};
use crate::units::{CUTS, Units};

const TEMPLATES: usize = Template::ALL.len();

/// Values of a feature up to this one index an array; greater ones are looked up.
const DENSE: usize = 1 << 13;

/// The learned weights, in the hundredths of their table.
#[derive(Clone, Debug)]
pub(crate) struct Model {
    pub(crate) lexicon: Lexicon,
    /// Of every feature, by value: of words, their numbers; of codes, themselves.
    dense: [Vec<i16>; TEMPLATES],
    /// Weights of great values and of pairs of words, by their keys.
    sparse: SparseTable<i16>,
    changes: [Change; CUTS],
}

/// The words that have weights, with numbers from 1, and the pairs of them that do.
#[derive(Clone, Debug)]
pub(crate) struct Lexicon {
    numbers: SparseTable<u16>,
    /// Of every word, the features that have a pair with it as the first word, and as the second; those without
    /// a number have none.
    sides: Vec<[u64; 2]>,
    anchors: SparseTable<()>,
}

impl Default for Lexicon {
    fn default() -> Self {
        Lexicon {
            numbers: SparseTable::default(),
            sides: vec![[0; 2]],
            anchors: SparseTable::default(),
        }
    }
}

impl Lexicon {
    /// The number of the word with this hash; 0 if it has none.
    #[inline(always)]
    pub(crate) fn number(&self, hash: u64) -> u16 {
        self.numbers.get(hash).unwrap_or_default()
    }

    /// Whether the words begin furniture.
    #[inline]
    pub(crate) fn is_anchor(&self, first: &Token, second: &Token) -> bool {
        self.may_pair(ANCHOR, first, second)
            && self.anchors.get(pair(ANCHOR, first.number, second.number)).is_some()
    }

    /// Whether both words stand in their places in pairs of the feature.
    #[inline]
    fn may_pair(&self, feature: usize, first: &Token, second: &Token) -> bool {
        let side = |token: &Token, side: usize| self.sides[usize::from(token.number)][side];
        side(first, 0) & side(second, 1) & 1 << feature != 0
    }

    /// Adds a word; gives its number.
    fn insert(&mut self, word: &str) -> Option<u16> {
        let next = self.sides.len();
        let number = self.numbers.get_or_insert(hash_word(word), u16::try_from(next).ok()?);
        self.sides.resize(self.sides.len().max(usize::from(number) + 1), [0; 2]);
        Some(number)
    }

    /// Adds two words; gives the key of their pair in the feature.
    fn insert_pair(&mut self, feature: usize, words: &str) -> Option<u64> {
        let (first, second) = words.split_once(' ')?;
        let (first, second) = (self.insert(first)?, self.insert(second)?);
        self.sides[usize::from(first)][0] |= 1 << feature;
        self.sides[usize::from(second)][1] |= 1 << feature;
        Some(pair(feature, first, second))
    }
}

/// Scores of pairs of labels, by the cut between them; two units of prose have none.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Change {
    /// Furniture follows prose.
    pub begins: i32,
    /// Furniture follows furniture.
    pub stays: i32,
    /// Prose follows furniture.
    pub ends: i32,
}

impl Model {
    /// Reads the table of weights: a feature, its value, its weight.
    pub(crate) fn parse(text: &str) -> Result<Self, FactsError> {
        let mut model = Model {
            lexicon: Lexicon::default(),
            dense: [const { Vec::new() }; TEMPLATES],
            sparse: SparseTable::default(),
            changes: [Change::default(); CUTS],
        };
        let mut last = None;
        for row in rows(text)? {
            let (line, [feature, value, weight]) = row?;
            let bad =
                |what: &str| FactsError::new(line, format!("bad {what} {value:?} of {feature:?}"));
            let weight: i16 = weight.parse().map_err(|_| bad("weight"))?;
            let cut = |value: &str| {
                value.parse().ok().filter(|&cut: &usize| cut < CUTS).ok_or_else(|| bad("cut"))
            };
            match feature {
                "anchor" => {
                    let pair = model.lexicon.insert_pair(ANCHOR, value);
                    model.lexicon.anchors.get_or_insert(pair.ok_or_else(|| bad("pair"))?, ());
                }
                "begins" => model.changes[cut(value)?].begins = weight.into(),
                "stays" => model.changes[cut(value)?].stays = weight.into(),
                "ends" => model.changes[cut(value)?].ends = weight.into(),
                _ => {
                    // Rows of a feature stand together.
                    let same = last.filter(|template: &&Template| template.name() == feature);
                    let find = || Template::ALL.iter().find(|template| template.name() == feature);
                    let template = same.or_else(find);
                    last = template;
                    let &template = template.ok_or_else(|| bad("feature"))?;
                    model.insert(template, value, weight).map_err(bad)?;
                }
            }
        }
        Ok(model)
    }

    /// Adds a weight; an error is what the value should be.
    fn insert(&mut self, template: Template, value: &str, weight: i16) -> Result<(), &'static str> {
        let code = match template.values() {
            Values::Codes => value.parse().map_err(|_| "number")?,
            Values::Words => u64::from(self.lexicon.insert(value).ok_or("word")?),
            Values::Pairs => {
                let key = self.lexicon.insert_pair(template as usize, value).ok_or("pair")?;
                self.sparse.get_or_insert(key, weight);
                return Ok(());
            }
        };
        match usize::try_from(code) {
            Ok(at) if at < DENSE => {
                let weights = &mut self.dense[template as usize];
                weights.resize(weights.len().max(at + 1), 0);
                weights[at] = weight;
            }
            _ => {
                self.sparse.get_or_insert(great(template, code), weight);
            }
        }
        Ok(())
    }

    /// The weight of a value that is a code or the number of a word.
    #[inline(always)]
    fn weight(&self, template: Template, code: u64) -> i32 {
        match self.dense[template as usize].get(code as usize) {
            Some(&weight) => weight.into(),
            None if code < DENSE as u64 => 0,
            None => self.great_weight(template, code),
        }
    }

    #[cold]
    fn great_weight(&self, template: Template, code: u64) -> i32 {
        self.sparse.get(great(template, code)).unwrap_or_default().into()
    }

    /// Which units of the page are furniture: the best sequence of labels (Viterbi).
    pub(crate) fn label(&self, text: &str, page: &Units) -> Vec<bool> {
        let features = Features::new(text, page, &self.lexicon);
        // No page has as many units as would bring a sum of weights near the least number.
        let mut best = [0_i64, i64::MIN / 2];
        let mut from: Vec<[bool; 2]> = Vec::with_capacity(page.units.len());
        for (index, unit) in page.units.iter().enumerate() {
            let mut score = Score { model: self, sum: 0 };
            features.unit(index, &mut score);
            let mut edge = Score { model: self, sum: 0 };
            features.edge(index, &mut edge);
            let change = self.changes[unit.cut as usize];
            let prose = [best[0], best[1] + i64::from(change.ends + edge.sum)];
            let furniture = [best[0] + i64::from(change.begins), best[1] + i64::from(change.stays)];
            from.push([prose[1] > prose[0], furniture[1] > furniture[0]]);
            best = [prose[0].max(prose[1]), furniture[0].max(furniture[1]) + i64::from(score.sum)];
        }
        let mut labels = vec![false; from.len()];
        let mut label = best[1] > best[0];
        for (index, from) in from.iter().enumerate().rev() {
            labels[index] = label;
            label = from[usize::from(label)];
        }
        labels
    }
}

/// The rows of the table, each with the number of its line. The table is read at every start, so a byte is
/// looked at once.
fn rows(
    text: &str,
) -> Result<impl Iterator<Item = Result<(usize, [&str; 3]), FactsError>>, FactsError> {
    const HEADER: &str = "feature\tvalue\tweight";
    let header = facts::lines(text).next();
    let (mut line, header) = header.ok_or_else(|| FactsError::new(1, "no header line"))?;
    if header != HEADER {
        return Err(FactsError::new(line, format!("expected the header {HEADER:?}")));
    }
    let mut start = text.find(HEADER).unwrap_or_default() + HEADER.len() + 1;
    Ok(std::iter::from_fn(move || {
        let rest = text.get(start..).filter(|rest| !rest.is_empty())?;
        line += 1;
        let (mut tabs, mut found) = ([0; 2], 0);
        let mut end = 0;
        for &byte in rest.as_bytes() {
            match byte {
                b'\n' => break,
                b'\t' => {
                    if let Some(tab) = tabs.get_mut(found) {
                        *tab = end;
                    }
                    found += 1;
                }
                _ => {}
            }
            end += 1;
        }
        start += end + 1;
        if found != tabs.len() {
            return Some(Err(FactsError::new(line, format!("{} fields, expected 3", found + 1))));
        }
        let [first, second] = tabs;
        Some(Ok((line, [&rest[..first], &rest[first + 1..second], &rest[second + 1..end]])))
    }))
}

/// The place of anchors among the features that have pairs.
const ANCHOR: usize = 63;

/// The key of a pair of words, by their numbers.
#[inline]
fn pair(feature: usize, first: u16, second: u16) -> u64 {
    (feature as u64) << 32 | u64::from(first) << 16 | u64::from(second)
}

/// The key of a value that is too great for an array.
fn great(template: Template, code: u64) -> u64 {
    1 << 63 | (template as u64) << 40 | code
}

/// What the values of a feature are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Values {
    Words,
    Pairs,
    Codes,
}

impl Template {
    /// What its values are.
    #[inline]
    pub(crate) fn values(self) -> Values {
        use Template as T;
        match self {
            T::First
            | T::Second
            | T::Last
            | T::Word
            | T::RunHead
            | T::EdgeFirst
            | T::EdgeFirstTitle
            | T::EdgePrefix
            | T::EdgeLast
            | T::EdgeNext
            | T::EdgeNextPrefix => Values::Words,
            T::FirstPair
            | T::LastPair
            | T::Pair
            | T::Before
            | T::After
            | T::AnchorWord
            | T::LineFirst
            | T::LineBefore => Values::Pairs,
            _ => Values::Codes,
        }
    }
}

struct Score<'m> {
    model: &'m Model,
    sum: i32,
}

impl Sink for Score<'_> {
    #[inline]
    fn word(&mut self, template: Template, word: &Token) {
        // No feature has a weight for number 0; a branch would be taken at random.
        self.sum += self.model.weight(template, word.number.into());
    }

    #[inline]
    fn pair(&mut self, template: Template, first: &Token, second: &Token) {
        if self.model.lexicon.may_pair(template as usize, first, second) {
            let key = pair(template as usize, first.number, second.number);
            self.sum += i32::from(self.model.sparse.get(key).unwrap_or_default());
        }
    }

    #[inline]
    fn code(&mut self, template: Template, code: u64) {
        self.sum += self.model.weight(template, code);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_row_is_named_by_its_line() {
        let parse = |rows: &str| Model::parse(&format!("# a\nfeature\tvalue\tweight\n{rows}"));
        assert!(parse("anchor\tbaca juga\t0\nword\tbaca\t12\nlength\t3\t-4\n").is_ok());
        for (rows, line) in [
            ("word\tbaca\t12\nword\tbaca\n", 4),
            ("word\tbaca\tx\n", 3),
            ("sound\tbaca\t1\n", 3),
            ("pair\tbaca\t1\n", 3),
            ("length\tbaca\t1\n", 3),
            ("begins\t99\t1\n", 3),
        ] {
            assert_eq!(parse(rows).unwrap_err().line, line, "{rows}");
        }
        assert_eq!(Model::parse("feature\tweight\n").unwrap_err().line, 1);
    }

    #[test]
    fn weights_are_found_by_word_pair_and_code() {
        let table = "feature\tvalue\tweight\nword\tbaca\t12\npair\tbaca juga\t7\nlength\t3\t-4\n\
                     edge-shape\t200000\t9\n";
        let model = Model::parse(table).unwrap();
        let mut tokens = Vec::new();
        let line = "Baca juga dia";
        crate::tokens::scan(
            line,
            nukil_types::Span::new(0, line.len()),
            &model.lexicon,
            &mut tokens,
        );
        let sum = |ask: &dyn Fn(&mut Score<'_>)| {
            let mut score = Score { model: &model, sum: 0 };
            ask(&mut score);
            score.sum
        };
        assert_eq!(sum(&|score| score.word(Template::Word, &tokens[0])), 12);
        assert_eq!(sum(&|score| score.word(Template::First, &tokens[0])), 0);
        assert_eq!(sum(&|score| score.pair(Template::Pair, &tokens[0], &tokens[1])), 7);
        assert_eq!(sum(&|score| score.pair(Template::Pair, &tokens[1], &tokens[2])), 0);
        assert_eq!(sum(&|score| score.code(Template::Length, 3)), -4);
        assert_eq!(sum(&|score| score.code(Template::Length, 4)), 0);
        assert_eq!(sum(&|score| score.code(Template::EdgeShape, 200_000)), 9);
    }
}

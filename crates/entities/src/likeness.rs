//! How alike two names of a document are: which words of the one stand for which of the other.
//!
//! "BPBD DKI" stands for "Badan Penanggulangan Bencana Daerah DKI Jakarta": the first word for the
//! initials of four, the second for itself, and a word at the end is left out. [`Alignment`] finds
//! the best such reading, in order, by dynamic programming (Needleman and Wunsch, 1970), and
//! [`clues`] says in features what it found, for the weights of [`LinkWeights`].

use nukil_types::Label;
use nukil_types::facts::{self, Facts, FactsError};

use crate::forms::{Word, is_misspelt};
use crate::named::named;

/// Most words of a name that are compared.
const LONGEST: usize = 16;
/// Most words for which one word stands.
const RUN: usize = 7;
/// Fewest letters of a word whose letters stand for several words without being their beginnings.
const LETTERS: usize = 4;

/// How a word stands for others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// It is the same word.
    Same,
    /// It is the word with a slip: "Beiber", "Bieber".
    Misspelt,
    /// One is a letter with which the other begins.
    Initial,
    /// One is the beginning of the other: "Kemen", "Kementerian".
    Beginning,
    /// It is the end of the word: "Parti", "Suparti".
    End,
    /// It is the initials of several words: "BPBD".
    Initials,
    /// It is the beginnings of several words: "Sumut", "Lambar".
    Syllables,
    /// Its letters stand in several words in order: "Bawaslu", "Satlantas".
    Letters,
}

impl Way {
    fn score(self, words: usize) -> i32 {
        match self {
            Way::Same => 12,
            Way::Misspelt => 8,
            Way::Beginning => 6,
            Way::Initial => 5,
            Way::End => 4,
            Way::Initials => 4 * words as i32,
            Way::Syllables => 4 * words as i32 - 1,
            Way::Letters => 2 * words as i32,
        }
    }
}

/// A word of the short name and the words of the long one for which it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Match {
    pub word: usize,
    pub start: usize,
    pub end: usize,
    pub way: Way,
}

/// The best reading of a short name as a form of a long one. Buffers are reused.
#[derive(Clone, Debug, Default)]
pub(crate) struct Alignment {
    /// In order.
    pub matches: Vec<Match>,
    /// Of every rest of the short and the long name the best score, and how it is reached.
    cells: Vec<(i32, Step)>,
}

#[derive(Clone, Copy, Debug, Default)]
enum Step {
    #[default]
    End,
    /// A word of the long name is left out.
    Long,
    /// A word of the short name stands for nothing.
    Short,
    /// It stands for so many words.
    Match(Way, usize),
}

impl Alignment {
    /// Aligns two names. Nothing matches where either has too many words.
    pub fn align(&mut self, short: &[Word<'_>], long: &[Word<'_>]) {
        self.matches.clear();
        if short.len() > LONGEST || long.len() > LONGEST {
            return;
        }
        let width = long.len() + 1;
        self.cells.clear();
        self.cells.resize((short.len() + 1) * width, (0, Step::End));
        for i in (0..=short.len()).rev() {
            for j in (0..=long.len()).rev() {
                let mut best =
                    (if i == short.len() && j == long.len() { 0 } else { i32::MIN }, Step::End);
                let mut offer = |score: i32, step: Step| {
                    if score > best.0 {
                        best = (score, step);
                    }
                };
                if i < short.len() && j < long.len() {
                    each_way(&short[i], &long[j..], |way, words| {
                        let rest = self.cells[(i + 1) * width + j + words].0;
                        offer(rest + way.score(words), Step::Match(way, words));
                    });
                }
                if j < long.len() {
                    let cost = i32::from(!is_function_word(&long[j]));
                    offer(self.cells[i * width + j + 1].0 - cost, Step::Long);
                }
                if i < short.len() {
                    let cost = if is_function_word(&short[i]) { 0 } else { 6 };
                    offer(self.cells[(i + 1) * width + j].0 - cost, Step::Short);
                }
                self.cells[i * width + j] = best;
            }
        }
        let (mut i, mut j) = (0, 0);
        loop {
            match self.cells[i * width + j].1 {
                Step::End => break,
                Step::Long => j += 1,
                Step::Short => i += 1,
                Step::Match(way, words) => {
                    self.matches.push(Match { word: i, start: j, end: j + words, way });
                    i += 1;
                    j += words;
                }
            }
        }
    }
}

/// Calls `found` with every way in which a word stands for those with which `long` begins, and how
/// many these are.
fn each_way(word: &str, long: &[Word<'_>], mut found: impl FnMut(Way, usize)) {
    let other = &*long[0];
    if word == other {
        return found(Way::Same, 1);
    }
    if let Some(way) = one_for_one(word, other) {
        found(way, 1);
    }
    let (first, length) = (word.chars().next(), word.chars().count());
    if first.is_none() || first != other.chars().next() || length < 2 {
        return;
    }
    for skipping in [true, false] {
        if let Some(words) = initials(word, long, skipping).filter(|&words| words > 1) {
            found(Way::Initials, words);
        }
    }
    if length > 2
        && let Some(words) = syllables(word, long).filter(|&words| words > 1)
    {
        found(Way::Syllables, words);
    }
    if length >= LETTERS
        && let Some(words) = letters(word, long).filter(|&words| words > 1)
    {
        found(Way::Letters, words);
    }
}

fn one_for_one(word: &str, other: &str) -> Option<Way> {
    if is_number(word) || is_number(other) {
        return None;
    }
    let (short, long) = if word.len() <= other.len() { (word, other) } else { (other, word) };
    let letters = short.chars().count();
    if letters == 1 {
        return long.starts_with(short).then_some(Way::Initial);
    }
    if letters > 2 && long.starts_with(short) {
        return Some(Way::Beginning);
    }
    if !differ_in_last_vowel(word, other)
        && (is_misspelt(word, other)
            || are_letters_swapped(word, other)
            || is_letter_moved(word, other))
    {
        return Some(Way::Misspelt);
    }
    (word.chars().count() > 2 && other.ends_with(word)).then_some(Way::End)
}

/// Whether two words of five letters and more are the same but for two letters side by side.
fn are_letters_swapped(one: &str, other: &str) -> bool {
    if one.len() != other.len() || one.len() < 5 || !one.is_ascii() || !other.is_ascii() {
        return false;
    }
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let Some(at) = one.iter().zip(other).position(|(a, b)| a != b) else { return false };
    at + 1 < one.len()
        && one[at] == other[at + 1]
        && one[at + 1] == other[at]
        && one[at + 2..] == other[at + 2..]
}

/// Whether two words differ in a vowel at the end alone, as names of men and women do: "Sumarno",
/// "Sumarni".
fn differ_in_last_vowel(one: &str, other: &str) -> bool {
    let vowel = |word: &str| matches!(word.as_bytes().last(), Some(b'a' | b'i' | b'o'));
    let (same, length) = (one.len() == other.len(), one.len().saturating_sub(1));
    same && vowel(one) && vowel(other) && one.as_bytes()[..length] == other.as_bytes()[..length]
}

/// Whether two words of six letters and more have the same letters and one of these stands elsewhere:
/// "stusikno", "sutikno" has one letter more besides.
fn is_letter_moved(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    if short.len() < 6 || long.len() > short.len() + 1 || !one.is_ascii() || !other.is_ascii() {
        return false;
    }
    let (short, long) = (short.as_bytes(), long.as_bytes());
    let front = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    let back = short.iter().rev().zip(long.iter().rev()).take_while(|(a, b)| a == b).count();
    if front == 0 || back == 0 || front + back >= short.len() {
        return false;
    }
    let mut middle = [0_i32; 256];
    short[front..short.len() - back].iter().for_each(|&letter| middle[usize::from(letter)] += 1);
    long[front..long.len() - back].iter().for_each(|&letter| middle[usize::from(letter)] -= 1);
    let differences: i32 = middle.iter().map(|count| count.abs()).sum();
    differences as usize == long.len() - short.len() && long.len() - back - front <= 5
}

/// Whether a word has digits or is a Roman numeral.
pub(crate) fn is_number(word: &str) -> bool {
    word.contains(|c: char| c.is_ascii_digit())
        || word.bytes().all(|byte| matches!(byte, b'i' | b'v' | b'x'))
}

/// How many words of `long` have the letters of the word as their initials; `skipping` leaves out
/// function words.
fn initials(word: &str, long: &[Word<'_>], skipping: bool) -> Option<usize> {
    let mut words =
        long.iter().enumerate().filter(|(_, other)| !(skipping && is_function_word(other)));
    let mut end = 0;
    for letter in word.chars() {
        let (at, _) =
            words.next().filter(|(at, other)| *at < RUN + 2 && other.starts_with(letter))?;
        end = at + 1;
    }
    Some(end)
}

/// How many words of `long` begin with parts of the word that together are all of it.
fn syllables(word: &str, long: &[Word<'_>]) -> Option<usize> {
    /// Nothing longer is made of syllables; a bit a byte is kept of what has been tried.
    const MOST: usize = u64::BITS as usize - 1;
    fn rest(word: &str, long: &[Word<'_>], from: usize, failed: &mut [u64]) -> Option<usize> {
        if from == word.len() {
            return Some(0);
        }
        let other = long.first()?;
        if failed[long.len()] >> from & 1 == 1 {
            return None;
        }
        if is_function_word(other)
            && let Some(words) = rest(word, &long[1..], from, failed).filter(|&words| words > 0)
        {
            return Some(words + 1);
        }
        let letters = word[from..].chars().zip(other.chars());
        let common = letters.take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8());
        let mut end = from + common.clone().sum::<usize>();
        while end > from {
            if let Some(words) = rest(word, &long[1..], end, failed) {
                return Some(words + 1);
            }
            let last = word[from..end].chars().next_back().map_or(1, char::len_utf8);
            end -= last;
        }
        failed[long.len()] |= 1 << from;
        None
    }
    let long = &long[..long.len().min(LONGEST)];
    if word.len() > MOST {
        return None;
    }
    rest(word, long, 0, &mut [0; LONGEST + 1])
}

/// How many words of `long`, of which there are several, have the letters of the word in order; the
/// first begins with its first letter, and each has some.
fn letters(word: &str, long: &[Word<'_>]) -> Option<usize> {
    let mut letters = word.chars().peekable();
    for (at, other) in long.iter().take(RUN).enumerate() {
        if at > 0 && is_function_word(other) {
            continue;
        }
        let left = letters.clone().count();
        for letter in other.chars() {
            // A letter is left for the words that follow.
            if letters.peek() == Some(&letter) {
                letters.next();
            }
        }
        if letters.peek().is_none() {
            return Some(at + 1);
        }
        if letters.clone().count() == left {
            return None;
        }
    }
    None
}

fn is_function_word(word: &str) -> bool {
    matches!(
        word,
        "dan" | "di" | "untuk" | "of" | "the" | "and" | "," | "." | "-" | "/" | "&" | "'"
    )
}

named! {
    /// What is told of a short name beside a long one.
    Clue {
        Bias = "bias",
        // How many words of the short name stand for nothing.
        Whole = "whole",
        MissingOne = "missing-one",
        MissingMore = "missing-more",
        MissingNumber = "missing-number",
        // Both names have words that stand for nothing.
        Conflict = "conflict",
        // How many words of the long name are left out before, between and behind.
        LeadOne = "lead-one",
        LeadTwo = "lead-two",
        LeadMore = "lead-more",
        InnerOne = "inner-one",
        InnerMore = "inner-more",
        TailOne = "tail-one",
        TailTwo = "tail-two",
        TailMore = "tail-more",
        SkippedNumber = "skipped-number",
        NothingSkipped = "nothing-skipped",
        // What the matches are.
        SameOne = "same-one",
        SameTwo = "same-two",
        SameMore = "same-more",
        Misspelt = "misspelt",
        Initial = "initial",
        Beginning = "beginning",
        End = "end",
        Initials = "initials",
        Syllables = "syllables",
        Letters = "letters",
        OnlyInexact = "only-inexact",
        FirstWords = "first-words",
        LastWords = "last-words",
        // The short name is one word.
        OneFirst = "one-first",
        OneLast = "one-last",
        OneInner = "one-inner",
        OneMisspelt = "one-misspelt",
        OneBeginning = "one-beginning",
        OneEnd = "one-end",
        OneInitials = "one-initials",
        OneInitialsWhole = "one-initials-whole",
        OneSyllables = "one-syllables",
        OneSyllablesWhole = "one-syllables-whole",
        OneLetters = "one-letters",
        OneLettersWhole = "one-letters-whole",
        OneShort = "one-short",
        OneLong = "one-long",
        BothOne = "both-one",
        // All words of a short name of several words are matched.
        WholeLead = "whole-lead",
        WholeInner = "whole-inner",
        WholeTail = "whole-tail",
        // What else is known of the two.
        Known = "known",
        LongKnown = "long-known",
        KnownOther = "known-other",
        OneLevel = "one-level",
        Capitals = "capitals",
        Introduced = "introduced",
        Before = "before",
        Near = "near",
        Far = "far",
        Often = "often",
        Rivals = "rivals",
    }
}

/// What is known of a pair of names beside their words.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Circumstances {
    /// The gazetteer knows the short name; the long one.
    pub known: bool,
    pub long_known: bool,
    /// One of the names says a level ("Desa").
    pub one_level: bool,
    /// The short name is written in capitals.
    pub capitals: bool,
    /// The long name has another short form in brackets beside it.
    pub introduced: bool,
    /// A mention of the long name stands before; so many mentions lie between.
    pub before: bool,
    pub distance: usize,
    /// How many mentions the long name has.
    pub mentions: usize,
    /// Other names have words for all words of the short one, too.
    pub rivals: bool,
}

/// Calls `found` with all that is told of a short name beside a long one.
pub(crate) fn clues(
    short: &[Word<'_>],
    long: &[Word<'_>],
    matches: &[Match],
    circumstances: Circumstances,
    mut found: impl FnMut(Clue),
) {
    use Clue as C;
    let mut tell = |clue: Clue, told: bool| {
        if told {
            found(clue);
        }
    };
    tell(C::Bias, true);
    let content = |words: &[Word]| words.iter().filter(|word| !is_function_word(word)).count();
    let matched = |at: usize| matches.iter().any(|it| it.word == at);
    let missing =
        short.iter().enumerate().filter(|(at, word)| !is_function_word(word) && !matched(*at));
    let count = missing.clone().count();
    tell(C::Whole, count == 0);
    tell(C::MissingOne, count == 1);
    tell(C::MissingMore, count > 1);
    tell(C::MissingNumber, missing.clone().any(|(_, word)| is_number(word)));
    let (first, last) = (matches[0], matches[matches.len() - 1]);
    let lead = content(&long[..first.start]);
    let tail = content(&long[last.end..]);
    let between = matches.windows(2).map(|pair| &long[pair[0].end..pair[1].start]);
    let inner: usize = between.clone().map(content).sum();
    for (clue, told) in [
        (C::LeadOne, lead == 1),
        (C::LeadTwo, lead == 2),
        (C::LeadMore, lead > 2),
        (C::InnerOne, inner == 1),
        (C::InnerMore, inner > 1),
        (C::TailOne, tail == 1),
        (C::TailTwo, tail == 2),
        (C::TailMore, tail > 2),
        (C::NothingSkipped, lead + inner + tail == 0),
    ] {
        tell(clue, told);
    }
    tell(C::Conflict, count > 0 && lead + inner + tail > 0);
    let mut skipped = long[..first.start].iter().chain(&long[last.end..]).chain(between.flatten());
    tell(C::SkippedNumber, skipped.any(|word| is_number(word)));
    let ways = |way: Way| matches.iter().filter(|it| it.way == way).count();
    let same = ways(Way::Same);
    let whole = lead + tail == 0;
    if let [_] = short {
        let first_word = first.start == 0;
        for (clue, told) in [
            (C::OneFirst, same == 1 && first_word),
            (C::OneLast, same == 1 && !first_word && last.end == long.len()),
            (C::OneInner, same == 1 && !first_word && last.end < long.len()),
            (C::OneMisspelt, ways(Way::Misspelt) == 1),
            (C::OneBeginning, ways(Way::Beginning) == 1),
            (C::OneEnd, ways(Way::End) == 1),
            (C::OneInitials, ways(Way::Initials) == 1 && !whole),
            (C::OneInitialsWhole, ways(Way::Initials) == 1 && whole),
            (C::OneSyllables, ways(Way::Syllables) == 1 && !whole),
            (C::OneSyllablesWhole, ways(Way::Syllables) == 1 && whole),
            (C::OneLetters, ways(Way::Letters) == 1 && !whole),
            (C::OneLettersWhole, ways(Way::Letters) == 1 && whole),
            (C::OneShort, short[0].chars().count() < 4),
            (C::OneLong, short[0].chars().count() > 5),
            (C::BothOne, long.len() == 1),
        ] {
            tell(clue, told);
        }
    } else {
        for (clue, told) in [
            (C::SameOne, same == 1),
            (C::SameTwo, same == 2),
            (C::SameMore, same > 2),
            (C::Misspelt, ways(Way::Misspelt) > 0),
            (C::Initial, ways(Way::Initial) > 0),
            (C::Beginning, ways(Way::Beginning) > 0),
            (C::End, ways(Way::End) > 0),
            (C::Initials, ways(Way::Initials) > 0),
            (C::Syllables, ways(Way::Syllables) > 0),
            (C::Letters, ways(Way::Letters) > 0),
            (C::OnlyInexact, same == 0),
            (C::FirstWords, first.word == 0 && first.start == 0),
            (C::LastWords, last.word + 1 == short.len() && last.end == long.len()),
            (C::WholeLead, count == 0 && lead > 0 && inner + tail == 0),
            (C::WholeInner, count == 0 && inner > 0 && lead + tail == 0),
            (C::WholeTail, count == 0 && tail > 0 && lead + inner == 0),
        ] {
            tell(clue, told);
        }
    }
    let it = circumstances;
    for (clue, told) in [
        (C::Known, it.known),
        (C::LongKnown, it.long_known),
        (C::KnownOther, it.known && it.long_known),
        (C::OneLevel, it.one_level),
        (C::Capitals, it.capitals),
        (C::Introduced, it.introduced),
        (C::Before, it.before),
        (C::Near, it.distance <= 2),
        (C::Far, it.distance > 12),
        (C::Often, it.mentions > 2),
        (C::Rivals, it.rivals),
    ] {
        tell(clue, told);
    }
}

/// Kinds of names that have weights of their own.
pub(crate) const KINDS: usize = 4;

/// The kind of a label: people, places, organisations, all others.
pub(crate) fn kind(label: &Label) -> usize {
    match label {
        Label::Person => 0,
        Label::Location => 1,
        Label::Organisation => 2,
        _ => 3,
    }
}

/// The weights of all clues, by the kind of the names, in hundredths. `scripts/learn-links` learns
/// them by logistic regression.
#[derive(Clone, Debug)]
pub struct LinkWeights([Vec<i32>; KINDS]);

impl LinkWeights {
    /// Reads the table: a clue, and its weights for people, places, organisations and other names.
    ///
    /// # Errors
    /// [`FactsError`] at the first row that is none.
    pub fn parse(text: &str) -> Result<Self, FactsError> {
        const COLUMNS: [&str; 1 + KINDS] = ["clue", "person", "place", "organisation", "other"];
        let mut weights: [Vec<i32>; KINDS] = std::array::from_fn(|_| vec![0; Clue::ALL.len()]);
        for row in Facts::parse(text, &COLUMNS)?.fields_of(COLUMNS) {
            let (line, [name, own @ ..]) = row?;
            let clue = Clue::ALL.iter().find(|clue| clue.name() == name);
            let clue = clue.ok_or_else(|| FactsError::new(line, format!("no clue {name:?}")))?;
            for ((weights, field), column) in weights.iter_mut().zip(own).zip(&COLUMNS[1..]) {
                weights[*clue as usize] = facts::number(line, field, column)?.unwrap_or_default();
            }
        }
        Ok(LinkWeights(weights))
    }

    pub(crate) fn weight(&self, kind: usize, clue: Clue) -> i32 {
        self.0[kind][clue as usize]
    }
}

/// The names of all clues, as the table has them, in order.
pub fn clue_names() -> Vec<&'static str> {
    Clue::ALL.iter().map(|clue| clue.name()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(name: &str) -> Vec<Word<'_>> {
        name.split(' ').map(Word::Borrowed).collect()
    }

    fn ways(short: &str, long: &str) -> Vec<(usize, Way)> {
        let mut alignment = Alignment::default();
        alignment.align(&words(short), &words(long));
        alignment.matches.iter().map(|it| (it.end - it.start, it.way)).collect()
    }

    #[test]
    fn a_word_stands_for_several_in_many_ways() {
        let bpbd = "badan penanggulangan bencana daerah dki jakarta";
        assert_eq!(ways("bpbd dki", bpbd), [(4, Way::Initials), (1, Way::Same)]);
        assert_eq!(ways("lambar", "lampung barat"), [(2, Way::Syllables)]);
        assert_eq!(
            ways("polres tubaba", "polres tulang bawang barat"),
            [(1, Way::Same), (3, Way::Syllables)]
        );
        assert_eq!(ways("bawaslu", "badan pengawas pemilu"), [(3, Way::Letters)]);
        assert_eq!(
            ways("kppa", "kementerian pemberdayaan perempuan dan anak"),
            [(5, Way::Initials)]
        );
        assert_eq!(ways("rsudam", "rsud abdul moeloek"), [(3, Way::Syllables)]);
        assert_eq!(
            ways("kemen pupr", "kementerian pekerjaan umum dan perumahan rakyat"),
            [(1, Way::Beginning), (5, Way::Initials)]
        );
    }

    #[test]
    fn a_word_stands_for_one_in_many_ways() {
        assert_eq!(ways("hailey beiber", "hailey bieber"), [(1, Way::Same), (1, Way::Misspelt)]);
        assert_eq!(ways("sandia", "sandiaga uno"), [(1, Way::Beginning)]);
        assert_eq!(ways("parti", "suparti"), [(1, Way::End)]);
        assert_eq!(ways("m faisal", "muhamad faisal"), [(1, Way::Initial), (1, Way::Same)]);
        assert_eq!(ways("sutikno", "stusikno"), [(1, Way::Misspelt)]);
        assert_eq!(ways("sumarni", "sumarno"), []);
        assert_eq!(ways("wibowo", "wibisono"), []);
        assert_eq!(ways("smpn 1", "smpn 2"), [(1, Way::Same)]);
        assert_eq!(ways("komisi iii", "komisi ii"), [(1, Way::Same)]);
    }

    #[test]
    fn a_bad_row_is_named_by_its_line() {
        let parse = |rows: &str| {
            LinkWeights::parse(&format!("clue\tperson\tplace\torganisation\tother\n{rows}"))
        };
        assert!(parse("bias\t-100\t0\t5\t7\n").is_ok());
        assert_eq!(parse("bias\t-100\t0\t5\tx\n").unwrap_err().line, 2);
        assert_eq!(parse("sound\t-100\t0\t5\t1\n").unwrap_err().line, 2);
    }
}

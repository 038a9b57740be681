//! Finds the root that a word is best read as made from.
//!
//! Every way to take clitics, a suffix and up to three prefixes off is tried, and each known root
//! that is reached is scored: frequent roots before rare ones (mengukur is ukur, not kukur; berada
//! is ada, not rada), long roots before short ones (penelitian is teliti, not elit), less the
//! costs of unusual rules. A unigram model over roots with a length prior, in short.

use crate::affixes::{
    PARTICLES, POSSESSIVES, Prefix, Suffix, agree, stack, without, without_prefix, without_suffix,
};
use crate::clitics::Clitics;
use crate::lexicon::{Entry, Lexicon};

/// Longer words are names, addresses or noise; they stay whole.
pub(crate) const LONGEST_WORD: usize = 40;
const SHORTEST_ROOT: usize = 3;
const DEEPEST_PREFIX: usize = 3;

/// Worth of a letter of the root against a unit of the logarithm of its frequency.
const LETTER_WORTH: f32 = 1.0;
/// A clitic is a sure sign of itself only where the host is a word.
const CLITIC_COST: f32 = 0.3;
/// -kan, -an and -i each cost about what two letters are worth in a chance ending.
const SUFFIX_COST: f32 = 0.5;
/// -isasi and -isme came with whole loans (salinisasi is no salin + -isasi).
const LOAN_SUFFIX_COST: f32 = 4.0;
/// The colloquial -in is a chance ending more often than not.
const COLLOQUIAL_SUFFIX_COST: f32 = 2.5;
/// A bare -kan or -i is an imperative, rare in prose beside -an (kutukan is kutuk + -an).
const BARE_VERBAL_SUFFIX_COST: f32 = 1.0;
/// ke- without -an makes ordinals and a handful of nouns.
const BARE_KE_COST: f32 = 3.0;
/// Nouns in pe- that end in -an are seldom made from a root with that ending.
const HIDDEN_AN_COST: f32 = 3.0;
/// Each prefix beyond the first.
const STACKED_PREFIX_COST: f32 = 0.5;
/// A prefix and a suffix that do not go together (mis-spellings such as melakukann).
const DISAGREEMENT_COST: f32 = 5.0;

/// A reading must score more than this, so that a chance ending of a rare short word
/// (bali = bal + -i) does not count.
const LEAST_SCORE: f32 = 3.4;
const LEAST_WEAK_SCORE: f32 = 6.0;

/// A reading of a word.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reading {
    pub(crate) root: &'static str,
    pub(crate) score: f32,
    /// Only one affix came off, and one that often ends or begins names by chance.
    pub(crate) weak: bool,
    pub(crate) clitics: Clitics,
}

/// What has been taken off on the way to a root.
#[derive(Clone, Copy)]
struct Path {
    cost: f32,
    clitics: Clitics,
    weak_clitic: bool,
    suffix: Suffix,
    outer: Option<Prefix>,
    inner: Option<Prefix>,
    depth: usize,
}

/// The best reading of `word`, which is no entry of the lexicon itself.
pub(crate) fn best(lexicon: &Lexicon, word: &[u8]) -> Option<Reading> {
    let mut best: Option<Reading> = None;
    each(lexicon, word, &mut |reading| {
        let least = if reading.weak { LEAST_WEAK_SCORE } else { LEAST_SCORE };
        if reading.score > least && best.is_none_or(|known| reading.score > known.score) {
            best = Some(reading);
        }
    });
    best
}

/// Calls `found` with every reading of `word`, unlikely ones included.
pub(crate) fn each(lexicon: &Lexicon, word: &[u8], found: &mut dyn FnMut(Reading)) {
    if word.len() <= SHORTEST_ROOT
        || word.len() > LONGEST_WORD
        || !word.iter().all(u8::is_ascii_lowercase)
    {
        return;
    }
    let start = Path {
        cost: 0.0,
        clitics: Clitics::NONE,
        weak_clitic: false,
        suffix: Suffix::None,
        outer: None,
        inner: None,
        depth: 0,
    };
    host(lexicon, word, start, found);
    possessed(lexicon, word, start, found);
    for particle in PARTICLES {
        if let Some(rest) = without(word, particle) {
            let path = Path {
                cost: CLITIC_COST,
                clitics: Clitics { particle: length(particle), ..Clitics::NONE },
                weak_clitic: true,
                ..start
            };
            host(lexicon, rest, path, found);
            possessed(lexicon, rest, path, found);
        }
    }
}

fn possessed(lexicon: &Lexicon, word: &[u8], path: Path, found: &mut dyn FnMut(Reading)) {
    for possessive in POSSESSIVES {
        if let Some(rest) = without(word, possessive) {
            let path = Path {
                cost: path.cost + CLITIC_COST,
                clitics: Clitics { pronoun: length(possessive), ..path.clitics },
                weak_clitic: possessive != b"nya",
                ..path
            };
            host(lexicon, rest, path, found);
        }
    }
}

/// `word` has lost its clitics.
fn host(lexicon: &Lexicon, word: &[u8], path: Path, found: &mut dyn FnMut(Reading)) {
    without_suffix(word, |rest, suffix| {
        let cost = match suffix {
            Suffix::None => 0.0,
            Suffix::Loan => LOAN_SUFFIX_COST,
            Suffix::In => COLLOQUIAL_SUFFIX_COST,
            _ => SUFFIX_COST,
        };
        stem(lexicon, rest, Path { cost: path.cost + cost, suffix, ..path }, found);
    });
}

/// `word` has lost its suffixes and `path.depth` prefixes.
fn stem(lexicon: &Lexicon, word: &[u8], path: Path, found: &mut dyn FnMut(Reading)) {
    if word.len() < SHORTEST_ROOT {
        return;
    }
    if (path.clitics.any() || path.suffix != Suffix::None || path.depth > 0)
        && let Some(entry) = lexicon.get(word)
    {
        offer(entry, word, path, found);
    }
    if path.depth == DEEPEST_PREFIX {
        return;
    }
    without_prefix(word, |stripped| {
        if path.inner.is_some_and(|outer| !stack(outer, stripped.prefix)) {
            return;
        }
        let stacked = if path.depth > 0 { STACKED_PREFIX_COST } else { 0.0 };
        // ku- and kau- stand before all else, as `stack` sees to.
        let pronoun = match stripped.prefix {
            Prefix::Pronoun => length(&word[..word.len() - stripped.rest.len()]),
            _ => 0,
        };
        let next = Path {
            cost: path.cost + stripped.cost + stacked,
            outer: path.outer.or(Some(stripped.prefix)),
            inner: Some(stripped.prefix),
            clitics: Clitics { proclitic: path.clitics.proclitic + pronoun, ..path.clitics },
            depth: path.depth + 1,
            ..path
        };
        match stripped.restored {
            None => stem(lexicon, stripped.rest, next, found),
            Some(letter) => {
                let mut buffer = [0; LONGEST_WORD + 1];
                let whole = &mut buffer[..=stripped.rest.len()];
                whole[0] = letter;
                whole[1..].copy_from_slice(stripped.rest);
                stem(lexicon, whole, next, found);
            }
        }
    });
}

/// Length of a clitic, which has at most three letters.
fn length(clitic: &[u8]) -> u8 {
    u8::try_from(clitic.len()).unwrap_or(u8::MAX)
}

fn offer(entry: Entry, word: &[u8], path: Path, found: &mut dyn FnMut(Reading)) {
    // An exception or a name takes clitics (sebagainya, Bekasinya) but no further affixes: what is
    // made from it is made from its root.
    if !entry.is_root && (path.depth > 0 || path.suffix != Suffix::None) {
        return;
    }
    let mut cost = path.cost;
    if let Some(outer) = path.outer {
        // The suffix of a noun may close around an inner prefix (berke-…-an); that of a verb never.
        let inner = path.inner.unwrap_or(outer);
        let verbal = matches!(
            outer,
            Prefix::Me | Prefix::Nasal | Prefix::Passive | Prefix::Pronoun | Prefix::Ter
        );
        if !agree(outer, path.suffix) && (verbal || !agree(inner, path.suffix)) {
            cost += DISAGREEMENT_COST;
        }
        if outer == Prefix::Ke && path.suffix != Suffix::An && path.depth == 1 {
            cost += BARE_KE_COST;
        }
        // pengawasan is awas between peN- and -an, not kawasan behind peN-.
        if outer == Prefix::Pe && path.suffix == Suffix::None && word.ends_with(b"an") {
            cost += HIDDEN_AN_COST;
        }
    } else if matches!(path.suffix, Suffix::Kan | Suffix::I) {
        cost += BARE_VERBAL_SUFFIX_COST;
    }
    let affixes = usize::from(path.clitics.any_behind())
        + usize::from(path.suffix != Suffix::None)
        + path.depth;
    let weak = affixes == 1
        && (path.weak_clitic
            || matches!(path.suffix, Suffix::I | Suffix::In | Suffix::Loan)
            || matches!(path.outer, Some(Prefix::Ke | Prefix::Nasal | Prefix::Se)));
    let score = entry.weight + LETTER_WORTH * word.len() as f32 - cost;
    found(Reading { root: entry.lemma, score, weak, clitics: path.clitics });
}

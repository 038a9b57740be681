//! Words with a hyphen: reduplication, with affixes or with changed sounds, and hyphened affixes.

use crate::analysis::{Reading, best, each};
use crate::clitics::Clitics;
use crate::lexicon::Lexicon;

/// What a hyphened word is made from.
pub(crate) enum Hyphened {
    /// A root.
    Root(&'static str),
    /// The part of the word between these bytes.
    Part(usize, usize),
    /// Nothing known.
    Whole,
}

/// Prefixes written with a hyphen before a name, an acronym or a foreign word: di-PHK, nge-vlog.
const HYPHENED_PREFIXES: [&str; 11] =
    ["ber", "di", "mem", "men", "meng", "nge", "pe", "pem", "pen", "peng", "ter"];
/// Suffixes and clitics written with a hyphen: KTP-nya, di-PHK-kan, Allah-lah.
const HYPHENED_SUFFIXES: [&str; 9] = ["an", "i", "kah", "kan", "ku", "lah", "mu", "nya", "pun"];

/// Readings of one half that are worth comparing with those of the other.
const LEAST_SCORE: f32 = 2.0;
const MOST_READINGS: usize = 16;

/// Reads `word`, which holds a hyphen and is no entry of the lexicon, and finds its clitics.
pub(crate) fn read(lexicon: &Lexicon, word: &str) -> (Hyphened, Clitics) {
    let (start, end) = bare(word);
    let mut clitics = Clitics::NONE;
    if let Some(suffix) = word.get(end + 1..) {
        match suffix {
            "nya" | "ku" | "mu" => clitics.pronoun = suffix.len(),
            "kah" | "lah" | "pun" => clitics.particle = suffix.len(),
            _ => {}
        }
        clitics.hyphen = clitics.any();
    }
    let read = lemma(lexicon, word, start, end, &mut clitics);
    (read, clitics)
}

/// As [`read`]; `start` and `end` bound the part without hyphened affixes. Clitics that are found
/// inside that part join `clitics`.
fn lemma(
    lexicon: &Lexicon,
    word: &str,
    start: usize,
    end: usize,
    clitics: &mut Clitics,
) -> Hyphened {
    if word.starts_with(|first: char| first.is_ascii_digit()) {
        return Hyphened::Whole; // 1990-an, 12-14
    }
    let part = &word[start..end];
    let Some((left, right)) = part.split_once('-') else {
        // An affix alone was written with the hyphen.
        return root_of(lexicon, part).map_or(Hyphened::Part(start, end), Hyphened::Root);
    };
    if (start, end) != (0, word.len())
        && let Some(entry) = lexicon.get(part.as_bytes())
    {
        return Hyphened::Root(entry.lemma);
    }
    if right.contains('-') {
        return Hyphened::Whole;
    }
    // The second half repeats the verb without its prefix, but with its nasal: menyebut-nyebut.
    // A root in that place is what the first half is made from: berandai-andai is not beranda.
    let repeats_root = lexicon.get(left.as_bytes()).is_none()
        && lexicon.get(right.as_bytes()).is_some_and(|entry| entry.is_root);
    if !repeats_root
        && left.len() > right.len()
        && left.ends_with(right)
        && let Some(root) = root_of(lexicon, left)
    {
        return Hyphened::Root(root);
    }
    if let Some((root, inner)) = shared(lexicon, left, right) {
        if !clitics.any() {
            *clitics = inner;
        }
        return Hyphened::Root(root);
    }
    // Names and loans double like roots: smartphone-smartphone.
    if left == right && !left.is_empty() {
        return Hyphened::Part(start, start + left.len());
    }
    // Doubling with changed sounds goes by the commoner half: sayur-mayur, asal-muasal, bolak-balik.
    match (lexicon.get(left.as_bytes()), lexicon.get(right.as_bytes())) {
        _ if !echoes(left, right) => Hyphened::Whole,
        (Some(left), Some(right)) if left.weight < right.weight => Hyphened::Root(right.lemma),
        (Some(entry), _) | (None, Some(entry)) => Hyphened::Root(entry.lemma),
        (None, None) => Hyphened::Whole,
    }
}

/// What a part without a hyphen is made from.
fn root_of(lexicon: &Lexicon, part: &str) -> Option<&'static str> {
    match lexicon.get(part.as_bytes()) {
        Some(entry) => Some(entry.lemma),
        None => best(lexicon, part.as_bytes()).map(|reading| reading.root),
    }
}

/// The part of `word` without a hyphened prefix and suffix, as byte offsets.
fn bare(word: &str) -> (usize, usize) {
    let mut start = 0;
    let mut end = word.len();
    if let Some((prefix, rest)) = word.split_once('-')
        && HYPHENED_PREFIXES.contains(&prefix)
        && !rest.is_empty()
    {
        start = prefix.len() + 1;
    }
    if let Some((rest, suffix)) = word[start..].rsplit_once('-')
        && HYPHENED_SUFFIXES.contains(&suffix)
        && !rest.is_empty()
    {
        end = start + rest.len();
    }
    (start, end)
}

/// The best root that both halves can be read as made from: lari in berlari-lari, tolong in
/// tolong-menolong, hati in kehati-hatian; and the clitics around both.
fn shared(lexicon: &Lexicon, left: &str, right: &str) -> Option<(&'static str, Clitics)> {
    let ours = readings(lexicon, left);
    let theirs = readings(lexicon, right);
    let mut likeliest: Option<(&'static str, f32, Clitics)> = None;
    for our in &ours {
        for their in &theirs {
            let score = our.score + their.score;
            if our.root == their.root && likeliest.is_none_or(|(_, known, _)| score > known) {
                let proclitic = our.clitics.proclitic;
                likeliest = Some((our.root, score, Clitics { proclitic, ..their.clitics }));
            }
        }
    }
    likeliest.map(|(root, _, clitics)| (root, clitics))
}

/// Every reading of a half, the half itself among them where it is a root.
fn readings(lexicon: &Lexicon, half: &str) -> Vec<Reading> {
    let mut readings = Vec::new();
    if let Some(entry) = lexicon.get(half.as_bytes()) {
        let score = entry.weight + half.len() as f32;
        readings.push(Reading { root: entry.lemma, score, weak: false, clitics: Clitics::NONE });
    }
    each(lexicon, half.as_bytes(), &mut |reading| {
        if reading.score > LEAST_SCORE && readings.len() < MOST_READINGS {
            readings.push(reading);
        }
    });
    readings
}

/// Whether one half sounds like the other: the same ending (sayur-mayur), or the same consonants
/// (bolak-balik).
fn echoes(left: &str, right: &str) -> bool {
    let ending = left.bytes().rev().zip(right.bytes().rev()).take_while(|(a, b)| a == b).count();
    let consonants = |half: &str| -> Vec<u8> {
        half.bytes().filter(|letter| !b"aeiou".contains(letter)).collect()
    };
    ending >= 3 || consonants(left) == consonants(right)
}

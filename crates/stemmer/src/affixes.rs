//! The affixes of Indonesian: what is left of a word without one of them.
//!
//! Rules here say only what is *possible*; which of the possible readings is meant, the search in
//! `analysis` weighs by the roots that they lead to. The sound changes are those of Sneddon,
//! Adelaar, Djenar and Ewing, *Indonesian: A Comprehensive Grammar* (2nd ed. 2010), chapter 1.

/// What a prefix forbids or asks of the rest of the word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Prefix {
    /// meN-: active verbs.
    Me,
    /// The nasal of meN- alone: colloquial active verbs (*nulis*, *ngobrol*, *nyari*).
    Nasal,
    /// di-: passive verbs.
    Passive,
    /// ku-, kau-: pronouns before a passive verb.
    Pronoun,
    /// ber-: middle verbs.
    Ber,
    /// ter-: accidental and superlative.
    Ter,
    /// peN-, pe-, per-: nouns and causatives.
    Pe,
    /// ke-: with -an nouns and adversatives; alone ordinals.
    Ke,
    /// se-: one, same, as … as.
    Se,
    /// The first consonant doubled with e, for plants and things in plenty: dedaunan, pepohonan.
    Doubled,
}

/// What is left after a prefix: perhaps a letter given back, then the rest of the word.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stripped<'w> {
    pub(crate) prefix: Prefix,
    /// The first letter that the nasal swallowed (`menulis`: `t`).
    pub(crate) restored: Option<u8>,
    pub(crate) rest: &'w [u8],
    /// How much less likely the reading is than the usual one, in units of the search's score.
    pub(crate) cost: f32,
}

/// The derivational suffixes; the loan suffixes derive nouns of persons and doctrines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Suffix {
    /// No suffix.
    None,
    /// -kan
    Kan,
    /// -i
    I,
    /// -an
    An,
    /// -in, the colloquial -kan and -i
    In,
    /// -wan, -wati, -isme, -isasi
    Loan,
}

/// Particles close a word: minumlah, adakah, apapun.
pub(crate) const PARTICLES: [&[u8]; 4] = [b"lah", b"kah", b"pun", b"tah"];

/// Possessives and objects stand before a particle: bukunya, milikku, rumahmulah.
pub(crate) const POSSESSIVES: [&[u8]; 3] = [b"nya", b"ku", b"mu"];

const SUFFIXES: [(&[u8], Suffix); 8] = [
    (b"kan", Suffix::Kan),
    (b"an", Suffix::An),
    (b"i", Suffix::I),
    (b"in", Suffix::In),
    (b"wan", Suffix::Loan),
    (b"wati", Suffix::Loan),
    (b"isme", Suffix::Loan),
    (b"isasi", Suffix::Loan),
];

/// Loans keep the first letter that a nasal would swallow (memposting, mensosialisasikan).
const LOAN_COST: f32 = 0.5;
/// pe- without a nasal is confined to a class of nouns (pekerja, petani, pesepak bola).
const BARE_PE_COST: f32 = 1.5;
/// ku- and kau- are written to the verb, but far rarer than roots that begin so.
const PRONOUN_COST: f32 = 2.0;
/// Colloquial verbs are rare in news.
const COLLOQUIAL_COST: f32 = 3.0;
/// The doubling is confined to a few dozen words.
const DOUBLED_COST: f32 = 1.0;

fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u')
}

/// What stands before an ending that the word has. Most words are told from those with it by their last
/// letter.
#[inline]
pub(crate) fn without<'w>(word: &'w [u8], ending: &[u8]) -> Option<&'w [u8]> {
    if word.last() == ending.last() { word.strip_suffix(ending) } else { None }
}

/// Calls `found` with `word` and with every way to take a derivational suffix off it.
pub(crate) fn without_suffix<'w>(word: &'w [u8], mut found: impl FnMut(&'w [u8], Suffix)) {
    found(word, Suffix::None);
    for (ending, suffix) in SUFFIXES {
        if let Some(rest) = without(word, ending) {
            found(rest, suffix);
        }
    }
}

/// Whether Indonesian has words of this prefix and this suffix around one stem.
pub(crate) fn agree(prefix: Prefix, suffix: Suffix) -> bool {
    !matches!(
        (prefix, suffix),
        (
            Prefix::Me | Prefix::Nasal | Prefix::Passive | Prefix::Pronoun | Prefix::Ter,
            Suffix::An | Suffix::Loan,
        ) | (Prefix::Ber, Suffix::I | Suffix::In)
            | (Prefix::Pe, Suffix::In)
            | (Prefix::Ke | Prefix::Se, Suffix::I | Suffix::In | Suffix::Kan)
    ) && (prefix != Prefix::Doubled || suffix == Suffix::An)
}

/// Whether `outer` may stand before a stem that begins with `inner`: diper-, keber-, memper-,
/// berke-, seper-, but never se- before di- or ke- before me-.
pub(crate) fn stack(outer: Prefix, inner: Prefix) -> bool {
    match outer {
        Prefix::Me | Prefix::Nasal | Prefix::Passive | Prefix::Pronoun => {
            matches!(inner, Prefix::Pe | Prefix::Ber | Prefix::Ter | Prefix::Ke | Prefix::Se)
        }
        Prefix::Ke => matches!(inner, Prefix::Ber | Prefix::Ter | Prefix::Se | Prefix::Pe),
        Prefix::Pe => {
            matches!(inner, Prefix::Ber | Prefix::Pe | Prefix::Ter | Prefix::Se | Prefix::Ke)
        }
        Prefix::Ber => matches!(inner, Prefix::Pe | Prefix::Ke | Prefix::Se),
        Prefix::Ter => matches!(inner, Prefix::Pe | Prefix::Ke | Prefix::Ber),
        Prefix::Se => matches!(inner, Prefix::Pe | Prefix::Ke | Prefix::Ber | Prefix::Ter),
        Prefix::Doubled => false,
    }
}

/// Calls `found` with every way to take one prefix off `word`.
pub(crate) fn without_prefix<'w>(word: &'w [u8], mut found: impl FnMut(Stripped<'w>)) {
    let mut give = |prefix, restored, rest, cost| {
        found(Stripped { prefix, restored, rest, cost });
    };
    if let [first, b'e', rest @ ..] = word
        && rest.first() == Some(first)
        && !is_vowel(*first)
    {
        give(Prefix::Doubled, None, rest, DOUBLED_COST);
    }
    match word {
        [b'd', b'i', rest @ ..] => give(Prefix::Passive, None, rest, 0.0),
        [b'm', b'e', rest @ ..] => {
            nasal(rest, |restored, rest, cost| give(Prefix::Me, restored, rest, cost))
        }
        [b'b', b'e', rest @ ..] => liquid(rest, |rest, cost| give(Prefix::Ber, None, rest, cost)),
        [b't', b'e', rest @ ..] => liquid(rest, |rest, cost| give(Prefix::Ter, None, rest, cost)),
        [b'p', b'e', rest @ ..] => {
            nasal(rest, |restored, rest, cost| give(Prefix::Pe, restored, rest, cost));
            liquid(rest, |rest, cost| give(Prefix::Pe, None, rest, cost));
            if !matches!(rest, [b'l' | b'm' | b'n' | b'r' | b'w' | b'y', ..]) {
                give(Prefix::Pe, None, rest, BARE_PE_COST);
            }
        }
        [b'k', b'a', b'u', rest @ ..] => give(Prefix::Pronoun, None, rest, PRONOUN_COST),
        [b'k', b'u', rest @ ..] => give(Prefix::Pronoun, None, rest, PRONOUN_COST),
        [b'k', b'e', rest @ ..] => {
            give(Prefix::Ke, None, rest, 0.0);
            if let Some(rest) = rest.strip_prefix(b"tidak") {
                give(Prefix::Ke, None, rest, 0.0);
            }
        }
        [b's', b'e', rest @ ..] => give(Prefix::Se, None, rest, 0.0),
        [b'n', rest @ ..] => colloquial(rest, |restored, rest| {
            give(Prefix::Nasal, restored, rest, COLLOQUIAL_COST);
        }),
        _ => {}
    }
}

/// meN- and peN-, `rest` being what follows me- or pe-.
fn nasal<'w>(rest: &'w [u8], mut give: impl FnMut(Option<u8>, &'w [u8], f32)) {
    match rest {
        [b'n', b'y', tail @ ..] if tail.first().is_some_and(|&letter| is_vowel(letter)) => {
            give(Some(b's'), tail, 0.0);
            give(None, rest, 0.0); // menyanyi
        }
        [b'n', b'g', tail @ ..] => {
            let Some(&first) = tail.first() else { return };
            if is_vowel(first) {
                give(None, tail, 0.0);
                give(Some(b'k'), tail, 0.0);
                give(None, rest, 1.0); // mengeong
                // Before a word of one syllable the prefix is menge-, penge-.
                if first == b'e' && is_monosyllable(&tail[1..]) {
                    give(None, &tail[1..], 0.0);
                }
            } else if matches!(first, b'g' | b'h' | b'q' | b'x') {
                give(None, tail, 0.0);
            } else if first == b'k' {
                give(None, tail, LOAN_COST);
            }
        }
        [b'n', tail @ ..] => {
            let Some(&first) = tail.first() else { return };
            if is_vowel(first) {
                give(Some(b't'), tail, 0.0);
                give(None, rest, 0.0); // menikah
            } else if matches!(first, b'c' | b'd' | b'j' | b'z') {
                give(None, tail, 0.0);
            } else if matches!(first, b't' | b's') {
                give(None, tail, LOAN_COST);
            }
        }
        [b'm', tail @ ..] => {
            let Some(&first) = tail.first() else { return };
            if is_vowel(first) {
                give(Some(b'p'), tail, 0.0);
                give(None, rest, 0.0); // memasak
            } else if matches!(first, b'b' | b'f' | b'v') {
                give(None, tail, 0.0);
            } else if first == b'p' {
                give(None, tail, LOAN_COST);
            } else if first == b'r' {
                give(Some(b'p'), tail, 0.0); // memrakarsai, pemrograman
            }
        }
        [b'l' | b'r' | b'w' | b'y', ..] => give(None, rest, 0.0),
        _ => {}
    }
}

/// The nasal alone, `rest` being what follows its n: nulis, nyari, ngobrol, ngebuat.
fn colloquial<'w>(rest: &'w [u8], mut give: impl FnMut(Option<u8>, &'w [u8])) {
    let before_vowel = |tail: &[u8]| tail.first().is_some_and(|&letter| is_vowel(letter));
    match rest {
        [b'g', tail @ ..] if before_vowel(tail) => {
            give(None, tail);
            give(Some(b'k'), tail);
            if let [b'e', tail @ ..] = tail {
                give(None, tail);
            }
        }
        [b'y', tail @ ..] if before_vowel(tail) => {
            give(Some(b's'), tail);
            give(Some(b'c'), tail);
        }
        tail if before_vowel(tail) => give(Some(b't'), tail),
        _ => {}
    }
}

/// ber-, ter- and per-, `rest` being what follows be-, te- or pe-: the r is lost before r and
/// before a syllable in -er- (bekerja), and becomes l in belajar, pelajar.
fn liquid<'w>(rest: &'w [u8], mut give: impl FnMut(&'w [u8], f32)) {
    match rest {
        [b'r', tail @ ..] => {
            give(tail, 0.0);
            give(rest, 0.0);
        }
        [b'l', tail @ ..] if tail.starts_with(b"ajar") => give(tail, 0.0),
        [first, b'e', b'r', ..] if !is_vowel(*first) => give(rest, 0.0),
        _ => {}
    }
}

fn is_monosyllable(word: &[u8]) -> bool {
    (3..=5).contains(&word.len()) && word.iter().filter(|&&letter| is_vowel(letter)).count() == 1
}

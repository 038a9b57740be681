//! Words that lost the blank between them, as where the text of a link touches its neighbours:
//! "sepertiPersija", "Jakartahingga", "UkrainaVolodymyr", "SPBUswasta".
//!
//! A word is taken apart only where it is no known word and both parts are: at a capital behind a
//! small letter, and before a function word or a verb.

use std::fmt;
use std::sync::Arc;

/// Fewest letters of a name before what is glued to it.
const NAME: usize = 4;
/// Fewest letters of a function word behind a name, and of a verb.
const FUNCTION_WORD: usize = 3;
const VERB: usize = 6;
/// Fewest letters of a verb behind a name that is not known.
const LONG_VERB: usize = 7;
/// Fewest letters of any word that is glued.
const WORD: usize = 4;
/// Letters that the parts of a reduplication share.
const REPEATED: usize = 3;
/// Most letters of words that are glued; what is longer is no text.
const TOKEN: usize = 100;
/// How verbs begin.
const PREFIXES: [&str; 6] = ["me", "di", "ber", "ter", "ke", "per"];

/// Words that end no name: what stands before them need not be known ("Baamyang").
const SURE: [&str; 9] =
    ["alias", "yang", "untuk", "dengan", "tersebut", "adalah", "akan", "telah", "sudah"];
/// Words that follow names and are neither function words nor verbs with a prefix.
const ADVERBS: [&str; 2] = ["resmi", "ikut"];
/// What belongs to the word before it.
const CLITICS: [&str; 5] = ["nya", "lah", "kah", "kan", "pun"];

type Ask = Arc<dyn Fn(&str) -> bool + Send + Sync>;

/// What is known of words in small letters.
#[derive(Clone)]
pub(crate) struct Glue {
    is_known: Ask,
    is_function_word: Ask,
}

impl fmt::Debug for Glue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Glue").finish_non_exhaustive()
    }
}

impl Glue {
    pub fn new(
        is_known: impl Fn(&str) -> bool + Send + Sync + 'static,
        is_function_word: impl Fn(&str) -> bool + Send + Sync + 'static,
    ) -> Self {
        Glue { is_known: Arc::new(is_known), is_function_word: Arc::new(is_function_word) }
    }

    /// Whether two parts of a word that a hyphen at the end of a line breaks are one word without it:
    /// "Soe-" and "harto", but not "anak-" and "anak", nor "kerja-" and "sama" where each is a word.
    pub fn are_one(&self, left: &str, right: &str) -> bool {
        let (left, right) = (left.to_lowercase(), right.to_lowercase());
        if (self.is_known)(&format!("{left}{right}")) {
            return true;
        }
        let repeated = right.get(..REPEATED).is_some_and(|front| left.contains(front));
        let known = |word: &str| (self.is_known)(word) || (self.is_function_word)(word);
        let compound = || (self.is_known)(&format!("{left}-{right}"));
        let two = repeated || known(&left) && known(&right) || compound();
        !two
    }

    /// Where the first word of a token ends that is several, in bytes.
    pub fn first_part(&self, token: &str) -> Option<usize> {
        let bytes = token.as_bytes();
        let length = WORD + 2..=TOKEN;
        if !length.contains(&bytes.len()) || !bytes.iter().all(u8::is_ascii_alphabetic) {
            return None;
        }
        let capital = bytes
            .windows(2)
            .position(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase());
        let capitals = bytes.iter().take_while(|byte| byte.is_ascii_uppercase()).count();
        // A word all in small letters or all in capitals shows no edge.
        if capital.is_none() && (capitals == 0 || capitals == bytes.len()) {
            return None;
        }
        let folded = token.to_ascii_lowercase();
        if (self.is_known)(&folded) {
            return None;
        }
        match capital {
            Some(before) => {
                // The end of the first word may itself have something glued to it.
                let end = before + 1;
                self.before_verb(&token[..end], &folded[..end])
                    .or_else(|| self.before_capital(&folded, end))
            }
            None => self.before_verb(token, &folded),
        }
    }

    /// "sepertiPersija", "UkrainaVolodymyr"
    fn before_capital(&self, folded: &str, end: usize) -> Option<usize> {
        let (left, right) = folded.split_at(end);
        let known = left.len() >= WORD && (self.is_known)(left) || (self.is_function_word)(left);
        (known && right.len() >= 2).then_some(end)
    }

    /// "Jakartahingga", "SPBUswasta"
    fn before_verb(&self, token: &str, folded: &str) -> Option<usize> {
        let capitals = token.bytes().take_while(u8::is_ascii_uppercase).count();
        if capitals == 0 || capitals == token.len() || (self.is_known)(folded) {
            return None;
        }
        if capitals > 1 {
            // "PTHutama", then "SPBUswasta".
            let known = [capitals - 1, capitals].into_iter().filter(|&end| end > 1).find(|&end| {
                let right = &folded[end..];
                right.len() > WORD && (self.is_known)(right) || self.follows(right)
            });
            // "PDIPHasto": an acronym that is known and a name that is not.
            let end = capitals - 1;
            let acronym =
                || end > 2 && folded.len() - end >= WORD && (self.is_known)(&folded[..end]);
            return known.or_else(|| acronym().then_some(end));
        }
        (NAME..folded.len().saturating_sub(FUNCTION_WORD - 1)).find(|&end| {
            let (left, right) = folded.split_at(end);
            SURE.contains(&right)
                || self.is_long_verb(right)
                || (self.follows(right) || ADVERBS.contains(&right)) && (self.is_known)(left)
        })
    }

    /// Whether a word is a verb of some length, with which no name ends: "Wilmardidirikan".
    fn is_long_verb(&self, word: &str) -> bool {
        let verb = word.starts_with("me")
            || word.starts_with("ber")
            || word.starts_with("di") && word.ends_with("kan");
        verb && word.len() >= LONG_VERB && (self.is_known)(word)
    }

    /// Whether a word may follow a name.
    fn follows(&self, word: &str) -> bool {
        word.len() >= FUNCTION_WORD && !CLITICS.contains(&word) && (self.is_function_word)(word)
            || word.len() >= VERB
                && PREFIXES.iter().any(|prefix| word.starts_with(prefix))
                && (self.is_known)(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(token: &str) -> Vec<&str> {
        let known = [
            "seperti",
            "persija",
            "jakarta",
            "hingga",
            "ukraina",
            "volodymyr",
            "whatsapp",
            "serikat",
            "mulai",
            "mengatakan",
            "medan",
            "kota",
            "swasta",
            "sekutu",
            "melansir",
            "live",
            "science",
            "budiman",
            "sudan",
            "akan",
            "hutama",
            "utama",
            "pdip",
        ];
        let function_words = ["hingga", "mulai", "akan", "dan", "di", "pada", "yang", "nya"];
        let glue = Glue::new(
            move |word| known.contains(&word),
            move |word| function_words.contains(&word),
        );
        let mut rest = token;
        let mut found = Vec::new();
        while let Some(end) = glue.first_part(rest) {
            found.push(&rest[..end]);
            rest = &rest[end..];
        }
        found.push(rest);
        found
    }

    #[test]
    fn what_lost_its_blanks_is_taken_apart() {
        assert_eq!(parts("sepertiPersija"), ["seperti", "Persija"]);
        assert_eq!(parts("Jakartahingga"), ["Jakarta", "hingga"]);
        assert_eq!(parts("UkrainaVolodymyr"), ["Ukraina", "Volodymyr"]);
        assert_eq!(parts("Serikatmulai"), ["Serikat", "mulai"]);
        assert_eq!(parts("MelansirLive"), ["Melansir", "Live"]);
        assert_eq!(parts("sekutuJakartamengatakan"), ["sekutu", "Jakarta", "mengatakan"]);
        assert_eq!(parts("SPBUswasta"), ["SPBU", "swasta"]);
        assert_eq!(parts("PTHutama"), ["PT", "Hutama"]);
        assert_eq!(parts("Baamyang"), ["Baam", "yang"]);
        assert_eq!(parts("diPersija"), ["di", "Persija"]);
        assert_eq!(parts("Wilmarmelansir"), ["Wilmar", "melansir"]);
        assert_eq!(parts("Wibowoalias"), ["Wibowo", "alias"]);
        assert_eq!(parts("PDIPHasto"), ["PDIP", "Hasto"]);
    }

    #[test]
    fn parts_of_a_broken_word_are_one() {
        let known = ["soeharto", "kerja", "sama", "anak", "warna", "warni", "mengatakan"];
        let glue = Glue::new(move |word| known.contains(&word), |word| word == "yang");
        for (left, right) in
            [("Soe", "harto"), ("menga", "takan"), ("Djojohadi", "kusumo"), ("WONO", "GIRI")]
        {
            assert!(glue.are_one(left, right), "{left} {right}");
        }
        for (left, right) in
            [("anak", "anak"), ("kerja", "sama"), ("warna", "warni"), ("bermacam", "macam")]
        {
            assert!(!glue.are_one(left, right), "{left} {right}");
        }
    }

    #[test]
    fn words_and_names_stay_whole() {
        for token in [
            "WhatsApp",
            "Sudan",
            "Budiman",
            "iPhone",
            "McDonald",
            "Mulyadi",
            "KPK",
            "kotaku",
            "Medannya",
            "PNSnya",
            "JRConnexion",
            "Covid-19",
        ] {
            assert_eq!(parts(token), [token]);
        }
    }
}

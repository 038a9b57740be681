//! Abbreviations that keep their full stop, read from `data/lexicon/abbreviations.tsv`.

use nukil_types::facts;
use rustc_hash::FxHashMap;

use crate::AbbreviationsError;

/// What may follow an abbreviation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Abbreviation {
    /// Something always follows: `Dr.`, `Jl.`. Never ends a sentence.
    Inner,
    /// May be the last word of a sentence: `dll.`, `Tbk.`, `S.H.`.
    Open,
    /// An abbreviation only before a number (`No. 5`); else an ordinary word.
    Number,
}

/// Longest form of the list in bytes; a longer word is not looked up.
const LONGEST: usize = 16;

#[derive(Clone, Debug)]
pub(crate) struct Abbreviations {
    /// By form without the last full stop. Besides the form of the list, the form in capitals
    /// (headlines) and with a capital at the front (sentence beginnings).
    kinds: FxHashMap<Box<str>, Abbreviation>,
}

impl Abbreviations {
    /// Reads columns `form` and `kind` (`inner`, `open` or `number`).
    pub(crate) fn parse(tsv: &str) -> Result<Self, AbbreviationsError> {
        let mut kinds = FxHashMap::default();
        let mut rows = facts::lines(tsv);
        let error = |line, reason: &str| AbbreviationsError { line, reason: reason.to_string() };
        match rows.next() {
            Some((_, "form\tkind")) => {}
            Some((line, _)) => return Err(error(line, "the header is not `form\\tkind`")),
            None => return Err(error(1, "no header")),
        }
        let mut listed = Vec::new();
        for (line, row) in rows {
            let Some((form, kind)) = row.split_once('\t') else {
                return Err(error(line, "not two columns"));
            };
            let kind = match kind {
                "inner" => Abbreviation::Inner,
                "open" => Abbreviation::Open,
                "number" => Abbreviation::Number,
                _ => return Err(error(line, "the kind is not inner, open or number")),
            };
            let Some(form) = form.strip_suffix('.').filter(|form| !form.is_empty()) else {
                return Err(error(line, "the form does not end in a full stop"));
            };
            if form.len() > LONGEST {
                return Err(error(line, "the form is too long"));
            }
            if kinds.insert(form.into(), kind).is_some() {
                return Err(error(line, "the form is listed twice"));
            }
            listed.push((form, kind));
        }
        // A listed form stands before one that is only derived.
        for (form, kind) in listed {
            let mut letters = form.chars();
            let front: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
            kinds.entry((front + letters.as_str()).into()).or_insert(kind);
            kinds.entry(form.to_uppercase().into()).or_insert(kind);
        }
        Ok(Abbreviations { kinds })
    }

    /// The kind of `form`, given without its last full stop.
    pub(crate) fn get(&self, form: &str) -> Option<Abbreviation> {
        if form.len() > LONGEST { None } else { self.kinds.get(form).copied() }
    }
}

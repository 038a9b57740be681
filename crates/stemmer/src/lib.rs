//! Lemmas of Indonesian words: roots, affix rules and exceptions.

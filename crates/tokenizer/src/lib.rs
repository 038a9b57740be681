//! Tokens and sentences of Indonesian text, with offsets.

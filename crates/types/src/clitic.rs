use crate::Span;

/// A clitic: a word of its own that is written to another one (*-nya* in *bukunya*).
///
/// Words keep their clitics in [`Document::tokens`](crate::Document::tokens); this says where
/// inside a token one stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clitic {
    /// The token that holds it, an index into [`Document::tokens`](crate::Document::tokens).
    pub token: usize,
    /// Where it stands in [`Document::text`](crate::Document::text), a hyphen before it left out.
    pub span: Span,
    /// What kind of word it is.
    pub kind: CliticKind,
}

/// What kind of word a clitic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CliticKind {
    /// A personal pronoun: *ku-* and *kau-* before a verb, *-ku*, *-mu* and *-nya* behind any word.
    Pronoun,
    /// A particle: *-lah*, *-kah*, *-tah*, *-pun*.
    Particle,
}

impl CliticKind {
    /// The name as the tables write it: `pronoun` or `particle`.
    pub fn as_str(self) -> &'static str {
        match self {
            CliticKind::Pronoun => "pronoun",
            CliticKind::Particle => "particle",
        }
    }
}

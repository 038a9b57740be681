use crate::Span;

/// Whether a quotation gives the words that were said, or tells what was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QuoteKind {
    /// In quotation marks.
    Direct,
    /// In the words of the article.
    Indirect,
}

impl QuoteKind {
    /// The name in column `kind`: `direct` or `indirect`.
    pub fn as_str(self) -> &'static str {
        match self {
            QuoteKind::Direct => "direct",
            QuoteKind::Indirect => "indirect",
        }
    }
}

/// What someone said, and who said it. Spans count in [`crate::Document::text`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// What was said, without the quotation marks around it. One that runs over several
    /// paragraphs is whole, with the marks at which a paragraph begins anew.
    pub span: Span,
    /// Whether these are the speaker's own words.
    pub kind: QuoteKind,
    /// Index into [`crate::Document::entities`]; nothing where no name is known for the speaker.
    pub speaker: Option<usize>,
    /// The words beside the quotation that name the speaker: a name, a pronoun or a phrase
    /// ("juru bicara kementerian itu"). Nothing where none do: "ujarnya", or a quotation that
    /// goes on without saying again who speaks.
    pub speaker_span: Option<Span>,
    /// The verb of speech, or the "menurut" that leads to the speaker.
    pub verb: Option<Span>,
    /// The outlet that the article has it from ("dilansir Reuters").
    pub via: Option<Span>,
}

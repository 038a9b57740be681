//! What the stretches of a page are that are not prose.

use crate::Span;

/// What a stretch of the page is, if it is not prose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// The headline.
    Headline,
    /// Who wrote, edited or photographed, and when it went online ("Reporter: …").
    Byline,
    /// Outlet and place before the first sentence ("TEMPO.CO, Jakarta -").
    Dateline,
    /// The caption or credit of a picture.
    Caption,
    /// A link to another article or page ("Baca juga: …"), also the column of related headlines.
    Link,
    /// An advert or the marker of one.
    Advert,
    /// An embedded video, picture or post ("\[Gambas:Video CNN\]").
    Embed,
    /// Syndication, copyright, and calls to follow or subscribe.
    Notice,
    /// Initials, agency or source at the end ("(dry/din)", "REUTERS").
    SignOff,
    /// A list of tags.
    Tags,
    /// Program code that a scraper left in.
    Script,
    /// A line of marks without a letter or a digit ("***").
    Separator,
    /// A line that recurs in the documents of its source.
    Recurring,
    /// What is left in the text of a space or a mark: a character reference ("&amp;ldquo;"), or
    /// UTF-8 that was read in another encoding ("â€œ"). Prose goes on behind it.
    Debris,
}

impl BlockKind {
    /// The name in the records.
    pub fn as_str(self) -> &'static str {
        match self {
            BlockKind::Headline => "headline",
            BlockKind::Byline => "byline",
            BlockKind::Dateline => "dateline",
            BlockKind::Caption => "caption",
            BlockKind::Link => "link",
            BlockKind::Advert => "advert",
            BlockKind::Embed => "embed",
            BlockKind::Notice => "notice",
            BlockKind::SignOff => "sign-off",
            BlockKind::Tags => "tags",
            BlockKind::Script => "script",
            BlockKind::Separator => "separator",
            BlockKind::Recurring => "recurring",
            BlockKind::Debris => "debris",
        }
    }
}

/// A stretch of the page that is not prose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Where it stands, white space around it left out.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
}

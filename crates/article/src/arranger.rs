//! The order in which a page is taken apart.
//!
//! 1. Every line is judged by the rules of furniture.
//! 2. The head: headline, bylines and dates, captions, datelines.
//! 3. The foot: sign-offs, and the column of related headlines.
//! 4. What is left is the body.

use nukil_types::{Block, BlockKind, DateSource, Dateline, Document, Span};

use crate::RuleError;
use crate::dateline::{Datelines, Reading};
use crate::dates::{self, Date};
use crate::debris;
use crate::furniture::{Furniture, Part, Verdict};
use crate::headline::{self, Below};
use crate::lines::{self, Line, floor_boundary};
use crate::model::{Lexicon, Model};
use crate::moments::{self, Moment};
use crate::outlets::Outlets;
use crate::recurring::{self, RecurringFurniture};
use crate::related;
use crate::signoff;
use crate::site;
use crate::tokens;
use crate::told;
use crate::units::{self, Units};
use crate::words::Words;

/// How a document is laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// A news article with headline, dateline and page furniture.
    #[default]
    Article,
    /// Prose from the first character to the last.
    Plain,
}

/// Lines from the top in which a dateline with an outlet opens the article.
const HEAD_LINES: usize = 10;
/// Bytes of a line that begins with a byline in which a dateline may follow.
const BYLINE_WINDOW: usize = 200;
/// Prose that must stand above a line that ends the article ("Berita Terkait").
const PROSE_BEFORE_END: usize = 200;
/// Headlines that stand below "Baca juga" at most.
const LINKED_LINES: usize = 3;
/// Longest line that is a headline behind "Baca juga:" on the line before.
const LINKED_LIMIT: usize = 200;

/// Takes articles apart by the rules it was made from. Made once, used for every document, from
/// any number of threads.
#[derive(Debug)]
pub struct Arranger {
    furniture: Furniture,
    outlets: Outlets,
    words: Words,
    recurring: RecurringFurniture,
    model: Option<Model>,
}

/// An article taken apart.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outline {
    /// Where the headline stands, if the text has one.
    pub headline: Option<Span>,
    /// Outlet and place.
    pub dateline: Dateline,
    /// When the page says that it was published: its dateline, or a line at its head.
    pub published: Option<(Moment, DateSource)>,
    /// Where the page does not say so, the day that the prose gives for what has just happened
    /// ("Senin, 19 September 2022").
    pub told: Option<Date>,
    /// What is not prose, in order, without overlap; the headline is among it.
    pub blocks: Vec<Block>,
    /// What is prose, in order, without overlap, no white space at the ends. Paragraphs with no
    /// block between them make one span; a sentence may go on behind debris.
    pub body: Vec<Span>,
}

impl Arranger {
    /// Compiles the rules: the tables of `data/article/furniture`, each as its name (the file
    /// without `.tsv`) and its text, and `outlets.tsv` and `words.tsv` of `data/article`.
    ///
    /// # Errors
    /// When a table cannot be read; names the table and the line.
    pub fn new(
        furniture: &[(&str, &str)],
        outlets_tsv: &str,
        words_tsv: &str,
    ) -> Result<Self, RuleError> {
        Ok(Arranger {
            furniture: Furniture::parse(furniture)?,
            outlets: Outlets::parse(outlets_tsv).map_err(RuleError::in_table("outlets"))?,
            words: Words::parse(words_tsv).map_err(RuleError::in_table("words"))?,
            recurring: RecurringFurniture::default(),
            model: None,
        })
    }

    /// Also asks a learned model, which has the last word on what is furniture: the table
    /// `weights.tsv` of `data/article`. Without it the rules alone decide.
    ///
    /// # Errors
    /// When the table cannot be read; names the line.
    pub fn with_weights(mut self, weights_tsv: &str) -> Result<Self, RuleError> {
        let model = Model::parse(weights_tsv).map_err(RuleError::in_table("weights"))?;
        self.model = Some(model);
        Ok(self)
    }

    /// Also takes lines as furniture that recur in a collection.
    #[must_use]
    pub fn with_recurring(mut self, recurring: RecurringFurniture) -> Self {
        self.recurring = recurring;
        self
    }

    /// Sets the document's title and its span, dateline, date of publication, body and blocks.
    ///
    /// A title that the input gave stays; a date that it gave is brought to ISO 8601. Where it gave
    /// none that can be read, the first of these dates the document: the dateline, a line at the
    /// head that says when the article went online, the name of its file, a day of the week with
    /// its date near the start of the prose. It has no date where none of them has.
    pub fn arrange(&self, document: &mut Document, layout: Layout) {
        let given = document.published.take().as_deref().and_then(moments::find);
        let title = document.title.take().filter(|title| !is_blank(title));
        let outline = match layout {
            Layout::Article => {
                let source = recurring::source_of(&document.source);
                self.outline_of(source, &document.text, title.as_deref())
            }
            Layout::Plain => Outline::plain(&document.text),
        };
        document.title_span = outline.headline;
        document.title =
            title.or_else(|| outline.headline.map(|span| document.slice(span).to_string()));
        let named =
            || recurring::is_own_file(&document.source).then(|| dates::of_path(&document.source));
        let of_day = |date: Date, from| (Moment::from(date), from);
        let from = document.published_from.take().unwrap_or(DateSource::DateField);
        let published = given
            .map(|moment| (moment, from))
            .or(outline.published)
            .or_else(|| Some(of_day(named().flatten()?, DateSource::FileName)))
            .or_else(|| Some(of_day(outline.told?, DateSource::Prose)));
        document.published_from = published.map(|(_, from)| from);
        let moment = published.map(|(moment, _)| moment);
        document.published = moment.map(|moment| moment.date.to_string());
        document.published_at =
            moment.filter(|moment| moment.clock.is_some()).map(|moment| moment.to_string());
        // What a page says of its outlet stands in for a dateline that says nothing.
        let outlet = document.dateline.outlet.take();
        document.dateline = outline.dateline;
        document.dateline.outlet = document.dateline.outlet.take().or(outlet);
        document.body = outline.body;
        document.blocks = outline.blocks;
    }

    /// Takes an article apart. `title` is the headline as the input gave it, if it did.
    pub fn outline(&self, text: &str, title: Option<&str>) -> Outline {
        self.outline_of("", text, title)
    }

    /// The units of a page and their features, for a learner; the model must have its anchors.
    pub(crate) fn units(&self, text: &str) -> Units {
        let mut page = Page::judge(self, text, "");
        let below_headline = page.headline(None);
        page.head(below_headline);
        page.related();
        page.sign_offs();
        match &self.model {
            Some(model) => page.units(&model.lexicon),
            None => page.units(&Lexicon::default()),
        }
    }

    fn outline_of(&self, source: &str, text: &str, title: Option<&str>) -> Outline {
        let mut page = Page::judge(self, text, source);
        let below_headline = page.headline(title.filter(|title| !is_blank(title)));
        page.head(below_headline);
        page.related();
        page.sign_offs();
        page.learned();
        page.finish()
    }
}

impl Outline {
    fn plain(text: &str) -> Self {
        let body = lines::trim(text, Span::new(0, text.len()));
        Outline {
            body: Some(body).filter(|span| !span.is_empty()).into_iter().collect(),
            ..Self::default()
        }
    }
}

/// "Baca juga" on a line of its own, and the headlines it still points to.
#[derive(Clone, Copy, Default)]
struct OpenLink {
    left: usize,
    sure: bool,
}

impl OpenLink {
    /// Whether the next line, `surface`, is one of them. After a colon any line that does not end
    /// as prose is; otherwise one that looks like a headline and is longer than a subheading.
    fn takes(&mut self, surface: &str, words: &Words) -> bool {
        let Some(left) = self.left.checked_sub(1) else { return false };
        let item = surface.strip_prefix(['-', '•']).unwrap_or(surface);
        let headline = item.split_whitespace().nth(5).is_some()
            && item.trim_start().starts_with(char::is_alphabetic)
            && words.capital_share(item) >= 0.8;
        let takes = surface.len() <= LINKED_LIMIT
            && !surface.ends_with(['.', ':'])
            && (self.sure || headline);
        *self = OpenLink { left, sure: self.sure && item.len() < surface.len() };
        takes
    }
}

/// A page being taken apart.
struct Page<'a> {
    rules: &'a Arranger,
    text: &'a str,
    lines: Vec<Row>,
    /// Parts of lines that are not prose.
    parts: Vec<Block>,
    outline: Outline,
}

/// A line and what is known of it.
struct Row {
    line: Line,
    /// What the whole line is, if it is not prose.
    kind: Option<BlockKind>,
}

impl<'a> Page<'a> {
    fn judge(rules: &'a Arranger, text: &'a str, source: &str) -> Self {
        let lines = lines::split(text);
        let mut page = Page {
            rules,
            text,
            lines: Vec::with_capacity(lines.len()),
            parts: Vec::new(),
            outline: Outline::default(),
        };
        let mut found: Vec<Part> = Vec::new();
        let mut prose = 0;
        let mut link = OpenLink::default();
        let mut ended = None;
        for line in lines {
            let surface = &text[line.span.start..line.span.end];
            if ended.is_some() {
                page.lines.push(Row { line, kind: ended });
                continue;
            }
            let verdict = rules.furniture.judge(surface, &rules.words, &mut found);
            let kind = match verdict {
                Verdict::Whole(kind) => {
                    link = OpenLink::default();
                    Some(kind)
                }
                Verdict::OpenLink { sure } => {
                    link = OpenLink { left: LINKED_LINES, sure };
                    Some(BlockKind::Link)
                }
                Verdict::Below(kind) if prose >= PROSE_BEFORE_END => {
                    ended = Some(kind);
                    ended
                }
                Verdict::Below(_) => None,
                Verdict::Prose if link.takes(surface, &rules.words) => Some(BlockKind::Link),
                Verdict::Prose if is_separator(surface) => Some(BlockKind::Separator),
                Verdict::Prose if rules.outlets.fill(surface) && page.after_end() => {
                    Some(BlockKind::SignOff)
                }
                Verdict::Prose if is_hashtags(surface) => Some(BlockKind::Tags),
                Verdict::Prose if page.recurs(source, surface) => Some(BlockKind::Recurring),
                Verdict::Prose => None,
            };
            if kind.is_none() {
                link = OpenLink::default();
                prose += surface.len();
                let offset = line.span.start;
                page.parts.extend(found.iter().map(|part| Block {
                    span: Span::new(offset + part.start, offset + part.end),
                    kind: part.kind,
                }));
            }
            page.lines.push(Row { line, kind });
        }
        page
    }

    /// Whether `surface` recurs in the collection; what dates or places an article may do so.
    fn recurs(&self, source: &str, surface: &str) -> bool {
        let names_outlet = || surface.split(',').any(|part| self.rules.outlets.fill(part.trim()));
        self.rules.recurring.holds_of(source, surface)
            && !names_outlet()
            && self.datelines().with_outlet(surface).is_none()
            && dates::of_stamp(surface).is_none()
    }

    /// Whether the lines so far end with a sentence or with furniture.
    fn after_end(&self) -> bool {
        let last = self.lines.last();
        last.is_some_and(|row| {
            row.kind.is_some() || ends_as_prose(self.surface(self.lines.len() - 1))
        })
    }

    fn surface(&self, index: usize) -> &'a str {
        let span = self.lines[index].line.span;
        &self.text[span.start..span.end]
    }

    /// Finds the headline; gives the index of the line below it.
    fn headline(&mut self, title: Option<&str>) -> usize {
        // What recurs at the top is the menu of the page.
        let recurs = |row: &Row| row.kind == Some(BlockKind::Recurring);
        let top = self.lines.iter().take_while(|row| recurs(row)).count();
        if top == self.lines.len() {
            return 0;
        }
        let first = self.surface(top);
        let start = self.lines[top].line.span.start;
        if let Some(end) = title.and_then(|title| headline::prefix(first, title)) {
            let span = Span::new(start, start + end);
            self.outline.headline = Some(span);
            if end == first.len() {
                self.lines[top].kind = Some(BlockKind::Headline);
                return top + 1;
            }
            self.parts.push(Block { span, kind: BlockKind::Headline });
            return top;
        }
        if title.is_some() || self.lines[top].kind.is_some() || self.lines.len() < top + 2 {
            return top;
        }
        if self.dateline_at(top, true).is_some()
            || self.joined_dateline(top).is_some()
            || dates::of_stamp(first).is_some()
            || self.is_report(top)
        {
            return top;
        }
        // A byline may hang on the headline ("… di Pasar Reporter : Budi").
        let span = self.lines[top].line.span;
        let hanging = self.parts.first().filter(|part| part.span.end == span.end);
        let mut span = hanging.map_or(span, |part| {
            lines::trim(self.text, Span::new(span.start, part.span.start.max(span.start)))
        });
        let first = &self.text[span.start..span.end];
        let next = self.surface(top + 1);
        let masthead = self.lines[top + 1].kind == Some(BlockKind::Byline)
            || self.is_report(top + 1)
            || self.joined_dateline(top + 1).is_some()
            || dates::of_stamp(next).is_some()
            || self.dateline_at(top + 1, true).is_some();
        let below = Below {
            gap: self.lines[top + 1].line.blank_above > 0,
            masthead,
            prose: next.len() > first.len() && ends_as_prose(next),
        };
        if !headline::is_headline(first, below, &self.rules.words) {
            return top;
        }
        let below = &self.text[self.lines[top].line.span.end..];
        let (from, to) = site::without_site(first, below, &self.rules.outlets, &self.rules.words);
        if (from, to) != (0, first.len()) {
            let whole = span;
            span = Span::new(span.start + from, span.start + to);
            let rests = [Span::new(whole.start, span.start), Span::new(span.end, whole.end)];
            let rests = rests.map(|rest| lines::trim(self.text, rest));
            self.parts.extend(
                rests
                    .into_iter()
                    .filter(|rest| !rest.is_empty())
                    .map(|span| Block { span, kind: BlockKind::Notice }),
            );
            self.parts.sort_by_key(|part| part.span);
        }
        self.outline.headline = Some(span);
        if span == self.lines[top].line.span {
            self.lines[top].kind = Some(BlockKind::Headline);
        } else {
            self.parts.push(Block { span, kind: BlockKind::Headline });
            self.parts.sort_by_key(|part| part.span);
        }
        top + 1
    }

    fn datelines(&self) -> Datelines<'a> {
        Datelines { outlets: &self.rules.outlets, words: &self.rules.words }
    }

    fn dateline_at(&self, index: usize, first_prose: bool) -> Option<Reading> {
        let datelines = self.datelines();
        let surface = self.surface(index);
        let reading = datelines.with_outlet(surface);
        if first_prose {
            reading.or_else(|| datelines.with_day(surface)).or_else(|| datelines.of_place(surface))
        } else {
            reading
        }
    }

    /// Takes the head apart: dates, captions and the dateline between headline and article.
    fn head(&mut self, below_headline: usize) {
        let mut above = Vec::new();
        let mut found = false;
        for index in below_headline..self.lines.len() {
            if self.lines[index].kind.is_some() {
                continue;
            }
            let surface = self.surface(index);
            if !found && index < HEAD_LINES {
                let stamp = moments::of_stamp(surface).filter(|_| above.is_empty());
                if stamp.is_some()
                    || above.is_empty() && dates::is_relative_stamp(surface)
                    || self.is_report(index)
                {
                    let stamp = stamp.map(|moment| (moment, DateSource::Page));
                    self.outline.published = self.outline.published.or(stamp);
                    self.lines[index].kind = Some(BlockKind::Byline);
                    continue;
                }
                if above.is_empty() && self.split_dateline(index) {
                    break;
                }
            }
            // A press release may have its number or its name above the place and the day.
            let labelled = !found && above.iter().all(|&above| self.is_label(above));
            let reading = self
                .dateline_at(index, !found && above.is_empty())
                .or_else(|| self.datelines().with_day(surface).filter(|_| labelled));
            match reading {
                Some(reading) => {
                    self.take_dateline(index, 0, &reading, !found);
                    if !found {
                        self.captions(&above);
                    }
                    found = true;
                }
                None if !found => above.push(index),
                None => {}
            }
            // A page of several articles has several datelines; a page without one has none in
            // its head.
            if !found && index >= HEAD_LINES {
                break;
            }
        }
    }

    /// Whether the line at `index` is a label above an article ("SIARAN PERS", "Nomor: 12/HM/2021").
    fn is_label(&self, index: usize) -> bool {
        let surface = self.surface(index);
        surface.len() <= 60 && !ends_as_prose(surface)
    }

    /// The dateline over lines of its own that begins at `index`, as scrapers leave it where a
    /// page links its places: the dash ends the first line, is the second, or begins it.
    fn joined_dateline(&self, index: usize) -> Option<Reading> {
        let line = self.lines[index].line.span;
        let next = self.lines.get(index + 1)?.line;
        if line.len() > 40 || next.blank_above > 0 {
            return None;
        }
        let joined = &self.text[line.start..self.head_of(index + 2).unwrap_or(next.span.end)];
        let datelines = self.datelines();
        let reading = datelines.with_outlet(joined).or_else(|| datelines.of_place(joined))?;
        (reading.end > line.len()).then_some(reading)
    }

    /// Whether the line at `index` says who reports, right above the dateline ("Laporan Budi
    /// Santoso I Banda Aceh").
    fn is_report(&self, index: usize) -> bool {
        let surface = self.surface(index);
        surface.len() <= 90
            && surface.starts_with("Laporan")
            && !surface.ends_with('.')
            && self.rules.words.capital_share(surface) >= 0.8
            && self.lines.get(index + 1).is_some_and(|next| next.line.blank_above == 0)
            && self.dateline_at(index + 1, false).is_some()
    }

    /// Takes a dateline over lines of its own, or one behind a byline on the same line ("Laporan
    /// Wartawan … TRIBUNNEWS.COM, JAKARTA - …").
    fn split_dateline(&mut self, index: usize) -> bool {
        let surface = self.surface(index);
        let offset = self.lines[index].line.span.start;
        if let Some(reading) = self.joined_dateline(index) {
            let next = self.lines[index + 1].line.span;
            let end = offset + reading.end;
            self.lines[index].kind = Some(BlockKind::Dateline);
            if end >= next.end {
                self.lines[index + 1].kind = Some(BlockKind::Dateline);
            } else {
                let span = Span::new(next.start, end);
                self.parts.push(Block { span, kind: BlockKind::Dateline });
            }
            self.name_dateline(offset, &reading);
            return true;
        }
        let words = &self.rules.words;
        let opener = surface.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        if words.kind(opener) == Some(BlockKind::Byline) {
            let window = &surface[..floor_boundary(surface, BYLINE_WINDOW)];
            for (space, blank) in window.match_indices(lines::is_blank) {
                let at = space + blank.len();
                if let Some(reading) = self.datelines().with_outlet(&surface[at..])
                    && surface[at..].starts_with(char::is_alphabetic)
                {
                    let span = lines::trim(self.text, Span::new(offset, offset + at));
                    self.parts.retain(|part| !part.span.overlaps(span));
                    self.parts.push(Block { span, kind: BlockKind::Byline });
                    self.take_dateline(index, at, &reading, true);
                    return true;
                }
            }
        }
        false
    }

    /// Where the first few words of the line at `index` end.
    fn head_of(&self, index: usize) -> Option<usize> {
        let span = self.lines.get(index)?.line.span;
        Some(floor_boundary(self.text, span.end.min(span.start + 40)))
    }

    fn take_dateline(&mut self, index: usize, at: usize, reading: &Reading, first: bool) {
        let offset = self.lines[index].line.span.start + at;
        let span = Span::new(offset, offset + reading.end);
        if at == 0 && span.end == self.lines[index].line.span.end {
            self.lines[index].kind = Some(BlockKind::Dateline);
        } else {
            self.parts.push(Block { span, kind: BlockKind::Dateline });
        }
        if first {
            self.name_dateline(offset, reading);
        }
    }

    fn name_dateline(&mut self, offset: usize, reading: &Reading) {
        let text = self.text;
        let part = |range: &Option<std::ops::Range<usize>>| {
            range.as_ref().map(|range| text[offset + range.start..offset + range.end].to_string())
        };
        // "Jakarta, 20/9/2022 (ANTARA) -": the dateline knows better than a line above it.
        if let Some(moment) = moments::find(&text[offset..offset + reading.end]) {
            self.outline.published = Some((moment, DateSource::Dateline));
        }
        self.outline.dateline =
            Dateline { outlet: part(&reading.outlet), place: part(&reading.place) };
    }

    /// Captions above the dateline end without a full stop; a standfirst ends with one, and a
    /// subheading is short and has neither credit, day nor a second sentence.
    fn captions(&mut self, above: &[usize]) {
        for &index in above {
            let surface = self.surface(index);
            let day = surface
                .split('(')
                .skip(1)
                .any(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
            let told =
                day || surface.len() >= 150 || surface.contains('|') || surface.contains(". ");
            if told && !ends_as_prose(surface) && surface.len() <= 600 {
                self.lines[index].kind = Some(BlockKind::Caption);
            }
        }
    }

    /// The column of related headlines, told by "1 jam lalu" between them.
    fn related(&mut self) {
        let prose = self.lines.iter().position(|row| {
            let span = row.line.span;
            row.kind.is_none()
                && span.len() >= 80
                && ends_as_prose(&self.text[span.start..span.end])
        });
        // Above the first paragraph such a line dates the article itself.
        let Some(prose) = prose else { return };
        let stamps: Vec<usize> = (prose + 1..self.lines.len())
            .filter(|&index| {
                self.lines[index].kind.is_none() && dates::is_relative_stamp(self.surface(index))
            })
            .collect();
        if stamps.is_empty() {
            return;
        }
        let rows: Vec<Line> = self.lines.iter().map(|row| row.line).collect();
        for column in related::columns(self.text, &rows, &stamps) {
            for row in &mut self.lines[column] {
                row.kind.get_or_insert(BlockKind::Link);
            }
        }
    }

    fn sign_offs(&mut self) {
        self.parts.sort_by_key(|part| part.span);
        let mut found = Vec::new();
        let mut last = true;
        for index in (0..self.lines.len()).rev() {
            if self.lines[index].kind.is_some() {
                continue;
            }
            let line = self.lines[index].line.span;
            let above_ended = index > 0 && ends_as_prose(self.surface(index - 1));
            if last && above_ended && signoff::is_name_in_capitals(self.surface(index)) {
                self.lines[index].kind = Some(BlockKind::SignOff);
                continue;
            }
            let is_last = std::mem::replace(&mut last, false);
            // A sign-off ends the line, or stands before other furniture on it.
            let first = self.parts.partition_point(|part| part.span.start < line.start);
            let inside = self.parts[first..].iter().take_while(|part| part.span.end <= line.end);
            let mut start = line.start;
            for (from, to) in
                inside.map(|part| (part.span.start, part.span.end)).chain([(line.end, line.end)])
            {
                let prose = lines::trim(self.text, Span::new(start, from.max(start)));
                let surface = &self.text[prose.start..prose.end];
                if let Some(at) = signoff::start(surface, is_last, &self.rules.outlets) {
                    let span = Span::new(prose.start + at, prose.end);
                    found.push(Block { span, kind: BlockKind::SignOff });
                }
                start = to;
            }
        }
        self.parts.extend(found);
    }

    /// Cuts the page into units, with what the rules say of them.
    fn units(&mut self, lexicon: &Lexicon) -> Units {
        self.parts.sort_by_key(|part| part.span);
        let rows = self.lines.iter().map(|row| units::Row { line: row.line, kind: row.kind });
        units::cut(self.text, self.outline.headline, rows, &self.parts, lexicon)
    }

    /// Asks the model which units are furniture, and takes its word for that of the rules.
    fn learned(&mut self) {
        let Some(model) = &self.rules.model else { return };
        let page = self.units(&model.lexicon);
        // The model was learned from pages in mixed case, and case is much of what it reads.
        if !tokens::is_mixed_case(&page.tokens) {
            return;
        }
        let labels = model.label(self.text, &page);
        // Marks alone make no unit.
        let text = self.text;
        self.parts.retain(|part| {
            let has_word = text[part.span.start..part.span.end].contains(char::is_alphanumeric);
            units::is_settled(part.kind) || !has_word
        });
        let mut from = 0;
        while from < page.units.len() {
            let line = page.units[from].line;
            let behind = page.units[from..].iter().position(|unit| unit.line != line);
            let to = behind.map_or(page.units.len(), |length| from + length);
            let (units, labels) = (&page.units[from..to], &labels[from..to]);
            let whole = units[0].span.start == self.lines[line].line.span.start
                && labels.iter().all(|&label| label)
                && units.windows(2).all(|pair| pair[1].cut != units::Cut::Head);
            let mut kind = None;
            self.lines[line].kind = None;
            for (unit, _) in units.iter().zip(labels).filter(|&(_, &label)| label) {
                let own = unit.rule.or_else(|| self.kind_of(&page, unit));
                let begun = kind.filter(|_| unit.cut == units::Cut::Capital || own.is_none());
                let is = begun.or(own).unwrap_or(BlockKind::Notice);
                kind = Some(is);
                if whole {
                    self.lines[line].kind.get_or_insert(is);
                } else {
                    self.parts.push(Block { span: unit.span, kind: is });
                }
            }
            from = to;
        }
        self.join_parts();
        if self.outline.dateline == Dateline::default() {
            self.late_dateline();
        }
    }

    /// Finds the dateline behind furniture that opens a line ("Reporter: … | Editor: … KONTAN.CO.ID -
    /// JAKARTA. …").
    fn late_dateline(&mut self) {
        for index in 0..self.lines.len().min(HEAD_LINES) {
            let row = &self.lines[index];
            let line = row.line.span;
            let first = self.parts.partition_point(|part| part.span.start < line.start);
            let mut at = line.start;
            for part in &self.parts[first..] {
                if part.span.start >= line.end
                    || !self.text[at..part.span.start].chars().all(lines::is_blank)
                {
                    break;
                }
                at = part.span.end;
            }
            if row.kind.is_some() || at == line.start {
                continue;
            }
            let rest = lines::trim(self.text, Span::new(at, line.end));
            let reading = self.datelines().with_outlet(&self.text[rest.start..rest.end]);
            if let Some(reading) = reading {
                let span = Span::new(rest.start, rest.start + reading.end);
                self.parts.push(Block { span, kind: BlockKind::Dateline });
                self.name_dateline(rest.start, &reading);
                return;
            }
        }
    }

    /// Makes one of neighbouring parts of a kind.
    fn join_parts(&mut self) {
        self.parts.sort_by_key(|part| part.span);
        let mut joined: Vec<Block> = Vec::with_capacity(self.parts.len());
        for part in self.parts.drain(..) {
            match joined.last_mut() {
                Some(last)
                    if last.kind == part.kind
                        && last.span.end <= part.span.start
                        && !self.text[last.span.end..part.span.start].contains('\n')
                        && self.text[last.span.end..part.span.start]
                            .chars()
                            .all(lines::is_blank) =>
                {
                    last.span.end = part.span.end;
                }
                _ => joined.push(part),
            }
        }
        self.parts = joined;
    }

    /// The kind of a unit that no rule knows, by its words.
    fn kind_of(&self, page: &Units, unit: &units::Unit) -> Option<BlockKind> {
        let tokens = &page.tokens[unit.tokens.clone()];
        let mut words =
            tokens.iter().take(8).map(|token| &self.text[token.span.start..token.span.end]);
        words.find_map(|word| self.rules.words.kind(word))
    }

    /// Puts blocks in order, and takes what is between them as the body.
    fn finish(mut self) -> Outline {
        let mut blocks = std::mem::take(&mut self.parts);
        // A line that turned out to be furniture as a whole swallows its parts.
        let whole = self.lines.iter().filter(|row| row.kind.is_some()).map(|row| row.line.span);
        let whole: Vec<Span> = whole.collect();
        blocks.retain(|block| {
            let at = whole.partition_point(|span| span.end <= block.span.start);
            whole.get(at).is_none_or(|span| !span.overlaps(block.span))
        });
        blocks.extend(
            self.lines
                .iter()
                .filter_map(|row| row.kind.map(|kind| Block { span: row.line.span, kind })),
        );
        blocks.sort_by_key(|block| block.span);
        let mut kept: Vec<Block> = Vec::with_capacity(blocks.len());
        for block in blocks {
            if kept.last().is_none_or(|last| last.span.end <= block.span.start) {
                kept.push(block);
            }
        }
        let mut body = Vec::new();
        let mut start = 0;
        for span in
            kept.iter().map(|block| block.span).chain([Span::new(self.text.len(), self.text.len())])
        {
            let prose = lines::trim(self.text, Span::new(start, span.start));
            if self.text[prose.start..prose.end].contains(char::is_alphanumeric) {
                body.push(prose);
            }
            start = span.end;
        }
        if self.outline.published.is_none() {
            let stamp = moments::in_masthead(self.text, self.outline.headline);
            self.outline.published = stamp.map(|moment| (moment, DateSource::Page));
        }
        if self.outline.published.is_none() {
            self.outline.told = told::day(self.text, self.outline.headline, &body);
        }
        debris::take_out(self.text, &mut body, &mut kept);
        Outline { blocks: kept, body, ..self.outline }
    }
}

fn is_blank(title: &str) -> bool {
    title.chars().all(lines::is_blank)
}

/// Whether `surface` ends with a sentence.
fn ends_as_prose(surface: &str) -> bool {
    let kept = surface.trim_end_matches(['"', '”', '\'', '’', ')', ' ']);
    kept.ends_with(['.', '?', '!', '…'])
}

/// Whether `surface` is a rule drawn with marks ("***", "= = ="); a lone full stop or bracket is
/// what a scraper cut off a sentence.
fn is_separator(surface: &str) -> bool {
    let rule = |c: char| "*-=_~•#—–".contains(c);
    surface.chars().all(|c| c.is_whitespace() || c.is_ascii_punctuation() || rule(c))
        && surface.contains(rule)
}

/// Whether `surface` is nothing but hashtags.
fn is_hashtags(surface: &str) -> bool {
    surface.starts_with('#') && surface.split_whitespace().all(|word| word.starts_with('#'))
}

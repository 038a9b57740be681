//! Places that a text names to say which of something is meant, and not as places of their own:
//! "RI" in "Presiden RI", "Surabaya" in "Pemkot Surabaya", "Korea" in "drama Korea", "Jakarta" and
//! "Bandung" in "kereta Jakarta-Bandung". To the guideline that the tagger follows they are no
//! names, or they lie inside one; whoever asks of which places a text speaks wants them all the
//! same.

use std::ops::Range;

use nukil_gazetteer::{Case, EntryId, Hit, Kind, Part};
use nukil_types::{Label, MentionSource, Span};

use crate::places::rank;
use crate::proposal::Proposal;
use crate::rules::{Context, heaviest_place, serves_place};
use crate::view::Shape;

/// Weight of the rules at which a name is plain enough: a country, a province, a city, a town of
/// some size, not a town whose name is a word.
const PLAIN: f64 = 0.3;

/// Inhabitants of a town that may be meant by a part of a word.
const LARGE: u32 = 1_000_000;

/// Words that open the name of a street, which is called after a place and does not lie there.
const STREETS: [&str; 14] = [
    "avenue",
    "boulevard",
    "gang",
    "gg",
    "gg.",
    "jalan",
    "jl",
    "jl.",
    "jln",
    "jln.",
    "lorong",
    "road",
    "ruas",
    "street",
];

/// Which places count behind something.
#[derive(Clone, Copy)]
enum Among {
    /// Those with a government.
    Governed,
    /// Provinces, regencies and cities of Indonesia, each of which has its own of what an acronym
    /// stands for. Abroad, an acronym before a town is a club or a ship: "AC Milan", "INS Delhi".
    Served,
    /// And other countries. In Indonesia its name is part of what bodies of the whole country call
    /// themselves.
    ServedOrAbroad,
}

/// A place that qualifies something.
#[derive(Clone, Debug)]
pub(crate) struct Qualifier {
    /// Number of its sentence.
    pub sentence: usize,
    /// Where it stands: its tokens or, of a word with a hyphen, that part.
    pub span: Span,
    /// What the rules make of its tokens.
    pub place: Proposal,
    /// What a part of a word stands for. What whole words do, the document tells.
    pub entry: Option<EntryId>,
}

/// Adds the qualifiers of a sentence, in text order, without overlap. `names` are those of the
/// sentence, likewise: a qualifier lies between them or at the end of one.
pub(crate) fn find(context: &Context<'_>, names: &[(usize, Proposal)], found: &mut Vec<Qualifier>) {
    let mut names = names.iter().map(|(_, name)| name).peekable();
    let mut at = context.sentence.start;
    while at < context.sentence.end {
        if let Some(name) = names.next_if(|name| name.tokens.start <= at) {
            at = name.tokens.end;
            within(context, name, found);
            continue;
        }
        let end = names.peek().map_or(context.sentence.end, |name| name.tokens.start);
        // So it is with most tokens.
        if context.views.hits(at).is_empty() {
            at = parts(context, at..end, found);
            continue;
        }
        if let Some((length, label)) = listed(context, at).filter(|(length, _)| at + length <= end)
        {
            at += length;
            found.extend(ending(context, at - length..at, &label));
            continue;
        }
        match governed(context, at, Among::Governed).filter(|(length, _)| at + length <= end) {
            Some((length, weight)) => {
                found.push(Qualifier::new(context, at..at + length, weight));
                at += length;
            }
            None => at = parts(context, at..end, found),
        }
    }
}

impl Qualifier {
    fn new(context: &Context<'_>, tokens: Range<usize>, weight: f64) -> Self {
        let span = context.document.span_of(tokens.clone());
        let (label, found_by) = (Label::Location, MentionSource::Gazetteer);
        let place = Proposal { tokens, label, weight, found_by };
        Qualifier { sentence: context.number, span, place, entry: None }
    }
}

/// Names and qualifiers of a document in one list, in text order, as [`crate::places::Readings`]
/// takes them: "Wali Kota Bogor" tells which Bogor is meant elsewhere.
pub(crate) struct Places {
    pub all: Vec<(usize, Proposal)>,
    /// Where each name stands in it, and each qualifier.
    pub names: Vec<usize>,
    pub qualifiers: Vec<usize>,
}

impl Places {
    pub(crate) fn new(names: &[(usize, Proposal)], qualifiers: &[Qualifier]) -> Self {
        let mut all: Vec<(usize, Proposal)> = Vec::with_capacity(names.len() + qualifiers.len());
        let mut at = Places { all: Vec::new(), names: Vec::new(), qualifiers: Vec::new() };
        let mut rest = qualifiers.iter().peekable();
        let mut push = |proposal: (usize, Proposal)| {
            all.push(proposal);
            all.len() - 1
        };
        for name in names {
            let before = |next: &&Qualifier| next.place.tokens.start < name.1.tokens.start;
            while let Some(qualifier) = rest.next_if(before) {
                at.qualifiers.push(push((qualifier.sentence, qualifier.place.clone())));
            }
            at.names.push(push(name.clone()));
        }
        at.qualifiers.extend(rest.map(|last| push((last.sentence, last.place.clone()))));
        Places { all, ..at }
    }
}

/// Adds the qualifiers within a name: parts of its words, and the place that ends it.
fn within(context: &Context<'_>, name: &Proposal, found: &mut Vec<Qualifier>) {
    if name.is_asserted() {
        return;
    }
    let mut tokens = name.tokens.clone();
    if name.label == Label::Person {
        // The dateline of a scraped article that runs into its first name: "Jakarta-Praveen Jordan".
        tokens.end = tokens.start + 1;
    }
    while !tokens.is_empty() {
        tokens.start = parts(context, tokens.clone(), found);
    }
    found.extend(ending(context, name.tokens.clone(), &name.label));
}

/// The longest name of more than one word at a token that the gazetteer holds and that is no
/// place, though it was not taken for a mention: its length and its label.
fn listed(context: &Context<'_>, at: usize) -> Option<(usize, Label)> {
    let longest = context.views.hits(at).iter().rev().find(|hit| hit.length > 1)?;
    let label = context.gazetteer.kind(longest.entry).label();
    (label != Label::Location).then_some((longest.length, label))
}

/// The place that ends a name of this label: "Pemkot Surabaya", "Museum Trikora Morotai". None
/// where the gazetteer holds the whole as one thing ("Partai Solidaritas Indonesia", "Bandung
/// Barat"), in an organisation that is not there for the place or at it ("Persija Jakarta"), and in
/// what is only called after one ("Jalan Surabaya", "Selat Malaka").
fn ending(context: &Context<'_>, name: Range<usize>, label: &Label) -> Option<Qualifier> {
    let views = context.views;
    let kind = |hit: &Hit| context.gazetteer.kind(hit.entry);
    let hits = views.hits(name.start);
    let head = views.head(name.start, Part::Inside);
    let first = views.token(name.start);
    let acronym = first.shape == Shape::Upper;
    let among = match (label, hits.iter().find(|hit| hit.length == name.len()).map(kind)) {
        // One of many of its sort: "Polda Jabar".
        (_, Some(Kind::Government | Kind::Police | Kind::Court)) => Among::Governed,
        // "LRT Jakarta", but not "HSBC Indonesia"
        (_, Some(Kind::Company | Kind::StateCompany | Kind::Brand)) if acronym => Among::Served,
        (_, Some(_)) => return None,
        (Label::Organisation, None) => match head.map(|(_, kind)| kind).or(hits.last().map(kind)) {
            Some(Kind::Government | Kind::University) => Among::Governed,
            Some(kind) if serves_place(kind) => Among::Governed,
            // "PMI Bogor"
            Some(Kind::Organisation) if head.is_none() && acronym => Among::Served,
            Some(_) => return None,
            // "Dubes Malaysia", "pemerintah Malaysia"
            None if first.titled || first.shape == Shape::Lower => Among::Governed,
            // "GMNI Surabaya", "GP2 Austria"
            None if acronym => Among::ServedOrAbroad,
            None => return None,
        },
        (Label::Location, None) => match head {
            Some((_, Kind::Landmark)) if STREETS.contains(&context.folded(name.start)) => {
                return None;
            }
            Some((_, Kind::Landmark | Kind::Airport)) | None => Among::Governed,
            Some(_) => return None,
        },
        _ => return None,
    };
    let rest = name.start + head.map_or(1, |(length, _)| length)..name.end;
    // "TMC Polda Metro" ends in another name.
    let other = |hit: &Hit, at| at + hit.length == rest.end && kind(hit).label() != Label::Location;
    if !matches!(among, Among::Governed)
        && rest.clone().any(|at| views.hits(at).iter().any(|hit| other(hit, at)))
    {
        return None;
    }
    rest.clone().find_map(|at| {
        let (length, weight) = governed(context, at, among)?;
        (at + length == rest.end).then(|| Qualifier::new(context, at..rest.end, weight))
    })
}

/// The length and the weight of the place of such a kind that begins at a token and weighs most.
fn governed(context: &Context<'_>, at: usize, among: Among) -> Option<(usize, f64)> {
    // Without capitals "as" and "ri" are words.
    let plain = |hit: &Hit, kind| {
        among.count(context, hit, kind) && !(hit.acronym && hit.case == Case::Lower)
    };
    heaviest_place(context, at, plain).filter(|(_, weight)| *weight >= PLAIN)
}

impl Among {
    fn count(self, context: &Context<'_>, hit: &Hit, kind: Kind) -> bool {
        if matches!(self, Among::Governed) {
            return is_governed(kind);
        }
        let indonesian = || context.gazetteer.entry(hit.entry).country == Some("ID");
        // Where a name is in capitals throughout, its first word is no acronym: "MUSIC KOREA".
        hit.case == Case::AsWritten
            && match kind {
                Kind::Province | Kind::Regency | Kind::City => indonesian(),
                Kind::Country => {
                    matches!(self, Among::ServedOrAbroad) && (hit.acronym || !indonesian())
                }
                _ => false,
            }
    }
}

fn is_governed(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Country | Kind::State | Kind::Province | Kind::Regency | Kind::City | Kind::Town
    )
}

/// Adds the places that are parts of the first of these tokens, a word with a hyphen; behind the
/// last part a name may go on in the tokens that follow: "ASEAN-Amerika Serikat", "se-Jawa Barat".
/// A word that the gazetteer holds whole has none: "Guinea-Bissau". Gives the token with which to
/// go on.
fn parts(context: &Context<'_>, tokens: Range<usize>, found: &mut Vec<Qualifier>) -> usize {
    let at = tokens.start;
    let next = at + 1;
    if !context.views.token(at).hyphen || context.views.hits(at).iter().any(|hit| hit.length == 1) {
        return next;
    }
    let token = &context.document.tokens[at];
    let surface = context.document.surface(token);
    let mut end = next;
    let mut start = token.span.start;
    for (written, folded) in surface.split('-').zip(context.folded(at).split('-')) {
        let span = Span::new(start, start + written.len());
        start = span.end + 1;
        let last = span.end == token.span.end;
        let rest = at..if last { tokens.end } else { next };
        if let Some(hit) = part(context, written, folded, rest) {
            end = at + hit.length;
            let mut place = Qualifier::new(context, at..end, PLAIN);
            place.span =
                Span::new(span.start, if hit.length > 1 { place.span.end } else { span.end });
            place.entry = Some(hit.entry);
            found.push(place);
        }
    }
    end
}

/// The place that a part of the first of these tokens names, with the tokens behind it as far as
/// they go.
fn part(context: &Context<'_>, written: &str, folded: &str, tokens: Range<usize>) -> Option<Hit> {
    if !written.starts_with(char::is_uppercase) {
        return None;
    }
    let gazetteer = context.gazetteer;
    let beginning = gazetteer.beginning(folded);
    if beginning.word.is_ordinary() {
        return None;
    }
    let upper = !written.contains(char::is_lowercase);
    let start = tokens.start;
    let marked = |at| matches!(context.views.token(at).shape, Shape::Capital | Shape::Upper);
    let mut best: Option<(usize, f64, Hit)> = None;
    gazetteer.names_at(&beginning.names, context.document, tokens, |hit| {
        let kind = gazetteer.kind(hit.entry);
        let large = kind != Kind::Town || gazetteer.population(hit.entry) >= LARGE;
        let written_so = hit.acronym <= upper && (start + 1..start + hit.length).all(marked);
        let better =
            best.is_none_or(|(length, ranks, _)| (hit.length, rank(kind)) > (length, ranks));
        if is_governed(kind) && large && written_so && better {
            best = Some((hit.length, rank(kind), hit));
        }
    });
    best.map(|(_, _, hit)| hit)
}

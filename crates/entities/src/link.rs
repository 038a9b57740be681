//! From mentions to entities: one row for all the ways in which a document names a person, a
//! place or an organisation.

use std::ops::Range;

use nukil_gazetteer::{EntryId, Gazetteer};
use nukil_types::{Document, Entity, Label, Mention, MentionSource, Span};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::places::best_reading;
use crate::proposal::Proposal;
use crate::roles::roles;
use crate::rules::ASSERTED;
use crate::view::Views;

/// An entity while its mentions are gathered.
struct Cluster {
    label: Label,
    /// Numbers of its mentions.
    mentions: Vec<usize>,
    entry: Option<EntryId>,
    /// Name and identifier from a user's gazetteer.
    asserted: Option<(String, Option<String>)>,
    /// Folded words of its longest form.
    words: Vec<String>,
}

/// Fills `document.mentions` and `document.entities` from the chosen proposals, which are in
/// text order and carry the number of their sentence.
pub(crate) fn link(
    document: &mut Document,
    views: &Views,
    gazetteer: &Gazetteer<'_>,
    chosen: &[(usize, Proposal)],
) {
    let readings = resolve(document, views, gazetteer, chosen);
    let mut clusters: Vec<Cluster> = Vec::new();
    let mut of_mention = vec![usize::MAX; chosen.len()];
    let mut by_entry: FxHashMap<EntryId, usize> = FxHashMap::default();
    let mut by_form: FxHashMap<(Label, String), usize> = FxHashMap::default();

    // Longer names first, so that a short form finds the name that it shortens even when it
    // comes before it, in a headline.
    let mut order: Vec<usize> = (0..chosen.len()).collect();
    order.sort_by_key(|&index| chosen[index].1.tokens.len() == 1);
    for index in order {
        let proposal = &chosen[index].1;
        let words = words(document, proposal);
        let asserted = (proposal.weight >= ASSERTED)
            .then(|| gazetteer.asserted_at(document, proposal.tokens.clone()))
            .flatten();
        let form = match asserted {
            Some(name) => name.name.to_lowercase(),
            None => words.join(" "),
        };
        let entry = readings[index].filter(|_| asserted.is_none());
        let key = (proposal.label.clone(), form);
        let found = entry
            .and_then(|entry| by_entry.get(&entry).copied())
            .or_else(|| by_form.get(&key).copied())
            .or_else(|| {
                let shortened = asserted.is_none() && entry.is_none();
                shortened.then(|| shortened_by(&clusters, chosen, index, &words)).flatten()
            });
        let number = found.unwrap_or_else(|| {
            clusters.push(Cluster {
                label: proposal.label.clone(),
                mentions: Vec::new(),
                entry: None,
                asserted: None,
                words: words.clone(),
            });
            clusters.len() - 1
        });
        let cluster = &mut clusters[number];
        cluster.mentions.push(index);
        of_mention[index] = number;
        if let Some(entry) = entry {
            cluster.entry.get_or_insert(entry);
            by_entry.entry(entry).or_insert(number);
        }
        if let Some(name) = asserted {
            cluster.asserted = Some((name.name.to_string(), name.id.map(str::to_string)));
        }
        by_form.entry(key).or_insert(number);
        let (_, inside) = parts(document, &proposal.tokens);
        let behind = acronym_behind(document, chosen, index);
        if let Some(acronym) = inside.or_else(|| behind.map(|at| at..at + 1)) {
            let tokens = document.tokens[acronym].iter();
            let folded = tokens.map(|token| document.folded(token)).collect::<Vec<_>>().join(" ");
            by_form.entry((proposal.label.clone(), folded)).or_insert(number);
        }
    }
    write(document, views, gazetteer, chosen, clusters);
}

/// The gazetteer entry of every mention. Places are read twice: what is plain first, and with it
/// the rest.
fn resolve(
    document: &Document,
    views: &Views,
    gazetteer: &Gazetteer<'_>,
    chosen: &[(usize, Proposal)],
) -> Vec<Option<EntryId>> {
    let mut known: FxHashSet<&str> = FxHashSet::default();
    let mut entries = Vec::new();
    for _ in 0..2 {
        entries = chosen
            .iter()
            .map(|(_, proposal)| reading(document, views, gazetteer, proposal, &known))
            .collect();
        for entry in entries.iter().flatten().map(|&id| gazetteer.entry(id)) {
            known.extend(entry.id);
            known.extend(entry.country);
        }
    }
    entries
}

/// The gazetteer entry that a mention most likely stands for, beside the places that are known.
fn reading(
    document: &Document,
    views: &Views,
    gazetteer: &Gazetteer<'_>,
    proposal: &Proposal,
    known: &FxHashSet<&str>,
) -> Option<EntryId> {
    let (name, _) = parts(document, &proposal.tokens);
    let hits = views.hits(name.start).iter();
    let whole = hits.filter(|hit| hit.length == name.len());
    let readings = whole.map(|hit| (hit.entry, hit.primary));
    best_reading(gazetteer, readings, &proposal.label, known)
}

/// The tokens of a mention that are the name itself, and the tokens of a short form in brackets
/// behind it: "Komisi Pemilihan Umum (KPU)".
fn parts(document: &Document, mention: &Range<usize>) -> (Range<usize>, Option<Range<usize>>) {
    let surface = |at: usize| document.surface(&document.tokens[at]);
    let (start, last) = (mention.start, mention.end - 1);
    if mention.len() < 3 || surface(last) != ")" {
        return (mention.clone(), None);
    }
    match (start..last).rfind(|&at| surface(at) == "(") {
        Some(open) if open == start => (start + 1..last, None),
        Some(open) if open + 1 < last => (start..open, Some(open + 1..last)),
        _ => (mention.clone(), None),
    }
}

/// Folded words of a name without what companies and places put around theirs.
fn words(document: &Document, proposal: &Proposal) -> Vec<String> {
    let (name, _) = parts(document, &proposal.tokens);
    let tokens = &document.tokens[name];
    let mut words: Vec<String> = tokens
        .iter()
        .map(|token| document.folded(token).trim_end_matches('.').to_string())
        .collect();
    let dropped: &[&str] = match proposal.label {
        Label::Organisation => &["pt", "cv", "tbk", "persero", "(", ")"],
        Label::Location => &["kota", "kabupaten", "kab", "provinsi", "kecamatan", "kec"],
        _ => &[],
    };
    let bare = |word: &String| !dropped.contains(&word.as_str());
    if words.iter().any(bare) {
        words.retain(bare);
    }
    words
}

/// The acronym in brackets behind a mention, when it is a mention itself.
fn acronym_behind(
    document: &Document,
    chosen: &[(usize, Proposal)],
    index: usize,
) -> Option<usize> {
    let mention = &chosen[index].1;
    let (_, next) = chosen.get(index + 1)?;
    let surface = |at: usize| document.tokens.get(at).map(|token| document.surface(token));
    let end = mention.tokens.end;
    let bracketed = next.tokens == (end + 1..end + 2)
        && surface(end) == Some("(")
        && surface(end + 2) == Some(")")
        && next.label == mention.label;
    bracketed.then_some(end + 1)
}

/// The cluster whose name these words shorten: for people any words of it in a row, for
/// organisations its first or last word. Of several, the one named last before.
fn shortened_by(
    clusters: &[Cluster],
    chosen: &[(usize, Proposal)],
    index: usize,
    words: &[String],
) -> Option<usize> {
    let label = &chosen[index].1.label;
    let shortens = |cluster: &Cluster| {
        cluster.label == *label
            && cluster.words.len() > words.len()
            && match label {
                Label::Person => cluster.words.windows(words.len()).any(|part| part == words),
                Label::Organisation => {
                    words.len() == 1
                        && (cluster.words.first() == words.first()
                            || cluster.words.last() == words.last())
                }
                _ => false,
            }
    };
    let distance = |cluster: &Cluster| {
        let before = cluster.mentions.iter().filter(|&&at| at < index).max();
        let behind = cluster.mentions.iter().filter(|&&at| at > index).min();
        match (before, behind) {
            (Some(before), _) => (0, index - before),
            (None, Some(behind)) => (1, behind - index),
            (None, None) => (2, 0),
        }
    };
    let candidates = clusters.iter().enumerate().filter(|(_, cluster)| shortens(cluster));
    candidates.min_by_key(|(_, cluster)| distance(cluster)).map(|(number, _)| number)
}

/// Writes mentions and entities, entities in order of their first mention.
fn write(
    document: &mut Document,
    views: &Views,
    gazetteer: &Gazetteer<'_>,
    chosen: &[(usize, Proposal)],
    mut clusters: Vec<Cluster>,
) {
    for cluster in &mut clusters {
        cluster.mentions.sort_unstable();
    }
    clusters.sort_by_key(|cluster| cluster.mentions[0]);
    let mut entity_of = vec![0; chosen.len()];
    for (number, cluster) in clusters.iter().enumerate() {
        for &mention in &cluster.mentions {
            entity_of[mention] = number;
        }
    }
    document.mentions.clear();
    for (index, (sentence, proposal)) in chosen.iter().enumerate() {
        let tokens = &document.tokens[proposal.tokens.clone()];
        document.mentions.push(Mention {
            span: Span::new(tokens[0].span.start, tokens[tokens.len() - 1].span.end),
            tokens: proposal.tokens.clone(),
            label: proposal.label.clone(),
            entity: entity_of[index],
            sentence: *sentence,
            score: score(proposal),
            found_by: proposal.found_by,
        });
    }
    let entities: Vec<Entity> =
        clusters.iter().map(|cluster| entity(document, views, gazetteer, cluster)).collect();
    document.entities = entities;
    salience(document);
}

/// The tagger gives a probability; the weight of a rule becomes a score between one half and one.
fn score(proposal: &Proposal) -> f64 {
    match proposal.found_by {
        MentionSource::Tagger => proposal.weight,
        _ if proposal.weight >= ASSERTED => 1.0,
        _ => (1.0 - 0.5 * (-1.5 * proposal.weight).exp()).min(0.99),
    }
}

fn entity(
    document: &Document,
    views: &Views,
    gazetteer: &Gazetteer<'_>,
    cluster: &Cluster,
) -> Entity {
    let mentions = || cluster.mentions.iter().map(|&index| &document.mentions[index]);
    let mut forms: Vec<String> = Vec::new();
    for mention in mentions() {
        let (name, short) = parts(document, &mention.tokens);
        for tokens in [Some(name), short].into_iter().flatten() {
            let (first, last) = (&document.tokens[tokens.start], &document.tokens[tokens.end - 1]);
            let form = document.slice(Span::new(first.span.start, last.span.end));
            let form = form.split_whitespace().collect::<Vec<_>>().join(" ");
            if !forms.contains(&form) {
                forms.push(form);
            }
        }
    }
    let entry = cluster.entry.map(|id| gazetteer.entry(id));
    let name = match (&cluster.asserted, entry) {
        (Some((name, _)), _) => name.clone(),
        (None, Some(entry)) => entry.name.to_string(),
        (None, None) => fullest(&forms),
    };
    forms.retain(|form| *form != name);
    let mut spans = Vec::new();
    if cluster.label == Label::Person {
        for &index in &cluster.mentions {
            let mention = &document.mentions[index];
            let sentence = document.sentences[mention.sentence].tokens.clone();
            // A role does not reach across another person.
            let person = document.mentions[..index]
                .iter()
                .rfind(|other| other.label == Label::Person)
                .map_or(0, |other| other.tokens.end);
            let clause = sentence.start.max(person)..sentence.end;
            roles(document, views, clause, mention.tokens.clone(), &mut spans);
        }
    }
    let mut roles: Vec<String> = Vec::new();
    for span in spans {
        let role = document.slice(span).split_whitespace().collect::<Vec<_>>().join(" ");
        if !roles.iter().any(|known| known.to_lowercase() == role.to_lowercase()) {
            roles.push(role);
        }
    }
    let asserted_id = cluster.asserted.as_ref().and_then(|(_, id)| id.clone());
    Entity {
        label: cluster.label.clone(),
        name,
        aliases: forms,
        roles,
        gazetteer_id: asserted_id.or_else(|| entry.and_then(|e| e.id).map(str::to_string)),
        country: entry.and_then(|entry| entry.country).map(str::to_string),
        latitude: entry.and_then(|entry| entry.coordinates).map(|(latitude, _)| latitude),
        longitude: entry.and_then(|entry| entry.coordinates).map(|(_, longitude)| longitude),
        mentions: cluster.mentions.len(),
        first_start: mentions().next().map_or(0, |mention| mention.span.start),
        salience: 0.0,
    }
}

/// The form with the most words; of several the first that is not all in capitals.
fn fullest(forms: &[String]) -> String {
    let shouted = |form: &str| form.len() > 5 && !form.contains(char::is_lowercase);
    let longest = forms.iter().rev().max_by_key(|form| (form.split(' ').count(), !shouted(form)));
    longest.cloned().unwrap_or_default()
}

/// Shares out the document's attention: a mention counts one, one in the headline three, one in
/// the first three sentences two.
fn salience(document: &mut Document) {
    let mut weights = vec![0.0; document.entities.len()];
    for mention in &document.mentions {
        let headline = document.sentences[mention.sentence].headline;
        weights[mention.entity] += match (headline, mention.sentence) {
            (true, _) => 3.0,
            (false, 0..=3) => 2.0,
            _ => 1.0,
        };
    }
    let total: f64 = weights.iter().sum();
    for (entity, weight) in document.entities.iter_mut().zip(weights) {
        entity.salience = if total > 0.0 { weight / total } else { 0.0 };
    }
}

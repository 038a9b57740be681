//! Mentions and entities as the document holds them: names, aliases, roles, identifiers and how much
//! of the document's attention each has.

use nukil_gazetteer::{Entry, Gazetteer, Kind, Part};
use nukil_types::{Document, Entity, Label, Mention, Span};

use crate::forms::{brackets, parts};
use crate::link::Cluster;
use crate::name::Name;
use crate::roles::{Place, RoleWeights};
use crate::view::Views;

/// Fills `document.mentions` and `document.entities` from the names, which are in text order, and
/// from what they were gathered to. `qualifiers` says of each name whether it is one.
pub(crate) fn write(
    document: &mut Document,
    views: &Views,
    gazetteer: &Gazetteer<'_>,
    names: &[Name],
    qualifiers: &[bool],
    clusters: &[Cluster],
    weights: Option<&RoleWeights>,
) {
    let mut entity_of = vec![0; names.len()];
    for (number, cluster) in clusters.iter().enumerate() {
        for &mention in &cluster.mentions {
            entity_of[mention] = number;
        }
    }
    document.mentions.clear();
    document.mentions.reserve_exact(names.len());
    for ((name, entity), &qualifier) in names.iter().zip(entity_of).zip(qualifiers) {
        document.mentions.push(Mention {
            span: name.span,
            tokens: name.tokens.clone(),
            label: name.label.clone(),
            entity,
            sentence: name.sentence,
            score: name.score,
            found_by: name.found_by,
            qualifier,
        });
    }
    let entities: Vec<Entity> =
        clusters.iter().map(|it| entity(document, views, gazetteer, names, it, weights)).collect();
    document.entities = entities;
    salience(document);
}

fn entity(
    document: &Document,
    views: &Views,
    gazetteer: &Gazetteer<'_>,
    names: &[Name],
    cluster: &Cluster,
    weights: Option<&RoleWeights>,
) -> Entity {
    // Where its forms stand.
    let mut spans: Vec<Span> = Vec::with_capacity(cluster.mentions.len());
    for &index in &cluster.mentions {
        let (name, short) = parts(document, &names[index]);
        spans.push(name);
        spans.extend(short);
    }
    let mut forms: Vec<String> = Vec::new();
    for span in &spans {
        let form = document.reading(*span);
        if !forms.contains(&form) {
            forms.push(form);
        }
    }
    let entry = cluster.entry.map(|id| gazetteer.entry(id));
    let name = match (&cluster.asserted, entry) {
        (Some((name, _)), _) => name.clone(),
        (None, Some(entry)) => entry.name.to_string(),
        (None, None) => fullest(&forms),
    };
    forms.retain(|form| *form != name);
    let first_start = cluster.mentions.first().map_or(0, |&at| document.mentions[at].span.start);
    let mut spans = Vec::new();
    if let (Label::Person, Some(weights)) = (&cluster.label, weights) {
        for &index in &cluster.mentions {
            Place::new(document, views, index).roles(weights, &mut spans);
        }
    }
    let mut roles: Vec<String> = Vec::new();
    for span in spans {
        let role = document.reading(span);
        if !roles.iter().any(|known| known.to_lowercase() == role.to_lowercase()) {
            roles.push(role);
        }
    }
    // "Menteri" beside "Menteri Luar Negeri" says nothing more.
    let begins = |short: &str, long: &str| {
        let rest = long.to_lowercase().strip_prefix(&short.to_lowercase()).map(str::to_string);
        rest.is_some_and(|rest| rest.starts_with(' '))
    };
    let all = roles.clone();
    roles.retain(|role| !all.iter().any(|other| begins(role, other)));
    let (province, regency) = entry.map_or((None, None), |entry| units(gazetteer, &entry));
    let asserted_id = cluster.asserted.as_ref().and_then(|(_, id)| id.clone());
    Entity {
        label: cluster.label.clone(),
        kind: entry
            .map(|entry| entry.kind)
            .or_else(|| head(document, views, names, cluster))
            .map(Kind::as_str)
            .filter(|_| cluster.label != Label::Person),
        name,
        aliases: forms,
        roles,
        gazetteer_id: asserted_id.or_else(|| entry.and_then(|e| e.id).map(str::to_string)),
        country: entry.and_then(|entry| entry.country).map(str::to_string),
        province,
        regency,
        latitude: entry.and_then(|entry| entry.coordinates).map(|(latitude, _)| latitude),
        longitude: entry.and_then(|entry| entry.coordinates).map(|(_, longitude)| longitude),
        mentions: cluster.mentions.len(),
        first_start,
        salience: 0.0,
    }
}

/// The kind that the head of a name says: "Jalan", "Universitas".
fn head(document: &Document, views: &Views, names: &[Name], cluster: &Cluster) -> Option<Kind> {
    cluster.mentions.iter().find_map(|&index| {
        let (name, _) = brackets(document, &names[index]);
        let (length, kind) = views.head(name.start, Part::Inside)?;
        (length < name.len() && kind.label() == cluster.label).then_some(kind)
    })
}

/// The names of the province, and of the regency or city, in which a place lies or which it is.
fn units(gazetteer: &Gazetteer<'_>, entry: &Entry<'_>) -> (Option<String>, Option<String>) {
    const CODE: &str = "kemendagri:";
    let code = entry.id.filter(|id| id.starts_with(CODE)).or(entry.parent);
    let Some(code) = code.filter(|code| code.starts_with(CODE)) else { return (None, None) };
    // Codes go on from that of the unit that holds them: 32, 32.01, 32.01.16.
    let unit = |parts: usize| {
        let end = code.match_indices('.').nth(parts - 1).map_or(code.len(), |(at, _)| at);
        let whole = code.matches('.').count() + 1 >= parts;
        gazetteer.unit(&code[..end]).filter(|_| whole).map(|unit| unit.name.to_string())
    };
    (unit(1), unit(2))
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

//! `nukil explain`: why documents have the mentions and entities that they have, mention by
//! mention, for a person to read.

use std::io::{self, BufWriter, Write};

use anyhow::Result;
use nukil_pipeline::{ClueKind, Config, Evidence, Join, Pipeline, Reading};
use nukil_tables::Reader;
use nukil_types::{Document, Mention, OffsetTable, OffsetUnit};

use crate::Status;
use crate::args::ExplainArgs;
use crate::batch;
use crate::extract::{gazetteers, model};
use crate::messages::{Messages, printable};

/// Runs the command.
pub fn run(args: ExplainArgs) -> Result<Status> {
    let pipeline = Pipeline::new(Config {
        layout: args.layout.into(),
        limits: args.input.limits.into(),
        gazetteers: gazetteers(args.gazetteer)?,
        model: args.model.as_deref().map(model).transpose()?,
        jobs: 1,
        ..Config::default()
    })?;
    let mut out = BufWriter::new(io::stdout().lock());
    let messages = Messages::loud();
    let (inputs, options) = args.input.inputs_and_options();
    let (mut done, mut failed) = (0_u64, 0_u64);
    for document in Reader::new(inputs, options) {
        let explained =
            document.and_then(|document| pipeline.explain(document).map_err(batch::unprocessed));
        match explained {
            Ok((document, evidence)) => {
                if done > 0 {
                    writeln!(out)?;
                }
                print(&mut out, &document, &evidence)?;
                done += 1;
            }
            Err(failure) => {
                failed += 1;
                messages.say(failure);
            }
        }
    }
    out.flush()?;
    Ok(Status::of(done, failed))
}

fn print(out: &mut impl Write, document: &Document, evidence: &[Evidence<'_>]) -> io::Result<()> {
    writeln!(out, "{}: {} mentions", printable(&document.id), document.mentions.len())?;
    let offsets = OffsetTable::new(&document.text, OffsetUnit::CodePoint);
    for (mention, evidence) in document.mentions.iter().zip(evidence) {
        let (start, end) = (offsets.convert(mention.span.start), offsets.convert(mention.span.end));
        let text = document.reading(mention.span);
        let text = printable(&text);
        writeln!(out, "\n{text} ({start} to {end}): {}", mention.label.as_str())?;
        found(out, mention, evidence)?;
        for clue in &evidence.clues {
            let side = match clue.kind {
                ClueKind::Head if clue.span.start >= mention.span.start => "in it",
                _ if clue.span.start < mention.span.start => "before it",
                _ => "behind it",
            };
            line(out, side, &format!("{} {:?}", clue.kind.as_str(), document.reading(clue.span)))?;
        }
        readings(out, evidence)?;
        entity(out, document, mention, evidence)?;
    }
    Ok(())
}

fn line(out: &mut impl Write, what: &str, said: &str) -> io::Result<()> {
    writeln!(out, "  {what:10} {}", printable(said))
}

fn found(out: &mut impl Write, mention: &Mention, evidence: &Evidence<'_>) -> io::Result<()> {
    let by = format!("{}, score {:.2}", mention.found_by.as_str(), mention.score);
    line(out, "found by", &by)?;
    if !evidence.probabilities.is_empty() {
        let probabilities = evidence.probabilities.iter();
        let said = probabilities.map(|(label, p)| format!("{} {p:.2}", label.as_str()));
        line(out, "tagger", &said.collect::<Vec<_>>().join(", "))?;
    }
    if mention.qualifier {
        line(out, "use", "qualifier: it says which of something is meant")?;
    }
    Ok(())
}

/// What the gazetteer knows by the name; what decides between several.
fn readings(out: &mut impl Write, evidence: &Evidence<'_>) -> io::Result<()> {
    let several = evidence.readings.len() > 1;
    for (at, reading) in evidence.readings.iter().enumerate() {
        let verdict = match (at, evidence.join) {
            (0, Join::Shortens) => "not taken: the words shorten a name of the document",
            (0, _) if several => "taken",
            (0, _) => "the only one",
            _ => "left",
        };
        let score = if several { format!(": {}", sum(reading)) } else { String::new() };
        line(out, "gazetteer", &format!("{}, {verdict}{score}", name(reading)))?;
    }
    Ok(())
}

fn name(reading: &Reading<'_>) -> String {
    let entry = &reading.entry;
    let mut name = format!("{} ({}", entry.name, entry.kind.as_str());
    for more in [entry.id, entry.parent.or(entry.country)].into_iter().flatten() {
        name.push_str(", ");
        name.push_str(more);
    }
    name + ")"
}

fn sum(reading: &Reading<'_>) -> String {
    let score = &reading.score;
    let parts = [
        ("level and size", score.kind),
        ("form", score.form),
        ("called so", score.told),
        ("place beside it", score.beside),
        ("other places", score.near),
    ];
    let parts = parts.iter().filter(|(_, part)| *part != 0.0);
    let parts: Vec<String> = parts.map(|(what, part)| format!("{what} {part:.1}")).collect();
    format!("{:.1} = {}", score.total(), parts.join(" + "))
}

fn entity(
    out: &mut impl Write,
    document: &Document,
    mention: &Mention,
    evidence: &Evidence<'_>,
) -> io::Result<()> {
    let entity = &document.entities[mention.entity];
    let why = match evidence.join {
        Join::New if entity.mentions == 1 => "on its own",
        Join::New => "the name to which the others were joined",
        Join::SameEntry => "joined: the gazetteer has both forms as one",
        Join::SameWords => "joined: the same words, or a short form introduced beside them",
        Join::Shortens => "joined: shortens its name",
        Join::Misspelt => "joined: its name but for one letter",
    };
    let id = entity.gazetteer_id.as_ref().map_or(String::new(), |id| format!(", {id}"));
    let said = format!("e{} {}{id}; {why}", mention.entity + 1, entity.name);
    line(out, "entity", &said)?;
    match entity.roles.is_empty() {
        true => Ok(()),
        false => line(out, "roles", &entity.roles.join(" | ")),
    }
}

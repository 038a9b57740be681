//! Compiles the readable facts of `data/` into the artefacts that `crates/data` embeds.
//!
//! `nukil-compile DATA OUT` reads the folder `data/` and writes five files to the folder `OUT`.
//! The same facts give the same bytes; `scripts/build-data` runs it, and CI checks that what is
//! committed agrees. Every source but [`UNSORTED`] must be sorted and without doubles, so that a change is
//! one line in a diff.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use nukil_gazetteer::Sources;
use nukil_keywords::{background, tables};
use nukil_stemmer::Source;
use nukil_tokenizer::Tokenizer;

/// Folders whose files are gazetteers, but for the lists of single name parts.
const GAZETTEERS: [&str; 3] = ["organisations", "people", "places"];
const NAME_PARTS: [&str; 2] = ["name-affixes.tsv", "name-parts.tsv"];

/// Sources whose lines stand in the order in which their learners write them.
const UNSORTED: [&str; 2] = ["article/weights.tsv", "keywords/trees.tsv"];

fn main() -> Result<()> {
    let mut args = std::env::args_os().skip(1).map(PathBuf::from);
    let (Some(data), Some(out), None) = (args.next(), args.next(), args.next()) else {
        bail!("usage: nukil-compile DATA OUT");
    };
    let files = Files::read(&data)?;
    fs::create_dir_all(&out)?;
    fs::write(out.join("gazetteer.bin"), gazetteer(&files)?)?;
    fs::write(out.join("background.bin"), background(&files)?)?;
    fs::write(out.join("keywords.bin"), keywords(&files)?)?;
    fs::write(out.join("roots.bin"), roots(&files)?)?;
    let (_, clusters) = files.get("clusters/words.tsv")?;
    fs::write(out.join("clusters.bin"), nukil_tagger::compile_clusters(clusters)?)?;
    Ok(())
}

/// The readable sources: path below `data/` and text, in the order of their paths.
struct Files(Vec<(String, String)>);

impl Files {
    fn read(data: &Path) -> Result<Self> {
        let mut files = Files(Vec::new());
        files.read_folder(data, data)?;
        Ok(files)
    }

    fn read_folder(&mut self, data: &Path, folder: &Path) -> Result<()> {
        for path in entries(folder)? {
            if path.is_dir() {
                self.read_folder(data, &path)?;
            } else if path.extension().is_some_and(|extension| extension == "tsv") {
                let text = fs::read_to_string(&path)
                    .with_context(|| format!("cannot read {}", path.display()))?;
                let name = path.strip_prefix(data)?.to_string_lossy().into_owned();
                if !UNSORTED.contains(&name.as_str()) {
                    check_order(&name, &text)?;
                }
                self.0.push((name, text));
            }
        }
        Ok(())
    }

    fn get(&self, name: &str) -> Result<(&str, &str)> {
        let file = self.0.iter().find(|(known, _)| known == name);
        let (name, text) = file.with_context(|| format!("no file {name}"))?;
        Ok((name, text))
    }
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let read = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut paths = read.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

/// Facts stand sorted by their bytes below the comments and the header, each once.
fn check_order(name: &str, text: &str) -> Result<()> {
    let lines = text.lines().enumerate();
    let facts: Vec<_> = lines.skip_while(|(_, line)| line.starts_with('#')).skip(1).collect();
    for pair in facts.windows(2) {
        let [(_, first), (index, second)] = pair else { continue };
        if first >= second {
            bail!("{name}: line {}: {second:?} does not sort behind {first:?}", index + 1);
        }
    }
    Ok(())
}

fn gazetteer(files: &Files) -> Result<Vec<u8>> {
    let (_, abbreviations) = files.get("lexicon/abbreviations.tsv")?;
    let tokenizer = Tokenizer::new(abbreviations)?;
    let is_gazetteer = |name: &str| {
        let (folder, file) = name.split_once('/').unwrap_or(("", name));
        GAZETTEERS.contains(&folder) && !NAME_PARTS.contains(&file)
    };
    let names = files.0.iter().filter(|(name, _)| is_gazetteer(name));
    let sources = Sources {
        names: names.map(|(name, text)| (name.as_str(), text.as_str())).collect(),
        titles: Some(files.get("lexicon/titles.tsv")?),
        speech_verbs: Some(files.get("lexicon/speech-verbs.tsv")?),
        name_heads: Some(files.get("lexicon/name-heads.tsv")?),
        place_cues: Some(files.get("lexicon/place-cues.tsv")?),
        not_names: Some(files.get("lexicon/not-names.tsv")?),
        words: Some(files.get("frequencies/words.tsv")?),
        name_parts: Some(files.get("people/name-parts.tsv")?),
        name_affixes: Some(files.get("people/name-affixes.tsv")?),
    };
    Ok(nukil_gazetteer::compile(&sources, &|name| tokenizer.words(name))?)
}

fn background(files: &Files) -> Result<Vec<u8>> {
    let text = |name| Ok::<_, anyhow::Error>(files.get(name)?.1);
    Ok(background::compile(
        text("frequencies/words.tsv")?,
        text("frequencies/phrases.tsv")?,
        text("frequencies/headlines.tsv")?,
    )?)
}

fn keywords(files: &Files) -> Result<Vec<u8>> {
    let (_, habits) = files.get("keywords/habits.tsv")?;
    let (_, trees) = files.get("keywords/trees.tsv")?;
    Ok(tables::compile(habits, trees)?)
}

fn roots(files: &Files) -> Result<Vec<u8>> {
    let source = |name: &str| -> Result<Source<'_>> {
        let (name, text) = files.get(name)?;
        Ok(Source { name, text })
    };
    Ok(nukil_stemmer::compile(&nukil_stemmer::Sources {
        roots: source("roots/roots.tsv")?,
        own: source("roots/own.tsv")?,
        exceptions: source("roots/exceptions.tsv")?,
        names: source("roots/names.tsv")?,
        english: source("roots/english.tsv")?,
        variants: source("roots/variants.tsv")?,
        ambiguous: source("roots/ambiguous.tsv")?,
    })?)
}

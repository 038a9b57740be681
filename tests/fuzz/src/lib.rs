//! What must hold of any bytes in each format that is read. The fuzz targets ask it of bytes that
//! libFuzzer makes up, and `tests/seeds.rs` of the seeds that are kept.

use std::fs;
use std::path::Path;
use std::sync::{LazyLock, Once};

use nukil_article::{Arranger, Layout, PageLimits, PageReader};
use nukil_gazetteer::UserGazetteer;
use nukil_tables::{
    DatasetOptions, DatasetWriter, Manifest, Opened, ReadOptions, Reader, RunDescription,
};
use nukil_types::{Document, Limits};

/// A format, by the name of its target and of the folder of its seeds, and what must hold of it.
pub type Format = (&'static str, fn(&[u8]));

/// All formats that are read.
pub const FORMATS: [Format; 10] = [
    ("text", text),
    ("page", page),
    ("jsonl", jsonl),
    ("csv", csv),
    ("parquet", parquet),
    ("tar", tar),
    ("gazetteer", gazetteer),
    ("model", model),
    ("background", background),
    ("manifest", manifest),
];

static ARRANGER: LazyLock<Arranger> = LazyLock::new(|| {
    Arranger::new(nukil_data::FURNITURE, nukil_data::OUTLETS, nukil_data::LAYOUT_WORDS)
        .expect("rules")
});
static PAGES: LazyLock<PageReader> =
    LazyLock::new(|| nukil_pipeline::page_reader().expect("rules"));

/// Any text as an article: blocks and prose on character boundaries, in order, and every letter in one
/// of them. What stands before the first form feed is the headline.
pub fn text(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (title, text) = match text.split_once('\u{c}') {
        Some((title, text)) => (Some(title), text),
        None => (None, &*text),
    };
    let outline = ARRANGER.outline(text, title);
    let mut spans: Vec<_> = outline.blocks.iter().map(|block| block.span).collect();
    spans.extend(&outline.body);
    spans.sort();
    let mut end = 0;
    for span in spans {
        assert!(end <= span.start, "{span:?} overlaps what ends at {end}");
        assert!(!text[end..span.start].contains(char::is_alphanumeric));
        let _ = &text[span.start..span.end];
        end = span.end;
    }
    assert!(!text[end..].contains(char::is_alphanumeric));
}

/// Any bytes as an HTML page: an article or a reason, spans on character boundaries, in order.
pub fn page(bytes: &[u8]) {
    let mut document = Document { page: Some(bytes.to_vec()), ..Document::default() };
    let limits = PageLimits { nodes: 2_000, depth: 60, attributes: 50 };
    if PAGES.read_into(&mut document, &limits).is_err() {
        return;
    }
    let mut end = 0;
    for span in &document.links {
        assert!(end <= span.start && span.start < span.end);
        let _ = document.slice(*span);
        end = span.end;
    }
    ARRANGER.arrange(&mut document, Layout::Article);
    for span in &document.body {
        let _ = document.slice(*span);
    }
}

/// libFuzzer ends at every panic; one that becomes an error is none.
fn allow_guarded_panics() {
    static ALLOWED: Once = Once::new();
    ALLOWED.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if !nukil_types::is_guarded() {
                usual(panic);
            }
        }));
    });
}

/// Any bytes in a file of that name: the reader ends, gives the same twice, and is never silent.
fn read(name: &str, bytes: &[u8]) {
    allow_guarded_panics();
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    fs::write(&path, bytes).expect("a file");
    let limits = Limits { max_record_bytes: 4_096, max_characters: 2_000, ..Limits::default() };
    let options = ReadOptions { limits, ..ReadOptions::default() };
    let items = || Reader::new(vec![path.clone()], options.clone());
    let mut count = 0;
    for item in items() {
        count += 1;
        let source = match &item {
            Ok(document) => {
                assert!(document.text.chars().count() <= limits.kept_characters());
                &document.source
            }
            Err(failure) => {
                assert!(!failure.reason.contains("internal error"), "{failure}");
                &failure.source
            }
        };
        assert!(source.starts_with(&*path.to_string_lossy()), "{source}");
    }
    assert!(items().eq(items()));
    assert!(count <= bytes.len() + 2, "{count} items of {} bytes", bytes.len());
}

/// Any bytes as JSON Lines.
pub fn jsonl(bytes: &[u8]) {
    read("a.jsonl", bytes);
}

/// Any bytes as CSV.
pub fn csv(bytes: &[u8]) {
    read("a.csv", bytes);
}

/// Any bytes as a Parquet file.
pub fn parquet(bytes: &[u8]) {
    read("a.parquet", bytes);
}

/// Any bytes as an archive, compressed or not.
pub fn tar(bytes: &[u8]) {
    read("a.tar", bytes);
}

/// Any text as a gazetteer, in both formats.
pub fn gazetteer(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let words = |name: &str| name.split_whitespace().map(str::to_string).collect::<Vec<_>>();
    let mut names = UserGazetteer::default();
    let _ = names.add_csv(&text, &words);
    let _ = names.add_spacy(&text, &words);
}

/// Any bytes as a model of a tagger.
pub fn model(bytes: &[u8]) {
    let _ = nukil_pipeline::open("model", bytes);
}

/// Any bytes as a file of counts.
pub fn background(bytes: &[u8]) {
    let _ = nukil_pipeline::Background::open(bytes.to_vec());
}

/// Any bytes as the manifest of a dataset and as that of an unfinished one: nothing outside the folder
/// and nothing of the user's in it goes away.
pub fn manifest(bytes: &[u8]) {
    let room = tempfile::tempdir().expect("a folder");
    let out = room.path().join("hasil");
    let kept = [room.path().join("surat.txt"), out.join("surat.txt"), out.join("mentions.csv")];
    for resume in [false, true] {
        for unfinished in [false, true] {
            fs::create_dir_all(&out).expect("a folder");
            kept.iter().for_each(|path| fs::write(path, "milik saya").expect("a file"));
            let folder = if unfinished { out.join(".nukil-unfinished") } else { out.clone() };
            fs::create_dir_all(&folder).expect("a folder");
            if unfinished {
                fs::write(folder.join("lock"), "").expect("a file");
            }
            fs::write(folder.join("manifest.json"), bytes).expect("a file");
            let _ = Manifest::read(&out);
            finish(&out, resume);
            for path in &kept {
                assert_eq!(fs::read(path).expect("it is there"), b"milik saya", "{path:?}");
            }
            fs::remove_dir_all(&out).expect("it can be removed");
        }
    }
}

/// Writes a dataset that needs none of the user's places.
fn finish(folder: &Path, resume: bool) {
    let options = DatasetOptions { csv: false, jsonl: true, ..DatasetOptions::default() };
    let opened = DatasetWriter::open(folder, options, RunDescription::default(), resume);
    if let Ok(Opened::Writer { mut writer, .. }) = opened {
        let _ = writer.write(&Document::new("a", "-", "Banjir di Demak."));
        let _ = writer.finish();
    }
}

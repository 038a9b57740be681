//! What the writers promise: columns and records to the letter, and nothing half-written.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use nukil_tables::{DatasetOptions, DatasetWriter, Failure, RecordWriter, columns};
use nukil_types::{
    Block, BlockKind, DateSource, Dateline, Document, Entity, Keyword, Label, Language, Mention,
    MentionSource, OffsetUnit, Passage, Quote, QuoteKind, Sentence, Span, TokenKind, Value,
    ValueKind,
};
use serde::Deserialize;

/// A small article in which every field is filled and a character takes more than one byte
/// before every name.
fn article() -> Document {
    let text = "😀 Banjir\n“Kita siap,” kata Wali Kota Budi, di Demak.";
    let span = |piece: &str| {
        let start = text.find(piece).unwrap();
        Span::new(start, start + piece.len())
    };
    let mut document = Document::new("a1", "berita/a.txt", text);
    document.extra = vec![("rubrik".to_string(), "daerah, \"pesisir\"".to_string())];
    document.title = Some("😀 Banjir".to_string());
    document.title_span = Some(span("😀 Banjir"));
    document.published = Some("2024-02-01".to_string());
    document.published_at = Some("2024-02-01T08:15+07:00".to_string());
    document.published_from = Some(DateSource::DateField);
    document.dateline =
        Dateline { outlet: Some("TEMPO.CO".to_string()), place: Some("Demak".to_string()) };
    document.language = Some(Language { code: "id".to_string(), confidence: 0.987_654 });
    document.body = vec![span("“Kita siap,” kata Wali Kota Budi, di Demak.")];
    document.blocks = vec![Block { span: span("😀 Banjir"), kind: BlockKind::Headline }];
    let passage = |piece, code: &str| Passage {
        span: span(piece),
        language: Language { code: code.to_string(), confidence: 0.9 },
    };
    document.passages =
        vec![passage("“Kita siap,”", "id"), passage("kata Wali Kota Budi, di Demak.", "en")];
    document.push_token(span("Banjir"), TokenKind::Word);
    for (piece, kind) in [
        ("Kita", TokenKind::Word),
        ("siap", TokenKind::Word),
        ("Budi", TokenKind::Word),
        (".", TokenKind::Punctuation),
    ] {
        document.push_token(span(piece), kind);
    }
    document.tokens[1].stop = true;
    document.set_lemma(2, "siap-siap");
    document.sentences = vec![
        Sentence { span: span("😀 Banjir"), tokens: 0..1, headline: true },
        Sentence { span: document.body[0], tokens: 1..5, headline: false },
    ];
    let mention = |piece, label, entity, score, found_by| Mention {
        span: span(piece),
        tokens: 3..4,
        label,
        entity,
        sentence: 1,
        score,
        found_by,
        qualifier: piece == "Demak",
    };
    document.mentions = vec![
        mention("Budi", Label::Person, 0, 0.5, MentionSource::Rule),
        mention("Demak", Label::Location, 1, 1.0, MentionSource::User),
    ];
    document.values = vec![Value {
        span: span("Banjir"),
        tokens: 0..1,
        kind: ValueKind::Money,
        sentence: 0,
        value: "2000000/4000000".to_string(),
        unit: "IDR".to_string(),
        score: 0.95,
    }];
    document.entities = vec![
        Entity {
            label: Label::Person,
            kind: None,
            name: "Budi".to_string(),
            aliases: vec!["Pak Budi".to_string(), "B.".to_string()],
            roles: vec!["Wali Kota".to_string()],
            gazetteer_id: None,
            country: None,
            province: None,
            regency: None,
            latitude: None,
            longitude: None,
            mentions: 1,
            first_start: span("Budi").start,
            salience: 0.666_666,
        },
        Entity {
            label: Label::Location,
            kind: Some("regency"),
            name: "Demak".to_string(),
            aliases: Vec::new(),
            roles: Vec::new(),
            gazetteer_id: Some("id:33.21".to_string()),
            country: Some("ID".to_string()),
            province: Some("Jawa Tengah".to_string()),
            regency: Some("Demak".to_string()),
            latitude: Some(-6.890_901_2),
            longitude: Some(110.638_3),
            mentions: 1,
            first_start: span("Demak").start,
            salience: 0.333_333,
        },
    ];
    document.quotes = vec![Quote {
        span: span("Kita siap,"),
        kind: QuoteKind::Direct,
        speaker: Some(0),
        speaker_span: Some(span("Budi")),
        verb: Some(span("kata")),
        via: None,
    }];
    document.keywords = vec![Keyword {
        text: "Wali Kota Budi".to_string(),
        lemma: "wali kota budi".to_string(),
        family: "wali kota budi".to_string(),
        score: 0.912_34,
        count: 1,
        is_entity: true,
        first_start: span("Wali Kota").start,
        occurrences: vec![span("Wali Kota Budi")],
    }];
    document
}

fn tables(options: DatasetOptions, documents: &[Document]) -> BTreeMap<String, String> {
    let folder = tempfile::tempdir().unwrap();
    let mut writer = DatasetWriter::create(folder.path(), options).unwrap();
    for document in documents {
        writer.write(document).unwrap();
    }
    writer
        .fail(&Failure {
            source: "b.jsonl".to_string(),
            doc_id: Some("b7".to_string()),
            stage: "read".to_string(),
            reason: "line 1: \"x\"".to_string(),
        })
        .unwrap();
    let files = writer.finish().unwrap();
    // The tables and their manifest.
    assert_eq!(files.len() + 1, names(folder.path()).len());
    files
        .iter()
        .map(|file| {
            let name = file.file_name().unwrap().to_str().unwrap().to_string();
            (name, fs::read_to_string(file).unwrap())
        })
        .collect()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn the_tables_of_an_article() {
    let options = DatasetOptions { tokens: true, ..DatasetOptions::default() };
    let tables = tables(options, &[article()]);
    let golden = [
        (
            "documents.csv",
            "doc_id,source,title,published,outlet,dateline_place,language,language_confidence,\
             characters,words,sentences,truncated,languages,skipped,\
             replacement_characters,published_at,published_from,rubrik\n\
             a1,berita/a.txt,😀 Banjir,2024-02-01,TEMPO.CO,Demak,id,0.9877,52,4,2,false,id|en,,0,\
             2024-02-01T08:15+07:00,date field,\
             \"daerah, \"\"pesisir\"\"\"\n",
        ),
        (
            "entities.csv",
            "doc_id,entity_id,label,kind,name,aliases,roles,gazetteer_id,country,province,regency,latitude,\
             longitude,mentions,first_start,salience\n\
             a1,e1,PER,,Budi,Pak Budi|B.,Wali Kota,,,,,,,1,37,0.6667\n\
             a1,e2,LOC,regency,Demak,,,id:33.21,ID,Jawa Tengah,Demak,-6.89090,110.63830,1,46,0.3333\n",
        ),
        ("failures.csv", "source,doc_id,stage,reason\nb.jsonl,b7,read,\"line 1: \"\"x\"\"\"\n"),
        (
            "keywords.csv",
            "doc_id,rank,keyword,lemma,score,count,is_entity,first_start\n\
             a1,1,Wali Kota Budi,wali kota budi,0.9123,1,true,27\n",
        ),
        ("keyword_occurrences.csv", "doc_id,rank,start,end\na1,1,27,41\n"),
        (
            "mentions.csv",
            "doc_id,mention_id,entity_id,label,use,text,start,end,sentence,score,found_by,value,unit\n\
             a1,m1,,MONEY,,Banjir,2,8,0,0.9500,rule,2000000/4000000,IDR\n\
             a1,m2,e1,PER,,Budi,37,41,1,0.5000,rule,,\n\
             a1,m3,e2,LOC,qualifier,Demak,46,51,1,1.0000,user,,\n",
        ),
        (
            "quotes.csv",
            "doc_id,quote_id,speaker,speaker_text,text,start,end,verb,via,kind\n\
             a1,q1,e1,Budi,\"Kita siap,\",10,20,kata,,direct\n",
        ),
        (
            "tokens.csv",
            "doc_id,token,text,start,end,lemma,stop,sentence\n\
             a1,0,Banjir,2,8,banjir,false,0\n\
             a1,1,Kita,10,14,kita,true,1\n\
             a1,2,siap,15,19,siap-siap,false,1\n\
             a1,3,Budi,37,41,budi,false,1\n\
             a1,4,.,51,52,.,false,1\n",
        ),
    ];
    assert_eq!(tables.len(), golden.len());
    for (name, expected) in golden {
        assert_eq!(tables[name], expected, "{name}");
    }
}

#[test]
fn offsets_point_at_the_surface_in_every_unit() {
    let document = article();
    let ends = |unit| {
        let tables = tables(DatasetOptions { unit, ..DatasetOptions::default() }, &[article()]);
        let mut rows = csv::Reader::from_reader(tables["mentions.csv"].as_bytes());
        rows.records()
            .map(|row| {
                let row = row.unwrap();
                (
                    row[5].to_string(),
                    row[6].parse::<usize>().unwrap(),
                    row[7].parse::<usize>().unwrap(),
                )
            })
            .collect::<Vec<_>>()
    };
    let characters: Vec<_> = document.text.chars().collect();
    let utf16: Vec<_> = document.text.encode_utf16().collect();
    for (surface, start, end) in ends(OffsetUnit::CodePoint) {
        assert_eq!(characters[start..end].iter().collect::<String>(), surface);
    }
    for (surface, start, end) in ends(OffsetUnit::Byte) {
        assert_eq!(&document.text[start..end], surface);
    }
    for (surface, start, end) in ends(OffsetUnit::Utf16) {
        assert_eq!(String::from_utf16(&utf16[start..end]).unwrap(), surface);
    }
}

#[test]
fn columns_that_come_up_later_are_added_and_rows_filled_up() {
    let with = |id: &str, extra: &[(&str, &str)]| {
        let mut document = Document::new(id, "-", "Teks.");
        document.extra =
            extra.iter().map(|(name, cell)| (name.to_string(), cell.to_string())).collect();
        document
    };
    let documents = [
        with("1", &[("a", "1a"), ("b", "1b")]),
        with("2", &[]),
        with("3", &[("c", "3\nc"), ("a", "3a")]),
        with("4", &[("b", "4b"), ("c", "4c")]),
    ];
    let tables = tables(DatasetOptions::default(), &documents);
    let mut rows = csv::Reader::from_reader(tables["documents.csv"].as_bytes());
    let header = rows.headers().unwrap().clone();
    let first = columns::DOCUMENTS.len();
    assert_eq!(header.iter().take(first).collect::<Vec<_>>(), columns::DOCUMENTS);
    assert_eq!(header.iter().skip(first).collect::<Vec<_>>(), ["a", "b", "c"]);
    let extra: Vec<Vec<String>> = rows
        .records()
        .map(|row| row.unwrap().iter().skip(first).map(str::to_string).collect())
        .collect();
    assert_eq!(extra, [["1a", "1b", ""], ["", "", ""], ["3a", "", "3\nc"], ["", "4b", "4c"]]);
}

#[test]
fn a_run_without_a_document_still_has_its_header_rows() {
    let tables = tables(DatasetOptions::default(), &[]);
    assert_eq!(tables["documents.csv"], columns::DOCUMENTS.join(",") + "\n");
    assert_eq!(tables["mentions.csv"], columns::MENTIONS.join(",") + "\n");
}

/// The record as a reader that knows the contract would declare it. That nothing else is in it
/// is part of the test: a new field is added here and to the contract together.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Record {
    schema: u32,
    id: String,
    source: String,
    language: LanguageField,
    passages: Option<Vec<PassageField>>,
    title: Option<String>,
    title_span: Option<(usize, usize)>,
    text: Option<String>,
    links: Option<Vec<(usize, usize)>>,
    published: Option<String>,
    published_at: Option<String>,
    published_from: Option<String>,
    dateline: DatelineField,
    characters: usize,
    words: usize,
    body: Vec<(usize, usize)>,
    blocks: Vec<BlockField>,
    sentences: Vec<(usize, usize)>,
    tokens: Option<Vec<TokenField>>,
    mentions: Vec<MentionField>,
    entities: Vec<EntityField>,
    keywords: Vec<KeywordField>,
    quotes: Vec<QuoteField>,
    truncated: bool,
    skipped: Option<String>,
    replacement_characters: usize,
    extra: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct LanguageField {
    code: String,
    confidence: f64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PassageField {
    start: usize,
    end: usize,
    language: LanguageField,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct BlockField {
    start: usize,
    end: usize,
    kind: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct DatelineField {
    outlet: Option<String>,
    place: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TokenField {
    start: usize,
    end: usize,
    text: String,
    lemma: String,
    stop: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct MentionField {
    id: String,
    start: usize,
    end: usize,
    text: String,
    label: String,
    #[serde(rename = "use")]
    place_use: Option<String>,
    entity: Option<String>,
    sentence: usize,
    score: f64,
    found_by: String,
    value: Option<String>,
    unit: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct EntityField {
    id: String,
    label: String,
    kind: Option<String>,
    name: String,
    aliases: Vec<String>,
    roles: Vec<String>,
    gazetteer_id: Option<String>,
    country: Option<String>,
    province: Option<String>,
    regency: Option<String>,
    latitude: Option<f64>,
    longitude: Option<f64>,
    mentions: usize,
    first_start: usize,
    salience: f64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeywordField {
    rank: usize,
    text: String,
    lemma: String,
    score: f64,
    count: usize,
    is_entity: bool,
    first_start: usize,
    spans: Vec<(usize, usize)>,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct QuoteField {
    id: String,
    speaker: Option<String>,
    speaker_text: Option<String>,
    text: String,
    start: usize,
    end: usize,
    verb: Option<String>,
    via: Option<String>,
    kind: String,
}

fn record_line(document: &Document, tokens: bool) -> String {
    let mut line = Vec::new();
    RecordWriter::new(&mut line, OffsetUnit::CodePoint, tokens).write(document).unwrap();
    String::from_utf8(line).unwrap()
}

#[test]
fn the_record_reads_back_as_the_contract_has_it() {
    let line = record_line(&article(), true);
    assert_eq!(line.matches('\n').count(), 1);
    let record: Record = serde_json::from_str(&line).unwrap();
    assert_eq!(
        (record.schema, record.id.as_str(), record.source.as_str()),
        (2, "a1", "berita/a.txt")
    );
    assert_eq!((record.language.code.as_str(), record.language.confidence), ("id", 0.9877));
    assert_eq!(record.title.as_deref(), Some("😀 Banjir"));
    assert_eq!(record.title_span, Some((0, 8)));
    assert_eq!(record.published.as_deref(), Some("2024-02-01"));
    assert_eq!(record.published_at.as_deref(), Some("2024-02-01T08:15+07:00"));
    assert_eq!(record.published_from.as_deref(), Some("date field"));
    assert_eq!(record.dateline.outlet.as_deref(), Some("TEMPO.CO"));
    assert_eq!(record.dateline.place.as_deref(), Some("Demak"));
    assert_eq!((record.characters, record.words), (52, 4));
    let passages = record.passages.unwrap();
    let passages = passages.iter().map(|passage| {
        (passage.start, passage.end, passage.language.code.as_str(), passage.language.confidence)
    });
    assert_eq!(passages.collect::<Vec<_>>(), [(9, 21, "id", 0.9), (22, 52, "en", 0.9)]);
    assert_eq!(record.body, [(9, 52)]);
    let blocks = record.blocks.iter().map(|block| (block.start, block.end, block.kind.as_str()));
    assert_eq!(blocks.collect::<Vec<_>>(), [(0, 8, "headline")]);
    assert_eq!(record.sentences, [(0, 8), (9, 52)]);
    let token = &record.tokens.unwrap()[2];
    assert_eq!((token.start, token.end, token.stop), (15, 19, false));
    assert_eq!((token.text.as_str(), token.lemma.as_str()), ("siap", "siap-siap"));
    let value = &record.mentions[0];
    assert_eq!((value.label.as_str(), &value.entity), ("MONEY", &None));
    assert_eq!(
        (value.value.as_deref(), value.unit.as_deref()),
        (Some("2000000/4000000"), Some("IDR"))
    );
    let mention = &record.mentions[2];
    assert_eq!((mention.id.as_str(), mention.entity.as_deref()), ("m3", Some("e2")));
    assert_eq!((&mention.value, &mention.unit), (&None, &None));
    assert_eq!((mention.start, mention.end, mention.sentence), (46, 51, 1));
    assert_eq!((mention.text.as_str(), mention.label.as_str()), ("Demak", "LOC"));
    assert_eq!((mention.found_by.as_str(), mention.score), ("user", 1.0));
    assert_eq!(mention.place_use.as_deref(), Some("qualifier"));
    let [person, place] = &record.entities[..] else { panic!("two entities") };
    assert_eq!(
        (person.id.as_str(), person.label.as_str(), person.name.as_str()),
        ("e1", "PER", "Budi")
    );
    assert_eq!(
        (&person.aliases[..], &person.roles[..]),
        (&["Pak Budi".into(), "B.".into()][..], &["Wali Kota".into()][..])
    );
    assert_eq!((&person.gazetteer_id, &person.country), (&None, &None));
    assert_eq!(
        (place.gazetteer_id.as_deref(), place.country.as_deref()),
        (Some("id:33.21"), Some("ID"))
    );
    assert_eq!((&person.kind, &person.province, &person.regency), (&None, &None, &None));
    assert_eq!(place.kind.as_deref(), Some("regency"));
    assert_eq!(
        (place.province.as_deref(), place.regency.as_deref()),
        (Some("Jawa Tengah"), Some("Demak"))
    );
    assert_eq!((place.latitude, place.longitude), (Some(-6.8909), Some(110.6383)));
    assert_eq!((place.mentions, place.first_start, place.salience), (1, 46, 0.3333));
    let keyword = &record.keywords[0];
    assert_eq!((keyword.rank, keyword.count, keyword.is_entity), (1, 1, true));
    assert_eq!(
        (keyword.text.as_str(), keyword.lemma.as_str()),
        ("Wali Kota Budi", "wali kota budi")
    );
    assert_eq!((keyword.score, keyword.first_start), (0.9123, 27));
    assert_eq!(keyword.spans, [(27, 41)]);
    let quote = QuoteField {
        id: "q1".to_string(),
        speaker: Some("e1".to_string()),
        speaker_text: Some("Budi".to_string()),
        text: "Kita siap,".to_string(),
        start: 10,
        end: 20,
        verb: Some("kata".to_string()),
        via: None,
        kind: "direct".to_string(),
    };
    assert_eq!(record.quotes, [quote]);
    assert!(!record.truncated);
    assert_eq!((record.skipped, record.replacement_characters), (None, 0));
    assert_eq!(record.extra["rubrik"], "daerah, \"pesisir\"");
}

#[test]
fn a_text_that_was_taken_out_of_a_page_is_in_the_record() {
    let mut document = article();
    document.extracted = true;
    let start = document.text.find("Wali Kota").unwrap();
    document.links = vec![Span::new(start, start + "Wali Kota".len())];
    let record: Record = serde_json::from_str(&record_line(&document, false)).unwrap();
    assert_eq!(record.text.as_deref(), Some(document.text.as_str()));
    assert_eq!(record.links, Some(vec![(27, 36)]));
}

#[test]
fn tokens_are_in_the_record_only_when_asked_for() {
    assert!(!record_line(&article(), false).contains("\"tokens\""));
}

#[test]
fn a_bare_document_has_every_field_of_the_record() {
    let line = record_line(&Document::new("b", "-", "Teks."), false);
    assert_eq!(
        line,
        "{\"schema\":2,\"id\":\"b\",\"source\":\"-\",\"language\":{\"code\":\"und\",\"confidence\":0.0},\
         \"title\":null,\"title_span\":null,\"published\":null,\"published_at\":null,\"published_from\":null,\
         \"dateline\":{\"outlet\":null,\"place\":null},\"characters\":5,\"words\":0,\"body\":[],\
         \"blocks\":[],\"sentences\":[],\"mentions\":[],\"entities\":[],\"keywords\":[],\"quotes\":[],\"truncated\":false,\"skipped\":null,\
         \"replacement_characters\":0,\"extra\":{}}\n"
    );
}

#[test]
fn records_and_tables_can_be_written_together() {
    let options = DatasetOptions { jsonl: true, ..DatasetOptions::default() };
    let both = tables(options, &[article()]);
    assert_eq!(both["records.jsonl"], record_line(&article(), false));
    assert!(both.contains_key("documents.csv"));

    let options = DatasetOptions { csv: false, ..options };
    let records = tables(options, &[article()]);
    assert_eq!(records.keys().collect::<Vec<_>>(), ["failures.csv", "records.jsonl"]);
}

#[test]
fn a_run_that_stops_leaves_the_earlier_dataset_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("hasil");
    let mut writer = DatasetWriter::create(&out, DatasetOptions::default()).unwrap();
    writer.write(&article()).unwrap();
    writer.finish().unwrap();
    let before = fs::read_to_string(out.join("mentions.csv")).unwrap();
    let names_before = names(&out);

    let mut writer = DatasetWriter::create(&out, DatasetOptions::default()).unwrap();
    writer.write(&Document::new("b", "-", "Teks.")).unwrap();
    drop(writer);
    assert_eq!(names(&out), names_before);
    assert_eq!(fs::read_to_string(out.join("mentions.csv")).unwrap(), before);
}

#[test]
fn folders_that_were_made_in_vain_are_removed() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("a/b/c");
    drop(DatasetWriter::create(&out, DatasetOptions::default()).unwrap());
    assert!(names(folder.path()).is_empty());
}

#[test]
fn an_output_that_cannot_be_written_is_found_out_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("berkas");
    fs::write(&file, "x").unwrap();
    let taken = folder.path().join("hasil");
    fs::create_dir_all(taken.join("mentions.csv")).unwrap();
    for (out, named) in [
        (&file, file.clone()),
        (&file.join("x"), file.join("x")),
        (&taken, taken.join("mentions.csv")),
    ] {
        let error = DatasetWriter::create(out, DatasetOptions::default()).err().unwrap();
        assert_eq!(error.to_string(), format!("cannot write {}", named.display()));
        assert!(std::error::Error::source(&error).is_some());
    }
    assert_eq!(names(&taken), ["mentions.csv"]);
}

#[cfg(unix)]
#[test]
fn tables_can_be_read_by_others() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let files =
        DatasetWriter::create(folder.path(), DatasetOptions::default()).unwrap().finish().unwrap();
    fs::write(folder.path().join("biasa"), "").unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
    for file in &files {
        assert_eq!(mode(file), mode(&folder.path().join("biasa")));
    }
}

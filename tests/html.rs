//! HTML pages: what is taken out of them, how it comes into the tables, and which are refused.

mod support;

use std::fmt::Write;
use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use support::{Ran, Room};

const PAGE: &str = r#"<!DOCTYPE html>
<html><head><meta charset="utf-8">
<title>Banjir Rendam Demak - Warta Pantura</title>
<meta property="og:site_name" content="Warta Pantura">
<link rel="canonical" href="https://warta.example/read/2023/02/06/banjir">
<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle",
"headline": "Banjir Rendam Demak", "datePublished": "2023-02-06T18:30:00Z",
"author": [{"@type": "Person", "name": "Ani Lestari"}, {"@type": "Person", "name": "Budi Santoso"}],
"articleSection": "Daerah", "keywords": ["banjir", "Demak"]}</script>
<style>p { color: red }</style></head>
<body><nav><a href="/">Beranda</a> <a href="/daerah">Daerah</a></nav>
<h1>Banjir Rendam Demak</h1>
<div>Selasa, 7 Februari 2023 01:30 WIB</div>
<div itemprop="articleBody">
<p><b>DEMAK, Warta.com</b> - Bupati Demak Eisti&#39;anah meninjau banjir di <a href="/tag/sayung">Kecamatan
Sayung</a>, Kabupaten Demak, Senin (6/2/2023).</p>
<p>Baca juga: <a href="/read/2">Rob Rendam Semarang</a></p>
<p>Menurut Eisti&amp;#39;anah, air naik sejak Minggu dan warga mengungsi ke balai desa.</p>
</div>
<ul><li><a href="/read/3">Gempa Guncang Cianjur</a></li></ul>
<script>document.write("<p>Iklan</p>")</script></body></html>
"#;

fn record(ran: &Ran) -> serde_json::Value {
    let lines: Vec<_> = ran.stdout.lines().collect();
    assert_eq!(lines.len(), 1, "{}", ran.stderr);
    serde_json::from_str(lines[0]).unwrap()
}

/// What stands under spans that count code points of the record's own text.
fn slices(record: &serde_json::Value, spans: &serde_json::Value) -> Vec<String> {
    let text: Vec<char> = record["text"].as_str().unwrap().chars().collect();
    let bound = |span: &serde_json::Value, at: usize| span[at].as_u64().unwrap() as usize;
    let spans = spans.as_array().unwrap();
    spans.iter().map(|span| text[bound(span, 0)..bound(span, 1)].iter().collect()).collect()
}

#[test]
fn a_record_has_the_text_that_its_offsets_count_in() {
    let room = Room::new();
    room.put("banjir.html", PAGE);
    let record = record(&room.run(&["extract", "banjir.html", "-o", "-"]));
    assert_eq!(record["id"], "banjir");
    assert_eq!(record["title"], "Banjir Rendam Demak");
    assert_eq!(record["published"], "2023-02-07");
    assert_eq!(record["dateline"]["outlet"], "Warta.com");
    assert_eq!(record["dateline"]["place"], "DEMAK");
    assert_eq!(
        record["text"],
        "Banjir Rendam Demak\n\n\
         DEMAK, Warta.com - Bupati Demak Eisti'anah meninjau banjir di Kecamatan Sayung, Kabupaten \
         Demak, Senin (6/2/2023).\n\n\
         Baca juga: Rob Rendam Semarang\n\n\
         Menurut Eisti'anah, air naik sejak Minggu dan warga mengungsi ke balai desa."
    );
    assert_eq!(
        slices(&record, &serde_json::json!([record["title_span"]])),
        ["Banjir Rendam Demak"]
    );
    assert_eq!(
        slices(&record, &record["body"]),
        [
            "Bupati Demak Eisti'anah meninjau banjir di Kecamatan Sayung, Kabupaten Demak, Senin \
             (6/2/2023).",
            "Menurut Eisti'anah, air naik sejak Minggu dan warga mengungsi ke balai desa.",
        ]
    );
    assert_eq!(slices(&record, &record["links"]), ["Kecamatan Sayung", "Rob Rendam Semarang"]);
    for mention in record["mentions"].as_array().unwrap() {
        let span = serde_json::json!([[mention["start"], mention["end"]]]);
        assert_eq!(slices(&record, &span), [mention["text"].as_str().unwrap()]);
    }
    assert_eq!(
        record["extra"],
        serde_json::json!({"author": "Ani Lestari|Budi Santoso", "section": "Daerah",
            "tags": "banjir|Demak", "url": "https://warta.example/read/2023/02/06/banjir"})
    );
}

#[test]
fn a_record_of_a_text_has_no_text() {
    let room = Room::new();
    room.put("banjir.txt", "Banjir merendam Demak.");
    let record = record(&room.run(&["extract", "banjir.txt", "-o", "-"]));
    assert!(record.get("text").is_none());
    assert!(record.get("links").is_none());
}

#[test]
fn pages_and_texts_of_a_folder_become_one_dataset_whatever_the_jobs() {
    let room = Room::new();
    for number in 0..40 {
        let page = PAGE.replace("Sayung", &format!("Sayung {number}"));
        room.put(&format!("berita/{number}.html"), page);
        room.put(&format!("berita/{number}.txt"), "Gempa mengguncang Cianjur.\n");
    }
    for jobs in ["1", "3"] {
        assert_eq!(room.run(&["extract", "berita", "--jobs", jobs, "-o", jobs]).status, 0);
    }
    for table in ["documents", "mentions", "entities", "keywords"] {
        let of = |jobs: &str| room.read(&format!("{jobs}/{table}.csv"));
        assert_eq!(of("1"), of("3"), "{table}");
    }
    let columns = ["doc_id", "outlet", "author", "section", "tags"];
    assert_eq!(
        room.columns("1/documents.csv", &columns)[..2],
        [
            ["0", "Warta.com", "Ani Lestari|Budi Santoso", "Daerah", "banjir|Demak"],
            ["berita/0.txt", "", "", "", ""],
        ]
    );
}

#[test]
fn a_page_is_told_by_its_content_and_its_words_can_be_had_alone() {
    let room = Room::new();
    room.put("unduhan", PAGE);
    room.put("laman.txt", PAGE);
    let ran = room.run(&["extract", "unduhan", "-o", "-"]);
    assert_eq!(record(&ran)["title"], "Banjir Rendam Demak");
    let ran = room.run(&["extract", "laman.txt", "--input-format", "html", "-o", "-"]);
    assert_eq!(record(&ran)["title"], "Banjir Rendam Demak");
    let ran = room.run(&["tokenize", "unduhan", "--layout", "article"]);
    let words = record(&ran);
    assert_eq!(words["tokens"][0]["text"], "Banjir");
    assert!(words["text"].as_str().unwrap().starts_with("Banjir Rendam Demak\n\nDEMAK"));
}

#[test]
fn old_encodings_are_read_as_declared() {
    let room = Room::new();
    let latin: Vec<u8> = PAGE
        .replace("utf-8", "iso-8859-1")
        .replace("Eisti&#39;anah", "Éisti’anah")
        .chars()
        .map(|c| if c == '’' { 0x92 } else { c as u8 })
        .collect();
    room.put("banjir.html", latin);
    let record = record(&room.run(&["extract", "banjir.html", "-o", "-"]));
    assert!(record["text"].as_str().unwrap().contains("Bupati Demak Éisti’anah"), "{record}");
}

/// Runs over a page between two good ones; gives the reason that is told.
fn reason(page: impl AsRef<[u8]>, name: &str, flags: &[&str]) -> String {
    let room = Room::new();
    room.put("berita/a.html", PAGE);
    room.put(&format!("berita/{name}"), page);
    room.put("berita/z.html", PAGE);
    let ran = room.run(&[&["extract", "berita"], flags].concat());
    assert_eq!(ran.status, 1, "{}", ran.stderr);
    assert_eq!(room.columns("nukil-out/documents.csv", &["doc_id"]), [["a"], ["z"]]);
    let failures = room.columns("nukil-out/failures.csv", &["source", "reason"]);
    assert_eq!(failures.len(), 1);
    assert_eq!(failures[0][0], format!("berita/{name}"));
    failures[0][1].clone()
}

#[test]
fn lists_of_headlines_are_no_articles() {
    let mut index =
        "<html><title>Indeks Berita</title><body><h1>Indeks Berita</h1><ul>".to_string();
    for number in 0..60 {
        let headline = "Bupati Demak Tinjau Banjir di Kecamatan Sayung dan Karangtengah";
        write!(index, "<li><a href=/read/{number}>{headline}</a> 6 Februari 2023 10:00").unwrap();
    }
    assert_eq!(
        reason(&index, "indeks.html", &[]),
        "not an article: the page holds links and hardly any text of its own"
    );
    let teaser = "<p><a href=/read/1>Banjir Rendam Demak</a> Air naik sejak Minggu dan warga \
                  mengungsi ke balai desa, kata Bupati Demak Eisti'anah di Sayung.</p>"
        .repeat(20);
    let front = format!("<html><meta property=og:url content=https://warta.example/>{teaser}");
    assert_eq!(
        reason(&front, "depan.html", &[]),
        "not an article: the page is the front page of a site or a list"
    );
    let list = format!(
        "<html><script type=application/ld+json>{{\"@type\": \"CollectionPage\"}}</script>{teaser}"
    );
    assert_eq!(
        reason(&list, "kumpulan.html", &[]),
        "not an article: the page is the front page of a site or a list"
    );
    assert_eq!(reason("<html><body>", "kosong.html", &[]), "no article text on the page");
}

#[test]
fn every_limit_is_a_flag_and_named_by_what_it_refuses() {
    let too_long = format!("{PAGE}{}", " ".repeat(1_000));
    let bytes = PAGE.len().to_string();
    assert_eq!(
        reason(too_long, "besar.html", &["--max-page-bytes", &bytes]),
        format!("the page has more than {bytes} bytes (--max-page-bytes)")
    );
    let nodes = format!("{PAGE}{}", "<p>a</p>".repeat(100));
    assert_eq!(
        reason(nodes, "luas.html", &["--max-page-nodes", "100"]),
        "the page has more than 100 elements and texts (--max-page-nodes)"
    );
    let deep = format!("{PAGE}{}a", "<div>".repeat(20));
    assert_eq!(
        reason(deep, "dalam.html", &["--max-page-depth", "15"]),
        "elements are nested more than 15 deep (--max-page-depth)"
    );
    let attributes = format!("{PAGE}<p a b c d e f>");
    assert_eq!(
        reason(attributes, "atribut.html", &["--max-page-attributes", "5"]),
        "a <p> has more than 5 attributes (--max-page-attributes)"
    );
    let room = Room::new();
    room.put("banjir.html", PAGE);
    let ran = room.run(&["extract", "banjir.html", "-o", "-", "--max-characters", "60"]);
    let record = record(&ran);
    assert_eq!(
        (record["truncated"].as_bool(), record["characters"].as_u64()),
        (Some(true), Some(19))
    );
}

// Pages made to exhaust a reader. What counts is that they end, with a reason.

#[test]
fn ten_megabytes_of_nested_elements() {
    assert_eq!(
        reason("<html>".to_string() + &"<div>".repeat(2 << 20), "div.html", &[]),
        "elements are nested more than 256 deep (--max-page-depth)"
    );
}

#[test]
fn a_hundred_thousand_attributes() {
    let mut tag = "<html><body".to_string();
    for number in 0..100_000 {
        write!(tag, " a{number}=1").unwrap();
    }
    assert_eq!(
        reason(format!("{tag}><p>{PAGE}"), "atribut.html", &[]),
        "a <body> has more than 1000 attributes (--max-page-attributes)"
    );
    // The same in what one reader takes for text and another for tags.
    let hidden = tag.replace("<body", "<svg><style><a");
    assert_eq!(
        reason(format!("{hidden}><p>Air naik sejak Minggu."), "gaya.html", &[]),
        "no article text on the page: a <style> is never closed"
    );
}

#[test]
fn scripts_that_are_never_closed() {
    let page = PAGE.replace("<nav>", "<script>var a = 1;");
    let unclosed = page.replace("</script></body>", "");
    assert_eq!(
        reason(format!("<html><script>{}", unclosed.replace("script>", "s>")), "skrip.html", &[]),
        "no article text on the page: a <script> is never closed"
    );
}

#[test]
fn a_gzip_bomb() {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    for _ in 0..200 {
        encoder.write_all(&[b' '; 1 << 20]).unwrap();
    }
    assert_eq!(
        reason(encoder.finish().unwrap(), "bom.html.gz", &[]),
        "the page has more than 16777216 bytes (--max-page-bytes)"
    );
}

#[test]
fn floods_of_entities_and_blocks() {
    for flood in ["&amp;amp;", "&lt;", "<", "&#x110000;", "<!", "</"] {
        let page = format!("<html><body><p>{}", flood.repeat(100_000));
        assert!(reason(page, "banjir.html", &[]).starts_with("no article text on the page"));
    }
    let blocks = format!("<html>{}", "<div>a</div>".repeat(60_000));
    assert_eq!(
        reason(blocks, "balok.html", &[]),
        "the page has more than 100000 elements and texts (--max-page-nodes)"
    );
}

#[test]
fn thousands_of_tags_and_the_like() {
    // Many of what other pages have a few of: the article is read all the same.
    let mut names = "[\"x\"".to_string();
    for number in 0..50_000 {
        write!(names, ",\"nama {number}\"").unwrap();
    }
    let room = Room::new();
    room.put("nama.html", PAGE.replace("[\"banjir\", \"Demak\"]", &format!("{names}]")));
    let title = format!("<title>{}", "Warta | ".repeat(200_000));
    room.put("judul.html", PAGE.replace("<title>", &title));
    let headlines = "<div itemprop=headline>".repeat(200) + &"air naik ".repeat(5_000);
    let headlines = headlines + &"</div>".repeat(200);
    room.put("kepala.html", PAGE.replace("<nav>", &format!("{headlines}<nav>")));
    let ran = room.run(&["extract", "nama.html", "judul.html", "kepala.html"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert_eq!(room.columns("nukil-out/documents.csv", &["section"]), [["Daerah"]; 3]);
}

#[test]
fn text_for_readers_without_scripts_counts_where_there_is_no_other() {
    let room = Room::new();
    let (head, body) = PAGE.split_once("<nav>").unwrap();
    let body = body.replace("</body></html>", "");
    room.put("a.html", format!("{head}<noscript>{body}</noscript>"));
    let hint = "<noscript><p>Nyalakan JavaScript untuk membaca berita ini.</p></noscript>";
    room.put("b.html", PAGE.replace("<nav>", &format!("{hint}<nav>")));
    let ran = room.run(&["extract", "a.html", "b.html", "-o", "-"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let texts: Vec<serde_json::Value> = ran
        .stdout
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["text"].clone())
        .collect();
    assert_eq!(texts[0], texts[1]);
    assert!(texts[0].as_str().unwrap().ends_with("balai desa."));
}

#[test]
fn lines_that_recur_on_pages_are_learned_too() {
    let room = Room::new();
    for place in [
        "Ambon", "Bogor", "Ciamis", "Demak", "Ende", "Garut", "Jepara", "Kudus", "Lumajang",
        "Malang", "Ngawi", "Padang",
    ] {
        let page = format!(
            "<html><title>Warga {place} Mengungsi karena Banjir</title><meta property=og:type \
             content=article><div itemprop=articleBody><p>Banjir merendam {place} sejak Minggu, dan \
             warga mengungsi ke balai desa.</p><p>Redaksi Budi Santoso dan Siti Aminah di Surabaya</p>"
        );
        room.put(&format!("berita/{place}.html"), page);
    }
    let mentions = |flags: &[&str]| {
        assert_eq!(room.run(&[&["extract", "berita"], flags].concat()).status, 0);
        room.read("nukil-out/mentions.csv")
    };
    assert!(mentions(&[]).contains("Budi Santoso"));
    assert!(!mentions(&["--learn-furniture"]).contains("Budi Santoso"));
}

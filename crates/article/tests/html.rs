//! Articles on pages, as outlets build them.

use std::sync::LazyLock;

use nukil_article::{Arranger, Layout, Page, PageError, PageLimits, PageReader};
use nukil_types::Document;
use proptest::prelude::*;

static READER: LazyLock<PageReader> =
    LazyLock::new(|| PageReader::new(include_str!("../../../data/article/pages.tsv")).unwrap());

static ARRANGER: LazyLock<Arranger> = LazyLock::new(|| {
    Arranger::new(nukil_data::FURNITURE, nukil_data::OUTLETS, nukil_data::LAYOUT_WORDS).unwrap()
});

const PROSE: &str = "<p>Air setinggi satu meter merendam rumah warga di Kecamatan Sayung, kata \
    Bupati Demak Eisti'anah.</p><p>Warga mengungsi ke balai desa sejak Minggu malam, sementara \
    tanggul sungai diperbaiki oleh petugas dan relawan dari desa-desa sekitar.</p><p>Menurut \
    petugas, air diperkirakan surut dalam tiga hari bila hujan tidak turun lagi.</p>";
const TEXT: &str = "Air setinggi satu meter merendam rumah warga di Kecamatan Sayung, kata Bupati \
    Demak Eisti'anah.\n\nWarga mengungsi ke balai desa sejak Minggu malam, sementara tanggul \
    sungai diperbaiki oleh petugas dan relawan dari desa-desa sekitar.\n\nMenurut petugas, air \
    diperkirakan surut dalam tiga hari bila hujan tidak turun lagi.";

fn read(page: &str) -> Result<Page, PageError> {
    READER.read(page.as_bytes(), &PageLimits::default())
}

fn main_text(page: &str) -> String {
    let page = read(page).unwrap_or_else(|error| panic!("{error}: {page}"));
    match &page.title {
        Some(title) => page.text.strip_prefix(title).unwrap().trim_start().to_string(),
        None => page.text,
    }
}

#[test]
fn the_text_is_found_among_menus_lists_and_footers() {
    let menu = "<div class=menu><a href=/>Beranda</a> <a href=/n>Nasional</a></div>";
    let list = "<div class=kanan><h3>Terpopuler</h3><ul><li><a href=/1>Rob Rendam Semarang</a>\
                <li><a href=/2>Gempa Guncang Cianjur</a></ul></div>";
    let footer = "<div id=footer><p>Hak cipta Warta, semua hak dilindungi undang-undang.</p></div>";
    let title = "<title>Banjir Rendam Demak</title>";
    for body in [
        format!("{menu}<h1>Banjir Rendam Demak</h1><div class=isi>{PROSE}</div>{list}{footer}"),
        format!("{menu}<article><h2>Banjir Rendam Demak</h2>{PROSE}</article>{list}{footer}"),
        format!("{menu}<div itemprop=articleBody>{PROSE}{list}</div>{footer}"),
        format!("{menu}<div class='kcm-read-text'>{PROSE}</div>{list}{footer}"),
        format!("<form>{menu}<div id=detikdetailtext>{PROSE}</div>{footer}</form>"),
        format!(
            "{menu}<table><tr><td>{list}<td><div class=konten><figure><figcaption>Foto: Warta\
             </figcaption></figure>{PROSE}</div></table>"
        ),
        format!("{menu}<div class=isi>{PROSE}<div class=share-box>Bagikan di sini.</div></div>"),
        format!("{menu}<div class=isi>{PROSE}<p style='display: none'>Tersembunyi.</p></div>"),
    ] {
        assert_eq!(main_text(&format!("<html>{title}<body>{body}")), TEXT, "{body}");
    }
}

#[test]
fn paragraphs_of_line_breaks_are_kept() {
    let broken = PROSE.replace("<p>", "").replace("</p>", "<br><br>");
    let page = format!("<html><title>Banjir</title><div itemprop=articleBody>{broken}</div>");
    assert_eq!(main_text(&page), TEXT);
}

#[test]
fn the_surest_date_counts() {
    let table = [
        // JSON-LD in UTC: the next day in Jakarta.
        (
            "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"datePublished\":\
             \"2016-02-15T20:10:00Z\"}</script><meta name=pubdate content=2016-02-01>",
            "2016-02-16",
        ),
        ("<meta property=article:published_time content=2016-02-16T02:20:00+07:00>", "2016-02-16"),
        ("<meta name=publishdate content='2016/02/16 02:20:00'>", "2016-02-16"),
        ("<meta itemprop=datePublished content=2016-02-16>", "2016-02-16"),
        ("<time itemprop=datePublished datetime='2016-02-16 09:20:00'>pagi</time>", "2016-02-16"),
        // Not the page's clock.
        (
            "<div>Kamis, 18 Februari 2016</div><h1>Banjir Rendam Demak</h1>\
             <span>Selasa, 16 Februari 2016 | 09.20 WIB</span>",
            "2016-02-16",
        ),
    ];
    for (head, expected) in table {
        let page = format!("<html><title>Banjir Rendam Demak</title>{head}<div>{PROSE}</div>");
        let published = read(&page).unwrap().published.unwrap_or_default();
        assert_eq!(published.get(..10), Some(expected), "{head}: {published}");
    }
    let page = format!("<html><title>Banjir Rendam Demak</title><div>{PROSE}</div>");
    assert_eq!(read(&page).unwrap().published, None);
}

#[test]
fn author_outlet_section_and_tags_are_what_they_are_said_to_be() {
    let page = format!(
        "<html><title>Banjir Rendam Demak - Warta Pantura</title>\
         <meta name=author content='Warta Pantura'><meta property=article:author \
         content=https://sosial.example/warta><meta property=article:section content=Daerah>\
         <meta name=keywords content='banjir, rob, banjir'><span itemprop=author>Ani Lestari</span>\
         <div>{PROSE}</div>"
    );
    let page = read(&page).unwrap();
    assert_eq!(page.title.as_deref(), Some("Banjir Rendam Demak - Warta Pantura"));
    let page = format!(
        "<html><title>Banjir Rendam Demak - Warta Pantura</title>\
         <meta property=og:title content='Banjir Rendam Demak'>\
         <meta name=author content='Warta Pantura'><meta property=article:author \
         content=https://sosial.example/warta><meta property=article:section content=Daerah>\
         <meta name=keywords content='banjir, rob, banjir'><span itemprop=author>Ani Lestari</span>\
         <div>{PROSE}</div>"
    );
    let page = read(&page).unwrap();
    assert_eq!(page.title.as_deref(), Some("Banjir Rendam Demak"));
    assert_eq!(page.authors, ["Ani Lestari"]);
    assert_eq!(page.outlet.as_deref(), Some("Warta Pantura"));
    assert_eq!(page.section.as_deref(), Some("Daerah"));
    assert_eq!(page.tags, ["banjir", "rob"]);
    // A headline cut into its words.
    let cut = "<meta name=keywords content='banjir,besar,rendam,rumah,warga,di,demak,lagi'>";
    let page = read(&format!("<html><title>Banjir</title>{cut}<div>{PROSE}</div>")).unwrap();
    assert!(page.tags.is_empty());
}

#[test]
fn a_text_of_a_page_goes_through_the_rules_of_texts() {
    let page = format!(
        "<html><title>Banjir Rendam Demak</title><meta property=article:published_time \
         content=2023-02-06><div itemprop=articleBody><p>DEMAK, KOMPAS.com - Air naik sejak \
         Selasa, 14 Maret 2023.</p>{PROSE}<p>(dry/din)</p></div>"
    );
    let mut document = Document { page: Some(page.into_bytes()), ..Document::default() };
    READER.read_into(&mut document, &PageLimits::default()).unwrap();
    ARRANGER.arrange(&mut document, Layout::Article);
    assert_eq!(document.title.as_deref(), Some("Banjir Rendam Demak"));
    assert_eq!(document.published.as_deref(), Some("2023-02-06"));
    assert_eq!(document.dateline.place.as_deref(), Some("DEMAK"));
    let body: Vec<&str> = document.body.iter().map(|&span| document.slice(span)).collect();
    assert_eq!(body.concat(), format!("Air naik sejak Selasa, 14 Maret 2023.\n\n{TEXT}"));
}

#[test]
fn a_short_report_counts_where_the_page_calls_itself_an_article() {
    let report = "<h1>Gardu Baru Beroperasi</h1><p>Gardu baru di Demak mulai beroperasi hari ini.";
    let article = format!("<html><meta property=og:type content=article>{report}");
    assert!(main_text(&article).starts_with("Gardu baru di Demak"));
    assert_eq!(read(&format!("<html>{report}")), Err(PageError::NoText));
}

#[test]
fn the_address_of_the_site_makes_no_front_page_of_an_article() {
    let front = "<meta property=og:url content=https://warta.example/>";
    let article = "<meta property=og:type content=article>";
    let page = |head: &str| read(&format!("<html>{head}<title>Banjir</title><div>{PROSE}</div>"));
    assert!(matches!(page(front), Err(PageError::NotAnArticle(_))));
    assert!(page(&format!("{front}{article}")).is_ok());
}

/// Pages of pieces of markup and text in any order, closed or not.
fn soup() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<div class=share>",
        "<div itemprop=articleBody>",
        "<br>",
        "<a href=/x>",
        "<a href=#>",
        "</a>",
        "<h1>",
        "</h1>",
        "<table>",
        "<tr>",
        "<td>",
        "</table>",
        "<li>",
        "<b>",
        "</b>",
        "<script>",
        "</script>",
        "<script type=application/ld+json>",
        "<noscript>",
        "</noscript>",
        "<svg>",
        "</svg>",
        "<style>",
        "</style>",
        "<!--",
        "-->",
        "<title>",
        "</title>",
        "<meta property=og:type content=article>",
        "<time pubdate>",
        "<select>",
        "<form>",
        "</form>",
        "<body>",
        "<html>",
        "<plaintext>",
        "<template>",
        "{\"@type\":\"NewsArticle\",\"headline\":\"Banjir\"}",
        "&amp;lt;",
        "&lt;",
        "&",
        "<",
        "\u{e001}",
        "\u{ad}",
        "\u{a0}",
        "é",
        "İ",
        "😀",
        "\0",
        "\n",
        " ",
        "Banjir Rendam Demak",
        "Air naik sejak Minggu, kata warga yang mengungsi. ",
        "Air setinggi satu meter merendam rumah warga di Kecamatan Sayung, Kabupaten Demak. ",
        "Rabu, 4 November 2015 | 21:04 WIB",
        "Baca juga: ",
        "JAKARTA, KOMPAS.com - ",
    ]);
    prop::collection::vec(pieces, 0..120).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_page_gives_an_article_or_a_reason(page in soup()) {
        let read = || READER.read(page.as_bytes(), &PageLimits::default());
        prop_assert_eq!(read(), read());
        let Ok(page) = read() else { return Ok(()) };
        let mut end = 0;
        for span in &page.links {
            prop_assert!(end <= span.start && span.start < span.end);
            prop_assert!(page.text.get(span.start..span.end).is_some());
            end = span.end;
        }
        let marks = ['\u{e000}', '\u{e001}', '\u{e002}', '\0'];
        prop_assert!(!page.text.contains(marks));
    }

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = READER.read(&bytes, &PageLimits::default());
    }
}

//! Whole pages, invented, in the layouts of real outlets: what every stretch of them is.

use nukil_article::{Arranger, Layout};
use nukil_types::{BlockKind, DateSource, Document, Span};

fn arranger() -> Arranger {
    Arranger::new(nukil_data::FURNITURE, nukil_data::OUTLETS, nukil_data::LAYOUT_WORDS).unwrap()
}

/// The page in order, a stretch a line: its kind and its text, line breaks as ` / `.
fn stretches(text: &str) -> Vec<String> {
    let outline = arranger().outline(text, None);
    let surface =
        |span: Span| text[span.start..span.end].split('\n').collect::<Vec<_>>().join(" / ");
    let blocks = outline.blocks.iter().map(|block| (block.span, format!("{:?}", block.kind)));
    let body = outline.body.iter().map(|&span| (span, "Body".to_string()));
    let mut all: Vec<_> = blocks.chain(body).collect();
    all.sort();
    all.into_iter().map(|(span, kind)| format!("{kind}: {}", surface(span))).collect()
}

#[test]
fn the_layout_with_a_column_of_related_headlines_below() {
    let text = "\
Wali Kota Ambon Resmikan Pasar Ikan, Pedagang Diminta Jaga Kebersihan

Reporter

Pedagang menata ikan di Pasar Batu Merah, Ambon, tahun lalu. Reuters/ Photo File

TEMPO.CO, Ambon -Wali Kota Ambon meresmikan pasar ikan yang baru pada Senin, 12 Mei 2025.

Pasar itu menampung 200 pedagang yang sebelumnya berjualan di tepi jalan.

Baca juga: Harga Ikan di Ambon Turun Lagi

REUTERS






Harga Cakalang Naik Menjelang Lebaran

1 jam lalu

Harga Cakalang Naik Menjelang Lebaran

Harga cakalang naik karena nelayan tak melaut


Nelayan Seram Terima Bantuan Kapal

22 jam lalu

Nelayan Seram Terima Bantuan Kapal

Kementerian Kelautan menyerahkan sepuluh kapal kepada nelayan";
    let found = stretches(text);
    let expected = [
        "Headline: Wali Kota Ambon Resmikan Pasar Ikan, Pedagang Diminta Jaga Kebersihan",
        "Byline: Reporter",
        "Caption: Pedagang menata ikan di Pasar Batu Merah, Ambon, tahun lalu. Reuters/ Photo File",
        "Dateline: TEMPO.CO, Ambon -",
        "Body: Wali Kota Ambon meresmikan pasar ikan yang baru pada Senin, 12 Mei 2025. /  / Pasar \
         itu menampung 200 pedagang yang sebelumnya berjualan di tepi jalan.",
        "Link: Baca juga: Harga Ikan di Ambon Turun Lagi",
        "SignOff: REUTERS",
        "Link: Harga Cakalang Naik Menjelang Lebaran",
        "Link: 1 jam lalu",
        "Link: Harga Cakalang Naik Menjelang Lebaran",
        "Link: Harga cakalang naik karena nelayan tak melaut",
        "Link: Nelayan Seram Terima Bantuan Kapal",
        "Link: 22 jam lalu",
        "Link: Nelayan Seram Terima Bantuan Kapal",
        "Link: Kementerian Kelautan menyerahkan sepuluh kapal kepada nelayan",
    ];
    assert_eq!(found, expected);
}

#[test]
fn links_credits_and_a_syndication_note_between_paragraphs() {
    let text = "\
Jembatan Penghubung Dua Desa Ambruk, Siswa Menyeberang dengan Rakit

SUMBAWA, KOMPAS.com- Jembatan penghubung dua desa ambruk, Selasa (13/5/2025).
Baca juga:Banjir Rendam Ratusan Rumah
Dok. BPBD SumbawaWarga menyeberang dengan rakit, Selasa (13/5/2025).
\"Anak-anak terpaksa naik rakit,\" kata Camat, Rabu.
(Kontributor Sumbawa, Rudi Hartono | Editor Siti)
Artikel ini telah tayang di Harian-Timur.com dengan judulJembatan Ambruk, Siswa Naik Rakit.";
    let expected = [
        "Headline: Jembatan Penghubung Dua Desa Ambruk, Siswa Menyeberang dengan Rakit",
        "Dateline: SUMBAWA, KOMPAS.com-",
        "Body: Jembatan penghubung dua desa ambruk, Selasa (13/5/2025).",
        "Link: Baca juga:Banjir Rendam Ratusan Rumah",
        "Caption: Dok. BPBD SumbawaWarga menyeberang dengan rakit, Selasa (13/5/2025).",
        "Body: \"Anak-anak terpaksa naik rakit,\" kata Camat, Rabu.",
        "SignOff: (Kontributor Sumbawa, Rudi Hartono | Editor Siti)",
        "Notice: Artikel ini telah tayang di Harian-Timur.com dengan judulJembatan Ambruk, Siswa \
         Naik Rakit.",
    ];
    assert_eq!(stretches(text), expected);
}

#[test]
fn an_article_on_one_line() {
    let text = "Liputan6.com, JakartaPelatih itu menunjuk kapten baru, Minggu (24/8/2025). Baca \
                Juga \"Saya percaya dia mampu,\" kata pelatih. Advertisement Kapten baru itu \
                berusia 24 tahun.Baca juga: Jadwal Siaran Langsung Pekan Ini Sejumlah pemain \
                masih cedera. (rns/yud)";
    let expected = [
        "Dateline: Liputan6.com, Jakarta",
        "Body: Pelatih itu menunjuk kapten baru, Minggu (24/8/2025).",
        "Link: Baca Juga",
        "Body: \"Saya percaya dia mampu,\" kata pelatih.",
        "Advert: Advertisement",
        "Body: Kapten baru itu berusia 24 tahun.",
        "Link: Baca juga: Jadwal Siaran Langsung Pekan Ini",
        "Body: Sejumlah pemain masih cedera.",
        "SignOff: (rns/yud)",
    ];
    assert_eq!(stretches(text), expected);
}

#[test]
fn a_page_that_begins_with_the_lead_has_no_headline() {
    let text = "\
Timnas voli putri kalah 2-3 dalam laga sengit di Surabaya, Sabtu (9/8) malam.
ADVERTISEMENT
SCROLL TO CONTINUE WITH CONTENT
Pertandingan berlangsung dua jam.

[Gambas:Video CNN]";
    let expected = [
        "Body: Timnas voli putri kalah 2-3 dalam laga sengit di Surabaya, Sabtu (9/8) malam.",
        "Advert: ADVERTISEMENT",
        "Advert: SCROLL TO CONTINUE WITH CONTENT",
        "Body: Pertandingan berlangsung dua jam.",
        "Embed: [Gambas:Video CNN]",
    ];
    assert_eq!(stretches(text), expected);
}

#[test]
fn a_standfirst_is_prose_and_no_headline() {
    let text = "\
Bank dan pengembang mengincar pembeli muda.

REPUBLIKA.CO.ID, DEPOK -- Harga rumah naik tahun ini.";
    let expected = [
        "Body: Bank dan pengembang mengincar pembeli muda.",
        "Dateline: REPUBLIKA.CO.ID, DEPOK --",
        "Body: Harga rumah naik tahun ini.",
    ];
    assert_eq!(stretches(text), expected);
}

#[test]
fn captions_above_the_dateline_are_told_from_subheadings() {
    let text = "\
Harga Beras Naik, Pemerintah Gelar Operasi Pasar

Ini daftar pasar yang didatangi

Petugas menimbang beras di Pasar Induk, Rabu (7/5) | Dinas Pangan

TEMPO.CO, Jakarta - Pemerintah menggelar operasi pasar.";
    let expected = [
        "Headline: Harga Beras Naik, Pemerintah Gelar Operasi Pasar",
        "Body: Ini daftar pasar yang didatangi",
        "Caption: Petugas menimbang beras di Pasar Induk, Rabu (7/5) | Dinas Pangan",
        "Dateline: TEMPO.CO, Jakarta -",
        "Body: Pemerintah menggelar operasi pasar.",
    ];
    assert_eq!(stretches(text), expected);
}

#[test]
fn a_reporter_above_the_dateline_and_calls_to_follow_below() {
    let text = "\
Longsor Tutup Jalan, Warga Desa Terisolasi

Laporan Reporter POS-KUPANG.COM, Yosef Lake
POS-KUPANG.COM, ATAMBUA - Longsor menutup jalan desa.
Warga membersihkan jalan dengan cangkul. (bbr)
Ikuti Berita POS-KUPANG.COM lainnya di GOOGLE NEWS";
    let expected = [
        "Headline: Longsor Tutup Jalan, Warga Desa Terisolasi",
        "Byline: Laporan Reporter POS-KUPANG.COM, Yosef Lake",
        "Dateline: POS-KUPANG.COM, ATAMBUA -",
        "Body: Longsor menutup jalan desa. / Warga membersihkan jalan dengan cangkul.",
        "SignOff: (bbr)",
        "Notice: Ikuti Berita POS-KUPANG.COM lainnya di GOOGLE NEWS",
    ];
    assert_eq!(stretches(text), expected);
}

#[test]
fn a_page_whose_links_were_cut_onto_lines_of_their_own() {
    let text = "\
Wina
-
Sebuah pesawat jenis
Airbus
mendarat darurat, seperti dilansir
AFP
, Selasa (10/6/2025).
Baca juga:
Pesawat Jatuh di Teras Rumah
Penumpang selamat.
Lihat juga Video 'Pesawat Mendarat Darurat':
[Gambas:Video 20detik]";
    let expected = [
        "Dateline: Wina",
        "Dateline: -",
        "Body: Sebuah pesawat jenis / Airbus / mendarat darurat, seperti dilansir / AFP / , Selasa \
         (10/6/2025).",
        "Link: Baca juga:",
        "Link: Pesawat Jatuh di Teras Rumah",
        "Body: Penumpang selamat.",
        "Link: Lihat juga Video 'Pesawat Mendarat Darurat':",
        "Embed: [Gambas:Video 20detik]",
    ];
    assert_eq!(stretches(text), expected);
}

#[test]
fn a_list_of_links_ends_the_article() {
    let prose = "Pemerintah kota membuka kembali taman itu setelah perbaikan selama tiga bulan. ";
    let text =
        format!("{}\nBerita Terkait\nTaman Baru di Kota\nJalan Kota Diperbaiki", prose.repeat(3));
    let found = stretches(&text);
    assert_eq!(found.len(), 4, "{found:?}");
    assert!(found[1..].iter().all(|stretch| stretch.starts_with("Link: ")), "{found:?}");
}

#[test]
fn a_stamp_below_the_headline_is_no_column() {
    let text = "\
Taman Kota Dibuka Kembali Setelah Perbaikan

2 jam lalu

Pemerintah kota membuka kembali taman itu setelah perbaikan selama tiga bulan lebih.

Warga datang sejak pagi.";
    let expected = [
        "Headline: Taman Kota Dibuka Kembali Setelah Perbaikan",
        "Byline: 2 jam lalu",
        "Body: Pemerintah kota membuka kembali taman itu setelah perbaikan selama tiga bulan \
         lebih. /  / Warga datang sejak pagi.",
    ];
    assert_eq!(stretches(text), expected);
}

#[test]
fn the_input_knows_better_than_the_text() {
    let mut document =
        Document::new("a", "-", "Harga  Beras NAIK\nHarga beras naik, Senin, 2 Juni 2025.");
    document.title = Some("Harga Beras Naik".into());
    document.published = Some("Tayang: Selasa, 3 Juni 2025 07:00 WIT".into());
    arranger().arrange(&mut document, Layout::Article);
    assert_eq!(document.title.as_deref(), Some("Harga Beras Naik"));
    assert_eq!(document.title_span, Some(Span::new(0, 17)));
    assert_eq!(document.published.as_deref(), Some("2025-06-03"));
    assert_eq!(document.body, [Span::new(18, document.text.len())]);
}

#[test]
fn the_day_comes_from_the_text_when_the_input_has_none_that_can_be_read() {
    let table = [
        (Some("Tidak Ditemukan"), "Harga beras naik, Senin, 2 Juni 2025.", Some("2025-06-02")),
        (None, "Harga Beras Naik Lagi\n\nRabu, 4 Juni 2025 08:15 WIB\n\nHarga beras naik.", {
            Some("2025-06-04")
        }),
        (None, "Ia lahir pada 17 Agustus 1945.", None),
        (None, "Sidang digelar Senin (2/6).", None),
        (None, "", None),
    ];
    for (given, text, expected) in table {
        let mut document = Document::new("a", "-", text);
        document.published = given.map(Into::into);
        arranger().arrange(&mut document, Layout::Article);
        assert_eq!(document.published.as_deref(), expected, "{text}");
    }
}

#[test]
fn what_gave_the_day_is_told() {
    let table = [
        (Some("2/6/2025"), "a", "Harga naik.", Some("date field")),
        (None, "a", "Medan, 2 Juni 2025 - Harga beras naik.", Some("dateline")),
        (
            None,
            "a",
            "SIARAN PERS\nMedan, 2 Juni 2025\n\nHarga beras naik di pasar.",
            Some("dateline"),
        ),
        (None, "a", "Nomor: 7/HM/2025\nMedan, 2 Juni 2025\n\nHarga beras naik di pasar.", {
            Some("dateline")
        }),
        (None, "a", "Harga Beras Naik\n\nRabu, 4 Juni 2025 08:15 WIB\n\nHarga naik.", Some("page")),
        (None, "2025-06-02.txt", "Harga beras naik.", Some("file name")),
        (None, "a", "Harga beras naik, Senin, 2 Juni 2025.", Some("prose")),
        (None, "a", "Harga beras naik.", None),
    ];
    for (given, source, text, expected) in table {
        let mut document = Document::new("a", source, text);
        document.published = given.map(Into::into);
        arranger().arrange(&mut document, Layout::Article);
        assert_eq!(document.published_from.map(DateSource::as_str), expected, "{text}");
        assert_eq!(document.published.is_some(), expected.is_some(), "{text}");
    }
}

/// Metadata, dateline, first lines, name of the file, prose, in this order.
#[test]
fn the_surest_date_is_taken() {
    let stamp = "Harga Beras Naik Lagi\n\nRabu, 4 Juni 2025 08:15 WITA\n\nHarga beras naik.";
    let dateline = "Harga Beras Naik Lagi\n\nRabu, 4 Juni 2025 08:15 WITA\n\n\
                    Jakarta, 5/6/2025 (ANTARA) - Harga beras naik, Senin, 2 Juni 2025.";
    let prose = "Harga Beras Naik Lagi\n\nHarga beras naik, Senin, 2 Juni 2025.";
    let table = [
        (Some("2025-06-03T20:00:00Z"), dateline, "2025-06-01.txt", "2025-06-04", "T03:00+07:00"),
        (None, dateline, "2025-06-01.txt", "2025-06-05", ""),
        (None, stamp, "2025-06-01.txt", "2025-06-04", "T08:15+08:00"),
        (None, prose, "arsip/20250601-beras.txt", "2025-06-01", ""),
        (None, prose, "arsip-20250601.jsonl", "2025-06-02", ""),
        (None, prose, "beras.txt", "2025-06-02", ""),
    ];
    for (given, text, path, day, clock) in table {
        let mut document = Document::new("a", path, text);
        document.published = given.map(Into::into);
        arranger().arrange(&mut document, Layout::Article);
        assert_eq!(document.published.as_deref(), Some(day), "{path}: {text}");
        let at = (!clock.is_empty()).then(|| format!("{day}{clock}"));
        assert_eq!(document.published_at, at, "{path}: {text}");
    }
}

#[test]
fn references_escaped_twice_are_no_prose() {
    let text = "\
Bupati Resmikan Jembatan Baru di Sungai Musi

PALEMBANG, KOMPAS.com&amp;nbsp;- Bupati meresmikan jembatan itu, Senin.&amp;nbsp;

&amp;ldquo;Warga menunggu lama,&amp;rdquo; kata Direktur PT Jaya &amp; Putra.";
    assert_eq!(
        stretches(text),
        [
            "Headline: Bupati Resmikan Jembatan Baru di Sungai Musi",
            "Dateline: PALEMBANG, KOMPAS.com&amp;nbsp;-",
            "Body: Bupati meresmikan jembatan itu, Senin.",
            "Debris: &amp;nbsp;",
            "Debris: &amp;ldquo;",
            "Body: Warga menunggu lama,",
            "Debris: &amp;rdquo;",
            "Body: kata Direktur PT Jaya",
            "Debris: &amp;",
            "Body: Putra.",
        ]
    );
}

#[test]
fn plain_layout_takes_all_as_prose() {
    let mut document = Document::new("a", "-", "\n Harga Beras Naik\n\nBaca juga: Banjir \n");
    document.published = Some("20/9/2022".into());
    arranger().arrange(&mut document, Layout::Plain);
    assert_eq!(document.title, None);
    assert_eq!(document.title_span, None);
    assert_eq!(document.published.as_deref(), Some("2022-09-20"));
    let body: Vec<&str> = document.body.iter().map(|&span| document.slice(span)).collect();
    assert_eq!(body, ["Harga Beras Naik\n\nBaca juga: Banjir"]);

    let mut empty = Document::new("b", "-", " \n\u{feff}");
    arranger().arrange(&mut empty, Layout::Plain);
    assert_eq!(empty.body, []);
}

#[test]
fn quotations_behind_a_bare_marker_were_once_taken_for_its_headline() {
    let text =
        "Ia setuju. Baca Juga \"Kami akan segera membangunnya,\" kata menteri. Warga menunggu.";
    let outline = arranger().outline(text, None);
    let links: Vec<&str> = outline
        .blocks
        .iter()
        .filter(|block| block.kind == BlockKind::Link)
        .map(|block| &text[block.span.start..block.span.end])
        .collect();
    assert_eq!(links, ["Baca Juga"]);
}

#[test]
fn a_broken_table_is_named() {
    let tables =
        [("general", "pattern\tkind\tscope\n"), ("detik", "pattern\tkind\tscope\nx\tadvert\n")];
    let error = Arranger::new(&tables, "", "").unwrap_err();
    assert_eq!(error.to_string(), "data/article/furniture/detik.tsv, line 2: 2 fields, expected 3");
}

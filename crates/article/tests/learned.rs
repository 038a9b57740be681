//! What the learned model adds to the rules, on invented pages in layouts of many outlets.

use nukil_article::{Arranger, Layout};
use nukil_types::{BlockKind, Document};

fn arranged(text: &str) -> Document {
    let arranger =
        Arranger::new(nukil_data::FURNITURE, nukil_data::OUTLETS, nukil_data::LAYOUT_WORDS)
            .and_then(|arranger| arranger.with_weights(nukil_data::FURNITURE_WEIGHTS))
            .unwrap();
    let mut document = Document::new("a", "a.txt", text);
    arranger.arrange(&mut document, Layout::Article);
    document
}

fn body(document: &Document) -> String {
    let pieces: Vec<&str> = document.body.iter().map(|&span| document.slice(span)).collect();
    pieces.join(" ")
}

#[test]
fn links_in_sentence_case_and_credits_end_the_line() {
    let document = arranged(
        "Pemkot Magelang perbaiki jembatan gantung\n\n\
         Magelang (ANTARA) - Pemerintah Kota Magelang memperbaiki jembatan gantung yang rusak. \
         Pekerjaan itu dimulai pada Senin dan berlangsung selama dua bulan. \
         Baca juga: Jembatan di Temanggung selesai dibangun akhir tahun \
         Pewarta: Bagus Wirawan Editor: Laras Pratiwi Copyright © ANTARA 2025 Dilarang keras \
         mengambil konten tanpa izin tertulis dari Kantor Berita ANTARA.",
    );
    assert_eq!(document.title.as_deref(), Some("Pemkot Magelang perbaiki jembatan gantung"));
    assert_eq!(document.dateline.place.as_deref(), Some("Magelang"));
    assert_eq!(
        body(&document),
        "Pemerintah Kota Magelang memperbaiki jembatan gantung yang rusak. \
         Pekerjaan itu dimulai pada Senin dan berlangsung selama dua bulan."
    );
}

#[test]
fn the_dateline_stands_behind_reporter_and_editor() {
    let document = arranged(
        "Harga Kopi Naik Lagi Pekan Ini\n\n\
         Reporter: Bagus Wirawan | Editor: Laras Pratiwi KONTAN.CO.ID - JAKARTA. Harga kopi naik \
         lagi pada pekan ini. Petani menyambut kenaikan itu. Pembeli di pasar mengaku sudah menduganya \
         sejak bulan lalu. Pemilik warung di kota itu belum menaikkan harga karena khawatir pelanggan akan pergi, tetapi \
         mereka akan menghitung lagi pada akhir bulan ketika persediaan lama di gudang sudah habis. Pemerintah daerah \
         berjanji membahas keadaan itu dengan pedagang besar sebelum musim panen berikutnya tiba.",
    );
    assert_eq!(document.dateline.outlet.as_deref(), Some("KONTAN.CO.ID"));
    assert_eq!(document.dateline.place.as_deref(), Some("JAKARTA"));
    assert_eq!(
        body(&document),
        "Harga kopi naik lagi pada pekan ini. Petani menyambut kenaikan itu. Pembeli di pasar mengaku \
         sudah menduganya sejak bulan lalu. Pemilik warung di kota itu belum menaikkan harga karena khawatir pelanggan akan pergi, tetapi \
         mereka akan menghitung lagi pada akhir bulan ketika persediaan lama di gudang sudah habis. Pemerintah daerah \
         berjanji membahas keadaan itu dengan pedagang besar sebelum musim panen berikutnya tiba."
    );
    assert!(document.blocks.iter().any(|block| block.kind == BlockKind::Byline));
}

#[test]
fn prose_with_the_words_of_furniture_stays() {
    let text = "Penulis Muda Belajar di Perpustakaan Desa\n\n\
         Para penulis muda membaca juga buku lama di perpustakaan desa itu setiap Sabtu sore.\n\n\
         \"Kami ingin mereka menulis berita dari desa sendiri,\" kata Sari, pengelola perpustakaan.\n\n\
         Editor surat kabar daerah akan hadir pada pertemuan berikutnya untuk memberi pelatihan.";
    let document = arranged(text);
    let (_, prose) = text.split_once("\n\n").unwrap();
    assert_eq!(body(&document), prose);
}

#[test]
fn tags_end_the_page() {
    let document = arranged(
        "Festival Layang-Layang Digelar di Pantai\n\n\
         Ratusan layang-layang menghiasi langit pantai pada Minggu pagi. Panitia mencatat empat puluh \
         peserta dari tiga kabupaten.\n\n\
         Tags:\n\nfestival\npantai selatan\nlayang-layang\nwisata\n",
    );
    assert_eq!(
        body(&document),
        "Ratusan layang-layang menghiasi langit pantai pada Minggu pagi. Panitia mencatat empat puluh \
         peserta dari tiga kabupaten."
    );
}

#[test]
fn the_work_grows_with_the_length_alone() {
    for unit in
        ["Baca juga: ", "Kepala Dinas ", "(a) ", "A. ", "Tags:\n", "&amp;nbsp;", "naikBaca juga"]
    {
        let text = unit.repeat(40_000);
        let document = arranged(&text);
        assert!(document.blocks.iter().all(|block| block.span.end <= text.len()));
    }
}

#[test]
fn bad_weights_are_named_by_their_line() {
    for (row, reason) in [
        ("first\tbaca", "2 fields"),
        ("no-such\tbaca\t1", "feature"),
        ("case\tbaca\t1", "number"),
        ("first\tbaca\tx", "weight"),
        ("begins\t99\t1", "cut"),
        ("anchor\tbaca\t0", "pair"),
    ] {
        let table = format!("feature\tvalue\tweight\n{row}\n");
        let arranger = Arranger::new(&[], nukil_data::OUTLETS, nukil_data::LAYOUT_WORDS).unwrap();
        let error = arranger.with_weights(&table).unwrap_err().to_string();
        assert!(error.contains("line 2") && error.contains(reason), "{error}");
    }
}

//! The closed lists of words by which a speaker and what was said are told apart. Verbs of speech
//! and titles come from the gazetteer.

/// Whether a word is a day of the week, which says when something was said.
pub(super) fn is_weekday(folded: &str) -> bool {
    WEEKDAYS.contains(&folded)
}

/// Whether a word stands for one person named before.
pub(super) fn is_pronoun(folded: &str) -> bool {
    PRONOUNS.contains(&folded)
}

/// Whether a word points to who or what was named before.
pub(super) fn is_demonstrative(folded: &str) -> bool {
    matches!(folded, "ini" | "itu" | "tersebut" | "tadi")
}

/// Whether a word may stand between a subject and its verb.
pub(super) fn is_adverb(folded: &str) -> bool {
    ADVERBS.contains(&folded)
}

/// Whether a word right before a verb of speech tells that its subject says nothing: `tidak`,
/// `untuk`.
pub(super) fn is_no_subject(folded: &str) -> bool {
    NO_SUBJECT.contains(&folded)
}

/// Whether the name of a speaker goes no further than this word.
pub(super) fn ends_subject(folded: &str) -> bool {
    ENDS.contains(&folded)
}

/// Whether a word before a source only says what comes from it: `data BPS`, `laman Kompas.com`.
pub(super) fn is_source(folded: &str) -> bool {
    SOURCES.contains(&folded)
}

#[rustfmt::skip]
const WEEKDAYS: [&str; 9] = [
    "ahad", "jum'at", "jumat", "kamis", "minggu", "rabu", "sabtu", "selasa", "senin",
];

#[rustfmt::skip]
const PRONOUNS: [&str; 5] = [
    "beliau", "dia", "dirinya", "ia", "pihaknya",
];

#[rustfmt::skip]
const ADVERBS: [&str; 18] = [
    "hanya", "juga", "kembali", "kemudian", "lalu", "langsung", "lanjut", "lantas", "lebih",
    "pernah", "pun", "sebelumnya", "sempat", "sendiri", "sudah", "telah", "terus", "turut",
];

#[rustfmt::skip]
const NO_SUBJECT: [&str; 23] = [
    "agar", "akan", "atau", "belum", "bisa", "bukan", "dalam", "dan", "dapat", "dengan", "enggan",
    "harus", "hendak", "ingin", "jangan", "ketika", "mau", "menolak", "saat", "tak", "tanpa",
    "tidak", "untuk",
];

#[rustfmt::skip]
const ENDS: [&str; 32] = [
    "bahwa", "bukan", "dalam", "dengan", "di", "dikutip", "dilansir", "karena", "kepada",
    "ketika", "lewat", "melalui", "menanggapi", "mengenai", "menjawab", "pada", "saat", "sambil",
    "sebagaimana", "sebelum", "seperti", "seraya", "sesudah", "setelah", "seusai", "soal",
    "tentang", "terkait", "tidak", "untuk", "usai", "yang",
];

#[rustfmt::skip]
const SOURCES: [&str; 26] = [
    "akun", "berita", "catatan", "data", "harian", "hasil", "kabar", "kanal", "kantor",
    "keterangan", "laman", "laporan", "lembaga", "majalah", "media", "pemerintah", "pernyataan",
    "pers", "pihak", "portal", "resmi", "siaran", "situs", "surat", "survei", "web",
];

#!/usr/bin/env python3
"""Counts words and phrases in running news: data/frequencies/words.tsv and phrases.tsv.

    frequencies.py CACHE NEWS

CACHE is the folder of downloaded packages; NEWS a folder of JSON Lines files, one article a line with the fields
`title` and `text`. Only counts leave this script, never a sentence.

Page furniture is taken out first, since a line that a site prints under every article would make its words look
common: known lines ("Baca juga ...", ADVERTISEMENT), and any line that stands in ten or more articles.
"""

import collections
import hashlib
import json
import pathlib
import re
import sys

import tables
from packages import Packages

# Furniture that also stands inside a line; what follows it belongs to the article again.
INLINE = re.compile(
    r"SCROLL TO CONTINUE WITH CONTENT|\bADVERTISEMENT\b|\bAdvertisement\b|\[Gambas:[^\]]*\]|\(Ditulis oleh [^)]*\)"
    r"|\bBaca Juga\b(?!:)|Ikuti Whatsapp Channel Republika|\bPilihan Editor:?"
)
# Furniture that takes its whole line along, or as much of it as can be a headline.
LINK = re.compile(r"(?:Baca juga|BACA JUGA|Baca Juga|Simak juga|Lihat juga|Tonton juga|Simak Video|Saksikan)\b[^\n]{0,160}")
LINK_START = re.compile(r"^\W*(?:baca|simak|lihat|tonton)\s+(?:juga|video)\b|^\W*(?:editor|penulis|reporter|kategori|sumber)\s*:", re.I)
ADDRESS = re.compile(r"\S*(?:https?:|www\.)\S*|\S+@\S+|@\w+|#\w+|\b[\w.]+\.(?:com|id|net|org|tv|co)\b", re.I)

# A run of letters and digits with inner hyphens and apostrophes; words are the runs of letters alone.
TOKEN = re.compile(r"\w+(?:[-'’]\w+)*")
WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*\Z")
SENTENCE_END = re.compile(r"[.!?…:;\"“”«»•*|=–—(\[]|\s-\s|--")

# Words that no phrase may begin or end with: they bind phrases together but name nothing.
FUNCTION_WORDS = frozenset(
    """yang dan di ke dari untuk pada dengan dalam ini itu tersebut adalah ialah merupakan akan telah sudah belum masih
    sedang tidak bukan tak jangan juga hanya saja pun lagi atau tetapi tapi namun karena sebab sehingga agar supaya bila
    jika kalau ketika saat sebelum sesudah setelah sejak hingga sampai sambil serta maupun bahwa oleh kepada terhadap
    tentang antara bagi seperti sebagai secara para si sang ia dia mereka kami kita saya aku anda kamu nya hal lain lainnya
    ada bisa dapat harus ingin mau boleh perlu sangat lebih paling cukup semua seluruh setiap tiap beberapa banyak
    sebuah seorang suatu salah satu dua tiga yakni yaitu maka lalu kemudian selain selama sementara meski meskipun
    walaupun padahal tanpa apa apakah siapa mana kapan bagaimana mengapa kenapa begitu begini demikian sini sana situ
    kata ujar ucap tutur jelas ungkap tambah kan lah dong deh sih nih ya kok memang justru bahkan malah pula usai
    saling melalui menurut terkait atas bawah per demi guna akibat hanyalah adanya tersebutlah melainkan sekitar
    menjadi membuat mengatakan menyebut punya milik nanti tadi kini sekarang pernah selalu sering kembali""".split()
)

CLITICS = {"nya": ("DT", "PR"), "lah": ("RP",), "kah": ("RP",), "ku": ("PR",), "mu": ("PR",)}

WORD_MIN_COUNT, WORD_MIN_DOCUMENTS = 3, 2
PHRASE_MIN_DOCUMENTS, PHRASE_LIMIT = 5, 120_000


def articles(folder: pathlib.Path):
    """The articles as lists of lines, exact repetitions left out."""
    seen = set()
    for path in sorted(folder.glob("*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                text = f"{record.get('title') or ''}\n{record.get('text') or ''}"
                digest = hashlib.sha256(text.encode("utf-8")).digest()
                if digest not in seen:
                    seen.add(digest)
                    yield [part.strip() for part in text.replace("Â", " ").replace("\xa0", " ").split("\n")]


def furniture(folder: pathlib.Path) -> set:
    """Lines that stand in ten or more articles."""
    counts = collections.Counter()
    for lines in articles(folder):
        counts.update({line for line in lines if line})
    return {line for line, count in counts.items() if count >= 10}


def prose(lines: list, repeated: set):
    """The lines of one article without furniture and addresses."""
    for line in lines:
        if not line or line in repeated or LINK_START.match(line):
            continue
        line = INLINE.sub("\n", line)
        line = LINK.sub("\n", line)
        line = ADDRESS.sub("\n", line)
        for part in line.split("\n"):
            if part.strip():
                yield part


def pieces(line: str):
    """Cuts a line where a sentence may begin; yields lists of (token, text before it, starts a piece)."""
    piece, end = [], 0
    for match in TOKEN.finditer(line):
        between = line[end:match.start()]
        if piece and SENTENCE_END.search(between):
            yield piece
            piece = []
        piece.append((match.group(), between))
        end = match.end()
    if piece:
        yield piece


def kumparan(packages: Packages):
    """The distinct sentences of the tagged corpus as lists of words; clitics that it split off are joined again."""
    seen = set()
    blocks = packages.text("nlp-id", "nlp_id/data/dataset_postag.txt").replace("\r", "").split("\n\n")
    for block in blocks:
        pairs = [line.split("\t")[:2] for line in block.split("\n") if "\t" in line]
        key = tuple(pair[0] for pair in pairs)
        if not key or key in seen:
            continue
        seen.add(key)
        words = []
        for token, tag in pairs:
            if words and token in CLITICS and tag in CLITICS[token] and words[-1][-1:].isalpha():
                words[-1] += token
            else:
                words.append(token)
        yield words


def case_of(token: str) -> str:
    """`lower`, `capital` (Xxxx or XXXX), or `mixed` (iPhone, and words run together such as "ASDonald")."""
    parts = re.split(r"[-'’]", token)
    if all(part.islower() for part in parts):
        return "lower"
    if parts[0][0].isupper() and all(part.islower() or part.isupper() or part.istitle() for part in parts):
        return "capital"
    return "mixed"


class Counts:
    """Running counts of words, with the two cases kept apart."""

    def __init__(self):
        self.count = collections.Counter()
        self.documents = collections.Counter()
        self.lower = collections.Counter()
        self.capital = collections.Counter()
        self.mixed: dict = {}

    def run_together(self, word: str) -> bool:
        """Whether a word only ever stands with a capital inside, and is rare or two frequent words run together."""
        if word not in self.mixed or self.lower[word] or self.capital[word]:
            return False
        if self.count[word] < 10:
            return True
        parts = [part.lower() for part in re.findall(r"[A-Z]+[a-z]*|[a-z]+", self.mixed[word])]
        return len(parts) == 2 and all(len(part) >= 4 and self.documents[part] >= 200 for part in parts)

    def piece(self, tokens: list, in_prose: bool, seen: set) -> None:
        """Counts one piece of a sentence; a piece in headline case or all in capitals says nothing about case."""
        words = [(token, case_of(token)) if WORD.match(token) else (token, "") for token in tokens]
        cases = [case for _, case in words if case]
        capitals = cases.count("capital")
        telling = in_prose and not (len(cases) >= 4 and capitals > 0.6 * len(cases))
        # Whole sentences without a capital are chat messages, where names stand in lower case too.
        no_capitals = len(cases) >= 12 and capitals == 0
        for position, (token, case) in enumerate(words):
            if not case:
                continue
            word = token.lower().replace("’", "'")
            self.count[word] += 1
            seen.add(word)
            if case == "lower" and telling and not no_capitals:
                self.lower[word] += 1
            elif case == "capital" and telling and position > 0:
                self.capital[word] += 1
            elif case == "mixed":
                self.mixed.setdefault(word, token)


def count_words(packages: Packages, folder: pathlib.Path, repeated: set):
    """Counts words over both sources; documents are those of the folder alone."""
    counts, total = Counts(), 0
    for lines in articles(folder):
        total += 1
        seen: set = set()
        for line in prose(lines[1:], repeated):
            for piece in pieces(line):
                counts.piece([token for token, _ in piece], True, seen)
        for line in prose(lines[:1], repeated):
            for piece in pieces(line):
                counts.piece([token for token, _ in piece], False, seen)
        counts.documents.update(seen)
    for sentence in kumparan(packages):
        piece = []
        for token in sentence:
            if WORD.match(token):
                piece.append(token)
            elif token in ".!?\"“”:;(" and piece:
                counts.piece(piece, True, set())
                piece = []
        counts.piece(piece, True, set())
    return counts, total


def phrases(folder: pathlib.Path, repeated: set, counts: Counts):
    """Documents of every sequence of two and three words that may be a phrase.

    Two passes, as in the Apriori algorithm: a sequence of three is counted only when both pairs in it are frequent.
    """
    known = [word for word, documents in counts.documents.items() if documents >= PHRASE_MIN_DOCUMENTS]
    number = {word: index for index, word in enumerate(known)}
    size = len(known)

    def runs():
        for lines in articles(folder):
            document = []
            for line in prose(lines, repeated):
                for piece in pieces(line):
                    run = []
                    for token, between in piece:
                        index = number.get(token.lower().replace("’", "'"), -1) if WORD.match(token) else -1
                        if between.strip() or index < 0:
                            document.append(run)
                            run = []
                        if index >= 0:
                            run.append(index)
                    document.append(run)
            yield document

    pairs = collections.Counter()
    for document in runs():
        pairs.update({a * size + b for run in document for a, b in zip(run, run[1:])})
    frequent = {pair for pair, documents in pairs.items() if documents >= PHRASE_MIN_DOCUMENTS}
    triples = collections.Counter()
    for document in runs():
        seen = set()
        for run in document:
            for a, b, c in zip(run, run[1:], run[2:]):
                if a * size + b in frequent and b * size + c in frequent:
                    seen.add((a * size + b) * size + c)
        triples.update(seen)

    found = []
    for pair in frequent:
        found.append((pairs[pair], [pair // size, pair % size]))
    for triple, documents in triples.items():
        if documents >= PHRASE_MIN_DOCUMENTS:
            found.append((documents, [triple // size // size, triple // size % size, triple % size]))
    rows = []
    for documents, indices in found:
        words = [known[index] for index in indices]
        edges = (words[0], words[-1])
        if any(word in FUNCTION_WORDS or len(word) < 2 for word in edges):
            continue
        rows.append((documents, " ".join(words)))
    rows.sort(key=lambda row: (-row[0], row[1]))
    return rows[:PHRASE_LIMIT]


def main() -> None:
    """Writes both tables."""
    packages, folder = Packages(pathlib.Path(sys.argv[1])), pathlib.Path(sys.argv[2])
    repeated = furniture(folder)
    counts, total = count_words(packages, folder, repeated)
    source = [
        "Counted in kumparan's tagged news (nlp-id 0.1.23.0, MIT) and in articles of many Indonesian outlets, 2016-2026;",
        f"no text is kept. #documents {total}: `documents` counts those articles only, `count` both sources.",
    ]
    rows = [("*", sum(counts.count.values()), total, sum(counts.lower.values()), sum(counts.capital.values()))]
    for word, count in counts.count.items():
        if count >= WORD_MIN_COUNT and counts.documents[word] >= WORD_MIN_DOCUMENTS \
                and not counts.run_together(word):
            rows.append((word, count, counts.documents[word], counts.lower[word], counts.capital[word]))
    tables.write(
        tables.DATA / "frequencies" / "words.tsv",
        ["Words of Indonesian news (letters, inner hyphens and apostrophes; in lower case) and how they are written.",
         *source,
         "lower: occurrences in lower case; capital: with a capital inside a sentence. Headlines, lines in capitals and",
         "chat messages count for neither. The row * holds the totals over all words, also those too rare to be listed."],
        ["word", "count", "documents", "lower", "capital"], rows)
    found = [("*", total), *((phrase, documents) for documents, phrase in phrases(folder, repeated, counts))]
    tables.write(
        tables.DATA / "frequencies" / "phrases.tsv",
        ["Sequences of two and three words inside a sentence (in lower case, nothing but spaces between them) and the",
         f"number of articles that hold them, {PHRASE_MIN_DOCUMENTS} or more; none begins or ends with a function word.",
         *source[:1],
         f"No text is kept. The row * holds the number of articles, {total}."],
        ["phrase", "documents"], found)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Writes data/roots/roots.tsv, names.tsv and english.tsv: what the stemmer knows of words.

usage: scripts/fetch/roots.py CACHE

CACHE is a folder for the package files; what is missing there is downloaded, and every file must
have the digest that packages.py pins. Standard library only. Continuous integration never runs
this: the lists are committed, and the program is compiled from them.

How a word becomes a root
-------------------------
1. Candidates are the lemmas of spaCy's look-up table, the words of the g2p lexicon, the lower-case
   words of kumparan's tagged news that occur at least three times, and loans by their endings.
2. A candidate must be attested in lower case: in kumparan's news or in the word lists of
   Tesseract's Indonesian model. That drops dialect, old spellings and typing errors. A root that
   never stands alone is attested by its forms.
3. A pair of spaCy's table counts only if the rules of affixation lead from its form to its lemma,
   which drops rows such as memadukan -> adu and diam -> am.
4. A lemma that two good pairs name is a root (jalan is no jal + -an: berjalan, menjalankan). Any
   other candidate that the rules derive from a root is a derived word, unless it is a headword
   that meets a rare short root by chance (class Derivation).
5. Roots that stand in no list, but in whose voices or frames several words are attested, are
   taken up (function bound_roots).
6. The count of a root is how often kumparan's distinct sentences hold it or a form that a good
   pair leads to it; or, where that is more, how often frequencies/words.tsv has the root itself in
   lower case, brought to the size of kumparan's news. The stemmer weighs analyses by it: mengukur
   is ukur, not kukur.
"""

import collections
import gzip
import json
import math
import re
import struct
import sys
from pathlib import Path

from packages import Packages

ROOTS_HEADER = """\
# Root words of Indonesian, and how often news uses each or a form made from it.
# Written by scripts/fetch/roots.py; do not edit. Corrections belong in own.tsv.
# sources: s = spacy-lookups-data 1.0.5 id_lemma_lookup (MIT); g = g2p-id-py 0.4.2 lexicon
# (Apache-2.0); k = nlp-id 0.1.23.0 dataset_postag.txt, counts only (MIT, kumparan.com).
# Attested by k or by the word lists of @tesseract.js-data/ind 1.0.0 (Apache-2.0). The count is at
# least that of data/frequencies/words.tsv, divided by 15.
# sources t: a loan in -isasi, -isme, -itas … or a root that never stands alone (libat), by its forms there.
root\tcount\tsources
"""
NAMES_HEADER = """\
# Names that the affix rules would take apart (Bekasi is no bekas + -i): words that inside sentences
# are hardly ever written in lower case, and how often news writes them with a capital.
# Written by scripts/fetch/roots.py from nlp-id 0.1.23.0 dataset_postag.txt (MIT, kumparan.com) and
# the word lists of @tesseract.js-data/ind 1.0.0 (Apache-2.0); do not edit.
name\tcount
"""
ENGLISH_HEADER = """\
# English words in Indonesian news, and how often they occur there.
# Written by scripts/fetch/roots.py from the words that nlp-id 0.1.23.0 dataset_postag.txt tags as
# foreign (MIT, kumparan.com); do not edit.
word\tcount
"""

VOWELS = set("aeiou")
PLAIN = re.compile(r"[a-z]{3,}")
MARKED_VERB = re.compile(r"(mem|men|meng|meny|di|ber|ter)[a-z]{5,}")
VERB = re.compile(r"(me|di|ber|ter|pe)[a-z]{4,}")
STACKED = re.compile(r"(per|ber|ter|ke|se|me|di)[a-z]{4,}")
INFLECTED = re.compile(r"(me|di|ber|ter|per|pem|pen|peng|ku|kau).*|.*(kan|nya|lah|kah|mu|ku)$")
SHORTEST_ROOT = 3
LONG_WORD = 7
FRAMES_OF_A_ROOT = 3
# frequencies/words.tsv counts so many times the text of kumparan's news. Roots of three letters are
# too often abbreviations or titles (Pak) there.
TIMES_THE_TEXT = 15
# Tags of kumparan's words that give no root: names, foreign words, symbols, unknown.
NO_ROOT_TAGS = ("NNP", "FW", "SYM", "UNK")
# Colloquial active verbs (ngobrol, nyari, nge-) are forms, not roots.
COLLOQUIAL = ("nga", "nge", "ngi", "ngo", "ngu", "nya", "nye", "nyi", "nyo", "nyu")
# Sciences end in -i beside a person or an adjective without it (psikologi, psikolog).
SCIENCES = ("logi", "nomi", "grafi", "metri", "sofi")
# Word classes that -i does not make: nouns, adjectives, function words.
NEVER_WITH_I = ("NN", "JJ", "IN", "SC", "CC", "PR", "DT", "NUM", "ADV", "NEG")
# A stem as long or as frequent as this is seldom inside a word by chance.
WELL_KNOWN_LENGTH, WELL_KNOWN_COUNT = 4, 15
# Loans come with these endings from Dutch and English and have entries of their own.
LOAN_ENDINGS = ("isasi", "isme", "itas", "ologi", "grafi", "tif", "sional", "istik")


def spacy_pairs(packages):
    """Form -> lemma of spaCy's look-up table."""
    packed = packages.read("spacy-lookups-data", "spacy_lookups_data/data/id_lemma_lookup.json.gz")
    table = json.loads(gzip.decompress(packed))
    return {form: lemma for form, lemma in table.items() if PLAIN.fullmatch(lemma)}


def g2p_words(packages):
    """The words of the g2p lexicon."""
    lines = packages.text("g2p-id-py", "g2p_id/resources/lexicon_id.tsv").splitlines()
    return {line.split("\t")[0] for line in lines}


class News:
    """Counts over the distinct sentences of kumparan's tagged news."""

    def __init__(self, packages):
        self.lower = collections.Counter()  # tokens written in lower case
        self.capital = collections.Counter()  # others inside a sentence, under their lower case
        self.tags = collections.defaultdict(collections.Counter)  # of all, under their lower case
        seen, sentence = set(), []
        for line in packages.text("nlp-id", "nlp_id/data/dataset_postag.txt").splitlines() + [""]:
            if line.strip():
                sentence.append(tuple(line.split("\t")[:2]))
                continue
            if tuple(sentence) not in seen:
                seen.add(tuple(sentence))
                self._count(sentence)
            sentence = []

    def _count(self, sentence):
        for at, (word, tag) in enumerate(sentence):
            folded = word.lower()
            if word == folded:
                self.lower[word] += 1
            elif at > 0:
                self.capital[folded] += 1
            self.tags[folded][tag] += 1

    def tag(self, word):
        """The commonest tag of a word."""
        tags = self.tags[word]
        return min(tags, key=lambda tag: (-tags[tag], tag)) if tags else ""


def tesseract_words(packages):
    """Tesseract's two Indonesian word lists together, upper and lower case."""
    packed = packages.read("@tesseract.js-data/ind", "4.0.0/ind.traineddata.gz")
    parts = traineddata(gzip.decompress(packed))
    words = set()
    # Component 7 is the word list of the old engine, 19 that of the LSTM; 1 and 21 their characters.
    for dawg, characters in ((7, 1), (19, 21)):
        words.update(word.strip(".,;:!?\"'()") for word in squished_dawg(parts[dawg], parts[characters]))
    return words


def traineddata(data):
    """Components of a traineddata file: a count, then an offset each, -1 where absent."""
    (count,) = struct.unpack_from("<i", data)
    offsets = struct.unpack_from(f"<{count}q", data, 4)
    ends = sorted(offset for offset in offsets if offset >= 0) + [len(data)]
    return {i: data[o:ends[ends.index(o) + 1]] for i, o in enumerate(offsets) if o >= 0}


def squished_dawg(data, unicharset):
    """Words of Tesseract's packed word graph: an edge is letter, three flag bits, next node."""
    _, size, edge_count = struct.unpack_from("<hii", data)
    edges = struct.unpack_from(f"<{edge_count}Q", data, 10)
    lines = unicharset.decode().split("\n")
    letters = [line.split(" ")[0] for line in lines[1:int(lines[0]) + 1]]
    letter_bits = math.ceil(math.log2(size + 1))
    last, backward, word_end = 1, 2, 4
    stack = [(0, "")]
    while stack:
        node, prefix = stack.pop()
        while True:
            edge = edges[node]
            flags = edge >> letter_bits & 7
            if not flags & backward:
                word = prefix + letters[edge & (1 << letter_bits) - 1]
                if flags & word_end:
                    yield word
                if edge >> letter_bits + 3:
                    stack.append((edge >> letter_bits + 3, word))
            if flags & last:
                break
            node += 1


def nasal(stem):
    """What may stand before the nasal of meN-/peN- that `stem` (without me-/pe-) begins with."""
    rest = stem
    if rest.startswith("ny") and rest[2:3] in VOWELS:
        yield "s" + rest[2:]
    if rest.startswith("nge"):
        yield rest[3:]
    if rest.startswith("ng"):
        if rest[2:3] in VOWELS:
            yield rest[2:]
            yield "k" + rest[2:]
        elif rest[2:3] in set("ghkq"):
            yield rest[2:]
    if rest.startswith("m"):
        if rest[1:2] in VOWELS:
            yield "p" + rest[1:]
        elif rest[1:2] in set("bfpv"):
            yield rest[1:]
    if rest.startswith("n"):
        if rest[1:2] in VOWELS:
            yield "t" + rest[1:]
        elif rest[1:2] in set("cdjstz"):
            yield rest[1:]
    if rest[:1] in set("lmnrwy"):
        yield rest


def prefixes(word):
    """What is left of `word` without one prefix."""
    for prefix in ("di", "ke", "se", "pe", "ku", "kau"):
        if word.startswith(prefix):
            yield word[len(prefix):]
    for prefix, cut in (("ber", "be"), ("ter", "te"), ("per", "pe")):
        if word.startswith(prefix):
            yield word[3:]
            yield word[2:]
        elif word.startswith(cut) and word[3:5] == "er":
            yield word[2:]  # bekerja, pekerja, terasa: the r is lost before -er- and r
    for prefix in ("belajar", "pelajar"):
        if word.startswith(prefix):
            yield word[3:]
    for prefix in ("me", "pe"):
        if word.startswith(prefix):
            yield from nasal(word[2:])


def suffixes(word):
    """What is left of `word` without one clitic, particle or suffix."""
    for suffix in ("lah", "kah", "pun", "nya", "ku", "mu", "kan", "an", "i"):
        if word.endswith(suffix):
            yield word[:-len(suffix)]


def written_lower(path):
    """How often data/frequencies/words.tsv has each word in lower case."""
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
    lower = rows[0].index("lower")
    return {row[0]: int(row[lower]) for row in rows[1:]}


def derivations(word):
    """All that one to six affixes less make of `word`; the word itself is not among them."""
    found, frontier = set(), {word}
    for _ in range(6):
        halves = {half for old in frontier if "-" in old for half in old.split("-")}
        frontier = halves | {
            new for old in frontier for strip in (prefixes, suffixes) for new in strip(old)
        } - found
        frontier = {new for new in frontier if len(new) >= SHORTEST_ROOT}
        found |= frontier
    return found - {word}


def active(stem, prefix):
    """meN- or peN- before `stem`."""
    head = stem[:1]
    if head in "kpst" and stem[1:2] in VOWELS:
        return prefix + {"k": "ng", "p": "m", "s": "ny", "t": "n"}[head] + stem[1:]
    if head in "aiueogh":
        return prefix + "ng" + stem
    if head in "bfvp":
        return prefix + "m" + stem
    if head in "cdjzts":
        return prefix + "n" + stem
    return prefix + ("ngk" + stem[1:] if head == "k" else stem)


def frames(stem):
    """The commonest words that are made from a verbal root, one for each frame of affixes."""
    me, pe = active(stem, "me"), active(stem, "pe")
    return {
        me, me + "kan", me + "i", "di" + stem, "di" + stem + "kan", "di" + stem + "i", "ter" + stem, "ber" + stem,
        pe, pe + "an", "per" + stem + "an", "ke" + stem + "an", stem + "an", stem + "kan", stem + "i",
    }


def bound_roots(words, roots, attested):
    """Roots that never stand alone (libat: terlibat, melibatkan, keterlibatan).

    Tried are the stems of verbs that no known root explains; one is taken up when the active and
    the passive around it are both attested, or at least three frames of affixes, and no stem
    inside it explains them too.
    """
    stems, unexplained = set(), set()
    for word in sorted(words):
        found = derivations(word)
        if not found & roots:
            unexplained.add(word)
            stems |= {stem for stem in found if len(stem) > SHORTEST_ROOT and not STACKED.match(stem)}
    accepted = set()
    for stem in stems:
        # Around -i alone stands a loan in -i (mereklamasi, direklamasi), no root.
        found = {word for word in frames(stem) & attested if not word.endswith("i") or stem.endswith("i")}
        voices = any({active(stem, "me") + suffix, "di" + stem + suffix} <= found for suffix in ("", "kan"))
        if found & unexplained and (voices or len(found) >= FRAMES_OF_A_ROOT):
            accepted.add(stem)
    return {stem for stem in accepted if not derivations(stem) & (accepted | roots)}


class Derivation:
    """Decides whether a word of the lexicon is made from a root that is already known."""

    def __init__(self, lexicon, news, uses):
        self.lexicon, self.news, self.uses = lexicon, news, uses

    def holds(self, word, roots):
        """Whether affixes lead from `word` to a root: one or a circumfix, or more if it is long."""
        if len(word) >= LONG_WORD:
            stems = {stem for stem in derivations(word)
                     if len(stem) > SHORTEST_ROOT or self.uses[stem] >= WELL_KNOWN_COUNT}
        else:
            stems = set(suffixes(word)) | set(prefixes(word))
            stems |= {new for old in suffixes(word) for new in prefixes(old)}
        stems = {stem for stem in stems if len(stem) >= SHORTEST_ROOT} & roots
        return bool(stems) and not (word in self.lexicon and self._by_chance(word, stems))

    def _by_chance(self, word, stems):
        """Whether a headword only looks derived: beras is no ber- + as, nasi no nas + -i."""
        if word.endswith(SCIENCES):
            return True
        if stems == {word[:-1]} and self.news.tag(word) in NEVER_WITH_I:
            return True
        rare = all(len(stem) < WELL_KNOWN_LENGTH and self.uses[stem] < WELL_KNOWN_COUNT for stem in stems)
        return rare and not word.startswith("di")


def main(packages, folder):
    """Reads the packages and the counts beside `folder`, and writes the three lists into it."""
    lower = written_lower(folder.parent / "frequencies/words.tsv")
    pairs, lexicon, news = spacy_pairs(packages), g2p_words(packages), News(packages)
    tesseract = tesseract_words(packages)
    attested = {word for word in tesseract | set(news.lower) if PLAIN.fullmatch(word)}

    good = {form: lemma for form, lemma in pairs.items() if lemma in derivations(form)}
    forms = collections.defaultdict(list)
    for form, lemma in good.items():
        forms[lemma].append(form)
    common = {word for word, count in news.lower.items()
              if count >= 3 and PLAIN.fullmatch(word) and news.tag(word) not in NO_ROOT_TAGS
              and not word.startswith(COLLOQUIAL) and not MARKED_VERB.match(word)}
    loans = {word for word in attested if word.endswith(LOAN_ENDINGS) and len(word) >= LONG_WORD}

    # A bound root (libat) is attested by its forms.
    attested |= {lemma for lemma in forms if sum(form in attested for form in forms[lemma]) >= 2}
    roots = {lemma for lemma in forms if len(forms[lemma]) >= 2 and lemma in attested and lemma not in good}
    words = {word for word in lexicon if PLAIN.fullmatch(word)} | common
    verbs = {word for word in lexicon | set(good) | set(news.lower) if VERB.fullmatch(word)}
    roots |= bound_roots(verbs & attested, roots | words, attested)
    candidates = (set(forms) | words | loans) & attested
    uses = collections.Counter(news.lower)
    for form, lemma in good.items():
        uses[lemma] += news.lower[form]
    derivation = Derivation(lexicon, news, uses)
    # Shortest first, so that a word is tested against all roots that it could be made from.
    for word in sorted(candidates - roots, key=lambda w: (len(w), w)):
        if word not in good and not derivation.holds(word, roots):
            roots.add(word)

    rows = []
    for root in roots:
        known = (("s", root in forms), ("g", root in lexicon), ("k", root in common))
        sources = "".join(letter for letter, holds in known if holds) or "t"
        count = uses[root]
        if len(root) > SHORTEST_ROOT:
            count = max(count, round(lower.get(root, 0) / TIMES_THE_TEXT))
        rows.append(f"{root}\t{count}\t{sources}\n")
    write(folder / "roots.tsv", ROOTS_HEADER, rows)
    write(folder / "names.tsv", NAMES_HEADER, names(news, tesseract, roots, lexicon | set(pairs)))
    english = (f"{word}\t{news.lower[word]}\n" for word in news.lower
               if news.tag(word) == "FW" and PLAIN.fullmatch(word) and news.lower[word] >= 2 and word not in roots)
    write(folder / "english.tsv", ENGLISH_HEADER, english)


def names(news, tesseract, roots, headwords):
    """Rows of the names that rules would take apart: words hardly ever written in lower case."""
    capitalised = {word.lower() for word in tesseract if word[:1].isupper() and word[1:].islower()}
    for word in sorted(capitalised | set(news.capital)):
        if not PLAIN.fullmatch(word) or word in roots or word in headwords:
            continue
        capital, lower = news.capital[word], news.lower[word]
        in_news = news.tag(word) == "NNP" and capital >= 2 and lower * 10 <= capital
        elsewhere = word not in tesseract and word in capitalised and lower == 0
        if (in_news or elsewhere and not INFLECTED.match(word)) and derivations(word) & roots:
            yield f"{word}\t{capital}\n"


def write(path, header, rows):
    """Writes a list: its header, then the rows in bytewise order."""
    path.write_text(header + "".join(sorted(rows)), encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    here = Path(__file__).resolve().parent.parent.parent
    main(Packages(Path(sys.argv[1])), here / "data/roots")

"""How the tables of data/ are written and read back: comments, a header, one fact a line, sorted bytewise."""

import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
FACTS = pathlib.Path(__file__).resolve().parent / "facts"


def write(path: pathlib.Path, comments: list, columns: list, rows) -> int:
    """Writes rows (sequences of cells, in the order of `columns`) and returns how many lines stand below the header.

    A column that no row fills is left out; the first column is always kept.
    """
    rows = [["" if cell is None else str(cell) for cell in row] for row in rows]
    used = [i for i, _ in enumerate(columns) if i == 0 or any(row[i] for row in rows)]
    lines = set()
    for row in rows:
        for cell in row:
            if "\t" in cell or "\n" in cell:
                raise ValueError(f"{path.name}: a cell holds a tab or a line end: {row}")
        lines.add("\t".join(row[i] for i in used))
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="\n") as out:
        for comment in comments:
            out.write(f"# {comment}\n")
        out.write("\t".join(columns[i] for i in used) + "\n")
        for line in sorted(lines, key=lambda line: line.encode("utf-8")):
            out.write(line + "\n")
    print(f"{path.relative_to(ROOT)}: {len(lines)}")
    return len(lines)


def read(path: pathlib.Path) -> list:
    """Reads a table back as a list of dictionaries, absent columns being absent keys."""
    lines = [line for line in path.read_text(encoding="utf-8").split("\n") if line and not line.startswith("#")]
    columns = lines[0].split("\t")
    rows = []
    for line in lines[1:]:
        cells = line.split("\t")
        if len(cells) > len(columns):
            raise ValueError(f"{path.name}: too many cells in {line!r}")
        rows.append(dict(zip(columns, cells + [""] * (len(columns) - len(cells)))))
    return rows


def facts(name: str) -> list:
    """Reads one of the tables that we wrote by hand."""
    return read(FACTS / name)


class Words:
    """What data/frequencies/words.tsv says of a word: how often in lower case, how often with a capital."""

    def __init__(self):
        self.rows = {}
        for row in read(DATA / "frequencies" / "words.tsv"):
            self.rows[row["word"]] = (int(row["count"]), int(row["lower"]), int(row["capital"]))

    def lower(self, word: str) -> int:
        """Occurrences in lower case."""
        return self.rows.get(word.lower(), (0, 0, 0))[1]

    def capital(self, word: str) -> int:
        """Occurrences with a capital inside a sentence."""
        return self.rows.get(word.lower(), (0, 0, 0))[2]

    def count(self, word: str) -> int:
        """All occurrences."""
        return self.rows.get(word.lower(), (0, 0, 0))[0]

    def ordinary(self, word: str) -> bool:
        """Whether a word is an ordinary word of Indonesian: written in lower case as a rule, and not just once."""
        _, lower, capital = self.rows.get(word.lower(), (0, 0, 0))
        return lower >= 5 and lower >= capital

    def ordinary_name(self, name: str) -> bool:
        """Whether every word of a name is an ordinary word."""
        return all(self.ordinary(word) for word in name.replace("-", " ").split())

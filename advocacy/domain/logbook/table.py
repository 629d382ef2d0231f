"""The log as a table: its columns, its lines, and what is wrong with a line that cannot be taken."""

import csv
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b

from advocacy.domain.logbook.checked import check
from advocacy.domain.logbook.entry import Entry
from advocacy.domain.logbook.kinds import LogKind
from advocacy.domain.logbook.reading import read
from advocacy.domain.logbook.shapes import SHAPES
from advocacy.domain.vocabulary import Vocabulary

FIELDS = tuple(dict.fromkeys(one.name for shape in SHAPES.values() for one in shape.fields))
COLUMNS = ("day", "kind", *FIELDS)
WORDS = "words"  #: a column that may stand instead of kind and fields: it is read as the page reads it
LONGEST = 5_000  #: lines of one table
_MARKED = ("'=", "'+", "'-", "'@", "'|", "'%")


class NoTable(ValueError):
    """It is no table of a log; the words say what is missing."""


@dataclass(frozen=True, slots=True)
class Good:
    """A line that can be taken; `key` is the same whenever this very line comes again."""

    number: int
    kind: LogKind
    day: date | None
    said: dict[str, str]
    key: bytes


@dataclass(frozen=True, slots=True)
class Bad:
    """A line that cannot be taken: in which column, what it says there, and how to mend it."""

    number: int
    column: str
    value: str
    mend: str


def lines(text: str, today: date, vocabulary: Vocabulary) -> Iterator[Good | Bad]:
    """Read a table line by line, as its file numbers them; raise NoTable for what has no columns that are known."""
    reader = csv.reader(text.lstrip("\ufeff").splitlines(keepends=True))
    names = [name.strip().lower() for name in next(reader, [])]
    known = {*COLUMNS, WORDS}
    if not {"kind", WORDS} & set(names):
        raise NoTable(
            f"the first line must name the columns, and kind or words among them; known are {', '.join(COLUMNS)}"
        )
    if strange := [name for name in names if name and name not in known]:
        raise NoTable(f"there is no column {strange[0]!r}; known are words, {', '.join(COLUMNS)}")
    personas = {key: term.name for key, term in vocabulary.personas.items()}
    seen: Counter[bytes] = Counter()
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                given = {name: _plain(cell) for name, cell in zip(names, row, strict=False)}
                yield _line(reader.line_num, given, today, vocabulary, personas, seen)
            if reader.line_num > LONGEST:
                raise NoTable(f"a table may have {LONGEST} lines: give this one in parts")
    except csv.Error as error:
        raise NoTable(f"line {reader.line_num} is no line of a table: {error}") from error


def key_of(kind: str, day: date | None, said: Mapping[str, object], nth: int = 1) -> bytes:
    """What an entry is known by, whichever way it came; `nth` tells lines of one table apart that say the same."""
    told = [kind, str(day or ""), str(nth), *(f"{name}={said[name]}" for name in sorted(said) if said[name])]
    return blake2b("\n".join(told).encode(), digest_size=16).digest()


def row_of(entry: Entry) -> list[str]:
    """The entry as a line under `COLUMNS`."""
    says = entry.says
    return [entry.day.isoformat(), entry.kind.value, *(says.get(name, "") for name in FIELDS)]


def _line(
    number: int,
    given: dict[str, str],
    today: date,
    vocabulary: Vocabulary,
    personas: Mapping[str, str],
    seen: Counter[bytes],
) -> Good | Bad:
    words, named = given.get(WORDS, "").strip(), given.get("kind", "").strip().lower()
    if words:
        reading = read(words, today, vocabulary)
        named = named or (reading.kind or LogKind.OTHER).value
        day = reading.day.isoformat() if reading.day else ""
        given = {"day": day, **reading.said, **{name: value for name, value in given.items() if value}}
    if named not in set(LogKind):
        return Bad(number, "kind", named, f"Write one of: {', '.join(LogKind)}.")
    kind = LogKind(named)
    checked = check(kind, given, today, personas)
    for column, mend in checked.wrong.items():
        return Bad(number, column, given.get(column, ""), mend)
    first = key_of(kind.value, checked.day, checked.said)
    seen[first] += 1
    return Good(number, kind, checked.day, checked.said, key_of(kind.value, checked.day, checked.said, seen[first]))


def _plain(cell: str) -> str:
    """Without the mark by which our own tables keep a text from being a formula."""
    return cell[1:] if cell.startswith(_MARKED) else cell

"""Who could speak about it: queries with graded people, read from tests/labelled/speakers."""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "tests" / "labelled" / "speakers"
GRADES = (1, 2, 3)


@dataclass(frozen=True, slots=True)
class Query:
    """What an organiser asks of a corpus, and the people who could answer: name → grade; who is not named has 0."""

    corpus: str
    words: str
    kind: str
    grades: Mapping[str, int]

    @property
    def held(self) -> bool:
        """Whether it belongs to the half whose single failures nobody looks at."""
        return hashlib.sha256(f"{self.corpus} {self.words}".encode()).digest()[0] % 2 == 1


def read(corpus: str, folder: Path = FOLDER) -> list[Query]:
    """The queries of one corpus; ValueError names one that grades somebody twice or nobody well."""
    found = [_query(corpus, table) for table in tomllib.loads((folder / f"{corpus}.toml").read_text("utf-8"))["query"]]
    if len({one.words for one in found}) < len(found):
        raise ValueError(f"{corpus}: a query stands there twice")
    return found


def _query(corpus: str, table: Mapping[str, object]) -> Query:
    words, people = str(table["q"]), [(name, grade) for grade in GRADES for name in _names(table, grade)]
    if len(dict(people)) < len(people):
        raise ValueError(f"{corpus}, {words}: somebody is graded twice")
    if max((grade for _, grade in people), default=0) < 2:
        raise ValueError(f"{corpus}, {words}: nobody knows it well")
    return Query(corpus, words, str(table["kind"]), dict(people))


def _names(table: Mapping[str, object], grade: int) -> list[str]:
    names = table.get(str(grade), [])
    if not isinstance(names, list):
        raise ValueError(f"{table['q']}: {grade} is no list")
    return names

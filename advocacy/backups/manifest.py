"""What a backup says of itself: of which program and schema it is, how many rows each table had, its digest."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

FORMAT = 1  #: raised when an older program could not read the file


class BackupError(Exception):
    """A backup cannot be made, read or put back; says what, where and how to mend it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The first thing to read of a backup. `counts` are rows by table, at the moment that the copy shows."""

    format: int
    made_at: str  #: ISO 8601, UTC
    version: str  #: of the program
    revision: str | None  #: of the schema
    database: str  #: sqlite or postgresql
    size: int  #: of the copied database, in bytes
    sha256: str  #: of the copied database
    has_key: bool  #: whether the signing key is inside: then the file is a secret beyond its rows
    counts: Mapping[str, int]

    @classmethod
    def read(cls, raw: bytes, where: str) -> Self:
        """Take it apart; raise BackupError when it is none, or of a later program."""
        try:
            told: dict[str, Any] = json.loads(raw)
            is_later = told["format"] > FORMAT
            found = None if is_later else cls(**told)
        except (ValueError, TypeError, KeyError) as error:
            raise BackupError(f"{where} is not a backup of advocacy: its manifest cannot be read.") from error
        if found is None:
            raise BackupError(f"{where} was made by advocacy {told.get('version')}, a later version: install that one.")
        return found

    def told(self) -> dict[str, Any]:
        """As JSON knows it."""
        return asdict(self)

    def raw(self) -> bytes:
        """As it stands in the file."""
        return json.dumps(self.told(), indent=2).encode()

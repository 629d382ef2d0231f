"""Where a demo lives on disk: its settings, what it was built with, and whether it can be opened again."""

import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path

from ingest.loopback import platforms

FRESH = timedelta(days=1)
MARK = "demo.json"
COMPANY = '[company]\nnames = ["Tern Data", '
PLACES = 'own_places = [\n  "tern.example", '


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What a demo was built with; `finished` is False while it is being built."""

    stage: str
    seed: int
    anchor: str
    port: int = 0  #: of the loopback blogs, which stands in every address that was connected
    finished: bool = False

    @property
    def moment(self) -> datetime:
        """The day that everything in it is counted back from."""
        return datetime.fromisoformat(self.anchor)


class Occupied(Exception):
    """The folder holds something that is not a demo."""


def environ(folder: Path, host: str, port: int, outside: str) -> dict[str, str]:
    """The settings of a demo in that folder, and nothing of the operator's own; `outside` is the loopback server."""
    return {
        "ADVOCACY_APPROVALS": "marketing",
        "ADVOCACY_DATA_DIR": str(folder),
        "ADVOCACY_DATABASE_URL": f"sqlite:///{folder / 'advocacy.db'}",
        "ADVOCACY_DEMO": "1",
        "ADVOCACY_FETCH__ALLOW_NETS": "127.0.0.0/8",
        "ADVOCACY_RULES__VOCABULARY": str(folder / "vocabulary.toml"),
        "ADVOCACY_SERVER__HOST": host,
        "ADVOCACY_SERVER__PORT": str(port),
        **platforms.environ(outside),
    }


def held(folder: Path) -> Mark | None:
    """The finished demo in the folder, if there is one."""
    try:
        mark = Mark(**json.loads((folder / MARK).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return mark if mark.finished else None


def is_fresh(mark: Mark, stage: str, seed: int, now: datetime) -> bool:
    """Whether it is what was asked for, and of today."""
    return (mark.stage, mark.seed) == (stage, seed) and now - mark.moment < FRESH


def clear(folder: Path, stage: str, seed: int) -> Mark:
    """Empty the folder for a new demo; raise Occupied rather than delete what no demo made."""
    if folder.exists() and not (folder / MARK).is_file() and (not folder.is_dir() or any(folder.iterdir())):
        raise Occupied(f"{folder} holds something that is no demo; give another folder with --dir")
    folder.mkdir(parents=True, exist_ok=True)
    mark = Mark(stage=stage, seed=seed, anchor=datetime.now(UTC).isoformat())
    _write(folder, mark)  # first: when we are killed, what is left is still known as a demo
    for old in folder.iterdir():
        if old.is_dir():
            shutil.rmtree(old)
        elif old.name != MARK:
            old.unlink()
    (folder / "vocabulary.toml").write_text(_vocabulary(), "utf-8")
    return mark


def finish(folder: Path, mark: Mark, port: int) -> None:
    """Say that the demo is whole."""
    _write(folder, replace(mark, port=port, finished=True))


def _write(folder: Path, mark: Mark) -> None:
    content: Mapping[str, object] = asdict(mark)
    (folder / MARK).write_text(json.dumps(content), "utf-8")


def _vocabulary() -> str:
    """The shipped words, and the company's own name and places."""
    shipped = (files("advocacy") / "ladder" / "vocabulary.toml").read_text("utf-8")
    return shipped.replace("[company]\nnames = [", COMPANY, 1).replace("own_places = [\n  ", PLACES, 1)

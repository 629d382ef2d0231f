"""An import killed at one write after the other and given again: the end is as if it never was."""

import os
import signal
from pathlib import Path

import sqlalchemy as sa

from advocacy.models.imports import ImportBatch, ImportItem
from tests.fault_server import FaultServer
from tests.faults.installed import Makes
from tests.faults.kills import ROOT, Installation, Size, Web
from tests.faults.state import rows
from tests.ingest.archives.given import MANIFEST, tweet, tweets, zipped

TEXT = "For an SRE on Kubernetes with OpenEBS, number {}: kubectl describe pvc, and that is all."
POSTS = 700
OURS = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))


def archive(folder: Path) -> Path:
    told = [tweet(n, TEXT.format(n) if n % 3 else "The tomatoes are ripe") for n in range(1, POSTS + 1)]
    return zipped(folder / "x.zip", {"data/tweets.js": tweets(*told), "data/manifest.js": MANIFEST})


def takes(one: Installation, path: Path, kill_at: int = 0) -> int:
    process, _ = one.start("import", "x-archive", "asha@x.example", str(path), kill_at=kill_at, PYTHONPATH=OURS)
    return process.wait(120)


def facts(one: Installation) -> dict[str, object]:
    """All facts; the account is made by the import, at the moment of the attempt."""
    return {name: lines for name, lines in rows(one.engine).items() if name != "account"}


def batches(one: Installation) -> list[tuple[int, bool]]:
    """How many items each batch brought, and whether it came to its end."""
    items = sa.select(sa.func.count()).where(ImportItem.batch_id == ImportBatch.id, ImportItem.brought)
    query = sa.select(items.scalar_subquery(), ImportBatch.ended_at.is_not(None)).order_by(ImportBatch.id)
    with one.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(query)]


def test_case_60_an_import_killed_again_and_again_ends_as_if_it_never_was(
    installed: Makes, web: FaultServer, tmp_path: Path
) -> None:
    path, kept = archive(tmp_path), POSTS - POSTS // 3
    calm, battered = installed("calm"), installed("battered")
    for one in (calm, battered):
        one.furnish(Web(web, Size(0, 0, 0, 0)))
    before = facts(calm)
    assert takes(calm, path) == 0
    ended = [takes(battered, path, kill_at) for kill_at in range(1, 14, 2)]
    assert ended.count(-signal.SIGKILL) > 3
    assert takes(battered, path) == 0
    assert facts(battered) == facts(calm)
    assert (batches(calm), batches(battered)[0]) == ([(kept, True)], (kept, True))
    with battered.engine.connect() as connection:
        numbers = connection.scalars(sa.select(ImportBatch.id)).all()
    for number in numbers:
        process, _ = battered.start("imports", "undo", f"{number}", PYTHONPATH=OURS)
        assert process.wait(60) == 0
    assert facts(battered) == before

"""What the worker does with an archive that was handed in on the page: look at it, or take it in and delete it."""

from collections.abc import Callable
from typing import Any

from advocacy import running, uploads
from advocacy.models import import_jobs
from advocacy.models.base import Missing, db
from advocacy.models.connect import BadHandle
from advocacy.models.runs import JobRun
from ingest import imports
from ingest.bundle import BadArchive
from ingest.hands import Hands
from ingest.import_order import Order

SHOWN = 50  #: faults that the page tells; the command tells more
_GONE = "the file is not there any more: hand it in again (the web server and the worker need the same data directory)"


def do(hands: Hands, job: JobRun, report: Callable[[int, int | None], None]) -> dict[str, Any]:
    """How it went, as the page tells it; what cannot be done is a `problem` in words."""
    asked, data_dir = job.payload, running.settings().data_dir
    path = uploads.place(data_dir, asked["file"])
    if path is None or job.asked_by_id is None:
        return {"problem": _GONE}
    order = Order(
        kind=asked["kind"],
        path=path,
        name=asked["name"],
        person_id=job.asked_by_id,
        handle=asked["handle"],
        by=job.asked_by_id,
        speakers=tuple(filter(None, [asked["speaker"]])),
        columns=tuple((heading, field) for heading, field in asked["columns"]),
        event=asked["event"],
    )
    try:
        if asked["step"] == import_jobs.LOOK:
            told = imports.preview(order, hands.rules, hands.clock(), report)
        else:
            told = imports.take(order, hands.rules, hands.clock, report)
            uploads.drop(data_dir, asked["file"])
    except (BadArchive, BadHandle, Missing) as error:
        db.session.rollback()
        uploads.drop(data_dir, asked["file"])
        return {"problem": f"{error}"}
    return {**told, "errors": told["errors"][:SHOWN]}


def words(result: dict[str, Any]) -> str:
    """The result in a line."""
    counts = result["counts"]
    return f"{counts['read']} rows: {counts['new']} new, {counts['same']} the same, {counts['errors']} not understood"

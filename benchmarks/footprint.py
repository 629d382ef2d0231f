"""What a process and a first view weigh: time to stand, memory (on Linux), foreign modules, bytes over the wire."""

import gzip
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime

from flask import Flask

from advocacy.models import logins
from advocacy.models.base import db
from benchmarks import company
from benchmarks.databases import installed
from benchmarks.figure import Figure
from benchmarks.processes import said

ROUNDS = 3
DRESSING_KB, VIEW_KB = 25.0, 100.0
STRANGERS = ("ingest", "tweepy", "praw", "feedparser")
"""What the web has no business with."""

BEGIN = "import json, resource, sys, time; start = time.process_time()\n"
EMPTY = "from flask import Flask; app = Flask('empty')\n"
WEB = "from advocacy.app import create_app; app = create_app()\n"
WORKER = f"""{WEB}
from ingest.hands import hands_of
from ingest.worker import Worker
with app.app_context():
    made = Worker(hands_of(app))
"""
END = """
seconds = time.process_time() - start
with open("/proc/self/statm") as told:
    memory = int(told.read().split()[1]) * resource.getpagesize()
print(json.dumps([seconds, memory, sorted({name.partition(".")[0] for name in sys.modules})]))
"""

_ASSET, _DRESSING = re.compile(r'(?:href|src)="(/static/[^"]+)"'), re.compile(r"\.(css|js)\b")


def figures(rounds: int = ROUNDS) -> Iterator[Figure]:
    """Web and worker beside an empty Flask app; scripts and styles; the first view of Home."""
    with installed("") as app:
        empty, web, worker = (_stands(app, program, rounds) for program in (EMPTY, WEB, WORKER))
        for name, (seconds, memory, _) in {"web": web, "worker": worker}.items():
            yield Figure(f"{name}: CPU time to stand", seconds * 1000, "ms", empty[0] * 1000, seconds / empty[0], "")
            yield Figure(f"{name}: memory", memory / 1e6, "MB", empty[1] / 1e6, memory / empty[1], "")
        strangers = len(web[2] & set(STRANGERS))
        yield Figure("web: modules of the ingest", strangers, "", 0, strangers, "0")
        yield from _weight(app)


def _stands(app: Flask, program: str, rounds: int) -> tuple[float, float, set[str]]:
    """CPU seconds and bytes of a process that has begun (the least of some), and the packages it loaded."""
    told = [json.loads(said(app, ["-c", f"{BEGIN}{program}{END}"])) for _ in range(rounds)]
    return min(one[0] for one in told), min(one[1] for one in told), set(told[0][2])


def _weight(app: Flask) -> Iterator[Figure]:
    """What a browser that was never here loads for Home; and for Sources, which has the only script."""
    with app.app_context():
        company.found(5, visits=1)
        company.grow(1_000)
        token = logins.begin(company.staff()[0], datetime.now(UTC))
        db.session.commit()
    client = app.test_client()
    client.set_cookie("advocacy", token)
    home, sources = client.get("/").text, client.get("/sources").text
    shown, all_there = (
        {one: client.get(one, buffered=True).data for one in _ASSET.findall(page)} for page in (home, home + sources)
    )
    dressing = sum(len(gzip.compress(body)) for path, body in all_there.items() if _DRESSING.search(path)) / 1000
    view = (len(home.encode()) + sum(map(len, shown.values()))) / 1000
    yield Figure("scripts and styles, gz", dressing, "kB", DRESSING_KB, dressing / DRESSING_KB, "≤ 50 kB")
    yield Figure("first view of Home, not packed", view, "kB", VIEW_KB, view / VIEW_KB, "< 100 kB")

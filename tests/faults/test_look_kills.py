"""Fault case 60 for second looks: a real process, killed after any of its writes."""

import signal
from random import Random

import sqlalchemy as sa

from advocacy import ladder, running
from advocacy.cli.database import to_newest
from advocacy.domain.activity import Platform
from advocacy.models import connect, db, ladder_import, roster
from advocacy.models.activities import ActivityRow
from tests.fault_server import FaultServer
from tests.faults.installed import Makes
from tests.faults.kills import JOINED, Installation, Tally, open_writes
from tests.faults.ledger import DELETED, EDITED, HIDDEN, posts
from tests.faults.state import rows, standing

POSTS = 40
KILLS = 7  #: each costs a process


def furnish(one: Installation, web: FaultServer) -> None:
    """One person, who has posted on the ledger, all of it read."""
    one.environ["ADVOCACY_REDDIT__BASE_URL"] = web.url("")
    with one.opened():
        to_newest()
        page = ladder.text("starter.md").encode()
        ladder_import.apply(ladder_import.preview(page, "starter.md", running.in_force()), page, None, JOINED)
        asha = roster.add("asha@x.example", "Asha Rao", JOINED)
        roster.give_role(asha.id, "starter", roster.EVER)
        connect.add(asha.id, Platform.REDDIT, "asha_k", by=asha.id, now=JOINED)
        db.session.commit()
    web.answers("/posts", posts(POSTS))
    assert one.run("ingest", "run") == 0


def two_days_pass(one: Installation) -> None:
    """Everything is due for a look; nothing was missed long enough to be dropped."""
    with one.engine.begin() as connection:
        due = sa.update(ActivityRow).where(ActivityRow.look_at.is_not(None))
        connection.execute(due.values(look_at=ActivityRow.first_seen_at))


def looked_at(one: Installation) -> list[int]:
    """An undisturbed process's writes, by their number, from the first that has to do with a look."""
    process, seen = one.start("ingest", "run")
    assert process.wait(60) == 0
    told = [line.rpartition(" ")[2] for line in seen.read_text().splitlines() if " wrote " in line]
    return list(range(told.index("activity") + 1, len(told) + 1))


def test_case_60_killed_after_any_write_of_a_look_the_end_is_as_if_it_never_was(
    installed: Makes, web: FaultServer
) -> None:
    calm = installed("calm")
    furnish(calm, web)
    shaken = installed("shaken", like=calm)
    shaken.environ["ADVOCACY_REDDIT__BASE_URL"] = web.url("")
    web.answers("/posts", posts(POSTS, later=True))
    two_days_pass(calm)
    moments, tally = looked_at(calm), Tally()
    for kill_at in sorted(Random(60).sample(moments, KILLS)):
        two_days_pass(shaken)
        process, seen = shaken.start("ingest", "run", kill_at=kill_at)
        if process.wait(60) == -signal.SIGKILL:
            tally.add(open_writes(seen.read_text()))
    two_days_pass(shaken)
    assert shaken.run("ingest", "run") == 0
    assert tally.inside >= KILLS - 2, str(tally)  # what one stored is not written by the next, which ends sooner
    assert rows(shaken.engine) == rows(calm.engine)
    assert standing(shaken.engine) == standing(calm.engine)
    with shaken.engine.connect() as connection:
        texts = {row.ref: row for row in connection.execute(sa.select(ActivityRow.__table__))}
    gone = {f"reddit:t3_n{n}" for n in (*DELETED, *HIDDEN)}
    assert {name for name, row in texts.items() if not row.text} == gone
    edited = {f"reddit:t3_n{n}" for n in EDITED} - gone
    assert {name for name, row in texts.items() if row.text.endswith("Edited.")} == edited

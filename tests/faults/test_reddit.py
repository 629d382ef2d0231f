"""What Reddit can meet of the fault cases, with the whole line behind it: its library, our reader, the tables."""

import json
import signal
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from ipaddress import ip_network

import pytest
import sqlalchemy as sa
from flask import Flask

from advocacy.domain.activity import Platform
from advocacy.domain.health import Health, Outcome
from advocacy.models import connect, roster
from advocacy.models.accounts import Gap
from advocacy.models.activities import ActivityRow
from advocacy.models.base import db
from advocacy.models.people import Person
from advocacy.models.runs import Pull
from advocacy.models.words import Word
from advocacy.rules import Rules
from ingest.fetch import Gate
from ingest.loopback.reddit import Reddit
from ingest.loopback.server import Answer, Ask, Handler
from ingest.loopback.world import Outage
from ingest.sources.reddit_walk import HIDDEN_WHY
from tests.cast import Cast
from tests.fault_server import FaultServer
from tests.faults.installed import Makes
from tests.faults.kills import JOINED, Size, Web, until
from tests.faults.test_state_crash import cursor
from tests.ingest.platform import OFF_TOPIC, ON_TOPIC
from tests.ingest.reddit_stage import KEY, Stage, reader, stage
from tests.ingest.scene import Scene, dump, expectation, rows, statements, writes

ASHA = "asha_k"


@dataclass
class Line:
    """Asha's profile on a loopback Reddit, and the line that reads it; both clocks go on together."""

    scene: Scene
    there: Stage
    asha: Person

    def later(self, **by: float) -> None:
        self.scene.later(**by)
        self.there.later(**by)

    def read(self, hours: float = 2) -> Pull:
        """Read the profile, as at the next visit."""
        self.later(hours=hours)
        return self.scene.sweeps()[ASHA]

    def stored(self) -> list[ActivityRow]:
        return rows(ActivityRow)


@pytest.fixture
def line(app: Flask, cast: Cast, rules: Rules) -> Iterator[Line]:
    with stage() as there:
        there.joins(ASHA)
        scene = Scene(app, rules, there.now, source=there.source)
        scene.connects(cast.asha, ASHA)
        yield Line(scene, there, cast.asha)


def out(line: Line, status: int) -> None:
    """From now on Reddit answers so, for a day."""
    now = line.there.now
    line.there.world.outages = [
        Outage(platform=Platform.REDDIT, since=now, until=now + timedelta(days=1), status=status)
    ]


def test_case_22_a_429_is_a_pause_and_no_failure(line: Line) -> None:
    line.there.says(ASHA, text=ON_TOPIC)
    line.there.reddit.per_window = 0
    told = line.read()
    assert (told.outcome, told.new) == (Outcome.LATER, 0)
    subscription = line.scene.subscription(ASHA)
    assert (subscription.state, subscription.failures) == (Health.NEW, 0)
    assert subscription.held_until is not None
    assert line.scene.now < subscription.held_until <= line.scene.now + timedelta(minutes=10)
    line.there.reddit.per_window = 1000
    assert line.read().new == 1


@pytest.mark.parametrize("status", [500, 503, 520])
def test_case_24_an_outage_in_mid_walk_keeps_the_pages_that_were_committed(
    line: Line, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for hour in range(250):
        line.there.says(ASHA, hour + 1, text=f"{ON_TOPIC}, part {hour}")
    answer, asked = line.there.reddit.__call__, [0]

    def failing(ask: Ask) -> Answer:
        asked[0] += 1
        return Answer(status=status, body=b"<html>oops") if asked[0] == 3 else answer(ask)

    monkeypatch.setitem(line.there.server.handlers, "reddit", failing)
    told = line.read()
    assert (told.outcome, told.new, len(line.stored())) == (Outcome.FAILED, 100, 100)
    told = line.read()
    assert (told.outcome, told.new, len(line.stored())) == (Outcome.OK, 150, 250)


def test_case_25_a_suspended_profile_is_gone_and_what_it_said_stays(line: Line) -> None:
    line.there.says(ASHA, text=ON_TOPIC)
    line.read()
    before = dump()
    [member] = line.there.world.members.values()
    member.suspended_from = line.there.now
    told = line.read()
    assert told.outcome is Outcome.GONE
    assert "u/asha_k" in told.message
    assert line.scene.subscription(ASHA).state is Health.GONE
    assert dump() == before


def test_case_25_a_key_that_is_refused_is_told_as_the_operators(line: Line) -> None:
    out(line, 403)
    told = line.read()
    assert told.outcome is Outcome.MISCONFIGURED
    assert "ADVOCACY_REDDIT__CLIENT_ID" in told.message


def test_case_31_an_empty_profile_deletes_nothing_and_what_is_hidden_is_no_zero(line: Line) -> None:
    line.there.says(ASHA, text=ON_TOPIC)
    line.read()
    before, seen = dump(), line.scene.now
    [member] = line.there.world.members.values()
    member.hidden_from = line.there.now
    for _ in range(3):
        told = line.read()
        assert (told.outcome in (Outcome.OK, Outcome.UNCHANGED), told.new) == (True, 0)
        assert dump() == before
        assert [(gap.since, gap.until, gap.why) for gap in rows(Gap)] == [(seen, line.scene.now, HIDDEN_WHY)]
    hidden = line.there.says(ASHA, text=ON_TOPIC)
    member.hidden_from = None
    assert (line.read().new, rows(Gap)) == (1, [])
    assert f"reddit:t3_{hidden.id}" in {row.ref for row in line.stored()}


def test_case_49_the_same_profile_three_times_touches_no_row(line: Line) -> None:
    question = line.there.says("stranger", 60, title="How do I resize a volume?")
    for hour in range(40):
        line.there.says(ASHA, hour + 1, text=ON_TOPIC if hour % 4 else OFF_TOPIC, title=f"part {hour}")
    line.there.says(ASHA, 50, text=ON_TOPIC, answers=question)
    assert line.read().new > 30
    before = dump()
    for hours in (2, 30, 200):
        with statements() as sent:
            told = line.read(hours)
        assert (told.outcome, told.requests) == (Outcome.UNCHANGED, 1)
        assert (writes(sent), dump()) == ([], before)


def test_case_49_read_whole_again_nothing_is_new(line: Line) -> None:
    for hour in range(130):
        line.there.says(ASHA, hour + 1, text=ON_TOPIC, title=f"part {hour}")
    line.read()
    before = [row.ref for row in line.stored()]
    line.scene.subscription(ASHA).cursor = {}
    db.session.commit()
    told = line.read()
    assert (told.new, told.changed, told.poison) == (0, 0, 0)
    assert [row.ref for row in line.stored()] == before


def test_case_55_an_edit_keeps_what_a_person_decided(line: Line) -> None:
    post = line.there.says(ASHA, text=ON_TOPIC)
    line.read()
    line.scene.decides(line.asha, line.scene.activity(), expectation("advocacy"), Word.CONFIRMED)
    verdicts = dump("verdict")
    line.later(hours=1)
    post.versions.append((line.there.now, f"{ON_TOPIC}, mended"))
    told = line.read()
    assert (told.new, told.changed) == (0, 1)
    assert [row.text for row in line.stored()] == [f"{ON_TOPIC}, mended"]
    assert dump("verdict") == verdicts


def test_case_57_what_info_tells_as_deleted_is_gone_and_what_it_does_not_tell_is_not(line: Line) -> None:
    posts = [line.there.says(ASHA, hour, text=ON_TOPIC, title=f"part {hour}") for hour in (1, 2, 3)]
    line.read()
    posts[0].deleted_at, posts[1].removed_at = line.there.now, line.there.now
    assert line.read().outcome is Outcome.UNCHANGED
    look = line.there.source.look([row.ref for row in line.stored()], line.there.now)
    assert {(one.ref, one.for_good) for one in look.gone} == {(f"reddit:t3_{one.id}", True) for one in posts[:2]}
    assert [one.ref for one in look.activities] == [f"reddit:t3_{posts[2].id}"]


def test_case_66_a_listing_that_goes_in_a_circle_ends_and_keeps_what_it_brought(line: Line) -> None:
    line.there.says(ASHA, text=ON_TOPIC)
    answer = line.there.reddit.__call__

    def circling(ask: Ask) -> Answer:
        made = answer(ask)
        if not ask.path.startswith("user/"):
            return made
        told = json.loads(answer(replace(ask, query={})).body)
        told["data"]["after"] = "t3_again"
        return Answer(body=json.dumps(told).encode())

    line.there.server.handlers["reddit"] = circling
    told = line.read()
    assert (told.outcome, told.new) == (Outcome.FAILED, 1)
    assert told.requests <= 4
    line.there.server.handlers["reddit"] = line.there.reddit
    assert line.read().outcome in (Outcome.OK, Outcome.UNCHANGED)
    assert len(line.stored()) == 1


@pytest.mark.parametrize("odd", [{"at": "soon"}, {"after": "t3_gone", "top": 5, "count": 3}, {"etag": '"a"'}])
def test_case_67_an_expired_cursor_costs_a_walk_and_loses_nothing(line: Line, odd: dict[str, object]) -> None:
    for hour in range(130):
        line.there.says(ASHA, hour + 1, text=ON_TOPIC, title=f"part {hour}")
    line.scene.subscription(ASHA).cursor = odd
    db.session.commit()
    assert line.read().new == 130
    assert line.read().outcome is Outcome.UNCHANGED


def test_case_61_killed_in_mid_walk_the_next_run_closes_the_hole_on_reddit(installed: Makes, web: FaultServer) -> None:
    """Newest first: 30 posts are known, 250 more are written, the kill comes with the third page, ten more follow."""
    one = installed("one")
    with stage() as there:
        there.joins(ASHA)
        there.server.run_free()

        def written(number: int, days: float) -> set[str]:
            made = [there.says(ASHA, days * 24 - n / 10, text=f"{ON_TOPIC} {n}") for n in range(number)]
            return {f"reddit:t3_{post.id}" for post in made}

        base = f"{there.server.address}reddit"
        secret = {"ADVOCACY_REDDIT__CLIENT_ID": KEY[0], "ADVOCACY_REDDIT__CLIENT_SECRET": KEY[1]}
        one.environ |= {**secret, "ADVOCACY_REDDIT__BASE_URL": base}
        with one.opened():
            one.furnish(Web(web, Size(0, 0, 0, 0)))
        with one.opened():
            asha = roster.by_email("asha@x.example")
            connect.add(asha.id, Platform.REDDIT, ASHA, by=asha.id, now=JOINED)
            db.session.commit()
        known = written(30, 90)
        assert one.run("ingest", "run") == 0
        assert refs(one.engine) == known
        mark = cursor(one)["at"]

        everything = known | written(250, 60)
        victims: list[subprocess.Popen[bytes]] = []
        there.server.handlers["reddit"] = killing(there.reddit, 3, lambda: victims[0].kill())
        process, _ = one.start("ingest", "run")
        victims.append(process)
        assert process.wait(60) == -signal.SIGKILL
        assert len(refs(one.engine)) == 30 + 125
        assert (cursor(one)["at"], cursor(one)["count"]) == (mark, 125)

        there.server.handlers["reddit"] = there.reddit
        everything |= written(10, 20)
        until(lambda: one.run("ingest", "run") == 0 and refs(one.engine) == everything)
        assert "after" not in cursor(one)


def killing(reddit: Reddit, page: int, kill: Callable[[], object]) -> Handler:
    """The same platform, whose page of that number is the last thing its reader ever asks for."""
    asked = [0]

    def answer(ask: Ask) -> Answer:
        if ask.path.startswith("user/"):
            asked[0] += 1
            if asked[0] == page:
                kill()
        return reddit(ask)

    return answer


def refs(engine: sa.Engine) -> set[str]:
    with engine.connect() as connection:
        return set(connection.scalars(sa.select(ActivityRow.ref).where(ActivityRow.platform == Platform.REDDIT)))


def test_a_wrong_key_is_told_and_stores_nothing(line: Line) -> None:
    line.there.says(ASHA, text=ON_TOPIC)
    gate = Gate((ip_network("127.0.0.0/8"),))
    line.scene.source = reader(gate, f"{line.there.server.address}reddit", client_secret="wrong")
    told = line.read()
    assert (told.outcome, line.stored()) == (Outcome.MISCONFIGURED, [])

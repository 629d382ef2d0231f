"""People who leave: shut out at once, let in again, erased without a trace of their name."""

from dataclasses import asdict
from typing import Any

import pytest

from advocacy.models import connect, invitations, jobs, leaving, logins, roster, throttle
from advocacy.models.accounts import Subscription
from advocacy.models.activities import ActivityRow
from advocacy.models.audit import AuditEntry
from advocacy.models.base import Base, Missing, db
from advocacy.models.jobs import Sight
from advocacy.models.person_erasure import Erased, erase_person
from advocacy.models.runs import JobRun
from advocacy.models.words import Word
from tests.cast import Cast
from tests.ingest.platform import OFF_TOPIC
from tests.ingest.scene import BLOG, Scene, dump, expectation, rows

SHARED = "https://company.example/feed"
TRACES = ("asha@tern.example", "asha.example", BLOG, "203.0.113.77", "Netscape", "Asha was here")


def tables() -> dict[str, list[tuple[Any, ...]]]:
    return dump(*sorted(Base.metadata.tables))


def text_of(tables: dict[str, list[tuple[Any, ...]]]) -> str:
    return "\n".join(repr(row) for rows in tables.values() for row in rows)


def test_a_disabled_person_is_out_and_read_for_no_more(scene: Scene, cast: Cast) -> None:
    scene.connects(cast.asha)
    scene.blogs.posts(BLOG, 1)
    token, link = logins.begin(cast.asha.id, scene.now), invitations.invite(cast.asha.id, scene.now)
    jobs.ask_preview(Sight(address="https://asha.example/new"), cast.asha.id, scene.now)
    assert (leaving.disable(cast.asha, scene.now), leaving.disable(cast.asha, scene.now)) == (True, False)
    db.session.commit()
    assert (logins.of_token(token, scene.now), logins.of_person(cast.asha.id, scene.now)) == (None, [])
    with pytest.raises(Missing):
        invitations.invited(link, scene.now)
    assert (scene.sweeps(), scene.items_of(cast.asha)) == ({}, [])
    assert [job for job in rows(JobRun) if job.kind == jobs.PREVIEW] == []


def test_whoever_comes_back_signs_in_anew_and_gets_what_was_published_meanwhile(scene: Scene, cast: Cast) -> None:
    scene.connects(cast.asha)
    scene.connects(cast.lena)
    scene.blogs.posts(BLOG, 1)
    scene.sweeps()
    token = logins.begin(cast.asha.id, scene.now)
    leaving.disable(cast.asha, scene.now)
    db.session.commit()
    scene.blogs.posts(BLOG, 2)
    scene.sweeps()
    assert (len(scene.items_of(cast.asha)), len(scene.items_of(cast.lena))) == (1, 3)
    assert (leaving.enable(cast.asha, scene.now), leaving.enable(cast.asha, scene.now)) == (True, False)
    db.session.commit()
    scene.sweeps()
    assert (logins.of_token(token, scene.now), len(scene.items_of(cast.asha))) == (None, 3)


def test_a_source_that_its_person_paused_stays_paused(scene: Scene, cast: Cast) -> None:
    account = scene.connects(cast.asha)
    connect.pause(account.id, cast.asha.id, scene.now)
    leaving.disable(cast.asha, scene.now)
    leaving.enable(cast.asha, scene.now)
    db.session.commit()
    assert scene.subscription().next_due is None


def test_what_was_on_its_way_when_somebody_was_disabled_is_not_stored(scene: Scene, cast: Cast) -> None:
    scene.connects(cast.asha)
    scene.blogs.posts(BLOG, 2)
    email = cast.asha.email
    scene.blogs.meanwhile(lambda: scene.elsewhere(lambda: leaving.disable(roster.by_email(email), scene.now)))
    scene.sweeps()
    assert scene.items_of(cast.asha) == []


def test_erasing_leaves_counts_and_nothing_that_names_the_person(scene: Scene, cast: Cast) -> None:
    fill(scene, cast)
    lena, name = scene.items_of(cast.lena), cast.asha.name
    assert [word for word in (name, *TRACES) if word not in text_of(tables())] == []
    gone = erase_person(cast.asha, scene.now)
    db.session.commit()
    assert gone == Erased(accounts=2, activities=3, shared=2, verdicts=1)
    assert [word for word in (name, *TRACES) if word in text_of(tables())] == []
    last = rows(AuditEntry)[-1]
    assert (last.act, last.actor_id, last.about_id, last.detail) == ("person.erased", None, None, asdict(gone))
    assert (scene.items_of(cast.lena), [one.address for one in rows(Subscription)]) == (lena, [SHARED])


def test_what_was_on_its_way_when_somebody_was_erased_is_not_stored(scene: Scene, cast: Cast) -> None:
    scene.connects(cast.asha)
    scene.blogs.posts(BLOG, 2)
    email = cast.asha.email
    scene.blogs.meanwhile(lambda: scene.elsewhere(lambda: erase_person(roster.by_email(email), scene.now)))
    scene.sweeps()
    assert (rows(ActivityRow), rows(Subscription)) == ([], [])


def fill(scene: Scene, cast: Cast) -> None:
    """Asha with everything: a blog of her own and a shared one, a word on evidence, a login, a link, a preview."""
    for person, address in ((cast.asha, BLOG), (cast.asha, SHARED), (cast.lena, SHARED)):
        scene.connects(person, address)
    scene.blogs.posts(BLOG, 3)
    scene.blogs.posts(BLOG, 1, OFF_TOPIC)
    scene.blogs.garbles(BLOG, raw="<item>Asha was here</item>")
    scene.blogs.posts(SHARED, 2)
    scene.sweeps()
    asha, polled = cast.asha.id, str(scene.subscription().id)
    first = rows(ActivityRow)[0].id
    scene.decides(asha, first, expectation("advocacy"), Word.CONFIRMED)
    logins.begin(asha, scene.now, address="203.0.113.77", agent="Netscape of Asha")
    invitations.invite(asha, scene.now)
    jobs.ask_preview(Sight(address="https://asha.example/new"), asha, scene.now)
    jobs.ask(jobs.PULL, polled, {"told": BLOG}, cast.adam.id, scene.now)
    throttle.admits("asha@tern.example", "203.0.113.77", scene.now)
    db.session.commit()

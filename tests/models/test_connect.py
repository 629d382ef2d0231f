"""Accounts: connected once, left without a trace of what only they brought."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from advocacy.domain.activity import Platform
from advocacy.models import connect, import_accounts
from advocacy.models.activities import ActivityRow, PassedOver, Provenance, Quarantined
from advocacy.models.audit import AuditEntry
from advocacy.models.base import Missing, db
from advocacy.models.connect import BadHandle
from advocacy.models.evidence import Evidence, Verdict
from advocacy.models.words import Word
from tests.cast import Cast
from tests.ingest.platform import OFF_TOPIC
from tests.ingest.scene import BLOG, Scene, dump, expectation, rows

PLANET = "https://planet.example/feed"


def test_forgetting_erases_all_that_only_this_account_brought(scene: Scene, cast: Cast) -> None:
    before = dump()
    account = scene.connects(cast.asha)
    scene.blogs.posts(BLOG, 3)
    scene.blogs.posts(BLOG, 2, OFF_TOPIC)
    scene.blogs.garbles(BLOG, raw="<item>Asha was here</item>")
    scene.sweeps()
    scene.decides(cast.asha, rows(ActivityRow)[0].id, expectation("advocacy"), Word.CONFIRMED)
    assert (len(rows(Evidence)), len(rows(Quarantined)), len(rows(PassedOver))) == (3, 1, 2)
    connect.forget(account.id, cast.asha.id, scene.now)
    db.session.commit()
    assert (dump(), rows(PassedOver), scene.subscription().next_due) == (before, [], None)
    assert [row.act for row in rows(AuditEntry)][-1] == "account.forgotten"


def test_forgetting_keeps_what_another_account_of_the_person_brought(scene: Scene, cast: Cast) -> None:
    blog = scene.connects(cast.asha)
    scene.connects(cast.asha, PLANET)
    scene.blogs.posts(BLOG, 3)
    scene.blogs.log[PLANET] = scene.blogs.log[BLOG][:2]
    scene.sweeps()
    scene.decides(cast.asha, rows(Provenance)[0].activity_id, expectation("advocacy"), Word.CONFIRMED)
    connect.forget(blog.id, cast.asha.id, scene.now)
    db.session.commit()
    assert (scene.items_of(cast.asha), len(rows(Evidence)), len(rows(Verdict))) == (["Post 0", "Post 1"], 2, 1)
    assert len(rows(Provenance)) == 2


def test_forgetting_keeps_what_is_other_peoples(scene: Scene, cast: Cast) -> None:
    mine = scene.connects(cast.asha)
    scene.connects(cast.lena)
    scene.blogs.posts(BLOG, 3)
    scene.blogs.garbles(BLOG)
    scene.sweeps()
    lena = scene.items_of(cast.lena)
    connect.forget(mine.id, cast.asha.id, scene.now)
    db.session.commit()
    assert (scene.items_of(cast.asha), scene.items_of(cast.lena), len(rows(Quarantined))) == ([], lena, 1)
    assert {row.person_id for row in rows(Evidence)} == {cast.lena.id}
    assert scene.subscription().next_due is not None


def test_refusing_erases_too_and_accepting_later_brings_it_back(scene: Scene, cast: Cast) -> None:
    account = connect.add(cast.asha.id, Platform.FEED, BLOG, by=cast.adam.id, now=scene.now)
    db.session.commit()
    scene.blogs.posts(BLOG, 2)
    scene.sweeps()
    assert (account.accepted_at, len(scene.items_of(cast.asha))) == (None, 2)
    connect.refuse(account.id, cast.asha.id, scene.now)
    db.session.commit()
    assert (rows(ActivityRow), scene.sweeps()) == ([], {})
    connect.accept(account.id, cast.asha.id, scene.now)
    db.session.commit()
    scene.sweeps()
    assert len(scene.items_of(cast.asha)) == 2


def test_people_who_connect_one_blog_at_the_same_moment_share_it(scene: Scene, cast: Cast) -> None:
    people = [scene.person(f"p{n}").id for n in range(6)]
    db.session.rollback()

    def connects(person_id: int) -> int | None:
        with scene.app.app_context():
            return scene.connects(person_id).subscription_id

    with ThreadPoolExecutor(len(people)) as pool:
        ids = set(pool.map(connects, people))
    assert ids == {scene.subscription().id}


def test_pressed_twice_at_the_same_moment_it_is_connected_once(scene: Scene, cast: Cast) -> None:
    asha = cast.asha.id
    db.session.rollback()

    def connects(_: int) -> str:
        with scene.app.app_context():
            try:
                return scene.connects(asha).handle
            except BadHandle as error:
                return str(error)

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(connects, range(4))) == [BLOG, *[f"{BLOG} is connected already"] * 3]


def test_an_account_is_its_persons_alone(scene: Scene, cast: Cast) -> None:
    account = scene.connects(cast.asha)
    for act in (connect.accept, connect.refuse, connect.pause, connect.resume, connect.forget):
        with pytest.raises(Missing):
            act(account.id, cast.sven.id, scene.now)


def test_the_same_handle_twice_and_nonsense_are_refused_in_words(scene: Scene, cast: Cast) -> None:
    scene.connects(cast.asha)
    with pytest.raises(BadHandle, match="connected already"):
        scene.connects(cast.asha)
    scene.connects(cast.asha, author="Asha Rao")
    for platform, handle in (
        (Platform.FEED, "javascript:alert(1)"),
        (Platform.FEED, "https://"),
        (Platform.X, "two words"),
        (Platform.X, ""),
    ):
        with pytest.raises(BadHandle):
            connect.add(cast.asha.id, platform, handle, by=cast.asha.id, now=scene.now)


def test_what_an_archive_made_can_be_connected_and_stays_one_account(scene: Scene, cast: Cast) -> None:
    made = import_accounts.make(cast.asha.id, Platform.X, "asha_k", by=cast.asha.id, now=scene.now)
    account = connect.add(cast.asha.id, Platform.X, "asha_k", by=cast.asha.id, now=scene.now, proved_at=scene.now)
    assert (account.id, account.subscription_id is None, account.proved_at) == (made.id, False, scene.now)
    with pytest.raises(BadHandle, match="asha_k is connected already"):
        connect.add(cast.asha.id, Platform.X, "asha_k", by=cast.asha.id, now=scene.now)


def test_what_its_person_refused_no_operator_connects_again(scene: Scene, cast: Cast) -> None:
    made = import_accounts.make(cast.asha.id, Platform.X, "asha_k", by=None, now=scene.now)
    connect.refuse(made.id, cast.asha.id, scene.now)
    with pytest.raises(BadHandle):
        connect.add(cast.asha.id, Platform.X, "asha_k", by=None, now=scene.now)
    assert connect.add(cast.asha.id, Platform.X, "asha_k", by=cast.asha.id, now=scene.now).refused_at is None

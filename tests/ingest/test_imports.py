"""Archives taken in: idempotent, resumable; richer rows stand, and all of it can be taken back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from advocacy.domain.activity import Activity, Kind, Platform
from advocacy.models import connect, facts, import_batches, import_undoing
from advocacy.models.accounts import Account, CoveredSpan
from advocacy.models.activities import ActivityPerson, ActivityRow, PassedOver, Provenance
from advocacy.models.base import Missing, db
from advocacy.models.connect import BadHandle
from advocacy.models.evidence import Evidence, Verdict
from advocacy.models.fact import Owner
from advocacy.models.imports import ImportBatch, ImportItem
from advocacy.models.people import Person
from advocacy.models.words import Road, Visibility, Word
from ingest import imports
from ingest.bundle import BadArchive
from ingest.import_entries import PAGE
from ingest.import_order import Order
from ingest.pipeline import store
from ingest.prepare import Reader, prepare
from ingest.sources import x_posts
from tests.cast import Cast
from tests.ingest.archives.given import MANIFEST, file, table, tweet, tweets, zipped
from tests.ingest.scene import FACTS, Scene, dump, expectation, rows

ALL = (*FACTS, "passed_over", "activity_link", "covered_span", "import_item", "account")
TEXT = "For an SRE on Kubernetes with OpenEBS: what I do first.\n```\nkubectl describe pvc\n```\nThat is all."
OFF = "The tomatoes are ripe"
Takes = Callable[..., dict[str, Any]]


@pytest.fixture
def takes(scene: Scene, cast: Cast) -> Takes:
    """Take a file in for somebody, or look at it."""

    def act(kind: str, path: Path, who: Person | None = None, *, dry: bool = False, **more: Any) -> dict[str, Any]:
        person_id = (who or cast.asha).id
        db.session.commit()
        order = Order(kind=kind, path=path, name=path.name, person_id=person_id, **more)
        if dry:
            return imports.preview(order, scene.rules, scene.now)
        return imports.take(order, scene.rules, lambda: scene.now)

    return act


def archive(folder: Path, count: int = 3, off: int = 2, text: str = TEXT) -> Path:
    """An X archive of so many posts, and some that are not about work."""
    told = [tweet(n, text if n <= count else OFF) for n in range(1, count + off + 1)]
    return zipped(folder / "x.zip", {"data/tweets.js": tweets(*told), "data/manifest.js": MANIFEST})


def api_post(number: int, text: str = TEXT, likes: int = 40, **more: Any) -> Activity:
    """The same post as the API tells it."""
    plain = {"id": f"{number}", "text": text, "created_at": "2018-10-10T20:19:24.000Z", "lang": "en", "author_id": "77"}
    numbers = {"like_count": likes, "retweet_count": 1, "reply_count": 2, "quote_count": 0}
    made = x_posts.activity({**plain, "conversation_id": f"{number}", "public_metrics": numbers, **more})
    assert isinstance(made, Activity)
    return made


def reads(scene: Scene, account: Account, *activities: Activity) -> None:
    """What the platform's own source brings for the account."""
    person = db.session.get_one(Person, account.person_id)
    reader = Reader(Owner(account.id, person.id, person.zone))
    ready = prepare(activities, [reader], scene.rules, facts.settled)
    assert account.subscription_id is not None
    store(ready, (), account.subscription_id, scene.now)
    db.session.commit()


def by_ref() -> list[Any]:
    return sorted(rows(ActivityRow), key=lambda row: row.ref)


def connected(scene: Scene, person: Person, handle: str = "asha_k") -> Account:
    account = connect.add(person.id, Platform.X, handle, by=person.id, now=scene.now)
    db.session.commit()
    return account


def test_an_archive_comes_by_the_road_of_all_items(scene: Scene, cast: Cast, takes: Takes, tmp_path: Path) -> None:
    told = takes("x-archive", archive(tmp_path))
    assert told["counts"] == {"read": 5, "new": 3, "changed": 0, "same": 0, "skipped": 2, "errors": 0}
    assert told["account"] == {"platform": "x", "handle": "asha_k", "is_new": True}
    assert [row.ref for row in by_ref()] == ["x:1", "x:2", "x:3"]
    assert {(row.person_id, row.visibility) for row in rows(ActivityPerson)} == {(cast.asha.id, Visibility.PRIVATE)}
    assert {row.road for row in rows(Provenance)} == {Road.ARCHIVE}
    assert len(rows(Evidence)) >= 3
    assert rows(PassedOver) == []
    (account,) = rows(Account)
    assert (account.subscription_id, account.handle, account.accepted_at) == (None, "asha_k", None)
    (span,) = rows(CoveredSpan)
    assert (span.since, span.until) == (
        datetime(2018, 10, 10, 20, 19, 24, tzinfo=UTC),
        datetime(2026, 11, 1, 5, tzinfo=UTC),
    )


def test_looking_writes_nothing_and_says_what_taking_does(
    scene: Scene, cast: Cast, takes: Takes, tmp_path: Path
) -> None:
    connected(scene, cast.asha)
    before = dump(*ALL, "import_batch", "audit")
    seen = takes("x-archive", archive(tmp_path), dry=True)
    assert dump(*ALL, "import_batch", "audit") == before
    assert seen == takes("x-archive", archive(tmp_path)) | {"batch": None}


def test_the_same_file_twice_changes_nothing(scene: Scene, cast: Cast, takes: Takes, tmp_path: Path) -> None:
    takes("x-archive", archive(tmp_path))
    before = dump(*FACTS)
    scene.later(days=1)
    again = takes("x-archive", archive(tmp_path))
    assert (again["counts"]["new"], again["counts"]["changed"], again["counts"]["same"]) == (0, 0, 3)
    assert dump(*FACTS) == before
    assert takes("x-archive", archive(tmp_path), dry=True)["counts"]["same"] == 3


@pytest.mark.parametrize("undone", [(1, 2), (2, 1)])
def test_taking_both_back_leaves_the_tables_as_they_were(
    scene: Scene, cast: Cast, takes: Takes, tmp_path: Path, undone: tuple[int, ...]
) -> None:
    account = connected(scene, cast.asha)
    reads(scene, account, api_post(99))
    before = dump(*ALL)
    takes("x-archive", archive(tmp_path))
    takes("x-archive", archive(tmp_path))
    for number in undone:
        import_undoing.undo(number, cast.asha.id, by=cast.asha.id, now=scene.now)
        db.session.commit()
    assert dump(*ALL) == before
    assert [one.state for one in import_batches.of_person(cast.asha.id)] == ["undone", "undone"]


def test_of_two_batches_with_the_same_items_one_taken_back_leaves_the_items(
    scene: Scene, cast: Cast, takes: Takes, tmp_path: Path
) -> None:
    takes("x-archive", archive(tmp_path))
    takes("x-archive", archive(tmp_path))
    done = import_undoing.undo(1, cast.asha.id, by=None, now=scene.now)
    db.session.commit()
    assert (done.gone, done.held, len(rows(ActivityRow))) == (0, 3, 3)
    (other,) = [one for one in import_batches.of_person(cast.asha.id) if one.state == "done"]
    assert (other.id, other.brought) == (2, 3)


def test_what_a_source_brought_stands_and_is_noted_to_be_in_the_archive_too(
    scene: Scene, cast: Cast, takes: Takes, tmp_path: Path
) -> None:
    account = connected(scene, cast.asha)
    reads(scene, account, api_post(1), api_post(2))
    told_of = ("activity", "activity_person", "metric_snapshot", "evidence")
    before = dump(*told_of)
    scene.later(days=1)
    told = takes("x-archive", archive(tmp_path, count=2, text="Chaos on Kubernetes, but cut by the arch…"))
    assert told["counts"]["same"] == 2
    assert dump(*told_of) == before
    assert sorted((row.activity_id, row.road) for row in rows(Provenance)) == [
        (number, road) for number in (1, 2) for road in (Road.ARCHIVE, Road.SOURCE)
    ]
    import_undoing.undo(1, cast.asha.id, by=None, now=scene.now)
    db.session.commit()
    assert dump(*told_of) == before
    assert {row.road for row in rows(Provenance)} == {Road.SOURCE}


def test_a_later_page_of_the_source_replaces_what_the_archive_brought(
    scene: Scene, cast: Cast, takes: Takes, tmp_path: Path
) -> None:
    account = connected(scene, cast.asha)
    takes("x-archive", archive(tmp_path, count=2, text="Kubernetes, cut by the arch…"))
    reads(
        scene, account, api_post(1, likes=70), api_post(2, "Kubernetes, cut by the arch…", likes=3, public_metrics={})
    )
    first, second = by_ref()
    assert (first.text, first.metrics["likes"], first.thread_key) == (TEXT, 70, "x:1")
    assert {(row.activity_id, row.road) for row in rows(Provenance)} == {
        (one.id, road) for one in (first, second) for road in (Road.ARCHIVE, Road.SOURCE)
    }
    takes("x-archive", archive(tmp_path, count=2, text="Kubernetes, cut by the arch…"))
    assert by_ref()[0].text == TEXT
    for number in (1, 2):
        import_undoing.undo(number, cast.asha.id, by=None, now=scene.now)
    db.session.commit()
    assert len(rows(ActivityRow)) == 2


def test_what_says_the_same_in_both_is_noted_to_come_by_its_source_too(
    scene: Scene, cast: Cast, takes: Takes, tmp_path: Path
) -> None:
    """Else taking the archive back would take what the source brought as well."""
    account = connected(scene, cast.asha)
    takes("x-archive", archive(tmp_path, count=1))
    same = replace(api_post(1), metrics={"likes": 3, "reposts": 1}, thread=replace(api_post(1).thread, replies=None))
    reads(scene, account, same)
    assert {row.road for row in rows(Provenance)} == {Road.ARCHIVE, Road.SOURCE}


def test_a_tombstone_stays_one(scene: Scene, cast: Cast, takes: Takes, tmp_path: Path) -> None:
    reads(scene, connected(scene, cast.asha), api_post(1))
    row = rows(ActivityRow)[0]
    row.deleted_at, row.text = scene.now, ""
    db.session.commit()
    told = takes("x-archive", archive(tmp_path, count=1))
    assert (told["counts"]["new"], told["counts"]["same"], rows(ActivityRow)[0].text) == (0, 0, "")
    assert "deleted where it came from" in told["skipped"][-1]["reason"] + told["skipped"][0]["reason"]


def test_a_newer_archive_changes_what_only_archives_brought(
    scene: Scene, cast: Cast, takes: Takes, tmp_path: Path
) -> None:
    takes("x-archive", archive(tmp_path, count=1))
    told = takes("x-archive", archive(tmp_path, count=1, text="Kubernetes, edited"))
    assert (told["counts"]["changed"], rows(ActivityRow)[0].text) == (1, "Kubernetes, edited")


def test_nobody_sees_anothers_file_by_naming_its_links(scene: Scene, cast: Cast, takes: Takes, tmp_path: Path) -> None:
    link = "https://x.com/asha_k/status/1"
    mine = file(tmp_path, "a.csv", table(("date", "link", "text"), ("2026-10-01", link, f"{TEXT} My own notes.")))
    takes("csv", mine)
    forged = file(tmp_path, "b.csv", table(("date", "link", "text"), ("2026-10-01", link, "Kubernetes, forged")))
    told = takes("csv", forged, cast.sven)
    assert (told["counts"]["new"], told["counts"]["skipped"]) == (0, 1)
    assert (len(rows(ActivityPerson)), rows(ActivityRow)[0].text) == (1, f"{TEXT} My own notes.")


def test_what_is_public_by_its_source_is_another_persons_too_as_its_source_tells_it(
    scene: Scene, cast: Cast, takes: Takes, tmp_path: Path
) -> None:
    reads(scene, connected(scene, cast.lena, "lena_f"), api_post(1))
    takes(
        "csv", file(tmp_path, "b.csv", table(("date", "link", "text"), ("2026-10-01", "https://x.com/a/status/1", "!")))
    )
    assert (rows(ActivityRow)[0].text, {row.person_id for row in rows(ActivityPerson)}) == (
        TEXT,
        {cast.lena.id, cast.asha.id},
    )
    import_undoing.undo(1, cast.asha.id, by=None, now=scene.now)
    db.session.commit()
    assert [row.person_id for row in rows(ActivityPerson)] == [cast.lena.id]
    assert {row.person_id for row in rows(Evidence)} == {cast.lena.id}


@pytest.mark.parametrize("word", [Word.CONFIRMED, Word.REJECTED])
def test_what_the_person_spoke_of_stays_when_the_batch_goes(
    scene: Scene, cast: Cast, takes: Takes, tmp_path: Path, word: Word
) -> None:
    takes("x-archive", archive(tmp_path))
    scene.decides(cast.asha, by_ref()[0].id, expectation("personas"), word)
    done = import_undoing.undo(1, cast.asha.id, by=cast.asha.id, now=scene.now)
    db.session.commit()
    assert (done.gone, done.spoken, [row.ref for row in rows(ActivityRow)]) == (2, 1, ["x:1"])
    assert ([row.word for row in rows(Verdict)], len(rows(Provenance))) == ([word], 1)
    connect.forget(rows(Account)[0].id, cast.asha.id, scene.now)
    db.session.commit()
    assert (rows(ActivityRow), rows(Verdict)) == ([], [])


def test_a_word_that_was_taken_back_holds_nothing(scene: Scene, cast: Cast, takes: Takes, tmp_path: Path) -> None:
    takes("x-archive", archive(tmp_path))
    activity = rows(ActivityRow)[0].id
    scene.decides(cast.asha, activity, expectation("personas"), Word.CONFIRMED)
    scene.decides(cast.asha, activity, expectation("personas"), None)
    assert import_undoing.undo(1, cast.asha.id, by=None, now=scene.now).gone == 3
    db.session.commit()
    assert rows(ActivityRow) == []


def test_what_was_released_stays(scene: Scene, cast: Cast, takes: Takes, tmp_path: Path) -> None:
    takes("x-archive", archive(tmp_path))
    rows(ActivityPerson)[0].visibility = Visibility.LEAD
    db.session.commit()
    assert import_undoing.undo(1, cast.asha.id, by=None, now=scene.now).spoken == 1


def test_twice_taken_back_is_once_and_anothers_batch_is_not_there(
    scene: Scene, cast: Cast, takes: Takes, tmp_path: Path
) -> None:
    takes("x-archive", archive(tmp_path))
    with pytest.raises(Missing):
        import_undoing.undo(1, cast.sven.id, by=None, now=scene.now)
    import_undoing.undo(1, cast.asha.id, by=None, now=scene.now)
    db.session.commit()
    assert import_undoing.undo(1, cast.asha.id, by=None, now=scene.now).gone == 0


def test_cut_off_in_the_middle_it_goes_on_when_given_again(
    scene: Scene, cast: Cast, takes: Takes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = archive(tmp_path, count=2 * PAGE + 5, off=0)
    stored: list[int] = []
    whole = imports._store

    def cut(*given: Any) -> None:
        if len(stored) == 1:
            raise KeyboardInterrupt
        stored.append(1)
        whole(*given)

    monkeypatch.setattr(imports, "_store", cut)
    with pytest.raises(KeyboardInterrupt):
        takes("x-archive", path)
    monkeypatch.undo()
    db.session.rollback()
    assert (len(rows(ActivityRow)), [one.state for one in import_batches.of_person(cast.asha.id)]) == (
        PAGE,
        ["cut off"],
    )
    told = takes("x-archive", path)
    assert (told["batch"], told["counts"]["new"], told["counts"]["same"]) == (1, 2 * PAGE + 5, 0)
    assert (len(rows(ActivityRow)), len(rows(ImportItem)), len(rows(ImportBatch))) == (2 * PAGE + 5, 2 * PAGE + 5, 1)
    import_undoing.undo(1, cast.asha.id, by=None, now=scene.now)
    db.session.commit()
    assert (rows(ActivityRow), rows(Provenance)) == ([], [])


def test_forgotten_in_flight_nothing_more_is_taken_in(
    scene: Scene, cast: Cast, takes: Takes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asha, seen = cast.asha.id, list[int]()
    whole = imports._store

    def leaves(*given: Any) -> None:
        if seen:
            scene.elsewhere(lambda: connect.forget(seen[0], asha, scene.now))
        seen.append(given[2])
        whole(*given)

    monkeypatch.setattr(imports, "_store", leaves)
    with pytest.raises(Missing, match="forgotten, refused or shut out meanwhile"):
        takes("x-archive", archive(tmp_path, count=PAGE + 5, off=0))
    db.session.rollback()
    assert (rows(ActivityRow), rows(ActivityPerson), rows(Account)) == ([], [], [])


def test_nothing_from_before_the_start_date(scene: Scene, cast: Cast, takes: Takes, tmp_path: Path) -> None:
    account = connected(scene, cast.asha)
    account.start_on = (scene.now - timedelta(days=300)).date()
    db.session.commit()
    told = takes("x-archive", archive(tmp_path))
    assert (told["counts"]["new"], told["counts"]["skipped"], rows(ActivityRow)) == (0, 5, [])
    (span,) = rows(CoveredSpan)
    assert span.since.date() == (scene.now - timedelta(days=300)).date()


def test_somebody_elses_archive_is_refused_unless_it_is_said_to_be_theirs(
    scene: Scene, cast: Cast, takes: Takes, tmp_path: Path
) -> None:
    connected(scene, cast.asha, "somebody")
    with pytest.raises(BadArchive, match="the archive is @asha_k's, and the account that is connected is @somebody"):
        takes("x-archive", archive(tmp_path))
    db.session.rollback()
    assert rows(ActivityRow) == []
    told = takes("x-archive", archive(tmp_path), handle="@asha_k")
    assert (told["account"]["handle"], told["account"]["is_new"]) == ("asha_k", True)
    with pytest.raises(BadHandle, match="there are several accounts on x: somebody, asha_k"):
        takes("x-archive", archive(tmp_path))


def test_rows_that_are_wrong_cost_only_themselves(scene: Scene, cast: Cast, takes: Takes, tmp_path: Path) -> None:
    lines = table(
        ("date", "title", "text"), ("2026-10-01", "SRE", TEXT), ("soon", "SRE", TEXT), ("2026-10-02", "S", TEXT)
    )
    told = takes("csv", file(tmp_path, "t.csv", lines))
    assert (told["counts"]["new"], told["counts"]["errors"]) == (2, 1)
    assert told["errors"] == [
        {"where": "t.csv line 7", "what": "its date is 'soon'", "mend": "write it as 2026-10-01, or 2026-10-01 18:30"}
    ]


def test_forgetting_the_tables_of_a_kind_erases_all_that_they_brought(
    scene: Scene, cast: Cast, takes: Takes, tmp_path: Path
) -> None:
    before = dump(*FACTS)
    for name in ("a.csv", "b.csv"):
        takes("csv", file(tmp_path, name, table(("date", "title", "text"), ("2026-10-01", name, TEXT))))
    (account,) = rows(Account)
    assert (account.platform, account.handle) == (Platform.MANUAL, "csv")
    connect.forget(account.id, cast.asha.id, scene.now)
    db.session.commit()
    assert dump(*FACTS) == before
    assert [one.items for one in import_batches.of_person(cast.asha.id)] == [0, 0]


def test_a_talk_is_evidence(scene: Scene, cast: Cast, takes: Takes, tmp_path: Path) -> None:
    takes(
        "csv",
        file(tmp_path, "t.csv", table(("date", "kind", "title", "event"), ("2026-10-01", "talk", "OpenEBS", "K Days"))),
    )
    assert [(row.kind, row.channel) for row in rows(ActivityRow)] == [(Kind.TALK, "K Days")]
    assert "k days" in {row.medium for row in rows(Evidence)}

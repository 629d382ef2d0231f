"""Work that pages ask for: asked often and done once, whoever dies meanwhile."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from advocacy.domain.activity import Platform
from advocacy.models import generations, jobs, ladder_import
from advocacy.models.base import Missing, db
from advocacy.models.evidence import Evidence, Generation
from advocacy.models.runs import JobRun
from advocacy.models.words import WorkState
from advocacy.remap import remap_if_stale
from ingest.jobs import ATTEMPTS, claim, perform, remap_when_stale
from ingest.source import TryLater
from tests.cast import Cast
from tests.ingest.platform import OFF_TOPIC
from tests.ingest.scene import BLOG, Scene, dump, expectation, rows

LEASE = timedelta(minutes=5)


def ask(scene: Scene, kind: str, subject: str = "", by: int | None = None, **payload: Any) -> int:
    job_id = jobs.ask(kind, subject, payload, by, scene.now).id
    db.session.commit()
    return job_id


def done(scene: Scene) -> JobRun:
    """Do everything that was asked for; the last job."""
    for job_id, token in claim(scene.now, 10, LEASE):
        perform(scene.hands, job_id, token)
    found: JobRun = rows(JobRun)[-1]
    return found


@pytest.fixture
def nothing_asked(cast: Cast) -> Cast:
    """The cast, after the derivation that their role page asked for."""
    db.session.query(JobRun).delete()
    db.session.commit()
    return cast


def test_what_is_done_can_be_asked_for_again(scene: Scene, nothing_asked: Cast) -> None:
    first = ask(scene, jobs.REMAP)
    done(scene)
    assert ask(scene, jobs.REMAP) != first


def test_two_workers_share_the_jobs_and_never_one_job(scene: Scene, nothing_asked: Cast) -> None:
    for n in range(8):
        ask(scene, jobs.PREVIEW, f"https://{n}.example")

    def take(_: int) -> list[int]:
        with scene.app.app_context():
            return [job_id for _ in range(4) for job_id, _ in claim(scene.now, 2, LEASE)]

    with ThreadPoolExecutor(2) as pool:
        taken = [one for each in pool.map(take, range(2)) for one in each]
    assert sorted(taken) == [row.id for row in rows(JobRun)]


def test_a_killed_workers_job_is_given_out_again_and_given_up_in_the_end(scene: Scene, nothing_asked: Cast) -> None:
    ask(scene, jobs.REMAP)
    tokens = set()
    for _ in range(ATTEMPTS):
        [(_, token)] = claim(scene.now, 1, LEASE)
        assert claim(scene.now, 1, LEASE) == []
        tokens.add(token)
        scene.later(minutes=5)
    assert (len(tokens), claim(scene.now, 1, LEASE)) == (ATTEMPTS, [])
    [job] = rows(JobRun)
    assert (job.state, job.line) == (WorkState.FAILED, "given up: it was cut off every time")


def test_who_lost_the_job_does_not_end_it(scene: Scene, nothing_asked: Cast) -> None:
    ask(scene, jobs.REMAP)
    [(job_id, zombie)] = claim(scene.now, 1, LEASE)
    scene.later(minutes=6)
    [(_, heir)] = claim(scene.now, 1, LEASE)
    perform(scene.hands, job_id, zombie)
    assert rows(JobRun)[0].state is WorkState.RUNNING
    perform(scene.hands, job_id, heir)
    assert rows(JobRun)[0].state is WorkState.DONE


def test_what_a_preview_showed_is_forgotten_soon(scene: Scene, nothing_asked: Cast) -> None:
    scene.blogs.posts(BLOG, 1, OFF_TOPIC)
    ask(scene, jobs.PREVIEW, BLOG, nothing_asked.asha.id, address=BLOG, author="")
    assert [item["title"] for item in done(scene).payload["result"]["items"]] == ["Post 0"]
    scene.later(minutes=59)
    scene.sweeps()
    assert len(rows(JobRun)) == 1
    scene.later(minutes=2)
    scene.sweeps()
    assert rows(JobRun) == []


def test_sync_now_reads_one_address_and_tells_what_came(scene: Scene, nothing_asked: Cast) -> None:
    account = scene.connects(nothing_asked.asha)
    scene.connects(nothing_asked.lena, "https://other.example/feed")
    scene.blogs.posts(BLOG, 3)
    scene.blogs.posts(BLOG, 1, OFF_TOPIC)
    ask(scene, jobs.PULL, str(account.subscription_id), nothing_asked.asha.id)
    job = done(scene)
    assert (job.state, job.line) == (WorkState.DONE, "4 seen: 3 new, 0 changed, 1 not kept")
    assert (job.payload["result"]["platforms"]["feed"]["new"], len(scene.blogs.asked)) == (3, 1)

    ask(scene, jobs.PULL, str(account.subscription_id))
    assert done(scene).line == "nothing new"
    scene.blogs.says(BLOG, TryLater("the server answers 502"))
    ask(scene, jobs.PULL, str(account.subscription_id))
    assert done(scene).line == "the server answers 502"


def test_the_live_line_tells_what_is_under_way_and_keeps_the_lease(scene: Scene, nothing_asked: Cast) -> None:
    account = scene.connects(nothing_asked.asha)
    seen: list[tuple[str, int, Any]] = []

    def look() -> None:
        job = db.session.get_one(JobRun, job_id)
        seen.append((job.line, job.done, job.lease_until))

    job_id = ask(scene, jobs.PULL, str(account.subscription_id))
    scene.blogs.meanwhile(lambda: scene.elsewhere(look))
    [(_, token)] = claim(scene.now, 1, LEASE)
    scene.later(minutes=4)
    perform(scene.hands, job_id, token)
    assert seen == [("asking …", 0, scene.now + LEASE)]


def test_a_preview_shows_what_would_be_kept_and_stores_nothing(scene: Scene, nothing_asked: Cast) -> None:
    scene.blogs.posts(BLOG, 2)
    scene.blogs.posts(BLOG, 1, OFF_TOPIC)
    job_id = ask(scene, jobs.PREVIEW, BLOG, nothing_asked.asha.id, address=BLOG, author="", platform=Platform.FEED)
    before = dump(*(name for name in db.metadata.tables if name != "job_run"))
    job = done(scene)
    assert dump(*(name for name in db.metadata.tables if name != "job_run")) == before
    assert (job.line, job.payload["result"]["seen"], job.payload["result"]["kept"]) == (
        "3 seen, 2 would be kept",
        3,
        2,
    )
    assert jobs.own(job_id, jobs.PREVIEW, nothing_asked.asha.id).id == job_id
    with pytest.raises(Missing):
        jobs.own(job_id, jobs.PREVIEW, nothing_asked.sven.id)


def test_a_preview_of_what_cannot_be_read_says_why(scene: Scene, nothing_asked: Cast) -> None:
    scene.blogs.says(BLOG, TryLater("not a feed"))
    ask(scene, jobs.PREVIEW, BLOG, address=BLOG)
    job = done(scene)
    assert (job.state, job.line, job.payload["result"]["problem"]) == (WorkState.DONE, "not a feed", "not a feed")


def test_a_fault_of_ours_ends_the_job_in_words(
    scene: Scene, nothing_asked: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    scene.blogs.says(BLOG, ZeroDivisionError("a slip"))
    ask(scene, jobs.PREVIEW, BLOG, address=BLOG)
    job = done(scene)
    assert (job.state, job.line) == (WorkState.FAILED, "a fault of ours, it is in the log: ZeroDivisionError")
    assert "a slip" in caplog.text


def test_evidence_is_derived_anew_when_the_rules_changed_and_only_then(scene: Scene, nothing_asked: Cast) -> None:
    scene.connects(nothing_asked.asha)
    scene.blogs.posts(BLOG, 3)
    scene.sweeps()
    ask(scene, jobs.REMAP)
    done(scene)
    remap_when_stale(scene.hands)
    assert [row.state for row in rows(JobRun)] == [WorkState.DONE]

    ladder_import.correct(expectation("advocacy"), None, "", None, scene.now)
    db.session.commit()
    assert (done(scene).line, rows(Evidence), generations.is_stale(scene.rules.fingerprint)) == (
        "3 activities derived anew",
        [],
        False,
    )


def test_what_is_corrected_while_evidence_is_derived_anew_is_derived_after(
    scene: Scene, nothing_asked: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene.connects(nothing_asked.asha)
    scene.blogs.posts(BLOG, 3)
    scene.sweeps()
    ask(scene, jobs.REMAP)
    sentence = expectation("advocacy")
    db.session.rollback()

    def corrected(rules: Any, clock: Any, report: Any) -> int:
        number = before(rules, clock, report)
        scene.elsewhere(lambda: ladder_import.correct(sentence, None, "", None, scene.now))
        return number

    before = remap_if_stale
    with monkeypatch.context() as patch:
        patch.setattr("ingest.jobs.remap_if_stale", corrected)
        done(scene)
    assert [row.state for row in rows(JobRun)] == [WorkState.DONE, WorkState.WAITING]
    done(scene)
    assert (rows(Evidence), len(rows(Generation))) == ([], 3)

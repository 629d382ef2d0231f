"""What others do in a thread: followed without being an edit, and not forgotten when a list tells less."""

from advocacy.domain.activity import NO_THREAD, Thread, ThreadRole
from advocacy.models import db
from advocacy.models.activities import ActivityRow
from tests.cast import Cast
from tests.ingest.scene import BLOG, Scene, dump, rows, statements, writes

KNOWN = Thread(role=ThreadRole.ANSWERED, replies=4, participants=3, accepted=True, rank=1)


def told(scene: Scene) -> tuple[object, ...]:
    db.session.rollback()
    [row] = rows(ActivityRow)
    return (row.role, row.replies, row.participants, row.accepted, row.rank, row.changes)


def begins(scene: Scene, cast: Cast, thread: Thread) -> None:
    scene.blogs.rereads = True
    scene.connects(cast.asha)
    scene.blogs.posts(BLOG, 1, thread=thread)
    scene.sweeps()
    scene.later(hours=2)


def test_another_reply_is_news_and_no_edit(scene: Scene, cast: Cast) -> None:
    begins(scene, cast, KNOWN)
    scene.blogs.edits(
        BLOG, 0, thread=Thread(role=ThreadRole.ANSWERED, replies=5, participants=4, accepted=True, rank=2)
    )
    assert scene.sweeps()[BLOG].changed == 0
    assert told(scene) == (ThreadRole.ANSWERED, 5, 4, True, 2, 0)


def test_a_list_that_tells_less_takes_nothing_away_and_writes_nothing(scene: Scene, cast: Cast) -> None:
    begins(scene, cast, KNOWN)
    scene.blogs.edits(BLOG, 0, thread=NO_THREAD)
    before = dump()
    with statements() as sent:
        assert scene.sweeps()[BLOG].same == 1
    assert (writes(sent), dump()) == ([], before)


def test_an_edit_read_from_such_a_list_keeps_the_thread(scene: Scene, cast: Cast) -> None:
    begins(scene, cast, KNOWN)
    scene.blogs.edits(BLOG, 0, thread=Thread(accepted=False), title="Another title")
    scene.sweeps()
    assert told(scene) == (ThreadRole.ANSWERED, 4, 3, False, 1, 1)

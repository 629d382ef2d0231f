"""A person's year on X: posts, reposts, quotes, talk with strangers, quick edits, second thoughts."""

from datetime import datetime, timedelta

from advocacy.domain.activity import Platform
from ingest.loopback.simulation_script import STRANGERS, Script
from ingest.loopback.simulation_words import LATER
from ingest.loopback.world import Message

BEFORE = timedelta(days=40)  #: so much was said before anybody read it
QUIET_END = timedelta(days=3)  #: nothing is left open when the year ends
SCORES = (0.05, 1.5, 4.0)  #: days after which others have had their say
EDIT = timedelta(minutes=40)  #: the platform allows an hour
REGRET = timedelta(days=3)
LATE_REGRET = timedelta(days=45)
AT_ONCE = timedelta(minutes=12)


def tweet(script: Script, handle: str, days: tuple[float, float] = (1.0, 5.0)) -> None:
    """Let somebody post through the year."""
    for at in script.moments(script.since - BEFORE, script.until - QUIET_END, days):
        script.then(at, lambda at: _one(script, handle, at))


def gush(script: Script, handle: str, since: datetime, count: int) -> None:
    """Let somebody post so often in four days that it costs more than the month has."""
    for number in range(count):
        at = since + timedelta(hours=4 * number + script.dice.random())
        script.then(at, lambda at: script.world.says(Platform.X, handle, at, script.words.work()))


def _one(script: Script, handle: str, at: datetime) -> None:
    roll = script.dice.random()
    if script.is_silent(Platform.X, handle, at):
        return
    if roll < 0.06:
        _repost(script, handle, at)
    elif roll < 0.12:
        _quote(script, handle, at)
    elif roll < 0.35:
        script.world.says(Platform.X, handle, at, script.words.life())
    else:
        _post(script, handle, at)


def _post(script: Script, handle: str, at: datetime) -> None:
    about = LATER if script.chance(0.08) else ""
    post = script.world.says(Platform.X, handle, at, script.words.work(about))
    script.scores(post, SCORES)
    roll = script.dice.random()
    if roll < 0.10:
        script.edit(post, EDIT, script.words.work(about))
    elif roll < 0.18:
        post.deleted_at = at + REGRET
    elif roll < 0.22:
        post.deleted_at = at + LATE_REGRET
    elif roll < 0.26:
        post.deleted_at = at + AT_ONCE
    else:
        _talk(script, handle, post)


def _talk(script: Script, handle: str, post: Message) -> None:
    """Strangers answer, and now and then the author answers them."""
    for number in range(script.dice.randint(0, 4)):
        script.then(post.at + timedelta(hours=2 + number), lambda at: _answer(script, handle, post, at))


def _answer(script: Script, handle: str, post: Message, at: datetime) -> None:
    reply = script.world.says(Platform.X, script.dice.choice(STRANGERS), at, script.words.stranger(), answers=post)
    if script.chance(0.4):
        own = script.words.work()
        script.then(
            at + timedelta(minutes=30), lambda at: script.world.says(Platform.X, handle, at, own, answers=reply)
        )


def _repost(script: Script, handle: str, at: datetime) -> None:
    theirs = script.world.says(Platform.X, script.dice.choice(STRANGERS), at - timedelta(hours=1), script.words.work())
    script.world.says(Platform.X, handle, at, theirs.versions[0][1], reposts=theirs.id)


def _quote(script: Script, handle: str, at: datetime) -> None:
    theirs = script.world.says(Platform.X, script.dice.choice(STRANGERS), at - timedelta(hours=1), script.words.life())
    quote = script.world.says(Platform.X, handle, at, script.words.work(), quotes=theirs.id)
    script.scores(quote, SCORES)

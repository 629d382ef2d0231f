"""A person's year on Reddit: threads of their own and others', comments, edits after weeks, deletions, removals."""

from datetime import datetime, timedelta

from advocacy.domain.activity import Platform
from ingest.loopback.simulation_script import STRANGERS, Script
from ingest.loopback.simulation_words import LATER
from ingest.loopback.simulation_x import AT_ONCE, BEFORE, QUIET_END
from ingest.loopback.world import Message

WORK_PLACES = ("kubernetes", "devops", "selfhosted")
LIFE_PLACES = ("Breadit", "bicycling")
SCORES = (0.2, 2.0, 6.0, 20.0)
LONGEST_TALK = timedelta(days=3)


def discuss(script: Script, handle: str, days: tuple[float, float] = (2.0, 7.0)) -> None:
    """Let somebody post and comment through the year."""
    for at in script.moments(script.since - BEFORE, script.until - QUIET_END, days):
        script.then(at, lambda at: _one(script, handle, at))


def _one(script: Script, handle: str, at: datetime) -> None:
    roll = script.dice.random()
    if roll < 0.25:
        place = script.dice.choice(LIFE_PLACES)
        script.world.says(Platform.REDDIT, handle, at, script.words.life(), title=script.words.life(), channel=place)
    elif roll < 0.6:
        _thread(script, handle, at)
    else:
        _comment(script, handle, at)


def _thread(script: Script, handle: str, at: datetime) -> None:
    about = LATER if script.chance(0.08) else ""
    title = f"{LATER}, anybody?" if about else script.words.title()
    place = LIFE_PLACES[0] if about else script.dice.choice(WORK_PLACES)
    post = script.world.says(Platform.REDDIT, handle, at, script.words.work(about), title=title, channel=place)
    script.scores(post, SCORES)
    if _fate(script, post, about):
        for _ in range(script.dice.randint(0, 6)):
            later = at + timedelta(seconds=script.dice.uniform(600, LONGEST_TALK.total_seconds()))
            script.then(later.replace(microsecond=0), lambda at: _reply(script, handle, post, at))


def _reply(script: Script, handle: str, post: Message, at: datetime) -> None:
    """A stranger says something; now and then the author goes on."""
    theirs = _stranger(script, post, at)
    if script.chance(0.4):
        later = at + timedelta(hours=script.dice.randint(1, 9))
        script.then(later, lambda at: _say(script, handle, theirs, at))


def _comment(script: Script, handle: str, at: datetime) -> None:
    """Join somebody else's thread, where others may answer."""
    stranger, place = script.dice.choice(STRANGERS), script.dice.choice(WORK_PLACES)
    title = script.words.title()
    theirs = script.world.says(
        Platform.REDDIT, stranger, at - timedelta(hours=5), script.words.stranger(), title=title, channel=place
    )
    said = _say(script, handle, theirs, at)
    if said.deleted_at is None and script.chance(0.5):
        script.then(at + timedelta(hours=3), lambda at: _stranger(script, said, at))


def _say(script: Script, handle: str, answers: Message, at: datetime) -> Message:
    said = script.world.says(Platform.REDDIT, handle, at, script.words.work(), answers=answers)
    script.scores(said, SCORES)
    _fate(script, said, "")
    return said


def _stranger(script: Script, answers: Message, at: datetime) -> Message:
    stranger = script.dice.choice(STRANGERS)
    return script.world.says(Platform.REDDIT, stranger, at, script.words.stranger(), answers=answers)


def _fate(script: Script, message: Message, about: str) -> bool:
    """What its author or a moderator makes of it; whether it stays."""
    roll = script.dice.random()
    if roll < 0.08:
        script.edit(message, timedelta(days=script.dice.choice((1, 9, 33))), script.words.work(about))
    elif roll < 0.14:
        message.deleted_at = message.at + timedelta(days=script.dice.choice((5, 30)))
    elif roll < 0.18:
        message.removed_at = message.at + timedelta(days=5)
    elif roll < 0.21:
        message.deleted_at = message.at + AT_ONCE
    else:
        return True
    return False

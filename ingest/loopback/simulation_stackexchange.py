"""A person's year on a site of Stack Exchange: questions, answers among rivals, acceptance, edits, deletions."""

from datetime import datetime, timedelta

from advocacy.domain.activity import Kind, Platform
from ingest.loopback.simulation_script import STRANGERS, Script
from ingest.loopback.simulation_x import BEFORE, QUIET_END
from ingest.loopback.world import Message

SE = Platform.STACKEXCHANGE
SCORES = (0.3, 2.0, 5.0, 15.0)
TAGS = ("kubernetes", "openebs")


def answer(script: Script, handle: str, days: tuple[float, float] = (4.0, 12.0)) -> None:
    """Let somebody ask and answer through the year on the site that stands in their handle."""
    site = handle.partition("/")[0]
    for at in script.moments(script.since - BEFORE, script.until - 5 * QUIET_END, days):
        script.then(at, lambda at: _one(script, handle, site, at))


def _one(script: Script, handle: str, site: str, at: datetime) -> None:
    """Either their own question with a stranger's answer, or a stranger's with theirs and its rivals."""
    asks = script.chance(0.3)
    asker = handle if asks else _stranger(script, site)
    question = script.world.says(
        SE, asker, at, script.words.work(), kind=Kind.QUESTION, title=script.words.title(), channel=site, tags=TAGS
    )
    script.scores(question, SCORES)
    answers = [] if asks else [handle]
    answers += [_stranger(script, site) for _ in range(script.dice.randint(0, 3))]
    script.dice.shuffle(answers)
    for number, author in enumerate(dict.fromkeys(answers)):
        later = at + timedelta(hours=2 + 7 * number)
        script.then(later, lambda at, author=author: _answer(script, author, question, at))  # type: ignore[misc]
    script.then(at + timedelta(days=4), lambda at: _accept(script, question, at))
    if asks and script.chance(0.1):
        question.deleted_at = at + timedelta(days=9)


def _answer(script: Script, author: str, question: Message, at: datetime) -> None:
    said = script.world.says(SE, author, at, script.words.work(), answers=question, kind=Kind.ANSWER)
    script.scores(said, SCORES)
    roll = script.dice.random()
    if roll < 0.12:
        script.edit(said, timedelta(days=script.dice.choice((1, 24))), script.words.work())
    elif roll < 0.18:
        said.deleted_at = at + timedelta(days=6)


def _accept(script: Script, question: Message, at: datetime) -> None:
    """The asker accepts one of what is there, or nothing."""
    lasting = [one for one in script.world.replies(question, at) if one.deleted_at is None]
    if lasting and question.deleted_at is None and script.chance(0.7):
        script.dice.choice(lasting).accepted_at = at


def _stranger(script: Script, site: str) -> str:
    return f"{site}/{900_000 + script.dice.randrange(len(STRANGERS))}"

"""A person's year on their blog, and where they carry each article: to X and to Reddit, one work in three places."""

from datetime import datetime, timedelta

from advocacy.domain.activity import Kind, Platform
from ingest.loopback.simulation_reddit import WORK_PLACES
from ingest.loopback.simulation_script import Script
from ingest.loopback.simulation_x import BEFORE, QUIET_END


def write(script: Script, name: str, x: str, reddit: str, days: tuple[float, float] = (10.0, 30.0)) -> None:
    """Let somebody publish through the year; an empty handle means that it is not carried there."""
    for at in script.moments(script.since - BEFORE, script.until - 2 * QUIET_END, days):
        script.then(at, lambda at: _article(script, name, x, reddit, at))


def _article(script: Script, name: str, x: str, reddit: str, at: datetime) -> None:
    title = script.words.life() if script.chance(0.2) else script.words.title()
    slug = f"{at:%Y-%m-%d-%H%M}"
    text = script.words.life() if title.endswith(".") else script.words.work()
    link = f"https://{name}.example/{slug}"
    post = script.world.says(
        Platform.FEED, name, at, text, kind=Kind.ARTICLE, title=title, id=f"{name}/{slug}", link=link
    )
    if title.endswith("."):
        return
    if script.chance(0.15):
        script.edit(post, timedelta(days=2), script.words.work())
    if x and script.chance(0.6):
        words = f"New on my blog: {title}"
        script.then(at + timedelta(hours=1), lambda at: script.world.says(Platform.X, x, at, words, link=link))
    if reddit and script.chance(0.5):
        place = script.dice.choice(WORK_PLACES)
        script.then(
            at + timedelta(hours=6),
            lambda at: script.world.says(Platform.REDDIT, reddit, at, "", title=title, channel=place, link=link),
        )

"""A large staff on one platform: a world in which they speak, and an installation that reads them."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa

from advocacy.domain.activity import Kind, Platform
from advocacy.models import bulk
from advocacy.models.accounts import Account, Subscription
from advocacy.models.base import db
from advocacy.models.people import Person
from benchmarks.databases import NOW
from ingest.loopback.world import World

SITE = "stackoverflow.com"
JOINED = NOW - timedelta(days=2000)
COMMUNITIES = ("kubernetes", "devops", "selfhosted", "homelab", "sysadmin")
WORDS = "How OpenEBS Mayastor serves stateful workloads on Kubernetes"


def handle_of(platform: Platform, number: int) -> str:
    """Somebody's handle in the world; on X and Reddit of 8 to 15 letters, as people have them."""
    if platform is Platform.STACKEXCHANGE:
        return f"{SITE}/{1000 + number}"
    return f"{'abcdefghijklmno'[: 3 + number * 7 % 8]}{number:05}"


def address_of(platform: Platform, number: int, base: str) -> str:
    """The same as it is connected; a blog stands below the loopback server's address."""
    handle = handle_of(platform, number)
    if platform is Platform.STACKEXCHANGE:
        return f"https://{SITE}/users/{1000 + number}"
    return f"{base}feed/{handle}/feed.xml" if platform is Platform.FEED else handle


def world(platform: Platform, people: int, posts: int) -> World:
    """So many people, each of whom said so much in the last days; every second of them one thing less."""
    made = World()
    for number in range(people):
        made.joins(platform, handle_of(platform, number), JOINED)
        for post in range(posts - number % 2):
            speak(made, platform, number, NOW - timedelta(hours=1 + post * 4, seconds=number * 13 % 10_000))
    return made


def speak(there: World, platform: Platform, number: int, at: datetime) -> None:
    """Let somebody say something that is kept."""
    handle = handle_of(platform, number)
    if platform is Platform.STACKEXCHANGE:
        asked = there.says(
            platform, f"{SITE}/900", at, WORDS, kind=Kind.QUESTION, title=WORDS, channel=SITE, tags=("kubernetes",)
        )
        there.says(platform, handle, at, WORDS, kind=Kind.ANSWER, answers=asked)
    elif platform is Platform.REDDIT:
        place = COMMUNITIES[number % len(COMMUNITIES)]
        there.says(platform, handle, at, WORDS, title=f"{WORDS} {at:%d %H}", channel=place)
    elif platform is Platform.FEED:
        link = f"https://{handle}.example/{at:%Y%m%d%H}"
        there.says(platform, handle, at, WORDS, kind=Kind.ARTICLE, title=WORDS, id=link, link=link)
    else:
        there.says(platform, handle, at, WORDS)


def connect(platform: Platform, people: int, base: str) -> None:
    """Take them in, each with an account that is due; commit."""
    told = [(f"one{n}@example.org", f"One {n}", "UTC", None, NOW, None) for n in range(people)]
    bulk.insert(Person, ("email", "name", "zone", "password_hash", "created_at", "disabled_at"), told)
    ids = db.session.scalars(sa.select(Person.id).where(Person.email.like("one%")).order_by(Person.id)).all()
    addresses = [address_of(platform, number, base) for number in range(people)]
    given = {"platform": platform, "state_since": NOW, "next_due": NOW, "cursor": {}}
    db.session.execute(sa.insert(Subscription), [{**given, "address": address} for address in addresses])
    there = _numbers(platform)
    known = {"platform": platform, "created_at": NOW, "accepted_at": NOW}
    mine = [
        {**known, "person_id": person, "handle": address, "subscription_id": there[address]}
        for person, address in zip(ids, addresses, strict=True)
    ]
    db.session.execute(sa.insert(Account), mine)
    db.session.commit()


def _numbers(platform: Platform) -> dict[str, int]:
    query = sa.select(Subscription.address, Subscription.id).where(Subscription.platform == platform)
    return {row.address: row.id for row in db.session.execute(query)}


def characters(people: int) -> Iterator[int]:
    """The letters that each handle takes in a search on X, ` OR ` included."""
    yield from (len(f"from:{handle_of(Platform.X, number)} OR ") for number in range(people))


def some(people: int) -> Sequence[int]:
    """A tenth of them."""
    return range(0, people, 10)

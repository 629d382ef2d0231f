"""What the company's people say elsewhere than on blogs: drafts in `social/*.toml`, given their days by the seed."""

import random
import tomllib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any

from advocacy.domain.activity import Kind, Platform
from ingest.demo.company import COMPANY, Member
from ingest.demo.writing import Column, moment
from ingest.loopback.world import Message, World

_SHELF = files("ingest.demo") / "social"
JOINED = timedelta(days=1500)
AHEAD = 90  #: posts that are still to come while the demo is served
KEPT_QUIET = timedelta(days=40)  #: since when somebody's profile on Reddit is hidden


class Social:
    """Fills a world as of `anchor`; `blogs` are the columns that a share can point at, `address` the server's own."""

    def __init__(self, anchor: datetime, seed: int, blogs: Mapping[str, Column], address: str) -> None:
        self.world = World()
        self._anchor, self._seed, self._blogs, self._address = anchor, seed, blogs, address
        self._people = {member.first: member for member in COMPANY}
        for member in COMPANY:
            self._join(member)
        for draft in _shelf("x")["tweet"]:
            self._tweet(draft)
        for thread in _shelf("reddit")["thread"]:
            self._thread(thread)
        for question in _shelf("stackexchange")["question"]:
            self._question(question)
        for series in _shelf("x")["series"]:
            self._series(series)

    def _join(self, member: Member) -> None:
        for one in member.presences:
            joined = self.world.joins(one.platform, one.handle, self._anchor - JOINED, name=member.name)
            joined.hidden_from = self._anchor - KEPT_QUIET if one.hidden else None

    def _tweet(self, draft: Mapping[str, Any]) -> None:
        at = self._moment(draft, draft["text"])
        link = self._link(draft)
        said = self.world.says(Platform.X, self._handle(draft["who"], Platform.X), at, draft["text"], link=link)
        _liked(said, draft.get("likes", 2))
        if "gone" in draft:
            said.deleted_at = self._anchor - timedelta(days=draft["gone"])
        for number, words in enumerate(draft.get("others", ())):
            after = timedelta(minutes=50 + 40 * number)
            self.world.says(Platform.X, f"reader_{len(words)}", at + after, words, answers=said)

    def _series(self, series: Mapping[str, Any]) -> None:
        """Posts that appear while somebody looks at the demo."""
        handle = self._handle(series["who"], Platform.X)
        for number in range(1, AHEAD + 1):
            at = self._anchor + timedelta(minutes=series["ahead"] * number)
            self.world.says(Platform.X, handle, at, series["text"].format(minutes=10 + number))

    def _thread(self, draft: Mapping[str, Any]) -> None:
        at = self._moment(draft, draft["title"])
        told = {"title": draft["title"], "channel": draft["place"], "link": self._link(draft)}
        first = self.world.says(Platform.REDDIT, self._handle(draft["who"], Platform.REDDIT), at, draft["text"], **told)
        _liked(first, draft["score"])
        said = [first]
        for one in draft.get("say", ()):
            later = at + timedelta(hours=one["hours"])
            who = self._handle(one["who"], Platform.REDDIT)
            said.append(self.world.says(Platform.REDDIT, who, later, one["text"], answers=said[one.get("to", 0)]))
            _liked(said[-1], 2 + len(one["text"]) % 23)

    def _question(self, draft: Mapping[str, Any]) -> None:
        at, site = self._moment(draft, draft["title"]), draft["site"]
        told = {"title": draft["title"], "channel": site, "tags": tuple(draft["tags"]), "kind": Kind.QUESTION}
        asked = self.world.says(Platform.STACKEXCHANGE, self._on_site(draft["who"], site), at, draft["text"], **told)
        _liked(asked, draft["score"])
        for one in draft.get("answer", ()):
            who, later = self._on_site(one["who"], site), at + timedelta(hours=one["hours"])
            said = self.world.says(Platform.STACKEXCHANGE, who, later, one["text"], answers=asked, kind=Kind.ANSWER)
            _liked(said, one["score"])
            if one.get("accepted"):
                said.accepted_at = later + timedelta(hours=5)

    def _moment(self, draft: Mapping[str, Any], words: str) -> datetime:
        member = self._people.get(draft["who"])
        dice = random.Random(f"{self._seed} {words}")
        return moment(draft, member.zone if member else "Europe/Berlin", self._anchor, dice)

    def _link(self, draft: Mapping[str, Any]) -> str:
        """Where the post stands that is shared."""
        if "blog" not in draft:
            return ""
        blog, title = draft["blog"]
        post = next(post for post in self._blogs[blog].posts if post.title == title)
        return post.link or f"{self._address}blogs/{blog}/{post.slug}"

    def _handle(self, who: str, platform: Platform) -> str:
        """The company's own by their handle there, a stranger by their name."""
        return next(iter(self._handles(who, platform)), who)

    def _on_site(self, who: str, site: str) -> str:
        numbers = [handle for handle in self._handles(who, Platform.STACKEXCHANGE) if handle.startswith(site)]
        return numbers[0] if numbers else f"{site}/{700_000 + sum(map(ord, who))}"

    def _handles(self, who: str, platform: Platform) -> Sequence[str]:
        member = self._people.get(who)
        return [one.handle for one in member.presences if one.platform is platform] if member else []


def _liked(message: Message, score: int) -> None:
    """Half of it comes in the first hours, the rest within a day."""
    message.scores += [(message.at + timedelta(hours=2), score // 2), (message.at + timedelta(days=1), score)]


def _shelf(name: str) -> dict[str, Any]:
    return tomllib.loads((_SHELF / f"{name}.toml").read_text("utf-8"))

"""One person's whole profile, the newest first, until the mark of the last walk is met.

The new mark is adopted only then: the pages before remember where the walk stands, and one that broke off goes on from
there, after a look at what is new on top. It costs one page again.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from ingest.source import Cursor, Page, Polled, TryLater
from ingest.sources.reddit_client import Client
from ingest.sources.reddit_context import threads, worth_a_tree
from ingest.sources.reddit_items import BEGAN, Thing, text_of
from ingest.sources.reddit_listing import NEARLY_ALL, PAGE, Listing, created, read
from ingest.sources.reddit_memory import SHOWN, Memory, by_name, figures, is_news, memory
from ingest.sources.reddit_pages import translated
from ingest.sources.reddit_profile import has_anything

CEILING_WHY = (
    "Reddit shows about the newest 1,000 posts and comments of a person; the older ones come with the data export"
)
HIDDEN_WHY = "the profile hides its posts; its owner can show them in Reddit's settings, or give us the data export"
_ASK_AGAIN = timedelta(days=7)


class Walk:
    """Reads one address; `pages` may be asked for once.

    `heard` is how far the communities are heard from this walk on (0: not known); None when no communities are read.
    """

    def __init__(self, client: Client, polled: Polled, now: datetime, heard: int | None = None) -> None:
        self._client, self._address, self._now = client, polled.address, now
        self._is_anew = "again" in polled.cursor
        kept = memory(polled.cursor)
        self._known = kept.restarted() if self._is_anew else kept
        self._shown = {} if self._is_anew else by_name(kept.shown)
        self._stop = 0 if self._is_anew else kept.at
        self._since = _moment_of(polled)
        self._heard = heard
        self._state = replace(self._known, hidden=False)
        self._lowest = int(now.timestamp())  #: the moment down to which the walk has come

    def pages(self) -> Iterator[Page]:
        """Yield what was found, a request at a time; raise Unfit, or one of the named errors."""
        top = self._read("", SHOWN if self._stop or self._known.after else PAGE)
        if not top.things:
            yield self._nothing()
            return
        self._begin(top)
        yield from self._resumed(top) if self._known.after else self._down(top, is_top=True)

    def _resumed(self, page: Listing) -> Iterator[Page]:
        """Read what came on top of the walk that broke off, then go on below what it had read."""
        is_top = True
        while page.oldest > self._known.top and page.after:
            yield self._made(page, is_top, cursor=None)
            self._count(page)
            page, is_top = self._read(page.after, PAGE), False
        self._count(replace(page, things=tuple(one for one in page.things if created(one) > self._known.top)))
        yield self._made(page, is_top, cursor=self._stand(self._known.after))
        below = self._read(self._known.after, PAGE)
        if not below.things and page.after:
            below = self._read(page.after, PAGE)  # where the walk stood is gone: all the way again
        else:
            self._state = replace(self._state, count=self._state.count + self._known.count)
        yield from self._down(below, is_top=False)

    def _down(self, page: Listing, *, is_top: bool) -> Iterator[Page]:
        """Go on until the mark is met, or the listing ends."""
        asked = set[str]()
        while True:
            self._count(page)
            if self._is_met() or not page.after:
                yield self._last(page, is_top)
                return
            yield self._made(page, is_top, cursor=self._stand(page.after))
            if page.after in asked:
                raise TryLater("Reddit's listing goes in a circle")
            asked.add(page.after)
            page, is_top = self._read(page.after, PAGE), False

    def _count(self, page: Listing) -> None:
        self._state = replace(self._state, count=self._state.count + len(page.things))
        self._lowest = page.oldest or self._lowest

    def _read(self, after: str, limit: int) -> Listing:
        return read(self._client, f"user/{self._address}/overview", self._now, after, limit)

    def _begin(self, top: Listing) -> None:
        lines = [self._line(thing) for thing in top.things[:SHOWN]]
        self._state = replace(self._state, top=max(top.newest, self._stop), top_shown=tuple(lines), count=0)

    def _line(self, thing: Thing) -> str:
        """What is remembered of a thing: what was told of it last, so that a slow drift adds up to news."""
        line, before = figures(thing), self._shown.get(text_of(thing, "name"))
        return line if before is None or is_news(line, before) else before

    def _is_met(self) -> bool:
        """Whether the walk came down to the mark, or to the day before which nobody wants anything."""
        return self._lowest <= max(self._stop, self._since)

    def _stand(self, after: str) -> Cursor:
        return replace(self._state, after=after).cursor()

    def _last(self, page: Listing, is_top: bool) -> Page:
        """The page that ends the walk, with the new mark and what is covered by it."""
        done = self._read_whole(self._state.finished())
        is_same = done == self._known and not self._is_anew
        return self._covered(self._made(page, is_top, cursor=None if is_same else done.cursor()))

    def _read_whole(self, done: Memory) -> Memory:
        """The same with the moment from which the communities may stand for the profile."""
        if self._heard is None:
            return done
        return replace(done, whole=int(self._now.timestamp()), heard=max(self._heard, done.heard))

    def _covered(self, made: Page) -> Page:
        """The same with what the walk showed: nothing to be told when it met its mark, as nearly always."""
        if self._lowest <= self._stop:
            return replace(made, covers_from=_at(self._stop)) if self._known.hidden else made
        if self._lowest <= self._since:
            return replace(made, covers_from=_at(self._since))
        if self._state.count < NEARLY_ALL:
            return replace(made, covers_from=BEGAN)
        why = "more was written since the last visit than Reddit shows" if 0 < self._known.at < self._lowest else ""
        return replace(made, covers_from=_at(self._lowest), covers_why=CEILING_WHY, gap=why)

    def _made(self, page: Listing, is_top: bool, cursor: Cursor | None) -> Page:
        window = self._window(page) if is_top else 0
        fresh = [thing for place, thing in enumerate(page.things) if self._is_fresh(thing, place < window)]
        names = {text_of(thing, "name") for thing in fresh}
        found = translated(fresh, threads(self._client, worth_a_tree(page.things, names), self._now))
        return Page(
            address=self._address,
            activities=found.activities,
            unreadable=found.unreadable,
            gone=found.gone,
            cursor=cursor,
            cost=self._client.cost(),
        )

    def _window(self, page: Listing) -> int:
        """How many things stand on top down to the last that is remembered."""
        places = [place for place, thing in enumerate(page.things, 1) if text_of(thing, "name") in self._shown]
        return max(places, default=0)

    def _is_fresh(self, thing: Thing, is_within: bool) -> bool:
        """Whether there is news of it; among what is remembered also what came late, let through by a moderator."""
        before = self._shown.get(text_of(thing, "name"))
        if before is not None:
            return is_news(figures(thing), before)
        return is_within or created(thing) > self._stop

    def _nothing(self) -> Page:
        """An empty profile: nobody's posts were deleted by that. It shows nothing, or there is nothing."""
        known, now = self._known, int(self._now.timestamp())
        is_hidden = bool(known.at) or known.hidden
        if not is_hidden and now - known.asked >= _ASK_AGAIN.total_seconds():
            is_hidden = has_anything(self._client, self._address, self._now)
            known = replace(known, asked=now)
        done = self._read_whole(replace(known, hidden=is_hidden))
        cursor = done.cursor() if done != self._known or self._is_anew else None
        page = Page(address=self._address, activities=(), cursor=cursor, cost=self._client.cost())
        if is_hidden:
            return replace(page, covers_from=self._now, covers_why=HIDDEN_WHY, gap=HIDDEN_WHY)
        return replace(page, covers_from=BEGAN) if cursor is not None else page


def _at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _moment_of(polled: Polled) -> int:
    """The second before which nothing is wanted, a day early for the sake of all zones; 0: everything is."""
    if polled.since is None:
        return 0
    day = datetime(polled.since.year, polled.since.month, polled.since.day, tzinfo=UTC)
    return max(int((day - timedelta(days=1)).timestamp()), 0) if polled.since.year > BEGAN.year else 0

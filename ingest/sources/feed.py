"""Blogs and whatever else offers RSS, Atom, RDF or JSON Feed."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Self
from urllib.parse import urljoin

from advocacy.domain.activity import Activity, Kind, Platform
from advocacy.domain.links import canonical, link_key
from ingest.fetch import FetchError, Forbidden, Http, Response
from ingest.place import SHARED, Died, Exceeded, Place
from ingest.source import Cost, FreeOfCharge, Page, Polled, Profile, Purse, Refused, TryLater, Unreadable, options
from ingest.sources.feed_answers import failure, login_words, next_visit, no_feed_on
from ingest.sources.feed_dates import first_believable
from ingest.sources.feed_discovery import feed_of_page, is_empty, is_login, is_page, known_feed, likely_feed
from ingest.sources.feed_document import BadEntry, Document, Entry, NotAFeed
from ingest.sources.feed_identity import Known, host_of, known_from, known_of, lines_of, once, refs_of
from ingest.sources.feed_memory import Memory
from ingest.sources.feed_reading import read

_ACCEPT = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
SLIPPED = "the feed shows only its newest items, and none of those seen at the visit before"
_VIDEOS = frozenset({"youtube.com", "m.youtube.com"})


class FeedSource:
    """Reads one feed a time, asking only for what changed."""

    platform = Platform.FEED
    batch_size = 1

    def __init__(self, http: Http, place: Place = SHARED) -> None:
        self._http, self._place = http, place

    @classmethod
    def from_config(cls, config: Mapping[str, str], http: Http, purse: Purse = FreeOfCharge()) -> Self:
        """Make the reader ready; feeds need no keys."""
        options(cls.platform, config, {})
        return cls(http)

    def fetch(self, batch: Sequence[Polled], now: datetime) -> Iterator[Page]:
        """Yield one page for each subscription; raise one of the source errors."""
        for polled in batch:
            yield _Visit(self._http, self._place, polled, now).page()

    def profile(self, address: str, now: datetime) -> Profile:
        """What the page or the feed at the address shows, as it came: a code may stand anywhere in it."""
        try:
            answer = self._http.get(address)
        except FetchError as error:
            raise TryLater(str(error), cost=Cost(requests=error.requests, bytes=error.bytes)) from error
        cost = Cost(requests=answer.requests, bytes=answer.bytes)
        if answer.status != 200:
            raise Refused(f"the address answers {answer.status}", cost=cost)
        return Profile(id=address, about=answer.body.decode("utf-8", "replace"), url=answer.url, cost=cost)


class _Visit:
    """One pull of one subscription: ask, find the feed if it was a page, read, translate."""

    def __init__(self, http: Http, place: Place, polled: Polled, now: datetime) -> None:
        self._http, self._place, self._polled, self._now = http, place, polled, now
        self._memory = Memory.read(polled.cursor)
        self._cost = Cost()

    def page(self) -> Page:
        """Give what is new, or a page without activities when nothing changed."""
        memory = self._memory
        address = memory.feed or known_feed(self._polled.address) or self._polled.address
        answer = self._ask(address, memory.validators())
        if answer.status != 304 and is_page(answer.headers.get("content-type", "").lower(), answer.body):
            answer = self._feed_of(answer, address)
        else:
            memory.notice_move(answer.moved_to or "", self._now)
        if answer.status == 304:
            return self._not_modified(answer)
        fingerprint = hashlib.sha256(answer.body).hexdigest()
        is_same = fingerprint == memory.body and not memory.again
        memory.body = fingerprint
        memory.keep_validators(answer.headers)
        return self._unchanged(answer) if is_same else self._translated(answer)

    def _ask(self, address: str, headers: Mapping[str, str]) -> Response:
        try:
            answer = self._http.get(address, {"Accept": _ACCEPT, **headers})
        except Forbidden as error:
            raise Refused(f"this address cannot be read: {error}", cost=self._paid(error)) from error
        except FetchError as error:
            raise TryLater(str(error), cost=self._paid(error), unreachable=True) from error
        if failed := failure(answer, self._memory, self._now, self._paid(answer)):
            raise failed
        if answer.status != 304 and is_empty(answer.body):
            raise TryLater("the server answers with nothing at all", cost=self._cost)
        return answer

    def _paid(self, bill: Response | FetchError) -> Cost:
        self._cost = Cost(requests=self._cost.requests + bill.requests, bytes=self._cost.bytes + bill.bytes)
        return self._cost

    def _feed_of(self, page: Response, address: str) -> Response:
        """Ask for the feed that a page names, and remember where it was."""
        found = feed_of_page(page.body, page.url) or likely_feed(page.url)
        if is_login(page.body) and (self._memory.known or link_key(page.url) != link_key(address)):
            raise Refused(login_words(found), cost=self._cost)  # what it names may be anybody's, and ours may come back
        self._memory.forget_feed()
        if not found or found == address:
            raise Refused(no_feed_on(page.body), cost=self._cost, cursor=self._memory.cursor())
        answer = self._ask(found, {})
        if is_page(answer.headers.get("content-type", "").lower(), answer.body):
            raise Refused(f"not a feed, and {found}, which the page names, is none either", cost=self._cost)
        self._memory.feed = found
        return answer

    def _not_modified(self, answer: Response) -> Page:
        if not self._memory.validators():
            raise TryLater("the server says that nothing changed, and was not asked that", cost=self._cost)
        return self._unchanged(answer)

    def _unchanged(self, answer: Response) -> Page:
        cursor = self._memory.cursor()
        return Page(
            address=self._polled.address,
            activities=(),
            cursor=None if cursor == dict(self._polled.cursor) else cursor,
            cost=self._cost,
            next_at=next_visit(answer, None, self._now),
        )

    def _translated(self, answer: Response) -> Page:
        document = self._document(answer)
        memory, before = self._memory, known_from(self._memory.known)
        channel = host_of(document.site, answer.url, self._polled.address)
        entries = once(document.entries)
        refs = refs_of(entries, channel, before)
        made = [
            self._activity(f"feed:{ref}", entry, channel, answer.url, before.get(ref))
            for ref, entry in zip(refs, entries, strict=True)
        ]
        window = [_known(ref, entry, one) for ref, entry, one in zip(refs, entries, made, strict=True)]
        memory.known = lines_of(window, before)
        memory.again = False
        return Page(
            address=self._polled.address,
            activities=tuple(made),
            unreadable=tuple(map(_unreadable, document.bad)),
            cursor=memory.cursor(),
            covers_from=self._covers_from(made, document),
            gap=SLIPPED if before and refs and not before.keys() & set(refs) else "",
            cost=self._cost,
            next_at=next_visit(answer, document.ttl_minutes, self._now),
            title=document.title,
        )

    def _document(self, answer: Response) -> Document:
        content_type = answer.headers.get("content-type", "")
        try:
            return self._place.run(read, answer.body, content_type, answer.url)
        except NotAFeed as error:
            what = content_type.partition(";")[0].strip() or "an answer of no type"
            words = f"this is {error} ({what}); give the feed's own address"
            raise Refused(words, cost=self._cost) from error
        except Exceeded as error:
            words = f"this feed {error}; give the address of one with fewer or shorter items"
            raise Refused(words, cost=self._cost) from error
        except Died as error:
            raise TryLater(f"this feed could not be read: {error}", cost=self._cost) from error

    def _activity(self, ref: str, entry: Entry, channel: str, base: str, known: Known | None) -> Activity:
        told = first_believable((entry.published, entry.updated), self._now)
        seen = known.first_seen if known else ""
        return Activity(
            ref=ref,
            kind=Kind.POST if channel in _VIDEOS else Kind.ARTICLE,
            platform=Platform.FEED,
            at=told or (datetime.fromisoformat(seen) if seen else self._now),
            at_guessed=told is None,
            text=entry.text,
            channel=channel,
            url=_address(base, entry.link),
            title=entry.title,
            lang=entry.lang,
            metrics={} if entry.views is None else {"views": entry.views},
            authors=entry.authors,
        )

    def _covers_from(self, made: Sequence[Activity], document: Document) -> datetime | None:
        if not made and not document.bad:
            return None if document.is_broken else self._now
        return min((one.at for one in made if not one.at_guessed), default=None)


def _address(base: str, link: str) -> str:
    """A web address as seen from the feed; '' for none and for a broken one."""
    try:
        return canonical(urljoin(base, link)) if link else ""
    except ValueError:
        return ""


def _known(ref: str, entry: Entry, made: Activity) -> Known:
    return known_of(ref, entry, made.at.isoformat() if made.at_guessed else "")


def _unreadable(bad: BadEntry) -> Unreadable:
    mark = hashlib.sha256(bad.raw.encode()).hexdigest()[:40]
    return Unreadable(ref=f"feed:{mark}", reason=bad.reason, raw=bad.raw)

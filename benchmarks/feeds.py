"""What feeds cost: processor time from socket to activities, beside requests and lxml on the same bodies."""

import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import requests
from lxml import etree

from benchmarks.figure import Figure
from benchmarks.judging import PARAGRAPH
from ingest.fetch import Gate
from ingest.place import Place
from ingest.source import Polled
from ingest.sources.feed import FeedSource
from ingest.sources.feed_lenient import read_lenient
from ingest.sources.feed_reading import read as quickest

FEEDS, ITEMS, ROUNDS = 60, 25, 3
NOW = datetime(2026, 11, 23, tzinfo=UTC)
REAL = Path(__file__).parents[2] / "shared" / "data" / "feeds" / "real"
GATE = Gate((ip_network("127.0.0.0/8"),), user_agent="advocacy-benchmark")
LINK = '<a href="https://docs.example/{0}/">Section {0}</a>'
CODE = '<pre><code class="language-sh"><span class="nv">kubectl</span> <span class="k">get</span> pvc -A\n</code></pre>'


def figures() -> Iterator[Figure]:
    """Feeds made here and, where they are at hand, real ones; as they are read, and by feedparser alone."""
    made = {f"{number}.xml": _feed(number) for number in range(FEEDS)}
    yield from _sweeps("made feeds", made)
    if REAL.is_dir():
        yield from _sweeps("real feeds", {path.name: path.read_bytes() for path in sorted(REAL.iterdir())})


def _sweeps(name: str, bodies: Mapping[str, bytes]) -> Iterator[Figure]:
    """Milliseconds a feed from the socket, and milliseconds an item without the fetching."""
    with _served(bodies) as addresses:
        ours, items = _ours(addresses, Place())
        slow, _ = _ours(addresses, _FeedparserAlone())
        limit = _cpu(lambda: [etree.fromstring(body, _PARSER) for body in map(_got, addresses)])
        fetching = _cpu(lambda: [GATE.get(address) for address in addresses])
    parsing = _cpu(lambda: [etree.fromstring(body, _PARSER) for body in bodies.values()])
    yield _figure(f"sweep CPU a feed, {name}", ours, limit, len(bodies), "≤ 7, fast ≤ 1.6")
    yield _figure(f"the same by feedparser alone, {name}", slow, limit, len(bodies), "≤ 7")
    yield _figure(f"parse + map an item, {name}", ours - fetching, parsing, items, "(lxml: parse only)")


def _figure(name: str, ours: float, limit: float, count: int, aim: str) -> Figure:
    return Figure(name, ours / count * 1000, "ms", limit / count * 1000, ours / limit, aim)


class _FeedparserAlone(Place):
    """Reads as if there were no quick reader."""

    def run(self, read: Callable[..., Any], body: bytes, *args: Any, **kwargs: Any) -> Any:
        return super().run(read_lenient if read is quickest else read, body, *args, **kwargs)


_PARSER = etree.XMLParser(recover=True, huge_tree=True)
_session = requests.Session()


def _got(address: str) -> bytes:
    return _session.get(address, timeout=30).content


def _ours(addresses: Sequence[str], place: Place) -> tuple[float, int]:
    """Processor time of this process and of the one that reads, and how many items there were."""
    source, items = FeedSource(GATE, place), 0

    def sweep() -> None:
        nonlocal items
        pages = [page for address in addresses for page in source.fetch([Polled(address=address)], NOW)]
        items = sum(len(page.activities) for page in pages)

    spent = _cpu(sweep, also=partial(place.run, _inside, b""))
    place.close()
    return spent, items


def _inside(_: bytes) -> float:
    return time.process_time()


def _cpu(work: Callable[[], object], also: Callable[[], float] = lambda: 0.0) -> float:
    """The median seconds of some rounds after a warm-up, of this process and of what `also` tells of."""
    work()
    spent = []
    for _ in range(ROUNDS):
        start = time.process_time() + also()
        work()
        spent.append(time.process_time() + also() - start)
    return statistics.median(spent)


@contextmanager
def _served(bodies: Mapping[str, bytes]) -> Iterator[list[str]]:
    """Give the addresses of these bodies, served by a process whose time is not ours."""
    with tempfile.TemporaryDirectory() as folder:
        for name, body in bodies.items():
            (Path(folder) / name).write_bytes(body)
        command = [sys.executable, "-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "--directory", folder]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
            assert server.stdout is not None
            found = re.search(r"port (\d+)", server.stdout.readline())
            assert found is not None
            try:
                yield [f"http://127.0.0.1:{found[1]}/{name}" for name in bodies]
            finally:
                server.terminate()


def _feed(number: int) -> bytes:
    """A blog's RSS as WordPress writes it, of the real ones' shape: 25 items of 6 KB, a tag in 50 letters."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:slash="http://purl.org/rss/1.0/modules/slash/">\n<channel>\n'
        f'<title>Blog {number}</title>\n<atom:link href="https://b{number}.example/feed" rel="self" '
        f'type="application/rss+xml"/>\n<link>https://b{number}.example/</link>\n<language>en-GB</language>\n'
        f"{''.join(_item(number, item) for item in range(ITEMS))}</channel>\n</rss>"
    ).encode()


def _item(number: int, item: int) -> str:
    part = f"<h2>Step {item}</h2>\n<p>{PARAGRAPH * 2}</p>\n<p>{LINK.format(item)} says <em>more</em>.</p>\n{CODE}\n"
    link = f"https://b{number}.example/2026/{item}/"
    return (
        f"<item>\n<title>Post {item} &amp; more</title>\n<link>{link}</link>\n<dc:creator><![CDATA[Asha Rao]]>"
        f'</dc:creator>\n<pubDate>Tue, {item + 1:02} Sep 2026 10:00:00 +0000</pubDate>\n<guid isPermaLink="false">'
        f"{link}?p={item}</guid>\n<category><![CDATA[Kubernetes]]></category>\n<slash:comments>0</slash:comments>\n"
        f"<description><![CDATA[{PARAGRAPH}]]></description>\n"
        f"<content:encoded><![CDATA[{part * 6}]]></content:encoded>\n</item>\n"
    )

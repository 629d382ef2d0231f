"""Files that mean harm, or are broken: refused in words, small in memory, and nothing is ever written or followed."""

import io
import json
import struct
import time
import tracemalloc
import zipfile
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import IO

import pytest

from advocacy.domain.archive_kinds import ARCHIVE_KINDS
from advocacy.domain.normal import Unstorable, normal
from ingest import archive_registry, bundle
from ingest.bundle import BadArchive
from ingest.json_stream import JsonArray
from ingest.lines import LONGEST, Lines
from ingest.sheet import MOST_COLUMNS
from ingest.zip_directory import directory_size
from tests.ingest.archives.given import file, read, table, tweet, tweets, zipped

MEGABYTE = 2**20


class Endless:
    """A stream of one line of so many bytes, made as it is read."""

    def __init__(self, size: int, head: bytes = b"") -> None:
        self._left, self._head = size, head

    def readline(self, limit: int, /) -> bytes:
        if self._head:
            head, self._head = self._head, b""
            return head
        size = min(limit, self._left)
        self._left -= size
        return b"x" * size


def test_every_kind_has_its_reader_and_its_words() -> None:
    assert set(archive_registry.BY_KIND) == {one.kind for one in ARCHIVE_KINDS}
    assert all(one.read and one.never and one.where for one in ARCHIVE_KINDS)


@pytest.mark.parametrize(
    "name", ["../../evil/tweets.js", "/etc/tweets.js", "C:\\evil\\tweets.js", "data/../../tweets.js"]
)
def test_names_in_a_zip_are_only_names(tmp_path: Path, name: str) -> None:
    """They are looked for, never used as a path: whatever they say, nothing appears anywhere."""
    home = tmp_path / "home"
    home.mkdir()
    path = zipped(home / "x.zip", {name: tweets(tweet(1)), "data/tweets.js": tweets(tweet(2))})
    refs = {one.ref for one in read("x-archive", path).items}
    assert "x:2" in refs
    assert [one.name for one in tmp_path.rglob("*")] == ["home", "x.zip"]


def test_links_in_a_folder_are_not_followed(tmp_path: Path) -> None:
    file(tmp_path, "outside.js", tweets(tweet(9)))
    folder = tmp_path / "folder"
    file(folder, "data/tweets.js", tweets(tweet(1)))
    (folder / "data/tweets-part1.js").symlink_to(tmp_path / "outside.js")
    assert [one.ref for one in read("x-archive", folder).items] == ["x:1"]


def test_a_bomb_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made, made.open("data/tweets.js", "w") as member:
        for _ in range(40):
            member.write(b" " * MEGABYTE)
    with pytest.raises(BadArchive, match="unpacks to more than 200 times its size: it is not opened"):
        read("x-archive", path)


def test_a_member_that_is_larger_than_it_says_ends_where_it_said(tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.zip", {"data/tweets.js": tweets(*(tweet(n) for n in range(200)))})
    data = bytearray(path.read_bytes())
    at = data.rfind(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<L", 500)
    with pytest.raises(BadArchive, match="cannot be unpacked"):
        read("x-archive", file(tmp_path, "y.zip", bytes(data)))


def test_more_than_is_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle, "TOTAL_LIMIT", 1000)
    members = {f"data/tweets-part{n}.js": tweets(tweet(n)) for n in range(1, 4)}
    with pytest.raises(BadArchive, match="is larger than 2 GB: give it in parts"):
        read("x-archive", zipped(tmp_path / "x.zip", members))


def test_a_locked_zip_a_zip_of_zips_and_a_broken_one_are_told_in_words(tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.zip", {"data/tweets.js": tweets(tweet(1))})
    data = bytearray(path.read_bytes())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.rfind(mark) + place] |= 1
    with pytest.raises(BadArchive, match="locked with a password: unpack it, and give the folder"):
        read("x-archive", file(tmp_path, "locked.zip", bytes(data)))
    with pytest.raises(BadArchive, match="there are only zips in the zip: unpack it once"):
        read("x-archive", zipped(tmp_path / "nested.zip", {"twitter.zip": path.read_bytes()}))
    with pytest.raises(BadArchive, match=r"the zip is broken .*it may be cut short"):
        read("x-archive", file(tmp_path, "cut.zip", path.read_bytes()[:-30]))
    spoilt = bytearray(path.read_bytes())
    spoilt[60:90] = b"\xff" * 30
    with pytest.raises(BadArchive, match="cannot be unpacked.*Fetch the archive again"):
        read("x-archive", file(tmp_path, "spoilt.zip", bytes(spoilt)))


def test_a_list_of_files_as_large_as_memory_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = zipped(tmp_path / "x.zip", {f"{n}": "" for n in range(500)})
    with path.open("rb") as stream:
        size = directory_size(stream)
    assert 500 * 46 < size < path.stat().st_size
    monkeypatch.setattr(bundle, "DIRECTORY_LIMIT", size - 1)
    with pytest.raises(BadArchive, match="lists more files than any archive has"):
        read("x-archive", path)


@pytest.mark.parametrize("size", [0, 1, 21, 22, 100])
def test_the_size_of_no_list_is_none(size: int) -> None:
    assert directory_size(io.BytesIO(b"\xff" * size)) == 0


def test_a_line_of_a_gigabyte_takes_a_megabyte() -> None:
    lines = Lines(Endless(2**30))
    tracemalloc.start()
    (line,) = lines
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (len(line), lines.why_spoilt(1)) == (LONGEST, "the line is longer than 1 MB")
    assert peak < 8 * MEGABYTE


def test_a_long_line_costs_only_itself(tmp_path: Path) -> None:
    row = table(("date", "title"), ("2026-10-01", "Chaos"))
    path = file(tmp_path, "t.csv", row + f"2026-10-02,{'x' * (3 * MEGABYTE)}\n" + "2026-10-03,Order\n")
    found = read("csv", path)
    assert ([one.title for one in found.items], len(found.wrong)) == (["Chaos", "Order"], 1)
    lines = ['{"date": "2026-10-01", "title": "A"}', "x" * (3 * MEGABYTE), '{"date": "2026-10-01", "title": "B"}']
    found = read("jsonl", file(tmp_path, "t.jsonl", "\n".join(lines)))
    assert ([one.title for one in found.items], [one.where for one in found.wrong]) == (["A", "B"], ["t.jsonl line 2"])


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("\ufeffdate,title\n".encode("utf-16"), "the file is UTF-16: save it again as UTF-8"),
        (b"date," + b",".join(b"c%d" % n for n in range(50_000)) + b"\n", f"{MOST_COLUMNS} are the most that are read"),
        (b"\n\n\n", "is empty: its first line must name the columns"),
        (b"\x00\x01\x02\x03", "no column is a date"),
    ],
    ids=["utf-16", "50,000 columns", "empty", "noise"],
)
def test_what_is_no_table(tmp_path: Path, content: bytes, words: str) -> None:
    with pytest.raises(BadArchive, match=words):
        read("csv", file(tmp_path, "t.csv", content))


def test_rows_of_another_encoding_with_nul_or_too_many_cells(tmp_path: Path) -> None:
    rows = [
        "date,title",
        "2026-10-01,Gr\u00fc\u00dfe",
        "2026-10-02,Chaos",
        "2026-10-03," + "," * 50_000 + "x",
        "2026-10-04,a\x00b\x07c",
        '2026-10-05,"never closed',
    ]
    content = rows[0].encode() + b"\n" + rows[1].encode("latin-1") + b"\n" + "\n".join(rows[2:]).encode()
    found = read("csv", file(tmp_path, "t.csv", content))
    assert [normal(one).title for one in found.items] == ["Chaos", "abc", "never closed"]
    assert [(one.where, one.mend) for one in found.wrong] == [
        ("t.csv line 2", "save the table as CSV UTF-8"),
        (
            "t.csv line 4",
            "put quotes around cells that hold commas, quotes or line breaks, and double the quotes inside",
        ),
    ]


def test_a_quote_that_never_closes_loses_no_more_than_it_swallows(tmp_path: Path) -> None:
    good = "2026-10-01,Chaos\n"
    found = read("csv", file(tmp_path, "t.csv", "date,title\n" + good + '2026-10-02,"open\n' + good * 20_000))
    assert "is a quote not closed?" in found.wrong[0].what
    assert len(found.items) > 10_000


def test_formulas_are_words(tmp_path: Path) -> None:
    formula = '=HYPERLINK("https://evil.example";"x")'
    one = read("csv", file(tmp_path, "t.csv", table(("date", "title"), ("2026-10-01", formula)))).one
    assert one.title == formula


@pytest.mark.parametrize("kind", [one.kind for one in ARCHIVE_KINDS])
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        b"\x00" * 5000,
        b"window.YTD.tweets.part0 = [" + b'{"tweet": ' * 50_000,
        b"window.YTD.tweets.part0 = " + b"[" * 200_000,
        b'window.YTD.tweets.part0 = [{"tweet": {"id_str": "\\ud800", "full_text": "\\u0000", "created_at": 5}}]',
        b'{"sessions": 5, "speakers": [[]], "schedule": {"conference": {"days": [{"rooms": {"a": [5]}}]}}}',
        b'{"date": 1e999, "title": {"a": []}, "link": "https://[::1"}\n{"date": "2026-10-01", "title": "\\ud800"}',
        b"id,permalink,date,subreddit,title,url,body,link,parent\n,,,,,,,,\na,://[,2026-10-01,x,,http://[,b,c,d\n",
        b"Date,ShareLink,ShareCommentary,SharedUrl\n2026-10-01 08:00:00,http://[,x,http://[\n" + b'"' * 5001,
        b"BEGIN:VCALENDAR\r\n" * 500,
        b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:99999999\nRRULE:FREQ=SECONDLY\nSUMMARY:x\nEND:VEVENT\nEND:VCALENDAR\n",
    ],
    ids=list("abcdefghijkl"),
)
def test_noise_ends_in_words_or_in_items_that_can_be_stored(tmp_path: Path, kind: str, content: bytes) -> None:
    path = file(tmp_path, "given", content)
    started = time.monotonic()
    try:
        items = read(kind, path).items
    except BadArchive:
        items = []
    for one in items:
        with pytest.raises(Unstorable) if not one.ref else nullcontext():
            normal(one)
    assert time.monotonic() - started < 5


def test_a_large_calendar_is_read_in_time(tmp_path: Path) -> None:
    event = "BEGIN:VEVENT\nUID:%d\nSUMMARY:Chaos\nDTSTART:20261001T120000Z\nEND:VEVENT\n"
    text = "BEGIN:VCALENDAR\nVERSION:2.0\n" + "".join(event % n for n in range(3000)) + "END:VCALENDAR\n"
    started = time.monotonic()
    assert len(read("ics", file(tmp_path, "t.ics", text)).items) == 3000
    assert time.monotonic() - started < 20


def test_an_archive_of_300_megabytes_takes_no_more_memory_than_a_small_one() -> None:
    one = json.dumps({"tweet": tweet(1, "Kubernetes " * 20)}).encode()

    class Long:
        def __init__(self, count: int) -> None:
            self._parts = self._told(count)
            self._left = b""

        def _told(self, count: int) -> Iterator[bytes]:
            yield b"window.YTD.tweets.part0 = ["
            for number in range(count):
                yield one + (b"" if number == count - 1 else b",")
            yield b"]"

        def read(self, size: int) -> bytes:
            while len(self._left) < size and (part := next(self._parts, b"")):
                self._left += part
            data, self._left = self._left[:size], self._left[size:]
            return data

    peaks = []
    for count in (1_000, 60_000):
        tracemalloc.start()
        stream: IO[bytes] = Long(count)  # type: ignore[assignment]
        assert sum(1 for _ in JsonArray(stream)) == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.5 * peaks[0] + MEGABYTE

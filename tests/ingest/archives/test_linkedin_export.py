"""The copy of their data that LinkedIn gives its people: odd quotes, odd days."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from advocacy.domain.activity import Kind
from ingest.archives.linkedin_lines import moment
from ingest.bundle import BadArchive
from tests.ingest.archives.given import file, read, zipped

HEAD = "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\n"
LINK = "https://www.linkedin.com/feed/update/urn%3Ali%3Ashare%3A7001"
DOUBLED = (
    f'2026-10-01 08:00:00,{LINK},"Operators on Kubernetes""\n""\n""say ""hi"" to https://a.example",,,MEMBER_NETWORK\n'
)
BARE = f'2026-10-01 08:00:00,{LINK},"Operators on Kubernetes"\n""\n"second line",https://blog.example/a?utm_source=li,,ALL\n'
PLAIN = f'2026-10-02 08:00:00,{LINK[:-1]}2,"One, with a comma\nand a line",,,ALL\n'


@pytest.mark.parametrize(
    ("row", "text"),
    [
        (DOUBLED, 'Operators on Kubernetes\n\nsay "hi" to https://a.example'),
        (BARE, "Operators on Kubernetes\n\nsecond line"),
        (PLAIN, "One, with a comma\nand a line"),
    ],
    ids=["doubled", "bare", "plain"],
)
def test_the_lines_of_a_text_are_put_together(tmp_path: Path, row: str, text: str) -> None:
    found = read("linkedin-export", file(tmp_path, "Shares.csv", HEAD + row + PLAIN.replace("7002", "7009")))
    assert ([one.text for one in found.items][0], len(found.items), found.wrong) == (text, 2, [])


def test_a_share_is_known_by_its_number(tmp_path: Path) -> None:
    one = read("linkedin-export", file(tmp_path, "Shares.csv", HEAD + BARE)).one
    assert (one.ref, one.kind, one.shares) == ("linkedin:urn:li:share:7001", Kind.POST, ("https://blog.example/a",))


def test_comments_below_one_post_are_told_apart(tmp_path: Path) -> None:
    below = "https://www.linkedin.com/feed/update/urn%3Ali%3AugcPost%3A5"
    rows = f"Date,Link,Message\n2026-10-01 08:00:00,{below},Yes\n2026-10-01 09:00:00,{below},No\n"
    members = {"Comments.csv": rows, "Shares.csv": HEAD + PLAIN, "messages.csv": "not to be read"}
    path = zipped(tmp_path / "Basic_LinkedInDataExport.zip", members)
    found = read("linkedin-export", path)
    assert [one.kind for one in found.items] == [Kind.POST, Kind.REPLY, Kind.REPLY]
    refs = [one.ref for one in found.items[1:]]
    assert all(ref.startswith("linkedin:urn:li:ugcPost:5/") for ref in refs)
    assert len(set(refs)) == 2
    assert read("linkedin-export", path).items == found.items


@pytest.mark.parametrize(
    "words",
    ["2026-10-01 08:05:00", "2026-10-01 08:05:00 UTC", "2026-10-01 08:05", "10/01/26, 08:05 AM", "01 Oct 2026, 08:05"],
)
def test_days_are_written_in_many_ways(words: str) -> None:
    assert moment(words) == datetime(2026, 10, 1, 8, 5, tzinfo=UTC)


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    empty = f"2026-10-01 08:00:00,{LINK},,,,ALL\n"
    wrong = f"2026-13-45 08:00:00,{LINK},Text,,,ALL\n"
    found = read("linkedin-export", file(tmp_path, "Shares.csv", HEAD + empty + wrong + PLAIN))
    assert (len(found.items), len(found.skipped), [one.where for one in found.wrong]) == (1, 1, ["Shares.csv line 3"])
    with pytest.raises(BadArchive, match="neither Shares.csv nor Comments.csv"):
        read("linkedin-export", zipped(tmp_path / "x.zip", {"Connections.csv": ""}))

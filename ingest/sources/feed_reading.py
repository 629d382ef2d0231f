"""From a feed's bytes to what it says, by the reader that fits."""

from ingest.sources.feed_document import Document
from ingest.sources.feed_json import read_json
from ingest.sources.feed_plain import read_plain
from ingest.sources.feed_words import Unusual


def read(body: bytes, content_type: str, url: str) -> Document:
    """Read RSS, Atom, RDF or JSON Feed; raise NotAFeed. Relative links are read against `url`."""
    if body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        return read_json(body)
    try:
        return read_plain(body, content_type, url)
    except Unusual:
        from ingest.sources.feed_lenient import read_lenient  # loaded when the first needs it: 50 ms, 9 MB

        return read_lenient(body, content_type, url)

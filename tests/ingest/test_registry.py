"""What every registered source keeps to, whatever its platform answers."""

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from advocacy.domain.activity import Platform
from ingest.fetch import Forbidden, Http, Response, Unreachable
from ingest.registry import SOURCES
from ingest.source import Misconfigured, Page, Polled, Source, SourceError

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
CONFIG: Mapping[Platform, Mapping[str, str]] = {
    Platform.X: {"bearer_token": "secret"},
    Platform.REDDIT: {"client_id": "app", "client_secret": "hush"},
}
"""What the sources that need keys are configured with here."""

ADDRESS: Mapping[Platform, str] = {
    Platform.FEED: "https://somebody.example/",
    Platform.X: "asha_k",
    Platform.REDDIT: "asha_k",
    Platform.STACKEXCHANGE: "https://stackoverflow.com/users/22656",
}
"""An address of each platform."""

ANSWERS = {
    "nothing": (200, b""),
    "garbage": (200, b"\x00\xff\xfe garbage \x80"),
    "a web page": (200, b"<!doctype html><html><body>Hello</body></html>"),
    "odd JSON": (200, b'{"items": 7, "data": "x", "version": null}'),
    "a list": (200, b"[1, null, {}]"),
    "not modified": (304, b""),
    "no such thing": (404, b"no"),
    "keys refused": (401, b"no"),
    "plan refused": (402, b"no"),
    "too many": (429, b""),
    "a broken server": (500, b"<html>oops"),
}


class Answering:
    """An Http that gives the same answer, or raises the same error, whatever is asked."""

    def __init__(self, status: int = 200, body: bytes = b"", error: Exception | None = None) -> None:
        self._status, self._body, self._error = status, body, error

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Response:
        if self._error:
            raise self._error
        return Response(status=self._status, headers={}, body=self._body, url=url, bytes=len(self._body))

    def send(self, method: str, url: str, headers: Mapping[str, str] | None = None, body: bytes = b"") -> Response:
        return self.get(url, headers)


def ready(kind: type[Source], http: Http) -> Source:
    return kind.from_config(CONFIG.get(kind.platform, {}), http)


def outcome(source: Source) -> list[Page] | SourceError:
    try:
        return list(source.fetch([Polled(address=ADDRESS[source.platform])], NOW))
    except SourceError as error:
        return error


def test_every_platform_has_one_source() -> None:
    platforms = [source.platform for source in SOURCES]
    assert len(platforms) == len(set(platforms))


@pytest.mark.parametrize("kind", SOURCES, ids=lambda kind: kind.platform.value)
@pytest.mark.parametrize("answer", ANSWERS)
def test_only_named_errors_escape_and_pages_are_fit_to_store(kind: type[Source], answer: str) -> None:
    found = outcome(ready(kind, Answering(*ANSWERS[answer])))
    pages = found if isinstance(found, list) else []
    assert isinstance(found, SourceError) or {page.address for page in pages} <= {ADDRESS[kind.platform]}
    for activity in (activity for page in pages for activity in page.activities):
        assert activity.at.tzinfo is not None
        assert activity.platform is kind.platform


@pytest.mark.parametrize("kind", SOURCES, ids=lambda kind: kind.platform.value)
@pytest.mark.parametrize("error", [Unreachable("no answer"), Forbidden("not there")], ids=["unreachable", "forbidden"])
def test_trouble_on_the_way_becomes_a_named_error_in_words(kind: type[Source], error: Exception) -> None:
    found = outcome(ready(kind, Answering(error=error)))
    told = found if isinstance(found, SourceError) else next((page.error for page in found if page.error), None)
    assert isinstance(told, SourceError)
    assert str(told)


@pytest.mark.parametrize("kind", SOURCES, ids=lambda kind: kind.platform.value)
def test_a_batch_is_at_least_one(kind: type[Source]) -> None:
    assert kind.batch_size >= 1


@pytest.mark.parametrize("kind", SOURCES, ids=lambda kind: kind.platform.value)
def test_an_option_that_nobody_knows_is_named(kind: type[Source]) -> None:
    with pytest.raises(Misconfigured, match="COLOUR"):
        kind.from_config({**CONFIG.get(kind.platform, {}), "colour": "blue"}, Answering())

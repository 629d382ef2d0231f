"""What the first view costs the reader's connection."""

import gzip
from collections.abc import Callable

import pytest

from tests.browser.window import Window

pytestmark = pytest.mark.browser

ALL, DRESSING = 100_000, 50_000  #: bytes: everything; scripts and styles as a proxy would pack them


def test_the_first_view_of_home_is_light(window: Callable[..., Window]) -> None:
    one = window("asha")
    one.page.goto("/", wait_until="networkidle")
    bodies = {answer.url: (answer.request.resource_type, answer.body()) for answer in one.answers}
    dressing = sum(len(gzip.compress(body)) for kind, body in bodies.values() if kind in ("stylesheet", "script"))
    assert sum(len(body) for _, body in bodies.values()) < ALL
    assert 0 < dressing <= DRESSING

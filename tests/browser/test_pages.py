"""Every page, for every role, in both themes and both widths: readable by all, quiet, and within the window."""

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import product

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser import probes
from tests.browser.pages import PAGES
from tests.browser.pages import Page as Known
from tests.browser.window import Window

pytestmark = pytest.mark.browser

WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
DRESSES = list(product(("light", "dark"), (1280, 320)))


@pytest.fixture(params=PAGES, ids=str)
def shown(request: pytest.FixtureRequest, seat: Callable[[str], Window]) -> Iterator[Window]:
    """The page, open; afterwards, whatever was done on it, nothing has gone wrong in the window."""
    known: Known = request.param
    one = seat(known.who).show(known)
    yield one
    assert one.complaints == []
    assert one.strangers == []


def test_a_page_is_for_everybody(shown: Window) -> None:
    """One visit for many questions: a page is loaded once, and looked at in every dress."""
    axe, found = Axe(), []
    for theme, width in DRESSES:
        shown.dress(theme=theme, width=width)
        results = axe.run(shown.page, options=WCAG).response["violations"]
        found += [(theme, width, one["id"], node["html"]) for one in results for node in one["nodes"]]
        found += [(theme, width, "wider than the window", what) for what in shown.page.evaluate(probes.WIDER)]
        found += [(theme, width, "a small target", what) for what in shown.page.evaluate(probes.SMALL_TARGETS)]
    found += [("a heading skips a level", what) for what in shown.page.evaluate(probes.SKIPPED_HEADINGS)]
    found += [("a drawing without words or table", what) for what in shown.page.evaluate(probes.MUTE_DRAWINGS)]
    found += [("no visible focus", what) for what in shown.page.evaluate(probes.INVISIBLE_FOCUS)]
    assert found == []


def test_a_page_prints_its_content_alone(shown: Window) -> None:
    shown.dress(media="print", width=800)
    assert shown.page.evaluate(probes.PRINTED_CONTROLS) == []
    assert shown.page.evaluate(probes.UNPRINTED) == []


def test_titles_tell_pages_apart(seat: Callable[[str], Window]) -> None:
    asha = [page for page in PAGES if page.who == "asha" and page.status == 200]
    one = seat("asha")
    titles = Counter(one.show(page).page.title() for page in asha)
    assert [title for title, count in titles.items() if count > 1] == []

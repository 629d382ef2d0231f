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

AXE = Axe().axe_script

BREACHES = """() => axe.run({
  runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"], resultTypes: ["violations"],
}).then((found) => found.violations.flatMap((one) => one.nodes.map((node) => [one.id, node.html])))"""
DRESSES = list(product(("light", "dark"), (1280, 320)))


@pytest.fixture(params=PAGES, ids=str, scope="module")
def shown(request: pytest.FixtureRequest, seat: Callable[[str], Window]) -> Iterator[Window]:
    """The page, loaded once for all questions; whatever was done on it, nothing has gone wrong in the window."""
    known: Known = request.param
    one = seat(known.who).show(known)
    one.page.evaluate(AXE)
    yield one
    assert one.complaints == []
    assert one.strangers == []


@pytest.mark.parametrize(("theme", "width"), DRESSES)
def test_a_page_breaks_no_rule_of_wcag(shown: Window, theme: str, width: int) -> None:
    assert shown.dress(theme=theme, width=width).page.evaluate(BREACHES) == []


@pytest.mark.parametrize("width", [1280, 320])
def test_a_page_fits_its_window_and_every_finger(shown: Window, width: int) -> None:
    shown.dress(width=width)
    assert shown.page.evaluate(probes.WIDER) == []
    assert shown.page.evaluate(probes.SMALL_TARGETS) == []


def test_a_page_has_order_ways_on_words_for_drawings_and_a_visible_focus(shown: Window) -> None:
    shown.dress(width=1280)
    assert shown.page.evaluate(probes.SKIPPED_HEADINGS) == []
    assert shown.page.evaluate(probes.MUTE_DRAWINGS) == []
    assert shown.page.evaluate(probes.INVISIBLE_FOCUS) == []
    assert shown.page.evaluate(probes.DEAD_ENDS) == []


def test_a_page_prints_its_content_alone(shown: Window) -> None:
    shown.dress(media="print", width=800)
    assert shown.page.evaluate(probes.PRINTED_CONTROLS) == []
    assert shown.page.evaluate(probes.UNPRINTED) == []
    shown.dress(media="screen")


def test_titles_tell_pages_apart(seat: Callable[[str], Window]) -> None:
    asha = [page for page in PAGES if page.who == "asha" and page.status == 200]
    one = seat("asha")
    titles = Counter(one.show(page).page.title() for page in asha)
    assert [title for title, count in titles.items() if count > 1] == []

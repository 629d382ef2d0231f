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


def test_a_breach_of_the_content_policy_would_be_heard(window: Callable[..., Window]) -> None:
    """Planted, so that the silence on all other pages means something: a style, a script, a picture, a form."""
    planted = {
        "style-src": "document.body.setAttribute('style', 'color: red')",
        "script-src": "document.body.append(Object.assign(document.createElement('script'), {textContent: '0'}))",
        "img-src": "document.body.append(Object.assign(new Image(), {src: 'http://127.0.0.1:9/x.png'}))",
        "connect-src": "fetch('http://127.0.0.1:9/').catch(() => 0)",
    }
    one = window("asha")
    heard = {}
    for directive, breach in planted.items():
        one.forget().page.goto("/logins")
        assert one.complaints == []
        one.page.evaluate(f"() => {{ {breach} }}")
        one.page.wait_for_timeout(300)
        heard[directive] = any(line.startswith(f"CSP: {directive}") for line in one.complaints)
    assert heard == dict.fromkeys(planted, True)


def test_titles_tell_pages_apart(seat: Callable[[str], Window]) -> None:
    asha = [page for page in PAGES if page.who == "asha" and page.status == 200]
    one = seat("asha")
    titles = Counter(one.show(page).page.title() for page in asha)
    assert [title for title, count in titles.items() if count > 1] == []

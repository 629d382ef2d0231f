"""One Chromium and one served demo company for all tests that look at pages."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser.company import Company, served
from tests.browser.window import Window

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHROMIUM = os.environ.get("CHROMIUM", shutil.which("chromium") or "/usr/bin/chromium")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    """The company of a year, served with its worker."""
    with served(tmp_path_factory.mktemp("browser") / "demo") as company:
        yield company


@pytest.fixture(scope="session")
def chromium() -> "Iterator[Browser]":
    """The distribution's browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def seat(company: Company, chromium: "Browser") -> Callable[[str], Window]:
    """The window that somebody keeps for looking at pages; to open one for each page takes too long."""
    taken: dict[str, Window] = {}

    def sit(who: str) -> Window:
        if who not in taken:
            taken[who] = Window.open(company, chromium, who, javascript=True, width=1280)
        return taken[who].forget()

    return sit


@pytest.fixture
def window(company: Company, chromium: "Browser") -> Iterator[Callable[..., Window]]:
    """Open a window as somebody; all that were opened are closed at the end."""
    opened: list[Window] = []

    def begin(who: str = "", *, javascript: bool = True, width: int = 1280) -> Window:
        opened.append(Window.open(company, chromium, who, javascript=javascript, width=width))
        return opened[-1]

    yield begin
    for one in opened:
        one.page.context.close()

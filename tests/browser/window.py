"""One window of one person: it signs in, opens pages, and remembers what went wrong in it."""

from dataclasses import dataclass, field
from typing import Any, Self

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response

from tests.browser.company import Company
from tests.browser.pages import Page as Known

HEIGHT = 900
CSP = """document.addEventListener("securitypolicyviolation",
  (event) => console.error("CSP: " + event.violatedDirective + " " + event.blockedURI))"""


@dataclass
class Window:
    """A browser context with one page."""

    company: Company
    page: Page
    complaints: list[str] = field(default_factory=list)  #: console errors, exceptions, breaches of the policy
    strangers: list[str] = field(default_factory=list)  #: requests to any other host
    answers: list[Response] = field(default_factory=list)

    @classmethod
    def open(cls, company: Company, browser: Browser, who: str, *, javascript: bool, width: int) -> Self:
        """A new window, signed in as `who` (empty: as nobody)."""
        context = browser.new_context(
            viewport={"width": width, "height": HEIGHT}, java_script_enabled=javascript, base_url=company.url
        )
        if who:
            context.add_cookies([{"name": "advocacy", "value": company.login(who), "url": company.url}])
        context.add_init_script(CSP)
        window = cls(company, context.new_page())
        window.page.on("console", window._heard)
        window.page.on("pageerror", lambda error: window.complaints.append(f"{error}"))
        window.page.on("request", window._asked)
        window.page.on("response", lambda answer: window.answers.append(answer))
        return window

    def forget(self) -> Self:
        """As if it had just been opened."""
        self.complaints.clear()
        self.strangers.clear()
        self.answers.clear()
        return self.dress(theme="light", width=1280, media="screen")

    def show(self, known: Known) -> Self:
        """Open a known page, filling its form in when it is one that follows a form."""
        answer = self.page.goto(known.path(self.company))
        if known.form:
            for name, value in known.form:
                self.page.fill(f"main [name={name}]", value)
            with self.page.expect_navigation() as led:
                self.page.press(f"main [name={known.form[-1][0]}]", "Tab")
                self.page.click("main button.main")
            answer = led.value
        assert answer is not None
        assert answer.status == known.status
        return self

    def dress(self, *, theme: Any = None, width: int | None = None, media: Any = None) -> Self:
        """Change theme, width or medium of the page that is open."""
        self.page.emulate_media(color_scheme=theme, media=media)
        if width:
            self.page.set_viewport_size({"width": width, "height": HEIGHT})
        return self

    def _heard(self, message: ConsoleMessage) -> None:
        told_by_status = "Failed to load resource" in message.text and "status of 4" in message.text
        if message.type in ("error", "warning") and not told_by_status:
            self.complaints.append(message.text)

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.company.url, "data:")):
            self.strangers.append(request.url)

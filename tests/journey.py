"""A browser for tests: it keeps cookies and sends the form token with every post, as our pages do.

Every request gets a context of its own, as when it is served; what the test itself had open is ended before.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from flask import has_app_context
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from advocacy.models import db

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass
class Browser:
    """One browser of one person."""

    client: FlaskClient
    token: str = ""

    def get(self, path: str, **headers: str) -> TestResponse:
        """Open a page."""
        with self.served():
            answer = self.client.get(path, headers=headers, buffered=True)
        self._remember(answer)
        return answer

    def post(self, path: str, *, headers: dict[str, str] | None = None, **form: Any) -> TestResponse:
        """Press a button; the token is the one of the last page seen, or of a page opened for it."""
        if not self.token:
            self.get("/logins")
        if not self.token:
            self.get("/sign-in")
        with self.served():
            answer = self.client.post(path, data={"csrf_token": self.token, **form}, headers=headers, buffered=True)
        self._remember(answer)
        return answer

    def send(self, method: str, path: str) -> TestResponse:
        """Either, by name."""
        return self.post(path) if method == "POST" else self.get(path)

    def _remember(self, answer: TestResponse) -> None:
        """Keep the form token of a page, if it has one."""
        found = TOKEN.search(answer.text) if answer.mimetype == "text/html" else None
        self.token = found[1] if found else self.token

    @contextmanager
    def served(self) -> Iterator[None]:
        """A request has a context of its own."""
        if has_app_context():
            db.session.rollback()
        with self.client.application.app_context():
            yield

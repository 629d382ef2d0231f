"""The addresses of our own pages outside of a request: in letters, feeds and calendars."""

from urllib.parse import urlsplit

from flask import current_app

from advocacy import running


def address(endpoint: str, **values: str | int | None) -> str:
    """The whole address of a page, on the site that the operator set; never on what a request calls it."""
    parts = urlsplit(running.settings().base_url)
    adapter = current_app.url_map.bind(parts.netloc, parts.path or "/", url_scheme=parts.scheme)
    given = {name: value for name, value in values.items() if value is not None}
    return adapter.build(endpoint, given, force_external=True)


def host() -> str:
    """The name of the site, without a port."""
    return urlsplit(running.settings().base_url).hostname or "localhost"

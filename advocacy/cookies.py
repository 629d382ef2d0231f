"""The two cookies: the login's token, and Flask's signed one that holds the form token and flashed words.

Under https both carry the `__Host-` prefix; browsers drop such cookies on plain http, where only loopback is served.
"""

from ipaddress import ip_address

from flask import Flask, request
from flask.sessions import SecureCookieSessionInterface
from werkzeug.wrappers import Response

from advocacy.models.logins import LIFETIME

NAME = "advocacy"


class Sessions(SecureCookieSessionInterface):
    """Flask's own session cookie, named and secured by how the request came."""

    def get_cookie_name(self, app: Flask) -> str:
        """The name of the form cookie."""
        return _named(f"{NAME}-form")

    def get_cookie_secure(self, app: Flask) -> bool:
        """Whether the cookie is for https alone."""
        return request.is_secure


def token() -> str:
    """The login's token of this request; empty when there is none."""
    return request.cookies.get(_named(NAME), "")


def give(response: Response, value: str) -> None:
    """Let the browser keep the login's token."""
    seconds = int(LIFETIME.total_seconds())
    response.set_cookie(
        _named(NAME), value, max_age=seconds, path="/", secure=request.is_secure, httponly=True, samesite="Lax"
    )


def take(response: Response) -> None:
    """Let the browser forget the login's token."""
    response.delete_cookie(_named(NAME), path="/", secure=request.is_secure, httponly=True, samesite="Lax")


def would_be_kept() -> bool:
    """Whether the way this request came is safe enough for a login: https, or loopback."""
    return request.is_secure or is_loopback(request.host.rsplit(":", 1)[0])


def is_loopback(host: str | None) -> bool:
    """Whether a host or an address is this machine itself."""
    try:
        return ip_address((host or "").strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def _named(name: str) -> str:
    return f"__Host-{name}" if request.is_secure else name

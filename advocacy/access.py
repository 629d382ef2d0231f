"""Who may call what: every route says so by a decorator, and one that does not stops the start."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlsplit

import sqlalchemy as sa
from flask import Flask, abort, current_app, g, redirect, request, url_for
from werkzeug.wrappers import Response

from advocacy import cookies
from advocacy.models import db, logins, sqlite
from advocacy.models.logins import SEEN_AGAIN_AFTER, Login
from advocacy.models.words import Capability

View = TypeVar("View", bound=Callable[..., object])
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class Policy:
    """Whether one must be signed in, and which of the capabilities (any one of them) one needs."""

    signed_in: bool = True
    capabilities: frozenset[Capability] = frozenset()


class NoPolicy(RuntimeError):
    """A route does not say who may call it."""


def public(view: View) -> View:
    """Anybody may call this."""
    return _declare(view, Policy(signed_in=False))


def signed_in(view: View) -> View:
    """Everybody who is signed in may call this; what they see is their own."""
    return _declare(view, Policy())


def needs(*capabilities: Capability) -> Callable[[View], View]:
    """Who has one of these capabilities may call this."""
    return lambda view: _declare(view, Policy(capabilities=frozenset(capabilities)))


def policy_of(app: Flask, endpoint: str) -> Policy:
    """The policy of a route; raise NoPolicy when it has none."""
    policy = getattr(app.view_functions[endpoint], "policy", None)
    if not isinstance(policy, Policy):
        raise NoPolicy(f"route {endpoint!r} has no policy: put @public, @signed_in or @needs(…) below its route")
    return policy


def check(app: Flask) -> None:
    """Every route has a policy, or the app does not start."""
    for rule in app.url_map.iter_rules():
        policy_of(app, rule.endpoint)


def identify() -> None:
    """At the start of every request: whose it is, by the cookie."""
    g.login, g.person = None, None
    token = cookies.token()
    if not token or request.endpoint == "static":
        return
    found = logins.of_token(token, g.now)
    if found:
        g.login, g.person = found
        _note_presence(g.login)


def enforce() -> Response | None:
    """Before every request: turn away who may not be here, and posts that come from another site."""
    if request.endpoint is None:
        return None
    policy = policy_of(current_app, request.endpoint)
    if request.method not in SAFE and not _same_site():
        abort(403, "This form was sent from another site.")
    if any("\x00" in value for values in request.values.listvalues() for value in values):
        abort(400, "Something in it is no text: it holds a NUL character.")
    if not policy.signed_in:
        return None
    if g.person is None:
        return _to_sign_in()
    if policy.capabilities and not any(g.person.can(capability) for capability in policy.capabilities):
        abort(403, "Your account may not open this page.")
    return None


def _note_presence(login: Login) -> None:
    """In a transaction of its own, for pages that only read take no write lock; a post holds that lock already."""
    if g.now - login.seen_at < SEEN_AGAIN_AFTER:
        return
    if request.method not in SAFE:
        login.seen_at = g.now
    else:
        with sqlite.reading(only=False), db.engine.begin() as connection:
            connection.execute(sa.update(Login).where(Login.id == login.id).values(seen_at=g.now))


def _declare(view: View, policy: Policy) -> View:
    view.policy = policy  # type: ignore[attr-defined]
    return view


def _same_site() -> bool:
    """Browsers name the origin of every unsafe request; programs that name none carry no cookies either.

    What came over plain http may not post to https, not even on the same host: anybody on the way could have sent it.
    """
    origin = request.headers.get("Origin")
    if origin is None:
        return request.headers.get("Sec-Fetch-Site", "same-origin") in ("same-origin", "none")
    try:
        named = urlsplit(origin)
    except ValueError:
        return False
    return named.netloc == request.host and (named.scheme == "https" or not request.is_secure)


def _to_sign_in() -> Response:
    if request.method not in SAFE or wants_json():
        abort(401, "Sign in first.")
    known = not request.view_args and request.endpoint != "home.show"
    return redirect(url_for("logins.sign_in", next=request.endpoint if known else None), 303)


def wants_json() -> bool:
    """Whether the caller prefers JSON to a page."""
    best = request.accept_mimetypes.best_match(["text/html", "application/json"])
    return best == "application/json"

"""Assembles the app: settings, database, rules, pages, and what every request passes through."""

import os
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask, current_app, g, request, url_for
from flask_migrate import Migrate
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter, Map

from advocacy import access, config, cookies, display, errors, headers, logs, navigation, plan_display, rules, uploads
from advocacy.config import Settings
from advocacy.models import db, sqlite, words_index
from advocacy.models.base import UTCDateTime
from advocacy.views import (
    activities,
    add,
    admin,
    agenda,
    answering,
    approvals,
    asks,
    attaching,
    away,
    board,
    classes,
    connect,
    directory,
    erasing,
    event_editing,
    event_imports,
    events,
    expectations,
    exporting,
    feeds,
    followed,
    health,
    home,
    imports,
    inbox,
    inbox_acts,
    ladder,
    learned,
    letters,
    library,
    log,
    logins,
    matrix,
    pack,
    planner,
    planning,
    portrait,
    presences,
    privacy,
    profile,
    promotion,
    proposals,
    proposing,
    publishing,
    reading,
    release,
    released,
    report,
    rsvp,
    seeds,
    sources,
    speakers,
    surveys,
    talking,
    talks,
    teaching,
    team,
    testimony,
    timeline,
    trainings,
    unsubscribing,
    variants,
    voice,
    voice_works,
    voices,
    wishes,
    writing,
)

HERE = Path(__file__).parent
PAGES = (
    home,
    inbox,
    inbox_acts,
    learned,
    add,
    log,
    expectations,
    attaching,
    voices,
    testimony,
    activities,
    pack,
    privacy,
    profile,
    publishing,
    portrait,
    directory,
    release,
    released,
    exporting,
    erasing,
    away,
    talks,
    seeds,
    variants,
    library,
    proposing,
    proposals,
    followed,
    approvals,
    asks,
    answering,
    events,
    event_editing,
    event_imports,
    board,
    trainings,
    teaching,
    planning,
    classes,
    presences,
    rsvp,
    matrix,
    planner,
    agenda,
    reading,
    wishes,
    surveys,
    team,
    report,
    talking,
    writing,
    sources,
    speakers,
    timeline,
    voice,
    voice_works,
    promotion,
    connect,
    imports,
    ladder,
    letters,
    unsubscribing,
    feeds,
    logins,
    admin,
    health,
)
MEGABYTE = 2**20


class RowId(IntegerConverter):
    """A number in an address that can be the key of a row; PostgreSQL does not compare keys with larger ones."""

    def __init__(self, map: Map) -> None:
        super().__init__(map, max=2**31 - 1)


class App(Flask):
    """Flask, but what it logs of a fault is the route: the address may hold a token, or what a stranger wrote."""

    def log_exception(self, exc_info: logs.Caught) -> None:
        """Write the fault with its traceback."""
        self.logger.error("a fault of ours in %s %s", request.method, request.url_rule, exc_info=exc_info)


def create_app(settings: Settings | None = None) -> Flask:
    """The whole app; raise ConfigError, RulebookError or NoPolicy when it cannot stand."""
    settings = settings or config.load(os.environ, Path.cwd())
    app = App("advocacy", template_folder=str(_beside("templates")))
    app.config.from_mapping(_flask_config(settings))
    app.extensions["advocacy.settings"] = settings
    app.extensions["advocacy.rules"] = rules.load(settings)
    app.extensions["advocacy.clock"] = lambda: datetime.now(UTC)
    _database(app)
    _pages(app)
    if settings.proxy_hops:
        hops = settings.proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    access.check(app)
    return app


def _flask_config(settings: Settings) -> dict[str, Any]:
    return {
        "SECRET_KEY": settings.secret_key,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": {
            "pool_pre_ping": not settings.database_url.startswith("sqlite"),
            "hide_parameters": True,  # what is stored is not for the log
            # One for each thread of the server or the worker, and some for the worker's jobs and its tick.
            "pool_size": max(settings.server.threads, settings.worker.threads) + 6,
        },
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "WTF_CSRF_TIME_LIMIT": None,
        "TRUSTED_HOSTS": _hosts(settings),
        "MAX_CONTENT_LENGTH": 2 * MEGABYTE,
        "MAX_FORM_MEMORY_SIZE": 2 * MEGABYTE,  # a role page comes back from its preview as base64
        "MAX_FORM_PARTS": 200,
    }


def _hosts(settings: Settings) -> list[str]:
    """The names we answer to: those that were set, else our own address and this machine."""
    own = settings.base_url.partition("://")[2].partition("/")[0].rpartition("@")[2]
    host = own.rpartition(":")[0] if own.rpartition(":")[2].isdigit() else own
    return [*(settings.trusted_hosts or [host]), "127.0.0.1", "localhost", "[::1]"]


def _database(app: Flask) -> None:
    db.init_app(app)
    ways: dict[str, Any] = {"render_item": _render, "render_as_batch": True, "include_object": _is_modelled}
    Migrate(app, db, directory=str(_beside("migrations")), **ways)
    with app.app_context():
        sqlite.prepare(db.engine)


def _is_modelled(item: Any, name: str | None, kind: str, reflected: bool, beside: Any) -> bool:
    """The index of words is the database's own: no model tells of it."""
    return not (reflected and any(one.is_ours(name, kind) for one in (words_index.ACTIVITIES, words_index.ITEMS)))


def _render(kind: str, item: Any, context: Any) -> str | bool:
    """Migrations name what both databases know, so that they outlive our own types and growing vocabularies."""
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime()"
    if kind == "type" and isinstance(item, sa.Enum):
        return f"sa.String(length={item.length})"
    if kind == "server_default" and isinstance(item, sa.DefaultClause) and isinstance(item.arg, sa.False_ | sa.True_):
        return f"sa.{item.arg}()"
    return False


def _pages(app: Flask) -> None:
    app.session_interface = cookies.Sessions()
    app.before_request(_arrive)
    uploads.install(app, app.extensions["advocacy.settings"].data_dir)
    app.teardown_request(_leave)
    headers.install(app)
    app.url_map.converters["int"] = RowId
    CSRFProtect(app).exempt(unsubscribing.stop)  # mail programs post there
    app.before_request(access.enforce)
    for page in PAGES:
        app.register_blueprint(page.bp)
    access.public(app.view_functions["static"])
    errors.install(app)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.globals.update(
        display=display,
        plans=plan_display,
        navigation=navigation,
        asset=_asset,
        settings=app.extensions["advocacy.settings"],
    )
    app.config["ASSETS"] = {f.name: _hash(f) for f in (HERE / "static").iterdir() if f.is_file()}


def _arrive() -> None:
    g.now = current_app.extensions["advocacy.clock"]()
    g.reading = sqlite.reading(request.method in access.SAFE)
    g.reading.__enter__()
    access.identify()


def _leave(error: BaseException | None) -> None:
    reading = g.pop("reading", None)
    if reading:
        reading.__exit__(None, None, None)


def _asset(name: str) -> str:
    """The address of a static file; it changes with the content, so browsers may keep it for ever."""
    return url_for("static", filename=name, v=current_app.config["ASSETS"][name])


def _hash(file: Path) -> str:
    return blake2b(file.read_bytes(), digest_size=6).hexdigest()


def _beside(name: str) -> Path:
    """A folder inside the package (a wheel) or beside it (a checkout)."""
    return HERE / name if (HERE / name).is_dir() else HERE.parent / name

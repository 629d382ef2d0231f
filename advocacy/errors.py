"""Error answers: what happened and what to do, as a page or, for programs, as JSON."""

from flask import Flask, Response, current_app, jsonify, make_response, render_template
from sqlalchemy.exc import DBAPIError, OperationalError, ProgrammingError
from werkzeug.exceptions import (
    BadRequest,
    HTTPException,
    InternalServerError,
    NotFound,
    SecurityError,
    ServiceUnavailable,
)

from advocacy.access import wants_json
from advocacy.models.base import Missing

WORDS = {
    400: ("That cannot be read", "Go back, look at what was sent, and try again."),
    401: ("Sign in first", "You were signed out, or never in. Sign in and try again."),
    403: ("Not for this account", "If you need it for your work, ask whoever runs this for the capability."),
    404: ("Nothing here", "It is gone, never was, or is not yours to see."),
    405: ("Not in this way", "This address answers to its own buttons only. Go back and press one."),
    413: (
        "Too large",
        "A role page may have up to 1 MB, a portrait 8 MB, an archive 64 MB. Send less: a picture saved smaller, of an "
        "archive of X its data/tweets.js alone.",
    ),
    429: ("Too many tries", "Wait fifteen minutes, then try again. Nothing is locked for good."),
    500: ("Our mistake", "It has been written to the log; nothing you did was stored by halves. Try again."),
    503: (
        "Not ready",
        "The database is busy or not set up. Try again in a moment; an operator runs `advocacy doctor`.",
    ),
}

NOT_OURS = "We do not answer to that name. An operator names those we have in ADVOCACY_TRUSTED_HOSTS."


def install(app: Flask) -> None:
    """Answer every error in words."""
    app.register_error_handler(HTTPException, _answer)
    app.register_error_handler(Missing, lambda error: _answer(NotFound(f"{error}")))
    app.register_error_handler(SecurityError, lambda error: _answer(BadRequest(NOT_OURS)))
    app.register_error_handler(OperationalError, _unanswered)
    app.register_error_handler(ProgrammingError, _outdated)
    app.register_error_handler(500, _answer)


def _outdated(error: ProgrammingError) -> Response:
    """PostgreSQL's word for tables and columns that are not there; any other refusal is a fault of ours."""
    if getattr(error.orig, "sqlstate", "") not in ("42P01", "42703"):
        raise error
    return _unanswered(error)


def _unanswered(error: DBAPIError) -> Response:
    """The database is away, locked for too long, full or without tables: no fault of the page."""
    current_app.logger.error("the database does not answer: %s", f"{error.orig}".partition("\n")[0])
    return _answer(ServiceUnavailable())


def _answer(error: HTTPException) -> Response:
    if error.response is not None:
        return make_response(error.response)
    code = error.code or 500
    title, mend = WORDS.get(code, (error.name, WORDS[400][1]))
    ours = error.description != type(error).description and not isinstance(error, InternalServerError)
    said = _sentence(error.description) if ours else ""
    if wants_json():
        answer = jsonify(error=title, detail=said, mend=mend)
    else:
        answer = make_response(render_template("errors/show.html", code=code, title=title, said=said, mend=mend))
    answer.status_code = code
    if isinstance(error, ServiceUnavailable):
        answer.headers["Retry-After"] = "5"
    return answer


def _sentence(words: str | None) -> str:
    """Our own words begin small, as errors do; on a page they are a sentence."""
    return f"{words[0].upper()}{words[1:].rstrip('.')}." if words else ""

"""What X answers when it does not give what was asked: whole refusals, and problems with single things."""

import json
from collections.abc import Mapping
from typing import Any

from ingest.loopback.server import Answer

_PROBLEMS = "https://api.twitter.com/2/problems/"
_TYPE = {"Content-Type": "application/json; charset=utf-8"}
_BODIES: Mapping[int, Mapping[str, Any]] = {
    401: {"title": "Unauthorized", "type": "about:blank", "status": 401, "detail": "Unauthorized"},
    402: {
        "title": "CreditsDepleted",
        "type": f"{_PROBLEMS}credits",
        "detail": "Your enrolled account does not have any credits to fulfill this request.",
    },
    403: {
        "title": "Client Forbidden",
        "type": f"{_PROBLEMS}client-forbidden",
        "reason": "client-not-enrolled",
        "required_enrollment": "Appropriate Level of API Access",
        "detail": "You must use keys and tokens from an App that is attached to a Project.",
        "registration_url": "https://developer.twitter.com/en/docs/projects/overview",
        "client_id": "1",
    },
    429: {"title": "Too Many Requests", "type": "about:blank", "status": 429, "detail": "Too Many Requests"},
}


def answered(body: Mapping[str, Any], headers: Mapping[str, str] = {}, status: int = 200) -> Answer:
    """An answer in JSON."""
    return Answer(status=status, body=json.dumps(body).encode(), headers={**_TYPE, **headers})


def refusal(status: int, headers: Mapping[str, str] = {}) -> Answer:
    """A refusal of everything: no key, no plan, too often, or an outage, which speaks in HTML."""
    if status not in _BODIES:
        page = b"<html><head><title>Over capacity</title></head><body>Over capacity</body></html>"
        return Answer(status=status, body=page, headers={"Content-Type": "text/html"})
    return answered(_BODIES[status], headers, status)


def wrong_token(headers: Mapping[str, str]) -> Answer:
    """The bearer token is not ours."""
    return refusal(401, headers)


def not_found(headers: Mapping[str, str]) -> Answer:
    """There is no such endpoint."""
    return answered({"title": "Not Found", "type": "about:blank", "status": 404, "detail": "Not Found"}, headers, 404)


def invalid(name: str, value: str, message: str, headers: Mapping[str, str] = {}) -> Answer:
    """A parameter is not as X wants it."""
    body = {
        "errors": [{"parameters": {name: [value]}, "message": message}],
        "title": "Invalid Request",
        "detail": "One or more parameters to your request was invalid.",
        "type": f"{_PROBLEMS}invalid-request",
    }
    return answered(body, headers, 400)


def missing(what: str, parameter: str, value: str) -> dict[str, str]:
    """There is no such user or tweet."""
    return {
        "value": value,
        "detail": f"Could not find {what} with {parameter}: [{value}].",
        "title": "Not Found Error",
        "resource_type": what,
        "parameter": parameter,
        "resource_id": value,
        "type": f"{_PROBLEMS}resource-not-found",
    }


def suspended(parameter: str, value: str) -> dict[str, str]:
    """The user was suspended."""
    words = {"detail": f"User has been suspended: [{value}].", "title": "Forbidden"}
    return {**missing("user", parameter, value), **words}


def closed(what: str, parameter: str, value: str) -> dict[str, str]:
    """The tweet or the user's tweets are not for us to see."""
    words = {
        "detail": f"Sorry, you are not authorized to see the {what.title()} with {parameter}: [{value}].",
        "title": "Authorization Error",
        "section": "data",
        "type": f"{_PROBLEMS}not-authorized-for-resource",
    }
    return {**missing(what, parameter, value), **words}

"""The headers that every response carries, errors and static files included."""

from secrets import token_urlsafe

from flask import Flask, Response, g, request

YEAR = 365 * 24 * 3600


def nonce() -> str:
    """The word by which this page's own scripts are known to the browser."""
    if "nonce" not in g:
        g.nonce = token_urlsafe(16)
    found: str = g.nonce
    return found


def install(app: Flask) -> None:
    """Set the headers after every request."""
    app.after_request(_set)
    app.jinja_env.globals["nonce"] = nonce


def _policy() -> str:
    scripts = f"'nonce-{g.nonce}'" if "nonce" in g else "'none'"
    return (
        f"default-src 'none'; script-src {scripts}; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


def _set(response: Response) -> Response:
    headers = response.headers
    headers["Content-Security-Policy"] = _policy()
    headers["X-Content-Type-Options"] = "nosniff"
    headers["X-Frame-Options"] = "DENY"
    headers["Referrer-Policy"] = "same-origin"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
    if request.is_secure:
        headers["Strict-Transport-Security"] = f"max-age={YEAR}"
    if request.endpoint == "static":
        versioned = "v" in request.args and response.status_code == 200
        headers["Cache-Control"] = f"public, max-age={YEAR}, immutable" if versioned else "no-cache"
    else:
        headers["Cache-Control"] = "no-store"
    return response

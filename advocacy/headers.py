"""The headers that every response carries, errors and static files included, and what the server itself refuses."""

from secrets import token_urlsafe

from flask import Flask, Response, g, request

YEAR = 365 * 24 * 3600
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
REFUSALS = {
    **ALWAYS,
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
}
"""What the server sends with its own answers to requests that never reach the app."""


def nonce() -> str:
    """The word by which this page's own scripts are known to the browser."""
    if "nonce" not in g:
        g.nonce = token_urlsafe(16)
    found: str = g.nonce
    return found


def let_keep(seconds: int) -> None:
    """Let the program that asked, and nobody on the way, keep this answer for so long: for feeds by token."""
    g.kept = f"private, max-age={seconds}"


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
    headers.update(ALWAYS)
    if request.is_secure:
        headers["Strict-Transport-Security"] = f"max-age={YEAR}"
    if request.endpoint == "static":
        versioned = "v" in request.args and response.status_code in (200, 304)
        headers["Cache-Control"] = f"public, max-age={YEAR}, immutable" if versioned else "no-cache"
    else:
        headers["Cache-Control"] = g.get("kept", "no-store")
    return response

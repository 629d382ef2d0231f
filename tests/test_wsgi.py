"""`gunicorn wsgi:app` finds the app, made from the environment."""

import importlib

import pytest


def test_a_server_finds_the_app(environ: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    app = importlib.import_module("wsgi").app
    assert app.test_client().get("/healthz").status_code == 200

"""The demo's one-click sign-in: for whoever sits at the machine, and for nobody else."""

from dataclasses import replace

from flask import Flask

from advocacy.settings import Settings
from tests.cast import Cast
from tests.journey import Browser


def test_the_demo_buttons_are_shut_for_whoever_comes_through_a_proxy(
    app: Flask, settings: Settings, cast: Cast, stranger: Browser
) -> None:
    app.extensions["advocacy.settings"] = replace(settings, demo=True)
    email, relayed = cast.asha.email, {"X-Forwarded-For": "203.0.113.7"}
    assert email not in stranger.get("/sign-in", **relayed).text
    assert stranger.post("/sign-in/demo", headers=relayed, email=email).status_code == 404
    assert stranger.post("/sign-in/demo", email=email).status_code == 303

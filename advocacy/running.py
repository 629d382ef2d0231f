"""What the running app carries: its settings, its rules, its clock."""

from datetime import datetime
from typing import Any

from flask import current_app

from advocacy.rules import Rules
from advocacy.settings import Settings


def settings() -> Settings:
    """The settings it was made with."""
    found: Settings = current_app.extensions["advocacy.settings"]
    return found


def in_force() -> Rules:
    """The rules that judge in it."""
    found: Rules = current_app.extensions["advocacy.rules"]
    return found


def clock() -> Any:
    """The function that tells the time; a test or the demo may have set another."""
    return current_app.extensions["advocacy.clock"]


def now() -> datetime:
    """The moment it is, aware, in UTC."""
    moment: datetime = clock()()
    return moment

"""How mail leaves, as it is configured."""

from pathlib import Path

import pytest

from advocacy import config
from advocacy.config import ConfigError
from advocacy.mail.address import Folder, Log, Server, way_of

KEY = {"ADVOCACY_SECRET_KEY": "kjhgkjhgfdsdf87687sdf68s7df6s87df687"}


@pytest.mark.parametrize(
    ("words", "way"),
    [
        ("smtp://mail.example", Server("mail.example", 587)),
        ("smtp://asha%40tern:p%3Aw@mail.example:2525", Server("mail.example", 2525, "asha@tern", "p:w")),
        ("smtps://mail.example", Server("mail.example", 465, smtps=True)),
        ("smtp://[::1]:25", Server("::1", 25)),
        ("file:///var/mail/out", Folder(Path("/var/mail/out"))),
        ("log:", Log()),
    ],
)
def test_the_ways(words: str, way: object) -> None:
    assert way_of(words) == way


@pytest.mark.parametrize(
    "words",
    [
        *("", "mail.example", "http://mail.example", "smtp://", "smtp://u@h", "smtp://h:0", "smtp://h:x", "file:out"),
        *("smtp://h/path", "smtp://h?tls=no", "file://host/x"),
    ],
)
def test_what_is_no_way_is_refused_with_what_is_allowed(words: str) -> None:
    with pytest.raises(ValueError, match="must be smtp://"):
        way_of(words)


def test_a_wrong_way_stops_the_start_and_tells_no_password(tmp_path: Path) -> None:
    wrong = {**KEY, "ADVOCACY_MAIL__URL": "smpt://u:sesame@h", "ADVOCACY_MAIL__SENDER": "nobody"}
    with pytest.raises(ConfigError) as caught:
        config.load(wrong, tmp_path)
    assert [line.partition(" ")[0] for line in caught.value.problems] == ["ADVOCACY_MAIL__SENDER", "ADVOCACY_MAIL__URL"]
    assert "sesame" not in str(caught.value)


def test_the_way_is_hidden_where_settings_are_shown(tmp_path: Path) -> None:
    settings = config.load({**KEY, "ADVOCACY_MAIL__URL": "smtp://u:sesame@h"}, tmp_path)
    rows = {row.name: row.value for row in config.describe(settings)}
    assert rows["ADVOCACY_MAIL__URL"] == "(hidden)"
    assert "sesame" not in repr(settings) + repr(way_of(settings.mail.url))


def test_only_this_machine_is_here() -> None:
    assert [way_of(f"smtp://{host}").is_here for host in ("localhost", "127.0.0.2", "[::1]", "10.0.0.1", "h")] == [  # type: ignore[union-attr]
        *(True, True, True, False, False)
    ]

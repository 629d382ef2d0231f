"""`advocacy doctor`, `advocacy config` and `advocacy db`: is everything as it must be?"""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from advocacy.models import workers
from advocacy.models.accounts import Subscription
from advocacy.models.base import db
from advocacy.models.runs import JobRun
from tests.cli.console import Console, Program, check
from tests.cli.test_group import KEY


def told(program: Program, shape: str, *words: str, code: int = 0, **env: str) -> Any:
    result = program.run(*words, "--json", **env)
    assert result.returncode == code, result.stderr
    value = json.loads(result.stdout)
    check(shape, value)
    return value


def test_settings_with_where_they_came_from_and_without_secrets(program: Program) -> None:
    (program.folder / "key").write_text(KEY, "utf-8")
    rows = told(program, "config", "config", ADVOCACY_SECRET_KEY_FILE="key", ADVOCACY_SERVER__PORT="8001")
    found = {row["name"]: (row["value"], row["source"]) for row in rows}
    assert found["ADVOCACY_SECRET_KEY"] == ("(hidden)", "file key")
    assert found["ADVOCACY_SERVER__PORT"] == ("8001", "environment")
    assert found["ADVOCACY_ZONE"] == ("UTC", "default")
    assert [*program.folder.iterdir()] == [program.folder / "key"]


def test_a_wrong_setting_is_named(program: Program) -> None:
    result = program.run("config", ADVOCACY_ZONE="Mars")
    words = "Error: ADVOCACY_ZONE must be a time zone such as UTC or Asia/Kolkata, not 'Mars'\n"
    assert (result.returncode, result.stdout, result.stderr) == (3, "", words)


def test_an_upgrade_says_from_where_to_where_and_twice_changes_nothing(program: Program) -> None:
    first = told(program, "db-upgrade", "db", "upgrade")
    assert (first["from"], len(first["to"]) > 0) == (None, True)
    assert told(program, "db-upgrade", "db", "upgrade") == {"from": first["to"], "to": first["to"]}


def test_a_new_installation_is_told_what_to_do_next(program: Program) -> None:
    before = told(program, "doctor", "doctor", code=3)
    assert [one["what"] for one in before if not one["well"]] == ["schema"]
    assert before[-1]["mend"] == "run `advocacy db upgrade`"
    program.install()
    after = told(program, "doctor", "doctor", code=3)
    assert [one["what"] for one in after if not one["well"]] == ["role pages", "last run"]


def test_a_database_that_does_not_answer(program: Program) -> None:
    address = "postgresql://me:hidden@127.0.0.1:9/x"
    found = told(program, "doctor", "doctor", code=3, ADVOCACY_DATABASE_URL=address, ADVOCACY_SECRET_KEY=KEY)
    assert [(one["what"], one["mend"]) for one in found if not one["well"]] == [
        ("database", "check ADVOCACY_DATABASE_URL and its server")
    ]
    assert "hidden" not in json.dumps(found)


def test_a_wrong_setting_is_a_finding(program: Program) -> None:
    found = told(program, "doctor", "doctor", code=3, ADVOCACY_SERVER__PROT="1")
    assert found[-1]["found"] == "ADVOCACY_SERVER__PROT is not known; did you mean ADVOCACY_SERVER__PORT?"


def test_a_data_folder_that_cannot_be_written(program: Program) -> None:
    result = program.run("people", "list", ADVOCACY_DATA_DIR="/proc/nowhere")
    words = "Error: ADVOCACY_SECRET_KEY is not set and /proc/nowhere/secret_key cannot be kept: "
    assert (result.returncode, result.stderr.startswith(words)) == (3, True)


def test_the_machinery_is_told_and_what_waits_too_long_wants_a_worker(console: Console, asha: str) -> None:
    console.says("accounts", "add", asha, "feed", "https://asha.example/feed")
    due(console, timedelta())
    before = {one["what"]: one for one in console.json("doctor", "doctor", code=3)}
    assert (before["worker"]["well"], before["worker"]["found"]) == (True, "no worker was ever seen")
    assert (before["due"]["found"].partition(",")[0], before["set aside"]["found"].split()[0]) == ("1 addresses", "0")
    due(console, timedelta(hours=1))
    after = {one["what"] for one in console.json("doctor", "doctor", code=3) if not one["well"]}
    assert after >= {"worker", "due"}
    with console.app.app_context():
        workers.sign_of_life("ada/7/abc", "0.1.0", 4, datetime.now(UTC), 3, datetime.now(UTC))
        db.session.commit()
    [worker] = [one for one in console.json("doctor", "doctor", code=3) if one["what"] == "worker"]
    assert (worker["well"], worker["found"]) == (True, "1 at work; ada/7/abc 0.1.0")


def due(console: Console, since: timedelta) -> None:
    with console.app.app_context():
        db.session.execute(sa.update(Subscription).values(next_due=datetime.now(UTC) - since))
        db.session.execute(sa.delete(JobRun))
        db.session.commit()

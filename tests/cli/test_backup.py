"""`advocacy backup` and `advocacy restore`: one file that holds everything, and what it takes to get it back."""

import json
import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import flask_migrate
import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.engine import URL, make_url

from advocacy import config
from advocacy.app import create_app
from advocacy.backups import archive, postgres_dump, restore, sqlite_copy
from advocacy.cli.backup import _place
from advocacy.models import feed_tokens, generations, invitations, jobs, letter_wishes, logins, outbox, sqlite
from advocacy.models.accounts import Subscription
from advocacy.models.audit import AuditEntry
from advocacy.models.base import Missing, db
from advocacy.models.feed_tokens import Opens
from advocacy.models.logins import Invitation
from advocacy.models.outbox import Going
from advocacy.models.runs import JobRun
from advocacy.models.schema import revision
from advocacy.models.words import WorkState
from tests.cli.console import Console, Program
from tests.conftest import NOW, POSTGRES, postgres
from tests.ingest.scene import dump

FORGOTTEN = {"login", "invitation", "audit"}
"""What a restore changes by itself: people are signed out, and that is noted."""

NEXT = """
import sqlalchemy as sa
from alembic import op

revision, down_revision = "next", "{today}"


def upgrade():
    with op.batch_alter_table("person") as table:
        table.add_column(sa.Column("willing", sa.Boolean(), nullable=False, server_default=sa.false()))
"""


@pytest.fixture
def console(bare_app: Flask, environ: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Console:
    """A console on an installation whose schema came by the migrations, as at every operator's."""
    monkeypatch.chdir(tmp_path)
    with bare_app.app_context():
        db.drop_all()
        db.session.execute(sa.text("DROP TABLE alembic_version"))
        db.session.commit()
        flask_migrate.upgrade()
        generations.ensure(bare_app.extensions["advocacy.rules"].fingerprint, NOW)
        db.session.commit()
    return Console(bare_app, environ)


@pytest.fixture
def lived(console: Console, asha: str, blog: str) -> Console:
    """An installation with a person, a blog and what was read there."""
    console.says("accounts", "add", asha, "feed", blog)
    console.says("ingest", "run")
    return console


@pytest.fixture
def empty(environ: dict[str, str], tmp_path: Path) -> Iterator[dict[str, str]]:
    """The settings of another installation of the same kind, with nothing in it."""
    there = {**environ, "ADVOCACY_DATA_DIR": str(tmp_path / "new")}
    if environ["ADVOCACY_DATABASE_URL"].startswith("sqlite"):
        yield {**there, "ADVOCACY_DATABASE_URL": f"sqlite:///{tmp_path / 'new/advocacy.db'}"}
        return
    with postgres() as url:
        yield {**there, "ADVOCACY_DATABASE_URL": url}


def backed_up(console: Console, *words: str) -> tuple[Path, dict[str, Any]]:
    told = console.json("backup", "backup", *words)
    return Path(told["file"]), told["manifest"]


@contextmanager
def opened(environ: dict[str, str], folder: Path) -> Iterator[Flask]:
    app = create_app(config.load(environ, folder))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def everything() -> dict[str, list[tuple[Any, ...]]]:
    return dump(*db.metadata.tables)


def test_a_restored_installation_is_the_one_that_was_backed_up(
    lived: Console, empty: dict[str, str], tmp_path: Path
) -> None:
    with lived.app.app_context():
        before = everything()
    file, manifest = backed_up(lived)
    assert manifest["counts"]["activity"] == len(before["activity"]) == 3
    there = Console(lived.app, empty)
    told = there.json("restore", "restore", str(file))
    assert (told["restored"], told["well"], told["manifest"]) == (True, True, manifest)
    with opened(empty, tmp_path):
        after = everything()
    kept = before.keys() - FORGOTTEN
    assert {name: after[name] for name in kept} == {name: before[name] for name in kept}


def test_a_check_restores_and_looks_and_changes_nothing(lived: Console, empty: dict[str, str], tmp_path: Path) -> None:
    file, manifest = backed_up(lived, "b.zip")
    there = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    told = Console(lived.app, empty).json("restore", "restore", str(file), "--check")
    rows, tables = sum(manifest["counts"].values()), len(manifest["counts"])
    assert [(one["what"], one["found"]) for one in told["findings"]] == [
        ("integrity", "ok"),
        ("references", "ok"),
        ("rows", f"{rows} in {tables} tables"),
        ("schema", manifest["revision"]),
        ("upgrade", f"to schema {manifest['revision']}"),
        ("leases", "0 held then, given back by a restore"),
    ]
    assert (told["restored"], told["well"]) == (False, True)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == there
    words = Console(lived.app, empty).says("restore", str(file), "--check").splitlines()[-1]
    assert (
        words == f"Checked the backup of {NOW.isoformat()} by advocacy 0.1.0: it can be restored. Nothing was changed."
    )


def test_a_check_leaves_no_scratch_database(lived: Console, database_url: str) -> None:
    if database_url.startswith("sqlite"):
        pytest.skip("a scratch file goes with its folder")
    file, _ = backed_up(lived)
    lived.says("restore", str(file), "--check")
    engine = sa.create_engine(POSTGRES)
    with engine.connect() as connection:
        left = connection.scalars(
            sa.text("SELECT datname FROM pg_database WHERE datname LIKE 'advocacy_check_%'")
        ).all()
    engine.dispose()
    assert list(left) == []


def test_the_file_is_named_by_the_moment_for_its_owner_only_and_never_written_over(
    lived: Console, settings: config.Settings, tmp_path: Path
) -> None:
    file, _ = backed_up(lived)
    assert file == settings.data_dir / "backups" / "advocacy-2026-11-23-090000.zip"
    assert [stat.S_IMODE(path.stat().st_mode) for path in (file.parent, file)] == [0o700, 0o600]
    words = f"{file} is there already and stays as it is: name another file."
    assert lived.refuses(3, "backup") == lived.refuses(3, "backup", str(file)) == words
    (tmp_path / "mnt").mkdir()
    assert backed_up(lived, "mnt")[0] == Path("mnt/advocacy-2026-11-23-090000.zip")
    assert [*file.parent.iterdir()] == [file]


def test_without_tables_there_is_nothing_to_back_up(program: Program) -> None:
    told = program.run("backup")
    words = "There is nothing to back up: the database has no tables yet. Run `advocacy db upgrade`."
    assert (told.returncode, told.stderr) == (3, f"Error: {words}\n")


def test_addresses_of_feeds_and_letters_of_that_time_do_not_come_back(
    lived: Console, empty: dict[str, str], tmp_path: Path
) -> None:
    with lived.app.app_context():
        token = feed_tokens.make(1, Opens.PLANS, "A calendar", NOW)
        outbox.put(1, outbox.DIGEST, "2026-W48", {"subject": "Your week", "text": "1", "html": "1"}, NOW)
        letter_wishes.say(1, 0, 9, NOW - timedelta(days=30))
        db.session.commit()
    file, _ = backed_up(lived)
    Console(lived.app, empty).json("restore", "restore", str(file))
    with opened(empty, tmp_path):
        with pytest.raises(Missing):
            feed_tokens.opened(token, Opens.PLANS)
        with pytest.raises(Missing):
            feed_tokens.restore(1, 1, datetime.now(UTC))
        assert (outbox.due(NOW), outbox.latest(1)[0].state) == ([], Going.FAILED)
        assert letter_wishes.wanted()[0].said_at >= NOW


def test_leases_logins_and_links_of_that_time_do_not_come_back(
    lived: Console, empty: dict[str, str], tmp_path: Path
) -> None:
    with lived.app.app_context():
        logins.begin(1, NOW)
        invitations.invite(1, NOW)
        db.session.execute(sa.update(Subscription).values(lease_token="t", lease_until=NOW + timedelta(hours=1)))
        job_id = jobs.ask(jobs.PULL, "1", {}, 1, NOW).id
        running = {"state": WorkState.RUNNING, "lease_token": "t", "lease_until": NOW + timedelta(hours=1)}
        db.session.execute(sa.update(JobRun).where(JobRun.id == job_id).values(**running))
        db.session.commit()
    file, _ = backed_up(lived)
    told = Console(lived.app, empty).json("restore", "restore", str(file))
    assert told["findings"][-1]["found"] == "2 held then, given back by a restore"
    with opened(empty, tmp_path):
        one, job = db.session.get_one(Subscription, 1), db.session.get_one(JobRun, job_id)
        assert (one.lease_token, one.lease_until) == (None, None)
        assert (job.state, job.lease_token, job.lease_until) == (WorkState.WAITING, None, None)
        assert (logins.of_person(1, NOW), db.session.scalars(sa.select(Invitation)).all()) == ([], [])
        last = db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.id.desc())).first()
        assert last is not None
        assert (last.act, last.detail) == ("backup.restored", {"made_at": NOW.isoformat()})


def test_an_older_backup_comes_to_the_schema_of_this_version(
    lived: Console, empty: dict[str, str], tmp_path: Path
) -> None:
    """With a migration more than the backup knows, as after an upgrade of the program."""
    file, manifest = backed_up(lived)
    newer = tmp_path / "migrations"
    subprocess.run(["cp", "-r", lived.app.extensions["migrate"].directory, str(newer)], check=True)
    (newer / "versions" / "next.py").write_text(NEXT.format(today=manifest["revision"]))
    place = _place(config.load(empty, tmp_path))
    later = restore.Place(place.url, place.opened, lambda: flask_migrate.upgrade(str(newer)), NOW)
    findings = restore.put_back(file, archive.read_manifest(file), later)
    told = [one.found for one in findings if one.what in ("schema", "upgrade")]
    assert told == [manifest["revision"], "to schema next"]
    with opened(empty, tmp_path):
        assert revision() == "next"
        assert db.session.scalar(sa.text("SELECT count(*) FROM person WHERE NOT willing")) == 1


def test_nothing_is_restored_over_anything(lived: Console, settings: config.Settings) -> None:
    file, manifest = backed_up(lived)
    with lived.app.app_context():
        before = everything()
    url = make_url(settings.database_url)
    name = url.database if url.get_backend_name() == "sqlite" else f"the database {url.database}"
    assert lived.refuses(3, "restore", str(file)) == (
        f"{name} is not empty ({len(manifest['counts'])} tables), and nothing is restored over it: stop what uses it "
        "and move it away, or set ADVOCACY_DATABASE_URL to a new one."
    )
    with lived.app.app_context():
        assert everything() == before


def test_a_backup_of_the_other_kind_of_database(lived: Console, empty: dict[str, str], tmp_path: Path) -> None:
    file, manifest = backed_up(lived)
    wrong = "postgresql" if manifest["database"] == "sqlite" else "sqlite"
    address = f"sqlite:///{tmp_path}/x.db" if wrong == "sqlite" else "postgresql://me@127.0.0.1:9/x"
    words = f"{file} is of a {manifest['database']} database, and ADVOCACY_DATABASE_URL names one of {wrong}: "
    there = Console(lived.app, {**empty, "ADVOCACY_DATABASE_URL": address})
    assert there.refuses(3, "restore", str(file)) == words + "set it to a database of the same kind."


def rewritten(file: Path, **members: bytes) -> Path:
    """The backup with other members."""
    other = file.with_name("other.zip")
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(other, "w") as target:
        for name in source.namelist():
            target.writestr(name, members.get(name.partition(".")[0], source.read(name)))
    return other


def test_what_is_no_backup_or_a_damaged_one(lived: Console, empty: dict[str, str], tmp_path: Path) -> None:
    there = Console(lived.app, empty)
    file, manifest = backed_up(lived)
    (tmp_path / "notes.zip").write_text("no backup")
    assert there.refuses(3, "restore", "notes.zip", "--check") == "notes.zip is not a backup of advocacy."
    other = rewritten(file, manifest=b"{}")
    words = f"{other} is not a backup of advocacy: its manifest cannot be read."
    assert there.refuses(3, "restore", str(other), "--check") == words
    later = json.dumps({**manifest, "format": 2, "version": "9.0"}).encode()
    words = f"{other} was made by advocacy 9.0, a later version: install that one."
    assert there.refuses(3, "restore", str(rewritten(file, manifest=later)), "--check") == words
    damaged = "is damaged: it is not what was written then. Take another backup."
    bytes_of = bytearray(file.read_bytes())
    bytes_of[len(bytes_of) // 2] ^= 1
    other.write_bytes(bytes_of)
    assert there.refuses(3, "restore", str(other)) == f"{other} {damaged}"
    assert there.refuses(3, "restore", str(rewritten(file, database=b"SQLite format 3\0"))) == f"{other} {damaged}"
    assert not (tmp_path / "new").exists() or [*(tmp_path / "new").iterdir()] == []


def test_a_backup_whose_rows_are_not_those_that_were_counted_is_not_well(lived: Console, empty: dict[str, str]) -> None:
    file, manifest = backed_up(lived)
    counts = {**manifest["counts"], "activity": 4}
    other = rewritten(file, manifest=json.dumps({**manifest, "counts": counts}).encode())
    there = Console(lived.app, empty)
    told = there.json("restore", "restore", str(other), "--check", code=3)
    assert [one for one in told["findings"] if not one["well"]] == [
        {"what": "rows", "well": False, "found": "activity has 3 and had 4"}
    ]


class TestSqlite:
    """What only a file can be, do and suffer."""

    @pytest.fixture
    def database_url(self, tmp_path: Path) -> str:
        return f"sqlite:///{tmp_path / 'advocacy.db'}"

    def test_the_copy_is_of_one_moment_however_much_is_written_meanwhile(self, tmp_path: Path) -> None:
        engine = sa.create_engine(f"sqlite:///{tmp_path / 'busy.db'}")
        sqlite.prepare(engine)
        with engine.begin() as writer:
            writer.exec_driver_sql("CREATE TABLE t (n INTEGER PRIMARY KEY, filler BLOB)")
            writer.exec_driver_sql("INSERT INTO t VALUES (1, zeroblob(9000000))")
        seen = []

        def write_on(done: int, total: int | None) -> None:
            seen.append((done, total))
            with sqlite.reading(only=False), engine.begin() as writer:
                writer.exec_driver_sql("INSERT INTO t SELECT max(n) + 1, 'later' FROM t")

        assert sqlite_copy.copy(engine, tmp_path / "copy.db", write_on) == {"t": 1}
        engine.dispose()
        with closing(sqlite3.connect(tmp_path / "copy.db")) as copy:
            assert copy.execute("SELECT n, length(filler) FROM t").fetchall() == [(1, 9000000)]
            assert copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert len(seen) > 3
        assert [done for done, _ in seen] == sorted(done for done, _ in seen)
        assert seen[-1][0] == seen[-1][1]

    def test_the_key_that_the_program_made_is_inside_and_comes_back(self, program: Program, tmp_path: Path) -> None:
        program.install()
        key = (tmp_path / "var/secret_key").read_bytes()
        told = json.loads(program.run("backup", "with.zip", "--json").stdout)
        assert told["manifest"]["has_key"] is True
        back = program.run("restore", "with.zip", ADVOCACY_DATA_DIR="new")
        assert back.stdout.endswith(f"The signing key: put back into {tmp_path}/new/secret_key.\n")
        files = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "new").iterdir()}
        assert files == {"advocacy.db": 0o600, "secret_key": 0o600}
        assert (tmp_path / "new/secret_key").read_bytes() == key

    def test_a_key_that_is_set_or_there_stays_and_one_can_be_left_out(self, program: Program, tmp_path: Path) -> None:
        program.install()
        program.run("backup", "with.zip")
        without = program.run("backup", "without.zip", "--without-key")
        assert without.stdout.endswith("The signing key is not inside.\n")
        assert zipfile.ZipFile(tmp_path / "without.zip").namelist() == ["database", "manifest.json"]
        (tmp_path / "there").mkdir()
        (tmp_path / "there/secret_key").write_text("another")
        stays = program.run("restore", "with.zip", ADVOCACY_DATA_DIR="there")
        assert stays.stdout.endswith(f"The signing key: the one in {tmp_path}/there/secret_key stays.\n")
        assert (tmp_path / "there/secret_key").read_text() == "another"
        none = program.run("restore", "without.zip", ADVOCACY_DATA_DIR="none")
        assert none.stdout.endswith("The signing key: the backup holds none.\n")
        own = {"ADVOCACY_SECRET_KEY": sha256(b"own").hexdigest(), "ADVOCACY_DATA_DIR": "own"}
        set_one = program.run("restore", "with.zip", **own)
        assert set_one.stdout.endswith("The signing key: the one that is set stays.\n")

    def test_a_database_that_was_only_opened_is_empty_enough(self, program: Program, tmp_path: Path) -> None:
        program.install()
        program.run("backup", "b.zip")
        program.run("doctor", ADVOCACY_DATA_DIR="new")
        assert (tmp_path / "new/advocacy.db").exists()
        assert program.run("restore", "b.zip", ADVOCACY_DATA_DIR="new").returncode == 0
        assert json.loads(program.run("people", "list", "--json", ADVOCACY_DATA_DIR="new").stdout)[0]["name"] == "Asha"

    def test_a_log_without_its_database_is_not_read_into_another(self, program: Program, tmp_path: Path) -> None:
        program.install()
        program.run("backup", "b.zip")
        (tmp_path / "new").mkdir()
        (tmp_path / "new/advocacy.db-wal").write_bytes(b"frames")
        told = program.run("restore", "b.zip", ADVOCACY_DATA_DIR="new")
        words = f"{tmp_path}/new/advocacy.db-wal belongs to a database that is not there: move it to where that one is."
        assert (told.returncode, told.stderr) == (3, f"Error: {words}\n")

    def test_a_schema_of_a_later_version(self, lived: Console, empty: dict[str, str]) -> None:
        with lived.app.app_context():
            db.session.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
            db.session.commit()
        file, _ = backed_up(lived)
        words = Console(lived.app, empty).refuses(3, "restore", str(file), "--check")
        assert words.startswith("The database's schema 9999 is of a later version of advocacy: install that one")

    def test_rows_that_point_nowhere_are_found(self, lived: Console, empty: dict[str, str]) -> None:
        with lived.app.app_context(), closing(db.engine.raw_connection()) as raw:
            raw.driver_connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]
            raw.driver_connection.execute("DELETE FROM account")  # type: ignore[union-attr]
        file, _ = backed_up(lived)
        there = Console(lived.app, empty)
        told = there.json("restore", "restore", str(file), "--check", code=3)
        assert [one["found"] for one in told["findings"] if not one["well"]] == [
            "4 rows of passed_over, provenance point nowhere"
        ]
        words = "references: 4 rows of passed_over, provenance point nowhere. Do not use it."
        assert there.refuses(3, "restore", str(file)) == f"The restored database is not well: {words}"
        assert not Path(empty["ADVOCACY_DATABASE_URL"].removeprefix("sqlite:///")).exists()

    def test_killed_at_any_moment_it_leaves_no_half_file_and_the_next_one_sweeps_up(
        self, program: Program, tmp_path: Path
    ) -> None:
        program.install()
        with closing(sqlite3.connect(tmp_path / "var/advocacy.db")) as big:
            big.execute("CREATE TABLE filler (bytes BLOB)")
            big.execute("INSERT INTO filler VALUES (randomblob(60000000))")
            big.commit()
        folder = tmp_path / "backups"
        folder.mkdir()
        begun = 0
        for number in range(4):
            final = folder / f"{number}.zip"
            with program.start("backup", str(final)) as process:
                while process.poll() is None and not [*folder.glob(".advocacy-backup-*/*")]:
                    time.sleep(0.01)
                time.sleep(0.15 * number)
                process.send_signal(signal.SIGKILL)
            begun += bool([*folder.glob(".advocacy-backup-*/*")])
            assert not final.exists() or program.run("restore", str(final), "--check").returncode == 0
        assert begun >= 2
        assert program.run("backup", str(folder / "whole.zip")).returncode == 0
        assert [*folder.glob(".*")] == []
        assert program.run("restore", str(folder / "whole.zip"), "--check").returncode == 0


@pytest.mark.skipif(not POSTGRES, reason="no PostgreSQL to ask")
class TestPostgres:
    """What PostgreSQL's own programs do for us."""

    @pytest.fixture(params=["postgresql"])
    def database_url(self, furnished: str) -> Iterator[str]:
        with postgres(furnished) as url:
            yield url

    @pytest.fixture
    def programs(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """A folder of programs that comes first."""
        folder = tmp_path / "bin"
        folder.mkdir()
        monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
        return folder

    def test_no_password_stands_on_a_command_line(
        self, lived: Console, programs: Path, database_url: str, which: Callable[[str], str]
    ) -> None:
        seen = programs / "seen"
        (programs / "pg_dump").write_text(
            f'#!/bin/sh\n[ "$1" = --version ] || echo "$@ env:$PGPASSWORD" > {seen}\nexec {which("pg_dump")} "$@"\n'
        )
        (programs / "pg_dump").chmod(0o755)
        secret = make_url(database_url).set(password="s3cr3t%/word").render_as_string(hide_password=False)
        file = programs.parent / "b.zip"
        with opened({**lived.environ, "ADVOCACY_DATABASE_URL": secret}, programs.parent) as app:
            Console(app, lived.environ).says("backup", str(file))
        arguments, _, handed = seen.read_text().strip().partition(" env:")
        assert (handed, "s3cr3t" in arguments) == ("s3cr3t%/word", False)

    @pytest.fixture
    def which(self) -> Callable[[str], str]:
        found = {name: shutil.which(name) for name in ("pg_dump", "pg_restore")}
        return lambda name: found[name] or pytest.skip(f"{name} is not on the path")

    def test_programs_that_are_missing_or_too_old(
        self, lived: Console, programs: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (programs / "pg_dump").write_text("#!/bin/sh\necho pg_dump '(PostgreSQL) 9.6.24'\n")
        (programs / "pg_dump").chmod(0o755)
        words = lived.refuses(3, "backup")
        assert words.startswith(f"{programs}/pg_dump is of version 9 and the server of ")
        assert words.endswith("or later.")
        monkeypatch.setenv("PATH", str(programs.parent / "none"))
        assert lived.refuses(3, "backup") == (
            "pg_dump is not here: install PostgreSQL's client programs (Debian: postgresql-client)."
        )
        assert [*Path(lived.environ["ADVOCACY_DATA_DIR"], "backups").iterdir()] == []

    def test_what_pg_dump_says_is_told(self, lived: Console, programs: Path) -> None:
        (programs / "pg_dump").write_text(
            "#!/bin/sh\n[ $1 = --version ] && echo pg_dump 99.1 && exit\necho 'pg_dump: error: no room' >&2\nexit 1\n"
        )
        (programs / "pg_dump").chmod(0o755)
        assert lived.refuses(3, "backup") == "pg_dump refused: pg_dump: error: no room"

    def test_a_role_that_may_make_no_scratch_database_is_told(self, lived: Console) -> None:
        file, _ = backed_up(lived)
        url = make_url(lived.environ["ADVOCACY_DATABASE_URL"])
        server = sa.create_engine(url, isolation_level="AUTOCOMMIT")
        with server.connect() as connection:
            connection.exec_driver_sql(f"CREATE ROLE plain_{url.database} LOGIN")
            try:
                plain = url.set(username=f"plain_{url.database}").render_as_string(hide_password=False)
                there = Console(lived.app, {**lived.environ, "ADVOCACY_DATABASE_URL": plain})
                assert there.refuses(3, "restore", str(file), "--check").startswith(
                    f"plain_{url.database} may not make a scratch database to check in: give CREATEDB to that role"
                )
                connection.exec_driver_sql(f"ALTER ROLE plain_{url.database} CREATEDB")
                assert there.json("restore", "restore", str(file), "--check")["well"] is True
            finally:
                connection.exec_driver_sql(f"DROP ROLE plain_{url.database}")
        server.dispose()


def test_the_address_that_libpq_gets_has_no_password() -> None:
    url = URL.create("postgresql+psycopg", "me", "hidden", None, None, "db", {"host": "/run/x", "password": "too"})
    assert postgres_dump._address(url) == "postgresql://me@/db?host=%2Frun%2Fx"

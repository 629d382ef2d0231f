"""What all commands share: help, exit codes, and errors in words."""

import json
import os
import pty
import select
import signal
import sqlite3
import time
from collections.abc import Iterator

import click
import pytest

from advocacy.cli.group import EPILOG, group
from tests.cli.console import Console, Program, feed
from tests.fault_server import FaultServer

KEY = "5f1c9e7ab2d04683a1f7c3e95b8d2604"


def commands(inside: click.Group = group, above: str = "") -> Iterator[tuple[str, click.Command]]:
    """Every command with its words, like `ladder import`."""
    context = click.Context(inside)
    for name in inside.list_commands(context):
        command = inside.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from commands(command, f"{above}{name} ")
        else:
            yield f"{above}{name}", command


def test_help_needs_no_readable_configuration(program: Program) -> None:
    told = program.run("-h", ADVOCACY_SERVER__PORT="many", ADVOCACY_NOSUCH="1")
    assert (told.returncode, told.stderr) == (0, "")
    assert " ".join(told.stdout.split()).endswith(EPILOG)
    assert not (program.folder / "var").exists()


def test_help_offers_nothing_that_is_not_ours() -> None:
    assert [option for param in group.params for option in param.opts] == ["--version"]


def test_every_command_and_option_says_what_it_is_for() -> None:
    silent = [words for words, command in commands() if not command.help]
    silent += [
        f"{words} {param.opts[0]}"
        for words, command in commands()
        for param in command.params
        if isinstance(param, click.Option) and not param.help
    ]
    assert [one for one in silent if not one.startswith(("demo", "db "))] == []


def test_an_unknown_command(console: Console) -> None:
    assert console.refuses(2, "sing").splitlines()[-1].startswith("Error: No such command 'sing'.")


def test_wrong_variables_are_all_named_and_no_secret_is_shown(program: Program) -> None:
    wrong = {"ADVOCACY_SERVER__PROT": "1", "ADVOCACY_SECRET_KEY": "too-short", "ADVOCACY_WORKER__THREADS": "many"}
    told = program.run("people", "list", **wrong)
    assert (told.returncode, told.stdout) == (3, "")
    assert told.stderr.splitlines() == [
        "Error: ADVOCACY_SECRET_KEY must have at least 32 characters",
        "ADVOCACY_SERVER__PROT is not known; did you mean ADVOCACY_SERVER__PORT?",
        "ADVOCACY_WORKER__THREADS must be a whole number from 1 to 64, not 'many'",
    ]
    assert not (program.folder / "var").exists()


def test_a_database_without_tables(program: Program) -> None:
    told = program.run("people", "list", "--json")
    words = "Error: The database has no tables yet, or old ones: run `advocacy db upgrade`.\n"
    assert (told.returncode, told.stdout, told.stderr) == (3, "", words)


def test_a_database_of_a_later_version(program: Program) -> None:
    program.install()
    later = sqlite3.connect(program.folder / "var/advocacy.db", isolation_level=None)
    later.execute("UPDATE alembic_version SET version_num = '9999'")
    later.close()
    told = program.run("db", "upgrade")
    words = "The database's schema 9999 is of a later version of advocacy: install that one, or restore a backup."
    assert (told.returncode, told.stdout, told.stderr) == (3, "", f"Error: {words}\n")


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("postgresql://me:hidden@127.0.0.1:9/x", "Connection refused"),
        ("sqlite:////proc/nowhere/advocacy.db", "unable to open database file"),
    ],
)
def test_a_database_that_cannot_be_used(program: Program, address: str, reason: str) -> None:
    told = program.run("people", "list", ADVOCACY_DATABASE_URL=address, ADVOCACY_SECRET_KEY=KEY)
    assert (told.returncode, told.stdout) == (3, "")
    assert told.stderr.startswith("Error: The database cannot be used: ")
    assert reason in told.stderr
    assert told.stderr.endswith("`advocacy doctor` tells more.\n")
    assert "hidden" not in told.stderr


def test_ctrl_c_ends_in_one_line(program: Program, web: FaultServer, page: str) -> None:
    slow = web.plays_raw("/slow", b"HTTP/1.1 200 OK\r\n\r\n", *[b"<feed>"] * 8, pause=0.25)
    program.install(slow)
    with program.start("ingest", "run") as process:
        while not web.requests:
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
    assert (process.returncode, out, err) == (130, "", "Stopped. What was stored until now stays.\n")


def test_a_reader_that_went_away(program: Program) -> None:
    read, write = os.pipe()
    os.close(read)
    with program.start("config", stdout=write) as process:
        os.close(write)
        _, err = process.communicate(timeout=20)
    assert (process.returncode, err) == (141, "")


def on_a_terminal(program: Program, *words: str) -> str:
    """What a command writes to its error stream when that is a terminal."""
    ours, theirs = pty.openpty()
    with program.start(*words, stderr=theirs, env={"TERM": "xterm"}) as process:
        os.close(theirs)
        written = b""
        while process.poll() is None or select.select([ours], [], [], 0.2)[0]:
            if select.select([ours], [], [], 0.1)[0]:
                try:
                    written += os.read(ours, 65536)
                except OSError:
                    break
        out, _ = process.communicate(timeout=20)
    os.close(ours)
    json.loads(out)
    return written.decode()


def test_a_bar_on_a_terminal_only_and_never_in_the_json(program: Program, web: FaultServer) -> None:
    address = web.answers("/feed", feed(), Content_Type="application/atom+xml")
    program.install(address)
    told = program.run("ingest", "run", "--json")
    assert (json.loads(told.stdout)["platforms"]["feed"]["requests"], told.stderr) == (1, "")
    assert "sources" in on_a_terminal(program, "ingest", "run", "--json")
    assert "backup" in on_a_terminal(program, "backup", "--json")

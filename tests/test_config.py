"""What an operator sets is read whole, or refused by name."""

import stat
from ipaddress import ip_network
from pathlib import Path

import pytest

from advocacy.config import ConfigError, Settings, describe, load

KEY = "6f1d0c9be2a84735a1c0d9e8f7b65432"


def read(cwd: Path, **variables: str) -> Settings:
    return load({f"ADVOCACY_{name}": value for name, value in variables.items()}, cwd)


def problems(cwd: Path, **variables: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        read(cwd, **variables)
    return list(caught.value.problems)


def shown(settings: Settings) -> dict[str, tuple[str, str]]:
    return {row.name: (row.value, row.source) for row in describe(settings)}


def test_nothing_set_is_a_working_local_set_up(tmp_path: Path) -> None:
    settings = load({"PATH": "/bin"}, tmp_path)
    assert settings.database_url == f"sqlite:///{tmp_path}/var/advocacy.db"
    assert settings.data_dir == tmp_path / "var"
    assert settings.base_url == "http://127.0.0.1:8000"
    assert (settings.server.host, settings.worker.embedded, settings.demo) == ("127.0.0.1", True, False)


def test_a_signing_key_is_made_once_and_is_the_owners_alone(tmp_path: Path) -> None:
    first, second = load({}, tmp_path), load({}, tmp_path)
    file = tmp_path / "var" / "secret_key"
    assert first.secret_key == second.secret_key == file.read_text("ascii")
    assert len(first.secret_key) == 64
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [entry.name for entry in file.parent.iterdir()] == ["secret_key"]


def test_a_command_that_signs_nothing_writes_nothing(tmp_path: Path) -> None:
    assert load({}, tmp_path, with_key=False).secret_key == ""
    assert list(tmp_path.iterdir()) == []


def test_a_shared_database_needs_a_key_of_the_operators(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, DATABASE_URL="postgresql://ann:pw@db/advocacy")
    assert problem.startswith("ADVOCACY_SECRET_KEY is not set; make one: python3 -c ")


def test_a_key_that_cannot_be_kept_is_told_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file where the folder should be")
    assert problems(tmp_path) == [
        f"ADVOCACY_SECRET_KEY is not set and {tmp_path}/var/secret_key cannot be kept: File exists"
    ]


def test_a_spoilt_key_file_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "secret_key").write_text("")
    (problem,) = problems(tmp_path)
    assert problem == (
        f"ADVOCACY_SECRET_KEY is not set and the key in {tmp_path}/var/secret_key must have at least 32 characters"
    )


@pytest.mark.parametrize("key", ["short", "a" * 64, "changeme" * 8, "0123456789abcdef" * 4])
def test_a_key_that_can_be_guessed_is_refused_without_showing_it(tmp_path: Path, key: str) -> None:
    (problem,) = problems(tmp_path, SECRET_KEY=key)
    assert problem.startswith("ADVOCACY_SECRET_KEY ")
    assert key not in problem


def test_every_type_is_read(tmp_path: Path) -> None:
    (tmp_path / "rules.toml").touch()
    settings = read(
        tmp_path,
        SECRET_KEY=KEY,
        DATABASE_URL="postgres://ann:pw@db:5432/advocacy",
        BASE_URL="https://advocacy.example.com/",
        TRUSTED_HOSTS="a.example.com, b.example.com",
        PROXY_HOPS="1",
        ZONE="Asia/Kolkata",
        WORKER__EMBEDDED="off",
        APPROVALS="Marketing, peer",
        FETCH__ALLOW_NETS="127.0.0.0/8,fd00::/8 192.0.2.1",
        RULES__RULEBOOK="rules.toml",
    )
    assert settings.secret_key == KEY
    assert settings.database_url == "postgresql+psycopg://ann:pw@db:5432/advocacy"
    assert settings.base_url == "https://advocacy.example.com"
    assert settings.trusted_hosts == ("a.example.com", "b.example.com")
    assert settings.proxy_hops == 1
    assert settings.zone.key == "Asia/Kolkata"
    assert settings.worker.embedded is False
    assert settings.approvals == ("peer", "marketing")
    assert settings.fetch.allow_nets == tuple(map(ip_network, ["127.0.0.0/8", "fd00::/8", "192.0.2.1"]))
    assert settings.rules.rulebook == tmp_path / "rules.toml"


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("sqlite:///my.db", "sqlite:///{cwd}/my.db"),
        ("sqlite:////srv/my.db", "sqlite:////srv/my.db"),
        ("sqlite://", "sqlite://"),
        ("sqlite:///:memory:", "sqlite:///:memory:"),
    ],
)
def test_a_sqlite_file_stands_on_the_working_directory(tmp_path: Path, given: str, meant: str) -> None:
    assert read(tmp_path, DATABASE_URL=given).database_url == meant.format(cwd=tmp_path)


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("SERVER__PORT", "80000", "must be a whole number from 0 to 65535, not '80000'"),
        ("SERVER__PORT", "٨٠٠٠", "must be a whole number from 0 to 65535, not '٨٠٠٠'"),
        ("APPROVALS", "boss", "must be some of peer, manager, marketing, between commas, not 'boss'"),
        ("DEMO", "maybe", "must be true or false, not 'maybe'"),
        ("ZONE", "Mars/Base", "must be a time zone such as UTC or Asia/Kolkata, not 'Mars/Base'"),
        ("ZONE", "../../etc", "must be a time zone such as UTC or Asia/Kolkata, not '../../etc'"),
        ("BASE_URL", "ftp://x", "must be an address such as https://advocacy.example.com, not 'ftp://x'"),
        ("BASE_URL", "http://[", "must be an address such as https://advocacy.example.com, not 'http://['"),
        ("DATABASE_URL", "mysql://ann:pw@db/x", "must be sqlite:///file.db or postgresql://user:password@host/name"),
    ],
)
def test_a_wrong_value_is_told_with_what_is_allowed(tmp_path: Path, name: str, value: str, allowed: str) -> None:
    assert problems(tmp_path, **{name: value}) == [f"ADVOCACY_{name} {allowed}"]


def test_a_network_with_host_bits_is_refused(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, FETCH__ALLOW_NETS="10.0.0.1/8")
    assert problem.startswith("ADVOCACY_FETCH__ALLOW_NETS must be networks such as 10.0.0.0/8: ")


def test_all_wrong_variables_are_named_at_once(tmp_path: Path) -> None:
    assert len(problems(tmp_path, DEMO="maybe", SERVER__PORT="x", SECRET_KEY="short", RULES__RULEBOOK="none")) == 4


def test_an_unknown_variable_is_named_with_the_nearest(tmp_path: Path) -> None:
    assert problems(tmp_path, SERVER_PORT="80", COLOUR_OF_THE_DOOR="blue") == [
        "ADVOCACY_COLOUR_OF_THE_DOOR is not known; `advocacy config` lists those that are",
        "ADVOCACY_SERVER_PORT is not known; did you mean ADVOCACY_SERVER__PORT?",
    ]


def test_what_kubernetes_adds_is_not_ours(tmp_path: Path) -> None:
    cluster = {"PORT": "tcp://10.0.0.1:80", "SERVICE_HOST": "10.0.0.1", "PORT_80_TCP_ADDR": "10.0.0.1"}
    assert read(tmp_path, **cluster).server.port == 8000


def test_an_empty_variable_is_not_set(tmp_path: Path) -> None:
    assert read(tmp_path, SERVER__PORT=" ").server.port == 8000


def test_a_file_holds_a_value(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text(f"{KEY}\n")
    settings = read(tmp_path, SECRET_KEY_FILE=str(file))
    assert settings.secret_key == KEY
    assert shown(settings)["ADVOCACY_SECRET_KEY"] == ("(hidden)", f"file {file}")


def test_a_file_and_a_value_at_once_are_refused(tmp_path: Path) -> None:
    assert problems(tmp_path, ZONE="UTC", ZONE_FILE="zone") == [
        "ADVOCACY_ZONE and ADVOCACY_ZONE_FILE are both set: unset one"
    ]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert problems(tmp_path, ZONE_FILE=f"{tmp_path}/none") == [
        f"ADVOCACY_ZONE_FILE names {tmp_path}/none, which cannot be read: No such file or directory"
    ]


def test_a_demo_stays_on_loopback(tmp_path: Path) -> None:
    assert problems(tmp_path, DEMO="yes", SERVER__HOST="0.0.0.0") == [
        "ADVOCACY_DEMO lets anybody sign in: ADVOCACY_SERVER__HOST must be a loopback address then"
    ]
    assert read(tmp_path, DEMO="yes", SERVER__HOST="::1").base_url == "http://[::1]:8000"


def test_a_platforms_keys_reach_its_source_and_are_never_shown(tmp_path: Path) -> None:
    settings = read(tmp_path, REDDIT__CLIENT_ID="abc")
    assert settings.sources == {"reddit": {"client_id": "abc"}}
    assert shown(settings)["ADVOCACY_REDDIT__CLIENT_ID"] == ("(hidden)", "environment")


def test_no_secret_is_shown(tmp_path: Path) -> None:
    settings = read(
        tmp_path, SECRET_KEY=KEY, DATABASE_URL="postgresql://ann:s3cret@db/advocacy?password=s3cret", SERVER__PORT="80"
    )
    rows = shown(settings)
    assert rows["ADVOCACY_DATABASE_URL"] == ("postgresql+psycopg://ann:(hidden)@db/advocacy", "environment")
    assert rows["ADVOCACY_SERVER__PORT"] == ("80", "environment")
    assert rows["ADVOCACY_WORKER__EMBEDDED"] == ("true", "default")
    assert "s3cret" not in f"{rows}{settings}"
    assert KEY not in f"{rows}{settings}"

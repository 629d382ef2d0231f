"""The gate, against a server that misbehaves."""

import gzip
import socket
import time
import zlib
from collections.abc import Callable, Iterator
from ipaddress import ip_network
from typing import Any

import pytest

from ingest.addresses import is_public, plain
from ingest.fetch import ALLOWED_BY, Forbidden, Gate, Unreachable, parse_target
from tests.fault_server import FaultServer

LOOPBACK = (ip_network("127.0.0.0/8"),)


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with FaultServer() as running:
        yield running


@pytest.fixture(scope="module")
def gate() -> Gate:
    return Gate(LOOPBACK, user_agent="advocacy-test", connect_timeout=1, total_timeout=0.5, max_bytes=2**20)


def told(gate: Gate, url: str, kind: type[Exception]) -> str:
    with pytest.raises(kind) as caught:
        gate.get(url)
    return str(caught.value)


def test_an_answer_comes_whole_with_its_cost(server: FaultServer, gate: Gate) -> None:
    answer = gate.get(server.answers("/", b"hello", ETag='W/"x"'), {"If-None-Match": 'W/"a b"'})
    assert (answer.status, answer.body, answer.headers["etag"]) == (200, b"hello", 'W/"x"')
    assert (answer.requests, answer.bytes, answer.moved_to) == (1, 5, None)
    asked = server.requests[0].headers
    assert (asked["host"], asked["user-agent"]) == (f"127.0.0.1:{server.port}", "advocacy-test")
    assert asked["if-none-match"] == 'W/"a b"'


def test_any_status_is_an_answer(server: FaultServer, gate: Gate) -> None:
    assert gate.get(server.answers("/", b"no", 503)).status == 503


def test_proxies_cookies_and_netrc_of_the_environment_are_not_used(
    server: FaultServer, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    server.redirects("/", "/next")
    server.plays["/"] = _raw(b"HTTP/1.1 302 X\r\nSet-Cookie: a=b\r\nLocation: /next\r\nContent-Length: 0\r\n\r\n")
    server.answers("/next", b"there")
    assert gate.get(server.url("/")).body == b"there"
    assert set(server.requests[1].headers) == {"host", "user-agent", "accept", "accept-encoding", "connection"}


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("ftp://blog.example/", "only addresses that begin with http"),
        ("file:///etc/passwd", "only addresses that begin with http"),
        ("blog.example", "only addresses that begin with http"),
        ("http://user:secret@blog.example/", "user name or password"),
        ("http://blog.example/a b", "characters that no address"),
        ("http://blog.example/\r\nX: y", "characters that no address"),
        ("http://blog.example\\@127.0.0.1/", "characters that no address"),
        ("http://blog.example:99999/", "not a web address"),
        ("http://[::1/", "not a web address"),
        ("http:///path", "not a web address"),
        ("http://blog.example/" + "a" * 2000, "too long"),
    ],
)
def test_what_is_no_web_address_is_refused_in_words(address: str, words: str) -> None:
    with pytest.raises(Forbidden, match=words):
        parse_target(address)


def test_names_in_other_scripts_are_asked_for_in_ascii() -> None:
    target = parse_target("https://bücher.example/straße?q=ü#part")
    assert (target.host, target.path) == ("xn--bcher-kva.example", "/stra%C3%9Fe?q=%C3%BC")


@pytest.mark.parametrize(
    "address",
    "0.0.0.0 10.0.0.5 100.64.0.1 127.0.0.1 168.63.129.16 169.254.169.254 172.31.0.1 192.0.0.192 192.0.2.1 192.168.1.1 "
    "198.18.0.1 203.0.113.9 224.0.0.1 255.255.255.255 ::1 :: fe80::1%eth0 fc00::1 fec0::1 ff02::1 2001:db8::1 "
    "2002:7f00:1::1 2001::1 64:ff9b::7f00:1 ::ffff:10.0.0.1 ::7f00:1".split(),
)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(plain(address))


@pytest.mark.parametrize("address", ["1.1.1.1", "93.184.216.34", "2606:4700::1111", "::ffff:1.1.1.1"])
def test_addresses_that_are_public(address: str) -> None:
    assert is_public(plain(address))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]"])
def test_a_private_address_is_refused_before_it_is_dialled(server: FaultServer, host: str) -> None:
    assert "is not a public address" in told(Gate(), f"http://{host}:{server.port}/", Forbidden)
    assert server.requests == []


def test_one_private_answer_among_public_ones_is_enough_to_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", _resolver("1.1.1.1", "10.0.0.5"))
    assert told(Gate(), "http://blog.example/", Forbidden) == (
        f"blog.example is not a public address (10.0.0.5); {ALLOWED_BY}"
    )


def test_only_the_ports_of_the_web_are_dialled_in_public(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", _resolver("1.1.1.1"))
    assert "port 22 is not one of the web's" in told(Gate(), "http://blog.example:22/", Forbidden)


def test_the_name_is_resolved_once_and_the_checked_address_is_dialled(
    server: FaultServer, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter(["127.0.0.1", "10.0.0.5"])
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: _resolver(next(answers))("blog.example", server.port))
    server.answers("/", b"pinned")
    assert gate.get(f"http://blog.example:{server.port}/").body == b"pinned"
    assert server.requests[0].headers["host"] == f"blog.example:{server.port}"


def test_a_name_that_does_not_exist_is_told(gate: Gate) -> None:
    assert told(gate, "http://nobody.invalid/", Unreachable) == "there is no host named nobody.invalid"


def test_a_refused_connection_is_told(gate: Gate) -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    assert told(gate, f"http://127.0.0.1:{port}/", Unreachable) == "127.0.0.1 refuses connections"


def test_redirects_are_followed_and_paid_for(server: FaultServer, gate: Gate) -> None:
    server.redirects("/a", "/b", 301)
    server.redirects("/b", "c", 308)
    server.answers("/c", b"here")
    answer = gate.get(server.url("/a"))
    assert (answer.body, answer.url, answer.moved_to) == (b"here", server.url("/c"), server.url("/c"))
    assert answer.requests == 3


def test_one_temporary_hop_makes_the_whole_way_temporary(server: FaultServer, gate: Gate) -> None:
    server.redirects("/a", "/b", 301)
    server.redirects("/b", "/c", 302)
    server.answers("/c", b"here")
    assert gate.get(server.url("/a")).moved_to is None


@pytest.mark.parametrize(
    ("location", "words"),
    [
        ("http://10.0.0.5/", "10.0.0.5 is not a public address (10.0.0.5)"),
        ("file:///etc/passwd", "only addresses that begin with http"),
        ("//user:x@127.0.0.1/", "user name or password"),
        ("http://[", "not a web address"),
        ("/a", "redirects more than 5 times"),
    ],
)
def test_a_bad_redirect_is_refused(server: FaultServer, gate: Gate, location: str, words: str) -> None:
    assert words in told(gate, server.redirects("/a", location), Forbidden)


def test_a_redirect_never_leaves_tls(gate: Gate) -> None:
    with pytest.raises(Forbidden, match="from https to http"):
        gate._next(parse_target("https://blog.example/"), "http://blog.example/", 1, 0)


def test_the_callers_headers_stay_with_their_origin(server: FaultServer, gate: Gate) -> None:
    with FaultServer() as other:
        server.redirects("/a", other.answers("/", b"x"))
        gate.get(server.url("/a"), {"If-None-Match": '"1"', "Authorization": "secret"})
        assert {"authorization", "if-none-match"} & set(other.requests[0].headers) == set()


def test_a_body_that_drips_ends_at_the_deadline(server: FaultServer, gate: Gate) -> None:
    head = b"HTTP/1.1 200 X\r\nContent-Length: 1000\r\n\r\n"
    url = server.plays_raw("/", head, *[b"x"] * 60, pause=0.05)
    begin = time.monotonic()
    assert told(gate, url, Unreachable) == "127.0.0.1 did not answer within 0.5 s"
    assert time.monotonic() - begin < 1


def test_headers_that_drip_end_at_the_deadline(server: FaultServer, gate: Gate) -> None:
    url = server.plays_raw("/", b"HTTP/1.1 200 X\r\nX-Slow: ", *[b"x"] * 60, pause=0.05)
    begin = time.monotonic()
    assert told(gate, url, Unreachable) == "127.0.0.1 did not answer within 0.5 s"
    assert time.monotonic() - begin < 1


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 X\r\nContent-Length: 10\r\n\r\nshort",
        b"HTTP/1.1 200 X\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n5\r\nhe",
        b"HTTP/1.1 200 X\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
        b"HTTP/1.1 200 X\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(b"hello" * 100, mtime=0)[:-4],
        b"HTTP/1.1 200 X\r\nContent-Encoding: gzip\r\n\r\nnot gzip at all",
    ],
)
def test_a_body_cut_short_is_no_clean_end(server: FaultServer, gate: Gate, answer: bytes) -> None:
    assert told(gate, server.plays_raw("/", answer), Unreachable) == "127.0.0.1 broke off in the middle of its answer"


@pytest.mark.parametrize(
    "answer", [b"", b"SSH-2.0-x\r\n", b"\x00" * 99, b"HTTP/1.1 200 X\r\n" + b"A: b\r\n" * 5000 + b"\r\n"]
)
def test_what_is_no_http_is_told_in_words(server: FaultServer, gate: Gate, answer: bytes) -> None:
    words = told(gate, server.plays_raw("/", answer), Unreachable)
    assert words.startswith(("127.0.0.1 does not speak HTTP as it should", "127.0.0.1 broke the connection off"))


def test_packed_bodies_are_unpacked(server: FaultServer, gate: Gate) -> None:
    text = b"hello " * 1000
    bare = zlib.compressobj(wbits=-15)
    packed = {
        "gzip": gzip.compress(text[:3000]) + gzip.compress(text[3000:], mtime=0),
        "deflate": zlib.compress(text),
        "x-gzip": gzip.compress(text) + b"\0\0",
    }
    for name, body in packed.items():
        assert gate.get(server.answers("/", body, Content_Encoding=name)).body == text
    body = bare.compress(text) + bare.flush()
    assert gate.get(server.answers("/", body, Content_Encoding="deflate")).body == text


@pytest.mark.parametrize("encoding", ["br", "gzip, gzip", "zstd"])
def test_encodings_nobody_asked_for_are_refused(server: FaultServer, gate: Gate, encoding: str) -> None:
    assert f"packed as {encoding}" in told(gate, server.answers("/", b"x", Content_Encoding=encoding), Forbidden)


def test_a_small_bomb_does_not_unpack_beyond_the_limit(server: FaultServer, gate: Gate) -> None:
    bomb = gzip.compress(bytes(50 * 2**20))
    assert told(gate, server.answers("/", bomb, Content_Encoding="gzip"), Forbidden).endswith(
        "sends more than 1,048,576 bytes"
    )


def test_a_large_body_is_refused_without_reading_it(server: FaultServer, gate: Gate) -> None:
    announced = server.plays_raw("/a", b"HTTP/1.1 200 X\r\nContent-Length: 67108864\r\n\r\n")
    silent = server.plays_raw("/b", b"HTTP/1.1 200 X\r\n\r\n", *[bytes(2**18)] * 8)
    assert (
        told(gate, announced, Forbidden) == told(gate, silent, Forbidden) == "127.0.0.1 sends more than 1,048,576 bytes"
    )


def _raw(data: bytes) -> Callable[[socket.socket, Any], None]:
    return lambda connection, _: connection.sendall(data)


def _resolver(*addresses: str) -> Callable[..., list[Any]]:
    def resolve(host: str, port: int, **_: object) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    return resolve

"""The gate when all goes well; tests/faults has what goes wrong, test_gate_attacks.py what is tried against it."""

import gzip
import zlib
from ipaddress import ip_network

import pytest

from ingest.fetch import Forbidden, Gate
from tests.fault_server import FaultServer


@pytest.fixture(scope="module")
def gate() -> Gate:
    return Gate((ip_network("127.0.0.0/8"),), user_agent="advocacy-test", max_bytes=2**20)


def test_an_answer_comes_whole_with_its_cost(server: FaultServer, gate: Gate) -> None:
    answer = gate.get(server.answers("/", b"hello", ETag='W/"x"'), {"If-None-Match": 'W/"a b"'})
    assert (answer.status, answer.body, answer.headers["etag"]) == (200, b"hello", 'W/"x"')
    assert (answer.requests, answer.bytes, answer.moved_to) == (1, 5, None)
    asked = server.requests[0].headers
    assert (asked["host"], asked["user-agent"]) == (f"127.0.0.1:{server.port}", "advocacy-test")
    assert asked["if-none-match"] == 'W/"a b"'


def test_any_status_is_an_answer(server: FaultServer, gate: Gate) -> None:
    assert gate.get(server.answers("/", b"no", 503)).status == 503


def test_the_systems_own_resolver_finds_a_name(server: FaultServer, gate: Gate) -> None:
    server.answers("/", b"found")
    assert gate.get(f"http://localhost:{server.port}/").body == b"found"


def test_what_is_no_web_address_costs_no_request(gate: Gate) -> None:
    with pytest.raises(Forbidden, match="only addresses that begin with http") as caught:
        gate.get("ftp://blog.example/")
    assert (caught.value.requests, caught.value.bytes) == (0, 0)


def test_what_fails_is_paid_for_too(server: FaultServer, gate: Gate) -> None:
    server.redirects("/a", "/b")
    server.plays_raw("/b", b"HTTP/1.1 200 X\r\nContent-Length: 9\r\n\r\nhell")
    with pytest.raises(Exception, match="broke off") as caught:
        gate.get(server.url("/a"))
    assert (caught.value.requests, caught.value.bytes) == (2, 41)  # type: ignore[attr-defined]


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


def test_a_redirect_that_leads_nowhere_is_an_answer(server: FaultServer, gate: Gate) -> None:
    answer = gate.get(server.answers("/", b"choose", 302))
    assert (answer.status, answer.body) == (302, b"choose")


@pytest.mark.parametrize(
    ("told", "asked"),
    [
        ("/stra\xdfe", "/stra%DFe"),
        ("/straße".encode().decode("latin-1"), "/stra%C3%9Fe"),
        ("/a%20b?c=d&e=ü".encode().decode("latin-1"), "/a%20b?c=d&e=%C3%BC"),
    ],
    ids=["Latin-1", "UTF-8", "a query"],
)
def test_a_redirect_in_other_letters_is_asked_for_as_it_was_sent(
    server: FaultServer, gate: Gate, told: str, asked: str
) -> None:
    server.plays_raw("/", b"HTTP/1.1 302 X\r\nContent-Length: 0\r\nLocation: " + told.encode("latin-1") + b"\r\n\r\n")
    server.answers(asked, b"found")
    assert gate.get(server.url()).body == b"found"


def test_packed_bodies_are_unpacked(server: FaultServer, gate: Gate) -> None:
    text = b"hello " * 1000
    packed = {
        "gzip": gzip.compress(text[:3000]) + gzip.compress(text[3000:], mtime=0),
        "deflate": zlib.compress(text),
        "x-gzip": gzip.compress(text) + b"\0\0",
    }
    for name, body in packed.items():
        assert gate.get(server.answers("/", body, Content_Encoding=name)).body == text


@pytest.mark.parametrize("length", [1, 2**18 - 1, 2**18, 2**18 + 1, 2**18 + 258, 2**19 + 7])
def test_bare_deflate_of_any_length_is_unpacked_to_its_end(server: FaultServer, gate: Gate, length: int) -> None:
    packer = zlib.compressobj(wbits=-15)
    body = packer.compress(bytes(length)) + packer.flush()
    assert gate.get(server.answers("/", body, Content_Encoding="deflate")).body == bytes(length)

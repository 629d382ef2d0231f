"""Everything that is tried to make the gate go where it must not: straight, by a name, by a redirect, by a new answer.

What the system really dials is written down by an audit hook, so that a refusal which came too late is seen.
"""

import socket
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from ipaddress import ip_network
from typing import Any

import pytest

from ingest import wire
from ingest.addresses import plain
from ingest.fetch import Forbidden, Gate, Unreachable
from ingest.wire import tls_context
from tests.fault_server import FaultServer
from tests.names import Names

OUTSIDE = "127.0.0.2"
"""The one address that the gate may go to here: it plays the internet, and everything else keeps its meaning."""

PUBLIC = "93.184.216.34"
TLS = tls_context()

PRIVATE = [
    # this machine
    *("127.0.0.1", "127.0.0.53", "127.255.255.254", "0.0.0.0", "0.1.2.3", "::1", "::"),
    # the house and the provider's house
    *("10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.0.1", "100.64.0.1", "100.127.255.255", "169.254.1.1"),
    *("fc00::1", "fd12:3456:789a::1", "fe80::1", "febf::1", "fec0::1", "feff::1"),
    # metadata services of clouds
    *("169.254.169.254", "169.254.170.2", "168.63.129.16", "192.0.0.192", "100.100.100.200", "fd00:ec2::254"),
    # many, all, nobody, documents, tests
    *("224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "ff02::1", "ff0e::1"),
    *("192.0.0.1", "192.0.0.170", "192.0.2.1", "192.88.99.1", "198.18.0.1", "198.19.255.255", "198.51.100.1"),
    *("203.0.113.1", "100::1", "2001:db8::1", "3fff::1", "5f00::1", "2001:2::1", "2001:10::1", "4000::1", "e000::1"),
    # IPv4 inside IPv6: mapped, compatible, translated, NAT64, local NAT64, 6to4, Teredo, ISATAP at a link
    *("::ffff:127.0.0.1", "::ffff:169.254.169.254", "::ffff:a9fe:a9fe", "::127.0.0.1", "::ffff:0:127.0.0.1"),
    *("64:ff9b::127.0.0.1", "64:ff9b::a9fe:a9fe", "64:ff9b::1.1.1.1", "64:ff9b:1::127.0.0.1", "64:ff9b:1:ffff::1"),
    *("2002:7f00:1::1", "2002:a9fe:a9fe::1", "2002:101:101::1", "2001::1", "2001:0:4136:e378:8000:63bf:80ff:fffe"),
    "fe80::5efe:127.0.0.1",
]

NOTATIONS = [
    # 127.0.0.1 for somebody's resolver: decimal, hex, octal, mixed, short, padded
    *("2130706433", "0x7f000001", "0x7F000001", "017700000001", "0177.0.0.1", "0x7f.0.0.1", "0x7f.0x0.0x0.0x1"),
    *("0x7f.1", "0177.1", "127.1", "127.0.1", "0177.0x0.0.1", "127.0.0.01", "127.000.000.001", "00000177.0.0.1"),
    *("0", "0x0", "0x", "1", "4294967295", "4294967296", "127.0.0.256", "127.0.0.0.1", "127.0.0", "1.2.3.4.5"),
    # 169.254.169.254 likewise
    *("2852039166", "0xa9fea9fe", "0xA9.0xFE.0xA9.0xFE", "0251.0376.0251.0376", "169.254.43518", "169.16689662"),
    # other brackets, zones, futures
    *("[::1", "::1]", "[[::1]]", "[]", "[127.0.0.1]", "[::1%25lo]", "[::1%lo]", "[fe80::1%eth0]", "[v1.fe80]"),
    *("[::1].blog.example", "[::1]blog.example", "blog.example[::1]", "::1", "[::ffff:127.0.0.1%25lo]", "[::1.]"),
    # percent signs where a name should be
    *(
        "%31%32%37.0.0.1",
        "127.0.0.1%00.blog.example",
        "127.0.0.1%2f",
        "127%2e0.0.1",
        "%6c%6f%63alhost",
        "127.0.0.1%eth0",
    ),
    # user info, in front or made to look so
    *("blog.example@127.0.0.1", "127.0.0.1@blog.example", "a:b@127.0.0.1", "@127.0.0.1", "blog.example%40127.0.0.1"),
    *("blog.example:80@127.0.0.1", "blog.example\\@127.0.0.1", "127.0.0.1\\.blog.example", "blog.example&@127.0.0.1"),
    # what ends a host for one reader and not for another
    *("127.0.0.1\t", "127.0.0.1\r\nHost: x", "127.0.0.1 .blog.example", "blog.example\x00.127.0.0.1", "127.0.0.1;x"),
    *("127.0.0.1,blog.example", "127.0.0.1|x", "{127.0.0.1}", "127.0.0.1:0", "127.0.0.1:99999", "127.0.0.1:80:80"),
    *("127.0.0.1:+80", "127.0.0.1:８０", "127..0.0.1", ".127.0.0.1", "127.0.0.1..", "", ".", "..", "*"),
    "a" * 64 + ".example",
]

FOLDED = [
    # other letters and dots that a resolver folds to these
    *(
        "１２７.０.０.１",
        "①②⑦.⓪.⓪.①",
        "127。0。0。1",
        "127．0．0．1",
        "127｡0｡0｡1",
        "𝟭𝟮𝟳.𝟬.𝟬.𝟭",
        "127.0.0.1.",
        "１６９.２５４.１６９.２５４",
    ),
    *("[::ffff:7f00:1]", "[0:0:0:0:0:0:0:1]", "[0000::0001]", "[::FFFF:127.0.0.1]"),
]

OTHERWISE = [
    *("file:///etc/passwd", "file://127.0.0.1/etc/passwd", "gopher://127.0.0.1/", "dict://127.0.0.1:11211/stat"),
    *(
        "ftp://127.0.0.1/",
        "ldap://127.0.0.1/",
        "jar:http://127.0.0.1/!/",
        "data:text/xml,<rss/>",
        "javascript:alert(1)",
    ),
    *("netdoc:///etc/passwd", "unix:///var/run/docker.sock", "view-source:http://127.0.0.1/", "about:blank"),
]

STRAIGHT = [f"http://{f'[{ip}]' if ':' in ip else ip}/" for ip in PRIVATE]
TOLD = [*STRAIGHT, *(f"http://{host}/" for host in (*NOTATIONS, *FOLDED)), *OTHERWISE]


@dataclass
class Watch:
    """Writes down every address that this program connects to while it is on; others than loopback are not reached."""

    dialled: list[str] = field(default_factory=list)
    on: bool = False

    def note(self, event: str, args: tuple[Any, ...]) -> None:
        if self.on and event == "socket.connect":
            address = str(args[1][0])
            self.dialled.append(address)
            if not plain(address).is_loopback:
                raise PermissionError(f"a test tried to reach {address}")


@cache
def watch() -> Watch:
    only = Watch()
    sys.addaudithook(only.note)  # nobody can take a hook away again
    return only


@pytest.fixture(autouse=True)
def connections() -> Iterator[list[str]]:
    watch().dialled.clear()
    watch().on = True
    yield watch().dialled
    watch().on = False


@pytest.fixture
def outside() -> Iterator[FaultServer]:
    try:
        server = FaultServer(host=OUTSIDE)
        server.__enter__()
    except OSError:
        pytest.skip(f"this system has no {OUTSIDE}")
    yield server
    server.__exit__(None, None, None)


def gate(**answers: list[tuple[str, ...]]) -> Gate:
    return through(Names({f"{name}.example": script for name, script in answers.items()}))


def through(names: Names) -> Gate:
    return Gate((ip_network(OUTSIDE),), look_up=names, tls=TLS)


def refused(gate: Gate, url: str) -> str:
    with pytest.raises(Forbidden) as caught:
        gate.get(url)
    return str(caught.value)


@pytest.mark.parametrize("url", STRAIGHT)
def test_a_literal_that_is_not_public_is_not_dialled(url: str, connections: list[str]) -> None:
    assert "is not a public address" in refused(gate(), url)
    assert connections == []


@pytest.mark.parametrize("host", FOLDED)
def test_a_literal_in_other_letters_is_not_dialled(host: str, connections: list[str]) -> None:
    assert "is not a public address" in refused(gate(), f"http://{host}/")
    assert connections == []


@pytest.mark.parametrize("host", NOTATIONS)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_host_that_can_be_read_in_two_ways_is_read_in_none(scheme: str, host: str, connections: list[str]) -> None:
    names = Names({})
    assert refused(through(names), f"{scheme}://{host}/")
    assert (connections, names.asked) == ([], [])


@pytest.mark.parametrize("url", OTHERWISE)
def test_no_other_scheme_is_followed(url: str, connections: list[str]) -> None:
    assert refused(gate(), url)
    assert connections == []


@pytest.mark.parametrize(
    "url", ["http:127.0.0.1/", "http:/127.0.0.1/", "http:///127.0.0.1/", "//127.0.0.1/", "127.0.0.1", "http://"]
)
def test_what_some_clients_complete_is_no_address(url: str) -> None:
    assert refused(gate(), url)


@pytest.mark.parametrize("address", PRIVATE)
@pytest.mark.parametrize(
    "answers", ["{0}", "{0} {1}", "{1} {0}", "{1} {1} {1} {1} {1} {0}"], ids=["only", "first", "second", "sixth"]
)
def test_a_name_with_one_answer_that_is_not_public_is_not_dialled(
    address: str, answers: str, connections: list[str]
) -> None:
    found = tuple(answers.format(address, PUBLIC).split())
    assert "is not a public address" in refused(gate(blog=[found]), "http://blog.example/")
    assert connections == []


def test_a_zone_does_not_make_an_address_public(connections: list[str]) -> None:
    assert "is not a public address" in refused(gate(blog=[("fe80::1%lo",)]), "http://blog.example/")
    assert connections == []


@pytest.mark.parametrize("port", [1, 22, 25, 6379, 11211, 65535])
def test_only_the_ports_of_the_web_are_dialled(port: int, connections: list[str]) -> None:
    words = refused(gate(blog=[(PUBLIC,)]), f"http://blog.example:{port}/")
    assert words == f"blog.example: port {port} is not one of the web's"
    assert connections == []


@pytest.mark.parametrize("url", [url for url in TOLD if not {"\r", "\x00"} & set(url) and url != "http:///"])
def test_a_redirect_leads_to_none_of_these(url: str, outside: FaultServer, connections: list[str]) -> None:
    words = refused(gate(), outside.redirects("/", url))
    assert words.startswith(f"{OUTSIDE} redirects to ") or "is not a public address" in words
    assert connections == [OUTSIDE]


@pytest.mark.parametrize("address", PRIVATE)
def test_a_redirect_to_a_name_is_looked_up_and_checked(
    address: str, outside: FaultServer, connections: list[str]
) -> None:
    start = outside.redirects("/", "http://inside.example/")
    assert "inside.example is not a public address" in refused(gate(inside=[(address,)]), start)
    assert connections == [OUTSIDE]


def test_a_redirect_within_a_name_goes_back_to_it_and_nowhere_else(outside: FaultServer) -> None:
    for location in ("\\\\127.0.0.1\\", "http:\\\\127.0.0.1/", "http:/127.0.0.1/", "///127.0.0.1", "http:127.0.0.1"):
        outside.requests.clear()
        outside.redirects("/", location)
        with suppress(Forbidden):
            gate().get(outside.url())
        assert {request.headers["host"] for request in outside.requests} == {f"{OUTSIDE}:{outside.port}"}


@pytest.mark.parametrize("looks", [1, 2])
@pytest.mark.parametrize("inside", ["127.0.0.1", "169.254.169.254", "::1"])
def test_a_name_that_changes_its_answer_is_dialled_at_the_one_that_was_checked(
    outside: FaultServer, connections: list[str], looks: int, inside: str
) -> None:
    names = Names({"blog.example": [*[(OUTSIDE,)] * looks, (inside,)]})
    blog = through(names)
    outside.answers("/", b"outside")
    for time in range(looks):
        assert blog.get(f"http://blog.example:{outside.port}/").body == b"outside"
        assert len(names.asked) == time + 1  # once for the check and the dialling together
    assert "is not a public address" in refused(blog, f"http://blog.example:{outside.port}/")
    assert set(connections) == {OUTSIDE}


@pytest.mark.parametrize("hops", [1, 2])
def test_a_name_that_changes_its_answer_between_redirects_is_checked_again(
    outside: FaultServer, connections: list[str], hops: int
) -> None:
    names = Names({"blog.example": [*[(OUTSIDE,)] * hops, ("127.0.0.1",)]})
    start = f"http://blog.example:{outside.port}/"
    outside.redirects("/", "/")
    assert "is not a public address (127.0.0.1)" in refused(through(names), start)
    assert (len(names.asked), len(outside.requests)) == (hops + 1, hops)
    assert set(connections) == {OUTSIDE}


def test_a_socket_that_was_led_elsewhere_is_not_spoken_to(
    outside: FaultServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with FaultServer() as elsewhere:  # as a library that is preloaded, or a rule of the firewall, would lead it
        there = ("127.0.0.1", elsewhere.port)
        monkeypatch.setattr(wire._PlainSocket, "connect", lambda sock, _: socket.socket.connect(sock, there))
        with pytest.raises(Unreachable, match="broke the connection off"):
            gate().get(outside.url())
        assert (elsewhere.requests, outside.requests) == ([], [])


def test_what_the_operator_allows_is_allowed_and_no_more(outside: FaultServer) -> None:
    outside.answers("/", b"intranet")
    allowed = gate(wiki=[(OUTSIDE,), (OUTSIDE, "127.0.0.1")])
    assert allowed.get(f"http://wiki.example:{outside.port}/").body == b"intranet"
    assert allowed.get(f"http://[::ffff:{OUTSIDE}]:{outside.port}/").body == b"intranet"
    assert "(127.0.0.1)" in refused(allowed, f"http://wiki.example:{outside.port}/")

"""The table of public addresses, held against two others: a library made for it, and the standard library.

Both directions are told: nothing that they refuse is public to us, and what we refuse beyond them is listed here.
"""

from collections.abc import Callable, Iterable, Iterator
from ipaddress import IPv4Address, IPv6Address, IPv6Network, collapse_addresses, ip_address, ip_network

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from ssrfguard import DEFAULT_DENIED, Policy
from ssrfguard.errors import BlockedURLError

from ingest.addresses import Address, Network, is_public, plain
from ingest.target import BadAddress, parse_target

BEYOND_THE_LIBRARY: dict[str, str] = {
    "168.63.129.16/32": "public by number, and a cloud's service for its own machines",
    "192.0.0.9/32": "anycast of Port Control Protocol: a router answers there, no blog",
    "192.0.0.10/32": "anycast of TURN: likewise",
    "64:ff9b::/96": "NAT64: we refuse IPv4 in IPv6, whatever is inside",
    "::/96": "IPv4-compatible, deprecated: likewise",
    "2002::/16": "6to4: likewise",
    "2001::/23": "protocol assignments, Teredo among them: no blog is in any",
    "::/3": "outside of 2000::/3 nothing is handed out to the public",
    "4000::/2": "likewise",
    "8000::/1": "likewise",
}
"""Refused by us and permitted by ssrfguard, and why."""

BEYOND_IS_GLOBAL: dict[str, str] = {
    "168.63.129.16/32": "a cloud's service for its own machines",
    "192.0.0.0/24": "protocol assignments; 192.0.0.192 is a cloud's metadata service",
    "192.88.99.0/24": "relays of 6to4, deprecated",
    "224.0.0.0/4": "multicast",
    "2002::/16": "6to4: IPv4 in IPv6",
    "2001::/23": "protocol assignments, Teredo among them",
    "3fff::/20": "documentation, which older Pythons do not know",
    "::/3": "not handed out: NAT64 (64:ff9b::/96, 64:ff9b:1::/48) and IPv4-compatible addresses are here",
    "4000::/2": "not handed out",
    "8000::/1": "not handed out: site-local fec0::/10 and multicast ff00::/8 are here",
}
"""Refused by us and global for Python's ipaddress (it differs between its versions), and why."""

NAMED_BY_TRUST = ["192.0.0.192", "224.0.0.1", "ff0e::1", "2002::1", "fec0::1", "168.63.129.16", "64:ff9b::1.1.1.1"]

SEEN = [block.network for block in DEFAULT_DENIED.blocks]
LISTED = [ip_network(net) for net in {**BEYOND_THE_LIBRARY, **BEYOND_IS_GLOBAL}]
PLACES = sorted({*SEEN, *LISTED}, key=str)


def edges(nets: Iterable[Network]) -> Iterator[Address]:
    """The first and the last of each network, and their neighbours outside."""
    for net in nets:
        kind = IPv4Address if net.version == 4 else IPv6Address
        for value in (int(net[0]) - 1, int(net[0]), int(net[0]) + 1, int(net[-1]) - 1, int(net[-1]), int(net[-1]) + 1):
            if 0 <= value < 2**net.max_prefixlen:
                yield kind(value)


def wrapped(ip: IPv4Address) -> Iterator[IPv6Address]:
    """Every way to hide an IPv4 address in an IPv6 one."""
    inner = int(ip)
    for prefix in ("::ffff:0:0", "::", "::ffff:0:0:0", "64:ff9b::", "64:ff9b:1::", "fe80::5efe:0:0"):
        yield IPv6Address(int(IPv6Address(prefix)) | inner)
    yield IPv6Address((0x2002 << 112) | (inner << 80) | 1)
    yield IPv6Address((0x20010000 << 96) | (0x01010101 << 64) | (inner ^ 0xFFFFFFFF))
    yield IPv6Address((0x20010000 << 96) | (inner << 64) | (0x01010101 ^ 0xFFFFFFFF))


CORPUS = sorted(
    {*edges(PLACES), *(six for ip in edges(PLACES) if isinstance(ip, IPv4Address) for six in wrapped(ip))}, key=str
)

somewhere = st.one_of(
    st.ip_addresses(),
    st.sampled_from(PLACES).flatmap(lambda net: st.ip_addresses(network=net)),
    st.integers(0, 2**32 - 1).flatmap(lambda number: st.sampled_from(list(wrapped(IPv4Address(number))))),
)


def refused(ip: Address) -> bool:
    return not is_public(plain(str(ip)))


def is_listed(ip: Address, table: dict[str, str]) -> bool:
    return any(ip in net for net in map(ip_network, table) if net.version == ip.version)


def agrees_with_the_library(ip: Address) -> None:
    if DEFAULT_DENIED.classify(ip).blocked:
        assert refused(ip), f"{ip} is refused by ssrfguard and public to us"
    elif refused(ip):
        inner = plain(str(ip))
        assert is_listed(inner, BEYOND_THE_LIBRARY), f"{ip} is refused by us alone, and nobody says why"


def agrees_with_is_global(ip: Address) -> None:
    inner = plain(str(ip))
    if not inner.is_global:
        assert refused(ip), f"{ip} is not global and public to us"
    elif refused(ip):
        assert is_listed(inner, BEYOND_IS_GLOBAL), f"{ip} is global, refused by us, and nobody says why"


def test_the_library_and_we_agree_at_every_edge() -> None:
    for ip in CORPUS:
        agrees_with_the_library(ip)
        agrees_with_is_global(ip)


@given(somewhere)
@example(ip_address("168.63.129.16"))
@example(ip_address("64:ff9b::7f00:1"))
def test_the_library_and_we_agree_anywhere(ip: Address) -> None:
    agrees_with_the_library(ip)
    agrees_with_is_global(ip)


@pytest.mark.parametrize("net", BEYOND_THE_LIBRARY)
def test_no_difference_is_listed_that_is_none(net: str) -> None:
    place = ip_network(net)
    witnesses = [ip for ip in CORPUS if ip in place and refused(ip) and not DEFAULT_DENIED.classify(ip).blocked]
    assert witnesses != []


@pytest.mark.parametrize("address", NAMED_BY_TRUST)
def test_what_is_known_to_be_called_global_is_refused(address: str) -> None:
    assert refused(ip_address(address))
    assert is_listed(ip_address(address), BEYOND_IS_GLOBAL)


@pytest.mark.parametrize("address", ["1.1.1.1", "93.184.216.34", "2606:4700::1111", "2a00:1450::8a", "::ffff:1.1.1.1"])
def test_what_is_public_stays_public(address: str) -> None:
    assert is_public(plain(address))


def test_all_of_the_public_space_but_named_exceptions_is_public() -> None:
    six = collapse_addresses([IPv6Network(net) for net in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")])
    assert [net for net in six if is_public(net[0]) or is_public(net[-1])] == []
    assert all(is_public(ip_address(f"{first}.1.1.1")) for first in range(1, 224) if first not in (10, 127))


NOTATIONS: list[Callable[[IPv4Address], str]] = [
    lambda ip: str(int(ip)),
    lambda ip: hex(int(ip)),
    lambda ip: f"0{int(ip):o}",
    lambda ip: ".".join(hex(part) for part in ip.packed),
    lambda ip: ".".join(f"{part:04o}" for part in ip.packed),
    lambda ip: f"{ip.packed[0]}.{int(ip) & 0xFFFFFF}",
    lambda ip: str(ip).translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    lambda ip: str(ip).translate(str.maketrans(".", "。")),
    lambda ip: f"[::ffff:{ip}]",
    lambda ip: f"[64:ff9b::{ip}]",
    lambda ip: f"user@{ip}",
    lambda ip: "".join(f"%{ord(char):02x}" for char in str(ip)),
    str,
]


@given(st.sampled_from([net for net in SEEN if net.version == 4]).flatmap(lambda net: st.ip_addresses(network=net)))
def test_no_notation_that_the_library_refuses_passes_here(ip: IPv4Address) -> None:
    for write in NOTATIONS:
        url = f"http://{write(ip)}/"
        try:
            Policy().check_url(url)
        except BlockedURLError:
            try:
                target = parse_target(url)
            except BadAddress:
                continue
            assert refused(ip_address(target.host)), url

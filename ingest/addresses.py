"""Which internet addresses are public, by an explicit table: the gate connects to nothing else."""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import TypeAlias

Network: TypeAlias = IPv4Network | IPv6Network
Address: TypeAlias = IPv4Address | IPv6Address

# IANA's special-purpose registry. `is_global` of the standard library is wrong for 192.0.0.192 and multicast;
# 168.63.129.16 is public by number, and the metadata service of a large cloud.
_PRIVATE_V4 = tuple(
    IPv4Network(net)
    for net in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "168.63.129.16/32",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/3",
    )
)
# Only 2000::/3 is handed out to the public; the rest (fec0::, 64:ff9b::, ::/96 …) is refused by not being in it.
_PUBLIC_V6 = IPv6Network("2000::/3")
_PRIVATE_V6 = tuple(IPv6Network(net) for net in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"))


def plain(address: str) -> Address:
    """Give the address itself: without a zone, and IPv4 where it was only wrapped in IPv6."""
    ip = ip_address(address.partition("%")[0])
    mapped = ip.ipv4_mapped if isinstance(ip, IPv6Address) else None
    return mapped or ip


def is_public(ip: Address) -> bool:
    """Tell whether anybody on the internet may be found at this address."""
    if isinstance(ip, IPv4Address):
        return not any(ip in net for net in _PRIVATE_V4)
    return ip in _PUBLIC_V6 and not any(ip in net for net in _PRIVATE_V6)


def is_allowed(ip: Address, allow_nets: Sequence[Network]) -> bool:
    """Tell whether the operator named a network that holds this address."""
    return any(ip.version == net.version and ip in net for net in allow_nets)

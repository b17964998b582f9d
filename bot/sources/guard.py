"""No requests into the own network: every address is checked at the moment a socket is made for it.

Names are not what is judged, addresses are, after resolution and for each redirect anew: between a
check of the name and the connection another answer of the name server could slip in (DNS rebinding).
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable

from aiohttp import AddrInfoType

# What Python's is_global calls public, or did in some version, though it leads inside or nowhere.
_REFUSED = tuple(
    ipaddress.ip_network(network)
    for network in (
        "100.64.0.0/10",  # carrier-grade NAT
        "192.0.0.0/24",  # protocol assignments
        "192.88.99.0/24",  # 6to4 relays
        "198.18.0.0/15",  # benchmarks
        "240.0.0.0/4",  # reserved
        "::/96",  # IPv4-compatible
        "64:ff9b::/96",  # NAT64: an IPv4 address in disguise
        "64:ff9b:1::/48",
        "2001::/23",  # protocol assignments with Teredo
        "2002::/16",  # 6to4
        "fec0::/10",  # site-local
    )
)


class RefusedAddress(OSError):
    """The address lies inside a private network."""


def public_address(address: str) -> bool:
    """Whether an IP address literal belongs to a machine on the open internet.

    False for loopback, private, link-local, multicast, reserved, NAT64, 6to4 and Teredo addresses and for
    IPv4 ones of these kinds mapped into IPv6; false for what is no address at all.
    """
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped is not None:
        parsed = parsed.ipv4_mapped
    if not parsed.is_global or parsed.is_multicast or parsed.is_reserved:
        return False
    return not any(parsed.version == network.version and parsed in network for network in _REFUSED)


class Guard:
    """A socket factory for aiohttp's connector that makes no socket for a refused address."""

    def __init__(self, allowed: Callable[[str], bool] = public_address) -> None:
        self._allowed = allowed
        self.refused = False

    def __call__(self, info: AddrInfoType) -> socket.socket:
        """A new socket for ``info``. Raises ``RefusedAddress``; ``refused`` tells it afterwards."""
        family, kind, protocol, _, address = info
        if not self._allowed(str(address[0])):
            self.refused = True
            raise RefusedAddress("The address lies inside a private network.")
        return socket.socket(family, kind, protocol)

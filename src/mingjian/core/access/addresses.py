"""Addresses that strangers give: hosts, origins, where to go after a login, who a client is."""

from __future__ import annotations

import re
from collections.abc import Collection
from ipaddress import IPv6Address, ip_address

HOME = "/"
LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")
_HOST = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[0-9a-z._-]+)(?::(?P<port>[0-9]{1,5}))?", re.IGNORECASE)
_ORIGIN = re.compile(r"(?P<scheme>https?)://(?P<host>[^/?#@\\\s]+)", re.IGNORECASE)
_PATH = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")
_SAFE_METHODS = frozenset(("GET", "HEAD", "OPTIONS"))
_IPV6_SITE = 64  # bits that one customer is given


def host_name(host: str) -> str | None:
    """The name in a Host header, without its port; nothing where it is no host.

    >>> host_name("Desk.example:8000"), host_name("[::1]:80"), host_name("a@b"), host_name("")
    ('desk.example', '[::1]', None, None)
    """
    match = _HOST.fullmatch(host)
    return match["name"].lower().rstrip(".") if match else None


def host_is_ours(host: str, ours: Collection[str]) -> bool:
    """Whether the name of a Host header is one of ours: else another site's name leads here (DNS rebinding).

    >>> host_is_ours("evil.example", LOCAL_HOSTS), host_is_ours("localhost:8000", LOCAL_HOSTS)
    (False, True)
    """
    return host_name(host) in {name.lower() for name in ours}


def safe_next(address: str | None) -> str:
    r"""Where to go after a login: the address where it is a path of ours, else the home page.

    >>> safe_next("/search?q=a"), safe_next("//evil.example"), safe_next("/\\evil.example"), safe_next("https:/x")
    ('/search?q=a', '/', '/', '/')
    """
    return address if address is not None and _PATH.fullmatch(address) else HOME


def comes_from_us(method: str, site: str | None, origin: str | None, ours: str) -> bool:
    """Whether a request that a browser made with its cookies was begun on one of our own pages.

    ``site`` is the header Sec-Fetch-Site, which a page cannot forge, ``origin`` the header Origin, ``ours`` our own
    origin. What changes nothing may come from anywhere; what changes something and tells neither is refused.

    >>> comes_from_us("POST", "cross-site", None, "http://localhost")
    False
    >>> comes_from_us("POST", None, "http://localhost", "http://localhost")
    True
    >>> comes_from_us("POST", None, None, "http://localhost")
    False
    """
    if method in _SAFE_METHODS:
        return True
    if site is not None and site != "same-origin":
        return False
    if origin is not None:
        return _ORIGIN.fullmatch(origin) is not None and origin.lower() == ours.lower()
    return site is not None


def client_key(address: str) -> str:
    """Who counts as one client: an IPv4 address, or the site that an IPv6 address lies in.

    >>> client_key("192.0.2.7"), client_key("2001:db8::1:2:3:4"), client_key("::ffff:192.0.2.7"), client_key("pipe")
    ('192.0.2.7', '2001:db8::/64', '192.0.2.7', 'pipe')
    """
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address):
        if parsed.ipv4_mapped is not None:
            return str(parsed.ipv4_mapped)
        site = IPv6Address(int(parsed) >> _IPV6_SITE << _IPV6_SITE)
        return f"{site}/{_IPV6_SITE}"
    return str(parsed)

"""Who is asking, as a scope: the one place where a door decides what its caller may see.

Knows no accounts and no keys yet. It decides who looks, never what they see: that is the
catalogue's.
"""

from __future__ import annotations

import ipaddress

from store.records import Scope


def api_scope() -> Scope:
    """The scope of a call to the HTTP API: without a key, public, wherever it comes from."""
    return Scope.PUBLIC


def page_scope(bound: str) -> Scope:
    """The scope of the chat page of a server bound to the address `bound`.

    Whoever reaches a loopback address sits at this machine: staff. Any other address,
    every interface ("0.0.0.0", "::", "") included, is open to strangers: public.
    """
    return Scope.STAFF if is_loopback(bound) else Scope.PUBLIC


def is_loopback(host: str) -> bool:
    """Whether `host` (a name or an address, without port) can only be this machine."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def host_of(header: str) -> str:
    """The name or address in a `Host` header, without its port; "" when there is none."""
    if header.startswith("["):
        return header.partition("]")[0] + "]"
    return header.partition(":")[0]

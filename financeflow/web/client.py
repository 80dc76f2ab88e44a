"""Who is calling: the address a request comes from, as far as our own proxies can be believed."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The caller's address as the outermost of TRUSTED_PROXIES saw it; what stands further left anyone can forge."""
    proxies = settings.TRUSTED_PROXIES
    seen = request.META.get("REMOTE_ADDR", "")
    if proxies:
        forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
        seen = forwarded[-proxies] if len(forwarded) >= proxies else seen
    return _plain(seen)


def client_neighbourhood(request: HttpRequest) -> str:
    """What a rate limit counts by: the address, or the /64 that one IPv6 customer has to himself."""
    address = client_address(request)
    if ":" not in address:
        return address
    return str(ip_network(f"{address}/64", strict=False).network_address)


def _plain(text: str) -> str:
    """The address without port or brackets, IPv4 written as IPv4; "unknown" when it is none."""
    bare = text.partition("]")[0].lstrip("[") if text.startswith("[") else text
    bare = bare.partition(":")[0] if bare.count(":") == 1 else bare
    try:
        address = ip_address(bare.partition("%")[0])
    except ValueError:
        return "unknown"
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(address)

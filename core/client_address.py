"""Client addresses, as the rate limits count them."""

from ipaddress import IPv6Address, IPv6Network, ip_address

IPV6_NETWORK_BITS = 64  # what one subscriber gets at least, and may choose addresses from
UNKNOWN_CLIENT = "unknown"


def find_client_network(address: str | None) -> str:
    """Return the IPv4 address, or the IPv6 network, that a client counts as.

    An IPv4 address inside an IPv6 one counts as itself. All that is no address counts as one client.
    """
    try:
        client = ip_address((address or "").strip())
    except ValueError:
        return UNKNOWN_CLIENT
    if not isinstance(client, IPv6Address):
        return str(client)
    if client.ipv4_mapped is not None:
        return str(client.ipv4_mapped)
    return str(IPv6Network((int(client), IPV6_NETWORK_BITS), strict=False).network_address)

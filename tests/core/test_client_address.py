"""Which callers count as one for the rate limits."""

import pytest

from core.client_address import find_client_network


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        (" 192.0.2.1 ", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2::1", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::"),
        ("2001:db8:1:3::1", "2001:db8:1:3::"),
        ("no address", "unknown"),
        ("x" * 5000, "unknown"),
        (None, "unknown"),
    ],
)
def test_an_address_counts_as(address: str | None, network: str) -> None:
    assert find_client_network(address) == network

"""Tests of who a request is taken to come from."""

from __future__ import annotations

import pytest
from django.test import RequestFactory
from pytest_django.fixtures import Settings

from financeflow.web.client import client_address, client_neighbourhood


@pytest.mark.parametrize(
    ("proxies", "forwarded", "remote", "expected"),
    [
        (0, "", "203.0.113.9", "203.0.113.9"),
        (0, "198.51.100.1", "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.1", "10.0.0.2", "198.51.100.1"),
        (1, "1.2.3.4, 198.51.100.1", "10.0.0.2", "198.51.100.1"),
        (2, "1.2.3.4, 198.51.100.1, 10.0.0.3", "10.0.0.2", "198.51.100.1"),
        (2, "198.51.100.1", "10.0.0.2", "10.0.0.2"),
        (1, "", "10.0.0.2", "10.0.0.2"),
        (1, "198.51.100.1:4711", "10.0.0.2", "198.51.100.1"),
        (1, "[2001:db8::1]:4711", "10.0.0.2", "2001:db8::1"),
        (1, "::ffff:198.51.100.1", "10.0.0.2", "198.51.100.1"),
        (1, "<script>", "10.0.0.2", "unknown"),
        (0, "", "", "unknown"),
    ],
)
def test_only_what_our_own_proxies_saw_is_believed(
    settings: Settings, proxies: int, forwarded: str, remote: str, expected: str
) -> None:
    settings.TRUSTED_PROXIES = proxies
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    assert client_address(RequestFactory().get("/", headers=headers, REMOTE_ADDR=remote)) == expected


def test_a_rate_limit_counts_an_ipv6_customer_once() -> None:
    one = RequestFactory().get("/", REMOTE_ADDR="2001:db8:1:2:aaaa::1")
    other = RequestFactory().get("/", REMOTE_ADDR="2001:db8:1:2:bbbb::9")
    assert client_neighbourhood(one) == client_neighbourhood(other) == "2001:db8:1:2::"
    assert client_neighbourhood(RequestFactory().get("/", REMOTE_ADDR="203.0.113.9")) == "203.0.113.9"

"""Every address of allauth shows our own page, or leads to one."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.urls import urlpatterns
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse

from financeflow.households.models import User
from financeflow.testing import PASSWORD, HouseholdFactory, UserFactory, owner_of

pytestmark = pytest.mark.django_db

ARGUMENTS: dict[str, dict[str, Any]] = {
    "account_reset_password_from_key": {"uidb36": "1", "key": "abc-def"},
    "mfa_remove_webauthn": {"pk": 1},
    "mfa_edit_webauthn": {"pk": 1},
}


def names(patterns: list[URLPattern | URLResolver]) -> list[str]:
    found: list[str] = []
    for each in patterns:
        found += names(each.url_patterns) if isinstance(each, URLResolver) else [each.name or ""]
    return found


def logged_in(user: User) -> Client:
    client = Client()
    client.post("/auth/login/", {"login": user.email, "password": PASSWORD})
    client.post("/auth/reauthenticate/", {"password": PASSWORD})
    return client


@pytest.mark.parametrize("who", ["nobody", "owner"])
@pytest.mark.parametrize("name", names(urlpatterns))
def test_no_page_has_a_look_that_is_not_ours(name: str, who: str) -> None:
    client = Client() if who == "nobody" else logged_in(owner_of(HouseholdFactory.create()))

    answer = client.get(reverse(name, kwargs=ARGUMENTS.get(name)))

    if answer.status_code == 200:
        used = {template.name for template in answer.templates}
        assert "base.html" in used
        assert not any(str(each).startswith("allauth/") for each in used)
    else:
        assert answer.status_code in {302, 404}


def test_somebody_without_a_household_can_still_secure_the_account() -> None:
    client = logged_in(UserFactory.create())

    for path in ("/settings/security/", "/auth/password/change/", "/auth/2fa/totp/activate/"):
        assert client.get(path).status_code == 200

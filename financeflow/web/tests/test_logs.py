"""Tests of what is written to the log, and of what never is."""

from __future__ import annotations

import io
import json
import logging
import logging.config
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.signing import dumps
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from financeflow.tenancy.scope import household_scope
from financeflow.testing import PASSWORD, HouseholdFactory, owner_of
from financeflow.web.logs import HIDDEN, configuration, hide_secrets
from financeflow.web.middleware import request_log


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """Everything the production log would hold, down to the last debug line."""
    stream = io.StringIO()
    logging.config.dictConfig(configuration(as_json=True, level="DEBUG"))
    for handler in logging.getLogger().handlers:
        if isinstance(handler, logging.StreamHandler) and type(handler) is logging.StreamHandler:
            handler.setStream(stream)
    yield stream
    logging.config.dictConfig(django_settings.LOGGING)


def lines(written: io.StringIO, event: str = "request") -> list[dict[str, Any]]:
    return [line for line in map(json.loads, written.getvalue().splitlines()) if line["event"] == event]


@pytest.mark.django_db
def test_a_request_is_one_line_with_who_and_how_long(client: Client, written: io.StringIO) -> None:
    household = HouseholdFactory.create()
    owner = owner_of(household)
    client.force_login(owner)
    client.get("/jobs/?q=my+doctor", headers={"X-Request-ID": "from-the-proxy-1"})
    (line,) = lines(written)
    assert (line["method"], line["route"], line["status"]) == ("GET", "/jobs/", 200)
    assert (line["user"], line["household"], line["request_id"]) == (owner.pk, household.pk, "from-the-proxy-1")
    assert line["ms"] > 0
    assert "doctor" not in written.getvalue()


@pytest.mark.parametrize(
    "asked", ["", "short", "a b c d e f g h", "x" * 65, "line\nbreak-in-it", "<script>alert(1)</script>"]
)
def test_an_insane_request_id_is_replaced(asked: str) -> None:
    def answer(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    given = request_log(answer)(RequestFactory().get("/", headers={"X-Request-ID": asked}))["X-Request-ID"]
    assert given != asked
    assert len(given) == 32


@pytest.mark.django_db
def test_all_that_is_said_during_a_request_carries_its_id_and_household(written: io.StringIO) -> None:
    household = HouseholdFactory.create()

    def answer(request: HttpRequest) -> HttpResponse:
        with household_scope(household.pk):
            logging.getLogger("financeflow.anything").warning("said by the way")
        return HttpResponse()

    given = request_log(answer)(RequestFactory().get("/"))["X-Request-ID"]
    (line,) = lines(written, "said by the way")
    assert (line["request_id"], line["household"], line["level"]) == (given, household.pk, "warning")


@pytest.mark.django_db
def test_logging_in_and_failing_to_leaves_no_secret_behind(client: Client, written: io.StringIO) -> None:
    owner = owner_of(HouseholdFactory.create())
    client.get("/auth/login/")
    client.post("/auth/login/", {"login": owner.email, "password": "a wrong guess 4711"})
    client.post("/auth/login/", {"login": owner.email, "password": PASSWORD})
    client.get(f"/auth/password/reset/key/{dumps({'user': owner.pk})}/")
    said = written.getvalue()
    assert len(lines(written)) == 4
    for secret in [
        PASSWORD,
        "wrong guess",
        owner.email,
        dumps({"user": owner.pk})[:20],
        str(client.cookies.get("sessionid")),
    ]:
        assert secret not in said


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("password", "correct horse"),
        ("new_password1", "correct horse"),
        ("Authorization", "Bearer abc"),
        ("sessionid", "abc"),
        ("csrfmiddlewaretoken", "abc"),
        ("recovery_codes", ["one", "two"]),
        ("api_key", "abc"),
        ("code", "123456"),
        ("email", "ada@example.org"),
        ("amount", 123456),
        ("balance_minor", 123456),
    ],
)
def test_what_is_named_like_a_secret_is_hidden(name: str, value: object) -> None:
    assert hide_secrets(None, "info", {"event": "x", name: value})[name] == HIDDEN
    inside = hide_secrets(None, "info", {"event": "x", "form": {name: value}})
    assert inside["form"][name] == HIDDEN


def test_addresses_and_tokens_are_hidden_wherever_they_stand() -> None:
    token = dumps({"invitation": 1})
    event = hide_secrets(
        None, "info", {"event": f"ada@example.org followed /join/{token}/", "exception": "to ada@example.org"}
    )
    assert event["event"] == f"[e-mail] followed /join/{HIDDEN}/"
    assert event["exception"] == "to [e-mail]"


@pytest.mark.parametrize(
    "plain", ["job 17 failed", "financeflow.households.tasks.purge_households", "8a3e1c9e-5b0f-4a8e-9d59-0d6a4bd4a4f5"]
)
def test_what_is_no_secret_stays_readable(plain: str) -> None:
    assert hide_secrets(None, "info", {"event": plain})["event"] == plain

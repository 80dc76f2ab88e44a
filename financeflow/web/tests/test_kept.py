"""Pieces of the frame that are kept: each answer's forms have its own token, and a piece follows what it hangs on."""

from __future__ import annotations

import re

import pytest
from django.template import Context, Template
from django.test import Client
from django.utils.translation import override

from financeflow.testing import HouseholdFactory, owner_of
from financeflow.web.templatetags.kept import STAND_IN

TOKENS = re.compile(r'name="csrfmiddlewaretoken" value="([^"]*)"')


@pytest.mark.django_db
def test_forms_of_kept_pieces_are_sent_with_the_token_of_their_page() -> None:
    owner = owner_of(HouseholdFactory.create())
    for client in (Client(enforce_csrf_checks=True), Client(enforce_csrf_checks=True)):
        client.force_login(owner, backend="allauth.account.auth_backends.AuthenticationBackend")
        page = client.get("/activity/").content.decode()
        assert STAND_IN not in page
        for token in set(TOKENS.findall(page)):
            assert client.post("/settings/blur/", {"csrfmiddlewaretoken": token}).status_code < 400


@pytest.mark.django_db
def test_the_frame_says_who_is_there() -> None:
    for name in ("Ada Lovelace", "Grace Hopper"):
        household = HouseholdFactory.create(name=f"Home of {name}")
        owner = owner_of(household)
        owner.name = name
        owner.save()
        client = Client()
        client.force_login(owner, backend="allauth.account.auth_backends.AuthenticationBackend")
        page = client.get("/activity/").content.decode()
        assert name in page
        assert f"Home of {name}" in page


def test_a_piece_is_drawn_again_for_other_values_and_languages() -> None:
    piece = Template("{% load kept %}{% kept piece value %}{{ value }} {{ other }}{% endkept %}")

    def drawn(value: str, other: str) -> str:
        return piece.render(Context({"value": value, "other": other}))

    assert drawn("a", "1") == "a 1"
    assert drawn("a", "2") == "a 1"
    assert drawn("b", "2") == "b 2"
    with override("de"):
        assert drawn("a", "3") == "a 3"


def test_what_fills_a_piece_is_written_anew_and_escaped() -> None:
    piece = Template(
        '{% load kept %}{% kept filled value filling words=said %}{{ value }} <b title="{{ words }}">{% endkept %}'
    )

    def drawn(said: str) -> str:
        return piece.render(Context({"value": "a", "said": said, "csrf_token": "secret"}))

    assert drawn("1") == 'a <b title="1">'
    assert drawn('<"&') == 'a <b title="&lt;&quot;&amp;">'
    assert drawn(STAND_IN) == f'a <b title="{STAND_IN}">'
    assert drawn("⟦words⟧") == 'a <b title="⟦words⟧">'

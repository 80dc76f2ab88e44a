"""The inbox as JSON: the same questions, the same answers, the same roles."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from ledger.models import Account, Category
from ledger.tests.inbox.books import API, asked, booked, filed_under, sent, waiting

pytestmark = pytest.mark.django_db
JSON: dict[str, Any] = {"content_type": "application/json"}


def test_the_queue_tells_what_the_page_shows(owner: Client, everyday: Account, groceries: Category) -> None:
    booked(everyday, -9_00, "Kiosk", back=40, under=groceries)
    booked(everyday, -10_00, "Kiosk")
    found = owner.get(API).json()
    assert found["count"] == 1
    assert {"key": "uncategorised", "label": "Without a category", "count": 1} in found["kinds"]
    [item] = found["items"]
    assert item["money"] == {"amount": -10_00, "currency": "EUR"}
    assert item["choices"] == [{"name": "accept", "label": "File under “Groceries”"}]
    assert item["may_be_dismissed"] is True


def test_a_question_is_answered_and_another_dismissed(owner: Client, everyday: Account, groceries: Category) -> None:
    booked(everyday, -9_00, "Kiosk", back=40, under=groceries)
    row = booked(everyday, -10_00, "Kiosk")
    booked(everyday, -11_00, "Garage")
    items = {each["title"]: each for each in asked(owner)}
    assert owner.post(f"{API}/accept", sent(items["Kiosk"]), **JSON).status_code == 204
    assert filed_under(row) == ["Groceries"]
    plain = {name: items["Garage"][name] for name in ("kind", "key")}
    assert owner.post(f"{API}/dismiss", plain, **JSON).status_code == 204
    assert waiting(owner) == {}
    assert owner.post(f"{API}/dismiss", plain, **JSON).status_code == 404


def test_what_is_no_answer_is_refused(owner: Client, everyday: Account) -> None:
    booked(everyday, -11_00, "Garage")
    [item] = asked(owner)
    answer = owner.post(f"{API}/accept", sent(item), **JSON)
    assert answer.status_code == 409
    assert "cannot be answered like this" in answer.json()["detail"]
    assert owner.post(f"{API}/accept", sent(item) | {"stamp": "other"}, **JSON).status_code == 409
    assert owner.post(f"{API}/accept", sent(item) | {"more": 1}, **JSON).status_code == 422


def test_roles_are_those_of_the_page(owner: Client, viewer: Client, stranger: Client, everyday: Account) -> None:
    booked(everyday, -11_00, "Garage")
    [item] = asked(owner)
    assert asked(viewer) == [item]
    for deed in ("accept", "dismiss"):
        assert viewer.post(f"{API}/{deed}", sent(item), **JSON).status_code == 403
        assert stranger.post(f"{API}/{deed}", sent(item), **JSON).status_code == 404
    assert asked(stranger) == []
    assert Client().get(API).status_code == 401

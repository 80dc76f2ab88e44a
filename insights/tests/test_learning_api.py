"""The API of what was learned, as an owner, a viewer, a stranger and a passer-by."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from financeflow.households.models import Household
from insights.tests.learned_books import QUORN, ZEBU, in_force
from insights.tests.test_learning_page import judged, learned, many
from ledger.models import Account
from ledger.tests.rated import send

pytestmark = pytest.mark.django_db
PATH = "/insights/learning"


def test_it_tells_how_guesses_fared_and_the_bounds(owner: Client, viewer: Client, account: Account) -> None:
    learned(account, (QUORN, "groceries"))
    judged(account, QUORN, percent=97, band="filed", right=True, times=2)
    told = send(viewer, "GET", PATH).json()
    assert told["bounds"] == {"files_by_itself": True, "filed_from": 95, "suggested_from": 50}
    assert (told["count"], told["by_itself"], told["model"]["tried"]) == (1, {"count": 0, "of": 0}, 1)
    month = told["months"][-1]
    assert (month["filed"], month["suggested"], month["left_open"]) == ({"right": 2, "of": 2}, {"right": 0, "of": 0}, 0)


def test_bounds_are_changed_by_what_is_sent(owner: Client, household: Household) -> None:
    changed = send(owner, "PATCH", PATH, {"filed_from": 93})
    assert changed.json() == {"files_by_itself": True, "filed_from": 93, "suggested_from": 50}
    assert send(owner, "PATCH", PATH, {"files_by_itself": False}).json()["filed_from"] == 93
    assert 'value="93"' in owner.get("/insights/learning/").text


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"filed_from": 0}, "filed_from"),
        ({"filed_from": 101}, "filed_from"),
        ({"suggested_from": 96}, "suggested_from"),
        ({"filed_from": 60, "suggested_from": 61}, "suggested_from"),
        ({"filed_from": "x"}, "filed_from"),
        ({"other": 1}, "other"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(owner: Client, sent: dict[str, Any], field: str) -> None:
    answer = send(owner, "PATCH", PATH, sent)
    assert (answer.status_code, field in str(answer.json()["fields"])) == (422, True)


def test_names_are_listed_and_forgotten(owner: Client, household: Household, account: Account) -> None:
    learned(account, (QUORN, "groceries"), (ZEBU, "fuel"))
    found = send(owner, "GET", f"{PATH}/names?q=quorn").json()
    assert ([each["key"] for each in found["items"]], found["next"]) == (["quornbatch"], "")
    assert send(owner, "DELETE", f"{PATH}/names?key=quornbatch").status_code == 204
    assert send(owner, "DELETE", f"{PATH}/names?key=quornbatch").status_code == 404
    assert in_force(household) == 1
    assert send(owner, "DELETE", f"{PATH}?private=true").status_code == 204
    assert in_force(household) == 1
    assert send(owner, "DELETE", PATH).status_code == 204
    assert in_force(household) == 0


def test_names_come_page_by_page(owner: Client, account: Account) -> None:
    many(account, 60)
    first = send(owner, "GET", f"{PATH}/names").json()
    answer = owner.get(f"/api/v1{PATH}/names", {"after": first["next"]}).json()
    assert (len(first["items"]), len(answer["items"]), answer["next"]) == (50, 10, "")
    assert owner.get(f"/api/v1{PATH}/names", {"after": "x"}).status_code == 404


def test_others_change_nothing(viewer: Client, stranger: Client, household: Household, account: Account) -> None:
    learned(account, (QUORN, "groceries"))
    assert send(viewer, "PATCH", PATH, {"filed_from": 90}).status_code == 403
    for path in (PATH, f"{PATH}/names?key=quornbatch"):
        assert send(viewer, "DELETE", path).status_code == 403
    assert send(stranger, "DELETE", f"{PATH}/names?key=quornbatch").status_code == 404
    assert send(stranger, "DELETE", PATH).status_code == 204
    assert in_force(household) == 1
    assert send(Client(), "GET", PATH).status_code == 401

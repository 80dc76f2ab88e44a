"""Reports that a member keeps under a name, and shares with the household."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from financeflow.history.models import ChangeSet
from financeflow.households.exporting import write_export
from financeflow.households.models import Household
from financeflow.households.restoring import restore_household
from financeflow.tenancy.scope import household_scope
from financeflow.testing import owner_of
from ledger import actions
from ledger.models import SavedReport

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
ADD = "/reports/saved/add/"


def keep(household: Household, name: str, query: str = "month=2026-03&q=lidl", **values: Any) -> SavedReport:
    with household_scope(household.pk):
        return actions.add_saved_report(
            household=household, by=owner_of(household), name=name, report="monthly", query=query, **values
        )


def names(household: Household) -> list[str]:
    with household_scope(household.pk):
        return list(SavedReport.objects.values_list("name", flat=True))


def test_a_report_is_kept_as_its_address_asks_for_it(owner: Client, household: Household) -> None:
    page = owner.get("/reports/monthly/?from=-30&to=today&q=tag%3Awork&compare=year").text
    link = "/reports/saved/add/?report=monthly&amp;query=from%3D-30%26to%3Dtoday%26compare%3Dyear%26q%3Dtag%253Awork"
    assert link in page
    form = owner.get(link.replace("&amp;", "&"), headers=HTMX).text
    assert 'value="from=-30&amp;to=today&amp;compare=year&amp;q=tag%3Awork"' in form
    said = {"name": "Work, lately", "report": "monthly", "query": "from=-30&to=today&compare=year&q=tag%3Awork"}
    answer = owner.post(ADD, said, headers=HTMX)
    assert answer.status_code == 204
    assert "live:reports.changed" in answer["HX-Trigger"]
    listed = owner.get("/reports/").text
    assert 'href="/reports/monthly/?from=-30&amp;to=today&amp;compare=year&amp;q=tag%3Awork"' in listed
    assert "Work, lately" in listed
    assert owner.get(f"/reports/monthly/?{said['query']}").status_code == 200


def test_what_is_not_shared_only_its_member_sees(
    owner: Client, editor: Client, stranger: Client, household: Household
) -> None:
    saved = keep(household, "Mine")
    for client in (editor, stranger):
        assert "Mine" not in client.get("/reports/").text
        assert "Mine" not in client.get("/reports/saved/").text
        for name in ("saved_report_edit", "saved_report_delete", "saved_report_move"):
            path = reverse(name, args=[saved.uid])
            assert client.post(path, {"name": "Theirs", "step": "up"}).status_code == 404
    assert names(household) == ["Mine"]


def test_what_is_shared_all_see_and_editors_change(
    owner: Client, editor: Client, viewer: Client, stranger: Client, household: Household
) -> None:
    saved = keep(household, "Ours", is_shared=True)
    assert all("Ours" in client.get("/reports/").text for client in (owner, editor, viewer))
    assert "Ours" not in stranger.get("/reports/").text
    path = reverse("saved_report_edit", args=[saved.uid])
    assert viewer.post(path, {"name": "Hers"}).status_code == 404
    assert editor.post(path, {"name": "Everybody’s", "is_shared": "on"}).status_code == 302
    assert names(household) == ["Everybody’s"]


def test_viewers_keep_theirs_and_cannot_share(viewer: Client, owner: Client, household: Household) -> None:
    assert "is_shared" not in viewer.get(f"{ADD}?report=monthly").text
    said = {"name": "Hers", "report": "monthly", "query": "", "is_shared": "on"}
    page = viewer.post(ADD, said, follow=True)
    assert page.redirect_chain == [("/reports/monthly/", 302)]
    assert "Hers" in viewer.get("/reports/").text
    assert "Hers" not in owner.get("/reports/").text


def test_reports_are_renamed_put_in_order_deleted_and_brought_back(owner: Client, household: Household) -> None:
    one, two = keep(household, "One"), keep(household, "Two")
    owner.post(reverse("saved_report_edit", args=[one.uid]), {"name": "First"})
    owner.post(reverse("saved_report_move", args=[two.uid]), {"step": "up"})
    assert names(household) == ["Two", "First"]
    page = owner.get("/reports/saved/").text
    assert page.index("Change Two") < page.index("Change First")
    assert owner.post(reverse("saved_report_move", args=[two.uid]), {"step": "sideways"}).status_code == 400
    assert owner.post(reverse("saved_report_delete", args=[two.uid]), headers=HTMX).status_code == 204
    assert names(household) == ["First"]
    with household_scope(household.pk):
        change = ChangeSet.objects.get(verb="report.deleted")
    owner.post(reverse("change_undo", args=[change.uid]))
    assert names(household) == ["Two", "First"]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"name": ""}, "This field is required."),
        ({"name": "Old"}, "You have a report of this name already."),
        ({"name": "x" * 81}, "at most 80 characters"),
        ({"report": "horoscope"}, "There is no such report."),
        ({"query": "x" * 2001}, "at most 2000 characters"),
        ({"query": "a\x00b"}, "Null characters"),
    ],
)
def test_what_is_wrong_with_it_is_said(owner: Client, household: Household, said: dict[str, str], words: str) -> None:
    keep(household, "Old")
    for headers in ({}, HTMX):
        answer = owner.post(ADD, {"name": "New", "report": "monthly", "query": "", **said}, headers=headers)
        assert answer.status_code == 422
        assert words in answer.text
    assert names(household) == ["Old"]


def test_nobody_has_endless_reports(owner: Client, household: Household, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ledger.actions.saved_reports.MOST_REPORTS", 1)
    keep(household, "Old")
    answer = owner.post(ADD, {"name": "New", "report": "monthly", "query": ""})
    assert answer.status_code == 422
    assert "Delete one first." in answer.text


def test_one_that_is_no_more_or_asks_wrongly_breaks_nothing(owner: Client, household: Household) -> None:
    keep(household, "Wrong", query="from=soon&month=13&q=%22")
    with household_scope(household.pk):
        SavedReport.objects.create(household=household, member=owner_of(household), name="Gone", report="horoscope")
    page = owner.get("/reports/")
    assert page.status_code == 200
    assert "Wrong" in page.text
    assert "Gone" not in page.text


def test_shared_reports_go_along_with_an_export(household: Household, tmp_path: Path) -> None:
    keep(household, "Ours", is_shared=True)
    keep(household, "Mine")
    with household_scope(household.pk):
        write_export(household, tmp_path / "export.zip")
    restored = restore_household(tmp_path / "export.zip", owner=owner_of(household))
    assert names(restored) == ["Ours"]
    with household_scope(restored.pk):
        saved = SavedReport.objects.get()
    assert (saved.report, saved.query, saved.member) == ("monthly", "month=2026-03&q=lidl", None)


def test_the_list_costs_the_same_with_one_and_with_many(
    owner: Client, household: Household, django_assert_num_queries: Any
) -> None:
    owner.get("/reports/")
    for number in range(6):
        with django_assert_num_queries(4):
            owner.get("/reports/")
        keep(household, f"Report {number}", is_shared=bool(number % 2))

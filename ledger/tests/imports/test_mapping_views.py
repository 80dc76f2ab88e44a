"""The page on which somebody says how a table is read: shown at once, read again so, and kept for the next file."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from financeflow.households.models import Household
from financeflow.tenancy.scope import household_scope
from ledger.models import Account, Import, ImportProfile, ImportRow
from ledger.tests.factories import AccountFactory

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
TABLE = (
    "Buchungstag;Valuta;Empfänger;Verwendungszweck;Betrag\n"
    "02.03.2026;03.03.2026;Gemüsehof Tannenau;KARTENZAHLUNG;-23,60\n"
    "14.03.2026;15.03.2026;Stadtwerke Erlental;ABSCHLAG STROM;-1.074,00\n"
    "21.03.2026;22.03.2026;Papierwerk Lindner;GEHALT;2.640,00\n"
)


@pytest.fixture
def account(household: Household) -> Account:
    return AccountFactory.create(household=household, name="Everyday", opening_balance=0)


@pytest.fixture
def upload(owner: Client, account: Account, django_capture_on_commit_callbacks: Any) -> Import:
    return sent(owner, account, TABLE, django_capture_on_commit_callbacks)


def sent(owner: Client, account: Account, text: str, captured: Any, name: str = "march.csv") -> Import:
    with captured(execute=True):
        file = SimpleUploadedFile(name, text.encode("cp1252"))
        owner.post(reverse("import_add"), {"statements": file, "account": str(account.uid)})
    with household_scope(account.household_id):
        return Import.objects.select_related("profile").latest("pk")


def path(upload: Import) -> str:
    return reverse("import_mapping", args=[upload.uid])


def understood(upload: Import) -> list[tuple[str, int | None, str, str]]:
    with household_scope(upload.household_id):
        rows = ImportRow.objects.filter(sheet__upload=upload).order_by("position")
        return [(str(row.date), row.amount, row.payee, row.description) for row in rows]


def filled(page: Any, **changed: str) -> dict[str, str]:
    """What the form would send as it stands, with these changes."""
    form = page.context["form"]
    values = {name: form[name].value() for name in form.fields}
    said = {name: str(value) for name, value in values.items() if value not in (None, "", False)}
    return {**said, **changed}


def test_what_was_understood_stands_in_the_form(owner: Client, upload: Import) -> None:
    page = owner.get(path(upload))
    said = filled(page)
    assert (said["delimiter"], said["encoding"], said["header_line"]) == (";", "cp1252", "1")
    assert (said["date_order"], said["decimal"], said["sign"]) == ("dmy", ",", "as_is")
    assert [said.get(f"column_{place}") for place in range(5)] == [
        "date",
        "posted_on",
        "payee",
        "description",
        "amount",
    ]
    for part in ("Gemüsehof Tannenau", "02.03.2026 · 14.03.2026 · 21.03.2026", "1,074.00"):
        assert part in page.text


def test_a_change_is_shown_at_once_and_changes_nothing_yet(owner: Client, upload: Import) -> None:
    before = understood(upload)
    page = owner.post(path(upload), filled(owner.get(path(upload)), sign="flipped"), headers=HTMX)
    assert page.status_code == 200
    assert "<html" not in page.text
    assert [row.amount for row, _currency in page.context["look"].rows] == [23_60, 1_074_00, -2_640_00]
    assert understood(upload) == before


def test_it_is_read_as_it_was_said(owner: Client, upload: Import, django_capture_on_commit_callbacks: Any) -> None:
    changed = filled(owner.get(path(upload)), column_0="posted_on", column_1="date", column_3="payee", column_2="notes")
    with django_capture_on_commit_callbacks(execute=True):
        answer = owner.post(path(upload), {**changed, "read": "1"})
    assert answer["Location"] == reverse("import_show", args=[upload.uid])
    assert understood(upload) == [
        ("2026-03-03", -23_60, "KARTENZAHLUNG", ""),
        ("2026-03-15", -1_074_00, "ABSCHLAG STROM", ""),
        ("2026-03-22", 2_640_00, "GEHALT", ""),
    ]


def test_other_letters_or_another_delimiter_find_the_columns_anew(owner: Client, upload: Import) -> None:
    said = filled(owner.get(path(upload)), delimiter=",")
    page = owner.post(path(upload), {**said, "read": "1"}, headers=HTMX)
    assert page.status_code == 200, "columns of another table are shown before they are read"
    assert len(page.context["form"].column_fields) < 5
    back = owner.post(path(upload), filled(page, delimiter=";"), headers=HTMX)
    assert [field.value() for _column, field in back.context["form"].column_fields] == [
        "date",
        "posted_on",
        "payee",
        "description",
        "amount",
    ]


def test_two_columns_cannot_both_be_the_date(owner: Client, upload: Import) -> None:
    page = owner.post(path(upload), filled(owner.get(path(upload)), column_1="date"), headers=HTMX)
    assert page.status_code == 422
    assert "Two columns cannot both be “Date”: it is “Buchungstag” already." in page.text


def test_a_table_without_an_amount_says_so(owner: Client, upload: Import) -> None:
    page = owner.post(path(upload), filled(owner.get(path(upload)), column_4=""), headers=HTMX)
    assert page.status_code == 200
    assert page.context["look"].refusal or not page.context["look"].rows


def test_a_way_is_kept_and_reads_the_next_file(
    owner: Client, account: Account, upload: Import, django_capture_on_commit_callbacks: Any
) -> None:
    said = filled(owner.get(path(upload)), sign="flipped", keep="on", name="Birkenbank card")
    with django_capture_on_commit_callbacks(execute=True):
        owner.post(path(upload), {**said, "read": "1"})
    with household_scope(account.household_id):
        profile = ImportProfile.objects.get()
        assert (profile.name, profile.account, profile.mapping["sign"]) == ("Birkenbank card", account, "flipped")
        assert "header_line" not in profile.mapping
    april = TABLE.replace(".03.2026", ".04.2026").replace("KARTENZAHLUNG", "ANDERE")
    following = sent(owner, account, april, django_capture_on_commit_callbacks, name="april.csv")
    assert following.profile == profile
    assert [row[1] for row in understood(following)] == [23_60, 1_074_00, -2_640_00]
    with django_capture_on_commit_callbacks(execute=True):
        owner.post(path(following), filled(owner.get(path(following)), sign="as_is", keep="on", name="B", read="1"))
    with household_scope(account.household_id):
        assert [(each.name, each.mapping["sign"]) for each in ImportProfile.objects.all()] == [("B", "as_is")]


def test_a_way_is_forgotten(owner: Client, viewer: Client, upload: Import, account: Account) -> None:
    with household_scope(account.household_id):
        profile = ImportProfile.objects.create(household=account.household, name="Bank", signature="s", mapping={})
        Import.objects.filter(pk=upload.pk).update(profile=profile)
    forget = reverse("import_profile_forget", args=[upload.uid])
    assert forget in owner.get(path(upload)).text
    assert viewer.post(forget).status_code == 403
    assert "“Bank” is forgotten." in owner.post(forget, follow=True).text
    with household_scope(account.household_id):
        assert not ImportProfile.objects.exists()
    assert forget not in owner.get(path(upload)).text
    assert owner.post(forget).status_code == 302


def test_a_way_needs_a_name(owner: Client, upload: Import) -> None:
    page = owner.post(path(upload), filled(owner.get(path(upload)), keep="on", name="", read="1"))
    assert page.status_code == 422
    assert "Give it a name, such as that of the bank." in page.text


@pytest.mark.parametrize("layout", ["", "nonsense", "[1, 2]", '[["a"], {}, null]', '["utf-7", ";;", -1]'])
def test_a_form_that_was_tampered_with_breaks_nothing(owner: Client, upload: Import, layout: str) -> None:
    said = filled(owner.get(path(upload)), layout=layout)
    assert owner.post(path(upload), said, headers=HTMX).status_code in (200, 422)
    assert owner.post(path(upload), {"read": "1", "layout": layout}).status_code in (200, 422)


def test_a_file_that_was_refused_can_be_looked_at_too(
    owner: Client, account: Account, django_capture_on_commit_callbacks: Any
) -> None:
    upload = sent(owner, account, "nothing\nof\nany use\n", django_capture_on_commit_callbacks, name="odd.csv")
    with household_scope(account.household_id):
        assert Import.objects.get(pk=upload.pk).state == "refused"
    page = owner.get(path(upload))
    assert page.status_code == 200
    assert page.context["look"].refusal


def test_a_file_that_was_brought_in_is_not_read_again(
    owner: Client, upload: Import, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        owner.post(reverse("import_bring", args=[upload.uid]))
    answer = owner.post(path(upload), {**filled(owner.get(path(upload))), "read": "1"}, follow=True)
    assert "Take it back first." in answer.text

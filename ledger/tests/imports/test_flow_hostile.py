"""Nonsense through the browser's door at the import desk: a refusal or a sentence each time, and nothing is lost."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from financeflow.households.models import Household
from financeflow.jobs.actions import claim_job
from financeflow.jobs.models import Job
from financeflow.jobs.running import carry_out
from financeflow.tenancy.scope import household_scope
from ledger.models import Account, Import, ImportRow, Transaction
from ledger.tests.factories import AccountFactory

pytestmark = pytest.mark.django_db
HEAD = b"Date;Payee;Amount;Balance\n"
ROW = b"2026-03-14;Corner Shop;-12,50;87,50\n"


@pytest.fixture
def account(household: Household) -> Account:
    return AccountFactory.create(household=household, name="Everyday")


def brought(client: Client, household: Household, account: Account, content: bytes, name: str = "a.csv") -> Import:
    """Dropped on the page, and read by its job."""
    file = SimpleUploadedFile(name, content)
    answer = client.post(reverse("import_add"), {"statements": file, "account": str(account.uid)})
    assert answer.status_code == 302
    with household_scope(household.pk):
        job = claim_job(Import.objects.latest("id").job_id or 0)
        assert job is not None
    carry_out(job)
    with household_scope(household.pk):
        upload = Import.objects.select_related("job").latest("id")
        assert upload.job is not None
        assert upload.job.state == Job.State.DONE, upload.job.message
        return upload


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("../../etc/a.csv", b"0" * 30_000_000)
    return out.getvalue()


JUNK = {
    "empty": b"",
    "nul bytes": b"\0" * 5000,
    "nul in the headings": b"Date;Pay\0ee;Amount\n" + b"2026-03-14;Corner\0Shop;-12,50\n",
    "half a surrogate": "Date;Payee;Amount\n2026-03-14;Co\ud800rner;-1,00\n".encode("utf-16-le", "surrogatepass"),
    "pdf": b"%PDF-1.7\n\x00\xff\xfe",
    "html": b"<!doctype html><html><body>Please log in</body></html>",
    "zip bomb": bomb(),
    "broken zip": b"PK\x03\x04" + b"\xff" * 300,
    "amount beyond": HEAD + b"2026-03-14;Corner Shop;-" + b"9" * 40 + b",50;" + b"9" * 60 + b",00\n" + ROW,
    "balance beyond": HEAD + b"2026-03-14;Corner Shop;-12,50;99999999999999999999,00\n" + ROW,
    "day beyond": HEAD + b"9999-12-31;Corner Shop;-12,50;1,00\n" + ROW,
    "json": b'[{"a": 1}]',
    "xml": b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><Document>&b;</Document>",
    "mt940": b":20:X\n:25:DE00/1\n:28C:1/1\n:60F:C260101EUR" + b"9" * 30 + b",00\n:61:2603140314D1,00NMSC//1\n",
    "qif": b"!Type:Bank\nD3/14'26\nT-99999999999999999999999.00\nPShop\n^\n",
    "ofx": b"OFXHEADER:100\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR<BANKTRANLIST><STMTTRN><TRNAMT>1e999",
}


@pytest.mark.parametrize("junk", list(JUNK))
def test_whatever_is_dropped_there_is_a_page_that_says_what_became_of_it(
    owner: Client, household: Household, account: Account, junk: str
) -> None:
    upload = brought(owner, household, account, JUNK[junk])
    assert upload.state in ("ready", "refused")
    assert upload.state == "ready" or upload.refusal
    assert owner.get(reverse("import_show", args=[upload.uid])).status_code == 200
    assert owner.get(reverse("import_mapping", args=[upload.uid])).status_code == 200
    assert owner.get("/imports/").status_code == 200


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("../../../etc/passwd.csv", "passwd.csv"),
        ("C:\\home\\march.csv", "march.csv"),
        ("march\u202evsc.exe.csv", "marchvsc.exe.csv"),
        ("a" * 400 + ".csv", None),
        ("<b>x</b>.csv", "b&gt;.csv"),
    ],
)
def test_a_name_that_plays_tricks_is_only_a_name(
    owner: Client, household: Household, account: Account, said: str, shown: str | None
) -> None:
    upload = brought(owner, household, account, HEAD + ROW, name=said)
    assert len(upload.name) <= 120
    page = owner.get("/imports/").text
    assert (shown or upload.name) in page
    assert "\u202e" not in page
    answer: Any = owner.get(reverse("import_file", args=[upload.uid]))
    assert b"".join(answer.streaming_content) == HEAD + ROW


LAYOUTS = ["[" * 50_000, "[]", "[1,2,3]", '["idna","x",-5]', '["zlib_codec",";",1]', '["utf-8","",1e400]', '{"a":1}']
LAYOUTS += ['["utf-8","\\u0000",1]', '["","",' + "9" * 400 + "]", '[true,[1],{"a":2}]', '["undefined","\\n",0]']


@pytest.mark.parametrize("layout", LAYOUTS, ids=range(len(LAYOUTS)))
def test_a_way_of_reading_that_makes_no_sense_is_refused(
    owner: Client, household: Household, account: Account, layout: str
) -> None:
    upload = brought(owner, household, account, HEAD + ROW)
    before = upload.mapping
    said = {"layout": layout, "encoding": "idna", "delimiter": "\0", "header_line": "-1", "read": "1", "column_0": "x"}
    said |= {"date_order": "dddd", "decimal": "x", "sign": "?", "currency": "XXXX", "name": "\0", "keep": "on"}
    for values in (said, {"layout": layout}, {"layout": layout, "header_line": "9" * 30, "read": "1"}):
        assert owner.post(reverse("import_mapping", args=[upload.uid]), values).status_code in (200, 422)
    with household_scope(household.pk):
        after = Import.objects.get(pk=upload.pk)
        assert (after.mapping, after.state, ImportRow.objects.count()) == (before, "ready", 1)


NONSENSE = ["?page=0", "?page=-1", "?page=" + "9" * 30, "?page=x", "?after=9-9-9", "?after=-1--1", "?after=%00"]
NONSENSE += ["?after=999999999-999999999", "?v=%00&d=x", "?q=%00", "?q=" + "%25_" * 200, "?q=%ed%a0%80", "?d=add&v=new"]


@pytest.mark.parametrize("query", NONSENSE)
def test_an_address_that_asks_nonsense_has_an_answer(
    owner: Client, household: Household, account: Account, query: str
) -> None:
    upload = brought(owner, household, account, HEAD + ROW)
    for address in ("/imports/", reverse("import_show", args=[upload.uid])):
        assert owner.get(address + query).status_code in (200, 400, 404), address


def test_deeds_that_make_no_sense_change_nothing(owner: Client, household: Household, account: Account) -> None:
    upload = brought(owner, household, account, HEAD + ROW)
    with household_scope(household.pk):
        row, sheet = ImportRow.objects.get(), upload.sheets.get()
    posts: list[tuple[str, list[Any], dict[str, Any]]] = [
        ("import_row_decide", [], {"add": "x"}),
        ("import_row_decide", [], {"add": "\0"}),
        ("import_row_decide", [], {}),
        ("import_decide", ["explode"], {"pick": [str(row.uid)]}),
        ("import_decide", ["merge"], {"every": "1"}),
        ("import_decide", ["leave"], {"pick": ["x", "\0"]}),
        ("import_decide", ["category"], {"said": "1", "category": "x", "every": "1"}),
        ("import_decide", ["payee"], {"said": "1", "payee": "\0\u202e", "every": "1"}),
        ("import_row_edit", [row.uid], {"payee": "x" * 500, "category": "nothing", "deed": "explode"}),
        ("import_row_edit", [row.uid], {"payee": "\0", "deed": "merge"}),
        ("import_account", [sheet.uid], {"account": "\0"}),
        ("import_account", [sheet.uid], {}),
        ("import_answer", [], {"key": "columns", "value": "x"}),
        ("import_answer", [], {"key": "\0", "value": "\0"}),
        ("import_undo", [], {"anyway": "1"}),
    ]
    for name, args, said in posts:
        status = owner.post(reverse(name, args=[upload.uid, *args]), said).status_code
        assert status in (200, 302, 400, 404, 409, 422), (name, said, status)
    with household_scope(household.pk):
        after = ImportRow.objects.get()
        assert (after.deed, after.is_decided, after.payee_name, after.category) == ("add", False, "Corner Shop", None)
        assert Import.objects.get(pk=upload.pk).state == "ready"
        assert not Transaction.objects.exists()


def test_a_formula_stays_text_here_and_is_harmless_in_what_goes_out(
    owner: Client, household: Household, account: Account
) -> None:
    upload = brought(owner, household, account, HEAD + b"2026-03-14;=cmd|' /C calc'!A0;-1,00;\n2026-03-15;=1+1;oops;\n")
    with household_scope(household.pk):
        kept = list(ImportRow.objects.order_by("position").values_list("payee", "original"))
    assert kept[0] == ("=cmd|' /C calc'!A0", "2026-03-14;=cmd|' /C calc'!A0;-1,00;")
    answer: Any = owner.get(reverse("import_rejected", args=[upload.uid]))
    out = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert "=1+1" in out
    assert not any(cell.strip('"').startswith("=") for line in out.splitlines() for cell in line.split(";"))


def test_no_field_and_no_file_are_told_at_the_form(owner: Client, account: Account) -> None:
    assert owner.post(reverse("import_add"), {"other": SimpleUploadedFile("a.csv", b"x")}).status_code == 422
    assert owner.post(reverse("import_add"), {"statements": "text"}).status_code == 422
    body = json.dumps({"statements": 1})
    assert owner.post(reverse("import_add"), body, content_type="application/json").status_code == 422

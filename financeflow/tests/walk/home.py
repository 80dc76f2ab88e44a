"""A household with one of everything, each with a word in its name that no stranger may ever read."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from fnmatch import fnmatch
from typing import Any

from django.apps import apps

from financeflow.history.models import ChangeSet
from financeflow.households import actions as households
from financeflow.households import exports, queries
from financeflow.households.jobs import EXPORT
from financeflow.households.models import Household, Invitation, Membership, User
from financeflow.jobs.models import Job
from financeflow.notify.actions import Notice, notify
from financeflow.notify.models import Notification
from financeflow.notify.stopping import stop_link
from financeflow.support import actions as support
from financeflow.tenancy.models import HouseholdOwned
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory, UserFactory, join, owner_of
from financeflow.tests.walk.desk import row_of_a_file
from financeflow.tests.walk.lessons import taught
from ledger import actions as ledger
from ledger.actions.payees import add_payee, add_spelling
from ledger.actions.rates import add_rate
from ledger.actions.reconciling import add_statement
from ledger.actions.refunds import expect_refund
from ledger.actions.rules import add_rule
from ledger.actions.tags import add_tag
from ledger.calc.rules import Condition, Deed
from ledger.models import (
    Account,
    Attachment,
    Category,
    ImportRow,
    PayeeAlias,
    RefundLink,
    Rule,
    SavedReport,
    SavedView,
    Statement,
    Tag,
    TypedRate,
)
from ledger.papers import checked_paper
from ledger.tests.papers import image, upload

SECRET = "Zanzibar"


@dataclass
class Home:
    """The household that is walked through, and what is in it."""

    household: Household
    people: dict[str, User]
    member: Membership
    invitation: Invitation
    account: Account
    category: Category
    spelling: PayeeAlias
    tag: Tag
    trashed: Account
    paper: Attachment
    rate: TypedRate
    rule: Rule
    view: SavedView
    report: SavedReport
    statement: Statement
    owed: RefundLink
    row: ImportRow
    change: ChangeSet
    export: Job
    failed: Job
    notice: Notification
    rows: dict[str, Any] = field(default_factory=dict)


def furnish() -> Home:
    owner = UserFactory.create(name=f"{SECRET} owner", email="owner@zanzibar.example")
    household = HouseholdFactory.create(name=f"{SECRET} household", owner=owner)
    people = {"owner": owner}
    for role in ("editor", "viewer"):
        people[role] = join(household, role, name=f"{SECRET} {role}", email=f"{role}@zanzibar.example")
    third = join(household, "editor", name=f"{SECRET} third", email="third@zanzibar.example")
    with household_scope(household.pk):
        home = _fill(household, people, Membership.objects.get(user=third))
    _export_file(home)
    support.note_look(by=owner, household=household, path="/admin/")
    support.note_problem(email="who@zanzibar.example", request=None)
    HouseholdFactory.create(name="A sandbox", expires_at=None)
    return home


def _fill(household: Household, people: dict[str, User], member: Membership) -> Home:
    owner = people["owner"]
    account, trashed = (
        ledger.add_account(
            household=household, by=owner, name=f"{SECRET} {name}", currency="EUR", opened_on=date(2026, 1, 1)
        )
        for name in ("savings", "thrown away")
    )
    ledger.delete_account(account=trashed, by=owner)
    trashed.refresh_from_db()
    paper = _bought(account, owner)
    return Home(
        household=household,
        people=people,
        member=member,
        invitation=households.add_invitation(
            household=household, by=owner, email="new@zanzibar.example", role="viewer"
        ),
        account=account,
        category=ledger.add_category(household=household, by=owner, name=f"{SECRET} category", kind="expense"),
        spelling=add_spelling(
            payee=add_payee(household=household, by=owner, name=f"{SECRET} shop"), by=owner, name=f"{SECRET} store"
        ),
        tag=add_tag(household=household, by=owner, name=f"{SECRET} journey"),
        trashed=trashed,
        paper=paper,
        statement=add_statement(account=account, by=owner, on=date(2026, 1, 31), balance=-100),
        owed=expect_refund(line=paper.transaction.lines.get(), expected=50, owed_by=f"{SECRET} friend", by=owner),
        rate=add_rate(household=household, by=owner, currency="ARS", against="EUR", on=date(2026, 1, 1), worth=10**6),
        rule=_rule(household, owner),
        row=row_of_a_file(household, account, SECRET),
        change=ChangeSet.objects.filter(is_undoable=True).latest("id"),
        export=Job.objects.create(household=household, by=owner, kind=EXPORT, state=Job.State.DONE),
        failed=Job.objects.create(household=household, by=owner, kind=EXPORT, state=Job.State.FAILED),
        notice=_told(household, owner),
        view=ledger.add_saved_view(household=household, by=owner, name=f"{SECRET} view", query="zanzibar"),
        report=ledger.add_saved_report(
            household=household, by=owner, name=f"{SECRET} report", report="monthly", query="q=zanzibar"
        ),
    )


def _rule(household: Household, by: User) -> Rule:
    return add_rule(
        household=household,
        by=by,
        name=f"{SECRET} rule",
        conditions=[Condition("payee", "is", (f"{SECRET} shop",))],
        deeds=[Deed("payee", (f"{SECRET} store",))],
    )


def _told(household: Household, owner: User) -> Notification:
    notice = Notice(owner.pk, f"{SECRET} month is over", path=f"/?{SECRET}")
    return notify(household_id=household.pk, kind="report.monthly", once="2026-01", notices=[notice])[0]


def _bought(account: Account, by: User) -> Attachment:
    """A transaction with a paper."""
    said: dict[str, Any] = {"account": account, "date": date(2026, 1, 2), "amount": -100, "payee": f"{SECRET} bakery"}
    bought = taught(ledger.add_transaction(household=account.household, by=by, **said))
    paper = checked_paper(upload(f"{SECRET} receipt.png", image()))
    return ledger.add_attachments(transaction=bought, by=by, papers=[paper])[0]


def _export_file(home: Home) -> None:
    path = exports.path_of(home.household.uid, home.export.uid)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(f"{SECRET} everything".encode())


def stranger() -> User:
    """The owner of another household."""
    return owner_of(HouseholdFactory.create(name="Another household"))


Things = Callable[[Home], dict[str, object]]
# What stands for the parameters of an address, by the address's name; the first that fits is taken.
# An address with parameters that nothing here fits fails the walk: say what it is about.
THINGS: dict[str, Things] = {
    "api:account_*": lambda home: {"uid": home.account.uid},
    "api:category_*": lambda home: {"uid": home.category.uid},
    "api:payee_*": lambda home: {"uid": home.spelling.payee.uid},
    "api:spelling_remove": lambda home: {"uid": home.spelling.payee.uid, "spelling": home.spelling.uid},
    "api:spelling_*": lambda home: {"uid": home.spelling.payee.uid},
    "api:tag_*": lambda home: {"uid": home.tag.uid},
    "account_reset_password_from_key": lambda home: {"uidb36": "1", "key": "abc-def"},
    "account_*": lambda home: {"uid": home.account.uid},
    "category_*": lambda home: {"uid": home.category.uid},
    "payee_*": lambda home: {"uid": home.spelling.payee.uid},
    "spelling_remove": lambda home: {"uid": home.spelling.payee.uid, "spelling": home.spelling.uid},
    "spelling_*": lambda home: {"uid": home.spelling.payee.uid},
    "tag_*": lambda home: {"uid": home.tag.uid},
    "rule_*": lambda home: {"uid": home.rule.uid},
    "api:rule_*": lambda home: {"uid": home.rule.uid},
    "rate_*": lambda home: {"uid": home.rate.uid},
    "api:rate_*": lambda home: {"uid": home.rate.uid},
    **{
        f"transaction_{name}": lambda home: {"uid": home.paper.transaction.uid}
        for name in ("show", "edit", "delete", "duplicate", "convert", "split", "menu", "why")
    },
    "statement_list": lambda home: {"uid": home.account.uid},
    "statement_add": lambda home: {"uid": home.account.uid},
    "statement_*": lambda home: {"uid": home.statement.uid},
    "api:statement_*": lambda home: {"uid": home.statement.uid},
    **{
        name: lambda home: {"uid": home.paper.transaction.uid}
        for name in ("transfer_pair", "refund_expect", "refund_link")
    },
    "refund_*": lambda home: {"uid": home.owed.uid},
    "transaction_cell": lambda home: {"uid": home.paper.transaction.uid, "name": "notes"},
    "quick_add_part": lambda home: {"part": "tags"},
    "transaction_bulk": lambda home: {"deed": "trash"},
    "transaction_export": lambda home: {"kind": "csv"},
    "transaction_filter_by": lambda home: {"by": "category"},
    "import_sample": lambda home: {"name": "table"},
    "import_account": lambda home: {"uid": home.row.sheet.upload.uid, "sheet": home.row.sheet.uid},
    "import_decide": lambda home: {"uid": home.row.sheet.upload.uid, "deed": "leave"},
    "import_row_decide": lambda home: {"uid": home.row.sheet.upload.uid},
    "import_row*": lambda home: {"uid": home.row.sheet.upload.uid, "row": home.row.uid},
    "import_*": lambda home: {"uid": home.row.sheet.upload.uid},
    "saved_report_*": lambda home: {"uid": home.report.uid},
    "report_export": lambda home: {"name": "monthly", "kind": "csv"},
    "report_filter_by": lambda home: {"name": "monthly", "by": "category"},
    "report_*": lambda home: {"name": "monthly"},
    "api:report_*": lambda home: {"name": "payees"},
    "saved_view_*": lambda home: {"uid": home.view.uid},
    "attachment_list": lambda home: {"uid": home.paper.transaction.uid},
    "attachment_add": lambda home: {"uid": home.paper.transaction.uid},
    "attachment_*": lambda home: {"uid": home.paper.uid},
    "api:transaction_*": lambda home: {"uid": home.paper.transaction.uid},
    "api:transfer_*": lambda home: {"uid": home.paper.transaction.uid},
    "api:paper_list": lambda home: {"uid": home.paper.transaction.uid},
    "api:paper_add": lambda home: {"uid": home.paper.transaction.uid},
    "api:paper_*": lambda home: {"uid": home.paper.transaction.uid, "paper": home.paper.uid},
    "transaction_*": lambda home: {"uid": home.paper.transaction.uid},
    "change_*": lambda home: {"uid": home.change.uid},
    "trash_restore": lambda home: {"model": "ledger.account", "uid": home.trashed.uid},
    "notification_stop": lambda home: {"token": stop_link(home.notice, []).split("/")[-2]},
    "notification_open": lambda home: {"uid": home.notice.uid},
    "job_*": lambda home: {"uid": home.failed.uid},
    "export_download": lambda home: {"uid": home.export.uid},
    "member_*": lambda home: {"uid": home.member.uid},
    "household_hand_over": lambda home: {"uid": home.member.uid},
    "household_switch": lambda home: {"uid": home.household.uid},
    "invitation_accept": lambda home: {"token": queries.invitation_token(home.invitation)},
    "invitation_*": lambda home: {"uid": home.invitation.uid},
    "person_picture": lambda home: {"uid": home.people["owner"].uid},
    "session_end": lambda home: {"pk": 1},
    "mfa_*_webauthn": lambda home: {"pk": 1},
    "mail_*": lambda home: {"name": "20260101-000000-000000-0.eml"},
    "admin:household_look": lambda home: {"pk": home.household.pk},
    "admin:view_on_site": lambda home: {"content_type_id": 1, "object_id": 1},
    "admin:app_list": lambda home: {"app_label": "ledger"},
    "admin:*_*_*": lambda home: {"object_id": home.household.pk},
}
# Addresses without a name, by their route.
PLACES = {
    "admin/(?P<url>.*)$": "admin/nowhere/",
    "api/v1/": "api/v1/",
}


def things_for(name: str, home: Home, *, nobody: bool = False) -> dict[str, object] | None:
    """The parameters of an address; with `nobody`, ids that look right and that nothing has."""
    found = next((things for pattern, things in THINGS.items() if fnmatch(name, pattern)), None)
    if found is None:
        return None
    things = _row_of(name, home) or found(home)
    if nobody:
        return {key: uuid.uuid4() if isinstance(value, uuid.UUID) else value for key, value in things.items()}
    return things


def _row_of(name: str, home: Home) -> dict[str, object] | None:
    """For the admin: the row of that table that the household has, if it has one."""
    space, _, rest = name.partition(":")
    parts = rest.split("_")
    if space != "admin" or len(parts) != 3 or parts[2] not in {"change", "history", "delete"}:
        return None
    model: Any = apps.get_model(parts[0], parts[1])
    with household_scope(home.household.pk):
        row = model._default_manager.order_by("pk").first()
    return {"object_id": row.pk if row else 1}


def state_of(home: Home) -> dict[str, list[Any]]:
    """All rows of the household, to see whether somebody changed one."""
    state: dict[str, list[Any]] = {"household": list(Household.objects.filter(pk=home.household.pk).values())}
    with household_scope(home.household.pk):
        for model in apps.get_models():
            if issubclass(model, HouseholdOwned):
                leave_out = {"last_used_at"}
                names = [each.attname for each in model._meta.concrete_fields if each.name not in leave_out]
                state[model._meta.label] = list(model._default_manager.order_by("pk").values_list(*names))
    return state

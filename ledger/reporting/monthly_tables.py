"""The tables of a monthly report: categories in their groups, accounts, members, what was biggest and who is new."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from financeflow.households.queries import members_of
from ledger.calc.flows import Flow, change, share
from ledger.calc.terms import LONGEST, Term
from ledger.models import Category
from ledger.queries.reports import monthly
from ledger.queries.reports.asked import Question
from ledger.queries.reports.flows import UNCATEGORISED
from ledger.queries.reports.monthly import Side
from ledger.queries.reports.notable import Big, biggest, new_payees
from ledger.queries.rows import Filed
from ledger.reporting.document import Amount, Cell, Chart, Count, Day, Row, Section, Share, Table, Words
from ledger.reporting.doors import INCOME, SPENDING, Doors
from ledger.reporting.wording import period_text

MOST_SLICES: Final = 7
MOST_BIG: Final = 8
MOST_NEW: Final = 12
KINDS: Final = (("spending", Category.Kind.EXPENSE, SPENDING), ("income", Category.Kind.INCOME, INCOME))


@dataclass(frozen=True)
class Group:
    """A top category, or none, with what is filed under it now and before; `parts` are what stands in it."""

    category: Category | None
    now: int
    before: int
    parts: list[Group]

    @property
    def is_empty(self) -> bool:
        return not (self.now or self.before or self.parts)


def groups_of(question: Question, kind: str, now: Side, before: Side) -> list[Group]:
    """The groups of one kind that have anything now or before, the largest first; what is in none as one of them."""
    tops: dict[int, list[Group]] = {}
    for key in now.by_category.keys() | before.by_category.keys():
        category = question.categories.get(key)
        if key == UNCATEGORISED or (category and category.kind == kind):
            one = Group(category, _of(kind, now.by_category.get(key)), _of(kind, before.by_category.get(key)), [])
            tops.setdefault((category and (category.parent_id or category.pk)) or 0, []).append(one)
    found = [_group(question.categories.get(key), parts) for key, parts in tops.items()]
    return sorted((group for group in found if not group.is_empty), key=_by_size)


def _group(top: Category | None, parts: list[Group]) -> Group:
    shown = sorted((part for part in parts if part.now or part.before), key=_by_size)
    alone = all(part.category == top for part in shown)
    whole, before = sum(part.now for part in parts), sum(part.before for part in parts)
    return Group(top, whole, before, [] if alone else shown)


def _by_size(group: Group) -> tuple[int, str]:
    return -group.now, group.category.name if group.category else ""


def _of(kind: str, flow: Flow | None) -> int:
    if flow is None:
        return 0
    return flow.income if kind == Category.Kind.INCOME else flow.spending


def categories_table(question: Question, doors: Doors, now: Side, before: Side) -> Iterator[Table]:
    """Where it went, then where it came from."""
    titles = {"spending": _("Where it went"), "income": _("Where it came from")}
    for name, kind, flow in KINDS:
        groups = groups_of(question, kind, now, before)
        if groups:
            sheet = _Categories(question, doors, flow, before, sum(group.now for group in groups))
            head = [_("Category"), _("Amount"), _("Share"), side_text(question, before), _("Change")]
            yield Table(name, titles[name], head, [*sheet.rows(groups), sheet.sum(groups)])


@dataclass(frozen=True)
class _Categories:
    """Rows of categories, each with its share of the whole and its change."""

    question: Question
    doors: Doors
    flow: Term
    before: Side
    whole: int

    def rows(self, groups: list[Group]) -> Iterator[Row]:
        for group in groups:
            yield self._row(group, 0, alone=False)
            for part in group.parts:
                yield self._row(part, 1, alone=part.category == group.category)

    def sum(self, groups: list[Group]) -> Row:
        before = sum(group.before for group in groups)
        return Row([Words(_("Together")), *self._figures(self.whole, before, (self.flow,))], is_sum=True)

    def _row(self, group: Group, level: int, *, alone: bool) -> Row:
        # Lines without a category are of both kinds, all others of one alone.
        term = self.doors.category(group.category, alone=alone)
        terms = (term,) if group.category else (term, self.flow)
        return Row([_named(group.category, alone=alone), *self._figures(group.now, group.before, terms)], level)

    def _figures(self, now: int, before: int, terms: tuple[Term, ...]) -> list[Cell]:
        currency = self.question.currency
        return [
            Amount(now, currency, self.doors.to(*terms)),
            Share(share(now, self.whole)),
            Amount(before, currency, self.doors.to(*terms, period=self.before.period)),
            Share(change(now, before), signed=True),
        ]


def _named(category: Category | Filed | None, *, alone: bool) -> Words:
    if category is None:
        return Words(_("Uncategorised"), hue=0)
    if alone:
        return Words(_("%(group)s, nothing closer") % {"group": category.name}, hue=category.hue)
    return Words(category.name, hue=category.hue)


def side_text(question: Question, side: Side) -> str:
    """What an earlier period is called, also where only as much of it counts as has passed of this one."""
    whole = period_text(question, side.whole_period)
    if side.period == side.whole_period:
        return whole
    return _("%(period)s, first %(days)s days") % {"period": whole, "days": side.period.days}


def where_chart(question: Question, doors: Doors, now: Side) -> Chart | None:
    """Spending by group as a ring: the largest, and all others as one."""
    groups = [group for group in groups_of(question, Category.Kind.EXPENSE, now, now) if group.now > 0]
    if not groups:
        return None
    largest, rest = groups[:MOST_SLICES], groups[MOST_SLICES:]
    if len(rest) == 1:
        largest, rest = groups, []
    slices = [_slice(group) for group in largest]
    urls = [_url(doors, [group]) for group in largest]
    if rest:
        slices.append({"label": _("Other"), "value": sum(group.now for group in rest), "hue": 0})
        urls.append(_url(doors, rest))
    label = _("Spending by category, %(period)s") % {"period": period_text(question)}
    title, whole = _("Spending by category"), sum(group.now for group in groups)
    rows = [
        Row(
            [
                Words(str(each["label"]), hue=each["hue"]),
                Amount(each["value"], question.currency, url),
                Share(share(each["value"], whole)),
            ]
        )
        for each, url in zip(slices, urls, strict=True)
    ]
    table = Table("where", title, [_("Category"), _("Amount"), _("Share")], rows)
    return Chart("where", title, "where", label, {"slices": slices, "urls": urls}, table)


def _slice(group: Group) -> dict[str, Any]:
    category = group.category
    named = {"label": category.name, "hue": category.hue} if category else {"label": _("Uncategorised"), "hue": 0}
    return {**named, "value": group.now}


def _url(doors: Doors, groups: list[Group]) -> str:
    """The list of these groups together; where its search would be too long, the table that has each."""
    if any(group.category is None for group in groups):
        if len(groups) > 1:
            return "#spending"
        return doors.to(doors.category(None), SPENDING)
    terms = [doors.category(group.category) for group in groups]
    if sum(len(str(term)) + 1 for term in terms) + len(doors.question.search.line) > LONGEST - 60:
        return "#spending"
    return doors.to(*terms)


def who_tables(question: Question, doors: Doors) -> Iterator[Section]:
    """By account, each in its own currency; by member, where there are several."""
    accounts = monthly.by_account(question)
    rows = []
    for key, account in question.accounts.items():
        if key in accounts:
            name = Words(account.name, url=reverse("account_show", args=[account.uid]), icon=account.icon)
            rows.append(Row([name, *_three(doors, accounts[key], account.currency, doors.account(account))]))
    yield Table("accounts", _("By account"), [_("Account"), *_flow_heads()], rows)
    if members_of(question.household).count() > 1:
        yield _members(question, doors)


def _members(question: Question, doors: Doors) -> Table:
    rows = []
    flows = monthly.by_member(question)
    people = monthly.people(flows)
    for key, flow in sorted(flows.items(), key=lambda pair: (pair[0] is None, -pair[1].spending)):
        person = people.get(key or 0)
        name = Words(person.name or person.email if person else _("Nobody by hand"))
        rows.append(Row([name, *_three(doors, flow, question.currency, doors.member(person))]))
    return Table("members", _("By who entered it"), [_("Member"), *_flow_heads()], rows)


def _flow_heads() -> list[str]:
    return [_("Income"), _("Expenses"), _("Net savings")]


def _three(doors: Doors, flow: Flow, currency: str, term: Term) -> list[Cell]:
    return [
        Amount(flow.income, currency, doors.to(term, INCOME)),
        Amount(flow.spending, currency, doors.to(term, SPENDING)),
        Amount(flow.kept, currency, doors.to(term), signed=True),
    ]


def notable_tables(question: Question, doors: Doors) -> Iterator[Section]:
    yield from biggest_table(question, biggest(question.listing(), MOST_BIG))
    new = new_payees(question, MOST_NEW)
    if new:
        rows = [
            Row(
                [
                    Words(each.payee.name, url=reverse("payee_show", args=[each.payee.uid])),
                    Day(each.since),
                    Count(each.count),
                    Amount(each.net, question.currency, doors.to(doors.payee(each.payee)), signed=True),
                ]
            )
            for each in new
        ]
        head = [_("Payee"), _("First on"), _("How often"), _("Amount")]
        yield Table("new_payees", _("New payees"), head, rows)


def biggest_table(question: Question, big: Sequence[Big], title: str = "") -> Iterator[Table]:
    if big:
        head = [_("Payee"), _("Day"), _("Category"), _("Amount")]
        yield Table("biggest", title or _("Biggest transactions"), head, [_big(question, each) for each in big])


def _big(question: Question, each: Big) -> Row:
    row = each.row
    filed = Words(_("Split")) if len(row.parts) > 1 else _named(row.parts[0], alone=False)
    return Row(
        [
            Words(row.payee.name if row.payee else row.description or _("Nobody named")),
            Day(row.date),
            filed,
            Amount(each.amount, question.currency, reverse("transaction_show", args=[row.uid]), signed=True),
        ]
    )

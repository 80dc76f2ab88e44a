"""What stands beside each other: categories, groups, payees, tags or accounts, each with its sums and its door."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.utils.translation import gettext as _

from ledger.calc.periods import Period
from ledger.calc.series import average
from ledger.calc.terms import Term
from ledger.models import Account, Category
from ledger.queries.reports.asked import Question
from ledger.queries.reports.flows import UNCATEGORISED
from ledger.queries.reports.strands import (
    Apart,
    Measure,
    Strands,
    Values,
    group_of,
    payees_of,
    strands,
    tags_of,
)
from ledger.reporting.doors import INCOME, SPENDING, Doors

# Beyond these a chart has "Other", drawn without a hue.
MOST_DRAWN: Final = 8
NO_HUE: Final = 0
PLAIN_HUE: Final = 11
Terms = tuple[Term, ...]
UNFILED: Final = Term("is", "uncategorised")


@dataclass(frozen=True)
class Strand:
    """One of them. `terms` lead to its transactions; without any there is no list of just these."""

    key: int | None
    label: str
    terms: Terms
    values: Values
    hue: int | None = None
    icon: str = ""
    is_other: bool = False

    @property
    def total(self) -> int:
        return sum(self.values)

    @property
    def average(self) -> int:
        return average(self.values)


@dataclass(frozen=True)
class Woven:
    """All that was told apart, the largest first; `rest` is what was not, `whole` is all of it."""

    apart: Apart
    shown: list[Strand]
    rest: Strand | None
    whole: Strand
    sums: Strands
    is_chosen: bool = False

    def drawn(self, most: int = MOST_DRAWN) -> list[Strand]:
        """For a chart: the largest, and the others as one where a list can be made of them."""
        if self.apart == "tag":
            return self.shown[:most]
        if self.apart != "payee" or len(self.shown) + bool(self.rest) <= most + 1:
            return folded([*self.shown, *filter(None, [self.rest])], most)
        # Thousands of others: all but the first.
        first, others = self.shown[:most], self.shown[most:]
        values = [each.values for each in (*others, *filter(None, [self.rest]))]
        terms = _either(others) if self.is_chosen else (*self.whole.terms, *_all_but(first))
        return [*first, _other(terms, values)]


def folded(shown: Sequence[Strand], most: int = MOST_DRAWN) -> list[Strand]:
    """The largest of some categories or groups, and all others as one."""
    if len(shown) <= most + 1:
        return list(shown)
    first, others = _divided(shown, most)
    return [*first, _other(_either(others), [each.values for each in others])]


def woven(
    question: Question, pieces: Sequence[Period], apart: Apart, measure: Measure, only: Sequence[int | None] = ()
) -> Woven:
    """What is asked for, told apart, with names, hues and doors; `only` some of it where those are named."""
    sums = strands(question, pieces, apart, measure, only)
    flow = SPENDING if measure == "spending" else INCOME
    shown = list(_strands(question, sums, apart, flow))
    rest = None
    if apart == "payee" and not only and any(sums.rest):
        rest = replace(_other((flow, *_all_but(shown)), [sums.rest]), label=_("All other payees"))
    whole = Strand(None, _("Total"), (flow,), sums.whole)
    if only:
        values = tuple(sum(column) for column in zip(*(each.values for each in shown), strict=True))
        whole = Strand(None, _("Total"), () if apart == "tag" else _either(shown), values or (0,) * len(pieces))
    return Woven(apart, shown, rest, whole, sums, is_chosen=bool(only))


def _strands(question: Question, sums: Strands, apart: Apart, flow: Term) -> Iterator[Strand]:
    doors = Doors(question)
    if apart in ("category", "group"):
        for key, values in sums.values.items():
            yield _of_category(question, doors, key or UNCATEGORISED, values, flow, whole=apart == "group")
    elif apart == "account":
        for key, values in sums.values.items():
            account = question.accounts[key or 0]
            yield Strand(key, account.name, (*_account_terms(question, doors, account), flow), values)
    elif apart == "payee":
        payees = payees_of(sums.values)
        for key, values in sums.values.items():
            payee = payees.get(key or 0)
            yield Strand(key, payee.name if payee else _("No payee"), (doors.payee(payee), flow), values)
    else:
        tags = tags_of(sums.values)
        for key, values in sums.values.items():
            tag = tags.get(key or 0)
            label, hue = (tag.name, tag.hue) if tag else (_("No tag"), None)
            yield Strand(key, label, (doors.tag(tag), flow), values, hue)


def _of_category(question: Question, doors: Doors, key: int, values: Values, flow: Term, *, whole: bool) -> Strand:
    category = question.categories.get(key)
    if category is None:
        return Strand(key, _("Uncategorised"), (doors.category(None), flow), values, PLAIN_HUE)
    terms = group_terms(question, doors, category) if whole else leaf_terms(question, doors, category)
    name = category.name if whole or not _has_parts(question, category) else nothing_closer(category)
    return Strand(key, name, terms, values, category.hue, category.icon)


def _account_terms(question: Question, doors: Doors, account: Account) -> Terms:
    """A list of one account speaks that account's currency: where ours is another, it is all but the other accounts."""
    if account.currency == question.currency:
        return (doors.account(account),)
    others = [each for each in question.accounts.values() if each != account and not each.trashed_at]
    return tuple(replace(doors.account(each), negated=True) for each in others) or (doors.account(account),)


def leaf_terms(question: Question, doors: Doors, category: Category) -> Terms:
    """What is filed under exactly this category."""
    return (doors.category(category, alone=_has_parts(question, category)),)


def _has_parts(question: Question, category: Category) -> bool:
    return any(each.parent_id == category.pk for each in question.categories.values())


def nothing_closer(group: Category) -> str:
    """What stands in a group, but in none of its categories."""
    return _("%(group)s, nothing closer") % {"group": group.name}


def group_terms(question: Question, doors: Doors, group: Category) -> Terms:
    """A group with all in it; where the report is of some categories only, those of them that stand in it."""
    asked = question.everything.conditions.categories
    if asked is None:
        return (doors.category(group),)
    inside = [each for key, each in question.categories.items() if key in asked and group_of(question, key) == group.pk]
    return tuple(term for each in inside for term in leaf_terms(question, doors, each))


def _divided(shown: Sequence[Strand], most: int) -> tuple[list[Strand], list[Strand]]:
    """The largest and the others. What has no category is not among others: no list asks for it beside categories."""
    unfiled = next((strand for strand in shown[most:] if UNFILED in strand.terms), None)
    first = [*shown[: most - 1], unfiled] if unfiled else list(shown[:most])
    return first, [strand for strand in shown if strand not in first]


def _other(terms: Terms, values: Sequence[Values]) -> Strand:
    total = tuple(sum(column) for column in zip(*values, strict=True))
    return Strand(None, _("Other"), terms, total, NO_HUE, is_other=True)


def _either(some: Iterable[Strand]) -> Terms:
    return tuple(dict.fromkeys(term for strand in some for term in strand.terms))


def _all_but(payees: Iterable[Strand]) -> Terms:
    return tuple(replace(term, negated=True) for strand in payees for term in strand.terms if term.name == "payee")

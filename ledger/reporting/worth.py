"""Net worth over time: what is owned and owed by kind of account, what is left, and which accounts make it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ledger.calc import ACCOUNT_GROUPS, ACCOUNT_ICONS
from ledger.calc.flows import share
from ledger.calc.periods import ONE_DAY, Period
from ledger.models import Account
from ledger.queries.reports.asked import Question
from ledger.queries.reports.worth import (
    AccountWorth,
    WorthPoint,
    change_of,
    counted_accounts,
    point_of,
    worth_by_day,
    worth_by_month,
    worth_on,
)
from ledger.reporting.axes import Register, day_labels, is_by_day, money_style, so_far
from ledger.reporting.document import (
    Amount,
    Cell,
    Chart,
    Day,
    Document,
    Figure,
    Figures,
    Row,
    Section,
    Share,
    Table,
    Tone,
    Words,
)
from ledger.reporting.kinds import ReportKind
from ledger.reporting.wording import honest_words, money_words, percent_words, period_text, written

# The colour of each kind of account, the same in every period.
KIND_HUES: Final = {
    "checking": 1,
    "cash": 2,
    "savings": 5,
    "credit_card": 4,
    "investment": 3,
    "property": 7,
    "other": 11,
    "loan": 8,
}
KINDS: Final = tuple(kind for _name, kinds in ACCOUNT_GROUPS for kind in kinds)


def build(question: Question) -> Document:
    period, accounts = so_far(question), counted_accounts()
    before = worth_on(question.household, accounts, period.first - ONE_DAY)
    standing = worth_on(question.household, accounts, period.last)
    end, changed = point_of(period.last, standing), change_of(before, standing)
    walked = worth_by_day if is_by_day(period) else worth_by_month
    points = walked(question.household, accounts, period.first, period.last)
    sections: list[Section] = [_figures(question, period, end, changed)]
    if len(points) > 1:
        sections.append(_chart(question, period, points))
    sections.append(_accounts_table(question, period, before, standing))
    return Document(
        name="worth",
        title=_("Net worth"),
        subtitle=period_text(question),
        currency=question.household.base_currency,
        sections=sections,
        told=_told(question, period, end, changed),
        honest=_honest(points or [end], standing, before),
    )


def _told(question: Question, period: Period, end: WorthPoint, changed: int) -> str:
    base = question.household.base_currency
    words = {"net": money_words(question, end.net, base), "day": written(question, end.day)}
    if not (end.owned or end.owed):
        return _("No account that counts towards net worth held anything on %(day)s.") % words
    words["change"], words["since"] = money_words(question, abs(changed), base), _day_before(question, period)
    if changed > 0:
        return _("On %(day)s you were worth %(net)s, %(change)s more than on %(since)s.") % words
    if changed < 0:
        return _("On %(day)s you were worth %(net)s, %(change)s less than on %(since)s.") % words
    return _("On %(day)s you were worth %(net)s, as much as on %(since)s.") % words


def _honest(points: Sequence[WorthPoint], standing: Sequence[AccountWorth], before: Sequence[AccountWorth]) -> str:
    """Which accounts were left out at some time for want of a rate; and how many are in it now by an earlier day's."""
    missing = {currency for point in points for currency in point.missing}
    missing |= {each.account.currency for each in (*standing, *before) if each.worth is None}
    words = [
        _("Accounts in %(currency)s are not included where no rate is known") % {"currency": currency}
        for currency in sorted(missing)
    ]
    estimated = honest_words((), sum(each.is_estimated for each in standing))
    return _("; ").join([*words, *filter(None, [estimated])])


def _day_before(question: Question, period: Period) -> str:
    return written(question, period.first - ONE_DAY)


def _figures(question: Question, period: Period, end: WorthPoint, changed: int) -> Figures:
    base, url = question.household.base_currency, reverse("account_list")
    start = end.net - changed
    tone: Tone = "good" if changed > 0 else "bad" if changed < 0 else ""
    since = _("since %(day)s") % {"day": _day_before(question, period)}
    if start > 0:
        since = f"{percent_words(question, changed / start)} {since}"
    on = _("on %(day)s") % {"day": written(question, end.day)}
    return Figures(
        [
            Figure("net", _("Net worth"), Amount(end.net, base, url), on),
            Figure("change", _("Change"), Amount(changed, base, url, signed=True), since, tone),
            Figure("owned", _("You own"), Amount(end.owned, base, url)),
            Figure("owed", _("You owe"), Amount(end.owed, base, url)),
        ]
    )


def _chart(question: Question, period: Period, points: Sequence[WorthPoint]) -> Chart:
    base, by_day, url = question.household.base_currency, is_by_day(period), reverse("account_list")
    days = [point.day for point in points]
    names = dict(Account.Kind.choices)
    series = [
        {"label": str(names[kind]), "hue": KIND_HUES[kind], "values": [point.by_kind.get(kind, 0) for point in points]}
        for kind in KINDS
        if any(point.by_kind.get(kind) for point in points)
    ]
    data = {
        **day_labels(question, days, by_day=by_day),
        "series": series,
        "net": [point.net for point in points],
        "urls": [url for _point in points],
        **money_style(question, base),
    }
    label = _("Net worth by kind of account, %(period)s") % {"period": period_text(question)}
    return Chart(
        "over_time", _("Over time"), "stack", label, data, _points_table(points, base, by_day=by_day), height="tall"
    )


def _points_table(points: Sequence[WorthPoint], base: str, *, by_day: bool) -> Table:
    url = reverse("account_list")
    rows = [
        Row(
            [
                Day(point.day, "medium" if by_day else "month"),
                Amount(point.owned, base, url),
                Amount(point.owed, base, url),
                Amount(point.net, base, url),
            ]
        )
        for point in reversed(points)
    ]
    return Table("points", _("Net worth over time"), [_("Until"), _("Owned"), _("Owed"), _("Net worth")], rows)


def _accounts_table(
    question: Question, period: Period, before: Sequence[AccountWorth], standing: Sequence[AccountWorth]
) -> Table:
    base = question.household.base_currency
    sheet = _Sheet(base, period, before, standing)
    abroad = [_("In its currency")] if sheet.abroad else []
    return Table(
        "accounts",
        _("By account"),
        [_("Account"), _("Worth"), *abroad, _("Share"), _("Change")],
        list(sheet.rows()) if sheet.shown else [],
        note=_("Shares of what is owned; of debts, of what is owed"),
        empty=_("No account counted towards net worth on this day."),
    )


class _Sheet:
    """The table of accounts: each kind with its sum, its accounts below, and the net worth at the end."""

    def __init__(
        self, base: str, period: Period, before: Sequence[AccountWorth], standing: Sequence[AccountWorth]
    ) -> None:
        self.base, self.period = base, period
        self.end, self.changed = point_of(period.last, standing), change_of(before, standing)
        self.earlier = {each.account.pk: each.worth for each in before}
        there = {each.account.pk for each in standing}
        # What was closed on the way is worth nothing at the end, and explains where the change comes from.
        gone = [AccountWorth(each.account, 0, 0) for each in before if each.account.pk not in there]
        self.shown = [*standing, *gone]
        self.abroad = any(each.account.currency != base for each in self.shown)

    def rows(self) -> Iterator[Row]:
        names, url = dict(Account.Kind.choices), reverse("account_list")
        for kind in KINDS:
            inside = [each for each in self.shown if each.account.kind == kind]
            if not inside:
                continue
            change = sum(self._change(each) or 0 for each in inside)
            title = Words(str(names[kind]), url, KIND_HUES[kind], ACCOUNT_ICONS[kind])
            yield Row(self._cells(title, None, sum(each.worth or 0 for each in inside), change, url))
            for each in inside:
                yield self._row(each)
        *cells, _share, changed = self._cells(Words(_("Net worth"), url), None, self.end.net, self.changed, url)
        yield Row([*cells, None, changed], is_sum=True)

    def _row(self, each: AccountWorth) -> Row:
        door = Register(each.account).over(self.period)
        is_abroad = each.account.currency != self.base
        balance = Amount(each.balance, each.account.currency, door) if is_abroad else None
        return Row(self._cells(Words(each.account.name, door), balance, each.worth, self._change(each), door), level=1)

    def _change(self, each: AccountWorth) -> int | None:
        earlier = self.earlier.get(each.account.pk, 0)
        return None if each.worth is None or earlier is None else each.worth - earlier

    def _cells(
        self, name: Words, balance: Amount | None, worth: int | None, change: int | None, url: str
    ) -> list[Cell]:
        own: list[Cell] = [balance] if self.abroad else []
        if worth is None:
            return [name, Words(_("no rate")), *own, None, None]
        of = self.end.owned if worth >= 0 else -self.end.owed
        changed = None if change is None else Amount(change, self.base, url, signed=True)
        return [name, Amount(worth, self.base, url), *own, Share(share(abs(worth), of)), changed]


KIND = ReportKind(
    name="worth",
    title=gettext_lazy("Net worth"),
    about=gettext_lazy("What you own and owe over time, by kind of account."),
    icon="scale",
    build=build,
    usual="latest",
    compares=False,
    filters=False,
)

"""Balance history: how full chosen accounts were over time, each in its own currency."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ledger.calc import ACCOUNT_GROUPS
from ledger.calc.periods import ONE_DAY, Period, month_end
from ledger.models import Account
from ledger.queries.reports.asked import Question
from ledger.queries.reports.balances import History, at, histories
from ledger.reporting.axes import Register, day_labels, is_by_day, money_style, so_far
from ledger.reporting.document import Amount, Cell, Chart, Day, Document, Figure, Figures, Row, Section, Table, Words
from ledger.reporting.kinds import Choice, Option, ReportKind
from ledger.reporting.wording import money_words, period_text, written

MOST_ACCOUNTS: Final = 8
# One colour for each line of a chart, in the order in which they stay apart best.
LINE_HUES: Final = (1, 4, 3, 2, 6, 5, 8, 7)


def build(question: Question) -> Document:
    period, accounts = so_far(question), chosen_accounts(question)
    found = histories(accounts, period)
    currencies = list(dict.fromkeys(each.account.currency for each in found))
    sections: list[Section] = []
    if len(currencies) == 1:
        sections.append(_figures(question, period, found))
    of_each = [[each for each in found if each.account.currency == currency] for currency in currencies]
    sections += [_chart(question, period, some) for some in of_each]
    sections += [_standing(period, found), _extremes(period, found)]
    return Document(
        name="balances",
        title=_("Balance history"),
        subtitle=period_text(question),
        currency=currencies[0] if len(currencies) == 1 else question.household.base_currency,
        sections=sections,
        told=_told(question, found),
    )


def offered(question: Question) -> list[Option]:
    return [Option(str(account.uid), account.name) for account in _accounts(question)]


def _accounts(question: Question) -> list[Account]:
    return [account for account in question.accounts.values() if not account.trashed_at]


def chosen_accounts(question: Question) -> list[Account]:
    """Those that are asked for; else the open ones of the first group of kinds that has any."""
    asked, every = question.choices.get("account", ()), _accounts(question)
    if chosen := [account for account in every if str(account.uid) in asked]:
        return chosen[:MOST_ACCOUNTS]
    for _name, kinds in ACCOUNT_GROUPS:
        if found := [account for account in every if account.kind in kinds and not account.closed_on]:
            return found[:MOST_ACCOUNTS]
    return every[:MOST_ACCOUNTS]


def _told(question: Question, found: Sequence[History]) -> str:
    if not found:
        return _("None of these accounts held anything in this time.")
    if len({each.account.currency for each in found}) > 1:
        return ""
    lowest = min(found, key=lambda each: each.lowest.balance)
    currency = lowest.account.currency
    words = {
        "name": lowest.account.name,
        "end": money_words(question, lowest.end, currency),
        "low": money_words(question, lowest.lowest.balance, currency),
        "day": written(question, lowest.lowest.day),
    }
    if len(found) > 1:
        return _("The least in any of them was %(low)s, in “%(name)s” on %(day)s.") % words
    return _("“%(name)s” ended at %(end)s. The least in it was %(low)s, on %(day)s.") % words


def _figures(question: Question, period: Period, found: Sequence[History]) -> Figures:
    """Of one account how it stood; of several what they came to together."""
    currency = found[0].account.currency
    # What was closed on the way is not there any more when all are counted together.
    left = [each.end if each.points[-1].day == period.last or len(found) == 1 else 0 for each in found]
    end, change = sum(left), sum(left) - sum(each.start for each in found)
    url = Register(found[0].account).over(period) if len(found) == 1 else reverse("account_list")
    since = _("since %(day)s") % {"day": written(question, period.first - ONE_DAY)}
    figures = [
        Figure("end", _("At the end") if len(found) == 1 else _("Together at the end"), Amount(end, currency, url)),
        Figure("change", _("Change"), Amount(change, currency, url, signed=True), since),
    ]
    if len(found) == 1:
        [only] = found
        for key, label, point in (("lowest", _("Lowest"), only.lowest), ("highest", _("Highest"), only.highest)):
            on = _("on %(day)s") % {"day": written(question, point.day)}
            amount = Amount(point.balance, currency, Register(only.account).on(point.day))
            figures.append(Figure(key, label, amount, on))
    return Figures(figures)


def _drawn_days(period: Period, found: Sequence[History]) -> list[date]:
    """Each day, or of a long time the ends of months and the last day, from when there was anything to draw."""
    first, last = min(each.points[0].day for each in found), max(each.points[-1].day for each in found)
    if is_by_day(period):
        return [first + ONE_DAY * step for step in range((last - first).days + 1)]
    return [min(month_end(month), last) for month in Period(first, last).months()]


def _chart(question: Question, period: Period, found: Sequence[History]) -> Chart:
    currency, by_day, days = found[0].account.currency, is_by_day(period), _drawn_days(period, found)
    title = found[0].account.name if len(found) == 1 else _("Balances in %(currency)s") % {"currency": currency}
    values = [at(each.points, days) for each in found]
    registers = [Register(each.account) for each in found]
    urls = [[register.until(day, by_day=by_day) for day in days] for register in registers]
    data = {
        **day_labels(question, days, by_day=by_day),
        "series": [
            {"label": each.account.name, "hue": hue, "values": numbers}
            for each, hue, numbers in zip(found, LINE_HUES, values, strict=False)
        ],
        "urls": urls,
        **money_style(question, currency),
    }
    label = _("%(title)s over time, %(period)s") % {"title": title, "period": period_text(question)}
    columns = list(zip(days, zip(*values, strict=True), zip(*urls, strict=True), strict=True))
    rows = [_day_row(day, row, doors, currency, by_day=by_day) for day, row, doors in reversed(columns)]
    table = Table(f"points-{currency.lower()}", title, [_("Until"), *(each.account.name for each in found)], rows)
    return Chart(f"over-time-{currency.lower()}", title, "lines", label, data, table)


def _day_row(day: date, balances: Sequence[int | None], urls: Sequence[str], currency: str, *, by_day: bool) -> Row:
    amounts = [
        None if minor is None else Amount(minor, currency, url) for minor, url in zip(balances, urls, strict=True)
    ]
    return Row([Day(day, "medium" if by_day else "month"), *amounts])


def _standing(period: Period, found: Sequence[History]) -> Table:
    rows = []
    for each in found:
        url = Register(each.account).over(period)
        start, end, average = (Amount(one, each.account.currency, url) for one in (each.start, each.end, each.average))
        change = Amount(each.change, each.account.currency, url, signed=True)
        rows.append(Row([Words(each.account.name, url), end, change, start, average]))
    head = [_("Account"), _("At the end"), _("Change"), _("At the start"), _("Average")]
    return Table("standing", _("From start to end"), head, rows, empty=_("No account to show."))


def _extremes(period: Period, found: Sequence[History]) -> Table:
    rows = []
    for each in found:
        register, low, high = Register(each.account), each.lowest, each.highest
        cells: list[Cell] = [Words(each.account.name, register.over(period))]
        for point in (low, high):
            cells += [Amount(point.balance, each.account.currency, register.on(point.day)), Day(point.day)]
        rows.append(Row(cells))
    head = [_("Account"), _("Lowest"), _("Day"), _("Highest"), _("Day")]
    return Table("extremes", _("Lowest and highest"), head, rows, empty=_("No account to show."))


KIND = ReportKind(
    name="balances",
    title=gettext_lazy("Balance history"),
    about=gettext_lazy("How full your accounts were, day by day, and how low they went."),
    icon="chart-line",
    build=build,
    usual="latest",
    choices=(Choice("account", gettext_lazy("Accounts"), offered, most=MOST_ACCOUNTS),),
    compares=False,
    filters=False,
)

"""What the ledger hangs on the dashboard."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from financeflow.web.widgets import Context, Look, Widget
from ledger.widgets import comparing, figures, pictures, recent, standing, start
from ledger.widgets.sheet import Sheet


def widgets(look: Look) -> list[Widget]:
    sheet = Sheet(look)
    return _of_several_months(sheet) if look.is_comparison else _of_one_month(sheet)


def _of_one_month(sheet: Sheet) -> list[Widget]:
    waiting = partial(standing.waiting, sheet)
    return [
        _part("head", _("The month in a sentence"), figures.head, sheet, 0, is_head=True),
        _part("start", _("Ways to start"), start.doors, sheet, 5, is_head=True),
        _part("figures", _("The month in figures"), figures.figures, sheet, 10),
        # What failed or was left on the desk is no change of the books, and wants a decision all the same.
        _part("decide", _("What wants a decision"), standing.decide, sheet, 20, is_slow=True, hangs_on=waiting),
        _part("worth", _("Net worth"), standing.worth, sheet, 30, span=8),
        _part("accounts", _("Accounts"), standing.accounts, sheet, 31, span=4),
        _part("where", _("Where it went"), pictures.where, sheet, 40, span=6, folds=True),
        _part("pace", _("Spending, day by day"), pictures.pace, sheet, 41, span=6, folds=True),
        _part("months", _("Month by month"), pictures.months, sheet, 60, span=6, folds=True),
        _part("flow", _("How the money flowed"), pictures.flow, sheet, 61, span=6, folds=True),
        _part("recent", _("Recent transactions"), recent.recent, sheet, 70),
    ]


def _of_several_months(sheet: Sheet) -> list[Widget]:
    return [
        _part("head", _("The months in a sentence"), comparing.head, sheet, 0, is_head=True),
        _part("figures", _("The months in figures"), comparing.figures, sheet, 10),
        _part("months", _("Month by month"), comparing.months, sheet, 60, folds=True),
        _part("where", _("Where it went"), comparing.where, sheet, 61),
    ]


def _part(
    key: str, title: Any, build: Callable[[Sheet], Context | None], sheet: Sheet, order: int, **more: Any
) -> Widget:
    folder = "ledger/widgets/months" if sheet.look.is_comparison and key != "head" else "ledger/widgets"
    return Widget(key, title, f"{folder}/_{key}.html", partial(build, sheet), order=order, **more)

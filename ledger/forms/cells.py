"""Forms of single values of a transaction, as they are changed where they stand in a list."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from financeflow.households.models import Household
from financeflow.web.forms import DayTextField
from ledger.calc.texts import validate_note
from ledger.forms.fields import TurnedAmountField
from ledger.forms.picking import CategoryPick, PayeePick, TagsPick
from ledger.models import Transaction
from ledger.models.transactions import LONGEST_NOTE

FIRST: dict[str, Any] = {"autofocus": True, "autocomplete": "off"}


class CellForm(forms.Form):
    """One value of one transaction; `said` is what the action hears."""

    edit_version = forms.IntegerField(min_value=1, max_value=2**31, widget=forms.HiddenInput)
    # Whether what was typed is kept when one clicks elsewhere; of a list only a choice counts.
    is_typed: ClassVar[bool] = True

    def __init__(
        self, *args: Any, transaction: Transaction, household: Household, today: dt.date, **kwargs: Any
    ) -> None:
        self.transaction = transaction
        kwargs["initial"] = {"edit_version": transaction.edit_version, **self.now(transaction)}
        super().__init__(*args, **kwargs)
        self.suit(household, today)

    def now(self, transaction: Transaction) -> dict[str, Any]:
        """What the fields show before anybody types."""
        return {}

    def suit(self, household: Household, today: dt.date) -> None:
        """Fit the fields to the household."""

    def said(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "edit_version"}


class CategoryCellForm(CategoryPick, CellForm):
    """What the money was for."""

    is_typed = False

    def said(self) -> dict[str, Any]:
        return {"category": self.picked()}


class PayeeCellForm(PayeePick, CellForm):
    """Who it went to or came from."""

    is_typed = False

    def said(self) -> dict[str, Any]:
        return {"payee": self.picked()}


class DateCellForm(CellForm):
    """The day."""

    date = DayTextField(label=gettext_lazy("Day"))

    def now(self, transaction: Transaction) -> dict[str, Any]:
        return {"date": transaction.date}

    def suit(self, household: Household, today: dt.date) -> None:
        field = self.fields["date"]
        assert isinstance(field, DayTextField)
        field.is_of(locale=household.locale, today=today)
        field.widget.attrs |= FIRST


class AmountCellForm(CellForm):
    """How much; a plain number stays on the side it was on, a sign turns it."""

    amount = TurnedAmountField(label=gettext_lazy("Amount"))

    def now(self, transaction: Transaction) -> dict[str, Any]:
        return {"amount": transaction.amount}

    def suit(self, household: Household, today: dt.date) -> None:
        field = self.fields["amount"]
        assert isinstance(field, TurnedAmountField)
        field.currency, field.locale = self.transaction.currency, household.locale
        field.goes_out = self.transaction.amount <= 0
        field.widget.attrs |= FIRST
        if field.goes_out:
            field.label = _("Money out, %(currency)s") % {"currency": self.transaction.currency}
            field.help_text = _("Sums like 12+3.50 work. A + in front makes it money in.")
        else:
            field.label = _("Money in, %(currency)s") % {"currency": self.transaction.currency}
            field.help_text = _("Sums like 12+3.50 work. A − in front makes it money out.")


class TagsCellForm(TagsPick, CellForm):
    """All its tags: those that are there, and new ones by name."""

    def said(self) -> dict[str, Any]:
        return {"tags": self.picked()}


class NotesCellForm(CellForm):
    """What else there is to say."""

    notes = forms.CharField(
        label=gettext_lazy("Notes"),
        max_length=LONGEST_NOTE,
        required=False,
        validators=[validate_note],
        widget=forms.Textarea(attrs={"rows": 2, "data-enter": True, **FIRST}),
    )

    def now(self, transaction: Transaction) -> dict[str, Any]:
        return {"notes": transaction.notes}


CELLS: dict[str, type[CellForm]] = {
    "category": CategoryCellForm,
    "payee": PayeeCellForm,
    "date": DateCellForm,
    "amount": AmountCellForm,
    "tags": TagsCellForm,
    "notes": NotesCellForm,
}

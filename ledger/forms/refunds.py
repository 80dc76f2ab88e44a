"""Forms of money that is owed back: how much of what, by whom; and which money in it was."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from financeflow.money.forms import AmountField
from financeflow.money.text import format_money
from financeflow.money.values import half_even
from financeflow.web.plain_text import validate_plain_text
from ledger.forms.choices import RowField
from ledger.models import Line, Transaction

# What is owed of a shared bill, as a button says it.
SHARES = ("1/2", "1/3", "2/3", "3/4", "1/1")
_QUICK = re.compile(r"([1-9])/([1-9])(?: (.*))?", re.DOTALL)


def lines_of(transaction: Transaction) -> list[Line]:
    """The parts of which money can come back; each knows the transaction as it was found."""
    lines = [line for line in transaction.lines.select_related("category").order_by("position") if line.amount < 0]
    for line in lines:
        line.transaction = transaction
    return lines


class LineField(RowField):
    """One part of a transaction."""

    def offer_lines(self, lines: list[Line], currency: str, locale: str) -> None:
        shown = [(str(line.uid), f"{line} · {format_money(line.amount, currency, locale)}") for line in lines]
        self.offer(lines, shown)
        self.choices = shown


class ExpectForm(forms.Form):
    """So much of a line is owed back, by somebody; `share` is a part of it, with or without who owes it."""

    line = LineField(label=gettext_lazy("Part"))
    expected = AmountField(label=gettext_lazy("How much"), help_text=gettext_lazy("Sums like 90/3*2 work."))
    owed_by = forms.CharField(
        label=gettext_lazy("Owed by"),
        max_length=120,
        required=False,
        validators=[validate_plain_text],
        widget=forms.TextInput(attrs={"list": "people-owing", "autocomplete": "off"}),
    )
    share = forms.CharField(max_length=130, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, transaction: Transaction, **kwargs: Any) -> None:
        lines = lines_of(transaction)
        kwargs["initial"] = {"line": lines[0]} if lines else {}
        super().__init__(*args, **kwargs)
        line, expected = self.fields["line"], self.fields["expected"]
        assert isinstance(line, LineField)
        assert isinstance(expected, AmountField)
        expected.currency, expected.locale = transaction.currency, transaction.account.household.locale
        expected.required = not self.data.get("share")
        line.offer_lines(lines, transaction.currency, expected.locale)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("share") and said.get("line"):
            said |= self._shared(said["line"], said["share"])
        return said

    def _shared(self, line: Line, share: str) -> dict[str, Any]:
        """“2/3 Anna” is two thirds of the line, owed by Anna; “2/3” alone is owed by who is typed beside it."""
        found = _QUICK.fullmatch(share)
        if found is None:
            raise ValidationError({"expected": _("This is not a share.")})
        part, whole, name = int(found[1]), int(found[2]), found[3]
        shared: dict[str, Any] = {"expected": half_even(-line.amount * part, whole)}
        if name:
            validate_plain_text(name)
            shared["owed_by"] = name[:120]
        return shared


class MoneyBackForm(forms.Form):
    """Which money in came back for which line; in another currency, how much of it that covers.

    `link` is what was expected, where it was.
    """

    link = forms.UUIDField(required=False)
    refund = forms.UUIDField(required=False)
    line = forms.UUIDField(required=False)
    covers = AmountField(label=gettext_lazy("Covers"), required=False)

    def __init__(self, *args: Any, currency: str, locale: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        covers = self.fields["covers"]
        assert isinstance(covers, AmountField)
        covers.currency, covers.locale = currency, locale

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not said.get("link") and not said.get("line"):
            raise ValidationError(_("Choose what came back, and for what."))
        return said

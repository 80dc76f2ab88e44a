"""Forms of statements: what stands on one, what is ticked, what mends it."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from financeflow.money.forms import AmountField
from financeflow.money.values import LARGEST
from financeflow.web.forms import DayTextField
from ledger.actions.gaps import Remedy
from ledger.models import Account, Statement, Transaction

# More rows than this do not stand on one page.
MOST_ROWS = 400


class StatementForm(forms.Form):
    """What is printed on a bank's statement."""

    on = DayTextField(label=gettext_lazy("Date of the statement"))
    balance = AmountField(
        label=gettext_lazy("Balance on it"),
        help_text=gettext_lazy("As printed; with a minus if it is owed. Sums like 120+45.50 work."),
    )
    edit_version = forms.IntegerField(min_value=1, max_value=2**31, required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, account: Account, statement: Statement | None = None, today: date, **kwargs: Any
    ) -> None:
        if statement is not None:
            kwargs["initial"] = {name: getattr(statement, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        on, balance = self.fields["on"], self.fields["balance"]
        assert isinstance(on, DayTextField)
        assert isinstance(balance, AmountField)
        locale = account.household.locale
        on.is_of(locale=locale, today=today)
        balance.currency, balance.locale = account.currency, locale
        on.widget.attrs["autofocus"] = statement is None

    def clean_edit_version(self) -> int:
        return self.cleaned_data["edit_version"] or 0

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "edit_version"}


class UidsField(forms.Field):
    """Public ids of rows: several boxes of one name, or one text with gaps."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> list[uuid.UUID]:
        texts = [part for text in value or () for part in str(text).split()]
        if len(texts) > MOST_ROWS:
            raise ValidationError(_("These are too many rows at once."))
        try:
            return [uuid.UUID(text) for text in dict.fromkeys(texts)]
        except ValueError as error:
            raise ValidationError(_("There is no such row.")) from error

    def validate(self, value: Any) -> None:
        """None at all is fine."""


class TicksForm(forms.Form):
    """What is ticked of the rows that a page shows; or all of them, or none."""

    tick = UidsField(required=False)
    shown = UidsField(required=False)
    every = forms.ChoiceField(choices=[("", ""), ("tick", "tick"), ("untick", "untick")], required=False)

    @property
    def unticked(self) -> list[uuid.UUID]:
        """What stood on the page without a tick."""
        ticked = set(self.cleaned_data["tick"])
        return [uid for uid in self.cleaned_data["shown"] if uid not in ticked]


class LockForm(forms.Form):
    """With which correction a statement is locked, in minor units."""

    correction = forms.IntegerField(min_value=-LARGEST, max_value=LARGEST, required=False)


class RemedyForm(forms.Form):
    """What a button of a proposal sends."""

    kind = forms.SlugField(max_length=20)
    row = UidsField(required=False)
    amount = forms.IntegerField(min_value=-LARGEST, max_value=LARGEST, required=False)
    edit_version = forms.IntegerField(min_value=0, max_value=2**31, required=False)
    until = forms.DateField(required=False)

    def remedy(self, statement: Statement) -> Remedy:
        """What was chosen, with the rows of the account it is about, in the order in which they were sent."""
        said = self.cleaned_data
        rows = {row.uid: row for row in Transaction.objects.filter(account=statement.account, uid__in=said["row"])}
        return Remedy(
            kind=said["kind"],
            rows=tuple(rows[uid] for uid in said["row"] if uid in rows),
            amount=said["amount"] or 0,
            edit_version=said["edit_version"] or 0,
            until=said["until"],
        )

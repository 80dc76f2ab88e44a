"""Forms of transfers that are linked: which two transactions are meant, and where a missing side is added."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from financeflow.money.forms import AmountField
from ledger.forms.choices import AccountField
from ledger.models import Account, Transaction

SPANS = (12, 36, 120)


class TwoForm(forms.Form):
    """The public ids of money out and money in."""

    out = forms.UUIDField()
    into = forms.UUIDField()


class SpanForm(forms.Form):
    """How many months back to look."""

    months = forms.TypedChoiceField(choices=[(span, span) for span in SPANS], coerce=int, required=False)

    @property
    def span(self) -> int:
        return (self.is_valid() and self.cleaned_data["months"]) or SPANS[0]


class ManyPairsForm(forms.Form):
    """The pairs that stood on the page when somebody said to link them."""

    pair = forms.Field(widget=forms.MultipleHiddenInput)

    def clean_pair(self) -> set[tuple[uuid.UUID, uuid.UUID]]:
        try:
            texts = [text.split(".") for text in self.cleaned_data["pair"][:500]]
            return {(uuid.UUID(out), uuid.UUID(into)) for out, into in texts}
        except ValueError as error:
            raise ValidationError(_("There is no such pair.")) from error


class ChosenForm(forms.Form):
    """The public id of the other side of a transfer."""

    other = forms.UUIDField()


class AddSideForm(forms.Form):
    """The account in which the other side of a transfer is to be added, and how much arrived or left there."""

    account = AccountField(label=gettext_lazy("Account"))
    received = AmountField(
        label=gettext_lazy("Amount there"), required=False, help_text=gettext_lazy("Where it has another currency.")
    )

    def __init__(self, *args: Any, transaction: Transaction, accounts: list[Account], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        account, received = self.fields["account"], self.fields["received"]
        assert isinstance(account, AccountField)
        assert isinstance(received, AmountField)
        account.offer_accounts(each for each in accounts if each.pk != transaction.account_id)
        received.locale = transaction.account.household.locale
        chosen = account.rows.get(str(self.data.get("account", "")))
        received.currency = chosen.currency if chosen else transaction.currency
        self.is_abroad = any(each.currency != transaction.currency for each in account.rows.values())

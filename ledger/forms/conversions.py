"""The form that makes something else of a transaction: money in of money out, a transfer, or two of a transfer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from financeflow.money.forms import AmountField
from ledger.forms.choices import AccountField
from ledger.forms.transactions import IN, OUT, TRANSFER, Desk
from ledger.models import Account, Transaction


class ConvertForm(forms.Form):
    """Into what, and of a transfer with which account."""

    into = forms.ChoiceField(label=gettext_lazy("Make it"), widget=forms.RadioSelect)
    to_account = AccountField(
        label=gettext_lazy("The other account"), empty_label=gettext_lazy("Choose an account"), required=False
    )
    received = AmountField(
        label=gettext_lazy("Amount there"),
        required=False,
        help_text=gettext_lazy("Only where the other account is in another currency."),
    )

    def __init__(self, *args: Any, desk: Desk, transaction: Transaction, **kwargs: Any) -> None:
        kwargs["initial"] = {"into": TRANSFER, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.desk, self.transaction = desk, transaction
        into, account, received = (self.fields[name] for name in ("into", "to_account", "received"))
        assert isinstance(into, forms.ChoiceField)
        assert isinstance(account, AccountField)
        assert isinstance(received, AmountField)
        turned = (IN, _("Money in")) if transaction.amount < 0 else (OUT, _("Money out"))
        into.choices = [(TRANSFER, _("A transfer")), turned]
        account.label = _("To account") if transaction.amount < 0 else _("From account")
        account.offer_accounts(each for each in desk.accounts if each.pk != transaction.account_id)
        other = self._other(account)
        received.currency = other.currency if other else desk.household.base_currency
        received.locale = desk.household.locale

    def _other(self, field: AccountField) -> Account | None:
        return field.rows.get(str(self["to_account"].value() or ""))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("into") == TRANSFER and not cleaned.get("to_account") and "to_account" not in self.errors:
            self.add_error("to_account", _("Choose the other account."))
        return cleaned

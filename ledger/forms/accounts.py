"""Forms of accounts."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from financeflow.households.models import Household, User
from financeflow.money.currencies import CODES, CURRENCIES
from financeflow.money.forms import AmountField
from financeflow.web.forms import DayTextField
from financeflow.web.plain_text import validate_plain_text
from ledger.calc import ACCOUNT_ICON_CHOICES
from ledger.forms.fields import NameField
from ledger.models import Account


class AccountForm(forms.Form):
    """What a person says about an account."""

    name = NameField(label=gettext_lazy("Name"), help_text=gettext_lazy("As you call it, for example “Everyday”."))
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Account.Kind.choices)
    currency = forms.ChoiceField(label=gettext_lazy("Currency"), choices=CURRENCIES)
    opening_balance = AmountField(
        label=gettext_lazy("Opening balance"),
        required=False,
        help_text=gettext_lazy(
            "What was in it on the opening date; with a minus if it was owed. Sums like 120+45.50 work."
        ),
    )
    opened_on = DayTextField(label=gettext_lazy("Opening date"))
    chosen_icon = forms.ChoiceField(
        label=gettext_lazy("Icon"),
        choices=[("", gettext_lazy("As its kind")), *ACCOUNT_ICON_CHOICES],
        required=False,
        widget=forms.RadioSelect,
    )
    in_net_worth = forms.BooleanField(
        label=gettext_lazy("Counts towards what you own"),
        required=False,
        help_text=gettext_lazy("Leave out what is not really yours, such as money kept for somebody."),
    )
    private_to = forms.BooleanField(
        label=gettext_lazy("Private to me"),
        required=False,
        help_text=gettext_lazy("The others in the household see neither the account nor anything in it."),
    )
    edit_version = forms.IntegerField(min_value=1, max_value=2**31, required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, household: Household, account: Account | None = None, today: date, **kwargs: Any
    ) -> None:
        kwargs["initial"] = _account_values(account) if account else _first_values(household, today)
        super().__init__(*args, **kwargs)
        amount, opened_on = self.fields["opening_balance"], self.fields["opened_on"]
        assert isinstance(amount, AmountField)
        assert isinstance(opened_on, DayTextField)
        asked = self.data.get("currency") or self.initial["currency"]
        amount.currency = asked if asked in CODES else household.base_currency
        amount.locale = household.locale
        opened_on.is_of(locale=household.locale, today=today)

    def clean_opening_balance(self) -> int:
        return self.cleaned_data["opening_balance"] or 0

    def clean_edit_version(self) -> int:
        return self.cleaned_data["edit_version"] or 0

    def values(self, by: User) -> dict[str, Any]:
        """What the person says; private means to this person."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "edit_version"}
        return {**said, "private_to": by if said["private_to"] else None}


class CloseForm(forms.Form):
    """When an account was closed, and why."""

    closed_on = DayTextField(label=gettext_lazy("Closed on"))
    because = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=120,
        validators=[validate_plain_text],
        help_text=gettext_lazy("For example: moved to another bank. It stands beside the account."),
    )

    def __init__(self, *args: Any, household: Household, today: date, **kwargs: Any) -> None:
        kwargs["initial"] = {"closed_on": today}
        super().__init__(*args, **kwargs)
        closed_on = self.fields["closed_on"]
        assert isinstance(closed_on, DayTextField)
        closed_on.is_of(locale=household.locale, today=today)

    def values(self) -> dict[str, Any]:
        return {"on": self.cleaned_data["closed_on"], "because": self.cleaned_data["because"]}


def _account_values(account: Account) -> dict[str, Any]:
    return {name: getattr(account, name) for name in AccountForm.base_fields}


def _first_values(household: Household, today: date) -> dict[str, Any]:
    return {
        "currency": household.base_currency,
        "opened_on": today,
        "in_net_worth": True,
        "kind": Account.Kind.CHECKING,
    }

"""HTML forms of the ledger: text in, clean values out."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from financeflow.households.models import Household
from financeflow.money.currencies import CODES, CURRENCIES
from financeflow.money.forms import AmountField
from financeflow.web.plain_text import validate_plain_text
from ledger import queries
from ledger.calc import CATEGORY_ICONS, FIRST_DAY, HUES, LAST_DAY
from ledger.models import Account, Category


class NameField(forms.CharField):
    """A short name one can read; what a form begins with."""

    widget = forms.TextInput(attrs={"autofocus": True})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=80, validators=[validate_plain_text], **kwargs)


class DayField(forms.DateField):
    """A day within the years that books are kept for."""

    widget = forms.DateInput(attrs={"type": "date", "min": FIRST_DAY, "max": LAST_DAY}, format="%Y-%m-%d")

    def validate(self, value: Any) -> None:
        super().validate(value)
        if isinstance(value, date) and not FIRST_DAY <= value <= LAST_DAY:
            raise forms.ValidationError(_("Choose a day between 1900 and 2199."), code="day")


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
    opened_on = DayField(label=gettext_lazy("Opening date"))
    in_net_worth = forms.BooleanField(
        label=gettext_lazy("Counts towards what you own"),
        required=False,
        help_text=gettext_lazy("Leave out what is not really yours, such as money kept for somebody."),
    )
    edit_version = forms.IntegerField(min_value=1, max_value=2**31, required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, household: Household, account: Account | None = None, today: date, **kwargs: Any
    ) -> None:
        kwargs["initial"] = _account_values(account) if account else _first_values(household, today)
        super().__init__(*args, **kwargs)
        amount = self.fields["opening_balance"]
        assert isinstance(amount, AmountField)
        asked = self.data.get("currency") or self.initial["currency"]
        amount.currency = asked if asked in CODES else household.base_currency
        amount.locale = household.locale

    def clean_opening_balance(self) -> int:
        return self.cleaned_data["opening_balance"] or 0

    def clean_edit_version(self) -> int:
        return self.cleaned_data["edit_version"] or 0

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "edit_version"}


def _account_values(account: Account) -> dict[str, Any]:
    return {name: getattr(account, name) for name in AccountForm.base_fields}


def _first_values(household: Household, today: date) -> dict[str, Any]:
    return {
        "currency": household.base_currency,
        "opened_on": today,
        "in_net_worth": True,
        "kind": Account.Kind.CHECKING,
    }


class CategoryForm(forms.Form):
    """What a person says about a category."""

    name = NameField(label=gettext_lazy("Name"))
    parent = forms.ModelChoiceField(
        label=gettext_lazy("Group"),
        queryset=Category.objects.none(),
        to_field_name="uid",
        required=False,
        empty_label=gettext_lazy("None, it is a group itself"),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=Category.Kind.choices,
        help_text=gettext_lazy("Within a group, the group decides."),
    )
    hue = forms.TypedChoiceField(label=gettext_lazy("Colour"), choices=HUES, coerce=int, widget=forms.RadioSelect)
    icon = forms.ChoiceField(label=gettext_lazy("Icon"), choices=CATEGORY_ICONS, widget=forms.RadioSelect)
    edit_version = forms.IntegerField(min_value=1, max_value=2**31, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, category: Category | None = None, **kwargs: Any) -> None:
        initial = {name: getattr(category, name) for name in self.base_fields} if category else {}
        kwargs["initial"] = {"hue": 1, "icon": "tag", "kind": "expense", **kwargs.get("initial", {}), **initial}
        super().__init__(*args, **kwargs)
        parent = self.fields["parent"]
        assert isinstance(parent, forms.ModelChoiceField)
        parent.queryset = queries.groups().exclude(pk=category.pk) if category else queries.groups()

    def clean_edit_version(self) -> int:
        return self.cleaned_data["edit_version"] or 0

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "edit_version"}

"""Forms of exchange rates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from financeflow.households.models import Household
from financeflow.money.currencies import CURRENCIES
from financeflow.money.forms import MoneyInput
from financeflow.money.writing import FALLBACK
from financeflow.web.forms import DayTextField
from ledger.calc.rate_text import exact_text, rate_text, read_rate
from ledger.models import TypedRate

EXAMPLE = Fraction(10825, 10000)


class RateField(forms.CharField):
    """A rate as `locale` writes numbers; gives billionths, and shows every digit again."""

    widget = MoneyInput

    def __init__(self, *, locale: str = FALLBACK, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.locale = locale

    def to_python(self, value: Any) -> Any:
        if isinstance(value, int) or value is None or not str(value).strip():
            return value or None
        found = read_rate(str(value), self.locale)
        if found is None:
            example = rate_text(EXAMPLE, self.locale)
            words = _("Write a number above zero with at most nine decimals, like %(example)s.")
            raise forms.ValidationError(words % {"example": example}, code="rate")
        return found

    def run_validators(self, value: Any) -> None:
        """Nothing of a text is left to check."""

    def prepare_value(self, value: Any) -> Any:
        return exact_text(value, self.locale) if isinstance(value, int) else value


class RateForm(forms.Form):
    """What a person says that a currency was worth on a day."""

    currency = forms.ChoiceField(label=gettext_lazy("One unit of"), choices=CURRENCIES)
    worth = RateField(label=gettext_lazy("Was worth"))
    against = forms.ChoiceField(label=gettext_lazy("In"), choices=CURRENCIES)
    on = DayTextField(
        label=gettext_lazy("On the day"),
        help_text=gettext_lazy("It counts for this day and up to a week after it, until another rate is known."),
    )
    edit_version = forms.IntegerField(min_value=1, max_value=2**31, required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        household: Household,
        today: date,
        in_use: Sequence[str] = (),
        rate: TypedRate | None = None,
        initial: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        first = {"on": today, "against": household.base_currency, "currency": next(iter(in_use), None)}
        first |= initial or {}
        kwargs["initial"] = {name: getattr(rate, name) for name in self.base_fields} if rate else first
        super().__init__(*args, **kwargs)
        on, worth = self.fields["on"], self.fields["worth"]
        assert isinstance(on, DayTextField)
        assert isinstance(worth, RateField)
        on.is_of(locale=household.locale, today=today)
        worth.locale = household.locale
        self.fields["worth" if initial else "currency"].widget.attrs["autofocus"] = True
        self._offer(in_use)

    def _offer(self, in_use: Sequence[str]) -> None:
        """The currencies in use stand first."""
        used = [choice for choice in CURRENCIES if choice[0] in in_use]
        others = [choice for choice in CURRENCIES if choice[0] not in in_use]
        groups = [(_("In use"), used), (_("All others"), others)] if used else others
        field = self.fields["currency"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = groups

    def clean_edit_version(self) -> int:
        return self.cleaned_data["edit_version"] or 0

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "edit_version"}

"""A form field for amounts: takes what people type, gives minor units, shows again exactly what was typed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from financeflow.money.text import AmountError, format_plain, parse_amount


class MoneyInput(forms.TextInput):
    """A text box that brings up the keys for digits and leaves room for a sum."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "text", "autocomplete": "off", "spellcheck": "false", **(attrs or {})})


class AmountField(forms.CharField):
    """An amount of `currency`, written as `locale` writes it; both may be set by the form once it knows them."""

    widget = MoneyInput

    def __init__(self, *, currency: str = "EUR", locale: str = "en-GB", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.currency = currency
        self.locale = locale

    def to_python(self, value: Any) -> Any:
        if isinstance(value, int):
            return value
        if value is None or not str(value).strip():
            return None
        try:
            return parse_amount(str(value), self.currency, self.locale)
        except AmountError as error:
            raise ValidationError(str(error), code="amount") from error

    def run_validators(self, value: Any) -> None:
        """Nothing of a text is left to check."""

    def prepare_value(self, value: Any) -> Any:
        return format_plain(value, self.currency, self.locale) if isinstance(value, int) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except ValidationError:
            return True

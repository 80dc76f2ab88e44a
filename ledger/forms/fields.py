"""Fields that several forms of the ledger share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from financeflow.money.forms import AmountField
from financeflow.web.plain_text import validate_plain_text

PLUSES = ("+", "＋")


class NameField(forms.CharField):
    """A short name one can read; what a form begins with."""

    widget = forms.TextInput(attrs={"autofocus": True})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=80, validators=[validate_plain_text], **kwargs)


class TurnedAmountField(AmountField):
    """An amount shown without its sign: a plain number keeps the direction it had, a written sign says another."""

    def __init__(self, *, goes_out: bool = True, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.goes_out = goes_out

    def to_python(self, value: Any) -> Any:
        minor = super().to_python(value)
        if minor is None or isinstance(value, int):
            return minor
        if minor == 0:
            raise ValidationError(_("Write an amount other than zero."), code="amount")
        return -minor if self.goes_out and minor > 0 and not str(value).strip().startswith(PLUSES) else minor

    def prepare_value(self, value: Any) -> Any:
        return super().prepare_value(abs(value) if isinstance(value, int) else value)

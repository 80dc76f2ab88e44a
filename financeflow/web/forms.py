"""A form field for days: takes what people type, gives a date, shows it as the household writes it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from financeflow.money.writing import FALLBACK
from financeflow.web.days import FIRST_DAY, LAST_DAY, DayError, day_as_typed, day_pattern, read_day


class DayInput(forms.TextInput):
    """A text box beside which components/field.html puts a button that opens the browser's calendar."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", "spellcheck": "false", "maxlength": "60", **(attrs or {})})


class DayTextField(forms.CharField):
    """A day, in the words and figures of `locale`; a form sets `locale`, and `today` where it knows better."""

    widget = DayInput
    first_day = FIRST_DAY.isoformat()
    last_day = LAST_DAY.isoformat()

    def __init__(self, *, locale: str = FALLBACK, today: date | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("A date, or words like yesterday, +3, friday or 3 nov."))
        super().__init__(**kwargs)
        self.locale = locale
        self.today = today

    def is_of(self, *, locale: str, today: date) -> None:
        """Whose days these are: how the household writes them, and which day it has."""
        self.locale = locale
        self.today = today

    @property
    def pattern(self) -> str:
        """For the calendar's button, which writes the day that was chosen into the box."""
        return day_pattern(self.locale)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, date):
            return value
        if value is None or not str(value).strip():
            return None
        today = self.today or timezone.now().astimezone(timezone.get_current_timezone()).date()
        try:
            return read_day(str(value), today=today, locale=self.locale)
        except DayError as error:
            raise ValidationError(str(error), code="day") from error

    def run_validators(self, value: Any) -> None:
        """Nothing of a text is left to check."""

    def prepare_value(self, value: Any) -> Any:
        return day_as_typed(value, self.locale) if isinstance(value, date) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except ValidationError:
            return True

"""The one field of quick add."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from ledger.actions import Part
from ledger.queries.quick_add import Understood, Writer, understood


class QuickAddForm(forms.Form):
    """A line that says a whole transaction. Whatever is wrong with it is an error of the line."""

    line = forms.CharField(
        label=gettext_lazy("Add in one line"),
        strip=False,
        error_messages={"required": gettext_lazy("Write an amount and who it went to.")},
    )
    form_number = forms.UUIDField(required=False)
    unguessed = forms.BooleanField(required=False)

    def __init__(self, *args: Any, writer: Writer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.writer = writer
        self.understood: Understood | None = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if line := cleaned.get("line"):
            self.understood = understood(line, self.writer, guessing=not cleaned.get("unguessed"))
            for problem in self.understood.problems:
                self.add_error("line", problem.sentence)
        return cleaned

    @property
    def is_transfer(self) -> bool:
        return self.understood is not None and self.understood.said.is_transfer

    def moved(self) -> dict[str, Any]:
        """What the line says of a transfer, in the words of its action."""
        found = self._found()
        received = found.said.to_amount.value if found.said.to_amount else None
        return {
            "source": found.account,
            "target": found.to_account,
            "amount": found.amount,
            "received": received,
            "on": found.day,
            "tags": found.tags,
            "notes": found.note,
            "form_number": self.cleaned_data["form_number"],
        }

    def plain(self) -> dict[str, Any]:
        """What the line says of money out or in, in the words of its action."""
        found = self._found()
        original = (
            {"original_amount": found.original[0], "original_currency": found.original[1]} if found.original else {}
        )
        return {
            "account": found.account,
            "date": found.day,
            "amount": found.amount,
            "payee": found.payee or found.payee_name,
            "parts": [Part(found.amount or 0, found.filed_under)],
            "tags": found.tags,
            "values": {"notes": found.note, "form_number": self.cleaned_data["form_number"], **original},
        }

    def _found(self) -> Understood:
        assert self.understood is not None
        return self.understood

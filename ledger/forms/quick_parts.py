"""What one part of a line of quick add is changed with: each says what the line is to say instead."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy

from financeflow.money.text import format_plain
from financeflow.web.forms import DayTextField
from financeflow.web.plain_text import validate_plain_text
from ledger.calc.words import name_key
from ledger.forms.fields import TurnedAmountField
from ledger.forms.picking import CategoryPick, PayeePick, TagsPick
from ledger.models import Account
from ledger.queries.accounts import open_accounts
from ledger.queries.payees import tags_by_key
from ledger.queries.quick_add import Understood, Writer

FIRST = {"autofocus": True, "autocomplete": "off"}


class QuickPartForm(forms.Form):
    """A part of a line; `told` is what QuickAdd.with_part takes."""

    title: ClassVar[Any]
    # The end of the name of its template.
    drawn: ClassVar[str] = "field"

    def __init__(self, *args: Any, found: Understood, writer: Writer, **kwargs: Any) -> None:
        self.found = found
        self.writer = writer
        super().__init__(*args, **kwargs)
        self.suit()

    def suit(self) -> None:
        """Fit the fields to the household and to what the line says now."""

    def told(self) -> Any:
        raise NotImplementedError


class QuickAmountForm(QuickPartForm):
    """How much."""

    title = gettext_lazy("Amount")
    amount = TurnedAmountField(
        label=gettext_lazy("Amount"), help_text=gettext_lazy("Sums like 12+3.50 work. A + in front makes it money in.")
    )

    def suit(self) -> None:
        field, said = self.fields["amount"], self.found.said
        assert isinstance(field, TurnedAmountField)
        field.currency, field.locale = said.currency.value, self.writer.household.locale
        field.goes_out = not said.is_transfer and not (said.amount and said.amount.value > 0)
        field.widget.attrs |= FIRST
        self.initial["amount"] = said.amount.value if said.amount else None
        if said.is_transfer:
            field.help_text = ""

    def told(self) -> str:
        minor = self.cleaned_data["amount"]
        plain = format_plain(abs(minor), self.found.said.currency.value, self.writer.household.locale)
        return plain if minor < 0 or self.found.said.is_transfer else f"+{plain}"


class QuickPayeeForm(PayeePick, QuickPartForm):
    """Who it went to."""

    title = gettext_lazy("Payee")
    drawn = "payee"

    def told(self) -> str | None:
        picked = self.picked()
        return str(picked) if picked else None


class QuickCategoryForm(CategoryPick, QuickPartForm):
    """What it was for."""

    title = gettext_lazy("Category")
    drawn = "category"

    def told(self) -> str | None:
        picked = self.picked()
        return str(picked) if picked else None


class QuickDayForm(QuickPartForm):
    """Which day."""

    title = gettext_lazy("Day")
    drawn = "day"
    day = DayTextField(label=gettext_lazy("Day"))

    def suit(self) -> None:
        field = self.fields["day"]
        assert isinstance(field, DayTextField)
        field.is_of(locale=self.writer.household.locale, today=self.writer.today)
        field.widget.attrs |= FIRST
        self.initial["day"] = self.found.day

    def told(self) -> Any:
        return self.cleaned_data["day"]


class QuickAccountForm(QuickPartForm):
    """Which account."""

    title = gettext_lazy("Account")
    drawn = "account"
    is_picked = True
    account = forms.ModelChoiceField(queryset=Account.objects.none(), to_field_name="uid")

    def suit(self) -> None:
        field = self.fields["account"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = open_accounts()

    def told(self) -> str:
        return str(self.cleaned_data["account"])


class QuickTagsForm(TagsPick, QuickPartForm):
    """Which tags."""

    title = gettext_lazy("Tags")
    drawn = "tags"

    def known(self) -> dict[int, str]:
        """The tags of the line that are there already: their keys and how the line names them."""
        by_key = {name_key(name): name for name in self.found.tags}
        return {tag.pk: by_key[tag.key] for tag in tags_by_key(by_key).values()}

    def fresh_names(self) -> list[str]:
        if self.is_bound:
            return super().fresh_names()
        known = set(self.known().values())
        return [name for name in self.found.tags if name not in known]

    def told(self) -> list[str]:
        return [str(each) for each in self.picked()]


class QuickNoteForm(QuickPartForm):
    """What else there is to say."""

    title = gettext_lazy("Note")
    note = forms.CharField(
        label=gettext_lazy("Note"),
        max_length=200,
        required=False,
        validators=[validate_plain_text],
        widget=forms.TextInput(attrs=FIRST),
    )

    def suit(self) -> None:
        self.initial["note"] = self.found.note

    def told(self) -> str | None:
        return self.cleaned_data["note"] or None


QUICK_PARTS: dict[str, type[QuickPartForm]] = {
    "amount": QuickAmountForm,
    "payee": QuickPayeeForm,
    "category": QuickCategoryForm,
    "day": QuickDayForm,
    "account": QuickAccountForm,
    "to_account": QuickAccountForm,
    "tags": QuickTagsForm,
    "note": QuickNoteForm,
}

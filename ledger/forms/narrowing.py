"""The form that narrows a list of transactions down: what is chosen in it becomes terms of the search."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from financeflow.households.models import Household
from financeflow.money.currencies import minor_digits
from financeflow.money.forms import AmountField
from financeflow.web.forms import DayTextField
from financeflow.web.plain_text import validate_plain_text
from ledger import queries
from ledger.calc.chips import CHOICES
from ledger.calc.terms import AmountRange, DayRange, Search, Term
from ledger.forms.choices import AccountField, CategoryField, RowField

ANY = ("", gettext_lazy("Any"))


def _choices(operator: str) -> list[tuple[str, Any]]:
    return [ANY, *((value, words) for (name, value), words in CHOICES.items() if name == operator)]


class NarrowingForm(forms.Form):
    """Each field left empty asks for nothing."""

    account = AccountField(label=gettext_lazy("Account"), required=False, empty_label=ANY[1])
    category = CategoryField(label=gettext_lazy("Category"), required=False, empty_label=ANY[1])
    payee = forms.CharField(
        label=gettext_lazy("Payee"), required=False, max_length=120, validators=[validate_plain_text]
    )
    tag = RowField(label=gettext_lazy("Tag"), required=False, empty_label=ANY[1])
    least = AmountField(label=gettext_lazy("Amount from"), required=False)
    most = AmountField(label=gettext_lazy("Amount to"), required=False)
    first = DayTextField(label=gettext_lazy("First day"), required=False, help_text="")
    last = DayTextField(label=gettext_lazy("Last day"), required=False, help_text="")
    flow = forms.ChoiceField(label=gettext_lazy("Which"), required=False, choices=_choices("is"))
    having = forms.ChoiceField(label=gettext_lazy("What is with it"), required=False, choices=_choices("has"))

    def __init__(self, *args: Any, household: Household, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.base = household.base_currency
        offered: Any = self.fields
        offered["account"].offer_accounts(queries.accounts())
        offered["category"].offer_groups(queries.category_groups())
        offered["tag"].offer(queries.tags())
        for name in ("least", "most"):
            offered[name].currency, offered[name].locale = self.base, household.locale
        for name in ("first", "last"):
            offered[name].is_of(locale=household.locale, today=today)

    @classmethod
    def sent_in(cls, params: QueryDict) -> QueryDict | None:
        """What the form is bound to: nothing before one of its fields is sent."""
        return params if any(name in params for name in cls.base_fields) else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for low, high in (("least", "most"), ("first", "last")):
            ends = cleaned.get(low), cleaned.get(high)
            if None not in ends and ends[0] > ends[1]:  # type: ignore[operator]
                self.add_error(high, _("This must not be less than where it begins."))
        return cleaned

    def line(self, search: Search) -> str:
        """The search with what was chosen; a range takes the place of the one before."""
        terms = list(self.terms())
        replaced = {"amount"} & {term.name for term in terms}
        if any(isinstance(term.value, DayRange) for term in terms):
            replaced |= {"before", "after", "on", "month", "year"}
        line = search.without(lambda term: term.name in replaced and not term.negated)
        known = {str(term) for term in search.terms}
        return " ".join([line, *(str(term) for term in terms if str(term) not in known)]).strip()

    def terms(self) -> Iterator[Term]:
        said = self.cleaned_data
        for name in ("account", "category", "tag"):
            if said[name]:
                yield Term(name, said[name].name)
        if said["payee"]:
            yield Term("payee", said["payee"])
        if said["least"] is not None or said["most"] is not None:
            yield Term("amount", AmountRange(self._figures(said["least"]), self._figures(said["most"])))
        yield from self._days(said["first"], said["last"])
        if said["flow"]:
            yield Term("is", said["flow"])
        if said["having"]:
            yield Term("has", said["having"])

    def _figures(self, minor: int | None) -> Decimal | None:
        return None if minor is None else Decimal(abs(minor)).scaleb(-minor_digits(self.base)).normalize()

    def _days(self, first: date | None, last: date | None) -> Iterator[Term]:
        if first is not None and first == last:
            yield Term("on", DayRange(first, last))
            return
        if first is not None:
            yield Term("after", DayRange(first, None))
        if last is not None:
            yield Term("before", DayRange(None, last))

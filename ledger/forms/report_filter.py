"""The form that narrows a report down: what is chosen in it becomes terms of its search."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from financeflow.households.queries import members_of
from ledger.calc.terms import Term
from ledger.forms.narrowing import ANY, NarrowingForm


class ReportFilterForm(NarrowingForm):
    """Accounts, categories, tags, payees, amounts and members; the days of a report are chosen by themselves."""

    without: ClassVar = ("first", "last")
    # Apart from what a report itself lets one choose, which may well be a category.
    prefix = "by"

    member = forms.ChoiceField(label=gettext_lazy("Member"), required=False)

    def __init__(self, *args: Any, household: Any, **kwargs: Any) -> None:
        super().__init__(*args, household=household, **kwargs)
        for name in self.without:
            del self.fields[name]
        people = [(str(each.user.uid), each.user.name or each.user.email) for each in members_of(household)]
        member: Any = self.fields["member"]
        member.choices = [ANY, *people]

    @classmethod
    def sent_in(cls, params: QueryDict) -> QueryDict | None:
        return params if any(name.startswith(f"{cls.prefix}-") for name in params) else None

    def clean(self) -> dict[str, Any]:
        return {**dict.fromkeys(self.without), **super().clean()}

    def terms(self) -> Iterator[Term]:
        yield from super().terms()
        if self.cleaned_data["member"]:
            yield Term("by", self._named(self.cleaned_data["member"]))

    def _named(self, uid: str) -> str:
        """By name, unless that would mean somebody else as well."""
        member: Any = self.fields["member"]
        names = [str(name).casefold() for _uid, name in member.choices[1:]]
        name = str(dict(member.choices)[uid])
        is_alone = sum(name.casefold() in other for other in names) == 1
        return name if is_alone else f"@{uid}"

"""Forms of payees."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from financeflow.web.plain_text import validate_plain_text
from ledger.calc.words import name_key
from ledger.forms.choices import CategoryField, RowField
from ledger.models import Payee
from ledger.queries.categories import category_groups, offered_categories
from ledger.queries.payees import payees_by_key

LONGEST_NAME = 120


class PayeeNameField(forms.CharField):
    """A name for a payee, or another spelling of one."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST_NAME, validators=[validate_plain_text], **kwargs)
        self.widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}


class PayeeField(PayeeNameField):
    """A payee that is there, by name or other spelling; templates bring the list it completes from."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs |= {"list": "payee-names"}

    def clean(self, value: Any) -> Any:
        name = super().clean(value)
        if not name:
            return None
        found = payees_by_key([name_key(name)]).get(name_key(name))
        if found is None:
            raise ValidationError(_("There is no payee “%(name)s”.") % {"name": name[:60]}, code="unknown")
        return found


class PayeeForm(forms.Form):
    """What a person says about a payee."""

    name = PayeeNameField(label=gettext_lazy("Name"), widget=forms.TextInput(attrs={"autofocus": True}))
    default_category = CategoryField(
        label=gettext_lazy("Usual category"),
        required=False,
        empty_label=gettext_lazy("None"),
        help_text=gettext_lazy("What is paid here is filed under it, unless somebody says otherwise."),
    )
    edit_version = forms.IntegerField(min_value=1, max_value=2**31, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, payee: Payee | None = None, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(payee, name) for name in self.base_fields} if payee else {}
        super().__init__(*args, **kwargs)
        category = self.fields["default_category"]
        assert isinstance(category, CategoryField)
        also = payee.default_category if payee else None
        category.offer_groups(category_groups(offered_categories()), also=also)

    def clean_edit_version(self) -> int:
        return self.cleaned_data["edit_version"] or 0

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "edit_version"}


class SpellingForm(forms.Form):
    """Another spelling of a payee."""

    name = PayeeNameField(
        label=gettext_lazy("Another spelling"),
        help_text=gettext_lazy("As a bank or a shop writes it. Case, accents and signs do not matter."),
    )


class PayeeMergeForm(forms.Form):
    """Which of several payees stays; one alone goes into another that is named."""

    into = RowField(label=gettext_lazy("Which one stays"), widget=forms.RadioSelect)
    named = PayeeField(
        label=gettext_lazy("Merge into"), help_text=gettext_lazy("A payee’s name, as it stands in the list.")
    )

    def __init__(self, *args: Any, payees: Sequence[Payee], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.payees = payees
        del self.fields["named" if len(payees) > 1 else "into"]
        into = self.fields.get("into")
        if isinstance(into, RowField):
            into.offer(payees)
            into.choices = [(str(payee.uid), payee.name) for payee in payees]
            into.initial = max(payees, key=lambda payee: getattr(payee, "times", 0))

    def clean_named(self) -> Payee:
        found: Payee = self.cleaned_data["named"]
        if found in self.payees:
            raise ValidationError(_("Write the name of another payee."), code="same")
        return found

    @property
    def target(self) -> Payee:
        found: Payee = self.cleaned_data.get("into") or self.cleaned_data["named"]
        return found


class PayeeEndForm(forms.Form):
    """Whose are the transactions of a payee that is deleted."""

    move_to = PayeeField(
        label=gettext_lazy("Its transactions go to"),
        required=False,
        help_text=gettext_lazy("A payee’s name. Left empty, they name nobody."),
    )

    def __init__(self, *args: Any, payee: Payee, is_used: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.payee = payee
        if not is_used:
            del self.fields["move_to"]

    def clean_move_to(self) -> Payee | None:
        found: Payee | None = self.cleaned_data["move_to"]
        if found == self.payee:
            raise ValidationError(_("Write the name of another payee."), code="same")
        return found

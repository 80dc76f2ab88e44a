"""What is said at the import desk: which files are brought, whose rows are in them, and what becomes of each."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.exceptions import BadRequest, ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from financeflow.web.plain_text import validate_plain_text
from ledger import queries
from ledger.forms.bulk import ids_in
from ledger.forms.choices import AccountField, CategoryField, RowSelect
from ledger.forms.papers import PapersInput
from ledger.models import ImportRow
from ledger.queries.categories import category_groups, offered_categories
from ledger.queries.imports.listed import LONGEST, SUGGESTED_ONES, RowsAsked

MOST_FILES = 20
Deed = ImportRow.Deed
DEEDS = (Deed.ADD.value, Deed.MERGE.value, Deed.LEAVE.value, "undecide", "accept")
# What a button in the list says: also of all rows of which the same is suggested.
ROW_DEEDS = (*DEEDS, "alike")


class FilesField(forms.FileField):
    """Several files at once; how they are read is found out later, by a job."""

    widget = PapersInput(attrs={"data-most": settings.IMPORT_MB * 1024 * 1024})

    def clean(self, value: Any, initial: Any = None) -> list[Any]:
        files = [each for each in (value if isinstance(value, list) else [value]) if each is not None]
        if not files:
            raise ValidationError(_("Choose a file."), code="required")
        if len(files) > MOST_FILES:
            words = ngettext("Bring %(most)s file at a time.", "Bring up to %(most)s files at a time.", MOST_FILES)
            raise ValidationError(words % {"most": MOST_FILES})
        return files


class UploadForm(forms.Form):
    """Files, and whose account they are of where they do not say it themselves."""

    statements = FilesField(
        label=gettext_lazy("Files"), help_text=gettext_lazy("Statements, tables or exports, up to 128 MB together.")
    )
    account = AccountField(
        label=gettext_lazy("Account"),
        empty_label=gettext_lazy("Find out, or ask me later"),
        required=False,
        help_text=gettext_lazy("Only needed where a file does not say whose it is."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["account"]
        field.offer_accounts(queries.open_accounts())


class SheetForm(forms.Form):
    """Whose rows these are: an account, a new one, or none."""

    account = forms.ChoiceField(label=gettext_lazy("Account"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {str(row.uid): row for row in queries.open_accounts()}
        field: Any = self.fields["account"]
        field.choices = [(key, key) for key in ("new", "none", *self.rows)]

    def said(self) -> dict[str, Any]:
        chosen = self.cleaned_data["account"]
        return {"account": self.rows.get(chosen), "is_new": chosen == "new", "is_left_out": chosen == "none"}


class RowForm(forms.Form):
    """One row: who was paid, what for, and what becomes of it."""

    payee = forms.CharField(
        label=gettext_lazy("Payee"),
        max_length=120,
        required=False,
        validators=[validate_plain_text],
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("Empty takes what the file says."),
    )
    category = CategoryField(
        label=gettext_lazy("Category"), empty_label=gettext_lazy("No category"), required=False, widget=RowSelect()
    )
    deed = forms.ChoiceField(label=gettext_lazy("What happens"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, row: ImportRow, at: str = "", **kwargs: Any) -> None:
        kwargs.setdefault("initial", _initial(row))
        super().__init__(*args, **kwargs)
        self.row = row
        category: Any = self.fields["category"]
        category.offer_groups(category_groups(offered_categories()), also=row.category)
        deed: Any = self.fields["deed"]
        deed.choices = deed_choices(row)
        self.fields["category" if at == "category" else "payee"].widget.attrs["autofocus"] = True


def _initial(row: ImportRow) -> dict[str, Any]:
    category = None if row.is_suggested else row.category
    return {"payee": row.payee_name, "category": category, "deed": row.deed if row.is_decided else "undecide"}


def deed_choices(row: ImportRow) -> list[tuple[str, Any]]:
    as_found = _("As it was found")
    if not row.is_decided:
        as_found = _("As it was found: %(deed)s") % {"deed": row.get_deed_display()}
    either = [(Deed.ADD.value, Deed.ADD.label), (Deed.LEAVE.value, Deed.LEAVE.label)]
    if row.match_id is not None:
        either.insert(1, (Deed.MERGE.value, Deed.MERGE.label))
    return [("undecide", as_found), *either]


class RowsPayeeForm(forms.Form):
    """A payee for many rows."""

    payee = forms.CharField(
        label=gettext_lazy("Payee"),
        max_length=120,
        validators=[validate_plain_text],
        widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True}),
    )

    def said(self) -> dict[str, Any]:
        return {"name": self.cleaned_data["payee"]}


class RowsCategoryForm(forms.Form):
    """A category for many rows, or none."""

    category = CategoryField(
        label=gettext_lazy("Category"), empty_label=gettext_lazy("No category"), required=False, widget=RowSelect()
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        category: Any = self.fields["category"]
        category.offer_groups(category_groups(offered_categories()))

    def said(self) -> dict[str, Any]:
        return {"category": self.cleaned_data["category"] or None}


def asked_in(sent: QueryDict) -> RowsAsked:
    """Which rows an address or a form asks for; what says nothing is left aside."""
    verdict, deed = sent.get("v", ""), sent.get("d", "")
    return RowsAsked(
        verdict=verdict if verdict in ImportRow.Verdict.values else "",
        deed=deed if deed in (*Deed.values, SUGGESTED_ONES) else "",
        words=sent.get("q", "")[:LONGEST].replace("\x00", " ").strip(),
        after=_place(sent.get("after", "")),
    )


def _place(text: str) -> tuple[int, int] | None:
    parts = text.split("-")
    if len(parts) != 2 or not all(part.isascii() and part.isdecimal() and len(part) < 10 for part in parts):
        return None
    return int(parts[0]), int(parts[1])


def picked_in(sent: QueryDict) -> dict[str, Any]:
    """Which of them are ticked."""
    picked, spared = ids_in(sent, "pick"), ids_in(sent, "spared")
    return {"every": sent.get("every") == "1", "picked": picked, "spared": spared}


def known_deed(text: str) -> str:
    return _one_of(text, DEEDS)


def _one_of(text: str, deeds: Collection[str]) -> str:
    if text not in deeds:
        raise BadRequest("This cannot be done to a row.")
    return text


def row_deed(sent: QueryDict) -> tuple[str, UUID]:
    """What the button that was pressed says: its name is the deed, its value the row."""
    deed = next((each for each in ROW_DEEDS if each in sent), "")
    try:
        return _one_of(deed, ROW_DEEDS), UUID(sent.get(deed, ""))
    except ValueError as error:
        raise BadRequest("This is not the id of a row.") from error

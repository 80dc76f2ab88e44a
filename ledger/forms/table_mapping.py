"""How a table is read, as a form: what each column is, and how its days, amounts and letters are written."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from financeflow.money.currencies import CURRENCIES
from financeflow.web.plain_text import validate_plain_text
from ledger.importing.csv.encoding import ENCODINGS
from ledger.importing.csv.mapping import ROLES, SINGLE
from ledger.queries.imports.table_look import TableLook

# What is left to be worked out.
OPEN = ("auto", gettext_lazy("Work it out"))
ROLE_NAMES = {
    "date": gettext_lazy("Date"),
    "posted_on": gettext_lazy("Booking or value date"),
    "amount": gettext_lazy("Amount, with its sign"),
    "debit": gettext_lazy("Money out"),
    "credit": gettext_lazy("Money in"),
    "sign": gettext_lazy("In or out, as a word or sign"),
    "currency": gettext_lazy("Currency"),
    "balance": gettext_lazy("Balance after it"),
    "payee": gettext_lazy("Payee"),
    "payer": gettext_lazy("Payer, where money comes in"),
    "description": gettext_lazy("Bank’s words"),
    "kind": gettext_lazy("Kind of booking"),
    "reference": gettext_lazy("Reference"),
    "bank_id": gettext_lazy("Bank’s own number"),
    "category": gettext_lazy("Category"),
    "tags": gettext_lazy("Tags"),
    "notes": gettext_lazy("Notes"),
    "status": gettext_lazy("Pending or booked"),
    "fee": gettext_lazy("Fee"),
    "account": gettext_lazy("Your account"),
    "counter_account": gettext_lazy("Other account"),
    "original_amount": gettext_lazy("Amount in another currency"),
    "original_currency": gettext_lazy("That other currency"),
}
ORDERS = [
    OPEN,
    ("dmy", gettext_lazy("Day, month, year: 31.12.2026")),
    ("mdy", gettext_lazy("Month, day, year: 12/31/2026")),
    ("ymd", gettext_lazy("Year, month, day: 2026-12-31")),
]
MARKS = [OPEN, (",", gettext_lazy("Comma: 1.234,56")), (".", gettext_lazy("Point: 1,234.56"))]
SIGNS = [
    ("as_is", gettext_lazy("As they are: money out is negative")),
    ("flipped", gettext_lazy("Turned round: money out is positive, as on many cards")),
]
DELIMITERS = [
    OPEN,
    (",", gettext_lazy("Comma")),
    (";", gettext_lazy("Semicolon")),
    ("tab", gettext_lazy("Tab")),
    ("|", gettext_lazy("Upright line |")),
    ("^", gettext_lazy("Caret ^")),
    ("~", gettext_lazy("Tilde ~")),
    (":", gettext_lazy("Colon")),
]
# What the rest depends on: where one of these changes, the rest is worked out anew.
LAYOUT = ("encoding", "delimiter", "header_line")


class MappingForm(forms.Form):
    """All of it; what is left open is worked out."""

    encoding = forms.ChoiceField(label=gettext_lazy("Letters"))
    delimiter = forms.ChoiceField(label=gettext_lazy("Between the columns"), choices=DELIMITERS)
    header_line = forms.IntegerField(
        label=gettext_lazy("Headings stand in line"),
        required=False,
        min_value=0,
        max_value=1_000_000,
        help_text=gettext_lazy("0 where there are none."),
    )
    date_order = forms.ChoiceField(label=gettext_lazy("Days are written"), choices=ORDERS)
    decimal = forms.ChoiceField(label=gettext_lazy("Decimals are written"), choices=MARKS)
    sign = forms.ChoiceField(label=gettext_lazy("Signs of the amounts"), choices=SIGNS)
    currency = forms.ChoiceField(label=gettext_lazy("Currency, where a row names none"))
    layout = forms.CharField(required=False, widget=forms.HiddenInput)
    keep = forms.BooleanField(label=gettext_lazy("Read this bank’s next files the same way"), required=False)
    name = forms.CharField(
        label=gettext_lazy("Name of this way"), max_length=80, required=False, validators=[validate_plain_text]
    )

    def __init__(self, *args: Any, look: TableLook, name: str, is_text: bool, **kwargs: Any) -> None:
        kwargs.setdefault("initial", _initial(look, name))
        super().__init__(*args, **kwargs)
        self.look = look
        self._choices("encoding", [OPEN, *ENCODINGS.items()])
        self._choices("delimiter", _delimiters(look.mapping.get("delimiter", "")))
        self._choices("currency", [OPEN, *CURRENCIES])
        if not is_text:
            del self.fields["encoding"], self.fields["delimiter"]
        roles = [("", _("Not used")), *((role, ROLE_NAMES[role]) for role in ROLE_NAMES)]
        for column in look.columns:
            self.fields[f"column_{column.place}"] = forms.ChoiceField(
                label=column.heading or _("Column %(number)s") % {"number": column.place + 1},
                choices=roles,
                required=False,
                initial=look.of_role.get(column.place, ""),
            )

    def _choices(self, name: str, choices: list[Any]) -> None:
        field: Any = self.fields[name]
        field.choices = choices

    @property
    def column_fields(self) -> list[tuple[Any, Any]]:
        """Each column with the field that says what it is."""
        return [(column, self[f"column_{column.place}"]) for column in self.look.columns]

    @property
    def way_fields(self) -> list[Any]:
        shown = ("date_order", "decimal", "sign", "currency", "delimiter", "encoding", "header_line")
        return [self[name] for name in shown if name in self.fields]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        taken: dict[str, str] = {}
        for place in self._places() if self.keeps_layout else ():
            name = f"column_{place}"
            role = cleaned.get(name, "")
            if role in SINGLE and role in taken:
                words = _("Two columns cannot both be “%(role)s”: it is “%(other)s” already.")
                other = self.fields[taken[role]].label
                self.add_error(name, words % {"role": ROLE_NAMES[role], "other": other})
            taken.setdefault(role, name)
        if cleaned.get("keep") and not cleaned.get("name"):
            self.add_error("name", _("Give it a name, such as that of the bank."))
        return cleaned

    def _places(self) -> list[int]:
        return [column.place for column in self.look.columns]

    @property
    def keeps_layout(self) -> bool:
        """Whether the columns are still those that were drawn."""
        return bool(self.cleaned_data.get("layout", "") == layout_of(self._layout()))

    def _layout(self) -> dict[str, Any]:
        said = {name: self.cleaned_data.get(name) for name in LAYOUT}
        said["delimiter"] = "\t" if said["delimiter"] == "tab" else said["delimiter"]
        return {name: value for name, value in said.items() if value not in (None, "", "auto")}

    def mapping(self, before: dict[str, Any]) -> dict[str, object]:
        """What is said, with what was known before of the same columns."""
        if not self.keeps_layout:
            return dict(self._layout())
        columns: dict[str, Any] = {}
        for place in self._places():
            role = self.cleaned_data.get(f"column_{place}", "")
            if role in SINGLE:
                columns[role] = place
            elif role in ROLES:
                columns.setdefault(role, []).append(place)
        said = {name: self.cleaned_data.get(name) for name in ("date_order", "decimal", "sign", "currency")}
        found = {**_carried(before, columns), **self._layout(), "columns": columns}
        return {**found, **{name: value for name, value in said.items() if value and value != "auto"}}


def _delimiters(also: str) -> list[Any]:
    """With the one that was found, if it is none of the usual."""
    known = {"", "\t", *(value for value, _name in DELIMITERS)}
    return [*DELIMITERS, *((value, value) for value in (also,) if value not in known)]


def _carried(before: dict[str, Any], columns: dict[str, Any]) -> dict[str, Any]:
    """What the form does not show: the headings, lines that are passed over, and what words of a sign column mean."""
    names = ["quote", "sheet", "headings", "skipped", "fee"]
    if (before.get("columns") or {}).get("sign") == columns.get("sign"):
        names.append("directions")
    return {name: before[name] for name in names if name in before}


def layout_of(mapping: dict[str, Any]) -> str:
    """As a form carries it."""
    return json.dumps([mapping.get(name, "") for name in LAYOUT])


def layout_in(text: str) -> dict[str, Any]:
    """The other way round; nothing where it was tampered with."""
    try:
        values = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(values, list) or len(values) != len(LAYOUT):
        return {}
    said = {name: value for name, value in zip(LAYOUT, values, strict=True) if value != ""}
    return said if all(isinstance(value, str | int) for value in said.values()) else {}


def _initial(look: TableLook, name: str) -> dict[str, Any]:
    said = {key: look.mapping.get(key) or "auto" for key in ("encoding", "date_order", "decimal", "currency")}
    delimiter = look.mapping.get("delimiter", "")
    return {
        **said,
        "delimiter": "tab" if delimiter == "\t" else delimiter or "auto",
        "header_line": look.mapping.get("header_line"),
        "sign": look.mapping.get("sign", "as_is"),
        "layout": layout_of(look.mapping),
        "name": name,
    }

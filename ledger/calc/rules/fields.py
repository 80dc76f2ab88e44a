"""What a condition may ask about, how it may compare, and what a rule may do."""

from __future__ import annotations

from enum import Enum
from typing import Final

from django.utils.translation import gettext_lazy as _


class Kind(Enum):
    """What sort of value a field has: it decides how it is compared and chosen."""

    TEXT = "text"
    AMOUNT = "amount"
    DAY = "day"
    CHOICE = "choice"
    ROW = "row"


FIELDS: Final[dict[str, Kind]] = {
    "payee": Kind.TEXT,
    "description": Kind.TEXT,
    "notes": Kind.TEXT,
    "text": Kind.TEXT,
    "amount": Kind.AMOUNT,
    "signed": Kind.AMOUNT,
    "sign": Kind.CHOICE,
    "account": Kind.ROW,
    "category": Kind.ROW,
    "tag": Kind.ROW,
    "currency": Kind.CHOICE,
    "day": Kind.DAY,
    "weekday": Kind.CHOICE,
    "source": Kind.CHOICE,
}
_BY_KIND: Final[dict[Kind, tuple[str, ...]]] = {
    Kind.TEXT: ("contains", "is", "starts", "ends", "one_of", "regex", "empty"),
    Kind.AMOUNT: ("is", "greater", "less", "between"),
    Kind.DAY: ("is", "between", "greater", "less", "one_of"),
    Kind.CHOICE: ("is", "one_of"),
    Kind.ROW: ("is", "one_of", "empty"),
}
# The ways to compare that each field has; the first is what one begins with.
OPS: Final[dict[str, tuple[str, ...]]] = {
    **{name: _BY_KIND[kind] for name, kind in FIELDS.items()},
    "account": ("is", "one_of"),
    "sign": ("is",),
}
DEEDS: Final = ("category", "payee", "add_tags", "remove_tags", "set_notes", "append_notes", "split", "transfer")
# Of these a rule does one at most: each says what the money was for.
FILING: Final = frozenset({"category", "split", "transfer"})

FIELD_NAMES: Final = {
    "payee": _("Payee"),
    "description": _("Bank's words"),
    "notes": _("Notes"),
    "text": _("Any text"),
    "amount": _("Amount"),
    "signed": _("Amount, signed"),
    "sign": _("Money in or out"),
    "account": _("Account"),
    "category": _("Category"),
    "tag": _("Tag"),
    "currency": _("Currency"),
    "day": _("Day of month"),
    "weekday": _("Weekday"),
    "source": _("How it came here"),
}
OP_NAMES: Final = {
    "is": (_("is"), _("is not")),
    "contains": (_("contains"), _("does not contain")),
    "starts": (_("starts with"), _("does not start with")),
    "ends": (_("ends with"), _("does not end with")),
    "one_of": (_("is one of"), _("is none of")),
    "regex": (_("fits the pattern"), _("does not fit the pattern")),
    "empty": (_("is empty"), _("is not empty")),
    "greater": (_("is above"), _("is not above")),
    "less": (_("is below"), _("is not below")),
    "between": (_("is between"), _("is not between")),
}
DEED_NAMES: Final = {
    "category": _("File under"),
    "payee": _("Set the payee to"),
    "add_tags": _("Add the tags"),
    "remove_tags": _("Take off the tags"),
    "set_notes": _("Write in the notes"),
    "append_notes": _("Add to the notes"),
    "split": _("Split by shares"),
    "transfer": _("Make it a transfer with"),
}
SIGNS: Final = {"out": _("money out"), "in": _("money in")}
WEEKDAYS: Final = {
    "1": _("Monday"),
    "2": _("Tuesday"),
    "3": _("Wednesday"),
    "4": _("Thursday"),
    "5": _("Friday"),
    "6": _("Saturday"),
    "7": _("Sunday"),
}
SOURCES: Final = {
    "typed": _("typed in"),
    "imported": _("from a file"),
    "synced": _("from the bank"),
    "api": _("by a program"),
    "sample": _("as a sample"),
}

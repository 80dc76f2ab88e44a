"""One condition and one deed as they stand on the page, read into what a rule says."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from financeflow.money.currencies import minor_digits
from financeflow.money.text import AmountError, decimal_text, parse_amount
from ledger.calc.rules import DEEDS, FIELDS, OPS, Condition, Deed, Kind
from ledger.calc.rules.fields import DEED_NAMES, FIELD_NAMES, OP_NAMES, SIGNS, SOURCES, WEEKDAYS
from ledger.forms.rules.desk import Option, Options, RuleDesk

NOT = "not-"
Choice = tuple[str, Any]


@dataclass
class ConditionRow:
    """What is looked at, how it is compared, and with what; `values` are as typed or chosen."""

    number: int
    desk: RuleDesk
    field: str = "payee"
    op: str = "contains"
    negate: bool = False
    values: list[str] = dataclasses.field(default_factory=list)
    error: str = ""

    def __post_init__(self) -> None:
        """A field that does not know this way to compare begins with its own."""
        if self.field not in FIELDS:
            self.field = "payee"
        if self.op not in OPS[self.field]:
            self.op, self.negate = OPS[self.field][0], False

    @property
    def kind(self) -> Kind:
        return FIELDS[self.field]

    @property
    def fields(self) -> list[Choice]:
        return list(FIELD_NAMES.items())

    @property
    def ops(self) -> list[Choice]:
        """Each way to compare, and then its opposite."""
        every = [(op, OP_NAMES[op]) for op in OPS[self.field]]
        return [(op, names[0]) for op, names in every] + [(NOT + op, names[1]) for op, names in every]

    @property
    def chosen_op(self) -> str:
        return NOT * self.negate + self.op

    @property
    def shape(self) -> str:
        """Which control the value has."""
        if self.op in ("empty", "between"):
            return self.op
        if self.kind in (Kind.CHOICE, Kind.ROW):
            return "several" if self.op == "one_of" else "choice"
        return "list" if self.op == "one_of" else "text"

    @property
    def options(self) -> Options:
        """What there is to choose from, in groups, with what is chosen already though it is no longer offered."""
        found = self._options()
        offered = {value for _group, some in found for value, _name, _hue in some}
        gone: list[Option] = [
            (value, self.desk.names.get(value) or _("No longer there"), 0)
            for value in self.values
            if value and value not in offered
        ]
        return [*found, ("", gone)] if gone else found

    def _options(self) -> Options:
        named = {"sign": SIGNS, "weekday": WEEKDAYS, "source": SOURCES}
        if self.field in named:
            return [("", [(value, str(name), 0) for value, name in named[self.field].items()])]
        if self.field == "category":
            return self.desk.categories
        rows = {"account": self.desk.accounts, "tag": self.desk.tags, "currency": self.desk.currencies}
        return [("", rows.get(self.field, []))]

    @property
    def first(self) -> str:
        return self.values[0] if self.values else ""

    @property
    def last(self) -> str:
        return self.values[1] if len(self.values) > 1 else ""

    @property
    def listed(self) -> str:
        return ", ".join(self.values)

    @property
    def is_blank(self) -> bool:
        return not any(self.values) and self.op != "empty"

    def condition(self) -> Condition:
        """What the row says; what cannot be read stays as typed, and `error` says why."""
        values = [] if self.op == "empty" else [value.strip() for value in self.values if value.strip()]
        if self.shape == "list":
            values = [each.strip() for value in values for each in value.split(",") if each.strip()]
        if self.kind is Kind.AMOUNT:
            values = [self._amount(value) for value in values]
        return Condition(self.field, self.op, tuple(values), self.negate)

    def _amount(self, text: str) -> str:
        household = self.desk.household
        try:
            minor = parse_amount(text, household.base_currency, household.locale)
        except AmountError as why:
            self.error = str(why)
            return text
        return decimal_text(minor, minor_digits(household.base_currency))


@dataclass
class PartRow:
    """A part of a split: its category, its share, a memo."""

    category: str = ""
    share: str = ""
    memo: str = ""


@dataclass
class DeedRow:
    """What is done, and with what."""

    number: int
    desk: RuleDesk
    do: str = "category"
    value: str = ""
    parts: list[PartRow] = dataclasses.field(default_factory=list)
    error: str = ""

    def __post_init__(self) -> None:
        if self.do not in DEEDS:
            self.do = "category"
        if self.do == "split" and not self.parts:
            self.parts = [PartRow(share="50"), PartRow(share="50")]

    @property
    def deeds(self) -> list[Choice]:
        return list(DEED_NAMES.items())

    @property
    def shape(self) -> str:
        shapes = {"category": "category", "transfer": "account", "payee": "payee", "split": "split"}
        return shapes.get(self.do, "tags" if self.do.endswith("tags") else "notes")

    @property
    def gone(self) -> str:
        """The name of what is chosen though it is no longer offered."""
        offered = {uid for _group, rows in self.desk.categories for uid, _name, _hue in rows}
        offered |= {uid for uid, _name, _hue in self.desk.open_accounts}
        if self.shape not in ("category", "account") or not self.value or self.value in offered:
            return ""
        return self.desk.names.get(self.value) or _("No longer there")

    @property
    def is_blank(self) -> bool:
        return not self.value.strip() and not any(part.category or part.memo for part in self.parts)

    def deed(self) -> Deed:
        """What the row says; tags by name, as far as they are not known by it."""
        if self.do == "split":
            return Deed("split", parts=tuple((part.category, _whole(part.share), part.memo) for part in self.parts))
        if self.shape == "tags":
            return Deed(self.do, tuple(self._tags()))
        return Deed(self.do, (self.value.strip(),) if self.value.strip() else ())

    def _tags(self) -> list[str]:
        known = {name.casefold(): uid for uid, name, _hue in self.desk.tags}
        names = [name.strip().lstrip("#").strip() for name in self.value.split(",")]
        return [known.get(name.casefold(), name) for name in dict.fromkeys(names) if name]


def _whole(share: str) -> int:
    """The share as a whole number; zero, which is refused, for anything else."""
    text = share.strip().removesuffix("%").strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else 0

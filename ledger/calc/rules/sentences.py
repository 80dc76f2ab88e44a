"""A rule in one plain sentence, as one would say it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ledger.calc.rules.fields import FIELDS, OP_NAMES, SIGNS, SOURCES, WEEKDAYS, Kind
from ledger.calc.rules.schema import Condition, Deed, Told

_NOUNS: Final = {
    "payee": gettext_lazy("the payee"),
    "description": gettext_lazy("the bank's text"),
    "notes": gettext_lazy("the notes"),
    "text": gettext_lazy("any of the texts"),
    "amount": gettext_lazy("the amount"),
    "signed": gettext_lazy("the amount with its sign"),
    "sign": gettext_lazy("it"),
    "account": gettext_lazy("the account"),
    "category": gettext_lazy("the category"),
    "tag": gettext_lazy("the tag"),
    "currency": gettext_lazy("the currency"),
    "day": gettext_lazy("the day of the month"),
    "weekday": gettext_lazy("the day of the week"),
    "source": gettext_lazy("the origin"),
}
_DEEDS: Final = {
    "category": gettext_lazy("file under %(what)s"),
    "payee": gettext_lazy("set the payee to “%(what)s”"),
    "add_tags": gettext_lazy("add %(what)s"),
    "remove_tags": gettext_lazy("take off %(what)s"),
    "set_notes": gettext_lazy("write “%(what)s” in the notes"),
    "append_notes": gettext_lazy("add “%(what)s” to the notes"),
    "split": gettext_lazy("split into %(what)s"),
    "transfer": gettext_lazy("make it a transfer with %(what)s"),
}
Amount = Callable[[str], str]
Names = Mapping[str, str]


def sentence_of(told: Told, names: Names, amount: Amount) -> str:
    """“When the payee contains “Lidl” and the amount is below 100, file under Groceries.”"""
    if not told.conditions or not told.deeds:
        return _("It says nothing yet.")
    when = [condition_words(each, names, amount) for each in told.conditions]
    does = [deed_words(each, names) for each in told.deeds]
    words = {"when": _joined(when, _("or") if told.match_any else _("and")), "does": _joined(does, _("and"))}
    return _("When %(when)s, %(does)s.") % words


def short_name(told: Told, names: Names, amount: Amount) -> str:
    """What to call a rule that nobody named: what it looks for and what it does."""
    when, does = told.conditions[0], told.deeds[0]
    looks = _values(when, names, amount).replace("“", "").replace("”", "") or str(_NOUNS[when.field])
    made = capfirst(deed_words(does, names)) if does.do != "category" else names.get(does.values[0], "")
    return f"{looks[:36]} → {made}"[:80]


def condition_words(condition: Condition, names: Names, amount: Amount = str) -> str:
    compare = OP_NAMES[condition.op][condition.negate]
    words = [_NOUNS[condition.field], compare, _values(condition, names, amount)]
    return " ".join(str(word) for word in words if word)


def _values(condition: Condition, names: Names, amount: Amount) -> str:
    values = [_value(condition, value, names, amount) for value in condition.values]
    return _joined(values, _("and") if condition.op == "between" else _("or"))


def _value(condition: Condition, value: str, names: Names, amount: Amount) -> str:
    kind = FIELDS[condition.field]
    if kind is Kind.ROW:
        return names.get(value) or _("something that is not there")
    if kind is Kind.AMOUNT:
        return amount(value)
    if kind is Kind.TEXT:
        return f"“{value}”"
    return str({**SIGNS, **WEEKDAYS, **SOURCES}.get(value, value) if kind is Kind.CHOICE else value)


def deed_words(deed: Deed, names: Names) -> str:
    if deed.do == "split":
        whole = sum(share for _category, share, _memo in deed.parts)
        told = [f"{_share(share, whole)} {_named(names, category)}" for category, share, _memo in deed.parts]
        return _DEEDS[deed.do] % {"what": _joined(told, _("and"))}
    if deed.do in ("add_tags", "remove_tags"):
        return _DEEDS[deed.do] % {"what": _joined([f"#{names.get(uid, uid)}" for uid in deed.values], _("and"))}
    is_row = deed.do in ("category", "transfer")
    what = (names.get(deed.values[0]) or _("something that is not there")) if is_row else deed.values[0]
    return _DEEDS[deed.do] % {"what": what}


def _named(names: Names, category: str) -> str:
    if not category:
        return _("Uncategorised")
    return names.get(category) or _("something that is not there")


def _share(share: int, whole: int) -> str:
    return f"{share}%" if whole == 100 else f"{share}/{whole}"


def _joined(words: Sequence[str], last: str) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"

"""What is wrong with conditions and deeds, told in sentences."""

from __future__ import annotations

import re
import unicodedata
import uuid
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from financeflow.money.currencies import CODES
from financeflow.web.plain_text import validate_plain_text
from ledger.calc.rules.fields import DEEDS, FIELDS, FILING, OPS, SIGNS, SOURCES, WEEKDAYS, Kind
from ledger.calc.rules.patterns import BadPattern, safe_pattern
from ledger.calc.rules.schema import Condition, Deed, Problem, RuleProblems
from ledger.calc.texts import validate_note
from ledger.calc.words import plain_words

MOST_CONDITIONS: Final = 20
MOST_DEEDS: Final = 8
MOST_VALUES: Final = 50
MOST_PARTS: Final = 20
LARGEST_SHARE: Final = 100_000
LONGEST: Final = {"payee": 120, "set_notes": 500, "append_notes": 500}
_DECIMAL = re.compile(r"-?\d{1,15}(\.\d{1,4})?")


def check_rule(conditions: Sequence[Condition], deeds: Sequence[Deed]) -> None:
    """Raise all that is wrong with the two together."""
    problems = [
        *each_wrong("conditions", conditions, check_condition),
        *each_wrong("deeds", deeds, check_deed),
        *_whole(conditions, deeds),
    ]
    if problems:
        raise RuleProblems(problems)


def each_wrong(of: str, rows: Sequence[Any], check: Callable[[Any], str]) -> list[Problem]:
    return [Problem(sentence, of, at) for at, row in enumerate(rows) if (sentence := check(row))]


def _whole(conditions: Sequence[Condition], deeds: Sequence[Deed]) -> list[Problem]:
    found = []
    if not conditions:
        found.append(Problem(_("Say what a transaction must look like: one condition at least.")))
    if not deeds:
        found.append(Problem(_("Say what is to be done: one thing at least.")))
    if len(conditions) > MOST_CONDITIONS:
        found.append(Problem(_("A rule has up to %(most)s conditions.") % {"most": MOST_CONDITIONS}))
    if len(deeds) > MOST_DEEDS:
        found.append(Problem(_("A rule does up to %(most)s things.") % {"most": MOST_DEEDS}))
    does = [deed.do for deed in deeds]
    if len(FILING & set(does)) > 1:
        found.append(Problem(_("Choose one of these: a category, a split, or a transfer.")))
    if len(set(does)) < len(does):
        found.append(Problem(_("A rule does each thing once.")))
    return found


def check_condition(condition: Condition) -> str:
    """What is wrong with it, or nothing."""
    if condition.field not in FIELDS:
        return _("Choose what to look at.")
    if condition.op not in OPS[condition.field]:
        return _("Choose how to compare.")
    wrong = _wrong_count(condition.op, len(condition.values))
    wrong = wrong or next(filter(None, (_wrong_value(condition, value) for value in condition.values)), "")
    return wrong or _order(condition)


def _wrong_count(op: str, count: int) -> str:
    if op == "empty":
        return _("This takes no value.") if count else ""
    if op == "between":
        return "" if count == 2 else _("Write two values, the smaller one first.")
    if op == "one_of":
        too_many = _("Write up to %(most)s values.") % {"most": MOST_VALUES}
        return _("Choose one at least.") if not count else too_many if count > MOST_VALUES else ""
    return "" if count == 1 else _("Write a value.")


def _wrong_value(condition: Condition, value: str) -> str:
    kind = FIELDS[condition.field]
    if kind is Kind.TEXT:
        return _wrong_pattern(value) if condition.op == "regex" else _wrong_text(value)
    if kind is Kind.AMOUNT:
        return _wrong_amount(condition.field, value)
    if kind is Kind.DAY:
        return "" if value in _DAYS else _("Write a day, 1 to 31.")
    if kind is Kind.ROW:
        return "" if is_uid(value) else _("Choose one from the list.")
    return "" if value in _CHOICES[condition.field] else _("Choose one from the list.")


_DAYS: Final = frozenset(text for day in range(1, 32) for text in (f"{day}", f"{day:02}"))
_CHOICES: Final[dict[str, Any]] = {
    "sign": SIGNS,
    "weekday": WEEKDAYS,
    "source": SOURCES,
    "currency": frozenset(CODES),
}


def _wrong_pattern(value: str) -> str:
    if not value.strip() or any(unicodedata.category(char) in ("Cc", "Cs") for char in value):
        return _("Write a pattern.")
    try:
        safe_pattern(value)
    except BadPattern as why:
        return str(why)
    return ""


def _wrong_text(value: str) -> str:
    if len(value) > 200:
        return _("Write up to %(most)s characters.") % {"most": 200}
    try:
        validate_plain_text(value)
    except ValidationError as error:
        return error.messages[0]
    return "" if plain_words(value) else _("Write letters or digits: signs alone are not looked for.")


def _wrong_amount(field: str, value: str) -> str:
    if not _DECIMAL.fullmatch(value):
        return _("Write an amount.")
    return _("Write it without a minus: both ways count.") if field == "amount" and value.startswith("-") else ""


def _order(condition: Condition) -> str:
    if condition.op != "between":
        return ""
    low, high = map(Decimal, condition.values)
    return _("Write the smaller one first.") if low > high else ""


def is_uid(value: str) -> bool:
    try:
        return str(uuid.UUID(value)) == value
    except ValueError:
        return False


def check_deed(deed: Deed) -> str:
    """What is wrong with it, or nothing."""
    if deed.do not in DEEDS:
        return _("Choose what to do.")
    if deed.do == "split":
        return _wrong_parts(deed)
    if deed.parts:
        return _("Only a split has parts.")
    if deed.do in ("add_tags", "remove_tags"):
        good = 1 <= len(deed.values) <= MOST_PARTS and all(map(is_uid, deed.values))
        return "" if good else _("Write one tag at least.")
    if len(deed.values) != 1:
        return _("Choose or write one.")
    [value] = deed.values
    if deed.do in ("category", "transfer"):
        return "" if is_uid(value) else _("Choose one from the list.")
    return _wrong_words(deed.do, value)


def _wrong_words(do: str, value: str) -> str:
    if not value.strip():
        return _("Write something here.")
    if len(value) > LONGEST[do]:
        return _("Write up to %(most)s characters.") % {"most": LONGEST[do]}
    try:
        validate_plain_text(value) if do == "payee" else validate_note(value)
    except ValidationError as error:
        return error.messages[0]
    return ""


def _wrong_parts(deed: Deed) -> str:
    if deed.values or not 2 <= len(deed.parts) <= MOST_PARTS:
        return _("A split has from 2 to %(most)s parts.") % {"most": MOST_PARTS}
    for category, share, memo in deed.parts:
        if category and not is_uid(category):
            return _("Choose one from the list.")
        if not 1 <= share <= LARGEST_SHARE:
            return _("Write each share as a whole number above zero.")
        if len(memo) > 200:
            return _("Write up to %(most)s characters.") % {"most": 200}
    return ""

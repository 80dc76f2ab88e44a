"""Conditions and deeds read from JSON; what cannot be read, or makes no sense, is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from ledger.calc.rules.checking import check_condition, check_deed, each_wrong
from ledger.calc.rules.schema import Condition, Deed, Problem, Raw, RuleProblems


def read_conditions(told: Any) -> tuple[Condition, ...]:
    """What stands in the books; RuleProblems where that is nothing a rule can ask."""
    return _read(told, "conditions", _condition, check_condition)


def read_deeds(told: Any) -> tuple[Deed, ...]:
    return _read(told, "deeds", _deed, check_deed)


def read_deeds_said(told: Any) -> tuple[Deed, ...]:
    """The same as somebody says them: tags may still be names, so that whoever keeps the rule checks them."""
    return _read(told, "deeds", _deed, lambda _deed: "")


def _read(told: Any, of: str, build: Callable[[Any], Any], check: Callable[[Any], str]) -> tuple[Any, ...]:
    if not isinstance(told, list):
        raise RuleProblems([Problem(_("This is not a list."), of)])
    found = []
    for at, raw in enumerate(told):
        try:
            found.append(build(raw))
        except (KeyError, TypeError, ValueError) as error:
            raise RuleProblems([Problem(_("This cannot be read."), of, at)]) from error
    if problems := each_wrong(of, found, check):
        raise RuleProblems(problems)
    return tuple(found)


def _condition(told: Any) -> Condition:
    raw = _object(told)
    known = {"field", "op", "values", "negate"}
    negate = raw.get("negate", False)
    if set(raw) - known or not isinstance(negate, bool):
        raise ValueError
    return Condition(_text(raw["field"]), _text(raw["op"]), _texts(raw.get("values", [])), negate)


def _deed(told: Any) -> Deed:
    raw = _object(told)
    if set(raw) - {"do", "values", "parts"}:
        raise ValueError
    return Deed(_text(raw["do"]), _texts(raw.get("values", [])), tuple(map(_part, raw.get("parts", []))))


def _part(told: Any) -> tuple[str, int, str]:
    raw = _object(told)
    share = raw["share"]
    if set(raw) - {"category", "share", "memo"} or not isinstance(share, int) or isinstance(share, bool):
        raise ValueError
    return _text(raw.get("category") or ""), share, _text(raw.get("memo") or "")


def _object(value: Any) -> Raw:
    if not isinstance(value, dict):
        raise TypeError
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _texts(values: Any) -> tuple[str, ...]:
    if not isinstance(values, list):
        raise TypeError
    return tuple(map(_text, values))

"""Conditions made into one quick question to the facts of a transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Final

from ledger.calc.rules.facts import Facts, SharePart
from ledger.calc.rules.fields import FIELDS, Kind
from ledger.calc.rules.patterns import BadPattern, found_in, safe_pattern
from ledger.calc.rules.schema import Condition, Deed, Told
from ledger.calc.words import name_key, plain_words

Test = Callable[[Facts], bool]
Keys = Mapping[str, int]
_plain: Final = lru_cache(maxsize=8192)(plain_words)
# Amounts are compared in ten-thousandths, so that those of all currencies can be.
_FINEST: Final = 4
_SCALE: Final = tuple(10 ** (_FINEST - digits) for digits in range(_FINEST + 1))


class Missing(LookupError):
    """A rule names something that is not there, or not in sight."""


@dataclass(frozen=True)
class Known:
    """The rows that rules may name, by their public ids, and what a name of a payee leads to.

    A category stands for those in it too when it is asked for. `open_accounts` are those that a transfer may go to,
    each with its currency.
    """

    accounts: Keys = field(default_factory=dict)
    open_accounts: Mapping[str, str] = field(default_factory=dict)
    categories: Keys = field(default_factory=dict)
    within: Mapping[int, frozenset[int]] = field(default_factory=dict)
    tags: Keys = field(default_factory=dict)
    payee_keys: Mapping[str, str] = field(default_factory=dict)

    def payee_key(self, name: str) -> str:
        key = name_key(name)
        return self.payee_keys.get(key, key)


@dataclass(frozen=True)
class Action:
    """A deed with the keys of the rows that it names."""

    do: str
    row: int = 0
    rows: frozenset[int] = frozenset()
    text: str = ""
    key: str = ""
    parts: tuple[SharePart, ...] = ()


@dataclass(frozen=True)
class Compiled:
    """A rule ready to be asked; one that names what is missing is `broken` and does nothing."""

    told: Told
    matches: Test
    actions: tuple[Action, ...]
    is_broken: bool = False

    @property
    def key(self) -> int:
        return self.told.key


def compile_rule(told: Told, known: Known) -> Compiled:
    try:
        tests = [_test(condition, known) for condition in told.conditions]
        actions = tuple(_action(deed, known) for deed in told.deeds)
    except (Missing, BadPattern):
        return Compiled(told, _never, (), is_broken=True)
    return Compiled(told, _joined(tests, match_any=told.match_any), actions)


def _never(_facts: Facts) -> bool:
    return False


def _joined(tests: Sequence[Test], *, match_any: bool) -> Test:
    if len(tests) == 1:
        return tests[0]
    asked = tuple(tests)
    return _any_of(asked) if match_any else _all_of(asked)


def _all_of(tests: tuple[Test, ...]) -> Test:
    def test(facts: Facts) -> bool:
        for each in tests:
            if not each(facts):
                return False
        return bool(tests)

    return test


def _any_of(tests: tuple[Test, ...]) -> Test:
    def test(facts: Facts) -> bool:
        for each in tests:  # noqa: SIM110 - a generator takes twice as long
            if each(facts):
                return True
        return False

    return test


def _test(condition: Condition, known: Known) -> Test:
    test = _BUILDERS[FIELDS[condition.field]](condition, known)
    return (lambda facts: not test(facts)) if condition.negate else test


def _text_test(condition: Condition, known: Known) -> Test:
    if condition.field == "text":
        three = [_one_text(condition, name, known) for name in ("payee", "description", "notes")]
        return _joined(three, match_any=condition.op != "empty")
    return _one_text(condition, condition.field, known)


def _one_text(condition: Condition, name: str, known: Known) -> Test:
    at = Facts._fields.index(name)
    if condition.op == "empty":
        return lambda facts: not facts[at].strip()  # type: ignore[union-attr]
    if condition.op == "regex":
        pattern = safe_pattern(condition.values[0])
        return lambda facts: found_in(pattern, facts[at])  # type: ignore[arg-type]
    if name == "payee":
        return _payee_test(condition, known)
    compare = _COMPARE[condition.op](frozenset(map(plain_words, condition.values)))
    return lambda facts: compare(_plain(facts[at]))


def _payee_test(condition: Condition, known: Known) -> Test:
    """A payee is who its name or any other spelling leads to."""
    exact = condition.op in ("is", "one_of")
    wanted = frozenset(known.payee_key(value) if exact else plain_words(value) for value in condition.values)
    compare = _COMPARE[condition.op](wanted)
    return lambda facts: compare(facts.payee_key)


def _equals(wanted: frozenset[str]) -> Callable[[str], bool]:
    return lambda text: text in wanted


def _contains(wanted: frozenset[str]) -> Callable[[str], bool]:
    [part] = wanted
    return lambda text: part in text


def _starts(wanted: frozenset[str]) -> Callable[[str], bool]:
    [part] = wanted
    return lambda text: text.startswith(part)


def _ends(wanted: frozenset[str]) -> Callable[[str], bool]:
    [part] = wanted
    return lambda text: text.endswith(part)


_COMPARE: Final[dict[str, Callable[[frozenset[str]], Callable[[str], bool]]]] = {
    "is": _equals,
    "one_of": _equals,
    "contains": _contains,
    "starts": _starts,
    "ends": _ends,
}


def scaled(value: str) -> int:
    return int(Decimal(value) * 10**_FINEST)


def _amount_test(condition: Condition, _known: Known) -> Test:
    within = _range(condition.op, [scaled(value) for value in condition.values])
    if condition.field == "amount":
        return lambda facts: within(abs(facts.amount) * _SCALE[facts.digits])
    return lambda facts: within(facts.amount * _SCALE[facts.digits])


def _range(op: str, values: Sequence[int]) -> Callable[[int], bool]:
    if op == "one_of":
        wanted = frozenset(values)
        return lambda number: number in wanted
    first, last = values[0], values[-1]
    if op == "greater":
        return lambda number: number > first
    if op == "less":
        return lambda number: number < first
    return lambda number: first <= number <= last


def _day_test(condition: Condition, _known: Known) -> Test:
    within = _range(condition.op, list(map(int, condition.values)))
    return lambda facts: within(facts.day)


def _choice_test(condition: Condition, _known: Known) -> Test:
    wanted = frozenset(condition.values)
    if condition.field == "sign":
        goes_out = "out" in wanted
        return lambda facts: facts.amount < 0 if goes_out else facts.amount > 0
    if condition.field == "weekday":
        days = frozenset(map(int, wanted))
        return lambda facts: facts.weekday in days
    at = Facts._fields.index(condition.field)
    return lambda facts: facts[at] in wanted


def _row_test(condition: Condition, known: Known) -> Test:
    if condition.field == "account":
        accounts = frozenset(_found(known.accounts, condition.values))
        return lambda facts: facts.account in accounts
    if condition.field == "tag":
        tags = frozenset(_found(known.tags, condition.values))
        return (
            (lambda facts: not facts.tags)
            if condition.op == "empty"
            else (lambda facts: not tags.isdisjoint(facts.tags))
        )
    if condition.op == "empty":
        return lambda facts: not any(facts.categories)
    asked = _found(known.categories, condition.values)
    categories = frozenset(key for each in asked for key in (each, *known.within.get(each, ())))
    return lambda facts: not categories.isdisjoint(facts.categories)


_BUILDERS: Final[dict[Kind, Callable[[Condition, Known], Test]]] = {
    Kind.TEXT: _text_test,
    Kind.AMOUNT: _amount_test,
    Kind.DAY: _day_test,
    Kind.CHOICE: _choice_test,
    Kind.ROW: _row_test,
}


def _found(rows: Keys, uids: Iterable[str]) -> list[int]:
    try:
        return [rows[uid] for uid in uids]
    except KeyError as error:
        raise Missing(error.args[0]) from error


def _action(deed: Deed, known: Known) -> Action:
    if deed.do == "category":
        return Action(deed.do, row=_found(known.categories, deed.values)[0])
    if deed.do == "transfer":
        return _to_account(deed, known)
    if deed.do in ("add_tags", "remove_tags"):
        return Action(deed.do, rows=frozenset(_found(known.tags, deed.values)))
    if deed.do == "split":
        parts = tuple(SharePart(_part_key(known, uid), share, memo) for uid, share, memo in deed.parts)
        return Action(deed.do, parts=parts)
    text = deed.values[0].strip()
    return Action(deed.do, text=text, key=known.payee_key(text) if deed.do == "payee" else "")


def _to_account(deed: Deed, known: Known) -> Action:
    [key], uid = _found(known.accounts, deed.values), deed.values[0]
    if uid not in known.open_accounts:
        raise Missing(uid)
    return Action(deed.do, row=key, text=known.open_accounts[uid])


def _part_key(known: Known, uid: str) -> int | None:
    return _found(known.categories, [uid])[0] if uid else None

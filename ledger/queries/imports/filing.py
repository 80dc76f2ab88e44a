"""Who was paid and what for, as far as that can be told: by the file, by known payees, by rules, by the past."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _

from financeflow.households.models import Household
from ledger.calc.payee_names import readable_name, tidy_name
from ledger.calc.rules import Decision
from ledger.calc.words import name_key
from ledger.models import Account, Payee, PayeeAlias, Transaction
from ledger.queries.imports.category_names import KnownCategories
from ledger.queries.payees import payees, payees_by_key
from ledger.queries.rules.fresh import Fresh, decide_fresh
from ledger.queries.rules.known import active_rules, told_of
from ledger.queries.suggesting import Suggestion, Unfiled, suggest_categories

# With more rows than this all payees are read at once, and not those of each few hundred names.
MANY: Final = 2000
# What is suggested less surely is left open.
LEAST_SURE: Final = 50
OF_THE_FILE, OF_A_RULE, MOST_SURE = 95, 99, 99
LONGEST_REASON: Final = 120


class Unnamed(NamedTuple):
    """What is known of a row that wants a payee and a category."""

    account: Account
    day: date
    amount: int
    payee: str
    description: str
    notes: str
    category_name: str
    is_split: bool


class Filed(NamedTuple):
    """The payee and the category it shall have, why, and how sure the category is in percent."""

    payee: str = ""
    category: int | None = None
    reason: str = ""
    confidence: int = 0


Looks = tuple[str, Payee | None]


class Filing:
    """What was found out about one row is known for all that say the same."""

    def __init__(self, household: Household, *, rows: int, is_a_book: bool) -> None:
        self.household, self.is_a_book = household, is_a_book
        self.categories = KnownCategories()
        self.named: dict[tuple[str, str], Looks] = {}
        self.payees: dict[str, Payee] = {}
        self.all_known = rows > MANY
        if self.all_known:
            every = list(payees())
            by_pk = {each.pk: each for each in every}
            spellings = PayeeAlias.objects.filter(payee__trashed_at=None).values_list("key", "payee")
            self.payees = {key: by_pk[pk] for key, pk in spellings if pk in by_pk}
            self.payees |= {each.key: each for each in every}
        self.rules = {rule.pk: rule.name for rule in active_rules()}
        self.asks = _asked_by_rules() if self.rules else frozenset()
        self.by_rules: dict[tuple[Any, ...], Decision | None] = {}
        self.suggested: dict[tuple[Any, ...], Filed] = {}

    def of(self, rows: Sequence[Unnamed]) -> list[Filed]:
        looks = self._names(rows)
        ruled = self._ruled(rows, looks) if self.rules else [None] * len(rows)
        filed = [self._told(*each) for each in zip(rows, looks, ruled, strict=True)]
        wanted = [place for place, each in enumerate(filed) if self._is_open(rows[place], each, ruled[place])]
        for place, found in zip(
            wanted, self._suggest([(rows[at], looks[at], filed[at]) for at in wanted]), strict=True
        ):
            filed[place] = found
        return filed

    def _names(self, rows: Sequence[Unnamed]) -> list[Looks]:
        """A known payee by what the file says or by what is a name of it; else that name."""
        fresh = {(row.payee, row.description) for row in rows} - self.named.keys()
        names = {said: tidy_name(said[0]) or readable_name(said[1]) for said in fresh}
        if self.payees or not self.all_known:
            keys = {said: [name_key(text) for text in (*said[:1], names[said], said[1]) if text] for said in fresh}
            if not self.all_known:
                self.payees |= payees_by_key({key for some in keys.values() for key in some})
        else:
            keys = {}
        for said, name in names.items():
            known = next((self.payees[key] for key in keys.get(said, ()) if key in self.payees), None)
            self.named[said] = (known.name if known else name, known)
        found = [self.named[row.payee, row.description] for row in rows]
        if len(self.named) > 10 * MANY:
            self.named.clear()  # words that are never twice the same need not be remembered
        return found

    def _ruled(self, rows: Sequence[Unnamed], looks: Sequence[Looks]) -> list[Decision | None]:
        keys = [self._rule_key(row, name) for row, (name, _payee) in zip(rows, looks, strict=True)]
        fresh = {key: place for place, key in enumerate(keys) if key not in self.by_rules}
        asked = [self._fresh(rows[place], looks[place]) for place in fresh.values()]
        self.by_rules.update(zip(fresh, decide_fresh(asked), strict=True))
        found = [self.by_rules[key] for key in keys]
        if len(self.by_rules) > 10 * MANY:
            self.by_rules.clear()
        return found

    def _rule_key(self, row: Unnamed, name: str) -> tuple[Any, ...]:
        """All of a row that the rules in force look at."""
        key: list[Any] = [row.account.pk, row.account.currency, name, (row.amount > 0) - (row.amount < 0)]
        key.append(self._category(row))
        for field, value in (
            ("description", row.description),
            ("notes", row.notes),
            ("amount", row.amount),
            ("day", row.day.day),
            ("weekday", row.day.isoweekday()),
        ):
            key.append(value if field in self.asks else None)
        return tuple(key)

    def _fresh(self, row: Unnamed, looks: Looks) -> Fresh:
        return Fresh(
            account=row.account,
            date=row.day,
            amount=row.amount,
            payee=looks[1] or looks[0] or None,
            categories=(self._category(row),),
            description=row.description,
            notes=row.notes,
            source=Transaction.Source.IMPORTED,
        )

    def _category(self, row: Unnamed) -> int | None:
        """As the file names it, where the household has one of the name."""
        known = self.categories.find(row.category_name) if row.category_name else None
        return known.pk if known else None

    def _told(self, row: Unnamed, looks: Looks, ruled: Decision | None) -> Filed:
        name = (ruled.after.payee if ruled else looks[0]) or looks[0]
        if category := self._category(row):
            return Filed(name, category, _("as in the file"), OF_THE_FILE)
        if ruled is None or row.is_split or (self.is_a_book and row.category_name):
            return Filed(name)
        categories = ruled.after.categories
        if len(categories) != 1 or categories[0] is None:
            return Filed(name)
        rules = [self.rules[key] for key in ruled.rules if key in self.rules]
        said = _("by the rule “%(name)s”") % {"name": (rules or [""])[0]}
        return Filed(name, categories[0], said[:LONGEST_REASON], OF_A_RULE)

    def _is_open(self, row: Unnamed, filed: Filed, ruled: Decision | None) -> bool:
        """Whether nothing was said yet: a category that will be opened, a split and a rule's transfer are something."""
        if filed.category or row.is_split or not row.amount or (self.is_a_book and row.category_name):
            return False
        return not (ruled and (ruled.after.parts or ruled.after.transfer))

    def _suggest(self, rows: Sequence[tuple[Unnamed, Looks, Filed]]) -> list[Filed]:
        """Each payee is asked for once, for money out and for money in."""
        keys = []
        fresh: dict[tuple[Any, ...], Unfiled] = {}
        for row, (name, known), filed in rows:
            payee = known if filed.payee == name else self._called(filed.payee)
            key = (payee.pk if payee else filed.payee, row.amount > 0, row.account.currency)
            keys.append(key)
            if key not in self.suggested and (payee or (settings.CATEGORY_SUGGESTER and filed.payee)):
                words = f"{filed.payee} {row.description}".strip()
                fresh[key] = Unfiled(amount=row.amount, currency=row.account.currency, payee=payee, words=words)
        for key, found in zip(fresh, suggest_categories(self.household, list(fresh.values())), strict=True):
            self.suggested[key] = _best(found)
        nothing = Filed()
        said = zip(keys, rows, strict=True)
        return [self.suggested.get(key, nothing)._replace(payee=filed.payee) for key, (_row, _looks, filed) in said]

    def _called(self, name: str) -> Payee | None:
        """The payee that a rule named."""
        key = name_key(name)
        if key not in self.payees and not self.all_known:
            self.payees |= payees_by_key([key])
        return self.payees.get(key)


def _best(found: Sequence[Suggestion]) -> Filed:
    """The likeliest, where it is sure enough."""
    for each in found[:1]:
        percent = min(MOST_SURE, int(each.confidence * 100))
        if percent >= LEAST_SURE:
            return Filed("", each.category.pk, each.reason[:LONGEST_REASON], percent)
    return Filed()


def _asked_by_rules() -> frozenset[str]:
    """Of a row what at least one condition looks at."""
    fields = {condition.field for rule in active_rules() for condition in told_of(rule).conditions}
    if "text" in fields:
        fields |= {"description", "notes"}
    return frozenset(fields | {"amount"} if "signed" in fields else fields)

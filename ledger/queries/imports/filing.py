"""Who was paid and what for, as far as that can be told: by the file, by known payees, by rules, by the past."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.db.models import Case, F, TextField, Value, When
from django.utils.translation import gettext as _

from financeflow.households.models import Household
from ledger.calc.certainty import TOLD, certainty_of
from ledger.calc.payee_names import readable_name, tidy_name
from ledger.calc.rules import Decision
from ledger.calc.words import name_key, plain_words
from ledger.models import Account, Payee, PayeeAlias, Transaction
from ledger.queries.imports.category_names import KnownCategories
from ledger.queries.imports.sheets import as_text
from ledger.queries.payees import payees, payees_by_key
from ledger.queries.rules.fresh import Fresh, decide_fresh
from ledger.queries.rules.known import active_rules, told_of
from ledger.queries.suggesting import Suggestion, Unfiled, suggest_categories

# With more rows than this all payees are read at once, and not those of each few hundred names.
MANY: Final = 2000
# So many different ones are remembered.
MOST_KNOWN: Final = 20_000
LONGEST_REASON: Final = 120
# Amounts below the first stand for each other, and are taken for the second.
SIZES: Final = ((5_00, 2_53), (20_00, 10_07), (100_00, 44_71), (500_00, 223_61), (5_000_00, 1_581_13))
LARGEST: Final = 15_811_39


class Unnamed(NamedTuple):
    """What is known of a row that wants a payee and a category, as far as anybody asks for it: `asked_columns`."""

    payee: str
    description: str
    category_name: str
    notes: str
    # In minor units where somebody asks for it, else about as much: see `about`.
    amount: str
    day: str
    is_split: bool = False


class Filed(NamedTuple):
    """The payee and the category it shall have or may have, why, and how sure that is: see ledger.calc.certainty."""

    payee: str = ""
    category: int | None = None
    reason: str = ""
    confidence: int = 0


class Looks(NamedTuple):
    """Who a row is about: a name, and the payee of the household, where it is one."""

    name: str
    payee: Payee | None


class Filing:
    """What was found out about one row is known for all that say the same."""

    def __init__(self, household: Household, *, rows: int, is_a_book: bool) -> None:
        self.household, self.is_a_book = household, is_a_book
        self.categories = KnownCategories()
        self.all_known = rows > MANY
        self.payees: dict[str, Payee] = _all_payees() if self.all_known else {}
        self.rules = {rule.pk: rule.name for rule in active_rules()}
        self.asks = asked_by_rules() if self.rules else frozenset()
        self.known: dict[tuple[int | None, str], dict[Unnamed, Filed]] = defaultdict(dict)
        self.suggested: dict[tuple[Any, ...], Filed] = {}

    def of(self, account: Account, rows: Sequence[Unnamed]) -> list[Filed]:
        known = self.known[account.pk, account.currency]
        fresh = [row for row in dict.fromkeys(rows) if row not in known]
        known.update(zip(fresh, self._find(account, fresh), strict=True))
        found = [known[row] for row in rows]
        if len(known) > MOST_KNOWN:
            known.clear()  # words that are never twice the same need not be remembered
        return found

    def _find(self, account: Account, rows: Sequence[Unnamed]) -> list[Filed]:
        looks = self._names(rows)
        ruled: Sequence[Decision | None] = [None] * len(rows)
        if self.rules and rows:
            ruled = decide_fresh([self._fresh(account, *each) for each in zip(rows, looks, strict=True)])
        filed = [self._told(*each) for each in zip(rows, looks, ruled, strict=True)]
        wanted = [at for at, each in enumerate(filed) if self._is_open(rows[at], each, ruled[at])]
        found = self._suggest(account, [(rows[at], looks[at], filed[at]) for at in wanted])
        for at, each in zip(wanted, found, strict=True):
            filed[at] = each
        return filed

    def _names(self, rows: Sequence[Unnamed]) -> list[Looks]:
        """A known payee by what the file says or by what is a name of it; else that name."""
        names = [tidy_name(row.payee) or readable_name(row.description) for row in rows]
        if self.all_known and not self.payees:
            return [Looks(name, None) for name in names]
        said = [
            [name_key(text) for text in (row.payee, name, "" if row.payee else row.description) if text]
            for row, name in zip(rows, names, strict=True)
        ]
        if not self.all_known:
            self.payees |= payees_by_key({key for keys in said for key in keys} - self.payees.keys())
        looks = []
        for name, keys in zip(names, said, strict=True):
            payee = next((self.payees[key] for key in keys if key in self.payees), None)
            looks.append(Looks(payee.name if payee else name, payee))
        return looks

    def _fresh(self, account: Account, row: Unnamed, looks: Looks) -> Fresh:
        return Fresh(
            account=account,
            date=date.fromisoformat(row.day) if row.day else date.min,
            amount=int(row.amount),
            payee=looks.payee or looks.name or None,
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
        name = (ruled.after.payee if ruled else looks.name) or looks.name
        if category := self._category(row):
            return Filed(name, category, _("as in the file"), TOLD)
        if ruled is None or row.is_split or (self.is_a_book and row.category_name):
            return Filed(name)
        categories = ruled.after.categories
        if len(categories) != 1 or categories[0] is None:
            return Filed(name)
        rules = [self.rules[key] for key in ruled.rules if key in self.rules]
        said = _("by the rule “%(name)s”") % {"name": (rules or [""])[0]}
        return Filed(name, categories[0], said[:LONGEST_REASON], TOLD)

    def _is_open(self, row: Unnamed, filed: Filed, ruled: Decision | None) -> bool:
        """Whether nothing was said yet: a category that will be opened, a split and a rule's transfer are something."""
        if filed.category or row.is_split or row.amount == "0" or (self.is_a_book and row.category_name):
            return False
        return not (ruled and (ruled.after.parts or ruled.after.transfer))

    def _suggest(self, account: Account, rows: Sequence[tuple[Unnamed, Looks, Filed]]) -> list[Filed]:
        """Each payee is asked for once, for money out and for money in, and for about as much of it."""
        keys = []
        fresh: dict[tuple[Any, ...], Unfiled] = {}
        for row, (name, known), filed in rows:
            payee = known if filed.payee == name else self._called(filed.payee)
            amount = about(int(row.amount))
            key = (payee.pk if payee else filed.payee, amount, account.currency, account.pk)
            keys.append(key)
            if key not in self.suggested and (payee or (settings.CATEGORY_SUGGESTER and filed.payee)):
                words = _all_words(filed.payee, row.description)
                fresh[key] = Unfiled(
                    amount=amount, currency=account.currency, payee=payee, words=words, account=account.pk
                )
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
    """The likeliest: filed where it is sure enough, suggested where a person shall say so."""
    for each in found[:1]:
        if certainty := certainty_of(each.band, each.confidence):
            return Filed("", each.category.pk, each.reason[:LONGEST_REASON], certainty)
    return Filed()


def _all_words(name: str, description: str) -> str:
    said = set(plain_words(description).split())
    return description if said.issuperset(plain_words(name).split()) else f"{name} {description}".strip()


def about(amount: int) -> int:
    """What stands for all amounts of this size, and of this way; none of them is an amount that anybody pays twice."""
    size = next((stands for below, stands in SIZES if abs(amount) < below), LARGEST)
    return size if amount > 0 else -size if amount else 0


def asked_by_rules() -> frozenset[str]:
    """Of a row what at least one condition looks at."""
    fields = {condition.field for rule in active_rules() for condition in told_of(rule).conditions}
    if "text" in fields:
        fields |= {"description", "notes"}
    if "weekday" in fields:
        fields.add("day")
    return frozenset(fields | {"amount"} if "signed" in fields else fields)


def asked_columns(asks: frozenset[str]) -> list[Any]:
    """Of Unnamed, all but the last: where nobody asks for a text or an amount, rows are alike without it."""
    words = Case(When(payee="", then=F("description")), default=Value(""), output_field=TextField())
    return [
        F("payee"),
        F("description") if "description" in asks else words,
        F("category_name"),
        F("notes") if "notes" in asks else Value("", output_field=TextField()),
        as_text("amount") if "amount" in asks else _about(),
        as_text("date") if "day" in asks else Value("", output_field=TextField()),
    ]


def _about() -> Case:
    """As `about` has it, told by the database."""
    out = [When(amount__gt=-below, amount__lt=0, then=Value(str(-stands))) for below, stands in SIZES]
    into = [When(amount__lt=below, amount__gt=0, then=Value(str(stands))) for below, stands in SIZES]
    ends = [When(amount__lt=0, then=Value(str(-LARGEST))), When(amount__gt=0, then=Value(str(LARGEST)))]
    return Case(*out, *into, *ends, default=Value("0"), output_field=TextField())


def _all_payees() -> dict[str, Payee]:
    """By their names and by their other spellings; a name goes before a spelling."""
    every = list(payees())
    by_pk = {each.pk: each for each in every}
    spellings = PayeeAlias.objects.filter(payee__trashed_at=None).values_list("key", "payee")
    return {key: by_pk[pk] for key, pk in spellings if pk in by_pk} | {each.key: each for each in every}

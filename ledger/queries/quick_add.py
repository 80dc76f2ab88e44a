"""What a line of quick add comes to in a household: its names become rows, and what it leaves open is filled in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from financeflow.households.models import Household, User
from financeflow.money.currencies import minor_digits
from financeflow.money.values import LARGEST
from financeflow.tenancy.prepared import Prepared, Slot
from ledger.calc.conversion import convert
from ledger.calc.quick_add import Known, QuickAdd, read_quick_add
from ledger.calc.quick_add.parts import Part
from ledger.calc.typed import Problem
from ledger.calc.words import name_key
from ledger.models import Account, Category, Payee
from ledger.models.sight import OUT_OF_SIGHT
from ledger.queries.accounts import open_accounts
from ledger.queries.categories import categories
from ledger.queries.guessing import likeliest
from ledger.queries.names import names_known
from ledger.queries.payees import payees
from ledger.queries.rates import rate_table
from ledger.queries.rules.fresh import Fresh, decide_fresh
from ledger.queries.rules.known import rules
from ledger.queries.suggesting import Suggestion, Unfiled, suggest_categories


@dataclass(frozen=True)
class Understood:
    """A line as it would be saved. `original` is the amount as it was written, where that is another currency's."""

    said: QuickAdd
    day: date
    account: Account | None = None
    to_account: Account | None = None
    amount: int | None = None
    original: tuple[int, str] | None = None
    payee: Payee | None = None
    category: Category | None = None
    guess: Suggestion | None = None
    # The rules that will act when the line is saved, whether one of them files it, or what it makes of it instead.
    rules: tuple[str, ...] = ()
    is_ruled: bool = False
    outcome: str = ""
    problems: tuple[Problem, ...] = ()

    @property
    def payee_name(self) -> str:
        return self.said.payee.value.name if self.said.payee else ""

    @property
    def filed_under(self) -> Category | None:
        """The category to save it with; what a rule says, the rule itself will file."""
        return None if self.is_ruled else self.category

    @property
    def note(self) -> str:
        return self.said.note.value if self.said.note else ""

    @property
    def tags(self) -> list[str]:
        return [tag.value for tag in self.said.tags]


@dataclass(frozen=True)
class Writer:
    """Whose line it is, on which day it is written, and which account this person used last (its public id)."""

    household: Household
    person: User
    today: date
    usual: str = ""


def understood(line: str, writer: Writer, *, guessing: bool = True) -> Understood:
    """The line as far as it can be understood; whatever is in the way of saving it is in `problems`."""
    accounts: list[Account] = OPEN_ACCOUNTS.objects()
    said = _read(line, writer, accounts)
    found = Understood(said, said.day.value if said.day else writer.today, problems=said.problems)
    if said.amount is None:
        return found
    found = _with_accounts(found, writer, accounts)
    return _moved(found) if said.is_transfer else _filed(_with_amount(found), writer, guessing=guessing)


OPEN_ACCOUNTS = Prepared(open_accounts, OUT_OF_SIGHT)
NAMED = Prepared(lambda: payees().filter(pk=Slot("key")), OUT_OF_SIGHT)


def _read(line: str, writer: Writer, accounts: list[Account]) -> QuickAdd:
    """A figure without a currency is in that of the account it would go to."""
    names = names_known(writer.household, writer.person)
    usual = _usual(accounts, writer)
    return read_quick_add(
        line,
        today=writer.today,
        locale=writer.household.locale,
        base_currency=usual.currency if usual else writer.household.base_currency,
        accounts=[Known(each.pk, each.name, name_key(each.name), each.currency) for each in accounts],
        payees=names.payees,
        categories=names.categories,
    )


def _usual(accounts: Iterable[Account], writer: Writer, *, currency: str = "") -> Account | None:
    """The account used last, else the first of the household's own currency; one of `currency` before the others."""

    def order(account: Account) -> tuple[bool, ...]:
        foreign = bool(currency) and account.currency != currency
        return foreign, str(account.uid) != writer.usual, account.currency != writer.household.base_currency

    return min(accounts, key=order, default=None)


def _with_accounts(found: Understood, writer: Writer, accounts: list[Account]) -> Understood:
    """The accounts that were written, and in place of the first the usual one."""
    said = found.said
    account, to_account = _row(accounts, said.account), _row(accounts, said.to_account)
    if account is None:
        others = [each for each in accounts if each != to_account]
        account = _usual(others, writer, currency=said.currency.value)
    found = replace(found, account=account, to_account=to_account)
    if account is None and not found.problems:
        return _refused(found, _("Write where the money came from.") if accounts else _("Add an account first."))
    return found


def _row(rows: Iterable[Account], part: Part[Known] | None) -> Account | None:
    return next((row for row in rows if part and row.pk == part.value.id), None)


def _refused(found: Understood, sentence: str) -> Understood:
    return replace(found, problems=(*found.problems, Problem((0, len(found.said.line)), sentence)))


def _moved(found: Understood) -> Understood:
    """What leaves an account that was not written has to be in its currency, and to arrive in the same."""
    said, one, two = found.said, found.account, found.to_account
    if said.amount is None or one is None or found.problems:
        return found
    if one.currency != said.currency.value or (two and two.currency != one.currency and not said.to_amount):
        return _refused(found, _("Write where the money came from."))
    return replace(found, amount=said.amount.value)


def _with_amount(found: Understood) -> Understood:
    """In the account's own currency, at the rate of the day; as the bank will have done it, nearly."""
    if found.said.amount is None or found.account is None:
        return found
    amount, written, kept = found.said.amount.value, found.said.currency.value, found.account.currency
    if written == kept:
        return replace(found, amount=amount)
    rate = rate_table(base=kept, currencies=[written], first=found.day, last=found.day).rate(written, found.day)
    if rate.state == "missing":
        words = _("No rate for %(written)s is known. Write the amount in %(kept)s.")
        return _refused(found, words % {"kept": kept, "written": written})
    digits = {"from_digits": minor_digits(written), "to_digits": minor_digits(kept)}
    converted = convert(amount, rate=rate.value, **digits)
    if not converted or abs(converted) > LARGEST:
        return _refused(found, _("This amount cannot be kept in %(kept)s.") % {"kept": kept})
    return replace(found, amount=converted, original=(amount, written))


def _filed(found: Understood, writer: Writer, *, guessing: bool) -> Understood:
    """With its payee, where that one is known, and the category that was written or is likely."""
    said = found.said
    key = said.payee.value.id if said.payee else None
    payee = next(iter(NAMED.objects(key=key)), None) if key else None
    found = replace(found, payee=payee)
    if said.category:
        found = replace(found, category=categories().filter(pk=said.category.value.id or 0).first())
    if not guessing or found.amount is None or found.account is None:
        return found
    amount, account = found.amount, found.account
    found = _ruled(found, amount, account)
    if found.category or found.outcome:
        return found
    [suggested] = suggest_categories(writer.household, [unfiled(found, writer)])
    guess = likeliest(suggested)
    return replace(found, guess=guess, category=guess.category if guess else None)


def unfiled(found: Understood, writer: Writer) -> Unfiled:
    """All that the line says to whoever suggests a category."""
    currency = found.account.currency if found.account else writer.household.base_currency
    account = found.account.pk if found.account else None
    return Unfiled(
        amount=found.amount or -1,
        currency=currency,
        payee=found.payee,
        words=found.payee_name,
        account=account,
        day=found.day,
    )


def _ruled(found: Understood, amount: int, account: Account) -> Understood:
    """With what the rules in force will make of it."""
    fresh = Fresh(
        account=account,
        date=found.day,
        amount=amount,
        payee=found.payee or found.payee_name,
        categories=(found.category.pk if found.category else None,),
        tags=found.tags,
        notes=found.note,
    )
    [decision] = decide_fresh([fresh])
    if decision is None:
        return found
    names = dict(rules().filter(pk__in=decision.rules).values_list("pk", "name"))
    found = replace(found, rules=tuple(names[key] for key in decision.rules if key in names))
    after = decision.after
    if after.parts:
        parts = ngettext("%(count)s part", "%(count)s parts", len(after.parts)) % {"count": len(after.parts)}
        return replace(found, outcome=parts)
    if after.transfer:
        return replace(found, outcome=_("Transfer: %(account)s") % {"account": Account.objects.get(pk=after.transfer)})
    if after.categories == decision.before.categories:
        return found
    category = categories().filter(pk=after.categories[0] or 0).first()
    reason = _("the rule “%(rule)s”") % {"rule": found.rules[0] if found.rules else ""}
    guess = Suggestion(category, reason, 1.0) if category else None
    return replace(found, category=category, guess=guess, is_ruled=True)

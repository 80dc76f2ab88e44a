"""Every write to payees: their names, other spellings, and usual categories."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from financeflow.history.editing import claimed
from financeflow.history.recording import Recording
from financeflow.households.models import Household, User
from ledger import queries
from ledger.actions.writing import accounts_of, writing
from ledger.calc.words import name_key, plain_words
from ledger.models import Payee, PayeeAlias, Transaction


class NameTaken(ValidationError):
    """Another payee is known by this name already: perhaps the two are one."""

    def __init__(self, name: str, payee: Payee) -> None:
        words = _("“%(name)s” is a payee already.")
        if name_key(name) != payee.key and not _is_secret(payee):
            words = _("“%(name)s” is another spelling of “%(payee)s” already.")
        super().__init__({"name": words % {"name": name, "payee": payee}}, code="taken")
        self.payee = payee


def _is_secret(payee: Payee) -> bool:
    """Whether it stands in nothing but what members keep private, so that it is not named."""
    accounts = accounts_of(payee.transactions.all())
    return bool(accounts) and all(account.private_to_id or account.sealed_at for account in accounts)


def payees_named(record: Recording, household: Household, names: Iterable[str]) -> dict[str, Payee]:
    """The payees of these names, by name; found by name or other spelling, and added where there is none."""
    wanted = {name: name_key(name) for name in dict.fromkeys(each.strip() for each in names) if name}
    known = queries.payees_by_key(wanted.values())
    fresh: dict[str, Payee] = {}
    for name, key in wanted.items():
        if key not in known and key not in fresh:
            fresh[key] = Payee(household=household, name=name, key=key)
    if len(fresh) == 1:
        record.add(*fresh.values())
    else:
        record.add_many(list(fresh.values()))
    return {name: known.get(key) or fresh[key] for name, key in wanted.items()}


def add_payee(*, household: Household, by: User | None, name: str, **values: Any) -> Payee:
    """A new payee; NameTaken where one is known by this name."""
    payee = Payee(household=household, name=name.strip(), **values)
    summary = _("Added the payee “%(name)s”") % {"name": payee.name}
    frame: dict[str, Any] = {"household": household, "by": by, "verb": "payee.added", "summary": summary}
    with writing(**frame, settles=False) as (record, _books):
        _check_free(payee, name)
        record.add(payee)
    return payee


def change_payee(*, payee: Payee, by: User | None, edit_version: int, **values: Any) -> Payee:
    """A new name or usual category; the old name stays as another spelling, so that it still leads here."""
    summary = _("Changed the payee “%(name)s”") % {"name": payee.name}
    frame: dict[str, Any] = {"household": payee.household, "by": by, "verb": "payee.changed", "summary": summary}
    with writing(**frame, accounts=accounts_of(payee.transactions.all()), settles=False) as (record, _books):
        payee = claimed(payee, edit_version=edit_version)
        before = payee.name
        name = values.get("name", before)
        if name_key(name) != payee.key:
            _check_free(payee, name)
            _forget_spelling(record, payee, name)
        record.change(payee, **values)
        if name_key(before) != payee.key:
            keep_spelling(record, payee, before)
        if before != payee.name:
            reword(payee)
    return payee


def add_spelling(*, payee: Payee, by: User | None, name: str) -> PayeeAlias:
    """Another spelling, as a bank may write it; NameTaken where it leads to somebody else."""
    summary = _("Added “%(spelling)s” to the payee “%(name)s”") % {"spelling": name, "name": payee}
    frame: dict[str, Any] = {"household": payee.household, "by": by, "verb": "payee.spelled", "summary": summary}
    with writing(**frame, accounts=accounts_of(payee.transactions.all()), settles=False) as (record, _books):
        _check_free(payee, name)
        known = PayeeAlias.objects.filter(payee=payee, key=name_key(name)).first()
        if known or name_key(name) == payee.key:
            words = _("“%(name)s” leads here already: case, accents and signs do not matter.")
            raise ValidationError({"name": words % {"name": name}})
        return keep_spelling(record, payee, name)


def remove_spelling(*, alias: PayeeAlias, by: User | None) -> None:
    """Whoever is named so from now on is somebody else."""
    words = {"spelling": alias.name, "name": alias.payee}
    summary = _("Removed “%(spelling)s” from the payee “%(name)s”") % words
    frame: dict[str, Any] = {"household": alias.household, "by": by, "verb": "payee.unspelled", "summary": summary}
    with writing(**frame, accounts=accounts_of(alias.payee.transactions.all()), settles=False) as (record, _books):
        record.remove(alias)


def keep_spelling(record: Recording, payee: Payee, name: str) -> PayeeAlias:
    """Have the name lead to the payee from now on; a payee in the trash gives its spellings up."""
    key = name_key(name)
    for lost in PayeeAlias.objects.filter(key=key).exclude(payee=payee):
        record.remove(lost)
    alias = PayeeAlias.objects.filter(key=key).first() or PayeeAlias(
        household=payee.household, payee=payee, name=name.strip()
    )
    if alias._state.adding:
        record.add(alias)
    return alias


def reword(payee: Payee) -> None:
    """Have its transactions be found by its name: one column, by one statement."""
    words = plain_words(payee.name)[:160]
    Transaction.objects.filter(payee=payee).exclude(payee_words=words).update(payee_words=words)


def _check_free(payee: Payee, name: str) -> None:
    other = queries.payees_by_key([name_key(name)]).get(name_key(name))
    if other is not None and other.pk != payee.pk:
        raise NameTaken(name.strip(), other)


def _forget_spelling(record: Recording, payee: Payee, name: str) -> None:
    for alias in PayeeAlias.objects.filter(payee=payee, key=name_key(name)):
        record.remove(alias)

"""Accounts that one member keeps private: who may, and how what was done in them is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from financeflow.history.telling import tell_everybody, tell_only
from financeflow.households.models import Household, Membership, User
from financeflow.tenancy.scope import whole_household
from ledger.models import Account, Transaction


def check_keeper(account: Account, by: User | None) -> None:
    """One keeps an account private to oneself, and to nobody else."""
    if account.private_to is not None and account.private_to != by:
        raise ValidationError({"private_to": _("You can keep an account private to yourself only.")})


def check_turn(account: Account, by: User | None, keeper: User | None) -> None:
    """Only to oneself; and nobody loses sight of what they entered themselves."""
    if keeper is None:
        return
    if keeper != by:
        raise ValidationError({"private_to": _("You can keep an account private to yourself only.")})
    others = Membership.objects.filter(household=account.household).exclude(user=by).values("user")
    if Transaction.objects.filter(account=account, trashed_at=None, entered_by__in=others).exists():
        words = _("Others have entered transactions in it, so it stays where they can see it.")
        raise ValidationError({"private_to": words})


def turn(account: Account, before: User | None, keeper: User | None) -> None:
    """The past goes out of the others' sight, or comes back into it, with the account."""
    rows = Transaction.objects.filter(account=account)
    touched = {"ledger.account": [account.pk], "ledger.transaction": rows.order_by().values("pk")}
    if keeper is not None:
        tell_only(keeper, touched=touched)
    elif before is not None:
        tell_everybody(before, touched=touched)


@contextmanager
def keeper(*, household: Household, touched: Iterable[tuple[str, int, dict[str, Any]]]) -> Iterator[None]:
    """When history makes an account private or shared again, its past follows: settings.KEEPERS names this."""
    turned: dict[int, set[int]] = {}
    for model, row_id, state in touched:
        if model == "ledger.account" and "private_to_id" in state:
            turned.setdefault(row_id, set()).update({state["private_to_id"]} - {None})
    yield
    with whole_household():
        for account in Account.objects.filter(pk__in=turned).select_related("private_to"):
            for member in User.objects.filter(pk__in=turned[account.pk]):
                turn(account, member, account.private_to)

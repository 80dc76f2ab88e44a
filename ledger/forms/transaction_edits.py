"""The form of a transaction that is there: what it holds now, and what may no longer be changed about it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from ledger.forms.transactions import IN, KINDS, OUT, TRANSFER, Desk, TransactionForm, Values
from ledger.models import Transaction

OF_TRANSFERS = ("to_account", "received")
NOT_OF_TRANSFERS = ("payee", "category", "original_amount", "original_currency")
MONEY = ("kind", "amount", "account", "to_account", "received")


class TransactionEditForm(TransactionForm):
    """As the form of a new one, but for its kind: that is changed by making something else of it."""

    def __init__(self, *args: Any, desk: Desk, transaction: Transaction, **kwargs: Any) -> None:
        self.transaction = transaction
        self.other: Transaction | None = transaction.other_side  # type: ignore[attr-defined]
        self.lines = list(transaction.lines.all())
        chosen = self.lines[0].category
        super().__init__(*args, desk=desk, chosen=chosen, initial=values_of(transaction, self.other), **kwargs)
        del self.fields["form_number"]
        self._keep_kind()
        if transaction.is_locked:
            self._drop(("status",))
        if self.why_locked:
            self._lock((*MONEY, "date"))

    @property
    def is_split(self) -> bool:
        return len(self.lines) > 1

    @property
    def is_half_seen(self) -> bool:
        """A transfer whose other side somebody keeps private."""
        return self.transaction.transfer_id is not None and self.other is None

    @property
    def why_locked(self) -> str:
        """Why amount, day and account stay as they are; nothing where they may change."""
        if self.transaction.is_locked:
            return _("This is reconciled, so its amount, day and account stay. Unlock it with its statement.")
        if self.other and self.other.is_locked:
            return _("The other side is reconciled, so amount, day and accounts stay. Unlock it with its statement.")
        if self.is_half_seen:
            return _("The other side is in an account that somebody keeps private, so the amount stays.")
        return ""

    def _keep_kind(self) -> None:
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        if self.transaction.transfer_id:
            self._drop(NOT_OF_TRANSFERS if self.other else (*NOT_OF_TRANSFERS, *OF_TRANSFERS))
            kind.widget, kind.disabled = forms.HiddenInput(), True
            if self.other:
                self["account"].label = _("From account")
            return
        self._drop(OF_TRANSFERS)
        kind.choices = KINDS[:2]
        if self.is_split:
            self._drop(("category",))
            self._lock(("kind", "amount"))
            self["amount"].help_text = _("Change it with the parts.")

    def _drop(self, names: tuple[str, ...]) -> None:
        for name in names:
            del self.fields[name]

    def _lock(self, names: tuple[str, ...]) -> None:
        for name in names:
            if name in self.fields:
                self.fields[name].disabled = True

    def clean(self) -> Values:
        cleaned = super().clean()
        account = cleaned.get("account")
        if self.is_split and account and account.currency != self.transaction.currency:
            words = _("Its parts are in %(currency)s. Join them first.")
            self.add_error("account", words % {"currency": self.transaction.currency})
        return cleaned

    def said(self) -> Values:
        """What the action hears: of a transfer, of half a transfer, or of money out or in."""
        if self.is_half_seen:
            return self.shared()
        if self.other:
            return self.moved() | self.shared()
        said = self.plain() | self.shared()
        return said if self.is_split else said | {"category": self.cleaned_data["category"]}


def values_of(transaction: Transaction, other: Transaction | None) -> Values:
    """What the fields hold before anybody types."""
    original = transaction.original_amount
    shared: Values = {
        "kind": OUT if transaction.amount <= 0 else IN,
        "amount": abs(transaction.amount),
        "account": transaction.account,
        "payee": transaction.payee.name if transaction.payee else "",
        "category": transaction.lines.all()[0].category,
        "date": transaction.date,
        "tags": [tagging.tag.name for tagging in transaction.taggings.all()],
        "notes": transaction.notes,
        "status": transaction.status,
        "posted_on": transaction.posted_on,
        "original_amount": None if original is None else abs(original),
        "original_currency": transaction.original_currency,
        "edit_version": transaction.edit_version,
    }
    if transaction.transfer_id:
        shared |= {"kind": TRANSFER}
    if other:
        out, into = (transaction, other) if transaction.amount < 0 else (other, transaction)
        shared |= {
            "account": out.account,
            "to_account": into.account,
            "amount": -out.amount,
            "received": into.amount,
        }
    return shared


def accounts_of(transaction: Transaction) -> list[Any]:
    """The accounts it stands in, which are offered even where they are closed."""
    other: Transaction | None = transaction.other_side  # type: ignore[attr-defined]
    return [transaction.account, *([other.account] if other else [])]

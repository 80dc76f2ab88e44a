"""The form of one transaction: money out, money in, or a transfer."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from financeflow.households.models import Household
from financeflow.money.currencies import CURRENCIES
from financeflow.money.forms import AmountField
from financeflow.web.forms import DayTextField
from financeflow.web.plain_text import validate_plain_text
from ledger.actions import Part
from ledger.calc.texts import validate_note
from ledger.forms.choices import AccountField, CategoryField
from ledger.forms.papers import PapersField
from ledger.forms.tags import TagsField
from ledger.models import Account, Category, Transaction
from ledger.models.transactions import LONGEST_NOTE
from ledger.queries.categories import CategoryGroup

OUT, IN, TRANSFER = "out", "in", "transfer"
KINDS = [(OUT, gettext_lazy("Money out")), (IN, gettext_lazy("Money in")), (TRANSFER, gettext_lazy("Transfer"))]
STATES = [(state.value, state.label) for state in (Transaction.Status.CLEARED, Transaction.Status.PENDING)]
Values = dict[str, Any]


@dataclass(frozen=True)
class Desk:
    """What a form of a transaction is filled in with: whose books, which day, what there is to choose from."""

    household: Household
    today: date
    accounts: list[Account]
    groups: list[CategoryGroup]


class TransactionForm(forms.Form):
    """What a person says about a transaction. Amounts are written without a sign: the kind says which way they go."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=KINDS, widget=forms.RadioSelect)
    amount = AmountField(label=gettext_lazy("Amount"))
    account = AccountField(label=gettext_lazy("Account"), empty_label=gettext_lazy("Choose an account"))
    to_account = AccountField(
        label=gettext_lazy("To account"),
        empty_label=gettext_lazy("Choose an account"),
        error_messages={"required": gettext_lazy("Choose where the money went.")},
    )
    received = AmountField(label=gettext_lazy("Amount that arrived"))
    payee = forms.CharField(
        label=gettext_lazy("Payee"), max_length=120, required=False, validators=[validate_plain_text]
    )
    category = CategoryField(label=gettext_lazy("Category"), empty_label=gettext_lazy("No category"), required=False)
    date = DayTextField(label=gettext_lazy("Day"))
    tags = TagsField(label=gettext_lazy("Tags"), required=False)
    notes = forms.CharField(
        label=gettext_lazy("Notes"),
        max_length=LONGEST_NOTE,
        required=False,
        validators=[validate_note],
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    status = forms.ChoiceField(
        label=gettext_lazy("Status"),
        choices=STATES,
        help_text=gettext_lazy("Pending until the bank has booked it."),
    )
    posted_on = DayTextField(
        label=gettext_lazy("Booked on"),
        required=False,
        help_text=gettext_lazy("If the bank booked it on another day."),
    )
    original_amount = AmountField(
        label=gettext_lazy("Original amount"),
        required=False,
        help_text=gettext_lazy("If it was paid in another currency."),
    )
    original_currency = forms.ChoiceField(
        label=gettext_lazy("Its currency"), choices=[("", "–"), *CURRENCIES], required=False
    )
    form_number = forms.UUIDField(required=False, widget=forms.HiddenInput)
    edit_version = forms.IntegerField(min_value=1, max_value=2**31, required=False, widget=forms.HiddenInput)

    use_required_attribute = False

    def __init__(self, *args: Any, desk: Desk, chosen: Category | None = None, **kwargs: Any) -> None:
        first: Values = {"kind": OUT, "date": desk.today, "status": Transaction.Status.CLEARED.value}
        kwargs["initial"] = {**first, "form_number": uuid.uuid4(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.desk = desk
        self._offer(chosen)
        self._fit()
        self.fields["payee"].widget.attrs |= {"list": "payees", "autocomplete": "off"}
        self.fields["amount"].widget.attrs |= {"autofocus": True}

    def _offer(self, chosen: Category | None) -> None:
        for name in ("account", "to_account"):
            self._field(name, AccountField).offer_accounts(self.desk.accounts)
        self._field("category", CategoryField).offer_groups(self.desk.groups, also=chosen)

    def _fit(self) -> None:
        """Each amount in the currency of its account, days as the household writes them."""
        household = self.desk.household
        currencies = {
            "amount": self.currency,
            "received": self.other_currency or household.base_currency,
            "original_amount": self._said("original_currency") or household.base_currency,
        }
        for name, currency in currencies.items():
            field = self._field(name, AmountField)
            field.currency, field.locale = currency, household.locale
        for name in ("date", "posted_on"):
            self._field(name, DayTextField).is_of(locale=household.locale, today=self.desk.today)
        if {each.currency for each in self.desk.accounts} - {household.base_currency}:
            self.fields["amount"].help_text = _("In %(currency)s.") % {"currency": self.currency}
        self._fit_transfer()

    def _fit_transfer(self) -> None:
        """Where the money went is asked of transfers alone, and what arrived only where that is another currency."""
        to_account, received = self.fields["to_account"], self.fields["received"]
        to_account.required = self.is_transfer or not self.is_bound
        received.required = bool(self.other_currency) and to_account.required
        if self.other_currency:
            told = {"currency": self.other_currency}
            received.help_text = _("In %(currency)s.") % told
            received.error_messages["required"] = _("Write how much arrived in %(currency)s.") % told

    def _field(self, name: str, kind: type[Any]) -> Any:
        field = self.fields[name]
        assert isinstance(field, kind)
        return field

    def _said(self, name: str) -> Any:
        """What stands in a field now, whether or not it is right."""
        return self[name].value()

    def account_said(self, name: str) -> Account | None:
        """The account that stands in the field, where it is one that may be chosen."""
        said = self._said(name)
        uid = str(said.uid) if isinstance(said, Account) else str(said or "")
        return next((account for account in self.desk.accounts if str(account.uid) == uid), None)

    def read(self, name: str) -> Any:
        """What stands in a field now, as a value; nothing where it cannot be read yet."""
        try:
            return self.fields[name].clean(self._said(name))
        except ValidationError:
            return None

    @property
    def is_transfer(self) -> bool:
        return bool(self._said("kind") == TRANSFER)

    @property
    def currency(self) -> str:
        account = self.account_said("account")
        return account.currency if account else self.desk.household.base_currency

    @property
    def other_currency(self) -> str:
        """The currency of the account that money is moved to, where it is another one."""
        account = self.account_said("to_account")
        return account.currency if account and account.currency != self.currency else ""

    @property
    def has_more(self) -> bool:
        """Whether something stands, or is wrong, in the fields that are folded away."""
        folded = ("status", "posted_on", "original_amount", "original_currency")
        plain = {"status": Transaction.Status.CLEARED.value}
        shown = [name for name in folded if name in self.fields]
        return any(self._said(name) not in (None, "", plain.get(name)) for name in shown)

    def clean_amount(self) -> Any:
        return self._positive("amount")

    def clean_received(self) -> Any:
        return self._positive("received")

    def clean_original_amount(self) -> Any:
        return self._positive("original_amount")

    def _positive(self, name: str) -> Any:
        amount = self.cleaned_data[name]
        if amount is not None and amount < 0:
            raise ValidationError(_("Write it without a minus: the kind says which way it goes."), code="sign")
        return amount

    def clean_edit_version(self) -> int:
        return self.cleaned_data["edit_version"] or 0

    def clean(self) -> Values:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("kind") == TRANSFER and "to_account" in self.fields:
            self._clean_transfer(cleaned)
        elif "original_amount" not in self.errors and self._half_an_original(cleaned):
            self.add_error("original_amount", _("An original amount needs its currency, and only then."))
        return cleaned

    def _half_an_original(self, cleaned: Values) -> bool:
        known = "original_currency" in cleaned
        return known and (cleaned.get("original_amount") is None) != (not cleaned["original_currency"])

    def _clean_transfer(self, cleaned: Values) -> None:
        source, target = cleaned.get("account"), cleaned.get("to_account")
        if target and target == source:
            self.add_error("to_account", _("A transfer goes from one account to another."))
        for name in ("amount", "received"):
            if cleaned.get(name) == 0:
                self.add_error(name, _("Write how much was moved, above zero."))

    def shared(self) -> Values:
        """What is said of every kind of transaction, in the words of the actions."""
        names = ("date", "notes", "posted_on", "status", "tags")
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}

    def moved(self) -> Values:
        """What is said of a transfer: from where, to where, how much."""
        cleaned = self.cleaned_data
        received = cleaned["received"] if self.other_currency else None
        return {
            "source": cleaned["account"],
            "target": cleaned["to_account"],
            "amount": cleaned["amount"],
            "received": received,
        }

    def plain(self) -> Values:
        """What is said of money out or in."""
        cleaned = self.cleaned_data
        sign = -1 if cleaned["kind"] == OUT else 1
        original = cleaned["original_amount"]
        return {
            "account": cleaned["account"],
            "amount": sign * cleaned["amount"],
            "payee": cleaned["payee"],
            "original_amount": None if original is None else sign * original,
            "original_currency": cleaned["original_currency"],
        }


class NewTransactionForm(TransactionForm):
    """As it is filled in for a new one, with its papers."""

    papers = PapersField(label=gettext_lazy("Receipts and papers"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Of the two only that is shown which the kind asks for.
        words = '<span class="entry__plain">{}</span><span class="entry__moved">{}</span>'
        self["account"].label = format_html(words, _("Account"), _("From account"))

    def new(self) -> Values:
        """What adding money out or in takes."""
        said, shared = self.plain(), self.shared()
        values = {name: shared.pop(name) for name in ("notes", "posted_on", "status")}
        values |= {name: said.pop(name) for name in ("original_amount", "original_currency")}
        parts = [Part(said["amount"], self.cleaned_data["category"])]
        papers, number = self.cleaned_data["papers"], self.cleaned_data["form_number"]
        return {**said, **shared, "parts": parts, "papers": papers, "values": {**values, "form_number": number}}

    def new_transfer(self) -> Values:
        """What adding a transfer takes."""
        shared = self.shared()
        once = {name: self.cleaned_data[name] for name in ("papers", "form_number")}
        return {**self.moved(), "on": shared.pop("date"), **shared, **once}

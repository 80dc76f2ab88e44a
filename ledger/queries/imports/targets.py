"""Which account of the household the rows of a file belong to, as far as that can be told without asking."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ledger.calc.words import name_key
from ledger.importing.found import FoundStatement
from ledger.models import Account, Import, ImportedAccount
from ledger.queries.accounts import open_accounts

_LAST_DIGITS = re.compile(r"\d{4}(?=\D*$)")


class Targets:
    """The accounts in sight, and where files of the same number went before."""

    def __init__(self, upload: Import, statements: int) -> None:
        self.accounts: list[Account] = list(open_accounts())
        self.chosen = upload.target if statements == 1 else None
        self.is_a_book = upload.is_a_book
        self.before = self._before()

    def _before(self) -> dict[tuple[str, str], int]:
        """For each number in a file, and its currency, the account that was chosen for it last."""
        sheets = ImportedAccount.objects.filter(upload__state=Import.State.DONE, account__isnull=False)
        rows = sheets.exclude(number="").order_by("pk").values_list("number", "currency", "account")
        return {(number, currency): account for number, currency, account in rows if account}

    def of(self, found: FoundStatement) -> Account | None:
        """What somebody chose, what the number led to before, or the one account it can only be."""
        fitting = [account for account in self.accounts if account.currency == found.currency]
        if self.chosen:
            return next((account for account in fitting if account.pk == self.chosen.pk), None)
        known = self.before.get((found.account, found.currency)) if found.account else None
        if known:
            return next((account for account in fitting if account.pk == known), None)
        return self._named(found, fitting)

    def _named(self, found: FoundStatement, fitting: Sequence[Account]) -> Account | None:
        names = {name_key(name) for name in (found.name, found.account) if name.strip()}
        same = [account for account in fitting if name_key(account.name) in names]
        if not same and not self.is_a_book and (digits := _LAST_DIGITS.search(found.account)):
            same = [account for account in fitting if digits[0] in account.name]
        return same[0] if len(same) == 1 else None

"""`manage.py read_statement FILE`: say what is in a bank's file; nothing is written, no database is needed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from ledger.importing import no_statement
from ledger.importing.amounts import known_currency
from ledger.importing.found import Refused
from ledger.importing.how import How
from ledger.importing.reading import MOST_BYTES, read_file
from ledger.importing.source import Source
from ledger.importing.told import FileTold, StatementTold, as_json

REFUSED = 2
_WIDEST = 40


class Command(BaseCommand):
    help = "Read a statement of a bank and print what was understood. Ends with 0 when it was read, 2 when refused."
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="the statement, or a ZIP archive of statements")
        parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
        parser.add_argument("--currency", default=settings.DEFAULT_CURRENCY, help="taken where the file names none")
        parser.add_argument("--locale", default=settings.LANGUAGE_CODE, help="such as de-CH: where two readings fit")
        parser.add_argument("--format", default="", help="read it as this format, whatever it looks like")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            told = as_json(read_file(_source(options["file"]), _how(options), format=options["format"]))
        except Refused as refused:
            self.stderr.write(_sentence(refused))
            raise SystemExit(REFUSED) from refused
        if options["json"]:
            self.stdout.write(json.dumps(told))
        else:
            self._table(told)

    def _table(self, told: FileTold) -> None:
        for statement in told["statements"]:
            self.stdout.write(_heading(statement))
            for row in statement["rows"]:
                amount = _figure(row["amount"], row["exponent"])
                words = [row["payee"][:_WIDEST], row["description"][:_WIDEST], row["reference"], row["bank_id"]]
                told_words = "  ".join(word for word in words if word)
                self.stdout.write(f"{row['line']:>6}  {row['date']}  {amount:>14} {row['currency']}  {told_words}")
            for warning in statement["warnings"]:
                self.stdout.write(f"{warning['line'] or '':>6}  ! {warning['message']}")


def _source(name: str) -> Source:
    path = Path(name)
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Refused(no_statement.too_large(MOST_BYTES))
        return Source(path.name, path.read_bytes())
    except OSError as failed:
        words = _("The file “%(name)s” could not be opened: %(reason)s.")
        raise Refused(words % {"name": name, "reason": failed.strerror or failed}) from failed


def _how(options: dict[str, Any]) -> How:
    currency = known_currency(options["currency"])
    if not currency:
        words = _("“%(code)s” is no currency in use. Give its three letters, such as EUR.")
        raise Refused(words % {"code": options["currency"]})
    return How(today=timezone.localdate(), currency=currency, locale=options["locale"])


def _sentence(refused: Refused) -> str:
    return (
        _("Line %(line)s: %(sentence)s") % {"line": refused.line, "sentence": refused} if refused.line else str(refused)
    )


def _heading(statement: StatementTold) -> str:
    exponent = statement["exponent"]
    opening, closing = statement["opening_balance"], statement["closing_balance"]
    parts = [
        statement["account"] or "-",
        statement["currency"],
        _("%(count)s rows") % {"count": len(statement["rows"])},
        _("from %(balance)s") % {"balance": _figure(opening, exponent)} if opening is not None else "",
        _("to %(balance)s") % {"balance": _figure(closing, exponent)} if closing is not None else "",
    ]
    return "  ".join(part for part in parts if part)


def _figure(amount: int, exponent: int) -> str:
    digits = f"{abs(amount):0{exponent + 1}d}"
    text = f"{digits[:-exponent]}.{digits[-exponent:]}" if exponent else digits
    return f"-{text}" if amount < 0 else text

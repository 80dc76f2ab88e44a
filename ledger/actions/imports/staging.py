"""What a file was found to say becomes rows of the desk: quickly, in parts, and from the beginning each time."""

from __future__ import annotations

import datetime as dt
import json
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from itertools import islice
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from financeflow.history.setwise import copy_in, growing_uids
from financeflow.money.currencies import CODES
from financeflow.money.values import LARGEST
from financeflow.web.plain_text import STEERING
from ledger.calc import FIRST_DAY, LAST_DAY
from ledger.calc.prints import row_print
from ledger.importing.found import Found, FoundRow, FoundStatement, Remark, Unread
from ledger.models import Import, ImportedAccount, ImportRow, Transaction
from ledger.queries.imports.sheets import past_sight
from ledger.queries.imports.targets import Targets

Step = Callable[[int, int], None]
AT_ONCE: Final = 5000
# So many remarks are kept with a file and with each of its accounts: more help nobody.
MOST_REMARKS: Final = 200
COLUMNS: Final = (
    *("uid", "household_id", "sheet_id", "position", "line", "original", "date", "posted_on", "amount", "payee"),
    *("description", "reference", "bank_id", "is_pending", "balance", "original_amount", "original_currency", "notes"),
    *("category_name", "more", "print", "verdict", "reason", "deed", "is_decided", "payee_name", "category_reason"),
    "confidence",
)
_KINDS: Final = frozenset({"checking", "savings", "credit_card", "cash", "loan", "investment", "property", "other"})


def stage(upload: Import, found: Found, step: Step) -> None:
    """All rows of the file onto the desk, in place of what was there. Killed midway, it is done anew."""
    total = sum(len(each.rows) + len(each.unread) for each in found.statements)
    with transaction.atomic():
        clear(upload)
        _describe(upload, found)
        targets = Targets(upload, len(found.statements))
        sheets = [_sheet(upload, place, each, targets) for place, each in enumerate(found.statements)]
    done, uids = 0, growing_uids()
    for sheet, statement in zip(sheets, found.statements, strict=True):
        rows = enumerate(_in_order(statement))
        while some := list(islice(rows, AT_ONCE)):
            with transaction.atomic():
                copy_in(ImportRow, COLUMNS, [(next(uids), *_row(sheet, place, each)) for place, each in some])
            done += len(some)
            step(done, total)
        statement.rows.clear()  # they stand on the desk now, and are many


def clear(upload: Import) -> None:
    """Take its rows off the desk, by one statement however many they are."""
    rows = past_sight(ImportRow).filter(sheet__upload=upload)
    past_sight(Transaction).filter(import_row__in=rows.values("pk")).update(import_row=None)
    rows._raw_delete(using=rows.db)
    past_sight(ImportedAccount).filter(upload=upload).delete()


def _describe(upload: Import, found: Found) -> None:
    upload.format = found.format
    upload.remarks = _remarks(found.remarks)
    upload.questions = [asdict(each) for each in found.questions]
    upload.categories = [asdict(each) for each in found.categories]
    upload.mapping = found.mapping
    upload.is_a_book = found.is_a_book
    upload.refusal = ""
    write(upload, "format", "remarks", "questions", "categories", "mapping", "is_a_book", "refusal")


def write(upload: Import, *names: str) -> None:
    """Whose rows are in it is open while it is read: until then only its owner sees it, whoever has it read."""
    past_sight(Import).filter(pk=upload.pk).update(**{name: getattr(upload, name) for name in names})


def _remarks(remarks: Sequence[Remark]) -> list[dict[str, Any]]:
    return [{"message": each.message, "line": each.line} for each in remarks[:MOST_REMARKS]]


def _sheet(upload: Import, place: int, found: FoundStatement, targets: Targets) -> ImportedAccount:
    account = targets.of(found)
    sheet = ImportedAccount(
        household=upload.household,
        upload=upload,
        position=place,
        number=seen(found.account, 200),
        name=seen(found.name, 200),
        kind=found.kind if found.kind in _KINDS else "",
        currency=found.currency,
        account=account,
        is_new=account is None and upload.is_a_book,
        opening_balance=found.opening_balance,
        opening_on=_day(found.opening_on),
        closing_balance=found.closing_balance,
        closing_on=_day(found.closing_on),
        remarks=_remarks(found.remarks),
    )
    sheet.save(force_insert=True)
    return sheet


def _in_order(statement: FoundStatement) -> Iterable[FoundRow | Unread]:
    """Rows as they stand in the file, also those that could not be read."""
    if not statement.unread:
        return statement.rows
    every: list[FoundRow | Unread] = [*statement.rows, *statement.unread]
    return sorted(every, key=lambda each: each.line)


def _row(sheet: ImportedAccount, place: int, each: FoundRow | Unread) -> tuple[Any, ...]:
    if isinstance(each, Unread):
        return _unread(sheet, place, each.line, each.original, each.problem)
    if problem := _beyond(each):
        return _unread(sheet, place, each.line, each.original, problem)
    payee, description, reference = seen(each.payee, 200), seen(each.description, 500), seen(each.reference, 200)
    words = (payee, description, reference)
    return (
        *(sheet.household_id, sheet.pk, place, each.line, _kept(each.original)),
        *(each.date.isoformat(), _text(_day(each.posted_on)), each.amount, *words, seen(each.bank_id, 200)),
        *(each.is_pending, each.balance, *_original_money(each)),
        *(readable_note(each.notes), seen(each.category, 200), _more(each)),
        *(row_print(day=each.date, amount=each.amount, words=words), "new", "", "add", False, payee[:120], "", 0),
    )


def _beyond(each: FoundRow) -> str:
    """What the books do not keep, whatever a file says."""
    if not FIRST_DAY <= each.date <= LAST_DAY:
        return _("%(day)s is no day that a household keeps books of.") % {"day": each.date.isoformat()}
    if abs(each.amount) > LARGEST:
        return _("This amount is too large to keep.")
    return ""


def _unread(sheet: ImportedAccount, place: int, line: int, original: str, problem: str) -> tuple[Any, ...]:
    return (
        *(sheet.household_id, sheet.pk, place, line, _kept(original), None, None, None, "", "", "", ""),
        *(False, None, None, "", "", "", None, "", "unread", problem[:250], "leave", False, "", "", 0),
    )


def _original_money(each: FoundRow) -> tuple[int | None, str]:
    if each.original_amount is None or each.original_currency not in CODES or abs(each.original_amount) > LARGEST:
        return None, ""
    return each.original_amount, each.original_currency


def _more(each: FoundRow) -> str | None:
    """What few rows have, as JSON; nothing where there is none of it."""
    if not (each.tags or each.parts or each.transfer or each.transfer_key):
        return None
    said: dict[str, Any] = {
        "tags": [seen(tag, 200) for tag in each.tags],
        "transfer": seen(each.transfer, 200),
        "transfer_key": each.transfer_key,
        "parts": [[part.amount, seen(part.category, 200), seen(part.memo, 200)] for part in each.parts],
    }
    return json.dumps({name: value for name, value in said.items() if value})


def _kept(original: str) -> str:
    """As it stands in the file, but for what no database keeps in a text."""
    if original.isascii():
        return original.replace("\0", " ")
    return original.replace("\0", " ").encode("utf-8", "replace").decode()


def seen(text: str, longest: int) -> str:
    """The text on one line without what cannot be seen, and no longer than its column."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())[:longest] if "  " in text else text.strip()[:longest]
    shown = (" " if char.isspace() else char for char in text if char.isspace() or _is_seen(char))
    return " ".join("".join(shown).split())[:longest].strip()


def _is_seen(char: str) -> bool:
    return char not in STEERING and unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Zl", "Zp")


def readable_note(text: str) -> str:
    """The text with its lines, without what steers or cannot be seen, as long as a note may be."""
    if not text:
        return ""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(char for char in lines if char in "\n\t" or _is_seen(char)).strip()[:2000]


def _day(day: dt.date | None) -> dt.date | None:
    return day if day and FIRST_DAY <= day <= LAST_DAY else None


def _text(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None

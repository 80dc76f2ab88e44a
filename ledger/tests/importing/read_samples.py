"""Samples of banks' files in a line, read as the desk reads them."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

from ledger.importing.found import Found, FoundRow, FoundStatement
from ledger.importing.how import How
from ledger.importing.reading import read_file
from ledger.importing.source import Source

TODAY = dt.date(2026, 3, 1)


def how(currency: str = "EUR", locale: str = "en") -> How:
    return How(today=TODAY, currency=currency, locale=locale)


def read(content: str | bytes, name: str = "statement.txt", *, format: str = "", currency: str = "EUR") -> Found:
    raw = content.encode() if isinstance(content, str) else content
    return read_file(Source(name, raw), how(currency), format=format)


def only(found: Found) -> FoundStatement:
    assert len(found.statements) == 1
    return found.statements[0]


def only_row(found: Found) -> FoundRow:
    statement = only(found)
    assert len(statement.rows) == 1
    assert statement.unread == []
    return statement.rows[0]


def camt(*entries: str, heading: str = "", version: str = "02", kind: str = "053") -> str:
    """One statement; every entry begins on a line of its own, the first on line 3."""
    root, tag = {"053": ("BkToCstmrStmt", "Stmt"), "052": ("BkToCstmrAcctRpt", "Rpt")}[kind]
    account = "<Acct><Id><IBAN>DE89370400440532013000</IBAN></Id><Ccy>EUR</Ccy></Acct>"
    return (
        f'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.{kind}.001.{version}"><{root}>\n'
        f"<{tag}><Id>1</Id>{account}{heading}\n" + "\n".join(entries) + f"\n</{tag}></{root}></Document>\n"
    )


def entry(amount: str = "12.50", *, inside: str = "", sign: str = "DBIT", day: str = "2024-05-06") -> str:
    return (
        f'<Ntry><Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>{sign}</CdtDbtInd><Sts>BOOK</Sts>'
        f"<BookgDt><Dt>{day}</Dt></BookgDt>{inside}</Ntry>"
    )


def balance(code: str, amount: str, sign: str = "CRDT") -> str:
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>"
        f'<Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>{sign}</CdtDbtInd><Dt><Dt>2024-05-06</Dt></Dt></Bal>'
    )


def mt940(*fields: str, opening: str = "C240501EUR100,00", closing: str = "C240531EUR100,00") -> str:
    """One statement; the first of the fields is on line 5."""
    heading = [":20:T1", ":25:DE89370400440532013000", ":28C:1/1", f":60F:{opening}"]
    return "\n".join([*heading, *fields, f":62F:{closing}", "-", ""])


def zipped(*files: tuple[str, str | bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return packed.getvalue()

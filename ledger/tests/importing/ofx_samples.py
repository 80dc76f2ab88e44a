"""OFX in a line: records and statements of a bank that writes as most do, read as the desk reads them."""

from __future__ import annotations

import datetime as dt

from ledger.importing.found import Found, FoundStatement
from ledger.importing.how import How
from ledger.importing.ofx import FORMAT
from ledger.importing.source import Source

HEADER = "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nENCODING:USASCII\nCHARSET:1252\n\n"
DAY = dt.date(2024, 5, 6)


def record(fields: str = "<TRNAMT>-12.50", *, day: str = "20240506", fitid: str = "a-1") -> str:
    return f"<STMTTRN><TRNTYPE>OTHER<DTPOSTED>{day}<FITID>{fitid}{fields}</STMTTRN>\n"


def statement(*records: str, beside: str = "", currency: str = "<CURDEF>EUR", account: str = "42") -> str:
    """Its first record stands in line 2."""
    return (
        f"<STMTRS>{currency}<BANKACCTFROM><BANKID>1<ACCTID>{account}<ACCTTYPE>CHECKING</BANKACCTFROM><BANKTRANLIST>\n"
        + "".join(records)
        + f"</BANKTRANLIST>{beside}</STMTRS>\n"
    )


def read(text: str | bytes, *, currency: str = "EUR") -> Found:
    raw = text if isinstance(text, bytes) else text.encode()
    return FORMAT.read(Source("a.ofx", raw), How(today=dt.date(2026, 3, 1), currency=currency))


def only(*records: str, beside: str = "", currency: str = "<CURDEF>EUR") -> FoundStatement:
    found = read(f"<OFX>{statement(*records, beside=beside, currency=currency)}</OFX>")
    assert len(found.statements) == 1
    assert found.remarks == []
    return found.statements[0]

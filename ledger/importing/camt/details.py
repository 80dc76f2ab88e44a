"""What one transaction of an entry says about itself: who, what for, and by which references."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from ledger.importing.amounts import NotAnAmount, known_currency, minor_units
from ledger.importing.camt.elements import at, text_of
from ledger.importing.camt.headings import day

NOTHING = frozenset({"", "NOTPROVIDED", "NOT PROVIDED", "NONREF", "NONE", "UNKNOWN", "N/A", "NA", "-", "0"})


@dataclass(slots=True)
class Told:
    """Empty where the transaction does not say it."""

    payee: str = ""
    description: str = ""
    reference: str = ""
    bank_id: str = ""
    counter_account: str = ""
    done_on: dt.date | None = None
    notes: str = ""


def told(tx: Element | None, entry: Element, *, is_credit: bool, is_back: bool, own: str, owner: str) -> Told:
    """`is_back`: the entry takes another one back, and payer and payee still stand as they stood in that."""
    payee, counter_account = _counterparty(tx, is_credit=is_credit, is_back=is_back, own=own, owner=owner)
    reference = _reference(tx)
    return Told(
        payee=payee,
        description=_description(tx, entry, payee, reference),
        reference=reference,
        bank_id=reference_in(text_of(tx, "Refs", "AcctSvcrRef")) or ("" if is_back else _kept(tx, "TxId")),
        counter_account=counter_account,
        done_on=day(text_of(tx, "RltdDts", "TxDtTm") or text_of(tx, "RltdDts", "TxDt")),
        notes=_charges(tx) or _charges(entry),
    )


def reference_in(text: str) -> str:
    """Without the words that banks write where there is none."""
    return "" if text.upper() in NOTHING else text


def _kept(tx: Element | None, name: str) -> str:
    return reference_in(text_of(tx, "Refs", name))


def _counterparty(tx: Element | None, *, is_credit: bool, is_back: bool, own: str, owner: str) -> tuple[str, str]:
    """The party that is not the account's owner: by direction, unless its account is this one."""
    parties = at(tx, "RltdPties")
    if parties is None:
        return "", ""
    order = ("Dbtr", "Cdtr") if is_credit != is_back else ("Cdtr", "Dbtr")
    first, other = (_party(parties, role) for role in order)
    if own and first[1] == own:
        return _others_words(other, own)
    if not first[0] and other[0] and is_back and other[0] != owner:
        return _others_words(other, own)
    return first


def _others_words(other: tuple[str, str], own: str) -> tuple[str, str]:
    return ("", "") if other[1] == own else other


def _party(parties: Element, role: str) -> tuple[str, str]:
    name = _name(parties.find(role)) or _name(parties.find(f"Ultmt{role}"))
    account = at(parties, f"{role}Acct", "Id")
    number = text_of(account, "IBAN") or text_of(account, "Othr", "Id") or text_of(account, "BBAN")
    return name, number.replace(" ", "")


def _name(party: Element | None) -> str:
    """Of old versions it stands in the party itself, of new ones one step deeper; a bank may be the party."""
    if party is None:
        return ""
    return (
        text_of(party, "Nm")
        or text_of(party, "Pty", "Nm")
        or text_of(party, "Agt", "FinInstnId", "Nm")
        or text_of(party, "FinInstnId", "Nm")
    )


def _reference(tx: Element | None) -> str:
    """What both sides know it by comes first, then what a cheque, a mandate or an order knows it by."""
    if tx is None:
        return ""
    found = _kept(tx, "EndToEndId") or next(iter(_creditor_references(tx)), "")
    return found or _kept(tx, "ChqNb") or _kept(tx, "MndtId") or _kept(tx, "InstrId")


def _creditor_references(tx: Element) -> Iterator[str]:
    for structured in tx.iterfind("RmtInf/Strd"):
        # The first version wrote it otherwise.
        text = text_of(structured, "CdtrRefInf", "Ref") or text_of(structured, "CdtrRefInf", "CdtrRef")
        if reference_in(text):
            yield text


def _description(tx: Element | None, entry: Element, payee: str, reference: str) -> str:
    """The words of the payment; where there are none, those of the bank."""
    words = [] if tx is None else [" ".join((each.text or "").split()) for each in tx.iterfind("RmtInf/Ustrd")]
    if tx is not None and not any(words):
        words = [text_of(each) for each in tx.iterfind("RmtInf/Strd/AddtlRmtInf")]
        words += [text for text in _creditor_references(tx) if text != reference]
    found = " ".join(word for word in words if word)
    found = found or text_of(tx, "AddtlTxInf") or text_of(entry, "AddtlNtryInf")
    return found or ("" if payee else _code(entry))


def _code(entry: Element) -> str:
    """What kind of entry it is, in the bank's own letters: better than nothing at all."""
    code = at(entry, "BkTxCd")
    family = at(code, "Domn", "Fmly")
    standard = (text_of(code, "Domn", "Cd"), text_of(family, "Cd"), text_of(family, "SubFmlyCd"))
    return text_of(code, "Prtry", "Cd") or " ".join(word for word in standard if word)


def _charges(element: Element | None) -> str:
    """What the bank took for it, as far as the amount includes it or says so."""
    charges = at(element, "Chrgs")
    if charges is None:
        return ""
    total = charges.find("TtlChrgsAndTaxAmt")
    amounts = [total] if total is not None else [each for each in charges.iter("Amt") if each.get("Ccy")]
    words = [f"{text_of(each)} {each.get('Ccy', '')}".strip() for each in amounts if text_of(each).strip("0.")]
    return _("Charges: %(amounts)s") % {"amounts": ", ".join(words)} if words else ""


def original_of(tx: Element | None, entry: Element, currency: str) -> tuple[int | None, str]:
    """The amount in another currency, before it was exchanged."""
    for details in (at(tx, "AmtDtls"), at(entry, "AmtDtls")):
        for name in ("InstdAmt", "TxAmt", "CntrValAmt") if details is not None else ():
            amount = at(details, name, "Amt")
            code = known_currency(amount.get("Ccy", "")) if amount is not None else ""
            if code and code != currency and (value := _value(amount, code)):
                return value, code
    return None, ""


def _value(amount: Element | None, currency: str) -> int:
    try:
        return abs(minor_units(text_of(amount), currency))
    except NotAnAmount:
        return 0

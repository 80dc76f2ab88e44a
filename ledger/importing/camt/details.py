"""What one transaction of an entry says about itself: who, what for, and by which references."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from ledger.importing.amounts import NotAnAmount, known_currency, minor_units
from ledger.importing.camt.elements import at, parts_of, text_of, word
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
    inside = parts_of(tx)
    refs = parts_of(inside.get("Refs"))
    payee, counter_account = _counterparty(
        inside.get("RltdPties"), is_credit=is_credit, is_back=is_back, own=own, owner=owner
    )
    remittance = inside.get("RmtInf")
    reference = _reference(refs, remittance)
    dates = inside.get("RltdDts")
    return Told(
        payee=payee,
        description=_description(inside, entry, payee, reference),
        reference=reference,
        bank_id=_kept(refs, "AcctSvcrRef") or ("" if is_back else _kept(refs, "TxId")),
        counter_account=counter_account,
        done_on=None if dates is None else day(text_of(dates, "TxDtTm") or text_of(dates, "TxDt")),
        notes=_charges(inside.get("Chrgs")) or _charges(entry.find("Chrgs")),
    )


def reference_in(text: str) -> str:
    """A reference or a name, without the words that banks write where there is none."""
    return "" if text.upper() in NOTHING else text


def _kept(refs: dict[str, Element], name: str) -> str:
    return reference_in(" ".join(word(refs[name]).split())) if name in refs else ""


def _counterparty(parties: Element | None, *, is_credit: bool, is_back: bool, own: str, owner: str) -> tuple[str, str]:
    """The party that is not the account's owner: by direction, unless its account is this one."""
    if parties is None:
        return "", ""
    by_role = parts_of(parties)
    order = ("Dbtr", "Cdtr") if is_credit != is_back else ("Cdtr", "Dbtr")
    first = _party(by_role, order[0])
    if own and first[1] == own:
        return _others_words(_party(by_role, order[1]), own)
    if is_back and first[0] in {"", owner} and (other := _party(by_role, order[1]))[0] not in {"", owner}:
        return _others_words(other, own)
    return first


def _others_words(other: tuple[str, str], own: str) -> tuple[str, str]:
    return ("", "") if other[1] == own else other


def _party(parties: dict[str, Element], role: str) -> tuple[str, str]:
    name = _name(parties.get(role)) or _name(parties.get(f"Ultmt{role}"))
    account = at(parties.get(f"{role}Acct"), "Id")
    if account is None:
        return name, ""
    number = text_of(account, "IBAN") or text_of(account, "Othr", "Id") or text_of(account, "BBAN")
    return name, number.replace(" ", "")


def _name(party: Element | None) -> str:
    """Of old versions it stands in the party itself, of new ones one step deeper; a bank may be the party."""
    if party is None:
        return ""
    return reference_in(
        text_of(party, "Nm")
        or text_of(party, "Pty", "Nm")
        or text_of(party, "Agt", "FinInstnId", "Nm")
        or text_of(party, "FinInstnId", "Nm")
    )


def _reference(refs: dict[str, Element], remittance: Element | None) -> str:
    """What both sides know it by comes first, then what a cheque, a mandate or an order knows it by."""
    found = _kept(refs, "EndToEndId") or next(_creditor_references(remittance), "")
    return found or _kept(refs, "ChqNb") or _kept(refs, "MndtId") or _kept(refs, "InstrId")


def _creditor_references(remittance: Element | None) -> Iterator[str]:
    for structured in remittance.iterfind("Strd") if remittance is not None else ():
        # The first version wrote it otherwise.
        text = text_of(structured, "CdtrRefInf", "Ref") or text_of(structured, "CdtrRefInf", "CdtrRef")
        if reference_in(text):
            yield text


def _description(inside: dict[str, Element], entry: Element, payee: str, reference: str) -> str:
    """The words of the payment; where there are none, those of the bank."""
    remittance = inside.get("RmtInf")
    words: list[str] = []
    if remittance is not None:
        words = [reference_in(text_of(each)) for each in remittance if each.tag == "Ustrd"]
        if not any(words):
            words = [text_of(each) for each in remittance.iterfind("Strd/AddtlRmtInf")]
            words += [text for text in _creditor_references(remittance) if text != reference]
    found = " ".join(filter(None, words))
    found = found or text_of(inside.get("AddtlTxInf")) or text_of(entry, "AddtlNtryInf")
    return found or ("" if payee else _code(entry))


def _code(entry: Element) -> str:
    """What kind of entry it is, in the bank's own letters: better than nothing at all."""
    code = at(entry, "BkTxCd")
    family = at(code, "Domn", "Fmly")
    standard = (text_of(code, "Domn", "Cd"), text_of(family, "Cd"), text_of(family, "SubFmlyCd"))
    return text_of(code, "Prtry", "Cd") or " ".join(word for word in standard if word)


def _charges(charges: Element | None) -> str:
    """What the bank took for it."""
    if charges is None:
        return ""
    total = charges.find("TtlChrgsAndTaxAmt")
    amounts = [total] if total is not None else [each for each in charges.iter("Amt") if each.get("Ccy")]
    words = [f"{text_of(each)} {each.get('Ccy', '')}" for each in amounts if text_of(each).strip("0.")]
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

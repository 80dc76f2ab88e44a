"""Lines in a table that are no rows: totals, balances at the beginning and at the end."""

from __future__ import annotations

import re

from ledger.importing.csv.headings import plain

_OPENING = """
opening balance; balance brought forward; brought forward; previous balance; starting balance; beginning balance;
balance forward; balance b f; b f; initial balance; start balance;
anfangssaldo; alter saldo; alter kontostand; saldovortrag; letzter kontostand; anfangsbestand; saldo alt;
solde initial; ancien solde; solde precedent; solde anterieur; solde de depart; solde debut;
saldo anterior; saldo inicial; saldo iniziale; saldo precedente; saldo previo; saldo di apertura; beginsaldo;
vorig saldo; saldo poczatkowe; poprzednie saldo; pocatecni zustatek; pociatocny zostatok; saldo de abertura;
ingaende saldo; ingaende balans; inngaende saldo; primosaldo; alkusaldo; nyito egyenleg; nyitoegyenleg; devir;
devreden bakiye; acilis bakiyesi; sold initial; αρχικο υπολοιπο; προηγουμενο υπολοιπο;
יתרת פתיחה; יתרה קודמת; 期初余额; 上期余额; 繰越; 前月繰越; 前回残高; 繰越残高; входящий остаток;
"""
_CLOSING = """
closing balance; balance carried forward; carried forward; ending balance; final balance; new balance;
current balance; balance c f; c f; end balance; closing; account balance; available balance; balance;
endsaldo; neuer saldo; neuer kontostand; kontostand; schlusssaldo; saldo neu; aktueller kontostand; tagessaldo;
solde final; nouveau solde; dernier solde; ledger balance; solde actuel; solde; solde au; solde fin;
solde comptable; kontosaldo; abschlusssaldo;
saldo final; saldo actual; saldo finale; saldo attuale; saldo; saldo disponible; saldo contabile; eindsaldo;
nieuw saldo; saldo koncowe; saldo biezace; konecny zustatek; zustatek; konecny zostatok; saldo di chiusura;
saldo do dia; saldo disponivel; saldo contabilistico; saldo de encerramento; saldo al;
utgaende saldo; utgaende balans; ultimosaldo; loppusaldo; saldo pa kontoen; zaro egyenleg; zaroegyenleg; egyenleg;
bakiye; kapanis bakiyesi; guncel bakiye; sold final; sold curent; τελικο υπολοιπο; υπολοιπο;
יתרת סגירה; יתרה; יתרה נוכחית; 期末余额; 余额; 本期余额; 残高; 次月繰越; 現在残高; исходящий остаток; остаток;
"""
_TOTAL = """
total; totals; sum; grand total; subtotal; sub total; total debits; total credits; statement total; total amount;
net change; end of statement; end of report; end of file; total withdrawals; total deposits;
summe; gesamt; gesamtsumme; zwischensumme; gesamtbetrag; umsatzsumme; summe soll; summe haben; summen;
summe der umsatze; gesamtumsatz; somme; totaux; total general; total des operations; total debit; total credit;
total des mouvements;
totales; suma; suma total; totale; totale generale; totali; totaal; totalen; subtotaal; razem; ogolem; lacznie;
celkem; soucet; spolu; suma obrotow; totais; soma;
summa; i alt; ialt; sum totalt; totalt; yhteensa; osszesen; mindosszesen; toplam; genel toplam; συνολο; συνολα; סהכ;
סה כ; 合計; 小計; 総計; 合计; 总计; 小计; итого; всего;
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(plain(word) for word in text.replace("\n", ";").split(";") if word.strip())


_OPENINGS, _CLOSINGS, _TOTALS = _words(_OPENING), _words(_CLOSING), _words(_TOTAL)
_PLAINLY = _words(
    "anfangssaldo; endsaldo; saldovortrag; beginsaldo; eindsaldo; primosaldo; ultimosaldo; alkusaldo; loppusaldo"
)
_TURNOVERS = _words("turnover; turnovers; total turnover; suma obrotow; umsatzsumme; kaive; apgrozijums; apyvarta")
_STARTS = frozenset(word[:3] for word in _OPENINGS | _CLOSINGS | _TURNOVERS)
_BARE = str.maketrans(
    "áàâäãåéèêëíìîïóòôöõúùûüůýčćňńřšśťžźżłęąάέήίόύώ", "aaaaaaeeeeiiiiooooouuuuuyccnnrsstzzzleaαεηιουω"
)
_BRACKETS = re.compile(r"\([^)]*\)")
_TAIL = re.compile(r"\b(?:per|am|vom|zum|on|at|as of|au|du|al|a|de|del|op|per|dnia|na|den|pr|of|for|date|ke dni)?$")
_NUMBERS = re.compile(r"[\d][\d.,/:'-]*|\b(?:eur|usd|gbp|chf|pln|czk|sek|nok|dkk|huf|inr)\b", re.IGNORECASE)


def _bare(text: str) -> str:
    """Of “Closing balance on 31/01/2024: EUR” the words alone."""
    text = plain(_NUMBERS.sub(" ", _BRACKETS.sub(" ", text)))
    return " ".join(_TAIL.sub("", text).split())


def end_of(text: str) -> str:
    """“opening” or “closing” where the text says that a balance is told, and nothing else."""
    if len(text) > 60 or text[:3].lower().translate(_BARE) not in _STARTS:
        return ""
    bare = _bare(text)
    return "opening" if bare in _OPENINGS else "closing" if bare in _CLOSINGS else ""


def tells_an_end(text: str) -> str:
    """As above or “total”, of a text that stands beside a day and an amount: one word may be anything there."""
    if len(text) > 60 or text[:3].lower().translate(_BARE) not in _STARTS:
        return ""
    if _bare(text) in _TURNOVERS:
        return "total"
    found = end_of(text)
    return found if found and (" " in _bare(text) or _bare(text) in _PLAINLY) else ""


def is_total(text: str) -> bool:
    return len(text) <= 60 and _bare(text) in _TOTALS

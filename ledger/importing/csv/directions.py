"""Columns that say in words whether money came in or went out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

from ledger.importing.csv.headings import plain

# Short marks mean what they mean only beside their opposite; the first of each pair is money out.
_PAIRS = (
    ("d", "c"),
    ("s", "h"),
    ("t", "j"),
    ("b", "a"),
    ("d", "k"),
    ("d", "h"),
    ("d", "a"),
    ("dt", "ct"),
    ("dt", "kt"),
    ("wn", "ma"),
    ("af", "bij"),
    ("ut", "inn"),
    ("ut", "in"),
    ("ח", "ז"),
    ("借", "貸"),
    ("借", "贷"),
    ("支", "收"),
    ("-", "+"),
    ("n", "p"),
    ("u", "i"),
    ("uit", "in"),
)
_OUT = """
debit; debits; dr; db; dbit; deb; withdrawal; out; outgoing; expense; money out; paid out; spent;
payment out; sent; outflow; send;
soll; belastung; lastschrift; ausgang; ausgabe; auszahlung; abgang; debit card; ausgehend;
depense; sortie; retrait; debe; cargo; debito; gasto; egreso; salida; retiro; dare; uscita; addebito; saida;
despesa; adeudo;
af; uitgaven; debet; uit; obciazenie; obciazenia; wydatek; wychodzace; wychodzacy; wyplata; odchozi; vydaj;
vydej; na vrub; uznani ne; odchozi platba;
utgift; utgaende; ut; uttag; udgift; ud; haevet; udgaende; otto; meno; debet belob; terheles; kiadas; kimeno;
borc; gider; cikan; debitare; iesire; χρεωση;
חובה; חיוב; הוצאה; 支出; 出金; 引出; 借; 借方; 付款; 转出; 轉出; 支払; расход; списание; дебет;
"""
_IN = """
credit; credits; cr; crdt; cred; deposit; in; incoming; income; money in; paid in; received; payment in;
inflow; receive;
haben; gutschrift; eingang; einnahme; einzahlung; zugang; eingehend;
recette; entree; versement; haber; abono; credito; ingreso; entrada; deposito; avere; accredito; receita; depot;
bij; inkomsten; kredit; uznanie; uznania; wplyw; przychodzace; przychodzacy; wplata; prichozi; prijem;
ve prospech; prichozi platba;
inntekt; inngaende; inn; insattning; indtaegt; ind; indgaende; pano; tulo; inkomst; joviras; bevetel; bejovo;
alacak; gelir; giren; creditare; intrare; πιστωση;
זכות; זיכוי; הכנסה; 收入; 入金; 预入; 預入; 贷; 貸; 贷方; 貸方; 收款; 转入; 轉入; приход; зачисление; кредит;
"""
_NEITHER = frozenset(["neutral", "不计收支", "neither", "中性交易", "none", "information"])


def _words(text: str) -> frozenset[str]:
    return frozenset(plain(word) for word in text.replace("\n", ";").split(";") if word.strip())


_OUT_WORDS, _IN_WORDS = _words(_OUT), _words(_IN)


def _key(text: str) -> str:
    text = text.strip()
    return text if text in ("+", "-") else "-" if text in ("−", "–") else plain(text)


def directions_of(texts: Collection[str]) -> dict[str, int] | None:
    """−1 or 1 for every text of a column, 0 where it says that nothing moved; None where one says something else."""
    keys = {text: _key(text) for text in texts if text.strip()}
    told = {key for key in keys.values() if key not in _NEITHER}
    for out, into in _PAIRS:
        if told and told <= {out, into} and (len(told) == 2 or len(_pairs_with(told)) == 1):
            return {text: {out: -1, into: 1}.get(key, 0) for text, key in keys.items()}
    if not told or not told <= _OUT_WORDS | _IN_WORDS:
        return None
    return {text: -1 if key in _OUT_WORDS else 1 if key in _IN_WORDS else 0 for text, key in keys.items()}


def usual_directions(texts: Iterable[str]) -> dict[str, int] | None:
    """Of a column in which a rare word may be another one: that word then has no direction."""
    counted = Counter(text for text in texts if text.strip())
    rare = sum(counted.values()) // 10
    return directions_of(counted) or directions_of([text for text, count in counted.items() if count > rare])


def _pairs_with(told: set[str]) -> set[int]:
    """On which sides of the pairs a single mark stands: “d” only ever means money out."""
    return {side for pair in _PAIRS for side in (0, 1) if pair[side] in told}

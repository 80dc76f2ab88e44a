"""The amounts of a QIF file: which mark stands before the decimals is told by all of them together."""

from __future__ import annotations

import re
from collections.abc import Iterable

from babel.numbers import get_decimal_symbol
from django.utils.translation import gettext as _

from financeflow.money.currencies import minor_digits
from ledger.importing.amounts import NotAnAmount, minor_units
from ledger.importing.found import Question

KEY = "decimal"
_PLAIN = {
    ".": re.compile(r"[+-]?\d{1,12}\.\d\d?", re.ASCII),
    ",": re.compile(r"[+-]?\d{1,12},\d\d?", re.ASCII),
}
_GROUPED = {
    ".": re.compile(r"[+-]?\d{1,3}(?:,\d{3})+\.\d\d", re.ASCII),
    ",": re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+,\d\d", re.ASCII),
}
_NO_MARKS = str.maketrans("", "", ".,")
_WHOLE = re.compile(r"[+-]?\d{1,12}", re.ASCII)
_SIGNS = str.maketrans(dict.fromkeys("$€£¥₪₹₽₺₩", "") | {"\N{MINUS SIGN}": "-", "\N{EN DASH}": "-"})
_BODY = re.compile(r"([+-]?)\s*(\d[\d.,'’ \u00a0\u202f]*|[.,]\d+)\s*(-?)", re.ASCII)
_GAPS = re.compile(r"['’ \u00a0\u202f]")
_GROUPS = re.compile(r"\d{1,3}(?:M\d{2,3})*M\d{3}")


class Figures:
    """All amounts of one file. `mark` is what stands before their decimals; empty where they contradict each other."""

    def __init__(self, texts: Iterable[str], currency: str, locale: str, wanted: object) -> None:
        self.question: Question | None = None
        self.currency = currency
        self._has_cents = minor_digits(currency) == 2
        told = {".": 0, ",": 0}
        unsure = ""
        for text in dict.fromkeys(texts):
            mark, is_unsure = _evidence(text)
            if mark:
                told[mark] += 1
            elif is_unsure:
                unsure = unsure or text
        if wanted in (".", ","):
            self.mark = str(wanted)
        else:
            self.mark = self._decided(told, unsure, locale)

    def _decided(self, told: dict[str, int], unsure: str, locale: str) -> str:
        if told["."] and told[","]:
            return ""
        if told["."] or told[","]:
            return "." if told["."] else ","
        taken = _mark_of(locale)
        if unsure:
            words = _(
                "The amounts fit two readings: “%(text)s” may have thousands or three decimals. Say which is right."
            )
            choices = ((".", _("decimals after a point")), (",", _("decimals after a comma")))
            self.question = Question(KEY, words % {"text": unsure[:40]}, taken, choices)
        return taken

    def amount(self, text: str) -> int:
        """Minor units; brackets and a minus behind are a minus. Raises NotAnAmount with a sentence."""
        if self._has_cents and self.mark and text[-3:-2] == self.mark and _is_usual(text, self.mark):
            return int(text.translate(_NO_MARKS))
        sign, body = _apart(text)
        mark, is_unsure = _evidence(text)
        mark = mark or self.mark
        if is_unsure and not mark:
            words = _("“%(text)s” may have thousands or three decimals, and this file has both points and commas.")
            raise NotAnAmount(words % {"text": text[:40]})
        return minor_units(sign + _plain(body, mark, text), self.currency)


def _is_usual(text: str, mark: str) -> bool:
    """Two decimals after the mark, thousands in their places or none, and not more than is kept."""
    return len(text) < 16 and bool(_PLAIN[mark].fullmatch(text) or _GROUPED[mark].fullmatch(text))


def _apart(text: str) -> tuple[str, str]:
    """The sign and the figures."""
    bare = text.translate(_SIGNS).strip()
    in_brackets = bare.startswith("(") and bare.endswith(")")
    match = _BODY.fullmatch(bare[1:-1].strip() if in_brackets else bare)
    if match is None or bool(match[1]) + bool(match[3]) + in_brackets > 1:
        raise NotAnAmount(_("“%(text)s” is not an amount.") % {"text": text[:40]})
    return ("-" if in_brackets or "-" in (match[1], match[3]) else ""), match[2]


def _plain(body: str, mark: str, text: str) -> str:
    whole, point, decimals = body.rpartition(mark) if mark and mark in body else (body, "", "")
    grouped = re.sub(r"[.,]", "M", _GAPS.sub("M", whole.strip()))
    if "M" in decimals or _GAPS.search(decimals.strip()) or ("M" in grouped and not _GROUPS.fullmatch(grouped)):
        raise NotAnAmount(_("“%(text)s” is not an amount.") % {"text": text[:40]})
    return grouped.replace("M", "") + point + decimals.strip()


def _evidence(text: str) -> tuple[str, bool]:
    """Its own decimal mark where that is plain, else nothing; and whether there is a mark that may be either."""
    for mark in ".,":
        if _PLAIN[mark].fullmatch(text) or _GROUPED[mark].fullmatch(text):
            return mark, False
    if _WHOLE.fullmatch(text):
        return "", False
    try:
        body = _apart(text)[1]
    except NotAnAmount:
        return "", False
    points, commas = body.count("."), body.count(",")
    if points and commas:
        return body[max(body.rfind("."), body.rfind(","))], False
    if points + commas > 1:
        return ("," if points else "."), False
    if points + commas == 0:
        return "", False
    return _of_one(body, "." if points else ",")


def _of_one(body: str, mark: str) -> tuple[str, bool]:
    whole, _mark, decimals = body.partition(mark)
    may_group = len(decimals) == 3 and 0 < len(whole) <= 3 and not whole.startswith("0")
    return ("", True) if may_group else (mark, False)


def _mark_of(locale: str) -> str:
    try:
        symbol = str(get_decimal_symbol(locale.replace("-", "_")))
    except (LookupError, ValueError):
        return "."
    return "," if symbol == "," else "."

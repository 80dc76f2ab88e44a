"""Whether a table has money in and money out the wrong way round, and whether fees come on top."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from ledger.importing.csv.headings import plain
from ledger.importing.csv.mapping import Mapping
from ledger.importing.csv.plan import Plan, amount_in, amounts_in, cell, steps_in
from ledger.importing.csv.running import Step, course_of
from ledger.importing.csv.survey import Survey
from ledger.importing.found import Question

_PAID = re.compile(
    r"payment|thank you|autopay|paiement|merci|zahlung|pago|pagamento|pagto|betaling|innbetaling"
    r"|inbetalning|sp[łl]ata"
    r"|wp[łl]ata|spl[áa]tka|maksusuoritus|suoritus|lastschrift"
    r"|domicilia"
    r"|incasso|einzug|ödeme|odeme|befizet|تسديد|תשלום",
    re.IGNORECASE,
)
# What is paid back stands there as well, and elsewhere too: alone it says nothing.
_BACK = re.compile(r"refund|credit|gutschrift|remboursement|abono|return|reversal", re.IGNORECASE)
# What a card says of its own bill being paid; “payment” alone is what banks write on money out as well.
_BILL_PAID = re.compile(
    r"thank you|\bmerci\b|auto ?pay|payment received|zahlung erhalten|zahlungseingang|\bgracias\b|pago recibido|obrigad"
    r"|pagamento recebido|grazie|betaling ontvangen|innbetaling|inbetalning|indbetaling|suoritus",
    re.IGNORECASE,
)
_BOUGHT = re.compile(r"purchase|sale|kauf|einkauf|achat|compra|acquisto|aankoop|zakup|nákup|köp|køb", re.IGNORECASE)
_CARD = re.compile(
    r"card ?(no|num|member|holder|ending)|credit ?card|kreditkarte|kartennummer|karteninhaber|carte"
    r"|tarjeta|cart[ãa]o"
    r"|numer karty|kortnum|cislo karty|luottokortti|kredi kart|カード|利用店名|信用卡|כרטיס"
    r"|posted date.*card|card$|nubank",
    re.IGNORECASE,
)


def turned(plan: Plan, survey: Survey, mapping: Mapping) -> int:
    """−1 where all amounts have to be turned round, with the question whether that is right."""
    if given := mapping.get("sign"):
        return -1 if given == "flipped" else 1
    if plan.place("amount") is None or plan.directions or plan.unmarked < 0:
        return 1
    if plan.place("balance") is not None and course_of(steps_in(plan, survey)).holds:
        return 1
    amounts = amounts_in(plan, survey, "amount")
    into = sum(1 for amount in amounts if amount > 0)
    if into == len(amounts):
        return _all_one_way(plan, survey) if into else 1
    return _some_each_way(plan, survey, mostly_in=into * 2 > len(amounts))


def _some_each_way(plan: Plan, survey: Survey, *, mostly_in: bool) -> int:
    paid = mostly_in and _says_paid(plan, survey, _PAID, is_usual=True)
    bought = _says_paid(plan, survey, _PAID, is_usual=False)
    bill = mostly_in and _says_paid(plan, survey, _BILL_PAID, is_usual=True)
    if bill or bought or (paid and _is_card(survey)):
        _ask(plan, "flipped", _("As on many cards, money out has no minus in this file: all signs were turned."))
        return -1
    if paid:
        words = _("Most amounts of this file have no minus. If it is a card's, all signs may have to be turned round.")
        _ask(plan, "as_is", words)
    return 1


def _is_card(survey: Survey) -> bool:
    about = [*survey.headings, *(text for row in survey.before for text in row.cells)]
    return any(_CARD.search(text) or _CARD.search(plain(text)) for text in about)


def _all_one_way(plan: Plan, survey: Survey) -> int:
    words = _("No amount of this file says whether money came in or went out.")
    if _is_card(survey):
        _ask(plan, "flipped", words + " " + _("It looks like a card's: they were read as money out."))
        return -1
    _ask(plan, "as_is", words + " " + _("They were read as money in."))
    return 1


def _says_paid(plan: Plan, survey: Survey, words: re.Pattern[str], *, is_usual: bool) -> bool:
    """Payments to the card stand among the negative amounts, hardly among the others; or the others are purchases."""
    figures = plan.figures(plan.currency)
    paid = {True: 0, False: 0}
    count = {True: 0, False: 0}
    strong = bought = 0
    places = [*plan.places("description"), *plan.places("payee"), *plan.places("kind"), *plan.places("category")]
    for row in survey.cells:
        amount = amount_in(plan, figures, row)
        if isinstance(amount, int) and amount:
            negative = amount < 0
            count[negative] += 1
            text = " ".join(cell(row, place) for place in places)
            bought += not negative and any(_BOUGHT.fullmatch(cell(row, place).strip()) for place in places)
            strong += negative and bool(words.search(text))
            paid[negative] += bool(_PAID.search(text) or _BACK.search(text))
    if not is_usual and not bought == count[False] > 0:
        return False
    return strong > 0 and paid[True] * 2 >= count[True] > 0 and paid[False] * 5 <= count[False]


def _ask(plan: Plan, taken: str, sentence: str) -> None:
    choices = (("as_is", _("Amounts as they stand")), ("flipped", _("All signs turned round")))
    plan.questions.append(Question("sign", sentence, taken, choices))


def fee_of(plan: Plan, survey: Survey, mapping: Mapping) -> str:
    """“apart” where fees come on top of the amounts, “included” where they do not, empty where there are none."""
    if "fee" not in plan.columns:
        return ""
    fees = amounts_in(plan, survey, "fee")
    if not fees and "fee" not in mapping:
        return "included"
    if given := mapping.get("fee"):
        return given
    plain_steps = steps_in(plan, survey)
    apart = [
        Step(step.amount - abs(fee), step.balance) for step, fee in zip(plain_steps, _fees(plan, survey), strict=True)
    ]
    without, on_top = course_of(plain_steps), course_of(apart)
    if without.fitting != on_top.fitting:
        return "apart" if on_top.fitting > without.fitting else "included"
    heading = plain(survey.headings[plan.places("fee")[0]]) if survey.headings else ""
    if heading.startswith("total"):
        return "included"
    if plan.place("balance") is not None:
        return "apart"
    sentence = _(
        "Fees stand in a column of their own, and nothing tells whether the amounts include them: they were added."
    )
    choices = (("apart", _("Fees come on top")), ("included", _("Amounts include the fees")))
    plan.questions.append(Question("fee", sentence, "apart", choices))
    return "apart"


def _fees(plan: Plan, survey: Survey) -> list[int]:
    """Of the rows of the sample that have an amount, as `steps_in` has them."""
    figures = plan.figures(plan.currency)
    fees = []
    for row in survey.cells:
        if isinstance(amount_in(plan, figures, row), int):
            fee = figures[cell(row, plan.place("fee"))]
            fees.append(fee if isinstance(fee, int) else 0)
    return fees

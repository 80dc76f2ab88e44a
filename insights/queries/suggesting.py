"""Likely categories, as the ledger asks for them: settings.CATEGORY_SUGGESTER."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from financeflow.households.models import Household
from insights.calc.asking import Asked, Guess
from insights.calc.naming import key_of, words_of
from insights.models import School
from insights.queries.knowledge import Knowledge, answers_for
from insights.queries.reasons import reason_for
from ledger.calc.bands import FILED_FROM, SUGGESTED_FROM, Band, band_of
from ledger.models import Category
from ledger.queries.suggesting import Suggestion, Unfiled


def suggest_categories(household: Household, asked: Sequence[Unfiled], /) -> list[list[Suggestion]]:
    """The payee's usual category first, as somebody chose it; then what was learned, likeliest first."""
    school, knowledge, answers = answers_for(household, [asked_of(each) for each in asked])
    return [_suggested(each, answer.guesses, school, knowledge) for each, answer in zip(asked, answers, strict=True)]


def asked_of(each: Unfiled) -> Asked:
    payee = each.payee
    return Asked(
        words=words_of(payee.name if payee else "", each.words),
        key=key_of(payee.key if payee else "", each.words),
        amount=each.amount,
        currency=each.currency,
        account=each.account,
        day=each.day.day if each.day else 0,
    )


def _suggested(
    each: Unfiled, guesses: Sequence[Guess], school: School | None, knowledge: Knowledge
) -> list[Suggestion]:
    found = []
    usual = _usual(each, knowledge)
    if usual:
        found.append(Suggestion(usual, _("the usual category"), 1.0, Band.FILED))
    for guess in guesses:
        category = knowledge.usable.get(guess.ref)  # type: ignore[call-overload]
        if category and category != usual:
            band = Band.SUGGESTED if usual else _band(guess.confidence, school)
            found.append(Suggestion(category, reason_for(guess.because, category), guess.confidence, band))
    return found


def _usual(each: Unfiled, knowledge: Knowledge) -> Category | None:
    return knowledge.usable.get(each.payee.default_category_id or 0) if each.payee else None


def _band(confidence: float, school: School | None) -> Band:
    """As the household likes it; one that wants to be asked is asked."""
    filed_from, suggested_from = (school.filed_from, school.suggested_from) if school else (FILED_FROM, SUGGESTED_FROM)
    band = band_of(confidence, filed_from=filed_from, suggested_from=suggested_from)
    return Band.SUGGESTED if band == Band.FILED and school and not school.files_by_itself else band

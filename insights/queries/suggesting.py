"""Likely categories, as the ledger asks for them: settings.CATEGORY_SUGGESTER."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from financeflow.households.models import Household
from insights.calc.asking import Asked, Cause, Guess
from insights.models import School
from insights.queries.knowledge import Hidden, Usable, answers_for
from insights.queries.lessons import named
from insights.queries.reasons import reason_for
from ledger.calc.bands import FILED_FROM, SUGGESTED_FROM, Band, band_of
from ledger.queries.suggesting import Suggestion, Unfiled

# What is asked, and the usual category of its payee.
Wanted = tuple[Asked, int | None]


def suggest_categories(household: Household, asked: Sequence[Unfiled], /) -> list[list[Suggestion]]:
    """The payee's usual category first, as somebody chose it; then what was learned, likeliest first."""
    return suggested_for(household, [wanted(each) for each in asked])


def wanted(each: Unfiled) -> Wanted:
    payee = each.payee
    key, words = named(payee.key, payee.name, each.words) if payee else named("", "", each.words)
    day = each.day.day if each.day else 0
    asked = Asked(words=words, key=key, amount=each.amount, currency=each.currency, account=each.account, day=day)
    return asked, payee.default_category_id if payee else None


def suggested_for(
    household: Household, wanted: Sequence[Wanted], *, hidden: Hidden | None = None
) -> list[list[Suggestion]]:
    """The same of what is told in the words of those who guess."""
    school, answers, usable = answers_for(household, [asked for asked, _usual in wanted], hidden=hidden)
    return [
        _suggested(answer.guesses, usual, school, usable)
        for (_asked, usual), answer in zip(wanted, answers, strict=True)
    ]


def _suggested(guesses: Sequence[Guess], usual: int | None, school: School | None, usable: Usable) -> list[Suggestion]:
    found = []
    if usual in usable:
        found.append(_usual(guesses, usual, school, usable))
    for guess in guesses:
        category = usable[guess.ref]
        if guess.ref != usual:
            band = _band(guess.confidence, school, is_sure=not found)
            found.append(Suggestion(category, reason_for(guess.because, category), guess.confidence, band))
    return found


def _usual(guesses: Sequence[Guess], usual: int | None, school: School | None, usable: Usable) -> Suggestion:
    """Somebody chose it; where the same was filed elsewhere last, somebody is asked."""
    agrees = not guesses or guesses[0].because.cause != Cause.EXACT or guesses[0].ref == usual
    return Suggestion(usable[usual], _("the usual category"), 1.0, _band(1.0, school, is_sure=agrees))


def _band(confidence: float, school: School | None, *, is_sure: bool = True) -> Band:
    """As the household likes it; one that wants to be asked is asked."""
    filed_from, suggested_from = (school.filed_from, school.suggested_from) if school else (FILED_FROM, SUGGESTED_FROM)
    band = band_of(confidence, filed_from=filed_from, suggested_from=suggested_from)
    may_file = is_sure and (school is None or school.files_by_itself)
    return Band.SUGGESTED if band == Band.FILED and not may_file else band

"""Why a row of a file has its verdict, as one sentence for people, naming what it was compared with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, NamedTuple

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from financeflow.households.models import Household
from financeflow.money.text import format_money
from financeflow.web.dates import day_text
from ledger.calc.verdicts import Fact, Match
from ledger.models import Import, Transaction
from ledger.models.many import OneOf

LONGEST: Final = 250
_LONGEST_NAME: Final = 60


class Named(NamedTuple):
    """A transaction as a sentence names it."""

    payee: str
    day: date
    amount: int
    currency: str


class Reasons:
    """Sentences for the matches of one account; the same words are put together once."""

    def __init__(self, household: Household, facts: Sequence[Fact], matches: Iterable[Match]) -> None:
        self.household, self.facts = household, facts
        told = [match for match in matches if match.because != "print"]
        keys = {facts[match.fact].transaction for match in told} - {0}
        self.named = named(sorted(keys))
        # Files of others that this viewer may not see stay unnamed.
        self.files = dict(Import.objects.values_list("pk", "name"))
        self.made: dict[tuple[object, ...], str] = {}

    def of(self, match: Match) -> str:
        fact = self.facts[match.fact]
        file = next((self.files[face.upload] for face in fact.faces if face.upload in self.files), "")
        named = self.named.get(fact.transaction)
        if named is None and match.because != "print":
            day = next((face.day for face in fact.faces), 1)
            named = Named("", date.fromordinal(day), fact.faces[0].amount, "")
        key = (match.verdict, match.because, match.days, match.more, fact.state, fact.is_beside, file, named)
        if key not in self.made:
            self.made[key] = self._sentence(match, fact, file, named)[:LONGEST]
        return self.made[key]

    def _sentence(self, match: Match, fact: Fact, file: str, named: Named | None) -> str:
        if fact.is_beside:
            return _beside(match)
        values = {"file": file[:_LONGEST_NAME], "payee": "", "day": ""}
        if named:
            payee = named.payee[:_LONGEST_NAME] or (_("a row of “%(file)s”") % values if file else _("a row"))
            day = day_text(named.day, "medium", language=get_language() or "en", locale=self.household.locale)
            values |= {"payee": payee, "day": day}
        if match.verdict == "thrown":
            return _thrown(match, file) % values
        if match.verdict == "possible":
            return self._possible(match, named) % values
        if match.verdict == "here":
            return _here(match, file, fact) % values
        return _completed(match) % (values | {"count": abs(match.days)})

    def _possible(self, match: Match, named: Named | None) -> str:
        if match.because == "twin":
            return _("It says the same as “%(payee)s” on %(day)s under another number of the bank: it may be a second.")
        if match.because == "renumbered":
            return _("The bank’s number is that of “%(payee)s” on %(day)s, but the amount is not the same.")
        if match.because == "pending_thrown":
            return _("“%(payee)s” on %(day)s was pending and was thrown away: this may be the same, now booked.")
        if match.because == "tip" and named:
            money = str(format_money(named.amount, named.currency, self.household.locale)) if named.currency else ""
            words = _("“%(payee)s” was pending on %(day)s with %(money)s: this may be what was booked in the end.")
            return words.replace("%(money)s", money)
        return _apart(
            match.days,
            _("It may be “%(payee)s” on %(day)s: the same amount on the same day, in other words."),
            ngettext(
                "It may be “%(payee)s” on %(day)s: the same amount, %(count)s day apart.",
                "It may be “%(payee)s” on %(day)s: the same amount, %(count)s days apart.",
                abs(match.days),
            ).replace("%(count)s", str(abs(match.days))),
        )


def named(keys: Sequence[int]) -> dict[int, Named]:
    """Transactions in the viewer's sight, by their keys."""
    columns = ("pk", "payee__name", "description", "date", "amount", "currency")
    rows = Transaction.objects.filter(OneOf("pk", keys)).order_by().values_list(*columns) if keys else ()
    return {
        pk: Named(payee or words or _("No payee"), day, amount, currency)
        for pk, payee, words, day, amount, currency in rows
    }


def _apart(days: int, same_day: str, apart: str) -> str:
    return apart if days else same_day


def _beside(match: Match) -> str:
    if match.verdict == "possible":
        return _("The same row stands in another statement of this file, which may be cut off on that day.")
    return _("The same row stands in another statement of this file.")


def _thrown(match: Match, file: str) -> str:
    if match.because == "left":
        if file:
            return _("It was left out when “%(file)s” was brought in. Bring it in if you want it now.")
        return _("It was left out when it came the last time. Bring it in if you want it now.")
    if match.because == "print":
        return _("The same row came in before and was thrown away. Bring it in if you want it back.")
    return _("It is “%(payee)s” on %(day)s, which was thrown away. Bring it in if you want it back.")


def _here(match: Match, file: str, fact: Fact) -> str:
    if match.because == "print" or fact.state == "unseen":
        return came_before(file).replace("%", "%%")
    if match.because == "number":
        return _("The bank’s own number is that of “%(payee)s” on %(day)s, which is here already.")
    if match.because == "both":
        return _("“%(payee)s” on %(day)s is here already, and was reconciled with a statement.")
    if match.because == "booked":
        return _("It was pending and is booked since: “%(payee)s” on %(day)s.")
    return _("“%(payee)s” on %(day)s is here already: the same amount, day and much the same words.")


def _completed(match: Match) -> str:
    if match.verdict == "posted":
        return _("“%(payee)s” on %(day)s was pending, and is booked now.")
    if match.because == "number":
        return _("“%(payee)s” on %(day)s has the bank’s own number of this row.")
    return _apart(
        match.days,
        _("“%(payee)s” on %(day)s was typed in: the same amount on the same day."),
        ngettext(
            "“%(payee)s” on %(day)s was typed in: the same amount, %(count)s day apart.",
            "“%(payee)s” on %(day)s was typed in: the same amount, %(count)s days apart.",
            abs(match.days),
        ),
    )


def came_before(file: str) -> str:
    """Of a row that says the very same as one that came in before, and with which file, where that may be named."""
    if file:
        return _("The same row came in before, with “%(file)s”.") % {"file": file[:_LONGEST_NAME]}
    return _("The same row came in before.")


def transfer_reason(account: str, day: date, household: Household, why: str = "") -> str:
    """Of the side of a transfer: with which account, and why; without that, because the file says so."""
    text = day_text(day, "medium", language=get_language() or "en", locale=household.locale)
    values = {"account": account[:_LONGEST_NAME], "day": text, "why": why}
    if not account:
        return _("Its other side is in an account that is kept private, on %(day)s.") % values
    if why:
        return (_("Its other side is in “%(account)s” on %(day)s: %(why)s.") % values)[:LONGEST]
    return (_("The file says so: its other side is in “%(account)s” on %(day)s.") % values)[:LONGEST]

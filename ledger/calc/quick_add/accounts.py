"""Which accounts a line speaks of: @amex, and the two sides of a transfer."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from ledger.calc.quick_add.draft import Draft
from ledger.calc.quick_add.names import LONGEST_NAME, called
from ledger.calc.quick_add.parts import Known
from ledger.calc.typed import Span
from ledger.calc.words import name_key

MOST_CANDIDATES = 5


def read_marked_account(draft: Draft, place: int) -> None:
    """@joint, and the words behind it as far as they go on with the account's name: @joint card."""
    token = draft.left[place]
    assert token is not None
    part = "to_account" if draft.arrow and token.span[0] > draft.arrow[0] else "account"
    places = [place]
    found = called(token.text, draft.accounts)
    for following in draft.places("word"):
        if following != places[-1] + 1 or not found:
            continue
        narrower = _going_on(draft.words_at([*places, following]), found)
        if not narrower:
            break
        places.append(following)
        found = narrower
    _settle(draft, part, found, draft.words_at(places), draft.take(places))


def _going_on(words: str, accounts: list[Known]) -> list[Known]:
    """Those whose name begins so, but for the last word's end; a whole name that ended before stays as it was."""
    key = name_key(words)
    return [account for account in accounts if f"{account.key} ".startswith(f"{key} ")]


def read_sides(draft: Draft) -> None:
    """The accounts before and behind the arrow, where they are written without an @."""
    if not draft.arrow:
        return
    middle = draft.arrow[0]
    for part, is_left in (("account", True), ("to_account", False)):
        if part not in draft.said:
            places = [place for place in draft.places("word", "phrase") if (_start(draft, place) < middle) is is_left]
            _read_side(draft, part, places, is_left=is_left)


def _read_side(draft: Draft, part: str, places: list[int], *, is_left: bool) -> None:
    several: tuple[list[int], list[Known]] | None = None
    for run in _runs(places, is_left=is_left):
        words = draft.words_at(run)
        found = called(words, draft.accounts) if any(char.isalpha() for char in words) else _exactly(words, draft)
        if len(found) == 1:
            draft.say(part, found[0], draft.take(run))
            return
        several = several or ((run, found) if found else None)
    if several:
        run, found = several
        _settle(draft, part, found, draft.words_at(run), draft.take(run))


def _exactly(words: str, draft: Draft) -> list[Known]:
    return [account for account in draft.accounts if account.key == name_key(words)]


def _runs(places: list[int], *, is_left: bool) -> Iterator[list[int]]:
    """Words side by side, the most first; before the arrow those nearest to it, behind it those that come first."""
    for length in range(min(len(places), LONGEST_NAME), 0, -1):
        runs = [places[start : start + length] for start in range(len(places) - length + 1)]
        for run in reversed(runs) if is_left else runs:
            if run[-1] - run[0] == length - 1:
                yield run


def _start(draft: Draft, place: int) -> int:
    token = draft.left[place]
    return token.span[0] if token else 0


def _settle(draft: Draft, part: str, found: list[Known], words: str, spans: tuple[Span, ...]) -> None:
    if len(found) == 1 and part in draft.said:
        draft.refuse(spans, _("One account is enough here."))
    elif len(found) == 1:
        draft.say(part, found[0], spans)
    elif found:
        names = tuple(account.name for account in found[:MOST_CANDIDATES])
        draft.refuse(spans, _("“%(text)s” could be more than one account.") % {"text": words}, names)
    else:
        names = tuple(account.name for account in draft.accounts[:MOST_CANDIDATES])
        draft.refuse(spans, _("No account is called “%(text)s”.") % {"text": words}, names)


def check_sides(draft: Draft) -> None:
    """A transfer needs an account at its end, and not the one it began at."""
    if not draft.arrow:
        return
    one, two = draft.value("account"), draft.value("to_account")
    middle = draft.arrow[0]
    for part, is_left in (("account", True), ("to_account", False)):
        places = [place for place in draft.places("word", "phrase") if (_start(draft, place) < middle) is is_left]
        if part not in draft.said and places and not draft.problems:
            _settle(draft, part, [], draft.words_at(places), draft.take(places))
    if two is None and not draft.problems:
        draft.refuse((draft.arrow,), _("Write which account the money went to."))
    elif one and one == two:
        draft.refuse((draft.arrow,), _("Choose two different accounts."))

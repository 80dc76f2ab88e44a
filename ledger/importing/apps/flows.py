"""Which money of an entry went where: between accounts of one's own first, then to and from categories."""

from __future__ import annotations

from dataclasses import dataclass

from financeflow.money.values import share_out
from ledger.importing.apps.entries import Posting
from ledger.importing.found import FoundPart


@dataclass(slots=True)
class Settled:
    """What money went to or came from, and the category it is; empty for equity and for what is not money."""

    posting: Posting
    category: str
    left: int = 0

    def counted(self, currency: str) -> int | None:
        """What it counts for in a currency, seen from the account that it moves."""
        posting = self.posting
        if posting.currency == currency:
            return -posting.amount
        return -posting.worth if posting.worth is not None and posting.worth_currency == currency else None

    @property
    def words(self) -> str:
        """What to note of it: its memo, and itself where it is no category."""
        posting = self.posting
        label = "" if self.category else f"{posting.account} {posting.said}".strip()
        return " · ".join(each for each in (label, posting.memo) if each)


@dataclass(slots=True)
class Flow:
    """A row to be: this amount of this posting, for these parts or to another account."""

    posting: Posting
    amount: int
    parts: tuple[FoundPart, ...]
    other: Posting | None = None
    # Flows of one entry that share a number are the two sides of a transfer.
    pair: int = 0
    original_amount: int | None = None
    original_currency: str = ""
    notes: tuple[str, ...] = ()


def flows_of(own: list[Posting], rest: list[Settled]) -> list[Flow]:
    """The rows that an entry is for the accounts it moves; those of a posting add up to its amount."""
    if len(own) == 1:
        return [single(own[0], own[0].amount, rest)]
    first, second = own[0], own[1]
    if len(own) == 2 and first.currency != second.currency:
        return _exchanged(first, second, rest)
    flows: list[Flow] = []
    for currency in dict.fromkeys(each.currency for each in own):
        moved = [each for each in own if each.currency == currency]
        flows += _in_one_currency(moved, [each for each in rest if each.counted(currency) is not None], len(flows))
    known = {each.currency for each in own}
    lost = tuple(each.words for each in rest if all(each.counted(currency) is None for currency in known))
    if flows and lost:
        flows[0].notes = (*flows[0].notes, *lost)
    return flows


def single(posting: Posting, amount: int, rest: list[Settled]) -> Flow:
    """One account alone: all the rest is what its money was for."""
    if len(rest) == 1:
        return _for_one_thing(posting, amount, rest[0])
    counts = [each.counted(posting.currency) for each in rest]
    if posting.worth_currency and all(each is None for each in counts):
        counts = list(_shared(posting, amount, rest) or counts)
    parts = [
        FoundPart(count, each.category, each.words)
        for each, count in zip(rest, counts, strict=True)
        if count is not None and count != 0
    ]
    unknown = [each for each, count in zip(rest, counts, strict=True) if count is None]
    if (gap := amount - sum(part.amount for part in parts)) != 0:
        category = unknown[0].category if len(unknown) == 1 else ""
        parts.append(FoundPart(gap, category, " · ".join(each.words for each in unknown)))
    if len(parts) == 1:
        return Flow(posting, amount, (FoundPart(amount, parts[0].category),), notes=(parts[0].memo,))
    return Flow(posting, amount, tuple(parts))


def _for_one_thing(posting: Posting, amount: int, thing: Settled) -> Flow:
    flow = Flow(posting, amount, (FoundPart(amount, thing.category),))
    if words := thing.words:
        flow.notes = (words,)
    if thing.posting.currency and thing.posting.currency != posting.currency:
        flow.original_amount, flow.original_currency = -thing.posting.amount, thing.posting.currency
    return flow


def _shared(posting: Posting, amount: int, rest: list[Settled]) -> list[int] | None:
    """Where the account's own amount is told at a price: its amount shared out by what the rest is at that price."""
    counts = [each.counted(posting.worth_currency) for each in rest]
    known = [abs(count) for count in counts if count is not None]
    signs = {count > 0 for count in counts if count}
    if len(known) < len(counts) or len(signs) != 1 or not sum(known):
        return None
    return share_out(amount, known)


def _exchanged(first: Posting, second: Posting, rest: list[Settled]) -> list[Flow]:
    """Money changed from one currency into another, with what was paid for it on the way."""
    flows: list[Flow] = []
    moved = []
    for posting in (first, second):
        fees = [each for each in rest if each.posting.currency == posting.currency]
        spent = sum(-each.posting.amount for each in fees)
        moved.append(posting.amount - spent)
        if fees and spent:
            flows.append(single(posting, spent, fees))
    if moved[0] * moved[1] >= 0:
        return [single(posting, posting.amount, rest if posting is first else []) for posting in (first, second)]
    pair = [Flow(first, moved[0], (), second, 1), Flow(second, moved[1], (), first, 1)]
    return pair + flows


def _in_one_currency(own: list[Posting], rest: list[Settled], before: int) -> list[Flow]:
    left = [each.amount for each in own]
    flows = _transfers(own, left, before)
    open_ones = sorted((index for index, amount in enumerate(left) if amount), key=lambda index: abs(left[index]))
    for each in rest:
        each.left = each.counted(own[0].currency) or 0
    for index in open_ones[:-1]:
        parts = _taken(left[index], rest)
        flows.append(_with_parts(own[index], left[index], parts))
    if open_ones:
        last = open_ones[-1]
        parts = [FoundPart(each.left, each.category, each.words) for each in rest if each.left]
        flows.append(_with_parts(own[last], left[last], parts))
    elif flows:
        flows[0].notes = tuple(each.words or each.category for each in rest)
    return flows or [Flow(each, 0, ()) for each in own]


def _transfers(own: list[Posting], left: list[int], before: int) -> list[Flow]:
    """What left one account and came into another; `left` keeps what remains of each."""
    flows: list[Flow] = []
    pair = before
    for giver, source in enumerate(own):
        for taker, target in enumerate(own):
            if left[giver] < 0 < left[taker] and source.account != target.account:
                pair += 1
                amount = min(-left[giver], left[taker])
                left[giver] += amount
                left[taker] -= amount
                flows += [Flow(source, -amount, (), target, pair), Flow(target, amount, (), source, pair)]
    return flows


def _taken(amount: int, rest: list[Settled]) -> list[FoundPart]:
    """Parts for an amount, taken from what has its sign, in order."""
    parts = []
    for each in rest:
        if amount and each.left and (each.left > 0) == (amount > 0):
            part = min(abs(amount), abs(each.left)) * (1 if amount > 0 else -1)
            each.left -= part
            amount -= part
            parts.append(FoundPart(part, each.category, each.words))
    return parts


def _with_parts(posting: Posting, amount: int, parts: list[FoundPart]) -> Flow:
    if (gap := amount - sum(part.amount for part in parts)) != 0:
        parts = [*parts, FoundPart(gap)]
    if len(parts) == 1:
        return Flow(posting, amount, (FoundPart(amount, parts[0].category),), notes=(parts[0].memo,))
    return Flow(posting, amount, tuple(parts))

"""What rules make of a transaction: top to bottom, the first that says a thing is the one that counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from ledger.calc.rules.facts import Facts
from ledger.calc.rules.fields import FILING
from ledger.calc.rules.matching import Action, Compiled

# Rules follow one another: what one makes of a transaction the next one sees, and once more from the top until all
# have had their say. Rules that would go round for ever leave a transaction as it is.
MOST_ROUNDS: Final = 8
LONGEST_NOTES: Final = 2000


@dataclass(frozen=True, slots=True)
class Decision:
    """How a transaction would stand, and the keys of the rules that made it so; nothing where it stays as it is."""

    before: Facts
    after: Facts
    rules: tuple[int, ...] = ()
    goes_round: bool = False

    def __bool__(self) -> bool:
        return self.after != self.before


@dataclass
class _Round:
    """One way through the rules; what was said is said."""

    facts: Facts
    also_filed: bool
    renames: bool
    said: set[str] = field(default_factory=set)
    tags: set[int] = field(default_factory=set)
    used: list[int] = field(default_factory=list)


def decide(rules: Sequence[Compiled], facts: Facts, *, also_filed: bool = False, renames: bool = True) -> Decision:
    """What these rules, in their order, make of it.

    What somebody filed stays, unless `also_filed`; without `renames` a payee that is there stays too.
    """
    now, seen = facts, {facts}
    used: dict[int, None] = {}
    for _time in range(MOST_ROUNDS):
        this = _Round(now, also_filed, renames)
        _walk(rules, this)
        if this.facts == now:
            return Decision(facts, now, tuple(used))
        if this.facts in seen:
            break
        now = this.facts
        seen.add(now)
        used.update(dict.fromkeys(this.used))
    return Decision(facts, facts, goes_round=True)


def _walk(rules: Sequence[Compiled], this: _Round) -> None:
    for rule in rules:
        if not rule.matches(this.facts):
            continue
        before = this.facts
        for action in rule.actions:
            _DO[action.do](this, action)
        if this.facts != before:
            this.used.append(rule.key)
        if rule.told.stops:
            return


def _file(this: _Round, action: Action) -> None:
    if this.said & FILING or not this.facts.is_open(also_filed=this.also_filed):
        return
    change = _FILED[action.do](this.facts, action)
    if change is not None:
        this.said.add(action.do)
        this.facts = change


def _under(facts: Facts, action: Action) -> Facts | None:
    return facts._replace(categories=(action.row,))


def _in_parts(facts: Facts, action: Action) -> Facts | None:
    if not facts.amount:
        return None
    return facts._replace(parts=action.parts, categories=tuple(part.category for part in action.parts))


def _moved(facts: Facts, action: Action) -> Facts | None:
    """To another account of the same currency: how much arrives in another one, no rule knows."""
    if action.row == facts.account or action.text != facts.currency or not facts.amount:
        return None
    return facts._replace(transfer=action.row, categories=())


def _pay(this: _Round, action: Action) -> None:
    if "payee" in this.said or (this.facts.payee and not this.renames):
        return
    this.said.add("payee")
    if action.key != this.facts.payee_key:
        this.facts = this.facts._replace(payee=action.text, payee_key=action.key)


def _add_tags(this: _Round, action: Action) -> None:
    fresh = action.rows - this.tags
    this.tags |= fresh
    if fresh - this.facts.tags:
        this.facts = this.facts._replace(tags=this.facts.tags | fresh)


def _remove_tags(this: _Round, action: Action) -> None:
    gone = action.rows - this.tags
    this.tags |= gone
    if gone & this.facts.tags:
        this.facts = this.facts._replace(tags=this.facts.tags - gone)


def _set_notes(this: _Round, action: Action) -> None:
    if "notes" in this.said or (this.facts.notes and not this.also_filed):
        return
    this.said.add("notes")
    this.facts = this.facts._replace(notes=action.text)


def _append_notes(this: _Round, action: Action) -> None:
    notes = "\n".join(filter(None, [this.facts.notes, action.text]))
    if action.text not in this.facts.notes and len(notes) <= LONGEST_NOTES:
        this.facts = this.facts._replace(notes=notes)


_FILED: Final = {"category": _under, "split": _in_parts, "transfer": _moved}
_DO: Final = {
    "category": _file,
    "split": _file,
    "transfer": _file,
    "payee": _pay,
    "add_tags": _add_tags,
    "remove_tags": _remove_tags,
    "set_notes": _set_notes,
    "append_notes": _append_notes,
}

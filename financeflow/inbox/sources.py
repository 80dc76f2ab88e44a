"""What a floor offers to the inbox: kinds of questions, their count, their items, what follows from an answer."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _

from financeflow.money.values import Money

if TYPE_CHECKING:
    from financeflow.households.models import Household, User

# So many of one kind stand in the queue at most; the rest comes when these are decided.
MOST: Final = 30
# The one choice that Enter takes, and the one that answers all that are alike.
ACCEPT, ALL = "accept", "all"
ALMOST_CERTAIN, VERY_LIKELY, LIKELY = 95, 80, 50


@dataclass(frozen=True, slots=True)
class InboxKind:
    """One kind of question: its key in addresses, what people call it, its icon and its place among the kinds."""

    key: str
    label: Any
    icon: str
    order: int = 50


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer: a name that comes back, what the button says, and what only its source has to understand."""

    name: str
    label: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Door:
    """A page, opened as a dialog unless it is `whole`; with `sends` a form asks for it and brings these values."""

    label: str
    url: str
    sends: tuple[tuple[str, str], ...] = ()
    whole: bool = False
    size: str = "wide"


@dataclass(frozen=True)
class InboxItem:
    """One question. `keys` are what it is remembered by when it is dismissed, one for each that is alike.

    Plain values only: it lies in the cache.
    """

    key: str
    title: str
    keys: tuple[str, ...]
    below: str = ""
    money: Money | None = None
    day: date | None = None
    reason: str = ""
    confidence: int | None = None
    # What is suggested, as a mark of its own, with its hue and icon.
    suggested: str = ""
    hue: int | None = None
    icon: str = ""
    choices: tuple[Choice, ...] = ()
    change: Door | None = None
    url: str = ""
    # What it says on the button that dismisses; some questions cannot be left unanswered.
    dismiss: str = ""
    kind: str = ""

    @property
    def like(self) -> int:
        """How many it answers at once."""
        return len(self.keys)

    @cached_property
    def stamp(self) -> str:
        """What the person saw: an answer to something else is none."""
        told = (self.key, self.keys, self.title, self.choices)
        return hashlib.sha256(repr(told).encode()).hexdigest()[:16]

    @property
    def is_doubtful(self) -> bool:
        return self.confidence is not None and self.confidence < LIKELY

    @property
    def sureness(self) -> str:
        """The confidence in words."""
        sure = self.confidence or 0
        if sure >= ALMOST_CERTAIN:
            return _("almost certain")
        if sure >= VERY_LIKELY:
            return _("very likely")
        return _("likely") if sure >= LIKELY else _("only a guess")

    @property
    def has_no_answer(self) -> bool:
        """Nothing can be taken as it is: one has to go and see."""
        return self.choice(ACCEPT) is None

    def choice(self, name: str) -> Choice | None:
        return next((each for each in self.choices if each.name == name), None)


@dataclass(frozen=True)
class Asking:
    """For whom the questions are gathered, on which day, and which of this kind were dismissed for good."""

    household: Household
    today: date
    gone: frozenset[str] = frozenset()

    def left(self, items: Sequence[InboxItem]) -> list[InboxItem]:
        """Those that nobody dismissed."""
        return [each for each in items if not self.gone.issuperset(each.keys)]


@dataclass(frozen=True)
class Deciding:
    """An answer to one item, and by whom it is given."""

    asking: Asking
    item: InboxItem
    choice: Choice
    by: User | None

    @property
    def household(self) -> Household:
        return self.asking.household


@dataclass(frozen=True)
class Source:
    """One kind of question as a floor offers it.

    `count` tells how many things wait; `items` gives at most MOST of them. `decide` carries an answer out; without it
    an answer says that all is right, which is a dismissal. Where `dismiss` is none, the inbox remembers by itself.
    """

    kind: InboxKind
    count: Callable[[Asking], int]
    items: Callable[[Asking], Sequence[InboxItem]]
    decide: Callable[[Deciding], None] | None = None
    dismiss: Callable[[Deciding], None] | None = None
    # Whether it hangs on the books alone, so that what was found is kept until they change.
    is_kept: bool = True

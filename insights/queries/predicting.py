"""What something probably is, told to scripts: by what all know, or by what one household taught."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

from django.utils.translation import gettext as _

from financeflow.households.models import Household
from insights.calc.answering import Answering
from insights.calc.asking import Answer, Asked, Guess, Looks, Ref, Taught
from insights.calc.movements import Movement
from insights.calc.remembering import Remembering
from insights.calc.shared import TRANSFER, SharedModel, shared_model
from insights.models import School
from insights.queries.knowledge import INCOME_KEYS, Knowledge
from insights.queries.lessons import school as school_there
from insights.queries.reasons import reason_for
from ledger.calc.bands import Band, band_of
from ledger.calc.payee_names import readable_name
from ledger.calc.words import name_key
from ledger.models import Category, Payee
from ledger.opening import DEFAULT_CATEGORIES
from ledger.queries.payees import payees_by_key

# What is taught here was said after all that a household said.
LATER: Final = 1e12
MOST_SURE: Final = 0.9999


@dataclass(frozen=True, slots=True)
class Prediction:
    """The key or the name of a category, “transfer”, or nothing; how sure that is, how far one goes, and why."""

    answer: str
    confidence: float
    band: Band
    reason: str

    def told(self) -> dict[str, Any]:
        """A transfer has no category."""
        if self.answer in ("", TRANSFER):
            return {"category": None, "confidence": 0.0, "band": Band.OPEN.value, "reason": self.reason}
        confidence = int(min(MOST_SURE, self.confidence) * 10_000) / 10_000
        return {"category": self.answer, "confidence": confidence, "band": self.band.value, "reason": self.reason}


class Predictor:
    """Answers, and learns for itself alone: nothing of it is kept anywhere."""

    def __init__(
        self, answering: Answering, categories: Mapping[Any, Category], *, school: School | None, is_a_household: bool
    ) -> None:
        self.answering, self.school, self.is_a_household = answering, school, is_a_household
        self.categories: dict[Ref, Category] = {**categories, TRANSFER: Category(key=TRANSFER, name=TRANSFER)}
        names = {str(each.name).casefold(): ref for ref, each in self.categories.items()}
        keys = {each.key.casefold(): ref for ref, each in self.categories.items() if each.key}
        self.refs = {**names, **keys}
        self.taught: set[str] = set()
        self.count = 0

    def teach(self, said: Sequence[tuple[Movement, str]]) -> None:
        """As corrections would, in order; a name that there is no category of is a new one."""
        every = self._asked([movement for movement, _name in said])
        lessons = [self._lesson(asked, name) for (asked, _usual), (_movement, name) in zip(every, said, strict=True)]
        self.answering.teach(lessons)
        self.taught.update(lesson.asked.key for lesson in lessons)

    def predict(self, movements: Sequence[Movement]) -> list[Prediction]:
        every = self._asked(movements)
        answers = self.answering.answer([asked for asked, _usual in every], most=1)
        return [self._told(*each, answer) for each, answer in zip(every, answers, strict=True)]

    def name_of(self, category: str) -> str:
        """As it is answered, of what somebody calls it."""
        ref = self.refs.get(category.casefold())
        return self._shown(ref) if ref is not None else category

    def _lesson(self, asked: Asked, name: str) -> Taught:
        self.count += 1
        ref = self.refs.setdefault(name.casefold(), name)
        self.categories.setdefault(ref, Category(name=name))
        return Taught(line=("taught", self.count), asked=asked, ref=ref, at=LATER + self.count)

    def _asked(self, movements: Sequence[Movement]) -> list[tuple[Asked, int | None]]:
        """With the usual category of who is paid, where that is somebody the household knows."""
        if not self.is_a_household:
            return [(each.asked(), None) for each in movements]
        known = _payees([each.description for each in movements])
        return [_by_payee(each, known[each.description]) for each in movements]

    def _told(self, asked: Asked, usual: int | None, answer: Answer) -> Prediction:
        if usual in self.categories and asked.key not in self.taught:
            return Prediction(self._shown(usual), 1.0, Band.FILED, _("the usual category"))
        if answer.looks == Looks.TRANSFER:
            return Prediction(TRANSFER, answer.moved, Band.OPEN, _("looks like a transfer between own accounts"))
        if not answer.guesses:
            return Prediction("", 0.0, Band.OPEN, _("nothing is known about it"))
        guess = answer.guesses[0]
        return Prediction(self._shown(guess.ref), guess.confidence, self._band(guess), self._reason(guess))

    def _reason(self, guess: Guess) -> str:
        reason = reason_for(guess.because, self.categories[guess.ref])
        return _("a transfer: %(reason)s") % {"reason": reason} if guess.ref == TRANSFER else reason

    def _band(self, guess: Guess) -> Band:
        school = self.school
        if school is None:
            return band_of(guess.confidence)
        band = band_of(guess.confidence, filed_from=school.filed_from, suggested_from=school.suggested_from)
        return Band.SUGGESTED if band == Band.FILED and not school.files_by_itself else band

    def _shown(self, ref: Ref) -> str:
        category = self.categories[ref]
        return category.key or str(category.name)


def for_anybody() -> Predictor:
    """Who has the categories that all begin with, and said nothing yet. No database is asked."""
    openings = [child for top in DEFAULT_CATEGORIES for child in top.children or (top,)]
    model = cast(SharedModel, Remembering(shared_model()))
    categories: dict[Ref, Category] = {each.key: Category(key=each.key, name=str(each.name)) for each in openings}
    answering = Answering(
        model, {key: key for key in model.keys if key in categories}, income=INCOME_KEYS, income_keys=INCOME_KEYS
    )
    return Predictor(answering, categories, school=None, is_a_household=False)


def for_household(household: Household) -> Predictor:
    """By all it taught, whoever may see it; in its own scope."""
    school = school_there()
    answering, usable = Knowledge(frozenset()).learned(school)
    return Predictor(answering, usable, school=school, is_a_household=True)


def _payees(descriptions: Sequence[str]) -> dict[str, Payee | None]:
    """Who each description names, as an import would find them."""
    keys = {said: [name_key(text) for text in (readable_name(said), said) if text] for said in descriptions}
    known = payees_by_key({key for some in keys.values() for key in some})
    return {said: next((known[key] for key in some if key in known), None) for said, some in keys.items()}


def _by_payee(movement: Movement, payee: Payee | None) -> tuple[Asked, int | None]:
    if payee is None:
        return movement.asked(), None
    return movement.asked(payee=payee.name, payee_key=payee.key), payee.default_category_id

"""The form of a rule: any number of conditions and deeds, each a row that can be added and removed without scripts."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from financeflow.web.plain_text import validate_plain_text
from ledger.calc.rules import Condition, Deed, Problem, RuleProblems, Told, check_rule
from ledger.calc.rules.checking import MOST_CONDITIONS, MOST_DEEDS, MOST_PARTS, is_uid
from ledger.calc.rules.sentences import sentence_of, short_name
from ledger.forms.rules.desk import RuleDesk
from ledger.forms.rules.rows import NOT, ConditionRow, DeedRow, PartRow
from ledger.models import Rule
from ledger.models.categories import validate_tag

_BUTTON: Final = re.compile(r"(add|drop|part|unpart)-([cd])(?:-(\d{1,3}))?(?:-(\d{1,2}))?")
# A tag that is yet to be added is checked like one that is there.
_ANY_UID: Final = "00000000-0000-4000-8000-000000000000"


class RuleHead(forms.Form):
    """What a rule is called, and how it stands to its conditions and to later rules."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=80,
        required=False,
        validators=[validate_plain_text],
        help_text=gettext_lazy("Left empty, it is named by what it does."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    match = forms.ChoiceField(label=gettext_lazy("When"), choices=Rule.Match.choices)
    stops = forms.BooleanField(
        label=gettext_lazy("No later rule after this one"),
        required=False,
        help_text=gettext_lazy("What it matches is left alone by the rules below it."),
    )
    apply = forms.BooleanField(label=gettext_lazy("Also apply it to what is there already"), required=False)
    edit_version = forms.IntegerField(min_value=1, max_value=2**31, required=False, widget=forms.HiddenInput)


class RuleForm:
    """What a person says about a rule."""

    def __init__(
        self, sent: QueryDict | None, *, desk: RuleDesk, rule: Rule | None = None, told: Told | None = None
    ) -> None:
        self.desk, self.rule = desk, rule
        self.is_bound = sent is not None
        self.data = QueryDict(mutable=True) if sent is None else sent
        first: dict[str, Any] = {}
        if told:
            first = {"name": told.name, "match": "any" if told.match_any else "all", "stops": told.stops}
        if rule:
            first["edit_version"] = rule.edit_version
        self.head = RuleHead(sent, initial=first)
        self.errors: list[str] = []
        self.conditions = self._sent_conditions() if self.is_bound else self._kept_conditions(told)
        self.deeds = self._sent_deeds() if self.is_bound else self._kept_deeds(told)

    def _numbers(self, of: str, most: int) -> list[str]:
        found = [text for text in self.data.getlist(of) if text.isascii() and text.isdecimal() and len(text) < 4]
        return list(dict.fromkeys(found))[: most + 1]

    def _sent_conditions(self) -> list[ConditionRow]:
        rows = []
        for number, at in enumerate(self._numbers("c", MOST_CONDITIONS)):
            op = self.data.get(f"c{at}-op", "contains")
            values = [value[:2000] for value in self.data.getlist(f"c{at}-value")[:60]]
            negate = op.startswith(NOT)
            rows.append(
                ConditionRow(number, self.desk, self.data.get(f"c{at}-field", ""), op.removeprefix(NOT), negate, values)
            )
        return rows or [ConditionRow(0, self.desk)]

    def _kept_conditions(self, told: Told | None) -> list[ConditionRow]:
        kept = told.conditions if told else ()
        rows = [
            ConditionRow(number, self.desk, each.field, each.op, each.negate, self._as_typed(each))
            for number, each in enumerate(kept)
        ]
        return rows or [ConditionRow(0, self.desk)]

    def _as_typed(self, condition: Condition) -> list[str]:
        if condition.field in ("amount", "signed"):
            return [self.desk.amount_text(value) for value in condition.values]
        return list(condition.values)

    def _sent_deeds(self) -> list[DeedRow]:
        rows = []
        for number, at in enumerate(self._numbers("d", MOST_DEEDS)):
            columns = [self.data.getlist(f"d{at}-{name}")[: MOST_PARTS + 1] for name in ("category", "share", "memo")]
            parts = [PartRow(*each) for each in zip(*columns, strict=False)]
            rows.append(
                DeedRow(number, self.desk, self.data.get(f"d{at}-do", ""), self.data.get(f"d{at}-value", ""), parts)
            )
        return rows or [DeedRow(0, self.desk)]

    def _kept_deeds(self, told: Told | None) -> list[DeedRow]:
        kept = told.deeds if told else ()
        return [self._kept_deed(number, each) for number, each in enumerate(kept)] or [DeedRow(0, self.desk)]

    def _kept_deed(self, number: int, deed: Deed) -> DeedRow:
        names = self.desk.names
        is_tags = deed.do.endswith("tags")
        value = ", ".join(names.get(uid, "") for uid in deed.values) if is_tags else "".join(deed.values)
        parts = [PartRow(category, str(share), memo) for category, share, memo in deed.parts]
        return DeedRow(number, self.desk, deed.do, value, parts)

    def press(self, button: str) -> None:
        """Do what a button of the page does to the rows."""
        found = _BUTTON.fullmatch(button)
        if not found:
            return
        verb, of, at, inner = found[1], found[2], int(found[3] or 0), int(found[4] or 0)
        rows: list[Any] = self.conditions if of == "c" else self.deeds
        if verb == "add" and len(rows) < (MOST_CONDITIONS if of == "c" else MOST_DEEDS):
            rows.append(ConditionRow(len(rows), self.desk) if of == "c" else self._next_deed())
        elif verb == "drop" and at < len(rows) and len(rows) > 1:
            del rows[at]
        elif of == "d" and at < len(rows):
            _press_part(rows[at].parts, verb, inner)
        for number, row in enumerate(rows):
            row.number = number

    def _next_deed(self) -> DeedRow:
        """The next thing that is not done yet."""
        done = {row.do for row in self.deeds}
        do = next((each for each in ("category", "add_tags", "payee", "append_notes") if each not in done), "set_notes")
        return DeedRow(len(self.deeds), self.desk, do)

    def is_valid(self) -> bool:
        """Whether it can be saved; if not, each row and the form say why."""
        if not self.is_bound:
            return False
        head_is_fine = self.head.is_valid()
        try:
            check_rule(*self._checkable())
        except RuleProblems as wrong:
            self.blame(wrong.problems)
        for row in self.deeds:
            self._check_tags(row)
        rows: list[Any] = [*self.conditions, *self.deeds]
        return head_is_fine and not self.errors and not any(row.error for row in rows)

    def _checkable(self) -> tuple[list[Condition], list[Deed]]:
        """As if tags that are yet to be added were there."""
        deeds = [row.deed() for row in self.deeds]
        tagless = [
            replace(deed, values=tuple(value if is_uid(value) else _ANY_UID for value in deed.values))
            if deed.do.endswith("tags")
            else deed
            for deed in deeds
        ]
        return [row.condition() for row in self.conditions], tagless

    def _check_tags(self, row: DeedRow) -> None:
        if row.shape != "tags" or row.error:
            return
        tag = forms.CharField(max_length=40, validators=[validate_plain_text, validate_tag])
        try:
            for value in row.deed().values:
                tag.clean(value)
        except forms.ValidationError as why:
            row.error = why.messages[0]

    def blame(self, problems: tuple[Problem, ...]) -> None:
        """Say at each row what is wrong with it; the rest on top."""
        rows: dict[str, list[Any]] = {"conditions": self.conditions, "deeds": self.deeds}
        for problem in problems:
            if problem.at is None or problem.at >= len(rows.get(problem.of, ())):
                self.errors.append(problem.sentence)
            elif not (row := rows[problem.of][problem.at]).error:
                row.error = problem.sentence

    def told(self) -> Told:
        """What the rows say, for a preview; tags that are yet to be added among them."""
        conditions, deeds = tuple(row.condition() for row in self.conditions), tuple(row.deed() for row in self.deeds)
        key = self.rule.pk if self.rule else 0
        match_any, stops = self.match == "any", bool(self._said("stops"))
        return Told(key, str(self._said("name") or ""), match_any, conditions, deeds, stops)

    def _said(self, name: str) -> Any:
        return self.data.get(name) if self.is_bound else self.head.initial.get(name)

    def previewed(self) -> Told | None:
        """The same where it can be carried out; nothing while something is still missing."""
        try:
            check_rule(*self._checkable())
        except RuleProblems:
            return None
        return self.told()

    def values(self) -> dict[str, Any]:
        told = self.told()
        name = self.head.cleaned_data["name"] or short_name(told, self.desk.names, self.desk.amount_text)
        return {
            "name": name,
            "match": self.head.cleaned_data["match"],
            "stops": self.head.cleaned_data["stops"],
            "conditions": told.conditions,
            "deeds": told.deeds,
        }

    @property
    def edit_version(self) -> int:
        return self.head.cleaned_data["edit_version"] or 0

    @property
    def seen_version(self) -> Any:
        """What the form is sent back with: the version that was seen."""
        return self._said("edit_version") or ""

    @property
    def match(self) -> str:
        return "any" if self._said("match") == "any" else "all"

    @property
    def applies(self) -> bool:
        return bool(self._said("apply"))

    @property
    def sentence(self) -> str:
        return sentence_of(self.told(), self.desk.names, self.desk.amount_text)

    @property
    def blames(self) -> bool:
        rows: list[Any] = [*self.conditions, *self.deeds]
        return bool(self.errors or self.head.errors or any(row.error for row in rows))


def _press_part(parts: list[PartRow], verb: str, at: int) -> None:
    if verb == "part" and len(parts) < MOST_PARTS:
        parts.append(PartRow())
    elif verb == "unpart" and at < len(parts) and len(parts) > 2:
        del parts[at]

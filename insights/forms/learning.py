"""Forms of the learning page: how far the app goes by itself, and what is to be forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from insights.queries.faring import Lately
from insights.queries.schooling import Bounds

NEVER: Final = "never"
FILE_FROM: Final = (90, 95, 98, 99)
SUGGEST_FROM: Final = (50, 60, 70, 80)
CHOOSE: Final = {"invalid_choice": gettext_lazy("Choose one from the list."), "required": gettext_lazy("Choose one.")}


class BoundsForm(forms.Form):
    """Each choice says what it would have meant for what people filed in the last 90 days."""

    file_from = forms.ChoiceField(label=gettext_lazy("File by itself"), widget=forms.RadioSelect, error_messages=CHOOSE)
    suggest_from = forms.ChoiceField(label=gettext_lazy("Suggest"), widget=forms.RadioSelect, error_messages=CHOOSE)

    def __init__(self, *args: Any, bounds: Bounds, lately: Lately, **kwargs: Any) -> None:
        filed = str(bounds.filed_from) if bounds.files_by_itself else NEVER
        kwargs["initial"] = {"file_from": filed, "suggest_from": str(bounds.suggested_from)}
        super().__init__(*args, **kwargs)
        self._offer(
            "file_from",
            [*_choices(FILE_FROM, bounds.filed_from, lately, filed_words), (NEVER, _("Never, only suggest"))],
        )
        self._offer("suggest_from", _choices(SUGGEST_FROM, bounds.suggested_from, lately, suggested_words))

    def _offer(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def values(self) -> dict[str, Any]:
        """For the action: with “never” the bound stays what it was."""
        chosen = self.cleaned_data["file_from"]
        filed = {} if chosen == NEVER else {"filed_from": int(chosen)}
        suggested_from = int(self.cleaned_data["suggest_from"])
        return {"files_by_itself": chosen != NEVER, **filed, "suggested_from": suggested_from}

    def refuse(self, errors: dict[str, list[str]]) -> None:
        """What the action has against it stands at the field."""
        names = {"filed_from": "file_from", "suggested_from": "suggest_from"}
        for name, said in errors.items():
            self.add_error(names.get(name), said)


def _choices(offered: Sequence[int], chosen: int, lately: Lately, words: Any) -> list[tuple[str, str]]:
    """Those offered, and the one that a program has set."""
    return [(str(percent), words(percent, lately)) for percent in sorted({*offered, chosen})]


def filed_words(percent: int, lately: Lately) -> str:
    """“From 95 % sure: would have filed 83 of 120, 1 of them wrong”."""
    sure = _("From %(percent)s %% sure") % {"percent": percent}
    words = {**_counted(percent, lately), "sure": sure}
    if not lately.count:
        return sure
    if not words["wrong"]:
        return _("%(sure)s: would have filed %(count)s of %(all)s, none of them wrong") % words
    return _("%(sure)s: would have filed %(count)s of %(all)s, %(wrong)s of them wrong") % words


def suggested_words(percent: int, lately: Lately) -> str:
    sure = _("From %(percent)s %% sure") % {"percent": percent}
    words = {**_counted(percent, lately), "sure": sure}
    if not lately.count:
        return sure
    return _("%(sure)s: would have guessed at %(count)s of %(all)s, %(right)s of them right") % words


def _counted(percent: int, lately: Lately) -> dict[str, Any]:
    share = lately.from_percent(percent)
    return {"count": share.of, "all": lately.count, "wrong": share.wrong, "right": share.right}


class ForgetNameForm(forms.Form):
    """A name by its key."""

    key = forms.CharField(max_length=160, strip=False)


class ForgetForm(forms.Form):
    """Everything, or what one's own private accounts taught; asked only where there are both."""

    what = forms.ChoiceField(
        label=gettext_lazy("What to forget"),
        widget=forms.RadioSelect,
        initial="all",
        choices=[
            ("all", gettext_lazy("All that was learned")),
            ("private", gettext_lazy("Only what my private accounts taught")),
        ],
        error_messages=CHOOSE,
    )

    def __init__(self, *args: Any, has_private: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_private:
            del self.fields["what"]

    @property
    def is_private(self) -> bool:
        return bool(self.cleaned_data.get("what") == "private")

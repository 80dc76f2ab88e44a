"""How a member wants to be told of each kind, and when not: boxes a line, and hours of the clock."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from financeflow.notify.kinds import NoticeKind
from financeflow.notify.models import NoticeHours
from financeflow.notify.queries import Channels
from financeflow.tenancy.clock import TIME_ZONES


class ChannelsForm(forms.Form):
    """Two boxes for each kind of notice."""

    def __init__(self, sent: Any, channels: Sequence[Channels]) -> None:
        super().__init__(sent)
        self.channels = channels
        for each in channels:
            shown, mailed = _names(each.kind)
            self.fields[shown] = forms.BooleanField(label=_("On the page"), required=False, initial=each.shown)
            self.fields[mailed] = forms.BooleanField(label=_("By e-mail"), required=False, initial=each.mailed)

    def lines(self) -> Iterator[tuple[NoticeKind, list[forms.BoundField]]]:
        """Each kind with its boxes."""
        for each in self.channels:
            yield each.kind, [self[name] for name in _names(each.kind)]

    def chosen(self) -> dict[str, tuple[bool, bool]]:
        """By kind, whether it is shown and whether it is mailed."""
        said = self.cleaned_data
        return {each.kind.name: (said[_names(each.kind)[0]], said[_names(each.kind)[1]]) for each in self.channels}


def _names(kind: NoticeKind) -> tuple[str, str]:
    return f"{kind.name}-shown", f"{kind.name}-mailed"


class HoursForm(forms.Form):
    """From when to when no letters come, and where the clock hangs; left empty, they come at any time."""

    begins = forms.TimeField(
        label=_("No letters from"), required=False, widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )
    ends = forms.TimeField(
        label=_("Until"), required=False, widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )
    time_zone = forms.ChoiceField(
        label=_("By the clock of"), required=False, help_text=_("Choose your own if you live elsewhere.")
    )

    def __init__(self, sent: Any, hours: NoticeHours | None, *, household_zone: str) -> None:
        now = {name: getattr(hours, name) for name in self.base_fields} if hours else {}
        super().__init__(sent, initial=now)
        words = _("The household: %(zone)s") % {"zone": household_zone.replace("_", " ")}
        field: Any = self.fields["time_zone"]
        field.choices = [("", words), *TIME_ZONES]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        begins, ends = said.get("begins"), said.get("ends")
        if self.errors:
            return said
        if (begins is None) != (ends is None):
            self.add_error(
                "ends" if ends is None else "begins", _("Say both when it begins and when it ends, or neither.")
            )
        elif begins is not None and begins == ends:
            self.add_error("ends", _("This is when it begins. Choose another time, or switch the letters off above."))
        return said

    def chosen(self) -> dict[str, Any]:
        """The hours and where their clock hangs, as the action takes them."""
        said = self.cleaned_data
        hours: tuple[time, time] | None = (said["begins"], said["ends"]) if said["begins"] is not None else None
        return {"hours": hours, "time_zone": said["time_zone"]}

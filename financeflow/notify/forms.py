"""How a member wants to be told of each kind: a form with two boxes a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from financeflow.notify.kinds import NoticeKind
from financeflow.notify.queries import Channels


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

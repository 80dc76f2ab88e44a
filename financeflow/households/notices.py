"""What households tell people: who has joined."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from financeflow.households.actions.joining import JOINED
from financeflow.notify.kinds import NoticeKind

MEMBER_JOINED = NoticeKind(
    name=JOINED,
    label=_("Somebody joined"),
    about=_("For owners: when somebody took an invitation to this household."),
    icon="people",
    action=_("See the members"),
)

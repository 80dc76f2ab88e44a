"""Two kinds of notices for tests: one is shown, the other comes by mail."""

from __future__ import annotations

from typing import Any

from financeflow.households.models import Household, User
from financeflow.notify.actions import Notice, notify
from financeflow.notify.kinds import Letter, NoticeKind
from financeflow.notify.models import Notification
from financeflow.tenancy.scope import household_scope


def _letter(notice: Notification) -> Letter:
    return Letter(f"About {notice.title}", "emails/ledger/monthly_summary", {"rows": [("Food", "€12.00")]})


WEATHER = NoticeKind("weather", "Weather", "When it rains")
STORMS = NoticeKind("storms", "Storms", "When it storms", letter=_letter, shown=False, mailed=True)
KINDS = [f"{__name__}.WEATHER", f"{__name__}.STORMS"]


def tell(household: Household, *users: User, kind: str = "weather", once: str = "1", **said: Any) -> list[Notification]:
    said = {"title": "Rain <b>today</b>", "path": "/transactions/?month=2026-10", **said}
    with household_scope(household.pk):
        notices = [Notice(user.pk, **said) for user in users]
        return notify(household_id=household.pk, kind=kind, once=once, notices=notices)


def kept(household: Household) -> list[Notification]:
    with household_scope(household.pk):
        return list(Notification.objects.order_by("pk"))

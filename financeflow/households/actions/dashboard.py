"""How a member likes the dashboard: a matter of taste, which no history keeps."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from financeflow.households.models import Membership
from financeflow.web.widgets import Arrangement


def arrange_dashboard(
    member: Membership, *, order: Sequence[str], hidden: Collection[str], known: Collection[str]
) -> Arrangement:
    """Keep the order of the parts and which of them are hidden; each of those there are, once. What was hidden and is
    not there now stays hidden: it may come back."""
    was_hidden = Arrangement.read(member.dashboard).hidden
    for key in [*order, *(set(hidden) - was_hidden)]:
        if key not in known:
            raise ValidationError(_("The dashboard has no part “%(key)s”.") % {"key": key[:40]})
    if len(set(order)) != len(order):
        raise ValidationError(_("A part can stand on the dashboard only once."))
    arranged = Arrangement(tuple(order), frozenset(hidden))
    _keep(member, arranged)
    return arranged


def reset_dashboard(member: Membership) -> Arrangement:
    """As it was at first."""
    _keep(member, Arrangement())
    return Arrangement()


def _keep(member: Membership, arranged: Arrangement) -> None:
    member.dashboard = arranged.stored()
    member.save(update_fields=["dashboard"])

"""What households hang on the dashboard: the checklist of the first days."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext_lazy as _

from financeflow.web.first_steps import steps_for
from financeflow.web.widgets import Context, Look, Widget


def widgets(look: Look) -> list[Widget]:
    # Who may only look has nothing to do; a demo is for looking round.
    if look.is_comparison or look.request.membership.role == "viewer" or look.request.household.expires_at:
        return []
    return [Widget("steps", _("First steps"), "households/_first_steps.html", partial(_first_steps, look), order=6)]


def _first_steps(look: Look) -> Context | None:
    """Until all of them are done."""
    steps = steps_for(look)
    done = sum(step.is_done for step in steps)
    return {"steps": steps, "done": done} if done < len(steps) else None

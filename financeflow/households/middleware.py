"""Each request steps into one household: whose rows it may see, in whose language it is answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from financeflow.households import queries
from financeflow.households.models import Household, Membership, User
from financeflow.tenancy.scope import household_scope

SESSION_KEY = "household"


def enter_household(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        asked = cast(Any, request)
        asked.household, asked.membership = None, None
        if not request.user.is_authenticated:
            return get_response(request)
        membership = queries.membership_in_force(request.user, preferred=request.session.get(SESSION_KEY))
        if membership and _is_over(membership.household):
            return _send_home(request)
        with stepping_in(request, request.user, membership):
            return get_response(request)

    return middleware


@contextmanager
def stepping_in(request: HttpRequest, user: User, membership: Membership | None) -> Iterator[None]:
    """Open the household's scope and the person's language around what follows."""
    asked = cast(Any, request)
    with ExitStack() as stack:
        if user.language:
            stack.enter_context(translation.override(user.language))
        if membership:
            asked.household, asked.membership = membership.household, membership
            stack.enter_context(household_scope(membership.household_id, viewer=user.pk))
            stack.enter_context(timezone.override(membership.household.time_zone))
        yield


def _is_over(household: Household) -> bool:
    return household.expires_at is not None and household.expires_at <= timezone.now()


def _send_home(request: HttpRequest) -> HttpResponse:
    logout(request)
    messages.info(
        request, _("The demo is over: its 24 hours have passed and its data is gone. Start another whenever you like.")
    )
    return redirect("landing")

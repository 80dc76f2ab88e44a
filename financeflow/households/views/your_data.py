"""Everything out, and everything away: export, deletion of a household, deletion of an account."""

from __future__ import annotations

import uuid
from typing import cast

from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.text import slugify
from django.utils.translation import gettext as _

from financeflow.households import actions, exports, queries
from financeflow.households.forms import ConfirmForm
from financeflow.households.jobs import EXPORT
from financeflow.households.models import User
from financeflow.jobs import actions as job_actions
from financeflow.jobs.models import Job
from financeflow.tenancy.clock import today_in
from financeflow.tenancy.guards import MemberRequest, member, signed_in
from financeflow.web.errors import too_many
from financeflow.web.files import send_file
from financeflow.web.limits import seconds_to_wait
from financeflow.web.pages import done, go, page, posted

TRIES, QUARTER = 10, 900


@member("viewer")
def settings_data(request: MemberRequest) -> HttpResponse:
    is_owner = request.membership.role == "owner"
    exported = list(queries.exports_of(request.user, EXPORT)) if is_owner else []
    context = {"exported": exported, "running": any(not job.is_over for job in exported)}
    return page(request, "settings/your_data.html", context, partial="exports")


@member("owner", "POST")
def export_start(request: MemberRequest) -> HttpResponse:
    running = Job.objects.filter(kind=EXPORT, by=request.user, state__in=[Job.State.QUEUED, Job.State.RUNNING])
    if not running.exists():
        job_actions.start_job(household=request.household, by=request.user, kind=EXPORT)
    return redirect("settings_data")


@member("owner")
def export_download(request: MemberRequest, uid: uuid.UUID) -> HttpResponseBase:
    job = get_object_or_404(Job, uid=uid, kind=EXPORT, by=request.user, state=Job.State.DONE)
    path = exports.path_of(request.household.uid, job.uid)
    if not path.is_file():
        raise Http404
    name = f"financeflow-{slugify(request.household.name) or 'household'}-{today_in('UTC')}.zip"
    return send_file(request, path, name=name, content_type="application/zip")


@member("owner", "GET", "POST")
def household_delete(request: MemberRequest) -> HttpResponse:
    form = ConfirmForm(request.user, posted(request))
    if wait := _wait(request):
        return too_many(request, wait=wait)
    if form.is_valid():
        return _delete(request)
    status = 422 if form.errors else 200
    return page(request, "settings/household_delete.html", {"form": form}, partial="form", status=status)


def _delete(request: MemberRequest) -> HttpResponse:
    if request.household.expires_at:
        actions.end_sandbox(request.household)
        logout(request)
        messages.info(request, _("The demo is gone. Start another whenever you like."))
        return go(request, "landing")
    actions.delete_household(request.household, by=request.user)
    return go(request, "settings_data")


@member("owner", "POST")
def household_keep(request: MemberRequest) -> HttpResponse:
    actions.cancel_deletion(request.household, by=request.user)
    return done(request, "settings_data")


@signed_in("GET", "POST")
def person_delete(request: HttpRequest) -> HttpResponse:
    person = cast(User, request.user)
    if person.is_guest:
        return go(request, "household_delete")
    form = ConfirmForm(person, posted(request))
    if wait := _wait(request):
        return too_many(request, wait=wait)
    if form.is_valid() and _delete_account(request, person, form):
        return go(request, "landing")
    kept = [name for each in queries.memberships_of(person) for name in queries.kept_private(each)]
    context = {"form": form, "held": queries.households_held_by(person), "kept": kept}
    return page(request, "settings/person_delete.html", context, partial="form", status=422 if form.errors else 200)


def _delete_account(request: HttpRequest, person: User, form: ConfirmForm) -> bool:
    try:
        actions.delete_account(person)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    logout(request)
    messages.info(request, _("Your account is deleted. Thank you for having been here."))
    return True


def _wait(request: HttpRequest) -> int:
    """A password is not guessed here either."""
    if request.method != "POST":
        return 0
    return seconds_to_wait("password", str(cast(User, request.user).pk), limit=TRIES, per=QUARTER)

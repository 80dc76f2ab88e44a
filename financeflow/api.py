"""The JSON face: every app's router, under one document, with one shape for what goes wrong."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError, Throttled
from ninja.errors import ValidationError as MalformedError

from financeflow import VERSION
from financeflow.history.refusal import Refused
from financeflow.tenancy.guards import MemberRequest, signed_in
from financeflow.web.api_door import PROBLEMS, Pace, viewer
from financeflow.web.api_reference import Reference

api = NinjaAPI(
    title="FinanceFlow",
    version=VERSION,
    description="The books of the household you work in. Amounts are whole minor units (cents) beside their currency.",
    urls_namespace="api",
    docs=Reference(),
    docs_url="/docs",
    docs_decorator=signed_in(),
    auth=viewer,
    throttle=Pace(settings.API_REQUESTS_PER_MINUTE),
)


Fields = dict[str, list[str]]


def _problem(request: HttpRequest, status: int, detail: str, fields: Fields | None = None) -> HttpResponse:
    return api.create_response(request, {"detail": detail, "fields": fields or {}}, status=status)


@api.exception_handler(MalformedError)
def malformed(request: HttpRequest, error: MalformedError) -> HttpResponse:
    fields: Fields = {}
    for each in error.errors:
        named = [str(part) for part in each["loc"][1:] if part != "sent"]
        fields.setdefault(".".join(named) or "body", []).append(each["msg"])
    return _problem(request, 422, _("Some of what was sent is not right."), fields)


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    found = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
    fields = {("body" if name == NON_FIELD_ERRORS else name): messages for name, messages in found.items()}
    return _problem(request, 422, _("Some of what was sent is not right."), fields)


@api.exception_handler(Refused)
def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    return _problem(request, 409, str(error))


@api.exception_handler(PermissionDenied)
def denied(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    return _problem(request, 403, str(error) or _("Your role in this household does not allow this."))


@api.exception_handler(Http404)
def missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return _problem(request, 404, _("There is nothing at this address."))


@api.exception_handler(HttpError)
def failed(request: HttpRequest, error: HttpError) -> HttpResponse:
    detail = _("Log in first.") if error.status_code == 401 else str(error)
    response = _problem(request, error.status_code, detail)
    if isinstance(error, Throttled):
        response["Retry-After"] = str(error.wait or 60)
    return response


class Me(Schema):
    """Who is asking, and in which household."""

    uid: uuid.UUID
    email: str
    name: str
    household: uuid.UUID
    household_name: str
    base_currency: str
    locale: str
    time_zone: str
    role: str


@api.get("/me", response={200: Me, **PROBLEMS}, tags=["me"], summary="Who you are, and in which household")
def me(request: MemberRequest) -> dict[str, Any]:
    person, household = request.user, request.household
    return {
        "uid": person.uid,
        "email": person.email,
        "name": person.name,
        "household": household.uid,
        "household_name": household.name,
        "base_currency": household.base_currency,
        "locale": household.locale,
        "time_zone": household.time_zone,
        "role": request.membership.role,
    }


for prefix, router in settings.API_ROUTERS.items():
    api.add_router(prefix, router)

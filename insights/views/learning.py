"""The page of what was learned: names, how guesses fared, how far the app goes by itself, and forgetting."""

from __future__ import annotations

from django.core.exceptions import BadRequest, ValidationError
from django.http import Http404, HttpResponse

from financeflow.tenancy.clock import today_in
from financeflow.tenancy.guards import MemberRequest, member
from financeflow.web.pages import done, go, page, posted
from insights.actions.forgetting import forget_all, forget_name, forget_private
from insights.actions.schooling import change_school
from insights.forms.learning import BoundsForm, ForgetForm, ForgetNameForm
from insights.queries.learned import NamePage, Place, name_page, names, read_place
from insights.queries.sheet import LearningSheet, has_private
from insights.views.figures import LearningFigures


@member("viewer")
def insight_list(request: MemberRequest) -> HttpResponse:
    return page(request, "insights/insight_list.html", {"sheet": _sheet(request)})


@member("viewer")
def learning_show(request: MemberRequest) -> HttpResponse:
    sheet = _sheet(request)
    context = {"sheet": sheet, "figures": LearningFigures(request, sheet), "found": _names(request)}
    return page(
        request, "insights/learning_show.html", {**context, "form": _bounds_form(request, sheet)}, partial="names"
    )


@member("editor", "GET", "POST")
def learning_settings(request: MemberRequest) -> HttpResponse:
    form = _bounds_form(request, _sheet(request))
    if form.is_valid() and _changed(request, form):
        return go(request, "learning_show")
    status = 422 if form.is_bound else 200
    return page(request, "insights/learning_settings.html", {"form": form}, status=status)


@member("editor", "POST")
def name_forget(request: MemberRequest) -> HttpResponse:
    form = ForgetNameForm(request.POST)
    if not form.is_valid():
        raise BadRequest("Say which name.")
    known = names([form.cleaned_data["key"]])
    if not known:
        raise Http404
    for key, each in known.items():
        forget_name(household=request.household, by=request.user, key=key, name=each.name)
    return done(request, "learning_show")


@member("editor", "GET", "POST")
def learning_forget(request: MemberRequest) -> HttpResponse:
    form = ForgetForm(posted(request), has_private=has_private(request.user.pk))
    if form.is_valid():
        forget = forget_private if form.is_private else forget_all
        forget(household=request.household, by=request.user)
        return go(request, "learning_show")
    context = {"form": form, "sheet": _sheet(request)}
    status = 422 if form.is_bound else 200
    return page(request, "insights/learning_forget.html", context, partial="form", status=status)


def _sheet(request: MemberRequest) -> LearningSheet:
    return LearningSheet(today_in(request.household.time_zone))


def _bounds_form(request: MemberRequest, sheet: LearningSheet) -> BoundsForm:
    return BoundsForm(posted(request), bounds=sheet.bounds, lately=sheet.lately)


def _changed(request: MemberRequest, form: BoundsForm) -> bool:
    try:
        change_school(household=request.household, by=request.user, **form.values())
    except ValidationError as error:
        form.refuse(error.message_dict)
    return not form.errors


def _names(request: MemberRequest) -> NamePage:
    words = request.GET.get("q", "")[:100].replace("\x00", "").strip()
    return name_page(words, _place(request))


def _place(request: MemberRequest) -> Place | None:
    """Whatever is no place in the list is a page that is not there."""
    for name in ("after", "before"):
        if name in request.GET:
            place = read_place(request.GET[name][:250], is_back=name == "before")
            if place is None:
                raise Http404
            return place
    return None

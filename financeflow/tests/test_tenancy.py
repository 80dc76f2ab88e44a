"""Every address, walked as a passer-by, a stranger, a viewer, an editor, an owner and as support staff."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import path as route_to
from django.urls import reverse

from financeflow.households.models import User
from financeflow.support import group
from financeflow.testing import UserFactory
from financeflow.tests.house import doors, nothing_wrong
from financeflow.tests.walk.home import PLACES, SECRET, Home, furnish, state_of, stranger, things_for

pytestmark = pytest.mark.django_db
Headers = dict[str, str] | None
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]
WRITE = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM) "(?:households_|ledger_|budgets_|bills_|banking_|insights_)')
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
RANKS = {"viewer": 1, "editor": 2, "owner": 3}
# Names of addresses where a person may do or see what the rule forbids, and why.
OPEN_TO_PASSERS_BY = {
    "api:api-root": "says only where the API begins",
    "account_*": "the log-in pages",
    "mfa_*": "the second step of a log-in",
}
SHOWN_BY_LINK = {
    "invitation_accept": "whoever has the link is told which household invites",
    "notification_stop": "whoever has the letter is told from which household it came",
}
ABOUT_ONESELF = {
    "person_picture": "nobody here has a picture",
    "session_end": "another person's session is not there to be ended",
    "mfa_*": "another person's key is not there to be changed",
    "account_reset_password_from_key": "the link of a mail, worth nothing here",
    "mail_*": "mails are shown in development alone",
    "invitation_accept": "whoever has the link is told which household invites",
    "notification_stop": "whoever has the letter is asked whether it was one too many",
    "admin:*": "staff alone",
}
OF_WHAT_IS_CHOSEN = {"payee_merge": "is about the payees that were chosen, and none was"}
# Their parameters name a kind of thing to do, and no thing of anybody's.
OF_A_KIND = {
    "transaction_filter_by": "what to narrow the list by",
    "report_show": "which report",
    "api:report_show": "which report",
    "report_export": "which report, as which file",
    "report_filter": "which report",
    "report_filter_by": "which report, what to narrow it by",
    "transaction_bulk": "what to do to what is chosen",
    "transaction_export": "which kind of file",
    "quick_add_part": "which part of the line",
    "import_sample": "which made-up file",
}
VIEWERS_MAY = {"household_leave": "one may always leave"}
NEEDS_ASGI = {"events_stream": "a test client cannot be streamed to"}


@dataclass(frozen=True)
class Stop:
    """One address on the walk."""

    name: str
    url: str
    door: tuple[str, str, frozenset[str]] | None
    has_things: bool

    def is_in(self, names: dict[str, str]) -> bool:
        return any(fnmatch(self.name, pattern) for pattern in names)

    @property
    def is_admin(self) -> bool:
        return self.url.startswith("/admin/")

    @property
    def is_api(self) -> bool:
        return self.url.startswith("/api/")

    def methods(self, *, every: bool) -> list[str]:
        """How to ask: pages know GET and POST, and one walk tries the others on them too."""
        return METHODS if self.is_api or (every and not self.is_admin) else METHODS[:2]

    def allows(self, method: str) -> bool:
        return self.door is None or method in self.door[2]


def stops(home: Home, *, nobody: bool = False, patterns: Any = None) -> Iterator[Stop]:
    """Every address, with its parameters filled in; fails where nobody has said what they stand for."""
    seen: set[str] = set()
    for stop in _described(home, nobody, patterns):
        if stop.url not in seen:
            seen.add(stop.url)
            yield stop


def _described(home: Home, nobody: bool, patterns: Any) -> Iterator[Stop]:
    for route, name, view in doors.routes(patterns):
        has_things = "<" in route and name not in OF_A_KIND
        door = getattr(view, "door", None)
        if route in PLACES:
            yield Stop(name, f"/{PLACES[route]}", door, False)
            continue
        things = things_for(name or route, home, nobody=nobody) if "<" in route else {}
        if name.endswith(":") and "<path:object_id>" in route:
            things = {"object_id": 1}  # the admin's old addresses, which lead to the new ones
        assert things is not None, f"{route} ({name}): say in walk/home.py what its parameters stand for"
        url = reverse(name, kwargs=things) if "(?P<" in route else _filled(route, things)
        yield Stop(name, url, door, has_things)


def _filled(route: str, things: dict[str, object]) -> str:
    return "/" + PARAMETER.sub(lambda found: str(things[found[1]]), route)


class Walker:
    """One person's browser; whatever a request changes is taken back after it."""

    def __init__(self, user: User | None) -> None:
        client = Client()
        if user:
            client.force_login(user, backend=BACKEND)
        self.cookies = client.cookies.output(header="", sep=";")

    def ask(self, home: Home, stop: Stop, method: str, headers: Headers = None) -> HttpResponseBase:
        client = Client(headers=headers)
        client.cookies = SimpleCookie(self.cookies)
        cache.clear()
        self.written = False
        content = {"content_type": "application/json", "data": "{}"} if stop.is_api and method != "GET" else {}
        try:
            with transaction.atomic():
                with connection.execute_wrapper(self._watch):
                    answer: HttpResponseBase = getattr(client, method.lower())(stop.url, **content)
                self.body = b"".join(answer) if answer.streaming else answer.content  # type: ignore[attr-defined]
                self.after = state_of(home) if self.written else None
                transaction.set_rollback(True)
        except Exception as error:
            error.add_note(f"{method} {stop.url} ({stop.name})")
            raise
        return answer

    def _watch(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        """Note whether a table that a household owns is written to."""
        self.written = self.written or bool(WRITE.match(sql))
        return execute(sql, params, many, context)

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


@pytest.fixture
def home() -> Home:
    return furnish()


def walked(
    walker: Walker, home: Home, *, every: bool = False, headers: dict[str, str] | None = None
) -> Iterator[tuple[Stop, str, Any]]:
    for stop in stops(home):
        for method in stop.methods(every=every):
            yield stop, method, walker.ask(home, stop, method, headers)


def told(stop: Stop, method: str, answer: Any, why: str) -> str:
    return f"{method} {stop.url} ({stop.name}) answers {answer.status_code}: {why}"


@pytest.mark.once
def test_a_passer_by_gets_no_further_than_the_log_in(home: Home) -> None:
    walker, wrong, before = Walker(None), [], state_of(home)
    for stop, method, answer in walked(walker, home):
        is_open = (stop.door or ("",))[0] == "passer_by" or stop.is_in(OPEN_TO_PASSERS_BY)
        sent_to_log_in = answer.status_code == 302 and answer["Location"].startswith(reverse("account_login"))
        if not is_open and not sent_to_log_in and answer.status_code not in {401, 403, 404, 405}:
            wrong.append(told(stop, method, answer, "it is not for passers-by"))
        if answer.status_code >= 500:
            wrong.append(told(stop, method, answer, "a fault"))
        if SECRET in walker.text and not stop.is_in(SHOWN_BY_LINK):
            wrong.append(told(stop, method, answer, "it shows something of a household"))
        if walker.after not in (None, before):
            wrong.append(told(stop, method, answer, "it changed a household"))
    nothing_wrong(wrong)


@pytest.mark.once
def test_a_stranger_finds_nothing_of_another_household(home: Home) -> None:
    walker, wrong, before = Walker(stranger()), [], state_of(home)
    for stop, method, answer in walked(walker, home, every=True):
        if stop.has_things and not stop.is_in(ABOUT_ONESELF):
            # The API judges what was sent before it looks for anything: that tells nothing.
            expected = {404, 405, 422} if stop.is_api else {404} if stop.allows(method) else {404, 405}
            if answer.status_code not in expected:
                wrong.append(told(stop, method, answer, "a stranger's thing is not found"))
        if stop.is_admin and answer.status_code not in {403, 404, 405}:
            wrong.append(told(stop, method, answer, "the admin is for staff"))
        if answer.status_code >= 500 and not stop.is_in(NEEDS_ASGI):
            wrong.append(told(stop, method, answer, "a fault"))
        if SECRET in walker.text and not stop.is_in(SHOWN_BY_LINK):
            wrong.append(told(stop, method, answer, "it shows something of another household"))
        if walker.after not in (None, before):
            wrong.append(told(stop, method, answer, "it changed another household"))
    nothing_wrong(wrong)


@pytest.mark.once
@pytest.mark.parametrize("role", ["viewer", "editor"])
def test_a_member_does_no_more_than_the_role_allows(home: Home, role: str) -> None:
    walker, wrong, before = Walker(home.people[role]), [], state_of(home)
    for stop, method, answer in walked(walker, home):
        kind, needs, _methods = stop.door or ("", "", frozenset())
        is_above = kind == "member" and RANKS[needs] > RANKS[role]
        if (is_above or stop.is_admin) and answer.status_code not in {403, 404, 405}:
            wrong.append(told(stop, method, answer, f"it is not for a {role}"))
        if answer.status_code >= 500 and not stop.is_in(NEEDS_ASGI):
            wrong.append(told(stop, method, answer, "a fault"))
        if role == "viewer" and walker.after not in (None, before) and not stop.is_in(VIEWERS_MAY):
            wrong.append(told(stop, method, answer, "a viewer changed something"))
    nothing_wrong(wrong)


@pytest.mark.parametrize("headers", [{}, {"hx-request": "true"}], ids=["page", "part"])
def test_an_owner_comes_everywhere(home: Home, headers: dict[str, str]) -> None:
    walker, wrong = Walker(home.people["owner"]), []
    for stop, method, answer in walked(walker, home, headers=headers):
        is_ours = stop.door is not None and not stop.is_admin and not stop.is_in(ABOUT_ONESELF | OF_WHAT_IS_CHOSEN)
        if is_ours and stop.allows(method) and answer.status_code in {401, 403, 404, 405}:
            wrong.append(told(stop, method, answer, "an owner is let in"))
        if answer.status_code >= 500 and not stop.is_in(NEEDS_ASGI):
            wrong.append(told(stop, method, answer, "a fault"))
    nothing_wrong(wrong)


@pytest.mark.once
def test_what_is_not_there_is_not_found(home: Home) -> None:
    walker, wrong = Walker(home.people["owner"]), []
    for stop in stops(home, nobody=True):
        if stop.has_things and not stop.is_in(ABOUT_ONESELF):
            for method in stop.methods(every=False):
                answer = walker.ask(home, stop, method)
                if answer.status_code not in {404, 405} and not (stop.is_api and answer.status_code == 422):
                    wrong.append(told(stop, method, answer, "nothing has this id"))
    nothing_wrong(wrong)


@pytest.mark.parametrize("is_superuser", [False, True], ids=["support", "superuser"])
def test_staff_walk_the_admin_without_a_fault_and_without_a_write(home: Home, is_superuser: bool) -> None:
    staff = UserFactory.create(is_staff=True, is_superuser=is_superuser)
    staff.groups.add(Group.objects.get(name=group.NAME))
    walker, wrong, before = Walker(staff), [], state_of(home)
    for stop in stops(home):
        for method in stop.methods(every=False) if stop.is_admin else []:
            answer = walker.ask(home, stop, method)
            if answer.status_code >= 500 or answer.status_code == 401:
                wrong.append(told(stop, method, answer, "a fault"))
            if walker.after not in (None, before):
                wrong.append(told(stop, method, answer, "staff changed a household"))
            if f"{SECRET} savings" in walker.text:
                wrong.append(told(stop, method, answer, "it shows books that are shut"))
    nothing_wrong(wrong)


def test_an_address_that_nobody_described_stops_the_walk(home: Home) -> None:
    planted = [route_to("planted/<uuid:uid>/", lambda request: None, name="planted_show")]  # type: ignore[return-value, arg-type]
    with pytest.raises(AssertionError, match=r"say in walk/home\.py"):
        list(stops(home, patterns=planted))


def test_the_walk_sees_every_address(home: Home) -> None:
    known = {stop.url for stop in stops(home)}
    assert {"/", "/accounts/", "/api/v1/accounts", "/admin/", "/auth/login/", "/events/"} < known
    assert len(known) > 100

"""The event stream over a real server: who hears what, from where on, and until when."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.utils import timezone

from financeflow.events import draining, queries, streaming
from financeflow.events.models import Event
from financeflow.events.publishing import publish
from financeflow.events.tests.conftest import BACKEND, Reader, wait_until
from financeflow.households.models import Household, Membership, User
from financeflow.tenancy.scope import household_scope
from financeflow.testing import HouseholdFactory, UserFactory, join, owner_of

pytestmark = pytest.mark.django_db(transaction=True)
Open = Callable[[User | None], Reader]


def say(household: Household, name: str = "ledger.changed", subject: uuid.UUID | None = None) -> int:
    with household_scope(household.pk):
        return publish(name, household_id=household.pk, subject=subject).pk


def test_a_member_hears_what_is_announced_by_name_and_id(reader: Open) -> None:
    household = HouseholdFactory.create()
    line = reader(join(household, "viewer")).listen().ready()
    subject = uuid.uuid4()
    first, second = say(household), say(household, "account.changed", subject)
    assert line.event() == {"id": str(first), "event": "ledger.changed", "data": ""}
    assert line.event() == {"id": str(second), "event": "account.changed", "data": str(subject)}


def test_a_stranger_hears_nothing_of_another_household(reader: Open) -> None:
    mine, theirs = HouseholdFactory.create(), HouseholdFactory.create()
    line = reader(owner_of(mine)).listen().ready()
    say(theirs, "account.changed")
    heard = say(mine)
    assert line.event() == {"id": str(heard), "event": "ledger.changed", "data": ""}


def test_a_stranger_cannot_go_on_from_an_id_of_another_household(reader: Open) -> None:
    mine, theirs = HouseholdFactory.create(), HouseholdFactory.create()
    foreign = say(theirs)
    say(theirs, "account.changed")
    line = reader(owner_of(mine)).listen(f"?after={foreign}")
    with household_scope(mine.pk):
        assert line.event() == {"id": str(queries.last_event_id()), "event": "events.gap", "data": ""}


@pytest.mark.parametrize("how", ["header", "query"])
def test_a_reader_that_comes_back_hears_exactly_what_it_missed(reader: Open, how: str) -> None:
    household = HouseholdFactory.create()
    person = reader(owner_of(household))
    seen = say(household)
    missed = [say(household, f"thing{number}.changed") for number in range(5)]
    line = person.listen(**{"Last-Event-ID": str(seen)}) if how == "header" else person.listen(f"?after={seen}")
    replayed = [line.event() for _ in missed]
    assert [(block or {})["id"] for block in replayed] == [str(number) for number in missed]


def test_the_header_wins_over_the_query(reader: Open) -> None:
    household = HouseholdFactory.create()
    first, second, third = say(household), say(household), say(household)
    line = reader(owner_of(household)).listen(f"?after={first}", **{"Last-Event-ID": str(second)})
    assert (line.event() or {})["id"] == str(third)


def test_what_was_forgotten_is_told_as_a_gap(reader: Open) -> None:
    household = HouseholdFactory.create()
    seen = say(household)
    latest = say(household, "account.changed")
    with household_scope(household.pk):
        Event.objects.filter(pk=seen).delete()
    line = reader(owner_of(household)).listen(f"?after={seen}")
    assert line.event() == {"id": str(latest), "event": "events.gap", "data": ""}


def test_whoever_missed_too_much_hears_a_gap(reader: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "MOST_REPLAYED", 3)
    household = HouseholdFactory.create()
    seen = say(household)
    for _ in range(4):
        latest = say(household)
    line = reader(owner_of(household)).listen(f"?after={seen}")
    assert line.event() == {"id": str(latest), "event": "events.gap", "data": ""}


def test_a_reader_of_one_subject_hears_only_that_and_still_moves_on(reader: Open) -> None:
    household = HouseholdFactory.create()
    wanted = uuid.uuid4()
    line = reader(owner_of(household)).listen(f"?subject={wanted}").ready()
    other = say(household, "account.changed", uuid.uuid4())
    assert line.block() == {"id": str(other)}
    mine = say(household, "account.changed", wanted)
    assert line.event() == {"id": str(mine), "event": "account.changed", "data": str(wanted)}


def test_the_answer_may_not_be_kept_or_changed_on_its_way(reader: Open) -> None:
    line = reader(owner_of(HouseholdFactory.create())).listen()
    assert line.status == 200
    assert line.answer.getheader("Content-Type") == "text/event-stream"
    assert line.answer.getheader("Cache-Control") == "no-cache, no-transform"
    assert line.answer.getheader("X-Accel-Buffering") == "no"
    assert line.block() == {"retry": str(streaming.RETRY_MS)}


def test_a_quiet_stream_pings(reader: Open, quick_pings: None) -> None:
    household = HouseholdFactory.create()
    line = reader(owner_of(household)).listen().ready()
    assert line.answer.readline() == b": ping\n"
    heard = say(household)
    assert (line.event() or {})["id"] == str(heard)


def test_a_passer_by_is_refused_with_a_bare_status(reader: Open) -> None:
    line = reader(None).listen()
    assert (line.status, line.answer.getheader("Location")) == (401, None)


def test_whoever_is_in_no_household_is_refused(reader: Open) -> None:
    assert reader(UserFactory.create()).listen().status == 403


@pytest.mark.parametrize(
    "query", ["?after=x", "?after=-1", "?after=1e9", f"?after={'9' * 30}", "?subject=1", "?after=%C2%B2"]
)
def test_a_place_that_cannot_be_read_is_a_bad_request(reader: Open, query: str) -> None:
    assert reader(owner_of(HouseholdFactory.create())).listen(query).status == 400


def test_other_methods_are_refused() -> None:
    client = Client()
    client.force_login(owner_of(HouseholdFactory.create()), backend=BACKEND)
    assert {getattr(client, method)("/events/").status_code for method in ["post", "put", "patch", "delete"]} == {405}


def test_a_server_that_cannot_stream_says_so() -> None:
    client = Client()
    client.force_login(owner_of(HouseholdFactory.create()), backend=BACKEND)
    answer = client.get("/events/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")


def leave(person: User, reader: Reader) -> None:
    Membership.objects.filter(user=person).delete()


def log_out(person: User, reader: Reader) -> None:
    reader.client.logout()


def lock_out(person: User, reader: Reader) -> None:
    User.objects.filter(pk=person.pk).update(is_active=False)


def change_password(person: User, reader: Reader) -> None:
    person.set_password("another good password")
    person.save()


def go_to_another_household(person: User, reader: Reader) -> None:
    session = reader.client.session
    session["household"] = HouseholdFactory.create(owner=person).pk
    session.save()


def let_the_demo_end(person: User, reader: Reader) -> None:
    Household.objects.update(expires_at=timezone.now() - timedelta(seconds=1))


@pytest.mark.parametrize("end", [leave, log_out, lock_out, change_password, go_to_another_household, let_the_demo_end])
@pytest.mark.parametrize("woken_by", ["an event", "the next ping"])
def test_a_stream_ends_with_the_right_to_it(
    reader: Open, end: Callable[[User, Reader], None], woken_by: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if woken_by == "the next ping":
        monkeypatch.setattr(streaming, "PING_SECONDS", 0.3)
    household = HouseholdFactory.create()
    person = join(household, "editor")
    opened = reader(person)
    line = opened.listen().ready()
    with household_scope(household.pk):
        end(person, opened)
    if woken_by == "an event":
        say(household)
    assert line.event() == {"event": "events.ended", "data": ""}
    assert line.event() is None


def test_a_stream_of_another_session_of_the_same_person_goes_on(reader: Open) -> None:
    household = HouseholdFactory.create()
    person = owner_of(household)
    here, there = reader(person), reader(person)
    line = there.listen().ready()
    here.client.logout()
    heard = say(household)
    assert (line.event() or {})["id"] == str(heard)
    assert there.client.session[SESSION_KEY] == str(person.pk)


def test_a_person_has_so_many_streams_and_no_more(reader: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streaming, "MOST_PER_PERSON", 2)
    household = HouseholdFactory.create()
    person = reader(owner_of(household))
    first, _ = person.listen().ready(), person.listen().ready()
    refused = person.listen()
    assert (refused.status, refused.answer.getheader("Retry-After")) == (429, "30")
    assert reader(join(household, "viewer")).listen().status == 200
    first.close()
    wait_until(lambda: person.listen().status == 200)


def test_a_stream_ends_cleanly_when_its_time_is_over(reader: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streaming, "LIFE_SECONDS", 0.0)
    line = reader(owner_of(HouseholdFactory.create())).listen()
    assert line.ready().event() is None


def test_streams_end_when_the_server_is_told_to_stop(reader: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    household = HouseholdFactory.create()
    line = reader(owner_of(household)).listen().ready()
    monkeypatch.setattr(draining, "is_shutting_down", lambda: True)
    say(household)
    assert [block["event"] for block in iter(line.event, None)] in ([], ["ledger.changed"])


@pytest.mark.postgresql
def test_more_streams_than_the_pool_has_connections_all_hear_and_pages_still_answer(reader: Open) -> None:
    pool = settings.DATABASES["default"]["OPTIONS"]["pool"]["max_size"]
    household = HouseholdFactory.create()
    people = [reader(owner_of(household)), reader(join(household, "viewer"))]
    lines = [people[number % 2].listen() for number in range(pool * 2 + 1)]
    for line in lines:
        line.ready()
    for person in people:
        assert person.ask("/toasts/").status == 200
    heard = say(household)
    assert {(line.event() or {})["id"] for line in lines} == {str(heard)}

"""Several who tell and mail the same at the same moment: each member hears of it once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.db import connection

from financeflow.households.models import Household, User
from financeflow.notify import tasks
from financeflow.notify.actions import mark_read
from financeflow.notify.models import Notification
from financeflow.notify.tests.weather import kept, tell
from financeflow.tenancy.scope import household_scope
from financeflow.testing import join

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]


def at_once(deed: Callable[[], Any], times: int = 4) -> list[Any]:
    """What each gave, all begun at the same moment; what one raised fails the test."""
    gate, results = threading.Barrier(times), []

    def run() -> None:
        try:
            gate.wait(timeout=10)
            results.append(deed())
        except Exception as error:
            results.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _each in range(times)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(timeout=30)
    assert [each for each in results if isinstance(each, Exception)] == []
    return results


def test_a_task_run_twice_at_once_tells_each_member_once(household: Household, owner: User) -> None:
    other = join(household, "viewer")
    for number in range(10):
        results = at_once(lambda once=str(number): tell(household, owner, other, once=once))  # type: ignore[misc]
        assert sum(map(len, results)) == 2, results
    assert len(kept(household)) == 20


def test_letters_sent_by_two_workers_at_once_go_out_once(household: Household, owner: User) -> None:
    other = join(household, "viewer")
    told: list[Notification] = []
    for number in range(6):
        told += tell(household, owner, other, kind="storms", once=str(number), title=f"Storm {number}.")
    keys = [notice.pk for notice in told]
    assert sum(at_once(lambda: tasks.mail_notices(household.pk, keys))) == len(keys)
    for person in (owner, other):
        said = "".join(str(letter.body) for letter in mail.outbox if letter.to == [person.email])
        assert [said.count(f"Storm {number}.") for number in range(6)] == [1] * 6
    with household_scope(household.pk):
        assert not Notification.objects.filter(mailed_at=None).exists()


def test_all_read_in_two_tabs_at_once_is_no_fault(household: Household, owner: User) -> None:
    for number in range(5):
        tell(household, owner, once=str(number))

    def read() -> int:
        with household_scope(household.pk):
            return mark_read(household_id=household.pk, user_id=owner.pk)

    assert sum(at_once(read)) == 5

"""Announcing: in order, after commit, heard here and in other processes, forgotten in time."""

from __future__ import annotations

import asyncio
import random
import signal
import threading
import time
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
import redis
from django.conf import settings as django_settings
from django.db import connection, transaction
from django.utils import timezone

from financeflow.events import actions, draining, tasks, waking
from financeflow.events.models import Event
from financeflow.events.publishing import publish
from financeflow.events.tests.conftest import wait_until
from financeflow.households.models import Household
from financeflow.tenancy.scope import every_household, household_scope
from financeflow.testing import HouseholdFactory

pytestmark = pytest.mark.django_db(transaction=True)


def say(household: Household, name: str = "ledger.changed") -> int:
    with household_scope(household.pk):
        return publish(name, household_id=household.pk).pk


def heard(household: Household, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    knocks: list[int] = []
    monkeypatch.setattr("financeflow.events.publishing.wake", knocks.append)
    return knocks


def test_nobody_is_woken_before_the_commit(monkeypatch: pytest.MonkeyPatch) -> None:
    household = HouseholdFactory.create()
    knocks = heard(household, monkeypatch)
    with transaction.atomic():
        say(household)
        assert knocks == []
    assert knocks == [household.pk]


def test_a_write_that_fails_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    household = HouseholdFactory.create()
    knocks = heard(household, monkeypatch)
    with household_scope(household.pk):
        count = Event.objects.count()
        with suppress(InterruptedError), transaction.atomic():
            say(household)
            raise InterruptedError
        assert (knocks, Event.objects.count()) == ([], count)


def in_thread(work: Any) -> threading.Thread:
    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


@pytest.mark.postgresql
def test_a_later_id_waits_for_the_commit_of_an_earlier_one() -> None:
    household = HouseholdFactory.create()
    said, may_commit, order = threading.Event(), threading.Event(), []

    def slow() -> None:
        with transaction.atomic():
            first = say(household)
            said.set()
            may_commit.wait(5)
        order.append(first)

    def quick() -> None:
        said.wait(5)
        order.append(say(household))

    threads = [in_thread(slow), in_thread(quick)]
    said.wait(5)
    time.sleep(0.3)
    assert order == []
    may_commit.set()
    for thread in threads:
        thread.join()
    assert order == sorted(order)
    assert len(order) == 2


@pytest.mark.postgresql
def test_a_reader_who_goes_on_from_the_last_id_misses_nothing_of_many_writers() -> None:
    household = HouseholdFactory.create()
    dice = random.Random(7)

    def write() -> None:
        for _ in range(12):
            with transaction.atomic():
                say(household)
                time.sleep(dice.random() / 200)

    with household_scope(household.pk):
        position = start = Event.objects.latest("id").pk
        writers, heard_ids = [in_thread(write) for _ in range(4)], []
        while any(writer.is_alive() for writer in writers) or Event.objects.filter(id__gt=position).exists():
            heard_ids += (new := list(Event.objects.filter(id__gt=position).values_list("id", flat=True)))
            position = new[-1] if new else position
        assert heard_ids == list(Event.objects.filter(id__gt=start).values_list("id", flat=True))
    assert len(heard_ids) == 48


async def woken_by(knock: Any, household_id: int) -> bool:
    with waking.sleeping(household_id) as bell:
        await asyncio.sleep(0.3)  # the ear on Redis is opened
        bell.clear()
        await asyncio.to_thread(knock)
        try:
            await asyncio.wait_for(bell.wait(), 1)
        except TimeoutError:
            return False
        return True


def test_a_knock_wakes_the_streams_of_its_household_alone() -> None:
    assert asyncio.run(woken_by(lambda: waking.wake(1), 1))
    assert not asyncio.run(woken_by(lambda: waking.wake(2), 1))


@pytest.mark.redis
def test_a_knock_of_another_process_wakes_the_streams_here() -> None:
    other = redis.Redis.from_url(django_settings.REDIS_URL)
    assert asyncio.run(woken_by(lambda: other.publish(waking.CHANNEL, "1:another process"), 1))
    assert not asyncio.run(woken_by(lambda: other.publish(waking.CHANNEL, "nonsense"), 1))
    other.close()


@pytest.mark.redis
def test_an_ear_that_was_cut_off_listens_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waking, "FIRST_WAIT", 0.05)
    other = redis.Redis.from_url(django_settings.REDIS_URL)

    def cut_and_knock() -> None:
        other.client_kill_filter(_type="pubsub")
        wait_until(lambda: other.pubsub_numsub(waking.CHANNEL)[0][1] == 0)
        wait_until(lambda: other.pubsub_numsub(waking.CHANNEL)[0][1] > 0)
        other.publish(waking.CHANNEL, "1:another process")

    assert asyncio.run(woken_by(cut_and_knock, 1))
    other.close()


def test_a_lost_redis_delays_one_write_and_not_the_next(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    tries: list[str] = []

    class Away:
        def publish(self, *message: str) -> None:
            tries.append(message[1])
            raise redis.ConnectionError

    monkeypatch.setattr(waking, "_redis", Away())
    monkeypatch.setattr(waking, "_silent_until", 0.0)
    household = HouseholdFactory.create()
    tries.clear()
    monkeypatch.setattr(waking, "_silent_until", 0.0)
    assert say(household) < say(household)
    assert len(tries) == 1


def test_old_announcements_are_forgotten_but_never_the_latest_of_a_household() -> None:
    quiet, busy = HouseholdFactory.create(), HouseholdFactory.create()
    for _ in range(5):
        say(busy)
    with every_household("a test makes them old"):
        Event.objects.update(at=timezone.now() - tasks.KEPT_FOR - timedelta(hours=1))
    fresh = say(busy)
    assert actions.forget_events(before=timezone.now() - tasks.KEPT_FOR, batch=2) > 5
    with every_household("a test counts what is left"):
        assert list(Event.objects.filter(household=busy).values_list("id", flat=True)) == [fresh]
        assert Event.objects.filter(household=quiet).count() == 1
    assert tasks.forget_events.delay().result in {0, None}


def test_young_announcements_are_kept() -> None:
    household = HouseholdFactory.create()
    say(household)
    tasks.forget_events.delay()
    with household_scope(household.pk):
        assert Event.objects.filter(name="ledger.changed").exists()


def test_streams_hear_the_signal_to_stop_and_so_does_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[int] = []
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    monkeypatch.setattr(draining, "_watching", False)
    monkeypatch.setattr(draining, "_shutting_down", threading.Event())
    try:
        signal.signal(signal.SIGTERM, lambda number, frame: told.append(number))
        draining.end_streams_on_shutdown()
        assert not draining.is_shutting_down()
        signal.raise_signal(signal.SIGTERM)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    assert draining.is_shutting_down()
    assert told == [signal.SIGTERM]

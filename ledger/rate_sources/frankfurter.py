"""The Frankfurter API: the European Central Bank's rates of each working day, at an address that settings name."""

from __future__ import annotations

import json
import time
from collections.abc import Collection, Iterator
from datetime import date, timedelta
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from ledger.calc.conversion import PublishedRate, billionths

SOURCE = "frankfurter"
SILENCE_SECONDS = 3
ANSWER_SECONDS = 15
LARGEST_ANSWER = 2 * 1024 * 1024
# Seconds to wait before it is asked again; after the last it is taken to be away.
PAUSES = (1, 4)
DAYS_AT_ONCE = 365
FEW_DAYS = 10


class RatesUnavailable(Exception):
    """The service could not be reached, or what it said cannot be used."""


class _TryAgain(RatesUnavailable):
    """The same question may have an answer in a moment."""


def offered(address: str) -> frozenset[str]:
    """The currencies there are rates of."""
    answer = _asked(f"{address}/currencies")
    if not isinstance(answer, dict) or not all(isinstance(code, str) for code in answer):
        raise RatesUnavailable("The list of currencies has another shape than expected.")
    return frozenset(answer)


def published(address: str, currencies: Collection[str], first: date, last: date) -> Iterator[list[PublishedRate]]:
    """The rates of these currencies between the two days, about a year at a time."""
    symbols = urlencode({"base": "EUR", "symbols": ",".join(sorted(currencies))})
    while first <= last:
        until = first + timedelta(days=DAYS_AT_ONCE)
        if last - until <= timedelta(days=FEW_DAYS):  # a question about a weekend alone has no answer
            until = last
        answer = _asked(f"{address}/{first}..{until}?{symbols}")
        yield list(_rates_in(answer, set(currencies), first, until))
        first = until + timedelta(days=1)


def _rates_in(answer: Any, currencies: set[str], first: date, last: date) -> Iterator[PublishedRate]:
    """What was asked for and nothing else: other days and currencies are left aside."""
    days = answer.get("rates") if isinstance(answer, dict) and answer.get("base") == "EUR" else None
    if not isinstance(days, dict):
        raise RatesUnavailable("The rates have another shape than expected.")
    for name, worths in days.items():
        try:
            day = date.fromisoformat(name)
            if first <= day <= last:
                wanted = ((code, worth) for code, worth in worths.items() if code in currencies)
                yield from (PublishedRate(code, day, billionths(str(worth))) for code, worth in wanted)
        except (ValueError, TypeError, AttributeError) as error:
            raise RatesUnavailable("The rates have another shape than expected.") from error


def _asked(url: str) -> Any:
    """The answer as JSON, whose numbers stay the texts they are."""
    for pause in (*PAUSES, None):
        try:
            return json.loads(_read(url), parse_float=str, parse_int=str, parse_constant=str)
        except _TryAgain:
            if pause is None:
                raise
            time.sleep(pause)
        except (ValueError, RecursionError) as error:
            raise RatesUnavailable("The answer is no JSON.") from error
    raise AssertionError("unreachable")


def _read(url: str) -> bytes:
    headers = {"Accept": "application/json", "User-Agent": "FinanceFlow"}
    request = Request(url, headers=headers)  # noqa: S310 - the opener speaks HTTP alone
    try:
        with _opener().open(request, timeout=SILENCE_SECONDS) as answer:
            return _body(answer)
    except HTTPError as error:
        with error:
            kind = _TryAgain if error.code >= 500 or error.code == 429 else RatesUnavailable
            raise kind(f"The service answers with {error.code}.") from error
    except (URLError, HTTPException, OSError) as error:
        raise _TryAgain(f"The service cannot be reached ({type(error).__name__}).") from error


def _body(answer: Any) -> bytes:
    """All of it, if it is no larger and takes no longer than such an answer may."""
    parts: list[bytes] = []
    size, until = 0, time.monotonic() + ANSWER_SECONDS
    while part := answer.read1(65536):
        parts.append(part)
        size += len(part)
        if size > LARGEST_ANSWER:
            raise RatesUnavailable("The answer is too large.")
        if time.monotonic() > until:
            raise _TryAgain("The answer takes too long.")
    if answer.length:
        raise _TryAgain("The answer is cut short.")
    return b"".join(parts)


def _opener() -> OpenerDirector:
    """Speaks HTTP and nothing else, wherever an answer may lead."""
    opener = OpenerDirector()
    for handler in (
        ProxyHandler,
        HTTPHandler,
        HTTPSHandler,
        HTTPRedirectHandler,
        HTTPDefaultErrorHandler,
        HTTPErrorProcessor,
    ):
        opener.add_handler(handler())
    return opener

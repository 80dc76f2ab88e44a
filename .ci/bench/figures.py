"""The figures themselves: each asks a served household the way a browser does."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Iterator
from itertools import count
from typing import Any

import ledgers
from serving import Browser, Timing

TIMES = 30


def same(path: str) -> Iterator[str]:
    while True:
        yield path


def latest_page(browser: Browser) -> Timing:
    """S7: the latest 50 transactions, a whole page."""
    return browser.timed(same("/transactions/"), TIMES)


def last_page(browser: Browser) -> Timing:
    """S7: the last 50 transactions of ten years, by the place a page names."""
    return browser.timed(same("/transactions/?after=2016-11-20.999999999"), TIMES)


def search(browser: Browser, kind: str) -> Timing:
    """S8: a text not asked before: a payee's name, a word with a number, or nothing that is there."""
    return browser.timed((f"/transactions/?q={text}" for text in texts(kind)), TIMES)


def texts(kind: str) -> Iterator[str]:
    chance = random.Random(f"texts {kind}")
    names = ledgers.payee_names()
    for number in count():
        if kind == "payee":
            yield names[(number * 37 + 5) % len(names)].casefold()
        elif kind == "words":
            yield f"{chance.choice(ledgers.WORDS)}+{chance.randint(1000, 99999)}"
        elif kind == "frequent":
            yield ledgers.WORDS[number % len(ledgers.WORDS)][: 4 + number % 3]
        else:
            yield f"zq{number}x"


def month_page(browser: Browser) -> Timing:
    """A month not asked before, with its sums."""
    months = (f"/transactions/?month={year}-{month:02}" for year in range(2017, 2027) for month in range(1, 11))
    return browser.timed(months, TIMES)


def register_page(browser: Browser) -> Timing:
    """An account's register with its running balance."""
    accounts = browser.get("/accounts/")
    found = re.search(r'href="(/accounts/[0-9a-f-]{36}/)"', accounts)
    return browser.timed(same(found[1]), TIMES) if found else Timing([0.0])


def add_then_read(browser: Browser) -> Timing:
    """S6: add a transaction by the quick line, then read the month with its fresh sums."""
    timing = Timing()
    for number in range(TIMES + 3):
        form = browser.get("/transactions/")
        fields = dict(re.findall(r'<input type="hidden" name="(form_number)" value="([^"]+)"', form))
        started = time.perf_counter()
        browser.post("/transactions/quick/", line=f"{number + 1}.50 coffee bar", **fields)
        text = browser.get("/transactions/?month=2026-11")
        if number >= 3:
            timing.samples.append((time.perf_counter() - started) * 1000)
        timing.size = len(text.encode())
    return timing


FIGURES: dict[str, Any] = {
    "S6 add, then read the month": add_then_read,
    "S7 latest 50": latest_page,
    "S7 last 50": last_page,
    "S7 month with sums": month_page,
    "S7 register of an account": register_page,
    "S8 search: a payee": lambda browser: search(browser, "payee"),
    "S8 search: two words": lambda browser: search(browser, "words"),
    "S8 search: a frequent word": lambda browser: search(browser, "frequent"),
    "S8 search: nothing there": lambda browser: search(browser, "nothing"),
}

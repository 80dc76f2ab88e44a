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
    return browser.timed(months("/transactions/?month={year}-{month:02}"), TIMES)


def register_page(browser: Browser) -> Timing:
    """An account's register with its running balance."""
    accounts = browser.get("/accounts/")
    found = re.search(r'href="(/accounts/[0-9a-f-]{36}/)"', accounts)
    return browser.timed(same(found[1]), TIMES) if found else Timing([0.0])


def add(browser: Browser, number: int) -> float:
    """Add a transaction by the quick line; how many milliseconds it took."""
    form = browser.get("/transactions/")
    fields = dict(re.findall(r'<input type="hidden" name="(form_number)" value="([^"]+)"', form))
    started = time.perf_counter()
    browser.post("/transactions/quick/", line=f"{number + 1}.50 coffee bar", **fields)
    return (time.perf_counter() - started) * 1000


def after_each_write(browser: Browser, path: str, *, with_write: bool) -> Timing:
    """A page asked for each time after something was added, so that nothing kept of it is of use."""
    timing = Timing()
    for number in range(TIMES + 3):
        written = add(browser, number)
        started = time.perf_counter()
        text = browser.get(path)
        if number >= 3:
            timing.samples.append((time.perf_counter() - started) * 1000 + (written if with_write else 0))
        timing.size = len(text.encode())
    return timing


def add_then_report(browser: Browser) -> Timing:
    """S6: add a transaction by the quick line, then read the fresh report of its month."""
    return after_each_write(browser, "/reports/monthly/?year=2026&month=11", with_write=True)


def add_then_list(browser: Browser) -> Timing:
    """The same, and then the list of the month with its fresh sums."""
    return after_each_write(browser, "/transactions/?month=2026-11", with_write=True)


def dashboard_cold(browser: Browser) -> Timing:
    """S3: the dashboard with everything on it, of which nothing is kept."""
    return after_each_write(browser, "/dashboard/", with_write=False)


def dashboard_warm(browser: Browser) -> Timing:
    """S4: the dashboard again."""
    return browser.timed(same("/dashboard/"), TIMES)


def months(path: str) -> Iterator[str]:
    """Addresses of months not asked before."""
    return (path.format(year=year, month=month) for year in range(2017, 2027) for month in range(1, 11))


def monthly_report(browser: Browser) -> Timing:
    """S5: the report of a month not asked before."""
    return browser.timed(months("/reports/monthly/?year={year}&month={month}"), TIMES)


def monthly_json(browser: Browser) -> Timing:
    """S5: the same as JSON."""
    return browser.timed(months("/api/v1/reports/monthly?year={year}&month={month}"), TIMES)


def trend(browser: Browser) -> Timing:
    """S5: twelve months of trend by category, of a span not asked before."""
    return browser.timed(months("/reports/trends/?by=category&from={year}-{month:02}-01&latest=12"), TIMES)


FIGURES: dict[str, Any] = {
    "S3 dashboard, nothing kept": dashboard_cold,
    "S4 dashboard again": dashboard_warm,
    "S5 report of a month": monthly_report,
    "S5 the same as JSON": monthly_json,
    "S5 trend of twelve months": trend,
    "S6 add, then the report": add_then_report,
    "S6 add, then the list": add_then_list,
    "S7 latest 50": latest_page,
    "S7 last 50": last_page,
    "S7 month with sums": month_page,
    "S7 register of an account": register_page,
    "S8 search: a payee": lambda browser: search(browser, "payee"),
    "S8 search: two words": lambda browser: search(browser, "words"),
    "S8 search: a frequent word": lambda browser: search(browser, "frequent"),
    "S8 search: nothing there": lambda browser: search(browser, "nothing"),
}

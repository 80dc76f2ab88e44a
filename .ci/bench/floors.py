"""The floors of a run: what the same rows cost in plain SQL, what a durable commit costs."""

from __future__ import annotations

import csv
import io
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import ledgers
import psycopg

COLUMNS = ("account", "day", "amount", "payee", "category", "description")
TABLE = "CREATE TABLE rows (id {key}, account int, day date, amount bigint, payee int, category int, description text)"
INDEXES = [
    "CREATE INDEX by_day ON rows (day, id)",
    "CREATE INDEX by_account ON rows (account, day)",
    "CREATE INDEX by_payee ON rows (payee, day)",
    "CREATE INDEX by_category ON rows (category, day)",
]
COMMITS = 60


def as_csv(count: int) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    for row in ledgers.rows(count):
        writer.writerow([row.account, row.day, row.amount, row.payee, row.category, row.description])
    return text.getvalue()


def parsed(text: str) -> list[tuple[Any, ...]]:
    return [
        (int(account), day, int(amount), int(payee), int(category), description)
        for account, day, amount, payee, category, description in csv.reader(io.StringIO(text))
    ]


def raw_load(url: str, text: str, folder: Path) -> float:
    """F1: seconds to read a CSV, insert it, make four indexes and the totals by month, in plain SQL."""
    started = time.perf_counter()
    rows = parsed(text)
    names = ", ".join(COLUMNS)
    if url.startswith("postgres"):
        with psycopg.connect(url) as there:
            there.execute("DROP TABLE IF EXISTS rows, totals")
            there.execute(TABLE.format(key="bigserial PRIMARY KEY"))
            with there.cursor().copy(f"COPY rows ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            _finish(there.execute, "date_trunc('month', day)")
    else:
        path = folder / "floor.sqlite3"
        path.unlink(missing_ok=True)
        here = sqlite3.connect(path)
        here.execute("PRAGMA journal_mode=WAL")
        here.execute(TABLE.format(key="INTEGER PRIMARY KEY"))
        here.executemany(f"INSERT INTO rows ({names}) VALUES (?, ?, ?, ?, ?, ?)", rows)
        _finish(here.execute, "substr(day, 1, 7)")
        here.commit()
        here.close()
    return time.perf_counter() - started


def _finish(execute: Callable[[str], Any], month: str) -> None:
    for statement in INDEXES:
        execute(statement)
    execute(
        f"CREATE TABLE totals AS SELECT {month} AS month, account, category, sum(amount) AS total, count(*) AS rows"
        f" FROM rows GROUP BY {month}, account, category"
    )


def durable_commit(url: str, folder: Path) -> float:
    """F2: milliseconds to insert one row and have it on the disk; the median."""
    if url.startswith("postgres"):
        with psycopg.connect(url, autocommit=True) as there:
            there.execute("CREATE TABLE IF NOT EXISTS one (id bigserial PRIMARY KEY, amount bigint)")
            samples = [_timed(lambda: there.execute("INSERT INTO one (amount) VALUES (1)")) for _ in range(COMMITS)]
            there.execute("DROP TABLE one")
        return median(samples)
    path = folder / "commit.sqlite3"
    path.unlink(missing_ok=True)
    here = sqlite3.connect(path, isolation_level=None)
    here.execute("PRAGMA journal_mode=WAL")
    here.execute("PRAGMA synchronous=FULL")
    here.execute("CREATE TABLE one (id INTEGER PRIMARY KEY, amount int)")
    samples = [_timed(lambda: here.execute("INSERT INTO one (amount) VALUES (1)")) for _ in range(COMMITS)]
    here.close()
    return median(samples)


def _timed(act: Callable[[], Any]) -> float:
    started = time.perf_counter()
    act()
    return (time.perf_counter() - started) * 1000

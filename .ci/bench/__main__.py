"""Measure FinanceFlow against the floors of the same run: `make bench`, or with sizes: `make bench SIZES="1000 10000"`.

Ledgers are kept under var/bench, so that a second run only measures. PostgreSQL is measured where
BENCH_DATABASE_URL, or one on this machine without a password, can be reached.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import floors
import loading
import psycopg
import report
from figures import FIGURES, TIMES, same
from serving import HERE, ROOT, Browser, served

FOLDER = Path(os.environ.get("FINANCEFLOW_VAR") or ROOT / "var") / "bench"
SIZES = [int(size) for size in os.environ.get("SIZES", "1000 10000 100000 1000000").split()]
# The size at which many ask at once, and what they ask for.
LOADED = 100_000
LOADS = {"S9 dashboard": "/dashboard/", "S9 report of a month": "/reports/monthly/?year=2026&month=10"}
POSTGRESQL = os.environ.get("BENCH_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity=0"]
    subprocess.run(collect, cwd=ROOT, env={**os.environ, **settings("sqlite://")}, check=True)
    found: dict[str, Any] = {"sizes": SIZES, "machine": report.machine(), "learning": {}, "runs": []}
    for engine, server in engines().items():
        print(f"── {engine}, learning ──", flush=True)
        found["learning"][engine] = measure_learning(engine, server)
        for size in SIZES:
            print(f"── {engine}, {size:,} transactions ──", flush=True)
            found["runs"].append({"engine": engine, "size": size, **measure(engine, server, size)})
    report.write(found)


def engines() -> dict[str, str]:
    """The databases to measure on; for PostgreSQL the address of its server."""
    found = {"sqlite": ""}
    try:
        with psycopg.connect(POSTGRESQL, connect_timeout=3):
            found["postgresql"] = POSTGRESQL
    except psycopg.OperationalError as error:
        print(f"PostgreSQL is not measured: {error}".strip())
    return found


def measure(engine: str, server: str, size: int) -> dict[str, Any]:
    url = database(engine, server, f"bench_{size}")
    kept = FOLDER / f"{engine}-{size}.json"
    if not kept.exists():
        kept.write_text(json.dumps(fill(url, size)))
    filled = json.loads(kept.read_text())
    minimal = database(engine, server, "bench_minimal")
    busy = report.Busy()
    found: dict[str, Any] = {"fill_seconds": filled["seconds"], "floors": measure_floors(minimal, size)}
    log = FOLDER / f"{engine}-{size}.log"
    env = {**settings(url), "PYTHONPATH": str(ROOT)}
    with served("financeflow.asgi:application", folder=ROOT, env=env, log=log) as port:
        browser = Browser(port, filled["session"])
        browser.get("/transactions/")
        found["figures"] = {name: told(figure(browser)) for name, figure in FIGURES.items()}
    found["import"] = measure_import(engine, server, size)
    found["waited_for_a_core"] = busy.share()
    if size == LOADED:
        found["load"] = measure_load(url, minimal, filled["session"], log)
    return found


def measure_load(url: str, minimal: str, session: str, log: Path) -> dict[str, Any]:
    """S9: pages a second, our pages beside the minimal one."""
    folder = {"folder": ROOT, "env": {**settings(url), "PYTHONPATH": str(ROOT)}, "log": log}
    plain = {"folder": HERE, "env": minimal_settings(minimal), "log": FOLDER / "minimal.log"}
    return {
        **loading.loads("minimal.asgi:application", **plain, session=signed_in(minimal), paths={"F3": "/"}),
        **loading.loads("financeflow.asgi:application", **folder, session=session, paths=LOADS),
    }


def measure_import(engine: str, server: str, size: int) -> dict[str, Any]:
    """S1 and S2, into an empty database: seconds of reading and of bringing in, the first time and again."""
    url = database(engine, server, "bench_import", is_new=True)
    command = [sys.executable, str(HERE / "importing.py"), str(size)]
    env = {**os.environ, **settings(url)}
    done = subprocess.run(command, env=env, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def measure_learning(engine: str, server: str) -> dict[str, Any]:
    """S10, in an empty database."""
    url = database(engine, server, "bench_learning", is_new=True)
    command = [sys.executable, str(HERE / "learning.py")]
    env = {**os.environ, **settings(url)}
    done = subprocess.run(command, env=env, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def told(timing: Any) -> dict[str, float]:
    return {"p50": round(timing.p50, 2), "p95": round(timing.p95, 2), "bytes": timing.size}


def minimal_settings(url: str) -> dict[str, str]:
    return {"MINIMAL_DATABASE_URL": url, "PYTHONPATH": str(HERE), "DJANGO_SETTINGS_MODULE": "minimal.settings"}


def signed_in(url: str) -> str:
    """A session of the minimal site."""
    command = [sys.executable, str(HERE / "minimal" / "sign_in.py")]
    env = {**os.environ, **minimal_settings(url)}
    return subprocess.run(command, env=env, capture_output=True, text=True, check=True).stdout.split()[-1]


def measure_floors(url: str, size: int) -> dict[str, float]:
    session = signed_in(url)
    env = minimal_settings(url)
    with served("minimal.asgi:application", folder=HERE, env=env, log=FOLDER / "minimal.log") as port:
        page = Browser(port, session).timed(same("/"), TIMES * 3)
    text = floors.as_csv(min(size, 100_000))
    return {
        "F1 raw load, seconds": round(floors.raw_load(url, text, FOLDER), 3),
        "F1 rows": min(size, 100_000),
        "F2 durable commit, ms": round(floors.durable_commit(url, FOLDER), 3),
        "F3 minimal page, ms": round(page.p50, 3),
    }


def database(engine: str, server: str, name: str, *, is_new: bool = False) -> str:
    """The address of a database of this name, made where there is none, or an empty one is wanted."""
    if engine == "sqlite":
        for path in FOLDER.glob(f"{name}.sqlite3*") if is_new else ():
            path.unlink()
        return f"sqlite:///{FOLDER / name}.sqlite3"
    with psycopg.connect(server, autocommit=True) as there:
        if is_new:
            there.execute(f'DROP DATABASE IF EXISTS "{name}"')
        if not there.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            there.execute(f'CREATE DATABASE "{name}"')
    return urlunsplit(urlsplit(server)._replace(path=f"/{name}"))


def settings(url: str) -> dict[str, str]:
    return {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "financeflow.settings.dev", "FINANCEFLOW_VAR": str(FOLDER)}


def fill(url: str, size: int) -> dict[str, Any]:
    started = time.monotonic()
    command = [sys.executable, str(HERE / "filling.py"), str(size)]
    said = subprocess.run(command, env={**os.environ, **settings(url)}, stdout=subprocess.PIPE, text=True, check=True)
    return {"session": said.stdout.split()[-3], "seconds": round(time.monotonic() - started, 1)}


if __name__ == "__main__":
    main()

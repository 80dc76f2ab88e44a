"""Many at once: eight connections against two server processes, how many pages a second and how long each took."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from serving import PATIENCE, Browser, Timing, served

CONNECTIONS, PROCESSES, SECONDS = 8, 2, 6.0
WARMING = 3


@dataclass
class Load:
    """What a load found; a page that failed ends the run, so there are no errors to count."""

    per_second: float
    timing: Timing

    def told(self) -> dict[str, float]:
        p50, p95 = self.timing.p50, self.timing.p95
        return {"per_second": round(self.per_second, 1), "p50": round(p50, 2), "p95": round(p95, 2)}


def loads(
    application: str, *, folder: Path, env: Mapping[str, str], log: Path, session: str, paths: Mapping[str, str]
) -> dict[str, dict[str, float]]:
    """Each path asked for by eight at once, one path after another."""
    with served(application, folder=folder, env=env, log=log, processes=PROCESSES) as port:
        return {name: _load(port, session, path).told() for name, path in paths.items()}


def _load(port: int, session: str, path: str) -> Load:
    samples: list[list[float]] = [[] for _ in range(CONNECTIONS)]
    faults: list[BaseException] = []
    # The clock starts when every connection had its first answer: processes take seconds to start.
    ready = threading.Barrier(CONNECTIONS + 1, timeout=PATIENCE)

    def ask(mine: list[float]) -> None:
        try:
            browser = Browser(port, session)
            for _ in range(WARMING):
                browser.get(path)
            ready.wait()
            until = time.perf_counter() + SECONDS
            while time.perf_counter() < until:
                begun = time.perf_counter()
                browser.get(path)
                mine.append((time.perf_counter() - begun) * 1000)
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=ask, args=[mine]) for mine in samples]
    for thread in threads:
        thread.start()
    ready.wait()
    started = time.perf_counter()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
    every = [sample for mine in samples for sample in mine]
    return Load(len(every) / (time.perf_counter() - started), Timing(every))

"""What a run found: one JSON for programs and one table for people, under docs/benchmarks."""

from __future__ import annotations

import json
import os
import platform
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from serving import ROOT

OUT = ROOT / "docs" / "benchmarks"
CLEAN = 0.10


class Busy:
    """How much of the time a task that could run waited for a core, where the kernel tells."""

    def __init__(self) -> None:
        self.started, self.waited = time.monotonic(), self._waited()

    @staticmethod
    def _waited() -> float | None:
        path = Path("/proc/pressure/cpu")
        try:
            return int(path.read_text().split("total=")[1].split()[0]) / 1e6
        except (OSError, IndexError, ValueError):
            return None

    def share(self) -> float | None:
        now = self._waited()
        if now is None or self.waited is None:
            return None
        return round((now - self.waited) / (time.monotonic() - self.started), 3)


def machine() -> dict[str, Any]:
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()}",
        "cores": os.cpu_count(),
    }


def write(found: dict[str, Any]) -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "ledger.json").write_text(json.dumps(found, indent=2) + "\n")
    text = table(found)
    (OUT / "ledger.md").write_text(text)
    print(text)


def table(found: dict[str, Any]) -> str:
    lines = ["# The ledger, measured", "", _about(found), ""]
    for engine in dict.fromkeys(run["engine"] for run in found["runs"]):
        runs = [run for run in found["runs"] if run["engine"] == engine]
        lines += [f"## {'PostgreSQL' if engine == 'postgresql' else 'SQLite'}", ""]
        lines += [_row(["", *(f"{run['size']:,}" for run in runs)]), _row(["---", *("---:" for _ in runs)])]
        lines += [_row([name, *(str(run["floors"][name]) for run in runs)]) for name in runs[0]["floors"]]
        lines += [_row([name, *(_cell(run, name) for run in runs)]) for name in runs[0]["figures"]]
        lines += [_row([name, *(tell(run) for run in runs)]) for name, tell in IMPORTS.items()]
        lines += [_row(["waited for a core", *(_share(run["waited_for_a_core"]) for run in runs)]), ""]
        lines += [line for run in runs if "load" in run for line in _load(run)]
        lines += _learning(found["learning"][engine])
    return "\n".join(lines)


def _about(found: dict[str, Any]) -> str:
    told = found["machine"]
    return (
        f"Made by `make bench` on {told['at'][:10]} (Python {told['python']}, {told['cores']} cores). Whole requests "
        "over HTTP, signed in, one warm process, milliseconds: median of 30, how many times the minimal page (F3) of "
        "the same run, and the kilobytes of the page before compression. Ratios count; milliseconds drift."
    )


def _cell(run: dict[str, Any], name: str) -> str:
    figure = run["figures"][name]
    ratio = figure["p50"] / run["floors"]["F3 minimal page, ms"]
    return f"{figure['p50']:.1f} ({ratio:.1f}×, {figure['bytes'] // 1024} KB)"


def _first(run: dict[str, Any]) -> str:
    """S1: seconds, and how many times the raw load (F1) of as many rows."""
    seconds = sum(run["import"]["seconds"][:2])
    floor = run["floors"]["F1 raw load, seconds"] * run["size"] / run["floors"]["F1 rows"]
    return f"{seconds:.1f} s ({seconds / floor:.1f}× F1)"


def _again(run: dict[str, Any]) -> str:
    """S2: how long the same file takes again, of the first time."""
    first, again = sum(run["import"]["seconds"][:2]), sum(run["import"]["seconds"][2:])
    return f"{again:.1f} s ({again / first:.0%})"


IMPORTS = {
    "S1 import of a CSV": _first,
    "S2 the same file again": _again,
    "S1 memory": lambda run: f"{run['import']['memory']} MB",
}


def _load(run: dict[str, Any]) -> list[str]:
    """Eight at once: pages a second beside the minimal page."""
    floor = run["load"]["F3"]["per_second"]
    head = [f"Eight connections, two processes, {run['size']:,} transactions", "pages a second", "× F3", "p50", "p95"]
    rows = [
        [
            name,
            f"{load['per_second']:.0f}",
            f"{load['per_second'] / floor:.2f}",
            f"{load['p50']:.1f}",
            f"{load['p95']:.1f}",
        ]
        for name, load in run["load"].items()
    ]
    return [_row(head), _row(["---", "---:", "---:", "---:", "---:"]), *map(_row, rows), ""]


def _learning(told: dict[str, Any]) -> list[str]:
    """S10: asking and learning in one household with 2,000 payees."""
    rows = [_row([name, f"{figure:,}"]) for name, figure in told.items() if name != "vendor"]
    return [_row(["S10, 2,000 payees", ""]), _row(["---", "---:"]), *rows, ""]


def _share(share: float | None) -> str:
    if share is None:
        return "not known"
    return f"{share:.0%}" + ("" if share <= CLEAN else ", not clean")


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"

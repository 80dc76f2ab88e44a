"""Where the house's files are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
PACKAGES = ["financeflow", *settings.APPS]
TEMPLATES = ROOT / "templates"
STATIC = ROOT / "static"


def python_files() -> Iterator[Path]:
    """Every module that somebody wrote: not migrations, and not the empty files that make a folder a package."""
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in path.parts and path.stat().st_size:
                yield path


def templates() -> Iterator[Path]:
    yield from sorted(path for path in TEMPLATES.rglob("*") if path.suffix in {".html", ".txt"})


def seen_by_browsers() -> Iterator[Path]:
    """Templates a browser sees: mails have to carry their styles with them."""
    yield from (path for path in templates() if path.suffix == ".html" and not is_mail(path))


def is_mail(path: Path) -> bool:
    return "email" in path.parts or "emails" in path.parts


def static_files(suffix: str) -> Iterator[Path]:
    """Our own static files: what is vendored is as it came."""
    yield from sorted(path for path in STATIC.rglob(f"*{suffix}") if "vendor" not in path.relative_to(STATIC).parts)


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name

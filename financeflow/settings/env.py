"""Reading settings from the environment and from an `.env` file beside manage.py."""

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parents[2]
VAR = Path(os.environ.get("FINANCEFLOW_VAR", ROOT / "var"))


def read_env_file(path: Path) -> None:
    """Put KEY=value lines into the environment; what is already set there wins."""
    if not path.is_file():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        key, found, value = line.strip().partition("=")
        if found and key and not key.startswith("#"):
            os.environ.setdefault(key.strip(), value.strip().strip("'\""))


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "") or default


def flag(name: str, default: bool) -> bool:
    value = os.environ.get(name, "").lower()
    return value in {"1", "true", "yes", "on"} if value else default


def number(name: str, default: int) -> int:
    value = os.environ.get(name, "")
    if value and not value.strip().isdecimal():
        raise ImproperlyConfigured(f"{name} must be a whole number, and is “{value}”.")
    return int(value) if value else default


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def kept_secret(name: str) -> str:
    """A secret from the environment, or one made once and kept under var/ (development only)."""
    if value := os.environ.get(name):
        return value
    path = VAR / "secrets" / name.lower()
    if not path.exists():
        VAR.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.parent.mkdir(exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50), encoding="ascii")
    return path.read_text(encoding="ascii").strip()


read_env_file(ROOT / ".env")

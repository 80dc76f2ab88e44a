"""Tests of settings: what production refuses, and that all it reads is documented."""

from __future__ import annotations

import os
import re
import secrets
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

ROOT: Path = settings.BASE_DIR
SAFE = {
    "DJANGO_SETTINGS_MODULE": "financeflow.settings.prod",
    "SECRET_KEY": secrets.token_urlsafe(50),
    "ALLOWED_HOSTS": "books.example.org",
    "DATABASE_URL": "postgres://nobody@127.0.0.1:1/nothing",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "TRUSTED_PROXIES": "1",
}
READ = re.compile(
    r"""env\.(?:text|flag|number|words|kept_secret)\(\s*["']([A-Z_]+)["']|os\.environ\.get\("([A-Z_]+)\""""
)


def production(*command: str, **env: str) -> subprocess.CompletedProcess[str]:
    clean = {name: os.environ[name] for name in ["PATH", "HOME", "LANG"] if name in os.environ}
    return subprocess.run(  # noqa: S603 - our own Python, our own words
        [sys.executable, *command], cwd=ROOT, env={**clean, **SAFE, **env}, capture_output=True, text=True, timeout=60
    )


@pytest.mark.once
def test_production_passes_djangos_own_check() -> None:
    done = production("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr


@pytest.mark.once
@pytest.mark.parametrize(
    ("env", "said"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is missing or weak"),
        ({"SECRET_KEY": "x" * 60}, "SECRET_KEY is missing or weak"),
        ({"SECRET_KEY_FALLBACKS": "short"}, "SECRET_KEY is missing or weak"),
        ({"DEBUG": "true"}, "DEBUG is on"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS must name"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS must name"),
        ({"ALLOWED_HOSTS": "books.example.org,.example.org"}, "ALLOWED_HOSTS must name"),
        ({"DATABASE_URL": ""}, "DATABASE_URL is not set"),
        ({"REDIS_URL": ""}, "REDIS_URL is not set"),
        ({"TRUSTED_PROXIES": "one"}, "TRUSTED_PROXIES must be a whole number"),
    ],
)
def test_production_does_not_start_with(env: dict[str, str], said: str) -> None:
    done = production("-c", "import financeflow.settings.prod", **env)
    assert done.returncode != 0
    assert said in done.stderr


def test_every_setting_from_the_environment_is_documented_and_none_besides() -> None:
    ours = [path for path in (ROOT / "financeflow").rglob("*.py") if "tests" not in path.parts]
    read = {name for path in ours for found in READ.findall(path.read_text(encoding="utf-8")) for name in found if name}
    aside = (ROOT / ".ci" / "test").read_text() + (ROOT / "compose.yaml").read_text()
    read |= {name for name in ASIDE if name in aside}
    documented = set(re.findall(r"^#? ?([A-Z][A-Z_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.M))
    assert read - documented == set()
    assert documented - read == set()


# What only scripts and the composition read.
ASIDE = {"POSTGRES_PASSWORD", "SITE_HOST", "CHROMIUM", "REQUIRE_ALL", "TEST_DATABASE_URL", "TEST_REDIS_URL"}


@pytest.mark.once
def test_what_the_environment_says_wins_over_the_env_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from financeflow.settings.env import read_env_file

    monkeypatch.setenv("FF_ONE", "from the environment")
    monkeypatch.delenv("FF_TWO", raising=False)
    (tmp_path / ".env").write_text("# words\nFF_ONE=from the file\nFF_TWO='from the file'\n\nnonsense\n")
    read_env_file(tmp_path / ".env")
    assert (os.environ["FF_ONE"], os.environ.pop("FF_TWO")) == ("from the environment", "from the file")

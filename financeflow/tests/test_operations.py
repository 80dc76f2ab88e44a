"""Tests of what the documents tell people to type, and of the files that production is made of."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django.fixtures import Settings

from financeflow.sealing import seal, unseal
from financeflow.testing import HouseholdFactory, UserFactory, owner_of

ROOT: Path = settings.BASE_DIR
CI, WORKFLOW, CHECK = ".ci/run", ".github/workflows/ci.yml", ".ci/check"
OPERATIONS, BACKUPS = "financeflow/tests/test_operations.py", "financeflow/web/tests/test_backups.py"
BOOKS = "ledger/tests/test_kept.py"
STATEMENTS = "ledger/tests/importing/test_read_statement.py"
FILES = "ledger/tests/imports/test_import_jobs.py"
PREDICTING = "insights/tests/learning/test_predicting.py"
EVALUATING = "insights/tests/learning/test_evaluating.py"
NEW_KEY = "another-key-for-tests-0123456789-abcdefghijklmnopqrstuvw"

# Each command in the documents, and where it is run: a file, and the words in it that run it.
PROVED = {
    "make run": ("financeflow/jobs/tests/test_killed.py", '"manage.py", "serve"'),
    "make test": (CI, "make test"),
    "make check": (CI, "make check"),
    ".ci/run": (WORKFLOW, "run: .ci/run"),
    "cp .env.example .env": (WORKFLOW, "cp .env.example .env"),
    "docker compose up -d": (WORKFLOW, "docker compose up --detach"),
    "docker compose up --detach --wait": (WORKFLOW, "docker compose up --detach --wait"),
    "docker compose build": (WORKFLOW, "docker compose build"),
    'python3 -c "import secrets; print(secrets.token_urlsafe(50))"': (WORKFLOW, "secrets.token_urlsafe(50)"),
    "python manage.py check --deploy --fail-level WARNING": (CHECK, '"--fail-level", "WARNING"'),
    "python manage.py createsuperuser": (OPERATIONS, 'call_command("createsuperuser"'),
    "python manage.py collectstatic --noinput": (CHECK, '"collectstatic", "--noinput"'),
    "python manage.py migrate --noinput": ("compose.yaml", "[python, manage.py, migrate, --noinput]"),
    "python manage.py back_up_books --to backups": (BACKUPS, 'call_command("back_up_books"'),
    "python manage.py restore_books backups/books-20260101-000000.zip --replace": (
        BACKUPS,
        'call_command("restore_books"',
    ),
    "python manage.py check_books": (BOOKS, 'call_command("check_books"'),
    "python manage.py check_books --fix": (BOOKS, "checked(fix=True)"),
    "python manage.py read_statement FILE": (STATEMENTS, 'call_command("read_statement"'),
    'python manage.py import_file --household "Home" --account "Everyday" FILE': (FILES, 'call_command("import_file"'),
    "python manage.py predict_categories < FILE": (PREDICTING, 'run(["predict_categories"]'),
    'python manage.py predict_categories --household "Home" --learn LESSONS < FILE': (PREDICTING, "learn=taught"),
    "python manage.py evaluate_categories insights/tests/learning/unseen.csv": (EVALUATING, "str(UNSEEN)"),
    "python manage.py reseal_secrets": (OPERATIONS, 'call_command("reseal_secrets"'),
    "curl --fail https://localhost/readyz": (WORKFLOW, "https://localhost/readyz"),
}


def commands() -> list[str]:
    documents = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    fences = [fence for path in documents for fence in re.findall(r"^```sh\n(.*?)^```", path.read_text(), re.M | re.S)]
    lines = [line.partition("  #")[0].strip() for fence in fences for line in fence.splitlines()]
    return [re.sub(r"\s{2,}#.*| +# .*", "", line) for line in lines if line and not line.startswith("#")]


def composition() -> dict[str, Any]:
    return dict(yaml.safe_load((ROOT / "compose.yaml").read_text()))


@pytest.mark.once
@pytest.mark.parametrize("command", commands())
def test_every_command_in_the_documents_is_run_somewhere(command: str) -> None:
    path, words = PROVED[command]
    assert words in (ROOT / path).read_text()


@pytest.mark.once
def test_nothing_is_claimed_of_commands_that_no_document_names() -> None:
    assert set(PROVED) - set(commands()) <= {".ci/run"}


@pytest.mark.once
def test_each_service_has_a_health_check_and_none_runs_with_rights_it_does_not_need() -> None:
    services = composition()["services"]
    assert set(services) == {"proxy", "web", "events", "worker", "beat", "migrate", "postgres", "redis"}
    for name, service in services.items():
        assert "healthcheck" in service, name
        if service["image"] == "financeflow":
            assert service["read_only"], name
            assert service["cap_drop"] == ["ALL"], name
            assert service["environment"]["TRUSTED_PROXIES"] == "1", name
        else:
            assert re.search(r":\d", service["image"]), f"{name} must name its version"
        for needed in service.get("depends_on", {}):
            assert needed in services


@pytest.mark.once
def test_the_composition_uses_volumes_and_files_that_are_there() -> None:
    whole = composition()
    for service in whole["services"].values():
        for volume in service.get("volumes", []):
            source = volume.partition(":")[0]
            assert (ROOT / source).exists() if source.startswith(".") else source in whole["volumes"]


@pytest.mark.once
def test_the_image_runs_as_nobody_special_checks_its_health_and_holds_no_secret() -> None:
    steps = (ROOT / "Dockerfile").read_text()
    assert steps.count("\nFROM ") == 2
    assert "--require-hashes" in steps
    assert re.search(r"^HEALTHCHECK ", steps, re.M)
    assert steps.index("collectstatic") < steps.index("\nUSER financeflow")
    assert not re.search(r"^(ENV|ARG).*SECRET_KEY", steps, re.M)
    ignored = (ROOT / ".dockerignore").read_text().split()
    assert {".git", ".env", "var", ".venv"} <= set(ignored)


@pytest.mark.django_db
def test_the_first_account_can_be_made_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "correct horse battery")
    call_command("createsuperuser", email="admin@example.org", interactive=False, verbosity=0)
    assert Client().login(username="admin@example.org", password="correct horse battery")


@pytest.mark.django_db
def test_a_new_key_logs_nobody_out_who_comes_while_the_old_one_is_kept(settings: Settings) -> None:
    owner, comes, stays_away = owner_of(HouseholdFactory.create()), Client(), Client()
    for client in (comes, stays_away):
        client.force_login(owner)
    old, settings.SECRET_KEY = settings.SECRET_KEY, NEW_KEY
    settings.SECRET_KEY_FALLBACKS = [old]
    assert comes.get("/jobs/").status_code == 200
    settings.SECRET_KEY_FALLBACKS = []
    assert comes.get("/jobs/").status_code == 200
    assert stays_away.get("/jobs/").status_code == 302


@pytest.mark.django_db
def test_second_steps_are_read_with_the_new_key_alone_once_they_are_sealed_again(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    user = UserFactory.create()
    app = Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": seal("JBSWY3DP")})
    codes = {"seed": seal("a seed"), "used_mask": 0}
    recovery = Authenticator.objects.create(user=user, type=Authenticator.Type.RECOVERY_CODES, data=codes)
    old, settings.SECRET_KEY = settings.SECRET_KEY, NEW_KEY
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(CommandError, match="nothing was changed"):
        call_command("reseal_secrets")
    settings.SECRET_KEY_FALLBACKS = [old]
    call_command("reseal_secrets")
    assert "2 sealed again" in capsys.readouterr().out
    settings.SECRET_KEY_FALLBACKS = []
    app.refresh_from_db()
    recovery.refresh_from_db()
    assert (unseal(app.data["secret"]), unseal(recovery.data["seed"])) == ("JBSWY3DP", "a seed")
    assert recovery.data["used_mask"] == 0

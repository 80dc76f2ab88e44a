"""Kept mail can be read in the browser, by who may."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection
from django.test import Client
from pytest_django import Settings

from financeflow.households.models import User
from financeflow.testing import HouseholdFactory, logged_in, owner_of
from financeflow.web import mail

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(settings: Settings, tmp_path: Path) -> str:
    """The name of a message that was kept."""
    settings.DEBUG = True
    settings.EMAIL_BACKEND = "financeflow.web.mail.KeptMailBackend"
    settings.KEPT_MAIL_DIR = tmp_path / "mail"
    message = EmailMultiAlternatives(
        "Grüße & more",
        "Go to https://example.org/way?a=1&b=2 now",
        "FinanceFlow <ff@example.org>",
        ["anna@example.org"],
    )
    message.attach_alternative("<h1>Grüße</h1><script>alert(1)</script>", "text/html")
    get_connection(stream=StringIO()).send_messages([message])
    return str(next(settings.KEPT_MAIL_DIR.glob("*.eml")).stem)


def test_what_was_sent_is_in_the_list_and_on_a_page_of_its_own(client: Client, kept: str) -> None:
    listed = client.get("/dev/mail/").content.decode()
    shown = client.get(f"/dev/mail/{kept}/").content.decode()

    assert "Grüße &amp; more" in listed
    assert f"/dev/mail/{kept}/" in listed
    assert "anna@example.org" in shown
    assert '<a href="https://example.org/way?a=1&amp;b=2"' in shown


def test_the_look_of_a_mail_is_shown_where_nothing_runs(client: Client, kept: str) -> None:
    body = client.get(f"/dev/mail/{kept}/body/")
    page = client.get(f"/dev/mail/{kept}/")

    policy = body.headers["Content-Security-Policy"]
    assert "script-src 'none'" in policy
    assert "sandbox allow-popups" in policy
    assert "frame-ancestors 'self'" in policy
    assert body.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"]


def test_only_kept_mail_is_ever_read(client: Client, kept: str, settings: Settings) -> None:
    secret = settings.KEPT_MAIL_DIR.parent / "secret.eml"
    secret.write_text("Subject: secret\n\nsecret")

    for name in ("..%2Fsecret", "../secret", "secret", f"{kept}%00", kept[:-1], "20260101-000000-000000-0"):
        assert client.get(f"/dev/mail/{name}/").status_code == 404
    assert mail.kept_mail("../secret") is None


def test_an_empty_letterbox_says_so(client: Client, kept: str, settings: Settings) -> None:
    (settings.KEPT_MAIL_DIR / f"{kept}.eml").unlink()

    assert "No mail yet" in client.get("/dev/mail/").content.decode()


def test_a_server_that_keeps_its_mail_shows_it_to_who_runs_it_and_to_nobody_else(
    client: Client, kept: str, settings: Settings
) -> None:
    settings.DEBUG = False
    paths = ("/dev/mail/", f"/dev/mail/{kept}/", f"/dev/mail/{kept}/body/")
    owner = owner_of(HouseholdFactory.create())
    runs_it = User.objects.create_superuser("root@example.org", "a long enough password")
    for browser, status in ((client, 404), (logged_in(owner), 404), (logged_in(runs_it), 200)):
        assert [browser.get(path).status_code for path in paths] == [status] * 3


def test_a_server_that_sends_its_mail_has_no_letterbox(client: Client, kept: str, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert client.get(f"/dev/mail/{kept}/body/").status_code == 404


def test_the_console_says_to_whom_and_where_to_read(
    kept: str, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    EmailMultiAlternatives("Hello", "text", to=["anna@example.org"]).send()

    assert capsys.readouterr().out.startswith("Mail to anna@example.org: Hello (read it at http")

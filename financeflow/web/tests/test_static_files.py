"""What is said with a static file: no more than a browser makes use of."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.http import HttpResponse
from django.middleware.security import SecurityMiddleware
from django.test import RequestFactory
from whitenoise.responders import StaticFile

from financeflow.web.static_files import StaticFiles

FOR_EVER, FOR_AN_HOUR = "max-age=315360000, public, immutable", "max-age=3600, public"


def served(path: Path, kept: str) -> HttpResponse:
    """A file as it leaves the middleware that every answer goes through."""
    path.write_text("main { display: grid; }")
    file = StaticFile(str(path), [("Cache-Control", kept), ("Content-Type", "text/css")])
    answer = SecurityMiddleware(lambda request: StaticFiles.serve(file, request))(RequestFactory().get("/static/a.css"))
    assert isinstance(answer, HttpResponse)
    return answer


@pytest.mark.parametrize(("kept", "tells_of_changes"), [(FOR_EVER, False), (FOR_AN_HOUR, True)])
def test_only_a_file_that_may_change_tells_when_it_did(tmp_path: Path, kept: str, *, tells_of_changes: bool) -> None:
    answer = served(tmp_path / "a.css", kept)
    assert answer.content == b"main { display: grid; }"
    assert answer["Cache-Control"] == kept
    assert ("ETag" in answer, "Last-Modified" in answer) == (tells_of_changes, tells_of_changes)


def test_a_file_is_no_page(tmp_path: Path) -> None:
    answer = served(tmp_path / "a.css", FOR_EVER)
    assert answer["Content-Type"] == "text/css"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "Cross-Origin-Opener-Policy" not in answer

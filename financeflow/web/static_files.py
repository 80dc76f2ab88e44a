"""Static files: hashed names in production, and answers that both kinds of server can send."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Hashes names also where JavaScript modules import each other."""

    support_js_module_import_aggregation = True


# A page needs a hundred files: a header too many in each of them weighs as much as a picture.
ONLY_PAGES_OBEY = "cross-origin-opener-policy"
# A file that never changes need not say when it last did.
OF_CHANGE = {"etag", "last-modified"}


class FileAnswer(HttpResponse):
    """An answer that is no page."""

    def setdefault(self, key: str, value: str) -> None:
        if key.lower() != ONLY_PAGES_OBEY:
            super().setdefault(key, value)


class StaticFiles(WhiteNoiseMiddleware):
    """Answers with the whole file at once: under ASGI a file that is streamed blocks the loop and warns."""

    @staticmethod
    def serve(static_file: Any, request: HttpRequest) -> HttpResponse:
        found = static_file.get_response(request.method, request.META)
        content = b""
        if found.file is not None:
            with found.file:
                content = found.file.read()
        response = FileAnswer(content, status=int(found.status))
        del response["content-type"]
        never_changes = any("immutable" in value for _key, value in found.headers)
        for key, value in found.headers:
            if not (never_changes and key.lower() in OF_CHANGE):
                response[key] = value
        return response


def collect_if_changed() -> None:
    """Hash and compress the static files into STATIC_ROOT, unless those there are the ones of this version."""
    mark = Path(settings.STATIC_ROOT, "collected.txt")
    now = _fingerprint()
    if mark.is_file() and mark.read_text(encoding="ascii") == now:
        return
    # In a process of its own: what compressing takes in memory is given back.
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "collectstatic", "--noinput", "--verbosity=0"]
    subprocess.run(command, check=True)  # noqa: S603 - nothing in it comes from outside
    mark.write_text(now, encoding="ascii")


def _fingerprint() -> str:
    """What tells one state of the static files from another, without reading them."""
    found = hashlib.sha256()
    for folder in settings.STATICFILES_DIRS:
        for path in sorted(Path(folder).rglob("*")):
            state = path.stat()
            found.update(f"{path} {state.st_size} {state.st_mtime_ns}\n".encode())
    return found.hexdigest()

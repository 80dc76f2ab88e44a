"""Settings for pytest: quick hashing, mail in memory, tasks at once; stores by TEST_DATABASE_URL and TEST_REDIS_URL."""

import atexit
import shutil
import tempfile
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from financeflow.settings import env
from financeflow.settings.base import *
from financeflow.web.logs import configuration

SECRET_KEY = "only-for-tests-and-worth-nothing-0123456789-abcdefghij"  # noqa: S105 - a test key opens nothing
ALLOWED_HOSTS = ["*"]
VAR_DIR = Path(tempfile.mkdtemp(prefix="financeflow-test-"))
atexit.register(shutil.rmtree, VAR_DIR, ignore_errors=True)
MEDIA_ROOT = VAR_DIR / "media"
KEPT_MAIL_DIR = VAR_DIR / "mail"

DATABASE_URL = env.text("TEST_DATABASE_URL", f"sqlite:///{VAR_DIR / 'test.sqlite3'}")
DATABASES = {"default": database(DATABASE_URL)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, so that a live server's threads and the test see one database.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
REDIS_URL = env.text("TEST_REDIS_URL")
CACHES = caches(REDIS_URL)

RATES_URL = ""  # tests that ask for rates name a service of their own
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
LOGGING = configuration(as_json=False, level="WARNING")
CELERY_BROKER_URL = "memory://"
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
LANGUAGES = [("en", _("English")), *PLANNED_LANGUAGES]  # so that layout from right to left can be tried
# The story of the sandbox in short: what it tells is the same.
SANDBOX_MONTHS = 2

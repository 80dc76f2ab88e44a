"""Settings for `make run`: one process, SQLite under var/; without EMAIL_HOST mail is kept, for /dev/mail/."""

from financeflow.settings import env
from financeflow.settings.base import *

DEBUG = env.flag("DEBUG", False)
SECRET_KEY = env.kept_secret("SECRET_KEY")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", f"localhost,127.0.0.1,[::1],{env.text('HOST', 'localhost')}")
SENDS_MAIL = bool(env.text("EMAIL_HOST") or env.text("EMAIL_BACKEND"))
EMAIL_BACKEND = env.text(
    "EMAIL_BACKEND",
    "django.core.mail.backends.smtp.EmailBackend" if SENDS_MAIL else "financeflow.web.mail.KeptMailBackend",
)
KEPT_MAIL_DIR = VAR_DIR / "mail"
if DEBUG:  # files as they are, and changed files at once
    STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    WHITENOISE_USE_FINDERS = True
    CACHES = {**CACHES, "fragments": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}

"""Settings for `make run`: one process, SQLite under var/, mail one can read at /dev/mail/."""

from financeflow.settings import env
from financeflow.settings.base import *

DEBUG = env.flag("DEBUG", True)
SECRET_KEY = env.kept_secret("SECRET_KEY")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", f"localhost,127.0.0.1,[::1],{env.text('HOST', 'localhost')}")
EMAIL_BACKEND = "financeflow.web.mail.KeptMailBackend"
KEPT_MAIL_DIR = VAR_DIR / "mail"
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True

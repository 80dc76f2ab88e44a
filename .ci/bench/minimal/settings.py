"""Settings of the minimal site; its database is a file of its own, or the schema `public` of the one named."""

import os
from pathlib import Path

import dj_database_url

SECRET_KEY = "only-for-measuring-and-worth-nothing-0123456789-abcdef"  # noqa: S105 - guards nothing
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "minimal.urls"
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent],
        "OPTIONS": {"context_processors": ["django.contrib.auth.context_processors.auth"]},
    }
]
DATABASES = {"default": dict(dj_database_url.parse(os.environ["MINIMAL_DATABASE_URL"]))}
if "postgresql" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["OPTIONS"] = {"pool": {"min_size": 1, "max_size": 4}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
LOGGING_CONFIG = None

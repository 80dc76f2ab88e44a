"""Settings that hold everywhere; what differs by place comes from the environment (see .env.example)."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import django_stubs_ext
from django.utils.translation import gettext_lazy as _

from financeflow.settings import env
from financeflow.settings.browser import *
from financeflow.settings.people import *
from financeflow.settings.stores import caches as caches
from financeflow.settings.stores import database as database
from financeflow.web.logs import configuration

django_stubs_ext.monkeypatch()  # lets ModelForm[User] and ModelAdmin[User] be written

BASE_DIR = env.ROOT
VAR_DIR = env.VAR

SECRET_KEY = ""
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")
DEBUG = False
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")
SITE_URL = env.text("SITE_URL", f"http://localhost:{env.number('PORT', 8000)}")

# --- What is installed -------------------------------------------------------------------------------------------
APPS = ["ledger", "budgets", "bills", "banking", "insights"]
INSTALLED_APPS = [
    "financeflow.web.admin_site.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "template_partials.apps.SimpleAppConfig",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.headless",
    "financeflow.money",
    "financeflow.web",
    "financeflow.events",
    "financeflow.history",
    "financeflow.inbox",
    "financeflow.jobs",
    "financeflow.notify",
    "financeflow.households",
    "financeflow.support",
    *APPS,
]

MIDDLEWARE = [
    "financeflow.web.health.answer_probes",
    "financeflow.web.middleware.request_log",
    "financeflow.web.middleware.outages_answer_503",
    "django.middleware.security.SecurityMiddleware",
    "financeflow.web.static_files.StaticFiles",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "financeflow.households.signin.middleware.watch_inactivity",
    "financeflow.households.signin.middleware.guests_have_no_account",
    "financeflow.households.middleware.enter_household",
    "financeflow.history.middleware.offer_undo",
    "financeflow.web.middleware.forms_are_no_pages",
]

ROOT_URLCONF = "financeflow.urls"
WSGI_APPLICATION = "financeflow.wsgi.application"
ASGI_APPLICATION = "financeflow.asgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "financeflow.web.context.frame",
            ],
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "template_partials.templatetags.partials",
                "financeflow.web.templatetags.kept",
                "financeflow.web.templatetags.web",
            ],
        },
    }
]

# --- What gathers from every floor: named here by string, called from the ground, in this order --------------------
HOUSEHOLDS = ["financeflow.households.navigation.households"]
NAVIGATION = [
    "financeflow.households.navigation.items",
    "financeflow.history.navigation.items",
    "financeflow.inbox.navigation.items",
    "financeflow.jobs.navigation.items",
    "financeflow.notify.navigation.items",
    "ledger.navigation.items",
    "insights.navigation.items",
]
# What a new household starts with.
NEW_HOUSEHOLD = ["ledger.actions.add_default_categories"]
WIDGETS = ["ledger.widgets.widgets", "financeflow.households.widgets.widgets", "financeflow.history.widgets.widgets"]
# The checklist of the first days: who brings its steps, in this order.
FIRST_STEPS = ["ledger.first_steps.steps", "financeflow.households.first_steps.steps"]
# Who offers questions to the inbox, and what follows from the answers (financeflow.inbox.sources says how).
INBOX = ["ledger.inbox.sources", "insights.inbox.sources"]
STORY = ["ledger.story.tell"]
SEARCH = ["financeflow.households.search.find", "ledger.search.find"]
# Who keeps totals by the rows that undo and the trash write: context managers around such a write.
KEEPERS = [
    "ledger.actions.base_currency.keeper",
    "ledger.actions.books.keeper",
    "ledger.actions.privacy.keeper",
]
# What a member keeps from the others' sight, by name: told before the member leaves.
KEPT_PRIVATE = ["ledger.leaving.kept_private"]
# Told around a change of the base currency: each says whether it can be made at once, or is made later by a job.
BASE_CURRENCY_CHANGES = ["ledger.actions.base_currency.base_currency_changes"]
# The kinds of things a member may be told.
NOTICE_KINDS = [
    "ledger.notices.MONTHLY_SUMMARY",
    "ledger.notices.IMPORT_FINISHED",
    "ledger.notices.IMPORT_REFUSED",
    "financeflow.households.notices.MEMBER_JOINED",
]
# What is worked out again after a household was restored from an export.
AFTER_RESTORE = [
    "ledger.actions.base_currency.after_restore",
    "ledger.actions.rebuilding.after_restore",
    "insights.tasks.after_restore",
]
EXPORTS = ["financeflow.households.export.tables", "ledger.export.tables", "insights.export.tables"]
# Who suggests categories (ledger.queries.suggesting says how); where nobody is named, a payee's past does.
CATEGORY_SUGGESTER = "insights.queries.suggesting.suggest_categories"
# The pages on which it tells what it learned (of a name: q), and asks how far it goes by itself; empty where none does.
LEARNING_PAGE = "learning_show"
LEARNING_SETTINGS_PAGE = "learning_settings"
# Who knows which bill a row of a file pays (ledger.queries.imports.bills says how); where nobody is named, none.
BILL_MATCHER = ""
_BOOKS = ("accounts", "categories", "payees", "tags", "rates", "rules", "transactions")
_DESK = ("statements", "suggestions", "owed", "reports")
API_ROUTERS = {f"/{name}": f"ledger.api.{name}" for name in (*_BOOKS, *_DESK)}
API_ROUTERS["/inbox"] = "financeflow.inbox.api.router"
API_ROUTERS["/insights/learning"] = "insights.api.learning"
API_REQUESTS_PER_MINUTE = env.number("API_REQUESTS_PER_MINUTE", 600)
# What seals again its secrets when SECRET_KEY has changed.
SEALED = ["financeflow.households.signin.sealed.reseal_second_steps"]
# What a first start offers to somebody who has no account yet: lines to print.
FIRST_LOGIN = "financeflow.households.first_login.first_login"
JOB_KINDS = {
    "history.undo": "financeflow.history.jobs.undo",
    "household.export": "financeflow.households.jobs.export_household",
    "ledger.refresh_rates": "ledger.jobs.rates.refresh_rates",
    "ledger.change_base_currency": "ledger.jobs.rates.change_base_currency",
    "ledger.merge": "ledger.jobs.merging.merge",
    "ledger.read_import": "ledger.jobs.imports.read",
    "ledger.bring_in": "ledger.jobs.imports.bring",
    "ledger.take_back_import": "ledger.jobs.imports.take_it_back",
    "ledger.bulk": "ledger.jobs.bulk.change_many",
    "ledger.apply_rules": "ledger.jobs.rules.apply",
    "ledger.judge_import": "ledger.jobs.judging.judge_again",
}

# --- Where things are kept ---------------------------------------------------------------------------------------
DATABASE_URL = env.text("DATABASE_URL", f"sqlite:///{VAR_DIR / 'financeflow.sqlite3'}")
REDIS_URL = env.text("REDIS_URL")
DATABASES = {"default": database(DATABASE_URL)}
CACHES = caches(REDIS_URL)
DJANGO_REDIS_LOG_IGNORED_EXCEPTIONS = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

MEDIA_ROOT = VAR_DIR / "media"
# How many megabytes of receipts and papers one household may keep, and how many a demo.
PAPERS_MB = env.number("PAPERS_MB", 2048)
SANDBOX_PAPERS_MB = 20
# How many megabytes of statements one upload may bring, and how many of them are kept for one household or a demo.
IMPORT_MB = 128
IMPORTS_MB = env.number("IMPORTS_MB", 2048)
SANDBOX_IMPORTS_MB = 20
# Addresses that take more than a request usually may; the rest of a form takes some room as well.
LARGE_BODIES = {"/imports/add/": (IMPORT_MB * 1024 + 64) * 1024}
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(VAR_DIR / "static")))
WHITENOISE_ALLOW_ALL_ORIGINS = False
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "financeflow.web.static_files.StaticStorage"},
}

# --- Background work ---------------------------------------------------------------------------------------------
CELERY_BROKER_URL = REDIS_URL or "memory://localhost"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = (
    {"visibility_timeout": 3600, "socket_connect_timeout": 1} if REDIS_URL else {"polling_interval": 0.2}
)
CELERY_BROKER_CONNECTION_TIMEOUT = 1
CELERY_TIMEZONE = "UTC"
# Work that was not heard of for so long is taken for lost; each worker beats its jobs' hearts four times as often.
JOB_SILENT_SECONDS = 60
CELERY_BEAT_SCHEDULE = {
    "recover jobs": {"task": "financeflow.jobs.tasks.recover_jobs", "schedule": timedelta(minutes=1)},
    "worker heartbeat": {"task": "financeflow.jobs.tasks.beat_heart", "schedule": timedelta(seconds=30)},
    "purge sandboxes": {"task": "financeflow.households.tasks.purge_households", "schedule": timedelta(minutes=15)},
    "forget exports": {"task": "financeflow.households.tasks.forget_exports", "schedule": timedelta(hours=1)},
    "forget sessions": {"task": "financeflow.households.tasks.forget_sessions", "schedule": timedelta(hours=24)},
    "empty trash": {"task": "financeflow.history.tasks.empty_trash", "schedule": timedelta(hours=6)},
    "remove lost papers": {"task": "ledger.tasks.papers.remove_lost_papers", "schedule": timedelta(hours=24)},
    "forget sign-in problems": {"task": "financeflow.support.tasks.forget_problems", "schedule": timedelta(hours=24)},
    "refresh dashboards": {"task": "ledger.tasks.dashboards.refresh_dashboards", "schedule": timedelta(minutes=1)},
    "log hit rates": {"task": "financeflow.events.tasks.log_hit_rates", "schedule": timedelta(hours=1)},
    "refresh rates": {"task": "ledger.tasks.rates.refresh_rates", "schedule": timedelta(hours=1)},
    "sum up months": {"task": "ledger.tasks.summaries.summarise_months", "schedule": timedelta(hours=1)},
    "mail what waited": {"task": "financeflow.notify.tasks.mail_left_behind", "schedule": timedelta(minutes=5)},
    "learn": {"task": "insights.tasks.catch_up", "schedule": timedelta(minutes=10)},
    "forget old lessons": {"task": "insights.tasks.forget_old_lessons", "schedule": timedelta(hours=24)},
    "forget events": {"task": "financeflow.events.tasks.forget_events", "schedule": timedelta(hours=1)},
}

# --- Place and language ------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LOCALE_DIR = BASE_DIR / "financeflow" / "locale"
LOCALE_PATHS = [LOCALE_DIR]
PLANNED_LANGUAGES = [("de", _("German")), ("fr", _("French")), ("es", _("Spanish")), ("he", _("Hebrew"))]
# A language is offered once it has a catalogue: half a page in German helps nobody.
LANGUAGES = [
    ("en", _("English")),
    *((code, name) for code, name in PLANNED_LANGUAGES if (LOCALE_DIR / code / "LC_MESSAGES" / "django.mo").exists()),
]
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True
DEFAULT_CURRENCY = env.text("DEFAULT_CURRENCY", "EUR")
# Who publishes exchange rates, by the API of Frankfurter; set to nothing, nobody is asked.
RATES_URL = os.environ.get("RATES_URL", "https://api.frankfurter.dev/v1")

# --- Mail --------------------------------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "FinanceFlow <financeflow@localhost>")
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.number("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", False)
EMAIL_TIMEOUT = 10

# --- Logs ----------------------------------------------------------------------------------------------------------
LOGGING = configuration(as_json=env.text("LOG_FORMAT", "text") == "json", level=env.text("LOG_LEVEL", "INFO"))

"""A real server and a real browser for the tests of flows: uvicorn in a thread, Chromium driven by Playwright."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from django.contrib.sessions.backends.cached_db import SessionStore
from django.core.management import call_command
from django.test import Client, override_settings
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from financeflow.households.models import User
from financeflow.web.bodies import limited_asgi
from financeflow.web.one_hop import application as one_hop

# Playwright runs an event loop in this thread; the tests themselves stay synchronous.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# What Playwright turns off too, for the last list counts alone; and the address bar, which is a page of its own in each
# window and takes more time to start than most pages of the site.
WITHOUT = [
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxFullPopup",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "OptimizationHints",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--disable-features={','.join(WITHOUT)}",
]
HERE = Path(__file__).parent
# What has not come by then does not come, on a busy machine either.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)
# An answer that is no page, and one that nobody waits for any more, are told to the console too.
NO_FAULTS = ("Failed to load resource", "htmx:afterRequest", "htmx:sendAbort")
# Behaviour that is still on its way, and parts just put into the page: a person would not have pressed yet.
NOT_READY = "html:is(:has(:not(:defined)), :has(.htmx-swapping, .htmx-added, .htmx-settling))"
LogIn = Callable[[BrowserContext, User], None]
OpenContext = Callable[..., BrowserContext]
OpenFor = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


def chromium_path() -> str:
    names = ["chromium", "chromium-browser", "google-chrome"]
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), "")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def asgi_address(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of one uvicorn on the test database, for the whole session."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    # Static files are collected for this server alone: every client of the other tests would look for all of them
    # anew. Browsers may keep them, or each page would ask for sixty again.
    with override_settings(STATIC_ROOT=tmp_path_factory.mktemp("static"), WHITENOISE_MAX_AGE=3600):
        call_command("collectstatic", interactive=False, verbosity=0)
        application = limited_asgi(one_hop())
    config = uvicorn.Config(application, host="127.0.0.1", port=port, log_level="warning", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 20
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    server.force_exit = True
    thread.join(timeout=10)


@pytest.fixture
def site(transactional_db: None, asgi_address: str) -> str:
    """The running site; the test's data is in its database, and gone after the test."""
    return asgi_address


@pytest.fixture
def open_context(browser: Browser, site: str) -> Iterator[OpenContext]:
    """Opens fresh browsers at the site; whatever the console of one complains of fails the test."""
    complaints: list[str] = []
    opened: list[BrowserContext] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(NO_FAULTS):
            complaints.append(message.text)

    def open_context(**options: Any) -> BrowserContext:
        context = browser.new_context(**{"base_url": site, "locale": "en-GB", **options})
        opened.append(context)
        context.set_default_timeout(PATIENCE)
        context.on("console", listen)
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        if options.get("java_script_enabled", True):
            context.on("page", wait_until_ready)
        return context

    yield open_context
    for context in opened:
        context.close()
    assert complaints == []


def wait_until_ready(page: Page) -> None:
    """Whatever is done or looked for in this page from now on waits until the page listens."""
    page.add_locator_handler(page.locator(NOT_READY), lambda: None)


@pytest.fixture
def context(open_context: OpenContext) -> BrowserContext:
    """A fresh browser on a desk."""
    return open_context(viewport={"width": 1440, "height": 900})


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def open_for(open_context: OpenContext, log_in: LogIn) -> OpenFor:
    """Opens a page for somebody, in a browser of their own."""

    def open_for(person: User, path: str = "/transactions/", *, script: bool = True, **options: Any) -> Page:
        context = open_context(java_script_enabled=script, **options)
        log_in(context, person)
        page = context.new_page()
        page.goto(path)
        return page

    return open_for


@pytest.fixture
def log_in(site: str) -> LogIn:
    """Log a person into a browser without the log-in page, which has tests of its own."""

    def log_in(context: BrowserContext, user: User) -> None:
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        assert isinstance(client.session, SessionStore)
        context.add_cookies([{"name": "sessionid", "value": str(client.session.session_key), "url": site}])

    return log_in

"""What a browser calls itself, in words a person knows."""

from __future__ import annotations

from django.utils.translation import gettext as _

# The first that is found names it: Edge and Opera also say Chrome, and Chrome also says Safari.
BROWSERS = [
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari", "Safari"),
]
SYSTEMS = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
]
PHONES = ("iPhone", "iPad", "Android")


def device_name(user_agent: str) -> str:
    """“Firefox on Linux”, as far as the browser tells."""
    browser = _first(BROWSERS, user_agent)
    system = _first(SYSTEMS, user_agent)
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("An unknown device")


def is_phone(user_agent: str) -> bool:
    return any(sign in user_agent for sign in PHONES)


def _first(signs: list[tuple[str, str]], text: str) -> str:
    return next((name for sign, name in signs if sign in text), "")

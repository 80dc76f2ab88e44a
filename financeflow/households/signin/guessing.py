"""A first guess at where a new household is, from what its browser tells; all of it can be changed in the settings."""

from __future__ import annotations

from typing import Any

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.numbers import get_territory_currencies
from django.conf import settings
from django.utils.translation.trans_real import parse_accept_lang_header

from financeflow.households.choices import LOCALES
from financeflow.money.currencies import CURRENCIES
from financeflow.tenancy.clock import TIME_ZONES


def guess_household(*, languages: str, time_zone: str) -> dict[str, Any]:
    """Time zone, currency, locale and first day of the week; `languages` is the Accept-Language header."""
    wanted = [tag for tag, _ in parse_accept_lang_header(languages) if tag != "*"]
    zone = time_zone if time_zone in dict(TIME_ZONES) else ""
    territory = (get_global("zone_territories").get(zone) if zone else None) or _territory_of(wanted)
    return {
        "time_zone": zone or _zone_of(territory),
        "base_currency": _currency_of(territory),
        "locale": _locale_of(wanted),
        "first_weekday": _first_weekday_of(territory),
    }


def _territory_of(wanted: list[str]) -> str:
    """The country of the language liked best: said outright (de-AT), or where most who speak it live (de)."""
    for tag in wanted:
        language, _, region = tag.partition("-")
        if len(region) == 2:
            return region.upper()
        if likely := get_global("likely_subtags").get(language):
            return str(likely).rpartition("_")[2]
    return ""


def _zone_of(territory: str) -> str:
    """The zone of a country that has only one; else UTC, since any guess would be wrong for many."""
    zones = [zone for zone, where in get_global("zone_territories").items() if where == territory]
    known = [zone for zone in zones if zone in dict(TIME_ZONES)]
    return known[0] if len(known) == 1 else "UTC"


def _currency_of(territory: str) -> str:
    found = get_territory_currencies(territory) if territory else []
    return next((code for code in found if code in dict(CURRENCIES)), settings.DEFAULT_CURRENCY)


def _locale_of(wanted: list[str]) -> str:
    known = [locale for locale, _ in LOCALES]
    for tag in wanted:
        exact = [locale for locale in known if locale.lower() == tag.lower()]
        alike = [locale for locale in known if locale.partition("-")[0] == tag.partition("-")[0].lower()]
        if found := exact or alike:
            return found[0]
    return known[0]


def _first_weekday_of(territory: str) -> int:
    """0 is Monday, 5 Saturday, 6 Sunday: the days the settings offer."""
    try:
        day = Locale.parse(f"und_{territory}").first_week_day if territory else 0
    except (UnknownLocaleError, ValueError):
        return 0
    return day if day in {0, 5, 6} else 0

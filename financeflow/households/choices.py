"""What a household may choose from: currencies, time zones, locales."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from financeflow.money.currencies import CURRENCIES
from financeflow.tenancy.clock import TIME_ZONES

LOCALES = [
    ("en-GB", "31/12/2026 · 1,234.56 (English, UK)"),
    ("en-US", "12/31/2026 · 1,234.56 (English, US)"),
    ("en-IN", "31/12/2026 · 12,34,567.89 (English, India)"),
    ("de-DE", "31.12.2026 · 1.234,56 (German)"),
    ("de-CH", "31.12.2026 · 1’234.56 (German, Switzerland)"),
    ("fr-FR", "31/12/2026 · 1 234,56 (French)"),
    ("es-ES", "31/12/2026 · 1.234,56 (Spanish)"),
    ("nl-NL", "31-12-2026 · 1.234,56 (Dutch)"),
    ("sv-SE", "2026-12-31 · 1 234,56 (Swedish)"),
    ("he-IL", "31.12.2026 · 1,234.56 (Hebrew)"),
    ("ja-JP", "2026/12/31 · 1,234.56 (Japanese)"),
]


def validate_currency(code: str) -> None:
    if code not in dict(CURRENCIES):
        raise ValidationError(_("“%(code)s” is not a currency we know."), params={"code": code})


def validate_time_zone(zone: str) -> None:
    if zone not in dict(TIME_ZONES):
        raise ValidationError(_("“%(zone)s” is not a time zone we know."), params={"zone": zone})


def validate_locale(locale: str) -> None:
    if locale not in dict(LOCALES):
        raise ValidationError(
            _("“%(locale)s” is not a way of writing dates and numbers we know."), params={"locale": locale}
        )

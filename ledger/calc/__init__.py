"""Rules and arithmetic of the ledger: values in, values out; no table, no request, no clock."""

from financeflow.web.days import FIRST_DAY, LAST_DAY
from ledger.calc.kinds import (
    ACCOUNT_GROUPS,
    ACCOUNT_ICON_CHOICES,
    ACCOUNT_ICONS,
    CATEGORY_ICONS,
    HUES,
)

__all__ = ["ACCOUNT_GROUPS", "ACCOUNT_ICONS", "ACCOUNT_ICON_CHOICES", "CATEGORY_ICONS", "FIRST_DAY", "HUES", "LAST_DAY"]

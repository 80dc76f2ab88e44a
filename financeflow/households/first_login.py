"""The account that a first start makes, so that there is somebody to log in as."""

from __future__ import annotations

import secrets

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from financeflow.households import actions
from financeflow.households.models import User

EMAIL = "owner@localhost"


def first_login() -> list[str]:
    """How to get in, in lines to print; the account is made when nobody has one yet."""
    if not User.objects.exists():
        _make_account()
    kept = settings.VAR_DIR / "first-login.txt"
    password = kept.read_text(encoding="utf-8").strip() if kept.is_file() else ""
    user = User.objects.filter(email=EMAIL, is_active=True).first()
    if password and user and user.check_password(password):
        return [
            _("Log in as %(email)s with the password %(password)s") % {"email": EMAIL, "password": password},
            _("(made at the first start; change it whenever you like), or press “Try the demo”."),
        ]
    return [_("Log in, or press “Try the demo”.")]


@transaction.atomic
def _make_account() -> None:
    password = "-".join(secrets.token_hex(2) for _part in range(4))
    user = User.objects.create_superuser(EMAIL, password, name=_("Owner"))
    EmailAddress.objects.create(user=user, email=EMAIL, verified=True, primary=True)
    actions.open_household(by=user, name=_("My household"), base_currency=settings.DEFAULT_CURRENCY)
    kept = settings.VAR_DIR / "first-login.txt"
    kept.touch(mode=0o600)
    kept.write_text(password, encoding="utf-8")

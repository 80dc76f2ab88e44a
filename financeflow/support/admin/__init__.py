"""What support staff see of people, households and work."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin

from financeflow.support.admin import households, people, work

# These show secrets, or what belongs on the page of the person.
for hidden in (EmailAddress, Authenticator, UserSession):
    if admin.site.is_registered(hidden):
        admin.site.unregister(hidden)

__all__ = ["households", "people", "work"]

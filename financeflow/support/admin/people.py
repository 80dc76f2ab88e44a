"""People, and the log-ins that failed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from financeflow.households.models import Membership, User
from financeflow.support import actions, queries
from financeflow.support.models import SignInProblem
from financeflow.support.rows import NamedFiltersAdmin, ReadOnlyAdmin, ReadOnlyInline


class MembershipInline(ReadOnlyInline):
    """The households a person is in."""

    model = Membership
    fields = readonly_fields = ("household", "role", "joined_at", "last_used_at")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        return super().get_queryset(request).select_related("household", "user")


@admin.register(User)
class UserAdmin(NamedFiltersAdmin[User]):
    """A person: never the password's hash, a secret or a picture."""

    list_display = ("email", "name", "is_guest", "is_active", "is_staff", "date_joined", "last_login")
    list_filter = ("is_guest", "is_active", "is_staff", "date_joined")
    search_fields = ("email", "name")
    ordering = ("-id",)
    show_full_result_count = False
    list_per_page = 50
    inlines = (MembershipInline,)
    seen = (
        "email",
        "name",
        "email_state",
        "second_step",
        "sessions",
        "language",
        "is_guest",
        "date_joined",
        "last_login",
    )
    fields = (*seen, "is_active", "is_staff", "is_superuser", "groups")
    readonly_fields = seen
    actions = ("verify_email", "send_password_reset", "end_sessions", "lift_lock")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False

    def has_change_permission(self, request: Any, obj: User | None = None) -> bool:
        return bool(request.user.is_superuser)

    def has_assist_permission(self, request: Any) -> bool:
        return bool(request.user.has_perm("support.assist_people"))

    @admin.display(description=gettext_lazy("E-mail verified"), boolean=True)
    def email_state(self, user: User) -> bool:
        return bool(EmailAddress.objects.filter(user=user, email__iexact=user.email, verified=True).exists())

    @admin.display(description=gettext_lazy("Second step"))
    def second_step(self, user: User) -> str:
        kinds = Authenticator.objects.filter(user=user).values_list("type", flat=True)
        return ", ".join(sorted({str(Authenticator.Type(kind).label) for kind in kinds})) or _("None")

    @admin.display(description=gettext_lazy("Sessions"))
    def sessions(self, user: User) -> int:
        return queries.sessions_alive(list(UserSession.objects.filter(user=user).values_list("session_key", flat=True)))

    @admin.action(description=gettext_lazy("Verify the e-mail address"), permissions=["assist"])
    def verify_email(self, request: Any, people: QuerySet[User]) -> None:
        self._assist(request, people, _("Verified the e-mail"), actions.verify_email)

    @admin.action(description=gettext_lazy("Send a password reset"), permissions=["assist"])
    def send_password_reset(self, request: Any, people: QuerySet[User]) -> None:
        self._assist(request, people, _("Sent a password reset"), partial(actions.send_password_reset, request=request))

    @admin.action(description=gettext_lazy("End all sessions"), permissions=["assist"])
    def end_sessions(self, request: Any, people: QuerySet[User]) -> None:
        self._assist(request, people, _("Ended all sessions"), actions.end_sessions)

    @admin.action(description=gettext_lazy("Lift a log-in lock"), permissions=["assist"])
    def lift_lock(self, request: Any, people: QuerySet[User]) -> None:
        self._assist(request, people, _("Lifted a log-in lock"), partial(actions.lift_lock, request=request))

    def _assist(self, request: Any, people: QuerySet[User], what: str, assist: Callable[..., Any], **more: Any) -> None:
        for user in people:
            try:
                assist(by=request.user, user=user)
            except actions.SupportRefused as refusal:
                self.message_user(request, f"{user.email}: {refusal}", messages.ERROR)
            else:
                self.log_change(request, user, what)
                self.message_user(request, f"{what}: {user.email}", messages.SUCCESS)


@admin.register(SignInProblem)
class SignInProblemAdmin(ReadOnlyAdmin[SignInProblem]):
    """Log-ins that failed in the last month."""

    list_display = ("email", "reason", "address", "at")
    list_filter = ("reason", "at")
    search_fields = ("email", "address")

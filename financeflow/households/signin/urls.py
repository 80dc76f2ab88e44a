"""Addresses of sign-in that are our own; those of allauth stand under the same roof, after these."""

from django.urls import path

from financeflow.households.signin import views

urlpatterns = [
    path("settings/security/", views.settings_security, name="settings_security"),
    path("settings/security/devices/end/", views.session_end_others, name="session_end_others"),
    path("settings/security/devices/<int:pk>/end/", views.session_end, name="session_end"),
    path("session/", views.session_watch, name="session_watch"),
    # Three overviews of allauth: the security settings show all of it on one page.
    path("auth/2fa/", views.to_security, name="mfa_index"),
    path("auth/2fa/webauthn/", views.to_security, name="mfa_list_webauthn"),
    path("auth/sessions/", views.to_security, name="usersessions_list"),
]

"""Addresses of notices."""

from django.urls import path

from financeflow.notify import views

urlpatterns = [
    path("notifications/", views.notification_list, name="notification_list"),
    path("notifications/latest/", views.notification_latest, name="notification_latest"),
    path("notifications/count/", views.notification_count, name="notification_count"),
    path("notifications/stop/<str:token>/", views.notification_stop, name="notification_stop"),
    path("notifications/read/", views.notification_read_all, name="notification_read_all"),
    path("notifications/<uuid:uid>/", views.notification_open, name="notification_open"),
    path("settings/notifications/", views.settings_notifications, name="settings_notifications"),
    path("settings/notifications/hours/", views.settings_quiet_hours, name="settings_quiet_hours"),
]

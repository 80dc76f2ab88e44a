"""Addresses of the pages that belong to no table."""

from django.urls import path

from financeflow.web import mail_views, views

urlpatterns = [
    path("", views.landing, name="landing"),
    path("toasts/", views.toast_list, name="toast_list"),
    path("offline/", views.offline, name="offline"),
    path("service_worker.js", views.service_worker, name="service_worker"),
    path("search/", views.search, name="search"),
    path("dev/mail/", mail_views.mail_list, name="mail_list"),
    path("dev/mail/<str:name>/", mail_views.mail_show, name="mail_show"),
    path("dev/mail/<str:name>/body/", mail_views.mail_body, name="mail_body"),
]

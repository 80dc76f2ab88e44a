"""Addresses of the pages that belong to no table."""

from django.urls import path

from financeflow.web import views

urlpatterns = [
    path("", views.landing, name="landing"),
    path("dashboard/", views.dashboard, name="dashboard"),
    path("toasts/", views.toast_list, name="toast_list"),
    path("offline/", views.offline, name="offline"),
    path("service_worker.js", views.service_worker, name="service_worker"),
    path("search/", views.search, name="search"),
]

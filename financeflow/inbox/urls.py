"""Addresses of the inbox."""

from django.urls import path

from financeflow.inbox import views

urlpatterns = [
    path("inbox/", views.inbox_list, name="inbox_list"),
    path("inbox/count/", views.inbox_count, name="inbox_count"),
    path("inbox/decide/", views.inbox_decide, name="inbox_decide"),
    path("inbox/dismiss/", views.inbox_dismiss, name="inbox_dismiss"),
]

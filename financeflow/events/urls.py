"""Addresses of events."""

from django.urls import path

from financeflow.events import views

urlpatterns = [path("events/", views.events_stream, name="events_stream")]

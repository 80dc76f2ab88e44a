"""Addresses of jobs."""

from django.urls import path

from financeflow.jobs import views

urlpatterns = [
    path("jobs/", views.job_list, name="job_list"),
    path("jobs/<uuid:uid>/", views.job_show, name="job_show"),
    path("jobs/<uuid:uid>/cancel/", views.job_cancel, name="job_cancel"),
    path("jobs/<uuid:uid>/again/", views.job_retry, name="job_retry"),
]

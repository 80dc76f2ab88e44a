"""The roof: every address, by string."""

from django.contrib import admin
from django.urls import include, path

from financeflow.api import api

urlpatterns = [
    path("", include("financeflow.web.urls")),
    path("", include("financeflow.households.urls")),
    path("", include("financeflow.households.signin.urls")),
    path("", include("financeflow.history.urls")),
    path("", include("financeflow.inbox.urls")),
    path("", include("financeflow.events.urls")),
    path("", include("financeflow.jobs.urls")),
    path("", include("financeflow.notify.urls")),
    path("", include("ledger.urls")),
    path("", include("insights.urls")),
    path("auth/", include("allauth.urls")),
    path("api/v1/", api.urls),
    path("admin/", admin.site.urls),
]

handler429 = "financeflow.web.errors.handler429"

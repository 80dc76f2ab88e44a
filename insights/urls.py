"""Addresses of insights."""

from django.urls import path

from insights.views import learning

urlpatterns = [
    path("insights/", learning.insight_list, name="insight_list"),
    path("insights/learning/", learning.learning_show, name="learning_show"),
    path("insights/learning/settings/", learning.learning_settings, name="learning_settings"),
    path("insights/learning/forget/", learning.name_forget, name="name_forget"),
    path("insights/learning/forget-all/", learning.learning_forget, name="learning_forget"),
]

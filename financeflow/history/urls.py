"""Addresses of history."""

from django.urls import path

from financeflow.history import views

urlpatterns = [
    path("activity/", views.activity_list, name="activity_list"),
    path("activity/<uuid:uid>/", views.change_show, name="change_show"),
    path("activity/<uuid:uid>/undo/", views.change_undo, name="change_undo"),
    path("trash/", views.trash_list, name="trash_list"),
    path("trash/<str:model>/<uuid:uid>/restore/", views.trash_restore, name="trash_restore"),
]

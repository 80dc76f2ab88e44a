"""Addresses of the ledger."""

from django.urls import path

from ledger import views

urlpatterns = [
    path("accounts/", views.account_list, name="account_list"),
    path("accounts/add/", views.account_add, name="account_add"),
    path("accounts/<uuid:uid>/edit/", views.account_edit, name="account_edit"),
    path("accounts/<uuid:uid>/close/", views.account_close, name="account_close"),
    path("accounts/<uuid:uid>/reopen/", views.account_reopen, name="account_reopen"),
    path("accounts/<uuid:uid>/delete/", views.account_delete, name="account_delete"),
    path("accounts/<uuid:uid>/move/", views.account_move, name="account_move"),
    path("categories/", views.category_list, name="category_list"),
    path("categories/add/", views.category_add, name="category_add"),
    path("categories/<uuid:uid>/edit/", views.category_edit, name="category_edit"),
    path("categories/<uuid:uid>/delete/", views.category_delete, name="category_delete"),
    path("categories/<uuid:uid>/move/", views.category_move, name="category_move"),
]

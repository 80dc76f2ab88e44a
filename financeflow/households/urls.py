"""Addresses of people and households."""

from django.urls import path

from financeflow.households.views import dashboard, households, invitations, members, preferences, sandbox, your_data

urlpatterns = [
    path("dashboard/", dashboard.dashboard, name="dashboard"),
    path("dashboard/arrange/", dashboard.dashboard_arrange, name="dashboard_arrange"),
    path("demo/", sandbox.demo_start, name="demo_start"),
    path("keep/", sandbox.sandbox_keep, name="sandbox_keep"),
    path("people/<uuid:uid>/", preferences.person_picture, name="person_picture"),
    path("households/none/", households.household_none, name="household_none"),
    path("households/add/", households.household_add, name="household_add"),
    path("households/<uuid:uid>/switch/", households.household_switch, name="household_switch"),
    path("invitations/<str:token>/", invitations.invitation_accept, name="invitation_accept"),
    path("settings/profile/", preferences.settings_profile, name="settings_profile"),
    path("settings/household/", preferences.settings_household, name="settings_household"),
    path("settings/appearance/", preferences.settings_appearance, name="settings_appearance"),
    path("settings/blur/", preferences.settings_blur_toggle, name="settings_blur_toggle"),
    path("settings/theme/", preferences.settings_theme_switch, name="settings_theme_switch"),
    path("settings/members/", members.settings_members, name="settings_members"),
    path("settings/members/invite/", invitations.invitation_add, name="invitation_add"),
    path("settings/members/leave/", members.household_leave, name="household_leave"),
    path("settings/members/<uuid:uid>/role/", members.member_role, name="member_role"),
    path("settings/members/<uuid:uid>/remove/", members.member_remove, name="member_remove"),
    path("settings/members/<uuid:uid>/hand-over/", members.household_hand_over, name="household_hand_over"),
    path("settings/invitations/<uuid:uid>/resend/", invitations.invitation_resend, name="invitation_resend"),
    path("settings/invitations/<uuid:uid>/withdraw/", invitations.invitation_withdraw, name="invitation_withdraw"),
    path("settings/data/", your_data.settings_data, name="settings_data"),
    path("settings/data/export/", your_data.export_start, name="export_start"),
    path("settings/data/export/<uuid:uid>/", your_data.export_download, name="export_download"),
    path("settings/data/delete/", your_data.household_delete, name="household_delete"),
    path("settings/data/keep/", your_data.household_keep, name="household_keep"),
    path("settings/account/delete/", your_data.person_delete, name="person_delete"),
]

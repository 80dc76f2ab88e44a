"""Every write to people and households, one verb each."""

from financeflow.households.actions.dashboard import arrange_dashboard, reset_dashboard
from financeflow.households.actions.deletion import (
    cancel_deletion,
    delete_account,
    delete_household,
    end_sandbox,
    purge_household,
    purge_if_over,
    remove_lost_guests,
)
from financeflow.households.actions.households import change_household, open_household, use_household
from financeflow.households.actions.invitations import (
    InvitationRefused,
    accept_invitation,
    add_invitation,
    renew_invitation,
    withdraw_invitation,
)
from financeflow.households.actions.joining import join_household
from financeflow.households.actions.members import change_role, hand_over, leave_household, remove_member
from financeflow.households.actions.people import (
    change_appearance,
    change_profile,
    open_account,
    switch_theme,
    toggle_blur,
)
from financeflow.households.actions.sandbox import SEED, keep_sandbox, open_demo_household, open_sandbox

__all__ = [
    "SEED",
    "InvitationRefused",
    "accept_invitation",
    "add_invitation",
    "arrange_dashboard",
    "cancel_deletion",
    "change_appearance",
    "change_household",
    "change_profile",
    "change_role",
    "delete_account",
    "delete_household",
    "end_sandbox",
    "hand_over",
    "join_household",
    "keep_sandbox",
    "leave_household",
    "open_account",
    "open_demo_household",
    "open_household",
    "open_sandbox",
    "purge_household",
    "purge_if_over",
    "remove_lost_guests",
    "remove_member",
    "renew_invitation",
    "reset_dashboard",
    "switch_theme",
    "toggle_blur",
    "use_household",
    "withdraw_invitation",
]

"""Every change to staff, teams, areas, tokens and access: the door to the rooms beside this file."""

from haoke.accounts.services.access import close_access, note_refusal, open_access
from haoke.accounts.services.installing import create_first_administrator, mark_installation
from haoke.accounts.services.own_account import change_own_password, change_preferences
from haoke.accounts.services.signing_in import sign_in
from haoke.accounts.services.staff import change_staff, create_staff
from haoke.accounts.services.teams import create_area, create_team, rename_team
from haoke.accounts.services.tokens import create_token, note_token_use, revoke_token

__all__ = [
    "change_own_password",
    "change_preferences",
    "change_staff",
    "close_access",
    "create_area",
    "create_first_administrator",
    "create_staff",
    "create_team",
    "create_token",
    "mark_installation",
    "note_refusal",
    "note_token_use",
    "open_access",
    "rename_team",
    "revoke_token",
    "sign_in",
]

"""Every change to staff, teams, areas, tokens and access: the door to the rooms beside this file."""

from haoke.accounts.services.absences import cancel_absence, enter_absence
from haoke.accounts.services.access import close_access, note_refusal, open_access
from haoke.accounts.services.installing import create_first_administrator, mark_installation
from haoke.accounts.services.own_account import change_own_password, change_preferences, check_own_password
from haoke.accounts.services.presence import go_out, note_sign_of_life, set_presence
from haoke.accounts.services.second_factors import (
    begin_second_factor,
    confirm_second_factor,
    remove_second_factor,
    renew_recovery_codes,
    reset_second_factor,
    set_second_factor_rule,
)
from haoke.accounts.services.sessions import (
    NOTED_EVERY,
    end_other_sessions,
    end_session,
    end_sessions_of,
    give_new_key,
    note_session,
    sweep_sessions,
    tell_sessions,
)
from haoke.accounts.services.signing_in import Admission, finish_sign_in, sign_in
from haoke.accounts.services.skills import change_skill, create_skill
from haoke.accounts.services.staff import change_staff, create_staff
from haoke.accounts.services.teams import create_area, create_team, rename_team
from haoke.accounts.services.tokens import create_token, note_token_use, revoke_token
from haoke.accounts.services.workload import hold_active, set_workload

__all__ = [
    "NOTED_EVERY",
    "Admission",
    "begin_second_factor",
    "cancel_absence",
    "change_own_password",
    "change_preferences",
    "change_skill",
    "change_staff",
    "check_own_password",
    "close_access",
    "confirm_second_factor",
    "create_area",
    "create_first_administrator",
    "create_skill",
    "create_staff",
    "create_team",
    "create_token",
    "end_other_sessions",
    "end_session",
    "end_sessions_of",
    "enter_absence",
    "finish_sign_in",
    "give_new_key",
    "go_out",
    "hold_active",
    "mark_installation",
    "note_refusal",
    "note_session",
    "note_sign_of_life",
    "note_token_use",
    "open_access",
    "remove_second_factor",
    "rename_team",
    "renew_recovery_codes",
    "reset_second_factor",
    "revoke_token",
    "set_presence",
    "set_second_factor_rule",
    "set_workload",
    "sign_in",
    "sweep_sessions",
    "tell_sessions",
]

"""Addresses of sign-in, of the own account, and of the settings for staff and access."""

from django.urls import path

from haoke.accounts.views import access, account, areas, preferences, sessions, set_up, staff, teams, tokens

app_name = "accounts"
urlpatterns = [
    path("sign-in", sessions.sign_in, name="sign_in"),
    path("sign-out", sessions.sign_out, name="sign_out"),
    path("welcome", set_up.set_up, name="set_up"),
    path("preferences/language", preferences.language, name="language"),
    path("preferences/theme", preferences.theme, name="theme"),
    path("account", account.account, name="account"),
    path("account/password", account.password, name="password"),
    path("access", access.access, name="access"),
    path("access/closing", access.closing, name="access_closing"),
    path("settings/staff/", staff.index, name="staff"),
    path("settings/staff/new", staff.new, name="staff_new"),
    path("settings/staff/<int:staff_id>", staff.edit, name="staff_edit"),
    path("settings/teams/", teams.index, name="teams"),
    path("settings/teams/new", teams.new, name="team_new"),
    path("settings/teams/<int:team_id>", teams.edit, name="team_edit"),
    path("settings/areas/", areas.index, name="areas"),
    path("settings/areas/new", areas.new, name="area_new"),
    path("settings/tokens/", tokens.index, name="tokens"),
    path("settings/tokens/new", tokens.new, name="token_new"),
    path("settings/tokens/<int:token_id>/revocation", tokens.revocation, name="token_revocation"),
]

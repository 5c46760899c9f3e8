"""What happens around staff and access."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from haoke.timeline.choices import Audience
from haoke.timeline.facts import Fact


@dataclass(frozen=True, kw_only=True)
class StaffSignedIn(Fact):
    kind = "staff.signed_in"
    subject = "staff"
    audience = Audience.AUDIT
    sentence = _("%(by)s signed in")
    staff_id: int


@dataclass(frozen=True, kw_only=True)
class StaffCreated(Fact):
    kind = "staff.created"
    subject = "staff"
    audience = Audience.AUDIT
    sentence = _("%(by)s gave %(name)s access")
    staff_id: int
    name: str
    roles: list[str]


@dataclass(frozen=True, kw_only=True)
class StaffChanged(Fact):
    kind = "staff.changed"
    subject = "staff"
    audience = Audience.AUDIT
    sentence = _("%(by)s changed the access of %(name)s")
    staff_id: int
    name: str
    changes: dict


@dataclass(frozen=True, kw_only=True)
class StaffPasswordChanged(Fact):
    kind = "staff.password_changed"
    subject = "staff"
    audience = Audience.AUDIT
    sentence = _("%(by)s chose a new password")
    staff_id: int


@dataclass(frozen=True, kw_only=True)
class TeamCreated(Fact):
    kind = "team.created"
    subject = "team"
    audience = Audience.AUDIT
    sentence = _("%(by)s created team %(name)s")
    team_id: int
    name: str


@dataclass(frozen=True, kw_only=True)
class TeamRenamed(Fact):
    kind = "team.renamed"
    subject = "team"
    audience = Audience.AUDIT
    sentence = _("%(by)s renamed team %(old)s to %(name)s")
    team_id: int
    old: str
    name: str


@dataclass(frozen=True, kw_only=True)
class AreaCreated(Fact):
    kind = "area.created"
    subject = "area"
    audience = Audience.AUDIT
    sentence = _("%(by)s added area %(name)s (%(code)s)")
    area_id: int
    code: str
    name: str


@dataclass(frozen=True, kw_only=True)
class TokenCreated(Fact):
    kind = "token.created"
    subject = "token"
    audience = Audience.AUDIT
    sentence = _("%(by)s created API token %(name)s")
    token_id: int
    name: str
    role: str


@dataclass(frozen=True, kw_only=True)
class TokenRevoked(Fact):
    kind = "token.revoked"
    subject = "token"
    audience = Audience.AUDIT
    sentence = _("%(by)s revoked API token %(name)s")
    token_id: int
    name: str


@dataclass(frozen=True, kw_only=True)
class AccessOpened(Fact):
    kind = "access.opened"
    subject = "staff"
    audience = Audience.AUDIT
    sentence = _("%(by)s opened customer data for an hour: %(reason)s")
    staff_id: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class AccessClosed(Fact):
    kind = "access.closed"
    subject = "staff"
    audience = Audience.AUDIT
    sentence = _("%(by)s closed customer data again")
    staff_id: int


@dataclass(frozen=True, kw_only=True)
class ActRefused(Fact):
    """Somebody tried what they may not; kept although the act itself was rolled back (HOUSE, section 3)."""

    kind = "act.refused"
    subject = "staff"
    audience = Audience.AUDIT
    sentence = _("%(by)s was refused: %(code)s (%(path)s)")
    staff_id: int | None
    code: str
    path: str


@dataclass(frozen=True, kw_only=True)
class InstallationPrepared(Fact):
    kind = "installation.prepared"
    subject = "installation"
    audience = Audience.AUDIT
    sentence = _("%(company_name)s moved in")
    installation_id: int
    company_name: str

"""What happens around staff and access."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from haoke.accounts.choices import PresenceState, SecondFactorRule, SignInStep
from haoke.timeline.choices import Audience
from haoke.timeline.facts import Fact


@dataclass(frozen=True, kw_only=True)
class StaffSignedIn(Fact):
    kind = "staff.signed_in"
    subject = "staff"
    audience = Audience.AUDIT
    sentence = _("%(by)s signed in")
    labels = {"finished_with": SignInStep}
    staff_id: int
    # The network, not the address; and what the sign-in was finished with.
    network: str = ""
    finished_with: str = SignInStep.PASSWORD


@dataclass(frozen=True, kw_only=True)
class SecondFactorSetUp(Fact):
    kind = "second_factor.set_up"
    subject = "staff"
    audience = Audience.AUDIT
    icon = "shield"
    sentence = _("%(by)s set a second factor up")
    staff_id: int


@dataclass(frozen=True, kw_only=True)
class SecondFactorRemoved(Fact):
    kind = "second_factor.removed"
    subject = "staff"
    audience = Audience.AUDIT
    icon = "shield"
    sentence = _("%(by)s switched their second factor off")
    staff_id: int


@dataclass(frozen=True, kw_only=True)
class SecondFactorReset(Fact):
    kind = "second_factor.reset"
    subject = "staff"
    audience = Audience.AUDIT
    icon = "shield"
    sentence = _("%(by)s took the second factor of %(name)s away")
    staff_id: int
    name: str


@dataclass(frozen=True, kw_only=True)
class RecoveryCodesRenewed(Fact):
    kind = "recovery_codes.renewed"
    subject = "staff"
    audience = Audience.AUDIT
    icon = "shield"
    sentence = _("%(by)s had new recovery codes made; the old ones no longer work")
    staff_id: int


@dataclass(frozen=True, kw_only=True)
class SecondFactorRuleSet(Fact):
    kind = "second_factor.rule_set"
    subject = "installation"
    audience = Audience.AUDIT
    icon = "shield"
    labels = {"old": SecondFactorRule, "new": SecondFactorRule}
    sentence = _("%(by)s changed who must have a second factor from “%(old)s” to “%(new)s”")
    installation_id: int
    old: str
    new: str


@dataclass(frozen=True, kw_only=True)
class SessionsEnded(Fact):
    kind = "sessions.ended"
    subject = "staff"
    audience = Audience.AUDIT
    sentence = _("%(by)s ended sessions of %(name)s: %(count)s")
    staff_id: int
    name: str
    count: int


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
class PresenceChanged(Fact):
    kind = "presence.changed"
    subject = "staff"
    audience = Audience.AUDIT
    sentence = _("%(by)s went from “%(old)s” to “%(new)s”")
    labels = {"old": PresenceState, "new": PresenceState}
    staff_id: int
    old: str
    new: str


@dataclass(frozen=True, kw_only=True)
class AbsenceEntered(Fact):
    """From and until are in ISO form."""

    kind = "absence.entered"
    subject = "staff"
    audience = Audience.AUDIT
    sentence = _("%(by)s entered an absence of %(name)s")
    staff_id: int
    absence_id: int
    name: str
    starts_at: str
    ends_at: str
    substitute_id: int | None


@dataclass(frozen=True, kw_only=True)
class AbsenceCancelled(Fact):
    kind = "absence.cancelled"
    subject = "staff"
    audience = Audience.AUDIT
    sentence = _("%(by)s took back an absence of %(name)s")
    staff_id: int
    absence_id: int
    name: str


@dataclass(frozen=True, kw_only=True)
class WorkloadChanged(Fact):
    kind = "staff.workload_changed"
    subject = "staff"
    audience = Audience.AUDIT
    sentence = _("%(by)s changed what work %(name)s is given")
    staff_id: int
    name: str
    changes: dict


@dataclass(frozen=True, kw_only=True)
class SkillCreated(Fact):
    kind = "skill.created"
    subject = "skill"
    audience = Audience.AUDIT
    sentence = _("%(by)s added the skill %(name)s")
    skill_id: int
    name: str


@dataclass(frozen=True, kw_only=True)
class SkillChanged(Fact):
    kind = "skill.changed"
    subject = "skill"
    audience = Audience.AUDIT
    sentence = _("%(by)s changed the skill %(name)s")
    skill_id: int
    name: str
    changes: dict


@dataclass(frozen=True, kw_only=True)
class InstallationPrepared(Fact):
    kind = "installation.prepared"
    subject = "installation"
    audience = Audience.AUDIT
    sentence = _("%(company_name)s moved in")
    installation_id: int
    company_name: str

"""Who works here, in which teams and areas, and with which keys they come in."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Func
from django.db.models.functions import Lower
from django.utils.translation import get_language

from haoke.accounts.choices import LANGUAGES, PresenceState, Role, SecondFactorRule, Theme


class Area(models.Model):
    """An administrative division (GB/T 2260 code), a tree from province to district."""

    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=100)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")

    class Meta:
        db_table = "accounts_area"
        ordering = ["code"]


class Team(models.Model):
    name = models.CharField(max_length=100, unique=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "accounts_team"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Skill(models.Model):
    """What somebody must know to serve certain customers, such as billing or a language of trade."""

    name_zh = models.CharField(max_length=60, unique=True)
    name_en = models.CharField(max_length=60, unique=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        db_table = "accounts_skill"
        ordering = ["name_zh"]

    @property
    def name(self) -> str:
        return self.name_zh if (get_language() or "").startswith("zh") else self.name_en


class StaffManager(BaseUserManager["Staff"]):
    def get_by_natural_key(self, username: str | None) -> Staff:
        return self.get(email__iexact=username)


class Staff(AbstractBaseUser):
    """A colleague who can sign in. Left colleagues stay, inactive: the timeline names them."""

    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=100)
    roles = ArrayField(models.CharField(max_length=20, choices=Role))
    teams = models.ManyToManyField(Team, related_name="members", blank=True)
    areas = models.ManyToManyField(Area, related_name="+", blank=True)
    language = models.CharField(max_length=10, choices=LANGUAGES, default="zh-hans")
    time_zone = models.CharField(max_length=40, blank=True)
    theme = models.CharField(max_length=5, choices=Theme, default=Theme.AUTO)
    # For giving out work: what they know, which languages they write, how many open conversations they hold at most.
    skills = models.ManyToManyField(Skill, related_name="+", blank=True)
    writes_languages = ArrayField(models.CharField(max_length=10, choices=LANGUAGES), default=list, blank=True)
    capacity = models.PositiveSmallIntegerField(null=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = StaffManager()

    class Meta:
        db_table = "accounts_staff"
        constraints = [
            models.CheckConstraint(name="accounts_staff_email_lower", condition=models.Q(email=Lower("email"))),
            models.CheckConstraint(name="accounts_staff_has_role", condition=models.Q(roles__len__gte=1)),
        ]

    def __str__(self) -> str:
        return self.name


class ApiToken(models.Model):
    """A machine's key: only a digest is kept, the clear token is shown once."""

    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    role = models.CharField(max_length=20, choices=Role)
    created_at = models.DateTimeField()
    created_by_name = models.CharField(max_length=200)
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "accounts_apitoken"
        ordering = ["-created_at"]


class AccessOpening(models.Model):
    """An administrator's hour with customer data, and why (RULINGS: only with a logged reason)."""

    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    opened_at = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        db_table = "accounts_accessopening"
        indexes = [models.Index(fields=["staff", "-until"], name="accounts_access_until")]


class Presence(models.Model):
    """Whether a colleague takes work right now; without a row they have never said so and count as away."""

    staff = models.OneToOneField(Staff, primary_key=True, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=PresenceState)
    since = models.DateTimeField()
    # The last sign of life of an open page.
    seen_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "accounts_presence"


class Absence(models.Model):
    """Leave, illness, a course: half-open, with whoever stands in."""

    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    substitute = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "accounts_absence"
        constraints = [
            models.CheckConstraint(
                name="accounts_absence_has_length", condition=models.Q(ends_at__gt=models.F("starts_at"))
            ),
            ExclusionConstraint(
                name="accounts_absences_apart",
                expressions=[
                    ("staff", RangeOperators.EQUAL),
                    (
                        Func("starts_at", "ends_at", function="tstzrange", output_field=DateTimeRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=models.Q(cancelled_at=None),
            ),
        ]
        indexes = [models.Index(fields=["staff", "ends_at"], name="accounts_absence_ends")]


class Installation(models.Model):
    """The one row that says who moved in here."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    company_name = models.CharField(max_length=200)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    # A knob of the house that cannot be a policy row: signing in stands below policies.
    second_factor_rule = models.CharField(
        max_length=20, choices=SecondFactorRule, default=SecondFactorRule.NOBODY, db_default=SecondFactorRule.NOBODY
    )

    class Meta:
        db_table = "accounts_installation"
        constraints = [models.CheckConstraint(name="accounts_one_installation", condition=models.Q(id=1))]


class SecondFactor(models.Model):
    """A colleague's authenticator app; it counts from the moment its first code was typed."""

    staff = models.OneToOneField(Staff, primary_key=True, on_delete=models.CASCADE, related_name="+")
    # Sealed by core.sealing; the clear text is shown while it is set up and never again.
    sealed_secret = models.TextField()
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    # The time step of the last code that was accepted: no code opens the door twice.
    last_step = models.BigIntegerField(default=0)

    class Meta:
        db_table = "accounts_secondfactor"


class RecoveryCode(models.Model):
    """A way in without the app, once; only a fingerprint is kept."""

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="+")
    fingerprint = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "accounts_recoverycode"


class SessionRecord(models.Model):
    """Whose a session is, and from where; it ends with the session itself, which is Django's row."""

    session = models.OneToOneField(
        "sessions.Session", primary_key=True, db_column="session_key", on_delete=models.CASCADE, related_name="+"
    )
    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="+")
    # The network alone: enough to know one's own again (rules/devices.py).
    network = models.CharField(max_length=40, blank=True)
    user_agent = models.CharField(max_length=300, blank=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        db_table = "accounts_sessionrecord"
        indexes = [models.Index(fields=["staff", "-seen_at"], name="accounts_session_seen")]

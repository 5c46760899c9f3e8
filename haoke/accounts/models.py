"""Who works here, in which teams and areas, and with which keys they come in."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower

from haoke.accounts.choices import LANGUAGES, Role, Theme


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


class Installation(models.Model):
    """The one row that says who moved in here."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    company_name = models.CharField(max_length=200)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "accounts_installation"
        constraints = [models.CheckConstraint(name="accounts_one_installation", condition=models.Q(id=1))]

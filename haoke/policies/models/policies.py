"""Versions of policies: of one type and scope, at most one is in force at any moment."""

from __future__ import annotations

from datetime import datetime

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Coalesce

from haoke.policies.choices import SENTENCES, PolicyType
from haoke.policies.rules.scopes import Scope
from haoke.policies.rules.values import PolicyValue, value_from

SCOPE_COLUMNS = ("urgency", "tier", "nature", "channel", "category")


class PolicyQuerySet(models.QuerySet["Policy"]):
    def made_for(self, type: str, scope: Scope) -> PolicyQuerySet:
        """Versions of exactly this scope."""
        return self.filter(
            type=type,
            urgency=scope.urgency,
            tier=scope.tier,
            nature=scope.nature,
            channel=scope.channel,
            category=scope.category,
            team_id=scope.team_id,
        )

    def covering(self, scope: Scope) -> PolicyQuerySet:
        """Versions that apply in the circumstances, the most particular first."""
        applying = self.filter(
            Q(team_id=None) | Q(team_id=scope.team_id),
            urgency__in=("", scope.urgency),
            tier__in=("", scope.tier),
            nature__in=("", scope.nature),
            channel__in=("", scope.channel),
            category__in=("", scope.category),
        )
        # Each part is either empty or the one asked for, so that falling order puts the particular before the general.
        for_team = F("team_id").desc(nulls_last=True)
        return applying.order_by("-urgency", "-tier", "-nature", "-channel", "-category", for_team)

    def in_force(self, at: datetime) -> PolicyQuerySet:
        return self.filter(valid_from__lte=at).not_ended(at)

    def not_ended(self, at: datetime) -> PolicyQuerySet:
        """In force at the moment, or planned."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=at))


class Policy(models.Model):
    """One version: in force from `valid_from` until just before `valid_to`."""

    type = models.CharField(max_length=40)
    # Its scope, in the order in which the parts decide (rules/scopes.py).
    urgency = models.CharField(max_length=20, blank=True, default="")
    tier = models.CharField(max_length=20, blank=True, default="")
    nature = models.CharField(max_length=20, blank=True, default="")
    channel = models.CharField(max_length=20, blank=True, default="")
    category = models.CharField(max_length=40, blank=True, default="")
    team = models.ForeignKey("accounts.Team", null=True, on_delete=models.PROTECT, related_name="+")
    value = models.JSONField()
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True)
    version = models.PositiveIntegerField()
    reason = models.CharField(max_length=500)
    changed_by = models.ForeignKey("accounts.Staff", null=True, on_delete=models.PROTECT, related_name="+")
    changed_by_name = models.CharField(max_length=200)
    changed_at = models.DateTimeField()

    objects = PolicyQuerySet.as_manager()

    class Meta:
        db_table = "policies_policy"
        constraints = [
            models.UniqueConstraint(
                fields=["type", *SCOPE_COLUMNS, "team", "version"],
                nulls_distinct=False,
                name="policies_version_once",
            ),
            models.CheckConstraint(
                name="policies_period_has_length", condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from"))
            ),
            ExclusionConstraint(
                name="policies_one_in_force",
                expressions=[
                    *[(column, RangeOperators.EQUAL) for column in ("type", *SCOPE_COLUMNS)],
                    # Nothing equals nothing in SQL, and yet every team is the same scope as every team.
                    (Coalesce("team", 0), RangeOperators.EQUAL),
                    (
                        Func(
                            "valid_from",
                            "valid_to",
                            RangeBoundary(inclusive_lower=True, inclusive_upper=False),
                            function="tstzrange",
                            output_field=DateTimeRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    @property
    def scope(self) -> Scope:
        return Scope(**{column: getattr(self, column) for column in SCOPE_COLUMNS}, team_id=self.team_id)

    @property
    def typed_value(self) -> PolicyValue:
        return value_from(self.type, self.value)

    @property
    def sentence(self) -> str:
        """What the version says, in the active language."""
        return str(SENTENCES[PolicyType(self.type)]) % self.typed_value.words

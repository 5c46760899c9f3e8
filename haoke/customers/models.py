"""The archive: customers, how they are reached, and who answers for them."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from haoke.customers.choices import (
    ContactKind,
    CustomerKind,
    Honorific,
    Language,
    Nature,
    OwnershipKind,
    Source,
    Status,
)
from haoke.customers.rules.contact_points import LONGEST_LABEL, LONGEST_NORMALISED, LONGEST_VALUE
from haoke.customers.rules.details import LIMITS
from haoke.customers.rules.searching import LONGEST_SORT_KEY

NUMBERS = "customers_serial"


class TsTzRange(models.Func):
    function = "tstzrange"
    output_field = DateTimeRangeField()


class Customer(models.Model):
    """Whoever we serve. A database trigger keeps `serial` and `number` for life."""

    serial = models.BigIntegerField(unique=True)
    number = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=12, choices=CustomerKind)
    name = models.CharField(max_length=LIMITS["name"])
    honorific = models.CharField(max_length=10, choices=Honorific, blank=True)
    position = models.CharField(max_length=LIMITS["position"], blank=True)
    nature = models.CharField(max_length=12, choices=Nature, default=Nature.RETAIL)
    language = models.CharField(max_length=10, choices=Language, blank=True)
    source = models.CharField(max_length=10, choices=Source, blank=True)
    industry = models.CharField(max_length=LIMITS["industry"], blank=True)
    credit_code = models.CharField(max_length=LIMITS["credit_code"], blank=True)
    area = models.ForeignKey("accounts.Area", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    province = models.CharField(max_length=LIMITS["province"], blank=True)
    city = models.CharField(max_length=LIMITS["city"], blank=True)
    district = models.CharField(max_length=LIMITS["district"], blank=True)
    street = models.CharField(max_length=LIMITS["street"], blank=True)
    note = models.TextField(max_length=LIMITS["note"], blank=True)
    status = models.CharField(max_length=8, choices=Status, default=Status.ACTIVE)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged")
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    # Computed from the rest by the rules whenever a service changes it.
    name_sort = models.CharField(max_length=LONGEST_SORT_KEY)
    search_text = models.TextField()
    completeness = models.PositiveSmallIntegerField()

    class Meta:
        db_table = "customers_customer"
        constraints = [
            models.CheckConstraint(name="customers_kind_known", condition=Q(kind__in=CustomerKind.values)),
            models.CheckConstraint(name="customers_name_given", condition=~Q(name="")),
            models.CheckConstraint(
                name="customers_merged_somewhere",
                condition=Q(status="merged", merged_into__isnull=False) | (~Q(status="merged") & Q(merged_into=None)),
            ),
            models.CheckConstraint(
                name="customers_credit_code_of_organisation", condition=Q(credit_code="") | Q(kind="organisation")
            ),
            models.CheckConstraint(name="customers_completeness_percent", condition=Q(completeness__lte=100)),
        ]
        indexes = [
            models.Index(fields=["name_sort", "id"], name="customers_by_name"),
            GinIndex(fields=["search_text"], opclasses=["gin_trgm_ops"], name="customers_search"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class ContactPoint(models.Model):
    """One way to reach a customer; several customers may share it (a family, a switchboard)."""

    # The unique constraint below is the index of this key.
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="contact_points", db_index=False)
    kind = models.CharField(max_length=10, choices=ContactKind)
    value = models.CharField(max_length=LONGEST_VALUE)
    normalised = models.CharField(max_length=LONGEST_NORMALISED)
    extension = models.CharField(max_length=20, blank=True)
    label = models.CharField(max_length=LONGEST_LABEL, blank=True)
    is_primary = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "customers_contactpoint"
        constraints = [
            models.UniqueConstraint(fields=["customer", "kind", "normalised"], name="customers_contact_point_once"),
            models.UniqueConstraint(
                fields=["customer", "kind"], condition=Q(is_primary=True), name="customers_one_primary_contact_point"
            ),
        ]
        indexes = [models.Index(fields=["kind", "normalised"], name="customers_contact_exact")]


class Ownership(models.Model):
    """Who answers for a customer, from when to when (half-open); the relationship itself is the company's (S2-04)."""

    # The partial indexes below serve these keys: hardly anybody asks for ownerships that ended.
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="ownerships", db_index=False)
    kind = models.CharField(max_length=8, choices=OwnershipKind)
    staff = models.ForeignKey("accounts.Staff", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    team = models.ForeignKey("accounts.Team", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500)
    given_by_name = models.CharField(max_length=200)

    class Meta:
        db_table = "customers_ownership"
        constraints = [
            ExclusionConstraint(
                name="customers_one_primary_owner",
                expressions=[
                    ("customer", RangeOperators.EQUAL),
                    (TsTzRange("started_at", "ended_at", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
                condition=Q(kind="primary"),
            ),
            models.CheckConstraint(
                name="customers_owner_is_staff_or_team",
                condition=Q(kind="team", team__isnull=False, staff=None)
                | (~Q(kind="team") & Q(team=None, staff__isnull=False)),
            ),
            models.UniqueConstraint(
                fields=["customer", "kind", "staff", "team"],
                condition=Q(ended_at=None),
                nulls_distinct=False,
                name="customers_ownership_once",
            ),
        ]
        indexes = [
            models.Index(fields=["customer"], condition=Q(ended_at=None), name="customers_owner_now"),
            models.Index(fields=["staff"], condition=Q(ended_at=None), name="customers_owned_by_staff"),
            models.Index(fields=["team"], condition=Q(ended_at=None), name="customers_owned_by_team"),
        ]

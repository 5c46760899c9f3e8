"""What happens to an archive; values that identify a person stay out of the payload or are masked."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from haoke.customers.choices import ContactKind, CustomerKind, OwnershipKind
from haoke.timeline.choices import Audience
from haoke.timeline.facts import Fact


@dataclass(frozen=True, kw_only=True)
class CustomerRegistered(Fact):
    kind = "customer.registered"
    subject = "customer"
    icon = "user-plus"
    sentence = _("%(by)s opened the archive %(number)s")
    labels = {"customer_kind": CustomerKind}
    number: str
    customer_kind: str


@dataclass(frozen=True, kw_only=True)
class CustomerEdited(Fact):
    """`changes` holds [old, new] for each changed field, None where the values are private."""

    kind = "customer.edited"
    subject = "customer"
    icon = "pencil"
    sentence = _("%(by)s changed the profile")
    version: int
    changes: dict


@dataclass(frozen=True, kw_only=True)
class ContactPointAdded(Fact):
    kind = "contact_point.added"
    subject = "contact_point"
    icon = "contact"
    sentence = _("%(by)s added a contact point: %(contact_kind)s %(masked)s")
    labels = {"contact_kind": ContactKind}
    contact_point_id: int
    contact_kind: str
    masked: str


@dataclass(frozen=True, kw_only=True)
class ContactPointRemoved(Fact):
    kind = "contact_point.removed"
    subject = "contact_point"
    icon = "contact"
    sentence = _("%(by)s removed a contact point: %(contact_kind)s %(masked)s")
    labels = {"contact_kind": ContactKind}
    contact_point_id: int
    contact_kind: str
    masked: str


@dataclass(frozen=True, kw_only=True)
class ContactPointRevealed(Fact):
    kind = "contact_point.revealed"
    subject = "contact_point"
    audience = Audience.AUDIT
    icon = "eye"
    sentence = _("%(by)s revealed a contact point: %(contact_kind)s %(masked)s")
    labels = {"contact_kind": ContactKind}
    contact_point_id: int
    contact_kind: str
    masked: str


@dataclass(frozen=True, kw_only=True)
class CustomerOwnerGiven(Fact):
    """Who answers for the customer from now on: `staff_id` or, where a team does, `team_id`."""

    kind = "customer.owner_given"
    subject = "customer"
    icon = "handshake"
    sentence = _("%(by)s gave the customer to %(name)s (%(ownership_kind)s): %(reason)s")
    labels = {"ownership_kind": OwnershipKind}
    ownership_id: int
    ownership_kind: str
    staff_id: int | None
    team_id: int | None
    name: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class CustomerOwnerEnded(Fact):
    kind = "customer.owner_ended"
    subject = "customer"
    icon = "handshake"
    sentence = _("%(by)s took the customer back from %(name)s (%(ownership_kind)s): %(reason)s")
    labels = {"ownership_kind": OwnershipKind}
    ownership_id: int
    ownership_kind: str
    staff_id: int | None
    team_id: int | None
    name: str
    reason: str

"""Customers in JSON: list and search, read, register, change."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Router, Schema, Status
from pydantic import StringConstraints

from haoke.core.errors import Invalid
from haoke.core.shapes import Body, Id, Key, Line, problems
from haoke.core.ui.gate import Request
from haoke.customers import queries, services
from haoke.customers.choices import ContactKind, CustomerKind, Honorific, Language, Nature, Source
from haoke.customers.models import Customer
from haoke.timeline.choices import AccessKind
from haoke.timeline.services import note_access

router = Router()

# One visible sign at least; the archive trims the rest.
Name = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]*[^\s\x00][^\x00]*$")]
Detail = Annotated[str, StringConstraints(max_length=50, pattern=r"^[^\x00]*$")]
LongDetail = Annotated[str, StringConstraints(max_length=100, pattern=r"^[^\x00]*$")]
Street = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]*$")]
Note = Annotated[str, StringConstraints(max_length=4000, pattern=r"^[^\x00]*$")]
CreditCode = Annotated[str, StringConstraints(max_length=18, pattern=r"^[0-9A-Za-z]*$")]


class ContactPointIn(Body):
    kind: ContactKind
    value: Line
    label: Detail = ""


class Details(Body):
    """What the archive may hold; `honorific` and `position` belong to persons, `credit_code` to organisations.

    An empty text clears a detail; null leaves it as it is, because some programs send null for what they do not know.
    """

    honorific: Honorific | Literal[""] | None = None
    position: LongDetail | None = None
    nature: Nature | None = None
    language: Language | Literal[""] | None = None
    source: Source | Literal[""] | None = None
    industry: LongDetail | None = None
    credit_code: CreditCode | None = None
    province: Detail | None = None
    city: Detail | None = None
    district: Detail | None = None
    street: Street | None = None
    note: Note | None = None


class CustomerIn(Details):
    kind: CustomerKind
    name: Name
    contact_points: list[ContactPointIn] = []


class CustomerChange(Details):
    """Only the named fields change; `version` is the one you read, so that nobody's change is lost."""

    version: Id
    name: Name | None = None


class ContactPointOut(Schema):
    """`value` is masked where the token's role does not see contact points."""

    kind: ContactKind
    value: str
    label: str
    is_primary: bool
    is_masked: bool


class CustomerRow(Schema):
    number: str
    name: str
    kind: CustomerKind
    owner: str


class CustomerOut(CustomerRow):
    id: int
    version: int
    status: str
    honorific: str
    position: str
    nature: str
    language: str
    source: str
    industry: str
    credit_code: str
    province: str
    city: str
    district: str
    street: str
    note: str
    completeness_percent: int
    contact_points: list[ContactPointOut]
    created_at: datetime


class CustomerPage(Schema):
    """`after` continues the list; none on the last page."""

    items: list[CustomerRow]
    after: str | None


@router.get("", response={200: CustomerPage, **problems()}, operation_id="listCustomers")
def list_customers(request: Request, search: Line = "", after: Key = "") -> Any:
    request.actor.require("customers.view")
    page = queries.customers_page(request.actor, search=search, after=after)
    # An unknown place would be the first page, and a program that begins again never comes to the end.
    if after and page.rows and page.before is None:
        raise Invalid(field="after")
    note_access(kind=AccessKind.SEARCH, subject_kind="customer", by=request.actor)
    rows = [
        CustomerRow(number=row.number, name=row.name, kind=CustomerKind(row.kind), owner=row.owner_name)
        for row in page.rows
    ]
    return CustomerPage(items=rows, after=page.after)


@router.post("", response={201: CustomerOut, **problems(409, 413)}, operation_id="registerCustomer")
def register_customer(request: Request, body: CustomerIn) -> Any:
    customer = services.register_customer(
        kind=body.kind,
        name=body.name,
        contact_points=[(point.kind, point.value, point.label) for point in body.contact_points],
        **_given(body, beside={"kind", "name", "contact_points"}),
        by=request.actor,
    )
    return Status(201, _shown(customer, request))


@router.get("/{number}", response={200: CustomerOut, **problems(404)}, operation_id="readCustomer")
def read_customer(request: Request, number: Key) -> Any:
    request.actor.require("customers.view")
    found = queries.customer_by_number(number, request.actor)
    note_access(
        kind=AccessKind.CUSTOMER, subject_kind="customer", subject_id=found.pk, customer_id=found.pk, by=request.actor
    )
    return _shown(found, request)


@router.patch("/{number}", response={200: CustomerOut, **problems(404, 409, 413)}, operation_id="changeCustomer")
def change_customer(request: Request, number: Key, body: CustomerChange) -> Any:
    request.actor.require("customers.edit")
    known = queries.customer_by_number(number, request.actor)
    changes = _given(body, beside={"version"})
    customer = services.edit_customer(customer_id=known.pk, version=body.version, by=request.actor, **changes)
    return _shown(customer, request)


def _given(body: Details, *, beside: set[str]) -> dict[str, Any]:
    """The details that were named."""
    return body.dict(exclude=beside, exclude_none=True)


def _shown(customer: Customer, request: Request) -> CustomerOut:
    """The archive as far as the token's role sees it; contact points masked where its role masks them."""
    details = queries.details_of(customer)
    owners = queries.owners_of(customer.pk)
    return CustomerOut(
        **{name: details[name] for name in CustomerOut.model_fields if name in details},
        id=customer.pk,
        number=customer.number,
        version=customer.version,
        status=customer.status,
        owner=next((owner.name for owner in owners if owner.kind == "primary"), ""),
        completeness_percent=customer.completeness,
        contact_points=[
            ContactPointOut(
                kind=ContactKind(point.kind),
                value=point.shown,
                label=point.label,
                is_primary=point.is_primary,
                is_masked=point.is_masked,
            )
            for point in queries.shown_contact_points(customer.pk, request.actor)
        ],
        created_at=customer.created_at,
    )

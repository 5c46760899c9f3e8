"""The door for reading archives."""

from haoke.customers.queries.contact_points import (
    SameContactPoint,
    ShownContactPoint,
    contact_point_of,
    mail_addresses,
    matches_for_address,
    same_contact_points,
    shown_contact,
    shown_contact_points,
    shown_point,
)
from haoke.customers.queries.lists import Filters, Page, Row, customers_page
from haoke.customers.queries.names import (
    CustomerName,
    family_ids,
    family_of_number,
    names,
    names_within_reach,
    primary_owner,
    primary_owner_name,
)
from haoke.customers.queries.profile import Owner, Profile, details_of, owners_of, profile
from haoke.customers.queries.reach import customer_by_id, customer_by_number, customers_in_care, visible_customers
from haoke.customers.queries.searching import Hit, search

__all__ = [
    "CustomerName",
    "Filters",
    "Hit",
    "Owner",
    "Page",
    "Profile",
    "Row",
    "SameContactPoint",
    "ShownContactPoint",
    "contact_point_of",
    "customer_by_id",
    "customer_by_number",
    "customers_in_care",
    "customers_page",
    "details_of",
    "family_ids",
    "family_of_number",
    "mail_addresses",
    "matches_for_address",
    "names",
    "names_within_reach",
    "owners_of",
    "primary_owner",
    "primary_owner_name",
    "profile",
    "same_contact_points",
    "search",
    "shown_contact",
    "shown_contact_points",
    "shown_point",
    "visible_customers",
]

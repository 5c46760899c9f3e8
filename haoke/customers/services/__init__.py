"""The door for changing archives."""

from haoke.customers.services.contact_points import add_contact_point, remove_contact_point, reveal_contact_point
from haoke.customers.services.editing import edit_customer
from haoke.customers.services.owners import end_ownership, give_owner
from haoke.customers.services.registering import register_customer

__all__ = [
    "add_contact_point",
    "edit_customer",
    "end_ownership",
    "give_owner",
    "register_customer",
    "remove_contact_point",
    "reveal_contact_point",
]

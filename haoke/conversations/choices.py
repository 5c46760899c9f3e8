"""Stored codes of conversations and messages, with the words people read (GLOSSARY, Inbox)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    NEW = "new", _("New")
    OPEN = "open", _("Open")
    WAITING = "waiting", _("Waiting for customer")
    ON_HOLD = "on_hold", _("On hold")
    SOLVED = "solved", _("Solved")
    CLOSED = "closed", _("Closed")


class Urgency(TextChoices):
    LOW = "low", _("Low")
    NORMAL = "normal", _("Normal")
    HIGH = "high", _("High")
    URGENT = "urgent", _("Urgent")


class Phase(TextChoices):
    """The phase of service a record belongs to (S0-11); every category knows its own."""

    PRE_SALE = "pre_sale", _("Pre-sale")
    IN_SALE = "in_sale", _("In-sale")
    AFTER_SALE = "after_sale", _("After-sale")


class MessageKind(TextChoices):
    MAIL = "mail", _("Mail")
    NOTE = "note", _("Internal note")
    CALL = "call", _("Phone call")
    FORM = "form", _("Web form")


class ClockKind(TextChoices):
    """The three promises of time (RULINGS, Clocks)."""

    FIRST_RESPONSE = "first_response", _("First response")
    NEXT_RESPONSE = "next_response", _("Next response")
    RESOLUTION = "resolution", _("Resolution time")


class ClockOutcome(TextChoices):
    KEPT = "kept", _("kept")
    MISSED = "missed", _("missed")
    # The conversation was merged away, or what the clock waited for fell away.
    CANCELLED = "cancelled", _("cancelled")
    # Another clock took its place, such as after the urgency was changed.
    REPLACED = "replaced", _("replaced")


class ClockState(TextChoices):
    """How a conversation stands with its clocks: the worst of those that run."""

    NONE = "none", _("No clock")
    RUNNING = "running", _("In time")
    DUE_SOON = "due_soon", _("Due soon")
    OVERDUE = "overdue", _("Overdue")
    PAUSED = "paused", _("Paused")


class FollowReason(TextChoices):
    BY_HAND = "by_hand", _("follows by choice")
    MENTIONED = "mentioned", _("was mentioned")


class CannedScope(TextChoices):
    PERSONAL = "personal", _("Only me")
    TEAM = "team", _("One team")
    COMPANY = "company", _("Everybody")


class Sharing(TextChoices):
    PRIVATE = "private", _("Only me")
    TEAM = "team", _("One team")
    COMPANY = "company", _("Everybody")


class BulkAction(TextChoices):
    ASSIGN = "assign", _("Assign")
    STATE = "state", _("Set the state")
    CLOSE = "close", _("Close")
    URGENCY = "urgency", _("Set the urgency")
    CATEGORY = "category", _("Set the category")
    TAG = "tag", _("Add a tag")
    UNTAG = "untag", _("Remove a tag")


class BulkState(TextChoices):
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    UNDOING = "undoing", _("being taken back")
    UNDONE = "undone", _("taken back")


class RoutingMethod(TextChoices):
    BY_HAND = "by_hand", _("By hand")
    ROUND_ROBIN = "round_robin", _("In turn")
    LEAST_LOAD = "least_load", _("Whoever has the least open")


class HandoverEnd(TextChoices):
    COMPLETED = "completed", _("accepted, and the customer was told")
    RETURNED = "returned", _("given back")
    REPLACED = "replaced", _("passed on to somebody else")
    CLOSED = "closed", _("the conversation was finished")


class ReopenReason(TextChoices):
    CUSTOMER_WROTE = "customer_wrote", _("The customer wrote again")
    BY_HAND = "by_hand", _("Reopened by hand")


class DeliveryOutcome(TextChoices):
    """What can happen to a mail of ours instead of arriving."""

    REFUSED = "refused", _("refused by the other side")
    FAILED = "failed", _("not sent")
    UNCERTAIN = "uncertain", _("nobody can know whether it was sent")
    BOUNCED = "bounced", _("sent back")

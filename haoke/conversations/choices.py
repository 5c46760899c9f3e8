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


class SnoozeChoice(TextChoices):
    LATER = "later", _("Later today")
    TOMORROW = "tomorrow", _("Tomorrow morning")
    NEXT_WEEK = "next_week", _("Next week")


class CannedScope(TextChoices):
    PERSONAL = "personal", _("Only me")
    TEAM = "team", _("One team")
    COMPANY = "company", _("Everybody")


class Blank(TextChoices):
    """What a canned reply leaves open, as {{customer.name}}, and what is put in there."""

    CUSTOMER_NAME = "customer.name", _("The customer's name")
    CUSTOMER_HONORIFIC = "customer.honorific", _("Mr, Ms … as the archive has it")
    CUSTOMER_NUMBER = "customer.number", _("The archive number")
    AGENT_NAME = "agent.name", _("Your own name")
    TEAM_NAME = "team.name", _("The team that answers")
    COMPANY_NAME = "company.name", _("The name of the company")
    REFERENCE = "reference", _("The reference of the conversation, such as HK-42")
    SUBJECT = "subject", _("The subject of the conversation")
    PROMISED_TIME = "promised_time", _("By when the customer was promised to hear from us")


class Sharing(TextChoices):
    PRIVATE = "private", _("Only me")
    TEAM = "team", _("One team")
    COMPANY = "company", _("Everybody")


class InboxView(TextChoices):
    """The lists everybody has; a saved view is a search of one's own."""

    MINE = "mine", _("Mine")
    UNASSIGNED = "unassigned", _("Unassigned")
    WAITING = "waiting", _("Waiting for customer")
    DUE_SOON = "due_soon", _("Due soon")
    OVERDUE = "overdue", _("Overdue")
    SNOOZED = "snoozed", _("Snoozed")
    ALL = "all", _("All")


class InboxSort(TextChoices):
    NEWEST = "newest", _("Newest message")
    OLDEST = "oldest", _("Oldest message")
    LONGEST_WAITING = "waiting", _("Longest waiting")
    DUE_FIRST = "due", _("Due first")
    NEWEST_OPENED = "opened", _("Newest conversation")


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


METHOD_EXPLANATIONS = {
    RoutingMethod.BY_HAND: _("Colleagues take what they find in the inbox, or a supervisor assigns it."),
    RoutingMethod.ROUND_ROBIN: _("Each gets one after the other: next is whoever has waited longest for a new one."),
    RoutingMethod.LEAST_LOAD: _("The next goes to whoever has the smallest share of their capacity open."),
}


class AssignmentReason(TextChoices):
    """Why a conversation went to whoever it went to; the machine explains itself (ROUTING_SENTENCES)."""

    BY_HAND = "by_hand", _("by hand")
    OPENED = "opened", _("it began with them")
    ANSWERED = "answered", _("answered it")
    PULLED = "pulled", _("asked for the next one")
    OWNER = "owner", _("the customer's owner")
    SUBSTITUTE = "substitute", _("stands in for an absent colleague")
    IN_TURN = "in_turn", _("in turn")
    LEAST_LOAD = "least_load", _("had the least open")
    RETURNED = "returned", _("a handover was given back")
    RECALLED = "recalled", _("the answer was taken back")
    RELEASED = "released", _("the colleague gave up their work here")


# The choices of the machine: only these it may change again by itself.
BY_MACHINE = (
    AssignmentReason.OWNER,
    AssignmentReason.SUBSTITUTE,
    AssignmentReason.IN_TURN,
    AssignmentReason.LEAST_LOAD,
)

ROUTING_SENTENCES = {
    AssignmentReason.OWNER: _("the customer's owner, who had %(load)s of %(capacity)s open"),
    AssignmentReason.SUBSTITUTE: _("stands in for an absent colleague; had %(load)s of %(capacity)s open"),
    AssignmentReason.IN_TURN: _("in turn: longest without a new one; had %(load)s of %(capacity)s open"),
    AssignmentReason.LEAST_LOAD: _("least open of those who are there: %(load)s of %(capacity)s"),
}


class Obstacle(TextChoices):
    """Why the machine passes a colleague over; the first that holds is the one that is told."""

    ABSENT = "absent", _("absent")
    AWAY = "away", _("away")
    BUSY = "busy", _("busy")
    FULL = "full", _("with as many open as they take")
    SKILL = "skill", _("without the skill it needs")
    LANGUAGE = "language", _("who do not write the customer's language")
    SERVED = "served", _("who just got some")


class HandoverEnd(TextChoices):
    COMPLETED = "completed", _("accepted, and the customer was told")
    RETURNED = "returned", _("given back")
    REPLACED = "replaced", _("passed on to somebody else")
    CLOSED = "closed", _("the conversation was finished")


class ReopenReason(TextChoices):
    CUSTOMER_WROTE = "customer_wrote", _("The customer wrote again")
    BY_HAND = "by_hand", _("Reopened by hand")
    # No reopening in the reports' sense: the conversation should never have been closed.
    TAKEN_BACK = "taken_back", _("The closing was taken back")


class Dimension(TextChoices):
    """By what the figures of reports are put together."""

    TEAM = "team", _("Team")
    AGENT = "agent", _("Colleague")
    CATEGORY = "category", _("Category")
    URGENCY = "urgency", _("Urgency")
    CHANNEL = "channel", _("Channel")


class DeliveryOutcome(TextChoices):
    """What can happen to a mail of ours instead of arriving."""

    REFUSED = "refused", _("refused by the other side")
    FAILED = "failed", _("not sent")
    UNCERTAIN = "uncertain", _("nobody can know whether it was sent")
    BOUNCED = "bounced", _("sent back")


class SearchKey(TextChoices):
    """What a search can be narrowed by, as in `owner:me`; the labels are the keys people read and may type."""

    OWNER = "owner", _("owner")
    TEAM = "team", _("team")
    STATUS = "status", _("status")
    URGENCY = "urgency", _("urgency")
    CATEGORY = "category", _("category")
    TAG = "tag", _("tag")
    CHANNEL = "channel", _("channel")
    CUSTOMER = "customer", _("customer")
    FROM = "from", _("from")
    SUBJECT = "subject", _("subject")
    BEFORE = "before", _("before")
    AFTER = "after", _("after")
    IS = "is", _("is")
    HAS = "has", _("has")
    REFERENCE = "reference", _("reference")


class SearchIs(TextChoices):
    MINE = "mine", _("mine")
    UNASSIGNED = "unassigned", _("unassigned")
    UNANSWERED = "unanswered", _("unanswered")
    UNFINISHED = "unfinished", _("unfinished")
    WAITING = "waiting", _("waiting for customer")
    DUE_SOON = "due-soon", _("due soon")
    OVERDUE = "overdue", _("overdue")
    SNOOZED = "snoozed", _("snoozed")
    FOLLOWING = "following", _("followed by me")
    MERGED = "merged", _("merged into another")


class SearchHas(TextChoices):
    ATTACHMENT = "attachment", _("attachment")
    DRAFT = "draft", _("my draft")
    NOTE = "note", _("internal note")
    CALL = "call", _("phone call")


class SearchProblem(TextChoices):
    """Why a part of a search could not be followed."""

    UNKNOWN_KEY = "unknown_key", _("“%(typed)s” is no filter, so it was searched as words. Filters: %(offered)s.")
    NO_VALUE = "no_value", _("“%(typed)s” needs a value, such as %(offered)s.")
    UNKNOWN_VALUE = "unknown_value", _("“%(typed)s” finds nothing: there is no such value. Possible: %(offered)s.")
    UNKNOWN_NAME = "unknown_name", _("“%(typed)s” finds nothing: nobody and nothing here has that name.")
    AMBIGUOUS = "ambiguous", _("“%(typed)s” may mean several: %(offered)s. Write the name in full.")
    BAD_DATE = "bad_date", _("“%(typed)s” is no date. Write it as %(offered)s.")
    CONTRADICTION = "contradiction", _("“%(typed)s” contradicts itself: no conversation can be all of that at once.")
    TOO_LONG = "too_long", _("This search is too long. Use at most %(offered)s words and filters.")

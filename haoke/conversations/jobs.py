"""How conversations react to what the mailbox reports."""

from __future__ import annotations

import structlog
from django.db import transaction

from haoke.accounts.choices import PresenceState
from haoke.channels import services as mail
from haoke.conversations import services
from haoke.conversations.choices import BY_MACHINE, State
from haoke.core.queue import PASSING, defer, job, periodic
from haoke.timeline.reactions import Happened

log = structlog.get_logger("haoke.conversations")


def receive_mail(happened: Happened) -> None:
    """A mail was stored: file it, or mark it failed with its cause, so that an administrator can run it again."""
    inbound_id = happened.payload["inbound_id"]
    try:
        with transaction.atomic():
            services.receive_mail(inbound_id=inbound_id)
    except PASSING:
        raise
    except Exception as error:
        mail.fail_inbound(inbound_id, f"{type(error).__name__}: {error}")


def note_settlement(happened: Happened) -> None:
    """A person said whether an uncertain mail left; where it did not, it is on its way again."""
    if happened.payload["was_sent"]:
        services.note_delivery(outbound_id=happened.payload["outbound_id"], outcome="sent")


def note_delivery(happened: Happened) -> None:
    """A mail of ours was sent, refused, failed or lost track of."""
    services.note_delivery(outbound_id=happened.payload["outbound_id"], outcome=happened.kind.removeprefix("mail."))


@periodic("* * * * * */5", name="conversations.ring")
def ring() -> None:
    """Warnings and breaches of clocks whose time has come."""
    services.ring()


def note_calendar(happened: Happened) -> None:
    """A calendar says something else now: the deadlines that rest on it are computed anew, in batches."""
    _recompute(happened.payload["calendar_id"])


@job("conversations.recompute_deadlines")
def recompute_deadlines(*, calendar_id: int, after_id: int = 0) -> None:
    """One batch, and a job for the next."""
    following = services.recompute_deadlines(calendar_id=calendar_id, after_id=after_id)
    if following is not None:
        _recompute(calendar_id, after_id=following)


def _recompute(calendar_id: int, *, after_id: int = 0) -> None:
    # Two changes of one calendar are counted one after the other, the later one last.
    lock = f"conversations.deadlines:{calendar_id}"
    defer("conversations.recompute_deadlines", lock=lock, calendar_id=calendar_id, after_id=after_id)


@periodic("* * * * *", name="conversations.wake_snoozed")
def wake_snoozed() -> None:
    """What was put off until now comes back into the lists."""
    services.wake_snoozed()


@job("conversations.run_bulk_change")
def run_bulk_change(*, change_id: int) -> None:
    """The next hundred of a change of many."""
    services.run_bulk_change(change_id=change_id)


@periodic("* * * * *", name="conversations.resume_bulk_changes")
def resume_bulk_changes() -> None:
    """Those whose process was lost go on."""
    services.resume_bulk_changes()


@periodic("* * * * *", name="conversations.sum_up_counts")
def sum_up_counts() -> None:
    services.sum_up_counts()


@periodic("43 3 * * *", name="conversations.recount")
def recount() -> None:
    """The truth, once a day; anything but nought would mean that something changes conversations past the database."""
    if wrong := services.recount():
        log.warning("inbox_counts_were_wrong", places=wrong)


def reindex_customer(happened: Happened) -> None:
    """A customer who is called otherwise now is found by the new name, also in what was said before."""
    if "name" in happened.payload["changes"]:
        services.reindex_customer(customer_id=happened.customer_id or 0)


@job("conversations.run_search_rebuild")
def run_search_rebuild(*, rebuild_id: int) -> None:
    """The next two thousand messages of making the search index anew."""
    services.run_search_rebuild(rebuild_id=rebuild_id)


@periodic("* * * * *", name="conversations.resume_search_rebuild")
def resume_search_rebuild() -> None:
    """A rebuild whose process was lost goes on."""
    services.resume_search_rebuild()


def route(happened: Happened) -> None:
    """The customer wrote, or it was reopened: somebody must have it who is there."""
    services.route(happened.subject_id or 0)


def route_waiting(happened: Happened) -> None:
    """Another category, another customer, back from a snooze: if nobody has it, somebody may fit now."""
    services.route(happened.subject_id or 0, only_if_waiting=True)


def note_assignment(happened: Happened) -> None:
    """By hand it went from one to another: the queue may have a new one, the colleague before a free hand."""
    if happened.payload.get("reason") not in BY_MACHINE:
        services.route(happened.subject_id or 0, only_if_waiting=True)
        services.free_up(conversation_id=happened.subject_id)


def free_up(happened: Happened) -> None:
    """A conversation asks for nobody's hands any more: whoever had it can take the next."""
    services.free_up(conversation_id=happened.subject_id)


def free_up_after_state(happened: Happened) -> None:
    if happened.payload["new"] not in (State.NEW, State.OPEN):
        services.free_up(conversation_id=happened.subject_id)


def free_up_colleague(happened: Happened) -> None:
    """Somebody came in, is back, or takes more or other work than before."""
    if happened.payload.get("new", PresenceState.AVAILABLE) == PresenceState.AVAILABLE:
        services.free_up(staff_id=happened.payload["staff_id"])


def free_up_team(happened: Happened) -> None:
    services.drain_soon([happened.payload["team_id"]])


@job("conversations.drain")
def drain(*, team_id: int) -> None:
    """One round of giving out what waits in a team."""
    services.drain(team_id)


@periodic("* * * * *", name="conversations.sweep_routing")
def sweep_routing() -> None:
    """What no fact announces: absences that end, pages that fall silent, handovers nobody took."""
    services.sweep()
    services.drop_overdue_handovers()


def note_contact(happened: Happened) -> None:
    """An answer reached the customer: who answered first, and whether they know who looks after them."""
    services.note_contact(message_id=happened.payload["message_id"])


def end_handover(happened: Happened) -> None:
    """A conversation that is over has nothing left to hand over."""
    services.end_with_conversation(conversation_id=happened.subject_id or 0)


@periodic("37 3 * * *", name="conversations.sweep_drafts")
def sweep_drafts() -> None:
    """Drafts that were thrown away more than a day ago."""
    services.sweep_drafts()


@periodic("23 * * * *", name="conversations.measure_missing")
def measure_missing() -> None:
    """Conversations of before there were measures get theirs, some hundreds an hour."""
    services.measure_missing()

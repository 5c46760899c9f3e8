"""A house with one of everything, so that every address leads somewhere: what the permission matrix walks through."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from email.message import EmailMessage
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection

from haoke.accounts import queries as accounts
from haoke.accounts import services as staff
from haoke.accounts.choices import Role
from haoke.accounts.models import ApiToken, Staff
from haoke.channels import services as mail
from haoke.channels.models import OutboundMail
from haoke.conversations import services as conversations
from haoke.conversations.models import Attachment, Closure, Conversation, Message
from haoke.core import clock, queue
from haoke.core.actor import Actor
from haoke.customers import services as archive
from haoke.demo import services as demo
from haoke.demo.rules import Upload
from haoke.policies import services as policies
from haoke.policies.queries import calendars, policy_detail
from haoke.quality import services as quality
from haoke.worklist.services import add_item, finish_item

PASSWORD = "a-long-password-for-tests"
OWN, KNOWN, UNKNOWN = "support@haoke.example", "wang@customer.example", "stranger@customer.example"
ROLES = {
    "agent": Role.AGENT,
    "acct": Role.ACCOUNT_MANAGER,
    "field": Role.FIELD_ENGINEER,
    "super": Role.SUPERVISOR,
    "qual": Role.QUALITY_MANAGER,
    "admin": Role.ADMINISTRATOR,
    "surv": Role.SURVEYOR,
}
IN_TEAM = ("agent", "acct", "field", "super")
PHONE = "138 0013 8000"


@dataclass(frozen=True)
class World:
    """Who works here, how they are signed in, and what there is, by the name an address or a form has for it."""

    actors: Mapping[str, Actor]
    sessions: Mapping[str, str]
    tokens: Mapping[str, str]
    things: Mapping[str, Any]


def build_world() -> World:
    """In a demo, so that the playing customers' pages are there too."""
    system = Actor.system()
    staff.mark_installation(company_name="好客示范", is_demo=True)
    team, other_team = (staff.create_team(name=name, by=system) for name in ("一组", "二组"))
    actors = {name: _colleague(name, role, [team.pk] if name in IN_TEAM else []) for name, role in ROLES.items()}
    others = {f"other_{name}": _colleague(f"other_{name}", ROLES[name], [other_team.pk]) for name in ("agent", "acct")}
    everybody = actors | others
    return World(
        actors=everybody,
        sessions={name: _session(actor) for name, actor in everybody.items()},
        tokens={name: staff.create_token(name=name, role=role, by=system) for name, role in ROLES.items()},
        things=_things(actors, team.pk, system),
    )


def _colleague(name: str, role: str, team_ids: list[int]) -> Actor:
    created = staff.create_staff(
        name=name,
        email=f"{name}@haoke.example",
        password=PASSWORD,
        roles=[role],
        team_ids=team_ids,
        language="en",
        by=Actor.system(),
    )
    return accounts.actor_of_staff(created.pk)


def _session(actor: Actor) -> str:
    """The key of a session as signing in leaves it."""
    session = SessionStore()
    session[SESSION_KEY] = str(actor.id)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = Staff.objects.get(pk=actor.id).get_session_auth_hash()
    session.create()
    return str(session.session_key)


def _things(actors: Mapping[str, Actor], team_id: int, system: Actor) -> dict[str, Any]:
    """What stands in the house; the account manager owns the customer, their team has the mailbox."""
    agent = actors["agent"]
    channel = mail.create_channel(
        name="Support",
        address=OWN,
        display_name="Haoke support",
        team_id=team_id,
        outgoing_host="127.0.0.1",
        outgoing_port=9,
        outgoing_security="none",
        registers_senders=False,
        acknowledges=False,
        by=system,
    )
    customer = archive.register_customer(
        kind="person",
        name="王小明",
        contact_points=[("mail", KNOWN, ""), ("phone", PHONE, "")],
        by=actors["acct"],
    )
    running, stranger = _conversation_by_mail(KNOWN), _conversation_by_mail(UNKNOWN)
    closed = conversations.start_conversation(customer_id=customer.pk, subject="回访", text="您好!", by=agent)
    conversations.close_conversation(conversation_id=closed.pk, by=agent)
    return {
        "number": customer.number,
        "customer_id": customer.pk,
        "contact_point_id": customer.contact_points.first().pk,
        "ownership_id": customer.ownerships.get().pk,
        "conversation_id": running.pk,
        "stranger_id": stranger.pk,
        "closed_id": closed.pk,
        "attachment_id": Attachment.objects.first().pk,
        "item_id": _open_item(running, team_id),
        "finished_item_id": finish_item(item_id=_open_item(closed, team_id), by=system).pk,
        "token": _survey_token(closed, system),
        "staff_id": agent.id,
        "team_id": team_id,
        "token_id": _newest_token(system),
        **_mails(running, channel.pk, agent),
        **_settings(system),
        **_played_mail(),
    }


def _conversation_by_mail(sender: str) -> Conversation:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"], letter["Message-ID"] = sender, OWN, "订单查询", f"<1.{sender}>"
    letter.set_content("请问我的订单什么时候到?")
    letter.add_attachment(b"%PDF-1.7 order", maintype="application", subtype="pdf", filename="order.pdf")
    inbound = mail.store_inbound(raw=letter.as_bytes(), envelope_from=sender, envelope_to=[OWN])
    conversations.receive_mail(inbound_id=inbound.pk)
    return Message.objects.get(inbound_id=inbound.pk).conversation


def _mails(running: Conversation, channel_id: int, agent: Actor) -> dict[str, int]:
    """An uncertain and a refused mail of ours, one that arrived well, and one that nobody could read."""
    uncertain, refused = (
        conversations.reply(conversation_id=running.pk, text=text, by=agent) for text in ("已安排。", "补充一点。")
    )
    OutboundMail.objects.filter(pk=uncertain.outbound_id).update(state="uncertain")
    OutboundMail.objects.filter(pk=refused.outbound_id).update(state="refused", cause="rejected")
    unread = mail.store_inbound(raw=b"Subject: ?\r\n\r\n?", envelope_from="", envelope_to=[OWN])
    mail.fail_inbound(unread.pk, "ValueError")
    return {
        "channel_id": channel_id,
        "uncertain_message_id": uncertain.pk,
        "refused_message_id": refused.pk,
        "uncertain_id": uncertain.outbound_id,
        "refused_id": refused.outbound_id,
        "inbound_id": Message.objects.get(conversation=running, direction="in").inbound_id,
        "unread_id": unread.pk,
    }


def _open_item(running: Conversation, team_id: int) -> int:
    """A task of the whole team."""
    item = add_item(
        kind="mail_undelivered",
        subject_kind="conversation",
        subject_id=running.pk,
        customer_id=running.customer_id,
        team_id=team_id,
        details={"conversation_id": running.pk, "outcome": "refused"},
    )
    return item.pk


def _survey_token(closed: Conversation, system: Actor) -> str:
    """The secret in the mail that asks the customer of a closed conversation."""
    closure = Closure.objects.get(conversation=closed)
    invitation = quality.invite(conversation_id=closed.pk, closure_id=closure.pk, closed_at=closure.at, by=system)
    found = re.search(r"/s/([\w-]{43})\s", invitation.message.outbound.text)
    assert found
    return found.group(1)


def _newest_token(system: Actor) -> int:
    staff.create_token(name="old import", role=Role.AGENT, by=system)
    return ApiToken.objects.latest("pk").pk


def _settings(system: Actor) -> dict[str, Any]:
    """A policy that changes tomorrow, the calendar, and a job that gave up."""
    planned = policies.change_policy(
        type="survey_cap",
        value={"days": 7},
        valid_from=clock.now() + timedelta(days=1),
        reason="Trial",
        version=policy_detail("survey_cap").newest,
        by=system,
    )
    calendar = calendars()[0]
    policies.mark_calendar_day(
        calendar_code=calendar.code,
        on=date(2027, 2, 8),
        is_working=False,
        name="春节",
        by=system,
    )
    job_id = queue.defer("channels.send_mail", outbound_id=0)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed' WHERE id = %s", [job_id])
    return {
        "policy_id": planned.pk,
        "policy_version": policy_detail("survey_cap").newest,
        "code": calendar.code,
        "year": 2027,
        "month": 2,
        "day": 8,
        "type": "survey_cap",
        "job_id": job_id,
    }


def _played_mail() -> dict[str, Any]:
    """A mail with a file in the mailbox of one of the demo's customers."""
    file = Upload("order.txt", "text/plain", b"order")
    written = demo.write_mail(mailbox=KNOWN, name="王小明", recipient=OWN, subject="订单", text="请问", uploads=[file])
    return {"address": KNOWN, "mail_id": written.pk, "position": 0}

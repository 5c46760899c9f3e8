"""A house with one of everything, so that every address leads somewhere: what the permission matrix walks through."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from email.message import EmailMessage
from typing import Any
from uuid import uuid4

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
from haoke.conversations.events import ColleagueMentioned
from haoke.conversations.models import Attachment, Closure, Conversation, Message
from haoke.conversations.queries import DraftPlace, categories, clocks_of
from haoke.core import clock, queue
from haoke.core.actor import Actor
from haoke.customers import services as archive
from haoke.demo import services as demo
from haoke.demo.rules import Upload
from haoke.notifications import services as notifications
from haoke.policies import services as policies
from haoke.policies.queries import Scope, calendars, history, policy_detail
from haoke.quality import services as quality
from haoke.timeline.services import record
from haoke.web_forms import services as web_forms
from haoke.web_forms.views.receipts import receipt_of
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
    key = str(session.session_key)
    staff.note_session(session_key=key, staff_id=actor.id or 0, address="127.0.0.1", user_agent="")
    return key


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
        "clock_id": clocks_of(running.pk)[0].id,
        "stranger_id": stranger.pk,
        "closed_id": closed.pk,
        "attachment_id": Attachment.objects.first().pk,
        "item_id": _open_item(running, team_id),
        "finished_item_id": finish_item(item_id=_open_item(closed, team_id), by=system).pk,
        "token": _survey_token(closed, system),
        "notification_id": _notification(running, agent, actors["super"]),
        "moment": 0,
        "report_table": "figures",
        "staff_id": agent.id,
        "team_id": team_id,
        "token_id": _newest_token(system),
        **_routing(actors, customer.pk, team_id, system),
        "session_name": accounts.session_name(_session(actors["admin"])),
        **_mails(running, channel.pk, agent),
        **_writing(running, agent, actors["super"]),
        **_kept_in_order(running, agent),
        **_lists(running, agent),
        **_settings(system),
        **_played_mail(),
        **_web_form(channel.pk, team_id, system),
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


def _lists(running: Conversation, agent: Actor) -> dict[str, int]:
    """What a colleague did to several conversations at once, a view they keep, and one they have removed."""
    change = conversations.change_many(action="urgency", value="normal", conversation_ids=[running.pk], by=agent)
    view, removed = (
        conversations.save_view(name=name, search="is:mine", sort="newest", sharing="private", by=agent)
        for name in ("我的", "旧的")
    )
    conversations.remove_view(view_id=removed.pk, by=agent)
    return {"bulk_change_id": change.pk, "view_id": view.pk, "removed_view_id": removed.pk}


def _kept_in_order(running: Conversation, agent: Actor) -> dict[str, int]:
    """Tags, and a second conversation of the same customer that goes on in the first."""
    tag = conversations.add_tag(conversation_id=running.pk, tag="退费", by=agent)
    assert tag
    other = conversations.start_conversation(
        customer_id=running.customer_id, subject="同一件事", text="您好!", by=agent
    )
    conversations.add_tag(conversation_id=other.pk, tag="换货", by=agent)
    conversations.merge(conversation_id=other.pk, into_id=running.pk, by=agent)
    return {"tag_id": tag.tag_id, "merged_id": other.pk}


def _writing(running: Conversation, agent: Actor, supervisor: Actor) -> dict[str, Any]:
    """A reply that can still be taken back, a draft with a file, and a canned reply for everybody."""
    recent = conversations.reply(conversation_id=running.pk, text="等等,还有。", by=agent)
    place = DraftPlace.conversation(running.pk)
    file = conversations.Upload("photo.txt", b"photo")
    draft = conversations.attach_to_draft(place=place, uploads=[file], by=agent)
    thanks = conversations.CannedText(shortcut="thanks", title="致谢", text_zh="谢谢", scope="company")
    return {
        "recent_message_id": recent.pk,
        "draft_of": place.of,
        "draft_file_id": draft.file_ids[0],
        "canned_reply_id": conversations.create_canned_reply(written=thanks, by=supervisor).pk,
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


def _notification(running: Conversation, agent: Actor, supervisor: Actor) -> int:
    """The agent is asked for in a note."""
    fact = ColleagueMentioned(
        conversation_id=running.pk,
        customer_id=running.customer_id,
        message_id=0,
        staff_id=agent.id or 0,
        colleague=agent.name,
    )
    return notifications.notify(entry_id=record(fact, by=supervisor))[0].pk


def _routing(actors: Mapping[str, Actor], customer_id: int, team_id: int, system: Actor) -> dict[str, int]:
    """A coming absence, a skill, and three handovers: to the agent, accepted by the agent, to their team."""
    agent, giver = actors["agent"], actors["super"]
    now = clock.now()
    absence = staff.enter_absence(
        staff_id=agent.staff_id or 0, starts_at=now + timedelta(days=1), ends_at=now + timedelta(days=2), by=agent
    )
    handed = {}
    for name, receiver_id in (("handed_id", agent.staff_id), ("accepted_id", agent.staff_id), ("offered_id", None)):
        begun = conversations.start_conversation(customer_id=customer_id, subject="交接", text="您好!", by=giver)
        conversations.assign(conversation_id=begun.pk, assignee_id=receiver_id, team_id=team_id, by=giver)
        handed[name] = begun.pk
    conversations.accept_handover(conversation_id=handed["accepted_id"], by=agent)
    skill = staff.create_skill(name_zh="账单", name_en="Billing", by=system)
    return {"absence_id": absence.pk, "skill_id": skill.pk, **handed}


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
        **_service_targets(system),
        "code": calendar.code,
        "year": 2027,
        "month": 2,
        "day": 8,
        "type": "survey_cap",
        "job_id": job_id,
    }


def _service_targets(system: Actor) -> dict[str, Any]:
    """Targets in force, and others that will be."""
    in_force = history("service_targets", scope=Scope(urgency="low"))[0]
    urgent = history("service_targets", scope=Scope(urgency="urgent"))[0]
    planned = policies.change_policy(
        type="service_targets",
        scope=Scope(urgency="urgent"),
        value={**urgent.value, "first_response_minutes": 20},
        valid_from=clock.now() + timedelta(days=1),
        reason="Trial",
        by=system,
    )
    return {"target_id": in_force.pk, "planned_target_id": planned.pk}


def _web_form(channel_id: int, team_id: int, system: Actor) -> dict[str, Any]:
    """A form by which one message waits in quarantine, and another could not be filed."""
    texts = {f"{which}_{language}": "" for which in ("title", "intro", "thanks") for language in ("zh", "en")}
    form = web_forms.create_form(
        **{**texts, "title_zh": "联系我们"},
        key="contact",
        name="Contact",
        privacy_url="",
        channel_id=channel_id,
        team_id=team_id,
        category_id=categories()[0].pk,
        asks_phone=True,
        takes_files=True,
        sites="",
        is_active=True,
        by=system,
    )
    waiting, unfiled = (
        web_forms.submit_form(
            key=form.key,
            token=uuid4(),
            written=web_forms.Written(name="王小明", mail=KNOWN, text=text, trap=trap),
            language="zh-hans",
            address="203.0.113.7",
        )
        for text, trap in (("广告", "x"), ("请问", ""))
    )
    web_forms.fail_submission(submission_id=unfiled.pk, cause="ValueError")
    return {
        "form_key": form.key,
        "form_id": form.pk,
        "receipt": receipt_of(waiting.token),
        "waiting_submission_id": waiting.pk,
        "unfiled_submission_id": unfiled.pk,
    }


def _played_mail() -> dict[str, Any]:
    """A mail with a file in the mailbox of one of the demo's customers."""
    file = Upload("order.txt", "text/plain", b"order")
    written = demo.write_mail(mailbox=KNOWN, name="王小明", recipient=OWN, subject="订单", text="请问", uploads=[file])
    return {"address": KNOWN, "mail_id": written.pk, "position": 0}

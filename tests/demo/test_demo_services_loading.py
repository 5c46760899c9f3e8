"""The demo company is a state that work at the company could have reached, at plausible times."""

from __future__ import annotations

import re

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from haoke.accounts import queries as accounts
from haoke.accounts.choices import Role
from haoke.accounts.services import sign_in
from haoke.channels.models import InboundMail, OutboundMail
from haoke.conversations import queries as conversations
from haoke.conversations.models import Closure, Conversation, Message, Reopening
from haoke.core import clock
from haoke.core.actor import Actor
from haoke.customers import queries as customers
from haoke.demo.models import CustomerMail
from haoke.demo.queries import demo_logins
from haoke.demo.story.customers import CUSTOMERS
from haoke.demo.story.running import RUNNING
from haoke.quality.models import SurveyAnswer
from haoke.timeline.models import Entry
from haoke.worklist.queries import open_items

pytestmark = pytest.mark.django_db

# They wrote without being known, so that they got an archive of their own.
NEWCOMERS = {story.mail for story in RUNNING} - {known.mail for known in CUSTOMERS}


def test_every_role_can_sign_in_with_what_is_shown_at_the_start(demo) -> None:
    logins = demo_logins()
    assert [list(each) for each in logins] == [["name", "role", "mail", "password"]] * len(logins)
    roles = [
        role
        for each in logins
        for role in sign_in(email=each["mail"], password=each["password"], address="127.0.0.1").staff.roles
    ]
    assert set(roles) == set(Role.values)
    assert accounts.is_demo()


def test_every_customer_has_a_number_and_a_way_to_be_reached(demo) -> None:
    """S0-67, S0-68: the archive of the demo is complete enough to be looked at."""
    found = customers.visible_customers(Actor.system())
    assert found.count() == len(CUSTOMERS) + len(NEWCOMERS)
    for customer in found:
        assert re.fullmatch(r"\D*\d+", customer.number)
        assert customers.mail_addresses(customer.pk)
    assert found.exclude(credit_code="").count() == 3


def test_an_agent_finds_conversations_in_every_state_worth_showing(colleague) -> None:
    states = set(conversations.visible_conversations(colleague("wang.li")).values_list("state", flat=True))
    assert {"new", "open", "waiting", "closed"} <= states
    assert Reopening.objects.filter(reason="customer_wrote").count() == 1
    assert Conversation.objects.filter(customer=None).count() == 0
    assert Message.objects.filter(kind="call").count() >= 4
    assert Message.objects.filter(kind="note").count() >= 4
    assert Message.objects.exclude(attachments=None).count() == 1


@pytest.mark.parametrize("mail_name", ["wang.li", "daniel.weber"])
def test_a_low_score_waits_on_the_owners_worklist(colleague, mail_name: str) -> None:
    """S0-39, S3-03: two owners find an unhappy customer on Today."""
    assert [each.kind for each in open_items(colleague(mail_name))].count("low_score") == 1


def test_scores_of_both_kinds_were_given(demo) -> None:
    """S1-17: every answer came through the link in a mail."""
    assert sorted(SurveyAnswer.objects.values_list("score", flat=True)) == [2, 2, 3, 4, 5, 5]


def test_facts_stand_in_the_order_of_time(demo) -> None:
    entries = list(Entry.objects.order_by("pk").values_list("kind", "at"))
    times = [at for _kind, at in entries]
    assert times == sorted(times)
    assert times[-1] <= clock.now()
    assert (times[-1] - times[0]).days >= 30
    closed = [at for kind, at in entries if kind == "conversation.closed"]
    assert closed == list(Closure.objects.order_by("pk").values_list("at", flat=True))


def test_every_mail_went_its_way(demo) -> None:
    """S0-02, S1-04: nothing failed, nothing waits to be sent weeks late, and one refusal can be looked at."""
    assert set(InboundMail.objects.values_list("state", flat=True)) == {"processed"}
    assert not CustomerMail.objects.filter(direction="out").exclude(state="sent").exists()
    refused = OutboundMail.objects.exclude(state="sent")
    assert {mail.state for mail in refused} == {"refused"}
    assert {address for mail in refused for address in mail.recipients} == {"refused@catalogue.example"}
    sent = OutboundMail.objects.filter(state="sent").values_list("message_id", flat=True)
    received = CustomerMail.objects.filter(direction="in").values_list("message_id", flat=True)
    assert sorted(received) == sorted(sent)


def test_the_worker_finds_nothing_left_to_do(demo, run_jobs) -> None:
    """A first start does not send, survey or remind a second time."""
    before = (Entry.objects.count(), OutboundMail.objects.count(), CustomerMail.objects.count())
    assert run_jobs() > 0
    assert (Entry.objects.count(), OutboundMail.objects.count(), CustomerMail.objects.count()) == before
    assert not ProcrastinateJob.objects.exists()

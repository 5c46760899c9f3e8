"""Telling the story: every step in the order of time, by the services people use, with the clock held at its moment."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from haoke.channels import queries as channels
from haoke.channels import services as mail
from haoke.conversations import services as conversations
from haoke.core import clock
from haoke.core.actor import Actor
from haoke.customers import queries as customers
from haoke.demo.choices import Direction
from haoke.demo.models import CustomerMail
from haoke.demo.rules import language_of
from haoke.demo.services.delivering import deliver_queued
from haoke.demo.services.mailbox import note_sent, write_mail
from haoke.demo.story.company import MAILBOX
from haoke.demo.story.moments import moment
from haoke.demo.story.steps import (
    Assigns,
    Begins,
    Calls,
    Closes,
    Notes,
    Rates,
    Replies,
    Sorts,
    Step,
    Story,
    Writes,
)
from haoke.quality import queries as quality
from haoke.quality.services import answer_survey
from haoke.timeline.services import react_now

# How long a mail is under way.
TRANSIT = timedelta(seconds=20)
SURVEY_LINK = re.compile(r"/s/([\w-]{43})\b")


@dataclass(frozen=True)
class Cast:
    """Who plays: the colleagues as actors and the teams, both by the keys of the story."""

    actors: dict[str, Actor]
    team_ids: dict[str, int]

    @property
    def staff_ids(self) -> dict[str, int | None]:
        return {key: actor.staff_id for key, actor in self.actors.items()}


def tell(stories: Iterable[Story], cast: Cast, *, now: datetime, zone: tzinfo) -> None:
    """Plays all stories at once, step by step as time went by."""
    tellers = [Teller(story, cast) for story in stories]
    steps = [
        (moment(step.when, now=now, zone=zone), place, step)
        for place, teller in enumerate(tellers)
        for step in teller.story.steps
    ]
    for at, place, step in sorted(steps, key=lambda each: each[:2]):
        with clock.held(at):
            tellers[place].play(step)
            react_now()
        with clock.held(at + TRANSIT):
            deliver_queued()


class Teller:
    """Tells one story and remembers its conversation."""

    def __init__(self, story: Story, cast: Cast) -> None:
        self.story = story
        self.cast = cast
        self.conversation_id = 0

    def play(self, step: Step) -> None:
        """Lets one thing happen now."""
        match step:
            case Writes():
                self._customer_writes(step)
            case Rates():
                self._customer_rates(step)
            case Begins():
                self._begin(step)
            case Assigns() | Sorts() | Closes():
                self._decide(step)
            case Replies() | Notes() | Calls():
                self._say(step)

    def _customer_writes(self, step: Writes) -> None:
        last = self._last_received(asks=False)
        written = write_mail(
            mailbox=self.story.mail,
            name=self.story.writer,
            recipient=MAILBOX,
            subject=channels.reply_subject(last.subject, language_of(last.subject)) if last else self.story.subject,
            text=step.text,
            answers_id=last.pk if last else None,
            uploads=step.uploads,
        )
        inbound = mail.store_inbound(raw=bytes(written.raw), envelope_from=self.story.mail, envelope_to=[MAILBOX])
        note_sent(written)
        react_now()
        inbound.refresh_from_db()
        self.conversation_id = inbound.became_id or self.conversation_id

    def _begin(self, step: Begins) -> None:
        begun = conversations.start_conversation(
            customer_id=customers.matches_for_address("mail", self.story.mail)[0],
            subject=self.story.subject,
            text=step.text,
            minutes=step.minutes,
            by=self.cast.actors[step.by],
        )
        self.conversation_id = begun.pk

    def _decide(self, step: Assigns | Sorts | Closes) -> None:
        about, by = self.conversation_id, self.cast.actors[step.by]
        match step:
            case Assigns(to=to, team=team):
                assignee_id, team_id = self.cast.staff_ids[to], self.cast.team_ids[team]
                conversations.assign(conversation_id=about, assignee_id=assignee_id, team_id=team_id, by=by)
            case Sorts(category=category, urgency=urgency):
                conversations.set_category(conversation_id=about, category=category, by=by)
                conversations.set_urgency(conversation_id=about, urgency=urgency, by=by)
            case Closes(reason=reason):
                conversations.close_conversation(conversation_id=about, reason=reason, by=by)

    def _say(self, step: Replies | Notes | Calls) -> None:
        about, by, text, minutes = self.conversation_id, self.cast.actors[step.by], step.text, step.minutes
        match step:
            case Replies(state=state):
                conversations.reply(conversation_id=about, text=text, minutes=minutes, state=state, by=by)
            case Notes():
                conversations.write_note(conversation_id=about, text=text, minutes=minutes, by=by)
            case Calls(direction=direction):
                conversations.log_call(conversation_id=about, text=text, minutes=minutes, direction=direction, by=by)

    def _customer_rates(self, step: Rates) -> None:
        """The link stands nowhere but in the mail the customer got."""
        survey_mail = self._last_received(asks=True)
        link = SURVEY_LINK.search(survey_mail.text) if survey_mail else None
        if link is None:
            raise LookupError(f"{self.story.mail} was not asked, so the story cannot let them answer.")
        survey = quality.survey_by_token(link.group(1))
        by = Actor.customer(survey.customer_id, survey.customer_name)
        answer_survey(token=link.group(1), score=step.score, comment=step.comment, by=by)

    def _last_received(self, *, asks: bool) -> CustomerMail | None:
        """Our last mail to this customer that asks for a score, or that does not; each has one conversation."""
        received = CustomerMail.objects.filter(mailbox=self.story.mail, direction=Direction.IN)
        mails = received.order_by("-received_at", "-pk")
        return next((each for each in mails if bool(SURVEY_LINK.search(each.text)) == asks), None)

"""Telling the story: every step in the order of time, by the services people use, with the clock held at its moment."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from haoke.accounts.choices import PresenceState
from haoke.accounts.services import set_presence
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
from haoke.demo.story.moments import Present, moment
from haoke.demo.story.office import FORM_KEY
from haoke.demo.story.steps import (
    Assigns,
    AtDesks,
    Begins,
    Calls,
    Closes,
    FillsIn,
    Follows,
    Merges,
    Notes,
    Rates,
    Replies,
    Snoozes,
    Sorts,
    Step,
    Story,
    Tags,
    Writes,
)
from haoke.quality import queries as quality
from haoke.quality.services import answer_survey
from haoke.timeline.services import react_now
from haoke.web_forms.services import Written, submit_form

# How long a mail is under way.
TRANSIT = timedelta(seconds=20)
A_MOMENT = timedelta(seconds=1)
SURVEY_LINK = re.compile(r"/s/([\w-]{43})\b")


@dataclass(frozen=True)
class Cast:
    """Who plays: the colleagues as actors and the teams, both by the keys of the story."""

    actors: dict[str, Actor]
    team_ids: dict[str, int]

    def attend(self, step: AtDesks) -> None:
        """Those who are there give a sign of life."""
        for state, keys in ((PresenceState.AVAILABLE, step.available), (PresenceState.BUSY, step.busy)):
            for key in keys:
                set_presence(state=state, by=self.actors[key])

    def staff_id(self, key: str) -> int:
        """Raises LookupError for nobody."""
        staff_id = self.actors[key].staff_id
        if staff_id is None:
            raise LookupError(f"{key} is no colleague.")
        return staff_id


def tell(stories: Iterable[Story], attendance: Iterable[AtDesks], cast: Cast, present: Present) -> None:
    """Plays all stories at once, step by step as time went by, while colleagues come and stay at their desks."""
    tellers: dict[str, Teller] = {}
    tellers |= {story.subject: Teller(story, cast, present, tellers) for story in stories}
    acts: list[tuple[datetime, Callable[[Any], None], Step]] = [
        (moment(step.when, present), teller.play, step) for teller in tellers.values() for step in teller.story.steps
    ]
    acts += [(moment(step.when, present), cast.attend, step) for step in attendance]
    free_from = min(at for at, _play, _step in acts)
    for planned, play, step in sorted(acts, key=lambda each: each[0]):
        # What is counted back from now may fall on what has a time of day; facts come one after the other.
        at = max(planned, free_from)
        with clock.held(at):
            # The job that rings comes every few seconds; in a history it comes with every step.
            conversations.ring()
            play(step)
            react_now()
        with clock.held(at + TRANSIT):
            deliver_queued()
        free_from = at + TRANSIT + A_MOMENT
    conversations.ring()
    react_now()


class Teller:
    """Tells one story and remembers its conversation; `others` are told at the same time, by their subjects."""

    def __init__(self, story: Story, cast: Cast, present: Present, others: Mapping[str, Teller]) -> None:
        self.story = story
        self.cast = cast
        self.present = present
        self.others = others
        self.conversation_id = 0

    def play(self, step: Step) -> None:
        """Lets one thing happen now."""
        match step:
            case Writes():
                self._customer_writes(step)
            case FillsIn():
                self._customer_fills_in(step)
            case Rates():
                self._customer_rates(step)
            case Begins():
                self._begin(step)
            case Assigns() | Sorts() | Closes():
                self._decide(step)
            case Tags() | Follows() | Snoozes() | Merges():
                self._organise(step)
            case Replies() | Notes() | Calls():
                self._say(step)

    def _customer_writes(self, step: Writes) -> None:
        last = self._last_received(asks=False) if self.conversation_id else None
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

    def _customer_fills_in(self, step: FillsIn) -> None:
        submission = submit_form(
            key=FORM_KEY,
            token=uuid.uuid4(),
            written=Written(name=self.story.writer, mail=self.story.mail, subject=self.story.subject, text=step.text),
            language=step.language,
            # A network of the documentation (RFC 5737).
            address="192.0.2.7",
        )
        react_now()
        submission.refresh_from_db()
        self.conversation_id = submission.conversation_id or 0

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
            case Assigns(to=to, team=team, reason=reason):
                conversations.assign(
                    conversation_id=about,
                    assignee_id=self.cast.staff_id(to),
                    team_id=self.cast.team_ids[team],
                    reason=reason,
                    by=by,
                )
            case Sorts(category=category, urgency=urgency):
                conversations.set_category(conversation_id=about, category=category, by=by)
                conversations.set_urgency(conversation_id=about, urgency=urgency, by=by)
            case Closes(reason=reason):
                conversations.close_conversation(conversation_id=about, reason=reason, by=by)

    def _organise(self, step: Tags | Follows | Snoozes | Merges) -> None:
        about, by = self.conversation_id, self.cast.actors[step.by]
        match step:
            case Tags(tags=tags):
                for tag in tags:
                    conversations.add_tag(conversation_id=about, tag=tag, by=by)
            case Follows():
                conversations.start_following(conversation_id=about, by=by)
            case Snoozes(until=until):
                conversations.snooze(conversation_id=about, until=moment(until, self.present), by=by)
            case Merges(into=subject):
                conversations.merge(conversation_id=about, into_id=self.others[subject].conversation_id, by=by)

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

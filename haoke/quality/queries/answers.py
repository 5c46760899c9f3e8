"""Survey answers one by one, within the actor's reach, the latest first and page after page by key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from haoke.conversations.choices import Phase
from haoke.conversations.queries import visible_conversations
from haoke.core import clock
from haoke.core.actor import Actor
from haoke.core.paging import Place, after, cut
from haoke.policies.queries import as_of
from haoke.quality.models import SurveyAnswer
from haoke.quality.rules import is_low_score

PAGE_SIZE = 20

_COLUMNS = (
    "pk",
    "score",
    "comment",
    "answered_at",
    "changed_at",
    "invitation__conversation_id",
    "invitation__customer__number",
    "invitation__customer__name",
    "invitation__conversation__sender_name",
    "invitation__team__name",
    "invitation__assignee__name",
    "invitation__phase",
)


@dataclass(frozen=True)
class AnswerFilter:
    """Which answers: of the last `days`, of one team or phase; `text` and `is_low` narrow the list alone."""

    days: int = 90
    team_id: int | None = None
    phase: str = ""
    text: str = ""
    is_low: bool = False

    @property
    def since(self) -> datetime:
        return clock.now() - timedelta(days=self.days)


@dataclass(frozen=True)
class AnswerRow:
    """One answer and what it is about; who answered the conversation is told as it was when it was closed."""

    id: int
    score: int
    is_low: bool
    comment: str
    answered_at: datetime
    changed_at: datetime | None
    conversation_id: int
    customer_number: str
    customer_name: str
    team: str
    assignee: str
    phase: str

    @property
    def reference(self) -> str:
        return f"HK-{self.conversation_id}"

    @property
    def phase_label(self) -> str:
        return str(Phase(self.phase).label)


@dataclass(frozen=True)
class AnswerPage:
    """One page of rows and the place where the next one begins, None on the last."""

    rows: list[AnswerRow]
    following: Place | None


def answer_page(actor: Actor, wanted: AnswerFilter, *, place: Place | None = None) -> AnswerPage:
    """One page of the answers; two queries, one more for the low ones alone."""
    found = _narrowed(reachable_answers(actor, wanted), wanted)
    rows = read_rows(after(found, "answered_at", place), most=PAGE_SIZE + 1)
    return AnswerPage(*cut(rows, PAGE_SIZE, lambda row: Place(row.answered_at, row.id)))


def answer_rows(actor: Actor, wanted: AnswerFilter, *, most: int) -> list[AnswerRow]:
    """The same answers in one go, at most `most`."""
    return read_rows(_narrowed(reachable_answers(actor, wanted), wanted), most=most)


def reachable_answers(actor: Actor, wanted: AnswerFilter) -> QuerySet[SurveyAnswer]:
    """Answers of the period about conversations the actor sees, of the wanted team and phase."""
    found = SurveyAnswer.objects.filter(
        answered_at__gte=wanted.since, invitation__conversation__in=visible_conversations(actor)
    )
    if wanted.team_id:
        found = found.filter(invitation__team_id=wanted.team_id)
    if wanted.phase:
        found = found.filter(invitation__phase=wanted.phase)
    return found


def read_rows(found: QuerySet[SurveyAnswer], *, most: int) -> list[AnswerRow]:
    """The latest `most` as plain rows, in two queries."""
    threshold = as_of("low_score").threshold
    return [
        AnswerRow(
            id=answer_id,
            score=score,
            is_low=is_low_score(score, threshold),
            comment=comment,
            answered_at=answered_at,
            changed_at=changed_at,
            conversation_id=conversation_id,
            customer_number=customer_number or "",
            customer_name=customer_name or sender_name,
            team=team or "",
            assignee=assignee or "",
            phase=phase,
        )
        for (
            answer_id,
            score,
            comment,
            answered_at,
            changed_at,
            conversation_id,
            customer_number,
            customer_name,
            sender_name,
            team,
            assignee,
            phase,
        ) in found.order_by("-answered_at", "-pk").values_list(*_COLUMNS)[:most]
    ]


def _narrowed(found: QuerySet[SurveyAnswer], wanted: AnswerFilter) -> QuerySet[SurveyAnswer]:
    if wanted.text:
        found = found.filter(comment__icontains=wanted.text)
    if wanted.is_low:
        found = found.filter(score__lte=as_of("low_score").threshold)
    return found

"""How satisfied customers are over a period, within the actor's reach: together, and by team, colleague and phase."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from haoke.conversations.choices import Phase
from haoke.conversations.queries import visible_conversations
from haoke.core.actor import Actor
from haoke.quality.choices import InvitationState, SuppressionReason
from haoke.quality.models import SurveyInvitation
from haoke.quality.queries.answers import AnswerFilter, reachable_answers
from haoke.quality.rules import Satisfaction, satisfaction_of, together, wilson_interval

_ASKED = (InvitationState.SENT, InvitationState.ANSWERED)


@dataclass(frozen=True)
class Group:
    """The answers that share a team, a colleague or a phase; an empty label means that none was known."""

    label: str
    satisfaction: Satisfaction


@dataclass(frozen=True)
class SatisfactionReport:
    """`asked` and `answered` count the invitations of the period, so an answer may belong to an earlier period."""

    overall: Satisfaction
    by_team: list[Group]
    by_assignee: list[Group]
    by_phase: list[Group]
    asked: int
    answered: int
    # Why customers were not asked, the most frequent reason first.
    not_asked: list[tuple[str, int]]

    @property
    def response_rate(self) -> float | None:
        return self.answered / self.asked if self.asked else None

    @property
    def response_interval(self) -> tuple[float, float]:
        return wilson_interval(self.answered, self.asked)


def satisfaction_report(actor: Actor, wanted: AnswerFilter) -> SatisfactionReport:
    """Satisfaction over the period of the filter; two queries however many answers there are (METHODS B7)."""
    cells = list(
        reachable_answers(actor, wanted)
        .values(
            "invitation__team_id",
            "invitation__team__name",
            "invitation__assignee_id",
            "invitation__assignee__name",
            "invitation__phase",
            "score",
        )
        .annotate(given=Count("pk"))
        .order_by()
    )
    groups = _grouped(cells, lambda cell: (cell["invitation__phase"], str(Phase(cell["invitation__phase"]).label)))
    return SatisfactionReport(
        overall=together(group.satisfaction for group in groups),
        by_team=_grouped(cells, lambda cell: (cell["invitation__team_id"], cell["invitation__team__name"])),
        by_assignee=_grouped(cells, lambda cell: (cell["invitation__assignee_id"], cell["invitation__assignee__name"])),
        by_phase=groups,
        **_invitations(actor, wanted),
    )


def _grouped(
    cells: Iterable[Mapping[str, Any]], key: Callable[[Mapping[str, Any]], tuple[Any, str | None]]
) -> list[Group]:
    """The counted cells put together by key, the largest group first."""
    counts: dict[tuple[Any, str | None], dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for cell in cells:
        counts[key(cell)][cell["score"]] += cell["given"]
    groups = [Group(label or "", satisfaction_of(scores)) for (_id, label), scores in counts.items()]
    return sorted(groups, key=lambda group: (-group.satisfaction.n, group.label))


def _invitations(actor: Actor, wanted: AnswerFilter) -> dict[str, Any]:
    found = SurveyInvitation.objects.filter(created_at__gte=wanted.since, conversation__in=visible_conversations(actor))
    if wanted.team_id:
        found = found.filter(team_id=wanted.team_id)
    if wanted.phase:
        found = found.filter(phase=wanted.phase)
    counts = {(state, reason): n for state, reason, n in found.values_list("state", "reason").annotate(n=Count("pk"))}
    reasons = [(str(SuppressionReason(reason).label), n) for (_state, reason), n in counts.items() if reason]
    return {
        "asked": sum(counts.get((state, ""), 0) for state in _ASKED),
        "answered": counts.get((InvitationState.ANSWERED, ""), 0),
        "not_asked": sorted(reasons, key=lambda each: -each[1]),
    }

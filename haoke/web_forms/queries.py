"""Reading forms, what came by them, and what somebody who sent one may be told."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count

from haoke.conversations import queries as conversations
from haoke.core.actor import Actor
from haoke.core.errors import NotFound
from haoke.core.paging import Place, after
from haoke.web_forms import errors
from haoke.web_forms.choices import SubmissionState
from haoke.web_forms.models import Submission, WebForm


@dataclass(frozen=True)
class Thanks:
    """What somebody who wrote is told: the reference and the promised moment, each None where there is none yet."""

    reference: str | None
    promised_at: datetime | None
    promised_zone: str


def public_form(key: str, *, even_inactive: bool = False) -> WebForm:
    """The form at a public address, with its mailbox. Raises NoSuchForm for an unknown one, or one switched off."""
    found = WebForm.objects.select_related("channel").filter(key=key[:40]).first()
    if found is None or not (found.is_active or even_inactive):
        raise errors.NoSuchForm()
    return found


def forms(actor: Actor) -> list[WebForm]:
    """The forms within reach, with mailbox, team and category; one query."""
    return list(WebForm.objects.visible_to(actor).select_related("channel", "team", "category"))


def form_by_id(form_id: int, actor: Actor) -> WebForm:
    """Raises NotFound, also where the form is another team's."""
    found = WebForm.objects.visible_to(actor).select_related("channel").filter(pk=form_id).first()
    if found is None:
        raise NotFound()
    return found


def counts_by_state(form_ids: list[int]) -> dict[int, Counter[str]]:
    """How many submissions of each form stand in which state; one query."""
    counts: dict[int, Counter[str]] = {form_id: Counter() for form_id in form_ids}
    found = Submission.objects.filter(form_id__in=form_ids).values_list("form_id", "state").annotate(number=Count("pk"))
    for form_id, state, number in found:
        counts[form_id][state] = number
    return counts


def submissions(form_id: int, state: str, *, before: Place | None = None, most: int = 50) -> list[Submission]:
    """What came by a form and stands so, newest first, with its files; two queries. Scope is the caller's."""
    found = Submission.objects.filter(form_id=form_id, state=state).prefetch_related("files__file")
    return list(after(found, "at", before)[:most])


def thanks_for(token: UUID, form: WebForm) -> Thanks:
    """What became of a submission, as far as its sender may know: quarantine looks like any other waiting."""
    conversation_id = (
        Submission.objects.filter(token=token, form=form, state=SubmissionState.FILED)
        .values_list("conversation_id", flat=True)
        .first()
    )
    if conversation_id is None:
        return Thanks(None, None, "")
    promised = conversations.promised_answer(conversation_id)
    return Thanks(
        f"HK-{conversation_id}",
        promised.due_at if promised else None,
        promised.calendar.zone if promised else "",
    )

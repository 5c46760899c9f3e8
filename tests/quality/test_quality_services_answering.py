"""One answer for each link: recorded as a touch, changeable, never doubled."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from haoke.core.actor import Actor
from haoke.core.errors import NotFound
from haoke.quality import services
from haoke.quality.errors import ScoreNeeded, SurveyExpired
from haoke.quality.models import SurveyAnswer, SurveyInvitation
from haoke.timeline.models import Entry
from haoke.timeline.queries import customer_history

pytestmark = pytest.mark.django_db


def test_an_answer_is_a_touch_of_the_customer(frozen, asked) -> None:
    """S0-39, S0-02: it is recorded, and stands on the archive with channel and direction."""
    answer = asked.answer(4, "  很好  ")
    assert (answer.score, answer.comment, answer.changed_at) == (4, "很好", None)
    assert SurveyInvitation.objects.get().state == "answered"
    entry = Entry.objects.get(kind="survey.answered")
    assert (entry.customer_id, entry.channel, entry.direction) == (asked.customer.pk, "portal", "in")
    assert (entry.actor_kind, entry.actor_id) == ("customer", asked.customer.pk)
    assert entry.payload == {
        "conversation_id": asked.conversation.pk,
        "invitation_id": answer.invitation_id,
        "answer_id": answer.pk,
        "score": 4,
        "has_comment": True,
    }


def test_the_history_tells_the_score_and_not_the_words(asked) -> None:
    asked.answer(2, "等了三天")
    sentences = [line.sentence for line in customer_history([asked.customer.pk])]
    assert any(asked.conversation.reference in each and "2" in each for each in sentences)
    assert not any("等了三天" in each for each in sentences)


def test_every_change_is_kept_as_a_fact(asked, facts_of) -> None:
    """RULINGS, Mail, surveys, pages: one answer for each link, changeable until it expires."""
    asked.answer(2)
    asked.answer(3)
    changed = asked.answer(5, "后来解决了")
    assert SurveyAnswer.objects.get() == changed
    assert (changed.score, changed.comment) == (5, "后来解决了")
    assert changed.changed_at is not None
    assert [(each["old_score"], each["score"]) for each in facts_of("survey.answer_changed")] == [(2, 3), (3, 5)]
    assert len(facts_of("survey.answered")) == 1


def test_the_same_answer_again_changes_nothing(asked, facts_of) -> None:
    asked.answer(3, "一般")
    assert asked.answer(3, "一般 ").changed_at is None
    assert facts_of("survey.answer_changed") == []


def test_after_the_last_day_nothing_is_taken(frozen, asked, facts_of) -> None:
    asked.answer(4)
    frozen.shift(timedelta(days=28))
    with pytest.raises(SurveyExpired):
        asked.answer(1)
    assert SurveyAnswer.objects.get().score == 4
    assert facts_of("survey.answer_changed") == []


@pytest.mark.parametrize("score", [0, 6])
def test_a_score_off_the_scale_leaves_no_trace(asked, score) -> None:
    with pytest.raises(ScoreNeeded):
        asked.answer(score)
    assert not SurveyAnswer.objects.exists()
    assert SurveyInvitation.objects.get().state == "sent"


def test_a_guessed_link_is_not_found(db) -> None:
    with pytest.raises(NotFound):
        services.answer_survey(token="guessed", score=5, by=Actor.nobody())


def test_an_answer_proves_more_than_a_bounce(asked) -> None:
    asked.answer(5)
    invitation = services.note_delivery(message_id=SurveyInvitation.objects.get().message_id, was_sent=False)
    assert (invitation.state, invitation.reason) == ("answered", "")


@pytest.mark.django_db(transaction=True)
def test_two_answers_at_the_same_moment_become_one_and_its_change(asked, facts_of) -> None:
    together = Barrier(2)

    def answer(score: int) -> None:
        try:
            together.wait(timeout=10)
            asked.answer(score)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as people:
        list(people.map(answer, (1, 5)))
    (first,), (change,) = facts_of("survey.answered"), facts_of("survey.answer_changed")
    assert {first["score"], change["score"]} == {1, 5}
    assert change["old_score"] == first["score"]
    assert SurveyAnswer.objects.get().score == change["score"]

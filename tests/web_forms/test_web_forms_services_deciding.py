"""Quarantine and failures: seen, decided once, and never lost."""

from __future__ import annotations

import pytest

from haoke.conversations.models import Message
from haoke.core.errors import Forbidden, NotFound
from haoke.timeline.queries import audit_trail
from haoke.web_forms import errors, services
from haoke.web_forms.models import Submission
from haoke.worklist.models import Item


@pytest.fixture
def lead(create_actor, other_team):
    """The supervisor of the team that answers the form."""
    return create_actor("supervisor", team_ids=(other_team.pk,))


@pytest.fixture
def waiting(lead, submit) -> Submission:
    return submit(trap="filled")


def test_letting_one_in_files_it_and_ends_the_task(waiting, lead, run_jobs) -> None:
    services.release_submission(submission_id=waiting.pk, by=lead)
    run_jobs()

    waiting.refresh_from_db()
    assert (waiting.state, waiting.decided_by_name) == ("filed", lead.name)
    assert Message.objects.filter(kind="form").count() == 1
    assert Item.objects.get().done_at
    assert audit_trail(kinds=["submission.released"])


def test_rejecting_keeps_it_and_can_be_taken_back(waiting, lead, run_jobs) -> None:
    services.reject_submission(submission_id=waiting.pk, by=lead)
    run_jobs()
    assert not Message.objects.exists()
    with pytest.raises(errors.SubmissionMovedOn):
        services.reject_submission(submission_id=waiting.pk, by=lead)

    services.release_submission(submission_id=waiting.pk, by=lead)
    run_jobs()
    waiting.refresh_from_db()
    assert waiting.state == "filed"
    with pytest.raises(errors.SubmissionMovedOn):
        services.release_submission(submission_id=waiting.pk, by=lead)


def test_the_task_stays_while_anything_waits(waiting, submit, lead) -> None:
    submit(trap="also", text="another one")
    services.reject_submission(submission_id=waiting.pk, by=lead)
    assert Item.objects.get().done_at is None


def test_only_the_forms_own_team_and_administrators_decide(waiting, agent, supervisor, admin) -> None:
    with pytest.raises(Forbidden):
        services.release_submission(submission_id=waiting.pk, by=agent)
    with pytest.raises(NotFound):
        services.release_submission(submission_id=waiting.pk, by=supervisor)
    services.release_submission(submission_id=waiting.pk, by=admin)


def test_one_that_cannot_be_filed_is_set_aside_and_run_again(submit, lead, run_jobs, monkeypatch) -> None:
    from haoke.web_forms.services import filing

    submission = submit()
    with monkeypatch.context() as broken:
        broken.setattr(filing, "receive_form", lambda **_given: 1 / 0)
        run_jobs()
    submission.refresh_from_db()
    assert (submission.state, submission.failure) == ("failed", "ZeroDivisionError")
    assert audit_trail(kinds=["submission.failed"])

    services.run_submission_again(submission_id=submission.pk, by=lead)
    run_jobs()
    submission.refresh_from_db()
    assert (submission.state, submission.failure) == ("filed", "")

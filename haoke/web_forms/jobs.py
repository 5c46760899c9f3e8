"""How web forms react to a submission: it becomes a message, or waits with its cause."""

from __future__ import annotations

from django.db import transaction

from haoke.core.queue import PASSING
from haoke.timeline.reactions import Happened
from haoke.web_forms import services


def file_submission(happened: Happened) -> None:
    """Files what was sent, released or run again; what cannot be filed is set aside, to be run again."""
    submission_id = happened.payload["submission_id"]
    try:
        with transaction.atomic():
            services.file_submission(submission_id=submission_id)
    except PASSING:
        raise
    except Exception as error:
        services.fail_submission(submission_id=submission_id, cause=type(error).__name__)

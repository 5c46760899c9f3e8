"""Why conversations of a change of many stayed as they were, one reason with all it concerns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from haoke.conversations import errors
from haoke.conversations.queries import RefusedRow

_REASONS = {
    "transition_refused": _("Its state does not allow it."),
    "invalid": _("Its state does not allow it."),
    "read_only": _("Another team works on it; you can read it but not change it."),
    "not_found": _("It is no longer within your reach."),
    "forbidden": _("Your role no longer includes this."),
    "merged_away": _("It was merged into another conversation."),
    "assignee_unfit": errors.AssigneeUnfit.message,
    "changed_since": _("Somebody changed it since, so it was not taken back."),
    "tag_retired": _("This tag is no longer used."),
    "too_many_tags": _("It carries as many tags as it can."),
    "tag_unfit": _("This cannot be the name of a tag."),
}


def reasons(refused: Iterable[RefusedRow]) -> list[tuple[str, list[int]]]:
    """Each reason in the reader's language, with the conversations it concerns."""
    concerned: dict[str, list[int]] = defaultdict(list)
    for row in refused:
        concerned[row.problem].append(row.conversation_id)
    return [(str(_REASONS.get(code, _("It cannot be done here."))), ids) for code, ids in concerned.items()]

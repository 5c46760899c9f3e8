"""Whom and which team a typed name means: the exact one, else every one whose name holds it."""

from __future__ import annotations

from haoke.accounts.models import Staff, Team
from haoke.accounts.queries.staff import StaffName
from haoke.core.text.folding import fold


def staff_called(text: str) -> list[StaffName]:
    """Colleagues by name or mail address, also those who left; active ones first."""
    wanted = fold(text).strip()
    everybody = Staff.objects.order_by("-is_active", "name").values_list("pk", "name", "is_active", "email")
    named = [(StaffName(*row[:3]), fold(row[1]), row[3]) for row in everybody]
    exact = [each for each, name, email in named if wanted in (name, email)]
    return exact or [each for each, name, email in named if wanted and (wanted in name or email.startswith(wanted))]


def teams_called(text: str) -> list[Team]:
    wanted = fold(text).strip()
    named = [(each, fold(each.name)) for each in Team.objects.all()]
    exact = [each for each, name in named if name == wanted]
    return exact or [each for each, name in named if wanted and wanted in name]

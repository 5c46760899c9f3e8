"""What happens around reports."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from haoke.insight.choices import Table
from haoke.timeline.choices import Audience
from haoke.timeline.facts import Fact


@dataclass(frozen=True, kw_only=True)
class ReportExported(Fact):
    kind = "report.exported"
    subject = "staff"
    audience = Audience.AUDIT
    icon = "download"
    sentence = _("%(by)s exported a report from %(first)s to %(last)s: %(table)s")
    labels = {"table": Table}
    staff_id: int | None
    table: str
    first: str
    last: str

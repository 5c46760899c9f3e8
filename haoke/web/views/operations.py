"""What an administrator sees of the machine: failed jobs and the audit trail."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from haoke.core import failed_jobs, queue
from haoke.core.ui import render
from haoke.core.ui.gate import needs
from haoke.timeline import queries as timeline
from haoke.timeline.facts import REGISTRY

LINES_A_PAGE = 50


@require_safe
@needs("operations.view")
def jobs(request: HttpRequest) -> HttpResponse:
    before = request.GET.get("before", "")
    page = failed_jobs.failed_jobs(before=int(before) if before.isdecimal() else None, most=LINES_A_PAGE)
    context = {
        "jobs": page,
        "counts": failed_jobs.queue_counts(),
        "older": page[-1].id if len(page) == LINES_A_PAGE else None,
        "is_first": not before,
    }
    return render(request, "web/operations/jobs.html", context)


@require_POST
@needs("operations.change")
def run_again(request: HttpRequest, job_id: int) -> HttpResponse:
    queue.run_again(job_id)
    messages.success(request, _("The job is back in its queue and starts at once."))
    return redirect("web:jobs")


@require_POST
@needs("operations.change")
def run_all_again(request: HttpRequest) -> HttpResponse:
    started = queue.run_all_again()
    words = ngettext("%(number)s job is back in its queue.", "%(number)s jobs are back in their queues.", started)
    messages.success(request, words % {"number": started})
    return redirect("web:jobs")


@require_safe
@needs("operations.view")
def audit(request: HttpRequest) -> HttpResponse:
    kind = request.GET.get("kind", "")
    kinds = [kind] if kind in REGISTRY else []
    lines = timeline.audit_trail(kinds=kinds, before=_moment(request.GET.get("before", "")), most=LINES_A_PAGE)
    last = lines[-1] if len(lines) == LINES_A_PAGE else None
    context = {
        "lines": lines,
        "kind": kind,
        "kind_choices": [("", _("All kinds")), *((each, each) for each in sorted(REGISTRY))],
        "older": f"{last.at.isoformat()}~{last.id}" if last else None,
        "is_first": "before" not in request.GET,
    }
    return render(request, "web/operations/audit.html", context)


def _moment(text: str) -> tuple[datetime, int] | None:
    """Reads the key of the last line on the page before; a mangled one shows the newest page."""
    at_text, _separator, entry_id = text.rpartition("~")
    try:
        at = parse_datetime(at_text)
    except ValueError:
        return None
    return (at, int(entry_id)) if at and at.tzinfo and entry_id.isdecimal() else None

"""What an administrator sees of the machine: failed jobs and the audit trail."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from haoke.core import failed_jobs, queue
from haoke.core.paging import cut, place_of
from haoke.core.ui import render
from haoke.core.ui.gate import Request, needs
from haoke.timeline import queries as timeline
from haoke.timeline.facts import REGISTRY

LINES_A_PAGE = 50


@require_safe
@needs("operations.view")
def jobs(request: Request) -> HttpResponse:
    before = request.GET.get("before", "")
    # Longer than any job's number: Python itself refuses to read thousands of digits.
    is_number = before.isdecimal() and len(before) < 20
    page = failed_jobs.failed_jobs(before=int(before) if is_number else None, most=LINES_A_PAGE)
    context = {
        "jobs": page,
        "counts": failed_jobs.queue_counts(),
        "older": page[-1].id if len(page) == LINES_A_PAGE else None,
        "is_first": not before,
    }
    return render(request, "web/operations/jobs.html", context)


@require_POST
@needs("operations.change")
def run_again(request: Request, job_id: int) -> HttpResponse:
    queue.run_again(job_id)
    messages.success(request, _("The job is back in its queue and starts at once."))
    return redirect("web:jobs")


@require_POST
@needs("operations.change")
def run_all_again(request: Request) -> HttpResponse:
    started = queue.run_all_again()
    words = ngettext("%(number)s job is back in its queue.", "%(number)s jobs are back in their queues.", started)
    messages.success(request, words % {"number": started})
    return redirect("web:jobs")


@require_safe
@needs("operations.view")
def audit(request: Request) -> HttpResponse:
    kind = request.GET.get("kind", "")
    kinds = [kind] if kind in REGISTRY else []
    place = place_of(request.GET.get("before", ""))
    found = timeline.audit_trail(kinds=kinds, before=place, most=LINES_A_PAGE + 1)
    lines, following = cut(found, LINES_A_PAGE, lambda line: line.place)
    context = {
        "lines": lines,
        "kind": kind,
        "kind_choices": [("", _("All kinds")), *((each, each) for each in sorted(REGISTRY))],
        "older": following.key if following else None,
        "is_first": "before" not in request.GET,
    }
    return render(request, "web/operations/audit.html", context)

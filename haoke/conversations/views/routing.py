"""How teams give out conversations, the next one for whoever asks, and back to the queue what somebody leaves."""

from __future__ import annotations

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haoke.accounts import queries as accounts
from haoke.conversations import queries, services
from haoke.conversations.forms import CategorySkillForm, RoutingForm, checked
from haoke.core.ui import render
from haoke.core.ui.form_refusals import refusals_shown_on, status_of
from haoke.core.ui.gate import Request, needs
from haoke.core.ui.returning import page_before


@require_safe
@needs("routing.change")
def index(request: Request) -> HttpResponse:
    context = {
        "teams": queries.teams_with_routing(request.actor),
        "changes": queries.last_routing_changes(),
        "categories": queries.categories(),
        "skills": [(each.pk, each.name) for each in accounts.skills()],
    }
    return render(request, "conversations/routing.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("routing.change")
def team(request: Request, team_id: int) -> HttpResponse:
    found = queries.team_with_routing(team_id, request.actor)
    rule = found.routing
    names = ("method", "is_owner_first", "matches_skill", "matches_language", "capacity", "version")
    form = RoutingForm(request.POST or None, initial={name: getattr(rule, name) for name in names})
    if request.method == "POST" and form.is_valid():
        with refusals_shown_on(form):
            services.change_routing(team_id=team_id, **form.cleaned_data, by=request.actor)
            notices.success(request, _("From now on %(team)s gives out work like this.") % {"team": found.team})
            return redirect("conversations:routing")
    context = {"form": form, "team": found, "change": queries.last_routing_changes().get(team_id)}
    return render(request, "conversations/routing_team.html", context, status=status_of(form))


@require_POST
@needs("routing.change")
def category_skill(request: Request) -> HttpResponse:
    form = checked(CategorySkillForm(request.POST))
    category, skill_id = form.cleaned_data["category"], form.cleaned_data["skill"]
    services.set_category_skill(category=category, skill_id=skill_id, by=request.actor)
    return redirect("conversations:routing")


@require_POST
@needs("conversations.answer")
def next_one(request: Request) -> HttpResponse:
    """Takes the most urgent one that waits in one's teams, and opens it."""
    taken = services.next_conversation(by=request.actor)
    if taken is None:
        notices.info(request, _("Nothing waits in your teams that you could take."))
        return redirect("conversations:inbox")
    return redirect("conversations:conversation", taken.pk)


@require_POST
@needs("routing.change")
def release(request: Request, staff_id: int) -> HttpResponse:
    count = services.release_work(staff_id=staff_id, by=request.actor)
    done = ngettext(
        "%(count)s conversation is back in the queue.", "%(count)s conversations are back in the queue.", count
    )
    notices.success(request, done % {"count": count})
    return redirect(page_before(request))

"""Drafts: kept while one writes, with their files, listed, thrown away and taken back."""

from __future__ import annotations

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from haoke.conversations import errors, queries, services
from haoke.conversations.forms import DraftForm, checked
from haoke.conversations.models import Draft
from haoke.conversations.queries import DraftPlace
from haoke.conversations.views.conversations import conversation_page
from haoke.conversations.views.writing import draft_words, shown_files, time_of
from haoke.core.errors import NotFound
from haoke.core.ui import render
from haoke.core.ui.gate import Request, needs
from haoke.files.views import serve


@require_safe
@needs("conversations.answer")
def drafts(request: Request) -> HttpResponse:
    """What the colleague has begun to write."""
    return render(request, "conversations/drafts.html", {"rows": queries.drafts_of(request.actor)})


@require_POST
@needs("conversations.answer")
def draft(request: Request, of: str, place_id: int) -> HttpResponse:
    """Keeps what stands in the composer; where another window wrote something else, both texts are shown."""
    place = _place(of, place_id)
    form = checked(DraftForm(request.POST, request.FILES), field="text")
    data = form.cleaned_data
    try:
        kept = services.save_draft(
            place=place,
            written=services.Written(**form.words()),
            seen_at=data["draft_seen"],
            submission=data["submission"],
            uploads=[services.Upload(name=each.name, content=each.read()) for each in data["attachments"]],
            by=request.actor,
        )
    except errors.DraftMovedOn as refusal:
        return _undecided(request, place, refusal)
    if _is_part(request):
        return _state(request, place, kept)
    notices.success(request, _("The draft is kept."))
    return redirect(_page_of(place))


@require_POST
@needs("conversations.answer")
def removal(request: Request, of: str, place_id: int) -> HttpResponse:
    """Throws a draft away; the notice takes it back."""
    place = _place(of, place_id)
    services.discard_draft(place=place, by=request.actor)
    undo = reverse("conversations:draft_return", args=[place.of, place.id])
    notices.success(request, _("The draft is thrown away."), extra_tags=undo)
    return redirect(_back(request, place))


@require_POST
@needs("conversations.answer")
def put_back(request: Request, of: str, place_id: int) -> HttpResponse:
    """Takes the throwing away back."""
    place = _place(of, place_id)
    services.restore_draft(place=place, by=request.actor)
    return redirect(_back(request, place))


@require_POST
@needs("conversations.answer")
def files(request: Request, of: str, place_id: int) -> HttpResponse:
    """Keeps files with the draft at once, and shows all there are."""
    place = _place(of, place_id)
    chosen = request.FILES.getlist("attachments")
    uploads = [services.Upload(name=each.name or "", content=each.read()) for each in chosen]
    return _files(request, place, services.attach_to_draft(place=place, uploads=uploads, by=request.actor))


@require_POST
@needs("conversations.answer")
def file_removal(request: Request, of: str, place_id: int, file_id: int) -> HttpResponse:
    """Takes a file off the draft, and shows what is left."""
    place = _place(of, place_id)
    return _files(request, place, services.detach_from_draft(place=place, file_id=file_id, by=request.actor))


@require_safe
@needs("conversations.answer")
def file(request: Request, file_id: int) -> HttpResponse:
    """A file of a draft of one's own."""
    return serve(queries.draft_file(file_id, request.actor))


def _place(of: str, place_id: int) -> DraftPlace:
    if of not in ("conversation", "customer"):
        raise NotFound()
    return DraftPlace(of, place_id)


def _page_of(place: DraftPlace) -> str:
    return resolve_url("conversations:conversation" if place.of == "conversation" else "conversations:new", place.id)


def _back(request: Request, place: DraftPlace) -> str:
    """The list of drafts to whoever came from there, else the page the draft is written on."""
    listed = reverse("conversations:drafts")
    return listed if request.POST.get("from") == listed else _page_of(place)


def _is_part(request: Request) -> bool:
    return request.headers.get("HX-Request") == "true"


def _state(request: Request, place: DraftPlace, kept: Draft | None) -> HttpResponse:
    words = draft_words(place, kept, request.actor)
    if kept is not None:
        words["said"] = _("Saved %(time)s") % {"time": time_of(kept, request.actor)}
    return render(request, "conversations/_draft_state.html", {"draft": words})


def _undecided(request: Request, place: DraftPlace, refusal: errors.DraftMovedOn) -> HttpResponse:
    stored = queries.draft_at(place, request.actor.staff_id)
    if _is_part(request):
        words = draft_words(place, stored, request.actor, other=stored.text if stored else "")
        words |= {"said": str(refusal), "is_undecided": True}
        return render(request, "conversations/_draft_state.html", {"draft": words}, status=refusal.status)
    if place.of == "customer":
        raise refusal
    return conversation_page(request, place.id, status=refusal.status, problem=str(refusal), typed=request.POST.dict())


def _files(request: Request, place: DraftPlace, kept: Draft | None) -> HttpResponse:
    if not _is_part(request):
        return redirect(_page_of(place))
    return render(request, "conversations/_draft_files.html", {"files": shown_files(place, kept)})

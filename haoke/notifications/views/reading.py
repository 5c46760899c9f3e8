"""Marking notifications as read, and following one to what it is about."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from haoke.core.errors import NotFound
from haoke.core.paging import place_of
from haoke.core.ui.gate import Request, signed_in
from haoke.core.ui.returning import page_before
from haoke.notifications import queries, services

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@require_safe
@signed_in
def opening(request: Request, notification_id: int) -> HttpResponse:
    """Follows a notification: it is read then, though this is a GET, for only its own reader can ask for it."""
    return redirect(queries.address_of(services.mark_read(notification_id=notification_id, by=request.actor)))


@require_POST
@signed_in
def one(request: Request, notification_id: int) -> HttpResponse:
    mark = services.mark_unread if request.POST.get("unread") else services.mark_read
    mark(notification_id=notification_id, by=request.actor)
    return redirect(page_before(request))


@require_POST
@signed_in
def everything(request: Request) -> HttpResponse:
    """Everything the page showed or has behind it; the toast offers to take it back."""
    newest = place_of(request.POST.get("newest", ""))
    marked_at = services.mark_all_read(until=newest.at if newest else None, by=request.actor)
    if marked_at is not None:
        moment = (marked_at - _EPOCH) // _MICROSECOND
        way_back = reverse("notifications:reading_undo", args=[moment])
        notices.success(request, _("All marked as read."), extra_tags=way_back)
    return redirect("notifications:list")


@require_POST
@signed_in
def undo(request: Request, marked_at: int) -> HttpResponse:
    try:
        moment = _EPOCH + marked_at * _MICROSECOND
    except OverflowError:
        raise NotFound() from None
    services.undo_all_read(marked_at=moment, by=request.actor)
    return redirect("notifications:list")


@require_POST
@signed_in
def seen(request: Request, conversation_id: int) -> HttpResponse:
    """Sent by an open conversation: what it was about has been seen."""
    services.mark_seen(subject_kind="conversation", subject_id=conversation_id, by=request.actor)
    return HttpResponse(status=204)

"""Handing a stored file to a browser so that nothing in it can run here."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from haoke.files.models import StoredFile
from haoke.files.queries import content_of
from haoke.files.rules import SHOWN_IN_PLACE


def serve(stored_file: StoredFile) -> HttpResponse:
    """Pictures may be shown in place; everything else is a download of bytes without a type a browser would act on."""
    is_shown = stored_file.media_type in SHOWN_IN_PLACE
    response = HttpResponse(
        content_of(stored_file), content_type=stored_file.media_type if is_shown else "application/octet-stream"
    )
    response["Content-Disposition"] = content_disposition_header(not is_shown, stored_file.name) or "attachment"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=3600"
    return response

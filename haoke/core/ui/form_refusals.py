"""Decides how what a service refuses comes back to the form that asked for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.forms import BaseForm

from haoke.core.errors import Conflict, Invalid


@contextmanager
def refusals_shown_on(form: BaseForm) -> Iterator[None]:
    """Turns an Invalid or a Conflict into an error of the form: at the field it names, else on top.

    with refusals_shown_on(form):
        services.create_team(…)
        return redirect(…)
    return render(…, status=status_of(form))
    """
    try:
        yield
    except (Invalid, Conflict) as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))


def status_of(form: BaseForm) -> int:
    """422 for a form that came back with errors, 200 for a fresh one."""
    return 422 if form.is_bound and form.errors else 200

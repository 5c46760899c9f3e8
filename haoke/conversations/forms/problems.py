"""What is wrong with a form, as one refusal."""

from __future__ import annotations

from typing import TypeVar

from django import forms

from haoke.core.errors import Invalid

Form = TypeVar("Form", bound=forms.Form)


def checked(form: Form, *, field: str | None = None) -> Form:
    """The form, if nothing is wrong with it. Raises Invalid with everything that is, in one text."""
    if not form.is_valid():
        raise Invalid(" ".join(str(error) for errors in form.errors.values() for error in errors), field=field)
    return form

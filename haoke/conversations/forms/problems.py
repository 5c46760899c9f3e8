"""What is wrong with a form, in one text."""

from __future__ import annotations

from django import forms


def problem_of(form: forms.Form) -> str:
    """Everything that is wrong with a form, in one text."""
    return " ".join(str(error) for errors in form.errors.values() for error in errors)

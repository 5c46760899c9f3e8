"""What the field of a form offers to choose from, where that is known only when the form is made."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django import forms


def offer(field: forms.Field, choices: Iterable[tuple[Any, Any]], *, none: Any = "") -> None:
    """Lets a field choose among these; `none` is what it is called to choose none of them, where that is possible."""
    cast(forms.ChoiceField, field).choices = [("", none), *choices] if none else list(choices)

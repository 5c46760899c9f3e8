"""Decides which passwords are good enough, wherever one is set."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from haoke.accounts.models import Staff
from haoke.core.errors import Invalid


def set_password(staff: Staff, password: str, *, field: str = "password") -> None:
    """Puts the password on the unsaved row. Raises Invalid with what a better one needs."""
    try:
        validate_password(password, staff)
    except ValidationError as error:
        raise Invalid(" ".join(error.messages), field=field) from error
    staff.set_password(password)

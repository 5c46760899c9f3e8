"""The family of refusals: every way Haoke says no, each with a stable code and a sentence for people."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _


class Refusal(Exception):
    """A request that Haoke understood and turned down; a domain error is a subclass of three lines."""

    status = 400
    code = "refused"
    message: Any = _("This cannot be done.")
    # An audited refusal is written to the timeline at the edge, in a transaction of its own.
    is_audited = False

    def __init__(self, message: Any = None, *, field: str | None = None, **details: Any) -> None:
        self.message = message if message is not None else type(self).message
        self.field = field
        self.details = details
        super().__init__(self.code)

    def __str__(self) -> str:
        """The sentence in the active language, its named placeholders filled from the details."""
        text = str(self.message)
        return text % self.details if self.details and "%(" in text else text


class NotFound(Refusal):
    status = 404
    code = "not_found"
    message = _("There is no such page here, or you may not see it.")


class Forbidden(Refusal):
    status = 403
    code = "forbidden"
    message = _("Your role does not include this. Ask an administrator if you need it.")


class Invalid(Refusal):
    status = 422
    code = "invalid"
    message = _("Something in the form needs another look.")


class Conflict(Refusal):
    status = 409
    code = "conflict"
    message = _("Somebody changed this in the meantime. Look at both versions and decide.")


class Limited(Refusal):
    status = 429
    code = "limited"
    message = _("That was too often in a short time. Please wait a moment and try again.")

    def __init__(self, message: Any = None, *, retry_after: int = 60, **details: Any) -> None:
        super().__init__(message, **details)
        self.retry_after = retry_after


class Unavailable(Refusal):
    """Something outside answers not now; the only refusal that is worth another try."""

    status = 503
    code = "unavailable"
    message = _("This part is not reachable right now. We will try again.")

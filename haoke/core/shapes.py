"""Shapes that all parts of the API share: problems, careful text, and bodies without unknown fields."""

from __future__ import annotations

from typing import Annotated

from ninja import Field, Schema
from pydantic import ConfigDict, StringConstraints

# NUL is no text for PostgreSQL; ids stay within bigint.
Text = Annotated[str, StringConstraints(max_length=200_000, pattern=r"^[^\x00]*$")]
Line = Annotated[str, StringConstraints(max_length=300, pattern=r"^[^\x00]*$")]
Code = Annotated[str, StringConstraints(max_length=40, pattern=r"^[a-z0-9_-]*$")]
Id = Annotated[int, Field(gt=0, le=2**62)]
Key = Annotated[str, StringConstraints(max_length=60, pattern=r"^[A-Za-z0-9._-]*$")]
# Only its rough shape: what a mail address is, the mailbox decides.
MailAddress = Annotated[str, StringConstraints(max_length=254, pattern=r"^[^\s\x00@,;<>]+@[^\s\x00@,;<>]+$")]


class Body(Schema):
    """What a program sends: a field we do not know is a mistake, and is said so."""

    model_config = ConfigDict(extra="forbid")


class WrongField(Schema):
    field: str
    message: str


class Problem(Schema):
    """RFC 9457: what went wrong, for a program (`code`, `field`) and for a person (`detail`)."""

    type: str = "about:blank"
    title: str
    status: int
    code: str
    detail: str
    field: str | None = None
    errors: list[WrongField] = []


def problems(*statuses: int) -> dict[int, type[Problem]]:
    """The refusals of one operation, beside those that every operation has."""
    return dict.fromkeys(sorted({400, 401, 403, 422, 429, 503, *statuses}), Problem)

"""Shapes that all parts of the API share: problems, pages and careful text."""

from __future__ import annotations

from typing import Annotated

from ninja import Field, Schema
from pydantic import StringConstraints

# NUL is no text for PostgreSQL; ids stay within bigint.
Text = Annotated[str, StringConstraints(max_length=200_000, pattern=r"^[^\x00]*$")]
Line = Annotated[str, StringConstraints(max_length=300, pattern=r"^[^\x00]*$")]
Name = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=r"^[^\x00]+$")]
Code = Annotated[str, StringConstraints(max_length=40, pattern=r"^[a-z0-9_-]*$")]
Id = Annotated[int, Field(gt=0, le=2**62)]
Key = Annotated[str, StringConstraints(max_length=60, pattern=r"^[A-Za-z0-9._-]*$")]


class Problem(Schema):
    """RFC 9457: what went wrong, for a program (`code`, `field`) and for a person (`detail`)."""

    type: str = "about:blank"
    title: str
    status: int
    code: str
    detail: str
    field: str | None = None
    errors: list[dict] | None = None


PROBLEMS = {status: Problem for status in (400, 401, 403, 404, 409, 422, 429, 503)}

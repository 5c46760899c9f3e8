"""What a change changes: every field whose value is another one, as facts tell it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def differences(row: object | None, new: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Each field that differs, with its old and its new value; a row that is not there yet has None everywhere."""
    return {
        field: [getattr(row, field, None), value] for field, value in new.items() if getattr(row, field, None) != value
    }

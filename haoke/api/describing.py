"""How the API describes itself: every refusal as problem JSON, and when to come back after too many requests."""

from __future__ import annotations

from typing import Any

from ninja import NinjaAPI

from haoke.api.problems import MEDIA_TYPE

_RETRY_AFTER = {
    "Retry-After": {"description": "Seconds to wait before the next request.", "schema": {"type": "integer"}}
}


class DescribedAPI(NinjaAPI):
    """Ninja describes every answer as plain JSON; ours refuse in RFC 9457."""

    def get_openapi_schema(self, **options: Any) -> Any:
        description = super().get_openapi_schema(**options)
        for methods in description["paths"].values():
            for operation in methods.values():
                _describe_refusals(operation["responses"])
        return description


def _describe_refusals(responses: dict[int, dict[str, Any]]) -> None:
    for status, response in responses.items():
        if status >= 400:
            (shape,) = response["content"].values()
            response["content"] = {MEDIA_TYPE: shape}
        if status == 429:
            response["headers"] = _RETRY_AFTER

"""The API of Haoke, version 1: the same services and queries as the pages, in JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ninja.renderers import JSONRenderer

from haoke import __version__
from haoke.api.describing import DescribedAPI
from haoke.api.problems import answer_with_problems
from haoke.api.timelines import router as timelines
from haoke.api.tokens import Bearer, for_programs_and_staff
from haoke.conversations.api import router as conversations
from haoke.customers.api import router as customers


class ReadableRenderer(JSONRenderer):
    """JSON in which Chinese reads as Chinese."""

    json_dumps_params: Mapping[str, Any] = {"ensure_ascii": False}


api = DescribedAPI(
    title="Haoke",
    version="1",
    description=f"Customer service as a method. Haoke {__version__}.",
    auth=Bearer(),
    urls_namespace="api",
    # The interactive page loads scripts from elsewhere; the description itself is enough for tools.
    docs_url=None,
    docs_decorator=for_programs_and_staff,
    renderer=ReadableRenderer(),
)
api.add_router("/customers", customers, tags=["customers"])
api.add_router("/customers", timelines, tags=["customers"])
api.add_router("/conversations", conversations, tags=["conversations"])
answer_with_problems(api)

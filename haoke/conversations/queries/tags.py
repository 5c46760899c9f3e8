"""Which tags there are, and how often they are used."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce

from haoke.conversations.models import Tag, Tagging

MOST_OFFERED = 500


@dataclass(frozen=True)
class TagUse:
    id: int
    name: str
    is_active: bool
    conversations: int


def tag_names() -> list[str]:
    """The tags that are offered, by name."""
    return list(Tag.objects.filter(is_active=True).values_list("name", flat=True)[:MOST_OFFERED])


def tags_in_use() -> list[TagUse]:
    """The tags by name with the number of conversations that carry them; one query."""
    uses = Tagging.objects.filter(tag=OuterRef("pk")).order_by().values("tag").annotate(many=Count("pk"))
    counted = Tag.objects.annotate(many=Coalesce(Subquery(uses.values("many"), output_field=IntegerField()), 0))
    return [TagUse(*row) for row in counted.values_list("pk", "name", "is_active", "many")[:MOST_OFFERED]]

"""Tagging: colleagues' own words on conversations; two that fold to the same are one tag."""

from __future__ import annotations

from django.db import transaction

from haoke.conversations import errors, events, rules
from haoke.conversations.models import Tag, Tagging
from haoke.conversations.services.loading import announce, locked_conversation
from haoke.conversations.services.telling import tell
from haoke.core import clock
from haoke.core.actor import Actor
from haoke.core.database import lock_name
from haoke.core.errors import NotFound
from haoke.core.text.folding import fold


@transaction.atomic
def add_tag(*, conversation_id: int, tag: str, by: Actor) -> Tagging | None:
    """Puts a tag on a conversation, a new word if need be; None where it carries the tag already.

    Raises Forbidden, NotFound, ReadOnly, MergedAway, TagUnfit, TagRetired, TooManyTags.
    """
    now = clock.now()
    by.require("conversations.mark")
    name = rules.tag_name(tag)
    conversation = locked_conversation(conversation_id, by)
    found, _is_new = Tag.objects.get_or_create(folded=fold(name)[:120], defaults={"name": name, "created_at": now})
    if not found.is_active:
        raise errors.TagRetired(field="tag", tag=found.name)
    carried = set(Tagging.objects.filter(conversation=conversation).values_list("tag_id", flat=True))
    if found.pk in carried:
        return None
    if len(carried) >= rules.MOST_TAGS:
        raise errors.TooManyTags(field="tag", most=rules.MOST_TAGS)
    tagging = Tagging.objects.create(conversation=conversation, tag=found, at=now)
    tell(conversation, events.TagAdded, by=by, at=now, tag=found.name)
    announce(conversation)
    return tagging


@transaction.atomic
def remove_tag(*, conversation_id: int, tag: str, by: Actor) -> Tag | None:
    """Takes a tag off a conversation; None where it does not carry it.

    Raises Forbidden, NotFound, ReadOnly, MergedAway.
    """
    now = clock.now()
    by.require("conversations.mark")
    conversation = locked_conversation(conversation_id, by)
    tagging = Tagging.objects.select_related("tag").filter(conversation=conversation, tag__folded=fold(tag)).first()
    if tagging is None:
        return None
    tagging.delete()
    tell(conversation, events.TagRemoved, by=by, at=now, tag=tagging.tag.name)
    announce(conversation)
    return tagging.tag


@transaction.atomic
def rename_tag(*, tag_id: int, name: str, by: Actor) -> Tag:
    """Raises Forbidden, NotFound, TagUnfit, and TagTaken where another tag folds to the same."""
    by.require("conversations.share")
    name = rules.tag_name(name)
    tag = _locked_tag(tag_id)
    folded = fold(name)[:120]
    # Two renamed to the same word at the same moment: the second sees the first.
    lock_name(f"conversations.tag:{folded}")
    if Tag.objects.filter(folded=folded).exclude(pk=tag.pk).exists():
        raise errors.TagTaken(field="name", tag=name)
    tag.name, tag.folded = name, folded
    tag.save(update_fields=["name", "folded"])
    return tag


@transaction.atomic
def merge_tags(*, tag_id: int, into: str, by: Actor) -> Tag:
    """Puts the tag called `into` on every conversation that carries this one, which is gone then; returns the other.

    Facts keep the word that was used. Raises Forbidden, NotFound, TagUnknown.
    """
    by.require("conversations.share")
    other = Tag.objects.filter(folded=fold(into)).first()
    if other is None:
        raise errors.TagUnknown(field="into", tag=into)
    # In the order of their numbers: two who merge crosswise wait instead of blocking each other.
    locked = {each: _locked_tag(each) for each in sorted({tag_id, other.pk})}
    if other.pk == tag_id:
        return other
    carrying = Tagging.objects.filter(tag=other).values("conversation_id")
    Tagging.objects.filter(tag_id=tag_id, conversation_id__in=carrying).delete()
    Tagging.objects.filter(tag_id=tag_id).update(tag=other)
    locked[tag_id].delete()
    return other


@transaction.atomic
def use_tag(*, tag_id: int, is_active: bool, by: Actor) -> Tag:
    """Offers a tag again, or no longer: then it stays where it is and is not put on anything new.

    Raises Forbidden, NotFound.
    """
    by.require("conversations.share")
    tag = _locked_tag(tag_id)
    tag.is_active = is_active
    tag.save(update_fields=["is_active"])
    return tag


def _locked_tag(tag_id: int) -> Tag:
    found = Tag.objects.select_for_update().filter(pk=tag_id).first()
    if found is None:
        raise NotFound()
    return found

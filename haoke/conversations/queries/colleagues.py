"""Which colleagues a note can call by `@name`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from haoke.accounts import queries as accounts
from haoke.accounts.choices import Role
from haoke.conversations import rules
from haoke.conversations.queries.reach import readable_conversations
from haoke.core.actor import Actor
from haoke.core.text.folding import fold
from haoke.core.text.pinyin import full_pinyin, initials

# They read every conversation (queries/reach.py), so nobody has to be asked.
_READS_ALL = frozenset({Role.AGENT, Role.QUALITY_MANAGER})


@dataclass(frozen=True)
class CallName:
    """A colleague by what calls them: the name, with the mail address where several bear it."""

    id: int
    name: str
    call: str


def callable_colleagues(conversation_id: int, actor: Actor, *, text: str = "", most: int = 8) -> list[CallName]:
    """Whom `@text` offers: other colleagues who may read the conversation, by name or its pinyin."""
    wanted = fold(text.strip())
    offered: list[CallName] = []
    for bearer, each in _everybody():
        if len(offered) == most:
            break
        if each.id != actor.staff_id and _is_meant(each, wanted) and _may_read(bearer, conversation_id):
            offered.append(each)
    return offered


def called_by(text: str) -> tuple[list[CallName], tuple[str, ...]]:
    """The colleagues a note calls, and the names it calls that several bear; one query, and none without an @."""
    if not rules.has_call(text):
        return [], ()
    everybody = {each.id: each for _bearer, each in _everybody()}
    called = rules.called_in(
        text,
        {each.id: each.call for each in everybody.values()},
        {each.id: each.name for each in everybody.values()},
    )
    return [everybody[each] for each in called.staff_ids], called.ambiguous


def who_may_read(conversation_id: int, staff_ids: Iterable[int]) -> frozenset[int]:
    """Those of the colleagues who may open the conversation."""
    wanted = frozenset(staff_ids)
    return frozenset(
        each.id for bearer, each in _everybody() if each.id in wanted and _may_read(bearer, conversation_id)
    )


def _everybody() -> list[tuple[accounts.Bearer, CallName]]:
    bearers = accounts.staff_with("conversations.view")
    calls = rules.call_names((each.id, each.name, each.email) for each in bearers)
    return [(each, CallName(each.id, each.name, calls[each.id])) for each in bearers]


def _is_meant(each: CallName, wanted: str) -> bool:
    names = (fold(each.call), full_pinyin(each.name), initials(each.name))
    return not wanted or any(name.startswith(wanted) or f" {wanted}" in name for name in names)


def _may_read(bearer: accounts.Bearer, conversation_id: int) -> bool:
    if bearer.roles & _READS_ALL:
        return True
    actor = accounts.actor_of_staff(bearer.id)
    return readable_conversations(actor).filter(pk=conversation_id).exists()

"""Pure decisions about conversations."""

from haoke.conversations.rules.addressing import everybody_else
from haoke.conversations.rules.blanks import BLANKS, check_blanks, check_filled, fill_blanks
from haoke.conversations.rules.bulk import (
    MOST_AT_ONCE,
    MOST_CONVERSATIONS,
    STATES_TO_SET,
    UNDO_WINDOW,
    Target,
    ability_for,
    check_bulk_change,
    target_of,
)
from haoke.conversations.rules.handing_over import (
    ACCEPT_WITHIN_SECONDS,
    Consequence,
    consequence_of_assignment,
    is_complete,
)
from haoke.conversations.rules.indexing import SCHEME, Searched, week_mark, week_of, week_start, words_of
from haoke.conversations.rules.loops import LOOP_WINDOW, is_loop
from haoke.conversations.rules.mentions import Called, call_names, called_in, has_call
from haoke.conversations.rules.merging import check_merge
from haoke.conversations.rules.minutes import suggested_minutes
from haoke.conversations.rules.routing import MOST_IN_A_ROUND, Candidate, Choice, Need, choose, may_move_on
from haoke.conversations.rules.search_language import (
    Filter,
    Problem,
    SearchQuery,
    Term,
    contradictions,
    parse_search,
)
from haoke.conversations.rules.snoozing import check_snooze, snooze_until
from haoke.conversations.rules.splitting import check_split
from haoke.conversations.rules.states import check_transition, state_after_message, state_after_reply
from haoke.conversations.rules.tags import LONGEST_TAG, MOST_TAGS, tag_name
from haoke.conversations.rules.threads import Clues, conversation_of

__all__ = [
    "ACCEPT_WITHIN_SECONDS",
    "BLANKS",
    "LONGEST_TAG",
    "LOOP_WINDOW",
    "MOST_AT_ONCE",
    "MOST_CONVERSATIONS",
    "MOST_IN_A_ROUND",
    "MOST_TAGS",
    "SCHEME",
    "STATES_TO_SET",
    "UNDO_WINDOW",
    "Called",
    "Candidate",
    "Choice",
    "Clues",
    "Consequence",
    "Filter",
    "Need",
    "Problem",
    "SearchQuery",
    "Searched",
    "Target",
    "Term",
    "ability_for",
    "call_names",
    "called_in",
    "check_blanks",
    "check_bulk_change",
    "check_filled",
    "check_merge",
    "check_snooze",
    "check_split",
    "check_transition",
    "choose",
    "consequence_of_assignment",
    "contradictions",
    "conversation_of",
    "everybody_else",
    "fill_blanks",
    "has_call",
    "is_complete",
    "is_loop",
    "may_move_on",
    "parse_search",
    "snooze_until",
    "state_after_message",
    "state_after_reply",
    "suggested_minutes",
    "tag_name",
    "target_of",
    "week_mark",
    "week_of",
    "week_start",
    "words_of",
]

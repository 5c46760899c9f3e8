"""Every change to a conversation."""

from haoke.conversations.services.accountability import end_with_conversation, note_contact
from haoke.conversations.services.assigning import assign
from haoke.conversations.services.attaching import Upload
from haoke.conversations.services.bulk import change_many, resume_bulk_changes, run_bulk_change, take_many_back
from haoke.conversations.services.canning import (
    CannedText,
    change_canned_reply,
    create_canned_reply,
    retire_canned_reply,
    revive_canned_reply,
)
from haoke.conversations.services.changing import change_state, set_category, set_urgency
from haoke.conversations.services.clocks import recompute_deadlines, ring
from haoke.conversations.services.closing import close_conversation
from haoke.conversations.services.counting import recount, sum_up_counts
from haoke.conversations.services.delivering import note_delivery
from haoke.conversations.services.drafting import (
    Written,
    attach_to_draft,
    detach_from_draft,
    discard_draft,
    restore_draft,
    save_draft,
    sweep_drafts,
)
from haoke.conversations.services.followers import start_following, stop_following
from haoke.conversations.services.handing_over import (
    accept_handover,
    drop_overdue_handovers,
    give_back_handover,
    tell_customer,
)
from haoke.conversations.services.identifying import identify, register_sender
from haoke.conversations.services.indexing import reindex_customer
from haoke.conversations.services.linking import link, unlink
from haoke.conversations.services.merging import merge, undo_merge
from haoke.conversations.services.rebuilding import (
    advance_search_rebuild,
    cancel_search_rebuild,
    complete_search,
    resume_search_rebuild,
    run_search_rebuild,
    start_search_rebuild,
)
from haoke.conversations.services.recalling import recall_reply
from haoke.conversations.services.receiving import receive_mail
from haoke.conversations.services.receiving_forms import FormLetter, receive_form
from haoke.conversations.services.releasing import release_work
from haoke.conversations.services.remeasuring import measure_missing
from haoke.conversations.services.reopening import reopen_conversation
from haoke.conversations.services.routing import drain, drain_soon, free_up, next_conversation, route, sweep
from haoke.conversations.services.routing_rules import change_routing, set_category_skill
from haoke.conversations.services.saving_views import change_view, put_view_back, remove_view, save_view
from haoke.conversations.services.sending import send_automatic
from haoke.conversations.services.settling import send_again, settle_mail
from haoke.conversations.services.snoozing import end_snooze, snooze, wake_snoozed
from haoke.conversations.services.splitting import split_conversation
from haoke.conversations.services.starting import start_conversation
from haoke.conversations.services.tagging import add_tag, merge_tags, remove_tag, rename_tag, use_tag
from haoke.conversations.services.timing import correct_minutes
from haoke.conversations.services.viewing import end_viewing, note_viewing
from haoke.conversations.services.writing import Desk, log_call, reply, write_note

__all__ = [
    "CannedText",
    "Desk",
    "FormLetter",
    "Upload",
    "Written",
    "accept_handover",
    "add_tag",
    "advance_search_rebuild",
    "assign",
    "attach_to_draft",
    "cancel_search_rebuild",
    "change_canned_reply",
    "change_many",
    "change_routing",
    "change_state",
    "change_view",
    "close_conversation",
    "complete_search",
    "correct_minutes",
    "create_canned_reply",
    "detach_from_draft",
    "discard_draft",
    "drain",
    "drain_soon",
    "drop_overdue_handovers",
    "end_snooze",
    "end_viewing",
    "end_with_conversation",
    "free_up",
    "give_back_handover",
    "identify",
    "link",
    "log_call",
    "measure_missing",
    "merge",
    "merge_tags",
    "next_conversation",
    "note_contact",
    "note_delivery",
    "note_viewing",
    "put_view_back",
    "recall_reply",
    "receive_form",
    "receive_mail",
    "recompute_deadlines",
    "recount",
    "register_sender",
    "reindex_customer",
    "release_work",
    "remove_tag",
    "remove_view",
    "rename_tag",
    "reopen_conversation",
    "reply",
    "restore_draft",
    "resume_bulk_changes",
    "resume_search_rebuild",
    "retire_canned_reply",
    "revive_canned_reply",
    "ring",
    "route",
    "run_bulk_change",
    "run_search_rebuild",
    "save_draft",
    "save_view",
    "send_again",
    "send_automatic",
    "set_category",
    "set_category_skill",
    "set_urgency",
    "settle_mail",
    "snooze",
    "split_conversation",
    "start_conversation",
    "start_following",
    "start_search_rebuild",
    "stop_following",
    "sum_up_counts",
    "sweep",
    "sweep_drafts",
    "take_many_back",
    "tell_customer",
    "undo_merge",
    "unlink",
    "use_tag",
    "wake_snoozed",
    "write_note",
]

"""Every read of mailboxes and mails that has a name."""

from haoke.channels.queries.content import ParsedMail, answer_subject, safe_html, split_reply
from haoke.channels.queries.counts import MOST_COUNTED
from haoke.channels.queries.inbound import InboundHead, inbound_counts, inbound_head, inbound_mail, inbound_page
from haoke.channels.queries.mailboxes import (
    accepts,
    channel_by_id,
    channel_for_address,
    channels,
    channels_called,
    default_channel,
    own_addresses,
    without_own,
)
from haoke.channels.queries.outbound import (
    MailState,
    RecentMail,
    last_test_mail,
    mail_states,
    outbound_counts,
    outbound_mail,
    outbound_page,
    recent_automatic_mails,
)
from haoke.channels.queries.returning import came_back_at, is_notification
from haoke.channels.queries.showing import addresses_shown_to
from haoke.channels.rules.mailboxes import is_mail_address
from haoke.channels.rules.parsing import parse_mail
from haoke.channels.rules.states import may_run_again, may_try_again
from haoke.channels.rules.subjects import bare_subject, reply_subject
from haoke.channels.rules.threading import subject_token

__all__ = [
    "MOST_COUNTED",
    "InboundHead",
    "MailState",
    "ParsedMail",
    "RecentMail",
    "accepts",
    "addresses_shown_to",
    "answer_subject",
    "bare_subject",
    "came_back_at",
    "channel_by_id",
    "channel_for_address",
    "channels",
    "channels_called",
    "default_channel",
    "inbound_counts",
    "inbound_head",
    "inbound_mail",
    "inbound_page",
    "is_mail_address",
    "is_notification",
    "last_test_mail",
    "mail_states",
    "may_run_again",
    "may_try_again",
    "outbound_counts",
    "outbound_mail",
    "outbound_page",
    "own_addresses",
    "parse_mail",
    "recent_automatic_mails",
    "reply_subject",
    "safe_html",
    "split_reply",
    "subject_token",
    "without_own",
]

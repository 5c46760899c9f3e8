"""Every change to mailboxes and mails."""

from haoke.channels.rules.delivery import HandOver, Refused
from haoke.channels.services.delivering import begin_delivery, claim_delivery, finish_delivery
from haoke.channels.services.mailboxes import change_channel, create_channel, send_test_mail
from haoke.channels.services.recalling import recall_mail
from haoke.channels.services.receiving import (
    ReceivedMail,
    fail_inbound,
    finish_inbound,
    read_inbound,
    read_source,
    run_again,
    store_inbound,
)
from haoke.channels.services.sending import apply_bounce, queue_mail, settle_uncertain, try_again

__all__ = [
    "HandOver",
    "ReceivedMail",
    "Refused",
    "apply_bounce",
    "begin_delivery",
    "change_channel",
    "claim_delivery",
    "create_channel",
    "fail_inbound",
    "finish_delivery",
    "finish_inbound",
    "queue_mail",
    "read_inbound",
    "read_source",
    "recall_mail",
    "run_again",
    "send_test_mail",
    "settle_uncertain",
    "store_inbound",
    "try_again",
]

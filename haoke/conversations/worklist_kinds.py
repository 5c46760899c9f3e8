"""What conversations put on people's worklists."""

from django.utils.translation import gettext_lazy as _

from haoke.worklist.kinds import Kind, register

register(
    Kind(
        code="mail_undelivered",
        label=_("A reply did not arrive"),
        reason=_("Look at the message, see why, and decide what to do"),
        url_name="conversations:conversation",
        url_argument="conversation_id",
        icon="circle-alert",
    )
)

register(
    Kind(
        code="handover_dropped",
        label=_("Nobody accepted what you handed over"),
        reason=_("You are accountable for it still: ask the receiver, or choose somebody else"),
        url_name="conversations:conversation",
        url_argument="conversation_id",
        icon="arrow-right-left",
    )
)

register(
    Kind(
        code="handover_unaccepted",
        label=_("A handover lies with nobody"),
        reason=_("Nobody accepted it in time; see to it that the customer has somebody"),
        url_name="conversations:conversation",
        url_argument="conversation_id",
        icon="arrow-right-left",
    )
)

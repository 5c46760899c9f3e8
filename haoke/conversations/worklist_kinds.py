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

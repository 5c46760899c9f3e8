"""What surveys ask colleagues to do."""

from django.utils.translation import gettext_lazy as _

from haoke.worklist.kinds import Kind, register

LOW_SCORE = "low_score"

register(
    Kind(
        code=LOW_SCORE,
        label=_("Call the customer about a low score"),
        reason=_("HK-%(conversation_id)s was rated %(score)s of 5"),
        url_name="conversations:conversation",
        url_argument="conversation_id",
        icon="star",
    )
)

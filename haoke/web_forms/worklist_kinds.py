"""What web forms ask colleagues to do."""

from django.utils.translation import gettext_lazy as _

from haoke.worklist.kinds import Kind, register

QUARANTINE = "web_form_quarantine"

register(
    Kind(
        code=QUARANTINE,
        label=_("Look at messages in quarantine"),
        reason=_("The web form %(name)s holds messages that may be spam, or a customer"),
        url_name="web_forms:submissions",
        icon="shield",
    )
)

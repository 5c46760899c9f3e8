"""What a colleague who leaves may still hold here: unfinished conversations."""

from django.utils.translation import ngettext

from haoke.accounts.open_work import OpenWork, register
from haoke.conversations.queries import open_conversations_of

register(
    OpenWork(
        code="conversations",
        count=open_conversations_of,
        words=lambda count: (
            ngettext("%(count)s open conversation", "%(count)s open conversations", count) % {"count": count}
        ),
        url_name="conversations:release",
    )
)

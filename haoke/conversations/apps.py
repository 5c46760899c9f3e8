"""Registers conversations with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConversationsConfig(AppConfig):
    name = "haoke.conversations"
    label = "conversations"
    verbose_name = _("Conversations")

    def ready(self) -> None:
        from haoke.conversations import open_work, worklist_kinds  # noqa: F401 - importing registers them
